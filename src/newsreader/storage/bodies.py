"""Rows of the cache with a body in a separate table: written, and read whole or forgotten."""

import sqlite3
import zlib
from collections.abc import Callable
from typing import Any, TypeVar

from newsreader.storage.cache_access import CacheAccess

T = TypeVar("T")
_UNREADABLE = (zlib.error, ValueError, KeyError, TypeError, AttributeError)


def put_row(connection: sqlite3.Connection, table: str, row: dict[str, object], body: bytes) -> None:
    """Insert or replace the row of an address, and its body under the same number."""
    names = list(row)
    statement = (
        f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join(f':{name}' for name in names)})"  # noqa: S608
        f" ON CONFLICT (url) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in names)} RETURNING id"
    )
    ((number,),) = connection.execute(statement, row).fetchall()
    bodies = table.removesuffix("s") + "_bodies"
    connection.execute(f"INSERT OR REPLACE INTO {bodies} (id, body) VALUES (?, ?)", (number, body))  # noqa: S608


def body_of(connection: sqlite3.Connection, kind: str, number: int) -> bytes | None:
    """Return the body of a row by its number; `kind` is "response", "page" or "picture"."""
    row = connection.execute(f"SELECT body FROM {kind}_bodies WHERE id = ?", (number,)).fetchone()  # noqa: S608
    return row[0] if row else None


def read_whole(
    cache: CacheAccess,
    work: Callable[[sqlite3.Connection], tuple[Any, ...] | None],
    made: Callable[..., T],
    table: str,
    url: str,
) -> T | None:
    """Return the value made from a row and its body; forget it if it is incomplete."""
    row = cache.read(work)
    try:
        return None if row is None else made(*row)
    except _UNREADABLE:
        if cache.database.refusal is None:
            cache.write(lambda connection: connection.execute(f"DELETE FROM {table} WHERE url = ?", (url,)))  # noqa: S608
        return None
