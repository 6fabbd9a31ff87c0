"""The keys that work here, searchable; a click on one does what it does."""

from collections.abc import Sequence
from itertools import groupby
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from newsreader.i18n import gettext
from newsreader.key_names import aliases
from newsreader.tui.box import BoxScreen, title_line
from newsreader.tui.keys import ActionOffer
from newsreader.tui.line_input import LineInput
from newsreader.tui.rendering.themes import Palette, hue
from newsreader.tui.screens.hint_line import ClosingLine
from newsreader.tui.widgets.headline_list import wrapped

_KEY_CELLS = 16
_TWO_COLUMNS = 120  # the width of the screen from which there are two
_GUTTER = 4  # cells between them


class HelpScreen(BoxScreen[str]):
    """A list of actions and their keys; typing filters it. Answers with the action that was clicked."""

    DEFAULT_CSS = """
    HelpScreen { align: center top; }
    HelpScreen > Vertical { width: 72; margin-top: 1; }
    HelpScreen Input, HelpScreen Input:focus { margin-bottom: 1; }
    HelpScreen VerticalScroll { margin: 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(",".join(("escape", "f1", "ctrl+p", *aliases("ctrl+p"))), "dismiss(None)", show=False),
        Binding("down", "scroll(1)", show=False),
        Binding("up", "scroll(-1)", show=False),
        Binding("pagedown", "scroll(10)", show=False),
        Binding("pageup", "scroll(-10)", show=False),
    ]

    def __init__(self, offers: Sequence[ActionOffer], palette: Palette, fitting: Sequence[str] = ()) -> None:
        """Offer the keys; those of the actions named in `fitting` come first, in that order."""
        super().__init__()
        self._offers = offers
        self._palette = palette
        self._fitting = fitting
        self._columns = 1
        self._rows: list[tuple[ActionOffer, ...]] = []  # what is on each line of the table, column by column
        self._frame = Vertical()
        self._search = LineInput(placeholder=gettext("Type to search"), compact=True)
        self._list = Static("", id="keys")
        self._scroll = VerticalScroll(self._list, can_focus=False)

    def compose(self) -> ComposeResult:
        """Yield the box: the search line, what was found, how to close it."""
        with self._frame:
            yield title_line(gettext("Keys that work here"), self._palette)
            yield self._search
            yield self._scroll
        yield ClosingLine(((gettext("Esc") + " q", gettext("closes")), ("↑ ↓", gettext("scroll"))), self._palette)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show only what is searched for; `?` closes the box, and so does `q`; after `/` they are searched for."""
        if event.value in ("?", ",", "q", *aliases("q")):
            self.dismiss(None)
            return
        self._show(event.value)

    def on_resize(self, event: events.Resize) -> None:
        """Set the table in the new width, and leave room for what is around it."""
        self._scroll.styles.max_height = max(1, event.size.height - 9)
        self._columns = 2 if event.size.width >= _TWO_COLUMNS else 1
        self._frame.styles.width = 72 if self._columns == 1 else _TWO_COLUMNS - 8
        self.call_after_refresh(self._show, self._search.value)

    def _show(self, sought: str) -> None:
        keys = self._list
        keys.update(self._table(sought, keys.size.width or 60))

    def action_scroll(self, lines: int) -> None:
        """Scroll the table."""
        self._scroll.scroll_relative(y=lines, animate=False)

    def on_click(self, event: events.Click) -> None:
        """Do what was clicked; a click beside the box closes it."""
        row = event.screen_y - self._list.region.y
        if not self._frame.region.contains(event.screen_x, event.screen_y):
            self.dismiss(None)
        elif self._scroll.region.contains(event.screen_x, event.screen_y):
            offers = self._rows[row] if row < len(self._rows) else ()
            column = (event.screen_x - self._list.region.x) * self._columns // max(1, self._list.size.width)
            if column < len(offers):
                self.dismiss(offers[column].action)

    def _legend(self, width: int) -> list[Content]:
        """Return what the marks beside a headline mean, in as many lines as they take."""
        marks = (
            ("*", gettext("unread")),
            ("S", gettext("saved")),
            ("L", gettext("later")),
            ("d", gettext("stored")),
            ("!", gettext("failed")),
            ("x", gettext("needs the network")),
            ("q", gettext("queued for download")),
            ("+2", gettext("two more sources")),
        )
        accent, muted = f"bold {hue(self._palette.accent)}", hue(self._palette.muted)
        lines: list[Content] = []
        for mark, words in marks:
            each = Content.assemble((mark, accent), " ", (words, muted))
            if lines and lines[-1].cell_length + 3 + each.cell_length <= width:
                lines[-1] = Content("   ").join([lines[-1], each])
            else:
                lines.append(each)
        return lines

    def _table(self, sought: str, width: int) -> Content:
        sought = sought.strip().casefold()
        sought = sought[1:] if len(sought) > 1 and sought.startswith("/") else sought
        found = [offer for offer in self._offers if offer.keys and _is_about(offer, sought)]
        rows = [] if sought else self._legend(width)
        self._rows = [() for _ in rows]
        if not sought:
            fitting = [offer for name in self._fitting for offer in found if offer.name == name]
            rows += self._group(gettext("Most useful here"), fitting, width)
        for heading, offers in groupby(found, key=lambda offer: offer.group):
            rows += self._group(gettext(heading), list(offers), width)
        return Content("\n").join(rows) if rows else Content(gettext("No key matches."))

    def _group(self, heading: str, offers: Sequence[ActionOffer], width: int) -> list[Content]:
        """Return a heading and the actions below it, side by side in as many columns as there are."""
        if not offers:
            return []
        rows = [Content("")] if self._rows else []
        rows.append(Content.styled(heading, f"{hue(self._palette.muted)} bold"))
        self._rows += [() for _ in rows]
        columns = self._columns
        column_width = (width - _GUTTER * (columns - 1)) // columns
        height = -(-len(offers) // columns)
        for number in range(height):
            beside = offers[number::height]
            cells = [self._cell(offer, column_width) for offer in beside]
            for line_in_row in range(max(map(len, cells))):
                lines = [cell[line_in_row] if line_in_row < len(cell) else Content("") for cell in cells]
                padded = [each.pad_right(column_width + _GUTTER - each.cell_length) for each in lines[:-1]]
                rows.append(Content("").join([*padded, lines[-1]]))
                self._rows.append(tuple(beside))
        return rows

    def _cell(self, offer: ActionOffer, width: int) -> list[Content]:
        """Return the keys of an action and what it does, in as many lines as that takes."""
        keys, text = offer.shown_keys, hue(self._palette.text)
        gap = " " * max(2, _KEY_CELLS - cell_len(keys))
        first, *further = wrapped(gettext(offer.text), width - _KEY_CELLS - 1, 3)
        lines = [Content.assemble((keys, f"bold {hue(self._palette.accent)}"), gap, (first, text))]
        return lines + [Content.styled(" " * _KEY_CELLS + more, text) for more in further]


def _is_about(offer: ActionOffer, sought: str) -> bool:
    return not sought or sought in gettext(offer.text).casefold() or sought in offer.shown_keys.casefold()
