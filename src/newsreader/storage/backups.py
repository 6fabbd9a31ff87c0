"""Backups of the library, and restoring one."""

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from newsreader.storage.connection import translate_sqlite_errors
from newsreader.storage.database import Database
from newsreader.storage.database_files import check, copy_database, copy_tables, held, rename_with_journals
from newsreader.storage.downloads import TABLES as DOWNLOADS_TABLES
from newsreader.storage.errors import (
    DamagedStoreError,
    ExistingFileError,
    ForeignStoreError,
    MissingStoreError,
    NoBackupError,
    NoRegularFileError,
)
from newsreader.storage.library_schema import SCHEMA
from newsreader.storage.paths import size, sync

_BACKUPS = "backups"
_BACKUPS_KEPT = 7


class Backups:
    """Copies the library without downloads, which can be fetched again."""

    def __init__(
        self, database: Database, session: str, prune: Callable[[], None], now: Callable[[], datetime]
    ) -> None:
        """Copy this file; `prune` is called before, and `session` names this run of the program."""
        self._database = database
        self._session = session
        self._prune = prune
        self._now = now

    def back_up(self) -> Path | None:
        """Tidy up, and copy the library beside itself, once a day and if it has changed; return the copy made, if any.

        The copy is verified before it counts, so that unnoticed damage does not push out the sound
        backups; the last seven are kept. It may take seconds: for a thread of its own.

        Raises:
            StoreError: the library is damaged, or the copy cannot be written.
        """
        if self._database.refusal is not None:
            return None
        with translate_sqlite_errors(self._database.path):
            now = self._now()
            earlier = backups_of(self._database.path, now)
            copy = (
                self._database.path.parent
                / _BACKUPS
                / f"{self._database.path.stem}-{now:%Y%m%d}{self._database.path.suffix}"
            )
            if copy in earlier:
                return None
            self._prune()
            changed_at = self._database.path.stat().st_mtime_ns
            if earlier and earlier[0].stat().st_mtime_ns == changed_at:
                return None
            self._copy_to(copy, changed_at)
            for older in backups_of(self._database.path, now)[_BACKUPS_KEPT:]:
                older.unlink(missing_ok=True)
        return copy

    def copy_to(self, target: Path | None = None) -> Path:
        """Copy the library now: to a file that is not there yet, or among its backups; return where the copy is.

        Downloads are left out. The copy is verified before it counts.

        Raises:
            StoreError: the library is damaged, or the copy cannot be written.
        """
        if self._database.is_in_memory or not size(self._database.path):
            raise self._database.refusal or MissingStoreError(self._database.path)
        now = self._now()
        copy = (
            target
            or self._database.path.parent
            / _BACKUPS
            / f"{self._database.path.stem}-{now:%Y%m%dT%H%M%S}{self._database.path.suffix}"
        )
        with translate_sqlite_errors(copy):
            if os.path.lexists(copy):
                raise ExistingFileError(copy)
            self._copy_to(copy, self._database.path.stat().st_mtime_ns)
        return copy

    def _copy_to(self, copy: Path, changed_at: int) -> None:
        """Write a verified copy that appears at once under its name, with the time of the original."""
        part = copy.with_name(f"{copy.name}.{self._session}.part")
        try:
            copy_tables(self._database.path, part, SCHEMA, left_out=DOWNLOADS_TABLES)
            check(part, SCHEMA)
            os.utime(part, ns=(changed_at, changed_at))
            part.replace(copy)
        except (DamagedStoreError, MissingStoreError) as error:
            raise DamagedStoreError(self._database.path) from error
        finally:
            part.unlink(missing_ok=True)
        sync(copy.parent)


def restore_backup(path: Path, backup: Path, *, now: datetime) -> Path | None:
    """Replace the library at this path with a backup; return where the former library was moved, if there was one.

    Programs that have the library open continue with the restored one.

    Raises:
        StoreError: the backup is not sound, or a program is writing to the library, or the disk refuses; nothing is
            changed then.
    """
    try:
        check(backup, SCHEMA)
    except (DamagedStoreError, ForeignStoreError, NoRegularFileError) as error:
        raise NoBackupError(backup) from error
    aside = path.with_name(f"{path.stem}-before-{now:%Y%m%dT%H%M%S}{path.suffix}") if size(path) else None
    part = path.with_name(f"{path.name}.restoring")
    with translate_sqlite_errors(path):
        part.unlink(missing_ok=True)
        try:
            copy_database(backup, part)
            with held(path):
                if aside is not None:
                    rename_with_journals(path, aside)
                part.replace(path)
        finally:
            part.unlink(missing_ok=True)
        sync(path.parent)
    return aside


def backups_of(path: Path, now: datetime) -> tuple[Path, ...]:
    """Return the backups of the library at this path, the newest first; none where its folder may not be entered.

    One of a day that has not come yet was made while the clock was wrong, and counts as the oldest.
    """
    today = f"{path.stem}-{now:%Y%m%d}"
    return tuple(sorted(_found(path), key=lambda each: each.name[: len(today)] > today))


def has_backup(path: Path) -> bool:
    """Return whether there is a backup of the library at this path, in a folder that may be entered."""
    return bool(_found(path))


def _found(path: Path) -> list[Path]:
    """Return the backups of the library at this path, those with the last days in their names first."""
    try:
        return sorted((path.parent / _BACKUPS).glob(f"{path.stem}-*{path.suffix}"), reverse=True)
    except PermissionError:  # opening the library says so
        return []
