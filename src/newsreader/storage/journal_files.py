"""Which files of the journal this library has written and read, and under which name."""

import json
import os
import sqlite3
from enum import IntEnum

from newsreader.storage.database import Database
from newsreader.values import dataclass


class FileState(IntEnum):
    """The state of a file."""

    INTENDED = 0  # it was to be stored, and nobody knows whether it was
    STORED = 1
    VERIFIED = 2  # it was read later, and is as it was stored


@dataclass(frozen=True, slots=True)
class JournalFile:
    """A file by which devices exchange their journals.

    Attributes:
        name: As `Transport` has it.
        device: Whose it is.
        sha256: Of what it holds, in hexadecimal.
    """

    name: str
    device: str
    sha256: str
    state: FileState = FileState.STORED


class JournalFiles:
    """Keeps the states of the files, and the identity under which this library writes them.

    Methods raise `StoreError` if the library cannot be read or written.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> dict[str, JournalFile]:
        """Return the files that were read, written, or were to be written, by their names."""
        query = "SELECT name, device, sha256, is_stored FROM journal_files"
        rows = self._database.read(lambda connection: connection.execute(query).fetchall())
        return {name: JournalFile(name, device, digest, FileState(state)) for name, device, digest, state in rows}

    def put(self, file: JournalFile, reader: str = "", acknowledged: int = 0) -> None:
        """Record a file, and for a reader that it has everything up to a record."""

        def work(connection: sqlite3.Connection) -> None:
            put_file(connection, file)
            connection.execute(
                "UPDATE journal_readers SET acknowledged = max(acknowledged, ?) WHERE reader = ?",
                (acknowledged, reader),
            )

        self._database.write(work)

    def forget(self, name: str) -> None:
        """Forget a file."""
        self._database.write(lambda connection: connection.execute("DELETE FROM journal_files WHERE name = ?", (name,)))

    @property
    def machine(self) -> str:
        """On which machine the library was used last for this; empty if never."""
        query = "SELECT machine FROM journal_state"
        row = self._database.read(lambda connection: connection.execute(query).fetchone())
        return str(row[0]) if row else ""

    def set_machine(self, machine: str) -> None:
        """Record on which machine the library is used."""
        self._database.write(lambda connection: connection.execute("UPDATE journal_state SET machine = ?", (machine,)))

    def become_new_device(self, reader: str) -> str:
        """Take a new name, under which everything that this library has changed is sent again; return it.

        What the same library sent elsewhere under the old name counts as another device's from now on.
        """

        def work(connection: sqlite3.Connection) -> str:
            old, name = _take_name(connection, but_via=reader)
            connection.execute("UPDATE journal_readers SET acknowledged = 0 WHERE reader = ?", (reader,))
            connection.execute("DELETE FROM journal_files WHERE device = ?", (old,))
            was = (name, f"device/{name}/was", json.dumps({"device": old}))
            connection.execute("INSERT INTO journal (device, k, v) VALUES (?, ?, ?)", was)
            return name

        return self._database.write(work)

    def forget_of(self, device: str) -> None:
        """Forget the files of a device: what is there is read again."""
        self._database.write(
            lambda connection: connection.execute("DELETE FROM journal_files WHERE device = ?", (device,))
        )

    def leave(self, reader: str) -> None:
        """Forget all files: the library leaves its place of exchange. What changes meanwhile is kept for `rejoin`."""

        def work(connection: sqlite3.Connection) -> None:
            connection.execute("DELETE FROM journal_files")
            connection.execute("INSERT OR REPLACE INTO journal_readers VALUES (?, 0)", (_away(reader),))
            connection.execute("DELETE FROM journal_readers WHERE reader = ?", (reader,))

        self._database.write(work)

    def rejoin(self, reader: str) -> bool:
        """Have changes kept for a reader again that has left; return False where it never was here.

        All records keep their times, as if the device had been offline: what was removed meanwhile, here or there,
        stays removed. They are sent under a new name, even those of others, for the place may be another one.
        """

        def work(connection: sqlite3.Connection) -> bool:
            left = connection.execute("DELETE FROM journal_readers WHERE reader = ?", (_away(reader),))
            if not left.rowcount:
                return False
            _take_name(connection)
            connection.execute("UPDATE journal SET via = '' WHERE via = ?", (reader,))
            connection.execute("DELETE FROM journal WHERE k >= 'device/' AND k < 'device0'")
            connection.execute("INSERT INTO journal_readers VALUES (?, 0) ON CONFLICT DO NOTHING", (reader,))
            return True

        return self._database.write(work)


def put_file(connection: sqlite3.Connection, file: JournalFile) -> None:
    """Record a file, in an open transaction."""
    row = (file.name, file.device, file.sha256, file.state)
    connection.execute("INSERT OR REPLACE INTO journal_files VALUES (?, ?, ?, ?)", row)


def _take_name(connection: sqlite3.Connection, but_via: str = "") -> tuple[str, str]:
    """Give the library another name, and its own records with it but for those that a reader brought; return both."""
    (old,) = connection.execute("SELECT device FROM journal_state").fetchone()
    name = os.urandom(8).hex()
    query = "UPDATE journal SET device = ? WHERE device = ? AND (via = '' OR via <> ?)"
    connection.execute(query, (name, old, but_via))
    connection.execute("UPDATE journal_state SET device = ?", (name,))
    return old, name


def _away(reader: str) -> str:
    """Return what stands for a reader that has left, so that the journal is kept meanwhile."""
    return f"{reader}, away"
