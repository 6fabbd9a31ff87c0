"""The layouts of the sites' lists, as the reader made them."""

import asyncio
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from newsreader.list_layout import ListLayout, list_layout_from_json, list_layout_to_json

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from newsreader.storage.library import Library

_LAYOUTS = "list-layouts"


class ListLayouts:
    """Keeps them in the library, each under the host of its site; a change of one can be undone."""

    def __init__(self, open_library: "Callable[[], Awaitable[Library]]") -> None:
        self._open_library = open_library

    async def of(self, address: str) -> ListLayout:
        """Return the layout of the site that a page belongs to.

        Raises:
            StoreError: the library cannot be read.
        """
        library = await self._open_library()
        layouts = await asyncio.to_thread(library.choice, _LAYOUTS)
        return list_layout_from_json(layouts.get(_site(address)) if isinstance(layouts, dict) else None)

    async def change(self, address: str, layout: ListLayout) -> None:
        """Use another layout for the site from now on.

        Raises:
            StoreError: the library cannot be written.
        """
        library = await self._open_library()
        value = list_layout_to_json(layout) or None
        await asyncio.to_thread(library.change_entry, _LAYOUTS, _site(address), value, address)


def _site(address: str) -> str:
    """Return the host, with the port where the address names one."""
    return urlsplit(address).netloc.rpartition("@")[2].removeprefix("www.")
