"""Whole SQLite files: checked, copied, locked against other programs, renamed with their journals."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path

from newsreader.storage.connection import SUFFIXES, connect, file_uri, transaction, translate_sqlite_errors
from newsreader.storage.errors import (
    DamagedStoreError,
    LockedStoreError,
    MissingStoreError,
    store_error,
)
from newsreader.storage.paths import make_private_directory, make_private_file, size, sync
from newsreader.storage.patience import PATIENCE
from newsreader.storage.schema import Schema, bring_up_to_date, steps_run


def check(path: Path, schema: Schema) -> None:
    """Verify a whole file; only this finds most kinds of damage, and a big one takes seconds.

    Raises:
        StoreError: it is not sound, not of this schema, or newer.
    """
    with translate_sqlite_errors(path), closing(connect(path, "mode=ro")) as connection:
        if steps_run(connection, schema, path) == 0:
            raise MissingStoreError(path)
        if connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
            raise DamagedStoreError(path)


def copy_database(path: Path, target: Path, *, deadline_s: float = 300.0) -> None:
    """Copy a file that may be in use, as it is at one moment, to a new private file.

    It is read in steps, so that writers wait for a few milliseconds at most.

    Raises:
        StoreError: one cannot be read or the other not written, or it was written to all the time.
    """
    deadline = time.monotonic() + deadline_s
    copied_at = time.monotonic()

    def give_up(status: int, _remaining: int, _total: int) -> None:
        nonlocal copied_at
        now = time.monotonic()
        if status not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            copied_at = now
        if now > deadline or now > copied_at + PATIENCE.left_s():
            raise LockedStoreError(path)

    with translate_sqlite_errors(target):
        make_private_directory(target.parent)
        make_private_file(target)
        with closing(connect(path, "mode=ro")) as source, closing(connect(target)) as copy:
            source.backup(copy, pages=1000, progress=give_up)
        sync(target)


def copy_tables(path: Path, target: Path, schema: Schema, *, left_out: frozenset[str]) -> None:
    """Copy all tables but some of a file that may be in use, as they are at one moment, to a new private file.

    Each is read through first. Whoever writes to the file waits meanwhile; who reads does not.

    Raises:
        StoreError: one cannot be read or the other not written.
    """
    with translate_sqlite_errors(target):
        make_private_directory(target.parent)
        make_private_file(target)
        with closing(connect(target, "mode=rwc")) as copy:
            copy.execute("PRAGMA auto_vacuum = INCREMENTAL")
            bring_up_to_date(copy, schema, target)
            copy.execute("ATTACH ? AS source", (file_uri(path, "mode=ro"),))
            with transaction(copy, path):
                rows = copy.execute("SELECT name FROM source.sqlite_master WHERE type = 'table'").fetchall()
                for name in sorted({name for (name,) in rows} - left_out, key=_last_the_journal):
                    _copy_table(copy, name, path)
        sync(target)


def _last_the_journal(name: str) -> tuple[bool, str]:
    """Return the order of tables: while its state is not there yet, the triggers of the others write no journal."""
    return name.startswith("journal"), name


def _copy_table(copy: sqlite3.Connection, name: str, path: Path) -> None:
    is_counter = name == "sqlite_sequence"  # of the numbers that were given once
    if not is_counter and copy.execute(f"PRAGMA source.integrity_check({name})").fetchone()[0] != "ok":
        raise DamagedStoreError(path)
    copy.execute(f"DELETE FROM main.{name}")  # noqa: S608
    copy.execute(f"INSERT INTO main.{name} SELECT * FROM source.{name}")  # noqa: S608


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Keep other programs from using the file inside the block; a missing or damaged one is used by nobody.

    Raises:
        LockedStoreError: another program is using it.
    """
    with ExitStack() as stack:
        if size(path):
            connection = stack.enter_context(closing(connect(path)))
            try:
                connection.execute("BEGIN EXCLUSIVE")
            except sqlite3.Error as error:
                if isinstance(store_error(error, path), LockedStoreError):
                    raise LockedStoreError(path) from error
        yield


def rename_with_journals(path: Path, target: Path) -> None:
    """Rename a file together with its journals, which belong to it by their names."""
    for suffix in (*SUFFIXES, ""):
        with suppress(FileNotFoundError):
            Path(f"{path}{suffix}").rename(f"{target}{suffix}")
