"""The terminal is given back when the system stops or ends the program, and taken up again whole."""

import contextlib
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from threading import Thread

import pytest
from textual.drivers._writer_thread import WriterThread

from newsreader.tui.rendering.quiet_linux_driver import UntilGone
from tests.e2e.terminal import Terminal
from tests.starting import CODE, COMMAND
from tests.waiting import LONG_S, wait_until

KEPT = ("_DIR", "_PROXY", "_HOME")


def start(command: Sequence[str] = (str(COMMAND),)) -> Terminal:
    kept = {name: value for name, value in os.environ.items() if name.upper().endswith(KEPT)}
    environment = {"LC_ALL": "C.UTF-8", "HOME": os.environ["NEWSREADER_DATA_DIR"], **kept}
    return Terminal(columns=100, rows=30, environment=environment, command=command)


def is_stopped(terminal: Terminal) -> bool:
    status = Path(f"/proc/{terminal._process.pid}/stat").read_text(encoding="ascii")
    return status.rpartition(")")[2].split()[0] == "T"


@pytest.mark.skipif(sys.platform != "linux", reason="the state of a process is read from /proc")
def test_a_suspended_program_comes_back_as_it_was() -> None:
    with start() as terminal:
        terminal.wait_for("Sample newspaper", "Ctrl+Q quit")
        before = terminal.settle()
        terminal.press("\x1a")
        end = time.monotonic() + LONG_S
        while not is_stopped(terminal) and time.monotonic() < end:
            terminal.read()
        assert is_stopped(terminal)
        terminal.settle()
        assert terminal.output.rstrip().endswith(b"\x1b[?1004l")
        shown = len(terminal.output)
        os.kill(terminal._process.pid, signal.SIGCONT)
        terminal.settle()
        assert b"Sample newspaper" in terminal.output[shown:]
        assert terminal.text == before
        terminal.press("Ctrl+Q")
        assert terminal.wait_end() == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_program_that_is_asked_to_end_gives_the_terminal_back(number: signal.Signals) -> None:
    with start() as terminal:
        terminal.wait_for("Sample newspaper")
        os.kill(terminal._process.pid, number)
        assert terminal.wait_end() == 128 + number
        assert b"\x1b[?1049l" in terminal.output
        assert b"\x1b[?25h" in terminal.output


def test_only_a_change_of_more_than_one_packet_is_announced_to_the_terminal() -> None:
    began, ended = b"\x1b[?2026h", b"\x1b[?2026l"
    with start((str(COMMAND), "demo")) as terminal:
        terminal.press("\x1b[?2026;2$y")  # as terminals answer that can wait for the end of a change
        terminal.wait_for("Latest news", "? keys")
        terminal.settle()
        at = len(terminal.output)
        terminal.press("j")
        terminal.settle()
        written = bytes(terminal.output[at:])
        assert 0 < len(written) < 1024
        assert began not in written
        assert ended not in written
        at = len(terminal.output)
        terminal.press("\x12")  # draw everything again
        terminal.wait_until(lambda _: ended in terminal.output[at:], "the screen has been drawn again")
        terminal.settle()
        written = bytes(terminal.output[at:])
        assert written.count(began) == written.count(ended) > 0


@pytest.mark.skipif(sys.platform != "linux", reason="wake-ups are read from /proc")
def test_nothing_happens_while_nothing_happens() -> None:
    with start() as terminal:
        terminal.wait_for("Sample newspaper")
        for _ in range(20):  # a busy machine takes longer to finish what the start has begun
            terminal.settle(1.0)
            written, woken = len(terminal.output), wake_ups(terminal)
            end = time.monotonic() + 1.5
            while time.monotonic() < end:
                terminal.read()
            if len(terminal.output) == written and wake_ups(terminal) - woken <= 2:
                return
        assert len(terminal.output) == written
        assert wake_ups(terminal) - woken <= 2


def test_nobody_waits_for_a_terminal_that_is_gone() -> None:
    ours, its = os.openpty()
    with contextlib.suppress(OSError), os.fdopen(its, "w") as file:  # it cannot be flushed when it is closed
        os.close(ours)
        writer = WriterThread(UntilGone(file))  # type: ignore[arg-type]
        writer.start()
        patient = Thread(target=lambda: deque(map(writer.write, "x" * 100), 0), daemon=True)
        patient.start()
        patient.join(LONG_S)
        assert not patient.is_alive()
        writer.stop()


@pytest.mark.parametrize("keys", [(), ("Enter",)])
def test_the_program_ends_with_its_terminal(keys: tuple[str, ...]) -> None:
    with start() as terminal:
        terminal.wait_for("Sample newspaper")
        terminal.press(*keys)
        terminal.settle()
        terminal.hang_up()
        wait_until(lambda: not terminal._process.isalive())


STUCK = """
from newsreader.__main__ import main
from newsreader.tui import app, program_end
program_end.LAST_RESORT_S = 1
def count_for_ever(self):
    print("\\x1b[1;1Hstuck", flush=True, file=__import__("sys").__stderr__)
    while True:
        pass
app.NewsreaderApp.action_help_quit = count_for_ever
main()
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_program_that_is_stuck_ends_at_last_when_it_is_asked_to(number: signal.Signals) -> None:
    with start(command=(*CODE, STUCK)) as terminal:
        terminal.wait_for("Sample newspaper", "Ctrl+Q quit")
        terminal.settle()
        terminal.press("Ctrl+C")
        terminal.wait_for("stuck")
        os.kill(terminal.process_id, number)
        assert terminal.wait_end() == -signal.SIGALRM


def wake_ups(terminal: Terminal) -> int:
    """How often the program has been woken so far, all its threads together."""
    statuses = Path(f"/proc/{terminal._process.pid}/task").glob("*/status")
    lines = [line for status in statuses for line in status.read_text(encoding="utf-8").splitlines()]
    return sum(int(line.split()[1]) for line in lines if line.startswith("voluntary_ctxt_switches"))
