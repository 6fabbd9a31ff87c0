"""What can go wrong with a store: one error for each thing that a reader can do about it."""

import sqlite3
from pathlib import Path
from typing import ClassVar

from newsreader.errors import NewsreaderError
from newsreader.i18n import N_
from newsreader.text import line


class StoreError(NewsreaderError):
    """A store cannot be used.

    Attributes:
        path: The file that the message names.
    """

    message = N_("{path} cannot be used.")
    hint = N_("Pages can still be read from the network.")
    kind = "store"
    exit_status: ClassVar[int] = 5

    def __init__(self, path: Path, **parameters: str) -> None:
        self.path = path
        super().__init__(path=line(str(path)), **parameters)


class DamagedStoreError(StoreError):
    """The file is a damaged database."""

    message = N_("{path} is damaged. It was left as it is.")
    hint = N_("Move it away to start a new one, or restore one of its backups.")
    kind = "store-damaged"


class ClosedStoreError(StoreError):
    """The program is ending and has closed the file; what still wants to use it is too late."""

    kind = "store-closed"


class SetAsideStoreError(StoreError):
    """A damaged cache was renamed and a new one created; a notice rather than a failure."""

    message = N_("{path} was damaged. It was set aside as {aside} and a new one was created.")
    hint = N_("Saved articles are not affected; other pages are fetched again when they are opened.")
    kind = "store-set-aside"

    def __init__(self, path: Path, aside: Path) -> None:
        super().__init__(path, aside=line(aside.name))


class MissingStoreError(StoreError):
    """The file is gone or empty, though it is known that there was one."""

    message = N_("{path} is missing or empty, though it was there before. Nothing was put in its place.")
    hint = N_("Restore one of its backups, or move the folder of its backups away to start from scratch.")
    kind = "store-missing"


class NewerStoreError(StoreError):
    """The file was written by a later version of this program."""

    message = N_("{path} was written by a newer version of newsreader. It was left as it is.")
    hint = N_("Update newsreader, or name another directory.")
    kind = "store-newer"


class ForeignStoreError(StoreError):
    """The file is a database of another program."""

    message = N_("{path} belongs to another program. It was left as it is.")
    hint = N_("Move it away, or name another directory.")
    kind = "store-foreign"


class NoBackupError(StoreError):
    """What should replace the library is not a sound library."""

    message = N_("{path} is not an undamaged copy of a library. Nothing was changed.")
    hint = N_("Name another file; without a name the newest backup is restored.")
    kind = "no-backup"


class ExistingFileError(StoreError):
    """A copy was to be written where something is already."""

    message = N_("{path} exists already. It was left as it is.")
    hint = N_("Name another file.")
    kind = "store-exists"


class FullStoreError(StoreError):
    """There is no room for what should be written; what was there before is still there."""

    message = N_("There is no room to write {path}.")
    hint = N_("Free some space on the disk. What is stored can still be read.")
    kind = "store-full"


class ReadOnlyStoreError(StoreError):
    """The file or its directory cannot be written; what is there can be read."""

    message = N_("{path} cannot be written.")
    hint = N_("Allow writing to the file and to its folder. What is stored can still be read.")
    kind = "store-read-only"


class UnreachableStoreError(StoreError):
    """The file can be neither opened nor made."""

    message = N_("{path} can be neither opened nor created.")
    hint = N_("Check its folder, or name another directory.")
    kind = "store-unreachable"


class NoRegularFileError(StoreError):
    """At the path of the file there is a pipe, a device, a directory or the like."""

    message = N_("{path} is not a regular file, so nothing can be stored in it.")
    hint = N_("Move it away, or name another directory.")
    kind = "store-no-file"


class LockedStoreError(StoreError):
    """Another program holds the file for longer than anyone should wait."""

    message = N_("{path} is in use by another program.")
    hint = N_("Try again, or close the other program.")
    kind = "store-locked"


class DiskError(StoreError):
    """The disk would not read or write the file."""

    message = N_("The disk failed to read or write {path}.")
    hint = N_("Check the disk and the space on it.")
    kind = "store-disk"


UNWRITABLE = (
    FullStoreError,
    ReadOnlyStoreError,
    UnreachableStoreError,
    NoRegularFileError,
    DiskError,
)  # it may still be readable

_BY_CODE: dict[int, type[StoreError]] = {
    sqlite3.SQLITE_PERM: ReadOnlyStoreError,
    sqlite3.SQLITE_BUSY: LockedStoreError,
    sqlite3.SQLITE_LOCKED: LockedStoreError,
    sqlite3.SQLITE_READONLY: ReadOnlyStoreError,
    sqlite3.SQLITE_IOERR: DiskError,
    sqlite3.SQLITE_FULL: FullStoreError,
    sqlite3.SQLITE_CANTOPEN: UnreachableStoreError,
}


def store_error(error: sqlite3.Error, path: Path) -> StoreError:
    """Return the error of ours for one of SQLite's about this file.

    Statements are fixed and the schema is checked on opening: what is not about the disk or a lock, such as a table
    that is gone or text that cannot be decoded, comes from damage.
    """
    code = getattr(error, "sqlite_errorcode", None)
    return (_BY_CODE.get(code & 0xFF, DamagedStoreError) if code is not None else DamagedStoreError)(path)
