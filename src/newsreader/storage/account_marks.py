"""The marks that a server's response changes in the library, and how that is undone."""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from newsreader.storage import later, tagging
from newsreader.storage.columns import among
from newsreader.storage.read_marks import mark, read_times
from newsreader.storage.saved import SavedAddress, insert_address, restore, soft_delete, take_out_saved
from newsreader.text import line


@dataclass(frozen=True, slots=True)
class MarkedStory:
    """A story whose mark changes."""

    story: str
    url: str
    title: str


@dataclass(frozen=True, slots=True)
class MarkChanges:
    """Stories by the change of their mark."""

    read: Sequence[MarkedStory] = ()
    unread: Sequence[MarkedStory] = ()
    starred: Sequence[MarkedStory] = ()
    unstarred: Sequence[MarkedStory] = ()

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.read) + len(self.unread) + len(self.starred) + len(self.unstarred)


def apply(
    connection: sqlite3.Connection, changes: MarkChanges, star: str, now: str
) -> tuple[MarkChanges, dict[str, Any]]:
    """Change the marks that differ; return what was changed, and what undoing it needs."""
    read, read_urls = _mark(connection, changes.read, now, read=True)
    times = read_times(connection, [each.story for each in changes.unread])
    unread, unread_urls = _mark(connection, changes.unread, now, read=False)
    detail: dict[str, Any] = {
        "read": list(read_urls),
        "unread": {s: [u, times.get(s, now)] for s, u in unread_urls.items()},
    }
    if star == "saved":
        starred, detail["saved"] = _save(connection, changes.starred, now)
        unstarred, detail["unsaved"] = _remove_saved(connection, changes.unstarred, now)
    else:
        starred, detail["added_later"] = _add_later(connection, changes.starred, now)
        detail["later"] = later.take_out(connection, [each.story for each in changes.unstarred])
        gone = {row[0] for row in detail["later"]}
        unstarred = [each for each in changes.unstarred if each.story in gone]
    done = MarkChanges(read, unread, starred, unstarred)
    detail["marks"] = dict.fromkeys(read_urls.values(), False) | dict.fromkeys(unread_urls.values(), True)
    detail["stories"] = {each.story: each.url for each in (*read, *unread, *starred, *unstarred)}
    return done, detail


def undo(connection: sqlite3.Connection, detail: Mapping[str, Any], now: str) -> None:
    """Restore the marks that `apply` has changed."""
    mark(connection, dict.fromkeys(detail["read"], ("", "")), read=False)
    mark(connection, {story: (url, at) for story, (url, at) in detail["unread"].items()}, read=True)
    for number in detail.get("unsaved", ()):
        restore(connection, number, now)
    take_out_saved(connection, detail.get("saved", ()), now)
    later.take_out(connection, detail.get("added_later", ()))
    later.put_back(connection, detail.get("later", ()))


def _mark(
    connection: sqlite3.Connection, stories: Sequence[MarkedStory], now: str, *, read: bool
) -> tuple[list[MarkedStory], dict[str, str]]:
    """Mark stories under all their addresses; return those that changed, and all that was marked.

    What another device has read counts as opened: it stays in what is to be read later.
    """
    urls = {each.story: each.url for each in stories}
    for story, others in tagging.same_story(connection, urls).items():
        urls |= {other: urls[story] for other in others if other not in urls}
    marked = among(connection, urls, "read_marks WHERE")
    changed = {story: url for story, url in urls.items() if (story in marked) != read}
    mark(connection, {story: (url, now) for story, url in changed.items()}, read=read, opened=True)
    return [each for each in stories if each.story in changed], changed


def _save(
    connection: sqlite3.Connection, stories: Sequence[MarkedStory], now: str
) -> tuple[list[MarkedStory], list[int]]:
    here = among(connection, [each.story for each in stories], "saved WHERE removed_at IS NULL AND")
    new = list({each.story: each for each in stories if each.story not in here}.values())
    at = datetime.fromisoformat(now)
    return new, [insert_address(connection, each.story, SavedAddress(each.url, each.title, at)) for each in new]


def _remove_saved(
    connection: sqlite3.Connection, stories: Sequence[MarkedStory], now: str
) -> tuple[list[MarkedStory], list[int]]:
    found = [(each, number) for each in stories if (number := soft_delete(connection, each.story, now)) is not None]
    return [each for each, _ in found], [number for _, number in found]


def _add_later(
    connection: sqlite3.Connection, stories: Sequence[MarkedStory], now: str
) -> tuple[list[MarkedStory], list[str]]:
    here = among(connection, [each.story for each in stories], "later WHERE")
    new = list({each.story: each for each in stories if each.story not in here}.values())
    later.put_back(connection, [(each.story, each.url, line(each.title) or each.url, now) for each in new])
    return new, [each.story for each in new]
