"""Which stories are marked read, in the library."""

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from newsreader.storage import later, tagging
from newsreader.storage.columns import among, json_list, to_text, without_credentials
from newsreader.storage.database import Database
from newsreader.storage.stories import StoryTable, among_same_story
from newsreader.storage.undo_log import UndoLog
from newsreader.urls import story_key


class ReadMarkTable:
    """Keeps the read marks of stories, under all their addresses.

    Methods raise `StoreError` if the library cannot be read or written, unless they say otherwise.
    """

    def __init__(self, database: Database, undo_log: UndoLog, stories: StoryTable, now: Callable[[], datetime]) -> None:
        self._database = database
        self._undo_log = undo_log
        self._stories = stories
        self._now = now
        undo_log.register("read", _undo_read)
        undo_log.register("unread", _undo_unread)

    def mark(self, url: str, read: bool, *, undoable: bool = True) -> None:
        """Mark a story read or unread, under all its addresses."""
        self.mark_all([url], read=read, undoable=undoable)

    def mark_all(self, urls: Iterable[str], *, read: bool = True, undoable: bool = True, opened: bool = False) -> int:
        """Mark stories read or unread as one change; return how many were changed.

        What is read leaves the queue to read later, unless it was only `opened`.
        """
        stories = {story_key(address): address for address in map(without_credentials, urls)}
        return self._database.write(
            lambda connection: self._mark_stories(connection, stories, read=read, undoable=undoable, opened=opened)
        )

    def toggle(self, url: str) -> bool:
        """Mark a story read if it is unread, else unread, as it is at this moment; return whether it is read now."""
        url = without_credentials(url)
        story = story_key(url)

        def work(connection: sqlite3.Connection) -> bool:
            related = tagging.same_story(connection, [story])
            is_read = not among_same_story(connection, {story}, related, "read_marks WHERE")
            self._mark_stories(connection, {story: url}, read=is_read, undoable=True)
            return is_read

        return self._database.write(work)

    def which(self, urls: Iterable[str]) -> frozenset[str]:
        """Return those of the addresses whose story is marked read."""
        return self._stories.which(urls, "read_marks WHERE")

    def among(self, stories: Iterable[str]) -> frozenset[str]:
        """Return those of the stories (`urls.story_key`) that are marked read."""
        asked = list(stories)
        return frozenset(self._database.read(lambda connection: among(connection, asked, "read_marks WHERE")))

    def _mark_stories(
        self,
        connection: sqlite3.Connection,
        stories: Mapping[str, str],
        *,
        read: bool,
        undoable: bool,
        opened: bool = False,
    ) -> int:
        """Mark stories, given with their addresses, and their aliases; return how many were changed."""
        now = to_text(self._now())
        marked_as = dict(stories)
        for story, others in tagging.same_story(connection, stories).items():
            marked_as |= {other: stories[story] for other in others if other not in marked_as}
        marked = among(connection, marked_as, "read_marks WHERE")
        changed = {story: url for story, url in marked_as.items() if (story in marked) != read}
        left = later.take_out(connection, marked_as) if read and not opened else []
        if read and not opened:
            _note_finished(connection, marked)
        if not changed and not left:
            return 0
        detail: dict[str, Any] = {"stories": changed or {story: url for story, url, *_ in left}, "later": left}
        if not changed:
            self._undo_log.note(connection, "not-later", detail, undoable=undoable)
            return 0
        if not read:
            detail["read_at"] = read_times(connection, changed)
        mark(connection, {story: (url, now) for story, url in changed.items()}, read=read, opened=opened)
        self._undo_log.note(connection, "read" if read else "unread", detail, undoable=undoable)
        return len(changed)


def read_times(connection: sqlite3.Connection, stories: Iterable[str]) -> dict[str, str]:
    """Return when those of the stories that are marked read were marked."""
    query = "SELECT story, read_at FROM read_marks WHERE story IN (SELECT value FROM json_each(?))"
    return dict(connection.execute(query, (json_list(stories),)).fetchall())


def _note_finished(connection: sqlite3.Connection, stories: Iterable[str]) -> None:
    """Record that stories were marked read by more than being opened."""
    connection.execute(
        "UPDATE read_marks SET opened = 0 WHERE opened AND story IN (SELECT value FROM json_each(?))",
        (json_list(stories),),
    )


def mark(
    connection: sqlite3.Connection, marks: Mapping[str, tuple[str, str]], *, read: bool, opened: bool = False
) -> None:
    """Mark stories, given with an address and a time each."""
    if read:
        rows = [(story, url, at, opened) for story, (url, at) in marks.items()]
        connection.executemany(
            "INSERT OR REPLACE INTO read_marks (story, url, read_at, opened) VALUES (?, ?, ?, ?)", rows
        )
    else:
        connection.executemany("DELETE FROM read_marks WHERE story = ?", [(story,) for story in marks])


def _undo_read(connection: sqlite3.Connection, detail: Mapping[str, Any], _: str) -> None:
    mark(connection, dict.fromkeys(detail["stories"], ("", "")), read=False)
    later.put_back(connection, detail.get("later", ()))


def _undo_unread(connection: sqlite3.Connection, detail: Mapping[str, Any], now: str) -> None:
    times = detail["read_at"]
    mark(connection, {s: (url, times.get(s, now)) for s, url in detail["stories"].items()}, read=True)
