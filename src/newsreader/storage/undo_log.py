"""What can be undone in the library, and how."""

import json
import os
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from newsreader.library_values import Change
from newsreader.one_change import current_change
from newsreader.storage.article_parts import UNREADABLE
from newsreader.storage.columns import from_text, json_list, to_text
from newsreader.storage.database import Database
from newsreader.storage.errors import DamagedStoreError

SEVERAL = "several"
"""The action of a change whose parts are of several kinds."""
_MARKS = {"read": False, "unread": True}  # whether a story is read when such a change was undone
Undo = Callable[[sqlite3.Connection, Mapping[str, Any], str], None]  # with what `note` was given, and the time now


class UndoLog:
    """Keeps what was done, and undoes the last of it; every part of the library registers how its changes are undone.

    Attributes:
        session: Names this run of the program, whose changes are undone first.
    """

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now
        self._undoers: dict[str, Undo] = {}
        self._exchanged: list[str] = []
        self._before = database.read(_last_number)
        self.session = os.urandom(8).hex()

    def register(self, action: str, undo: Undo, *, is_exchanged: bool = False) -> None:
        """Register how changes recorded as this action are undone.

        Args:
            action: The name under which they are recorded.
            undo: Undoes one of them.
            is_exchanged: They come from the reader's other devices: whichever program fetched them, any may undo them.
        """
        self._undoers[action] = undo
        if is_exchanged:
            self._exchanged.append(action)

    def note(
        self,
        connection: sqlite3.Connection,
        action: str,
        detail: Mapping[str, Any],
        *,
        undoable: bool = True,
        session: str | None = None,
    ) -> None:
        """Record, in the transaction of a change, what undoing it needs; as this run's, unless another is named."""
        if undoable:
            whole = current_change()
            noted = detail if whole is None else {**detail, "change": whole}
            row = (session or self.session, to_text(self._now()), action, json.dumps(noted))
            connection.execute("INSERT INTO changes (session, changed_at, action, detail) VALUES (?, ?, ?, ?)", row)

    def note_outside(self, action: str, detail: Mapping[str, Any]) -> None:
        """Record a change outside the library; whoever made it undoes it when `undo` returns it.

        Raises:
            StoreError: the library cannot be written.
        """
        self._database.write(lambda connection: self.note(connection, action, detail))

    def undo(self) -> Change | None:
        """Undo the last change that this run of the program made, else the last from before it; None if none is left.

        What other programs have done since this one began is theirs: a reader who presses a key here once too often
        does not mean that. A change of several parts (`one_change`) is undone whole, its last part first.

        Raises:
            StoreError: the library cannot be written.
        """

        def work(connection: sqlite3.Connection) -> Change | None:
            row = self._last(connection)
            if row is None:
                return None
            parts = _parts_of(connection, row)
            for _, action, detail, _ in parts:
                undo = self._undoers.get(action)
                if undo is not None:  # else a newer version of the program made it
                    undo(connection, json.loads(detail), to_text(self._now()))
            numbers = json_list(number for number, *_ in parts)
            connection.execute(
                "UPDATE changes SET undone_at = ? WHERE id IN (SELECT value FROM json_each(?))",
                (to_text(self._now()), numbers),
            )
            return _change_of(parts)

        try:
            return self._database.write(work)
        except UNREADABLE as error:
            raise DamagedStoreError(self._database.path) from error

    def earlier(self) -> Change | None:
        """Return what `undo` would undo now, if that was done before this run of the program began; else None.

        Raises:
            StoreError: the library cannot be read.
        """

        def work(connection: sqlite3.Connection) -> Change | None:
            row = self._last(connection)
            is_earlier = row is not None and row[0] <= self._before
            return _change_of(_parts_of(connection, row)) if row is not None and is_earlier else None

        return self._database.read(work)

    def _last(self, connection: sqlite3.Connection) -> tuple[Any, ...] | None:
        exchanged = json_list(self._exchanged)
        return _last_change(connection, "session = ?", self.session) or _last_change(
            connection, "(id <= ? OR action IN (SELECT value FROM json_each(?)))", self._before, exchanged
        )


def _parts_of(connection: sqlite3.Connection, row: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    """Return the rows of the change that a row is a part of, the last first."""
    whole = json.loads(row[2]).get("change")
    if whole is None:
        return [row]
    return connection.execute(
        "SELECT id, action, detail, changed_at FROM changes WHERE undone_at IS NULL"
        " AND session = (SELECT session FROM changes WHERE id = ?) AND json_extract(detail, '$.change') = ?"
        " ORDER BY id DESC",
        (row[0], whole),
    ).fetchall()


def _change_of(parts: Sequence[tuple[Any, ...]]) -> Change:
    """Return what was undone, given as its rows, the last first."""
    urls: dict[str, None] = {}
    marks: dict[str, bool] = {}
    for _, action, detail, _ in parts:
        known = json.loads(detail)
        of_part = known["stories"].values() if "stories" in known else (known["url"],)
        urls = dict.fromkeys(of_part) | urls
        if action in _MARKS:
            marks |= dict.fromkeys(of_part, _MARKS[action])
        marks |= known.get("marks", {})
    _, action, detail, changed_at = parts[-1]
    if len({part[1] for part in parts}) > 1:
        action = SEVERAL
    title = json.loads(detail).get("title") if len(parts) == 1 else None
    return Change(action, tuple(urls), title, from_text(changed_at), len(parts), tuple(marks.items()))


def _last_number(connection: sqlite3.Connection) -> int:
    number: int = connection.execute("SELECT coalesce(max(id), 0) FROM changes").fetchone()[0]
    return number


def _last_change(connection: sqlite3.Connection, condition: str, *values: str | int) -> tuple[Any, ...] | None:
    row: tuple[Any, ...] | None = connection.execute(
        f"SELECT id, action, detail, changed_at FROM changes WHERE undone_at IS NULL AND {condition}"  # noqa: S608
        " ORDER BY id DESC LIMIT 1",
        values,
    ).fetchone()
    return row
