"""The journal: of everything that travels, the last change, with the clock of the device that made it.

State is what the newest record of each key says; of two with one time, that of the device whose name sorts later. So
records may come late, twice, and in any order: the result is the same.
"""

import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from newsreader.storage.columns import json_list, time_or_none
from newsreader.storage.database import Database
from newsreader.storage.journal_tables import JOURNALED, Item, JournaledTable, microseconds, snapshot_query
from newsreader.text import clean

LATEST = 253_402_300_800_000_000  # microseconds: the year 10,000; a record of a later time is not taken
_TABLES = {table.prefix: table for table in JOURNALED}
_UNFIT = (ValueError, TypeError, KeyError, AttributeError, RecursionError)


@dataclass(frozen=True, slots=True)
class Record:
    """One change.

    Attributes:
        i: Its number in the library that it was read from; each is larger than those before.
        t: When it was made: microseconds since 1970, by a clock that only goes forward and follows those of others.
        k: What it is about, such as `read/https://vesti.example/1`: the kind, then what `JournaledTable` says.
        v: What it became, as JSON has it; None where it was removed.
        device: Which device made it.
    """

    i: int
    t: int
    k: str
    v: Any
    device: str

    @property
    def prefix(self) -> str:
        """The kind of what it is about."""
        return self.k.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Applied:
    """What records did to a library.

    Attributes:
        changed: Those that were newer than what was there.
        refused: How many are not sound.
    """

    changed: tuple[Record, ...] = ()
    refused: int = 0


class Journal:
    """Keeps the journal of a library, for readers that take it in turn: the other devices, and accounts.

    Methods raise `StoreError` if the library cannot be read or written, unless they say otherwise.
    """

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now
        database.before_commit = self._stamp

    # --- who reads it -----------------------------------------------------------------------------

    def add_reader(self, reader: str) -> None:
        """Have changes kept for a reader, from the beginning: with the first, all that the library holds is written.

        One that is there already stays as it is.
        """

        def work(connection: sqlite3.Connection) -> None:
            connection.execute(
                "INSERT INTO journal_state VALUES (1, 0, ?, 0) ON CONFLICT DO NOTHING", (os.urandom(8).hex(),)
            )
            (is_active,) = connection.execute("SELECT is_active FROM journal_state").fetchone()
            if not is_active:
                self._write_state(connection)
                connection.execute("UPDATE journal_state SET is_active = 1")
            connection.execute("INSERT INTO journal_readers VALUES (?, 0) ON CONFLICT DO NOTHING", (reader,))

        self._database.write(work)

    def remove_reader(self, reader: str) -> None:
        """Keep nothing for a reader any more; when the last one goes, the journal ends."""

        def work(connection: sqlite3.Connection) -> None:
            connection.execute("DELETE FROM journal_readers WHERE reader = ?", (reader,))
            if connection.execute("SELECT 1 FROM journal_readers").fetchone() is None:
                connection.execute("DELETE FROM journal_state")
                connection.execute("DELETE FROM journal")

        self._database.write(work)

    def readers(self) -> dict[str, int]:
        """Return who reads it, each with the number of the last record that it acknowledged."""
        query = "SELECT reader, acknowledged FROM journal_readers"
        return dict(self._database.read(lambda connection: connection.execute(query).fetchall()))

    @property
    def device(self) -> str:
        """The name under which the changes of this library are known; empty where nobody reads the journal."""
        query = "SELECT device FROM journal_state"
        row = self._database.read(lambda connection: connection.execute(query).fetchone())
        return str(row[0]) if row else ""

    # --- reading ----------------------------------------------------------------------------------

    def records_after(self, reader: str, index: int | None = None, limit: int = 100_000) -> Sequence[Record]:
        """Return what a reader did not bring itself, after a number of a record, in order.

        Args:
            reader: Whose records are left out.
            index: Without it, that which the reader acknowledged last.
            limit: How many are returned at most.
        """
        after = "(SELECT acknowledged FROM journal_readers WHERE reader = :reader)" if index is None else ":index"
        query = (
            f"SELECT i, t, k, v, device FROM journal WHERE i > {after} AND via <> :reader"  # noqa: S608
            " ORDER BY i LIMIT :limit"
        )
        values = {"reader": reader, "index": index, "limit": limit}
        return [
            Record(i, t, k, None if v is None else json.loads(v), device)
            for i, t, k, v, device in self._database.read(lambda c: c.execute(query, values).fetchall())
        ]

    def acknowledge(self, reader: str, index: int) -> None:
        """Note that a reader has dealt with everything up to a number; an earlier one changes nothing."""
        self._database.write(
            lambda connection: connection.execute(
                "UPDATE journal_readers SET acknowledged = max(acknowledged, ?) WHERE reader = ?", (index, reader)
            )
        )

    # --- applying ---------------------------------------------------------------------------------

    def apply(self, records: Iterable[Record], via: str) -> Applied:
        """Do in this library what records say, as far as they are newer than what is known; return what changed.

        All of it is one transaction. None of it is a change of this device's own: it is for all readers but `via`.
        """
        asked = list(records)
        return self._database.write(lambda connection: apply_records(connection, asked, via))

    def next_time(self) -> int:
        """Return a time for a record that is newer than all that are known here."""
        query = "SELECT last_t FROM journal_state"
        row = self._database.read(lambda connection: connection.execute(query).fetchone())
        return max(microseconds(self._now()), (row[0] if row else 0) + 1)

    def _stamp(self, connection: sqlite3.Connection) -> None:
        """Give what a transaction has written to the journal its time, just before it ends."""
        if connection.execute("SELECT 1 FROM journal WHERE t IS NULL LIMIT 1").fetchone() is None:
            return
        (last,) = connection.execute("SELECT last_t FROM journal_state").fetchone()
        now = max(microseconds(self._now()), last + 1)
        connection.execute("UPDATE journal SET t = ? WHERE t IS NULL", (now,))
        connection.execute("UPDATE journal_state SET last_t = ?", (now,))

    def _write_state(self, connection: sqlite3.Connection) -> None:
        """Write what the library holds, with the times when it came in."""
        (device,) = connection.execute("SELECT device FROM journal_state").fetchone()
        now = microseconds(self._now())
        for table in JOURNALED:
            rows = connection.execute(snapshot_query(table)).fetchall()
            records = [(min(_microseconds(at), now), device, key, value) for key, value, at in rows]
            connection.executemany("INSERT OR REPLACE INTO journal (t, device, k, v) VALUES (?, ?, ?, ?)", records)


def _microseconds(at: str) -> int:
    moment = time_or_none(at)
    return microseconds(moment) if moment is not None and moment.tzinfo is not None else 0


def apply_records(connection: sqlite3.Connection, records: Sequence[Record], via: str) -> Applied:
    """Do what `Journal.apply` does, in a transaction that is open."""
    sound = [record for record in records if 0 < record.t < LATEST and clean(record.k) == record.k]
    newest: dict[str, Record] = {}
    for record in sound:
        known = newest.get(record.k)
        if known is None or (record.t, record.device) > (known.t, known.device):
            newest[record.k] = record
    changed = _newer_than_known(connection, newest)
    if not changed:
        return Applied((), len(records) - len(sound))
    connection.execute("UPDATE journal_state SET is_active = 0")  # what is done now is no change of this device's own
    done, pending, refused = _written(connection, changed)
    connection.executemany(
        "INSERT OR REPLACE INTO journal (t, device, via, k, v, is_pending) VALUES (?, ?, ?, ?, ?, ?)",
        [(r.t, r.device, via, r.k, None if r.v is None else json.dumps(r.v), r in pending) for r in (*done, *pending)],
    )
    newest_t = max((record.t for record in (*done, *pending)), default=0)
    connection.execute("UPDATE journal_state SET is_active = 1, last_t = max(last_t, ?)", (newest_t,))
    return Applied(tuple(done), refused + len(records) - len(sound))


def _newer_than_known(connection: sqlite3.Connection, newest: dict[str, Record]) -> list[Record]:
    query = "SELECT k, t, device FROM journal WHERE k IN (SELECT value FROM json_each(?))"
    known = {key: (t, device) for key, t, device in connection.execute(query, (json_list(newest),))}
    return [each for each in newest.values() if each.k not in known or (each.t, each.device) > known[each.k]]


def _written(connection: sqlite3.Connection, records: Sequence[Record]) -> tuple[list[Record], list[Record], int]:
    """Write records into their tables; return those that are done, those of unknown kinds, and how many are unfit."""
    done: list[Record] = []
    pending: list[Record] = []
    by_prefix: dict[str, list[Record]] = {}
    for record in records:
        by_prefix.setdefault(record.prefix, []).append(record)
    for prefix, group in by_prefix.items():
        table = _TABLES.get(prefix)
        if table is None:
            pending += group
        else:
            done += _written_to(connection, table, group)
    return done, pending, len(records) - len(done) - len(pending)


def _written_to(connection: sqlite3.Connection, table: JournaledTable, records: list[Record]) -> list[Record]:
    """Write records of one kind; where one of them is unfit, each by itself. Return those that could be."""
    try:
        _write_all(connection, table, records)
    except _UNFIT:
        if len(records) == 1:
            return []
        half = len(records) // 2
        return [
            *_written_to(connection, table, records[:half]),
            *_written_to(connection, table, records[half:]),
        ]
    return records


def _write_all(connection: sqlite3.Connection, table: JournaledTable, records: Iterable[Record]) -> None:
    put: list[Item] = []
    removed: list[str] = []
    for record in records:
        rest = record.k.partition("/")[2]
        if record.v is None:
            removed.append(rest)
        else:
            put.append((rest, record.v))
    if put:
        table.put(connection, put)
    if removed:
        table.remove(connection, removed)
