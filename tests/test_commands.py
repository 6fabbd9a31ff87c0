"""Sources that a command of the reader's makes: its words, its limits, and the whole way."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from newsreader.cli.main import program
from newsreader.command_output import CommandError, command_response
from newsreader.commands import NoCommandError, command_address, command_words, is_command_address
from newsreader.urls import normalise_url
from tests.servers import SiteServer
from tests.test_sources import feed

AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
URL = "https://x.command.invalid/"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("news-feed --all", ("news-feed", "--all")),
        ("~/bin/feed 'a b' \"c;d\" e\\ f", ("~/bin/feed", "a b", "c;d", "e f")),
        ("python -c 'print(1) | $x'", ("python", "-c", "print(1) | $x")),
        ("fetch https://a.example/?q=*", ("fetch", "https://a.example/?q=*")),
    ],
)
def test_a_command_is_its_words(text: str, words: tuple[str, ...]) -> None:
    assert command_words(text) == words


@pytest.mark.parametrize(
    "text", ["", " ", "a | b", "a; b", "a && b", "a > b", "$HOME/a", 'a "$(b)"', "a `b`", "a 'b", "a\nb", "a " * 200]
)
def test_what_needs_a_shell_is_no_command(text: str) -> None:
    with pytest.raises(NoCommandError):
        command_words(text)


def test_the_address_of_a_command_is_its_own_and_no_sites() -> None:
    address = command_address(("~/bin/News Feed.sh", "a"))
    assert normalise_url(address) == address
    assert is_command_address(address)
    assert address.startswith("https://news-feed-sh-")
    assert address != command_address(("~/bin/News Feed.sh", "b"))
    assert not is_command_address("https://command.invalid.example/")


async def made(code: str, given: bytes | None = None, limit_s: float = 60.0) -> bytes:
    return (await command_response((sys.executable, "-c", code), URL, given, AT, limit_s=limit_s)).body


async def test_what_a_command_prints_is_taken_and_it_may_read_what_it_changes() -> None:
    assert await made("import sys; sys.stderr.write('x' * 200000); print('<p>words')") == b"<p>words\n"
    assert await made("import sys; print(sys.stdin.read().upper())", b"words" * 50_000) == b"WORDS" * 50_000 + b"\n"
    assert await made("print('reads nothing of it')", b"words" * 500_000) == b"reads nothing of it\n"


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("import sys; sys.exit('\x1b[31mno such page')", "ended with status 1: no such page"),
        ("pass", "printed nothing"),
        ("import sys; sys.stdout.buffer.write(bytes(9999))", "printed no text"),
        ("while True: print('x' * 100000)", "more than 10 MB"),
        ("import subprocess, sys; subprocess.run([sys.executable, '-c', 'while True: pass'])", "longer than 0.5"),
    ],
)
async def test_a_command_that_fails_says_why_and_leaves_nothing_running(code: str, reason: str) -> None:
    with pytest.raises(CommandError, match=reason) as caught:
        await made(code, limit_s=0.5 if "0.5" in reason else 60.0)
    assert "\x1b" not in caught.value.text


async def test_a_program_that_is_not_there_is_named() -> None:
    with pytest.raises(CommandError, match="no-such-program failed: "):
        await command_response(("/nowhere/no-such-program",), URL, None, AT)


def run(*words: str) -> Result:
    return CliRunner().invoke(program, list(words))


def test_a_command_makes_a_source_and_is_never_exported(
    site: SiteServer, own_directories: Path, tmp_path: Path
) -> None:
    body = feed(2).octets.decode()
    (tmp_path / "made.xml").write_text(body)
    command = f"{sys.executable} -c 'print(open(\"{tmp_path}/made.xml\").read())'"
    added = run("sources", "add", "--command", command, "--title", "Quay")
    assert added.stdout.startswith("follows Quay\n"), added.stderr
    again = run("sources", "add", "--command", command, "--title", "Quay", "--format", "json")
    assert {"title": "Quay", "added": False, "kind": "feed"}.items() <= json.loads(again.stdout).items()
    assert "(feed, 2 of 2 headlines unread)" in (listed := run("sources").stdout)
    assert "made.xml" in listed
    assert "command.invalid" not in listed
    assert "Quay" not in run("export", "--opml").stdout
    (tmp_path / "made.xml").unlink()
    assert "failed: it ended with status 1: FileNotFoundError" in run("sync", "Quay").stderr


def test_a_command_changes_what_comes_from_an_address(site: SiteServer, own_directories: Path) -> None:
    site.routes["/news"] = feed(2)
    code = 'import sys; print(sys.stdin.read().replace("<title>", "<title>Changed: "))'
    run("sources", "add", site.url("news"), "--command", f"{sys.executable} -c '{code}'", "--title", "Quay")
    for _ in range(2):  # what was changed is not changed again
        lists = json.loads(run("headlines", site.url("news"), "--format", "json").stdout)["headline_lists"]
        assert {each["title"].count("Changed: ") for each in lists[0]["headlines"]} == {1}


def test_a_command_that_fails_is_not_followed(own_directories: Path) -> None:
    failed = run("sources", "add", "--command", "/nowhere/no-such-program")
    assert (failed.exit_code, "no-such-program failed" in failed.stderr) == (3, True)
    assert not list(own_directories.rglob("commands.json"))


def test_newsboats_commands_are_followed_where_the_reader_says_so(own_directories: Path, tmp_path: Path) -> None:
    (tmp_path / "made.xml").write_text(feed(2).octets.decode())
    (tmp_path / "urls").write_text(f'"exec:cat {tmp_path}/made.xml" sea "~Quay"\n"exec:./x | y"\n')
    unasked = run("import", str(tmp_path / "urls"))
    assert "line 1: exec:cat" in unasked.stdout
    assert "--commands" in unasked.stderr
    taken = run("import", "--commands", str(tmp_path / "urls")).stdout
    assert taken.startswith("follows Quay\n")
    assert "line 2: exec:./x | y — “./x | y” isn't a command" in taken
    assert "sea" in run("sources").stdout
