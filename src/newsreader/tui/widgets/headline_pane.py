"""The list of headlines: drawn line by line, only what is in view; it tells which row was chosen."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from newsreader.i18n import gettext, ngettext
from newsreader.models import ListedHeadline
from newsreader.text import line
from newsreader.tui import wording
from newsreader.tui.rendering.sync_refresh import ImmediateRefresh
from newsreader.tui.rendering.themes import Ground, Ink, Palette
from newsreader.tui.widgets.headline_list import (
    HeadlineRow,
    HiddenRow,
    Listing,
    MoreRow,
    Row,
    SectionRow,
    day_of,
    time_label,
    time_width,
    wrapped,
)
from newsreader.urls import host_of
from newsreader.values import dataclass

_TITLE_LINES = 3
_SUMMARY_LINES = 2
_SEEN_UNFOLDED = 5  # rows
_WHEEL = 3  # lines a turn of the wheel


class RowLine(NamedTuple):
    """One line of a row: what is written, in which ink."""

    pieces: tuple[tuple[str, Ink, bool], ...]  # words, ink, bold
    is_chosen: bool = False
    is_apart: bool = False  # a line between days: never lit, though it belongs to the row below it


class HeadlinePane(ImmediateRefresh, can_focus=True):
    """Shows a listing and a cursor in it.

    It scrolls by rows, not by lines: the place is the row at the top and how many of its lines are above the edge, so
    that nothing depends on the heights of rows that nobody sees.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = "HeadlinePane { height: 1fr; }"

    cursor: reactive[int] = reactive(0, repaint=False)

    @dataclass
    class Chosen(Message):
        """A headline is to be read."""

        row: HeadlineRow
        headline: ListedHeadline

    @dataclass
    class MoreWanted(Message):
        """A list is to go on."""

        section: int

    @dataclass
    class Folded(Message):
        """A list was folded away, or unfolded."""

        label: str
        folded: bool

    @dataclass
    class EmptyChosen(Message):
        """There is nothing in the list, and what is said there in place of it was chosen."""

    @dataclass
    class Moved(Message):
        """The cursor is on another row, or the rows have changed under it."""

    @dataclass
    class Touched(Message):
        """The pane was clicked."""

    def __init__(self, palette: Palette, today: date, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.listing = Listing()
        self.whole = self.listing  # with the headlines that a filter hides
        self.sought = ""
        self.only: str | None = None  # the label of the one list that is shown
        self.palette = palette
        self.today = today
        self.offline = False
        self.note = ""
        self.has_hairline = True
        self._top = 0
        self._above = 0
        self._seen: list[tuple[int, int, bool]] = []
        self._seen_at = Size(0, 0)  # the size that this was made out for
        self._is_taken_up = False  # and not fitted since
        self._fitted = ((0, 0), (0, 0))  # the place that the reader left, and what the last size made of it
        self._clock_widths: dict[int, int] = {}
        self._lines = lru_cache(maxsize=1024)(self._lines_of)

    # --- values in --------------------------------------------------------------------------------

    def show(self, listing: Listing, *, cursor_url: str | None = None, from_top: bool = False) -> None:
        """Show another listing; the cursor and the place stay with the headlines that they were on."""
        self.whole = listing
        if self.only is not None and not listing.has_label(self.only):
            self.only = None
        listing = listing.with_words(self.sought)
        if self.only is not None:
            listing = listing.with_list(self.only)
        earlier, before = self.listing, self.row
        anchors = [] if from_top else self._anchors()
        self.listing = listing
        self._forget()
        row: Row | None = listing.find(cursor_url) if cursor_url else None
        if row is None and before is not None and not from_top:
            row = listing.counterpart(before, earlier)
        if row is not None:
            self.set_reactive(HeadlinePane.cursor, listing.number_of(row))
        else:
            last = max(0, len(listing) - 1)
            first = listing.step(-1, 1) or 0
            self.set_reactive(HeadlinePane.cursor, first if from_top or before is None else min(self.cursor, last))
        if from_top:
            self._top = self._above = 0
        is_held = self._hold(anchors, earlier)
        if cursor_url or not is_held:
            self._in_view()
        self._repaint()
        self.post_message(self.Moved())

    def take_up(self, listing: Listing, cursor: int, top: int, above: int) -> None:
        """Begin with a listing, the cursor and the place where they were left; before the first paint only."""
        self.listing = self.whole = listing
        last = max(0, len(listing) - 1)
        self.set_reactive(HeadlinePane.cursor, min(max(cursor, 0), last))
        self._top, self._above = min(max(top, 0), last), max(above, 0)
        self._is_taken_up = True

    @property
    def place(self) -> tuple[int, int]:
        """The number of the first row in view, and how many of its lines are above the edge."""
        return self._top, self._above

    def filter(self, sought: str, cursor_url: str | None = None) -> None:
        """Show only the headlines with all these words, from the first one or from a story; all, without words."""
        self.sought = " ".join(sought.split())
        self.show(self.whole, cursor_url=cursor_url, from_top=cursor_url is None)

    def show_one_list(self, label: str | None, cursor_url: str | None = None) -> None:
        """Show only the list with this label; all of them again without one."""
        self.only = label
        self.show(self.whole, cursor_url=cursor_url, from_top=cursor_url is None)

    @property
    def list_label(self) -> str | None:
        """The label of the list that the cursor is in; None where only one list is shown."""
        row = self.row
        return self.listing.sections[row.section].label if row is not None and self.listing.has_labels else None

    def restyle(self, palette: Palette) -> None:
        """Show everything in other colours."""
        self.palette = palette
        self._forget()
        self._repaint()

    def set_conditions(self, *, offline: bool, note: str, today: date) -> None:
        """Show what can be read without a network, and a line about it above the rows."""
        if (offline, note, today) != (self.offline, self.note, self.today):
            self.offline, self.note, self.today = offline, note, today
            self._forget()
            self._in_view()
            self._repaint()

    @property
    def _is_narrowed(self) -> bool:
        """Whether there are rows that are not shown."""
        return bool(self.sought) or self.only is not None

    @property
    def row(self) -> Row | None:
        """The row under the cursor."""
        return self.listing[self.cursor] if len(self.listing) else None

    @property
    def headline(self) -> ListedHeadline | None:
        """The headline under the cursor."""
        row = self.row
        return self.listing.headline(row) if row is not None else None

    # --- moving -----------------------------------------------------------------------------------

    def move(self, by: int) -> None:
        """Move the cursor by rows."""
        self.go(self.cursor + by)

    def go(self, number: int) -> None:
        """Put the cursor on a row; on the nearest end where there is none."""
        if not len(self.listing):
            return
        before = self.cursor
        self.cursor = min(max(number, 0), len(self.listing) - 1)
        self._in_view()
        self._repaint()
        if self.cursor != before:
            self.post_message(self.Moved())
            row = self.row
            if isinstance(row, MoreRow):
                self.post_message(self.MoreWanted(row.section))

    def go_to_edge(self, direction: int) -> None:
        """Put the cursor on the first headline, or on the last row."""
        self.go(len(self.listing) - 1 if direction > 0 else self.listing.step(-1, 1) or 0)

    def put_cursor(self, number: int) -> None:
        """Put the cursor on a row without telling of it, as after rows have come in below; nothing else moves."""
        self.set_reactive(HeadlinePane.cursor, number)
        if number not in {seen for seen, _, _ in self._visible()}:
            self._in_view()
        self._repaint()

    def page(self, parts: float) -> None:
        """Move the cursor by a part of the height."""
        wanted = int(abs(parts) * self._height())
        step = 1 if parts > 0 else -1
        number, lines = self.cursor, 0
        while 0 <= number + step < len(self.listing) and lines < wanted:
            number += step
            lines += len(self._lines(number, False))
        self.go(number)

    def choose(self) -> None:
        """Act on the row under the cursor: read it, fold its section, or ask for more."""
        match self.row:
            case HeadlineRow() as row:
                headline = self.listing.headline(row)
                assert headline is not None
                if headline.headline.url:  # else it is not yet known which one it is
                    self.post_message(self.Chosen(row, headline))
            case SectionRow(section):
                self.fold(section)
            case HiddenRow(section):
                self._rearrange(self.listing.with_section(section, self.listing.sections[section].with_hidden()))
            case MoreRow(section):
                self.post_message(self.MoreWanted(section))
            case None:
                self.post_message(self.EmptyChosen())

    def fold(self, index: int) -> None:
        """Fold a section away under its label, or unfold it."""
        section = self.listing.sections[index]
        self.listing = self.listing.with_section(index, section.with_fold(not section.folded))
        if not self._is_narrowed:
            self.whole = self.listing
        self.post_message(self.Folded(section.label, not section.folded))
        self._forget()
        self.cursor = self.listing.number_of(SectionRow(index))
        if section.folded:  # what was unfolded is to be seen, as far as there is room below its label
            last = min(self.cursor + _SEEN_UNFOLDED, len(self.listing) - 1)
            earliest = min(self._place_ending_with(last), (self.cursor, 0))
            self._top, self._above = max((self._top, self._above), earliest)
        self._in_view()
        self._repaint()
        self.post_message(self.Moved())

    def unfold_same_story(self) -> bool:
        """Show below the headline those of other sites that tell the same story; False where there are none."""
        row = self.row
        headline = self.headline
        if not isinstance(row, HeadlineRow) or headline is None:
            return False
        section = self.listing.sections[row.section]
        if headline.headline.url not in section.same_story:
            return False
        self._rearrange(self.listing.with_section(row.section, section.unfolded(headline.headline.url)))
        return True

    def _rearrange(self, listing: Listing) -> None:
        """Show other rows below the one under the cursor, which stays where it is."""
        self.listing = listing
        if not self._is_narrowed:
            self.whole = listing
        self._forget()
        self._in_view()
        self._repaint()
        self.post_message(self.Moved())

    # --- the mouse --------------------------------------------------------------------------------

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll; the cursor stays where it is, in view or not."""
        event.stop()
        self._scroll(_WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll back."""
        event.stop()
        self._scroll(-_WHEEL)

    def on_click(self, event: events.Click) -> None:
        """Choose the row under the pointer."""
        self.post_message(self.Touched())
        y = event.y - self._gap()
        seen = self._visible()
        if 0 <= y < len(seen):
            self.go(seen[y][0])
            self.choose()
        elif not len(self.listing):
            self.choose()

    def _scroll(self, lines: int) -> None:
        self._above += lines
        self._settle()
        self._repaint()

    # --- where the view is ------------------------------------------------------------------------

    def _gap(self, size: Size | None = None) -> int:
        """Return how many lines stand above the first row: air, and what is said about the list."""
        return (1 if (size or self.size).height >= 16 else 0) + bool(self.note)

    def _height(self) -> int:
        return max(1, self.size.height - self._gap())

    def _rows_height(self, number: int) -> int:
        return len(self._lines(number, number == self.cursor))

    def _settle(self) -> None:
        """Bring the top row and its hidden lines into their bounds."""
        while self._above < 0 and self._top > 0:
            self._top -= 1
            self._above += self._rows_height(self._top)
        self._above = max(0, self._above)
        while self._top < len(self.listing) - 1 and self._above >= self._rows_height(self._top):
            self._above -= self._rows_height(self._top)
            self._top += 1
        last_top, last_above = self._last_place()
        if (self._top, self._above) > (last_top, last_above):
            self._top, self._above = last_top, last_above

    def _last_place(self) -> tuple[int, int]:
        return self._place_ending_with(len(self.listing) - 1)

    def _place_ending_with(self, number: int) -> tuple[int, int]:
        """Return the place at which this row is the last one in view."""
        left = self._height()
        while number >= 0:
            lines = self._rows_height(number)
            if lines >= left:
                return number, lines - left
            left -= lines
            number -= 1
        return 0, 0

    def _in_view(self) -> None:
        """Scroll as little as brings the cursor's row into view."""
        if not len(self.listing) or not self.size.height:
            return
        self._top = min(self._top, len(self.listing) - 1)
        if self.cursor <= self._top:
            if self.cursor < self._top or self._above:
                self._top, self._above = self.cursor, 0
            if self.cursor == 1 and isinstance(self.listing[0], SectionRow):
                self._top = 0  # the first headline of all: its label comes into view too
        else:
            earliest = min(self._place_ending_with(self.cursor), (self.cursor, 0))  # of a tall row, its beginning
            if (self._top, self._above) < earliest:
                self._top, self._above = earliest
        self._settle()

    def _fit(self) -> None:
        """Bring the cursor's row into view in another size; a size that shows little moves the list for no longer."""
        left, made_of_it = self._fitted
        if (self._top, self._above) != made_of_it:  # the reader has moved since
            left = self._top, self._above
        self._top, self._above = left
        self._in_view()
        if self._is_taken_up:
            self._is_taken_up = False
            self._begin_with_whole_row()
            left = self._top, self._above
        self._fitted = (left, (self._top, self._above))

    def _begin_with_whole_row(self) -> None:
        """Begin with the first line of a story where that leaves the cursor's row in view."""
        following = (self._top + 1, 0)
        if not self._above:
            return
        if self._top < self.cursor and following <= self._last_place():
            self._top, self._above = following
        elif (self._top, 0) >= self._place_ending_with(self.cursor):
            self._above = 0

    def _anchors(self) -> list[tuple[HeadlineRow, int]]:
        """Return the headlines in view, each with the line that it begins at: the cursor's first."""
        begins: dict[int, int] = {}
        for y, (number, line_in_row, _) in enumerate(self._visible()):
            begins.setdefault(number, y - line_in_row)
        numbers = sorted(begins, key=lambda number: (number != self.cursor, number))
        return [(row, begins[number]) for number in numbers if isinstance(row := self.listing[number], HeadlineRow)]

    def _hold(self, anchors: Sequence[tuple[HeadlineRow, int]], earlier: Listing) -> bool:
        """Scroll so that the first of these rows that is still there begins where it did; False if none is."""
        for anchor, y in anchors:
            row = self.listing.counterpart(anchor, earlier)
            if isinstance(row, HeadlineRow) and not self.listing.sections[row.section].folded:
                self._top, self._above = self.listing.number_of(row), -y
                self._settle()
                return True
        return False

    def _visible(self) -> list[tuple[int, int, bool]]:
        """Return what is in view: for every line the row, the line in it, and whether the cursor is on it."""
        seen: list[tuple[int, int, bool]] = []
        number, skipped = self._top, self._above
        height = self._height()
        while number < len(self.listing) and len(seen) < height:
            is_chosen = number == self.cursor
            seen += [(number, y, is_chosen) for y in range(skipped, len(self._lines(number, is_chosen)))]
            number, skipped = number + 1, 0
        return seen[:height]

    def _repaint(self) -> None:
        """Draw again the lines that have changed, and no others."""
        old, self._seen = self._seen, self._visible()
        self._seen_at = self.size
        gap = self._gap()
        changed = [
            y
            for y in range(max(len(old), len(self._seen)))
            if y >= len(old) or y >= len(self._seen) or old[y] != self._seen[y]
        ]
        if not old or len(changed) > self._height() // 2:
            self.refresh()
        elif changed:
            self.refresh(*(Region(0, y + gap, self.size.width, 1) for y in changed))

    def _forget(self) -> None:
        self._lines.cache_clear()
        self._clock_widths.clear()
        self._seen = []

    # --- drawing ----------------------------------------------------------------------------------

    def on_resize(self) -> None:
        """Set the rows anew for the width; the cursor's row stays in view."""
        if self._seen and self._seen_at == self.size:
            return  # it has been drawn in this size already
        self._forget()
        self._fit()
        self._repaint()

    def on_focus(self) -> None:
        """Light the cursor's row."""
        self.refresh()

    def on_blur(self) -> None:
        """Dim it."""
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return one line of the pane."""
        size = self.size
        if len(self.listing) and (not self._seen or self._seen_at != size):  # it is not told of a new size yet
            self._forget()
            self._fit()
            self._seen, self._seen_at = self._visible(), size
        width = size.width - self.has_hairline
        strip = self._row_strip(y, width, size)
        if not self.has_hairline:
            return strip
        return Strip([*strip, Segment("│", self.palette.style(self._hairline_ink(y, size.height)))], width + 1)

    def _row_strip(self, y: int, width: int, size: Size) -> Strip:
        y -= self._gap(size)
        if y < 0:
            is_note = self.note and y == -1
            return self._strip(RowLine(((f"  {self.note}", Ink.MUTED, False),)) if is_note else RowLine(()), width)
        if not len(self.listing):
            return self._empty_strip(y, width)
        if y >= len(self._seen):
            return self._strip(RowLine(()), width)
        number, line_in_row, is_chosen = self._seen[y]
        return self._strip(self._lines(number, is_chosen)[line_in_row], width)

    def _empty_strip(self, y: int, width: int) -> Strip:
        lines = wrapped(self.listing.empty, width - 4, 6) if self.listing.empty else []
        text = f"  {lines[y]}" if y < len(lines) else ""
        return self._strip(RowLine(((text, Ink.MUTED, False),)), width)

    def _hairline_ink(self, y: int, height: int) -> Ink:
        """Return the ink of the line at the pane's edge: a little stronger beside what is in view of a long list."""
        total = len(self.listing)
        if not self._seen or self._seen[-1][0] - self._seen[0][0] + 1 >= total:
            return Ink.RULE
        first, last = self._seen[0][0] / total, (self._seen[-1][0] + 1) / total
        start = min(int(first * height), height - 1)
        return Ink.FAINT if start <= y <= max(start, int(last * height) - 1) else Ink.RULE

    def _strip(self, row_line: RowLine, width: int) -> Strip:
        ground = Ground.CHOSEN if row_line.is_chosen and not row_line.is_apart else Ground.PAGE
        segments: list[Segment] = []
        used = 0
        if row_line.is_chosen and not row_line.is_apart:
            bar, ink = ("▌", Ink.ACCENT) if self.has_focus else ("▏", Ink.ACCENT)
            segments.append(Segment(bar, self.palette.style(ink, ground)))
            used = 1
        elif row_line.pieces:
            segments.append(Segment(" ", self.palette.style(Ink.TEXT, ground)))
            used = 1
        for text, ink, bold in row_line.pieces:
            segments.append(Segment(text, self.palette.style(ink, ground, bold)))
            used += cell_len(text)
        return Strip(segments, used).adjust_cell_length(width, self._blank(ground))

    def _blank(self, ground: Ground) -> Style:
        return self.palette.style(Ink.TEXT, ground)

    def _lines_of(self, number: int, is_chosen: bool) -> tuple[RowLine, ...]:
        """Return the lines of a row, cached until something about them changes."""
        match self.listing[number]:
            case SectionRow(index):
                return self._label_lines(number, index, is_chosen)
            case MoreRow(index):
                section = self.listing.sections[index]
                text = gettext("Getting more …") if section.loading else gettext("More news ↓")
                return (RowLine(()), RowLine(((f"  {text}", Ink.LINK, False),), is_chosen))
            case HiddenRow(index):
                return self._hidden_lines(index, is_chosen)
            case HeadlineRow() as row:
                return self._headline_lines(row, is_chosen)

    def _label_lines(self, number: int, index: int, is_chosen: bool) -> tuple[RowLine, ...]:
        section = self.listing.sections[index]
        fold = "▸" if section.folded else "▾"
        width = self.size.width - 14
        label = RowLine(
            (
                (f"{fold} ", Ink.FAINT, False),
                (wrapped(section.label, width, 1)[0], Ink.MUTED, True),
                (f" · {len(section.rows)}", Ink.FAINT, False),
            ),
            is_chosen,
        )
        return (RowLine((), is_apart=True), label) if number else (label,)

    def _headline_lines(self, row: HeadlineRow, is_chosen: bool) -> tuple[RowLine, ...]:
        section = self.listing.sections[row.section]
        listed = section.rows[row.index]
        clock = self._clock_width(row.section)
        indent = (clock + 1 if clock else 0) + 3
        room = max(8, self.size.width - self.has_hairline - indent - 2)
        kicker = _kicker(listed, room)
        title = line(listed.headline.title)
        titles = wrapped(kicker + title, room, _TITLE_LINES) or [""]
        if not titles[0].startswith(kicker):  # no word of the title has room beside it
            kicker, titles = "", wrapped(title, room, _TITLE_LINES)
        time_text = time_label(listed, self.today, section.is_by_time).rjust(clock) + " " if clock else ""
        ink, bold = (Ink.TEXT, False) if listed.read else (Ink.STRONG, listed.new)
        if listed.hidden:
            ink, bold = Ink.FAINT, False
        first = RowLine(
            (
                (time_text, Ink.FAINT if listed.read else Ink.MUTED, False),
                (" " if listed.read else "*", Ink.ACCENT, True),
                self._mark(listed),
                (" ", Ink.TEXT, False),
                *(((kicker, Ink.MUTED, False),) if kicker else ()),
                (titles[0].removeprefix(kicker), ink, bold),
            ),
            is_chosen,
        )
        space = (" " * indent, Ink.TEXT, False)
        lines = [first, *(RowLine((space, (title, ink, bold)), is_chosen) for title in titles[1:])]
        others = section.same_story.get(listed.headline.url, ())
        if others:
            lines.append(RowLine((space, (wrapped(_told_by(others), room, 1)[0], Ink.FAINT, False)), is_chosen))
        if is_chosen:
            lines += [RowLine((space, (text, Ink.MUTED, False)), True) for text in _details(listed, room)]
        separator = self._separator(row)
        return (separator, *lines) if separator else tuple(lines)

    def _hidden_lines(self, index: int, is_chosen: bool) -> tuple[RowLine, ...]:
        count = len(self.listing.sections[index].hidden)
        words = ngettext("{count} hidden by rules", "{count} hidden by rules", count).format(count=count)
        return (RowLine((), is_apart=True), RowLine(((f"  {words}", Ink.FAINT, False),), is_chosen))

    def _clock_width(self, section: int) -> int:
        if section not in self._clock_widths:
            self._clock_widths[section] = time_width(self.listing.sections[section], self.today)
        return self._clock_widths[section]

    def _mark(self, listed: ListedHeadline) -> tuple[str, Ink, bool]:
        if listed.saved:
            return "S", Ink.ACCENT, True
        if listed.queued:
            return "q", Ink.ACCENT, False
        if listed.later:
            return "L", Ink.ACCENT, False
        if listed.failed:
            return "!", Ink.ACCENT, True
        if listed.stored:
            return "d", Ink.FRESH, False
        if self.offline:
            return "x", Ink.FAINT, False
        return " ", Ink.TEXT, False

    def _separator(self, row: HeadlineRow) -> RowLine | None:
        """Return the line that names a new day, where one begins above this headline."""
        section = self.listing.sections[row.section]
        day = day_of(section.rows[row.index])
        if not section.is_by_time or day is None:
            return None
        before = day_of(section.rows[row.index - 1]) if row.index else self.today
        if before is None or day >= before:
            return None
        return RowLine(((f"  {wording.day_name(day, self.today)}", Ink.FAINT, False),), is_apart=True)


def _kicker(listed: ListedHeadline, room: int) -> str:
    """Return what is shown before the title: the page's word or two over it; nothing where that would take half."""
    kicker = line(listed.headline.kicker or "", 40)
    return f"{kicker} · " if kicker and cell_len(kicker) + 3 <= room // 2 else ""


def _told_by(others: Sequence[ListedHeadline]) -> str:
    """Return how many more tell a story, and who they are."""
    count = len(others)
    hosts = ", ".join(dict.fromkeys(host_of(other.headline.url) for other in others))
    return ngettext("+{count} more: {hosts}", "+{count} more: {hosts}", count).format(count=count, hosts=hosts)


def _details(listed: ListedHeadline, room: int) -> list[str]:
    """Return what else is known of the chosen headline: how often it was read, and what it is about."""
    headline = listed.headline
    details = []
    if listed.percent is not None:
        details += [f"{listed.percent} %", host_of(headline.url)]
    if headline.views is not None:
        details.append(wording.views(headline.views))
    if headline.comments is not None and headline.comments.count:
        count = headline.comments.count
        details.append(ngettext("{count} comment", "{count} comments", count).format(count=count))
    if headline.published is None and headline.time_text:
        details.insert(0, line(headline.time_text, 40))
    if listed.tags:
        details.append(" ".join(f"#{line(tag, 40)}" for tag in sorted(listed.tags)))
    lines = wrapped("  ·  ".join(details), room, 1) if details else []
    summary = line(headline.summary or "", 240)
    return lines + (wrapped(summary, room, _SUMMARY_LINES) if summary else [])
