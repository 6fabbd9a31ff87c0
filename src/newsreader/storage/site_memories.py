"""What is remembered about each site, in the cache: digests of the texts that its last stories showed."""

import json
import sqlite3
import threading
import zlib
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit

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
_KNOWN = 64  # memories that need not be read again
_UNREADABLE = (zlib.error, ValueError, TypeError, AttributeError)

Reading = Callable[[Callable[[sqlite3.Connection], SiteMemory]], SiteMemory]


class SiteMemories:
    """The memories of all sites; the least used are forgotten first. Any thread may call it."""

    def __init__(self, read: Reading, now: Callable[[], datetime]) -> None:
        self._read = read
        self._now = now
        self._lock = threading.Lock()
        self._known: OrderedDict[bytes, SiteMemory] = OrderedDict()  # by what is stored, the last used at the end

    def of(self, site: str) -> SiteMemory:
        """Return what is remembered of a site, by its host.

        Raises:
            StoreError: the cache cannot be read.
        """
        return self._read(lambda connection: self._stored(connection, site) or SiteMemory())

    def learn(self, connection: sqlite3.Connection, site: str, article: Article) -> SiteMemory:
        """Remember an article, given as it was extracted, in a transaction; return the site's memory."""
        before = self._stored(connection, site)
        memory = (before or SiteMemory()).with_article(article)
        text = json.dumps(memory_to_json(memory), separators=(",", ":"))
        stories = zlib.compress(text.encode(), 1)  # digests: more effort makes them no smaller
        row = (site, stories, to_text(self._now()))
        connection.execute("INSERT OR REPLACE INTO site_memories VALUES (?, ?, ?)", row)
        if before is None:
            connection.execute(
                "DELETE FROM site_memories WHERE site IN"
                " (SELECT site FROM site_memories ORDER BY used_at DESC, site LIMIT -1 OFFSET ?)",
                (_MOST_SITES,),
            )
        self._remember(stories, memory)
        return memory

    def _stored(self, connection: sqlite3.Connection, site: str) -> SiteMemory | None:
        row = connection.execute("SELECT stories FROM site_memories WHERE site = ?", (site,)).fetchone()
        if row is None:
            return None
        stories: bytes = row[0]
        memory = self._known.get(stories) or _unpacked(stories)
        self._remember(stories, memory)
        return memory

    def _remember(self, stories: bytes, memory: SiteMemory) -> None:
        """Let what was read or written last be read again soon: a page that comes is learned and then cleaned."""
        with self._lock:
            self._known[stories] = memory
            self._known.move_to_end(stories)
            if len(self._known) > _KNOWN:
                self._known.popitem(last=False)


def site_of(url: str) -> str:
    """Return the key of a site's memory: the host, with the port if the address names one."""
    return urlsplit(url).netloc.rpartition("@")[2].removeprefix("www.")


def _unpacked(stories: bytes) -> SiteMemory:
    try:
        return memory_from_json(json.loads(zlib.decompress(stories)))
    except _UNREADABLE:  # it is learned again from the next stories
        return SiteMemory()
