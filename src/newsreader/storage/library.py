"""What is the reader's own: saved articles, read marks, choices, places, sources, and what can be undone."""

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
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
from newsreader.storage.positions import PositionTable
from newsreader.storage.preferences import PreferenceTable
from newsreader.storage.query_rules import QueryRuleTable
from newsreader.storage.sources import SourceTable
from newsreader.storage.tagging import TAGS_STEP
from newsreader.storage.tags import TagTable
from newsreader.storage.undo_log import UndoLog
from newsreader.text import line
from newsreader.urls import shown, story_key

__all__ = [
    "SCHEMA", "DamagedArticleError", "Library", "LibraryInfo", "SavedArticle", "SavedPicture",
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
        undo_log: What can be undone.
        downloads: What is kept until its limit, and what waits for the network.
        preferences, positions, sources, tags, query_rules: What else it keeps, by subject.
    """

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now
        self.undo_log = undo_log = UndoLog(database, now)
        self.downloads = Downloads(database, now, undo_log.note)
        self.preferences = PreferenceTable(database, undo_log, now)
        self.positions = PositionTable(database, now)
        self.sources = SourceTable(database, undo_log, now)
        self.tags = TagTable(database, undo_log, now)
        self.query_rules = QueryRuleTable(database, undo_log, now)
        undo_log.register("save", _undo_save)
        undo_log.register("import", _undo_import)
        undo_log.register("unsave", _undo_unsave)
        undo_log.register("read", _undo_read)
        undo_log.register("unread", _undo_unread)
        undo_log.register("queue", lambda connection, detail, _: unqueue(connection, detail["url"]))

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
            self.undo_log.note(connection, "save", detail, undoable=undoable)

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
                self.undo_log.note(connection, "import", detail, undoable=True)
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
            self.undo_log.note(connection, "unsave", detail, undoable=undoable)
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
        self.undo_log.note(connection, "read" if read else "unread", detail, undoable=undoable)
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
        part = copy.with_name(f"{copy.name}.{self.undo_log.session}.part")
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


def _undo_save(connection: sqlite3.Connection, detail: Mapping[str, Any], now: str) -> None:
    connection.execute("UPDATE saved SET removed_at = ? WHERE id = ?", (now, detail["saved"]))
    _bring_back(connection, detail["replaced"], now)


def _undo_import(connection: sqlite3.Connection, detail: Mapping[str, Any], now: str) -> None:
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


def _undo_unsave(connection: sqlite3.Connection, detail: Mapping[str, Any], now: str) -> None:
    for number in (detail["saved"], *detail.get("others", ())):
        _bring_back(connection, number, now)


def _undo_read(connection: sqlite3.Connection, detail: Mapping[str, Any], _: str) -> None:
    _mark(connection, dict.fromkeys(detail["stories"], ("", "")), read=False)


def _undo_unread(connection: sqlite3.Connection, detail: Mapping[str, Any], now: str) -> None:
    times = detail["read_at"]
    _mark(connection, {s: (url, times.get(s, now)) for s, url in detail["stories"].items()}, read=True)
