"""Pictures of articles: fetched, kept, made small enough for the terminal."""

import asyncio
from collections.abc import Iterable

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
        """Return the pictures of these addresses: known ones, stored ones, and those that are fetched.

        What cannot be fetched is left out, and the count says so.
        """
        at_hand = {picture.url: picture for picture in known}
        limit = asyncio.Semaphore(_AT_ONCE)

        async def picture(url: str) -> SavedPicture | None:
            if url in at_hand:
                return at_hand[url]
            if not may_fetch:
                return await self.stored(url)
            async with limit:
                try:
                    with translate_unexpected(f"fetching {shown(url)}"):
                        return await self.fetch(url)
                except StoreError:
                    raise
                except NewsreaderError:
                    return None

        found = await asyncio.gather(*(picture(url) for url in urls))
        return tuple(one for one in found if one is not None)
