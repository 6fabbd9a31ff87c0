"""Which files of the journal this library has written and read, and under which name it does so."""

import json
import os
import sqlite3
from enum import IntEnum

from newsreader.storage.database import Database
from newsreader.values import dataclass


class FileState(IntEnum):
    """What is known of a file."""

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
    """Keeps what is known of the files, and the identity under which this library writes them.

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
        """Note a file, and with a reader that it has everything up to a record."""

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
        """Note on which machine the library is used."""
        self._database.write(lambda connection: connection.execute("UPDATE journal_state SET machine = ?", (machine,)))

    def become_new_device(self, reader: str) -> str:
        """Take a new name, under which everything that this library has changed is sent again; return it.

        What the same library has sent from elsewhere under the old name is another device's from now on.
        """
        name = os.urandom(8).hex()

        def work(connection: sqlite3.Connection) -> None:
            (old,) = connection.execute("SELECT device FROM journal_state").fetchone()
            connection.execute("UPDATE journal SET device = ? WHERE via <> ? AND device = ?", (name, reader, old))
            connection.execute("UPDATE journal_state SET device = ?", (name,))
            connection.execute("UPDATE journal_readers SET acknowledged = 0 WHERE reader = ?", (reader,))
            connection.execute("DELETE FROM journal_files WHERE device = ?", (old,))
            was = (name, f"device/{name}/was", json.dumps({"device": old}))
            connection.execute("INSERT INTO journal (device, k, v) VALUES (?, ?, ?)", was)

        self._database.write(work)
        return name

    def forget_of(self, device: str) -> None:
        """Forget the files of a device: what is there is read again."""
        self._database.write(
            lambda connection: connection.execute("DELETE FROM journal_files WHERE device = ?", (device,))
        )

    def forget_all(self) -> None:
        """Forget all files: the library leaves its place of exchange."""
        self._database.write(lambda connection: connection.execute("DELETE FROM journal_files"))


def put_file(connection: sqlite3.Connection, file: JournalFile) -> None:
    """Note a file, in a transaction that is open."""
    row = (file.name, file.device, file.sha256, file.state)
    connection.execute("INSERT OR REPLACE INTO journal_files VALUES (?, ?, ?, ?)", row)
