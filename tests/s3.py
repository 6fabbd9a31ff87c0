"""S3 servers on the loopback that check signatures: that of the package moto, in any environment, and a small one."""

import hashlib
import hmac
import json
import os
import re
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs, quote, unquote, urlencode

import pytest

from newsreader.devices.s3_signature import S3Keys
from tests.ports import free_port
from tests.servers import Answer, Request, Route, SiteServer
from tests.waiting import LONG_S

BUCKET = "reader"
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # whatever proxies a test has named
_POLICY = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}
_SETUP = (
    {"Action": "CreateUser", "UserName": "ada"},
    {"Action": "PutUserPolicy", "UserName": "ada", "PolicyName": "s3", "PolicyDocument": json.dumps(_POLICY)},
    {"Action": "CreateAccessKey", "UserName": "ada"},
)


@contextmanager
def s3_server() -> Iterator[tuple[str, S3Keys]]:
    """Run the server with a bucket; give its address and keys that may use it. It checks no signature yet."""
    command = shutil.which("moto_server")
    if command is None:
        pytest.skip("the command moto_server (pip install 'moto[s3,server]') is not installed")
    process, base = _started(command)
    try:
        _ask(f"{base}{BUCKET}", "s3", method="PUT")
        answers = [_ask(base, "iam", urlencode({**form, "Version": "2010-05-08"}).encode()) for form in _SETUP]
        found = re.search(r"<AccessKeyId>(.+?)</AccessKeyId>.*?<SecretAccessKey>(.+?)</", answers[-1], re.DOTALL)
        assert found is not None
        yield base, S3Keys(found[1], found[2])
    finally:
        process.terminate()
        process.wait()


@contextmanager
def checked_signatures(base: str) -> Iterator[None]:
    """Have the server check signatures meanwhile. It refuses right ones of addresses with encoded characters."""
    _set_unchecked(base, 0)
    try:
        yield
    finally:
        _set_unchecked(base, 10**9)


def _set_unchecked(base: str, requests: int) -> None:
    request = urllib.request.Request(
        f"{base}moto-api/reset-auth", str(requests).encode(), {"Content-Type": "text/plain"}
    )
    _DIRECT.open(request, timeout=30).close()


def _started(command: str) -> tuple[subprocess.Popen[bytes], str]:
    """Return the server once it answers, and its address; on another port where it ended, since another took it."""
    environment = {**os.environ, "INITIAL_NO_AUTH_ACTION_COUNT": str(10**9)}
    end = time.monotonic() + LONG_S
    while time.monotonic() < end:
        port = free_port()
        process = subprocess.Popen(
            [command, "-p", str(port)], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        base = f"http://127.0.0.1:{port}/"
        while process.poll() is None and time.monotonic() < end:
            try:
                _DIRECT.open(f"{base}moto-api/data.json", timeout=5).close()
            except OSError:
                time.sleep(0.05)
            else:
                return process, base
        process.kill()
        process.wait()
    raise TimeoutError(command)


def _ask(url: str, service: str, body: bytes | None = None, method: str | None = None) -> str:
    scope = f"AWS4-HMAC-SHA256 Credential=x/20200101/us-east-1/{service}/aws4_request, SignedHeaders=host, Signature=x"
    request = urllib.request.Request(url, body, {"Authorization": scope}, method=method)
    with _DIRECT.open(request, timeout=30) as response:
        return str(response.read().decode())


class SignedBucket(SiteServer):
    """Keeps objects in memory for who signs with the right keys, as the documentation of AWS says (Version 4)."""

    keys = S3Keys("AKIAREADER", "räksmörgås/+key")

    def __init__(self) -> None:
        super().__init__()
        self.objects: dict[str, bytes] = {}
        self.refused = 0
        self.routes = _Everywhere(self.handle)

    def handle(self, request: Request) -> Answer:
        """Answer a request."""
        if not self._is_signed(request):
            self.refused += 1
            return Answer("<Error><Code>SignatureDoesNotMatch</Code></Error>", 403)
        key = unquote(request.path).removeprefix(f"/{BUCKET}/")
        match request.method:
            case "GET" if not key:
                return self._list(parse_qs(request.target.partition("?")[2]))
            case "GET" if key in self.objects:
                return Answer(self.objects[key])
            case "PUT" if request.headers.get("if-none-match") == "*" and key in self.objects:
                return Answer("<Error><Code>PreconditionFailed</Code></Error>", 412)
            case "PUT":
                self.objects[key] = request.body
                return Answer()
            case "DELETE":
                self.objects.pop(key, None)
                return Answer(status=204)
        return Answer("<Error><Code>NoSuchKey</Code></Error>", 404)

    def _list(self, query: dict[str, list[str]]) -> Answer:
        names = sorted(name for name in self.objects if name.startswith(query["prefix"][0]))
        found = "".join(f"<Contents><Key>{quote(name)}</Key></Contents>" for name in names)
        return Answer(f"<ListBucketResult><IsTruncated>false</IsTruncated>{found}</ListBucketResult>")

    def _is_signed(self, request: Request) -> bool:
        pattern = r"AWS4-HMAC-SHA256 Credential=([^/]+)/(.+),SignedHeaders=(.+),Signature=([0-9a-f]{64})"
        found = re.fullmatch(pattern, request.headers.get("authorization", ""))
        body_hash = hashlib.sha256(request.body).hexdigest()
        if found is None or found[1] != self.keys.key_id or request.headers["x-amz-content-sha256"] != body_hash:
            return False
        path, _, query = request.target.partition("?")
        headers = "".join(f"{name}:{request.headers[name]}\n" for name in found[3].split(";"))
        sorted_query = "&".join(sorted(query.split("&"))) if query else ""
        canonical = "\n".join((request.method, path, sorted_query, headers, found[3], body_hash))
        words = ("AWS4-HMAC-SHA256", request.headers["x-amz-date"], found[2], _sha256(canonical))
        key = f"AWS4{self.keys.secret}".encode()
        for part in found[2].split("/"):
            key = hmac.digest(key, part.encode(), "sha256")
        return hmac.digest(key, "\n".join(words).encode(), "sha256").hex() == found[4]


class _Everywhere(dict[str, Route]):
    """Routes of which every path leads to one function."""

    def __init__(self, route: Route) -> None:
        super().__init__()
        self._route = route

    def get(self, path: str, default: object = None) -> Route:
        return self._route


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
