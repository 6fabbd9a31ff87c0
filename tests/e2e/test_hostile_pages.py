"""A page that attacks the terminal shows as plain words, in pipes, on a terminal and in the interface."""

import re

import pytest

from tests.e2e.test_commands import run
from tests.e2e.test_interface import start
from tests.hostile import FORBIDDEN, hostile_newspaper
from tests.servers import Answer, SiteServer

# What only the page would write: a full-screen program has escape sequences of its own, but never these.
PAYLOADS = ("\x1b]52;c;cHduZWQ", "\x1bc", "\x1b_G", "\x1bP", "\x1b]0;title", "\x1b]8;;https://evil", "\x1b[31mred")
OUR_SEQUENCES = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b\x07]*;https?://[^\x1b\x07]*\x1b\\|\x1b\]8;;\x1b\\")

# `y` copies the address, as the reader wished; and the pointer gets its shape.
OUR_COMMANDS = re.compile(r"\x1b\]52;c;[A-Za-z0-9+/=]*\x07|\x1b\]22;\w*\x07")


@pytest.fixture
def hostile(site: SiteServer) -> str:
    """Serve the hostile newspaper; every link of it leads to itself."""
    page = Answer(hostile_newspaper(), reason=b"OK \x1b[31m", headers=(("X-Attack", "\x9b31m"),))
    site.routes["/news/1.html"] = page
    return site.url("news/1.html")


@pytest.mark.parametrize("arguments", [("read",), ("read", "--format", "markdown"), ("read", "--format", "html"),
                                       ("read", "--format", "json"), ("read", "--width", "30"), ("headlines",),
                                       ("headlines", "--format", "json"), ("save",)])  # fmt: skip
def test_no_control_character_of_a_page_reaches_a_pipe(hostile: str, arguments: tuple[str, ...]) -> None:
    done = run(*arguments, hostile)
    assert done.returncode == 0
    assert done.stdout.strip()
    assert not FORBIDDEN & set(done.stdout + done.stderr)


def test_the_saved_titles_are_plain_words_too(hostile: str) -> None:
    run("save", hostile)
    done = run("saved")
    assert done.stdout.strip()
    assert not FORBIDDEN & set(done.stdout)


@pytest.mark.parametrize("command", ["read", "headlines"])
def test_on_a_terminal_only_our_own_sequences_are_written(hostile: str, command: str) -> None:
    with start(command, hostile) as terminal:
        assert terminal.wait_end() == 0
        written = terminal.output.decode()
    assert "harbour" in written
    assert not FORBIDDEN & set(OUR_SEQUENCES.sub("", written).replace("\r\n", "\n"))


@pytest.mark.parametrize(("columns", "rows"), [(60, 20), (100, 30)])
def test_in_the_interface_no_payload_reaches_the_terminal(hostile: str, columns: int, rows: int) -> None:
    with start(hostile, columns=columns, rows=rows) as terminal:
        terminal.wait_for("Calm", "A lead", "? keys")
        for key in ("G", "g", "J", "s", "y", "?", "Esc", "q", "3", "Ctrl+P", "Esc", "1", "j", "Enter"):
            terminal.press(key)
            terminal.settle(0.15)
        terminal.wait_for("harbour")
        terminal.press("Ctrl+Q")
        assert terminal.wait_end() == 0
        written = terminal.output.decode()
    assert not any(payload in written for payload in PAYLOADS)
    assert not set("\x07\x9b\x9d\x90\u202e\u2066\ufeff\x00\x7f") & set(OUR_COMMANDS.sub("", written))
