"""Several changes of the library that the reader makes at once, and undoes at once."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_CURRENT: ContextVar[str | None] = ContextVar("one_change", default=None)


def new_change() -> str:
    """Return a name for a change that is still to be made; no other change has it."""
    return os.urandom(8).hex()


def current_change() -> str | None:
    """Return the change that everything done now is part of; None if each is a change of its own."""
    return _CURRENT.get()


@contextmanager
def as_one_change(name: str | None = None) -> Iterator[None]:
    """Make everything done inside, also in other threads, part of one change: the given one, else a new one."""
    token = _CURRENT.set(name or new_change())
    try:
        yield
    finally:
        _CURRENT.reset(token)
