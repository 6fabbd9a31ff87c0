"""One SQLite file: made, opened, migrated and shared between threads and processes."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import TypeVar

from newsreader.storage.connection import (
    SUFFIXES,
    connect,
    file_uri,
    patiently,
    transaction,
    translate_sqlite_errors,
    use_wal,
)
from newsreader.storage.errors import (
    ClosedStoreError,
    DamagedStoreError,
    MissingStoreError,
    StoreError,
    UnreachableStoreError,
    store_error,
)
from newsreader.storage.paths import make_private_directory, make_private_file, require_regular_file, size
from newsreader.storage.schema import Schema, bring_up_to_date, steps_run

T = TypeVar("T")
Work = Callable[[sqlite3.Connection], T]
MEMORY_PAGES = 16_384  # of 4 KiB: what a store in memory may take
_SMALLEST = 512  # bytes: what is shorter, SQLite takes for a new file and writes over


class Database:
    """A file of one schema: one connection for reading and one for writing, each used by one thread at a time.

    Another process may use the file at the same time; waiting for it ends with an error after `PATIENCE`.

    Attributes:
        refusal: Why nothing can be written; None while it can.
        is_in_memory: It ends with the program, and whatever is under the path is not its file.
        before_commit: Called with the connection at the end of every transaction that writes.
    """

    before_commit: Callable[[sqlite3.Connection], None] | None = None

    def __init__(self, path: Path, schema: Schema) -> None:
        """Open the file, made and brought up to date where needed.

        Raises:
            StoreError: it cannot be opened for reading and writing; a newer or foreign one was not touched.
        """
        self.path = path
        self.refusal: StoreError | None = None
        self.is_in_memory = False
        self._schema = schema
        self._reading = threading.Lock()
        self._writing = threading.Lock()
        self._is_closed = False
        self._open()

    @classmethod
    def read_only(cls, path: Path, schema: Schema, refusal: StoreError) -> "Database":
        """Open a file where nothing can be written.

        Raises:
            StoreError: it cannot be read either, or is not of this schema as it is now.
        """
        self = cls._unopened(path, schema, refusal)
        self._writer = self._reader = _connect_for_reading(path, schema, refusal)
        return self

    @classmethod
    def in_memory(cls, path: Path, schema: Schema, refusal: StoreError | None) -> "Database":
        """Return an empty database that ends with the program; with a refusal it stays empty."""
        self = cls._unopened(path, schema, None)
        self.is_in_memory = True
        self._writer = self._reader = connect(None)
        bring_up_to_date(self._writer, schema, path)
        self._writer.execute(f"PRAGMA max_page_count = {MEMORY_PAGES}")
        self.refusal = refusal
        return self

    @classmethod
    def _unopened(cls, path: Path, schema: Schema, refusal: StoreError | None) -> "Database":
        self = cls.__new__(cls)
        self.path, self.refusal, self._schema = path, refusal, schema
        self.is_in_memory = self._is_closed = False
        self._identity = None
        self._reading = self._writing = threading.Lock()
        return self

    def _open(self) -> None:
        """Open both connections, or leave everything as it was."""
        with ExitStack() as unless_whole, translate_sqlite_errors(self.path):
            make_private_directory(self.path.parent)
            make_private_file(self.path)
            require_regular_file(self.path)
            if 0 < size(self.path) < _SMALLEST or _has_unknown_format(self.path):
                raise DamagedStoreError(self.path)
            writer = unless_whole.enter_context(closing(connect(self.path)))
            version = steps_run(writer, self._schema, self.path)
            if version == 0:  # so that space is freed; only a file without tables accepts it
                writer.execute("PRAGMA auto_vacuum = INCREMENTAL")
            self._configure(writer)
            if version < len(self._schema.steps):
                bring_up_to_date(writer, self._schema, self.path)
            reader = unless_whole.enter_context(closing(connect(self.path)))
            self._configure(reader)
            unless_whole.pop_all()
        self._writer, self._reader = writer, reader
        self._identity: tuple[int, int] | None = _identity(self.path)

    def _configure(self, connection: sqlite3.Connection) -> None:
        if self._schema.disposable:
            use_wal(connection, self.path)
        for option in self._schema.options:
            connection.execute(option)

    def read(self, work: Work[T]) -> T:
        """Return what the work reads; it must fetch all its rows before it returns.

        Raises:
            StoreError: the file cannot be read.
        """
        self._follow_file()
        with self._open_reader() as reader:
            return work(reader)

    def write(self, work: Work[T]) -> T:
        """Do the work in one transaction: when this returns, all of it is stored; when it raises, nothing is.

        Raises:
            StoreError: it cannot be written.
        """
        if self.refusal is not None:
            raise self.refusal
        self._follow_file()
        with self._open_writer() as writer, transaction(writer, self.path) as connection:
            result = work(connection)
            if self.before_commit is not None:
                self.before_commit(connection)
            return result

    def version(self) -> tuple[int, int, int]:
        """Return what is another value once something was written, by this program or by another one.

        Raises:
            StoreError: the file cannot be read.
        """

        def read(connection: sqlite3.Connection) -> tuple[int, int, int]:
            # The first counts what other connections wrote; in memory there is none, and the next reader may repeat it.
            return connection.execute("PRAGMA data_version").fetchone()[0], connection.total_changes, id(connection)

        return self.read(read)

    def outside_transaction(self, work: Work[T]) -> T:
        """Do what SQLite allows outside a transaction only, such as a checkpoint or a vacuum.

        Raises:
            StoreError: the file refused it.
        """
        self._follow_file()
        with self._open_writer() as writer, patiently(writer, self.path):
            return work(writer)

    def vacuum(self) -> None:
        """Return unused pages to the disk.

        Raises:
            StoreError: the file refused it.
        """

        def free_pages(connection: sqlite3.Connection) -> int:
            return int(connection.execute("PRAGMA freelist_count").fetchone()[0])

        def free_some(connection: sqlite3.Connection) -> int:
            # As a script: the module steps a statement without columns only once, which frees a single page.
            connection.executescript("PRAGMA incremental_vacuum(1000)")
            return free_pages(connection)

        before, left = 0, self.outside_transaction(free_pages)
        while 0 < left != before:
            before, left = left, self.outside_transaction(free_some)
        self.outside_transaction(lambda connection: connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall())

    def another_reader(self) -> sqlite3.Connection:
        """Return another connection for reading, for what takes so long that others should not wait for it.

        Whoever has it closes it, and opens another one when `identity` has changed.

        Raises:
            StoreError: the file cannot be opened.
        """
        self._follow_file()
        with translate_sqlite_errors(self.path), ExitStack() as unless_whole:
            connection = unless_whole.enter_context(closing(connect(self.path, "mode=ro")))
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            unless_whole.pop_all()
        return connection

    @contextmanager
    def lent_reader(self) -> Iterator[sqlite3.Connection]:
        """Lend the reading connection; everyone else waits until it is back."""
        with self._open_reader() as reader:
            yield reader

    def attach_to(self, connection: sqlite3.Connection, name: str) -> None:
        """Attach this file to another connection for reading; a file that cannot be attached is empty there.

        Raises:
            StoreError: it cannot be read.
        """
        with translate_sqlite_errors(self.path):
            if self._identity is not None:
                connection.execute(f"ATTACH ? AS {name}", (file_uri(self.path, "mode=ro"),))
                return
            connection.execute(f"ATTACH ':memory:' AS {name}")
            tables = self.read(
                lambda own: own.execute(
                    "SELECT sql FROM sqlite_master WHERE type = 'table' AND sql NOT NULL"
                ).fetchall()
            )
            for (statement,) in tables:
                if "sqlite_" not in statement:
                    connection.execute(statement.replace("CREATE TABLE ", f"CREATE TABLE {name}.", 1))

    @property
    def identity(self) -> tuple[int, int] | None:
        """Which file is open; None if it is none, or can only be read."""
        self._follow_file()
        return self._identity

    @property
    def is_replaced(self) -> bool:
        """Whether the file that was opened is no longer at its path: restored, cleared or deleted by someone."""
        return self._identity is not None and _identity(self.path) != self._identity

    @contextmanager
    def _open_reader(self) -> Iterator[sqlite3.Connection]:
        with self._reading, translate_sqlite_errors(self.path):
            self._require_open()
            with patiently(self._reader, self.path):
                yield self._reader

    @contextmanager
    def _open_writer(self) -> Iterator[sqlite3.Connection]:
        with self._writing, translate_sqlite_errors(self.path):
            self._require_open()
            yield self._writer

    def _require_open(self) -> None:
        if self._is_closed:  # the program is ending, and a thread of it is late
            raise ClosedStoreError(self.path)

    def _follow_file(self) -> None:
        """Open the file that is at the path now: writes to the other would be lost silently."""
        if self._is_closed or not self.is_replaced:
            return
        with self._reading, self._writing:
            if _identity(self.path) == self._identity:  # another thread was first
                return
            if not self._schema.disposable and not self.path.exists():
                raise MissingStoreError(self.path)
            former = self._writer, self._reader
            self._open()
            for connection in former:
                connection.close()

    @property
    def size_bytes(self) -> int:
        """What the file and its journals take on the disk; in memory, what the pages take."""
        if self.is_in_memory:
            with self._reading:
                pages = int(self._reader.execute("PRAGMA page_count").fetchone()[0])
                return pages * int(self._reader.execute("PRAGMA page_size").fetchone()[0])
        return sum(size(Path(f"{self.path}{suffix}")) for suffix in ("", *SUFFIXES))

    def close(self) -> None:
        """Close the connections; the last one out folds the journal into the file."""
        self._is_closed = True
        with self._writing:
            self._writer.close()
        if self._reader is not self._writer:
            with self._reading:
                self._reader.close()


def _has_unknown_format(path: Path) -> bool:
    """Return whether a file is of a format that SQLite reads and never writes: no version of it has made such a one."""
    with path.open("rb") as file:
        header = file.read(20)
    return header.startswith(b"SQLite format 3\0") and any(version > 2 for version in header[18:20])


def _connect_for_reading(path: Path, schema: Schema, refusal: StoreError) -> sqlite3.Connection:
    """Connect to a file where not even a lock can be made; what another process writes meanwhile is not seen then."""
    queries = ("mode=ro", "immutable=1") if not size(Path(f"{path}-journal")) else ("mode=ro",)
    found = refusal
    for query in queries:
        try:
            with ExitStack() as unless_whole:
                connection = unless_whole.enter_context(closing(connect(path, query)))
                if steps_run(connection, schema, path) != len(schema.steps):
                    raise refusal
                unless_whole.pop_all()
                return connection
        except PermissionError as error:  # of the folder
            raise UnreachableStoreError(path) from error
        except sqlite3.Error as error:
            found = store_error(error, path)
    raise found if isinstance(found, UnreachableStoreError) else refusal


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
