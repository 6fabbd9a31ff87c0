"""The whole service: what both front ends call."""

import asyncio
from datetime import timedelta

from newsreader.desktop import copy_to_clipboard, open_in_browser
from newsreader.service.deferred import screen_file
from newsreader.service.exporting import Exporting
from newsreader.service.importing import Importing
from newsreader.service.picturing import Picturing
from newsreader.service.searching import Searching
from newsreader.service.syncing import Syncing
from newsreader.storage.cache import CacheInfo


class NewsService(Searching, Syncing, Exporting, Importing, Picturing):
    """The program without a screen. Every method may be cancelled; only whole answers are stored."""

    async def open_in_browser(self, url: str) -> None:
        """Show an address in the reader's browser.

        Raises:
            BrowserError: it is not http(s), or no browser could be started.
        """
        await open_in_browser(url)

    async def copy(self, text: str) -> bool:
        """Put words on the clipboard of this desktop; False where the terminal has to do it alone."""
        return await copy_to_clipboard(text)

    async def care(self) -> None:
        """Keep the stores small and safe: forget what is old, back the library up once a day. For idle moments."""
        limits = self.settings.cache
        age, size = timedelta(days=limits.max_age_days), limits.max_size_mb * 1_000_000
        await self._write_cache(lambda cache: cache.prune(age, size))
        await self._write_cache(lambda cache: cache.checkpoint())
        await self.prune_downloads()
        await self._tried(self._open_library, lambda library: library.tidy())
        library = self._library
        if library is not None and library.problem is None:
            await self._write_cache(lambda cache: cache.mark_as(library.read_among))
        await self._tried(self._open_library, lambda library: library.back_up())

    # --- the cache --------------------------------------------------------------------------------

    async def cache_info(self) -> CacheInfo:
        """Return what the cache holds.

        Raises:
            StoreError: it cannot be read.
        """
        return await asyncio.to_thread((await self._open_cache()).info)

    async def clear_cache(self) -> None:
        """Forget everything that can be fetched again; the library stays as it is.

        Raises:
            StoreError: the cache cannot be written.
        """
        screen_file(self.directories).unlink(missing_ok=True)
        await asyncio.to_thread((await self._open_cache()).clear)
