"""A lock between programs, dropped however the program ends."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from newsreader.storage.connection import translate_sqlite_errors
from newsreader.storage.paths import make_private_directory


@contextmanager
def alone(path: Path) -> Iterator[bool]:
    """Hold the lock of this file, and yield whether it was available, without waiting for it.

    Raises:
        StoreError: the file can be neither opened nor made.
    """
    with translate_sqlite_errors(path):
        make_private_directory(path.parent)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield _taken(descriptor)
    finally:
        os.close(descriptor)


def _taken(descriptor: int) -> bool:
    if sys.platform == "win32":
        import msvcrt

        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
