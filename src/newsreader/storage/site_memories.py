"""What is remembered of each site, in the cache: digests of the texts that its last stories showed."""

import json
import sqlite3
import zlib
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache

from newsreader.extraction.site_memory import SiteMemory, memory_from_json, memory_to_json
from newsreader.models import Article
from newsreader.storage.columns import to_text

STEP = """
-- what the last stories of a site showed alike, as digests
CREATE TABLE site_memories (
    site TEXT PRIMARY KEY,  -- host, with the port where the address names one
    stories BLOB NOT NULL,  -- extraction.site_memory.memory_to_json, zlib
    used_at TEXT NOT NULL  -- ISO 8601, UTC
) STRICT, WITHOUT ROWID;
CREATE INDEX site_memories_by_use ON site_memories (used_at);
"""
_MOST_SITES = 400
_UNREADABLE = (zlib.error, ValueError, TypeError, AttributeError)

Transaction = Callable[[Callable[[sqlite3.Connection], SiteMemory]], SiteMemory]


class SiteMemories:
    """The memories of all sites, the least used forgotten first; any thread may call it."""

    def __init__(self, read: Transaction, write: Transaction, now: Callable[[], datetime]) -> None:
        self._read = read
        self._write = write
        self._now = now

    def of(self, site: str) -> SiteMemory:
        """Return what is remembered of a site, by its host.

        Raises:
            StoreError: the cache cannot be read.
        """
        return self._read(lambda connection: _memory(connection, site))

    def learn(self, site: str, article: Article) -> SiteMemory:
        """Remember an article, given as it was extracted; return what is now remembered of its site.

        Raises:
            StoreError: the cache cannot be written.
        """

        def work(connection: sqlite3.Connection) -> SiteMemory:
            memory = _memory(connection, site).with_article(article)
            stories = zlib.compress(
                json.dumps(memory_to_json(memory), separators=(",", ":")).encode(), 1
            )  # digests: more effort makes them no smaller
            row = (site, stories, to_text(self._now()))
            connection.execute("INSERT OR REPLACE INTO site_memories VALUES (?, ?, ?)", row)
            connection.execute(
                "DELETE FROM site_memories WHERE site IN"
                " (SELECT site FROM site_memories ORDER BY used_at DESC, site LIMIT -1 OFFSET ?)",
                (_MOST_SITES,),
            )
            return memory

        return self._write(work)


def _memory(connection: sqlite3.Connection, site: str) -> SiteMemory:
    row = connection.execute("SELECT stories FROM site_memories WHERE site = ?", (site,)).fetchone()
    return _unpacked(row[0]) if row else SiteMemory()


@lru_cache(maxsize=32)  # a page that comes is cleaned by it, and then learned
def _unpacked(stories: bytes) -> SiteMemory:
    try:
        return memory_from_json(json.loads(zlib.decompress(stories)))
    except _UNREADABLE:  # it is learned again from the next stories
        return SiteMemory()
