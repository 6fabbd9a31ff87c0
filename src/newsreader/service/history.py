"""Changes that can be undone."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from newsreader.service.clock import utc_now
from newsreader.service.stores import Stores
from newsreader.storage.journal import DEVICES

if TYPE_CHECKING:
    from newsreader.library_values import Change
    from newsreader.storage.cache import Cache

_LONG_AGO = timedelta(hours=1)


class ChangeHistory:
    """Undoes changes of the library, the last one first.

    Attributes:
        on_undone: Called with every change that was undone, to undo what is outside the library.
    """

    def __init__(self, stores: Stores) -> None:
        self._stores = stores
        self._has_named_earlier = False
        self.on_undone: list[Callable[[Change], Awaitable[None]]] = []

    async def earlier(self) -> "Change | None":
        """Return what `undo` would take back, if it was done long before the start; only the first time in a row.

        A reader who presses a key once too often does not mean what they did days ago, and does not see it change.
        What they did just before a restart they may well mean.
        """
        change = await self._stores.read_library(lambda library: library.undo_log.earlier())
        if change is not None and utc_now() - change.changed_at < _LONG_AGO:
            change = None
        is_first = not self._has_named_earlier
        self._has_named_earlier = change is not None
        return change if is_first else None

    async def undo(self) -> "Change | None":
        """Undo the last change, and return it; None if there is none left.

        Raises:
            StoreError: the library cannot be written.
            NewsreaderError: what is outside of the library cannot be as it was before.
        """
        change = await self._stores.in_library(lambda library: library.undo_log.undo())
        for is_read in (True, False):
            urls = [] if change is None else [url for url, mark in change.marks if mark == is_read]
            if urls:
                await self._stores.write_cache(partial(_mark, urls, is_read))
        if change is not None:
            for observer in self.on_undone:
                await observer(change)
        if change is not None and change.action == DEVICES:
            library = await self._stores.library()
            await self._stores.write_cache(lambda cache: cache.source_checks.mark_as(library.read_marks.among))
        return change


def _mark(urls: Sequence[str], is_read: bool, cache: "Cache") -> None:
    cache.source_checks.mark(urls, is_read)
