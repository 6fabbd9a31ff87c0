"""What the cache forgets: everything, what is old, and the oldest if it takes too much room."""

import sqlite3

from newsreader.storage.index_schema import FORGET_INDEX

_KINDS = ("responses", "pages", "pictures")
BATCH = 50  # rows that one transaction forgets: nobody waits long for it


def forget_everything(connection: sqlite3.Connection) -> None:
    """Empty every table except those of the samples for compression."""
    for table in ("responses", "pages", "pictures"):
        connection.execute(f"DELETE FROM {table.removesuffix('s')}_bodies")  # noqa: S608
        connection.execute(f"DELETE FROM {table}")  # noqa: S608
    for table in (
        "headlines",
        "hosts",
        "source_stories",
        "stories",
        "source_checks",
        "site_memories",
        "account_contents",
    ):
        connection.execute(f"DELETE FROM {table}")  # noqa: S608
    for statement in FORGET_INDEX:
        connection.execute(statement)


def forget_before(connection: sqlite3.Connection, limit: str) -> int:
    """Forget some of what was fetched before that time; return how many."""
    return sum(
        connection.execute(
            f"DELETE FROM {table} WHERE id IN (SELECT id FROM {table} WHERE fetched_at < ? LIMIT ?)",  # noqa: S608
            (limit, BATCH),
        ).rowcount
        for table in _KINDS
    )


def forget_oldest(connection: sqlite3.Connection, max_bytes: int) -> int:
    """Forget some of the oldest while the rest exceeds the limit; return how many."""
    pages, free, page_size = (
        connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count", "page_size")
    )
    excess = (pages - free) * page_size - max_bytes
    if excess <= 0:
        return 0
    oldest = " UNION ALL ".join(
        f"SELECT * FROM (SELECT '{table}', id, size, fetched_at FROM {table} ORDER BY fetched_at LIMIT {BATCH})"  # noqa: S608
        for table in _KINDS
    )
    gone = 0
    for table, number, row_size, _ in connection.execute(f"{oldest} ORDER BY 4 LIMIT {BATCH}").fetchall():
        if excess <= 0:
            break
        connection.execute(f"DELETE FROM {table} WHERE id = ?", (number,))  # noqa: S608
        excess -= row_size
        gone += 1
    return gone
