"""Searching everything stored, and keeping the index of it up to date."""

import asyncio
import dataclasses
from collections.abc import Callable, Sequence
from functools import partial

from newsreader.i18n import N_
from newsreader.models import (
    Headline,
    HeadlineList,
    ListedHeadline,
    ListKind,
    Opened,
    Page,
    Problem,
    Source,
    SourceKind,
)
from newsreader.query import begun, parse, write
from newsreader.service.refreshing import Sourcing
from newsreader.service.values import Found
from newsreader.storage.index import Hit, IndexState, SearchIndex

_SCHEME = "search:"  # of the addresses of searches that are sources
_LISTED = 300  # headlines of such a source
_PAUSE_S = 0.02  # between two steps of the index, so that others get their turn


class Searching(Sourcing):
    """Finds what both stores hold."""

    _index: SearchIndex | None = None
    _indexing: asyncio.Lock | None = None

    async def search(self, text: str, *, limit: int = 100, typing: bool = False) -> tuple[Found, ...]:
        """Return what is found, the youngest first, without passages: at once, however many there are.

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
        hits = await asyncio.to_thread(
            partial(index.newest, query, self.now().astimezone(), limit=limit, typing=typing)
        )
        return await self._found(hits)

    async def search_ranked(self, text: str, *, limit: int = 30, typing: bool = False) -> tuple[Found, ...]:
        """Return what is found with the passages that show it, the best first; raises as `search`."""
        query = parse(text)
        index = await self._open_index()
        hits = await asyncio.to_thread(
            partial(index.ranked, query, self.now().astimezone(), limit=limit, typing=typing)
        )
        return await self._found(hits)

    async def count_found(self, text: str) -> int:
        """Return how many a search finds; raises as `search`."""
        query = parse(text)
        return await asyncio.to_thread((await self._open_index()).count, query, self.now().astimezone())

    async def index_state(self) -> IndexState:
        """Return how much can be found by now.

        Raises:
            StoreError: the cache cannot be read.
        """
        return await asyncio.to_thread((await self._open_index()).state)

    async def keep_index_up(self, told: Callable[[int], object] | None = None, *, pause_s: float = _PAUSE_S) -> None:
        """Take everything into the index that is stored and not in it yet, in steps that hold nobody up.

        Args:
            told: Called with the number of stories that are left, after every step.
            pause_s: Seconds between two steps.

        Raises:
            StoreError: the cache cannot be written.
        """
        index = await self._open_index()
        self._indexing = self._indexing or asyncio.Lock()
        async with self._indexing:
            index.look_again()
            while left := await asyncio.to_thread(index.step):
                if told is not None:
                    told(left)
                await asyncio.sleep(pause_s)

    async def tidy_index(self) -> None:
        """Join the parts that the index lies in, where they have become many, in steps that hold nobody up.

        Searching is fastest in few. It is for when nothing else is going on: a large index takes some ten seconds.

        Raises:
            StoreError: the cache cannot be written.
        """
        index = await self._open_index()
        left = True
        while left:
            left = await asyncio.to_thread(index.tidy)
            await asyncio.sleep(_PAUSE_S)

    # --- searches as sources ----------------------------------------------------------------------

    async def follow_search(self, text: str) -> Source:
        """Keep a search as a source, which shows what it finds at the time.

        A last word that nothing has is kept as the beginning of one where something has that, as while one typed.

        Raises:
            QueryError: a filter is given what it does not know.
            StoreError: the library cannot be written.
        """
        words = write(parse(text))
        if not await self.search(words, limit=1) and await self.search(words, limit=1, typing=True):
            words = write(begun(parse(text)))
        return await self.keep_source(f"{_SCHEME}{words}", words, SourceKind.SEARCH)

    async def open(self, address: str, *, typed: bool = False, refresh: bool = False, offline: bool = False) -> Opened:
        """Return a page, as `Pages.open` does; "search:" and a query give what that finds, as a list."""
        if address.startswith(_SCHEME):
            await self.keep_index_up()
            return await self._searched(address)
        return await super().open(address, typed=typed, refresh=refresh, offline=offline)

    async def stored(self, address: str) -> Opened | None:
        """Return a copy, as `Pages.stored` does; a search is made on the spot."""
        return await self._searched(address) if address.startswith(_SCHEME) else await super().stored(address)

    async def _searched(self, address: str) -> Opened:
        text = address.removeprefix(_SCHEME)
        found = tuple(each.row.headline for each in await self.search(text, limit=_LISTED))
        lists = (HeadlineList(text, ListKind.OTHER, found),) if found else ()
        nothing = None if found else Problem("nothing-found", N_("Nothing that is stored has this."))
        return Opened(Page(address, text, headline_lists=lists, problem=nothing), self.now(), from_cache=False)

    async def aclose(self) -> None:
        """Close everything that was opened."""
        if self._index is not None:
            await asyncio.to_thread(self._index.close)
        await super().aclose()

    async def _open_index(self) -> SearchIndex:
        cache, library = await self._open_cache(), await self._open_library()
        if self._index is None:
            self._index = SearchIndex(cache, library)
        return self._index

    async def _found(self, hits: Sequence[Hit]) -> tuple[Found, ...]:
        headlines = [Headline(hit.title, hit.url, published=hit.published) for hit in hits]
        rows = await self.rows(headlines)
        return tuple(
            Found(_as_article(row, hit), hit.site_name, hit.language, hit.title_marks, hit.passage)
            for row, hit in zip(rows, hits, strict=True)
        )


def _as_article(row: ListedHeadline, hit: Hit) -> ListedHeadline:
    return dataclasses.replace(row, stored=row.stored or hit.is_article)
