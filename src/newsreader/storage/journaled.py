"""Everything in the library that the journal records: one entry for each kind of record.

Tables whose rows are records have triggers (`JournaledTable`). What does not fit that, because a row is several records
or only some of it travels, is compared with the journal when a transaction ends (`JournaledValues`).
"""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from newsreader.storage import journal_preferences, journal_sources
from newsreader.storage.journal_highlights import HIGHLIGHTS
from newsreader.storage.journal_saved import SAVED
from newsreader.storage.journal_tables import FIRST_TABLES, Item, JournaledTable, Put, Remove
from newsreader.values import dataclass


@dataclass(frozen=True, slots=True)
class JournaledValues:
    """Values that become records by comparing them with the journal.

    Attributes:
        prefix: The first part of its keys.
        current: Returns what there is, by its keys, with the times when it was made.
        goes_with_row: Whether a key that is in the journal and there no more was removed.
        put: Writes values, or checks them where `settle` writes them; see `JournaledTable`.
        remove: Removes what keys stand for, or checks the keys.
        settle: Called with the keys once the journal has the records.
        is_shown: Whether the reader sees what it changes.
    """

    prefix: str
    current: Callable[[sqlite3.Connection], dict[str, tuple[Any, str]]]
    goes_with_row: Callable[[str], bool]
    put: Put
    remove: Remove
    settle: Callable[[sqlite3.Connection, Iterable[str], str], None]
    is_shown: bool = True


TABLES: tuple[JournaledTable, ...] = (*FIRST_TABLES, SAVED, HIGHLIGHTS)


def _check_object(_connection: sqlite3.Connection, items: Sequence[Item], _now: str) -> None:
    """Check what devices say about themselves, each other, and parts of articles: only the journal has it."""
    for key, value in items:
        if not isinstance(value, dict):
            raise TypeError(key)


def _in_journal_only(prefix: str) -> JournaledValues:
    return JournaledValues(
        prefix, lambda _: {}, lambda _: False, _check_object, lambda *_: None, lambda *_: None, is_shown=False
    )


VALUES: tuple[JournaledValues, ...] = (
    JournaledValues(
        journal_sources.PREFIX,
        journal_sources.current,
        journal_sources.is_removed_with_row,
        journal_sources.put,
        journal_sources.remove,
        journal_sources.settle,
    ),
    JournaledValues(
        journal_preferences.PREFIX,
        journal_preferences.current,
        lambda _: True,
        journal_preferences.put,
        journal_preferences.remove,
        lambda _connection, _keys, _now: None,
    ),
    _in_journal_only("device"),
    _in_journal_only("article"),
)
"""`device/<device>/…` is what is known of devices, `article/<story>` of which parts a saved article consists."""
