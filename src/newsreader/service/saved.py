"""What the reader keeps for good."""

from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from newsreader.models import Headline, ListedHeadline, Page, picture_urls
from newsreader.query import parse, tag_name, write
from newsreader.service.active_settings import ActiveSettings
from newsreader.service.copies import Copies
from newsreader.service.errors import NothingToSaveError, NotSavedError, NotStoredError
from newsreader.service.listings import Listings
from newsreader.service.pages import Pages
from newsreader.service.pictures import MOST_PICTURES, Pictures
from newsreader.service.search import Search
from newsreader.service.stores import Stores
from newsreader.service.values import Saved
from newsreader.storage.article_parts import SavedArticle
from newsreader.storage.errors import StoreError
from newsreader.storage.saved import SavedRow
from newsreader.urls import entry_id, normalise_url, shown, split_credentials, story_key, without_fragment

_MOST_FOUND = 1_000_000


class SavedArticles:
    """Keeps articles whole: page, pictures, original response.

    Methods raise `StoreError` if the library cannot be read or written, unless they say otherwise.
    """

    def __init__(
        self,
        stores: Stores,
        settings: ActiveSettings,
        pages: Pages,
        copies: Copies,
        pictures: Pictures,
        listings: Listings,
        search: Search,
        now: Callable[[], datetime],
    ) -> None:
        self._stores = stores
        self._settings = settings
        self._pages = pages
        self._copies = copies
        self._pictures = pictures
        self._listings = listings
        self._search = search
        self._now = now
        self.on_saved: list[Callable[[str, str], Awaitable[None]]] = []  # called with its address and its title

    async def save(self, address: str, *, typed: bool = False, offline: bool = False) -> Saved:
        """Keep an article for good: its page, its pictures and the original response.

        One that was downloaded is kept as it is, without asking its site again for more than the pictures that it
        lacks.

        Raises:
            NothingToSaveError: there is no article at the address.
            FetchError, ExtractionError, InvalidURLError: as `Pages.open`.
        """
        key, _ = split_credentials(normalise_url(address, keep_fragment=not typed))
        await self._stores.library()
        may_fetch = not offline and not self._settings.is_frugal
        kept = await self._downloaded(key)
        if kept is None or kept.page.article is None:
            opened = await self._pages.open(address, typed=typed, offline=offline)
            if opened.page.article is None:
                raise NothingToSaveError(address=shown(key))
            is_entry = entry_id(opened.page.url) is not None  # then the answer is the whole feed
            response = None if is_entry else await self._copies.response(without_fragment(key))
            kept = SavedArticle(key, opened.page, (), response, self._now())
        article = kept.page.article
        assert article is not None
        pictures = await self._pictures.all_of(
            picture_urls(article)[:MOST_PICTURES], kept.pictures, may_fetch=may_fetch
        )
        whole = replace(kept, pictures=pictures, saved_at=self._now())
        await self._stores.in_library(lambda library: library.saved.save(whole))
        for observer in self.on_saved:
            await observer(key, kept.title)
        return Saved(key, kept.title, len(pictures), len(picture_urls(article)))

    async def remove(self, address: str) -> None:
        """Remove an article from the library.

        Raises:
            NotSavedError: it is not there.
        """
        key, _ = split_credentials(normalise_url(address, keep_fragment=True))
        is_removed = await self._stores.in_library(lambda library: library.saved.remove(key))
        if not is_removed and (page := split_credentials(normalise_url(address))[0]) != key:
            is_removed = await self._stores.in_library(lambda library: library.saved.remove(page))
        if not is_removed:
            raise NotSavedError(address=shown(key))

    async def save_stored(self, address: str, title: str) -> Saved | None:
        """Keep what is stored of an article; nothing but its address, which a sync completes, gives None.

        Raises:
            NothingToSaveError, InvalidURLError: as `save`.
        """
        with suppress(NotStoredError, StoreError):
            return await self.save(address, offline=True)
        key, _ = split_credentials(normalise_url(address, keep_fragment=True))
        bare = SavedArticle(key, Page(key, title), (), None, self._now())
        await self._stores.in_library(lambda library: library.saved.save(bare))
        return None

    async def toggle(self, address: str) -> Saved | None:
        """Remove an article from the library if it is there, else save it; None if it was removed.

        Raises:
            NothingToSaveError, StoreError, FetchError, ExtractionError, InvalidURLError: as `save`.
        """
        return None if await self.discard(address) else await self.save(address)

    async def discard(self, address: str) -> bool:
        """Remove an article from the library; return whether it was there."""
        key, _ = split_credentials(normalise_url(address))
        return await self._stores.in_library(lambda library: library.saved.remove(key))

    async def articles(self) -> tuple[ListedHeadline, ...]:
        """Return the saved articles as rows of a list, the last saved first."""
        headlines = [Headline(row.title, row.url, published=row.saved_at) for row in await self.rows()]
        return await self._listings.rows(headlines)

    async def rows(self, *, tags: Iterable[str] = (), query: str = "") -> tuple[SavedRow, ...]:
        """Return the saved articles with all the tags that a query finds, the last saved first.

        Raises:
            QueryError: a filter is given what it does not know.
        """
        rows = await self._stores.in_library(lambda library: library.saved.rows())
        wanted = {tag_name(tag) for tag in tags}
        if wanted:
            urls = [row.url for row in rows]
            found = await self._stores.read_library(lambda library: library.tags.of(urls)) or {}
            rows = tuple(row for row in rows if wanted <= found.get(row.url, frozenset()))
        if query:
            await self._search.update_index(pause_s=0)
            hits = await self._search.newest(f"is:saved ({write(parse(query))})", limit=_MOST_FOUND)
            stories = {story_key(each.row.headline.url) for each in hits}
            rows = tuple(row for row in rows if story_key(row.url) in stories)
        return rows

    async def counts(self) -> tuple[int, int]:
        """Return how many articles are saved, and how many were started and not read to their end."""
        return await self._stores.read_library(lambda library: library.kept_counts()) or (0, 0)

    async def _downloaded(self, key: str) -> SavedArticle | None:
        """Return what was downloaded of a story, unless a newer text of it has been read since."""
        found = await self._stores.in_library(lambda library: library.downloads.article(key))
        if found is None:
            return None
        cached = await self._copies.cached(key)
        fetched_at = found.response.fetched_at if found.response is not None else found.saved_at
        is_older = cached is not None and cached.page.article is not None and cached.fetched_at > fetched_at
        return None if is_older else found
