"""One SQLite file: how it is made, opened, brought up to date and shared between threads and processes."""

import errno
import json
import os
import sqlite3
import stat
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from newsreader.storage.errors import (
    DamagedStoreError,
    ForeignStoreError,
    FullStoreError,
    LockedStoreError,
    MissingStoreError,
    NewerStoreError,
    NoRegularFileError,
    ReadOnlyStoreError,
    StoreError,
    UnreachableStoreError,
    store_error,
)
from newsreader.storage.patience import PATIENCE
from newsreader.urls import split_credentials

T = TypeVar("T")
Work = Callable[[sqlite3.Connection], T]

MEMORY_PAGES = 16_384  # of 4 KiB: what a store in memory may take
_MANY = 2000  # stories, of which it may be worth while to read the whole table
_SMALLEST = 512  # bytes: what is shorter, SQLite takes for a new file and writes over
SUFFIXES = ("-journal", "-wal", "-shm")


@dataclass(frozen=True, slots=True)
class Schema:
    """What a file of one kind holds.

    Attributes:
        application_id: Marks the file as ours (SQLite's own field for that).
        steps: SQL scripts; the file's `user_version` counts those that were run. A step is added at the end and never
            changed.
        options: Statements that every connection begins with.
        disposable: What it holds can be fetched again: it is written ahead, and recreated when someone deletes it while
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


def time_or_none(text: str | None) -> datetime | None:
    """Return the time of its kept form; None where there is none, or it cannot be read any more."""
    try:
        return from_text(text) if text else None
    except ValueError:
        return None


def without_credentials(url: str) -> str:
    """Return an address as it may be kept: no user name, no password, no lone surrogate."""
    if "@" not in url and url.isascii():
        return url
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

    Another process may use the file at the same time; waiting for it ends in an error when `PATIENCE` is over.

    Attributes:
        refusal: Why nothing can be written; None while it can.
        is_in_memory: It ends with the program, and whatever lies under the path is not its file.
    """

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
        self._writer = self._reader = _connect(None)
        _bring_up_to_date(self._writer, schema, path)
        self._writer.execute(f"PRAGMA max_page_count = {MEMORY_PAGES}")
        self.refusal = refusal
        return self

    @classmethod
    def _unopened(cls, path: Path, schema: Schema, refusal: StoreError | None) -> "Database":
        self = cls.__new__(cls)
        self.path, self.refusal, self._schema = path, refusal, schema
        self.is_in_memory = False
        self._identity = None
        self._reading = self._writing = threading.Lock()
        return self

    def _open(self) -> None:
        """Open both connections, or leave everything as it was."""
        with ExitStack() as unless_whole, translate_sqlite_errors(self.path):
            make_private_directory(self.path.parent)
            _make_private_file(self.path)
            _require_regular_file(self.path)
            if 0 < size(self.path) < _SMALLEST or _has_unknown_format(self.path):
                raise DamagedStoreError(self.path)
            writer = unless_whole.enter_context(closing(_connect(self.path)))
            version = _version(writer, self._schema, self.path)
            if version == 0:  # so that room is given back; only a file without any table takes it
                writer.execute("PRAGMA auto_vacuum = INCREMENTAL")
            self._configure(writer)
            if version < len(self._schema.steps):
                _bring_up_to_date(writer, self._schema, self.path)
            reader = unless_whole.enter_context(closing(_connect(self.path)))
            self._configure(reader)
            unless_whole.pop_all()
        self._writer, self._reader = writer, reader
        self._identity: tuple[int, int] | None = _identity(self.path)

    def _configure(self, connection: sqlite3.Connection) -> None:
        if self._schema.disposable:
            _use_wal(connection, self.path)
        for option in self._schema.options:
            connection.execute(option)

    def read(self, work: Work[T]) -> T:
        """Return what the work reads; it must take all its rows before it returns.

        Raises:
            StoreError: the file cannot be read.
        """
        self._follow_file()
        with self._reading, translate_sqlite_errors(self.path), _patiently(self._reader, self.path):
            return work(self._reader)

    def write(self, work: Work[T]) -> T:
        """Do the work in one transaction: when this returns, all of it is kept; when it raises, nothing is.

        Raises:
            StoreError: it cannot be written.
        """
        if self.refusal is not None:
            raise self.refusal
        self._follow_file()
        with self._writing, translate_sqlite_errors(self.path), _transaction(self._writer, self.path) as connection:
            return work(connection)

    def outside_transaction(self, work: Work[T]) -> T:
        """Do what SQLite allows outside a transaction only, such as a checkpoint or a vacuum.

        Raises:
            StoreError: the file refused it.
        """
        self._follow_file()
        with self._writing, translate_sqlite_errors(self.path), _patiently(self._writer, self.path):
            return work(self._writer)

    def vacuum(self) -> None:
        """Hand the pages that hold nothing any more back to the disk.

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
        """Return a further connection for reading a file, for what takes so long that others should not wait for it.

        Whoever has it closes it, and opens another one when `identity` has changed.

        Raises:
            StoreError: the file cannot be opened.
        """
        self._follow_file()
        with translate_sqlite_errors(self.path), ExitStack() as unless_whole:
            connection = unless_whole.enter_context(closing(_connect(self.path, "mode=ro")))
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            unless_whole.pop_all()
        return connection

    @contextmanager
    def lent_reader(self) -> Iterator[sqlite3.Connection]:
        """Lend the connection that reads; everyone else waits meanwhile."""
        with self._reading, translate_sqlite_errors(self.path), _patiently(self._reader, self.path):
            yield self._reader

    def attach_to(self, connection: sqlite3.Connection, name: str) -> None:
        """Let another connection read this file beside its own; one that cannot be read so is empty there.

        Raises:
            StoreError: it cannot be read.
        """
        with translate_sqlite_errors(self.path):
            if self._identity is not None:
                connection.execute(f"ATTACH ? AS {name}", (_uri(self.path, "mode=ro"),))
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
        """Which file is open; None where it is none, or can only be read."""
        self._follow_file()
        return self._identity

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
        with self._writing:
            self._writer.close()
        if self._reader is not self._writer:
            with self._reading:
                self._reader.close()


def size(path: Path) -> int:
    """Return the bytes of a file; 0 where there is none, or something else in its place."""
    try:
        status = path.stat()
    except OSError:
        return 0
    return status.st_size if stat.S_ISREG(status.st_mode) else 0


def _has_unknown_format(path: Path) -> bool:
    """Say whether a file is of a format that SQLite reads and never writes: no version of it has made such a one."""
    with path.open("rb") as file:
        header = file.read(20)
    return header.startswith(b"SQLite format 3\0") and any(version > 2 for version in header[18:20])


def is_absent(path: Path) -> bool:
    """Say whether nothing lies under the path, or a file that was made and never written to."""
    try:
        status = path.lstat()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return stat.S_ISREG(status.st_mode) and status.st_size == 0


def check(path: Path, schema: Schema) -> None:
    """Read a whole file through; only this finds most of what can be damaged in it, and a big one takes seconds.

    Raises:
        StoreError: it is not sound, not of this schema, or newer.
    """
    with translate_sqlite_errors(path), closing(_connect(path, "mode=ro")) as connection:
        if _version(connection, schema, path) == 0:
            raise MissingStoreError(path)
        if connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
            raise DamagedStoreError(path)


def schema_version(path: Path) -> int:
    """Return how many steps of its schema were run on a file.

    Raises:
        StoreError: it cannot be read.
    """
    with translate_sqlite_errors(path), closing(_connect(path, "mode=ro")) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def copy_database(path: Path, target: Path, *, deadline_s: float = 300.0) -> None:
    """Copy a file that may be in use, as it is at one moment, to a new private file.

    It is read in steps, so that who writes to it waits for a few milliseconds at most.

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
        _make_private_file(target)
        with closing(_connect(path, "mode=ro")) as source, closing(_connect(target)) as copy:
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
        _make_private_file(target)
        with closing(_connect(target, "mode=rwc")) as copy:
            copy.execute("PRAGMA auto_vacuum = INCREMENTAL")
            _bring_up_to_date(copy, schema, target)
            copy.execute("ATTACH ? AS source", (_uri(path, "mode=ro"),))
            with _transaction(copy, path):
                rows = copy.execute("SELECT name FROM source.sqlite_master WHERE type = 'table'").fetchall()
                for name in sorted({name for (name,) in rows} - left_out):
                    _copy_table(copy, name, path)
        sync(target)


def _copy_table(copy: sqlite3.Connection, name: str, path: Path) -> None:
    is_counter = name == "sqlite_sequence"  # of the numbers that were given once
    if not is_counter and copy.execute(f"PRAGMA source.integrity_check({name})").fetchone()[0] != "ok":
        raise DamagedStoreError(path)
    copy.execute(f"DELETE FROM main.{name}")  # noqa: S608
    copy.execute(f"INSERT INTO main.{name} SELECT * FROM source.{name}")  # noqa: S608


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Keep every other program from using the file meanwhile; one that is missing or damaged is used by nobody.

    Raises:
        LockedStoreError: another program is using it.
    """
    with ExitStack() as stack:
        if size(path):
            connection = stack.enter_context(closing(_connect(path)))
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


def sync(path: Path) -> None:
    """See to it that a file, or the names in a directory, are on the disk; Windows knows this of files alone."""
    is_directory = path.is_dir()
    if is_directory and os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY if is_directory else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def json_list(values: Iterable[str]) -> str:
    """Return texts as one parameter for `json_each`, so that a statement takes any number of them."""
    return json.dumps(list(values))


def among(connection: sqlite3.Connection, stories: Iterable[str], known: str) -> set[str]:
    """Return those of the stories that a table has: `known` is its name and the beginning of a condition.

    Of many, not each is looked up where the table is shorter than what is asked: it is read whole.
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


def _os_error(error: OSError, path: Path) -> StoreError:
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return ReadOnlyStoreError(path)
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return FullStoreError(path)
    return UnreachableStoreError(path)


def _connect(path: Path | None, query: str = "mode=rwc") -> sqlite3.Connection:
    """Connect to a file, with SQLite's own words for how; without one, to an empty database in memory."""
    for suffix in ("", *SUFFIXES) if path is not None else ():
        file = Path(f"{path}{suffix}")
        if not suffix or not file.is_dir():  # SQLite reads beside a directory in the place of a journal
            _require_regular_file(file)
    database = ":memory:" if path is None else _uri(path, query)
    return sqlite3.connect(
        database, timeout=PATIENCE.left_s(), isolation_level=None, check_same_thread=False, uri=path is not None
    )


def _require_regular_file(path: Path) -> None:
    """Let pass a regular file, and nothing at all: a pipe would be waited for without end, a device swallow all.

    Raises:
        NoRegularFileError: it is something else.
    """
    try:
        mode = path.stat().st_mode
    except OSError:  # SQLite says it better
        return
    if not stat.S_ISREG(mode):
        raise NoRegularFileError(path)


def _uri(path: Path, query: str) -> str:
    return f"{path.absolute().as_uri()}?{query}"


def _connect_for_reading(path: Path, schema: Schema, refusal: StoreError) -> sqlite3.Connection:
    """Connect to a file where not even a lock can be made; what another process writes meanwhile is not seen then."""
    queries = ("mode=ro", "immutable=1") if not size(Path(f"{path}-journal")) else ("mode=ro",)
    for query in queries:
        with ExitStack() as unless_whole, suppress(sqlite3.Error):
            connection = unless_whole.enter_context(closing(_connect(path, query)))
            if _version(connection, schema, path) != len(schema.steps):
                raise refusal
            unless_whole.pop_all()
            return connection
    raise refusal


@contextmanager
def translate_sqlite_errors(path: Path) -> Iterator[None]:
    """Make the errors of SQLite and of the system ours; a wrong use of the module stays what it is, a bug."""
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
def _snapshot(connection: sqlite3.Connection) -> Iterator[None]:
    """Read the state of one moment, whatever another process writes between two statements."""
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
def _transaction(connection: sqlite3.Connection, path: Path) -> Iterator[sqlite3.Connection]:
    """Keep all that is written inside, or, when anything is raised, nothing."""
    _begin(connection, path)
    try:
        yield connection
        connection.execute("COMMIT")
    except BaseException:
        _roll_back(connection)
        raise


def _begin(connection: sqlite3.Connection, path: Path) -> None:
    """Begin to write; whoever has to wait asks every other millisecond.

    SQLite itself would soon ask ten times a second only, and miss every gap that a program leaves which writes one
    thing after another.
    """
    deadline = time.monotonic() + PATIENCE.left_s()
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        while True:
            try:
                connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if not _is_busy(error):
                    raise
                PATIENCE.note_refusal(path)
                if time.monotonic() > deadline or PATIENCE.is_over:
                    raise
                time.sleep(0.002)
            else:
                break
    finally:
        _allow_waiting(connection)
    PATIENCE.note_success(path)


@contextmanager
def _patiently(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """Use a file, waiting for other programs no longer than this run may still wait for any."""
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


def _bring_up_to_date(connection: sqlite3.Connection, schema: Schema, path: Path) -> None:
    with _transaction(connection, path):
        for step in schema.steps[_version(connection, schema, path) :]:  # another process may have been first
            for statement in _statements(step):
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {schema.application_id}")
        connection.execute(f"PRAGMA user_version = {len(schema.steps)}")


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
    with _snapshot(connection):
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        application_id = int(connection.execute("PRAGMA application_id").fetchone()[0])
        is_empty = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    if application_id != schema.application_id and (application_id or version or not is_empty):
        raise ForeignStoreError(path)
    if version > len(schema.steps):
        raise NewerStoreError(path)
    return version


def _use_wal(connection: sqlite3.Connection, path: Path) -> None:
    """Switch to writing ahead; when two processes try at once, SQLite fails one of them without waiting."""
    deadline = time.monotonic() + PATIENCE.left_s()
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if not _is_busy(error):
                raise
            PATIENCE.note_refusal(path)
            if time.monotonic() > deadline or PATIENCE.is_over:
                raise
            time.sleep(0.01)
        else:
            PATIENCE.note_success(path)
            return


def _statements(script: str) -> Iterator[str]:
    """Yield the statements of a script: `executescript` would commit between them."""
    statement = ""
    for part in script.splitlines(keepends=True):
        statement += part
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
