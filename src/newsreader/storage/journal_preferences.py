"""Which preferences are synced: those for single sites, and how lists are ordered.

Not synced is what depends on a screen, a computer or the last position: theme, widths, trusted hosts, the session.
"""

import json
import sqlite3
from collections.abc import Sequence
from typing import Any

from newsreader.list_layout import ORDERS_PREFERENCE
from newsreader.storage.journal_tables import Item

PREFIX = "preference"
ENTRIES = ("site-rules", "list-rules", "drawn-sites")
"""Choices that are objects: each entry travels by itself, as `preference/<choice>/<entry>`."""
WHOLE = (ORDERS_PREFERENCE,)
_LARGEST = 100_000  # characters of JSON
_AGES_AGO = "1970-01-01T00:00:00+00:00"


def current(connection: sqlite3.Connection) -> dict[str, tuple[Any, str]]:
    """Return the preferences as values by their keys, with the times when they were set."""
    found: dict[str, tuple[Any, str]] = {}
    names = json.dumps([*ENTRIES, *WHOLE])
    query = "SELECT key, value, chosen_at FROM choices WHERE key IN (SELECT value FROM json_each(?))"
    for key, text, at in connection.execute(query, (names,)):
        value = _value(text)
        if key in WHOLE:
            found[f"{PREFIX}/{key}"] = value, at
        elif isinstance(value, dict):
            found |= {f"{PREFIX}/{key}/{name}": (entry, at) for name, entry in value.items()}
    return found


def _value(text: str | None) -> Any:  # noqa: ANN401
    try:
        return json.loads(text or "null")
    except ValueError:  # it cannot be read any more
        return None


def put(connection: sqlite3.Connection, items: Sequence[Item], _now: str) -> None:
    """Write preferences and entries of preferences.

    Raises:
        ValueError: one of them is not synced, or is too long.
    """
    for key, value in items:
        _require_known(key)
        if len(json.dumps(value)) > _LARGEST:
            raise ValueError(key)
    _write(connection, [(key, value) for key, value in items])


def remove(connection: sqlite3.Connection, keys: Sequence[str], _now: str) -> None:
    """Forget preferences and entries of preferences.

    Raises:
        ValueError: one of them is not synced.
    """
    for key in keys:
        _require_known(key)
    _write(connection, [(key, None) for key in keys])


def _require_known(key: str) -> None:
    choice, separator, name = key.partition("/")
    if choice not in (ENTRIES if separator else WHOLE) or (separator and not name):
        raise ValueError(key)


def _write(connection: sqlite3.Connection, items: Sequence[tuple[str, Any]]) -> None:
    for key, value in items:
        choice, separator, name = key.partition("/")
        whole = _with_entry(connection, choice, name, value) if separator else value
        if whole is None:
            connection.execute("DELETE FROM choices WHERE key = ?", (choice,))
        else:
            row = (choice, json.dumps(whole), _AGES_AGO)
            connection.execute("INSERT OR REPLACE INTO choices VALUES (?, ?, ?)", row)


def _with_entry(connection: sqlite3.Connection, choice: str, name: str, value: Any) -> object:  # noqa: ANN401
    """Return a preference with one entry replaced; None if none is left."""
    row = connection.execute("SELECT value FROM choices WHERE key = ?", (choice,)).fetchone()
    before = _value(row[0]) if row else None
    entries = {key: entry for key, entry in before.items() if key != name} if isinstance(before, dict) else {}
    return (entries if value is None else entries | {name: value}) or None
