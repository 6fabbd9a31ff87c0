"""What we use of Textual and Rich that is not public: every private name is here, and in no other file.

Without the names of its parser and its driver, Textual's own driver is used. `missing_names` is asked for all others
before the interface is imported. `tests/tui/test_textual.py` tries what happens without them.
"""

import inspect
from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from typing import IO, Any, TypeVar

from rich.color import Color, ColorSystem
from rich.console import Console, RenderableType
from rich.style import Style
from textual import events
from textual.app import App
from textual.binding import Binding, BindingsMap
from textual.driver import Driver
from textual.filter import LineFilter
from textual.geometry import Size
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widget import Widget

with suppress(ImportError):
    from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
    from textual._keyboard_protocol import FUNCTIONAL_KEYS
    from textual._xterm_parser import IS_ITERM, XTermParser
with suppress(ImportError):
    from textual._compositor import ChopsUpdate
with suppress(ImportError):
    from textual._compositor import CompositorUpdate
with suppress(ImportError):
    from textual._compositor import LayoutUpdate

__all__ = [
    "ANSI_SEQUENCES_KEYS",
    "FUNCTIONAL_KEYS",
    "IS_ITERM",
    "OVERRIDDEN",
    "ChopsUpdate",
    "CompositorUpdate",
    "LayoutUpdate",
    "XTermParser",
]

OVERRIDDEN: tuple[tuple[type, str], ...] = (
    (MessagePump, "_dispatch_message"),
    (App, "_display"),
    (App, "_fatal_error"),
    (App, "_handle_exception"),
    (Screen, "_compositor_refresh"),
    (Screen, "_screen_resized"),
)
"""Private methods that classes of ours override: Textual calls them, which no function here could arrange."""
NEEDED: tuple[tuple[type, str], ...] = (
    *OVERRIDDEN,
    (App, "_exception"),
    (App, "_exit_renderables"),
    (App, "_filters"),
    (App, "_driver"),
    (App, "_close_messages_no_wait"),
    (App, "_refresh_truecolor_filter"),
    (Screen, "_bindings"),
    (Widget, "_check_refresh"),
    (Style, "_attributes"),
    (Style, "_set_attributes"),
    (Console, "_color_system"),
)
"""What the interface cannot do without, besides the updates of the screen."""
_UPDATES = ("ChopsUpdate", "CompositorUpdate", "LayoutUpdate")
_PARSER = ("ANSI_SEQUENCES_KEYS", "FUNCTIONAL_KEYS", "IS_ITERM", "XTermParser")
_DRIVER = ("run_input_thread", "disable_input", "start_application_mode", "process_message", "_file", "_key_thread")

P = TypeVar("P", bound=MessagePump)
S = TypeVar("S", bound=Screen[Any])


def missing_names() -> list[str]:
    """Return the names that the interface needs and the installed Textual and Rich lack."""
    return [
        *(f"textual._compositor.{name}" for name in _UPDATES if name not in globals()),
        *(f"{owner.__module__}.{owner.__qualname__}.{name}" for owner, name in NEEDED if not _has(owner, name)),
    ]


def can_drive(driver: type[Driver]) -> bool:
    """Return whether Textual's driver and its parser have what ours are built on."""
    if any(name not in globals() for name in _PARSER) or not _has(XTermParser, "_sequence_to_key_events"):
        return False
    return all(_has(driver, name) for name in _DRIVER) and "debug" in inspect.signature(driver.__init__).parameters


def _has(owner: type, name: str) -> bool:
    """Return whether a class, or its instances, have an attribute."""
    constructors = [vars(each).get("__init__") for each in owner.__mro__]
    set_by = [each.__code__.co_names for each in constructors if inspect.isfunction(each)]
    return hasattr(owner, name) or any(name in names for names in set_by)


def handle_exception(app: App[Any], error: Exception) -> None:
    """Pass an error to the program, as Textual does with those of handlers."""
    app._handle_exception(error)


def guard_handlers(kind: type[P], on_error: Callable[[P, Message, Exception], None]) -> type[P]:
    """Pass on errors in the handlers of a class, so that its objects handle the next message."""
    dispatch = kind._dispatch_message

    async def _dispatch_message(self: P, message: Message) -> None:
        try:
            await dispatch(self, message)
        except Exception as error:  # noqa: BLE001  (the last resort)
            on_error(self, message, error)

    setattr(kind, "_dispatch_message", _dispatch_message)  # noqa: B010  (mypy lets no method be assigned)
    return kind


def sized_as_terminal(kind: type[S]) -> type[S]:
    """Lay screens of a class out in the terminal's size, whatever size a message that comes late names.

    Each layout in another size posts that size to the screen again: two sizes that wait at once would follow each
    other for ever, and no key would be read any more.
    """
    lay_out = kind._screen_resized

    def _screen_resized(self: S, size: Size) -> None:
        del size
        lay_out(self, self.app.size)

    setattr(kind, "_screen_resized", _screen_resized)  # noqa: B010  (mypy lets no method be assigned)
    return kind


def exception_of(app: App[Any]) -> BaseException | None:
    """Return the error that ends the program."""
    return app._exception


def end_with(app: App[Any], words: RenderableType) -> None:
    """End the program, and print something once the terminal is as it was."""
    app._exit_renderables.append(words)
    app._close_messages_no_wait()


def driver_of(app: App[Any]) -> Driver | None:
    """Return what writes to the terminal; None before the program runs."""
    return app._driver


def leave_out_notices(app: App[Any]) -> None:
    """Have no screen hold what shows Textual's own notices, which the program has no use for."""
    app._disable_tooltips = True
    app._disable_notifications = True


def wrap_output(driver: Driver, wrap: Callable[[IO[str]], object]) -> None:
    """Make a driver write to something other than its terminal."""
    vars(driver)["_file"] = wrap(vars(driver)["_file"])


def key_thread_of(driver: Driver) -> Thread | None:
    """Return the thread in which a driver reads keys; None while it reads none."""
    thread = vars(driver)["_key_thread"]
    assert thread is None or isinstance(thread, Thread)
    return thread


def forget_key_thread(driver: Driver) -> None:
    """Note that the thread of a driver has ended."""
    vars(driver)["_key_thread"] = None


def filters_of(app: App[Any]) -> list[LineFilter]:
    """Return the colour filters for lines; they can be replaced."""
    return app._filters


def refresh_colour_filter(app: App[Any]) -> None:
    """Send the terminal's own colours as such, if the theme uses them."""
    app._refresh_truecolor_filter(app.ansi_theme)


def add_bindings(screen: Screen[Any], bindings: list[Binding]) -> None:
    """Give a screen bindings that are known only when it is made."""
    screen._bindings.key_to_bindings.update(BindingsMap(bindings).key_to_bindings)


def redraw_now(widget: Widget) -> None:
    """Have the screen draw a widget again at once."""
    widget._check_refresh()


def key_events(parser: "XTermParser", sequence: str, *, alt: bool = False) -> list[events.Key]:
    """Return the keys that a sequence of the terminal's stands for."""
    return [*parser._sequence_to_key_events(sequence, alt=alt)]


def look_of(style: Style) -> tuple[Color | None, Color | None, int]:
    """Return the colours of a style, and the attributes that are set in it, such as bold, all at once."""
    return style.color, style.bgcolor, style._attributes & style._set_attributes


def colour_system_of(console: Console) -> ColorSystem | None:
    """Return what colours a console writes."""
    return console._color_system
