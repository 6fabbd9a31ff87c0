"""What is wrong in the configuration, shown once at the start; everything else in it applies."""

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
from newsreader.models import Problem
from newsreader.text import line
from newsreader.tui.box import BoxScreen, title_line
from newsreader.tui.rendering.themes import Palette, hue
from newsreader.tui.screens.hint_line import ClosingLine
from newsreader.tui.widgets.headline_list import wrapped

_KEYS = with_layouts({
    "dismiss": ("escape", "enter", "space", "q"),
    "scroll(1)": ("j", "down"),
    "scroll(-1)": ("k", "up"),
})  # fmt: skip


class ProblemsScreen(BoxScreen[None]):
    """A sentence a problem, with what is allowed; any of the usual keys continues."""

    DEFAULT_CSS = """
    ProblemsScreen > Vertical { width: 76; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(",".join(keys), action, show=False) for action, keys in _KEYS.items()
    ]

    def __init__(self, problems: Sequence[Problem], file: str, palette: Palette) -> None:
        """Take what is wrong, and the name of the file."""
        super().__init__()
        self._problems = problems
        self._file = file
        self._palette = palette
        self._body = Static("", id="problems")
        self._scroll = VerticalScroll(self._body, can_focus=False)
        self._frame = Vertical()

    def compose(self) -> ComposeResult:
        """Yield the box: what it is about, the problems, how to continue."""
        palette = self._palette
        title = gettext("Part of the configuration does not apply; the rest does.")
        with self._frame:
            yield title_line(title, palette, is_apart=False)
            yield self._scroll
        yield ClosingLine(((shown_key("enter"), gettext("continues")),), palette)

    def on_resize(self, event: events.Resize) -> None:
        """Set the sentences in the new width, and leave room for what is around them."""
        self._scroll.styles.max_height = max(1, event.size.height - 8)
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        body = self._body
        width = (body.size.width or 70) - 1
        rows: list[Content] = []
        for problem in self._problems:
            rows += [Content("")] if rows else []
            for words, ink in ((problem.message, self._palette.text), (problem.advice, self._palette.muted)):
                rows += [Content.styled(each, hue(ink)) for each in wrapped(line(words, 1000), width, 12) if each]
        where = gettext("The file: {path}").format(path=self._file)
        rows += [Content(""), *(Content.styled(each, hue(self._palette.muted)) for each in wrapped(where, width, 3))]
        body.update(Content("\n").join(rows))

    def action_scroll(self, lines: int) -> None:
        """Scroll the sentences."""
        self._scroll.scroll_relative(y=lines, animate=False)

    def on_click(self, event: events.Click) -> None:
        """A click beside the box continues too."""
        if not self._frame.region.contains(event.screen_x, event.screen_y):
            self.dismiss(None)
