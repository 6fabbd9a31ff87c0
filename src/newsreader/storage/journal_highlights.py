"""Highlights as records: one for each, under its id."""

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from newsreader.storage.journal_tables import (
    Item,
    JournaledTable,
    address_of,
    number_of,
    text_of,
    time_of,
)
from newsreader.text import clean
from newsreader.urls import story_key

_COLUMNS = "id, story, url, title, exact, prefix, suffix, first, last, colour, note, created_at, changed_at"


def _put(connection: sqlite3.Connection, items: Sequence[Item], _: str) -> None:
    connection.executemany(
        f"INSERT OR REPLACE INTO highlights ({_COLUMNS}) VALUES ({', '.join('?' * 13)})",  # noqa: S608
        [_row(key, value) for key, value in items],
    )


def _row(key: str, value: Mapping[str, Any]) -> tuple[Any, ...]:
    url = address_of(value)
    return (
        key, story_key(url), url, text_of(value, "title"), _words(value, "exact"), _words(value, "prefix"),
        _words(value, "suffix"), number_of(value, "start"), number_of(value, "end"), text_of(value, "colour"),
        _words(value, "note"), time_of(value), time_of(value, "changed"),
    )  # fmt: skip


def _words(value: Mapping[str, Any], name: str) -> str:
    """Return words of a value, which may be of several lines, cleaned.

    Raises:
        KeyError, TypeError: there are none.
    """
    found = value[name]
    if not isinstance(found, str):
        raise TypeError(name)
    return clean(found)


def _remove(connection: sqlite3.Connection, keys: Sequence[str], _: str) -> None:
    connection.executemany("DELETE FROM highlights WHERE id = ?", [(key,) for key in keys])


HIGHLIGHTS = JournaledTable(
    prefix="highlight",
    table="highlights",
    key="{row}.id",
    value=(
        "json_object('url', {row}.url, 'title', {row}.title, 'exact', {row}.exact, 'prefix', {row}.prefix,"
        " 'suffix', {row}.suffix, 'start', {row}.first, 'end', {row}.last, 'colour', {row}.colour,"
        " 'note', {row}.note, 'at', {row}.created_at, 'changed', {row}.changed_at)"
    ),
    time="{row}.changed_at",
    put=_put,
    remove=_remove,
)
