"""The next start: the list is painted before Textual is imported, which paints none of it again; keys come in order."""

import os

from newsreader.sample.server import SampleServer
from tests.e2e.terminal import Terminal
from tests.e2e.test_interface import paper, start
from tests.starting import run_command

__all__ = ["paper"]
_MOUSE = b"\x1b[?1000h"  # by which Textual begins
_TITLE = b"Harbour dredging"


def before_textual(terminal: Terminal) -> bytes:
    """Return what is written before Textual writes anything."""
    terminal.wait_until(lambda _: _MOUSE in terminal.output, "Textual has not started")
    return bytes(terminal.output).split(_MOUSE)[0]


def test_the_next_start_shows_the_list_at_once_and_a_changed_store_shows_none(paper: SampleServer) -> None:
    with start(paper.base_url) as terminal:
        terminal.wait_for("Latest news", _TITLE.decode(), "? keys")
        terminal.settle()
        terminal.press("j", "q")
        assert terminal.wait_end() == 0
    with start() as terminal:
        terminal.wait_until(lambda _: _TITLE in terminal.output, "the list is not there")
        terminal.press("j", "j", "k")
        assert before_textual(terminal).count(_TITLE) == 1
        terminal.wait_until(lambda _: any("▌" in row and "Storm" in row for row in terminal.lines), "j j k did nothing")
        until_moved = bytes(terminal.output).split(_MOUSE)[-1].split("▌".encode())[0]
        assert _TITLE not in until_moved, "Textual has painted the list again"
        terminal.press("q")
        assert terminal.wait_end() == 0
        assert terminal.echoes
    run_command(["read", paper.base_url], os.environ)
    with start() as terminal:
        assert before_textual(terminal) == b"\x1b[?1049h"
        terminal.wait_for(_TITLE.decode(), "? keys")
        terminal.press("Ctrl+Q")
        assert terminal.wait_end() == 0
