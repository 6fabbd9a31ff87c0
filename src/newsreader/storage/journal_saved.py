"""Saved articles as records: that they are saved, and what they are; texts and pictures are synced as files."""

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from newsreader.storage.columns import from_text
from newsreader.storage.journal_tables import Item, JournaledTable, address_of, text_of, time_of, triggers
from newsreader.storage.saved import SavedAddress, insert_address, restore


def _put(connection: sqlite3.Connection, items: Sequence[Item], _: str) -> None:
    """Save articles by their addresses; one that was saved here before comes back as it was."""
    addresses = [(story, _address(value)) for story, value in items]
    for story, address in addresses:
        known = connection.execute(
            "SELECT id, removed_at FROM saved WHERE story = ? ORDER BY removed_at IS NULL DESC, id DESC", (story,)
        ).fetchone()
        if known is None:
            insert_address(connection, story, address)
        elif known[1] is not None:
            restore(connection, known[0], "")


def _address(value: Mapping[str, Any]) -> SavedAddress:
    return SavedAddress(address_of(value), text_of(value, "title"), from_text(time_of(value)))


def _remove(connection: sqlite3.Connection, stories: Sequence[str], now: str) -> None:
    connection.executemany(
        "UPDATE saved SET removed_at = ? WHERE story = ? AND removed_at IS NULL", [(now, story) for story in stories]
    )


SAVED = JournaledTable(
    prefix="saved",
    table="saved",
    key="{row}.story",
    value="json_object('url', {row}.url, 'title', {row}.title, 'at', {row}.saved_at)",
    time="{row}.saved_at",
    kept="{row}.removed_at IS NULL",
    put=_put,
    remove=_remove,
)
STEP = "-- saved articles in the journal\n" + triggers(SAVED)
