"""What waits for the network to come back, in the library."""

import sqlite3
from collections.abc import Callable, Iterable
from datetime import datetime

from newsreader.library_values import Queued
from newsreader.storage.columns import among, time_or_none, to_text, without_credentials
from newsreader.storage.database import Database
from newsreader.storage.undo_log import UndoLog
from newsreader.text import line
from newsreader.urls import story_key


class QueueTable:
    """The articles that the reader wanted while there was no network."""

    def __init__(self, database: Database, undo_log: UndoLog, now: Callable[[], datetime]) -> None:
        self._database = database
        self._undo_log = undo_log
        self._now = now
        undo_log.register("queue", lambda connection, detail, _: unqueue(connection, detail["url"]))

    def add(self, url: str, title: str) -> bool:
        """Queue an article for the network; False if it is queued already. It can be undone."""
        url = without_credentials(url)
        row = (story_key(url), url, line(title), to_text(self._now()))

        def work(connection: sqlite3.Connection) -> bool:
            added = connection.execute(
                "INSERT INTO queue (story, url, title, queued_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", row
            ).rowcount
            if added:
                self._undo_log.note(connection, "queue", {"url": url, "title": row[2]}, undoable=True)
            return added > 0

        return self._database.write(work)

    def all(self) -> tuple[Queued, ...]:
        """Return what waits for the network, the first queued first."""
        rows = self._database.read(
            lambda connection: connection.execute(
                "SELECT url, title, queued_at, tries FROM queue ORDER BY queued_at, url"
            ).fetchall()
        )
        return tuple(Queued(url, title, time_or_none(at) or self._now(), tries) for url, title, at, tries in rows)

    def which(self, urls: Iterable[str]) -> frozenset[str]:
        """Return those of the addresses whose story waits for the network."""
        keys = {url: story_key(without_credentials(url)) for url in urls}
        found = self._database.read(lambda connection: among(connection, keys.values(), "queue WHERE"))
        return frozenset(url for url, key in keys.items() if key in found)

    def remove(self, url: str) -> None:
        """Remove an article from the queue."""
        self._database.write(lambda connection: unqueue(connection, url))

    def note_failed_try(self, url: str) -> None:
        """Count a failed try to fetch an article in the queue."""
        story = story_key(without_credentials(url))
        self._database.write(
            lambda connection: connection.execute("UPDATE queue SET tries = tries + 1 WHERE story = ?", (story,))
        )


def unqueue(connection: sqlite3.Connection, url: str) -> None:
    """Remove an article from the queue for the network."""
    connection.execute("DELETE FROM queue WHERE story = ?", (story_key(without_credentials(url)),))
