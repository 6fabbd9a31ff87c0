"""The schema of a kind of file, and its migrations."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from newsreader.storage.connection import connect, one_moment, transaction, translate_sqlite_errors
from newsreader.storage.errors import (
    ForeignStoreError,
    NewerStoreError,
)


@dataclass(frozen=True, slots=True)
class Schema:
    """The schema of a kind of file.

    Attributes:
        application_id: Marks the file as ours (SQLite's own field for that).
        steps: SQL scripts; the file's `user_version` counts those that were run. A step is added at the end and never
            changed.
        options: Statements that every connection begins with.
        disposable: Its content can be fetched again: it uses write-ahead logging, and is recreated if someone deletes
            it while it is open. Otherwise it has a rollback journal, and a file that vanishes is an error.
    """

    application_id: int
    steps: tuple[str, ...]
    options: tuple[str, ...] = ()
    disposable: bool = False


def schema_version(path: Path) -> int:
    """Return how many steps of its schema were run on a file.

    Raises:
        StoreError: it cannot be read.
    """
    with translate_sqlite_errors(path), closing(connect(path, "mode=ro")) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def bring_up_to_date(connection: sqlite3.Connection, schema: Schema, path: Path) -> None:
    """Run the schema steps that the file lacks, all or none of them.

    Raises:
        StoreError: it is newer, or not ours.
    """
    with transaction(connection, path):
        for step in schema.steps[steps_run(connection, schema, path) :]:  # another process may have been first
            for statement in _statements(step):
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {schema.application_id}")
        connection.execute(f"PRAGMA user_version = {len(schema.steps)}")


def steps_run(connection: sqlite3.Connection, schema: Schema, path: Path) -> int:
    """Return how many steps were run on the file, without writing to it.

    Raises:
        NewerStoreError: more than this program knows.
        ForeignStoreError: it is not of this schema.
    """
    with one_moment(connection):
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        application_id = int(connection.execute("PRAGMA application_id").fetchone()[0])
        is_empty = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    if application_id != schema.application_id and (application_id or version or not is_empty):
        raise ForeignStoreError(path)
    if version > len(schema.steps):
        raise NewerStoreError(path)
    return version


def _statements(script: str) -> Iterator[str]:
    """Yield the statements of a script: `executescript` would commit between them."""
    statement = ""
    for part in script.splitlines(keepends=True):
        statement += part
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
