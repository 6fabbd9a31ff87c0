"""Which stories the reader has read."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from newsreader.service.stores import Stores
from newsreader.source_values import Source


class ReadMarks:
    """Sets and removes read marks, in the library and in what the cache counts as unread.

    Methods raise `StoreError` if the library cannot be read or written, unless they say otherwise.
    """

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    async def mark(self, url: str, read: bool = True, *, undoable: bool = True, opened: bool = False) -> None:
        """Set or remove the read mark of a story; `undoable` if that is what the reader wanted.

        What is read only because it was `opened` may be in progress, and stays in the queue to read later.
        """
        await self.mark_all((url,), read, undoable=undoable, opened=opened)

    async def mark_all(
        self, urls: Sequence[str], read: bool = True, *, undoable: bool = True, opened: bool = False
    ) -> int:
        """Set or remove the read marks of stories, as one change; return how many were changed by it."""
        changed = await self._stores.in_library(
            lambda library: library.read_marks.mark_all(urls, read=read, undoable=undoable, opened=opened)
        )
        await self._stores.write_cache(lambda cache: cache.source_checks.mark(urls, read))
        return changed

    async def mark_sources(
        self, sources: Iterable[Source], others: Iterable[str] = (), *, until: datetime | None = None
    ) -> int:
        """Mark everything in sources read, and other stories with it, as one change; return how many were unread.

        What came after `until` stays as it is.
        """
        urls = [source.url for source in sources]
        unread = await self._stores.read_cache(lambda cache: cache.source_checks.unread_urls(urls, until=until)) or ()
        return await self.mark_all([*others, *unread])

    async def toggle(self, url: str) -> bool:
        """Mark a story read if the library has it unread, else unread; return whether it is read now. Can be undone."""
        is_read = await self._stores.in_library(lambda library: library.read_marks.toggle(url))
        await self._stores.write_cache(lambda cache: cache.source_checks.mark((url,), is_read))
        return is_read
