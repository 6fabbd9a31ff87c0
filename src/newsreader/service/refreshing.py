"""Refreshing sources: what each shows now, and when it is due; and finding out what a new one is."""

import asyncio
import contextlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from newsreader.errors import UnexpectedError, translate_unexpected
from newsreader.fetch_errors import FetchError
from newsreader.models import Opened, Page
from newsreader.sandbox import NOBODY_WAITS
from newsreader.service.active_settings import ActiveSettings
from newsreader.service.errors import NoHeadlinesError
from newsreader.service.feed_offer import FeedOffer, compared
from newsreader.service.network import Network
from newsreader.service.page_fetcher import PageFetcher
from newsreader.service.pages import Pages
from newsreader.service.source_recorder import SourceRecorder, title_of
from newsreader.service.subscriptions import Subscriptions, wanted_lists
from newsreader.source_values import Source, SourceKind, SourceState
from newsreader.urls import InvalidURLError, host_of, normalise_url, shown, split_credentials, story_key
from newsreader.worker_errors import ExtractionError

_AT_ONCE_A_HOST = 4
_AT_ONCE = 12
_FEEDS_LOOKED_AT = 3

OnRefreshed = Callable[[int, int, Source, SourceState], None]
"""Is called with how many are done, of how many, which source it is and its state."""


class SourceRefresher:
    """Fetches what sources show now.

    Methods raise `StoreError` if the library cannot be read or written, unless they say otherwise.
    """

    def __init__(
        self,
        settings: ActiveSettings,
        network: Network,
        pages: Pages,
        fetcher: PageFetcher,
        subscriptions: Subscriptions,
        recorder: SourceRecorder,
        now: Callable[[], datetime],
    ) -> None:
        self._settings = settings
        self._network = network
        self._pages = pages
        self._fetcher = fetcher
        self._subscriptions = subscriptions
        self._recorder = recorder
        self._now = now

    async def add(self, address: str, *, title: str | None = None, group: str = "") -> Source:
        """Follow the page or feed at an address, finding out its title and kind; it is fetched if there is no copy.

        Where the page shows no headlines but names a feed, that is followed. One that is followed already stays as it
        is, and is returned.

        Raises:
            NoHeadlinesError: nothing at the address could be followed.
            FetchError, ExtractionError, InvalidURLError: as `Pages.open`.
        """
        known = await self._subscriptions.of(split_credentials(normalise_url(address))[0])
        if known is not None:
            return known
        opened = await self._pages.open(address, typed=True)
        feeds = [feed.url for feed in opened.page.feeds if story_key(feed.url) != story_key(opened.page.url)]
        if not opened.page.headline_lists and feeds:
            return await self.follow(feeds[0], await self._pages.open(feeds[0]), title=title, group=group)
        return await self.follow(address, opened, title=title, group=group)

    async def follow(self, address: str, opened: Opened, *, title: str | None = None, group: str = "") -> Source:
        """Follow a page or feed that has been opened; one that is followed already stays as it is, and is returned.

        Raises:
            NoHeadlinesError: it shows none.
        """
        if not opened.page.headline_lists:
            raise NoHeadlinesError(address=shown(address))
        url, _ = split_credentials(normalise_url(address))
        kind = SourceKind.FEED if await self._recorder.is_feed(url) else SourceKind.PAGE
        source = await self._subscriptions.add(
            _as_fetched(address, opened), title or title_of(opened.page, url), kind, group
        )
        await self._recorder.record_fetched_list(source, opened.page)
        return source

    # --- the feed of a page -----------------------------------------------------------------------

    async def better_feed(self, source: Source, page: Page) -> FeedOffer | None:
        """Return the feed that a followed page names if it offers more than the page; failures are not reported.

        At most three are looked at, and only those of addresses that are not followed yet.
        """
        if source.kind is not SourceKind.PAGE or self._settings.is_frugal or not self._network.online:
            return None
        lists = wanted_lists(source, page.headline_lists)
        offers = []
        for feed in [each for each in page.feeds if story_key(each.url) != story_key(page.url)][:_FEEDS_LOOKED_AT]:
            if await self._subscriptions.of(feed.url) is None:
                with contextlib.suppress(FetchError, ExtractionError):
                    found = compared(feed.url, lists, await self._fetcher.fetch_page(feed.url), self._now())
                    offers += [found] if found is not None else []
        return max(offers, key=lambda offer: (offer.gives_texts, offer.shared, offer.count), default=None)

    async def redirect(self, source: Source, address: str) -> Source:
        """Follow a source at another address: its feed, or where it has moved; its kind is found out.

        Raises:
            NoHeadlinesError: there are none at the address.
            FetchError, ExtractionError, InvalidURLError: as `Pages.open`.
        """
        opened = await self._pages.open(address, typed=True)
        if not opened.page.headline_lists:
            raise NoHeadlinesError(address=shown(address))
        url, _ = split_credentials(normalise_url(address))
        kind = SourceKind.FEED if await self._recorder.is_feed(url) else SourceKind.PAGE
        moved = replace(source, url=split_credentials(_as_fetched(address, opened))[0], kind=kind)
        await self._subscriptions.edit(moved, before=source)
        await self._recorder.record_fetched_list(moved, opened.page)
        return moved

    async def use_feed(self, source: Source, offer: FeedOffer) -> Source:
        """Follow a feed in place of the page that names it, under the same title and with the same settings.

        Raises:
            NoHeadlinesError, StoreError, FetchError, ExtractionError: as `redirect`.
        """
        return await self.redirect(source, offer.url)

    # --- refreshing -------------------------------------------------------------------------------

    async def refresh(self, source: Source) -> SourceState:
        """Fetch what a source shows now; the state returned names a failure, and what was shown stays."""
        try:
            with translate_unexpected(f"refreshing {shown(source.url)}"):
                await self._pages.open(source.url, refresh=True)
        except (FetchError, ExtractionError):
            pass  # noted where the page was fetched
        except (InvalidURLError, UnexpectedError) as error:
            await self._recorder.record_failure(source, error)
        return (await self._subscriptions.states()).get(source.id, SourceState())

    async def refresh_all(
        self, sources: Sequence[Source], on_refreshed: OnRefreshed | None = None
    ) -> tuple[SourceState, ...]:
        """Refresh sources, at most four of a host at a time; `on_refreshed` is called for each as it is done.

        Searches are left out.
        """
        asked = [each for each in sources if each.kind is not SourceKind.SEARCH]
        places, hosts = asyncio.Semaphore(_AT_ONCE), dict[str, asyncio.Semaphore]()
        done = 0

        async def refreshed(source: Source) -> SourceState:
            nonlocal done
            NOBODY_WAITS.set(True)  # of this task alone
            async with hosts.setdefault(host_of(source.url), asyncio.Semaphore(_AT_ONCE_A_HOST)), places:
                state = await self.refresh(source)
            done += 1
            if on_refreshed is not None:
                on_refreshed(done, len(asked), source, state)
            return state

        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(refreshed(each)) for each in asked]
        return tuple(task.result() for task in tasks)

    async def open_when_due(self, address: str, *, offline: bool = False) -> Opened:
        """Return a page as it was fetched last, or as it is now if its interval has passed; raises as `Pages.open`.

        The interval is that of the source at the address; of what is not followed the usual one.
        """
        key = split_credentials(normalise_url(address))[0] if not address.startswith("file:") else address
        copy = await self._pages.stored(key) if not address.startswith("file:") else None
        if offline:
            return await self._pages.open(address, typed=True, offline=True)
        if copy is None:
            return await self._open_and_remember(address)
        source = await self._subscriptions.of(key)
        state = (
            (await self._subscriptions.states()).get(source.id, SourceState()) if source is not None else SourceState()
        )
        own = source.settings.refresh_minutes if source is not None else None
        minutes = own or max(self._settings.current.sources.refresh_minutes, copy.page.refresh_minutes or 0)
        at, now = max(copy.fetched_at, state.tried_at or copy.fetched_at), self._now()
        is_due = at > now or now >= max(at + timedelta(minutes=minutes), state.retry_at or at)
        return await self._open_and_remember(address, refresh=True) if is_due else copy

    async def _open_and_remember(self, address: str, *, refresh: bool = False) -> Opened:
        """Open what was typed; later runs, which have its copy, may follow its links into the same private network."""
        opened = await self._pages.open(address, typed=True, refresh=refresh)
        await self._subscriptions.remember_private_hosts()
        return opened

    async def due(self) -> tuple[Source, ...]:
        """Return the sources whose time to be refreshed has come."""
        states = await self._subscriptions.states()
        now = self._now()
        return tuple(
            each
            for each in await self._subscriptions.all()
            if (due := self.due_at(each, _of(states, each))) and due <= now
        )

    async def next_due(self) -> datetime | None:
        """Return when the next source will be due; None where none ever will be."""
        states = await self._subscriptions.states()
        times = (self.due_at(each, _of(states, each)) for each in await self._subscriptions.all())
        return min((time for time in times if time is not None), default=None)

    def due_at(self, source: Source, state: SourceState) -> datetime | None:
        """Return when to refresh a source automatically; None for never, as in frugal mode or without an interval.

        A feed that says how long it may be kept is not asked before, unless the reader set its interval. A site that
        failed is asked again after the interval, counted from the failure, and not before it allows it. Where it was
        asked at a time that has not come yet, the clock was wrong then: it is due.
        """
        minutes = source.settings.refresh_minutes
        if minutes is None and (minutes := self._settings.current.sources.refresh_minutes):
            minutes = max(minutes, state.feed_minutes or 0)
        if not minutes or self._settings.is_frugal or source.kind is SourceKind.SEARCH:
            return None
        asked_at = max((t for t in (state.checked_at, state.tried_at) if t is not None), default=None)
        if asked_at is None or asked_at > self._now():
            return min(source.added_at, self._now())
        due = asked_at + timedelta(minutes=minutes)
        return max(due, state.retry_at) if state.retry_at is not None else due

    async def refresh_due(self, on_refreshed: OnRefreshed | None = None) -> tuple[SourceState, ...]:
        """Refresh the sources that are due."""
        return await self.refresh_all(await self.due(), on_refreshed)


def _of(states: Mapping[int, SourceState], source: Source) -> SourceState:
    """Return the state of a source; another instance may have added it since the states were asked for."""
    return states.get(source.id, SourceState())


def _as_fetched(address: str, opened: Opened) -> str:
    """Return the address to follow: the one asked for, but over http if https could not be fetched."""
    url = normalise_url(address)
    if "://" not in address and opened.page.url.startswith("http://"):
        return "http" + url.removeprefix("https")
    return url
