"""Files of devices on a real S3 server, on one that misbehaves, and the signatures that AWS publishes."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from newsreader.devices.file_server import FileServer
from newsreader.devices.s3 import S3Transport
from newsreader.devices.s3_signature import S3Keys, canonical_query, signed_headers
from newsreader.devices.transport import (
    MissingNameError,
    NameTakenError,
    NotConfirmedError,
    TransportError,
    WrongPasswordError,
)
from newsreader.fetching.origin_client import OriginClient
from tests.s3 import BUCKET, checked_signatures, s3_server
from tests.servers import Answer, Request, SiteServer

NAME = "newsreader-1/3f9a/1-240.jsonl.z"
KEYS = S3Keys("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
NOW = datetime(2013, 5, 24, tzinfo=UTC)
HOST = "https://examplebucket.s3.amazonaws.com"


@pytest.mark.parametrize(
    ("method", "url", "headers", "body", "signature"),
    [
        (
            "GET", f"{HOST}/test.txt", {"Range": "bytes=0-9"}, b"",
            "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
        ),
        (
            "PUT", f"{HOST}/test%24file.text",
            {"Date": "Fri, 24 May 2013 00:00:00 GMT", "x-amz-storage-class": "REDUCED_REDUNDANCY"},
            b"Welcome to Amazon S3.",
            "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
        ),
        (
            "GET", f"{HOST}/?max-keys=2&prefix=J", {}, b"",
            "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
        ),
    ],
)  # fmt: skip
def test_requests_are_signed_as_in_the_documentation_of_aws(
    method: str, url: str, headers: dict[str, str], body: bytes, signature: str
) -> None:
    signed = signed_headers(KEYS, method, url, headers, body, NOW)
    assert signed["Authorization"].endswith(f",Signature={signature}")
    assert KEYS.secret not in repr(KEYS)


def test_a_query_is_sorted_and_encoded() -> None:
    assert canonical_query({"prefix": "a b/ü", "list-type": "2"}) == "list-type=2&prefix=a%20b%2F%C3%BC"


def transport_to(base: str, keys: S3Keys, folder: str = "", now: Callable[[], datetime] | None = None) -> S3Transport:
    return S3Transport(FileServer(OriginClient(base)), keys, folder, now or (lambda: datetime.now(UTC)))


@pytest.fixture(scope="module")
def moto() -> Iterator[tuple[str, S3Keys]]:
    with s3_server() as server:
        yield server


def test_a_real_server_stores_lists_and_returns_files(moto: tuple[str, S3Keys]) -> None:
    base, keys = moto
    transport = transport_to(f"{base}{BUCKET}/", keys, "news/")
    data = bytes(range(256)) * 1000
    assert transport.list("newsreader-1/") == []
    names = [NAME, "newsreader-1/77/ключ +%41 #?.z"]
    for name in names:
        transport.put_new(name, data)
        transport.put_new(name, data)
    with pytest.raises(NameTakenError):
        transport.put_new(NAME, b"other")
    assert sorted(transport.list("newsreader-1/")) == sorted(names)
    assert transport.get(NAME) == data
    root = transport_to(f"{base}{BUCKET}/", keys)
    assert sorted(root.list("news/")) == sorted(f"news/{name}" for name in names)
    transport.delete(NAME)
    transport.delete(NAME)
    with pytest.raises(MissingNameError):
        transport.get(NAME)
    transport.close()
    root.close()


def test_a_real_server_takes_the_signatures_of_the_right_keys_alone(moto: tuple[str, S3Keys]) -> None:
    base, keys = moto
    right, wrong = (transport_to(f"{base}{BUCKET}/", S3Keys(keys.key_id, key)) for key in (keys.secret, "not-the-key"))
    with checked_signatures(base):
        right.put_new(NAME, b"data")
        assert NAME in right.list("")
        assert right.get(NAME) == b"data"
        with pytest.raises(WrongPasswordError, match="SignatureDoesNotMatch") as caught:
            wrong.list("")
        right.delete(NAME)
    assert "not-the-key" not in caught.value.text + caught.value.advice
    right.close()
    wrong.close()


def test_a_bucket_that_is_not_there_is_a_failure_and_not_an_empty_list(moto: tuple[str, S3Keys]) -> None:
    base, keys = moto
    missing = transport_to(f"{base}other-bucket/", keys)
    for call in (lambda: missing.list("a/"), lambda: missing.get("a"), lambda: missing.put_new("a", b"")):
        with pytest.raises(TransportError, match="no such bucket"):
            call()
    missing.close()


class Bucket(SiteServer):
    """One object at a time in memory, with faults by method."""

    def __init__(self) -> None:
        super().__init__()
        self.stored: dict[str, bytes] = {}
        self.faults: dict[str, list[Answer]] = {}
        self.knows_conditions = True

    def start(self) -> str:
        self.routes["/b/a"] = self.routes["/b/"] = self.handle
        return super().start()

    def handle(self, request: Request) -> Answer:
        faults = self.faults.get(request.method)
        if faults:
            return faults.pop(0)
        if request.method == "PUT":
            if "if-none-match" in request.headers and not self.knows_conditions:
                return Answer("<Error><Code>NotImplemented</Code></Error>", 501)
            if "if-none-match" in request.headers and request.path in self.stored:
                return Answer("<Error><Code>PreconditionFailed</Code></Error>", 412)
            self.stored[request.path] = request.body
            return Answer()
        if request.path in self.stored:
            return Answer(self.stored[request.path])
        return Answer("<Error><Code>NoSuchKey</Code></Error>", 404)


@pytest.fixture
def bucket() -> Iterator[tuple[Bucket, S3Transport]]:
    with Bucket() as server:
        transport = transport_to(f"{server.base}b/", KEYS)
        yield server, transport
        transport.close()


def test_a_server_that_stores_nothing_is_not_believed(bucket: tuple[Bucket, S3Transport]) -> None:
    server, transport = bucket
    server.faults["PUT"] = [Answer()]
    with pytest.raises(NotConfirmedError):
        transport.put_new("a", b"data")
    transport.put_new("a", b"data")
    assert server.stored == {"/b/a": b"data"}


def test_a_server_without_conditions_is_asked_before(bucket: tuple[Bucket, S3Transport]) -> None:
    server, transport = bucket
    server.knows_conditions = False
    transport.put_new("a", b"data")
    transport.put_new("a", b"data")
    with pytest.raises(NameTakenError):
        transport.put_new("a", b"other")
    assert server.stored == {"/b/a": b"data"}


def test_a_wrong_clock_is_that_of_the_server_in_the_next_request() -> None:
    server_time = datetime(2031, 2, 3, 12, tzinfo=UTC)

    def handle(request: Request) -> Answer:
        sent = datetime.strptime(request.headers["x-amz-date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        if abs(sent - server_time) > timedelta(minutes=15):
            date = ("Date", server_time.strftime("%a, %d %b %Y %H:%M:%S GMT"))
            return Answer("<Error><Code>RequestTimeTooSkewed</Code></Error>", 403, headers=(date,))
        return Answer("data")

    with SiteServer({"/b/a": handle}) as server:
        transport = transport_to(f"{server.base}b/", KEYS, now=lambda: server_time - timedelta(days=365))
        assert transport.get("a") == b"data"
        assert transport.get("a") == b"data"
        assert len(server.requests) == 3
        transport.close()


def test_a_list_of_several_pages_is_read_to_its_end(bucket: tuple[Bucket, S3Transport]) -> None:
    server, transport = bucket

    def page(*names: str, token: str = "") -> Answer:
        keys = "".join(f"<Contents><Key>{name}</Key></Contents>" for name in names)
        more = f"<IsTruncated>true</IsTruncated><NextContinuationToken>{token}</NextContinuationToken>" if token else ""
        return Answer(
            f'<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">{keys}{more}</ListBucketResult>'
        )

    server.faults["GET"] = [page("n/a%20b", "other", token="t+/="), page("n/c")]
    assert transport.list("n/") == ["n/a b", "n/c"]
    assert "continuation-token=t%2B%2F%3D" in server.requests[-1].target


@pytest.mark.parametrize("body", ["", "<html/>", "\x00", "<ListBucketResult>"])
def test_a_list_that_cannot_be_read_is_a_failure_and_not_an_empty_list(
    bucket: tuple[Bucket, S3Transport], body: str
) -> None:
    server, transport = bucket
    server.faults["GET"] = [Answer(body)]
    with pytest.raises(TransportError, match="cannot be read"):
        transport.list("n/")
