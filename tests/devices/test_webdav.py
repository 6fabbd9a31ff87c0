"""Files of devices on a real WebDAV server, and on one that misbehaves."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from newsreader.devices.file_server import FileServer
from newsreader.devices.transport import (
    MissingNameError,
    NameTakenError,
    NoRoomError,
    NotConfirmedError,
    PlaceForbiddenError,
    TransportError,
    WrongPasswordError,
)
from newsreader.devices.webdav import WebDavTransport
from newsreader.fetching.origin_client import OriginClient
from tests.dav import DavServer, answer, on
from tests.servers import Answer, SiteServer

NAME = "newsreader-1/3f9a/1-240.jsonl.z"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DavServer]:
    with DavServer(tmp_path_factory.mktemp("files")).running() as server:
        yield server


@pytest.fixture
def dav(server: DavServer) -> DavServer:
    server.begin()
    return server


def transport_to(base: str, credentials: tuple[str, str] | None = None, **limits: float) -> WebDavTransport:
    return WebDavTransport(FileServer(OriginClient(base, **limits)), credentials)  # type: ignore[arg-type]


@pytest.fixture
def transport(dav: DavServer) -> Iterator[WebDavTransport]:
    made = transport_to(dav.base, (dav.user, dav.password))
    yield made
    made.close()


def test_a_file_is_stored_listed_and_read_by_another_device(dav: DavServer, transport: WebDavTransport) -> None:
    data = bytes(range(256)) * 4000
    assert transport.list("newsreader-1/") == []
    transport.put_new(NAME, data)
    transport.put_new("newsreader-1/77/ключ %41 #?.z", b"")
    (dav.folder / "holiday.jpg").write_bytes(b"x")
    other = transport_to(dav.base, (dav.user, dav.password))
    assert sorted(other.list("newsreader-1/")) == [NAME, "newsreader-1/77/ключ %41 #?.z"]
    assert other.list("newsreader-1/3f9a/") == [NAME]
    assert other.get(NAME) == data == (dav.folder / NAME).read_bytes()
    assert other.get("newsreader-1/77/ключ %41 #?.z") == b""
    other.delete(NAME)
    other.delete(NAME)
    assert transport.list("newsreader-1/3f9a/") == []
    other.close()


def test_what_is_not_there_is_missing(transport: WebDavTransport) -> None:
    with pytest.raises(MissingNameError):
        transport.get(NAME)


def test_a_name_that_is_taken_stays_as_it_is_and_the_same_file_again_is_no_error(
    dav: DavServer, transport: WebDavTransport
) -> None:
    transport.put_new(NAME, b"first")
    transport.put_new(NAME, b"first")
    with pytest.raises(NameTakenError):
        transport.put_new(NAME, b"second")
    assert (dav.folder / NAME).read_bytes() == b"first"


@pytest.mark.parametrize("status", ["200 OK", "201 Created", "202 Accepted", "204 No Content"])
def test_a_server_that_stores_nothing_is_not_believed_and_the_next_try_stores_it(
    dav: DavServer, transport: WebDavTransport, status: str
) -> None:
    dav.fault = on("PUT", answer(status))
    with pytest.raises(NotConfirmedError, match="does not return it"):
        transport.put_new(NAME, b"data")
    dav.fault = None
    transport.put_new(NAME, b"data")
    assert (dav.folder / NAME).read_bytes() == b"data"


def test_a_file_that_comes_back_cut_off_is_not_confirmed(dav: DavServer, transport: WebDavTransport) -> None:
    dav.fault = on("GET", answer("200 OK", b"dat"))
    with pytest.raises(NotConfirmedError):
        transport.put_new(NAME, b"data")


def test_one_conflict_is_solved_by_making_the_folders_again(dav: DavServer, transport: WebDavTransport) -> None:
    dav.fault = on("PUT", answer("409 Conflict"), times=1)
    transport.put_new(NAME, b"data")
    assert transport.get(NAME) == b"data"


@pytest.mark.parametrize(
    ("status", "kind", "words"),
    [
        ("409 Conflict", TransportError, "answered 409"),
        ("423 Locked", TransportError, "the file is locked"),
        ("500 Internal Server Error", TransportError, "answered 500"),
        ("507 Insufficient Storage", NoRoomError, "no room left"),
        ("403 Forbidden", PlaceForbiddenError, "answered 403"),
    ],
)
def test_a_refused_file_is_an_error_that_says_why(
    dav: DavServer, transport: WebDavTransport, status: str, kind: type[TransportError], words: str
) -> None:
    dav.fault = on("PUT", answer(status))
    with pytest.raises(kind, match=words):
        transport.put_new(NAME, b"data")
    assert not (dav.folder / NAME).exists()


def test_a_file_that_is_listed_late_is_confirmed_by_reading_it(dav: DavServer, transport: WebDavTransport) -> None:
    empty = b'<?xml version="1.0"?><d:multistatus xmlns:d="DAV:"/>'
    dav.fault = on("PROPFIND", answer("207 Multi-Status", empty))
    transport.put_new(NAME, b"data")
    assert transport.list("newsreader-1/") == []
    dav.fault = None
    assert transport.list("newsreader-1/") == [NAME]


def test_a_folder_that_the_server_refuses_is_listed_as_such(dav: DavServer, transport: WebDavTransport) -> None:
    transport.put_new(NAME, b"data")
    transport.put_new("newsreader-1/other/1-2.jsonl.z", b"data")
    refuse = on("PROPFIND", answer("403 Forbidden"))
    dav.fault = lambda environ, start: refuse(environ, start) if environ["PATH_INFO"].endswith("/other/") else None
    assert sorted(transport.list("newsreader-1/")) == [NAME, "newsreader-1/other/"]
    dav.fault = on("PROPFIND", answer("403 Forbidden"))
    with pytest.raises(PlaceForbiddenError):
        transport.list("newsreader-1/")


def test_a_wrong_password_is_refused_and_never_shown(dav: DavServer) -> None:
    transport = transport_to(dav.base, ("ada", "wrong-secret"))
    for call in (lambda: transport.list("newsreader-1/"), lambda: transport.put_new(NAME, b"x")):
        with pytest.raises(WrongPasswordError, match="401") as caught:
            call()
        assert "wrong-secret" not in caught.value.text + caught.value.advice + repr(caught.value)
    transport.close()


def test_a_folder_that_is_not_there_is_a_failure_and_not_an_empty_list(dav: DavServer) -> None:
    transport = transport_to(dav.base + "typo/", (dav.user, dav.password))
    with pytest.raises(TransportError, match="no such folder"):
        transport.list("newsreader-1/")
    with pytest.raises(TransportError):
        transport.put_new(NAME, b"x")
    transport.close()


def test_no_other_host_is_asked_wherever_a_server_redirects_to() -> None:
    with SiteServer() as elsewhere, SiteServer() as site:
        site.routes["/"] = lambda _: Answer(status=302, headers=(("Location", elsewhere.base),))
        site.routes["/newsreader-1/"] = site.routes["/"]
        transport = transport_to(site.base, ("ada", "secret"))
        with pytest.raises(TransportError, match="redirects to"):
            transport.list("newsreader-1/")
        transport.close()
        assert elsewhere.requests == []


@pytest.mark.parametrize("body", [b"", b"<html>Log in</html>", b"<d:multistatus xmlns:d='DAV:'>", b"\x00" * 50])
def test_a_list_that_cannot_be_read_is_a_failure(dav: DavServer, transport: WebDavTransport, body: bytes) -> None:
    dav.fault = on("PROPFIND", answer("207 Multi-Status", body))
    if b"<html>" in body:
        assert transport.list("newsreader-1/") == []
    else:
        with pytest.raises(TransportError, match="cannot be read"):
            transport.list("newsreader-1/")


def test_entities_in_a_list_are_not_read(dav: DavServer, transport: WebDavTransport, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    body = (
        f'<!DOCTYPE m [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]><d:multistatus xmlns:d="DAV:"><d:response>'
        f"<d:href>/files/{dav.folder.name}/newsreader-1/&x;</d:href></d:response></d:multistatus>"
    )
    dav.fault = on("PROPFIND", answer("207 Multi-Status", body.encode()))
    assert not any("secret" in name for name in transport.list("newsreader-1/"))


def test_names_outside_of_the_folder_are_not_listed(dav: DavServer, transport: WebDavTransport) -> None:
    base = f"/files/{dav.folder.name}/newsreader-1"
    hrefs = (f"{base}/../../etc/passwd", "/other/a", f"{base}/..", f"{base}/good")
    responses = "".join(f"<d:response><d:href>{href}</d:href></d:response>" for href in hrefs)
    dav.fault = on("PROPFIND", answer("207 Multi-Status", f'<d:m xmlns:d="DAV:">{responses}</d:m>'.encode()))
    assert transport.list("newsreader-1/") == ["newsreader-1/good"]


def test_a_server_that_is_not_there_or_says_nothing_is_an_error_in_time(dav: DavServer) -> None:
    closed = transport_to("http://127.0.0.1:1/")
    with pytest.raises(TransportError, match="refused"):
        closed.list("newsreader-1/")
    closed.close()

    async def silent(*_: Any) -> None:
        import asyncio

        await asyncio.sleep(30)

    with SiteServer() as site:
        site.routes["/newsreader-1/"] = silent
        slow = transport_to(site.base, quiet_s=0.2)
        with pytest.raises(TransportError):
            slow.list("newsreader-1/")
        slow.close()


def test_closing_from_another_thread_ends_what_is_in_progress() -> None:
    import asyncio
    import threading

    asked = threading.Event()

    async def silent(*_: Any) -> None:
        asked.set()
        await asyncio.sleep(30)

    with SiteServer() as site:
        site.routes["/newsreader-1/"] = silent
        transport = transport_to(site.base)

        def close() -> None:
            asked.wait()
            transport.close()

        closing = threading.Thread(target=close)
        closing.start()
        with pytest.raises(TransportError, match="cancelled"):
            transport.list("newsreader-1/")
        closing.join()
        with pytest.raises(TransportError, match="cancelled"):
            transport.list("newsreader-1/")


def test_more_than_the_largest_file_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsreader.devices.webdav.LARGEST", 1000)
    with SiteServer() as site:
        site.routes["/big"] = Answer(b"x" * 5000)
        transport = transport_to(site.base)
        with pytest.raises(TransportError, match="larger than"):
            transport.get("big")
        transport.close()
