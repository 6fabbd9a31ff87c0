"""When garbage is collected: not while a long list comes in, as every collection stops all threads."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_MANY = 20_000  # objects, a look at which takes some milliseconds
_using = 0


@contextmanager
def gc_paused() -> Iterator[None]:
    """Pause garbage collection; if many objects have come, expect them to stay, and exclude them from later runs.

    Values form no cycles: they are freed when nothing refers to them any more, with or without collection.
    """
    global _using  # noqa: PLW0603  (there is one collector for all)
    if not _using and not gc.isenabled():
        yield
        return
    gc.disable()
    _using += 1
    try:
        yield
    finally:
        _using -= 1
        if not _using:
            if gc.get_count()[0] > _MANY:
                gc.freeze()
            gc.enable()
