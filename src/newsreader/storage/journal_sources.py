"""The sources as records: a name that is the same on every device, and each field separately.

`source/<name>/followed` says that a source is followed, `source/<name>/title` and so on what it is like; `rank` is its
place among all. The name is the address that it was first followed at, so that two devices which follow one page do so
under one name.
"""

import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from newsreader.commands import is_command_address
from newsreader.source_values import SourceKind
from newsreader.storage.columns import time_or_none, to_text, without_credentials
from newsreader.storage.journal_tables import Item, text_of, time_of
from newsreader.storage.ranks import is_rank, with_ranks
from newsreader.storage.sources import source_key
from newsreader.text import line

PREFIX = "source"
FOLLOWED = "followed"
_FIELDS = ("url", "title", "kind", "group", "settings", "rank")
_SECRET = ("headers",)  # settings that may hold a password: they stay on the device on which they were made
_LIVE = (
    "SELECT id, uid, story, url, title, kind, folder, settings, rank, added_at FROM sources WHERE removed_at IS NULL"
)

STEP = """
-- the sources and some choices in the journal; the files by which devices exchange it
ALTER TABLE sources ADD COLUMN uid TEXT;  -- the same on every device; NULL while there is no other one
ALTER TABLE sources ADD COLUMN rank TEXT;  -- its place among all, as text
ALTER TABLE journal_state ADD COLUMN is_dirty INTEGER NOT NULL DEFAULT 0;  -- sources or choices may have changed
ALTER TABLE journal_state ADD COLUMN machine TEXT NOT NULL DEFAULT '';  -- on which the library was used last
CREATE TABLE journal_files (
    name TEXT PRIMARY KEY,
    device TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    is_stored INTEGER NOT NULL  -- 0: was to be stored, and nobody knows whether it was
) STRICT, WITHOUT ROWID;
CREATE TRIGGER journal_sources_insert AFTER INSERT ON sources WHEN (SELECT is_active FROM journal_state) BEGIN
    UPDATE journal_state SET is_dirty = 1;
END;
CREATE TRIGGER journal_sources_update AFTER UPDATE ON sources WHEN (SELECT is_active FROM journal_state) BEGIN
    UPDATE journal_state SET is_dirty = 1;
END;
CREATE TRIGGER journal_choices_insert AFTER INSERT ON choices
    WHEN (SELECT is_active FROM journal_state) AND new.key <> 'session' BEGIN
    UPDATE journal_state SET is_dirty = 1;
END;
CREATE TRIGGER journal_choices_delete AFTER DELETE ON choices WHEN (SELECT is_active FROM journal_state) BEGIN
    UPDATE journal_state SET is_dirty = 1;
END;
"""


def current(connection: sqlite3.Connection) -> dict[str, tuple[Any, str]]:
    """Return followed sources as values by their keys, with the time when they were added; name unnamed ones."""
    rows = [row for row in connection.execute(f"{_LIVE} ORDER BY position, id") if not is_command_address(row[3])]
    _give_names(connection, rows)
    found: dict[str, tuple[Any, str]] = {}
    ranks = with_ranks([row[8] for row in rows])
    for (number, *_, rank, _added), new in zip(rows, ranks, strict=True):
        if rank != new:
            connection.execute("UPDATE sources SET rank = ? WHERE id = ?", (new, number))
    for _id, uid, _story, url, title, kind, folder, settings, rank, added_at in connection.execute(_LIVE):
        if uid is not None:
            values = (url, title, kind, folder, _without_secrets(settings), rank)
            at = added_at if time_or_none(added_at) else "1970-01-01T00:00:00+00:00"
            found[f"{PREFIX}/{uid}/{FOLLOWED}"] = {"at": at}, at
            found |= {f"{PREFIX}/{uid}/{name}": (value, at) for name, value in zip(_FIELDS, values, strict=True)}
    return found


def followed(connection: sqlite3.Connection) -> dict[str, tuple[str, Any]]:
    """Return the records that say that sources are followed, by their keys: which device made each, and the value."""
    query = "SELECT k, device, v FROM journal WHERE k >= ? AND k < ? AND v IS NOT NULL"
    rows = connection.execute(query, (f"{PREFIX}/", f"{PREFIX}0"))
    return {key: (device, json.loads(value)) for key, device, value in rows if is_removed_with_row(key)}


def name_of(key: str) -> str:
    """Return the name of the source that a record is about."""
    return key.removeprefix(f"{PREFIX}/").rpartition("/")[0]


def keep_followed(connection: sqlite3.Connection, names: Iterable[str], now: str) -> None:
    """Make the addition of the sources with these names no longer undoable here.

    Another device has added them by itself: undoing it here would take them from that one too.
    """
    connection.executemany(
        "UPDATE changes SET undone_at = ? WHERE action = 'add-source' AND undone_at IS NULL"
        " AND json_extract(detail, '$.rows[0].id') IN (SELECT id FROM sources WHERE uid = ?)",
        [(now, name) for name in names],
    )


def is_removed_with_row(key: str) -> bool:
    """Return whether a record is removed with its source: the others stay, as the source may come back."""
    return key.endswith(f"/{FOLLOWED}")


def _give_names(connection: sqlite3.Connection, rows: Sequence[tuple[Any, ...]]) -> None:
    used: set[str] = set()
    for number, uid, story, *_ in sorted(rows, key=lambda row: (row[1] is None, row[0])):
        name = uid or story
        if name in used:
            name = f"{story}#{os.urandom(4).hex()}"
        used.add(name)
        if name != uid:
            connection.execute("UPDATE sources SET uid = ? WHERE id = ?", (name, number))


def _without_secrets(settings: str) -> dict[str, Any]:
    return {name: value for name, value in _object(settings).items() if name not in _SECRET}


def _object(text: str | None) -> dict[str, Any]:
    try:
        value = json.loads(text or "{}")
    except ValueError:  # it cannot be read any more
        return {}
    return value if isinstance(value, dict) else {}


# --- back into the table ------------------------------------------------------------------------------


def put(_connection: sqlite3.Connection, items: Sequence[Item], _now: str) -> None:
    """Check the values of records; `settle` builds rows from everything the journal has about a source.

    Raises:
        ValueError, TypeError, KeyError: one of them is invalid.
    """
    for key, value in items:
        name, _, field = key.rpartition("/")
        if not name:
            raise ValueError(key)
        _CHECKS[field](value)


def _check_url(value: Any) -> None:  # noqa: ANN401
    if not text_of({"url": value}, "url") or is_command_address(value):  # a command runs only where it was given
        raise ValueError(value)


def _check_settings(value: Any) -> None:  # noqa: ANN401
    if not isinstance(value, dict):
        raise TypeError(value)


def _check_rank(value: Any) -> None:  # noqa: ANN401
    if not is_rank(value):
        raise ValueError(value)


def _check_text(value: Any) -> None:  # noqa: ANN401
    text_of({"text": value}, "text")


_CHECKS: Mapping[str, Callable[[Any], object]] = {
    FOLLOWED: time_of,
    "url": _check_url,
    "title": _check_text,
    "kind": _check_text,
    "group": _check_text,
    "settings": _check_settings,
    "rank": _check_rank,
}


def remove(_connection: sqlite3.Connection, keys: Sequence[str], _now: str) -> None:
    """Check the records of removals: only following a source can end.

    Raises:
        ValueError: another one does.
    """
    for key in keys:
        if not key.endswith(f"/{FOLLOWED}"):
            raise ValueError(key)


def settle(connection: sqlite3.Connection, keys: Iterable[str], now: str) -> None:
    """Update the table to what the journal says about the sources of these keys."""
    for name in dict.fromkeys(key.rpartition("/")[0] for key in keys):
        _settle_source(connection, name, now)
    rows = connection.execute(
        "SELECT id, position FROM sources WHERE removed_at IS NULL ORDER BY rank IS NULL, rank, uid, position, id"
    ).fetchall()
    moved = [(place, number) for place, (number, position) in enumerate(rows) if place != position]
    connection.executemany("UPDATE sources SET position = ? WHERE id = ?", moved)


def _settle_source(connection: sqlite3.Connection, name: str, now: str) -> None:
    values = _values_of(connection, name)
    known = connection.execute(
        "SELECT id, settings, removed_at FROM sources WHERE uid = ? ORDER BY removed_at IS NULL DESC, id DESC LIMIT 1",
        (name,),
    ).fetchone()
    is_shown = FOLLOWED in values and "url" in values  # else it was removed, or its address is still to come
    if "url" not in values or not (known or is_shown):
        return
    row = _row(values, name)
    if is_shown and _gives_way(connection, row["story"], name, now):
        is_shown = False
    removed_at = None if is_shown else (known[2] if known else None) or now
    _write_row(connection, row | {"removed_at": removed_at}, known)


def _gives_way(connection: sqlite3.Connection, story: str, name: str, now: str) -> bool:
    """Return whether a source is not shown because another one has its address: that with the first of their names."""
    query = "SELECT id, uid FROM sources WHERE story = ? AND removed_at IS NULL AND uid IS NOT ?"
    twin = connection.execute(query, (story, name)).fetchone()
    if twin is None:
        return False
    if twin[1] is not None and twin[1] < name:
        _unfollow(connection, name)
        return True
    connection.execute("UPDATE sources SET removed_at = ? WHERE id = ?", (now, twin[0]))
    if twin[1] is not None:
        _unfollow(connection, twin[1])
    return False


def _write_row(connection: sqlite3.Connection, row: dict[str, Any], known: tuple[Any, ...] | None) -> None:
    """Write a source over its row, or as a new one; secrets stay as they were here."""
    before = _object(known[1]) if known else {}
    settings = row["settings"] | {key: before[key] for key in _SECRET if key in before}
    row = row | {"settings": json.dumps(settings, ensure_ascii=False)}
    if known:
        pairs = ", ".join(f"{column} = :{column}" for column in row)
        connection.execute(f"UPDATE sources SET {pairs} WHERE id = :id", {**row, "id": known[0]})  # noqa: S608
    else:
        columns, marks = ", ".join(row), ", ".join(f":{column}" for column in row)
        connection.execute(f"INSERT INTO sources (position, {columns}) VALUES (0, {marks})", row)  # noqa: S608


def _values_of(connection: sqlite3.Connection, name: str) -> dict[str, Any]:
    keys = [f"{PREFIX}/{name}/{field}" for field in (FOLLOWED, *_FIELDS)]
    query = "SELECT k, v FROM journal WHERE k IN (SELECT value FROM json_each(?)) AND v IS NOT NULL"
    return {k.rpartition("/")[2]: json.loads(v) for k, v in connection.execute(query, (json.dumps(keys),))}


def _row(values: Mapping[str, Any], name: str) -> dict[str, Any]:
    kind = values.get("kind")
    kinds = [each.value for each in SourceKind]
    kind = kind if kind in kinds else SourceKind.PAGE.value
    url = line(values["url"], 8000)
    url = url if kind == SourceKind.SEARCH.value else without_credentials(url)
    moment = time_or_none(values[FOLLOWED]["at"]) if FOLLOWED in values else None
    row = {
        "uid": name,
        "story": source_key(url),
        "url": url,
        "title": line(values.get("title") or url),
        "kind": kind,
        "folder": line(values.get("group") or "", 80),
        "settings": {k: v for k, v in (values.get("settings") or {}).items() if k not in _SECRET},
        "rank": values.get("rank"),
    }
    return row | {"added_at": to_text(moment)} if moment is not None else row


def _unfollow(connection: sqlite3.Connection, name: str) -> None:
    """Record that a source is no longer followed: this device's own change, which gets its time with the others."""
    key = f"{PREFIX}/{name}/{FOLLOWED}"
    connection.execute("DELETE FROM journal WHERE k = ?", (key,))
    connection.execute("INSERT INTO journal (device, k) VALUES ((SELECT device FROM journal_state), ?)", (key,))
