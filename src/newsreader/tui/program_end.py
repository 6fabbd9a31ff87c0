"""How the program ends: the reader's place is kept, everything is closed, the terminal is given back."""

import asyncio
import logging
import signal
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING

from newsreader.i18n import gettext
from newsreader.tui import textual_internals

if TYPE_CHECKING:
    from textual.app import App

    from newsreader.tui.change_queue import ChangeQueue
    from newsreader.tui.input_queue import InputQueue
    from newsreader.tui.reading.screen import ReadingScreen

_log = logging.getLogger(__name__)
_LONGEST_FAREWELL_S = 20.0  # longer than the wait for a library that another program holds
_SHORT_S = 1.0  # after which the reader is shown what is waited for, and may refuse to wait
_LAST_KEYS_S = 0.3  # for keys that were pressed before the system asked for the end
_GIVEN_UP_S = 1.0  # for which changes are waited for that nobody wants to wait for
_LAST_TURN_S = 0.00005  # of a thread whose result nobody will see, while the end of the program waits for it
LAST_RESORT_S = 60  # after which the system ends a program that was asked to end, and does nothing any more
_ENDING_SIGNALS = (signal.SIGTERM, signal.SIGINT, *((signal.SIGHUP,) if hasattr(signal, "SIGHUP") else ()))


class ProgramEnd:
    """Ends the program when the reader or the system asks for it, once the last changes are kept.

    Attributes:
        is_near: It has been asked for.
        is_by_key: It has been asked for by a key: what is typed after that is for no screen.
        is_cut_short: Changes failed, or were still being made when nothing waited for them any longer.
        way_out: Returns what ends the process with a status at once; None where Textual is to return to its caller.
    """

    def __init__(
        self, app: "App[int]", reading: "Callable[[], ReadingScreen]", input_queue: "InputQueue", changes: "ChangeQueue"
    ) -> None:
        """Take the program, and how to find its reading screen, which it gets later."""
        self.is_near = False
        self.is_by_key = False
        self.is_cut_short = False
        self.way_out: Callable[[int], Callable[[int], object] | None] = lambda _: None
        self._app = app
        self._reading = reading
        self._input_queue = input_queue
        self._changes = changes
        self._is_waiting = False
        self._is_given_up = asyncio.Event()

    def begin(self, status: int, *, is_by_key: bool = False) -> None:
        """Begin to end; asked again while something is waited for, stop waiting."""
        if not self.is_near:
            self.is_near, self.is_by_key = True, is_by_key
            self._changes.is_ending = True
            self._app.run_worker(self._end(status), group="end")
        elif self._is_waiting:
            self._reading().port.service.stop_waiting()
            self._is_given_up.set()

    async def _end(self, status: int) -> None:
        """Save where the reader is, and quit."""
        sys.setswitchinterval(_LAST_TURN_S)
        farewell = asyncio.ensure_future(self._farewell())
        if not await _is_done(farewell, _SHORT_S):
            self._is_waiting = True
            self._reading().port.say(
                gettext("Your last changes are still being saved. Ctrl+Q again quits without waiting for them."),
                seconds=60,
            )
            given_up = asyncio.ensure_future(self._is_given_up.wait())
            await asyncio.wait([farewell, given_up], timeout=_LONGEST_FAREWELL_S, return_when=asyncio.FIRST_COMPLETED)
            given_up.cancel()
            if not await _is_done(farewell, _GIVEN_UP_S):
                farewell.cancel()
        self.is_cut_short = not self._changes.are_made or self._changes.has_failed
        if (leave := self.way_out(status)) is not None:
            await self._leave(leave, status)
        self._app.exit(status, return_code=status)

    async def _farewell(self) -> None:
        try:
            if not self.is_by_key:
                await self._input_queue.emptied(_LAST_KEYS_S)
            await self._reading().parts.positions.keep()
            await self._reading().parts.session.remember(is_last=True)
            await self._changes.end()
        except Exception:  # noqa: BLE001  (the last resort: nothing keeps the program from ending)
            self._changes.has_failed = True
            _log.exception("the last changes")

    async def _leave(self, leave: Callable[[int], object], status: int) -> None:
        """Close everything and end the process; Textual would take down every widget before, one after another.

        Nothing is lost where a file is not closed: what was to be written to it waits outside of it.
        """
        try:
            async with asyncio.timeout(_GIVEN_UP_S if self.is_cut_short else None):
                await self.close()
        except TimeoutError:
            _log.warning("not everything could be closed")
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
        self.begin(128 + number)


async def _is_done(task: "asyncio.Future[None]", seconds: float) -> bool:
    await asyncio.wait([task], timeout=seconds)
    return task.done()
