"""The stories of all sources as one list by time, in the cache, page by page: a page costs the same however many.

A story appears once, however many sources show it. Its time is when it was published, or else when it was first seen;
one from the future gets the time when it came.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial

from newsreader.list_layout import Order
from newsreader.models import Headline
from newsreader.source_values import RiverPosition
from newsreader.storage.cache_access import CacheAccess
from newsreader.storage.columns import json_list
from newsreader.storage.seen_headlines import COLUMNS, headline_of
from newsreader.storage.sources import source_key
from newsreader.values import dataclass

STEP = """
-- the time of each story, in seconds since 1970, for lists of all sources
ALTER TABLE stories ADD COLUMN at INTEGER NOT NULL DEFAULT 0;
UPDATE stories SET at = ifnull(CAST(strftime('%s', published) AS INTEGER), ifnull((
    SELECT CAST(strftime('%s', min(first_seen)) AS INTEGER) FROM source_stories WHERE story = stories.id), 0));
CREATE INDEX stories_by_time ON stories (at);
CREATE INDEX stories_by_read_and_time ON stories (read, at);
"""
_STORY = ", ".join(f"s.{name}" for name in COLUMNS.split(", "))


@dataclass(frozen=True, slots=True)
class RiverStory:
    """A story of the river.

    Attributes:
        sources: The keys (`storage.sources.source_key`) of the sources that show it.
    """

    headline: Headline
    at: int
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RiverPage:
    """Some stories in a row; `end` is where the next ones begin, None after the last."""

    stories: tuple[RiverStory, ...]
    end: RiverPosition | None


class RiverTable:
    """Reads the stories of sources by time."""

    def __init__(self, file: CacheAccess) -> None:
        self._file = file

    def page(
        self,
        urls: Iterable[str],
        order: Order,
        *,
        after: RiverPosition | None = None,
        limit: int = 300,
        unread_only: bool = False,
    ) -> RiverPage:
        """Return the next stories of the sources at these addresses, in an order by time."""
        keys = [source_key(url) for url in urls]
        read = partial(_page, keys=keys, order=order, after=after, limit=limit, unread_only=unread_only)
        return self._file.read(read)

    def newest_of(self, url: str, limit: int, *, unread_only: bool = False) -> tuple[RiverStory, ...]:
        """Return the newest stories of one source."""
        return self._file.read(lambda connection: _newest_of(connection, source_key(url), limit, unread_only))


def moment(published: datetime | None, now: datetime) -> int:
    """Return the time of a story in seconds: a naive time counts as the reader's, and none may be in the future."""
    try:
        return min(int((published or now).timestamp()), int(now.timestamp()))
    except (OverflowError, OSError, ValueError):  # no time that this computer can name
        return int(now.timestamp())


def _page(
    connection: sqlite3.Connection,
    *,
    keys: Sequence[str],
    order: Order,
    after: RiverPosition | None,
    limit: int,
    unread_only: bool,
) -> RiverPage:
    numbers = [
        number
        for (number,) in connection.execute(
            "SELECT id FROM source_checks WHERE source IN (SELECT value FROM json_each(?))", (json_list(keys),)
        )
    ]
    marks = (False, True) if order is Order.UNREAD and not unread_only else (False,) if unread_only else (None,)
    found: list[tuple[int, int, Headline]] = []
    end: RiverPosition | None = None
    for read in marks:
        if after is not None and read is not None and after.read is not read and not unread_only:
            if after.read:  # the unread ones are behind
                continue
            begin = None
        else:
            begin = after
        rows = _rows(connection, numbers, read, begin, limit - len(found), oldest_first=order is Order.OLDEST)
        found += rows
        if len(found) == limit:
            number, at, _ = found[-1]
            end = RiverPosition(bool(read), at, number)
            break
    sources = _sources_of(connection, [number for number, _, _ in found], numbers)
    stories = (RiverStory(headline, at, tuple(sources.get(number, ()))) for number, at, headline in found)
    return RiverPage(tuple(stories), end)


def _rows(
    connection: sqlite3.Connection,
    sources: Sequence[int],
    read: bool | None,
    after: RiverPosition | None,
    limit: int,
    *,
    oldest_first: bool,
) -> list[tuple[int, int, Headline]]:
    sign, direction = (">", "ASC") if oldest_first else ("<", "DESC")
    conditions = [
        "EXISTS (SELECT 1 FROM source_stories AS p WHERE p.story = s.id AND p.counts = 1"
        " AND +p.source IN (SELECT value FROM json_each(?)))"  # +: a story has few sources, and there are many
    ]
    values: list[object] = [json.dumps(list(sources))]
    if read is not None:
        conditions.append("s.read = ?")
        values.append(read)
    if after is not None:
        conditions.append(f"(s.at, s.id) {sign} (?, ?)")
        values += [after.at, after.story]
    rows = connection.execute(
        f"SELECT s.id, s.at, {_STORY} FROM stories AS s WHERE {' AND '.join(conditions)}"  # noqa: S608
        f" ORDER BY s.at {direction}, s.id {direction} LIMIT ?",
        (*values, limit),
    )
    return [(number, at, headline_of(*columns)) for number, at, *columns in rows]


def _newest_of(connection: sqlite3.Connection, key: str, limit: int, unread_only: bool) -> tuple[RiverStory, ...]:
    unread = " AND p.unread = 1" if unread_only else ""
    rows = connection.execute(
        f"SELECT s.at, {_STORY} FROM source_stories AS p JOIN stories AS s ON s.id = p.story"  # noqa: S608
        f" WHERE p.source = (SELECT id FROM source_checks WHERE source = ?) AND p.counts = 1{unread}"
        " ORDER BY s.at DESC, s.id DESC LIMIT ?",
        (key, limit),
    )
    return tuple(RiverStory(headline_of(*columns), at, (key,)) for at, *columns in rows)


def _sources_of(connection: sqlite3.Connection, stories: Iterable[int], among: Iterable[int]) -> dict[int, list[str]]:
    """Return the keys of the sources that show each story, the first to show it first."""
    found: dict[int, list[str]] = {}
    rows = connection.execute(
        "SELECT p.story, c.source FROM source_stories AS p JOIN source_checks AS c ON c.id = p.source"
        " WHERE p.counts = 1 AND p.story IN (SELECT value FROM json_each(?))"
        " AND +p.source IN (SELECT value FROM json_each(?)) ORDER BY p.first_seen, p.source",
        (json.dumps(list(stories)), json.dumps(list(among))),
    )
    for story, key in rows:
        found.setdefault(story, []).append(key)
    return found
