"""What is shown beside the headlines of a list: chosen column by column."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from newsreader.i18n import N_, gettext
from newsreader.key_names import latin_key, shown_key
from newsreader.settings import LIST_COLUMNS
from newsreader.tui.box import BoxScreen, title_line
from newsreader.tui.rendering.themes import Palette, hue
from newsreader.tui.screens.hint_line import ClosingLine
from newsreader.tui.widgets.headline_list import wrapped

_NAMES = {
    "time": N_("the time"),
    "marks": N_("the marks * S d L !"),
    "views": N_("how often it was read, where the page says so"),
    "source": N_("the source, in lists of several"),
}


class ColumnsScreen(BoxScreen[tuple[str, ...]]):
    """Lists the columns with those that are shown; Enter answers with them, Esc changes nothing."""

    DEFAULT_CSS = """
    ColumnsScreen > Vertical { width: 64; }
    ColumnsScreen #columns { margin-top: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", show=False),
        Binding("down,tab", "choose(1)", show=False, priority=True),
        Binding("up,shift+tab", "choose(-1)", show=False, priority=True),
        Binding("space", "flip", show=False, priority=True),
        Binding("enter", "take", show=False, priority=True),
    ]

    def __init__(self, title: str, columns: Sequence[str], configured: Sequence[str], palette: Palette) -> None:
        """Take the columns that are shown now, and those of the configuration."""
        super().__init__()
        self._title = title
        self._shown = set(columns)
        self._configured = frozenset(configured)
        self._palette = palette
        self._chosen = 0
        self._list = Static("", id="columns")

    def compose(self) -> ComposeResult:
        """Yield the box: which list, its columns, what can be done."""
        pairs = (
            (shown_key("space"), gettext("shows or hides it")),
            (shown_key("enter"), gettext("keeps this")),
            ("d", gettext("default")),
            (shown_key("escape"), gettext("closes")),
        )
        with Vertical():
            yield title_line(self._title, self._palette, is_apart=False)
            yield self._list
        yield ClosingLine(pairs, self._palette)

    def on_resize(self) -> None:
        """Set the words in the new width."""
        self.call_after_refresh(self._show)

    def on_key(self, event: events.Key) -> None:
        """Take the letters by their place on the keyboard."""
        match latin_key(event.key):
            case "j":
                self.action_choose(1)
            case "k":
                self.action_choose(-1)
            case "x":
                self.action_flip()
            case "d":
                self._shown = set(self._configured)
                self._show()
            case "q" | "C":
                self.dismiss(None)

    def on_click(self, event: events.Click) -> None:
        """Show or hide what is clicked; a click beside the box closes it."""
        if event.widget is self:
            self.dismiss(None)
        elif event.widget is self._list and 0 <= event.y < len(LIST_COLUMNS):
            self._chosen = event.y
            self.action_flip()

    def action_choose(self, by: int) -> None:
        """Choose another column."""
        self._chosen = min(max(self._chosen + by, 0), len(LIST_COLUMNS) - 1)
        self._show()

    def action_flip(self) -> None:
        """Show the chosen column, or hide it."""
        self._shown ^= {LIST_COLUMNS[self._chosen]}
        self._show()

    def action_take(self) -> None:
        """Answer with the columns that are to be shown."""
        self.dismiss(tuple(name for name in LIST_COLUMNS if name in self._shown))

    def _show(self) -> None:
        if not self.is_attached:
            return
        palette, width = self._palette, max(20, self._list.size.width)
        rows = []
        for number, name in enumerate(LIST_COLUMNS):
            is_chosen, mark = number == self._chosen, "[x] " if name in self._shown else "[ ] "
            look = f"bold {hue(palette.strong)}" if is_chosen else hue(palette.text)
            rows.append(
                Content.assemble(
                    ("> " if is_chosen else "  ", f"bold {hue(palette.accent)}"),
                    (mark, hue(palette.accent if name in self._shown else palette.muted)),
                    (wrapped(gettext(_NAMES[name]), width - 6, 1)[0], look),
                )
            )
        self._list.update(Content("\n").join(rows))
