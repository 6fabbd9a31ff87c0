"""A program in a pseudo-terminal, with the time at which each thing came to the screen."""

import os
import re
import select
import statistics
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from ptyprocess import PtyProcess

_ESCAPES = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|P[^\x1b]*\x1b\\|[()#].|[=>78MDEHc])")
COLUMNS, ROWS = 100, 30


class Answered(NamedTuple):
    """What followed a key: after how many milliseconds the last byte came, and how many bytes."""

    ms: float
    size: int


class Cost(NamedTuple):
    """What a program and its children have used since they began."""

    cpu_s: float
    wakes: int


class Program:
    """A program started in a pseudo-terminal that answers what a terminal is asked; what it writes is timed."""

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str] | None = None, *, columns: int = COLUMNS
    ) -> None:
        inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        inherited |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
        self.text = bytearray()
        self.written = 0
        self.first: float | None = None
        self._rest = b""
        self._ended = False
        self.started = time.perf_counter()
        self._process = PtyProcess.spawn(
            list(command), env={**inherited, **(environment or {})}, dimensions=(ROWS, columns)
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):
            self._process.close(force=True)

    def press(self, keys: str) -> None:
        """Type."""
        self._process.write(keys.encode())

    def read(self, seconds: float) -> int:
        """Take in what is written within this time; returns its size, 0 if nothing was."""
        if self._ended or not select.select([self._process.fd], [], [], max(0.0, seconds))[0]:
            return 0
        try:
            written = os.read(self._process.fd, 1 << 16)
        except OSError:
            written = b""
        if not written:
            self._ended = True
            return 0
        self.first = self.first or time.perf_counter()
        if b"\x1b[?2026$p" in written:
            self.press("\x1b[?2026;2$y")
        self.written += len(written)
        whole = self._rest + written
        cut = whole.rfind(b"\x1b", max(0, len(whole) - 64))
        is_open = cut >= 0 and not _ESCAPES.match(whole, cut)
        whole, self._rest = (whole[:cut], whole[cut:]) if is_open else (whole, b"")
        self.text += _ESCAPES.sub(b"", whole)
        return len(written)

    def wait_for(self, mark: str, seconds: float = 60, since: int = 0) -> float:
        """Return when words were on the screen, in milliseconds after the start.

        Raises:
            TimeoutError: they never were.
        """
        end = time.perf_counter() + seconds
        while mark.encode() not in self.text[since:]:
            if time.perf_counter() > end or self._ended:
                message = f"{mark!r} was never shown; the last words are {bytes(self.text[-400:])!r}"
                raise TimeoutError(message)
            self.read(0.5)
        return self.elapsed()

    def elapsed(self) -> float:
        """Return the milliseconds since the start."""
        return (time.perf_counter() - self.started) * 1e3

    def settle(self, quiet: float = 0.4, limit: float = 20.0) -> None:
        """Wait until nothing has been written for a while."""
        end = time.perf_counter() + limit
        while self.read(quiet) and time.perf_counter() < end:
            continue

    def answer(self, key: str, quiet: float = 0.06) -> Answered:
        """Press a key and take in all that follows, until it is quiet."""
        sent = last = time.perf_counter()
        self.press(key)
        size = 0
        while more := self.read(0.5 if not size else quiet):
            size += more
            last = time.perf_counter()
        return Answered((last - sent) * 1e3, size)

    def wait_end(self, seconds: float = 10) -> float:
        """Return after how many milliseconds from now the program has ended."""
        began = time.perf_counter()
        while not self._ended and time.perf_counter() - began < seconds:
            self.read(0.5)
        self._process.wait()
        return (time.perf_counter() - began) * 1e3

    def cost(self) -> Cost:
        """Return what the program and its children have used (Linux only)."""
        cpu, wakes = 0.0, 0
        waiting = [self._process.pid]
        while waiting:
            tasks = Path(f"/proc/{waiting.pop()}/task")
            with suppress(OSError):
                for task in tasks.iterdir():
                    waiting += [int(child) for child in (task / "children").read_text().split()]
                    cpu += int((task / "schedstat").read_text().split()[0]) / 1e9
                    found = re.search(r"\nvoluntary_ctxt_switches:\s+(\d+)", (task / "status").read_text())
                    wakes += int(found[1]) if found else 0
        return Cost(cpu, wakes)


def median(values: Sequence[float]) -> float:
    return statistics.median(values) if values else float("nan")


def percentile(values: Sequence[float], part: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(part * (len(ordered) - 1)))] if ordered else float("nan")
