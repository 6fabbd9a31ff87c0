"""How the program ends: the reader's place is kept, everything is closed, the terminal is given back."""

import asyncio
import logging
import signal
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING

from newsreader.tui import textual_internals

if TYPE_CHECKING:
    from textual.app import App

    from newsreader.tui.change_queue import ChangeQueue
    from newsreader.tui.input_queue import InputQueue
    from newsreader.tui.reading.screen import ReadingScreen

_log = logging.getLogger(__name__)
_LONGEST_FAREWELL_S = 2.0
_LAST_TURN_S = 0.00005  # of a thread whose result nobody will see, while the end of the program waits for it
LAST_RESORT_S = 60  # after which the system ends a program that was asked to end, and does nothing any more
_ENDING_SIGNALS = (signal.SIGTERM, signal.SIGINT, *((signal.SIGHUP,) if hasattr(signal, "SIGHUP") else ()))


class ProgramEnd:
    """Ends the program when the reader or the system asks for it.

    Attributes:
        is_near: It has been asked for.
        is_cut_short: Changes were still being made when nothing waited for them any longer.
        way_out: Returns what ends the process with a status at once; None where Textual is to return to its caller.
    """

    def __init__(
        self, app: "App[int]", reading: "Callable[[], ReadingScreen]", input_queue: "InputQueue", changes: "ChangeQueue"
    ) -> None:
        """Take the program, and how to find its reading screen, which it gets later."""
        self.is_near = False
        self.is_cut_short = False
        self.way_out: Callable[[int], Callable[[int], object] | None] = lambda _: None
        self._app = app
        self._reading = reading
        self._input_queue = input_queue
        self._changes = changes

    async def end(self, status: int) -> None:
        """Save where the reader is, and quit."""
        self.is_near = True
        sys.setswitchinterval(_LAST_TURN_S)
        with suppress(TimeoutError):
            async with asyncio.timeout(_LONGEST_FAREWELL_S):
                await self._reading().parts.positions.keep()
                await self._reading().parts.session.remember(is_last=True)
                await self._changes.end()
        self.is_cut_short = not self._changes.are_made
        if (leave := self.way_out(status)) is not None:
            await self._leave(leave, status)
        self._app.exit(status, return_code=status)

    async def _leave(self, leave: Callable[[int], object], status: int) -> None:
        """Close everything and end the process; Textual would take down every widget before, one after another."""
        try:
            await self.close()
        except Exception:  # noqa: BLE001  (the last resort: nothing keeps the program from ending)
            _log.exception("closing")
        driver = textual_internals.driver_of(self._app)
        if driver is not None:  # from here on nothing else runs that could write to it
            driver.stop_application_mode()
            driver.close()
        leave(status)

    async def close(self) -> None:
        """Close the service, and take no keys and no signals any more."""
        self._reading().parts.notices.end()
        loop = asyncio.get_running_loop()
        for number in _ENDING_SIGNALS:
            with suppress(NotImplementedError, ValueError, RuntimeError):
                loop.remove_signal_handler(number)
        self._input_queue.close()
        await self._reading().port.service.aclose()
        if not self._app.is_headless:  # reads for the screen are not waited for: nobody needs them
            loop.set_default_executor(ThreadPoolExecutor(max_workers=1))

    def end_on_signals(self) -> None:
        """Quit cleanly when the system asks for it, so that the terminal is left as it was."""
        loop = asyncio.get_running_loop()
        for number in _ENDING_SIGNALS:
            with suppress(NotImplementedError, ValueError, RuntimeError):
                loop.add_signal_handler(number, self._end_by_signal, number)
                if hasattr(signal, "alarm"):  # the event loop gets the signal all the same
                    signal.signal(number, lambda *_: signal.alarm(LAST_RESORT_S))

    def _end_by_signal(self, number: int) -> None:
        self._app.run_worker(self.end(128 + number), exclusive=True, group="end")
