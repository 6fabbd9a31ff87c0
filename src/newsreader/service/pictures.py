"""Pictures of articles, made small enough for the terminal."""

from newsreader.errors import translate_unexpected
from newsreader.pictures import Box, Raster
from newsreader.service.errors import NotStoredError
from newsreader.service.saved import Saving
from newsreader.urls import shown


class Picturing(Saving):
    """Shows pictures: the saved ones first, then those of the cache, then the network's."""

    async def raster(self, url: str, box: Box) -> Raster:
        """Return a picture of an article, as it fits into a box.

        Offline, and in frugal mode, only a picture that is kept here is shown.

        Raises:
            FetchError: it cannot be had.
            ExtractionError: it is no picture, or too much for the worker.
            NotStoredError: it is not kept here, and the network is not to be used.
            UnexpectedError: nobody foresaw it.
        """
        with translate_unexpected(f"the picture {shown(url)}"):
            picture = await self._kept_picture(url)
            if picture is None:
                if not self.online or self.settings.reading.frugal:
                    raise NotStoredError(address=shown(url))
                picture = await self.picture(url)
            return await self._sandbox.raster(picture.body, url, box)
