"""What the library knows about stories, under any of their addresses."""

import sqlite3
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from newsreader.storage import tagging
from newsreader.storage.columns import among, without_credentials
from newsreader.storage.database import Database
from newsreader.urls import story_key

ADDRESS_ONLY = (
    "removed_at IS NULL AND word_count = 0"
    " AND NOT EXISTS (SELECT 1 FROM saved_parts WHERE saved = saved.id AND part = 'response')"
)


@dataclass(frozen=True, slots=True)
class StoryFacts:
    """Facts about some stories (`urls.story_key`): sets of those for which each holds.

    Attributes:
        address_only: Of the saved ones, those whose text has not been fetched yet.
    """

    read: AbstractSet[str] = frozenset()
    saved: AbstractSet[str] = frozenset()
    address_only: AbstractSet[str] = frozenset()
    downloaded: AbstractSet[str] = frozenset()
    queued: AbstractSet[str] = frozenset()
    later: AbstractSet[str] = frozenset()
    highlighted: AbstractSet[str] = frozenset()
    noted: AbstractSet[str] = frozenset()
    tags: Mapping[str, frozenset[str]] = field(default_factory=dict)


class StoryTable:
    """Knows which addresses are one story, and what is known of stories.

    Methods raise `StoreError` if the library cannot be read or written, unless they say otherwise.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def known(self, stories: AbstractSet[str]) -> StoryFacts:
        """Return what is known here of stories, in one reading."""

        def work(connection: sqlite3.Connection) -> StoryFacts:
            related = tagging.same_story(connection, stories)
            saved = among_same_story(connection, stories, related, "saved WHERE removed_at IS NULL AND")
            return StoryFacts(
                read=among_same_story(connection, stories, related, "read_marks WHERE"),
                saved=saved,
                address_only=among_same_story(connection, saved, related, f"saved WHERE {ADDRESS_ONLY} AND"),
                downloaded=among(connection, stories, "downloads WHERE forgotten_at IS NULL AND"),
                queued=among(connection, stories, "queue WHERE"),
                later=among(connection, stories, "later WHERE"),
                highlighted=among(connection, stories, "highlights WHERE"),
                noted=among(connection, stories, "highlights WHERE note <> '' AND"),
                tags=tagging.of_stories(connection, stories),
            )

        return self._database.read(work)

    def learn_alias(self, url: str, main_url: str) -> None:
        """Record that an address leads to an article that names another one as its own: they are one story."""
        story, main_story = story_key(without_credentials(url)), story_key(without_credentials(main_url))
        if story == main_story:
            return
        known = self._database.read(lambda connection: tagging.same_story(connection, [story])).get(story, frozenset())
        if main_story not in known:
            self._database.write(lambda connection: tagging.learn_alias(connection, story, main_story))

    def which(self, urls: Iterable[str], known: str) -> frozenset[str]:
        """Return the addresses whose story a table has, given as the end of a query; see `among`."""
        keys = {url: story_key(without_credentials(url)) for url in urls}

        def work(connection: sqlite3.Connection) -> AbstractSet[str]:
            stories = set(keys.values())
            return among_same_story(connection, stories, tagging.same_story(connection, stories), known)

        found = self._database.read(work)
        return frozenset(url for url, key in keys.items() if key in found)


def among_same_story(
    connection: sqlite3.Connection, stories: AbstractSet[str], related: Mapping[str, frozenset[str]], known: str
) -> AbstractSet[str]:
    """Return the stories that a table has, under any of their aliases."""
    found = among(connection, set(stories).union(*(related[story] for story in related.keys() & stories)), known)
    return found | {story for story in related.keys() & stories if related[story] & found}
