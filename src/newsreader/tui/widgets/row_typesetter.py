"""The lines of rows of headlines: labels, titles with their times and marks, what is known of the chosen one; pure."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from rich.cells import cell_len

from newsreader.i18n import gettext, ngettext
from newsreader.models import ListedHeadline
from newsreader.text import line
from newsreader.tui import wording
from newsreader.tui.rendering.themes import Ink
from newsreader.tui.widgets.headline_list import (
    HeadlineRow,
    HiddenRow,
    Listing,
    MoreRow,
    SectionRow,
    day_of,
    time_label,
    time_width,
    wrapped,
)
from newsreader.urls import host_of

_TITLE_LINES = 3
_SUMMARY_LINES = 2


class RowLine(NamedTuple):
    """One line of a row: what is written, in which ink."""

    pieces: tuple[tuple[str, Ink, bool], ...]  # words, ink, bold
    is_chosen: bool = False
    is_apart: bool = False  # a line between days: never lit, though it belongs to the row below it


class RowTypesetter:
    """Sets the rows of a listing in lines, each when it is first looked at.

    Attributes:
        listing: The rows.
        today: The day that times are written relative to.
        offline: There is no network: what cannot be read without one is marked.
        lines: Returns the lines of the row with a number, chosen or not; kept until something about them changes.
    """

    def __init__(self, today: date, widths: Callable[[], tuple[int, int]]) -> None:
        """Take how to find the width of the pane, and that of its rows."""
        self.listing = Listing()
        self.today = today
        self.offline = False
        self.lines = lru_cache(maxsize=1024)(self._lines_of)
        self._widths = widths
        self._clock_widths: dict[int, int] = {}

    def forget(self) -> None:
        """Set every row again when it is next looked at."""
        self.lines.cache_clear()
        self._clock_widths.clear()

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
        clock = self._clock_width(row.section)
        indent = (clock + 1 if clock else 0) + 3
        room = max(8, self._widths()[1] - indent - 2)
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
            lines.append(
                RowLine(
                    (
                        space,
                        (
                            wrapped(wording.other_sites([each.headline.url for each in others]), room, 1)[0],
                            Ink.FAINT,
                            False,
                        ),
                    ),
                    is_chosen,
                )
            )
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
