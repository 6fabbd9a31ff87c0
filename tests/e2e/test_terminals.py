"""The interface in terminals that can do less, change under it, or go away; and what is left of it after a fault."""

import os
import re
import signal
import sys
from pathlib import Path

import pytest

from newsreader.sample.server import SampleServer
from tests.e2e.test_interface import paper, start
from tests.starting import CODE
from tests.waiting import wait_until

__all__ = ["paper"]
_COLOUR = re.compile(rb"\x1b\[[0-9;]*?(?:3|4|9|10)[0-7](?:;[0-9;]*)?m")
_ITS_OWN_COLOUR = re.compile(rb"\x1b\[[0-9;]*[34]8;[25];")


def test_a_terminal_that_knows_only_lines_is_shown_what_to_do() -> None:
    with start("demo", TERM="dumb") as terminal:
        assert terminal.wait_end() == 2
        assert "newsreader --linear" in terminal.text
        assert "xterm-256color" in terminal.text


_WITHOUT = """
import {module} as module
import textual._xterm_parser
del module.{name}
from newsreader.__main__ import main
main()
"""


def test_a_textual_that_lacks_what_is_needed_is_named() -> None:
    program = _WITHOUT.format(module="textual._compositor", name="ChopsUpdate")
    with start("demo", command=(sys.executable, "-c", program)) as terminal:
        assert terminal.wait_end() == 1
        said = terminal.text.replace("\n", "")
        assert "the installed Textual lacks textual._compositor.ChopsUpdate." in said
        assert "newsreader read ADDRESS" in said


def test_a_textual_with_another_parser_reads_the_keys_itself(paper: SampleServer) -> None:
    program = _WITHOUT.format(module="textual._keyboard_protocol", name="FUNCTIONAL_KEYS")
    with start(paper.base_url, command=(sys.executable, "-c", program)) as terminal:
        terminal.wait_for("Latest news", "? keys")
        terminal.press("Enter")
        terminal.wait_for("Ina Corvel")
        terminal.press("Ctrl+Q")
        assert terminal.wait_end() == 0


def without_marks(screen: str) -> str:
    """Return a screen without the marks that come while it is looked at: of articles that have been fetched."""
    return screen.replace("*d", "* ")


def test_a_box_takes_few_bytes_and_the_whole_screen_is_drawn_again_by_a_key(paper: SampleServer) -> None:
    columns, rows = 100, 30
    with start(paper.base_url, columns=columns, rows=rows) as terminal:
        terminal.wait_for("Latest news", "? keys")
        before = without_marks(terminal.settle())
        written = len(terminal.output)
        terminal.press("?")
        terminal.wait_for("Keys that work here", "Most useful here")
        terminal.press("Esc")
        terminal.wait_gone("Keys that work here")
        assert without_marks(terminal.settle()) == before
        assert len(terminal.output) - written < 5 * columns * rows  # the box dims every cell, and then takes that back
        terminal.write_past("\x1b[7;30HBroadcast message: the power goes at six")
        assert "Broadcast message" in terminal.text
        terminal.press("Ctrl+R")
        terminal.wait_gone("Broadcast message")
        assert without_marks(terminal.settle()) == before


@pytest.mark.parametrize("term", ["xterm", "screen", "linux"])
def test_sixteen_colours_are_the_terminals_own(paper: SampleServer, term: str) -> None:
    with start(paper.base_url, TERM=term, COLORTERM="") as terminal:
        terminal.wait_for("Latest news", "? keys")
        terminal.press("Enter")
        terminal.wait_for("Ina Corvel")
        terminal.press("Ctrl+Q")
        assert terminal.wait_end() == 0
        assert _COLOUR.search(terminal.output)
        assert not _ITS_OWN_COLOUR.search(terminal.output)


def test_a_terminal_without_colours_is_sent_none(paper: SampleServer) -> None:
    with start(paper.base_url, TERM="vt100", COLORTERM="") as terminal:
        terminal.wait_for("Latest news", "? keys")
        terminal.press("Ctrl+Q")
        assert terminal.wait_end() == 0
        assert not _COLOUR.search(terminal.output)
        assert not _ITS_OWN_COLOUR.search(terminal.output)


def test_the_mouse_opens_the_help_and_a_headline(paper: SampleServer) -> None:
    with start(paper.base_url) as terminal:
        terminal.wait_for("Latest news", "? keys")
        terminal.settle()
        terminal.click("keys", terminal.lines[-1])
        terminal.wait_for("Type to search")
        terminal.press("Esc")
        terminal.wait_gone("Type to search")
        terminal.wait_for("Fishing quotas")
        terminal.click("Fishing quotas")
        terminal.wait_for("Tobias Harsk")
        terminal.press("Ctrl+Q")
        assert terminal.wait_end() == 0


def test_the_position_survives_every_width(paper: SampleServer) -> None:
    with start(paper.base_url, columns=160, rows=40) as terminal:
        terminal.wait_for("Latest news")
        terminal.press("Enter")
        terminal.wait_for("Ina Corvel")
        terminal.press("Space")
        terminal.settle()
        for columns, rows in ((100, 30), (60, 20), (20, 6), (60, 20), (160, 40)):
            terminal.resize(columns, rows)
            text = terminal.settle()
            assert "Ina Corvel" not in text  # the head of the article is above the place
        terminal.wait_for("Latest news", "? keys")
        terminal.press("Ctrl+Q")
        assert terminal.wait_end() == 0


@pytest.mark.skipif(sys.platform != "linux", reason="the state of a process is read from /proc")
def test_a_terminal_that_goes_away_takes_the_program_with_it(paper: SampleServer) -> None:
    with start(paper.base_url) as terminal:
        terminal.wait_for("Latest news")
        pid = terminal.process_id
        terminal.hang_up()
        wait_until(lambda: not is_running(pid))


def is_running(pid: int) -> bool:
    try:
        waited, _ = os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        return False
    return waited == 0


def test_an_interrupt_from_outside_ends_it_as_a_person_does(paper: SampleServer) -> None:
    with start(paper.base_url) as terminal:
        terminal.wait_for("Latest news")
        os.kill(terminal.process_id, signal.SIGINT)
        assert terminal.wait_end() == 128 + signal.SIGINT
        assert b"Traceback" not in terminal.output
        assert terminal.output.rstrip().endswith(b"\x1b[?25h") or b"\x1b[?1049l" in terminal.output


_FAULTS = {
    "in what a key does": "Navigator.action_edge = lambda self, direction: {}['harbour']",
    "in a worker": """
from newsreader.tui.held_part import in_worker
async def fail(self, direction):
    secret = 'hunter%d' % 2
    raise KeyError('harbour')
Navigator.action_edge = in_worker(group='failing')(fail)""",
    "while drawing": """
from newsreader.tui.widgets.bars import Bar
def fail(self, direction):
    Bar.render_line = lambda bar, y: {}['harbour']
    for bar in self.port.screen.query(Bar):
        bar.refresh()
Navigator.action_edge = fail""",
}
_PROGRAM = """
import sys
from newsreader.tui.reading.navigator import Navigator
{fault}
sys.argv = ["newsreader", {address!r}]
from newsreader.cli.main import main
main()
"""


@pytest.mark.parametrize("where", _FAULTS)
def test_after_a_fault_the_program_continues_reports_it_and_does_not_reopen_the_page(
    paper: SampleServer, where: str, tmp_path: Path
) -> None:
    program = _PROGRAM.format(fault=_FAULTS[where], address=paper.base_url)
    log = tmp_path / "debug.log"
    with start(command=(*CODE, program), NEWSREADER_DEBUG_LOG=str(log)) as terminal:
        terminal.wait_for("Latest news", "Harbour dredging")
        terminal.press("j", "Enter")
        terminal.wait_for("Tobias Harsk")
        terminal.press("g")
        terminal.wait_until(lambda _: "harbour" in written(log), "nothing is logged")
        if where != "while drawing":
            terminal.wait_for("Something unexpected went wrong", "KeyError")
        terminal.press("J")
        terminal.wait_for("Storm warning")
        terminal.press("K")
        terminal.wait_for("Tobias Harsk")
        terminal.press("Ctrl+Q")
        assert terminal.wait_end() == 0
    assert "Traceback (most recent call last)" in written(log)
    assert "KeyError: 'harbour'" in written(log)
    assert "hunter2" not in written(log)  # the values of variables are not shown
    with start() as terminal:
        terminal.wait_for("Latest news", "Not reopened, because something failed there")
        assert "Tobias Harsk" not in terminal.settle()
        terminal.press("Ctrl+Q")
        assert terminal.wait_end() == 0


def written(path: Path) -> str:
    """Return what is in a file by now."""
    return path.read_text(encoding="utf-8") if path.exists() else ""


def test_a_list_that_was_shown_at_a_fault_is_not_opened_again_by_itself(paper: SampleServer) -> None:
    program = _PROGRAM.format(fault=_FAULTS["in what a key does"], address=paper.base_url)
    with start(command=(*CODE, program)) as terminal:
        terminal.wait_for("Latest news", "Harbour dredging")
        terminal.settle()
        terminal.press("g")
        terminal.wait_for("Something unexpected went wrong", "KeyError")
        terminal.press("Ctrl+Q")
        assert terminal.wait_end() == 0
    with start() as terminal:
        terminal.wait_for("Read a news page:")
        assert "Harbour dredging" not in terminal.settle()
        terminal.press("Esc")
        terminal.wait_gone("Read a news page:")
        terminal.press("Ctrl+Q")
        assert terminal.wait_end() == 0
