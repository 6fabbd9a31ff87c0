"""What the reader chose in the interface, in the library: JSON values under names."""

import json
import sqlite3
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from newsreader.storage.columns import to_text
from newsreader.storage.database import Database
from newsreader.storage.undo_log import UndoLog


class PreferenceTable:
    """Keeps a JSON value for each key; some of them are objects, whose entries are changed one by one.

    Methods raise `StoreError` if the library cannot be read or written, unless they say otherwise.
    """

    def __init__(self, database: Database, undo_log: UndoLog, now: Callable[[], datetime]) -> None:
        self._database = database
        self._undo_log = undo_log
        self._now = now
        undo_log.register("choice", _undo)

    def get(self, key: str) -> object:
        """Return the JSON value chosen for this key; None if there is none, or it is unreadable."""
        return self._database.read(lambda connection: _value(connection, key))

    def save(self, key: str, value: object) -> None:
        """Remember a JSON value; None forgets it."""
        if value is None:
            self._database.write(lambda connection: connection.execute("DELETE FROM choices WHERE key = ?", (key,)))
            return
        row = (key, json.dumps(value), to_text(self._now()))
        self._database.write(
            lambda connection: connection.execute("INSERT OR REPLACE INTO choices VALUES (?, ?, ?)", row)
        )

    def change(self, key: str, change: Callable[[object], object]) -> object:
        """Replace a JSON value by what `change` makes of the one that is there, None if there is none; return it."""

        def work(connection: sqlite3.Connection) -> object:
            before = _value(connection, key)
            value = change(before)
            if value != before:
                _choose(connection, key, None if value is None else json.dumps(value), to_text(self._now()))
            return value

        return self._database.write(work)

    def change_entry(self, key: str, name: str, value: object, url: str) -> None:
        """Save a JSON value under a name in a preference with several values; it can be undone.

        Args:
            key: Of the preference, an object of such values.
            name: Which of them it is.
            value: None removes it.
            url: The page that it is about.
        """
        self._database.write(lambda connection: self._set_entry(connection, key, name, value, url))

    def update_entry(self, key: str, name: str, update: Callable[[object], object], url: str) -> None:
        """Change the value under a name in a preference, as `change_entry` does, from what is there now.

        Args:
            key: Of the preference, an object of such values.
            name: Which of them it is.
            update: Returns the new value for the one that is there, None if there is none.
            url: The page that it is about.
        """

        def work(connection: sqlite3.Connection) -> None:
            self._set_entry(connection, key, name, update(_entries(connection, key).get(name)), url)

        self._database.write(work)

    def remove_entry(self, key: str, name: str) -> bool:
        """Forget the value under a name in a preference; False if there is none. It can be undone."""

        def work(connection: sqlite3.Connection) -> bool:
            before = _entries(connection, key).get(name)
            if before is None:
                return False
            page = before.get("page") if isinstance(before, dict) else None
            self._set_entry(connection, key, name, None, str(page or name))
            return True

        return self._database.write(work)

    def _set_entry(self, connection: sqlite3.Connection, key: str, name: str, value: object, url: str) -> None:
        before = _put_entry(connection, key, name, value, to_text(self._now()))
        detail = {"url": url, "key": key, "name": name, "entry": before}
        self._undo_log.note(connection, "choice", detail)


def _undo(connection: sqlite3.Connection, detail: Mapping[str, Any], now: str) -> None:
    if "name" in detail:
        _put_entry(connection, detail["key"], detail["name"], detail["entry"], now)
    else:  # as earlier versions of the program noted it: all entries that there were
        _choose(connection, detail["key"], detail["before"], now)


def _choose(connection: sqlite3.Connection, key: str, value: str | None, now: str) -> None:
    if value is None:
        connection.execute("DELETE FROM choices WHERE key = ?", (key,))
    else:
        connection.execute("INSERT OR REPLACE INTO choices VALUES (?, ?, ?)", (key, value, now))


def _value(connection: sqlite3.Connection, key: str) -> object:
    row = connection.execute("SELECT value FROM choices WHERE key = ?", (key,)).fetchone()
    try:
        return json.loads(row[0]) if row else None
    except ValueError:  # it cannot be read any more
        return None


def _entries(connection: sqlite3.Connection, key: str) -> dict[str, Any]:
    """Return the values of a preference that has several, by their names."""
    value = _value(connection, key)
    return value if isinstance(value, dict) else {}


def _put_entry(connection: sqlite3.Connection, key: str, name: str, value: object, now: str) -> object:
    """Set a value under a name in a preference, or remove it with None; return what was there."""
    entries = _entries(connection, key)
    before = entries.pop(name, None)
    if value is not None:
        entries[name] = value
    _choose(connection, key, json.dumps(entries) if entries else None, now)
    return before
