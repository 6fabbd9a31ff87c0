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
        layouts = await asyncio.to_thread(library.preferences.get, _LAYOUTS)
        return list_layout_from_json(layouts.get(_site(address)) if isinstance(layouts, dict) else None)

    async def change(self, address: str, update: "Callable[[ListLayout], ListLayout]") -> ListLayout:
        """Change the layout of a site, from the one that is kept now; return the new one.

        Raises:
            StoreError: the library cannot be written.
        """
        layouts = [ListLayout()]

        def updated(value: object) -> object:
            layouts[0] = update(list_layout_from_json(value))
            return list_layout_to_json(layouts[0]) or None

        library = await self._open_library()
        await asyncio.to_thread(library.preferences.update_entry, _LAYOUTS, _site(address), updated, address)
        return layouts[0]


def _site(address: str) -> str:
    """Return the host, with the port where the address names one."""
    return urlsplit(address).netloc.rpartition("@")[2].removeprefix("www.")
