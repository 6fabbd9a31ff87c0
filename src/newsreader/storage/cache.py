"""What can be fetched again: answers, the pages made of them, pictures, and when each headline was first seen."""

import json
import sqlite3
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlsplit

from newsreader.jsonform import page_from_json, page_to_json
from newsreader.models import Page, Response
from newsreader.storage import site_memories, source_checks
from newsreader.storage.cache_access import GAP_S
from newsreader.storage.cache_schema import SCHEMA
from newsreader.storage.compression import (
    SAMPLED,
    dictionary_id,
    dictionary_of,
    needed_dictionary,
    packed,
    unpacked,
)
from newsreader.storage.database import (
    SUFFIXES,
    Database,
    among,
    from_text,
    is_absent,
    rename_with_journals,
    size,
    time_or_none,
    to_text,
    translate_sqlite_errors,
    without_credentials,
)
from newsreader.storage.errors import (
    UNWRITABLE,
    DamagedStoreError,
    FullStoreError,
    SetAsideStoreError,
    StoreError,
)
from newsreader.storage.hosts import HostTable
from newsreader.storage.index_schema import FORGET_INDEX
from newsreader.storage.seen_headlines import (
    READ_AT_ONCE,
    SeenHeadlineTable,
    in_parts,
)
from newsreader.storage.source_checks import SourceCheckTable
from newsreader.urls import story_key, without_trackers

T = TypeVar("T")
V = TypeVar("V")

_KINDS = ("responses", "pages", "pictures")
_PUTS_BETWEEN_LOOKS = 8  # for pages enough to make a sample of
_LOOKED_AT = 200  # pages, the last ones
_UNREADABLE = (zlib.error, ValueError, KeyError, TypeError, AttributeError)


@dataclass(frozen=True, slots=True)
class CacheInfo:
    """The cache in figures.

    Attributes:
        size_bytes: On the disk, journals included.
        pages: Addresses of which an answer or a page is kept.
        oldest: When the oldest of all was fetched; None where there is nothing.
    """

    path: Path
    size_bytes: int
    pages: int
    pictures: int
    oldest: datetime | None


class Cache:
    """The store of what can be fetched again; any thread may call it, and two programs may share it.

    A damaged file is set aside and a new one created. Where none can be written, what is there can be read, and where
    none can be opened, one in memory serves until the program ends.

    Attributes:
        problem: Why it is not what it should be (set aside, read-only, in memory); None while all is well.
        sites: What is remembered of each site.
        seen_headlines, source_checks, hosts: What else it keeps, by subject.
    """

    def __init__(self, database: Database, problem: StoreError | None, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now
        self._mending = threading.Lock()
        self._dictionaries: dict[int, bytes] = {}
        self._puts = 0  # pages, since it was opened
        self._last_page: tuple[bytes, Page] | None = None  # that was read, with its body
        self._retired: list[Database] = []  # closed only at the end: another thread may be reading in one
        self.problem = problem
        self.sites = site_memories.SiteMemories(self._read, self._write, now)
        self.seen_headlines = SeenHeadlineTable(self, now)
        self.source_checks = SourceCheckTable(self)
        self.hosts = HostTable(self, now)

    @classmethod
    def open(cls, path: Path, *, now: Callable[[], datetime]) -> "Cache":
        """Open the cache; this never fails, but `problem` may say at what price."""
        try:
            return cls(Database(path, SCHEMA), None, now)
        except DamagedStoreError:
            return cls(*_recreate(path, now()), now)
        except StoreError:
            return cls(*_open_somehow(path), now)

    @property
    def path(self) -> Path:
        """The file."""
        return self._database.path

    def close(self) -> None:
        """Close the file."""
        for database in (*self._retired, self._database):
            database.close()

    # --- answers ------------------------------------------------------------------------------

    def response(self, url: str) -> Response | None:
        """Return the answer kept for this address, or for another address of the same story; its `url` says which."""
        url = without_credentials(url)

        def work(connection: sqlite3.Connection) -> tuple[Any, ...] | None:
            rows = connection.execute(
                "SELECT id, url, final_url, status, content_type, etag, last_modified, fetched_at FROM responses"
                " WHERE url = ? OR story = ? ORDER BY url <> ?, fetched_at DESC",
                (url, story_key(url), url),
            ).fetchall()
            found = next((row for row in rows if row[1] == url or _is_variant(row[1], url)), None)
            found = found or next((row for row in rows if _holds_article(connection, row[1])), None)
            return (*found[1:], _body(connection, "response", found[0])) if found else None

        return self._read_whole(work, _response, "responses", url)

    def forget_validators(self, is_of: Callable[[str], bool]) -> None:
        """Let the answers at some addresses be asked for again in whole: the site would show them otherwise now.

        Raises:
            StoreError: it cannot be written.
        """

        def work(connection: sqlite3.Connection) -> None:
            known = connection.execute(
                "SELECT id, url FROM responses WHERE etag IS NOT NULL OR last_modified IS NOT NULL"
            )
            ids = [(number,) for number, url in known.fetchall() if is_of(url)]
            connection.executemany("UPDATE responses SET etag = NULL, last_modified = NULL WHERE id = ?", ids)

        self._write(work)

    def put_response(self, response: Response) -> None:
        """Keep an answer in place of the one before it.

        Raises:
            StoreError: it cannot be written; the one before it is still there.
        """
        url = without_credentials(response.url)
        body = zlib.compress(response.body)
        row = {
            "url": url,
            "story": story_key(url),
            "final_url": without_credentials(response.final_url),
            "status": response.status,
            "content_type": response.content_type,
            "etag": response.etag,
            "last_modified": response.last_modified,
            "fetched_at": to_text(response.fetched_at),
            "size": len(body),
        }
        self._write(lambda connection: _put(connection, "responses", row, body))

    # --- pages --------------------------------------------------------------------------------

    def page(self, url: str, version: int) -> tuple[Page, datetime] | None:
        """Return the page that this version of the extractor made of the address's answer, and when that was fetched.

        Another address of the same story serves as well, where its page holds an article.
        """
        url = without_credentials(url)

        def work(connection: sqlite3.Connection) -> tuple[Any, ...] | None:
            row = connection.execute(
                "SELECT id, fetched_at FROM pages WHERE version = ? AND (url = ? OR (story = ? AND has_article = 1))"
                " ORDER BY url <> ?, fetched_at DESC LIMIT 1",
                (version, url, story_key(url), url),
            ).fetchone()
            return (row[1], _body(connection, "page", row[0])) if row else None

        return self._read_whole(work, self._page, "pages", url)

    def put_page(self, url: str, version: int, page: Page, fetched_at: datetime) -> None:
        """Keep what this version of the extractor made of the answer that was fetched then.

        Raises:
            StoreError: it cannot be written; what was there before is still there.
        """
        url = without_credentials(url)
        dictionary = self._dictionary()
        body = packed(json.dumps(page_to_json(page), ensure_ascii=False).encode("utf-8", "replace"), dictionary)
        row = _page_row(url, version, page, fetched_at, len(body))

        def work(connection: sqlite3.Connection) -> None:
            _put(connection, "pages", row, body)
            if dictionary is not None:  # the file may be another one by now
                kept = (dictionary_id(dictionary), dictionary)
                connection.execute("INSERT OR IGNORE INTO dictionaries VALUES (?, ?)", kept)

        self._write(work)

    def put_entries(self, pages: Sequence[Page], version: int, fetched_at: datetime) -> None:
        """Keep entries of a feed that have no page of their own, each under its address; known ones stay as they are.

        Raises:
            StoreError: they cannot be written; what was there before is still there.
        """
        rows = []
        for page in pages:
            body = packed(json.dumps(page_to_json(page), ensure_ascii=False).encode("utf-8", "replace"), None)
            row = _page_row(without_credentials(page.url), version, page, fetched_at, len(body))
            rows.append((row, body))

        def work(connection: sqlite3.Connection, part: Iterable[tuple[dict[str, object], bytes]]) -> None:
            for row, body in part:
                known = connection.execute(
                    "SELECT 1 FROM pages JOIN page_bodies USING (id) WHERE url = ? AND version = ? AND body = ?",
                    (row["url"], version, body),
                ).fetchone()
                if known is None:
                    _put(connection, "pages", row, body)

        self.write_in_parts(rows, work)

    def unpacked(self, body: bytes) -> bytes:
        """Return the body of a page as it was.

        Raises:
            zlib.error, KeyError: it cannot be read any more.
            StoreError: the cache cannot be read.
        """
        wanted = needed_dictionary(body)
        if wanted is not None and wanted not in self._dictionaries:
            self._load_dictionaries()
        return unpacked(body, self._dictionaries)

    def _dictionary(self) -> bytes | None:
        """Return the sample to compress with: made once there are pages enough, and kept from then on."""
        if not self._dictionaries and not self._puts:
            self._load_dictionaries()
        self._puts += 1
        if not self._dictionaries and self._puts % _PUTS_BETWEEN_LOOKS == 0:
            contents = self._read(_sampled_pages)
            if len(contents) >= SAMPLED:
                made = dictionary_of(contents)
                self._dictionaries = {dictionary_id(made): made}
        return next(iter(self._dictionaries.values()), None)

    def _load_dictionaries(self) -> None:
        found = self._read(lambda connection: connection.execute("SELECT id, content FROM dictionaries").fetchall())
        self._dictionaries = {**self._dictionaries, **dict(found)}

    def _page(self, fetched_at: str, body: bytes) -> tuple[Page, datetime]:
        last = self._last_page
        if last is None or last[0] != body:  # what is shown is asked for again when it has been
            last = self._last_page = body, page_from_json(_decoded(self.unpacked(body)))
        return last[1], from_text(fetched_at)

    def stored(self, urls: Iterable[str]) -> frozenset[str]:
        """Return those of the addresses whose article can be read without a network, under whatever address it came."""
        keys = {url: story_key(without_credentials(url)) for url in urls}
        found = self.stored_stories(frozenset(keys.values()))
        return frozenset(url for url, key in keys.items() if key in found)

    def stored_stories(self, stories: Iterable[str]) -> set[str]:
        """Return those of the stories (`urls.story_key`) whose article can be read without a network."""
        return self._read(lambda connection: among(connection, stories, "pages WHERE has_article = 1 AND"))

    # --- pictures -----------------------------------------------------------------------------

    def picture(self, url: str) -> tuple[bytes, str] | None:
        """Return the bytes and the content type of a picture."""
        url = without_credentials(url)

        def work(connection: sqlite3.Connection) -> tuple[Any, ...] | None:
            row = connection.execute("SELECT id, content_type, crc32 FROM pictures WHERE url = ?", (url,)).fetchone()
            return (*row[1:], _body(connection, "picture", row[0])) if row else None

        return self._read_whole(work, _picture, "pictures", url)

    def put_picture(self, url: str, body: bytes, content_type: str) -> None:
        """Keep a picture.

        Raises:
            StoreError: it cannot be written.
        """
        row = {
            "url": without_credentials(url),
            "content_type": content_type,
            "fetched_at": to_text(self._now()),
            "size": len(body),
            "crc32": zlib.crc32(body),
        }
        self._write(lambda connection: _put(connection, "pictures", row, body))

    # --- care ---------------------------------------------------------------------------------

    def info(self) -> CacheInfo:
        """Return the cache in figures."""
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
        """Forget everything and give the room back to the disk, a full one too.

        Raises:
            StoreError: the file can be neither emptied nor deleted, or is none that may be.
        """
        if self._database.is_in_memory and self.problem is not None and not is_absent(self.path):
            raise self.problem
        try:
            self._write(_forget_everything)
            self._database.vacuum()
        except UNWRITABLE:  # emptying it may take room that a full disk has not; deleting it does not
            if self._database.is_in_memory:
                raise
            self._delete_file()

    def prune(self, max_age: timedelta, max_bytes: int) -> int:
        """Forget what is older, then the oldest until the rest takes no more room than that; return how many went.

        It goes in short transactions, so that nobody waits for it.

        Raises:
            StoreError: nothing can be written.
        """
        limit = to_text(self._now() - max_age)
        gone = 0
        while batch := self._write(lambda connection: _forget_before(connection, limit)):
            gone += batch
        while batch := self._write(lambda connection: _forget_oldest(connection, max_bytes)):
            gone += batch
        self._write(lambda connection: connection.execute("DELETE FROM headlines WHERE last_seen < ?", (limit,)))
        over = to_text(self._now())
        self._write(lambda connection: connection.execute("DELETE FROM hosts WHERE not_before < ?", (over,)))
        while batch := self._write(lambda connection: source_checks.forget(connection, limit, _BATCH)):
            gone += batch
        if gone:
            self._database.vacuum()
        return gone

    def checkpoint(self) -> None:
        """Fold the journal into the file: for when nothing else is going on, since it takes up to a tenth of a second.

        Raises:
            StoreError: the disk refused it.
        """
        if self._database.refusal is None:
            self._database.outside_transaction(lambda connection: connection.execute("PRAGMA wal_checkpoint(PASSIVE)"))

    # --- for other parts of the storage -------------------------------------------------------

    @property
    def database(self) -> Database:
        """The file as it is open now; another one after damage was found."""
        return self._database

    def read(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do some reading of another part of the storage in this file.

        Raises:
            StoreError: it cannot be read.
        """
        return self._read(work)

    def write(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do some writing of another part of the storage in this file, in one transaction.

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
            database.write(_forget_everything)
        return self._database.write(work)

    def read_in_parts(self, work: Callable[[sqlite3.Connection, V | None], list[V]]) -> list[V]:
        """Return what is read a few rows at a time, those that follow the last one that was read."""
        found: list[V] = []
        count = READ_AT_ONCE
        while count == READ_AT_ONCE:
            last = found[-1] if found else None
            some = self._read(lambda connection, last=last: work(connection, last))  # type: ignore[misc]
            found += some
            count = len(some)
        return found

    def write_in_parts(self, values: Iterable[V], work: Callable[[sqlite3.Connection, list[V]], object]) -> None:
        """Write so many values that others would wait for too long: a few in each transaction, with gaps."""
        for number, part in enumerate(in_parts(values)):
            if number:
                time.sleep(GAP_S)
            self._write(lambda connection, part=part: work(connection, part))  # type: ignore[misc]

    def _read_whole(
        self,
        work: Callable[[sqlite3.Connection], tuple[Any, ...] | None],
        made: Callable[..., T],
        table: str,
        url: str,
    ) -> T | None:
        """Return what is made of a row and its body; one that is not whole any more is forgotten."""
        row = self._read(work)
        try:
            return None if row is None else made(*row)
        except _UNREADABLE:
            if self._database.refusal is None:
                self._write(lambda connection: connection.execute(f"DELETE FROM {table} WHERE url = ?", (url,)))  # noqa: S608
            return None

    def _recover(self, damaged: Database) -> None:
        """Set the damaged file aside and begin a new one, unless another thread or program has done so already."""
        with self._mending:
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
        with self._mending, translate_sqlite_errors(self.path):
            self._retired.append(self._database)
            for suffix in (*SUFFIXES, ""):
                Path(f"{self.path}{suffix}").unlink(missing_ok=True)
            self._database, self.problem = _open_somehow(self.path)


def _open_somehow(path: Path) -> tuple[Database, StoreError | None]:
    """Open the file as far as it lets itself be opened: for writing, for reading, else an empty one in memory."""
    try:
        return Database(path, SCHEMA), None
    except StoreError as error:
        problem = error
    if size(path) and isinstance(problem, UNWRITABLE):
        with suppress(StoreError):
            return Database.read_only(path, SCHEMA, problem), problem
    return Database.in_memory(path, SCHEMA, None), problem


def _recreate(path: Path, now: datetime) -> tuple[Database, StoreError]:
    """Rename a damaged file and its journals, and make a new one; of those set aside before, none is kept."""
    aside = path.with_name(f"{path.name}.damaged-{now:%Y%m%dT%H%M%SZ}")
    try:
        for older in path.parent.glob(f"{path.name}.damaged-*"):
            older.unlink()
        rename_with_journals(path, aside)
    except OSError:
        return Database.in_memory(path, SCHEMA, None), DamagedStoreError(path)
    database, problem = _open_somehow(path)
    return database, problem or SetAsideStoreError(path, aside)


def _page_row(url: str, version: int, page: Page, fetched_at: datetime, size: int) -> dict[str, object]:
    return {
        "url": url,
        "story": story_key(url),
        "version": version,
        "has_article": int(page.article is not None),
        "title": page.title,
        "fetched_at": to_text(fetched_at),
        "size": size,
    }


def _put(connection: sqlite3.Connection, table: str, row: dict[str, object], body: bytes) -> None:
    """Insert or replace the row of an address, and its body under the same number."""
    names = list(row)
    statement = (
        f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join(f':{name}' for name in names)})"  # noqa: S608
        f" ON CONFLICT (url) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in names)} RETURNING id"
    )
    ((number,),) = connection.execute(statement, row).fetchall()
    bodies = table.removesuffix("s") + "_bodies"
    connection.execute(f"INSERT OR REPLACE INTO {bodies} (id, body) VALUES (?, ?)", (number, body))  # noqa: S608


def _body(connection: sqlite3.Connection, kind: str, number: int) -> bytes | None:
    row = connection.execute(f"SELECT body FROM {kind}_bodies WHERE id = ?", (number,)).fetchone()  # noqa: S608
    return row[0] if row else None


def _response(
    url: str,
    final_url: str,
    status: int,
    content_type: str | None,
    etag: str | None,
    last_modified: str | None,
    fetched_at: str,
    body: bytes,
) -> Response:
    whole = zlib.decompress(body)
    return Response(url, final_url, status, content_type, whole, etag, last_modified, from_text(fetched_at))


def _sampled_pages(connection: sqlite3.Connection) -> list[bytes]:
    """Return pages with an article, as many as a sample is made of; fewer where there are no more."""
    rows = connection.execute(
        "SELECT body FROM (SELECT id, has_article FROM pages ORDER BY id DESC LIMIT ?) JOIN page_bodies USING (id)"
        " WHERE has_article = 1 LIMIT ?",
        (_LOOKED_AT, SAMPLED),
    )
    contents = []
    for (body,) in rows:
        with suppress(zlib.error, KeyError):
            contents.append(unpacked(body, {}))
    return contents


def _picture(content_type: str, crc32: int, body: bytes) -> tuple[bytes, str]:
    if zlib.crc32(body) != crc32:
        raise ValueError("the picture is not what was kept")
    return body, content_type


def _query(url: str) -> list[tuple[str, str]]:
    return sorted(parse_qsl(urlsplit(without_trackers(url)).query, keep_blank_values=True))


def _is_variant(url: str, other: str) -> bool:
    """Say whether two addresses of one story ask for the same: not where `?from=20` may be another page of a list."""
    return _query(url) == _query(other)


def _holds_article(connection: sqlite3.Connection, url: str) -> bool:
    return connection.execute("SELECT 1 FROM pages WHERE url = ? AND has_article = 1", (url,)).fetchone() is not None


# --- pages as bytes ---


def _decoded(body: bytes) -> Any:  # noqa: ANN401
    """Return the value of a JSON text, letting other threads have their turns while it is long."""
    return json.loads(body, object_hook=_same)


def _same(value: dict[str, Any]) -> dict[str, Any]:
    return value  # the decoder, which is not of Python's own code, is interrupted here only


# --- forgetting -------------------------------------------------------------------------------

_BATCH = 50  # rows that one transaction forgets: nobody waits long for it


def _forget_everything(connection: sqlite3.Connection) -> None:
    for table in ("responses", "pages", "pictures"):
        connection.execute(f"DELETE FROM {table.removesuffix('s')}_bodies")  # noqa: S608
        connection.execute(f"DELETE FROM {table}")  # noqa: S608
    for table in ("headlines", "hosts", "source_stories", "stories", "source_checks", "site_memories"):
        connection.execute(f"DELETE FROM {table}")  # noqa: S608
    for statement in FORGET_INDEX:
        connection.execute(statement)


def _forget_before(connection: sqlite3.Connection, limit: str) -> int:
    """Forget some of what was fetched before that time; return how many."""
    return sum(
        connection.execute(
            f"DELETE FROM {table} WHERE id IN (SELECT id FROM {table} WHERE fetched_at < ? LIMIT ?)",  # noqa: S608
            (limit, _BATCH),
        ).rowcount
        for table in _KINDS
    )


def _forget_oldest(connection: sqlite3.Connection, max_bytes: int) -> int:
    """Forget some of the oldest while what is kept takes more room than that; return how many."""
    pages, free, page_size = (
        connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count", "page_size")
    )
    excess = (pages - free) * page_size - max_bytes
    if excess <= 0:
        return 0
    oldest = " UNION ALL ".join(
        f"SELECT * FROM (SELECT '{table}', id, size, fetched_at FROM {table} ORDER BY fetched_at LIMIT {_BATCH})"  # noqa: S608
        for table in _KINDS
    )
    gone = 0
    for table, number, row_size, _ in connection.execute(f"{oldest} ORDER BY 4 LIMIT {_BATCH}").fetchall():
        if excess <= 0:
            break
        connection.execute(f"DELETE FROM {table} WHERE id = ?", (number,))  # noqa: S608
        excess -= row_size
        gone += 1
    return gone
