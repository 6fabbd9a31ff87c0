"""Reading and writing as one who may not do everything: tests may be run by root, to whom permissions mean nothing."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_NOBODY = 65534


@contextmanager
def unprivileged() -> Iterator[Path]:
    """Be nobody in this process meanwhile, where it is root's; give a directory that is nobody's then."""
    with tempfile.TemporaryDirectory() as directory:
        if os.geteuid() != 0:
            yield Path(directory)
            return
        os.chown(directory, _NOBODY, _NOBODY)
        group = os.getegid()
        os.setegid(_NOBODY)
        os.seteuid(_NOBODY)
        try:
            yield Path(directory)
        finally:
            os.seteuid(0)
            os.setegid(group)
