"""The highlights of articles and the notes on them, in the library: every change can be undone, nothing is pruned."""

import sqlite3
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from newsreader.library_values import Highlight, HighlightColour, TextAnchor
from newsreader.storage import tagging
from newsreader.storage.columns import json_list, time_or_none, to_text, without_credentials
from newsreader.storage.database import Database
from newsreader.storage.journal_highlights import HIGHLIGHTS
from newsreader.storage.journal_tables import triggers
from newsreader.storage.undo_log import UndoLog
from newsreader.text import clean, line
from newsreader.urls import story_key

STEP = """
-- words of articles that the reader marked, and notes on them; the id is random, the same on all devices
CREATE TABLE highlights (
    id TEXT PRIMARY KEY,  -- a UUID
    story TEXT NOT NULL,  -- urls.story_key
    url TEXT NOT NULL,
    title TEXT NOT NULL,  -- of the article
    exact TEXT NOT NULL,  -- TextQuoteSelector of the W3C Web Annotation Data Model
    prefix TEXT NOT NULL,
    suffix TEXT NOT NULL,
    first INTEGER NOT NULL,  -- TextPositionSelector: start and end
    last INTEGER NOT NULL,
    colour TEXT NOT NULL,
    note TEXT NOT NULL,  -- empty if there is none
    created_at TEXT NOT NULL,  -- ISO 8601, UTC
    changed_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX highlights_by_story ON highlights (story);
CREATE INDEX highlights_by_time ON highlights (created_at);
""" + triggers(HIGHLIGHTS)
_COLUMNS = "id, story, url, title, exact, prefix, suffix, first, last, colour, note, created_at, changed_at"
_INSERT = f"INSERT OR REPLACE INTO highlights ({_COLUMNS}) VALUES ({', '.join('?' * 13)})"  # noqa: S608
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)  # means a time that is unreadable
_LONGEST_NOTE = 100_000


class HighlightTable:
    """Keeps the highlights of every article.

    Methods raise `StoreError` if the library cannot be read or written, unless they say otherwise.
    """

    def __init__(self, database: Database, undo_log: UndoLog, now: Callable[[], datetime]) -> None:
        self._database = database
        self._undo_log = undo_log
        self._now = now
        undo_log.register("highlight", lambda connection, detail, _: _delete(connection, detail["id"]))
        undo_log.register("change-highlight", _put_back)
        undo_log.register("remove-highlight", _put_back)

    def add(
        self, url: str, title: str, anchor: TextAnchor, colour: HighlightColour = HighlightColour.YELLOW, note: str = ""
    ) -> Highlight:
        """Store a highlight; words that are already highlighted keep their highlight, in the new colour."""
        now, address = self._now(), without_credentials(url)
        added = Highlight(str(uuid.uuid4()), address, line(title), anchor, now, now, colour, note_text(note))

        def work(connection: sqlite3.Connection) -> Highlight:
            same = next((each for each in _of_story(connection, address) if each.anchor == anchor), None)
            if same is not None:
                return self._replace(connection, same, replace(same, colour=colour, note=added.note or same.note))
            connection.execute(_INSERT, _row(added))
            self._undo_log.note(connection, "highlight", {"id": added.id, "url": address, "title": added.title})
            return added

        return self._database.write(work)

    def change(
        self, number: str, *, colour: HighlightColour | None = None, note: str | None = None
    ) -> Highlight | None:
        """Change the colour or the note of a highlight; None if it is no longer there."""

        def work(connection: sqlite3.Connection) -> Highlight | None:
            before = _with_id(connection, number)
            if before is None:
                return None
            words = note_text(note) if note is not None else before.note
            return self._replace(connection, before, replace(before, colour=colour or before.colour, note=words))

        return self._database.write(work)

    def _replace(self, connection: sqlite3.Connection, before: Highlight, after: Highlight) -> Highlight:
        if after == before:
            return before
        after = replace(after, changed_at=self._now())
        connection.execute(_INSERT, _row(after))
        detail = {"row": _row(before), "url": before.url, "title": before.title}
        self._undo_log.note(connection, "change-highlight", detail)
        return after

    def remove(self, number: str) -> Highlight | None:
        """Remove a highlight with its note, and return it; None if it is no longer there."""

        def work(connection: sqlite3.Connection) -> Highlight | None:
            before = _with_id(connection, number)
            if before is not None:
                _delete(connection, number)
                detail = {"row": _row(before), "url": before.url, "title": before.title}
                self._undo_log.note(connection, "remove-highlight", detail)
            return before

        return self._database.write(work)

    def of(self, url: str) -> tuple[Highlight, ...]:
        """Return the highlights of an article, whichever of its addresses is asked for, in the order of its text."""
        address = without_credentials(url)
        return tuple(self._database.read(lambda connection: _of_story(connection, address)))

    def all(self) -> tuple[Highlight, ...]:
        """Return all of them: the article first that was highlighted last, the highlights in the order of the text."""
        query = (
            f"SELECT {_COLUMNS} FROM highlights JOIN"  # noqa: S608
            " (SELECT story AS of_story, max(created_at) AS latest FROM highlights GROUP BY story)"
            " ON of_story = story ORDER BY latest DESC, story, first, last, created_at, id"
        )
        return tuple(self._database.read(lambda connection: [_highlight(*row) for row in connection.execute(query)]))

    def count(self) -> int:
        """Return how many there are."""
        rows = self._database.read(lambda connection: connection.execute("SELECT count(*) FROM highlights").fetchall())
        return int(rows[0][0])

    def versions(self) -> dict[str, str]:
        """Return for each story with highlights a text that changes whenever one of them does."""
        query = "SELECT story, group_concat(id || changed_at || length(note), ' ') FROM highlights"
        return dict(self._database.read(lambda connection: connection.execute(f"{query} GROUP BY story").fetchall()))

    def of_story(self, story: str) -> tuple[Highlight, ...]:
        """Return the highlights that are kept under a story's key."""
        query = f"SELECT {_COLUMNS} FROM highlights WHERE story = ? ORDER BY first, last"  # noqa: S608
        rows = self._database.read(lambda connection: connection.execute(query, (story,)).fetchall())
        return tuple(_highlight(*row) for row in rows)


def insert_missing(connection: sqlite3.Connection, highlights: Iterable[Highlight]) -> list[str]:
    """Store the highlights of one story whose words are not highlighted yet, and return their ids."""
    added: list[str] = []
    known: set[str] | None = None
    for each in highlights:
        if known is None:
            known = {kept.anchor.exact for kept in _of_story(connection, each.url)}
        if each.anchor.exact not in known:
            known.add(each.anchor.exact)
            connection.execute(_INSERT, _row(each))
            added.append(each.id)
    return added


def delete_all(connection: sqlite3.Connection, numbers: Iterable[str]) -> None:
    """Remove highlights by their ids, without a note in the undo log."""
    for number in numbers:
        _delete(connection, number)


def note_text(text: str) -> str:
    """Return a note as it is stored: cleaned, without spaces around it."""
    return clean(text[:_LONGEST_NOTE]).strip()


def _of_story(connection: sqlite3.Connection, url: str) -> list[Highlight]:
    story = story_key(url)
    stories = tagging.same_story(connection, [story]).get(story, frozenset({story})) | {story}
    query = (
        f"SELECT {_COLUMNS} FROM highlights WHERE story IN (SELECT value FROM json_each(?))"  # noqa: S608
        " ORDER BY first, last, created_at, id"
    )
    return [_highlight(*row) for row in connection.execute(query, (json_list(stories),))]


def _with_id(connection: sqlite3.Connection, number: str) -> Highlight | None:
    row = connection.execute(f"SELECT {_COLUMNS} FROM highlights WHERE id = ?", (number,)).fetchone()  # noqa: S608
    return _highlight(*row) if row is not None else None


def _delete(connection: sqlite3.Connection, number: str) -> None:
    connection.execute("DELETE FROM highlights WHERE id = ?", (number,))


def _put_back(connection: sqlite3.Connection, detail: Mapping[str, Any], _: str) -> None:
    connection.execute(_INSERT, detail["row"])


def _row(highlight: Highlight) -> list[Any]:
    anchor = highlight.anchor
    return [
        highlight.id, story_key(highlight.url), highlight.url, highlight.title, anchor.exact, anchor.prefix,
        anchor.suffix, anchor.start, anchor.end, highlight.colour.value, highlight.note,
        to_text(highlight.created_at), to_text(highlight.changed_at),
    ]  # fmt: skip


def _highlight(
    number: str, _story: str, url: str, title: str, exact: str, prefix: str, suffix: str, first: int, last: int,
    colour: str, note: str, created_at: str, changed_at: str,
) -> Highlight:  # fmt: skip
    known = colour if colour in set(HighlightColour) else HighlightColour.YELLOW  # a newer version may have others
    created = time_or_none(created_at) or _LONG_AGO
    anchor = TextAnchor(exact, prefix, suffix, first, last)
    changed = time_or_none(changed_at) or created
    return Highlight(number, url, title, anchor, created, changed, HighlightColour(known), note)
