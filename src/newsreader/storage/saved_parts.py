"""The parts of saved articles one by one, as they are synced with other devices."""

import hashlib
import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from newsreader.storage.article_parts import UNREADABLE, page_of, picture_of, put_parts, response_of
from newsreader.storage.database import Database
from newsreader.storage.stories import ADDRESS_ONLY
from newsreader.values import dataclass

_KINDS = ("page", "response", "picture")
_MOST_PARTS = 1000


@dataclass(frozen=True, slots=True)
class ArticlePart:
    """A part of a saved article.

    Attributes:
        part: "page", "response" or "picture".
        number: Of the picture, in the article's order.
        head: JSON with what is known about the content.
        digest: The SHA-256 of the content, in hexadecimal.
        id: Its number in this library; 0 where it is not in it.
    """

    part: str
    number: int
    head: str
    digest: str
    id: int = 0

    def as_json(self) -> dict[str, Any]:
        """Return it as JSON for a record."""
        return {"part": self.part, "number": self.number, "head": self.head, "sha256": self.digest}


class SavedParts:
    """Reads and writes the parts of saved articles.

    Methods raise `StoreError` if the library cannot be read or written.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def lacking(self) -> tuple[str, ...]:
        """Return the saved stories known by address only."""
        query = f"SELECT story FROM saved WHERE {ADDRESS_ONLY}"  # noqa: S608
        return tuple(row[0] for row in self._database.read(lambda connection: connection.execute(query).fetchall()))

    def is_saved(self, story: str) -> bool:
        """Return whether a story is saved."""
        query = "SELECT EXISTS (SELECT 1 FROM saved WHERE story = ? AND removed_at IS NULL)"
        return bool(self._database.read(lambda connection: connection.execute(query, (story,)).fetchone())[0])

    def complete(self) -> Sequence[tuple[str, int]]:
        """Return the saved stories that are here with their text, each with its number."""
        query = f"SELECT story, id FROM saved WHERE removed_at IS NULL AND NOT ({ADDRESS_ONLY})"  # noqa: S608
        return self._database.read(lambda connection: connection.execute(query).fetchall())

    def of(self, number: int) -> Sequence[ArticlePart]:
        """Return the parts of the saved article of a number."""
        query = "SELECT id, part, number, head, content FROM saved_parts WHERE saved = ? ORDER BY part, number"
        rows = self._database.read(lambda connection: connection.execute(query, (number,)).fetchall())
        return [
            ArticlePart(part, place, head, hashlib.sha256(content).hexdigest(), part_id)
            for part_id, part, place, head, content in rows
        ]

    def content(self, part: ArticlePart) -> bytes:
        """Return the content of a part; empty if it is no longer here."""
        query = "SELECT content FROM saved_parts WHERE id = ?"
        row = self._database.read(lambda connection: connection.execute(query, (part.id,)).fetchone())
        return bytes(row[0]) if row else b""

    def named(self, value: object) -> Sequence[ArticlePart]:
        """Return the parts that a record names; none if it is invalid."""
        try:
            return [_part(each) for each in value["parts"][:_MOST_PARTS]]  # type: ignore[index]
        except (ValueError, KeyError, TypeError, AttributeError):
            return ()

    def fill(self, story: str, parts: Sequence[tuple[ArticlePart, bytes]]) -> bool:
        """Add the parts to a saved story known by address only; False if it has its text, or the parts are invalid.

        This is not the reader's action: it is neither undoable nor a change for other devices.
        """
        try:
            page = next(page_of(content) for each, content in parts if each.part == "page")
            for each, content in parts:
                _read(each, content)
        except (StopIteration, *UNREADABLE):
            return False
        article = page.article
        pictures = sum(each.part == "picture" for each, _ in parts)
        facts = {
            "site_name": (article.site_name if article else None) or page.site_name,
            "language": (article.language if article else None) or page.language,
            "published": article.published.isoformat() if article and article.published else None,
            "word_count": article.word_count if article else 0,
            "picture_count": pictures,
        }

        def work(connection: sqlite3.Connection) -> bool:
            query = f"SELECT id FROM saved WHERE story = ? AND {ADDRESS_ONLY}"  # noqa: S608
            row = connection.execute(query, (story,)).fetchone()
            if row is None:
                return False
            was_active = connection.execute("SELECT is_active FROM journal_state").fetchone()
            connection.execute("UPDATE journal_state SET is_active = 0")
            pairs = ", ".join(f"{name} = :{name}" for name in facts)
            connection.execute(f"UPDATE saved SET {pairs} WHERE id = :id", {**facts, "id": row[0]})  # noqa: S608
            connection.execute("DELETE FROM saved_parts WHERE saved = ?", row)
            put_parts(connection, "saved", row[0], [(p.part, p.number, p.head, content) for p, content in parts])
            connection.execute("UPDATE journal_state SET is_active = ?", was_active or (0,))
            return True

        return self._database.write(work)


def _part(value: Mapping[str, Any]) -> ArticlePart:
    part = ArticlePart(value["part"], value["number"], value["head"], value["sha256"])
    bytes.fromhex(part.digest)
    if part.part not in _KINDS or type(part.number) is not int or not isinstance(json.loads(part.head), dict):
        raise ValueError(part.part)
    return part


def _read(part: ArticlePart, content: bytes) -> None:
    """Make sure that a part can be read; raises one of `UNREADABLE` where it cannot."""
    head = json.loads(part.head)
    match part.part:
        case "page":
            page_of(content)
        case "response":
            response_of(head, content)
        case _:
            picture_of(head, content)
