"""What the reader means to read later, in the library: a queue that an article leaves when it is read."""

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from newsreader.storage.columns import json_list, time_or_none, to_text, without_credentials
from newsreader.storage.database import Database
from newsreader.storage.undo_log import UndoLog
from newsreader.text import line
from newsreader.urls import story_key

STEP = """
-- what is to be read later: it leaves when it is read; and what was opened, each story once
CREATE TABLE later (
    story TEXT PRIMARY KEY,  -- urls.story_key
    url TEXT NOT NULL,
    title TEXT NOT NULL,
    added_at TEXT NOT NULL  -- ISO 8601, UTC
) STRICT, WITHOUT ROWID;
CREATE TABLE opened (
    story TEXT PRIMARY KEY,
    url TEXT NOT NULL,
    title TEXT NOT NULL,
    opened_at TEXT NOT NULL  -- the last time
) STRICT, WITHOUT ROWID;
CREATE INDEX opened_by_time ON opened (opened_at);
-- whether a story is read only in that it was opened: it may still be in progress
ALTER TABLE read_marks ADD COLUMN opened INTEGER NOT NULL DEFAULT 0;
"""
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)  # means a time that is unreadable


@dataclass(frozen=True, slots=True)
class LaterArticle:
    """An article that is to be read later."""

    url: str
    title: str
    added_at: datetime


class LaterTable:
    """Keeps the queue of what is to be read later; each change can be undone.

    Methods raise `StoreError` if the library cannot be read or written, unless they say otherwise.
    """

    def __init__(self, database: Database, undo_log: UndoLog, now: Callable[[], datetime]) -> None:
        self._database = database
        self._undo_log = undo_log
        self._now = now
        undo_log.register("later", _undo_add)
        undo_log.register("not-later", lambda connection, detail, _: put_back(connection, detail["later"]))

    def add(self, articles: Iterable[tuple[str, str]]) -> int:
        """Add articles, given with their addresses and titles, as one change; return how many were not there."""
        now = to_text(self._now())
        rows = {
            story_key(address): (story_key(address), address, line(title), now)
            for address, title in ((without_credentials(url), title) for url, title in articles)
        }

        def work(connection: sqlite3.Connection) -> int:
            known = _stories_in(connection, rows)
            added = {story: row for story, row in rows.items() if story not in known}
            connection.executemany("INSERT INTO later VALUES (?, ?, ?, ?)", added.values())
            if added:
                stories = {story: row[1] for story, row in added.items()}
                detail = {"stories": stories, "title": next(iter(added.values()))[2]}
                self._undo_log.note(connection, "later", detail)
            return len(added)

        return self._database.write(work)

    def remove(self, urls: Iterable[str]) -> int:
        """Remove articles, as one change; return how many were there."""
        stories = {story_key(address): address for address in map(without_credentials, urls)}

        def work(connection: sqlite3.Connection) -> int:
            rows = take_out(connection, stories)
            if rows:
                gone = {story: url for story, url, *_ in rows}
                self._undo_log.note(connection, "not-later", {"stories": gone, "later": rows, "title": rows[0][2]})
            return len(rows)

        return self._database.write(work)

    def all(self) -> tuple[LaterArticle, ...]:
        """Return what is to be read later, the last added first."""
        rows = self._database.read(
            lambda connection: connection.execute(
                "SELECT url, title, added_at FROM later ORDER BY added_at DESC, url"
            ).fetchall()
        )
        return tuple(LaterArticle(url, title, time_or_none(at) or _LONG_AGO) for url, title, at in rows)

    def count(self) -> int:
        """Return how many articles there are."""
        rows = self._database.read(lambda connection: connection.execute("SELECT count(*) FROM later").fetchall())
        return int(rows[0][0])


def take_out(connection: sqlite3.Connection, stories: Iterable[str]) -> list[list[str]]:
    """Remove stories from the queue; return their rows, with which `put_back` undoes it."""
    rows = connection.execute(
        "DELETE FROM later WHERE story IN (SELECT value FROM json_each(?)) RETURNING story, url, title, added_at",
        (json_list(stories),),
    ).fetchall()
    return [list(row) for row in rows]


def put_back(connection: sqlite3.Connection, rows: Iterable[Sequence[str]]) -> None:
    """Put stories into the queue again, as `take_out` returned them."""
    connection.executemany("INSERT OR IGNORE INTO later VALUES (?, ?, ?, ?)", rows)


def _stories_in(connection: sqlite3.Connection, stories: Iterable[str]) -> frozenset[str]:
    query = "SELECT story FROM later WHERE story IN (SELECT value FROM json_each(?))"
    return frozenset(story for (story,) in connection.execute(query, (json_list(stories),)))


def _undo_add(connection: sqlite3.Connection, detail: Mapping[str, Any], _: str) -> None:
    take_out(connection, detail["stories"])
