"""Searching everything stored, and keeping the index of it up to date."""

import asyncio
import dataclasses
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from newsreader.i18n import N_
from newsreader.models import Headline, HeadlineList, ListedHeadline, ListKind, Opened, Page, Problem
from newsreader.moments import local
from newsreader.passages import completing_last_word
from newsreader.query import parse, write
from newsreader.service.listings import Listings
from newsreader.service.stores import Stores
from newsreader.service.subscriptions import Subscriptions
from newsreader.service.values import FoundRow
from newsreader.source_values import Source, SourceKind
from newsreader.storage.index import Hit, IndexState, SearchIndex

SEARCH_SCHEME = "search"  # of the addresses of searches that are sources
_PREFIX = f"{SEARCH_SCHEME}:"
_LISTED = 300  # headlines of such a source
_PAUSE_S = 0.02  # between two steps of the index, so that others get their turn


class Search:
    """Searches both stores, and opens the addresses of searches."""

    def __init__(
        self, stores: Stores, listings: Listings, subscriptions: Subscriptions, now: Callable[[], datetime]
    ) -> None:
        self._stores = stores
        self._listings = listings
        self._subscriptions = subscriptions
        self._now = now
        self._index: SearchIndex | None = None
        self._indexing = asyncio.Lock()

    async def newest(self, text: str, *, limit: int = 100, typing: bool = False) -> tuple[FoundRow, ...]:
        """Return what is found, the newest first, without passages: at once, however many there are.

        Args:
            text: In the language of `query`; without any words, everything stored.
            limit: How many at most.
            typing: The last word may not be finished yet.

        Raises:
            QueryError: a filter is given what it does not know.
            StoreError: the cache cannot be read.
        """
        query = parse(text)
        index = await self._open_index()
        hits = await asyncio.to_thread(partial(index.newest, query, local(self._now()), limit=limit, typing=typing))
        return await self._found(hits)

    async def ranked(self, text: str, *, limit: int = 30, typing: bool = False) -> tuple[FoundRow, ...]:
        """Return what is found with the passages that show it, the best first; raises as `newest`."""
        query = parse(text)
        index = await self._open_index()
        hits = await asyncio.to_thread(partial(index.ranked, query, local(self._now()), limit=limit, typing=typing))
        return await self._found(hits)

    async def count(self, text: str) -> int:
        """Return how many a search finds; raises as `newest`."""
        query = parse(text)
        return await asyncio.to_thread((await self._open_index()).count, query, local(self._now()))

    async def index_state(self) -> IndexState:
        """Return how much is indexed so far.

        Raises:
            StoreError: the cache cannot be read.
        """
        return await asyncio.to_thread((await self._open_index()).state)

    async def update_index(self, on_step: Callable[[int], object] | None = None, *, pause_s: float = _PAUSE_S) -> None:
        """Add everything stored to the index that is not in it yet, in steps that delay nobody.

        Where the cache can only be read, the stores remember that not everything could be found.

        Args:
            on_step: Called with the number of stories that are left, after every step.
            pause_s: Seconds between two steps.

        Raises:
            StoreError: the cache cannot be written.
        """
        index = await self._open_index()
        async with self._indexing:
            index.rescan()
            while left := await asyncio.to_thread(index.index_batch):
                if on_step is not None:
                    on_step(left)
                await asyncio.sleep(pause_s)
            obstacle = await asyncio.to_thread(index.obstacle)
        if obstacle is not None:
            self._stores.note_unindexed(obstacle)

    async def merge_segments(self) -> None:
        """Merge the segments of the index if they have become many, in steps that delay nobody.

        Searching is fastest with few. Run it when nothing else is in progress: a large index takes some ten seconds.

        Raises:
            StoreError: the cache cannot be written.
        """
        index = await self._open_index()
        left = True
        while left:
            left = await asyncio.to_thread(index.merge_segments)
            await asyncio.sleep(_PAUSE_S)

    async def follow(self, text: str) -> Source:
        """Keep a search as a source, which shows what it finds at the time.

        A last word that nothing has is kept as the beginning of one where something has that, as while one typed.

        Raises:
            QueryError: a filter is given what it does not know.
            StoreError: the library cannot be written.
        """
        words = write(parse(text))
        if not await self.newest(words, limit=1) and await self.newest(words, limit=1, typing=True):
            words = write(completing_last_word(parse(text)))
        return await self._subscriptions.add(f"{_PREFIX}{words}", words, SourceKind.SEARCH)

    # --- searches as addresses --------------------------------------------------------------------

    async def open(self, address: str) -> Opened:
        """Return what the query of a search's address finds, as a list, from an index that is up to date."""
        await self.update_index()
        return await self.stored(address)

    async def stored(self, address: str) -> Opened:
        """Return what the query of a search's address finds, as a list."""
        text = address.removeprefix(_PREFIX)
        found = tuple(each.row.headline for each in await self.newest(text, limit=_LISTED))
        lists = (HeadlineList(text, ListKind.OTHER, found),) if found else ()
        unread = self._stores.unread or self._stores.unindexed
        nothing = Problem.of(unread) if unread is not None else Problem("nothing-found", N_("Nothing stored matches."))
        return Opened(
            Page(address, text, headline_lists=lists, problem=None if found else nothing), self._now(), from_cache=False
        )

    async def aclose(self) -> None:
        """Close the index."""
        if self._index is not None:
            await asyncio.to_thread(self._index.close)

    async def _open_index(self) -> SearchIndex:
        cache, library = await self._stores.cache(), await self._stores.library()
        if self._index is None:
            self._index = SearchIndex(cache, library)
        return self._index

    async def _found(self, hits: Sequence[Hit]) -> tuple[FoundRow, ...]:
        headlines = [Headline(hit.title, hit.url, published=hit.published) for hit in hits]
        rows = await self._listings.rows(headlines)
        return tuple(
            FoundRow(_as_article(row, hit), hit.site_name, hit.language, hit.title_marks, hit.passage)
            for row, hit in zip(rows, hits, strict=True)
        )


def _as_article(row: ListedHeadline, hit: Hit) -> ListedHeadline:
    return dataclasses.replace(row, stored=row.stored or hit.is_article)
