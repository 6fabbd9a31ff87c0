"""The list that is painted before anything is imported: when it is painted, and how the terminal is given back."""

import os
import select
import signal
import sys
import termios
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from ptyprocess import PtyProcess

from newsreader import first_frame
from newsreader.first_frame import FirstFrame, FirstLines, read_frame, write_frame
from newsreader.settings import Directories
from tests.waiting import LONG_S

NOW_S = 1_700_000_000.0
ROWS, COLUMNS = 4, 20


def frame(**changes: float) -> FirstFrame:
    """Return a frame of two days, the first of which has two ages."""
    since_s, until_s = changes.get("since_s", NOW_S), changes.get("until_s", NOW_S + 1000)
    today = FirstLines(since_s, until_s, [(since_s + 60, "now"), (until_s, "1 min")], ["a", "é", "\x1b[1mc\x1b[0m"])
    later = FirstLines(until_s, until_s + 1000, [(until_s + 1000, "1 day")], ["A", "É", "C"])
    return FirstFrame(COLUMNS, ROWS, [today, later])


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store, and a frame that holds for it."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("NEWSREADER_CACHE_DIR", str(tmp_path))
    first_frame.note_environment()
    (tmp_path / "store").write_text("as it was")
    path = Path(first_frame.frame_file(tmp_path))
    write_frame(path, frame(), [tmp_path / "store", tmp_path / "none"])
    return path


def lines_at(path: Path, seconds: float, size: tuple[int, int] = (COLUMNS, ROWS)) -> list[str] | None:
    return read_frame(path, size, NOW_S + seconds)


def test_what_is_said_of_the_age_is_that_of_the_moment(kept: Path) -> None:
    assert lines_at(kept, 0) == ["now", "a", "é", "\x1b[1mc\x1b[0m"]
    assert lines_at(kept, 60) == ["1 min", "a", "é", "\x1b[1mc\x1b[0m"]
    assert lines_at(kept, 1000) == ["1 day", "A", "É", "C"]
    assert lines_at(kept, 2000) is None
    assert lines_at(kept, -1) is None


def test_a_frame_holds_for_one_size_one_environment_and_the_files_as_they_were(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert lines_at(kept, 0, (COLUMNS + 1, ROWS)) is None
    with monkeypatch.context() as other:
        other.setenv("LC_ALL", "it_IT.UTF-8")
        first_frame.note_environment()
        assert lines_at(kept, 0) is None
    first_frame.note_environment()
    assert lines_at(kept, 0) is not None
    (kept.parent / "none").write_text("there now")
    assert lines_at(kept, 0) is None
    (kept.parent / "none").unlink()
    assert lines_at(kept, 0) is not None
    (kept.parent / "store").write_text("as it is now")
    assert lines_at(kept, 0) is None


def test_a_frame_that_is_cut_off_or_others_may_write_to_is_not_painted(kept: Path) -> None:
    whole = kept.read_bytes()
    assert kept.stat().st_mode & 0o777 == 0o600
    kept.write_bytes(whole[:-1])
    assert lines_at(kept, 0) is None
    kept.write_bytes(whole)
    kept.chmod(0o620)
    assert lines_at(kept, 0) is None
    kept.chmod(0o600)
    assert lines_at(kept, 0) is not None
    assert [each.name for each in kept.parent.glob("first-frame*")] == [kept.name]


@pytest.mark.parametrize(
    "named", [{"NEWSREADER_CACHE_DIR": "~/x"}, {"NEWSREADER_CACHE_DIR": " "}, {"XDG_CACHE_HOME": "/x y"}, {}]
)
def test_the_frame_is_where_the_cache_is(named: Mapping[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NEWSREADER_CACHE_DIR", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in named.items():
        monkeypatch.setenv(name, value)
    assert Path(first_frame.cache_directory()) == Directories.default().cache


# --- in a terminal ------------------------------------------------------------------------------

PROGRAM = """
import os, signal, time
signal.signal(signal.SIGHUP, signal.SIG_DFL)  # the tests may have been started by nohup
from newsreader import __main__ as program, first_frame
def run(is_for_the_commands):
    {body}
program._run = run
program.main()
"""


class Terminal:
    """A pseudo-terminal with a start in it that goes no further than the first frame."""

    def __init__(self, body: str) -> None:
        self.written = b""
        environment = dict(os.environ)  # without the size that readline has set past it, where that was imported
        command = [sys.executable, "-c", PROGRAM.format(body=body)]
        self._process = PtyProcess.spawn(command, env=environment, dimensions=(ROWS, COLUMNS))

    def wait_for(self, words: bytes) -> None:
        """Read until something is written."""
        end = time.monotonic() + LONG_S
        while words not in self.written:
            assert time.monotonic() < end, self.written
            if select.select([self._process.fd], [], [], 0.05)[0]:
                self.written += os.read(self._process.fd, 65536)

    def press(self, keys: bytes) -> None:
        """Type."""
        self._process.write(keys)

    def send(self, number: signal.Signals) -> None:
        """Send a signal."""
        os.kill(self._process.pid, number)

    @property
    def is_as_before(self) -> bool:
        """Whether the terminal takes lines, shows what is typed, and lets Ctrl+Z suspend."""
        attributes = termios.tcgetattr(self._process.fd)
        lines = termios.ECHO | termios.ICANON | termios.IEXTEN
        return bool(attributes[3] & lines == lines and attributes[6][termios.VSUSP] == b"\x1a")

    def wait(self) -> int:
        """Return the exit status, or the signal that ended it as a negative number."""
        self._process.wait()
        ended_by = self._process.signalstatus
        return int(self._process.exitstatus) if ended_by is None else -int(ended_by)

    def close(self) -> None:
        """End whatever runs."""
        self._process.close(force=True)


@contextmanager
def started(kept: Path, body: str) -> Iterator[Terminal]:
    now_s = time.time()
    write_frame(kept, frame(since_s=now_s - 100, until_s=now_s + 10_000), [])
    terminal = Terminal(body)
    try:
        yield terminal
    finally:
        terminal.close()


PAINTED = "\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[1H1 min\x1b[2Ha\x1b[3Hé\x1b[4H\x1b[1mc\x1b[0m".encode()
LEFT = b"\x1b[?7h\x1b[?1049l\x1b[?25h"


def test_keys_that_are_typed_before_the_interface_is_there_wait_in_their_order(kept: Path) -> None:
    with started(kept, "time.sleep(0.2); print('typed', os.read(0, 99), first_frame.painted_lines())") as terminal:
        terminal.wait_for(PAINTED)
        terminal.press(b"jj\rK\x1a")
        terminal.wait_for(rb"typed b'jj\rK\x1a' ((20, 4), ['1 min', 'a', ")
        terminal.wait_for(LEFT)
        assert terminal.wait() == 0
        assert b"jj" not in terminal.written[: terminal.written.index(b"typed")]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_gives_the_terminal_back(kept: Path, number: signal.Signals) -> None:
    with started(kept, "time.sleep(3600)") as terminal:
        terminal.wait_for(PAINTED)
        if number == signal.SIGINT:
            terminal.press(b"\x03")
        else:
            terminal.send(number)
        terminal.wait_for(LEFT)
        status = terminal.wait()
        assert terminal.is_as_before
        assert status == (130 if number == signal.SIGINT else -number)


def test_a_fault_during_the_imports_gives_the_terminal_back_before_it_is_reported(kept: Path) -> None:
    with started(kept, "raise ImportError('no such thing')") as terminal:
        terminal.wait_for(b"ImportError: no such thing")
        assert terminal.written.index(LEFT) < terminal.written.index(b"Traceback")
        assert terminal.wait() == 1
        assert terminal.is_as_before


def test_a_changed_store_shows_no_list_and_leaves_the_terminal_alone(kept: Path) -> None:
    store = kept.parent / "store"
    now_s = time.time()
    write_frame(kept, frame(since_s=now_s - 100, until_s=now_s + 10_000), [store])
    store.write_text("something else")
    terminal = Terminal("print('running', first_frame.painted_lines())")
    try:
        terminal.wait_for(b"running ((0, 0), [])\r\n")
        assert terminal.written == b"running ((0, 0), [])\r\n"
        assert terminal.is_as_before
    finally:
        terminal.close()
