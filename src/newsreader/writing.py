"""Files written for the reader: whole or not at all, and never over another one."""

import errno
import logging
import os
import re
import stat
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import ClassVar

from newsreader.errors import NewsreaderError, UnexpectedError
from newsreader.i18n import N_, gettext, system_reason
from newsreader.text import line

_log = logging.getLogger(__name__)

_MOST_NUMBERS = 10_000
_AGAIN_S = 0.05  # after which a pipe that nobody read is tried again
_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK, errno.ENOSYS, errno.EACCES, errno.EINVAL)


class WriteError(NewsreaderError):
    """A file could not be written; nothing of it is left behind."""

    message = N_("Could not write {path}: {reason}.")
    hint = N_("Name another place for it.")
    kind = "write"
    exit_status: ClassVar[int] = 3


class NoDirectoryError(WriteError):
    """The directory for a file does not exist, or isn't a directory."""

    message = N_("Could not write {path}: its directory does not exist, or is a file.")
    hint = N_("Create the directory, or name another place.")
    kind = "no-directory"


class NotPermittedError(WriteError):
    """This user may not write there."""

    message = N_("Could not write {path}: permission was denied.")
    hint = N_("Name a directory of your own.")
    kind = "not-permitted"


class NoFileError(WriteError):
    """What has the name is a pipe or a device, and the interface writes files only."""

    message = N_("Could not write {path}: it is not a regular file.")
    kind = "no-file"


class NotOpenError(WriteError):
    """What is named by the number of a descriptor is not open for writing."""

    message = N_("Could not write {path}: it is not open for writing.")
    hint = N_("Name a file, or - for standard output.")
    kind = "not-open"


class FullDiskError(WriteError):
    """There is no room left."""

    message = N_("Could not write {path}: the disk is full.")
    hint = N_("Make room, or name a place on another disk.")
    kind = "disk-full"


def write_new(directory: Path, named: Callable[[int], str], body: bytes) -> Path:
    """Write a file that was not there before, and return where it is. It appears whole, or not at all.

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
    """Write a file whole, unless something has its name; return whether it was written. Its directory has to exist.

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


def write_over(path: Path, body: bytes) -> bool:
    """Replace a file of this name; return whether the content differs. Its directory has to exist.

    Whoever reads it at that time gets the old one or the new one, whole.

    Raises:
        WriteError: it could not be written; the old one is as it was.
    """
    partial = path.parent / f".newsreader-{os.urandom(8).hex()}.part"
    try:
        if _holds(path, body):
            return False
        try:
            _write(partial, body)
            partial.replace(path)
        finally:
            with suppress(FileNotFoundError):
                partial.unlink()
        _sync_directory(path.parent)
    except OSError as error:
        raise write_error(error, path) from error
    return True


def _holds(path: Path, body: bytes) -> bool:
    try:
        return path.stat().st_size == len(body) and path.read_bytes() == body
    except FileNotFoundError:
        return False


def _written(directory: Path, body: bytes, names: Iterable[str]) -> Path:
    """Write a file under the first of the names that is free, and return where it is.

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
    """Take a name with an empty file, where the file system has no links; False if it is taken."""
    try:
        path.open("xb").close()
    except FileExistsError:
        return False
    return True


def _sync_directory(directory: Path) -> None:
    """Flush the name to the disk too; where directories cannot be synced, the system does it later."""
    with suppress(OSError):
        number = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def write_error(error: OSError, path: Path) -> WriteError:
    """Return the system's error as one that says what to do."""
    shown = line(str(path), 500)
    match error.errno:
        case errno.ENOENT | errno.ENOTDIR:
            return NoDirectoryError(path=shown)
        case errno.EBADF:
            return NotOpenError(path=shown)
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return NotPermittedError(path=shown)
        case errno.ENOSPC | errno.EDQUOT:
            return FullDiskError(path=shown)
        case _:
            reason = system_reason(error.strerror or "") or gettext("it cannot be written")
            return WriteError(path=shown, reason=line(reason))


class UnusablePathError(NewsreaderError):
    """The system refuses a path, wherever it was used."""

    message = N_("{path} cannot be used: {reason}.")
    hint = WriteError.hint
    kind = "unusable-path"
    exit_status = WriteError.exit_status


# Of the path that was named, or of the disk below it: none of them is a fault of this program.
_OF_THE_PATH = frozenset(
    {errno.ENAMETOOLONG, errno.ELOOP, errno.ENOTDIR, errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EIO}
)


def error_for_reader(error: BaseException, boundary: str) -> NewsreaderError:
    """Return the message for an error that nothing caught before a boundary; it is logged whole.

    Args:
        error: What was raised. That the system refuses a path is a sentence about that path.
        boundary: What was being done, for the log.
    """
    if isinstance(error, NewsreaderError):
        return error
    if isinstance(error, OSError) and error.errno in _OF_THE_PATH and isinstance(error.filename, str | os.PathLike):
        _log.warning("refused by the system, %s", boundary, exc_info=error)
        reason = line(system_reason(error.strerror or ""))
        return UnusablePathError(path=line(os.fspath(error.filename), 300), reason=reason)
    return UnexpectedError.of(error, boundary)


# --- what is no file ------------------------------------------------------------------------------

_DESCRIPTORS = re.compile(r"/dev/(?:fd/(\d{1,9})|std(in|out|err))|/proc/(?:self|thread-self)/fd/(\d{1,9})", re.ASCII)
_STANDARD = {"in": 0, "out": 1, "err": 2}


def is_stream(path: Path) -> bool:
    """Return whether a path names what is written to and never made: a pipe, a device, or what is open already."""
    if _descriptor_of(path) is not None:
        return True
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def write_stream(path: Path, body: bytes, *, is_wanted: Callable[[], bool] = lambda: True) -> None:
    """Write to a pipe, a device, or what is open already; whoever reads a pipe may have had enough before its end.

    A pipe that nobody reads yet is waited for while `is_wanted` says so.

    Raises:
        WriteError: it could not be written.
    """
    try:
        with suppress(BrokenPipeError), os.fdopen(_opened_stream(path, is_wanted), "wb") as stream:
            stream.write(body)
    except OSError as error:
        raise write_error(error, path) from error


def _opened_stream(path: Path, is_wanted: Callable[[], bool]) -> int:
    number = _descriptor_of(path)
    if number is not None:
        if number not in _STANDARD.values() and not os.get_inheritable(number):  # this program's own: perhaps a store
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        return os.dup(number)  # if reopened, a file would be overwritten from its beginning
    while True:
        try:
            descriptor = os.open(path, os.O_WRONLY | getattr(os, "O_NONBLOCK", 0))
        except OSError as error:
            if error.errno != errno.ENXIO or not stat.S_ISFIFO(path.stat().st_mode) or not is_wanted():
                raise
            time.sleep(_AGAIN_S)
        else:
            os.set_blocking(descriptor, True)
            return descriptor


def _descriptor_of(path: Path) -> int | None:
    found = _DESCRIPTORS.fullmatch(str(path))
    if found is None:
        return None
    return _STANDARD[found[2]] if found[2] else int(found[1] or found[3])
