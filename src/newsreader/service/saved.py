"""What the reader keeps for good, and the pictures of articles."""

import asyncio
from collections.abc import Iterable
from dataclasses import replace

from newsreader.errors import NewsreaderError, translate_unexpected
from newsreader.fetching import Wanted
from newsreader.models import Headline, ListedHeadline, picture_urls
from newsreader.service.errors import NothingToSaveError, NotSavedError
from newsreader.service.listings import Lists
from newsreader.service.values import Saved
from newsreader.storage.errors import StoreError
from newsreader.storage.library import SavedArticle, SavedPicture, SavedRow
from newsreader.urls import entry_id, normalise_url, shown, split_credentials, without_fragment

MOST_PICTURES = 40
_PICTURES_AT_ONCE = 4


class Saving(Lists):
    """Keeps articles whole: page, pictures, original answer."""

    async def save(self, address: str, *, typed: bool = False, offline: bool = False) -> Saved:
        """Keep an article for good: its page, its pictures and the original response.

        One that was downloaded is kept as it is, without asking its site again for more than the pictures that it
        lacks.

        Raises:
            NothingToSaveError: there is no article at the address.
            StoreError: the library cannot be written.
            FetchError, ExtractionError, InvalidURLError: as `open`.
        """
        key, _ = split_credentials(normalise_url(address, keep_fragment=not typed))
        library = await self._open_library()
        may_fetch = not offline and not self.settings.reading.frugal
        kept = await self._downloaded(key)
        if kept is None or kept.page.article is None:
            opened = await self.open(address, typed=typed, offline=offline)
            if opened.page.article is None:
                raise NothingToSaveError(address=shown(key))
            is_entry = entry_id(opened.page.url) is not None  # then the answer is the whole feed
            response = None if is_entry else await self._kept_response(without_fragment(key))
            kept = SavedArticle(key, opened.page, (), response, self.now())
        article = kept.page.article
        assert article is not None
        pictures = await self._pictures(picture_urls(article)[:MOST_PICTURES], kept.pictures, may_fetch=may_fetch)
        await asyncio.to_thread(library.save, replace(kept, pictures=pictures, saved_at=self.now()))
        return Saved(key, kept.title, len(pictures), len(picture_urls(article)))

    async def _downloaded(self, key: str) -> SavedArticle | None:
        """Return what was downloaded of a story, unless a newer text of it has been read since.

        Raises:
            StoreError: the library cannot be read.
        """
        found = await self._from_library(lambda library: library.downloads.article(key))
        if found is None:
            return None
        cached = await self._cached_copy(key)
        fetched_at = found.response.fetched_at if found.response is not None else found.saved_at
        is_older = cached is not None and cached.page.article is not None and cached.fetched_at > fetched_at
        return None if is_older else found

    async def unsave(self, address: str) -> None:
        """Take an article out of the library.

        Raises:
            NotSavedError: it is not there.
            StoreError: the library cannot be written.
        """
        library = await self._open_library()
        key, _ = split_credentials(normalise_url(address, keep_fragment=True))
        is_removed = await asyncio.to_thread(library.remove, key)
        if not is_removed and (page := split_credentials(normalise_url(address))[0]) != key:
            is_removed = await asyncio.to_thread(library.remove, page)
        if not is_removed:
            raise NotSavedError(address=shown(key))

    async def toggle_saved(self, address: str) -> Saved | None:
        """Take an article out of the library if it is there, else save it; None where it is saved no more.

        Raises:
            NothingToSaveError, StoreError, FetchError, ExtractionError, InvalidURLError: as `save`.
        """
        library = await self._open_library()
        key, _ = split_credentials(normalise_url(address))
        if await asyncio.to_thread(library.remove, key):
            return None
        return await self.save(address)

    async def saved(self) -> tuple[ListedHeadline, ...]:
        """Return the saved articles as rows of a list, the last saved first.

        Raises:
            StoreError: the library cannot be read.
        """
        headlines = [Headline(row.title, row.url, published=row.saved_at) for row in await self.saved_rows()]
        return await self.rows(headlines)

    async def reading_now(self) -> tuple[ListedHeadline, ...]:
        """Return the articles that are begun and not read to the end, of all sources, the last read first.

        Raises:
            StoreError: the library cannot be read.
        """
        library = await self._open_library()
        places = await asyncio.to_thread(library.places_begun)
        rows = await self.rows([Headline(p.title or shown(p.url), p.url, published=p.kept_at) for p in places])
        return tuple(replace(row, percent=place.percent) for row, place in zip(rows, places, strict=True))

    async def saved_rows(self) -> tuple[SavedRow, ...]:
        """Return what is known of the saved articles, the last saved first.

        Raises:
            StoreError: the library cannot be read.
        """
        library = await self._open_library()
        return await asyncio.to_thread(library.saved_rows)

    async def _pictures(
        self, urls: Iterable[str], known: Iterable[SavedPicture] = (), *, may_fetch: bool = True
    ) -> tuple[SavedPicture, ...]:
        """Return the pictures of these addresses: those that are known, those that are kept here, and what is fetched.

        What cannot be fetched is left out, and the count says so.
        """
        at_hand = {picture.url: picture for picture in known}
        limit = asyncio.Semaphore(_PICTURES_AT_ONCE)

        async def picture(url: str) -> SavedPicture | None:
            if url in at_hand:
                return at_hand[url]
            if not may_fetch:
                return await self._kept_picture(url)
            async with limit:
                try:
                    with translate_unexpected(f"fetching {shown(url)}"):
                        return await self.picture(url)
                except StoreError:
                    raise
                except NewsreaderError:
                    return None

        found = await asyncio.gather(*(picture(url) for url in urls))
        return tuple(one for one in found if one is not None)

    async def picture(self, url: str) -> SavedPicture:
        """Return a picture's bytes: those that are kept here, else from the network.

        Raises:
            FetchError: it cannot be had.
        """
        kept = await self._kept_picture(url)
        if kept is not None:
            return kept
        picture = await self._fetched_picture(url)
        await self._write_cache(lambda cache: cache.put_picture(url, picture.body, picture.content_type))
        return picture

    async def _kept_picture(self, url: str) -> SavedPicture | None:
        cached = await self._read_cache(lambda cache: cache.picture(url))
        if cached is not None:
            return SavedPicture(url, cached[1], cached[0])
        return await self._read_library(lambda library: library.picture(url))

    async def _fetched_picture(self, url: str) -> SavedPicture:
        settings = await self._asked_as(url)
        response = await self._network().fetch(
            url,
            wanted=Wanted.PICTURE,
            trust=await self._trust_for(url),
            user_agent=settings.user_agent,
            headers=settings.headers,
        )
        return SavedPicture(url, response.content_type or "application/octet-stream", response.body)
