"""The rules by query, in the library."""

import sqlite3
from collections.abc import Callable, Iterable
from datetime import datetime

from newsreader.library_values import QueryRule
from newsreader.storage import tagging
from newsreader.storage.columns import to_text, without_credentials
from newsreader.storage.database import Database
from newsreader.storage.read_marks import mark, read_times
from newsreader.storage.undo_log import UndoLog
from newsreader.text import line
from newsreader.urls import story_key


class QueryRuleTable:
    """Keeps the rules, and to which stories each has been applied.

    Methods raise `StoreError` if the library cannot be read or written, unless they say otherwise.
    """

    def __init__(self, database: Database, undo_log: UndoLog, now: Callable[[], datetime]) -> None:
        self._database = database
        self._undo_log = undo_log
        self._now = now
        undo_log.register("add-rule", lambda connection, detail, _: _remove(connection, detail["id"]))
        undo_log.register("remove-rule", lambda connection, detail, _: tagging.put_rule_back(connection, detail["row"]))

    def all(self) -> tuple[QueryRule, ...]:
        """Return the rules by query, in the order in which they were made."""
        return self._database.read(tagging.rules)

    def add(self, rule: QueryRule, url: str = "") -> QueryRule | None:
        """Store a rule and return it with its number; None if it exists already. It can be undone."""

        def work(connection: sqlite3.Connection) -> QueryRule | None:
            added = tagging.add_rule(connection, rule, to_text(self._now()))
            if added is not None:
                detail = {"url": url, "title": rule.query, "id": added.id}
                self._undo_log.note(connection, "add-rule", detail)
            return added

        return self._database.write(work)

    def remove(self, number: int) -> bool:
        """Remove a rule; False if there is none with this number. It can be undone."""

        def work(connection: sqlite3.Connection) -> bool:
            row = tagging.remove_rule(connection, number)
            if row is not None:
                detail = {"url": "", "title": row["query"], "row": row}
                self._undo_log.note(connection, "remove-rule", detail)
            return row is not None

        return self._database.write(work)

    def not_yet_applied(self, rule: int, urls: Iterable[str]) -> frozenset[str]:
        """Return the addresses to whose stories a rule has not been applied yet."""
        keys = {url: story_key(without_credentials(url)) for url in urls}
        found = self._database.read(lambda connection: tagging.not_yet_ruled(connection, rule, set(keys.values())))
        return frozenset(url for url, key in keys.items() if key in found)

    def apply(self, rule: QueryRule, headlines: Iterable[tuple[str, str]]) -> None:
        """Apply a rule to headlines (address, title): tag them or mark them read; note that it was applied."""
        rows = [
            (story_key(without_credentials(url)), without_credentials(url), line(title)) for url, title in headlines
        ]
        now = to_text(self._now())

        def work(connection: sqlite3.Connection) -> None:
            if rule.tag:
                connection.executemany(
                    "INSERT OR IGNORE INTO tags VALUES (?, ?, ?, ?, ?)", [(rule.tag, *row, now) for row in rows]
                )
            if rule.action == "read":
                known = read_times(connection, [story for story, _, _ in rows])
                marks = {story: (url, now) for story, url, _ in rows if story not in known}
                mark(connection, marks, read=True)
            tagging.note_ruled(connection, rule.id, [story for story, _, _ in rows])

        self._database.write(work)


def _remove(connection: sqlite3.Connection, number: int) -> None:
    tagging.remove_rule(connection, number)
