"""What is exported, in which format, and where it goes."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from newsreader.exporting.formats import ExportFormat
from newsreader.i18n import gettext
from newsreader.key_names import shown_key
from newsreader.text import line
from newsreader.tui.box import SHORT, BoxScreen
from newsreader.tui.line_input import LineInput
from newsreader.tui.rendering.themes import Palette, hue
from newsreader.tui.screens.hint_line import ClosingLine
from newsreader.tui.widgets.headline_list import wrapped

_LONGEST = 4000
_FORMATS = tuple(ExportFormat)


class Scope(StrEnum):
    """What can be exported."""

    ARTICLE = "article"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class ExportOffer:
    """What can be exported, in words."""

    scope: Scope
    words: str


@dataclass(frozen=True, slots=True)
class ExportWish:
    """What the reader wants exported."""

    scope: Scope
    file_format: ExportFormat
    place: str


class ExportScreen(BoxScreen[ExportWish]):
    """The arrows choose the format, Tab what is exported; what is typed is the place. Esc changes nothing."""

    DEFAULT_CSS = """
    ExportScreen > Vertical { width: 72; }
    ExportScreen #formats { margin: 1 0; }
    ExportScreen.-short #formats { margin: 0; }
    ExportScreen Horizontal { height: 1; background: $surface; }
    ExportScreen Horizontal Static { width: auto; }
    ExportScreen LineInput, ExportScreen LineInput:focus { width: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", show=False),
        Binding("down", "choose(1)", show=False, priority=True),
        Binding("up", "choose(-1)", show=False, priority=True),
        Binding("tab,shift+tab", "turn", show=False, priority=True),
    ]

    def __init__(self, offers: Sequence[ExportOffer], file_format: ExportFormat, place: str, palette: Palette) -> None:
        super().__init__()
        self._offers = offers
        self._offer = 0
        self._format = _FORMATS.index(file_format)
        self._palette = palette
        self._scope, self._rows = Static("", id="scope"), Static("", id="formats")
        self._place = LineInput(line(place, _LONGEST), compact=True, select_on_focus=False)

    def compose(self) -> ComposeResult:
        """Yield the box: what, in which format, where, how."""
        with Vertical():
            yield self._scope
            yield self._rows
            with Horizontal():
                yield Static(Content.styled(gettext("Into") + "  ", hue(self._palette.muted)))
                yield self._place
        pairs = [("enter", gettext("writes it")), ("escape", gettext("closes"))]
        if len(self._offers) > 1:
            pairs.insert(1, ("tab", gettext("the article or the list")))
        yield ClosingLine([(shown_key(key), words) for key, words in pairs], self._palette)

    def on_mount(self) -> None:
        """Begin typing."""
        self._place.focus()

    def on_resize(self) -> None:
        """Set the words in the new width."""
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        palette = self._palette
        scope = self._scope
        is_short = self.size.height < SHORT
        words = wrapped(self._offers[self._offer].words, max(16, (scope.size.width or 66) - 1), 1 if is_short else 2)
        scope.update(Content.styled("\n".join(words), f"bold {hue(palette.strong)}"))
        room = max(cell_len(gettext(each.row.label)) for each in _FORMATS) + 3
        rows = []
        for number, each in enumerate(_FORMATS):
            name, remark = gettext(each.row.label), gettext(each.row.remark) if each.row.remark else ""
            is_chosen = number == self._format
            if is_short and not is_chosen:
                continue  # the arrows go through them all the same
            style = f"bold {hue(palette.strong)}" if is_chosen else hue(palette.text)
            mark = ("> " if is_chosen else "  ", f"bold {hue(palette.accent)}")
            gap = " " * (room - cell_len(name))
            rows.append(Content.assemble(mark, (name, style), gap, (remark, hue(palette.muted))))
        self._rows.update(Content("\n").join(rows))

    def action_choose(self, by: int) -> None:
        """Choose another format."""
        self._format = min(max(self._format + by, 0), len(_FORMATS) - 1)
        self._show()

    def action_turn(self) -> None:
        """Choose something else to export."""
        self._offer = (self._offer + 1) % len(self._offers)
        self._show()

    def on_input_submitted(self, event: LineInput.Submitted) -> None:
        """Answer with what is chosen."""
        event.stop()
        self.dismiss(ExportWish(self._offers[self._offer].scope, _FORMATS[self._format], event.value.strip()))

    def on_click(self, event: events.Click) -> None:
        """Choose the format under the pointer; a click beside the box closes it."""
        forms = self._rows
        if event.widget is forms and self.size.height >= SHORT:  # else only the chosen one is shown
            self.action_choose(event.screen_y - forms.region.y - self._format)
        elif event.widget is self:
            self.dismiss(None)
