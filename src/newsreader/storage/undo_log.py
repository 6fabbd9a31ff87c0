"""What can be undone of the library, and how."""

import json
import os
import sqlite3
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from newsreader.library_values import Change
from newsreader.storage.article_parts import UNREADABLE
from newsreader.storage.columns import from_text, to_text
from newsreader.storage.database import Database
from newsreader.storage.errors import DamagedStoreError

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
        self.session = os.urandom(8).hex()

    def register(self, action: str, undo: Undo) -> None:
        """Have the changes that are noted as this action undone so."""
        self._undoers[action] = undo

    def note(
        self, connection: sqlite3.Connection, action: str, detail: Mapping[str, Any], *, undoable: bool = True
    ) -> None:
        """Write down, in the transaction of a change, what undoing it needs."""
        if undoable:
            row = (self.session, to_text(self._now()), action, json.dumps(detail))
            connection.execute("INSERT INTO changes (session, changed_at, action, detail) VALUES (?, ?, ?, ?)", row)

    def undo(self) -> Change | None:
        """Undo the last change that this run of the program made, else the last of any; None if there is none left.

        Raises:
            StoreError: the library cannot be written.
        """

        def work(connection: sqlite3.Connection) -> Change | None:
            row = _last_change(connection, "session = ?", self.session) or _last_change(connection, "session <> ?", "")
            if row is None:
                return None
            number, action, detail, changed_at = row[0], row[1], json.loads(row[2]), from_text(row[3])
            now = to_text(self._now())
            undo = self._undoers.get(action)
            if undo is not None:  # else a newer version of the program made it
                undo(connection, detail, now)
            connection.execute("UPDATE changes SET undone_at = ? WHERE id = ?", (now, number))
            urls = tuple(detail["stories"].values()) if "stories" in detail else (detail["url"],)
            return Change(action, urls, detail.get("title"), changed_at)

        try:
            return self._database.write(work)
        except UNREADABLE as error:
            raise DamagedStoreError(self._database.path) from error


def _last_change(connection: sqlite3.Connection, condition: str, session: str) -> tuple[Any, ...] | None:
    row: tuple[Any, ...] | None = connection.execute(
        f"SELECT id, action, detail, changed_at FROM changes WHERE undone_at IS NULL AND {condition}"  # noqa: S608
        " ORDER BY id DESC LIMIT 1",
        (session,),
    ).fetchone()
    return row
