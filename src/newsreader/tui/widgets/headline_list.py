"""The rows of the headline pane: sections, their headlines, and what they say; pure.

A row is found by its number in time that grows with the sections, not with the headlines, and its lines are made when
it is seen: a hundred thousand headlines cost what a hundred do.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import date, datetime
from functools import cached_property, lru_cache
from itertools import accumulate, islice, pairwise

from rich.cells import cell_len

from newsreader.i18n import gettext
from newsreader.models import Headline, HeadlineList, ListedHeadline, ListKind
from newsreader.screen_snapshot import KeptSection, ScreenSnapshot
from newsreader.text import folded, line
from newsreader.tui import wording
from newsreader.typesetting.wrapping import wrap
from newsreader.urls import host_of, story_key
from newsreader.values import dataclass

_OPEN_LISTS = 3  # after which what others read, or what is related, is folded away
_UNKNOWN = ListedHeadline(Headline("…", ""), read=True)  # a row that has not been read from the store yet
_GROUPED = 20_000  # headlines among which the same stories are sought: more would take seconds
_FOUND_OUT = ("unread", "fresh", "readable_offline", "queued", "is_by_time")  # about the rows of a section
_LOOKED_AT = 200  # headlines of a section that decide how wide its times are


@dataclass(frozen=True)
class Section:
    """A headline list with what is known of its headlines here.

    Attributes:
        source: The list as the page gave it; None if the rows come from the library.
        folded: Only its label is shown.
        loading: More of it is being fetched.
        further: How many rows at the end came from further pages.
        hidden: What rules of the reader's hide; counted below the rows, and shown when asked for.
        same_story: Under the address of a row, the same story from other sites, folded away below it.
        origin: The number of the source that it is of, where several are listed.
    """

    label: str
    rows: tuple[ListedHeadline, ...] = field(repr=False)  # long, and Textual writes out what its workers are given
    source: HeadlineList | None = None
    folded: bool = False
    loading: bool = False
    further: int = 0
    hidden: tuple[ListedHeadline, ...] = ()
    same_story: Mapping[str, tuple[ListedHeadline, ...]] = field(default_factory=dict)
    origin: int | None = None

    @property
    def all_rows(self) -> tuple[ListedHeadline, ...]:
        """Everything of the list: what is shown, what is folded away below it, and what rules hide."""
        return (*self.rows, *(row for rows in self.same_story.values() for row in rows), *self.hidden)

    def arranged(self) -> "Section":
        """Return the section with what rules hide taken out, and each story of several sites once."""
        hidden = tuple(row for row in self.rows if row.hidden)
        rows = tuple(row for row in self.rows if not row.hidden) if hidden else self.rows
        same_story: dict[str, tuple[ListedHeadline, ...]] = {}
        hosts = [host_of(row.headline.url) for row in rows] if len(rows) <= _GROUPED else []
        if len(set(hosts)) > 1:
            from newsreader.stories import ComparedHeadline, same_stories

            compared = [
                ComparedHeadline(row.headline.title, h, row.headline.published)
                for row, h in zip(rows, hosts, strict=True)
            ]
            groups = same_stories(compared)
            same_story = {rows[first].headline.url: tuple(rows[n] for n in others) for first, *others in groups}
            away = {number for _, *others in groups for number in others}
            rows = tuple(row for number, row in enumerate(rows) if number not in away)
        return replace(self, rows=rows, hidden=hidden, same_story=same_story) if hidden or same_story else self

    def with_hidden(self) -> "Section":
        """Return the section with what rules hide at its end."""
        return replace(self, rows=(*self.rows, *self.hidden), hidden=())

    def unfolded(self, url: str) -> "Section":
        """Return the section with the same story from other sites unfolded below a row."""
        rows: list[ListedHeadline] = []
        for row in self.rows:
            rows.append(row)
            if row.headline.url == url:
                rows += self.same_story.get(url, ())
        return replace(
            self, rows=tuple(rows), same_story={key: others for key, others in self.same_story.items() if key != url}
        )

    def with_marks_aside(self, key: str, marks: Mapping[str, object]) -> "Section":
        """Return the section with what is known of a story changed where it is folded away or hidden."""
        if not self.hidden and not self.same_story:
            return self

        def marked(rows: tuple[ListedHeadline, ...]) -> tuple[ListedHeadline, ...]:
            return tuple(
                replace(row, **marks) if story_key(row.headline.url) == key else row  # type: ignore[arg-type]
                for row in rows
            )

        same_story = {url: marked(others) for url, others in self.same_story.items()}
        hidden = marked(self.hidden)
        return (
            self
            if (hidden, same_story) == (self.hidden, self.same_story)
            else replace(self, hidden=hidden, same_story=same_story)
        )

    @property
    def has_more(self) -> bool:
        """Whether the page names where the list continues."""
        return self.source is not None and self.source.more_url is not None

    def with_further(self, following: HeadlineList, rows: Sequence[ListedHeadline]) -> "Section":
        """Return the section with the next page of its list at the end; what it shows already comes only once."""
        assert self.source is not None
        aside = (*self.hidden, *(row for others in self.same_story.values() for row in others))
        known = {story_key(row.headline.url) for row in (*self.rows, *aside)}
        fresh = tuple(row for row in rows if story_key(row.headline.url) not in known)
        hidden = (*self.hidden, *(row for row in fresh if row.hidden))
        fresh = tuple(row for row in fresh if not row.hidden)
        headlines = (*self.source.headlines, *following.headlines)
        source = replace(self.source, headlines=headlines, more_url=following.more_url)
        further = self.further + len(fresh)
        return replace(self, source=source, rows=(*self.rows, *fresh), further=further, hidden=hidden)

    def keeping_folds_of(self, earlier: "Section") -> "Section":
        """Return the section, new from the page, with the further pages that it was given before."""
        section = self.with_fold(earlier.folded) if earlier.folded is not self.folded else self
        section = replace(section, loading=earlier.loading) if earlier.loading else section
        if not earlier.further or earlier.source is None or self.source is None:
            return section
        rows = earlier.rows[-earlier.further :]
        headlines = tuple(row.headline for row in rows)
        return section.with_further(replace(earlier.source, headlines=headlines), rows)

    def with_fold(self, folded: bool) -> "Section":
        """Return the section folded away, or unfolded; what was found out about its rows stays true."""
        section = replace(self, folded=folded)
        vars(section).update({name: value for name, value in vars(self).items() if name in _FOUND_OUT})
        return section

    def with_row(self, index: int, row: ListedHeadline) -> "Section":
        """Return the section with another state of the headline in a row; nothing else is looked through."""
        old = self.rows[index]
        section = replace(self, rows=(*self.rows[:index], row, *self.rows[index + 1 :]))
        vars(section).update(
            unread=_with_place(self.unread, index, not row.read),
            fresh=_with_place(self.fresh, index, _is_new(row)),
            readable_offline=self.readable_offline + _is_readable_offline(row) - _is_readable_offline(old),
            queued=self.queued + row.queued - old.queued,
        )
        return section

    @cached_property
    def unread(self) -> Sequence[int]:
        """Where the rows are that have not been read, in order."""
        return [index for index, row in enumerate(self.rows) if not row.read]

    @cached_property
    def fresh(self) -> Sequence[int]:
        """Where those of them are that arrived last."""
        return [index for index in self.unread if self.rows[index].new]

    @cached_property
    def readable_offline(self) -> int:
        """How many can be read without a network."""
        return sum(map(_is_readable_offline, self.rows))

    @cached_property
    def queued(self) -> int:
        """How many wait for the network."""
        return sum(row.queued for row in self.rows)

    @cached_property
    def is_by_time(self) -> bool:
        """Whether the headlines run from new to old, so that a line can part the days."""
        if self.source is not None and self.source.kind is ListKind.POPULAR:
            return False
        days = [day for row in islice(self.rows, _LOOKED_AT) if (day := day_of(row)) is not None]
        return all(later <= earlier for earlier, later in pairwise(days))


@dataclass(frozen=True, slots=True)
class SectionRow:
    """The label of a list."""

    section: int


@dataclass(frozen=True, slots=True)
class HeadlineRow:
    """A headline, as the place of its section and its own place in it."""

    section: int
    index: int


@dataclass(frozen=True, slots=True)
class MoreRow:
    """The last row of a list that continues elsewhere."""

    section: int


@dataclass(frozen=True, slots=True)
class HiddenRow:
    """It counts what rules hide of a list, and shows it when chosen."""

    section: int


Row = SectionRow | HeadlineRow | HiddenRow | MoreRow


@dataclass(frozen=True)
class Listing:
    """Everything that the pane can show, row by row."""

    sections: tuple[Section, ...] = ()
    empty: str = ""

    @cached_property
    def has_labels(self) -> bool:
        """Whether the sections need their labels: a single one is named in the header."""
        return len(self.sections) > 1

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *accumulate(self._height(section) for section in self.sections)]

    def _height(self, section: Section) -> int:
        label = 1 if self.has_labels else 0
        return (
            label if section.folded and label else label + len(section.rows) + bool(section.hidden) + section.has_more
        )

    def __len__(self) -> int:
        return self._starts[-1]

    def __iter__(self) -> Iterator[Row]:
        return (self[number] for number in range(len(self)))

    def __getitem__(self, number: int) -> Row:
        section = bisect_right(self._starts, number) - 1
        if not 0 <= number < len(self):
            raise IndexError(number)
        within = number - self._starts[section] - self.has_labels
        if within < 0:
            return SectionRow(section)
        if within < len(self.sections[section].rows):
            return HeadlineRow(section, within)
        if self.sections[section].hidden and within == len(self.sections[section].rows):
            return HiddenRow(section)
        return MoreRow(section)

    def number_of(self, row: Row) -> int:
        """Return the number of a row; that of its section's label where it is folded away."""
        start = self._starts[row.section]
        section = self.sections[row.section]
        if isinstance(row, SectionRow) or (section.folded and self.has_labels):
            return start
        within = row.index if isinstance(row, HeadlineRow) else len(section.rows)
        if isinstance(row, MoreRow) and section.hidden:
            within += 1
        return start + self.has_labels + within

    def headline(self, row: Row) -> ListedHeadline | None:
        """Return what a row holds; None for a label or a way on."""
        return self.sections[row.section].rows[row.index] if isinstance(row, HeadlineRow) else None

    @cached_property
    def _stories(self) -> "_Stories":
        return _Stories(self.sections)

    def find(self, url: str | None) -> HeadlineRow | None:
        """Return the first row of a story, whichever of its addresses is given."""
        rows = self._stories.rows(url) if url else ()
        return rows[0] if rows else None

    def counterpart(self, row: Row, earlier: "Listing") -> Row | None:
        """Return where a row of an earlier listing is in this one: in the list of the same label, if it does."""
        label = earlier.sections[row.section].label
        near = sorted(range(len(self.sections)), key=lambda number: abs(number - row.section))
        index = next((number for number in near if self.sections[number].label == label), None)
        if isinstance(row, HeadlineRow):
            url = earlier.sections[row.section].rows[row.index].headline.url
            if not url and index is not None and row.index < len(self.sections[index].rows):
                return HeadlineRow(index, row.index)  # it was not known yet which one it is
            rows = self._stories.rows(url)
            return next((found for found in rows if found.section == index), rows[0] if rows else None)
        if index is None:
            return None
        if isinstance(row, SectionRow):
            return SectionRow(index)
        if isinstance(row, HiddenRow):
            return HiddenRow(index) if self.sections[index].hidden else None
        return MoreRow(index) if self.sections[index].has_more else None

    def has(self, url: str) -> bool:
        """Return whether a headline has this very address."""
        return url in self._stories.first

    def step(self, number: int, by: int) -> int | None:
        """Return the number of the next headline in a direction, from a row of any kind; None past the ends."""
        number += by
        while 0 <= number < len(self):
            if isinstance(self[number], HeadlineRow):
                return number
            number += by
        return None

    def next_unread(self, number: int, by: int = 1) -> int | None:
        """Return the number of the next headline that has not been read, from a row on and then from the other end."""
        return self._next(number, by, [section.unread for section in self.sections])

    def next_new(self, number: int) -> int | None:
        """Return the number of the next headline that arrived last and has not been read, as `next_unread` does."""
        return self._next(number, 1, [section.fresh for section in self.sections])

    def _next(self, number: int, by: int, wanted: Sequence[Sequence[int]]) -> int | None:
        """Return the next number of those in places of the sections, none of which is looked through.

        Those that are folded away are passed over; the row itself comes last.
        """
        firsts = [start + self.has_labels for start in self._starts]
        sought = [
            (first, places)
            for first, section, places in zip(firsts, self.sections, wanted, strict=False)
            if places and not (section.folded and self.has_labels)
        ]
        if by < 0:
            sought.reverse()
        for first, places in sought:
            at = bisect_right(places, number - first) if by > 0 else bisect_left(places, number - first) - 1
            if 0 <= at < len(places):
                return first + places[at]
        for first, places in sought:  # from the other end
            return first + places[0 if by > 0 else -1]
        return None

    @cached_property
    def count(self) -> int:
        """How many headlines there are, each counted once, in however many lists it is."""
        return sum(len(section.rows) for section in self.sections) - self._counted_again(lambda _: True)

    @cached_property
    def new(self) -> int:
        """How many of them arrived last and have not been read; those that are folded away do not count."""
        fresh = sum(len(section.fresh) for section in self.sections if not section.folded)
        return fresh - self._counted_again(
            lambda place: not self.sections[place.section].folded and self._is_new(place)
        )

    @cached_property
    def unread(self) -> int:
        """How many of them have not been read; those that are folded away do not count."""
        unread = sum(len(section.unread) for section in self.sections if not section.folded)
        return unread - self._counted_again(
            lambda place: not self.sections[place.section].folded and not self._row(place).read
        )

    @cached_property
    def readable_offline(self) -> int:
        """How many of them can be read without a network."""
        readable = sum(section.readable_offline for section in self.sections)
        return readable - self._counted_again(lambda place: _is_readable_offline(self._row(place)))

    @cached_property
    def queued(self) -> int:
        """How many wait for the network."""
        return sum(section.queued for section in self.sections) - self._counted_again(
            lambda place: self._row(place).queued
        )

    def _counted_again(self, is_counted: Callable[[HeadlineRow], bool]) -> int:
        """Return how often lists after the first hold a headline of the kind that was counted before."""
        if len(self.sections) < 2:
            return 0
        return sum(max(0, sum(map(is_counted, places)) - 1) for places in self._stories.repeated)

    def _row(self, place: HeadlineRow) -> ListedHeadline:
        return self.sections[place.section].rows[place.index]

    def _is_new(self, place: HeadlineRow) -> bool:
        return _is_new(self._row(place))

    def count_new_since(self, earlier: "Listing") -> int:
        """Return how many of the new ones, none of which is folded away, another listing does not have."""
        shown = (section for section in self.sections if not section.folded)
        urls = {section.rows[place].headline.url for section in shown for place in section.fresh}
        return sum(not earlier.has(url) for url in urls)

    def with_counts_computed(self) -> "Listing":
        """Return the listing with everything found out that takes longer for a long one: in a thread."""
        _ = self.count, self.new, self.unread, self.readable_offline, self.queued, self._stories.by_story
        return self

    def keeping_folds_of(self, earlier: "Listing") -> "Listing":
        """Return the listing, new from the page, with sections as the reader has left them: folded, and how far."""
        known = {section.label: section for section in earlier.sections}
        sections = tuple(s.keeping_folds_of(known[s.label]) if s.label in known else s for s in self.sections)
        listing = replace(self, sections=sections)
        if all(new.rows is old.rows for new, old in zip(sections, self.sections, strict=True)):
            vars(listing)["_stories"] = self._stories
        return listing

    def position_of(self, row: Row) -> tuple[int, int]:
        """Return which headline of its section a row is, from 1, and how many the section has."""
        rows = len(self.sections[row.section].rows)
        return (row.index + 1 if isinstance(row, HeadlineRow) else 0 if isinstance(row, SectionRow) else rows), rows

    # --- the same listing with something changed --------------------------------------------------

    def with_words(self, sought: str) -> "Listing":
        """Return only the headlines whose titles have all these words, in any order; the listing, without words."""
        words = folded(sought).split()
        if not words:
            return self
        sections = []
        for section in self.sections:
            rows = tuple(row for row in section.rows if _has_words(row, words))
            source = replace(section.source, more_url=None) if section.source is not None else None
            if rows:
                sections.append(replace(section, rows=rows, source=source, folded=False, hidden=()))
        return Listing(tuple(sections), gettext("No headline matches. Esc shows all."))

    def label_over(self, row: Row | None) -> str | None:
        """Return the label of the list that a row is in; None if there is only one list."""
        return self.sections[row.section].label if row is not None and self.has_labels else None

    def has_label(self, label: str) -> bool:
        """Return whether one of the sections has this label."""
        return any(section.label == label for section in self.sections)

    def with_list(self, label: str) -> "Listing":
        """Return only the sections with this label, unfolded."""
        sections = tuple(section.with_fold(False) for section in self.sections if section.label == label)
        return Listing(sections, self.empty)

    def with_same_story(self, row: Row) -> "Listing | None":
        """Return the listing with those below a headline that tell its story too; None where none are folded away."""
        section, headline = self.sections[row.section], self.headline(row)
        if headline is None or headline.headline.url not in section.same_story:
            return None
        return self.with_section(row.section, section.unfolded(headline.headline.url))

    def with_section(self, index: int, section: Section) -> "Listing":
        """Return the listing with one section replaced."""
        listing = replace(self, sections=(*self.sections[:index], section, *self.sections[index + 1 :]))
        if section.rows is self.sections[index].rows:
            vars(listing)["_stories"] = self._stories
        return listing

    def with_marks(self, url: str, **marks: object) -> "Listing":
        """Return the listing with what is known of a story changed wherever it is; itself if nothing is new."""
        sections = list(self.sections)
        for row in self._stories.rows(url):
            section = sections[row.section]
            marked = replace(section.rows[row.index], **marks)  # type: ignore[arg-type]
            if marked != section.rows[row.index]:
                sections[row.section] = section.with_row(row.index, marked)
        key = story_key(url)
        marked_sections = tuple(section.with_marks_aside(key, marks) for section in sections)
        if all(new is old for new, old in zip(marked_sections, self.sections, strict=True)):
            return self
        listing = replace(self, sections=marked_sections)
        vars(listing)["_stories"] = self._stories  # they are where they was
        return listing

    def with_all_marks(self, urls: Collection[str], **marks: bool) -> "Listing":
        """Return the listing with what is known of many stories changed, under their very addresses."""

        def marked(row: ListedHeadline) -> ListedHeadline:
            return replace(row, **marks) if row.headline.url in urls else row  # type: ignore[arg-type]

        sections = (
            replace(
                each,
                rows=tuple(marked(row) for row in each.rows),
                same_story={url: tuple(marked(row) for row in rows) for url, rows in each.same_story.items()},
            )
            for each in self.sections
        )
        return replace(self, sections=tuple(sections))


def _is_new(row: ListedHeadline) -> bool:
    return row.new and not row.read


_folded_title = lru_cache(maxsize=1 << 17)(folded)


def _with_place(places: Sequence[int], place: int, is_there: bool) -> Sequence[int]:
    """Return places in order with one that is there now, or is not."""
    at = bisect_left(places, place)
    if is_there is (at < len(places) and places[at] == place):
        return places
    return [*places[:at], place, *places[at:]] if is_there else [*places[:at], *places[at + 1 :]]


def _has_words(row: ListedHeadline, words: Sequence[str]) -> bool:
    title = _folded_title(row.headline.title)
    return all(word in title for word in words)


def _is_readable_offline(row: ListedHeadline) -> bool:
    return row.stored or row.saved


class _Stories:
    """Where each story is in some sections. Made once; a look-up costs no more for a long list."""

    def __init__(self, sections: Sequence[Section]) -> None:
        self.first: dict[str, tuple[int, int]] = {}
        self._others: dict[str, list[tuple[int, int]]] = {}
        self._known: dict[str, tuple[HeadlineRow, ...]] = {}
        for s, section in enumerate(sections):
            for i, row in enumerate(section.rows):
                if row is _UNKNOWN:
                    continue
                if self.first.setdefault(row.headline.url, (s, i)) != (s, i):
                    self._others.setdefault(row.headline.url, []).append((s, i))

    @cached_property
    def repeated(self) -> tuple[tuple[HeadlineRow, ...], ...]:
        """The rows of each headline that is in the list more than once."""
        places = ((self.first[url], *others) for url, others in self._others.items())
        return tuple(tuple(HeadlineRow(s, i) for s, i in each) for each in places)

    def rows(self, url: str) -> tuple[HeadlineRow, ...]:
        """Return the rows of a story, by any of its addresses, in order."""
        if url not in self._known:
            if len(self._known) > 1000:
                self._known.clear()
            places = [
                place for each in self._addresses(url) for place in (self.first[each], *self._others.get(each, ()))
            ]
            self._known[url] = tuple(HeadlineRow(s, i) for s, i in sorted(places))
        return self._known[url]

    def _addresses(self, url: str) -> list[str]:
        """Return the addresses in the list that are the same story's."""
        if url in self.first:
            return [url]
        key = story_key(url)
        return self.by_story.get(key, []) if "/" in key else []

    @cached_property
    def by_story(self) -> dict[str, list[str]]:
        """The addresses of each story."""
        found: dict[str, list[str]] = {}
        for url in self.first:
            found.setdefault(story_key(url), []).append(url)
        return found


def sections_of(
    lists: Sequence[tuple[HeadlineList, Sequence[ListedHeadline]]], folds: Mapping[str, bool]
) -> tuple[Section, ...]:
    """Return the lists as sections: folded as the reader left them, by their labels, else where few would want them."""
    return tuple(
        Section(
            label := label_of(source), tuple(rows), source, folds.get(label, _is_of_little_interest(source, number))
        ).arranged()
        for number, (source, rows) in enumerate(lists)
    )


def each_story_once(sections: Sequence[Section]) -> tuple[Section, ...]:
    """Return sections of several sources with each story once: the others are folded away under the first."""
    places = [(number, row) for number, section in enumerate(sections) for row in section.rows]
    hosts = [host_of(row.headline.url) for _, row in places] if len(places) <= _GROUPED else []
    if len(set(hosts)) < 2:
        return tuple(sections)
    from newsreader.stories import ComparedHeadline, same_stories

    compared = [
        ComparedHeadline(row.headline.title, h, row.headline.published)
        for (_, row), h in zip(places, hosts, strict=True)
    ]
    same_story: list[dict[str, tuple[ListedHeadline, ...]]] = [dict(section.same_story) for section in sections]
    away: set[tuple[int, str]] = set()
    for first, *others in same_stories(compared):
        number, leader = places[first]
        url = leader.headline.url
        same_story[number][url] = (*same_story[number].get(url, ()), *(places[other][1] for other in others))
        away |= {(places[other][0], places[other][1].headline.url) for other in others}
    if not away:
        return tuple(sections)
    kept = (
        replace(
            section,
            rows=tuple(row for row in section.rows if (number, row.headline.url) not in away),
            same_story=same_story[number],
        )
        for number, section in enumerate(sections)
    )
    return tuple(section for section in kept if section.rows)


def from_snapshot(screen: ScreenSnapshot) -> Listing:
    """Return the listing that the screen showed last, as long as it was; of its rows those that were kept."""
    listing = Listing(tuple(_section_from_snapshot(section) for section in screen.sections))
    count = sum(section.count for section in screen.sections)
    vars(listing).update(count=count, new=screen.new, unread=screen.unread, readable_offline=screen.stored)
    return listing


def _section_from_snapshot(kept: KeptSection) -> Section:
    rows = [_UNKNOWN] * kept.count
    for place, row in kept.rows.items():
        rows[place] = row
    return Section(kept.label, tuple(rows), kept.source, kept.folded)


def kept_sections(listing: Listing, numbers: range) -> tuple[KeptSection, ...]:
    """Return the sections with those of their rows whose numbers are in the range."""
    rows: list[dict[int, ListedHeadline]] = [{} for _ in listing.sections]
    for number in range(max(0, numbers.start), min(len(listing), numbers.stop)):
        row = listing[number]
        headline = listing.headline(row)
        if isinstance(row, HeadlineRow) and headline is not None:
            rows[row.section][row.index] = headline
    return tuple(
        KeptSection(
            section.label,
            len(section.rows),
            known,
            section.folded,
            replace(section.source, headlines=()) if section.source is not None else None,
        )
        for section, known in zip(listing.sections, rows, strict=True)
    )


def _is_of_little_interest(source: HeadlineList, number: int) -> bool:
    is_aside = source.kind in (ListKind.POPULAR, ListKind.RELATED)
    return number > 0 and (source.kind is ListKind.OTHER or (is_aside and number >= _OPEN_LISTS))


def label_of(source: HeadlineList) -> str:
    """Return what is over a list: its own label, or what it is."""
    if source.label:
        return line(source.label, 80)
    names = {
        ListKind.LATEST: gettext("Latest"),
        ListKind.POPULAR: gettext("Most read"),
        ListKind.RELATED: gettext("Related"),
    }
    return names.get(source.kind, gettext("Headlines"))


# --- times --------------------------------------------------------------------------------------


def day_of(row: ListedHeadline) -> date | None:
    """Return the day of a headline, in the zone that it is shown in."""
    published = row.headline.published
    return wording.local(published).date() if published else None


def time_label(row: ListedHeadline, today: date, is_by_time: bool) -> str:
    """Return what is in the time column: the clock, or the day if no line shows it."""
    published: datetime | None = row.headline.published
    if published is None:
        return ""
    then = wording.local(published)
    if is_by_time or then.date() == today:
        has_clock = then.hour or then.minute or not row.headline.time_text or ":" in row.headline.time_text
        return f"{then:%H:%M}" if has_clock else ""
    return wording.day(then) if then.year == today.year else str(then.year)


def time_width(section: Section, today: date, *, is_by_time: bool) -> int:
    """Return how wide the section's time column is; 0 where its headlines have no times."""
    labels = (time_label(row, today, is_by_time) for row in islice(section.rows, _LOOKED_AT))
    return max(map(cell_len, labels), default=0)


# --- lines --------------------------------------------------------------------------------------


def wrapped(text: str, width: int, limit: int) -> list[str]:
    """Return a title as at most `limit` lines of a width in cells; what does not fit is cut with an ellipsis."""
    width = max(width, 2)
    if len(text) * 2 <= width or (text.isascii() and len(text) <= width):
        return [text]
    breaks = list(islice(wrap(text, width), limit + 1))
    lines = [text[found.start : found.end] for found in breaks]
    return lines if len(lines) <= limit else [*lines[: limit - 1], _cut(text[breaks[limit - 1].start :], width)]


def _cut(text: str, width: int) -> str:
    text = text[:width]
    while text and cell_len(text) > width - 1:
        text = text[:-1]
    return text.rstrip(" ,;:.–—-") + "…"
