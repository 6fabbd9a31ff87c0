"""What is the reader's own: saved articles, read marks, choices, places, sources, and what can be undone."""

import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from newsreader.i18n import N_
from newsreader.models import Page, Problem, Response, Source
from newsreader.storage import sources, tagging
from newsreader.storage.database import (
    Database,
    Schema,
    among,
    bare,
    check,
    copy_database,
    copy_tables,
    from_text,
    held,
    is_absent,
    json_list,
    own_errors,
    rename_with_journals,
    size,
    sync,
    time_or_none,
    to_text,
)
from newsreader.storage.downloads import STEP as DOWNLOADS_STEP
from newsreader.storage.downloads import TABLES as DOWNLOADS_TABLES
from newsreader.storage.downloads import Downloads, DownloadsInfo, let_go, unqueue
from newsreader.storage.errors import UNWRITABLE, DamagedStoreError, ExistingFileError, MissingStoreError, StoreError
from newsreader.storage.parts import (
    UNREADABLE,
    SavedArticle,
    SavedPicture,
    page_of,
    parts_of,
    picture_of,
    put_parts,
    response_of,
    sound_part,
    sound_picture,
)
from newsreader.storage.tagging import TAGS_STEP, QueryRule, TagCount, TaggedStory
from newsreader.text import line
from newsreader.urls import shown, story_key

__all__ = [
    "SCHEMA", "Change", "DamagedArticleError", "KeptPlace", "Library", "LibraryInfo", "SavedArticle", "SavedPicture",
    "SavedRow", "backups", "restore",
]  # fmt: skip

T = TypeVar("T")

SCHEMA = Schema(
    application_id=0x4E77734C,  # NwsL
    options=(
        "PRAGMA journal_mode = TRUNCATE",  # as safe as deleting it, without two waits for the directory
        "PRAGMA synchronous = FULL",
        "PRAGMA fullfsync = ON",
        "PRAGMA foreign_keys = ON",
    ),
    steps=(
        """
        -- 1: articles that the reader keeps, whole; marks, choices, places; what was changed, to undo it
        CREATE TABLE saved (
            id INTEGER PRIMARY KEY,
            story TEXT NOT NULL,  -- urls.story_key
            url TEXT NOT NULL,
            title TEXT NOT NULL,
            site_name TEXT,
            language TEXT,
            published TEXT,  -- ISO 8601; without an offset in the page's local time
            saved_at TEXT NOT NULL,  -- ISO 8601, UTC
            word_count INTEGER NOT NULL,
            picture_count INTEGER NOT NULL,
            removed_at TEXT  -- kept a while for undo; NULL while the article is saved
        ) STRICT;
        CREATE UNIQUE INDEX saved_story ON saved (story) WHERE removed_at IS NULL;
        CREATE INDEX saved_by_time ON saved (saved_at) WHERE removed_at IS NULL;
        CREATE TABLE saved_parts (
            id INTEGER PRIMARY KEY,
            saved INTEGER NOT NULL REFERENCES saved (id) ON DELETE CASCADE,
            part TEXT NOT NULL CHECK (part IN ('page', 'response', 'picture')),
            number INTEGER NOT NULL,  -- of the picture, in the article's order
            head TEXT NOT NULL,  -- JSON: what is known of the content
            content BLOB NOT NULL,  -- page and response: zlib
            sha256 BLOB NOT NULL,  -- of head and content, verified on reading
            UNIQUE (saved, part, number)
        ) STRICT;

        CREATE TABLE read_marks (
            story TEXT PRIMARY KEY,
            url TEXT NOT NULL,
            read_at TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE choices (
            key TEXT PRIMARY KEY,
            value TEXT NOT NULL,  -- JSON
            chosen_at TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE places (
            story TEXT PRIMARY KEY,
            url TEXT NOT NULL,
            block INTEGER NOT NULL,  -- of the article, from 0
            words TEXT NOT NULL,  -- that the place begins with: they find it again after a re-extraction
            kept_at TEXT NOT NULL
        ) STRICT;
        CREATE INDEX places_by_time ON places (kept_at);

        CREATE TABLE changes (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            session TEXT NOT NULL,  -- which run of the program made it
            changed_at TEXT NOT NULL,
            action TEXT NOT NULL,
            detail TEXT NOT NULL,  -- JSON: what undoing needs
            undone_at TEXT
        ) STRICT;
        CREATE INDEX changes_to_undo ON changes (session, id) WHERE undone_at IS NULL;
        CREATE INDEX changes_by_time ON changes (changed_at);
        """,
        DOWNLOADS_STEP,
        sources.STEP,
        TAGS_STEP,
        """
        -- how far each article was read, and its title, for the list of what is in progress
        ALTER TABLE places ADD COLUMN signs INTEGER NOT NULL DEFAULT 0;  -- of the block, before the place
        ALTER TABLE places ADD COLUMN percent INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE places ADD COLUMN title TEXT NOT NULL DEFAULT '';
        """,
    ),
)
_ROW = "url, title, site_name, language, published, saved_at, word_count, picture_count"
_WITHOUT_TEXT = (
    "removed_at IS NULL AND word_count = 0"
    " AND NOT EXISTS (SELECT 1 FROM saved_parts WHERE saved = saved.id AND part = 'response')"
)
_NOT_FETCHED = N_("Only the address of this article is here so far.")
_FETCHED_LATER = N_("It is fetched when it is opened, and by newsreader sync.")
_UNDO_KEPT = timedelta(days=7)
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)  # stands for a time that cannot be read any more
_BACKUPS = "backups"
_BACKUPS_KEPT = 7


@dataclass(frozen=True, slots=True)
class Known:
    """What is known here of some stories (`urls.story_key`): which of them are so.

    Attributes:
        without_text: Of the saved ones, those of which only the address is here so far.
    """

    read: AbstractSet[str] = frozenset()
    saved: AbstractSet[str] = frozenset()
    without_text: AbstractSet[str] = frozenset()
    downloaded: AbstractSet[str] = frozenset()
    queued: AbstractSet[str] = frozenset()
    tags: Mapping[str, frozenset[str]] = field(default_factory=dict)


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
class LibraryInfo:
    """The library in figures.

    Attributes:
        size_bytes: On the disk, journals included.
        without_text: Saved articles of which only the address is here so far.
        backups: The newest first.
    """

    path: Path
    size_bytes: int
    saved: int
    saved_pictures: int
    without_text: int
    read_marks: int
    places: int
    changes: int
    downloads: DownloadsInfo
    backups: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class SavedAddress:
    """An article to be saved of which only the address is known, as after an import.

    Attributes:
        saved_at: Aware, UTC.
        tags: As `query.tag_name` writes them.
        page: With its article, where that is known too; else it is still to be fetched.
    """

    url: str
    title: str
    saved_at: datetime
    is_read: bool = False
    tags: tuple[str, ...] = ()
    page: Page | None = None


@dataclass(frozen=True, slots=True)
class KeptPlace:
    """Where the reader was in an article.

    Attributes:
        block: Its number, from 0.
        words: What it begins with: they find it again in another extraction.
        signs: How many signs of the block lie before the place, spaces aside.
        percent: How much of the article was read; 100 when its end was in view.
    """

    url: str
    block: int
    words: str
    kept_at: datetime
    signs: int = 0
    percent: int = 0
    title: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A change that was undone.

    Attributes:
        action: "save", "unsave", "read", "unread", "choice", "queue", "add-source", "remove-source", "change-source" or
            "move-source", as it was done.
        urls: What it was done to.
        title: Of the article or the source, where it was one.
    """

    action: str
    urls: tuple[str, ...]
    title: str | None
    changed_at: datetime


class DamagedArticleError(StoreError):
    """The text of a saved article cannot be read any more; what of it can is here.

    Attributes:
        article_url: The article's address.
        response: The original answer, if that is sound: the article can be extracted from it again.
        pictures: Those that are sound.
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


class Library:
    """The reader's own store; any thread may call it, and several programs may share it.

    Whatever a method has returned from is on the disk. A damaged or newer file is never touched.

    Attributes:
        downloads: What is kept until its limit, and what waits for the network.
    """

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now
        self._session = os.urandom(8).hex()
        self.downloads = Downloads(database, now, self._note)

    @classmethod
    def open(cls, path: Path, *, now: Callable[[], datetime]) -> "Library":
        """Open the library, made where there is none. Where it cannot be written, it can be read all the same.

        Raises:
            StoreError: it is damaged, newer, not ours, held by another program, or something else lies in its place.
        """
        if not size(path) and backups(path):
            raise MissingStoreError(path)
        try:
            return cls(Database(path, SCHEMA), now)
        except UNWRITABLE as error:
            if is_absent(path):
                return cls(Database.in_memory(path, SCHEMA, error), now)
            return cls(Database.read_only(path, SCHEMA, error), now)

    @classmethod
    def refusing(cls, problem: StoreError, *, now: Callable[[], datetime]) -> "Library":
        """Return an empty library that keeps nothing, in place of one that cannot be opened: reading goes on."""
        return cls(Database.in_memory(problem.path, SCHEMA, problem), now)

    @property
    def path(self) -> Path:
        """The file."""
        return self._database.path

    @property
    def problem(self) -> StoreError | None:
        """Why nothing can be written; None while it can."""
        return self._database.refusal

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    # --- saved articles -----------------------------------------------------------------------

    def save(self, article: SavedArticle, *, undoable: bool = True) -> None:
        """Keep an article whole, in place of what was saved of the same story before.

        Where that was its address alone, it was saved when the address was.

        Raises:
            StoreError: it cannot be written; what was there before is still there.
        """
        url = bare(article.url)
        story = story_key(url)
        now = to_text(self._now())
        row = _saved_row(url, story, article)
        parts = parts_of(article)

        def work(connection: sqlite3.Connection) -> None:
            query = f"SELECT saved_at FROM saved WHERE story = ? AND {_WITHOUT_TEXT}"  # noqa: S608
            since = connection.execute(query, (story,)).fetchone()
            replaced = _take_out(connection, story, now)
            number = _insert(connection, "saved", row | ({"saved_at": since[0]} if since else {}))
            put_parts(connection, "saved", number, parts)
            let_go(connection, story)
            detail = {"saved": number, "replaced": replaced, "url": url, "title": row["title"]}
            self._note(connection, "save", detail, undoable=undoable)

        self._database.write(work)

    def save_addresses(self, addresses: Sequence[SavedAddress]) -> int:
        """Keep articles as `take_over` does; return how many were not saved before."""
        return self.take_over((), addresses)[1]

    def take_over(self, followed: Sequence[Source], addresses: Sequence[SavedAddress]) -> tuple[int, int]:
        """Follow sources, and keep articles of which often only the address is known, with tags and read marks.

        Sources that are followed stay as they are, and what is saved already only gets the tags, and the text where
        only its address was there. All is undone together. Return how many sources were not followed before, and how
        many articles not saved.

        Raises:
            StoreError: they cannot be written; nothing has changed.
        """
        now = to_text(self._now())
        stories = {story_key(bare(each.url)): each for each in addresses}

        def work(connection: sqlite3.Connection) -> tuple[int, int]:
            new = [sources.insert(connection, each) for each in _not_followed(connection, followed)]
            saved = among(connection, stories, "saved WHERE removed_at IS NULL AND")
            with_text = {story for story, each in stories.items() if each.page is not None}
            lacking = among(connection, with_text, f"saved WHERE {_WITHOUT_TEXT} AND")
            replaced = [_take_out(connection, story, now) for story in sorted(lacking)]
            saved -= lacking
            fresh = {story: each for story, each in stories.items() if story not in saved}
            numbers = [_insert_address(connection, story, each) for story, each in fresh.items()]
            read = {story: each for story, each in fresh.items() if each.is_read}
            read = {story: read[story] for story in read.keys() - _read_times(connection, read).keys()}
            _mark(connection, {story: (bare(each.url), now) for story, each in read.items()}, read=True)
            tagged = [pair for story, each in stories.items() for pair in _tag_address(connection, story, each, now)]
            if new or numbers or tagged:
                changed = fresh.keys() | {story for _, story in tagged}
                shown_as = {story: bare(each.url) for story, each in stories.items() if story in changed}
                shown_as |= {f"source {number}": sources.of_number(connection, number).url for number in new}
                detail = {"saved": numbers, "read": list(read), "stories": shown_as, "tagged": tagged}
                detail["replaced"] = replaced
                detail["sources"] = [{"id": number, "removed_at": now} for number in new]
                self._note(connection, "import", detail, undoable=True)
            return len(new), len(numbers)

        return self._database.write(work)

    def saved(self, url: str) -> SavedArticle | None:
        """Return the article saved of this address's story, every part verified; `damaged` names those that are lost.

        Raises:
            DamagedArticleError: its text is lost; the error holds what is not.
            StoreError: the library cannot be read.
        """
        return self.saved_of(story_key(bare(url)))

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
            raise DamagedArticleError(self.path, url, response, tuple(pictures))
        at = time_or_none(saved_at) or _LONG_AGO
        return SavedArticle(url, page, tuple(pictures), response, at, tuple(damaged))

    def _part_ids(self, number: int) -> list[tuple[int, str, int]]:
        return self._database.read(
            lambda connection: connection.execute(
                "SELECT id, part, number FROM saved_parts WHERE saved = ? ORDER BY part, number", (number,)
            ).fetchall()
        )

    def remove(self, url: str, *, undoable: bool = True) -> bool:
        """Take an article out of the library, under all its addresses; False where it is not in it.

        Its bytes stay a week, so that `undo` can bring it back, unless `undoable` is false.

        Raises:
            StoreError: the library cannot be written.
        """
        story = story_key(bare(url))

        def work(connection: sqlite3.Connection) -> bool:
            now = to_text(self._now())
            stories = (story, *sorted(tagging.kin(connection, [story]).get(story, frozenset()) - {story}))
            numbers = [number for each in stories if (number := _take_out(connection, each, now)) is not None]
            if not numbers:
                return False
            found = connection.execute("SELECT url, title FROM saved WHERE id = ?", numbers[:1]).fetchone()
            detail = {"saved": numbers[0], "others": numbers[1:], "url": found[0], "title": found[1]}
            self._note(connection, "unsave", detail, undoable=undoable)
            if not undoable:
                connection.executemany("DELETE FROM saved WHERE id = ?", [(number,) for number in numbers])
            return True

        return self._database.write(work)

    def saved_rows(self) -> tuple[SavedRow, ...]:
        """Return what is saved, the last saved first; no article is read for it.

        Raises:
            StoreError: the library cannot be read.
        """
        rows = self._database.read(
            lambda connection: connection.execute(
                f"SELECT {_ROW} FROM saved WHERE removed_at IS NULL ORDER BY saved_at DESC, id DESC"  # noqa: S608
            ).fetchall()
        )
        return tuple(_row(*row) for row in rows)

    def stored_times(self) -> dict[str, str]:
        """Return the stories of what is saved or downloaded, with the time when that was done, as it is kept.

        Raises:
            StoreError: the library cannot be read.
        """
        return dict(
            self._database.read(
                lambda connection: connection.execute(
                    "SELECT story, downloaded_at FROM downloads WHERE forgotten_at IS NULL"
                    " UNION ALL SELECT story, saved_at FROM saved WHERE removed_at IS NULL"
                ).fetchall()
            )
        )

    def saved_of(self, story: str) -> SavedArticle | None:
        """Return the article saved of a story, as `saved` does."""
        row = self._database.read(
            lambda connection: connection.execute(
                "SELECT id, url, saved_at FROM saved WHERE story = ? AND removed_at IS NULL", (story,)
            ).fetchone()
        )
        return self._whole(*row) if row else None

    @property
    def database(self) -> Database:
        """The file as it is open now."""
        return self._database

    def which_saved(self, urls: Iterable[str]) -> frozenset[str]:
        """Return those of the addresses whose story is saved.

        Raises:
            StoreError: the library cannot be read.
        """
        return self._which(urls, "saved WHERE removed_at IS NULL AND")

    def without_text(self) -> tuple[SavedRow, ...]:
        """Return the saved articles of which only the address is here so far, as after an import; the last saved first.

        Raises:
            StoreError: the library cannot be read.
        """
        rows = self._database.read(
            lambda connection: connection.execute(
                f"SELECT {_ROW} FROM saved WHERE {_WITHOUT_TEXT} ORDER BY saved_at DESC, id DESC"  # noqa: S608
            ).fetchall()
        )
        return tuple(_row(*row) for row in rows)

    def which_without_text(self, urls: Iterable[str]) -> frozenset[str]:
        """Return those of the addresses of whose saved story only the address is here so far.

        Raises:
            StoreError: the library cannot be read.
        """
        return self._which(urls, f"saved WHERE {_WITHOUT_TEXT} AND")

    def picture(self, url: str) -> SavedPicture | None:
        """Return a picture that some article here came with, saved or downloaded, verified.

        Raises:
            StoreError: the library cannot be read.
        """
        found = self._database.read(lambda connection: sound_picture(connection, "saved", bare(url)))
        return found or self.downloads.picture(url)

    # --- read marks ---------------------------------------------------------------------------

    def mark_read(self, url: str, read: bool, *, undoable: bool = True) -> None:
        """Mark a story read or unread, under all its addresses.

        Raises:
            StoreError: the library cannot be written.
        """
        self.mark_all_read([url], read=read, undoable=undoable)

    def mark_all_read(self, urls: Iterable[str], *, read: bool = True, undoable: bool = True) -> int:
        """Mark stories read or unread as one change; return how many were not so before.

        Raises:
            StoreError: the library cannot be written.
        """
        stories = {story_key(address): address for address in map(bare, urls)}
        return self._database.write(
            lambda connection: self._mark_stories(connection, stories, read=read, undoable=undoable)
        )

    def toggle_read(self, url: str) -> bool:
        """Mark a story read if it is unread, else unread, as it is at this moment; return whether it is read now.

        Raises:
            StoreError: the library cannot be written.
        """
        url = bare(url)
        story = story_key(url)

        def work(connection: sqlite3.Connection) -> bool:
            kin = tagging.kin(connection, [story])
            is_read = not _among_kin(connection, {story}, kin, "read_marks WHERE")
            self._mark_stories(connection, {story: url}, read=is_read, undoable=True)
            return is_read

        return self._database.write(work)

    def _mark_stories(
        self, connection: sqlite3.Connection, stories: Mapping[str, str], *, read: bool, undoable: bool
    ) -> int:
        """Mark stories, given with their addresses, and those that are one with them; return how many were not so."""
        now = to_text(self._now())
        marked_as = dict(stories)
        for story, others in tagging.kin(connection, stories).items():
            marked_as |= {other: stories[story] for other in others if other not in marked_as}
        marked = among(connection, marked_as, "read_marks WHERE")
        changed = {story: url for story, url in marked_as.items() if (story in marked) != read}
        if not changed:
            return 0
        detail: dict[str, Any] = {"stories": changed}
        if not read:
            detail["read_at"] = _read_times(connection, changed)
        _mark(connection, {story: (url, now) for story, url in changed.items()}, read=read)
        self._note(connection, "read" if read else "unread", detail, undoable=undoable)
        return len(changed)

    def which_read(self, urls: Iterable[str]) -> frozenset[str]:
        """Return those of the addresses whose story is marked read.

        Raises:
            StoreError: the library cannot be read.
        """
        return self._which(urls, "read_marks WHERE")

    def read_among(self, stories: Iterable[str]) -> frozenset[str]:
        """Return those of the stories (`urls.story_key`) that are marked read.

        Raises:
            StoreError: the library cannot be read.
        """
        asked = list(stories)
        return frozenset(self._database.read(lambda connection: among(connection, asked, "read_marks WHERE")))

    def known(self, stories: AbstractSet[str]) -> Known:
        """Return what is known here of stories, in one reading.

        Raises:
            StoreError: the library cannot be read.
        """

        def work(connection: sqlite3.Connection) -> Known:
            kin = tagging.kin(connection, stories)
            saved = _among_kin(connection, stories, kin, "saved WHERE removed_at IS NULL AND")
            return Known(
                read=_among_kin(connection, stories, kin, "read_marks WHERE"),
                saved=saved,
                without_text=_among_kin(connection, saved, kin, f"saved WHERE {_WITHOUT_TEXT} AND"),
                downloaded=among(connection, stories, "downloads WHERE forgotten_at IS NULL AND"),
                queued=among(connection, stories, "queue WHERE"),
                tags=tagging.of_stories(connection, stories),
            )

        return self._database.read(work)

    def _which(self, urls: Iterable[str], known: str) -> frozenset[str]:
        keys = {url: story_key(bare(url)) for url in urls}

        def work(connection: sqlite3.Connection) -> AbstractSet[str]:
            stories = set(keys.values())
            return _among_kin(connection, stories, tagging.kin(connection, stories), known)

        found = self._database.read(work)
        return frozenset(url for url, key in keys.items() if key in found)

    def learn_alias(self, url: str, main_url: str) -> None:
        """Note that an address leads to an article that names another one as its own: they are one story.

        Raises:
            StoreError: the library cannot be written.
        """
        story, main_story = story_key(bare(url)), story_key(bare(main_url))
        if story == main_story:
            return
        known = self._database.read(lambda connection: tagging.kin(connection, [story])).get(story, frozenset())
        if main_story not in known:
            self._database.write(lambda connection: tagging.learn_alias(connection, story, main_story))

    # --- choices and places -------------------------------------------------------------------

    def choice(self, key: str) -> object:
        """Return the JSON value that was chosen for this key; None where none was, or it cannot be read any more.

        Raises:
            StoreError: the library cannot be read.
        """
        row = self._database.read(
            lambda connection: connection.execute("SELECT value FROM choices WHERE key = ?", (key,)).fetchone()
        )
        try:
            return json.loads(row[0]) if row else None
        except ValueError:
            return None

    def choose(self, key: str, value: object) -> None:
        """Remember a JSON value; None forgets it.

        Raises:
            StoreError: the library cannot be written.
        """
        if value is None:
            self._database.write(lambda connection: connection.execute("DELETE FROM choices WHERE key = ?", (key,)))
            return
        row = (key, json.dumps(value), to_text(self._now()))
        self._database.write(
            lambda connection: connection.execute("INSERT OR REPLACE INTO choices VALUES (?, ?, ?)", row)
        )

    def change_entry(self, key: str, name: str, value: object, url: str) -> None:
        """Remember a JSON value under a name among those of a choice; it can be undone.

        Args:
            key: Of the choice, an object of such values.
            name: Which of them it is.
            value: None takes it out.
            url: The page that it is about.

        Raises:
            StoreError: the library cannot be written.
        """
        self._database.write(lambda connection: self._set_entry(connection, key, name, value, url))

    def update_entry(self, key: str, name: str, update: Callable[[object], object], url: str) -> None:
        """Change the value under a name among those of a choice, as `change_entry` does, from what is there now.

        Args:
            key: Of the choice, an object of such values.
            name: Which of them it is.
            update: Returns the new value for the one that is there, None where there is none.
            url: The page that it is about.

        Raises:
            StoreError: the library cannot be written.
        """

        def work(connection: sqlite3.Connection) -> None:
            self._set_entry(connection, key, name, update(_entries(connection, key).get(name)), url)

        self._database.write(work)

    def remove_entry(self, key: str, name: str) -> bool:
        """Forget the value under a name among those of a choice; False where there is none. It can be undone.

        Raises:
            StoreError: the library cannot be written.
        """

        def work(connection: sqlite3.Connection) -> bool:
            before = _entries(connection, key).get(name)
            if before is None:
                return False
            page = before.get("page") if isinstance(before, dict) else None
            self._set_entry(connection, key, name, None, str(page or name))
            return True

        return self._database.write(work)

    def _set_entry(self, connection: sqlite3.Connection, key: str, name: str, value: object, url: str) -> None:
        before = _put_entry(connection, key, name, value, to_text(self._now()))
        detail = {"url": url, "key": key, "name": name, "entry": before}
        self._note(connection, "choice", detail, undoable=True)

    def place(self, url: str) -> KeptPlace | None:
        """Return where the reader was in an article.

        Raises:
            StoreError: the library cannot be read.
        """
        story = story_key(bare(url))
        row = self._database.read(
            lambda connection: connection.execute(
                f"SELECT {_OF_PLACES} FROM places WHERE story = ?",  # noqa: S608
                (story,),
            ).fetchone()
        )
        return _kept_place(*row) if row else None

    def keep_place(
        self, url: str, block: int, words: str, *, signs: int = 0, percent: int = 0, title: str = ""
    ) -> None:
        """Remember where the reader is in an article; see `KeptPlace`.

        Raises:
            StoreError: the library cannot be written.
        """
        url = bare(url)
        row = (story_key(url), url, block, line(words), to_text(self._now()), signs, percent, line(title))
        self._database.write(
            lambda connection: connection.execute(
                "INSERT OR REPLACE INTO places (story, url, block, words, kept_at, signs, percent, title)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                row,
            )
        )

    def forget_place(self, url: str) -> None:
        """Forget where the reader was: they are at its beginning again.

        Raises:
            StoreError: the library cannot be written.
        """
        story = story_key(bare(url))
        self._database.write(lambda connection: connection.execute("DELETE FROM places WHERE story = ?", (story,)))

    def places(self, limit: int = 100) -> tuple[KeptPlace, ...]:
        """Return the places kept, the last first.

        Raises:
            StoreError: the library cannot be read.
        """
        query = f"SELECT {_OF_PLACES} FROM places ORDER BY kept_at DESC LIMIT ?"  # noqa: S608
        rows = self._database.read(lambda connection: connection.execute(query, (limit,)).fetchall())
        return tuple(_kept_place(*row) for row in rows)

    def places_begun(self, limit: int = 1000) -> tuple[KeptPlace, ...]:
        """Return the places in articles that are started and neither read to the end nor marked read, the last first.

        Raises:
            StoreError: the library cannot be read.
        """
        query = (
            f"SELECT {_OF_PLACES} FROM places WHERE percent BETWEEN 1 AND 99"  # noqa: S608
            " AND NOT EXISTS (SELECT 1 FROM read_marks WHERE read_marks.story = places.story)"
            " ORDER BY kept_at DESC LIMIT ?"
        )
        rows = self._database.read(lambda connection: connection.execute(query, (limit,)).fetchall())
        return tuple(_kept_place(*row) for row in rows)

    def kept_counts(self) -> tuple[int, int]:
        """Return how many articles are saved, and how many are in progress, as `places_begun` has them.

        Raises:
            StoreError: the library cannot be read.
        """
        query = (
            "SELECT (SELECT count(*) FROM saved WHERE removed_at IS NULL), (SELECT count(*) FROM places"
            " WHERE percent BETWEEN 1 AND 99"
            " AND NOT EXISTS (SELECT 1 FROM read_marks WHERE read_marks.story = places.story))"
        )
        saved, started = self._database.read(lambda connection: connection.execute(query).fetchone())
        return saved, started

    # --- sources ------------------------------------------------------------------------------

    def sources(self) -> tuple[Source, ...]:
        """Return the sources in their order.

        Raises:
            StoreError: the library cannot be read.
        """
        return self._database.read(sources.listed)

    def add_source(self, source: Source) -> Source:
        """Keep a source at the end of its group, whatever its number and position; return it as kept.

        One of the same address that is kept already stays as it is, and is returned.

        Raises:
            StoreError: the library cannot be written.
        """

        def work(connection: sqlite3.Connection) -> Source:
            known = sources.of_address(connection, source.url)
            if known is not None:
                return known
            number = sources.insert(connection, source)
            was = [{"id": number, "removed_at": to_text(self._now())}]
            detail = {"url": bare(source.url), "title": line(source.title), "rows": was}
            self._note(connection, "add-source", detail, undoable=True)
            return sources.of_number(connection, number)

        return self._database.write(work)

    def change_sources(self, changed: Sequence[Source], action: str = "change-source") -> None:
        """Give sources these values, as one change; one that was removed meanwhile is left alone.

        Raises:
            StoreError: the library cannot be written.
        """
        now = to_text(self._now())
        self._change_sources(lambda c: [row for each in changed for row in sources.change(c, each, now)], action)

    def revise_sources(self, revised: Callable[[tuple[Source, ...]], Sequence[Source]], action: str) -> None:
        """Give sources the values that a function makes of all the sources, as they are now, as one change.

        Raises:
            StoreError: the library cannot be written.
        """
        now = to_text(self._now())
        self._change_sources(
            lambda c: [row for each in revised(sources.listed(c)) for row in sources.change(c, each, now)], action
        )

    def learn_source(self, source: Source, learned: Source) -> None:
        """Give a source what its site says of itself, unless its title is another one by now.

        It is nothing that the reader did, so nothing to undo.

        Raises:
            StoreError: the library cannot be written.
        """

        def work(connection: sqlite3.Connection) -> None:
            for each in sources.listed(connection):
                if (each.id, each.url, each.title) == (source.id, source.url, source.title):
                    changed = replace(each, title=learned.title, kind=learned.kind)
                    sources.change(connection, changed, to_text(self._now()))

        self._database.write(work)

    def remove_sources(self, removed: Sequence[Source]) -> None:
        """Take sources out, as one change that can be undone for a week.

        Raises:
            StoreError: the library cannot be written.
        """
        now = to_text(self._now())
        self._change_sources(
            lambda c: [row for each in removed for row in sources.remove(c, each.id, now)], "remove-source"
        )

    def _change_sources(self, change: Callable[[sqlite3.Connection], Sequence[dict[str, Any]]], action: str) -> None:
        def work(connection: sqlite3.Connection) -> None:
            was = change(connection)
            if was:
                first = sources.of_number(connection, was[0]["id"])
                detail = {"url": first.url, "title": first.title, "rows": was}
                self._note(connection, action, detail, undoable=True)

        self._database.write(work)

    # --- tags and rules -----------------------------------------------------------------------

    def tags(self) -> tuple[TagCount, ...]:
        """Return every tag with the number of its stories, the most used first.

        Raises:
            StoreError: the library cannot be read.
        """
        return self._database.read(tagging.counts)

    def tags_of(self, urls: Iterable[str]) -> dict[str, frozenset[str]]:
        """Return the tags of those of the addresses whose stories have any.

        Raises:
            StoreError: the library cannot be read.
        """
        keys = {url: story_key(bare(url)) for url in urls}
        found = self._database.read(lambda connection: tagging.of_stories(connection, set(keys.values())))
        return {url: found[key] for url, key in keys.items() if key in found}

    def tagged(self, tag: str) -> tuple[TaggedStory, ...]:
        """Return the stories that have a tag, the last tagged first.

        Raises:
            StoreError: the library cannot be read.
        """
        return self._database.read(lambda connection: tagging.stories_with(connection, tag))

    def set_tags(self, url: str, title: str, tags: Iterable[str], *, undoable: bool = True) -> bool:
        """Give a story these tags and no others; False where it had them. It can be undone.

        Raises:
            StoreError: the library cannot be written.
        """
        wanted = frozenset(tags)

        def change(connection: sqlite3.Connection, story: tuple[str, str, str], now: str) -> tagging.TagChange:
            had = tagging.of_stories(connection, story[:1]).get(story[0], frozenset())
            return tagging.change(connection, story, add=wanted, remove=had - wanted, now=now)

        changed = self._change_tags(url, title, change, undoable=undoable)
        return bool(changed.added or changed.removed)

    def change_tags(
        self, url: str, title: str, *, add: Iterable[str] = (), remove: Iterable[str] = ()
    ) -> frozenset[str]:
        """Add tags to a story and take others away, whatever else it has; return those that it has now. Can be undone.

        Raises:
            StoreError: the library cannot be written.
        """
        added, removed = frozenset(add), frozenset(remove)
        change = partial(tagging.change, add=added, remove=removed)
        return self._change_tags(url, title, lambda c, story, now: change(c, story, now=now)).now

    def _change_tags(
        self,
        url: str,
        title: str,
        change: Callable[[sqlite3.Connection, tuple[str, str, str], str], tagging.TagChange],
        *,
        undoable: bool = True,
    ) -> tagging.TagChange:
        url, title = bare(url), line(title)
        story = story_key(url)

        def work(connection: sqlite3.Connection) -> tagging.TagChange:
            changed = change(connection, (story, url, title), to_text(self._now()))
            if changed.added or changed.removed:
                about = {"url": url, "title": title, "story": story}
                detail = {**about, "added": changed.added, "removed": changed.removed}
                self._note(connection, "tags", detail, undoable=undoable)
            return changed

        return self._database.write(work)

    def query_rules(self) -> tuple[QueryRule, ...]:
        """Return the rules by query, in the order in which they were made.

        Raises:
            StoreError: the library cannot be read.
        """
        return self._database.read(tagging.rules)

    def add_query_rule(self, rule: QueryRule, url: str = "") -> QueryRule | None:
        """Keep a rule and return it with its number; None where there is the same one. It can be undone.

        Raises:
            StoreError: the library cannot be written.
        """

        def work(connection: sqlite3.Connection) -> QueryRule | None:
            added = tagging.add_rule(connection, rule, to_text(self._now()))
            if added is not None:
                detail = {"url": url, "title": rule.query, "id": added.id}
                self._note(connection, "add-rule", detail, undoable=True)
            return added

        return self._database.write(work)

    def remove_query_rule(self, number: int) -> bool:
        """Take a rule out; False where there is none of this number. It can be undone.

        Raises:
            StoreError: the library cannot be written.
        """

        def work(connection: sqlite3.Connection) -> bool:
            row = tagging.remove_rule(connection, number)
            if row is not None:
                detail = {"url": "", "title": row["query"], "row": row}
                self._note(connection, "remove-rule", detail, undoable=True)
            return row is not None

        return self._database.write(work)

    def not_yet_ruled(self, rule: int, urls: Iterable[str]) -> frozenset[str]:
        """Return those of the addresses with whose stories a rule has not been followed yet.

        Raises:
            StoreError: the library cannot be read.
        """
        keys = {url: story_key(bare(url)) for url in urls}
        found = self._database.read(lambda connection: tagging.not_yet_ruled(connection, rule, set(keys.values())))
        return frozenset(url for url, key in keys.items() if key in found)

    def follow_rule(self, rule: QueryRule, headlines: Iterable[tuple[str, str]]) -> None:
        """Give headlines, pairs of address and title, the tag of a rule, and note that it was followed.

        Raises:
            StoreError: the library cannot be written.
        """
        rows = [(story_key(bare(url)), bare(url), line(title)) for url, title in headlines]
        now = to_text(self._now())

        def work(connection: sqlite3.Connection) -> None:
            if rule.tag:
                connection.executemany(
                    "INSERT OR IGNORE INTO tags VALUES (?, ?, ?, ?, ?)", [(rule.tag, *row, now) for row in rows]
                )
            tagging.note_ruled(connection, rule.id, [story for story, _, _ in rows])

        self._database.write(work)

    # --- undo ---------------------------------------------------------------------------------

    def undo(self) -> Change | None:
        """Undo the last change that this run of the program made, else the last of any; None where there is none left.

        Raises:
            StoreError: the library cannot be written.
        """

        def work(connection: sqlite3.Connection) -> Change | None:
            row = _last_change(connection, "session = ?", self._session) or _last_change(connection, "session <> ?", "")
            if row is None:
                return None
            number, action, detail, changed_at = row[0], row[1], json.loads(row[2]), from_text(row[3])
            now = to_text(self._now())
            _undo(connection, action, detail, now)
            connection.execute("UPDATE changes SET undone_at = ? WHERE id = ?", (now, number))
            urls = tuple(detail["stories"].values()) if "stories" in detail else (detail["url"],)
            return Change(action, urls, detail.get("title"), changed_at)

        try:
            return self._database.write(work)
        except UNREADABLE as error:
            raise DamagedStoreError(self.path) from error

    def _note(self, connection: sqlite3.Connection, action: str, detail: Mapping[str, Any], *, undoable: bool) -> None:
        if undoable:
            row = (self._session, to_text(self._now()), action, json.dumps(detail))
            connection.execute("INSERT INTO changes (session, changed_at, action, detail) VALUES (?, ?, ?, ?)", row)

    # --- care ---------------------------------------------------------------------------------

    def tidy(self) -> None:
        """Forget for good what was taken out, and the changes made, more than a week ago.

        Raises:
            StoreError: the library cannot be written.
        """
        limit = to_text(self._now() - _UNDO_KEPT)
        query = (
            "SELECT EXISTS (SELECT 1 FROM saved WHERE removed_at < ?)"
            " OR EXISTS (SELECT 1 FROM changes WHERE changed_at < ?)"
            " OR EXISTS (SELECT 1 FROM sources WHERE removed_at < ?)"
        )
        (is_due,) = self._database.read(lambda connection: connection.execute(query, (limit,) * 3).fetchone())
        if not is_due:  # the file keeps its time: an unchanged library needs no new backup
            return

        def work(connection: sqlite3.Connection) -> None:
            connection.execute("DELETE FROM saved WHERE removed_at < ?", (limit,))
            connection.execute("DELETE FROM changes WHERE changed_at < ?", (limit,))
            connection.execute("DELETE FROM sources WHERE removed_at < ?", (limit,))

        self._database.write(work)
        self._database.give_back_room()

    def back_up(self) -> Path | None:
        """Tidy up, and copy the library beside itself, once a day and if it has changed; return the copy made, if any.

        The copy is read through before it counts, so that damage that nobody has noticed yet does not drive the sound
        ones out; the last seven are kept. It may take seconds: for a thread of its own.

        Raises:
            StoreError: the library is damaged, or the copy cannot be written.
        """
        if self.problem is not None:
            return None
        with own_errors(self.path):
            earlier = backups(self.path)
            copy = self.path.parent / _BACKUPS / f"{self.path.stem}-{self._now():%Y%m%d}{self.path.suffix}"
            if copy in earlier:
                return None
            self.tidy()
            changed_at = self.path.stat().st_mtime_ns
            if earlier and earlier[0].stat().st_mtime_ns == changed_at:
                return None
            self._copy_to(copy, changed_at)
            for older in backups(self.path)[_BACKUPS_KEPT:]:
                older.unlink(missing_ok=True)
        return copy

    def copy_to(self, target: Path | None = None) -> Path:
        """Copy the library now: to a file that is not there yet, or among its backups; return where the copy lies.

        Downloads are left out. The copy is read through before it counts.

        Raises:
            StoreError: the library is damaged, or the copy cannot be written.
        """
        if self._database.is_in_memory or not size(self.path):
            raise self.problem or MissingStoreError(self.path)
        now = self._now()
        copy = target or self.path.parent / _BACKUPS / f"{self.path.stem}-{now:%Y%m%dT%H%M%S}{self.path.suffix}"
        with own_errors(copy):
            if copy.exists():
                raise ExistingFileError(copy)
            self._copy_to(copy, self.path.stat().st_mtime_ns)
        return copy

    def _copy_to(self, copy: Path, changed_at: int) -> None:
        """Make a sound copy appear at once under its name, with the time of what was copied."""
        part = copy.with_name(f"{copy.name}.{self._session}.part")
        try:
            copy_tables(self.path, part, SCHEMA, left_out=DOWNLOADS_TABLES)
            check(part, SCHEMA)
            os.utime(part, ns=(changed_at, changed_at))
            part.replace(copy)
        except (DamagedStoreError, MissingStoreError) as error:
            raise DamagedStoreError(self.path) from error
        finally:
            part.unlink(missing_ok=True)
        sync(copy.parent)

    def info(self) -> LibraryInfo:
        """Return the library in figures.

        Raises:
            StoreError: it cannot be read.
        """
        query = f"""
            SELECT (SELECT count(*) FROM saved WHERE removed_at IS NULL),
                (SELECT ifnull(sum(picture_count), 0) FROM saved WHERE removed_at IS NULL),
                (SELECT count(*) FROM saved WHERE {_WITHOUT_TEXT}),
                (SELECT count(*) FROM read_marks), (SELECT count(*) FROM places),
                (SELECT count(*) FROM changes WHERE undone_at IS NULL)
            """  # noqa: S608
        saved, pictures, without_text, marks, places, changes = self._database.read(
            lambda connection: connection.execute(query).fetchone()
        )
        return LibraryInfo(
            path=self.path,
            size_bytes=self._database.size_bytes,
            saved=saved,
            saved_pictures=pictures,
            without_text=without_text,
            read_marks=marks,
            places=places,
            changes=changes,
            downloads=self.downloads.info(),
            backups=backups(self.path),
        )

    def check(self) -> tuple[str, ...]:
        """Read everything through; return the addresses of the saved articles of which some part is damaged.

        Raises:
            StoreError: the file itself is damaged.
        """
        if self.problem is None:
            check(self.path, SCHEMA)
        rows = self._database.read(
            lambda connection: connection.execute(
                "SELECT id, url, saved_at, story FROM saved WHERE removed_at IS NULL ORDER BY id"
            ).fetchall()
        )
        return tuple(row[1] for row in rows if story_key(row[1]) != row[3] or not self._is_sound(*row[:3]))

    def _is_sound(self, number: int, url: str, saved_at: str) -> bool:
        try:
            return not self._whole(number, url, saved_at).damaged
        except DamagedArticleError:
            return False


def restore(path: Path, backup: Path, *, now: datetime) -> Path | None:
    """Put a backup in the place of the library at this path; return where the former library was put, if there was one.

    Programs that have the library open go on with the restored one.

    Raises:
        StoreError: the backup is not sound, or a program is writing to the library, or the disk refuses; nothing is
            changed then.
    """
    check(backup, SCHEMA)
    aside = path.with_name(f"{path.stem}-before-{now:%Y%m%dT%H%M%S}{path.suffix}") if size(path) else None
    part = path.with_name(f"{path.name}.restoring")
    with own_errors(path):
        part.unlink(missing_ok=True)
        try:
            copy_database(backup, part)
            with held(path):
                if aside is not None:
                    rename_with_journals(path, aside)
                part.replace(path)
        finally:
            part.unlink(missing_ok=True)
        sync(path.parent)
    return aside


def backups(path: Path) -> tuple[Path, ...]:
    """Return the backups of the library at this path, the newest first."""
    return tuple(sorted((path.parent / _BACKUPS).glob(f"{path.stem}-*{path.suffix}"), reverse=True))


def _saved_row(url: str, story: str, article: SavedArticle) -> dict[str, Any]:
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


_OF_PLACES = "url, block, words, kept_at, signs, percent, title"


def _kept_place(url: str, block: int, words: str, kept_at: str, signs: int, percent: int, title: str) -> KeptPlace:
    return KeptPlace(url, block, words, time_or_none(kept_at) or _LONG_AGO, signs, percent, title)


def _insert(connection: sqlite3.Connection, table: str, row: Mapping[str, Any]) -> int:
    columns, values = ", ".join(row), ", ".join(f":{name}" for name in row)
    cursor = connection.execute(f"INSERT INTO {table} ({columns}) VALUES ({values})", row)  # noqa: S608
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def _not_followed(connection: sqlite3.Connection, wanted: Iterable[Source]) -> Iterator[Source]:
    """Yield the sources one after the other whose addresses are not followed at that moment."""
    for each in wanted:
        if sources.of_address(connection, each.url) is None:
            yield each


def _insert_address(connection: sqlite3.Connection, story: str, address: SavedAddress) -> int:
    """Save an article; where only the address is known, its page says that it has still to be fetched."""
    url = bare(address.url)
    page = address.page or Page(url, line(address.title), problem=Problem("not-fetched", _NOT_FETCHED, _FETCHED_LATER))
    article = SavedArticle(url, page, (), None, address.saved_at)
    number = _insert(connection, "saved", _saved_row(url, story, article))
    put_parts(connection, "saved", number, parts_of(article))
    return number


def _tag_address(
    connection: sqlite3.Connection, story: str, address: SavedAddress, now: str
) -> Iterator[tuple[str, str]]:
    """Give a story its tags; yield each that it did not have before, with the story."""
    for tag in address.tags:
        row = (tag, story, bare(address.url), line(address.title), now)
        if connection.execute("INSERT OR IGNORE INTO tags VALUES (?, ?, ?, ?, ?)", row).rowcount:
            yield tag, story


def _take_out(connection: sqlite3.Connection, story: str, now: str) -> int | None:
    """Take the saved article of a story out of sight; return its number."""
    rows = connection.execute(
        "UPDATE saved SET removed_at = ? WHERE story = ? AND removed_at IS NULL RETURNING id", (now, story)
    ).fetchall()
    return rows[0][0] if rows else None


def _bring_back(connection: sqlite3.Connection, number: int | None, now: str) -> None:
    """Put a removed article in its place again; what was saved of its story since goes out of sight."""
    found = connection.execute("SELECT story FROM saved WHERE id = ?", (number,)).fetchone()
    if found:
        _take_out(connection, found[0], now)
        connection.execute("UPDATE saved SET removed_at = NULL WHERE id = ?", (number,))


def _among_kin(
    connection: sqlite3.Connection, stories: AbstractSet[str], kin: Mapping[str, frozenset[str]], known: str
) -> AbstractSet[str]:
    """Return those of the stories that a table has, under whichever of the addresses that are one with theirs."""
    found = among(connection, set(stories).union(*(kin[story] for story in kin.keys() & stories)), known)
    return found | {story for story in kin.keys() & stories if kin[story] & found}


def _read_times(connection: sqlite3.Connection, stories: Iterable[str]) -> dict[str, str]:
    query = "SELECT story, read_at FROM read_marks WHERE story IN (SELECT value FROM json_each(?))"
    return dict(connection.execute(query, (json_list(stories),)).fetchall())


def _mark(connection: sqlite3.Connection, marks: Mapping[str, tuple[str, str]], *, read: bool) -> None:
    """Mark stories, given with an address and a time each."""
    if read:
        rows = [(story, url, at) for story, (url, at) in marks.items()]
        connection.executemany("INSERT OR REPLACE INTO read_marks (story, url, read_at) VALUES (?, ?, ?)", rows)
    else:
        connection.executemany("DELETE FROM read_marks WHERE story = ?", [(story,) for story in marks])


def _choose(connection: sqlite3.Connection, key: str, value: str | None, now: str) -> None:
    if value is None:
        connection.execute("DELETE FROM choices WHERE key = ?", (key,))
    else:
        connection.execute("INSERT OR REPLACE INTO choices VALUES (?, ?, ?)", (key, value, now))


def _entries(connection: sqlite3.Connection, key: str) -> dict[str, Any]:
    """Return the values of a choice that has several, by their names."""
    row = connection.execute("SELECT value FROM choices WHERE key = ?", (key,)).fetchone()
    try:
        value = json.loads(row[0]) if row else {}
    except ValueError:  # it cannot be read any more
        value = {}
    return value if isinstance(value, dict) else {}


def _put_entry(connection: sqlite3.Connection, key: str, name: str, value: object, now: str) -> object:
    """Give a choice a value under a name, with None take that out; return what was there."""
    entries = _entries(connection, key)
    before = entries.pop(name, None)
    if value is not None:
        entries[name] = value
    _choose(connection, key, json.dumps(entries) if entries else None, now)
    return before


def _last_change(connection: sqlite3.Connection, condition: str, session: str) -> tuple[Any, ...] | None:
    row: tuple[Any, ...] | None = connection.execute(
        f"SELECT id, action, detail, changed_at FROM changes WHERE undone_at IS NULL AND {condition}"  # noqa: S608
        " ORDER BY id DESC LIMIT 1",
        (session,),
    ).fetchone()
    return row


def _undo(connection: sqlite3.Connection, action: str, detail: Mapping[str, Any], now: str) -> None:
    match action:
        case "save":
            connection.execute("UPDATE saved SET removed_at = ? WHERE id = ?", (now, detail["saved"]))
            _bring_back(connection, detail["replaced"], now)
        case "import":
            # With what was fetched for them since; what the reader saved on their own stays.
            connection.execute(
                "UPDATE saved SET removed_at = ? WHERE removed_at IS NULL AND story IN"
                " (SELECT story FROM saved WHERE id IN (SELECT value FROM json_each(?))) AND id NOT IN"
                " (SELECT json_extract(detail, '$.saved') FROM changes WHERE action = 'save' AND undone_at IS NULL)",
                (now, json_list(detail["saved"])),
            )
            _mark(connection, dict.fromkeys(detail["read"], ("", "")), read=False)
            connection.executemany("DELETE FROM tags WHERE tag = ? AND story = ?", detail["tagged"])
            for number in detail.get("replaced", ()):
                _bring_back(connection, number, now)
            for row in detail.get("sources", ()):
                sources.put_back(connection, row | {"removed_at": now}, now)
        case "unsave":
            for number in (detail["saved"], *detail.get("others", ())):
                _bring_back(connection, number, now)
        case "read":
            _mark(connection, dict.fromkeys(detail["stories"], ("", "")), read=False)
        case "unread":
            times = detail["read_at"]
            _mark(connection, {s: (url, times.get(s, now)) for s, url in detail["stories"].items()}, read=True)
        case "choice" if "name" in detail:
            _put_entry(connection, detail["key"], detail["name"], detail["entry"], now)
        case "choice":  # as earlier versions of the program noted it: all entries that there were
            _choose(connection, detail["key"], detail["before"], now)
        case "tags":
            tagging.undo_change(connection, detail)
        case "add-rule":
            tagging.remove_rule(connection, detail["id"])
        case "remove-rule":
            tagging.put_rule_back(connection, detail["row"])
        case "queue":
            unqueue(connection, detail["url"])
        case "add-source" | "remove-source" | "change-source" | "move-source":
            for row in detail["rows"]:
                sources.put_back(connection, row, now)
