"""The installed command, which may be forked, in a pseudo-terminal, as a person sees and drives it."""

import os
import re
import select
import signal
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte

from tests.starting import COMMAND, end_in_terminal, start_in_terminal
from tests.waiting import LONG_S

# What a modern terminal understands and pyte does not: it would print their tails.
_UNKNOWN_TO_PYTE = re.compile(
    rb"\x1b\[[<>=][0-9;]*[a-zA-Z]|\x1b\[\?[0-9;]*\$p|\x1b_[^\x1b]*\x1b\\|\x1b\[[0-9;]*t"
    # And colours, most of what is written: no test asks pyte for them, and it reads them letter by letter.
    rb"|\x1b\[[0-9;:]*m"
)
_INHERITED = ("PATH", "TZ", "NEWSREADER_NOW")
KEYS = {
    "Enter": "\r",
    "Esc": "\x1b",
    "Tab": "\t",
    "Space": " ",
    "Backspace": "\x7f",
    "Down": "\x1b[B",
    "Up": "\x1b[A",
    "PgDn": "\x1b[6~",
    "PgUp": "\x1b[5~",
    "F1": "\x1bOP",
    "Ctrl+C": "\x03",
    "Ctrl+D": "\x04",
    "Ctrl+U": "\x15",
    "Ctrl+P": "\x10",
    "Ctrl+Q": "\x11",
    "Ctrl+R": "\x12",
}


class Terminal:
    """A pseudo-terminal with the program in it.

    Attributes:
        output: Every byte that the program wrote, as it wrote it.
    """

    def __init__(
        self,
        *arguments: str,
        columns: int,
        rows: int,
        environment: Mapping[str, str],
        command: Sequence[str] = (str(COMMAND),),
        directory: Path | None = None,
    ) -> None:
        self.output = bytearray()
        self._seen: tuple[int, str] = -1, ""  # the bytes that had been read, and what then was on the screen
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        given = {
            **{name: os.environ[name] for name in _INHERITED if name in os.environ},
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            **environment,
        }
        self._process = start_in_terminal([*command, *arguments], given, (rows, columns), directory)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            sys.stderr.write(self.text + "\n")
        end_in_terminal(self._process)

    @property
    def lines(self) -> list[str]:
        """The screen's lines, without trailing spaces."""
        return [row.rstrip() for row in self._screen.display]

    @property
    def text(self) -> str:
        """The screen as one text."""
        if self._seen[0] != len(self.output):
            self._seen = len(self.output), "\n".join(self.lines)
        return self._seen[1]

    def press(self, *keys: str) -> None:
        """Type keys: names of KEYS, or the characters themselves."""
        for key in keys:
            self._process.write(KEYS.get(key, key).encode())

    def click(self, words: str, row: str | None = None) -> None:
        """Click on the first of these words that are on the screen, or in a row of it."""
        number = next(n for n, each in enumerate(self.lines) if (each == row if row is not None else words in each))
        column = self.lines[number].index(words)
        for end in ("M", "m"):
            self._process.write(f"\x1b[<0;{column + 1};{number + 1}{end}".encode())

    @property
    def process_id(self) -> int:
        """The process that runs in the terminal."""
        return int(self._process.pid)

    def hang_up(self) -> None:
        """Close the terminal's window."""
        self._process.fileobj.close()
        self._process.fd, self._process.closed = -1, True

    def resize(self, columns: int, rows: int) -> None:
        """Change the size of the terminal, as a window manager does."""
        self._screen.resize(rows, columns)
        self._seen = -1, ""
        self._process.setwinsize(rows, columns)

    def write_past(self, words: str) -> None:
        """Have another program write to the terminal."""
        self._stream.feed(words.encode())
        self._seen = -1, ""

    def read(self, seconds: float = 0.05) -> bool:
        """Take in what the program writes within this time; False once it has ended."""
        ready, _, _ = select.select([self._process.fd], [], [], seconds)
        if not ready:
            return bool(self._process.isalive())
        try:
            written = os.read(self._process.fd, 65536)
        except OSError:
            return False
        self.output += written
        self._stream.feed(_UNKNOWN_TO_PYTE.sub(b"", written))
        return bool(written)

    def wait_until(self, is_so: Callable[[str], bool], what: str, seconds: float = LONG_S) -> str:
        """Wait until the screen is as it should be, and return it.

        Raises:
            AssertionError: it is not within this time, or the program has ended before.
        """
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if is_so(self.text):
                return self.text
            if not self.read():
                break
        assert is_so(self.text), f"{what}; the screen is:\n{self.text}"
        return self.text

    def wait_for(self, *words: str, seconds: float = LONG_S) -> str:
        """Wait until all of the words are on the screen, and return it."""
        return self.wait_until(lambda text: all(word in text for word in words), f"never shown: {words}", seconds)

    def wait_gone(self, word: str, seconds: float = LONG_S) -> str:
        """Wait until a word is on the screen no more, and return it."""
        return self.wait_until(lambda text: word not in text, f"still shown: {word}", seconds)

    def settle(self, quiet: float = 0.4) -> str:
        """Wait until nothing has been written for a while, and return the screen."""
        while True:
            before = len(self.output)
            end = time.monotonic() + quiet
            while time.monotonic() < end:
                if not self.read():
                    return self.text
            if len(self.output) == before:
                return self.text

    @property
    def echoes(self) -> bool:
        """Return whether the terminal shows what is typed, as it does where no program has changed it."""
        return bool(termios.tcgetattr(self._process.fd)[3] & termios.ECHO)

    def wait_end(self, seconds: float = LONG_S) -> int:
        """Wait until the program has ended, and return its exit status."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and self.read():
            continue
        while self._process.isalive() and time.monotonic() < end:
            time.sleep(0.02)
        assert not self._process.isalive(), f"still running; the screen is:\n{self.text}"
        status = self._process.exitstatus
        return status if status is not None else -int(self._process.signalstatus or signal.SIGKILL)
