"""When garbage is collected: not while a long list comes in, for every collection stops all threads."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_MANY = 20_000  # objects, a look at which takes some milliseconds
_using = 0


@contextmanager
def gc_paused() -> Iterator[None]:
    """Look for no garbage meanwhile; many objects that have come are taken to stay, and never looked at again.

    Values hold no rings: they go when nothing names them any more, whether they are looked at or not.
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
