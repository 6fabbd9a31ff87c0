"""Files that are written for the reader: whole or not at all, and never in the place of another one."""

import errno
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import ClassVar

from newsreader.errors import NewsreaderError
from newsreader.i18n import N_, gettext, system_reason
from newsreader.text import line

_MOST_NUMBERS = 10_000
_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK, errno.ENOSYS, errno.EACCES, errno.EINVAL)


class WriteError(NewsreaderError):
    """A file could not be written; nothing of it is left behind."""

    message = N_("Could not write {path}: {reason}.")
    hint = N_("Name another place for it.")
    kind = "write"
    exit_status: ClassVar[int] = 3


class NoDirectoryError(WriteError):
    """The directory that a file is to lie in does not exist, or is none."""

    message = N_("Could not write {path}: there is no such directory.")
    hint = N_("Make the directory, or name another place.")
    kind = "no-directory"


class NotPermittedError(WriteError):
    """This user may not write there."""

    message = N_("Could not write {path}: it is not permitted.")
    hint = N_("Name a directory of your own.")
    kind = "not-permitted"


class FullDiskError(WriteError):
    """There is no room left."""

    message = N_("Could not write {path}: the disk is full.")
    hint = N_("Make room, or name a place on another disk.")
    kind = "disk-full"


def write_new(directory: Path, named: Callable[[int], str], body: bytes) -> Path:
    """Write a file that was not there before, and return where it lies. It appears whole, or not at all.

    Args:
        directory: That has to exist.
        named: The name to be tried at the first, the second … time: one that is taken is not touched.
        body: The content.

    Raises:
        WriteError: it could not be written.
    """
    wanted = directory / named(1)
    try:
        return _written(directory, body, map(named, range(1, _MOST_NUMBERS)))
    except OSError as error:
        raise write_error(error, wanted) from error


def write_unless_there(path: Path, body: bytes) -> bool:
    """Write a file whole, unless something has its name; say whether it was written. Its directory has to exist.

    Raises:
        WriteError: it could not be written; nothing of it is left behind.
    """
    if os.path.lexists(path):
        return False
    try:
        _written(path.parent, body, [path.name])
    except FileExistsError:
        return False
    except OSError as error:
        raise write_error(error, path) from error
    return True


def _written(directory: Path, body: bytes, names: Iterable[str]) -> Path:
    """Write a file under the first of the names that is free, and return where it lies.

    Raises:
        FileExistsError: none is.
        OSError: it could not be written.
    """
    partial = directory / f".newsreader-{os.urandom(8).hex()}.part"
    try:
        _write(partial, body)
        path = _in_place(partial, directory, names)
    finally:
        with suppress(FileNotFoundError):
            partial.unlink()
    _sync_directory(directory)
    return path


def _write(path: Path, body: bytes) -> None:
    with path.open("xb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())


def _in_place(partial: Path, directory: Path, names: Iterable[str]) -> Path:
    """Give the written file the first name that is free, without a moment in which another could lose its own."""
    for name in names:
        path = directory / name
        try:
            os.link(partial, path)
        except FileExistsError:
            continue
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            if not _reserved(path):
                continue
            try:
                partial.replace(path)
            except OSError:
                path.unlink()  # it is empty
                raise
        return path
    raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))


def _reserved(path: Path) -> bool:
    """Take a name with an empty file, where the file system has no links; False where it is taken."""
    try:
        path.open("xb").close()
    except FileExistsError:
        return False
    return True


def _sync_directory(directory: Path) -> None:
    """Have the name on the disk as well; where directories cannot be synchronised, the system does it in time."""
    with suppress(OSError):
        number = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def write_error(error: OSError, path: Path) -> WriteError:
    """Return the system's error as one that tells what to do."""
    shown = line(str(path), 500)
    match error.errno:
        case errno.ENOENT | errno.ENOTDIR:
            return NoDirectoryError(path=shown)
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return NotPermittedError(path=shown)
        case errno.ENOSPC | errno.EDQUOT:
            return FullDiskError(path=shown)
        case _:
            reason = system_reason(error.strerror or "") or gettext("it cannot be written")
            return WriteError(path=shown, reason=line(reason))
