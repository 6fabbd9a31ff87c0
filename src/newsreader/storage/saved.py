"""The saved articles, in the library: whole, each part with a checksum."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from newsreader.i18n import N_
from newsreader.library_values import Highlight
from newsreader.models import Page, Problem, Response
from newsreader.storage import tagging
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
)
from newsreader.storage.columns import time_or_none, to_text, without_credentials
from newsreader.storage.database import Database
from newsreader.storage.downloads import release
from newsreader.storage.errors import StoreError
from newsreader.storage.stories import ADDRESS_ONLY, StoryTable
from newsreader.storage.undo_log import UndoLog
from newsreader.text import line
from newsreader.urls import shown, story_key

_ROW = "url, title, site_name, language, published, saved_at, word_count, picture_count"
_NOT_FETCHED = N_("So far only the address of this article is stored.")
_FETCHED_LATER = N_("It is fetched when it is opened, and by newsreader sync.")
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)  # means a time that is unreadable


@dataclass(frozen=True, slots=True)
class SavedRow:
    """A saved article as a list shows it."""

    url: str
    title: str
    site_name: str | None
    language: str | None
    published: datetime | None
    saved_at: datetime
    word_count: int
    picture_count: int


@dataclass(frozen=True, slots=True)
class SavedAddress:
    """An article to be saved whose text has not been fetched yet, as after an import.

    Attributes:
        saved_at: Aware, UTC.
        tags: As `query.tag_name` writes them.
        page: With its article, where that is known too; else it is still to be fetched.
        highlights: What was highlighted in it elsewhere.
    """

    url: str
    title: str
    saved_at: datetime
    is_read: bool = False
    tags: tuple[str, ...] = ()
    page: Page | None = None
    highlights: tuple[Highlight, ...] = ()


class DamagedArticleError(StoreError):
    """The text of a saved article is unreadable; the readable parts are here.

    Attributes:
        article_url: The article's address.
        response: The original response, if undamaged: the article can be extracted from it again.
        pictures: Those that are undamaged.
    """

    message = N_("The saved text of {address} is damaged in {path}.")
    hint = N_("Save it again, or restore a backup of the library.")
    kind = "article-damaged"

    def __init__(
        self, path: Path, article_url: str, response: Response | None, pictures: tuple[SavedPicture, ...]
    ) -> None:
        self.article_url = article_url
        self.response = response
        self.pictures = pictures
        super().__init__(path, address=shown(article_url))


class SavedTable:
    """Keeps saved articles; what is removed stays for a week, so that it can be undone.

    Methods raise `StoreError` if the library cannot be read or written, unless they say otherwise.
    """

    def __init__(self, database: Database, undo_log: UndoLog, stories: StoryTable, now: Callable[[], datetime]) -> None:
        self._database = database
        self._undo_log = undo_log
        self._stories = stories
        self._now = now
        undo_log.register("save", _undo_save)
        undo_log.register("unsave", _undo_unsave)

    def save(self, article: SavedArticle, *, undoable: bool = True) -> None:
        """Store a whole article, replacing what was saved of the same story.

        If that was only its address, the time of saving stays that of the address.

        Raises:
            StoreError: it cannot be written; what was there before is still there.
        """
        url = without_credentials(article.url)
        story = story_key(url)
        now = to_text(self._now())
        row = saved_row(url, story, article)
        parts = parts_of(article)

        def work(connection: sqlite3.Connection) -> None:
            query = f"SELECT saved_at FROM saved WHERE story = ? AND {ADDRESS_ONLY}"  # noqa: S608
            since = connection.execute(query, (story,)).fetchone()
            replaced = soft_delete(connection, story, now)
            number = insert(connection, "saved", row | ({"saved_at": since[0]} if since else {}))
            put_parts(connection, "saved", number, parts)
            release(connection, story)
            detail = {"saved": number, "replaced": replaced, "url": url, "title": row["title"]}
            self._undo_log.note(connection, "save", detail, undoable=undoable)

        self._database.write(work)

    def article(self, url: str) -> SavedArticle | None:
        """Return the article saved of this address's story, every part verified; `damaged` names those that are lost.

        Raises:
            DamagedArticleError: its text is lost; the error holds what is not.
        """
        return self.of_story(story_key(without_credentials(url)))

    def of_story(self, story: str) -> SavedArticle | None:
        """Return the article saved of a story, as `article` does."""
        row = self._database.read(
            lambda connection: connection.execute(
                "SELECT id, url, saved_at FROM saved WHERE story = ? AND removed_at IS NULL", (story,)
            ).fetchone()
        )
        return self._whole(*row) if row else None

    def remove(self, url: str, *, undoable: bool = True) -> bool:
        """Remove an article from the library, under all its addresses; False if it is not there.

        Its bytes stay a week, so that `undo` can bring it back, unless `undoable` is false.
        """
        story = story_key(without_credentials(url))

        def work(connection: sqlite3.Connection) -> bool:
            now = to_text(self._now())
            stories = (story, *sorted(tagging.same_story(connection, [story]).get(story, frozenset()) - {story}))
            numbers = [number for each in stories if (number := soft_delete(connection, each, now)) is not None]
            if not numbers:
                return False
            found = connection.execute("SELECT url, title FROM saved WHERE id = ?", numbers[:1]).fetchone()
            detail = {"saved": numbers[0], "others": numbers[1:], "url": found[0], "title": found[1]}
            self._undo_log.note(connection, "unsave", detail, undoable=undoable)
            if not undoable:
                connection.executemany("DELETE FROM saved WHERE id = ?", [(number,) for number in numbers])
            return True

        return self._database.write(work)

    def rows(self) -> tuple[SavedRow, ...]:
        """Return what is saved, the last saved first; no article is read for it."""
        rows = self._database.read(
            lambda connection: connection.execute(
                f"SELECT {_ROW} FROM saved WHERE removed_at IS NULL ORDER BY saved_at DESC, id DESC"  # noqa: S608
            ).fetchall()
        )
        return tuple(_row(*row) for row in rows)

    def which(self, urls: Iterable[str]) -> frozenset[str]:
        """Return those of the addresses whose story is saved."""
        return self._stories.which(urls, "saved WHERE removed_at IS NULL AND")

    def address_only(self) -> tuple[SavedRow, ...]:
        """Return the saved articles whose text has not been fetched yet, as after an import; the last saved first."""
        rows = self._database.read(
            lambda connection: connection.execute(
                f"SELECT {_ROW} FROM saved WHERE {ADDRESS_ONLY} ORDER BY saved_at DESC, id DESC"  # noqa: S608
            ).fetchall()
        )
        return tuple(_row(*row) for row in rows)

    def which_address_only(self, urls: Iterable[str]) -> frozenset[str]:
        """Return the addresses of saved stories whose text has not been fetched yet."""
        return self._stories.which(urls, f"saved WHERE {ADDRESS_ONLY} AND")

    def _whole(self, number: int, url: str, saved_at: str) -> SavedArticle:
        page: Page | None = None
        response: Response | None = None
        pictures: list[SavedPicture] = []
        damaged: list[str] = []
        for part_id, part, place in self._part_ids(number):
            try:
                head, content = self._database.read(partial(sound_part, table="saved", part_id=part_id))
                match part:
                    case "page":
                        page = page_of(content)
                    case "response":
                        response = response_of(head, content)
                    case _:
                        pictures.append(picture_of(head, content))
            except (StoreError, *UNREADABLE):
                damaged.append(part if part != "picture" else f"{part} {place + 1}")
        if page is None:
            raise DamagedArticleError(self._database.path, url, response, tuple(pictures))
        at = time_or_none(saved_at) or _LONG_AGO
        return SavedArticle(url, page, tuple(pictures), response, at, tuple(damaged))

    def _part_ids(self, number: int) -> list[tuple[int, str, int]]:
        return self._database.read(
            lambda connection: connection.execute(
                "SELECT id, part, number FROM saved_parts WHERE saved = ? ORDER BY part, number", (number,)
            ).fetchall()
        )

    def _is_sound(self, number: int, url: str, saved_at: str) -> bool:
        try:
            return not self._whole(number, url, saved_at).damaged
        except DamagedArticleError:
            return False

    def damaged(self) -> tuple[str, ...]:
        """Verify every article; return the addresses of those that are damaged."""
        rows = self._database.read(
            lambda connection: connection.execute(
                "SELECT id, url, saved_at, story FROM saved WHERE removed_at IS NULL ORDER BY id"
            ).fetchall()
        )
        return tuple(row[1] for row in rows if story_key(row[1]) != row[3] or not self._is_sound(*row[:3]))


def saved_row(url: str, story: str, article: SavedArticle) -> dict[str, Any]:
    """Return what the table `saved` holds of an article."""
    page, inner = article.page, article.page.article
    published = inner.published if inner else None
    return {
        "story": story,
        "url": url,
        "title": line(article.title),
        "site_name": (inner.site_name if inner else None) or page.site_name,
        "language": (inner.language if inner else None) or page.language,
        "published": published.isoformat() if published else None,
        "saved_at": to_text(article.saved_at),
        "word_count": inner.word_count if inner else 0,
        "picture_count": len(article.pictures),
    }


def _row(
    url: str,
    title: str,
    site_name: str | None,
    language: str | None,
    published: str | None,
    saved_at: str,
    word_count: int,
    picture_count: int,
) -> SavedRow:
    times = time_or_none(published), time_or_none(saved_at) or _LONG_AGO
    return SavedRow(url, title, site_name, language, *times, word_count, picture_count)


def insert(connection: sqlite3.Connection, table: str, row: Mapping[str, Any]) -> int:
    """Insert a row into a table; return its number."""
    columns, values = ", ".join(row), ", ".join(f":{name}" for name in row)
    cursor = connection.execute(f"INSERT INTO {table} ({columns}) VALUES ({values})", row)  # noqa: S608
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def insert_address(connection: sqlite3.Connection, story: str, address: SavedAddress) -> int:
    """Save an article; if only the address is known, its page says that it is still to be fetched."""
    url = without_credentials(address.url)
    page = address.page or Page(url, line(address.title), problem=Problem("not-fetched", _NOT_FETCHED, _FETCHED_LATER))
    article = SavedArticle(url, page, (), None, address.saved_at)
    number = insert(connection, "saved", saved_row(url, story, article))
    put_parts(connection, "saved", number, parts_of(article))
    return number


def soft_delete(connection: sqlite3.Connection, story: str, now: str) -> int | None:
    """Hide the saved article of a story; return its number."""
    rows = connection.execute(
        "UPDATE saved SET removed_at = ? WHERE story = ? AND removed_at IS NULL RETURNING id", (now, story)
    ).fetchall()
    return rows[0][0] if rows else None


def take_out_saved(connection: sqlite3.Connection, numbers: Iterable[int], now: str) -> None:
    """Remove articles that were saved by their addresses, with what was fetched for them since.

    What the reader saved on their own stays.
    """
    connection.execute(
        "UPDATE saved SET removed_at = ? WHERE removed_at IS NULL AND story IN"
        " (SELECT story FROM saved WHERE id IN (SELECT value FROM json_each(?))) AND id NOT IN"
        " (SELECT json_extract(detail, '$.saved') FROM changes WHERE action = 'save' AND undone_at IS NULL)",
        (now, json.dumps(list(numbers))),
    )


def restore(connection: sqlite3.Connection, number: int | None, now: str) -> None:
    """Restore a removed article; hide what was saved of its story since."""
    found = connection.execute("SELECT story FROM saved WHERE id = ?", (number,)).fetchone()
    if found:
        soft_delete(connection, found[0], now)
        connection.execute("UPDATE saved SET removed_at = NULL WHERE id = ?", (number,))


def _undo_save(connection: sqlite3.Connection, detail: Mapping[str, Any], now: str) -> None:
    connection.execute("UPDATE saved SET removed_at = ? WHERE id = ?", (now, detail["saved"]))
    restore(connection, detail["replaced"], now)


def _undo_unsave(connection: sqlite3.Connection, detail: Mapping[str, Any], now: str) -> None:
    for number in (detail["saved"], *detail.get("others", ())):
        restore(connection, number, now)
