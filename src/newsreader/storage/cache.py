"""What can be fetched again: responses, the pages made from them, pictures, and when each headline was first seen."""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from newsreader.extraction.site_memory import SiteMemory
from newsreader.models import Article, Page, Response
from newsreader.storage import account_contents, site_memories, source_checks
from newsreader.storage.account_contents import AccountContentTable
from newsreader.storage.cache_access import GAP_S
from newsreader.storage.cache_schema import SCHEMA
from newsreader.storage.columns import time_or_none, to_text
from newsreader.storage.connection import SUFFIXES, translate_sqlite_errors
from newsreader.storage.database import Database
from newsreader.storage.database_files import rename_with_journals
from newsreader.storage.errors import (
    UNWRITABLE,
    DamagedStoreError,
    FullStoreError,
    SetAsideStoreError,
    StoreError,
)
from newsreader.storage.hosts import HostTable
from newsreader.storage.pages import PageTable
from newsreader.storage.paths import is_absent
from newsreader.storage.pictures import PictureTable
from newsreader.storage.pruning import BATCH, forget_before, forget_everything, forget_oldest
from newsreader.storage.responses import ResponseTable
from newsreader.storage.river import RiverTable
from newsreader.storage.seen_headlines import (
    READ_AT_ONCE,
    SeenHeadlineTable,
    in_parts,
)
from newsreader.storage.source_checks import SourceCheckTable
from newsreader.store_info import CacheInfo

T = TypeVar("T")
V = TypeVar("V")


class Cache:
    """The store of what can be fetched again; any thread may call it, and two programs may share it.

    A damaged file is set aside and a new one created. If it cannot be written, what is there can be read, and if
    it cannot be opened, one in memory is used until the program ends.

    Attributes:
        problem: Why it is not what it should be (set aside, read-only, in memory); None while all is well.
        sites: What is remembered about each site.
        account_contents: What feed servers sent.
        responses, pages, pictures, seen_headlines, source_checks, hosts: What else it keeps, by subject.
    """

    def __init__(self, database: Database, problem: StoreError | None, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now
        self._recovery_lock = threading.Lock()
        self._retired: list[Database] = []  # closed only at the end: another thread may be reading in one
        self.problem = problem
        self.sites = site_memories.SiteMemories(self._read, now)
        self.responses = ResponseTable(self)
        self.pages = PageTable(self)
        self.pictures = PictureTable(self, now)
        self.seen_headlines = SeenHeadlineTable(self, now)
        self.source_checks = SourceCheckTable(self)
        self.river = RiverTable(self)
        self.hosts = HostTable(self, now)
        self.account_contents = AccountContentTable(self, now)

    @classmethod
    def open(cls, path: Path, *, now: Callable[[], datetime]) -> "Cache":
        """Open the cache; this never fails, but `problem` may say what is lost."""
        try:
            return cls(Database(path, SCHEMA), None, now)
        except DamagedStoreError:
            return cls(*_recreate(path, now()), now)
        except StoreError:
            return cls(*_open_somehow(path), now)

    @property
    def unread(self) -> StoreError | None:
        """Why what the file holds cannot be read; None if it can, or if there is no file."""
        return self.problem if self._database.is_in_memory and not is_absent(self.path) else None

    @property
    def path(self) -> Path:
        """The file."""
        return self._database.path

    def close(self) -> None:
        """Close the file."""
        for database in (*self._retired, self._database):
            database.close()

    def info(self) -> CacheInfo:
        """Return the cache in figures.

        Raises:
            StoreError: it cannot be read.
        """
        if (unread := self.unread) is not None:
            raise unread
        pages, pictures, oldest = self._read(
            lambda connection: connection.execute(
                "SELECT (SELECT count(*) FROM (SELECT url FROM responses UNION SELECT url FROM pages)),"
                " (SELECT count(*) FROM pictures),"
                " min(ifnull((SELECT min(fetched_at) FROM responses), 'none'),"
                " ifnull((SELECT min(fetched_at) FROM pages), 'none'),"
                " ifnull((SELECT min(fetched_at) FROM pictures), 'none'))"
            ).fetchone()
        )
        return CacheInfo(self.path, self._database.size_bytes, pages, pictures, time_or_none(oldest))

    def clear(self) -> None:
        """Forget everything and free the space, even on a full disk.

        Raises:
            StoreError: the file can be neither emptied nor deleted, or is none that may be.
        """
        if (unread := self.unread) is not None:
            raise unread
        try:
            self._write(forget_everything)
            self._database.vacuum()
        except UNWRITABLE:  # emptying it may take room that a full disk has not; deleting it does not
            if self._database.is_in_memory:
                raise
            self._delete_file()

    def prune(self, max_age: timedelta, max_bytes: int) -> int:
        """Forget what is too old, then the oldest until the rest fits the limit; return how many were removed.

        It uses short transactions, so that nobody waits for it.

        Raises:
            StoreError: nothing can be written.
        """
        limit = to_text(self._now() - max_age)
        gone = 0
        while batch := self._write(lambda connection: forget_before(connection, limit)):
            gone += batch
        while batch := self._write(lambda connection: forget_oldest(connection, max_bytes)):
            gone += batch
        self._write(lambda connection: connection.execute("DELETE FROM headlines WHERE last_seen < ?", (limit,)))
        self._write(lambda connection: account_contents.forget_before(connection, limit))
        over = to_text(self._now())
        self._write(lambda connection: connection.execute("DELETE FROM hosts WHERE not_before < ?", (over,)))
        while batch := self._write(lambda connection: source_checks.forget(connection, limit, BATCH)):
            gone += batch
        if gone:
            self._database.vacuum()
        return gone

    def keep_fetched(
        self, response: Response, key: str, version: int, page: Page, fetched_at: datetime, article: Article | None
    ) -> Page:
        """Keep a response and what was made of it in one transaction, and learn the site of its article, if it has one.

        Returns:
            The page without what its site's other stories show as well.

        Raises:
            StoreError: it cannot be written; what was there before is still there.
        """
        puts = self.responses.put_work(response), self.pages.put_work(key, version, page, fetched_at)

        def work(connection: sqlite3.Connection) -> SiteMemory | None:
            for put in puts:
                put(connection)
            if article is None:
                return None
            return self.sites.learn(connection, site_memories.site_of(page.url), article)

        memory = self._write(work)
        return page if memory is None else memory.clean_page(page)

    def checkpoint(self) -> None:
        """Checkpoint the journal into the file when nothing else is in progress, since it takes up to 0.1 seconds.

        Raises:
            StoreError: the disk refused it.
        """
        if self._database.refusal is None:
            self._database.outside_transaction(lambda connection: connection.execute("PRAGMA wal_checkpoint(PASSIVE)"))

    # --- for other parts of the storage -------------------------------------------------------

    @property
    def database(self) -> Database:
        """The file that is open now; a different one after damage was found."""
        return self._database

    def read(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Run a read of another part of the storage on this file.

        Raises:
            StoreError: it cannot be read.
        """
        return self._read(work)

    def write(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Run a write of another part of the storage on this file, in one transaction.

        Raises:
            StoreError: it cannot be written.
        """
        return self._write(work)

    # --- damage -------------------------------------------------------------------------------

    def _read(self, work: Callable[[sqlite3.Connection], T]) -> T:
        database = self._database
        try:
            return database.read(work)
        except DamagedStoreError:
            self._recover(database)
            return self._database.read(work)

    def _write(self, work: Callable[[sqlite3.Connection], T]) -> T:
        database = self._database
        try:
            return database.write(work)
        except DamagedStoreError:
            self._recover(database)
        except FullStoreError:
            if not database.is_in_memory:
                raise
            database.write(forget_everything)
        return self._database.write(work)

    def read_in_parts(self, work: Callable[[sqlite3.Connection, V | None], list[V]]) -> list[V]:
        """Return what is read a few rows at a time, each batch following the last row of the one before."""
        found: list[V] = []
        count = READ_AT_ONCE
        while count == READ_AT_ONCE:
            last = found[-1] if found else None
            some = self._read(lambda connection, last=last: work(connection, last))  # type: ignore[misc]
            found += some
            count = len(some)
        return found

    def write_in_parts(self, values: Iterable[V], work: Callable[[sqlite3.Connection, list[V]], object]) -> None:
        """Write many values in small transactions with gaps, so that others need not wait long."""
        for number, part in enumerate(in_parts(values)):
            if number:
                time.sleep(GAP_S)
            self._write(lambda connection, part=part: work(connection, part))  # type: ignore[misc]

    def _recover(self, damaged: Database) -> None:
        """Set the damaged file aside and begin a new one, unless another thread or program has done so already."""
        with self._recovery_lock:
            if self._database is not damaged:
                return
            self._retired.append(damaged)
            if damaged.refusal is not None:  # nothing can be renamed here: what cannot be read is not there
                self._database = Database.in_memory(self.path, SCHEMA, damaged.refusal)
                return
            if damaged.is_replaced:
                self._database, self.problem = _open_somehow(self.path)
            else:
                self._database, self.problem = _recreate(self.path, self._now())

    def _delete_file(self) -> None:
        with self._recovery_lock, translate_sqlite_errors(self.path):
            self._retired.append(self._database)
            for suffix in (*SUFFIXES, ""):
                Path(f"{self.path}{suffix}").unlink(missing_ok=True)
            self._database, self.problem = _open_somehow(self.path)


def _open_somehow(path: Path) -> tuple[Database, StoreError | None]:
    """Open the file for writing, else for reading, else an empty one in memory."""
    try:
        return Database(path, SCHEMA), None
    except StoreError as error:
        problem = error
    if not is_absent(path) and isinstance(problem, UNWRITABLE):
        try:
            return Database.read_only(path, SCHEMA, problem), problem
        except StoreError as error:
            problem = error
    return Database.in_memory(path, SCHEMA, None), problem


def _recreate(path: Path, now: datetime) -> tuple[Database, StoreError]:
    """Rename a damaged file and its journals, and make a new one; earlier ones set aside are deleted."""
    aside = path.with_name(f"{path.name}.damaged-{now:%Y%m%dT%H%M%SZ}")
    try:
        for older in path.parent.glob(f"{path.name}.damaged-*"):
            older.unlink()
        rename_with_journals(path, aside)
    except OSError:
        return Database.in_memory(path, SCHEMA, None), DamagedStoreError(path)
    database, problem = _open_somehow(path)
    return database, problem or SetAsideStoreError(path, aside)
