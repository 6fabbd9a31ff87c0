"""What the reader has opened, the last first."""

from newsreader.models import Headline, ListedHeadline
from newsreader.service.listings import Listings
from newsreader.service.stores import Stores


class ReadingHistory:
    """Keeps what was opened, in the library."""

    def __init__(self, stores: Stores, listings: Listings) -> None:
        self._stores = stores
        self._listings = listings

    async def note(self, url: str, title: str) -> None:
        """Record that an article was opened; if the library cannot be written, that is reported elsewhere."""
        await self._stores.try_library(lambda library: library.opened.note(url, title))

    async def articles(self, words: str = "", *, limit: int = 5000) -> tuple[ListedHeadline, ...]:
        """Return what was opened as rows of a list, the last first: what has all the words in its title or address.

        Raises:
            StoreError: the library cannot be read.
        """
        opened = await self._stores.in_library(lambda library: library.opened.last(limit, words))
        return await self._listings.rows([Headline(each.title, each.url, published=each.opened_at) for each in opened])

    async def clear(self) -> int:
        """Forget all of it; return how many articles there were.

        Raises:
            StoreError: the library cannot be written.
        """
        return await self._stores.in_library(lambda library: library.opened.clear())
