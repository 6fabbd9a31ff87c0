"""A list of headlines with their marks, and how the lists of pages become such sections; pure."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from functools import cached_property
from itertools import islice, pairwise

from newsreader.i18n import gettext
from newsreader.models import HeadlineList, ListedHeadline, ListKind
from newsreader.text import line
from newsreader.tui.widgets.headline_times import LOOKED_AT, day_of
from newsreader.urls import host_of, story_key
from newsreader.values import dataclass

_OPEN_LISTS = 3  # after which what others read, or what is related, is folded away
_GROUPED = 20_000  # headlines among which the same stories are sought: more would take seconds
_FOUND_OUT = ("unread", "fresh", "readable_offline", "queued", "is_by_time")  # about the rows of a section


@dataclass(frozen=True)
class Section:
    """A headline list with the marks of its headlines.

    Attributes:
        source: The list as the page gave it; None if the rows come from the library.
        folded: Only its label is shown.
        is_aside: Few want it, so that it begins folded, and what is unread in it does not count, unfolded or not.
        loading: More of it is being fetched.
        further: How many rows at the end came from further pages.
        hidden: What rules of the reader's hide; counted below the rows, and shown when asked for.
        same_story: Under the address of a row, the same story from other sites, folded away below it.
        goes_on: More of it is in the store.
        origin: The number of the source that it is of, where several are listed.
        title: The title of that source.
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
    title: str = ""
    goes_on: bool = False
    is_aside: bool = False

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
        """Return the section with the marks of a story changed where it is folded away or hidden."""
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
        """Whether the page names where the list continues, or the store has more of it."""
        return self.goes_on or (self.source is not None and self.source.more_url is not None)

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
            unread=_with_index(self.unread, index, not row.read),
            fresh=_with_index(self.fresh, index, is_new(row)),
            readable_offline=self.readable_offline + is_readable_offline(row) - is_readable_offline(old),
            queued=self.queued + row.queued - old.queued,
        )
        return section

    @cached_property
    def unread(self) -> Sequence[int]:
        """The indexes of unread rows, in order."""
        return [index for index, row in enumerate(self.rows) if not row.read]

    @cached_property
    def fresh(self) -> Sequence[int]:
        """The indexes of those that arrived last."""
        return [index for index in self.unread if self.rows[index].new]

    @cached_property
    def readable_offline(self) -> int:
        """How many can be read without a network."""
        return sum(map(is_readable_offline, self.rows))

    @cached_property
    def queued(self) -> int:
        """How many wait for the network."""
        return sum(row.queued for row in self.rows)

    @cached_property
    def is_by_time(self) -> bool:
        """Whether the headlines run from new to old, so that lines can separate the days."""
        if self.source is not None and self.source.kind is ListKind.POPULAR:
            return False
        days = [day for row in islice(self.rows, LOOKED_AT) if (day := day_of(row)) is not None]
        return all(later <= earlier for earlier, later in pairwise(days))


def is_new(row: ListedHeadline) -> bool:
    """Return whether a headline arrived last and has not been read."""
    return row.new and not row.read


def _with_index(indexes: Sequence[int], index: int, is_there: bool) -> Sequence[int]:
    """Return indexes in order with one that is there now, or is not."""
    at = bisect_left(indexes, index)
    if is_there is (at < len(indexes) and indexes[at] == index):
        return indexes
    return [*indexes[:at], index, *indexes[at:]] if is_there else [*indexes[:at], *indexes[at + 1 :]]


def is_readable_offline(row: ListedHeadline) -> bool:
    """Return whether an article can be read without a network."""
    return row.stored or row.saved


def sections_of(
    lists: Sequence[tuple[HeadlineList, Sequence[ListedHeadline]]], folds: Mapping[str, bool]
) -> tuple[Section, ...]:
    """Return the lists as sections: folded as the reader left them, by their labels, else where few would want them."""
    return tuple(
        Section(
            label := label_of(source),
            tuple(rows),
            source,
            folds.get(label, is_aside := _is_of_little_interest(source, number)),
            is_aside=is_aside,
        ).arranged()
        for number, (source, rows) in enumerate(lists)
    )


def each_story_once(sections: Sequence[Section]) -> tuple[Section, ...]:
    """Return sections of several sources with each story once: the others are folded away under the first."""
    numbered = [(number, row) for number, section in enumerate(sections) for row in section.rows]
    hosts = [host_of(row.headline.url) for _, row in numbered] if len(numbered) <= _GROUPED else []
    if len(set(hosts)) < 2:
        return tuple(sections)
    from newsreader.stories import ComparedHeadline, same_stories

    compared = [
        ComparedHeadline(row.headline.title, h, row.headline.published)
        for (_, row), h in zip(numbered, hosts, strict=True)
    ]
    same_story: list[dict[str, tuple[ListedHeadline, ...]]] = [dict(section.same_story) for section in sections]
    away: set[tuple[int, str]] = set()
    for first, *others in same_stories(compared):
        number, leader = numbered[first]
        url = leader.headline.url
        named = (with_source(row, sections[n].title) for n, row in map(numbered.__getitem__, others))
        same_story[number][url] = (*same_story[number].get(url, ()), *named)
        away |= {(numbered[other][0], numbered[other][1].headline.url) for other in others}
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


def with_former(rows: Sequence[ListedHeadline], former: Sequence[ListedHeadline]) -> tuple[ListedHeadline, ...]:
    """Return rows with those of a former list that they lack, each before the row that it was before."""
    known = {row.headline.url for row in rows}
    before: dict[str | None, list[ListedHeadline]] = {}
    following = None
    for row in reversed(former):
        if row.headline.url in known:
            following = row.headline.url
        else:
            before.setdefault(following, []).append(row)
    found: list[ListedHeadline] = []
    for row in rows:
        found += (*reversed(before.get(row.headline.url, ())), row)
    return (*found, *reversed(before.get(None, ())))


def with_source(row: ListedHeadline, title: str) -> ListedHeadline:
    """Return a headline with the title of its source, for where no label names it."""
    return replace(row, source=title) if title and not row.source else row


def _is_of_little_interest(source: HeadlineList, number: int) -> bool:
    is_aside = source.kind in (ListKind.POPULAR, ListKind.RELATED)
    return number > 0 and (source.kind is ListKind.OTHER or (is_aside and number >= _OPEN_LISTS))


def label_of(source: HeadlineList) -> str:
    """Return the label of a list: its own, or its kind."""
    if source.label:
        return line(source.label, 80)
    names = {
        ListKind.LATEST: gettext("Latest"),
        ListKind.POPULAR: gettext("Most read"),
        ListKind.RELATED: gettext("Related"),
    }
    return names.get(source.kind, gettext("Headlines"))
