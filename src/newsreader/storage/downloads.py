"""What was downloaded explicitly, whole, up to its limits; and what waits for the network to come back."""

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from newsreader.models import Page
from newsreader.storage.article_parts import (
    UNREADABLE,
    SavedArticle,
    SavedPicture,
    page_of,
    parts_of,
    picture_of,
    put_parts,
    response_of,
    sound_part,
    sound_picture,
)
from newsreader.storage.columns import among, from_text, json_list, time_or_none, to_text, without_credentials
from newsreader.storage.database import Database
from newsreader.storage.errors import StoreError
from newsreader.storage.queue import unqueue
from newsreader.store_info import DownloadsInfo
from newsreader.text import line
from newsreader.urls import story_key

STEP = """
-- whole articles downloaded explicitly, until their limit; what waits for the network
CREATE TABLE downloads (
    id INTEGER PRIMARY KEY,
    story TEXT NOT NULL UNIQUE,  -- urls.story_key
    url TEXT NOT NULL,
    title TEXT NOT NULL,
    source TEXT,  -- the address of the list that it was downloaded for; NULL where it was asked for by itself
    fetched_at TEXT NOT NULL,  -- ISO 8601, UTC
    downloaded_at TEXT NOT NULL,
    size INTEGER NOT NULL,  -- of its parts
    picture_count INTEGER NOT NULL,
    forgotten_at TEXT  -- it went over a limit: its parts are gone, and it is not taken again unasked; else NULL
) STRICT;
CREATE INDEX downloads_by_time ON downloads (downloaded_at) WHERE forgotten_at IS NULL;
CREATE TABLE download_parts (
    id INTEGER PRIMARY KEY,
    download INTEGER NOT NULL REFERENCES downloads (id) ON DELETE CASCADE,
    part TEXT NOT NULL CHECK (part IN ('page', 'response', 'picture')),
    number INTEGER NOT NULL,  -- of the picture, in the article's order
    head TEXT NOT NULL,  -- JSON: what is known of the content
    content BLOB NOT NULL,  -- page and response: zlib
    sha256 BLOB NOT NULL,  -- of head and content, verified on reading
    UNIQUE (download, part, number)
) STRICT;
CREATE INDEX download_pictures ON download_parts (json_extract(head, '$.url')) WHERE part = 'picture';
CREATE INDEX saved_pictures ON saved_parts (json_extract(head, '$.url')) WHERE part = 'picture';
CREATE TABLE queue (
    story TEXT PRIMARY KEY,
    url TEXT NOT NULL,
    title TEXT NOT NULL,
    queued_at TEXT NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
"""
TABLES = frozenset({"downloads", "download_parts"})
"""Left out of backups: they can be fetched again, and would make every backup large."""
_BATCH = 20  # articles that one transaction deletes: nobody waits long for it
_REMEMBERED = timedelta(days=180)  # that an article was here once, so that it is not taken again


@dataclass(frozen=True, slots=True)
class Limit:
    """How long and how much is kept of one source, or of all."""

    max_age: timedelta
    max_bytes: int


class Downloads:
    """The part of the library that is downloaded explicitly; any thread may call it, and several programs may share it.

    When a method returns, its change is on the disk. What is damaged is forgotten: it can be fetched again.

    Methods raise `StoreError` if the library cannot be read or written, unless they say otherwise.
    """

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    # --- articles -----------------------------------------------------------------------------

    def put(self, article: SavedArticle, *, source: str | None = None) -> int:
        """Store a whole article, replacing an earlier download of its story; return the bytes it takes.

        It also leaves the queue for the network.

        Raises:
            StoreError: it cannot be written; what was there before is still there.
        """
        url = without_credentials(article.url)
        story = story_key(url)
        parts = parts_of(article)
        size = sum(len(content) for _, _, _, content in parts)
        fetched_at = article.response.fetched_at if article.response is not None else article.saved_at
        row = (
            story, url, line(article.title), without_credentials(source) if source else None, to_text(fetched_at),
            to_text(article.saved_at), size, len(article.pictures),
        )  # fmt: skip

        def work(connection: sqlite3.Connection) -> None:
            connection.execute("DELETE FROM downloads WHERE story = ?", (story,))
            cursor = connection.execute(
                "INSERT INTO downloads (story, url, title, source, fetched_at, downloaded_at, size, picture_count)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                row,
            )
            assert cursor.lastrowid is not None
            put_parts(connection, "download", cursor.lastrowid, parts)
            connection.execute("DELETE FROM queue WHERE story = ?", (story,))

        self._database.write(work)
        return size

    def page(self, url: str) -> tuple[Page, datetime] | None:
        """Return the verified page of a downloaded story, and when it was fetched, without its pictures."""
        story = story_key(without_credentials(url))
        row = self._database.read(
            lambda connection: connection.execute(
                "SELECT parts.id, fetched_at FROM downloads JOIN download_parts AS parts ON download = downloads.id"
                " WHERE story = ? AND forgotten_at IS NULL AND part = 'page'",
                (story,),
            ).fetchone()
        )
        if row is None:
            return None
        try:
            _, content = self._database.read(partial(sound_part, table="download", part_id=row[0]))
            return page_of(content), from_text(row[1])
        except UNREADABLE:
            self._forget_damaged(row[0])
            return None

    def page_of(self, story: str) -> tuple[str, Page, datetime] | None:
        """Return the address and the page downloaded for a story, and when its response came."""
        row = self._database.read(
            lambda connection: connection.execute(
                "SELECT url FROM downloads WHERE story = ? AND forgotten_at IS NULL", (story,)
            ).fetchone()
        )
        found = self.page(row[0]) if row else None
        return (row[0], *found) if found else None

    def article(self, url: str) -> SavedArticle | None:
        """Return the whole download of this address's story, every part verified; pictures may be missing."""
        story = story_key(without_credentials(url))

        def parts(connection: sqlite3.Connection) -> list[tuple[str, str, int, str]]:
            return connection.execute(
                "SELECT downloads.url, downloaded_at, parts.id, part FROM downloads"
                " JOIN download_parts AS parts ON download = downloads.id"
                " WHERE story = ? AND forgotten_at IS NULL ORDER BY part, number",
                (story,),
            ).fetchall()

        page, response, pictures = None, None, []
        found = self._database.read(parts)
        for _, _, part_id, part in found:
            try:
                head, content = self._database.read(partial(sound_part, table="download", part_id=part_id))
                match part:
                    case "page":
                        page = page_of(content)
                    case "response":
                        response = response_of(head, content)
                    case _:
                        pictures.append(picture_of(head, content))
            except UNREADABLE:  # it can be fetched again
                if part == "page":
                    self._forget_damaged(part_id)
                    return None
        if page is None:
            return None
        return SavedArticle(found[0][0], page, tuple(pictures), response, from_text(found[0][1]))

    def picture(self, url: str) -> SavedPicture | None:
        """Return a picture that some downloaded article came with, verified."""
        return self._database.read(lambda connection: sound_picture(connection, "download", without_credentials(url)))

    def forget(self, url: str) -> bool:
        """Drop what was downloaded of a story; False if nothing was."""
        story = story_key(without_credentials(url))
        return self._database.write(lambda connection: _forget(connection, (story,), None)) > 0

    def give_up(self, url: str, title: str, source: str | None = None) -> None:
        """Remember that a story cannot be fetched, so that it is not tried again automatically; it leaves the queue."""
        url = without_credentials(url)
        now = to_text(self._now())
        row = (story_key(url), url, line(title), without_credentials(source) if source else None, now, now, now)

        def work(connection: sqlite3.Connection) -> None:
            connection.execute(
                "INSERT INTO downloads (story, url, title, source, fetched_at, downloaded_at, size, picture_count,"
                " forgotten_at) VALUES (?, ?, ?, ?, ?, ?, 0, 0, ?) ON CONFLICT DO NOTHING",
                row,
            )
            unqueue(connection, url)

        self._database.write(work)

    def which(self, urls: Iterable[str]) -> frozenset[str]:
        """Return those of the addresses whose story is downloaded."""
        return self._which(urls, "downloads WHERE forgotten_at IS NULL AND")

    def which_were(self, urls: Iterable[str]) -> frozenset[str]:
        """Return the addresses whose story is downloaded, was until it exceeded a limit, or could not be fetched."""
        return self._which(urls, "downloads WHERE")

    def _which(self, urls: Iterable[str], known: str) -> frozenset[str]:
        keys = {url: story_key(without_credentials(url)) for url in urls}
        found = self._database.read(lambda connection: among(connection, keys.values(), known))
        return frozenset(url for url, key in keys.items() if key in found)

    # --- care ---------------------------------------------------------------------------------

    def info(self) -> DownloadsInfo:
        """Return the downloads in figures."""
        articles, pictures, size, oldest, queued = self._database.read(
            lambda connection: connection.execute(
                "SELECT count(*), ifnull(sum(picture_count), 0), ifnull(sum(size), 0), min(downloaded_at),"
                " (SELECT count(*) FROM queue) FROM downloads WHERE forgotten_at IS NULL"
            ).fetchone()
        )
        return DownloadsInfo(articles, pictures, size, time_or_none(oldest), queued)

    def prune(self, limit: Limit, by_source: Mapping[str, Limit] | None = None) -> int:
        """Drop what exceeds its source's limit, then the total limit, the oldest first; return how many.

        It uses short transactions, so that nobody waits for it. Saved articles are not affected.
        """
        now = self._now()
        gone = 0
        for source, own in (by_source or {}).items():
            gone += self._prune(own, now, ("source = ?", without_credentials(source)))
        own_sources = json_list(without_credentials(source) for source in by_source or {})
        others = "(source IS NULL OR source NOT IN (SELECT value FROM json_each(?)))"
        gone += self._prune(limit, now, (others, own_sources), only_age=True)
        gone += self._prune(limit, now, ("? = ''", ""), only_size=True)
        long_ago = to_text(now - _REMEMBERED)
        query = "SELECT EXISTS (SELECT 1 FROM downloads WHERE forgotten_at < ?)"
        if self._database.read(lambda connection: connection.execute(query, (long_ago,)).fetchone())[0]:
            self._database.write(
                lambda connection: connection.execute("DELETE FROM downloads WHERE forgotten_at < ?", (long_ago,))
            )
        if gone:
            self._database.vacuum()
        return gone

    def _prune(
        self,
        limit: Limit,
        now: datetime,
        which: tuple[str, str],
        *,
        only_age: bool = False,
        only_size: bool = False,
    ) -> int:
        gone = 0
        before = to_text(now - limit.max_age)
        condition, value = which
        if not only_size:
            old = f"downloaded_at < ? AND {condition}"
            while batch := self._forget_some(old, (before, value)):
                gone += batch
        while not only_age and (excess := self._size(condition, value) - limit.max_bytes) > 0:
            batch = self._forget_some(condition, (value,), excess)
            gone += batch
            if not batch:
                break
        return gone

    def _size(self, condition: str, value: str) -> int:
        query = f"SELECT ifnull(sum(size), 0) FROM downloads WHERE forgotten_at IS NULL AND {condition}"  # noqa: S608
        return int(self._database.read(lambda connection: connection.execute(query, (value,)).fetchone())[0])

    def _forget_some(self, condition: str, values: tuple[str, ...], excess: int | None = None) -> int:
        """Drop the oldest of these, a batch at most, and of no more than is in excess; return how many went."""
        query = (
            f"SELECT story, size FROM downloads WHERE forgotten_at IS NULL AND {condition}"  # noqa: S608
            f" ORDER BY downloaded_at, id LIMIT {_BATCH}"
        )
        if not self._database.read(lambda connection: connection.execute(query, values).fetchall()):
            return 0  # without a transaction, for which others would have to wait
        at = to_text(self._now())

        def work(connection: sqlite3.Connection) -> int:
            stories, left = [], excess
            for story, size in connection.execute(query, values).fetchall():
                if left is not None and left <= 0:
                    break
                stories.append(story)
                left = None if left is None else left - size
            return _forget(connection, stories, at)

        return self._database.write(work)

    def check(self) -> tuple[str, ...]:
        """Verify all downloads; return the addresses of those that are damaged.

        Raises:
            StoreError: the file itself is damaged.
        """
        rows = self._database.read(
            lambda connection: connection.execute(
                "SELECT downloads.url, parts.id FROM downloads JOIN download_parts AS parts ON download = downloads.id"
                " ORDER BY downloads.id"
            ).fetchall()
        )
        damaged: dict[str, None] = {}
        for url, part_id in rows:
            try:
                self._database.read(partial(sound_part, table="download", part_id=part_id))
            except (StoreError, *UNREADABLE):
                damaged[url] = None
        return tuple(damaged)

    def _forget_damaged(self, part_id: int) -> None:
        """Forget the download of a part; where another program has put a newer one in its place, that stays."""
        if self._database.refusal is None:
            query = "DELETE FROM downloads WHERE id = (SELECT download FROM download_parts WHERE id = ?)"
            self._database.write(lambda connection: connection.execute(query, (part_id,)))


def release(connection: sqlite3.Connection, story: str) -> None:
    """Delete the download of a story: it is saved now, or was undone."""
    connection.execute("DELETE FROM downloads WHERE story = ?", (story,))
    connection.execute("DELETE FROM queue WHERE story = ?", (story,))


def _forget(connection: sqlite3.Connection, stories: Iterable[str], at: str | None) -> int:
    """Delete the parts of downloads; with a time it is remembered that they were here. Return how many there were."""
    gone = 0
    for story in stories:
        row = connection.execute(
            "SELECT id FROM downloads WHERE story = ? AND forgotten_at IS NULL", (story,)
        ).fetchone()
        if row is None:
            continue
        gone += 1
        if at is None:
            connection.execute("DELETE FROM downloads WHERE id = ?", row)
        else:
            connection.execute("DELETE FROM download_parts WHERE download = ?", row)
            connection.execute(
                "UPDATE downloads SET forgotten_at = ?, size = 0, picture_count = 0 WHERE id = ?", (at, *row)
            )
    return gone
