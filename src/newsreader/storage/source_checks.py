"""What the sources show, in the cache: their stories, which of them are unread, and how their last check went.

A story appears once, however many sources show it, and has one read mark: a mirror of the library's, so that counting
unread ones needs only one file.
"""

import json
import sqlite3
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from functools import partial
from typing import NamedTuple

from newsreader.jsonform import problem_from_json, problem_to_json
from newsreader.models import Headline, Problem
from newsreader.source_values import SourceState
from newsreader.storage.cache_access import DROPPED_KEPT, GAP_S, CacheAccess
from newsreader.storage.columns import json_list, time_or_none, to_text, without_credentials
from newsreader.storage.river import moment
from newsreader.storage.seen_headlines import (
    COLUMNS,
    READ_AT_ONCE,
    first_places,
    headline_of,
    in_parts,
    keys_of,
    last_seen_first,
    row_of,
)
from newsreader.storage.sources import source_key
from newsreader.urls import story_key

STEP = """
-- what each source shows, and how its last check went
CREATE TABLE source_checks (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL UNIQUE,  -- storage.sources.source_key of its address
    tried_at TEXT NOT NULL,  -- ISO 8601, UTC
    checked_at TEXT,  -- of the last try that went well
    failed_since TEXT,
    problem TEXT,  -- JSON
    retry_at TEXT,
    shown INTEGER NOT NULL DEFAULT 0,  -- how many of its stories count; kept by triggers, as the next one is
    unread INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE stories (
    id INTEGER PRIMARY KEY,
    story TEXT NOT NULL UNIQUE,  -- urls.story_key
    url TEXT NOT NULL,
    title TEXT NOT NULL,
    summary TEXT,
    time_text TEXT,
    published TEXT,  -- ISO 8601; without an offset in the page's local time
    views INTEGER,
    image TEXT,
    read INTEGER NOT NULL  -- as the library has it
) STRICT;
CREATE TABLE source_stories (
    source INTEGER NOT NULL REFERENCES source_checks (id),
    story INTEGER NOT NULL REFERENCES stories (id),
    first_seen TEXT NOT NULL,
    last_seen TEXT NOT NULL,
    place INTEGER NOT NULL,  -- among the source's headlines when last seen
    counts INTEGER NOT NULL,  -- it is shown, or was dropped of late
    unread INTEGER NOT NULL,  -- it counts and is not read
    PRIMARY KEY (source, story)
) STRICT, WITHOUT ROWID;
CREATE INDEX source_stories_by_story ON source_stories (story);
CREATE INDEX source_stories_counted ON source_stories (source, last_seen) WHERE counts = 1;
CREATE INDEX source_stories_unread ON source_stories (source, last_seen) WHERE unread = 1;
CREATE TRIGGER story_read AFTER UPDATE OF read ON stories WHEN new.read <> old.read BEGIN
    UPDATE source_stories SET unread = counts AND NOT new.read WHERE story = new.id;
END;
CREATE TRIGGER source_story_comes AFTER INSERT ON source_stories BEGIN
    UPDATE source_checks SET shown = shown + new.counts, unread = unread + new.unread WHERE id = new.source;
END;
CREATE TRIGGER source_story_changes AFTER UPDATE OF counts, unread ON source_stories
WHEN new.counts <> old.counts OR new.unread <> old.unread BEGIN
    UPDATE source_checks SET shown = shown + new.counts - old.counts, unread = unread + new.unread - old.unread
    WHERE id = new.source;
END;
CREATE TRIGGER source_story_goes AFTER DELETE ON source_stories BEGIN
    UPDATE source_checks SET shown = shown - old.counts, unread = unread - old.unread WHERE id = old.source;
END;
"""
FEED_STEP = """
-- how long a feed says that it may be kept before it is asked for again
ALTER TABLE source_checks ADD COLUMN feed_minutes INTEGER;
"""
_SET = ", ".join(f"{name} = excluded.{name}" for name in COLUMNS.split(", "))
_PUT_STORY = (
    f"INSERT INTO stories (story, read, at, {COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608
    f" ON CONFLICT (story) DO UPDATE SET {_SET},"
    " at = CASE WHEN excluded.published IS NULL OR excluded.at > stories.at AND stories.published IS excluded.published"
    " THEN stories.at ELSE excluded.at END, read = excluded.read"
)
_PUT_STORY_UNREAD_IF_NEW = _PUT_STORY.removesuffix(", read = excluded.read")
_PUT_PLACE = (
    "INSERT INTO source_stories (source, story, first_seen, last_seen, place, counts, unread)"
    " SELECT ?, id, ?, ?, ?, 1, NOT read FROM stories WHERE story = ?"
    " ON CONFLICT (source, story) DO UPDATE SET last_seen = excluded.last_seen, place = excluded.place, counts = 1,"
    " unread = excluded.unread"
)
_MARKED_AT_ONCE = 1000


class SourceCheckTable:
    """Keeps what each source that is followed shows, what of it is unread, and how its last check went."""

    def __init__(self, file: CacheAccess) -> None:
        self._file = file

    def record(
        self,
        url: str,
        headlines: Sequence[Headline],
        read: Iterable[str] | None,
        at: datetime,
        feed_minutes: int | None = None,
    ) -> None:
        """Record what a source shows now; `read` are the stories that the library has marked.

        Without it the marks stay as they are. `feed_minutes` is how long a feed says that it may be cached.

        Raises:
            StoreError: it cannot be written.
        """
        keys = keys_of(headlines)
        *earlier, last = list(in_parts(first_places(keys).items())) or [[]]
        marked = frozenset(read) if read is not None else None

        def work(connection: sqlite3.Connection, part: Iterable[tuple[str, int]], *, is_last: bool = False) -> int:
            number = note_check(connection, url, at, feed_minutes) if is_last else begin_check(connection, url, at)
            note_stories(connection, number, [(key, place, headlines[place]) for key, place in part], marked, at)
            return number

        for part in earlier:
            self._file.write(partial(work, part=part))
            time.sleep(GAP_S)
        number = self._file.write(partial(work, part=last, is_last=True))
        dropped = self._file.read_in_parts(partial(counted_before, number=number, at=at))
        gone = [each.story for each in last_seen_first(dropped)[DROPPED_KEPT:]]
        self._file.write_in_parts(gone, partial(count_no_more, number=number))

    def record_failure(self, url: str, problem: Problem, at: datetime, retry_at: datetime | None) -> None:
        """Note that a source could not be fetched; what it showed before stays.

        Raises:
            StoreError: it cannot be written.
        """
        self._file.write(lambda connection: note_failure(connection, url, problem, at, retry_at))

    def states(self) -> dict[str, SourceState]:
        """Return what is known of every source that was ever checked, by `storage.sources.source_key`."""
        return self._file.read(states)

    def unread(self, url: str, limit: int) -> tuple[tuple[Headline, datetime | None], ...]:
        """Return the unread headlines of a source, the newest first, with the time when each was first seen."""
        return self._file.read(lambda connection: unread_stories(connection, url, limit))

    def unread_urls(self, urls: Iterable[str], *, until: datetime | None = None) -> tuple[str, ...]:
        """Return the addresses of everything unread in some sources at a time, each once."""
        keys = [source_key(url) for url in urls]
        return self._file.read(lambda connection: unread_urls(connection, keys, until))

    def last_shown(self, url: str) -> tuple[Headline, ...]:
        """Return the headlines that a source showed when it last showed any, in their order there."""
        return self._file.read(lambda connection: last_shown(connection, url))

    def headline_of(self, url: str) -> Headline | None:
        """Return the headline of a story in a followed source, now or earlier; None if there is none."""
        story = story_key(without_credentials(url))
        return self._file.read(lambda connection: headline_of_story(connection, story))

    def mark(self, urls: Iterable[str], read: bool) -> None:
        """Mark stories as the library has them, whichever of their addresses is given.

        Raises:
            StoreError: it cannot be written.
        """
        stories = {story_key(without_credentials(url)) for url in urls}
        self._file.write(lambda connection: mark(connection, stories, read))

    def mark_as(self, read_among: Callable[[Iterable[str]], Iterable[str]]) -> None:
        """Mark every story as the library has it now: it may have been restored, or this file recreated.

        Raises:
            StoreError: it cannot be written.
        """
        known = self._file.read(known_stories)
        read = frozenset(read_among(known))
        for is_read in (True, False):
            differing = [story for story, was in known.items() if was is not is_read and (story in read) is is_read]
            for start in range(0, len(differing), _MARKED_AT_ONCE):
                some = differing[start : start + _MARKED_AT_ONCE]
                self._file.write(lambda connection, some=some, to=is_read: mark(connection, some, to))  # type: ignore[misc]


class Counted(NamedTuple):
    """A story that counts for a source: its number, and where and when the source last showed it."""

    story: int
    last_seen: str
    place: int


def begin_check(connection: sqlite3.Connection, url: str, at: datetime) -> int:
    """Note that a source is being checked, and return its number; how that went is noted when all is known."""
    row = (source_key(url), to_text(at))
    connection.execute("INSERT OR IGNORE INTO source_checks (source, tried_at) VALUES (?, ?)", row)
    ((number,),) = connection.execute("SELECT id FROM source_checks WHERE source = ?", row[:1]).fetchall()
    return int(number)


def note_check(connection: sqlite3.Connection, url: str, at: datetime, feed_minutes: int | None) -> int:
    """Note that a source was fetched from its site; return its number."""
    ((number,),) = connection.execute(
        "INSERT INTO source_checks (source, tried_at, checked_at, feed_minutes) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (source) DO UPDATE SET tried_at = excluded.tried_at, checked_at = excluded.checked_at,"
        " feed_minutes = excluded.feed_minutes, failed_since = NULL, problem = NULL, retry_at = NULL RETURNING id",
        (source_key(url), to_text(at), to_text(at), feed_minutes),
    ).fetchall()
    return int(number)


def note_failure(
    connection: sqlite3.Connection, url: str, problem: Problem, at: datetime, retry_at: datetime | None
) -> None:
    """Note that a source could not be fetched; since when it fails stays as it was."""
    why = json.dumps(problem_to_json(problem), ensure_ascii=False)
    connection.execute(
        "INSERT INTO source_checks (source, tried_at, failed_since, problem, retry_at) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (source) DO UPDATE SET tried_at = excluded.tried_at,"
        " failed_since = ifnull(failed_since, excluded.failed_since), problem = excluded.problem,"
        " retry_at = excluded.retry_at",
        (source_key(url), to_text(at), to_text(at), why, to_text(retry_at) if retry_at else None),
    )


def note_stories(
    connection: sqlite3.Connection,
    number: int,
    shown: Sequence[tuple[str, int, Headline]],
    read: AbstractSet[str] | None,
    at: datetime,
) -> None:
    """Record some of the stories that a source shows now, with their positions; without `read`, marks stay."""
    now = to_text(at)
    put = _PUT_STORY if read is not None else _PUT_STORY_UNREAD_IF_NEW
    rows = [
        (key, read is not None and key in read, moment(headline.published, at), *row_of(headline))
        for key, _, headline in shown
    ]
    connection.executemany(put, rows)
    connection.executemany(_PUT_PLACE, [(number, now, now, place, key) for key, place, _ in shown])


def counted_before(connection: sqlite3.Connection, last: Counted | None, *, number: int, at: datetime) -> list[Counted]:
    """Return some of the stories that count for a source and were shown only before a time: those that follow one."""
    rows = connection.execute(
        "SELECT story, last_seen, place FROM source_stories WHERE source = ? AND story > ? AND counts = 1"
        " AND last_seen < ? ORDER BY story LIMIT ?",
        (number, last.story if last else 0, to_text(at), READ_AT_ONCE),
    )
    return [Counted(*row) for row in rows]


def count_no_more(connection: sqlite3.Connection, stories: Iterable[int], *, number: int) -> None:
    """Stop counting some stories for a source."""
    connection.execute(
        "UPDATE source_stories SET counts = 0, unread = 0"
        " WHERE source = ? AND story IN (SELECT value FROM json_each(?)) AND counts = 1",
        (number, json.dumps(list(stories))),
    )


def states(connection: sqlite3.Connection) -> dict[str, SourceState]:
    """Return what is known of each source, by its key."""
    rows = connection.execute(
        "SELECT source, unread, shown, tried_at, checked_at, failed_since, problem, retry_at, feed_minutes"
        " FROM source_checks"
    )
    return {key: _state(*row) for key, *row in rows}


def unread_stories(
    connection: sqlite3.Connection, url: str, limit: int
) -> tuple[tuple[Headline, datetime | None], ...]:
    """Return what is unread in a source, the last shown first, with the time when each was first seen there."""
    rows = connection.execute(
        f"SELECT first_seen, {', '.join(f's.{name}' for name in COLUMNS.split(', '))}"  # noqa: S608
        " FROM (SELECT story, first_seen, last_seen, place FROM source_stories"
        " WHERE source = (SELECT id FROM source_checks WHERE source = ?) AND unread = 1"
        " ORDER BY last_seen DESC, place LIMIT ?) AS p"
        " JOIN stories AS s ON s.id = p.story ORDER BY p.last_seen DESC, p.place",
        (source_key(url), limit),
    )
    return tuple((headline_of(*row[1:]), time_or_none(row[0])) for row in rows)


def unread_urls(connection: sqlite3.Connection, keys: Iterable[str], until: datetime | None) -> tuple[str, ...]:
    """Return the addresses of unread stories in the sources with these keys, seen there by a time."""
    rows = connection.execute(
        "SELECT DISTINCT s.url FROM source_checks AS c"
        " JOIN source_stories AS p ON p.source = c.id AND p.unread = 1 JOIN stories AS s ON s.id = p.story"
        " WHERE c.source IN (SELECT value FROM json_each(?1)) AND (?2 IS NULL OR p.first_seen <= ?2)",
        (json_list(keys), to_text(until) if until is not None else None),
    )
    return tuple(url for (url,) in rows)


def last_shown(connection: sqlite3.Connection, url: str) -> tuple[Headline, ...]:
    """Return what a source showed when it last showed anything, in its order."""
    rows = connection.execute(
        f"SELECT {', '.join(f's.{name}' for name in COLUMNS.split(', '))}"  # noqa: S608
        " FROM source_stories AS p JOIN stories AS s ON s.id = p.story"
        " WHERE p.source = (SELECT id FROM source_checks WHERE source = ?1) AND p.counts = 1 AND p.last_seen ="
        " (SELECT max(last_seen) FROM source_stories WHERE counts = 1"
        " AND source = (SELECT id FROM source_checks WHERE source = ?1)) ORDER BY p.place",
        (source_key(url),),
    )
    return tuple(headline_of(*row) for row in rows)


def headline_of_story(connection: sqlite3.Connection, story: str) -> Headline | None:
    """Return a story as the source that showed it last has it."""
    row = connection.execute(f"SELECT {COLUMNS} FROM stories WHERE story = ?", (story,)).fetchone()  # noqa: S608
    return headline_of(*row) if row else None


def known_stories(connection: sqlite3.Connection) -> Mapping[str, bool]:
    """Return every story, and whether it is marked read here."""
    return {story: bool(read) for story, read in connection.execute("SELECT story, read FROM stories")}


def mark(connection: sqlite3.Connection, stories: Iterable[str], read: bool) -> None:
    """Mark stories as the library has them."""
    connection.execute(
        "UPDATE stories SET read = ? WHERE story IN (SELECT value FROM json_each(?)) AND read <> ?",
        (read, json_list(stories), read),
    )


def forget(connection: sqlite3.Connection, limit: str, batch: int) -> int:
    """Forget some of the stories that no source has shown since that time; return how many."""
    gone = connection.execute(
        "DELETE FROM source_stories WHERE (source, story) IN"
        " (SELECT source, story FROM source_stories WHERE last_seen < ? LIMIT ?) RETURNING story",
        (limit, batch),
    ).fetchall()
    connection.execute(
        "DELETE FROM stories WHERE id IN (SELECT value FROM json_each(?))"
        " AND NOT EXISTS (SELECT 1 FROM source_stories WHERE story = stories.id)",
        (json.dumps([story for (story,) in gone]),),
    )
    return len(gone)


def _state(
    unread: int,
    count: int,
    tried_at: str | None,
    checked_at: str | None,
    failed_since: str | None,
    problem: str | None,
    retry_at: str | None,
    feed_minutes: int | None,
) -> SourceState:
    times = (time_or_none(tried_at), time_or_none(checked_at), time_or_none(failed_since))
    return SourceState(unread, count, *times, _problem(problem), time_or_none(retry_at), feed_minutes)


def _problem(kept: str | None) -> Problem | None:
    try:
        return problem_from_json(json.loads(kept)) if kept else None
    except (ValueError, KeyError, TypeError):
        return None
