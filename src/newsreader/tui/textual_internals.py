"""What is used of Textual and Rich that they do not promise: every private name is here, and in no other file.

`tests/tui/test_textual.py` names each, so that a new version which lacks one is noticed before a reader does.
"""

from typing import Any

from rich.color import Color, ColorSystem
from rich.console import Console, RenderableType
from rich.style import Style
from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual._keyboard_protocol import FUNCTIONAL_KEYS
from textual._xterm_parser import IS_ITERM, XTermParser
from textual.app import App
from textual.binding import Binding, BindingsMap
from textual.driver import Driver
from textual.filter import LineFilter
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widget import Widget

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
)
"""Private methods that classes of ours override: Textual calls them, which no function here could arrange."""


def handle_exception(app: App[Any], error: Exception) -> None:
    """Hand an error to the program, as Textual does with those of handlers."""
    app._handle_exception(error)


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


def filters_of(app: App[Any]) -> list[LineFilter]:
    """Return the filters of colours that lines go through; they can be replaced."""
    return app._filters


def refresh_colour_filter(app: App[Any]) -> None:
    """Have the terminal's own colours sent as such, where the theme is made of them."""
    app._refresh_truecolor_filter(app.ansi_theme)


def add_bindings(screen: Screen[Any], bindings: list[Binding]) -> None:
    """Give a screen bindings that are known only when it is made."""
    screen._bindings.key_to_bindings.update(BindingsMap(bindings).key_to_bindings)


def redraw_now(widget: Widget) -> None:
    """Have the screen draw a widget again at once."""
    widget._check_refresh()


def key_events(parser: XTermParser, sequence: str, *, alt: bool = False) -> list[events.Key]:
    """Return the keys that a sequence of the terminal's stands for."""
    return [*parser._sequence_to_key_events(sequence, alt=alt)]


def look_of(style: Style) -> tuple[Color | None, Color | None, int]:
    """Return the colours of a style, and the attributes that are set in it, such as bold, all at once."""
    return style.color, style.bgcolor, style._attributes & style._set_attributes


def colour_system_of(console: Console) -> ColorSystem | None:
    """Return what colours a console writes."""
    return console._color_system
