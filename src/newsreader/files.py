"""Reading whole regular files: anything else, such as a pipe, is an error and never waited for; naming paths."""

import errno
import os
import stat
from pathlib import Path

from newsreader.i18n import N_

_NO_FILE = N_("not a regular file")


def read_file(path: Path, limit: int = -1) -> bytes:
    """Return what a file holds; with a limit, so many bytes of it at most.

    Raises:
        OSError: it cannot be read, or is a pipe, a device, a directory or the like.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags), "rb") as file:  # of a directory this raises by itself
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, _NO_FILE, str(path))
        return file.read(limit)


def at_home(path: Path | str) -> Path:
    """Return a path with its tilde replaced; the tilde of an unknown user stays as it is, as in a shell."""
    return Path(os.path.expanduser(path))  # noqa: PTH111  (pathlib raises where the user is unknown)


def absolute(path: Path | str) -> Path:
    """Return a path from the root; a relative one stays as it is where the working directory has been deleted."""
    try:
        return Path(path).absolute()
    except OSError:
        return Path(path)


def real(path: Path) -> Path:
    """Return a path without links; as it is, from the root, where its links lead in a circle or cannot be followed."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return absolute(path)


def with_tilde(path: Path) -> str:
    """Return a path as people write it, with a tilde for their home directory."""
    try:
        return str(Path("~", path.relative_to(Path.home())))
    except (ValueError, RuntimeError):  # it is elsewhere, or there is no home directory
        return str(path)
