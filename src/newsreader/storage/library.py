"""What is the reader's own: saved articles, read marks, preferences, positions, sources, and what can be undone."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from newsreader.source_values import Source
from newsreader.storage import sources
from newsreader.storage.accounts import AccountTable
from newsreader.storage.article_parts import (
    SavedPicture,
    sound_picture,
)
from newsreader.storage.backups import Backups, backups_of, has_backup
from newsreader.storage.columns import among, to_text, without_credentials
from newsreader.storage.database import Database
from newsreader.storage.database_files import check
from newsreader.storage.downloads import Downloads
from newsreader.storage.errors import UNWRITABLE, MissingStoreError, StoreError
from newsreader.storage.highlights import HighlightTable, delete_all, insert_missing
from newsreader.storage.journal import Journal
from newsreader.storage.journal_files import JournalFiles
from newsreader.storage.later import LaterTable
from newsreader.storage.library_schema import SCHEMA
from newsreader.storage.opened import OpenedTable
from newsreader.storage.paths import is_absent, size
from newsreader.storage.positions import PositionTable
from newsreader.storage.preferences import PreferenceTable
from newsreader.storage.query_rules import QueryRuleTable
from newsreader.storage.queue import QueueTable
from newsreader.storage.read_marks import ReadMarkTable, mark, read_times
from newsreader.storage.saved import SavedAddress, SavedTable, insert_address, restore, soft_delete, take_out_saved
from newsreader.storage.saved_parts import SavedParts
from newsreader.storage.sources import SourceTable
from newsreader.storage.stories import ADDRESS_ONLY, StoryTable
from newsreader.storage.tags import TagTable
from newsreader.storage.undo_log import UndoLog
from newsreader.store_info import LibraryInfo
from newsreader.text import line
from newsreader.urls import story_key

_UNDO_KEPT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class TakenOver:
    """How many sources, articles and highlights were not in the library before."""

    sources: int
    articles: int
    highlights: int


class Library:
    """The reader's own store; any thread may call it, and several programs may share it.

    When a method returns, its change is on the disk. A damaged or newer file is never touched.

    Methods raise `StoreError` if the library cannot be read or written, unless they say otherwise.

    Attributes:
        undo_log: What can be undone.
        downloads: What is kept until its limit.
        queue: What waits for the network.
        stories: What is known about stories, under any of their addresses.
        accounts: What feed servers had at the last exchange.
        backups: Copies of it.
        saved_parts: The parts of saved articles, one by one.
        journal, journal_files: What has changed, for other devices and accounts, and the files used for syncing.
        saved, read_marks, later, opened, highlights, preferences, positions, sources, tags, query_rules: What else it
            keeps, by subject.
    """

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now
        self.undo_log = undo_log = UndoLog(database, now)
        self.journal = Journal(database, undo_log, now)
        self.journal_files = JournalFiles(database)
        self.saved_parts = SavedParts(database)
        self.stories = stories = StoryTable(database)
        self.saved = SavedTable(database, undo_log, stories, now)
        self.read_marks = ReadMarkTable(database, undo_log, stories, now)
        self.later = LaterTable(database, undo_log, now)
        self.opened = OpenedTable(database, now)
        self.highlights = HighlightTable(database, undo_log, now)
        self.downloads = Downloads(database, now)
        self.queue = QueueTable(database, undo_log, now)
        self.preferences = PreferenceTable(database, undo_log, now)
        self.positions = PositionTable(database, now)
        self.sources = SourceTable(database, undo_log, now)
        self.tags = TagTable(database, undo_log, now)
        self.query_rules = QueryRuleTable(database, undo_log, now)
        self.accounts = AccountTable(database, undo_log, now)
        self.backups = Backups(database, undo_log.session, self.prune, now)
        undo_log.register("import", _undo_import)

    @classmethod
    def open(cls, path: Path, *, now: Callable[[], datetime]) -> "Library":
        """Open the library, made where there is none. Where it cannot be written, it can be read all the same.

        Raises:
            StoreError: it is damaged, newer, not ours, held by another program, or something else is in its place.
        """
        if not size(path) and has_backup(path):
            raise MissingStoreError(path)
        try:
            return cls(Database(path, SCHEMA), now)
        except UNWRITABLE as error:
            if is_absent(path):
                return cls(Database.in_memory(path, SCHEMA, error), now)
            return cls(Database.read_only(path, SCHEMA, error), now)

    @classmethod
    def read_only_stub(cls, problem: StoreError, *, now: Callable[[], datetime]) -> "Library":
        """Return an empty library that stores nothing, instead of one that cannot be opened: reading continues."""
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

    def save_addresses(self, addresses: Sequence[SavedAddress]) -> int:
        """Keep articles as `take_over` does; return how many were not saved before."""
        return self.take_over((), addresses).articles

    def take_over(self, followed: Sequence[Source], addresses: Sequence[SavedAddress]) -> TakenOver:
        """Follow sources, and save articles, often by address only, with tags, highlights and read marks.

        Sources that are followed stay as they are, and what is saved already only gets the tags, the highlights, and
        the text where only its address was there. It is undone as a whole.

        Raises:
            StoreError: they cannot be written; nothing has changed.
        """
        now = to_text(self._now())
        stories = {story_key(without_credentials(each.url)): each for each in addresses}

        def work(connection: sqlite3.Connection) -> TakenOver:
            new = sources.insert_missing(connection, followed)
            saved = among(connection, stories, "saved WHERE removed_at IS NULL AND")
            with_text = {story for story, each in stories.items() if each.page is not None}
            lacking = among(connection, with_text, f"saved WHERE {ADDRESS_ONLY} AND")
            replaced = [soft_delete(connection, story, now) for story in sorted(lacking)]
            saved -= lacking
            fresh = {story: each for story, each in stories.items() if story not in saved}
            numbers = [insert_address(connection, story, each) for story, each in fresh.items()]
            read = {story: each for story, each in fresh.items() if each.is_read}
            read = {story: read[story] for story in read.keys() - read_times(connection, read).keys()}
            mark(connection, {story: (without_credentials(each.url), now) for story, each in read.items()}, read=True)
            tagged = [pair for story, each in stories.items() for pair in _tag_address(connection, story, each, now)]
            marked = {story: insert_missing(connection, each.highlights) for story, each in stories.items()}
            highlights = [number for numbers in marked.values() for number in numbers]
            if new or numbers or tagged or highlights:
                changed = fresh.keys() | {story for _, story in tagged} | {story for story in marked if marked[story]}
                shown_as = {story: without_credentials(each.url) for story, each in stories.items() if story in changed}
                shown_as |= {f"source {number}": sources.of_number(connection, number).url for number in new}
                detail = {"saved": numbers, "read": list(read), "stories": shown_as, "tagged": tagged}
                detail |= {"replaced": replaced, "highlights": highlights}
                detail["sources"] = [{"id": number, "removed_at": now} for number in new]
                self.undo_log.note(connection, "import", detail, undoable=True)
            return TakenOver(len(new), len(numbers), len(highlights))

        return self._database.write(work)

    def stored_times(self) -> dict[str, str]:
        """Return the stories that are saved or downloaded, with the time of that in its stored form."""
        return dict(
            self._database.read(
                lambda connection: connection.execute(
                    "SELECT story, downloaded_at FROM downloads WHERE forgotten_at IS NULL"
                    " UNION ALL SELECT story, saved_at FROM saved WHERE removed_at IS NULL"
                ).fetchall()
            )
        )

    def versions_to_index(self) -> dict[str, str]:
        """Return the stories with words for the search, each with a text that changes when the words do."""
        stored, highlighted = self.stored_times(), self.highlights.versions()
        return stored | {story: f"{stored.get(story, '')} {version}" for story, version in highlighted.items()}

    @property
    def database(self) -> Database:
        """The file as it is open now."""
        return self._database

    def picture(self, url: str) -> SavedPicture | None:
        """Return a picture that some article here came with, saved or downloaded, verified."""
        found = self._database.read(lambda connection: sound_picture(connection, "saved", without_credentials(url)))
        return found or self.downloads.picture(url)

    def kept_counts(self) -> tuple[int, int]:
        """Return how many articles are saved, and how many are in progress (`PositionTable.unfinished`)."""
        query = (
            "SELECT (SELECT count(*) FROM saved WHERE removed_at IS NULL), (SELECT count(*) FROM places"
            " WHERE percent BETWEEN 1 AND 99"
            " AND NOT EXISTS (SELECT 1 FROM read_marks WHERE read_marks.story = places.story AND NOT opened))"
        )
        saved, started = self._database.read(lambda connection: connection.execute(query).fetchone())
        return saved, started

    # --- care ---------------------------------------------------------------------------------

    def prune(self) -> None:
        """Delete for good what was removed, and the changes made, more than a week ago."""
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
        self._database.vacuum()

    def info(self) -> LibraryInfo:
        """Return the library in figures.

        Raises:
            StoreError: it cannot be read.
        """
        query = f"""
            SELECT (SELECT count(*) FROM saved WHERE removed_at IS NULL),
                (SELECT ifnull(sum(picture_count), 0) FROM saved WHERE removed_at IS NULL),
                (SELECT count(*) FROM saved WHERE {ADDRESS_ONLY}),
                (SELECT count(*) FROM read_marks), (SELECT count(*) FROM places),
                (SELECT count(*) FROM changes WHERE undone_at IS NULL)
            """  # noqa: S608
        saved, pictures, address_only, marks, positions, changes = self._database.read(
            lambda connection: connection.execute(query).fetchone()
        )
        return LibraryInfo(
            path=self.path,
            size_bytes=self._database.size_bytes,
            saved=saved,
            saved_pictures=pictures,
            address_only=address_only,
            read_marks=marks,
            positions=positions,
            changes=changes,
            downloads=self.downloads.info(),
            backups=backups_of(self.path, self._now()),
        )

    def check(self) -> tuple[str, ...]:
        """Verify everything; return the addresses of the saved articles that are damaged.

        Raises:
            StoreError: the file itself is damaged.
        """
        if self.problem is None:
            check(self.path, SCHEMA)
        return self.saved.damaged()


def _tag_address(
    connection: sqlite3.Connection, story: str, address: SavedAddress, now: str
) -> Iterator[tuple[str, str]]:
    """Give a story its tags; yield each that it did not have before, with the story."""
    for tag in address.tags:
        row = (tag, story, without_credentials(address.url), line(address.title), now)
        if connection.execute("INSERT OR IGNORE INTO tags VALUES (?, ?, ?, ?, ?)", row).rowcount:
            yield tag, story


def _undo_import(connection: sqlite3.Connection, detail: Mapping[str, Any], now: str) -> None:
    take_out_saved(connection, detail["saved"], now)
    mark(connection, dict.fromkeys(detail["read"], ("", "")), read=False)
    connection.executemany("DELETE FROM tags WHERE tag = ? AND story = ?", detail["tagged"])
    for number in detail.get("replaced", ()):
        restore(connection, number, now)
    delete_all(connection, detail.get("highlights", ()))
    for row in detail.get("sources", ()):
        sources.put_back(connection, row | {"removed_at": now}, now)
