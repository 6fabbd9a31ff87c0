"""The journal: the last change of everything that is synced, with the clock of the device that made it.

The state is the newest record of each key; of two with the same time, that of the device whose name sorts later. So
records may come late, twice, and in any order: the result is the same.
"""

import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import datetime
from functools import partial
from typing import Any

from newsreader.storage import journal_sources
from newsreader.storage.columns import json_list, time_or_none, to_text
from newsreader.storage.database import Database
from newsreader.storage.journal_files import JournalFile, put_file
from newsreader.storage.journal_tables import Item, JournaledTable, microseconds, snapshot_query
from newsreader.storage.journaled import TABLES, VALUES, JournaledValues
from newsreader.storage.undo_log import UndoLog
from newsreader.text import clean
from newsreader.values import dataclass

DEVICES = "devices"
"""The reader that stands for all other devices, and the action as which what they bring is undone."""
LATEST = 253_402_300_800_000_000  # microseconds: the year 10,000; a record of a later time is not taken
_KINDS: dict[str, JournaledTable | JournaledValues] = {
    **{table.prefix: table for table in TABLES},
    **{kind.prefix: kind for kind in VALUES},
}
_SHOWN = _KINDS.keys() - {kind.prefix for kind in VALUES if not kind.is_shown}
_MOST_UNDONE = 2000  # changes that undoing at once is kept for
_UNFIT = (ValueError, TypeError, KeyError, AttributeError, RecursionError)


@dataclass(frozen=True, slots=True)
class Record:
    """One change.

    Attributes:
        i: Its number in the library that it was read from; each is larger than those before.
        t: When it was made: microseconds since 1970, by a clock that only goes forward and follows those of others.
        k: What it is about, such as `read/https://vesti.example/1`: the kind, then what `JournaledTable` says.
        v: The new value, in JSON; None if it was removed.
        device: Which device made it.
    """

    i: int
    t: int
    k: str
    v: Any
    device: str

    @property
    def prefix(self) -> str:
        """The kind of thing that it is about."""
        return self.k.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Applied:
    """What records did to a library.

    Attributes:
        changed: Those that were newer than what was there.
        refused: How many are invalid.
        before: The earlier values of the keys of `changed`, in JSON, if there were any.
    """

    changed: tuple[Record, ...] = ()
    refused: int = 0
    before: Mapping[str, Any] = field(default_factory=dict)


class Journal:
    """Keeps the journal of a library for its readers: the other devices, and accounts.

    Methods raise `StoreError` if the library cannot be read or written, unless they say otherwise.
    """

    def __init__(self, database: Database, undo_log: UndoLog, now: Callable[[], datetime]) -> None:
        self._database = database
        self._undo_log = undo_log
        self._now = now
        database.before_commit = self._stamp
        undo_log.register(DEVICES, self.undo_with, is_exchanged=True)

    # --- who reads it -----------------------------------------------------------------------------

    def add_reader(self, reader: str) -> None:
        """Record changes for a reader from now on; for the first one, everything in the library is written.

        One that is there already stays as it is.
        """

        def work(connection: sqlite3.Connection) -> None:
            connection.execute(
                "INSERT INTO journal_state (id, is_active, device, last_t) VALUES (1, 0, ?, 0) ON CONFLICT DO NOTHING",
                (os.urandom(8).hex(),),
            )
            (is_active,) = connection.execute("SELECT is_active FROM journal_state").fetchone()
            if not is_active:
                self._write_state(connection)
                newest = "(SELECT coalesce(max(t), 0) FROM journal)"  # what comes is later, even if the clock goes back
                connection.execute(f"UPDATE journal_state SET is_active = 1, last_t = max(last_t, {newest})")  # noqa: S608
            connection.execute("INSERT INTO journal_readers VALUES (?, 0) ON CONFLICT DO NOTHING", (reader,))

        self._database.write(work)

    def remove_reader(self, reader: str) -> None:
        """Stop recording for a reader; without readers, the journal ends."""

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
        """Return the records after a number that the reader did not bring itself, in order.

        Args:
            reader: Whose records are left out.
            index: By default, the number that the reader acknowledged last.
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

    def count_after(self, reader: str, index: int | None = None) -> int:
        """Return how many records `records_after` would return, not counting what devices say about themselves."""
        after = "(SELECT acknowledged FROM journal_readers WHERE reader = :reader)" if index is None else ":index"
        query = f"SELECT count(*) FROM journal WHERE i > {after} AND via <> :reader AND k NOT LIKE 'device/%'"  # noqa: S608
        values = {"reader": reader, "index": index}
        return int(self._database.read(lambda connection: connection.execute(query, values).fetchone())[0])

    def last_number(self) -> int:
        """Return the number of the last record of all; 0 where there is none."""
        query = "SELECT coalesce(max(i), 0) FROM journal"
        return int(self._database.read(lambda connection: connection.execute(query).fetchone())[0])

    def last_brought(self, prefixes: Sequence[str]) -> int:
        """Return the number of the last record of some kinds that was not made here; 0 where there is none."""
        query = "SELECT coalesce(max(i), 0) FROM journal WHERE via <> '' AND k >= ? AND k < ?"
        bounds = [(f"{prefix}/", f"{prefix}0") for prefix in prefixes]
        return self._database.read(lambda c: max((c.execute(query, each).fetchone()[0] for each in bounds), default=0))

    def last_not_by(self, devices: Iterable[str]) -> int:
        """Return the number of the last record that none of some devices has made; 0 where there is none."""
        query = "SELECT coalesce(max(i), 0) FROM journal WHERE device NOT IN (SELECT value FROM json_each(?))"
        values = (json_list(devices),)
        return int(self._database.read(lambda connection: connection.execute(query, values).fetchone())[0])

    def all(self, last: int) -> Iterator[Record]:
        """Yield every record of any device up to a number, in order."""
        after, query = 0, "SELECT i, t, k, v, device FROM journal WHERE i > ? AND i <= ? ORDER BY i LIMIT 10000"
        while rows := self._database.read(partial(_rows, query, (after, last))):
            yield from (Record(i, t, k, _loaded(v), device) for i, t, k, v, device in rows)
            after = rows[-1][0]

    def knows(self, records: Iterable[Record]) -> bool:
        """Return whether none of the records is newer than what is known here."""
        asked = list(records)
        known = self._database.read(lambda connection: _known(connection, [record.k for record in asked]))
        return all(each.k in known and (each.t, each.device) <= known[each.k][:2] for each in asked)

    def acknowledge(self, reader: str, index: int) -> None:
        """Record that a reader has processed everything up to a number; an earlier one changes nothing."""
        self._database.write(
            lambda connection: connection.execute(
                "UPDATE journal_readers SET acknowledged = max(acknowledged, ?) WHERE reader = ?", (index, reader)
            )
        )

    # --- applying ---------------------------------------------------------------------------------

    def apply(
        self,
        records: Iterable[Record],
        via: str,
        *,
        undo_as: str | None = None,
        file: JournalFile | None = None,
    ) -> Applied:
        """Apply records to this library if they are newer than what is known; return what changed.

        All of it is one transaction. None of it is a change of this device's own: it is for all readers but `via`.

        Args:
            records: In any order.
            via: The reader of the journal that brings them.
            undo_as: Make it undoable as this action, unless it is very large; `undo_with` undoes it.
            file: The file from which they were read, recorded with them.
        """
        asked, now = list(records), to_text(self._now())

        def work(connection: sqlite3.Connection) -> Applied:
            followed = journal_sources.followed(connection)
            applied = apply_records(connection, asked, via, now)
            if undo_as is not None and 0 < len(applied.changed) <= _MOST_UNDONE:
                before = {record.k: applied.before.get(record.k) for record in applied.changed}
                still = journal_sources.followed(connection)
                gave_way = {k: v for k, (_, v) in followed.items() if k not in still and k not in before}
                detail = {"stories": _addresses(applied.changed), "before": [*(before | gave_way).items()]}
                self._undo_log.note(connection, undo_as, detail, session=via)
            if file is not None:
                _keep_followed(connection, asked, followed, now)
                put_file(connection, file)
            return applied

        return self._database.write(work)

    def undo_with(self, connection: sqlite3.Connection, detail: Mapping[str, Any], now: str) -> None:
        """Undo what `apply` did, by records of this device's own; for `UndoLog.register`."""
        row = connection.execute("SELECT last_t, device FROM journal_state").fetchone()
        if row is not None:
            t = max(microseconds(self._now()), row[0] + 1)
            apply_records(connection, [Record(0, t, k, v, row[1]) for k, v in detail["before"]], "", now)

    def take_up_pending(self) -> Applied:
        """Apply records whose kind the version that received them did not know."""

        def work(connection: sqlite3.Connection) -> Applied:
            rows = connection.execute("SELECT i, t, k, v, device, via FROM journal WHERE is_pending").fetchall()
            known = [row for row in rows if row[2].partition("/")[0] in _KINDS]
            connection.executemany("DELETE FROM journal WHERE i = ?", [row[:1] for row in known])
            changed: list[Record] = []
            for i, t, k, v, device, via in known:
                record = Record(i, t, k, _loaded(v), device)
                changed += apply_records(connection, [record], via, to_text(self._now())).changed
            return Applied(tuple(changed))

        query = "SELECT EXISTS (SELECT 1 FROM journal WHERE is_pending)"
        if not self._database.read(lambda connection: connection.execute(query).fetchone())[0]:
            return Applied()
        return self._database.write(work)

    def put(self, values: Mapping[str, Any]) -> None:
        """Write this device's own records that no table has, by their keys; None means that one is gone."""

        def work(connection: sqlite3.Connection) -> None:
            for key, value in values.items():
                _write_own(connection, key, value)

        self._database.write(work)

    def values(self, prefix: str) -> dict[str, Record]:
        """Return the newest record of every key with this prefix, which ends with a slash."""
        query = "SELECT i, t, k, v, device FROM journal WHERE k >= ? AND k < ?"
        bounds = (prefix, f"{prefix[:-1]}0")
        rows = self._database.read(lambda connection: connection.execute(query, bounds).fetchall())
        return {k: Record(i, t, k, _loaded(v), device) for i, t, k, v, device in rows}

    def next_time(self) -> int:
        """Return a time for a record that is newer than all that are known here."""
        query = "SELECT last_t FROM journal_state"
        row = self._database.read(lambda connection: connection.execute(query).fetchone())
        return max(microseconds(self._now()), (row[0] if row else 0) + 1)

    def _stamp(self, connection: sqlite3.Connection) -> None:
        """Set the time of what a transaction has written to the journal, just before it ends."""
        query = "SELECT last_t, is_dirty, EXISTS (SELECT 1 FROM journal WHERE t IS NULL) FROM journal_state"
        state = connection.execute(query).fetchone()
        if state is None or not (state[1] or state[2]):
            return
        if state[1]:
            _write_differences(connection)
        now = max(microseconds(self._now()), state[0] + 1)
        connection.execute("UPDATE journal SET t = ? WHERE t IS NULL", (now,))
        connection.execute("UPDATE journal_state SET last_t = ?, is_dirty = 0", (now,))

    def _write_state(self, connection: sqlite3.Connection) -> None:
        """Write everything in the library, with the times when it was added."""
        now = microseconds(self._now())
        for table in TABLES:
            rows = connection.execute(snapshot_query(table)).fetchall()
            _write_made(connection, ((key, value, at) for key, value, at in rows), now)
        for kind in VALUES:
            found = kind.current(connection)
            _write_made(connection, ((key, json.dumps(value), at) for key, (value, at) in found.items()), now)


def _keep_followed(
    connection: sqlite3.Connection, records: Iterable[Record], followed: Mapping[str, tuple[str, Any]], now: str
) -> None:
    """Make additions of sources no longer undoable here if other devices have added the same ones.

    The others learn of it by a record of its own: of two that say that a source is followed, the newer travels.

    Args:
        connection: In a transaction.
        records: What came.
        followed: The sources followed before; see `journal_sources.followed`.
        now: The time.
    """
    (own,) = connection.execute("SELECT device FROM journal_state").fetchone()
    names = set()
    for record in records:
        device, value = followed.get(record.k, (record.device, None))
        if record.v is not None and record.device != device and record.v != value:
            name = journal_sources.name_of(record.k)
            names.add(name)
            key = f"device/{own}/added/{name}"
            if not _known(connection, [key]):
                _write_own(connection, key, {"at": now})
        elif record.prefix == "device" and "/added/" in record.k:
            names.add(record.k.partition("/added/")[2])
    journal_sources.keep_followed(connection, names, now)


def _write_made(connection: sqlite3.Connection, made: Iterable[tuple[str, str, str]], now: int) -> None:
    """Write what is older than the journal: (key, JSON, time)."""
    (device,) = connection.execute("SELECT device FROM journal_state").fetchone()
    records = [(min(_microseconds(at), now), device, key, value) for key, value, at in made]
    connection.executemany("INSERT OR REPLACE INTO journal (t, device, k, v) VALUES (?, ?, ?, ?)", records)


def _write_differences(connection: sqlite3.Connection) -> None:
    """Write what differs from the journal."""
    for kind in VALUES:
        found = {key: value for key, (value, _) in kind.current(connection).items()}
        query = "SELECT k, v FROM journal WHERE k >= ? AND k < ?"
        known = {k: _loaded(v) for k, v in connection.execute(query, (f"{kind.prefix}/", f"{kind.prefix}0"))}
        changed = {key: value for key, value in found.items() if key not in known or known[key] != value}
        gone = {key: None for key in known.keys() - found.keys() if known[key] is not None and kind.goes_with_row(key)}
        for key, value in (changed | gone).items():
            _write_own(connection, key, value)


def _write_own(connection: sqlite3.Connection, key: str, value: Any) -> None:  # noqa: ANN401
    """Write one of this device's own records; it gets its time when the transaction ends."""
    connection.execute("DELETE FROM journal WHERE k = ?", (key,))
    row = (key, None if value is None else json.dumps(value))
    connection.execute("INSERT INTO journal (device, k, v) VALUES ((SELECT device FROM journal_state), ?, ?)", row)


def _addresses(records: Iterable[Record]) -> dict[str, str]:
    """Return the addresses that records are about, by the keys of the records."""
    with_values = [(record.k, record.v.get("url") if isinstance(record.v, dict) else None) for record in records]
    return {key: url if isinstance(url, str) else "" for key, url in with_values}


def _loaded(text: str | None) -> Any:  # noqa: ANN401
    return None if text is None else json.loads(text)


def _microseconds(at: str) -> int:
    moment = time_or_none(at)
    return microseconds(moment) if moment is not None and moment.tzinfo is not None else 0


def apply_records(connection: sqlite3.Connection, records: Sequence[Record], via: str, now: str) -> Applied:
    """Do what `Journal.apply` does, in an open transaction."""
    sound = [record for record in records if 0 < record.t < LATEST and clean(record.k) == record.k]
    newest: dict[str, Record] = {}
    for record in sound:
        known = newest.get(record.k)
        if known is None or (record.t, record.device) > (known.t, known.device):
            newest[record.k] = record
    before = _known(connection, newest)
    newer = [each for each in newest.values() if each.k not in before or (each.t, each.device) > before[each.k][:2]]
    if not newer:
        return Applied((), len(records) - len(sound))
    connection.execute("UPDATE journal_state SET is_active = 0")  # changes made now are not this device's own
    by_kind: dict[str, list[Record]] = {}
    for record in newer:
        by_kind.setdefault(record.prefix, []).append(record)
    done: list[Record] = []
    for prefix, group in by_kind.items():
        kind = _KINDS.get(prefix)
        taken = group if kind is None else _written(connection, kind, group, now)
        _keep(connection, taken, via, is_pending=kind is None)
        if isinstance(kind, JournaledValues):
            kind.settle(connection, [_rest(record) for record in taken], now)
        done += taken
    newest_t = max((record.t for record in done), default=0)
    connection.execute("UPDATE journal_state SET is_active = 1, last_t = max(last_t, ?)", (newest_t,))
    values = {key: _loaded(value) for key, (_, _, value) in before.items()}
    changed = tuple(r for r in done if r.prefix in _SHOWN and values.get(r.k) != r.v)
    return Applied(changed, len(newer) - len(done) + len(records) - len(sound), values)


def _rows(query: str, values: Sequence[Any], connection: sqlite3.Connection) -> list[tuple[Any, ...]]:
    return connection.execute(query, values).fetchall()


def _known(connection: sqlite3.Connection, keys: Iterable[str]) -> dict[str, tuple[int, str, str | None]]:
    query = "SELECT k, t, device, v FROM journal WHERE k IN (SELECT value FROM json_each(?))"
    return {key: (t, device, v) for key, t, device, v in connection.execute(query, (json_list(keys),))}


def _keep(connection: sqlite3.Connection, records: Iterable[Record], via: str, *, is_pending: bool) -> None:
    connection.executemany(
        "INSERT OR REPLACE INTO journal (t, device, via, k, v, is_pending) VALUES (?, ?, ?, ?, ?, ?)",
        [(r.t, r.device, via, r.k, None if r.v is None else json.dumps(r.v), is_pending) for r in records],
    )


def _written(
    connection: sqlite3.Connection, kind: JournaledTable | JournaledValues, records: list[Record], now: str
) -> list[Record]:
    """Write records of one kind together, or one by one if any is invalid. Return those that were written."""
    try:
        put: list[Item] = [(_rest(record), record.v) for record in records if record.v is not None]
        removed = [_rest(record) for record in records if record.v is None]
        kind.put(connection, put, now)
        kind.remove(connection, removed, now)
    except _UNFIT:
        if len(records) == 1:
            return []
        half = len(records) // 2
        return [
            *_written(connection, kind, records[:half], now),
            *_written(connection, kind, records[half:], now),
        ]
    return records


def _rest(record: Record) -> str:
    return record.k.partition("/")[2]
