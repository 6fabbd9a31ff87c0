"""Files and directories that only their owner may read, and what may be at their paths instead."""

import os
import stat
from pathlib import Path

from newsreader.storage.errors import (
    NoRegularFileError,
)


def make_private_directory(path: Path) -> None:
    """Make the directory and those above it that are missing, open to their owner alone.

    Raises:
        OSError: as `mkdir` does.
    """
    for directory in (*reversed(path.parents), path):
        if not directory.is_dir():
            directory.mkdir(mode=0o700, exist_ok=True)


def make_private_file(path: Path) -> None:
    """Make the file before SQLite does, which would let everyone read it; its journals get the same mode."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        mode = path.stat().st_mode
        if stat.S_ISREG(mode) and stat.S_IMODE(mode) & 0o077:
            path.chmod(0o600)


def size(path: Path) -> int:
    """Return the size of a file; 0 if there is none, or something else at its path."""
    try:
        status = path.stat()
    except OSError:
        return 0
    return status.st_size if stat.S_ISREG(status.st_mode) else 0


def is_absent(path: Path) -> bool:
    """Return whether nothing is at the path, or a file that was created but never written to."""
    try:
        status = path.lstat()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return stat.S_ISREG(status.st_mode) and status.st_size == 0


def sync(path: Path) -> None:
    """Flush a file, or the names in a directory, to the disk; Windows can do this only for files."""
    is_directory = path.is_dir()
    if is_directory and os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY if is_directory else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def require_regular_file(path: Path) -> None:
    """Check that the path is a regular file or absent: a pipe would block forever, a device swallow everything.

    Raises:
        NoRegularFileError: it is something else.
    """
    try:
        mode = path.stat().st_mode
    except OSError:  # SQLite says it better
        return
    if not stat.S_ISREG(mode):
        raise NoRegularFileError(path)
