"""A list of headlines as numbered lines; pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from newsreader.i18n import gettext, ngettext
from newsreader.models import ListedHeadline
from newsreader.text import cased, folded, line
from newsreader.tui import wording
from newsreader.urls import host_of, story_key

PAGE = 10  # headlines
Section = tuple[str, tuple[ListedHeadline, ...]]  # the label, which may be empty, and the rows


class LinearList:
    """Headlines in sections, numbered from 1 through all of them.

    Attributes:
        title: What it is a list of.
        rows: Without what rules hide.
        cursor: The chosen row, as an index.
        end: The index after the last row that was printed.
    """

    def __init__(self, title: str, sections: Iterable[Section], *, empty: str = "", unread_only: bool = False) -> None:
        self.title = title
        self.empty = empty or gettext("There are no headlines here.")
        self.rows: list[ListedHeadline] = []
        self._labels: dict[int, str] = {}  # by the index of the first row
        for label, rows in sections:
            shown = [row for row in rows if not row.hidden and not (unread_only and row.read)]
            if shown and label:
                self._labels[len(self.rows)] = label
            self.rows += shown
        self.cursor = 0
        self.end = 0

    @property
    def chosen(self) -> ListedHeadline | None:
        """The row under the cursor."""
        return self.rows[self.cursor] if self.rows else None

    @property
    def unread(self) -> int:
        """How many headlines are unread, each counted once, even if it is in several lists."""
        return _count(row for row in self.rows if not row.read)

    def heading(self) -> str:
        """Return what the list is, and how many headlines are in it, each counted once."""
        count = _count(self.rows)
        if not count:
            return f"{self.title}. {self.empty}"
        words = ngettext("{count} headline", "{count} headlines", count).format(count=count)
        return f"{self.title}: {words}, " + gettext("{count} unread").format(count=self.unread)

    def page(self, start: int, now: datetime, count: int = PAGE) -> list[str]:
        """Return some rows as lines, labels among them, and choose the first of them."""
        start = max(0, min(start, len(self.rows) - 1))
        self.cursor, self.end = start, min(len(self.rows), start + count)
        return list(self._lines(start, self.end, now))

    def line_of(self, index: int, now: datetime) -> str:
        """Return a row as a line: number, title, and what is known of it."""
        row = self.rows[index]
        return f"{index + 1}. {', '.join((line(row.headline.title, 500), *_facts(row, now)))}"

    def step(self, by: int, now: datetime) -> str:
        """Choose the row so far on, or before, but none beyond the ends, and return it; empty where there is none."""
        number = min(max(self.cursor + by, 0), len(self.rows) - 1)
        if number == self.cursor or not self.rows:
            return ""
        self.cursor = number
        self.end = self.cursor + 1
        return self.line_of(self.cursor, now)

    def next_unread(self, by: int, *, with_chosen: bool = False) -> int | None:
        """Return the index of the next unread row after the cursor, or before it; None where there is none."""
        numbers = range(self.cursor + (by if not with_chosen else 0), len(self.rows) if by > 0 else -1, by)
        return next((number for number in numbers if not self.rows[number].read), None)

    def index_of(self, url: str) -> int | None:
        """Return the index of a story, by any of its addresses; None if it is not listed."""
        key = story_key(url)
        return next((n for n, row in enumerate(self.rows) if story_key(row.headline.url) == key), None)

    def choose_story(self, *urls: str) -> None:
        """Choose the row of a story, by the first of its addresses that is listed; nothing where none is."""
        index = next((found for url in urls if (found := self.index_of(url)) is not None), None)
        if index is not None:
            self.cursor, self.end = index, index + 1

    def label_at(self, index: int) -> str:
        """Return the label of the section that a row is in."""
        return next((self._labels[n] for n in sorted(self._labels, reverse=True) if n <= index), "")

    def section_around(self, index: int) -> Sequence[ListedHeadline]:
        """Return the rows of the section that a row is in."""
        starts = [0, *sorted(self._labels), len(self.rows)]
        start = max(n for n in starts[:-1] if n <= index)
        return self.rows[start : min(n for n in (*starts, len(self.rows)) if n > index)]

    def update(self, urls: Iterable[str], **marks: Any) -> None:  # noqa: ANN401  (as the fields of a row)
        """Update the marks of stories."""
        keys = {story_key(url) for url in urls}
        self.rows = [replace(row, **marks) if story_key(row.headline.url) in keys else row for row in self.rows]

    def filtered(self, words: str) -> "LinearList":
        """Return the rows that have all the words, as a list of their own; capitals count where some row has them."""
        sought = folded(words).split()
        rows = [row for row in self.rows if all(each in folded(_text(row)) for each in sought)]
        with_capitals = [each for each in cased(words).split() if each not in sought]
        as_typed = [row for row in rows if all(each in cased(_text(row)) for each in with_capitals)]
        rows = as_typed or rows
        title = gettext("{title}, with “{words}”").format(title=self.title, words=line(words, 60))
        return LinearList(title, [("", tuple(rows))], empty=gettext("No headline has these words."))

    def _lines(self, start: int, end: int, now: datetime) -> Iterator[str]:
        if start not in self._labels and (label := self.label_at(start)) and start:
            yield gettext("{label}, continued").format(label=line(label, 200))
        for number in range(start, end):
            if number in self._labels:
                yield line(self._labels[number], 200)
            yield self.line_of(number, now)


def _count(rows: Iterable[ListedHeadline]) -> int:
    return len({story_key(row.headline.url) if row.headline.url else id(row) for row in rows})


def _text(row: ListedHeadline) -> str:
    return f"{row.headline.title} {row.headline.summary or ''} {row.source}"


def _facts(row: ListedHeadline, now: datetime) -> Iterator[str]:
    """Yield what is known about a row, behind its title."""
    headline = row.headline
    if headline.published is not None:
        yield wording.day_and_clock(headline.published, now)
    elif headline.time_text:
        yield line(headline.time_text, 40)
    if row.source:
        yield line(row.source, 60)
    if row.read:
        yield gettext("read")
    if row.percent is not None:
        yield gettext("{count} percent read").format(count=row.percent)
    for is_so, words in ((row.saved, gettext("saved")), (row.later, gettext("later")), (row.failed, gettext("failed"))):
        if is_so:
            yield words
    if row.tags:
        yield ", ".join(f"#{line(tag, 40)}" for tag in sorted(row.tags))


def title_of_page(site_name: str | None, title: str | None, url: str) -> str:
    """Return what a page is called."""
    return line(site_name or title or host_of(url), 100)
