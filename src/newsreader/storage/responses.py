"""The responses of the web, in the cache."""

import json
import sqlite3
import zlib
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from newsreader.models import Response
from newsreader.storage.bodies import body_of, put_row, read_whole
from newsreader.storage.cache_access import CacheAccess
from newsreader.storage.columns import from_text, to_text, without_credentials
from newsreader.storage.compression import compressed
from newsreader.urls import story_key, without_trackers

HINTS_STEP = """
-- headers that say of a page what may also be in its head; whether what the page came in was damaged
ALTER TABLE responses ADD COLUMN hints TEXT NOT NULL DEFAULT '[]';  -- JSON: pairs of a name and a value
ALTER TABLE responses ADD COLUMN is_damaged INTEGER NOT NULL DEFAULT 0;
"""


class ResponseTable:
    """The last response of each address; a variant of the address will do."""

    def __init__(self, cache: CacheAccess) -> None:
        self._cache = cache

    def of(self, url: str) -> Response | None:
        """Return the response stored for this address, or for another one of the same story; its `url` says which."""
        url = without_credentials(url)

        def work(connection: sqlite3.Connection) -> tuple[Any, ...] | None:
            rows = connection.execute(
                "SELECT id, url, final_url, status, content_type, etag, last_modified, fetched_at, hints, is_damaged"
                " FROM responses"
                " WHERE url = ? OR story = ? ORDER BY url <> ?, fetched_at DESC",
                (url, story_key(url), url),
            ).fetchall()
            found = next((row for row in rows if row[1] == url or _is_variant(row[1], url)), None)
            found = found or next((row for row in rows if _holds_article(connection, row[1])), None)
            return (*found[1:], body_of(connection, "response", found[0])) if found else None

        return read_whole(self._cache, work, _unpacked, "responses", url)

    def forget_validators(self, is_of: Callable[[str], bool]) -> None:
        """Make the next fetch of some addresses a full one: the site would show them differently now.

        Raises:
            StoreError: it cannot be written.
        """

        def work(connection: sqlite3.Connection) -> None:
            known = connection.execute(
                "SELECT id, url FROM responses WHERE etag IS NOT NULL OR last_modified IS NOT NULL"
            )
            ids = [(number,) for number, url in known.fetchall() if is_of(url)]
            connection.executemany("UPDATE responses SET etag = NULL, last_modified = NULL WHERE id = ?", ids)

        self._cache.write(work)

    def put(self, response: Response) -> None:
        """Store a response, replacing the one before.

        Raises:
            StoreError: it cannot be written; the one before it is still there.
        """
        self._cache.write(self.put_work(response))

    def put_work(self, response: Response) -> Callable[[sqlite3.Connection], object]:
        """Return what `put` does in its transaction, for one that does more."""
        url = without_credentials(response.url)
        body = compressed(response.body)
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
            "hints": json.dumps(response.hints),
            "is_damaged": int(response.is_damaged),
        }
        return lambda connection: put_row(connection, "responses", row, body)


def _unpacked(
    url: str,
    final_url: str,
    status: int,
    content_type: str | None,
    etag: str | None,
    last_modified: str | None,
    fetched_at: str,
    hints: str,
    is_damaged: int,
    body: bytes,
) -> Response:
    whole, at = zlib.decompress(body), from_text(fetched_at)
    pairs = tuple((str(name), str(value)) for name, value in json.loads(hints))
    return Response(url, final_url, status, content_type, whole, etag, last_modified, at, pairs, bool(is_damaged))


def _query(url: str) -> list[tuple[str, str]]:
    return sorted(parse_qsl(urlsplit(without_trackers(url)).query, keep_blank_values=True))


def _is_variant(url: str, other: str) -> bool:
    """Return whether two addresses of one story name the same page: not if `?from=20` may be another page of a list."""
    return _query(url) == _query(other)


def _holds_article(connection: sqlite3.Connection, url: str) -> bool:
    return connection.execute("SELECT 1 FROM pages WHERE url = ? AND has_article = 1", (url,)).fetchone() is not None
