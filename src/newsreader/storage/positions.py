"""How far the reader is in articles, in the library."""

from collections.abc import Callable
from datetime import UTC, datetime

from newsreader.library_values import ReadingPosition
from newsreader.storage.columns import time_or_none, to_text, without_credentials
from newsreader.storage.database import Database
from newsreader.text import line
from newsreader.urls import story_key

_COLUMNS = "url, block, words, kept_at, signs, percent, title"
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)  # means a time that is unreadable


class PositionTable:
    """Keeps one position for each story.

    Methods raise `StoreError` if the library cannot be read or written, unless they say otherwise.
    """

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    def of(self, url: str) -> ReadingPosition | None:
        """Return where the reader was in an article."""
        story = story_key(without_credentials(url))
        row = self._database.read(
            lambda connection: connection.execute(
                f"SELECT {_COLUMNS} FROM places WHERE story = ?",  # noqa: S608
                (story,),
            ).fetchone()
        )
        return _reading_position(*row) if row else None

    def save(
        self, url: str, block: int, words: str, *, char_offset: int = 0, percent: int = 0, title: str = ""
    ) -> None:
        """Remember where the reader is in an article; see `ReadingPosition`."""
        url = without_credentials(url)
        row = (story_key(url), url, block, line(words), to_text(self._now()), char_offset, percent, line(title))
        self._database.write(
            lambda connection: connection.execute(
                "INSERT OR REPLACE INTO places (story, url, block, words, kept_at, signs, percent, title)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                row,
            )
        )

    def forget(self, url: str) -> None:
        """Forget the position: the reader is at the beginning again."""
        story = story_key(without_credentials(url))
        self._database.write(lambda connection: connection.execute("DELETE FROM places WHERE story = ?", (story,)))

    def all(self, limit: int = 100) -> tuple[ReadingPosition, ...]:
        """Return the stored positions, the last first."""
        query = f"SELECT {_COLUMNS} FROM places ORDER BY kept_at DESC LIMIT ?"  # noqa: S608
        rows = self._database.read(lambda connection: connection.execute(query, (limit,)).fetchall())
        return tuple(_reading_position(*row) for row in rows)

    def unfinished(self, limit: int = 1000) -> tuple[ReadingPosition, ...]:
        """Return the positions in articles that are started but neither finished nor marked read, the last first.

        A mark that was set only by opening does not count as finished.
        """
        query = (
            f"SELECT {_COLUMNS} FROM places WHERE percent BETWEEN 1 AND 99"  # noqa: S608
            " AND NOT EXISTS (SELECT 1 FROM read_marks WHERE read_marks.story = places.story AND NOT opened)"
            " ORDER BY kept_at DESC LIMIT ?"
        )
        rows = self._database.read(lambda connection: connection.execute(query, (limit,)).fetchall())
        return tuple(_reading_position(*row) for row in rows)


def _reading_position(
    url: str, block: int, words: str, kept_at: str, char_offset: int, percent: int, title: str
) -> ReadingPosition:
    return ReadingPosition(url, block, words, time_or_none(kept_at) or _LONG_AGO, char_offset, percent, title)
