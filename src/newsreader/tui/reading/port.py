"""What the parts of the reading screen need from the screen and the program, in one place."""

from collections.abc import Callable, Coroutine
from contextlib import AbstractContextManager, suppress
from datetime import datetime
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Protocol, TypeVar

from textual.app import App
from textual.message import Message
from textual.screen import Screen

from newsreader.errors import NewsreaderError
from newsreader.keymap import check_bindings
from newsreader.text import line
from newsreader.tui import keys, wording
from newsreader.tui.box import BoxScreen, ask
from newsreader.tui.change_queue import ChangeQueue, note
from newsreader.tui.change_queue import queue_of as change_queue_of
from newsreader.tui.input_queue import InputQueue
from newsreader.tui.input_queue import queue_of as input_queue_of
from newsreader.tui.rendering.themes import Palette, palette_of
from newsreader.tui.scheduler import Scheduled, scheduler_of

if TYPE_CHECKING:
    from newsreader.tui.ports import ReadingService
    from newsreader.tui.reading.state import ReadingState

T = TypeVar("T")
P = ParamSpec("P")

_FLASH_S = 4.0


class ReadingPort:
    """Shows, asks, runs and waits for the parts of the screen.

    Attributes:
        screen: The reading screen.
        service: The service that the parts call.
        bindings: The keys of every action, including the reader's own.
    """

    class Changed(Message):
        """Read marks, saved articles or sources have changed.

        Attributes:
            is_undo: A change was undone.
        """

        def __init__(self, *, is_undo: bool = False) -> None:
            super().__init__()
            self.is_undo = is_undo

    def __init__(self, screen: Screen[None], service: "ReadingService", state: "ReadingState") -> None:
        self.screen = screen
        self.service = service
        self._state = state
        self._flash_timer: Scheduled | None = None
        self._says_failure = False
        self._is_brief = True
        self._observers: list[Callable[[], None]] = []
        settings = service.settings
        self.bindings, _ = check_bindings(settings.keys, settings.interface.key_preset)

    # --- showing ----------------------------------------------------------------------------------

    def on_show(self, observer: Callable[[], None]) -> None:
        """Register a function to be called whenever what is shown may have changed."""
        self._observers.append(observer)

    def show(self) -> None:
        """Bring everything that depends on the state up to date, in the same paint."""
        for observer in self._observers:
            observer()

    def say(self, words: str, *, seconds: float = _FLASH_S, is_failure: bool = False) -> None:
        """Show a message in the footer for a few seconds; unless these are given, only until the next action."""
        if self._flash_timer is not None:
            self._flash_timer.stop()
        self._state.flash = words
        self._says_failure, self._is_brief = is_failure, seconds == _FLASH_S
        self._flash_timer = self.after(seconds, self.unsay)
        self.show()

    def unsay(self) -> None:
        """Clear the message that was shown for a few seconds."""
        self._state.flash = ""
        self._says_failure = False
        self.show()

    def end_message(self) -> None:
        """Clear the message about what was done, or failed: something else is being done."""
        if self._state.flash and self._is_brief:
            self.unsay()

    @property
    def said(self) -> str:
        """The message that is shown, unless it is about a failure."""
        return "" if self._says_failure else self._state.flash

    def say_error(self, error: NewsreaderError) -> None:
        """Show what failed, and what to do now."""
        self.changes.note_failure()
        self.say(line(f"{error.text} {error.advice}", 300), is_failure=True)

    def note_change(self, *, is_undo: bool = False) -> None:
        """Have the sources counted again: read marks, saved articles or sources have changed."""
        self.screen.post_message(self.Changed(is_undo=is_undo))

    @property
    def app(self) -> App[Any]:
        """The program."""
        return self.screen.app

    @property
    def palette(self) -> Palette:
        """The colours of the theme."""
        return palette_of(self.app.current_theme)

    def key_of(self, name: str) -> str:
        """Return the key that a sentence names for an action."""
        return keys.key_of(name, self.bindings)

    # --- asking -----------------------------------------------------------------------------------

    async def ask(self, box: BoxScreen[T]) -> T | None:
        """Show a box, and return its answer; None if it was closed without one."""
        return await ask(self.app, box)

    def suspend(self) -> AbstractContextManager[None]:
        """Give up the terminal inside the block."""
        return self.app.suspend()

    def copy(self, text: str) -> None:
        """Copy text to the clipboard."""
        self.app.copy_to_clipboard(text)

    @note
    async def set_preference(self, key: str, value: object) -> None:
        """Remember what the reader has chosen."""
        with suppress(NewsreaderError):
            await self.service.preferences.save(key, value)

    @note
    async def change_preference(self, key: str, change: Callable[[object], object]) -> None:
        """Remember a part of what the reader has chosen, beside what is kept by then."""
        with suppress(NewsreaderError):
            await self.service.preferences.change(key, change)

    # --- running and waiting ----------------------------------------------------------------------

    @property
    def port(self) -> "ReadingPort":
        """Itself: the screen holds it like a part."""
        return self

    @property
    def changes(self) -> ChangeQueue:
        """The changes of state that are being made."""
        return change_queue_of(self.screen)

    @property
    def input(self) -> InputQueue:
        """The keys that wait for their turn."""
        return input_queue_of(self.screen)

    def cancel(self, group: str) -> None:
        """Cancel the workers of a group."""
        self.screen.workers.cancel_group(self.screen, group)

    def after(self, seconds: float, callback: Callable[[], object]) -> Scheduled:
        """Call something after so many seconds."""
        return scheduler_of(self.screen).call_after(self.screen, seconds, callback)

    def time(self) -> float:
        """Return the seconds that have passed since some moment."""
        return scheduler_of(self.screen).time()

    def soon(self, callback: Callable[..., object], *args: object) -> None:
        """Call something once the changes are on the screen."""
        self.screen.call_after_refresh(callback, *args)

    def now(self) -> datetime:
        """Return the time, in the reader's zone."""
        return wording.local(self.service.now())


class _SaysErrors(Protocol):
    def say_error(self, error: NewsreaderError) -> None: ...


class _ReadingPart(Protocol):
    @property
    def port(self) -> _SaysErrors: ...


H = TypeVar("H", bound=_ReadingPart)


def says_errors(
    method: Callable[Concatenate[H, P], Coroutine[Any, Any, T]],
) -> Callable[Concatenate[H, P], Coroutine[Any, Any, T | None]]:
    """Make a method of a part show in the footer what failed, and return None then."""

    @wraps(method)
    async def run(self: H, /, *args: P.args, **kwargs: P.kwargs) -> T | None:
        try:
            return await method(self, *args, **kwargs)
        except NewsreaderError as error:
            self.port.say_error(error)
            return None

    return run
