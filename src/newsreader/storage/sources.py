"""The sources in the library: pages, feeds and searches that the reader follows, in groups, in an order."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from newsreader.jsonform import source_settings_from_json, source_settings_to_json
from newsreader.source_values import Source, SourceKind, SourceSettings
from newsreader.storage.columns import time_or_none, to_text, without_credentials
from newsreader.storage.database import Database
from newsreader.storage.undo_log import UndoLog
from newsreader.text import line
from newsreader.urls import story_key

STEP = """
-- what the reader follows
CREATE TABLE sources (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    story TEXT NOT NULL,  -- urls.story_key: one address is followed once
    url TEXT NOT NULL,
    title TEXT NOT NULL,
    kind TEXT NOT NULL,  -- models.SourceKind
    folder TEXT NOT NULL,  -- the group; empty for none
    position INTEGER NOT NULL,
    settings TEXT NOT NULL,  -- JSON: what is not as by default
    added_at TEXT NOT NULL,  -- ISO 8601, UTC
    removed_at TEXT  -- kept a while for undo; NULL while the source is followed
) STRICT;
CREATE UNIQUE INDEX sources_story ON sources (story) WHERE removed_at IS NULL;
"""
_COLUMNS = "id, url, title, kind, added_at, folder, position, settings"
_CHANGED = ("story", "url", "title", "kind", "folder", "position", "settings")
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)  # means a time that is unreadable


class SourceTable:
    """Keeps the sources that the reader follows; every change of them can be undone for a week.

    Methods raise `StoreError` if the library cannot be read or written, unless they say otherwise.
    """

    def __init__(self, database: Database, undo_log: UndoLog, now: Callable[[], datetime]) -> None:
        self._database = database
        self._undo_log = undo_log
        self._now = now
        for action in ("add-source", "remove-source", "change-source", "move-source"):
            undo_log.register(action, _undo)

    def all(self) -> tuple[Source, ...]:
        """Return the sources in their order."""
        return self._database.read(listed)

    def add(self, source: Source) -> Source:
        """Keep a source at the end of its group, whatever its number and position; return it as kept.

        One with the same address that is there already stays as it is, and is returned.
        """

        def work(connection: sqlite3.Connection) -> Source:
            known = of_address(connection, source.url)
            if known is not None:
                return known
            number = insert(connection, source)
            was = [{"id": number, "removed_at": to_text(self._now())}]
            detail = {"url": without_credentials(source.url), "title": line(source.title), "rows": was}
            self._undo_log.note(connection, "add-source", detail)
            return of_number(connection, number)

        return self._database.write(work)

    def change(self, changed: Sequence[Source], action: str = "change-source") -> None:
        """Give sources these values, as one change; one that was removed meanwhile is left alone."""
        now = to_text(self._now())
        self._change(lambda c: [row for each in changed for row in change_row(c, each, now)], action)

    def revise(self, revised: Callable[[tuple[Source, ...]], Sequence[Source]], action: str) -> None:
        """Give sources the values that a function makes of all the sources, as they are now, as one change."""
        now = to_text(self._now())
        self._change(lambda c: [row for each in revised(listed(c)) for row in change_row(c, each, now)], action)

    def learn(self, source: Source, learned: Source) -> None:
        """Give a source what its site says about itself, unless its title has changed by now.

        This is not the reader's action, so there is nothing to undo.
        """

        def work(connection: sqlite3.Connection) -> None:
            for each in listed(connection):
                if (each.id, each.url, each.title) == (source.id, source.url, source.title):
                    changed = replace(each, title=learned.title, kind=learned.kind)
                    change_row(connection, changed, to_text(self._now()))

        self._database.write(work)

    def remove(self, removed: Sequence[Source]) -> None:
        """Remove sources, as one change that can be undone for a week."""
        now = to_text(self._now())
        self._change(lambda c: [row for each in removed for row in remove_row(c, each.id, now)], "remove-source")

    def _change(self, change: Callable[[sqlite3.Connection], Sequence[dict[str, Any]]], action: str) -> None:
        def work(connection: sqlite3.Connection) -> None:
            was = change(connection)
            if was:
                first = of_number(connection, was[0]["id"])
                detail = {"url": first.url, "title": first.title, "rows": was}
                self._undo_log.note(connection, action, detail)

        self._database.write(work)


def _undo(connection: sqlite3.Connection, detail: Mapping[str, Any], now: str) -> None:
    for row in detail["rows"]:
        put_back(connection, row, now)


def listed(connection: sqlite3.Connection) -> tuple[Source, ...]:
    """Return the sources in their order."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM sources WHERE removed_at IS NULL ORDER BY position, id")  # noqa: S608
    return tuple(_source(*row) for row in rows)


def of_number(connection: sqlite3.Connection, number: int) -> Source:
    """Return the source of a number, a removed one too."""
    return _source(*connection.execute(f"SELECT {_COLUMNS} FROM sources WHERE id = ?", (number,)).fetchone())  # noqa: S608


def of_address(connection: sqlite3.Connection, url: str) -> Source | None:
    """Return the source of an address."""
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM sources WHERE story = ? AND removed_at IS NULL",  # noqa: S608
        (source_key(url),),
    ).fetchone()
    return _source(*row) if row else None


def insert(connection: sqlite3.Connection, source: Source) -> int:
    """Append a source; return its number."""
    return _insert_at(connection, source, _next_position(connection))


def insert_missing(connection: sqlite3.Connection, wanted: Iterable[Source]) -> list[int]:
    """Append the sources whose addresses are not followed; return their numbers.

    The table is read once, however many they are: a list of 50,000 is imported in seconds.
    """
    known = {key for (key,) in connection.execute("SELECT story FROM sources WHERE removed_at IS NULL")}
    position = _next_position(connection)
    numbers: list[int] = []
    for each in wanted:
        key = source_key(each.url)
        if key not in known:
            known.add(key)
            numbers.append(_insert_at(connection, each, position + len(numbers)))
    return numbers


def _next_position(connection: sqlite3.Connection) -> int:
    (last,) = connection.execute("SELECT max(position) FROM sources WHERE removed_at IS NULL").fetchone()
    return 0 if last is None else int(last) + 1


def _insert_at(connection: sqlite3.Connection, source: Source, position: int) -> int:
    row = _row(source) | {"position": position, "added_at": to_text(source.added_at)}
    columns, values = ", ".join(row), ", ".join(f":{name}" for name in row)
    cursor = connection.execute(f"INSERT INTO sources ({columns}) VALUES ({values})", row)  # noqa: S608
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def change_row(connection: sqlite3.Connection, source: Source, now: str) -> list[dict[str, Any]]:
    """Give a source new values; return the earlier values that differ, in the order in which to restore them.

    Another source with its new address is hidden.
    """
    wanted = _row(source)
    found = connection.execute(
        f"SELECT {', '.join(_CHANGED)} FROM sources WHERE id = ? AND removed_at IS NULL",  # noqa: S608
        (source.id,),
    ).fetchone()
    if found is None:
        return []
    before = {name: was for name, was in zip(_CHANGED, found, strict=True) if was != wanted[name]}
    if not before:
        return []
    other = of_address(connection, source.url) if "story" in before else None
    gone = remove_row(connection, other.id, now) if other is not None else []
    _set(connection, source.id, {name: wanted[name] for name in before})
    return [{"id": source.id, **before}, *gone]


def remove_row(connection: sqlite3.Connection, number: int, now: str) -> list[dict[str, Any]]:
    """Hide a source; return what was there before, nothing if it is hidden already."""
    done = connection.execute(
        "UPDATE sources SET removed_at = ? WHERE id = ? AND removed_at IS NULL RETURNING id", (now, number)
    ).fetchall()
    return [{"id": number, "removed_at": None}] if done else []


def put_back(connection: sqlite3.Connection, before: dict[str, Any], now: str) -> None:
    """Restore the values of a source; hide another one that has its address by now."""
    number, values = before["id"], {name: before[name] for name in (*_CHANGED, "removed_at") if name in before}
    if values.get("removed_at", "") is None or "story" in values:
        connection.execute(
            "UPDATE sources SET removed_at = ? WHERE id <> ? AND removed_at IS NULL"
            " AND story = ifnull(?, (SELECT story FROM sources WHERE id = ?))",
            (now, number, values.get("story"), number),
        )
    _set(connection, number, values)


@lru_cache(maxsize=4096)
def source_key(url: str) -> str:
    """Return the key of a source: the story of its address; for a search, its words."""
    return url if url.startswith("search:") else story_key(without_credentials(url))


def _set(connection: sqlite3.Connection, number: int, values: dict[str, Any]) -> None:
    pairs = ", ".join(f"{name} = :{name}" for name in values)
    connection.execute(f"UPDATE sources SET {pairs} WHERE id = :id", {**values, "id": number})  # noqa: S608


def _row(source: Source) -> dict[str, Any]:
    return {
        "story": source_key(source.url),
        "url": source.url if source.kind is SourceKind.SEARCH else without_credentials(source.url),
        "title": line(source.title),
        "kind": source.kind.value,
        "folder": line(source.group, 80),
        "position": source.position,
        "settings": json.dumps(source_settings_to_json(source.settings), ensure_ascii=False),
    }


@lru_cache(maxsize=2048)  # every page that comes asks for all sources
def _source(
    number: int, url: str, title: str, kind: str, added_at: str, folder: str, position: int, settings: str
) -> Source:
    """Return the source of a row; settings of another version of the program that mean nothing here are left out."""
    known = [each for each in SourceKind if each.value == kind]
    try:
        chosen = source_settings_from_json(json.loads(settings))
    except (ValueError, TypeError, KeyError, AttributeError):
        chosen = SourceSettings()
    added = time_or_none(added_at) or _LONG_AGO
    return Source(number, url, title, known[0] if known else SourceKind.PAGE, added, folder, position, chosen)
