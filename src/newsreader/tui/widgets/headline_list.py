"""The rows of the headline pane: sections and their headlines; pure.

A row is found by its number in time that grows with the sections, not with the headlines, and its lines are made when
it is seen: a hundred thousand headlines cost what a hundred do.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from itertools import accumulate, islice

from rich.cells import cell_len

from newsreader.i18n import gettext
from newsreader.models import ListedHeadline
from newsreader.screen_snapshot import KeptSection, ScreenSnapshot
from newsreader.text import cased, folded
from newsreader.tui.widgets.headline_rows import UNKNOWN, HeadlineRow, HiddenRow, MoreRow, Row, SectionRow, StoryRows
from newsreader.tui.widgets.headline_section import Section, is_new, is_readable_offline
from newsreader.typesetting.wrapping import wrap
from newsreader.urls import story_key
from newsreader.values import dataclass


@dataclass(frozen=True)
class Listing:
    """Everything that the pane can show, row by row.

    Attributes:
        empty: The message where there is nothing.
        is_arranged: It is as the last start left it on the screen: narrowed and arranged as the reader wants it.
    """

    sections: tuple[Section, ...] = ()
    empty: str = ""
    is_arranged: bool = False

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
        """Return the headline of a row; None for a label or a "more" row."""
        return self.sections[row.section].rows[row.index] if isinstance(row, HeadlineRow) else None

    @cached_property
    def _stories(self) -> StoryRows:
        return StoryRows(self.sections)

    def find(self, url: str | None) -> HeadlineRow | None:
        """Return the first row of a story, whichever of its addresses is given."""
        rows = self._stories.rows(url) if url else ()
        return rows[0] if rows else None

    def counterpart(self, row: Row, earlier: "Listing") -> Row | None:
        """Return this listing's row for one of an earlier listing, in the list of the same label first."""
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

    def random_unread(self, besides: int | None = None) -> int | None:
        """Return the number of a random unread headline, another than `besides` if there is one; None without any.

        Sections that are folded away, or that few want, are left out.
        """
        from random import randrange

        sections = [
            n
            for n, each in enumerate(self.sections)
            if each.unread and not each.is_aside and not (each.folded and self.has_labels)
        ]
        count = sum(len(self.sections[n].unread) for n in sections)
        at = randrange(count) if count else 0  # noqa: S311  (nothing secret)
        for turn in range(min(count, 2)):
            number = self._number_among(sections, (at + turn) % count)
            if number != besides or count == 1:
                return number
        return None

    def _number_among(self, sections: Sequence[int], at: int) -> int:
        """Return the number of an unread headline, counted through these sections."""
        for section in sections:
            unread = self.sections[section].unread
            if at < len(unread):
                return self.number_of(HeadlineRow(section, unread[at]))
            at -= len(unread)
        raise IndexError(at)

    def next_new(self, number: int) -> int | None:
        """Return the number of the next headline that arrived last and has not been read, as `next_unread` does."""
        return self._next(number, 1, [section.fresh for section in self.sections])

    def _next(self, number: int, by: int, wanted: Sequence[Sequence[int]]) -> int | None:
        """Return the next of some numbers in the sections, without walking through the sections.

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
        """How many headlines there are, each counted once, even if it is in several lists."""
        return sum(len(section.rows) for section in self.sections) - self._counted_again(lambda _: True)

    @cached_property
    def new(self) -> int:
        """How many of them arrived last and have not been read; folding changes nothing about it."""
        fresh = sum(len(section.fresh) for section in self.sections if not section.is_aside)
        return fresh - self._counted_again(lambda place: self._is_counted(place) and self._is_new_at(place))

    @cached_property
    def unread(self) -> int:
        """How many of them have not been read; folding changes nothing about it."""
        unread = sum(len(section.unread) for section in self.sections if not section.is_aside)
        return unread - self._counted_again(lambda place: self._is_counted(place) and not self._row(place).read)

    @property
    def folded_unread(self) -> int | None:
        """The index of the first section that hides something unread which counts; None if there is none."""
        folded = (n for n, each in enumerate(self.sections) if each.folded and each.unread and not each.is_aside)
        return next(folded, None)

    @cached_property
    def readable_offline(self) -> int:
        """How many of them can be read without a network."""
        readable = sum(section.readable_offline for section in self.sections)
        return readable - self._counted_again(lambda place: is_readable_offline(self._row(place)))

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

    def _is_counted(self, place: HeadlineRow) -> bool:
        return not self.sections[place.section].is_aside

    def _is_new_at(self, place: HeadlineRow) -> bool:
        return is_new(self._row(place))

    def count_new_since(self, earlier: "Listing") -> int:
        """Return how many of the new ones that are not folded away another listing does not have."""
        shown = (section for section in self.sections if not section.folded)
        urls = {section.rows[place].headline.url for section in shown for place in section.fresh}
        return sum(not earlier.has(url) for url in urls)

    def with_counts_computed(self) -> "Listing":
        """Return the listing with everything computed that takes time in a long one: for a thread."""
        _ = self.count, self.new, self.unread, self.readable_offline, self.queued, self._stories.by_story
        return self

    def keeping_folds_of(self, earlier: "Listing") -> "Listing":
        """Return a listing fresh from the page with its sections as the reader left them: folded, and how far."""
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
        """Return only the headlines whose titles have all these words, in any order; the listing, without words.

        Capitals count where some titles have the words so, as in a find.
        """
        words = folded(sought).split()
        if not words:
            return self
        with_capitals = [word for word in cased(sought).split() if word not in words]
        if with_capitals:
            as_typed = self._with_rows(
                lambda row: _has_words(row, words) and all(word in cased(row.headline.title) for word in with_capitals)
            )
            if as_typed.sections:
                return as_typed
        return self._with_rows(lambda row: _has_words(row, words))

    def _with_rows(self, is_shown: Callable[[ListedHeadline], bool]) -> "Listing":
        sections = []
        for section in self.sections:
            rows = tuple(row for row in section.rows if is_shown(row))
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
        """Return the listing with the same story from other sites below a headline; None if none is folded away."""
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
        vars(listing)["_stories"] = self._stories  # they are where they were
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


_folded_title = lru_cache(maxsize=1 << 17)(folded)


def _has_words(row: ListedHeadline, words: Sequence[str]) -> bool:
    title = _folded_title(row.headline.title)
    return all(word in title for word in words)


def from_snapshot(screen: ScreenSnapshot) -> Listing:
    """Return the listing of the last screen, in its full length, with those of its rows that were kept."""
    listing = Listing(
        tuple(_section_from_snapshot(section) for section in screen.sections), screen.empty, is_arranged=True
    )
    count = sum(section.count for section in screen.sections)
    vars(listing).update(count=count, new=screen.new, unread=screen.unread, readable_offline=screen.stored)
    return listing


def _section_from_snapshot(kept: KeptSection) -> Section:
    rows = [UNKNOWN] * kept.count
    for place, row in kept.rows.items():
        rows[place] = row
    same_story = {url: tuple(others) for url, others in kept.same_story.items()}
    hidden = (UNKNOWN,) * kept.hidden
    return Section(
        kept.label, tuple(rows), kept.source, kept.folded, hidden=hidden, same_story=same_story, goes_on=kept.goes_on
    )


def kept_sections(listing: Listing, numbers: range) -> tuple[KeptSection, ...]:
    """Return the sections with those of their rows whose numbers are in the range."""
    rows: list[dict[int, ListedHeadline]] = [{} for _ in listing.sections]
    for number in range(max(0, numbers.start), min(len(listing), numbers.stop)):
        row = listing[number]
        headline = listing.headline(row)
        if isinstance(row, HeadlineRow) and headline is not None:
            rows[row.section][row.index] = headline
    return tuple(_kept(section, known) for section, known in zip(listing.sections, rows, strict=True))


def _kept(section: Section, rows: dict[int, ListedHeadline]) -> KeptSection:
    urls = {row.headline.url for row in rows.values()} if section.same_story else frozenset()
    return KeptSection(
        section.label,
        len(section.rows),
        rows,
        section.folded,
        replace(section.source, headlines=()) if section.source is not None else None,
        {url: others for url, others in section.same_story.items() if url in urls},
        len(section.hidden),
        section.goes_on,
    )


# --- times --------------------------------------------------------------------------------------


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
