"""The whole service: what both front ends call."""

import asyncio

from newsreader.desktop import copy_to_clipboard, is_metered, open_beside, open_in_browser, opener_of
from newsreader.models import Enclosure
from newsreader.openers import Opener
from newsreader.service.export import Exporting
from newsreader.service.imports import Importing
from newsreader.service.maintenance import Caring
from newsreader.service.pictures import Picturing
from newsreader.service.unread_counts import Counting
from newsreader.storage.cache import CacheInfo
from newsreader.storage.database import own_errors
from newsreader.storage.screen import screen_file


class NewsService(Counting, Caring, Exporting, Importing, Picturing):
    """The program without a screen. Every method may be cancelled; only whole answers are stored."""

    async def heed_connection(self) -> bool:
        """Be frugal from now on where the connection asks for it; say whether that is new."""
        if self.settings.reading.frugal or not self.settings.network.heed_metered or not await is_metered():
            return False
        self.settings = self.settings.with_frugal()
        return True

    async def open_in_browser(self, url: str) -> None:
        """Show an address in the reader's browser.

        Raises:
            BrowserError: it is not http(s), or no browser could be started.
        """
        await open_in_browser(url)

    def opener_of(self, enclosure: Enclosure) -> Opener:
        """Return the program for a file that an item of a feed brings: the reader's own, else a usual one.

        Raises:
            OpenerError: there is none for it.
        """
        return opener_of(enclosure.url, enclosure.type, self.settings.openers)

    async def open_beside(self, opener: Opener, enclosure: Enclosure) -> None:
        """Start a program with a file, beside this one.

        Raises:
            OpenerError: it did not start.
        """
        await open_beside(opener, enclosure.url)

    async def copy(self, text: str) -> bool:
        """Put words on the clipboard of this desktop; False where the terminal has to do it alone."""
        return await copy_to_clipboard(text)

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
        screen = screen_file(self.directories.cache)
        await asyncio.to_thread((await self._open_cache()).clear)
        with own_errors(screen):
            screen.unlink(missing_ok=True)
