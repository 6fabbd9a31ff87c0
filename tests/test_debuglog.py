"""What the log shows, and what it never does."""

import os
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.debuglog import without_secrets
from tests.hostile import FORBIDDEN
from tests.servers import Answer, SiteServer
from tests.starting import run_command

WORDS = st.text(alphabet="abcdefgh123456", min_size=8)


@pytest.mark.parametrize(
    ("said", "logged"),
    [
        ("GET https://me:hunter2@town.example/a", "GET https://…@town.example/a"),
        ("socks5://me:hun@ter2@proxy.example:1080", "socks5://…@proxy.example:1080"),
        ("Authorization: Basic bWU6aHVudGVyMg==", "Authorization: …"),
        ("{'cookie': 'session=hunter2'}", "{'cookie': …"),
        ("https://town.example/a?x=1&api_token=hunter2&y=2#z", "https://town.example/a?x=1&api_token=…&y=2#z"),
        ("https://town.example/a?sid=hunter2", "https://town.example/a?sid=…"),
        ("password=hunter2, and more", "password=…, and more"),
        ("https://town.example/a@b?c=d", "https://town.example/a@b?c=d"),
        ("A passenger kept the key: it fits", "A passenger kept the key: it fits"),
    ],
)
def test_what_lets_somebody_in_is_taken_out(said: str, logged: str) -> None:
    assert without_secrets(said) == logged


@given(WORDS, WORDS)
def test_no_password_of_an_address_is_ever_logged(name: str, password: str) -> None:
    assert password + "@" not in without_secrets(f"opened https://{name}:{password}@town.example/x in 3 s")


def run(*arguments: str) -> CompletedProcess[str]:
    return run_command(arguments, os.environ | {"LC_ALL": "C.UTF-8"})


def test_the_log_has_requests_and_answers_and_no_password(site: SiteServer, tmp_path: Path) -> None:
    site.routes["/"] = Answer("no", status=403, reason=b"Forbidden")
    log = tmp_path / "log.txt"
    address = site.url().replace("://", "://reader:hunter2@") + "?token=hunter2"
    done = run("--debug-log", str(log), "read", address)
    assert done.returncode == 3
    message = log.read_text()
    assert "newsreader 0." in message
    assert " 403 Forbidden" in message
    assert "hunter2" not in message
    assert log.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "argument",
    [
        "https://reader:hunter2@{host}/",
        "reader:hunter2@{host}/",
        "https://reader:hun ter2 hunter2@{host}/",
        "https://reader:a/b#hunter2?hunter2@{host}/",
        "https://{host}/?api_key=hunter2",
        "https://{host}/\x1b]52;c;aHVudGVyMg==\x07\u202e\u061cx",
    ],
)
def test_what_was_typed_is_logged_without_passwords_and_without_what_steers_a_terminal(
    site: SiteServer, tmp_path: Path, argument: str
) -> None:
    log = tmp_path / "log.txt"
    done = run("--debug-log", str(log), "read", argument.format(host=f"127.0.0.1:{site.port}"))
    logged = log.read_text()
    assert "arguments: " in logged
    assert "hunter2" not in logged + done.stderr
    assert not FORBIDDEN.intersection(logged + done.stderr)


def test_a_log_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    done = run("--debug-log", str(tmp_path / "none" / "log.txt"), "saved")
    assert done.returncode == 3
    assert "Could not write" in done.stderr
