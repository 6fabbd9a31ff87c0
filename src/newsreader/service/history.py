"""Changes that can be undone."""

from typing import TYPE_CHECKING

from newsreader.service.stores import Stores

if TYPE_CHECKING:
    from newsreader.library_values import Change


class ChangeHistory:
    """Undoes changes of the library, the last one first."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    async def undo(self) -> "Change | None":
        """Undo the last change, and return it; None if there is none left.

        Raises:
            StoreError: the library cannot be written.
        """
        change = await self._stores.in_library(lambda library: library.undo_log.undo())
        if change is not None and change.action in ("read", "unread"):
            await self._stores.write_cache(
                lambda cache: cache.source_checks.mark(change.urls, change.action == "unread")
            )
        return change
