"""Lines to be read and closed: the output of a command, the result of an import."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from newsreader.i18n import gettext
from newsreader.key_names import shown_key
from newsreader.keymap import with_layouts
from newsreader.text import clean, line
from newsreader.tui.box import BoxScreen, title_line
from newsreader.tui.rendering.themes import Palette, hue
from newsreader.tui.screens.hint_line import ClosingLine
from newsreader.tui.widgets.headline_list import wrapped

_MOST_LINES = 2000
_KEYS = with_layouts({
    "dismiss": ("escape", "enter", "q"),
    "scroll(1)": ("j", "down"),
    "scroll(-1)": ("k", "up"),
    "page(1)": ("space", "pagedown"),
    "page(-1)": ("b", "pageup"),
})  # fmt: skip


class ReportScreen(BoxScreen[None]):
    """A title and lines below it, wrapped; the usual keys scroll and close it."""

    DEFAULT_CSS = """
    ReportScreen > Vertical { width: 84; max-height: 90%; }
    ReportScreen VerticalScroll { max-height: 100%; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(",".join(keys), action, show=False) for action, keys in _KEYS.items()
    ]

    def __init__(self, title: str, lines: Sequence[str], palette: Palette) -> None:
        super().__init__()
        self._title = title
        self._lines = lines
        self._palette = palette
        self._body = Static("", id="lines")
        self._scroll = VerticalScroll(self._body, can_focus=False)

    def compose(self) -> ComposeResult:
        """Yield the box."""
        palette = self._palette
        with Vertical():
            yield title_line(line(self._title, 200), palette, is_apart=False)
            yield self._scroll
        yield ClosingLine([(shown_key("escape"), gettext("closes"))], palette)

    def on_resize(self) -> None:
        """Set the lines in the new width."""
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        body = self._body
        width = (body.size.width or 70) - 1
        rows: list[str] = []
        for each in self._lines[:_MOST_LINES]:
            rows += wrapped(clean(each), width, 40) or [""]
        body.update(Content.styled("\n".join(rows), hue(self._palette.text)))

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        self._scroll.scroll_relative(y=lines, animate=False)

    def action_page(self, direction: int) -> None:
        """Scroll by almost a page."""
        scroll = self._scroll
        scroll.scroll_relative(y=direction * max(1, scroll.size.height - 1), animate=False)

    def on_click(self, event: events.Click) -> None:
        """A click beside the box closes it."""
        if event.widget is self:
            self.dismiss(None)
