"""One SQLite file: how it is made, opened, brought up to date and shared between threads and processes."""

import errno
import json
import os
import sqlite3
import stat
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from newsreader.storage.errors import (
    ForeignStoreError,
    FullStoreError,
    MissingStoreError,
    NewerStoreError,
    ReadOnlyStoreError,
    StoreError,
    UnreachableStoreError,
    store_error,
)
from newsreader.urls import split_credentials

T = TypeVar("T")
Work = Callable[[sqlite3.Connection], T]

BUSY_S = 5.0
SUFFIXES = ("-journal", "-wal", "-shm")


@dataclass(frozen=True, slots=True)
class Schema:
    """What a file of one kind holds.

    Attributes:
        application_id: Marks the file as ours (SQLite's own field for that).
        steps: SQL scripts; the file's `user_version` counts those that were run. A step is added at the end and never
            changed.
        options: Statements that every connection begins with.
        disposable: What it holds can be fetched again: it is written ahead, and made anew when someone deletes it while
            it is open. Otherwise it has a rollback journal, and a file that vanishes is an error.
    """

    application_id: int
    steps: tuple[str, ...]
    options: tuple[str, ...] = ()
    disposable: bool = False


def to_text(moment: datetime) -> str:
    """Return a time as it is kept: ISO 8601, UTC, of one width, so that texts sort as times do."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def from_text(text: str) -> datetime:
    """Return the time of its kept form."""
    return datetime.fromisoformat(text)


def bare(url: str) -> str:
    """Return an address as it may be kept: no user name, no password, no lone surrogate."""
    return split_credentials(url.encode("utf-8", "replace").decode("utf-8"))[0]


def make_private_directory(path: Path) -> None:
    """Make the directory and those above it that are missing, open to their owner alone.

    Raises:
        OSError: as `mkdir` does.
    """
    for directory in (*reversed(path.parents), path):
        if not directory.is_dir():
            directory.mkdir(mode=0o700, exist_ok=True)


def _make_private_file(path: Path) -> None:
    """Make the file before SQLite does, which would let everyone read it; its journals take over its mode."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        mode = path.stat().st_mode
        if stat.S_ISREG(mode) and stat.S_IMODE(mode) & 0o077:
            path.chmod(0o600)


class Database:
    """A file of one schema: one connection for reading and one for writing, each used by one thread at a time.

    Another process may use the file at the same time; who waits longer than five seconds gets an error.

    Attributes:
        refusal: Why nothing can be written; None while it can.
    """

    def __init__(self, path: Path, schema: Schema) -> None:
        """Open the file, made and brought up to date where needed.

        Raises:
            StoreError: it cannot be opened for reading and writing; a newer or foreign one was not touched.
        """
        self.path = path
        self.refusal: StoreError | None = None
        self._schema = schema
        self._reading = threading.Lock()
        self._writing = threading.Lock()
        self._open()

    @classmethod
    def read_only(cls, path: Path, schema: Schema, refusal: StoreError) -> "Database":
        """Open a file where nothing can be written, not even a lock: what another process writes is not seen.

        Raises:
            StoreError: it cannot be read either, or is not of this schema as it is now.
        """
        self = cls._unopened(path, schema, refusal)
        uri = f"{path.absolute().as_uri()}?immutable=1"
        try:
            self._writer = self._reader = _connect(uri, uri=True)
            if _version(self._writer, schema, path) != len(schema.steps):
                raise refusal
        except sqlite3.Error as error:
            raise store_error(error, path) from error
        return self

    @classmethod
    def in_memory(cls, path: Path, schema: Schema, refusal: StoreError | None) -> "Database":
        """Return an empty database that ends with the program; with a refusal it stays empty."""
        self = cls._unopened(path, schema, None)
        self._writer = self._reader = _connect(":memory:")
        self._bring_up_to_date()
        self.refusal = refusal
        return self

    @classmethod
    def _unopened(cls, path: Path, schema: Schema, refusal: StoreError | None) -> "Database":
        self = cls.__new__(cls)
        self.path, self.refusal, self._schema = path, refusal, schema
        self._identity = None
        self._reading = self._writing = threading.Lock()
        return self

    def _open(self) -> None:
        try:
            make_private_directory(self.path.parent)
            _make_private_file(self.path)
        except OSError as error:
            raise _os_error(error, self.path) from error
        try:
            self._writer = _connect(str(self.path))
            try:
                version = _version(self._writer, self._schema, self.path)
                if version == 0:  # so that room is given back; only a file without any table takes it
                    self._writer.execute("PRAGMA auto_vacuum = INCREMENTAL")
                self._configure(self._writer)
                if version < len(self._schema.steps):
                    self._bring_up_to_date()
                self._reader = _connect(str(self.path))
                self._configure(self._reader)
            except BaseException:
                self._writer.close()
                raise
            self._identity: tuple[int, int] | None = _identity(self.path)
        except sqlite3.Error as error:
            raise store_error(error, self.path) from error

    def _configure(self, connection: sqlite3.Connection) -> None:
        if self._schema.disposable:
            _use_wal(connection)
        for option in self._schema.options:
            connection.execute(option)

    def _bring_up_to_date(self) -> None:
        connection, schema = self._writer, self._schema
        connection.execute("BEGIN IMMEDIATE")
        try:
            version = _version(connection, schema, self.path)  # another process may have been first
            for step in schema.steps[version:]:
                for statement in _statements(step):
                    connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {schema.application_id}")
            connection.execute(f"PRAGMA user_version = {len(schema.steps)}")
            connection.execute("COMMIT")
        except BaseException:
            _roll_back(connection)
            raise

    def read(self, work: Work[T]) -> T:
        """Return what the work reads; it must take all its rows before it returns.

        Raises:
            StoreError: the file cannot be read.
        """
        self._follow_file()
        with self._reading:
            try:
                return work(self._reader)
            except sqlite3.ProgrammingError:
                raise
            except sqlite3.Error as error:
                raise store_error(error, self.path) from error

    def write(self, work: Work[T]) -> T:
        """Do the work in one transaction: when this returns, all of it is kept; when it raises, nothing is.

        Raises:
            StoreError: it cannot be written.
        """
        if self.refusal is not None:
            raise self.refusal
        self._follow_file()
        with self._writing:
            connection = self._writer
            try:
                connection.execute("BEGIN IMMEDIATE")
                try:
                    result = work(connection)
                    connection.execute("COMMIT")
                except BaseException:
                    _roll_back(connection)
                    raise
            except sqlite3.ProgrammingError:
                raise
            except sqlite3.Error as error:
                raise store_error(error, self.path) from error
            return result

    def outside_transaction(self, work: Work[T]) -> T:
        """Do what SQLite allows outside a transaction only, such as a checkpoint or a vacuum.

        Raises:
            StoreError: the file refused it.
        """
        with self._writing:
            try:
                return work(self._writer)
            except sqlite3.Error as error:
                raise store_error(error, self.path) from error

    def give_back_room(self) -> None:
        """Hand the pages that hold nothing any more back to the disk.

        Raises:
            StoreError: the file refused it.
        """
        # As a script: the module steps a statement without columns once, which frees one page.
        script = "PRAGMA incremental_vacuum; PRAGMA wal_checkpoint(TRUNCATE);"
        self.outside_transaction(lambda connection: connection.executescript(script))

    @property
    def is_replaced(self) -> bool:
        """Whether the file that was opened lies no more under its name: restored, cleared or deleted by someone."""
        return self._identity is not None and _identity(self.path) != self._identity

    def _follow_file(self) -> None:
        """Open the file that lies under the name now: writing on to the other would be lost without a word."""
        if not self.is_replaced:
            return
        with self._reading, self._writing:
            if _identity(self.path) == self._identity:  # another thread was first
                return
            if not self._schema.disposable and not self.path.exists():
                raise MissingStoreError(self.path)
            self._writer.close()
            self._reader.close()
            self._open()

    @property
    def size_bytes(self) -> int:
        """What the file and its journals take on the disk; in memory, what the pages take."""
        if self._identity is None:
            with self._reading:
                pages = int(self._reader.execute("PRAGMA page_count").fetchone()[0])
                return pages * int(self._reader.execute("PRAGMA page_size").fetchone()[0])
        return sum(size(Path(f"{self.path}{suffix}")) for suffix in ("", *SUFFIXES))

    def close(self) -> None:
        """Close the connections; the last one out folds the journal into the file."""
        with self._writing:
            self._writer.close()
        if self._reader is not self._writer:
            with self._reading:
                self._reader.close()


def size(path: Path) -> int:
    """Return the bytes of a file; 0 where there is none."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def is_sound(path: Path, schema: Schema) -> bool:
    """Say whether a file is of this schema, not newer, and whole as far as SQLite can tell."""
    try:
        with closing(_connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            is_known = _version(connection, schema, path) > 0
            return is_known and connection.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
    except (sqlite3.Error, StoreError):
        return False


def json_list(values: Iterable[str]) -> str:
    """Return texts as one parameter for `json_each`, so that a statement takes any number of them."""
    return json.dumps(list(values))


def _os_error(error: OSError, path: Path) -> StoreError:
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return ReadOnlyStoreError(path)
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return FullStoreError(path)
    return UnreachableStoreError(path)


def _connect(database: str, *, uri: bool = False) -> sqlite3.Connection:
    return sqlite3.connect(database, timeout=BUSY_S, isolation_level=None, check_same_thread=False, uri=uri)


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _version(connection: sqlite3.Connection, schema: Schema, path: Path) -> int:
    """Return how many steps were run on the file, without writing to it.

    Raises:
        NewerStoreError: more than this program knows.
        ForeignStoreError: it is not of this schema.
    """
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    application_id = int(connection.execute("PRAGMA application_id").fetchone()[0])
    if application_id != schema.application_id:
        is_empty = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
        if application_id or version or not is_empty:
            raise ForeignStoreError(path)
    if version > len(schema.steps):
        raise NewerStoreError(path)
    return version


def _use_wal(connection: sqlite3.Connection) -> None:
    """Switch to writing ahead; when two processes try at once, SQLite fails one of them without waiting."""
    deadline = time.monotonic() + BUSY_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        else:
            return


def _roll_back(connection: sqlite3.Connection) -> None:
    """End a transaction that failed; SQLite itself has rolled back already after some errors, such as a full disk."""
    if connection.in_transaction:
        connection.execute("ROLLBACK")


def _statements(script: str) -> Iterable[str]:
    """Yield the statements of a script: `executescript` would commit between them."""
    statement = ""
    for part in script.splitlines(keepends=True):
        statement += part
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
