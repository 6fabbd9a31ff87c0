"""Pictures, in the cache, each with a checksum."""

import sqlite3
import zlib
from collections.abc import Callable
from datetime import datetime
from typing import Any

from newsreader.storage.bodies import body_of, put_row, read_whole
from newsreader.storage.cache_access import CacheAccess
from newsreader.storage.columns import to_text, without_credentials


class PictureTable:
    """Pictures by their addresses."""

    def __init__(self, cache: CacheAccess, now: Callable[[], datetime]) -> None:
        self._cache = cache
        self._now = now

    def of(self, url: str) -> tuple[bytes, str] | None:
        """Return the bytes and the content type of a picture."""
        url = without_credentials(url)

        def work(connection: sqlite3.Connection) -> tuple[Any, ...] | None:
            row = connection.execute("SELECT id, content_type, crc32 FROM pictures WHERE url = ?", (url,)).fetchone()
            return (*row[1:], body_of(connection, "picture", row[0])) if row else None

        return read_whole(self._cache, work, _verified, "pictures", url)

    def put(self, url: str, body: bytes, content_type: str) -> None:
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
        self._cache.write(lambda connection: put_row(connection, "pictures", row, body))


def _verified(content_type: str, crc32: int, body: bytes) -> tuple[bytes, str]:
    if zlib.crc32(body) != crc32:
        raise ValueError("the picture is not what was kept")
    return body, content_type
