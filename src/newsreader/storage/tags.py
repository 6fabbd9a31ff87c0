"""The tags of stories, in the library."""

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from newsreader.library_values import TagCount, TaggedStory
from newsreader.storage import tagging
from newsreader.storage.columns import to_text, without_credentials
from newsreader.storage.database import Database
from newsreader.storage.undo_log import UndoLog
from newsreader.text import line
from newsreader.urls import story_key


class TagTable:
    """Keeps the tags that the reader, and rules, give to stories.

    Methods raise `StoreError` if the library cannot be read or written, unless they say otherwise.
    """

    def __init__(self, database: Database, undo_log: UndoLog, now: Callable[[], datetime]) -> None:
        self._database = database
        self._undo_log = undo_log
        self._now = now
        undo_log.register("tags", _undo)

    def counts(self) -> tuple[TagCount, ...]:
        """Return every tag with the number of its stories, the most used first."""
        return self._database.read(tagging.counts)

    def of(self, urls: Iterable[str]) -> dict[str, frozenset[str]]:
        """Return the tags of the addresses whose stories have any."""
        keys = {url: story_key(without_credentials(url)) for url in urls}
        found = self._database.read(lambda connection: tagging.of_stories(connection, set(keys.values())))
        return {url: found[key] for url, key in keys.items() if key in found}

    def stories(self, tag: str) -> tuple[TaggedStory, ...]:
        """Return the stories that have a tag, the last tagged first."""
        return self._database.read(lambda connection: tagging.stories_with(connection, tag))

    def replace(self, url: str, title: str, tags: Iterable[str], *, undoable: bool = True) -> bool:
        """Set the tags of a story; False if it had exactly these. It can be undone."""
        wanted = frozenset(tags)

        def change(connection: sqlite3.Connection, story: tuple[str, str, str], now: str) -> tagging.TagChange:
            had = tagging.of_stories(connection, story[:1]).get(story[0], frozenset())
            return tagging.change(connection, story, add=wanted, remove=had - wanted, now=now)

        changed = self._change(url, title, change, undoable=undoable)
        return bool(changed.added or changed.removed)

    def change(self, url: str, title: str, *, add: Iterable[str] = (), remove: Iterable[str] = ()) -> frozenset[str]:
        """Add tags to a story and remove others, keeping the rest; return those that it has now. It can be undone."""
        added, removed = frozenset(add), frozenset(remove)
        change = partial(tagging.change, add=added, remove=removed)
        return self._change(url, title, lambda c, story, now: change(c, story, now=now)).now

    def change_all(
        self, stories: Iterable[tuple[str, str]], *, add: Iterable[str] = (), remove: Iterable[str] = ()
    ) -> dict[str, frozenset[str]]:
        """Do as `change` for stories, given with addresses and titles, as one change; return the tags of each."""
        added, removed = frozenset(add), frozenset(remove)
        asked = {url: (without_credentials(url), line(title)) for url, title in stories}

        def work(connection: sqlite3.Connection) -> dict[str, frozenset[str]]:
            now = to_text(self._now())
            tags, changes, changed_stories = {}, [], {}
            for given, (url, title) in asked.items():
                story = story_key(url)
                changed = tagging.change(connection, (story, url, title), add=added, remove=removed, now=now)
                tags[given] = changed.now
                if changed.added or changed.removed:
                    changes.append({"story": story, "added": changed.added, "removed": changed.removed})
                    changed_stories[story] = url
            if changes:
                self._undo_log.note(connection, "tags", {"stories": changed_stories, "changes": changes})
            return tags

        return self._database.write(work)

    def _change(
        self,
        url: str,
        title: str,
        change: Callable[[sqlite3.Connection, tuple[str, str, str], str], tagging.TagChange],
        *,
        undoable: bool = True,
    ) -> tagging.TagChange:
        url, title = without_credentials(url), line(title)
        story = story_key(url)

        def work(connection: sqlite3.Connection) -> tagging.TagChange:
            changed = change(connection, (story, url, title), to_text(self._now()))
            if changed.added or changed.removed:
                about = {"url": url, "title": title, "story": story}
                detail = {**about, "added": changed.added, "removed": changed.removed}
                self._undo_log.note(connection, "tags", detail, undoable=undoable)
            return changed

        return self._database.write(work)


def _undo(connection: sqlite3.Connection, detail: Mapping[str, Any], _: str) -> None:
    for change in reversed(detail["changes"]) if "changes" in detail else (detail,):
        tagging.undo_change(connection, change)
