"""The terminal, or a pipe, as lines: what is typed, and what is printed."""

import asyncio
import codecs
import os
import shutil
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from typing import IO

from newsreader.exporting.linear import in_lines

_STEP = 65_536
_LONGEST_LINE = 100_000  # characters that are typed without Enter


class Console:
    """Reads lines in a thread of its own, so that nothing waits for the keyboard, and prints lines.

    The terminal stays in the mode in which it is: it echoes, edits the line and sends interrupts by itself, which is
    what screen readers and Braille displays follow best.

    Attributes:
        shows_prompt: Somebody types: a prompt says that it is their turn.
    """

    def __init__(self, descriptor: int = 0, stream: IO[str] | None = None) -> None:
        self._descriptor = descriptor
        self._stream = stream or sys.stdout
        self.shows_prompt = os.isatty(descriptor)
        self._is_terminal = self._stream.isatty()
        self._typed: asyncio.Queue[str | None] = asyncio.Queue()
        self._arrival = asyncio.Event()
        self._has_ended = False
        self._is_closed = False

    def start(self) -> None:
        """Take in what is typed from now on."""
        loop = asyncio.get_running_loop()
        threading.Thread(target=self._take_in, args=(loop,), name="input", daemon=True).start()

    def _take_in(self, loop: asyncio.AbstractEventLoop) -> None:
        encoding = getattr(sys.stdin, "encoding", None) or "utf-8"
        decoder = codecs.getincrementaldecoder(encoding)("replace")
        rest = ""
        with suppress(RuntimeError):  # the loop is closed: nobody wants it any more
            while octets := self._read():
                *lines, rest = (rest + decoder.decode(octets)).replace("\r", "\n").split("\n")
                rest = rest[:_LONGEST_LINE]
                for typed in lines:
                    loop.call_soon_threadsafe(self._put, typed)
            if rest:
                loop.call_soon_threadsafe(self._put, rest)
            loop.call_soon_threadsafe(self._put, None)

    def _read(self) -> bytes:
        try:
            return os.read(self._descriptor, _STEP)
        except OSError:  # the terminal is gone
            return b""

    @property
    def is_interactive(self) -> bool:
        """Whether somebody types, and can answer a question."""
        return self.shows_prompt

    async def ask(self, prompt: str, *, is_secret: bool = False) -> str | None:
        """Return the next line that is typed, in secret without an echo of it; None at the end of the input."""
        if self._has_ended:
            return None
        if self._typed.empty():
            self.show_prompt(prompt)
        with without_echo(self._descriptor) if is_secret else nullcontext():
            typed = await self._typed.get()
        if is_secret:
            self.show_prompt("\n")
        self._has_ended = typed is None
        return typed

    def show_prompt(self, prompt: str) -> None:
        """Print a prompt, where somebody types."""
        if self.shows_prompt:
            self._write(prompt)

    async def typed_ahead(self) -> None:
        """Wait until a line has been typed that nobody has asked for yet, or the input has ended."""
        while self._typed.empty() and not self._has_ended:
            self._arrival.clear()
            await self._arrival.wait()

    def end(self) -> None:
        """Have the input end now."""
        self._put(None)

    def _put(self, typed: str | None) -> None:
        self._typed.put_nowait(typed)
        self._arrival.set()

    def say(self, *texts: str) -> None:
        """Print texts, each in lines of its own that fit the terminal."""
        width = max(20, shutil.get_terminal_size().columns - 1) if self._is_terminal else None
        self._write("".join(f"{in_lines(text, width)}\n" for text in texts))

    def say_paragraphs(self, texts: Iterable[str]) -> None:
        """Print texts with an empty line between them."""
        for number, text in enumerate(texts):
            self.say(*(("",) if number else ()), text)

    @property
    def is_closed(self) -> bool:
        """Whether nothing can be printed any more: whoever reads it is gone."""
        return self._is_closed

    def _write(self, text: str) -> None:
        try:
            self._stream.write(text)
            self._stream.flush()
        except (OSError, ValueError):
            self._is_closed = True
            raise


@contextmanager
def without_echo(descriptor: int) -> Iterator[None]:
    """Have a terminal show nothing of what is typed meanwhile."""
    import termios

    before = termios.tcgetattr(descriptor)
    quiet = [*before]
    quiet[3] &= ~termios.ECHO
    termios.tcsetattr(descriptor, termios.TCSADRAIN, quiet)
    try:
        yield
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)
