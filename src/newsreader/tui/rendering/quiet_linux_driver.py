"""A terminal driver that sleeps until there is input, stops at once, and ends with its terminal.

Textual's own wakes ten times a second to look for input, and waits for that thread when it stops. It waits forever for
a terminal that is gone: nobody empties the queue of what is to be written.
"""

import contextlib
import os
import select
import signal
import termios
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterator
from types import FrameType
from typing import IO, Any

from textual.drivers.linux_driver import LinuxDriver

from newsreader import first_frame
from newsreader.tui import textual_internals
from newsreader.tui.terminal_input import TerminalInput

_Handler = Callable[[int, FrameType | None], Any]
_ESCAPE_DELAY_S = 0.1  # how long a lone Esc may still turn out to begin a longer key
_ALTERNATE_SCREEN = "\x1b[?1049h"
_SYNC_START, _SYNC_END = "\x1b[?2026h", "\x1b[?2026l"
_ONE_PACKET = 1024  # bytes that come to a terminal at once, on any line
_PASTE_DELAY_S = 2.0  # how long the rest of a paste is waited for


class UntilGone:
    """A terminal to write to; once it is gone, what is written goes nowhere, and nobody waits for it."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self._is_gone = False

    def write(self, text: str) -> None:
        """Write, as long as the terminal is there."""
        if not self._is_gone:
            try:
                self._file.write(text)
            except OSError:
                self._is_gone = True  # the program ends by the signal that says so

    def flush(self) -> None:
        """Send what was written."""
        if not self._is_gone:
            try:
                self._file.flush()
            except OSError:
                self._is_gone = True

    def fileno(self) -> int:
        """Return the number of the file."""
        return self._file.fileno()


class QuietLinuxDriver(LinuxDriver):
    """Reads the keyboard in a thread that only ever waits for a key, or for a byte that ends it."""

    def __init__(self, *values: Any, **names: Any) -> None:  # noqa: ANN401  (whatever Textual gives it)
        super().__init__(*values, **names)
        self._is_switching = False
        self._keeps_screen = False
        self._holds_sync = False
        textual_internals.wrap_output(self, UntilGone)
        for number in (signal.SIGTSTP, signal.SIGCONT):
            handler = signal.getsignal(number)
            if callable(handler):
                signal.signal(number, self._unless_switching(handler))

    # --- the terminal is taken and left -----------------------------------------------------------

    def start_application_mode(self) -> None:
        """Take the terminal, once.

        A program may be continued (SIGCONT) without having been suspended: nothing is to be done. Or it was stopped
        without a word (SIGSTOP): the shell has changed the terminal meanwhile, so it is left as the shell left it
        and taken again. A second reader of keys beside the first would keep the program from ending.
        """
        if textual_internals.key_thread_of(self) is not None and not self._is_changed():
            return
        with self._switching():
            if textual_internals.key_thread_of(self) is not None:
                super().stop_application_mode()
                self.close()
            self._wake_out, self._wake_in = os.pipe()
            self._keeps_screen = first_frame.is_painted()
            super().start_application_mode()  # type: ignore[no-untyped-call]
            if self._keeps_screen:
                self._keeps_screen = False
                self.attrs_before = first_frame.hand_over()

    def stop_application_mode(self) -> None:
        """Leave the terminal as it was."""
        with self._switching():
            super().stop_application_mode()

    def write(self, data: str) -> None:
        """Write, but for what would empty the screen while it shows the list already.

        An update that comes as a whole anyway is not announced as one.
        """
        if data == _SYNC_START:
            self._holds_sync = True
        elif data == _SYNC_END and self._holds_sync:
            self._holds_sync = False
        elif not (self._keeps_screen and data == _ALTERNATE_SCREEN):
            if self._holds_sync and len(data.encode(errors="replace")) > _ONE_PACKET:
                self._holds_sync = False
                super().write(_SYNC_START)
            super().write(data)

    def _is_changed(self) -> bool:
        """Return whether the terminal shows what is typed: not while this program has it."""
        try:
            return bool(termios.tcgetattr(self.fileno)[3] & termios.ECHO)
        except termios.error:
            return False

    @contextlib.contextmanager
    def _switching(self) -> Iterator[None]:
        """Note that the terminal is being taken or left, which no signal may interrupt to take or leave it too."""
        self._is_switching = True
        try:
            yield
        finally:
            self._is_switching = False

    def _unless_switching(self, handler: _Handler) -> _Handler:
        """Return what handles a signal, except while the terminal is being taken or left."""

        def handle(number: int, frame: FrameType | None) -> None:
            if not self._is_switching:
                handler(number, frame)

        return handle

    # --- keys -------------------------------------------------------------------------------------

    def disable_input(self) -> None:
        """Read no keys any more."""
        thread = textual_internals.key_thread_of(self)
        if not self.exit_event.is_set() and thread is not None:
            self.exit_event.set()
            os.write(self._wake_in, b"x")
            thread.join()
            textual_internals.forget_key_thread(self)
            self.exit_event.clear()
            os.close(self._wake_in)
            os.close(self._wake_out)
        super().disable_input()

    def run_input_thread(self) -> None:
        """Read keys until the end."""
        terminal = TerminalInput()
        decode = getincrementaldecoder("utf-8")(errors="replace").decode
        while not self.exit_event.is_set():
            timeout = _PASTE_DELAY_S if terminal.is_pasting else _ESCAPE_DELAY_S if terminal.is_unfinished else None
            ready, _, _ = select.select([self.fileno, self._wake_out], [], [], timeout)
            if self._wake_out in ready:
                break
            if self.fileno not in ready:
                for event in terminal.flush():
                    self.process_message(event)
                continue
            typed = self._typed()
            if not typed:  # the terminal is gone, whether the system says so or not
                os.kill(os.getpid(), signal.SIGHUP)
                break
            for event in terminal.feed(decode(typed)):
                self.process_message(event)

    def _typed(self) -> bytes:
        try:
            return os.read(self.fileno, 4096)
        except OSError:  # how some systems report that the terminal is gone
            return b""
