"""The pages that extraction made of responses, in the cache: each compressed against a sample of the others."""

import json
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from newsreader.jsonform import page_from_json
from newsreader.models import Page
from newsreader.storage.account_contents import stories_here
from newsreader.storage.bodies import body_of, put_row, read_whole
from newsreader.storage.cache_access import CacheAccess
from newsreader.storage.columns import among, from_text, to_text, without_credentials
from newsreader.storage.compression import (
    SAMPLED,
    dictionary_id,
    dictionary_of,
    needed_dictionary,
    packed,
    unpacked,
)
from newsreader.storage.page_bytes import page_bytes
from newsreader.urls import story_key

_PUTS_BETWEEN_LOOKS = 8  # for pages enough to make a sample of
_LOOKED_AT = 200  # pages, the last ones


class PageTable:
    """The page of each address, by the version of the extractor that made it."""

    def __init__(self, cache: CacheAccess) -> None:
        self._cache = cache
        self._dictionaries: dict[int, bytes] = {}
        self._puts = 0  # since the cache was opened
        self._last_page: tuple[bytes, Page] | None = None  # that was read, with its body

    def of(self, url: str, version: int) -> tuple[Page, datetime] | None:
        """Return the page that this version of the extractor made of the address's response, and when that was fetched.

        Another address of the same story will do, if its page holds an article.
        """
        url = without_credentials(url)

        def work(connection: sqlite3.Connection) -> tuple[Any, ...] | None:
            row = connection.execute(
                "SELECT id, fetched_at FROM pages WHERE version = ? AND (url = ? OR (story = ? AND has_article = 1))"
                " ORDER BY url <> ?, fetched_at DESC LIMIT 1",
                (version, url, story_key(url), url),
            ).fetchone()
            return (row[1], body_of(connection, "page", row[0])) if row else None

        return read_whole(self._cache, work, self._page, "pages", url)

    def put(self, url: str, version: int, page: Page, fetched_at: datetime) -> None:
        """Store what this version of the extractor made from the response that was fetched then.

        Raises:
            StoreError: it cannot be written; what was there before is still there.
        """
        self._cache.write(self.put_work(url, version, page, fetched_at))

    def put_work(
        self, url: str, version: int, page: Page, fetched_at: datetime
    ) -> Callable[[sqlite3.Connection], object]:
        """Return what `put` does in its transaction, for one that does more.

        Raises:
            StoreError: the cache cannot be read.
        """
        url = without_credentials(url)
        dictionary = self._dictionary()
        body = packed(page_bytes(page), dictionary)
        row = _page_row(url, version, page, fetched_at, len(body))

        def work(connection: sqlite3.Connection) -> None:
            put_row(connection, "pages", row, body)
            if dictionary is not None:  # the file may be another one by now
                kept = (dictionary_id(dictionary), dictionary)
                connection.execute("INSERT OR IGNORE INTO dictionaries VALUES (?, ?)", kept)

        return work

    def put_entries(self, pages: Sequence[Page], version: int, fetched_at: datetime) -> None:
        """Keep entries of a feed that have no page of their own, each under its address; known ones stay as they are.

        Raises:
            StoreError: they cannot be written; what was there before is still there.
        """
        rows = []
        for page in pages:
            body = packed(page_bytes(page), None)
            row = _page_row(without_credentials(page.url), version, page, fetched_at, len(body))
            rows.append((row, body))

        def work(connection: sqlite3.Connection, part: Iterable[tuple[dict[str, object], bytes]]) -> None:
            for row, body in part:
                known = connection.execute(
                    "SELECT 1 FROM pages JOIN page_bodies USING (id) WHERE url = ? AND version = ? AND body = ?",
                    (row["url"], version, body),
                ).fetchone()
                if known is None:
                    put_row(connection, "pages", row, body)

        self._cache.write_in_parts(rows, work)

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
        """Return the sample to compress with: made once there are enough pages, and kept from then on."""
        if not self._dictionaries and not self._puts:
            self._load_dictionaries()
        self._puts += 1
        if not self._dictionaries and self._puts % _PUTS_BETWEEN_LOOKS == 0:
            contents = self._cache.read(_sampled_pages)
            if len(contents) >= SAMPLED:
                made = dictionary_of(contents)
                self._dictionaries = {dictionary_id(made): made}
        return next(iter(self._dictionaries.values()), None)

    def _load_dictionaries(self) -> None:
        found = self._cache.read(
            lambda connection: connection.execute("SELECT id, content FROM dictionaries").fetchall()
        )
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
        return self._cache.read(
            lambda connection: (
                among(connection, stories, "pages WHERE has_article = 1 AND") | stories_here(connection, stories)
            )
        )


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


def _sampled_pages(connection: sqlite3.Connection) -> list[bytes]:
    """Return pages with an article, as many as a sample needs, or fewer if there are no more."""
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


def _decoded(body: bytes) -> Any:  # noqa: ANN401
    """Return the value of a JSON text; a long one lets other threads run in between."""
    return json.loads(body, object_hook=_same)


def _same(value: dict[str, Any]) -> dict[str, Any]:
    return value  # the decoder, which is not of Python's own code, is interrupted here only
