"""The highlights of all articles in a list: words and notes, by article; `/` filters them by what is typed."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from newsreader.i18n import gettext, ngettext
from newsreader.key_names import shown_key
from newsreader.keymap import with_layouts
from newsreader.library_values import Highlight
from newsreader.text import folded, line
from newsreader.tui import wording
from newsreader.tui.box import BoxScreen, title_line
from newsreader.tui.line_input import LineInput
from newsreader.tui.rendering.highlight_colours import MARKS, mark_style
from newsreader.tui.rendering.themes import Palette, hue
from newsreader.tui.screens.hint_line import ClosingLine
from newsreader.tui.widgets.headline_list import wrapped

_MOST_LINES = 2  # of words or a note
_KEYS = with_layouts({
    "dismiss(None)": ("escape", "q"),
    "move(1)": ("j", "down"),
    "move(-1)": ("k", "up"),
    "edge(-1)": ("g", "home"),
    "edge(1)": ("G", "end"),
    "type": ("slash",),
})  # fmt: skip


class HighlightsScreen(BoxScreen[Highlight]):
    """Enter opens the article of the chosen highlight there. Answers with it."""

    DEFAULT_CSS = """
    HighlightsScreen > Vertical { width: 90; }
    HighlightsScreen Input, HighlightsScreen Input:focus { margin-bottom: 1; }
    HighlightsScreen OptionList, HighlightsScreen OptionList:focus { max-height: 30; }
    """
    AUTO_FOCUS = "OptionList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(",".join(keys), action, show=False) for action, keys in _KEYS.items()
    ]

    def __init__(
        self, highlights: Sequence[Highlight], lost: AbstractSet[str], palette: Palette, now: datetime
    ) -> None:
        """Take the highlights by article, and the ids of those that are known to be lost."""
        super().__init__()
        self._highlights = highlights
        self._lost = lost
        self._palette = palette
        self._now = now
        self._shown: list[Highlight | None] = []  # None for the title of an article
        self._frame = Vertical()
        self._search = LineInput(placeholder=gettext("/ filters them"), compact=True)
        self._list = OptionList(compact=True)
        self._hint_line = ClosingLine(self._hints(len(highlights)), palette)

    def compose(self) -> ComposeResult:
        """Yield the box: what is sought, the highlights, what can be done with one."""
        with self._frame:
            yield title_line(gettext("Highlights"), self._palette)
            yield self._search
            yield self._list
        yield self._hint_line

    def _hints(self, shown: int) -> Sequence[tuple[str, str]]:
        """Return what can be done, and how many highlights are listed, of how many."""
        count = len(self._highlights)
        if shown == count:
            words = ngettext("{count} highlight", "{count} highlights", count).format(count=count)
        else:
            words = ngettext("{shown} of {count} highlight", "{shown} of {count} highlights", count)
            words = words.format(shown=shown, count=count)
        opens = [(shown_key("enter"), gettext("opens it in its article"))] if shown else []
        return [
            *opens,
            (shown_key("slash"), gettext("filters")),
            (shown_key("escape"), gettext("closes")),
            ("", words),
        ]

    def on_mount(self) -> None:
        """Show all of them."""
        self._show("")
        self.call_after_refresh(self._show, "")

    def on_resize(self, event: events.Resize) -> None:
        """Set the rows in the new width, and leave room for what is around them."""
        self._list.styles.max_height = max(1, min(30, event.size.height - 10))
        self.call_after_refresh(self._show, self._search.value)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show only those whose words, note or title have what is typed."""
        self._show(event.value)

    def on_input_submitted(self) -> None:
        """Go from the words to the highlights that have them."""
        if any(self._shown):
            self._list.focus()

    def _show(self, sought: str) -> None:
        words = folded(sought).split()
        fits = [each for each in self._highlights if all(word in _sought_in(each) for word in words)]
        self._shown = []
        rows: list[Option] = []
        width = max(20, self._search.size.width - 2)
        before: Highlight | None = None
        for each in fits:
            if before is None or before.url != each.url:
                self._shown.append(None)
                rows.append(Option(self._title(each, width, is_first=not rows), disabled=True))
            self._shown.append(each)
            rows.append(Option(self._row(each, width)))
            before = each
        if not rows:
            rows = [Option(Content.styled(gettext("No highlight matches."), hue(self._palette.muted)), disabled=True)]
        self._list.set_options(rows)
        self._hint_line.show(self._hints(len(fits)))
        if fits:
            self._list.highlighted = self._shown.index(fits[0])

    def _title(self, highlight: Highlight, width: int, *, is_first: bool) -> Content:
        words = wrapped(line(highlight.title) or line(highlight.url), width, 1)[0]
        title = Content.styled(words, f"bold {hue(self._palette.strong)}")
        return title if is_first else Content.assemble("\n", title)

    def _row(self, highlight: Highlight, width: int) -> Content:
        palette, room = self._palette, width - 4
        mark = Content.styled(f"{MARKS[highlight.colour]} ", _content_style(palette, highlight))
        when = wording.day_and_clock(highlight.created_at, self._now)
        words = wrapped(line(highlight.anchor.exact, 400), room, _MOST_LINES)
        lines = [Content.assemble(mark, (each, hue(palette.text))) for each in words]
        if highlight.note:
            note = wrapped(line(highlight.note, 400), room - 2, _MOST_LINES)
            lines += [Content.assemble("    ", (each, f"italic {hue(palette.muted)}")) for each in note]
        state = gettext("no longer in the article") + " · " if highlight.id in self._lost else ""
        lines.append(Content.assemble("  ", (f"{state}{when}", hue(palette.faint))))
        return Content("\n").join(lines)

    def on_click(self, event: events.Click) -> None:
        """A click beside the box closes it."""
        if not self._frame.region.contains(event.screen_x, event.screen_y):
            self.dismiss(None)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Answer with the highlight."""
        if event.option_index < len(self._shown) and (chosen := self._shown[event.option_index]) is not None:
            self.dismiss(chosen)

    def action_move(self, by: int) -> None:
        """Choose the next highlight, or the one before."""
        self._list.focus()
        (self._list.action_cursor_down if by > 0 else self._list.action_cursor_up)()

    def action_edge(self, direction: int) -> None:
        """Choose the last highlight, or the first."""
        (self._list.action_last if direction > 0 else self._list.action_first)()

    def action_type(self) -> None:
        """Begin to filter."""
        self._search.focus()


def _content_style(palette: Palette, highlight: Highlight) -> str:
    colour = mark_style(palette, highlight.colour).color
    return f"bold {hue(colour.name)}" if colour is not None else "bold"


def _sought_in(highlight: Highlight) -> str:
    return folded(f"{highlight.title} {highlight.anchor.exact} {highlight.note}")
