"""The rows of a listing, and in which of them each story is; pure."""

from collections.abc import Sequence
from functools import cached_property

from newsreader.models import Headline, ListedHeadline
from newsreader.tui.widgets.headline_section import Section
from newsreader.urls import story_key
from newsreader.values import dataclass

UNKNOWN = ListedHeadline(Headline("…", ""), read=True)
"""A row that has not been read from the store yet."""


@dataclass(frozen=True, slots=True)
class SectionRow:
    """The label of a list."""

    section: int


@dataclass(frozen=True, slots=True)
class HeadlineRow:
    """A headline, as the index of its section and its own index in it."""

    section: int
    index: int


@dataclass(frozen=True, slots=True)
class MoreRow:
    """The last row of a list that continues elsewhere."""

    section: int


@dataclass(frozen=True, slots=True)
class HiddenRow:
    """The row that counts what rules hide in a list, and shows it when chosen."""

    section: int


Row = SectionRow | HeadlineRow | HiddenRow | MoreRow


class StoryRows:
    """Where each story is in some sections. Built once; a look-up is as fast in a long list."""

    def __init__(self, sections: Sequence[Section]) -> None:
        self.first: dict[str, tuple[int, int]] = {}
        self._others: dict[str, list[tuple[int, int]]] = {}
        self._known: dict[str, tuple[HeadlineRow, ...]] = {}
        for s, section in enumerate(sections):
            for i, row in enumerate(section.rows):
                if row is UNKNOWN:
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
