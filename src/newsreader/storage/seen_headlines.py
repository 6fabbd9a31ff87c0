"""The headlines of lists, in the cache: what each list shows, and when each headline came; and headlines as rows.

A list may hold a hundred thousand. It is recorded in parts, so that other readers and writers get a turn
in between; what is interrupted is completed when the list is recorded next.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from itertools import islice
from typing import Any, NamedTuple, Protocol, TypeVar

from newsreader.jsonform import headline_from_json, headline_to_json
from newsreader.models import Headline
from newsreader.storage.cache_access import DROPPED_KEPT, CacheAccess
from newsreader.storage.columns import json_list, time_or_none, to_text, without_credentials
from newsreader.urls import story_key

T = TypeVar("T")


class _SeenRow(Protocol):
    @property
    def last_seen(self) -> str: ...
    @property
    def place(self) -> int: ...


S = TypeVar("S", bound=_SeenRow)

AT_ONCE = 100  # headlines that are written in one transaction: some ten milliseconds
READ_AT_ONCE = 4000
COLUMNS = "url, title, summary, time_text, published, views, image, further"
FURTHER_STEP = """
-- what few headlines have, as JSON: the fields of `jsonform.headline_to_json` that are in no other column
ALTER TABLE headlines ADD COLUMN further TEXT;
ALTER TABLE stories ADD COLUMN further TEXT;
"""
_FURTHER = ("kicker", "comments", "id", "enclosures", "categories", "authors")
_SET = ", ".join(f"{name} = excluded.{name}" for name in ("last_seen", *COLUMNS.split(", "), "place"))
_SEE = (
    f"INSERT INTO headlines (list_url, story, first_seen, last_seen, {COLUMNS}, place)"  # noqa: S608
    f" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (list_url, story) DO UPDATE SET {_SET}"
)


class Noted(NamedTuple):
    """A headline of a list as recorded, with times in their stored form.

    Attributes:
        place: In the list when last seen.
    """

    story: str
    url: str
    first_seen: str
    last_seen: str
    place: int


def in_parts(values: Iterable[T], size: int = AT_ONCE) -> Iterator[list[T]]:
    """Yield values in lists of that size, the last one shorter."""
    rest = iter(values)
    while part := list(islice(rest, size)):
        yield part


def keys_of(headlines: Iterable[Headline]) -> list[str]:
    """Return the stories of headlines."""
    return [story_key(without_credentials(headline.url)) for headline in headlines]


def first_places(keys: Sequence[str]) -> dict[str, int]:
    """Return the first position of each story, the last one first: what is written last is indexed first."""
    return {keys[place]: place for place in reversed(range(len(keys)))}


def note(
    connection: sqlite3.Connection,
    part: Iterable[tuple[str, int]],
    *,
    list_url: str,
    shown: Sequence[Headline],
    at: str,
) -> None:
    """Record that a list shows some stories now, at these positions."""
    connection.executemany(_SEE, [(list_url, key, at, at, *row_of(shown[place]), place) for key, place in part])


def noted_after(connection: sqlite3.Connection, last: Noted | None, *, list_url: str) -> list[Noted]:
    """Return some of what was noted of a list: the stories that follow one in the order of their keys."""
    rows = connection.execute(
        "SELECT story, url, first_seen, last_seen, place FROM headlines WHERE list_url = ? AND story > ?"
        " ORDER BY story LIMIT ?",
        (list_url, last.story if last else "", READ_AT_ONCE),
    )
    return [Noted(*row) for row in rows]


def headlines_of(connection: sqlite3.Connection, list_url: str, stories: Iterable[str]) -> dict[str, Headline]:
    """Return headlines of a list by their stories, without those that are gone by now."""
    rows = connection.execute(
        f"SELECT story, {COLUMNS} FROM headlines WHERE list_url = ?"  # noqa: S608
        " AND story IN (SELECT value FROM json_each(?))",
        (list_url, json_list(stories)),
    )
    return {story: headline_of(*row) for story, *row in rows}


def forget(connection: sqlite3.Connection, stories: Iterable[str], *, list_url: str) -> None:
    """Forget some stories of a list."""
    connection.execute(
        "DELETE FROM headlines WHERE list_url = ? AND story IN (SELECT value FROM json_each(?))",
        (list_url, json_list(stories)),
    )


def last_seen_first(noted: Iterable[S]) -> list[S]:
    """Return what was recorded in the order of when it was last seen, then of its position."""
    by_place = sorted(noted, key=lambda each: each.place)
    return sorted(by_place, key=lambda each: each.last_seen, reverse=True)


def times_of(headlines: Sequence[Headline], noted: Iterable[Noted]) -> list[Any] | None:
    """Return when each headline of a list was first seen, None if that cannot be read any more.

    None instead of all of them if other headlines were recorded. A list may hold a hundred thousand: stories are
    compared only for those that have moved.
    """
    at: dict[int, tuple[str, str]] = {each.place: (each.url, each.first_seen) for each in noted}
    times = {time: time_or_none(time) for _, time in at.values()}
    found: list[Any] = []
    by_story: dict[str, str] = {}
    for place, headline in enumerate(headlines):
        url, time = at.get(place, ("", ""))
        if url != without_credentials(headline.url):
            by_story = by_story or {story_key(url): time for url, time in at.values()}
            story = story_key(without_credentials(headline.url))
            if place in at or story not in by_story:  # else it is in the list twice
                return None
            time = by_story[story]
        found.append(times[time])
    return found if all(place < len(headlines) for place in at) else None


# --- headlines as rows ------------------------------------------------------------------------


def row_of(headline: Headline) -> tuple[object, ...]:
    """Return the values of `COLUMNS`."""
    published = headline.published.isoformat() if headline.published else None
    return (
        without_credentials(headline.url),
        headline.title,
        headline.summary,
        headline.time_text,
        published,
        headline.views,
        headline.image,
        _further(headline),
    )


def _further(headline: Headline) -> str | None:
    if not any(getattr(headline, name) for name in _FURTHER):
        return None
    value = headline_to_json(headline)
    return json.dumps({name: value[name] for name in _FURTHER if value[name]}, ensure_ascii=False)


def headline_of(
    url: str,
    title: str,
    summary: str | None,
    time_text: str | None,
    published: str | None,
    views: int | None,
    image: str | None,
    further: str | None,
) -> Headline:
    """Return the headline of the values of `COLUMNS`."""
    headline = Headline(title, url, summary, time_text, time_or_none(published), views, image)
    if not further:
        return headline
    try:
        value = {name: known for name, known in json.loads(further).items() if name in _FURTHER}
        return headline_from_json(headline_to_json(headline) | value)
    except (ValueError, TypeError, KeyError, AttributeError):  # it is damaged, or of another version of the program
        return headline


class SeenHeadlineTable:
    """Keeps when each headline of a list was first and last seen in it."""

    def __init__(self, file: CacheAccess, now: Callable[[], datetime]) -> None:
        self._file = file
        self._now = now

    def record(
        self, list_url: str, headlines: Sequence[Headline], *, dropped_kept: int = DROPPED_KEPT
    ) -> tuple[tuple[Headline, datetime], ...]:
        """Note the headlines that a list shows now, and return them with the time when each was first seen in it.

        After them come those that the list showed before and has dropped since, the last seen first, at most
        `dropped_kept` of them; older ones are forgotten. A headline is known by its story, not by its very address.

        Raises:
            StoreError: nothing can be written; the caller may continue with the headlines that it has.
        """
        list_url = without_credentials(list_url)
        now = self._now()
        keys = keys_of(headlines)
        places = first_places(keys)
        self._file.write_in_parts(places.items(), partial(note, list_url=list_url, shown=headlines, at=to_text(now)))
        noted = self._noted(list_url)
        dropped = last_seen_first(each for each in noted if each.story not in places)
        self._file.write_in_parts((each.story for each in dropped[dropped_kept:]), partial(forget, list_url=list_url))
        first_seen = {each.story: time_or_none(each.first_seen) or now for each in noted}
        shown_now = ((headline, first_seen.get(key, now)) for headline, key in zip(headlines, keys, strict=True))
        return *shown_now, *self._dropped(list_url, dropped[:dropped_kept])

    def since(
        self, list_url: str, headlines: Sequence[Headline], since: datetime, *, dropped_kept: int = DROPPED_KEPT
    ) -> tuple[tuple[Headline, datetime], ...] | None:
        """Return what `record` would, noting nothing; None where not just these headlines were noted since a time."""
        list_url = without_credentials(list_url)
        noted = self._noted(list_url)
        last = max((each.last_seen for each in noted), default="")
        if last < to_text(since):
            return None
        known = times_of(headlines, (each for each in noted if each.last_seen == last))
        if known is None or None in known:
            return None
        dropped = last_seen_first(each for each in noted if each.last_seen < last)
        return *zip(headlines, known, strict=True), *self._dropped(list_url, dropped[:dropped_kept])

    def _noted(self, list_url: str) -> list[Noted]:
        """Return what was noted of a list, in the order of the stories' keys."""
        return self._file.read_in_parts(partial(noted_after, list_url=list_url))

    def _dropped(self, list_url: str, dropped: Sequence[Noted]) -> Iterator[tuple[Headline, datetime]]:
        """Yield headlines that a list has dropped, with the time when each was first seen in it."""
        stories = [each.story for each in dropped]
        found = self._file.read(partial(headlines_of, list_url=list_url, stories=stories)) if stories else {}
        for each in dropped:
            if each.story in found:  # else another program has deleted it by now
                yield found[each.story], time_or_none(each.first_seen) or self._now()
