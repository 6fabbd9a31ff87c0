"""What the pane of sources shows: everything that can be listed, with its unread count; pure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from newsreader.i18n import gettext
from newsreader.source_values import Source, SourceKind, SourceState
from newsreader.text import folded, line
from newsreader.tui import wording
from newsreader.urls import shown
from newsreader.values import dataclass


class EntryTarget(StrEnum):
    """What an entry leads to."""

    UNREAD = "everything"  # what is unread of all sources
    RIVER = "river"
    SAVED = "saved"
    READING = "reading"
    LATER = "later"
    HISTORY = "history"
    SOURCE = "source"
    OTHER = "other"  # a tag or a saved search


@dataclass(frozen=True, slots=True)
class Entry:
    """A row that can be chosen.

    Attributes:
        key: What distinguishes it from others with its target; the number of a source.
        count: The number at its right; hidden if it is 0.
        remark: A remark if there is room: why it fails, and since when.
    """

    place: EntryTarget
    title: str
    key: str = ""
    count: int = 0
    source: Source | None = None
    has_failed: bool = False
    remark: str = ""


@dataclass(frozen=True, slots=True)
class GroupHeading:
    """A label over entries; `group` is that of the sources below it, which `count` headlines of are unread."""

    title: str
    group: str | None = None
    count: int = 0
    is_folded: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """An empty line between parts."""


@dataclass(frozen=True, slots=True)
class EmptyListText:
    """The text shown instead of entries."""

    text: str


Row = Entry | GroupHeading | Gap | EmptyListText


@dataclass(frozen=True)
class SourceList:
    """The sources and their states, what is saved and in progress, and what else can be listed.

    Attributes:
        folded: The groups that show only their names.
        others: Further parts, such as tags and saved searches: a label and the entries under it.
        sought: Only what has these words is shown: sources by title, group and address, other entries by their title.
    """

    sources: tuple[Source, ...] = ()
    states: Mapping[int, SourceState] | None = None
    saved: int = 0
    reading: int = 0
    later: int = 0
    others: tuple[tuple[str, tuple[Entry, ...]], ...] = ()
    now: datetime | None = None
    add_key: str = ""
    folded: frozenset[str] = frozenset()
    sought: str = ""

    def state(self, source: Source) -> SourceState:
        """Return the state of a source."""
        return (self.states or {}).get(source.id, SourceState())

    @cached_property
    def unread(self) -> int:
        """How much is unread of all sources."""
        return sum(self.state(each).unread for each in self.sources)

    @cached_property
    def failing(self) -> int:
        """How many sources failed at their last fetch."""
        return sum(self.state(each).problem is not None for each in self.sources)

    def with_state(self, source: Source, state: SourceState) -> "SourceList":
        """Return the source list with another state of one source."""
        return replace(self, states={**(self.states or {}), source.id: state})

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Everything from top to bottom."""
        return tuple(self._rows_with_words() if self.sought.strip() else self._all_rows())

    def _rows_with_words(self) -> list[Row]:
        """Return what has the words that are sought, under its headings."""
        words = folded(self.sought).split()
        sources = tuple(
            each
            for each in self.sources
            if all(word in folded(f"{each.title} {each.group} {shown(each.url)}") for word in words)
        )
        others = tuple(
            (label, tuple(each for each in entries if all(word in folded(each.title) for word in words)))
            for label, entries in self.others
        )
        found = replace(self, sources=sources, others=others, folded=frozenset(), sought="")
        start = next(number for number, row in enumerate(found.rows) if isinstance(row, Gap)) + 1
        rows = list(found.rows[start:])
        if not sources:
            rows = [row for row in rows if row != GroupHeading(gettext("Sources"), "")]
            rows = [row for row in rows if not isinstance(row, EmptyListText)]
        while rows and isinstance(rows[0], Gap):
            del rows[0]
        return rows or [EmptyListText(gettext("Nothing matches."))]

    def _all_rows(self) -> list[Row]:
        rows: list[Row] = [
            Entry(EntryTarget.UNREAD, gettext("All unread"), count=self.unread),
            Entry(EntryTarget.RIVER, gettext("All sources")),
            Entry(EntryTarget.SAVED, gettext("Saved"), count=self.saved),
            Entry(EntryTarget.READING, gettext("Reading now"), count=self.reading),
            Entry(EntryTarget.LATER, gettext("Later"), count=self.later),
            Entry(EntryTarget.HISTORY, gettext("History")),
            Gap(),
            GroupHeading(gettext("Sources"), ""),
        ]
        if not self.sources and self.states is not None:  # it is known that there is none
            rows.append(EmptyListText(gettext("{key} follows the page you are reading.").format(key=self.add_key)))
        first = len(rows)
        group = ""
        for each in self.sources:
            if each.group != group:
                group = each.group
                rows += [Gap(), GroupHeading(group, group, self._unread_of(group), group in self.folded)]
            if group not in self.folded:
                rows.append(self._entry(each))
        if len(rows) > first and isinstance(rows[first], Gap):  # every source is in a group
            del rows[first - 2 : first]
        for label, entries in self.others:
            if entries:
                rows += [Gap(), GroupHeading(label), *entries]
        return rows

    def _unread_of(self, group: str) -> int:
        return sum(self.state(each).unread for each in self.sources if each.group == group)

    def _entry(self, source: Source) -> Entry:
        state = self.state(source)
        remark = why_failed(state, self.now) if state.problem is not None else ""
        return Entry(EntryTarget.SOURCE, source.title, str(source.id), state.unread, source, bool(remark), remark)

    def sources_at(self, row: Row | None) -> tuple[Source, ...]:
        """Return the sources that a row is of: its own, those of its group, or all of them; none for other lists."""
        match row:
            case Entry(place=EntryTarget.UNREAD | EntryTarget.RIVER):
                return self.sources
            case Entry(source=Source() as source):
                return (source,)
            case GroupHeading(group=str() as group):
                return tuple(each for each in self.sources if not group or each.group == group)
            case _:
                return ()

    def step_of(self, row: Row | None, by: int) -> int:
        """Return by how many places a source is moved in its group, or a group, to pass the next that is shown.

        0 where none is.
        """
        shown: list[int | str]
        match row:
            case Entry(source=Source() as source):
                siblings: list[int | str] = [each.id for each in self.sources if each.group == source.group]
                shown = [each.source.id for each in self.rows if isinstance(each, Entry) and each.source is not None]
                moved: int | str = source.id
            case GroupHeading(group=str() as moved) if moved:
                siblings = [*dict.fromkeys(each.group for each in self.sources if each.group)]
                shown = [each.group for each in self.rows if isinstance(each, GroupHeading) and each.group]
            case _:
                return 0
        shown = [each for each in shown if each in siblings]
        at = shown.index(moved) + by
        return siblings.index(shown[at]) - siblings.index(moved) if 0 <= at < len(shown) else 0

    def number_of(self, entry: Entry | GroupHeading | None) -> int | None:
        """Return the number of the row for the same thing, even if it has changed; None if it is gone."""
        for number, row in enumerate(self.rows):
            if isinstance(entry, Entry) and isinstance(row, Entry) and (row.place, row.key) == (entry.place, entry.key):
                return number
            if isinstance(row, GroupHeading) and self._is_heading_of(row, entry):
                return number
        return None

    def _is_heading_of(self, heading: GroupHeading, entry: Entry | GroupHeading | None) -> bool:
        """Return whether a row is the heading that is meant, or that under which the entry is folded away."""
        if isinstance(entry, GroupHeading):
            return (heading.title, heading.group) == (entry.title, entry.group)
        source = entry.source if entry is not None else None
        return heading.is_folded and source is not None and heading.group == source.group

    def step(self, number: int, by: int, *, with_headings: bool = False) -> int | None:
        """Return the number of the next row in a direction that can be chosen; None past the ends."""
        number += by
        while 0 <= number < len(self.rows):
            row = self.rows[number]
            if isinstance(row, Entry) or (with_headings and isinstance(row, GroupHeading) and row.group):
                return number
            number += by
        return None


def why_failed(state: SourceState, now: datetime | None) -> str:
    """Return why a source could not be fetched, and since when, in one line; empty if it could."""
    if state.problem is None:
        return ""
    why = line(state.problem.message, 200)
    if state.failed_since is None or now is None:
        return why
    return gettext("since {time}: {problem}").format(time=wording.day_and_clock(state.failed_since, now), problem=why)


def kind_name(source: Source) -> str:
    """Return the kind of a source in words."""
    names = {
        SourceKind.PAGE: gettext("page"),
        SourceKind.FEED: gettext("feed"),
        SourceKind.SEARCH: gettext("search"),
    }
    return names[source.kind]


def sources_of(rows: Sequence[Row]) -> list[Source]:
    """Return the sources among rows."""
    return [row.source for row in rows if isinstance(row, Entry) and row.source is not None]
