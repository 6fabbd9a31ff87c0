"""Tags, rules by query, and which addresses are one story: the reader's own, beside the saved articles."""

import sqlite3
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from newsreader.library_values import QueryRule, TagCount, TaggedStory
from newsreader.storage.columns import json_list, rows_of_few, time_or_none

TAGS_STEP = """
-- tags; what is to be done with headlines that a query finds; which addresses are one story
CREATE TABLE tags (
    tag TEXT NOT NULL,  -- as query.tag_name writes it
    story TEXT NOT NULL,  -- urls.story_key
    url TEXT NOT NULL,
    title TEXT NOT NULL,
    tagged_at TEXT NOT NULL,  -- ISO 8601, UTC
    PRIMARY KEY (tag, story)
) STRICT, WITHOUT ROWID;
CREATE INDEX tags_by_story ON tags (story);
CREATE TABLE rules (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    action TEXT NOT NULL CHECK (action IN ('hide', 'tag', 'save')),
    query TEXT NOT NULL,
    tag TEXT NOT NULL,  -- empty where the action is another
    made_at TEXT NOT NULL
) STRICT;
CREATE TABLE ruled (  -- was done once: what the reader takes back stays so
    rule INTEGER NOT NULL,
    story TEXT NOT NULL,
    PRIMARY KEY (rule, story)
) STRICT, WITHOUT ROWID;
CREATE TABLE aliases (
    story TEXT PRIMARY KEY,
    main_story TEXT NOT NULL  -- that of the address that the article itself names
) STRICT, WITHOUT ROWID;
CREATE INDEX aliases_by_main ON aliases (main_story);
"""

READ_RULES_STEP = """
-- rules may mark headlines read too
CREATE TABLE new_rules (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    action TEXT NOT NULL CHECK (action IN ('hide', 'tag', 'save', 'read')),
    query TEXT NOT NULL,
    tag TEXT NOT NULL,  -- empty where the action is another
    made_at TEXT NOT NULL
) STRICT;
INSERT INTO new_rules SELECT id, action, query, tag, made_at FROM rules;
DELETE FROM sqlite_sequence WHERE name = 'new_rules';
INSERT INTO sqlite_sequence (name, seq) SELECT 'new_rules', seq FROM sqlite_sequence WHERE name = 'rules';
DROP TABLE rules;
ALTER TABLE new_rules RENAME TO rules;
"""


def counts(connection: sqlite3.Connection) -> tuple[TagCount, ...]:
    """Return every tag, the most used first."""
    rows = connection.execute("SELECT tag, count(*) FROM tags GROUP BY tag ORDER BY count(*) DESC, tag")
    return tuple(TagCount(*row) for row in rows)


def of_stories(connection: sqlite3.Connection, stories: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return the tags of those stories that have any."""
    asked = set(stories)
    found: dict[str, set[str]] = {}
    query = "SELECT story, tag FROM tags WHERE story IN (SELECT value FROM json_each(?))"
    whole = rows_of_few(connection, "SELECT story, tag FROM tags", len(asked))
    for story, tag in connection.execute(query, (json_list(asked),)) if whole is None else whole:
        if story in asked:
            found.setdefault(story, set()).add(tag)
    return {story: frozenset(tags) for story, tags in found.items()}


def stories_with(connection: sqlite3.Connection, tag: str) -> tuple[TaggedStory, ...]:
    """Return the stories that have a tag, the last tagged first."""
    rows = connection.execute("SELECT url, title, tagged_at FROM tags WHERE tag = ? ORDER BY tagged_at DESC", (tag,))
    return tuple(TaggedStory(url, title, time_or_none(at)) for url, title, at in rows)


@dataclass(frozen=True, slots=True)
class TagChange:
    """What a change did to the tags of a story.

    Attributes:
        now: The tags that the story has after it.
        added: Those that it did not have before.
        removed: The rows of those that it no longer has.
    """

    now: frozenset[str]
    added: tuple[str, ...]
    removed: tuple[tuple[str, ...], ...]


def change(
    connection: sqlite3.Connection,
    story: tuple[str, str, str],
    *,
    add: AbstractSet[str] = frozenset(),
    remove: AbstractSet[str] = frozenset(),
    now: str,
) -> TagChange:
    """Add tags to a story, given as its key, address and title, and remove others; what is in both is added."""
    before = {row[0]: tuple(row) for row in connection.execute("SELECT * FROM tags WHERE story = ?", story[:1])}
    added = tuple(sorted(add - before.keys()))
    removed = tuple(row for tag, row in sorted(before.items()) if tag in remove - add)
    connection.executemany("INSERT INTO tags VALUES (?, ?, ?, ?, ?)", [(tag, *story, now) for tag in added])
    connection.executemany("DELETE FROM tags WHERE tag = ? AND story = ?", [row[:2] for row in removed])
    return TagChange(frozenset(before).union(added) - {row[0] for row in removed}, added, removed)


def undo_change(connection: sqlite3.Connection, detail: Mapping[str, Any]) -> None:
    """Undo what a change did to the tags of a story; later changes of its other tags stay."""
    if "rows" in detail:  # as earlier versions of the program noted it: all the tags that there were
        connection.execute("DELETE FROM tags WHERE story = ?", (detail["story"],))
    connection.executemany(
        "DELETE FROM tags WHERE tag = ? AND story = ?", [(tag, detail["story"]) for tag in detail.get("added", ())]
    )
    rows = detail["rows"] if "rows" in detail else detail["removed"]
    connection.executemany("INSERT OR IGNORE INTO tags VALUES (?, ?, ?, ?, ?)", rows)


def rules(connection: sqlite3.Connection) -> tuple[QueryRule, ...]:
    """Return the rules in the order in which they were made."""
    rows = connection.execute("SELECT id, action, query, tag FROM rules ORDER BY id")
    return tuple(QueryRule(*row) for row in rows)


def add_rule(connection: sqlite3.Connection, rule: QueryRule, now: str) -> QueryRule | None:
    """Store a rule; return it with its number, None if it exists already."""
    same = (rule.action, rule.query, rule.tag)
    if connection.execute("SELECT 1 FROM rules WHERE action = ? AND query = ? AND tag = ?", same).fetchone():
        return None
    cursor = connection.execute("INSERT INTO rules (action, query, tag, made_at) VALUES (?, ?, ?, ?)", (*same, now))
    assert cursor.lastrowid is not None
    return QueryRule(cursor.lastrowid, *same)


def remove_rule(connection: sqlite3.Connection, number: int) -> dict[str, Any] | None:
    """Remove a rule; return its row, None if there is none."""
    row = connection.execute("SELECT id, action, query, tag, made_at FROM rules WHERE id = ?", (number,)).fetchone()
    if row is None:
        return None
    connection.execute("DELETE FROM rules WHERE id = ?", (number,))
    return dict(zip(("id", "action", "query", "tag", "made_at"), row, strict=True))


def put_rule_back(connection: sqlite3.Connection, row: Mapping[str, Any]) -> None:
    """Restore a rule that was removed."""
    connection.execute("INSERT OR REPLACE INTO rules VALUES (:id, :action, :query, :tag, :made_at)", row)


def not_yet_ruled(connection: sqlite3.Connection, rule: int, stories: Iterable[str]) -> frozenset[str]:
    """Return the stories to which a rule has not been applied yet."""
    query = "SELECT value FROM json_each(?) WHERE NOT EXISTS (SELECT 1 FROM ruled WHERE rule = ? AND story = value)"
    return frozenset(story for (story,) in connection.execute(query, (json_list(stories), rule)))


def note_ruled(connection: sqlite3.Connection, rule: int, stories: Iterable[str]) -> None:
    """Record that a rule was applied to these stories."""
    connection.executemany("INSERT OR IGNORE INTO ruled VALUES (?, ?)", [(rule, story) for story in stories])


def learn_alias(connection: sqlite3.Connection, story: str, main_story: str) -> None:
    """Record that an address is an alias of another story; its own aliases lead there too."""
    (main_story,) = connection.execute(
        "SELECT ifnull((SELECT main_story FROM aliases WHERE story = ?), ?)", (main_story, main_story)
    ).fetchone()
    if story == main_story:
        return
    connection.execute("UPDATE aliases SET main_story = ? WHERE main_story = ?", (main_story, story))
    connection.execute("INSERT OR REPLACE INTO aliases VALUES (?, ?)", (story, main_story))


def same_story(connection: sqlite3.Connection, stories: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return, for each of these stories that has aliases, all stories that are the same."""
    asked = set(stories)
    whole = rows_of_few(connection, "SELECT story, main_story FROM aliases", len(asked))
    if whole is not None:
        return _same_story_among(asked, dict(whole))
    query = (
        "WITH asked (story, main) AS (SELECT value, ifnull((SELECT main_story FROM aliases WHERE story = value), value)"
        " FROM json_each(?)) SELECT asked.story, asked.main, aliases.story FROM asked"
        " JOIN aliases ON aliases.main_story = asked.main"
    )
    found: dict[str, set[str]] = {}
    for story, main, other in connection.execute(query, (json_list(asked),)):
        found.setdefault(story, {story, main}).add(other)
    return {story: frozenset(others) for story, others in found.items()}


def _same_story_among(stories: AbstractSet[str], main_of: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """Return the same as `same_story`, from the table of all aliases."""
    families: dict[str, set[str]] = {}
    for story, main in main_of.items():
        families.setdefault(main, {main}).add(story)
    mains = {story: main_of.get(story, story) for story in stories & (main_of.keys() | families.keys())}
    return {story: frozenset({story, *families[main]}) for story, main in mains.items() if main in families}
