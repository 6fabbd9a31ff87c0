"""The lines of headline rows: labels, titles with times and marks, details of the chosen one; pure."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from rich.cells import cell_len

from newsreader.i18n import gettext, ngettext
from newsreader.models import ListedHeadline
from newsreader.settings import LIST_COLUMNS
from newsreader.text import line
from newsreader.tui import wording
from newsreader.tui.rendering.themes import Ink
from newsreader.tui.widgets.headline_list import Listing, wrapped
from newsreader.tui.widgets.headline_rows import HeadlineRow, HiddenRow, MoreRow, SectionRow
from newsreader.tui.widgets.headline_times import LOOKED_AT, day_of, names_day, time_label, time_width
from newsreader.urls import host_of
from newsreader.values import dataclass

_TITLE_LINES = 3
_SUMMARY_LINES = 2


class RowLine(NamedTuple):
    """One line of a row: its text and ink."""

    pieces: tuple[tuple[str, Ink, bool], ...]  # words, ink, bold
    is_chosen: bool = False
    is_apart: bool = False  # a line between days: never lit, though it belongs to the row below it


_NARROWEST_TITLE = 28  # cells that a compact title keeps beside what is shown at its right
_LONGEST_SOURCE = 18
_LONGEST_KICKER = 14  # a source of so many cells is shown whole where that is half of the room
_BETWEEN = 2  # cells between the columns of a compact row
_BEFORE_TITLE = 12  # cells of a compact row that are not its title's: the edges, the time, the marks
TALL = 38  # lines of a pane that has room for air between the headlines


@dataclass(frozen=True, slots=True)
class RowLook:
    """How rows are set.

    Attributes:
        is_compact: A headline takes one line, whatever its title.
        columns: What is shown beside the title, of `settings.LIST_COLUMNS`.
        has_sources: The rows are of several sources, so that each names its own.
        is_airy: An empty line comes before each headline.
    """

    is_compact: bool = False
    columns: tuple[str, ...] = LIST_COLUMNS
    has_sources: bool = False
    is_airy: bool = False

    def in_height(self, height: int) -> "RowLook":
        """Return how rows are set in a pane of so many lines."""
        return replace(self, is_airy=not self.is_compact and height >= TALL)


class _AtRight(NamedTuple):
    """What is shown at the right of compact titles: how wide each column is, 0 for one that is left out."""

    views: int
    source: int


class RowTypesetter:
    """Sets the rows of a listing in lines, each when it is first looked at.

    Attributes:
        listing: The rows.
        today: The day that times are written relative to.
        offline: There is no network: what cannot be read without one is marked.
        look: How they are set.
        lines: Returns the lines of the row with a number, chosen or not; kept until something about them changes.
    """

    def __init__(self, today: date, widths: Callable[[], tuple[int, int]]) -> None:
        """Take how to find the width of the pane, and that of its rows."""
        self.listing = Listing()
        self.today = today
        self.offline = False
        self.look = RowLook()
        self.lines = lru_cache(maxsize=1024)(self._lines_of)
        self._widths = widths
        self._clock_widths: dict[int, int] = {}
        self._at_right: dict[int, _AtRight] = {}  # by section, as the widths of times
        self._has_many_hosts: bool | None = None

    def forget(self) -> None:
        """Set every row again when it is next looked at."""
        self.lines.cache_clear()
        self._clock_widths.clear()
        self._at_right.clear()
        self._has_many_hosts = None

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
            case HeadlineRow() as row if self.look.is_compact:
                return (self._compact_line(row, is_chosen),)
            case HeadlineRow() as row:
                return self._headline_lines(row, is_chosen)

    def _compact_line(self, row: HeadlineRow, is_chosen: bool) -> RowLine:
        """Return the one line of a headline: time, marks, title, and at the right views and source."""
        listed = self.listing.sections[row.section].rows[row.index]
        clock = self._clock_width(row.section) if self._has("time") else 0
        time_text = time_label(listed, self.today, is_by_time=False).rjust(clock) + " " if clock else ""
        right = self._right_columns(listed, row.section)
        marks = self._marks(listed)
        room = max(8, self._widths()[1] - 2 - cell_len(time_text) - sum(cell_len(text) for text, _, _ in marks))
        room -= cell_len(right) + _BETWEEN if right else 0
        title = wrapped(line(listed.headline.title), room, 1)[0]
        pieces = [
            (time_text, Ink.FAINT if listed.read else Ink.MUTED, False),
            *marks,
            (title, _title_ink(listed), False),
        ]
        if right:
            pieces.append((" " * (room - cell_len(title) + _BETWEEN) + right, Ink.FAINT, False))
        return RowLine(tuple(pieces), is_chosen)

    def _right_columns(self, listed: ListedHeadline, section: int) -> str:
        """Return what is shown to the right of a compact title; nothing if that needs the room."""
        widths = self._widths_at_right(section)
        columns = []
        if widths.views:
            views = wording.views(listed.headline.views) if listed.headline.views is not None else ""
            columns.append(wrapped(views, widths.views, 1)[0].rjust(widths.views) if views else " " * widths.views)
        if widths.source:
            source = wrapped(_source_of(listed), widths.source, 1)[0]
            columns.append(source + " " * (widths.source - cell_len(source)))
        return (" " * _BETWEEN).join(columns)

    def _widths_at_right(self, section: int) -> _AtRight:
        """Return how wide the columns at the right of a list's compact titles are: no wider than what is in them.

        A column that would leave titles too little room is left out, the views before the source.
        """
        if section not in self._at_right:
            rows = self.listing.sections[section].rows[:LOOKED_AT]
            counts = [row.headline.views for row in rows if row.headline.views is not None]
            views = max((cell_len(wording.views(count)) for count in counts), default=0) if self._has("views") else 0
            is_named = self._has("source") and self.look.has_sources and len(set(map(_source_of, rows))) > 1
            longest = max((cell_len(_source_of(row)) for row in rows), default=0) if is_named else 0
            source = min(longest, _LONGEST_SOURCE)
            spare = self._widths()[1] - _BEFORE_TITLE - _NARROWEST_TITLE
            source = source if source + _BETWEEN <= spare else 0
            spare -= source + _BETWEEN if source else 0
            self._at_right[section] = _AtRight(views if views + _BETWEEN <= spare else 0, source)
        return self._at_right[section]

    def _names_hosts(self) -> bool:
        """Return whether rows name their sites: those of several are listed, and no label or source names them."""
        if self._has_many_hosts is None:
            unlabelled = (section for section in self.listing.sections if section.origin is None)
            rows = islice(((section.label, row) for section in unlabelled for row in section.rows), LOOKED_AT)
            found = ((label, host_of(row.headline.url)) for label, row in rows if not row.source)
            hosts = {host for label, host in found if host not in label}
            self._has_many_hosts = self.look.has_sources and self._has("source") and len(hosts) > 1
        return self._has_many_hosts

    def _has(self, column: str) -> bool:
        return column in self.look.columns

    def _marks(self, listed: ListedHeadline) -> list[tuple[str, Ink, bool]]:
        """Return the cells with the marks of a headline: unread, saved, downloaded."""
        if not self._has("marks"):
            return []
        return [(" " if listed.read else "*", Ink.ACCENT, True), self._mark(listed), (" ", Ink.TEXT, False)]

    def _label_lines(self, number: int, index: int, is_chosen: bool) -> tuple[RowLine, ...]:
        section = self.listing.sections[index]
        fold = "▸" if section.folded else "▾"
        width = self._widths()[0] - 14
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
        clock = self._clock_width(row.section) if self._has("time") else 0
        marks = self._marks(listed)
        indent = (clock + 1 if clock else 0) + len(marks)
        room = max(8, self._widths()[1] - indent - 2)
        source = _source_of(listed) if (self._has("source") and listed.source) or self._names_hosts() else ""
        kicker = _kicker(listed, room, source)
        title = line(listed.headline.title)
        titles = wrapped(kicker + title, room, _TITLE_LINES) or [""]
        if not titles[0].startswith(kicker):  # no word of the title has room beside it
            kicker, titles = "", wrapped(title, room, _TITLE_LINES)
        time_text = time_label(listed, self.today, section.is_by_time).rjust(clock) + " " if clock else ""
        ink = _title_ink(listed)
        first = RowLine(
            (
                (time_text, Ink.FAINT if listed.read else Ink.MUTED, False),
                *marks,
                *(((kicker, Ink.MUTED, False),) if kicker else ()),
                (titles[0].removeprefix(kicker), ink, False),
            ),
            is_chosen,
        )
        space = (" " * indent, Ink.TEXT, False)
        lines = [first, *(RowLine((space, (title, ink, False)), is_chosen) for title in titles[1:])]
        others = section.same_story.get(listed.headline.url, ())
        if others:
            lines.append(
                RowLine(
                    (
                        space,
                        (
                            wrapped(wording.other_sites(list(map(_source_of, others))), room, 1)[0],
                            Ink.FAINT,
                            False,
                        ),
                    ),
                    is_chosen,
                )
            )
        if is_chosen:
            views = listed.headline.views if self._has("views") else None
            lines += [RowLine((space, (text, Ink.MUTED, False)), True) for text in _details(listed, views, room)]
        air = RowLine((), is_apart=True)
        if separator := self._separator(row):
            return (air, separator, *lines) if self.look.is_airy and row.index else (separator, *lines)
        return (air, *lines) if self.look.is_airy and row.index else tuple(lines)

    def _hidden_lines(self, index: int, is_chosen: bool) -> tuple[RowLine, ...]:
        count = len(self.listing.sections[index].hidden)
        words = ngettext("{count} hidden by rules", "{count} hidden by rules", count).format(count=count)
        return (RowLine((), is_apart=True), RowLine(((f"  {words}", Ink.FAINT, False),), is_chosen))

    def _clock_width(self, section: int) -> int:
        if section not in self._clock_widths:
            listed = self.listing.sections[section]
            is_by_time = listed.is_by_time and not self.look.is_compact
            self._clock_widths[section] = time_width(listed.rows, self.today, is_by_time=is_by_time)
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
        name = wording.day_name(day, self.today)
        is_said = name == section.label or (row.index == 0 and names_day(section.label, day))
        if before is None or day >= before or is_said:
            return None
        return RowLine(((f"  {name}", Ink.FAINT, False),), is_apart=True)


def _source_of(listed: ListedHeadline) -> str:
    """Return where a headline is from: the source that shows it, else its site."""
    return line(listed.source, 80) or host_of(listed.headline.url)


def _kicker(listed: ListedHeadline, room: int, source: str) -> str:
    """Return what is shown before the title: its source, cut to about half of the room, where several are listed.

    Else the page's word or two over it; nothing if that would take half.
    """
    if source:
        longest = max(4, room // 2 - 3, min(_LONGEST_KICKER, room // 2))
        return f"{wrapped(source, longest, 1)[0]} · "
    kicker = line(listed.headline.kicker or "", 40)
    return f"{kicker} · " if kicker and cell_len(kicker) + 3 <= room // 2 else ""


def _title_ink(listed: ListedHeadline) -> Ink:
    """Return the ink of a title: read ones are dimmer; unread ones are known by their mark alone."""
    if listed.hidden:
        return Ink.FAINT
    return Ink.MUTED if listed.read else Ink.STRONG


def _details(listed: ListedHeadline, views: int | None, room: int) -> list[str]:
    """Return details of the chosen headline: how often it was read, and what it is about."""
    headline = listed.headline
    details = []
    if listed.percent is not None:
        details += [f"{listed.percent} %", host_of(headline.url)]
    if views is not None:
        details.append(wording.views(views))
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
