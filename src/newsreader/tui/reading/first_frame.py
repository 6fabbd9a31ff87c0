"""What the next start shows first: the list as it is left, set as the screen sets it before anything else is there."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from time import mktime
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from rich.console import Console
from textual.color import Color
from textual.filter import LineFilter
from textual.geometry import Size
from textual.strip import Strip

from newsreader.first_frame import FirstFrame, FirstLines
from newsreader.keymap import Bindings
from newsreader.list_layout import Grouping
from newsreader.settings import Settings
from newsreader.tui import wording
from newsreader.tui.reading import status
from newsreader.tui.reading.layout import pane_widths, row_look
from newsreader.tui.reading.state import ReadingState
from newsreader.tui.reading.status_line import first_facts
from newsreader.tui.rendering.painting import line_text
from newsreader.tui.rendering.themes import Ground, Ink, Palette
from newsreader.tui.widgets.bars import BarPainter
from newsreader.tui.widgets.headline_painter import HeadlinePainter, lines_above
from newsreader.tui.widgets.headline_selection import HeadlineSelection
from newsreader.tui.widgets.list_position import ListPosition
from newsreader.tui.widgets.row_typesetter import RowTypesetter
from newsreader.tui.widgets.source_pane import KeptSources, gap_above

if TYPE_CHECKING:
    from newsreader.screen_snapshot import ScreenSnapshot

_DAYS = 3  # for which lines are made: what was "today" has its own name from the third day on
_LAST_DAYS = 7  # for which those of the last one hold
_ANY_GROUND = Color(0, 0, 0)


class FrameLook(NamedTuple):
    """How a screen looks, whatever it shows."""

    size: Size
    palette: Palette
    filters: Sequence[LineFilter]
    console: Console
    settings: Settings
    keys: Bindings


class FrameMaker:
    """Makes the frame of a screen that was left."""

    def __init__(self, snapshot: "ScreenSnapshot", look: FrameLook) -> None:
        self._look = look
        self._state = ReadingState(snapshot)
        self._snapshot = snapshot
        self._bars = BarPainter(look.palette)

    def frame(self, now: datetime) -> FirstFrame:
        """Return what a start shows first, now and in the days to come."""
        now = wording.local(now)
        first_days = [now.date() + timedelta(days=number) for number in range(1 if self._is_by_day else _DAYS)]
        ends = [*map(_midnight, first_days[1:]), self._last_end(first_days[-1])]
        starts = [now, *ends[:-1]]
        days = [self._lines(day, *span) for day, span in zip(first_days, zip(starts, ends, strict=True), strict=True)]
        return FirstFrame(self._look.size.width, self._look.size.height, days)

    @property
    def _is_by_day(self) -> bool:
        """Whether the labels name days, as these are called today."""
        return self._state.arrangement_of(self._state.view).grouping is Grouping.DAY

    def _last_end(self, last_day: date) -> datetime:
        """Return until when the list says the same as on the last of the days: for no longer than its year."""
        listed = [row for section in self._snapshot.sections for row in section.rows.values()]
        is_dated_later = any(
            row.headline.published is not None and wording.local(row.headline.published).date() > last_day
            for row in listed
        )
        days = 1 if is_dated_later or self._is_by_day else _LAST_DAYS
        end = min(last_day + timedelta(days=days), date(last_day.year + 1, 1, 1))
        return _midnight(end)

    def _lines(self, day: date, since: datetime, until: datetime) -> FirstLines:
        height = self._look.size.height
        rows, position = self._rows(day)
        facts = first_facts(self._state, rows.listing, position.cursor, since, self._look.keys, self._look.size.width)
        footer = self._text([self._bars.strip(status.footer(facts), self._look.size.width)])
        body = self._body(rows, position)
        heads = [*self._heads(facts, since, until)]
        return FirstLines(since.timestamp(), until.timestamp(), heads, [*body[: height - 2], footer])

    # --- the lines at the edges -------------------------------------------------------------------

    def _heads(self, facts: status.StatusFacts, since: datetime, until: datetime) -> Iterator[tuple[float, str]]:
        """Yield the line above, for every age that it says meanwhile, and until when it says that."""
        known: dict[int, tuple[str, str]] = {}  # by the width of the age, which decides what there is room for
        copied_at = facts.copied_at
        moments = [since, until] if copied_at is None else [*_changes(copied_at, since, until)]
        for moment, following in pairwise(moments):
            now = replace(facts, now=moment)
            age = status.age_words(now)
            earlier = known.get(cell_len(age))
            if earlier is None or (earlier[0] != age and earlier[1].count(earlier[0]) > 1):
                text = self._text([self._bars.strip(status.header(now), self._look.size.width)])
                known[cell_len(age)] = age, text
            else:
                text = earlier[1].replace(earlier[0], age) if age else earlier[1]
            yield following.timestamp(), text

    # --- the panes --------------------------------------------------------------------------------

    @property
    def _pane(self) -> Size:
        """The size of the list."""
        width, height = self._look.size
        return Size(pane_widths(width, self._state.divider).headlines, max(0, height - 2))

    def _rows(self, day: date) -> tuple[RowTypesetter, ListPosition]:
        """Return the rows on some day, and the place in them."""
        size, last = self._pane, self._snapshot
        room = size.height - lines_above(size.height, "")
        has_hairline = not pane_widths(self._look.size.width, self._state.divider).has_one_pane
        rows = RowTypesetter(day, lambda: (size.width, size.width - has_hairline))
        rows.listing = self._state.listed
        rows.look = row_look(self._state, self._look.settings).in_height(size.height)
        position = ListPosition(rows, lambda: room)
        position.take_up(last.cursor, last.top, last.above)
        position.fit()
        return rows, position

    def _body(self, rows: RowTypesetter, position: ListPosition) -> list[str]:
        size, palette = self._pane, self._look.palette
        widths = pane_widths(self._look.size.width, self._state.divider)
        selection = HeadlineSelection(lambda: rows.listing, lambda: position.cursor, lambda: None)
        painter = HeadlinePainter(palette, rows, selection)
        is_kept = self._snapshot.source_width == widths.sources
        sources = KeptSources(self._snapshot.source_lines if is_kept else (), widths.sources)
        gap = gap_above(size.height)
        right = [Strip.blank(widths.article, palette.style(Ink.TEXT, Ground.PAGE))] if widths.article else []
        seen = position.visible() if len(rows.listing) else []
        has_hairline = not widths.has_one_pane
        return [
            self._text([
                *([sources.line(y - gap, palette)] if widths.sources else []),
                painter.line_of_pane(y, size, seen, "", has_focus=True, has_hairline=has_hairline),
                *right,
            ])
            for y in range(size.height)
        ]  # fmt: skip

    def _text(self, strips: Sequence[Strip]) -> str:
        for each in self._look.filters:
            strips = [strip.apply_filter(each, _ANY_GROUND) for strip in strips]
        return line_text(strips, self._look.console)


def _changes(copied_at: datetime, since: datetime, until: datetime) -> Iterator[datetime]:
    """Yield the moments from one to another at which an age has become another, both of them included."""
    yield since
    moment = since
    while True:
        old_s = (moment - copied_at).total_seconds()
        moment = copied_at + timedelta(seconds=round(old_s + wording.until_older(old_s, late_s=0)))
        if moment >= until:
            yield until
            return
        yield wording.local(moment)


def _midnight(day: date) -> datetime:
    """Return the moment at which a day begins, in the reader's zone."""
    return datetime.fromtimestamp(mktime((day.year, day.month, day.day, 0, 0, 0, 0, 0, -1))).astimezone()
