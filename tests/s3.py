"""A real S3 server on the loopback, that of the package moto, which checks signatures; it may be in any environment."""

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
from urllib.parse import urlencode

import pytest

from newsreader.devices.s3_signature import S3Keys
from tests.ports import free_port

BUCKET = "reader"
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
    port = free_port()
    environment = {**os.environ, "INITIAL_NO_AUTH_ACTION_COUNT": str(10**9)}
    process = subprocess.Popen(
        [command, "-p", str(port)], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        base = f"http://127.0.0.1:{port}/"
        _wait(base)
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
    urllib.request.urlopen(request, timeout=30).close()


def _wait(base: str) -> None:
    for _ in range(600):
        try:
            urllib.request.urlopen(f"{base}moto-api/data.json", timeout=5).close()
            return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError(base)


def _ask(url: str, service: str, body: bytes | None = None, method: str | None = None) -> str:
    scope = f"AWS4-HMAC-SHA256 Credential=x/20200101/us-east-1/{service}/aws4_request, SignedHeaders=host, Signature=x"
    request = urllib.request.Request(url, body, {"Authorization": scope}, method=method)
    with urllib.request.urlopen(request, timeout=30) as response:
        return str(response.read().decode())
