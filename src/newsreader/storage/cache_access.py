"""What the parts of the cache need of its file."""

import sqlite3
from collections.abc import Callable, Iterable
from typing import Protocol, TypeVar

from newsreader.storage.database import Database

T = TypeVar("T")
V = TypeVar("V")

GAP_S = 0.003  # between two transactions; who waits to write asks every other millisecond
DROPPED_KEPT = 200  # headlines of a list that it does not show any more


class CacheAccess(Protocol):
    """The file of the cache, held by `Cache`, which deals with damage."""

    @property
    def database(self) -> Database: ...  # noqa: D102
    def read(self, work: Callable[[sqlite3.Connection], T]) -> T: ...  # noqa: D102
    def write(self, work: Callable[[sqlite3.Connection], T]) -> T: ...  # noqa: D102
    def read_in_parts(self, work: Callable[[sqlite3.Connection, V | None], list[V]]) -> list[V]: ...  # noqa: D102
    def write_in_parts(  # noqa: D102
        self, values: Iterable[V], work: Callable[[sqlite3.Connection, list[V]], object]
    ) -> None: ...
