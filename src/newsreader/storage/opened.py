"""Which articles were opened, in the library: each story once, with the last time."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from newsreader.storage.columns import time_or_none, to_text, without_credentials
from newsreader.storage.database import Database
from newsreader.text import folded, line
from newsreader.urls import story_key

_MOST = 20_000  # stories; the oldest are forgotten
_FORGOTTEN_AT_ONCE = 200  # so that a count of them is rarely needed
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)  # means a time that is unreadable


@dataclass(frozen=True, slots=True)
class OpenedArticle:
    """An article that was opened, and when that was done last."""

    url: str
    title: str
    opened_at: datetime


class OpenedTable:
    """Keeps what was opened, within a limit.

    Methods raise `StoreError` if the library cannot be read or written, unless they say otherwise.
    """

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    def note(self, url: str, title: str) -> None:
        """Note that an article is opened now."""
        url = without_credentials(url)
        row = (story_key(url), url, line(title), to_text(self._now()))

        def work(connection: sqlite3.Connection) -> None:
            connection.execute("INSERT OR REPLACE INTO opened (story, url, title, opened_at) VALUES (?, ?, ?, ?)", row)
            ((count,),) = connection.execute("SELECT count(*) FROM opened").fetchall()
            if count > _MOST + _FORGOTTEN_AT_ONCE:
                connection.execute(
                    "DELETE FROM opened WHERE story IN"
                    " (SELECT story FROM opened ORDER BY opened_at DESC LIMIT -1 OFFSET ?)",
                    (_MOST,),
                )

        self._database.write(work)

    def last(self, limit: int, words: str = "") -> tuple[OpenedArticle, ...]:
        """Return what was opened, the last first, if title or address has all these words in any case."""
        sought = folded(words).split()
        query = "SELECT url, title, opened_at FROM opened ORDER BY opened_at DESC, url"

        def work(connection: sqlite3.Connection) -> list[tuple[str, str, str]]:
            found: list[tuple[str, str, str]] = []
            for url, title, at in connection.execute(query):
                text = folded(f"{title}\n{url}") if sought else ""
                if all(word in text for word in sought):
                    found.append((url, title, at))
                    if len(found) == limit:
                        break
            return found

        rows = self._database.read(work)
        return tuple(OpenedArticle(url, title, time_or_none(at) or _LONG_AGO) for url, title, at in rows)

    def clear(self) -> int:
        """Forget everything; return how many stories there were. This cannot be undone."""
        return self._database.write(lambda connection: connection.execute("DELETE FROM opened").rowcount)
