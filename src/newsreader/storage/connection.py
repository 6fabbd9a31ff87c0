"""One connection to an SQLite file: opening, our errors, transactions, and patience with other programs."""

import errno
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from newsreader.storage.errors import (
    DamagedStoreError,
    FullStoreError,
    ReadOnlyStoreError,
    StoreError,
    UnreachableStoreError,
    store_error,
)
from newsreader.storage.paths import require_regular_file
from newsreader.storage.patience import PATIENCE

SUFFIXES = ("-journal", "-wal", "-shm")


def _os_error(error: OSError, path: Path) -> StoreError:
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return ReadOnlyStoreError(path)
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return FullStoreError(path)
    return UnreachableStoreError(path)


def connect(path: Path | None, query: str = "mode=rwc") -> sqlite3.Connection:
    """Connect to a file, with SQLite's own parameters; without one, to an empty database in memory."""
    for suffix in ("", *SUFFIXES) if path is not None else ():
        file = Path(f"{path}{suffix}")
        if not suffix or not file.is_dir():  # SQLite reads beside a directory that has the name of a journal
            require_regular_file(file)
    database = ":memory:" if path is None else file_uri(path, query)
    return sqlite3.connect(
        database, timeout=PATIENCE.left_s(), isolation_level=None, check_same_thread=False, uri=path is not None
    )


def file_uri(path: Path, query: str) -> str:
    """Return the URI by which SQLite opens a file, with its own parameters."""
    return f"{path.absolute().as_uri()}?{query}"


@contextmanager
def translate_sqlite_errors(path: Path) -> Iterator[None]:
    """Turn errors of SQLite and the system into ours; misuse of the module stays what it is, a bug."""
    began = time.monotonic()
    try:
        yield
    except sqlite3.ProgrammingError:
        raise
    except OSError as error:
        raise _os_error(error, path) from error
    except UnicodeDecodeError as error:  # what SQLite says of damaged names and texts
        raise DamagedStoreError(path) from error
    except sqlite3.Error as error:
        if _is_busy(error):
            PATIENCE.note_refusal(path, time.monotonic() - began)
        raise store_error(error, path) from error


@contextmanager
def one_moment(connection: sqlite3.Connection) -> Iterator[None]:
    """Read a consistent state, whatever another process writes between two statements."""
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN")
    try:
        yield
    finally:
        _roll_back(connection)


def _roll_back(connection: sqlite3.Connection) -> None:
    """End a transaction; SQLite itself has ended it after some errors, such as a full disk."""
    if connection.in_transaction:
        connection.execute("ROLLBACK")


@contextmanager
def transaction(connection: sqlite3.Connection, path: Path) -> Iterator[sqlite3.Connection]:
    """Commit everything that is written inside, or, if anything is raised, nothing."""
    _begin(connection, path)
    try:
        yield connection
        connection.execute("COMMIT")
    except BaseException:
        _roll_back(connection)
        raise


def _begin(connection: sqlite3.Connection, path: Path) -> None:
    """Begin to write; if the file is locked, try again every other millisecond.

    SQLite itself would soon try only ten times a second, and miss every gap left by a program that writes one
    thing after another.
    """
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        _execute_when_free(connection, path, "BEGIN IMMEDIATE", pause_s=0.002)
    finally:
        _allow_waiting(connection)
    PATIENCE.note_success(path)


def _execute_when_free(connection: sqlite3.Connection, path: Path, statement: str, pause_s: float) -> None:
    """Execute a statement again and again while another program holds the file, as long as this run may wait."""
    deadline = time.monotonic() + PATIENCE.left_s()
    while True:
        try:
            connection.execute(statement)
        except sqlite3.OperationalError as error:
            if not _is_busy(error):
                raise
            PATIENCE.note_refusal(path)
            if time.monotonic() > deadline or PATIENCE.is_over:
                raise
            time.sleep(pause_s)
        else:
            return


@contextmanager
def patiently(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """Use a file, waiting for other programs only as long as this run may still wait."""
    is_tried = PATIENCE.is_tried
    if is_tried:
        _allow_waiting(connection)
    yield
    if is_tried:
        PATIENCE.note_success(path)
        _allow_waiting(connection)


def _allow_waiting(connection: sqlite3.Connection) -> None:
    """Let SQLite itself wait, in the middle of a transaction and for reading, as long as this run may."""
    connection.execute(f"PRAGMA busy_timeout = {PATIENCE.left_s() * 1000:.0f}")


def _is_busy(error: sqlite3.Error) -> bool:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY


def use_wal(connection: sqlite3.Connection, path: Path) -> None:
    """Switch to writing ahead; when two processes try at once, SQLite fails one of them without waiting."""
    _execute_when_free(connection, path, "PRAGMA journal_mode = WAL", pause_s=0.01)
    PATIENCE.note_success(path)
