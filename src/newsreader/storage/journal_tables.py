"""Which tables of the library are kept in the journal, and how a record of it becomes a row again.

A table to be synced with other devices gets an entry in `journaled.py`, and a schema step with its triggers
(`triggers`). The triggers write in the transaction of the change itself, and only while somebody reads the journal.
"""

import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from newsreader.moments import utc
from newsreader.storage.columns import time_or_none, to_text, without_credentials
from newsreader.text import line
from newsreader.values import dataclass

_IS_ACTIVE = "(SELECT is_active FROM journal_state)"
_DEVICE = "(SELECT device FROM journal_state)"
_SAME_RULE = "action = ? AND tag = ? AND query = ?"
Item = tuple[str, Mapping[str, Any]]  # what follows the prefix in the key, and the value
Put = Callable[[sqlite3.Connection, Sequence[Item], str], None]  # with the time now, as it is kept
Remove = Callable[[sqlite3.Connection, Sequence[str], str], None]


@dataclass(frozen=True, slots=True)
class JournaledTable:
    """How the rows of one table become records, and how records become rows.

    In the pieces of SQL, `{row}` stands for the row.

    Attributes:
        prefix: The first part of its keys.
        table: Its name.
        key: SQL of the rest of the key.
        value: SQL of the value, an object of JSON.
        time: SQL of the time when the row was made, for rows that are older than the journal.
        kept: SQL that says whether a row counts.
        put: Makes rows from values, replacing those with their keys. What is missing or wrong in a value must raise
            ValueError, TypeError or KeyError.
        remove: Removes the rows of keys.
    """

    prefix: str
    table: str
    key: str
    value: str
    time: str
    put: Put
    remove: Remove
    kept: str = "1"


def triggers(table: JournaledTable) -> str:
    """Return the SQL of a schema step that writes every change of a table to the journal.

    A trigger takes the conflict clause of the statement that fires it, so the older record is deleted first.
    """

    def trigger(event: str, row: str, kept: str, value: str) -> str:
        key = f"'{table.prefix}/' || {table.key.format(row=row)}"
        name = f"journal_{table.table}_{event}"
        return (
            f"CREATE TRIGGER {name} AFTER {event} ON {table.table} WHEN {_IS_ACTIVE} AND ({kept}) BEGIN\n"
            + _record(key, value)
            + "END;\n"
        )

    new, old = (table.kept.format(row=row) for row in ("new", "old"))
    value = table.value.format(row="new")
    return (
        trigger("insert", "new", new, value)
        + trigger("update", "new", f"({old}) OR ({new})", f"CASE WHEN {new} THEN {value} END")
        + trigger("delete", "old", old, "NULL")
    )


def _record(key: str, value: str) -> str:
    return (
        f"    DELETE FROM journal WHERE k = {key};\n"  # noqa: S608
        f"    INSERT INTO journal (device, k, v) VALUES ({_DEVICE}, {key}, {value});\n"
    )


def snapshot_query(table: JournaledTable) -> str:
    """Return the query for the present rows of a table, as (key, value, time)."""
    key, value, kept = (each.format(row=table.table) for each in (table.key, table.value, table.kept))
    return (
        f"SELECT '{table.prefix}/' || {key}, {value}, {table.time.format(row=table.table)} FROM {table.table}"  # noqa: S608
        f" WHERE {kept}"
    )


# --- what values hold ---------------------------------------------------------------------------------


def text_of(value: Mapping[str, Any], name: str) -> str:
    """Return a line of text from a value, cleaned.

    Raises:
        KeyError, TypeError: there is none.
    """
    found = value[name]
    if not isinstance(found, str):
        raise TypeError(name)
    return line(found)


def address_of(value: Mapping[str, Any], name: str = "url") -> str:
    """Return an address from a value, without credentials.

    Raises:
        KeyError, TypeError: there is none.
    """
    return without_credentials(text_of(value, name))


def time_of(value: Mapping[str, Any], name: str = "at") -> str:
    """Return a time from a value in its stored form.

    Raises:
        KeyError, TypeError, ValueError: there is none.
    """
    moment = time_or_none(text_of(value, name))
    if moment is None or moment.tzinfo is None:
        raise ValueError(name)
    return to_text(moment)


def number_of(value: Mapping[str, Any], name: str, most: int = 2**31) -> int:
    """Return a whole number, at least 0, from a value.

    Raises:
        KeyError, TypeError, ValueError: there is none.
    """
    found = value[name]
    if not isinstance(found, int):
        raise TypeError(name)
    if not 0 <= found <= most:
        raise ValueError(name)
    return int(found)


def _put_rows(
    connection: sqlite3.Connection,
    items: Sequence[Item],
    _: str,
    *,
    table: str,
    columns: str,
    row: Callable[[str, Mapping[str, Any]], tuple[Any, ...]],
) -> None:
    """Write rows, replacing those with the same keys."""
    marks = ", ".join("?" * len(columns.split(",")))
    connection.executemany(
        f"INSERT OR REPLACE INTO {table} ({columns}) VALUES ({marks})",  # noqa: S608
        [row(key, value) for key, value in items],
    )


def _remove_rows(connection: sqlite3.Connection, keys: Sequence[str], _: str, *, table: str) -> None:
    connection.executemany(f"DELETE FROM {table} WHERE story = ?", [(key,) for key in keys])  # noqa: S608


# --- the tables -----------------------------------------------------------------------------------


def _read_row(story: str, value: Mapping[str, Any]) -> tuple[Any, ...]:
    return story, address_of(value), time_of(value), number_of(value, "opened", 1)


READ_MARKS = JournaledTable(
    prefix="read",
    table="read_marks",
    key="{row}.story",
    value="json_object('url', {row}.url, 'at', {row}.read_at, 'opened', {row}.opened)",
    time="{row}.read_at",
    put=partial(_put_rows, table="read_marks", columns="story, url, read_at, opened", row=_read_row),
    remove=partial(_remove_rows, table="read_marks"),
)


def _later_row(story: str, value: Mapping[str, Any]) -> tuple[Any, ...]:
    return story, address_of(value), text_of(value, "title"), time_of(value)


LATER = JournaledTable(
    prefix="later",
    table="later",
    key="{row}.story",
    value="json_object('url', {row}.url, 'title', {row}.title, 'at', {row}.added_at)",
    time="{row}.added_at",
    put=partial(_put_rows, table="later", columns="story, url, title, added_at", row=_later_row),
    remove=partial(_remove_rows, table="later"),
)


def _place_row(story: str, value: Mapping[str, Any]) -> tuple[Any, ...]:
    numbers = (number_of(value, "block"), number_of(value, "offset"), number_of(value, "percent", 100))
    return story, address_of(value), text_of(value, "words"), time_of(value), text_of(value, "title"), *numbers


PLACES = JournaledTable(
    prefix="place",
    table="places",
    key="{row}.story",
    value=(
        "json_object('url', {row}.url, 'block', {row}.block, 'words', {row}.words, 'at', {row}.kept_at,"
        " 'offset', {row}.signs, 'percent', {row}.percent, 'title', {row}.title)"
    ),
    time="{row}.kept_at",
    put=partial(
        _put_rows,
        table="places",
        columns="story, url, words, kept_at, title, block, signs, percent",
        row=_place_row,
    ),
    remove=partial(_remove_rows, table="places"),
)


def _tag_of(key: str) -> tuple[str, str]:
    """Return the tag and the story of a key: the tag is last, for only in it a slash is written otherwise.

    Raises:
        ValueError: it names none.
    """
    story, separator, tag = key.rpartition("/")
    if not separator:
        raise ValueError(key)
    return line(tag.replace("%2F", "/").replace("%25", "%")), story


def _tag_row(key: str, value: Mapping[str, Any]) -> tuple[Any, ...]:
    return *_tag_of(key), address_of(value), text_of(value, "title"), time_of(value)


def _remove_tags(connection: sqlite3.Connection, keys: Sequence[str], _: str) -> None:
    connection.executemany("DELETE FROM tags WHERE tag = ? AND story = ?", [_tag_of(key) for key in keys])


TAGS = JournaledTable(
    prefix="tag",
    table="tags",
    key="{row}.story || '/' || replace(replace({row}.tag, '%', '%25'), '/', '%2F')",
    value="json_object('url', {row}.url, 'title', {row}.title, 'at', {row}.tagged_at)",
    time="{row}.tagged_at",
    put=partial(_put_rows, table="tags", columns="tag, story, url, title, tagged_at", row=_tag_row),
    remove=_remove_tags,
)


def _rule_of(key: str) -> tuple[str, str, str]:
    """Return action, tag and query of a rule's key, an array of JSON.

    Raises:
        ValueError, TypeError: it is not a rule's key.
    """
    action, tag, query = json.loads(key)
    if action not in ("hide", "tag", "save", "read") or not isinstance(tag, str) or not isinstance(query, str):
        raise ValueError(key)
    return action, line(tag), query


def _put_rules(connection: sqlite3.Connection, items: Sequence[Item], _: str) -> None:
    for key, value in items:
        rule, made_at = _rule_of(key), time_of(value)
        known = connection.execute(f"UPDATE rules SET made_at = ? WHERE {_SAME_RULE}", (made_at, *rule))  # noqa: S608
        if not known.rowcount:
            connection.execute("INSERT INTO rules (action, tag, query, made_at) VALUES (?, ?, ?, ?)", (*rule, made_at))


def _remove_rules(connection: sqlite3.Connection, keys: Sequence[str], _: str) -> None:
    connection.executemany(f"DELETE FROM rules WHERE {_SAME_RULE}", map(_rule_of, keys))  # noqa: S608


RULES = JournaledTable(
    prefix="rule",
    table="rules",
    key="json_array({row}.action, {row}.tag, {row}.query)",  # it is never changed, so its words are its name
    value="json_object('at', {row}.made_at)",
    time="{row}.made_at",
    put=_put_rules,
    remove=_remove_rules,
)

FIRST_TABLES = (
    READ_MARKS,
    LATER,
    PLACES,
    TAGS,
    RULES,
)  # with triggers in the step here; a further one has a step of its own

STEP = """
-- what has changed, for other devices and for accounts: of each key the last change
CREATE TABLE journal (
    i INTEGER PRIMARY KEY AUTOINCREMENT,  -- in the order in which changes came into this library
    t INTEGER,  -- microseconds since 1970 by a clock that never goes back; NULL until the transaction ends
    device TEXT NOT NULL,  -- which one made the change
    via TEXT NOT NULL DEFAULT '',  -- the reader of the journal that brought it; empty where it was made here
    k TEXT NOT NULL UNIQUE,
    v TEXT,  -- JSON; NULL: it was removed
    is_pending INTEGER NOT NULL DEFAULT 0  -- of a kind that this version of the program does not know
) STRICT;
CREATE INDEX journal_unstamped ON journal (i) WHERE t IS NULL;
CREATE INDEX journal_pending ON journal (i) WHERE is_pending;
CREATE TABLE journal_state (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    is_active INTEGER NOT NULL,  -- whether changes are written to the journal; 0 too while records are applied
    device TEXT NOT NULL,
    last_t INTEGER NOT NULL
) STRICT;
CREATE TABLE journal_readers (
    reader TEXT PRIMARY KEY,
    acknowledged INTEGER NOT NULL  -- journal.i
) STRICT, WITHOUT ROWID;
""" + "".join(map(triggers, FIRST_TABLES))


def microseconds(moment: datetime) -> int:
    """Return a time in the journal's form."""
    return int(utc(moment).timestamp() * 1_000_000)
