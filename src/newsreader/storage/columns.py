"""How values are written into columns: times, addresses, lists; and looking up thousands of stories."""

import json
import sqlite3
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from newsreader.moments import utc
from newsreader.urls import split_credentials

_MANY = 2000  # stories, for which reading the whole table may be worth while


def to_text(moment: datetime) -> str:
    """Return a time as it is stored: ISO 8601, UTC, of fixed width, so that texts sort like times."""
    return utc(moment).isoformat(timespec="microseconds")


def from_text(text: str) -> datetime:
    """Return the time from its stored form."""
    return datetime.fromisoformat(text)


def time_or_none(text: str | None) -> datetime | None:
    """Return the time from its stored form; None if there is none, or it is unreadable."""
    try:
        return from_text(text) if text else None
    except ValueError:
        return None


def without_credentials(url: str) -> str:
    """Return an address as it may be stored: without user name, password and lone surrogates."""
    if "@" not in url and url.isascii():
        return url
    return split_credentials(url.encode("utf-8", "replace").decode("utf-8"))[0]


def json_list(values: Iterable[str]) -> str:
    """Return texts as one parameter for `json_each`, so that a statement takes any number of them."""
    return json.dumps(list(values))


def among(connection: sqlite3.Connection, stories: Iterable[str], known: str) -> set[str]:
    """Return the stories that a table has: `known` is its name and the beginning of a condition.

    If the table is shorter than the list of stories, it is read whole instead of looking up each.
    """
    asked = set(stories)
    whole = rows_of_few(connection, f"SELECT story FROM {known} true", len(asked))  # noqa: S608
    if whole is not None:
        return asked.intersection(story for (story,) in whole)
    rows = connection.execute(
        f"SELECT value FROM json_each(?) WHERE EXISTS (SELECT 1 FROM {known} story = value)",  # noqa: S608
        (json_list(asked),),
    )
    return {story for (story,) in rows}


def rows_of_few(connection: sqlite3.Connection, query: str, asked: int) -> list[Any] | None:
    """Return what a query finds where that is no more than what is asked for; None for few that are asked for."""
    if asked < _MANY:
        return None
    rows = connection.execute(f"{query} LIMIT ?", (asked + 1,)).fetchall()
    return rows if len(rows) <= asked else None
