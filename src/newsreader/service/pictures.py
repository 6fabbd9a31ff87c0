"""Pictures of articles: fetched, kept, made small enough for the terminal."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable

from newsreader.contents import Wanted
from newsreader.errors import NewsreaderError, translate_unexpected
from newsreader.pictures import PictureBox, Raster
from newsreader.sandbox import Sandbox
from newsreader.service.active_settings import ActiveSettings
from newsreader.service.errors import NotStoredError
from newsreader.service.network import Network
from newsreader.service.site_client import SiteClient
from newsreader.service.stores import Stores
from newsreader.storage.article_parts import SavedPicture
from newsreader.storage.errors import StoreError
from newsreader.urls import shown

MOST_PICTURES = 40  # of one article that is kept
_AT_ONCE = 4
_PATIENCE_SHARE = 0.5  # of the time for one response: for so long a reader waits although no picture arrives


class Pictures:
    """Provides pictures: the saved ones first, then those of the cache, then the network's."""

    def __init__(
        self, stores: Stores, settings: ActiveSettings, network: Network, client: SiteClient, sandbox: Sandbox
    ) -> None:
        self._stores = stores
        self._settings = settings
        self._network = network
        self._client = client
        self._sandbox = sandbox

    async def raster(self, url: str, box: PictureBox) -> Raster:
        """Return a picture of an article, scaled to fit into a box.

        Offline, and in frugal mode, only a picture that is kept here is shown.

        Raises:
            FetchError: it cannot be fetched.
            ExtractionError: it is not a picture, or too large for the worker.
            NotStoredError: it is not stored here, and the network is not to be used.
            UnexpectedError: anything else failed.
        """
        with translate_unexpected(f"the picture {shown(url)}"):
            picture = await self.stored(url)
            if picture is None:
                if not self._network.online or self._settings.is_frugal:
                    raise NotStoredError(address=shown(url))
                picture = await self.fetch(url)
            return await self._sandbox.raster(picture.body, url, box)

    async def fetch(self, url: str) -> SavedPicture:
        """Return a picture's bytes: those that are kept here, else from the network.

        Raises:
            FetchError: it cannot be fetched.
        """
        kept = await self.stored(url)
        if kept is not None:
            return kept
        picture = await self.download(url)
        await self._stores.write_cache(lambda cache: cache.pictures.put(url, picture.body, picture.content_type))
        return picture

    async def stored(self, url: str) -> SavedPicture | None:
        """Return a picture that is kept here; None if it is not."""
        cached = await self._stores.read_cache(lambda cache: cache.pictures.of(url))
        if cached is not None:
            return SavedPicture(url, cached[1], cached[0])
        return await self._stores.read_library(lambda library: library.picture(url))

    async def download(self, url: str) -> SavedPicture:
        """Return a picture from the network.

        Raises:
            FetchError: it cannot be fetched.
        """
        response, _ = await self._client.fetch(url, wanted=Wanted.PICTURE)
        return SavedPicture(url, response.content_type or "application/octet-stream", response.body)

    async def all_of(
        self, urls: Iterable[str], known: Iterable[SavedPicture] = (), *, may_fetch: bool = True
    ) -> tuple[SavedPicture, ...]:
        """Return the pictures of these addresses: known ones, stored ones, and those that are fetched, in this order.

        What cannot be fetched is left out, and the count says so. So is what is still to come when no picture has
        arrived for a while: a reader is waiting for them.
        """
        wanted = tuple(dict.fromkeys(urls))
        found = {picture.url: picture for picture in known}
        for url in wanted:
            if url not in found and (kept := await self.stored(url)) is not None:
                found[url] = kept
        missing = [url for url in wanted if url not in found]
        if missing and may_fetch:
            patience_s = self._settings.current.network.timeout * _PATIENCE_SHARE
            found.update({each.url: each for each in await _arrived(missing, self._fetched, patience_s)})
        return tuple(found[url] for url in wanted if url in found)

    async def _fetched(self, url: str) -> SavedPicture | None:
        """Return a picture from the network; None if it cannot be fetched.

        Raises:
            StoreError: the library or the cache cannot be read or written.
        """
        try:
            with translate_unexpected(f"fetching {shown(url)}"):
                return await self.fetch(url)
        except StoreError:
            raise
        except NewsreaderError:
            return None


async def _arrived(
    urls: Iterable[str], fetch: Callable[[str], Awaitable[SavedPicture | None]], patience_s: float
) -> list[SavedPicture]:
    """Return the pictures that arrive, a few at a time, each within the patience after the one before."""
    limit = asyncio.Semaphore(_AT_ONCE)

    async def one(url: str) -> SavedPicture | None:
        async with limit:
            return await fetch(url)

    pending = {asyncio.create_task(one(url)) for url in urls}
    found = []
    loop = asyncio.get_running_loop()
    until = loop.time() + patience_s
    try:
        while pending and (left_s := until - loop.time()) > 0:
            done, pending = await asyncio.wait(pending, timeout=left_s, return_when=asyncio.FIRST_COMPLETED)
            arrived = [picture for task in done if (picture := task.result()) is not None]
            found += arrived
            if arrived:
                until = loop.time() + patience_s
    finally:
        for task in pending:
            task.cancel()
        await asyncio.gather(*pending, return_exceptions=True)
    return found
