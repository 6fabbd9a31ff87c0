"""What the reader means to read later: a queue of its own, apart from what is saved for good."""

from collections.abc import Iterable
from dataclasses import replace

from newsreader.models import Headline, ListedHeadline
from newsreader.service.listings import Listings
from newsreader.service.stores import Stores


class LaterQueue:
    """Keeps the queue in the library. A sync downloads what is in it; what is marked read or read to its end leaves it.

    Methods raise `StoreError` if the library cannot be read or written, unless they say otherwise.
    """

    def __init__(self, stores: Stores, listings: Listings) -> None:
        self._stores = stores
        self._listings = listings

    async def add(self, headlines: Iterable[Headline]) -> int:
        """Put articles into the queue as one change, which can be undone; return how many were not in it."""
        articles = [(headline.url, headline.title) for headline in headlines]
        return await self._stores.in_library(lambda library: library.later.add(articles))

    async def remove(self, urls: Iterable[str]) -> int:
        """Take articles out of the queue as one change, which can be undone; return how many were in it."""
        gone = list(urls)
        return await self._stores.in_library(lambda library: library.later.remove(gone))

    async def articles(self) -> tuple[ListedHeadline, ...]:
        """Return what is in the queue as rows of a list, the last added first."""
        kept = await self._stores.in_library(lambda library: library.later.all())
        rows = await self._listings.rows([Headline(each.title, each.url, published=each.added_at) for each in kept])
        return tuple(replace(row, later=True) for row in rows)

    async def count(self) -> int:
        """Return how many articles are in the queue."""
        return await self._stores.read_library(lambda library: library.later.count()) or 0
