"""All sources as one list by time: page by page, so that it opens at once however much there is."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from newsreader.list_layout import Order
from newsreader.models import ListedHeadline
from newsreader.service.listings import Listings
from newsreader.service.stores import Stores
from newsreader.service.subscriptions import Subscriptions, names_of
from newsreader.source_values import RiverPosition, Source, SourceKind
from newsreader.storage.sources import source_key
from newsreader.values import dataclass

if TYPE_CHECKING:
    from newsreader.storage.cache import Cache
    from newsreader.storage.river import RiverPage, RiverStory

_OF_SOURCES = 3000  # headlines of all sources, where they are listed source by source
_MOST, _LEAST = 500, 20  # of one of them


@dataclass(frozen=True, slots=True)
class RiverRows:
    """Some rows of the river; `end` is where the next ones begin, None after the last."""

    rows: tuple[ListedHeadline, ...]
    end: "RiverPosition | None"


class River:
    """Lists what the sources that are followed show."""

    def __init__(self, stores: Stores, listings: Listings, subscriptions: Subscriptions) -> None:
        self._stores = stores
        self._listings = listings
        self._subscriptions = subscriptions

    async def page(
        self, order: Order, *, after: "RiverPosition | None" = None, limit: int = 300, unread_only: bool = False
    ) -> RiverRows:
        """Return the next rows in an order; by source all that are listed come at once, the newest of each."""
        sources = [each for each in await self._subscriptions.all() if each.kind is not SourceKind.SEARCH]
        if order is Order.SOURCE:
            return RiverRows(await self._source_by_source(sources, unread_only), None)
        urls = [source.url for source in sources]

        def read(cache: "Cache") -> "RiverPage":
            return cache.river.page(urls, order, after=after, limit=limit, unread_only=unread_only)

        page = await self._stores.read_cache(read)
        if page is None:
            return RiverRows((), None)
        return RiverRows(await self._rows(sources, page.stories), page.end)

    async def _source_by_source(self, sources: list[Source], unread_only: bool) -> tuple[ListedHeadline, ...]:
        limit = max(_LEAST, min(_MOST, _OF_SOURCES // (len(sources) or 1)))

        def read(cache: "Cache") -> "list[RiverStory]":
            stories: dict[str, RiverStory] = {}  # each once, with the first source that shows it
            for source in sources:
                for story in cache.river.newest_of(source.url, limit, unread_only=unread_only):
                    stories.setdefault(story.headline.url, story)
            return list(stories.values())

        return await self._rows(sources, await self._stores.read_cache(read) or ())

    async def _rows(self, sources: Iterable[Source], stories: "Iterable[RiverStory]") -> tuple[ListedHeadline, ...]:
        """Return stories as rows, each with the sources that show it, under the rules for the first of them."""
        by_key = {source_key(source.url): source for source in sources}
        listed = list(stories)
        rows = await self._listings.rows([story.headline for story in listed])
        placed: dict[str, list[int]] = {}
        named = []
        for number, (row, story) in enumerate(zip(rows, listed, strict=True)):
            titles = [by_key[key].title for key in story.sources if key in by_key]
            named.append(replace(row, source=_with_others(titles)))
            placed.setdefault(story.sources[0] if story.sources else "", []).append(number)
        for key, numbers in placed.items():
            names = names_of(by_key[key]) if key in by_key else ()
            ruled = await self._listings.filtered(tuple(named[number] for number in numbers), names)
            for number, row in zip(numbers, ruled, strict=True):
                named[number] = row
        return tuple(named)


def _with_others(titles: list[str]) -> str:
    return f"{titles[0]} +{len(titles) - 1}" if len(titles) > 1 else "".join(titles)
