"""Sources kept and refreshed: what each shows, when it is due, what of it is unread."""

import asyncio
import contextlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from urllib.parse import urlsplit

from newsreader.errors import UnexpectedError, translate_unexpected
from newsreader.fetching import FetchError
from newsreader.models import Headline, ListedHeadline, Opened, Page, Source, SourceKind, SourceState
from newsreader.sandbox import ExtractionError
from newsreader.service.errors import NoHeadlinesError
from newsreader.service.feed_offer import FeedOffer, compared
from newsreader.service.saved import Saving
from newsreader.service.subscriptions import wanted_lists
from newsreader.storage.cache import Cache
from newsreader.storage.sources import source_key
from newsreader.text import line
from newsreader.urls import InvalidURLError, host_of, normalise_url, shown, split_credentials, story_key

_AT_ONCE_A_HOST = 4
_AT_ONCE = 12
_UNREAD_LISTED = 3000  # of all sources
_MOST_UNREAD, _LEAST_UNREAD = 500, 20  # of one source among all
_UNREAD_MARKED = 100_000
_FEEDS_LOOKED_AT = 3

Told = Callable[[int, int, Source, SourceState], None]


class Sourcing(Saving):
    """Follows pages and feeds: finds out what they are, and gets what they show now."""

    async def add_source(self, address: str, *, title: str | None = None, group: str = "") -> Source:
        """Follow the page or feed at an address, its title and kind being found out; it is fetched if there is no copy.

        Where the page shows no headlines but names a feed, that is followed. One that is followed already stays as it
        is, and is returned.

        Raises:
            NoHeadlinesError: nothing at the address could be followed.
            StoreError: the library cannot be written.
            FetchError, ExtractionError, InvalidURLError: as `open`.
        """
        known = await self.source_of(split_credentials(normalise_url(address))[0])
        if known is not None:
            return known
        opened = await self.open(address, typed=True)
        feeds = [feed.url for feed in opened.page.feeds if story_key(feed.url) != story_key(opened.page.url)]
        if not opened.page.headline_lists and feeds:
            return await self.follow(feeds[0], await self.open(feeds[0]), title=title, group=group)
        return await self.follow(address, opened, title=title, group=group)

    async def follow(self, address: str, opened: Opened, *, title: str | None = None, group: str = "") -> Source:
        """Follow a page or feed that has been opened; one that is followed already stays as it is, and is returned.

        Raises:
            NoHeadlinesError: it shows none.
            StoreError: the library cannot be written.
        """
        if not opened.page.headline_lists:
            raise NoHeadlinesError(address=shown(address))
        url, _ = split_credentials(normalise_url(address))
        kind = SourceKind.FEED if await self._is_feed(url) else SourceKind.PAGE
        source = await self.keep_source(_as_fetched(address, opened), title or title_of(opened.page, url), kind, group)
        await self._note_had(source, opened.page)
        return source

    async def _is_feed(self, url: str) -> bool:
        from newsreader.extraction.feed import looks_like_feed

        response = await self._read_cache(lambda cache: cache.response(url))
        return response is not None and looks_like_feed(response.body, response.content_type)

    async def _note_had(self, source: Source, page: Page) -> None:
        """Note what a source shows now; one that was taken over without a title is called as its site calls it."""
        has_no_title = source.title == host_of(source.url)
        states = await self._read_cache(lambda cache: cache.source_states()) if has_no_title else None
        await super()._note_had(source, page)
        if states is None:
            return
        before = states.get(source_key(source.url), SourceState())
        if before.checked_at is None and page.headline_lists:
            kind = SourceKind.FEED if await self._is_feed(source.url) else SourceKind.PAGE
            learned = replace(source, title=title_of(page, source.url), kind=kind)
            await self._tried(self._open_library, lambda library: library.learn_source(source, learned))

    async def kept_counts(self) -> tuple[int, int]:
        """Return how many articles are saved, and how many are begun and not read to their end."""
        return await self._read_library(lambda library: library.kept_counts()) or (0, 0)

    # --- the feed of a page -----------------------------------------------------------------------

    async def better_feed(self, source: Source, page: Page) -> FeedOffer | None:
        """Return the feed that a followed page names, where it tells more than the page; nothing is said of failures.

        At most three are looked at, and only those of addresses that are not followed yet.
        """
        if source.kind is not SourceKind.PAGE or self.settings.reading.frugal or not self.online:
            return None
        lists = wanted_lists(source, page.headline_lists)
        offers = []
        for feed in [each for each in page.feeds if story_key(each.url) != story_key(page.url)][:_FEEDS_LOOKED_AT]:
            if await self.source_of(feed.url) is None:
                with contextlib.suppress(FetchError, ExtractionError):
                    found = compared(feed.url, lists, await self._fetched_page(feed.url), self.now())
                    offers += [found] if found is not None else []
        return max(offers, key=lambda offer: (offer.gives_texts, offer.shared, offer.count), default=None)

    async def redirect_source(self, source: Source, address: str) -> Source:
        """Follow a source at another address: its feed, or where it has moved; its kind is found out.

        Raises:
            NoHeadlinesError: there are none at the address.
            StoreError: the library cannot be written.
            FetchError, ExtractionError, InvalidURLError: as `open`.
        """
        opened = await self.open(address, typed=True)
        if not opened.page.headline_lists:
            raise NoHeadlinesError(address=shown(address))
        url, _ = split_credentials(normalise_url(address))
        kind = SourceKind.FEED if await self._is_feed(url) else SourceKind.PAGE
        moved = replace(source, url=split_credentials(_as_fetched(address, opened))[0], kind=kind)
        await self.edit_source(moved, before=source)
        await self._note_had(moved, opened.page)
        return moved

    async def take_feed(self, source: Source, offer: FeedOffer) -> Source:
        """Follow a feed in place of the page that names it, under the same title and with the same settings.

        Raises:
            NoHeadlinesError, StoreError, FetchError, ExtractionError: as `redirect_source`.
        """
        return await self.redirect_source(source, offer.url)

    # --- refreshing -------------------------------------------------------------------------------

    async def refresh_source(self, source: Source) -> SourceState:
        """Ask a source's site what it shows now; the state returned tells of a failure, and what was shown stays."""
        try:
            with translate_unexpected(f"refreshing {shown(source.url)}"):
                await self.open(source.url, refresh=True)
        except (FetchError, ExtractionError):
            pass  # noted where the page was fetched
        except (InvalidURLError, UnexpectedError) as error:
            await self._note_failed(source, error)
        return (await self.source_states()).get(source.id, SourceState())

    async def refresh_sources(self, sources: Sequence[Source], told: Told | None = None) -> tuple[SourceState, ...]:
        """Refresh sources, at most four of a host at a time; `told` hears of each as it is done.

        It is told how many are done, of how many, which source it is and how it stands. Searches are not asked for.
        """
        asked = [each for each in sources if each.kind is not SourceKind.SEARCH]
        places, hosts = asyncio.Semaphore(_AT_ONCE), dict[str, asyncio.Semaphore]()
        done = 0

        async def refreshed(source: Source) -> SourceState:
            nonlocal done
            async with hosts.setdefault(host_of(source.url), asyncio.Semaphore(_AT_ONCE_A_HOST)), places:
                state = await self.refresh_source(source)
            done += 1
            if told is not None:
                told(done, len(asked), source, state)
            return state

        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(refreshed(each)) for each in asked]
        return tuple(task.result() for task in tasks)

    async def open_when_due(self, address: str, *, offline: bool = False) -> Opened:
        """Return a page as it was had last, or as it is now where its interval has passed; raises as `open`.

        The interval is that of the source at the address; of what is not followed the usual one.
        """
        key = split_credentials(normalise_url(address))[0] if not address.startswith("file:") else address
        copy = await self.stored(key) if not address.startswith("file:") else None
        if copy is None or offline:
            return await self.open(address, typed=True, offline=offline)
        source = await self.source_of(key)
        state = (await self.source_states()).get(source.id, SourceState()) if source is not None else SourceState()
        own = source.settings.refresh_minutes if source is not None else None
        minutes = own or max(self.settings.sources.refresh_minutes, copy.page.refresh_minutes or 0)
        at = max(copy.fetched_at, state.tried_at or copy.fetched_at)
        is_due = self.now() >= max(at + timedelta(minutes=minutes), state.retry_at or at)
        return await self.open(address, typed=True, refresh=True) if is_due else copy

    async def due_sources(self) -> tuple[Source, ...]:
        """Return the sources whose time to be refreshed has come."""
        states = await self.source_states()
        now = self.now()
        return tuple(
            each for each in await self.sources() if (due := self.due_at(each, _of(states, each))) and due <= now
        )

    async def next_due(self) -> datetime | None:
        """Return when the next source will be due; None where none ever will be."""
        states = await self.source_states()
        times = (self.due_at(each, _of(states, each)) for each in await self.sources())
        return min((time for time in times if time is not None), default=None)

    def due_at(self, source: Source, state: SourceState) -> datetime | None:
        """Return when a source is to be refreshed by itself; None for never, as in frugal mode and without an interval.

        A feed that says how long it may be kept is not asked before, unless the reader set its interval. A site that
        failed is asked again after the interval, counted from the failure, and not before it allows it.
        """
        minutes = source.settings.refresh_minutes
        if minutes is None and (minutes := self.settings.sources.refresh_minutes):
            minutes = max(minutes, state.feed_minutes or 0)
        if not minutes or self.settings.reading.frugal or source.kind is SourceKind.SEARCH:
            return None
        asked_at = max((t for t in (state.checked_at, state.tried_at) if t is not None), default=None)
        if asked_at is None:
            return source.added_at
        due = asked_at + timedelta(minutes=minutes)
        return max(due, state.retry_at) if state.retry_at is not None else due

    async def refresh_due(self, told: Told | None = None) -> tuple[SourceState, ...]:
        """Refresh the sources that are due."""
        return await self.refresh_sources(await self.due_sources(), told)

    # --- what is unread ---------------------------------------------------------------------------

    async def mark_source_read(self, source: Source, others: Iterable[str] = ()) -> int:
        """Mark everything of a source read, and other stories with it, as one change; return how many were not.

        Raises:
            StoreError: the library cannot be written.
        """
        unread = await self._read_cache(lambda cache: cache.unread_of(source.url, _UNREAD_MARKED)) or ()
        return await self.mark_all_read([*others, *(headline.url for headline, _ in unread)])

    async def states_as_listed(self) -> dict[int, SourceState]:
        """Return what is known of each source, as many headlines unread as are listed: here all of them."""
        return await self.source_states()

    async def hidden_of(self, source: Source, headlines: Sequence[Headline]) -> frozenset[int]:
        """Return which headlines of a source are not to be seen, by their numbers: here none."""
        return frozenset()

    async def unread_of_sources(self) -> tuple[tuple[Source, tuple[ListedHeadline, ...]], ...]:
        """Return what is unread of every source that has something unread, in their order, the newest first.

        Of many sources with much to read it is the beginning of each: the states tell how much there is.
        """
        states = await self.source_states()
        sources = [source for source in await self.sources() if _of(states, source).unread]
        limit = max(_LEAST_UNREAD, min(_MOST_UNREAD, _UNREAD_LISTED // (len(sources) or 1)))
        urls = [source.url for source in sources]
        found = await self._read_cache(partial(_unread, urls, limit)) or [() for _ in urls]
        rows = iter(await self.rows([headline for unread in found for headline, _ in unread]))
        listed = [tuple(replace(next(rows), arrived=at) for _, at in unread) for unread in found]
        unread = [tuple(row for row in each if not row.read) for each in listed]
        return tuple((source, each) for source, each in zip(sources, unread, strict=True) if each)


def _unread(urls: Sequence[str], limit: int, cache: Cache) -> list[tuple[tuple[Headline, datetime | None], ...]]:
    return [cache.unread_of(url, limit) for url in urls]


def _of(states: Mapping[int, SourceState], source: Source) -> SourceState:
    """Return the state of a source; another instance may have added it since the states were asked for."""
    return states.get(source.id, SourceState())


def title_of(page: Page, url: str) -> str:
    """Return what a source is called: the title of a page or feed, the site's name for a front page or an article's."""
    is_front = urlsplit(url).path in ("", "/") or page.article is not None
    names = (page.site_name, page.title) if is_front else (page.title, page.site_name)
    return next((line(name, 120) for name in names if name and name.strip()), host_of(url))


def _as_fetched(address: str, opened: Opened) -> str:
    """Return the address to be followed: as it was asked for, but over http where https was not to be had."""
    url = normalise_url(address)
    if "://" not in address and opened.page.url.startswith("http://"):
        return "http" + url.removeprefix("https")
    return url
