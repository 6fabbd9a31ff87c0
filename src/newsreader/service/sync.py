"""A whole round for offline reading: what the sources show now, then their articles, the newest first."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import chain, zip_longest

from newsreader.fetch_errors import FetchError, NoNetworkError
from newsreader.models import Headline, Problem
from newsreader.service.active_settings import ActiveSettings
from newsreader.service.background import in_turn
from newsreader.service.devices import Devices
from newsreader.service.downloads import ArticleDownloads
from newsreader.service.errors import NotRunningAloneError
from newsreader.service.network import Network
from newsreader.service.queue import DownloadQueue
from newsreader.service.refreshing import SourceRefresher
from newsreader.service.rules import Rules
from newsreader.service.stores import Stores
from newsreader.service.unread_counts import UnreadCounts
from newsreader.service.values import DownloadReport, Planned, Refreshed, Resting, SyncReport, SyncStep, ToDownload
from newsreader.settings import Directories
from newsreader.source_values import Source, SourceKind, SourceState
from newsreader.storage.cache import Cache
from newsreader.storage.lock import alone

OnSyncStep = Callable[[SyncStep], None]
_MOST_TRIES = 3  # of one source in a run


class Sync:
    """Refreshes sources and downloads their articles, so that they can be read without the network.

    Attributes:
        devices: The reader's other devices, with which the library is synced.
        on_done: Called after a round with the numbers of sources and of articles.
    """

    def __init__(
        self,
        directories: Directories,
        settings: ActiveSettings,
        stores: Stores,
        network: Network,
        refresher: SourceRefresher,
        downloads: ArticleDownloads,
        queue: DownloadQueue,
        rules: Rules,
        unread_counts: UnreadCounts,
        devices: Devices,
        now: Callable[[], datetime],
    ) -> None:
        self._directories = directories
        self._settings = settings
        self._stores = stores
        self._network = network
        self._refresher = refresher
        self._downloads = downloads
        self._queue = queue
        self._rules = rules
        self._unread_counts = unread_counts
        self.devices = devices
        self._now = now
        self.on_done: list[Callable[[int, int], Awaitable[None]]] = []

    async def run(
        self,
        sources: Sequence[Source],
        on_step: OnSyncStep,
        *,
        limit: int | None = None,
        max_age: timedelta | None = None,
    ) -> SyncReport:
        """Refresh sources, then download the articles of their unread headlines, the newest first; the queue too.

        What rules hide is left out.

        It may be ended at any moment: what `on_step` was called for is on the disk, and the next run continues there.

        Args:
            sources: All of them or some; searches are left out.
            on_step: Called for everything as soon as it is done.
            limit: How many articles are downloaded at most.
            max_age: How old articles may be; without it, as old as they may become.

        Raises:
            NotRunningAloneError: another program is syncing.
            StoreError: the library cannot be read or written, or the cache cannot be read.
        """
        with alone(self._directories.data / "sync.lock") as is_alone:
            if not is_alone:
                raise NotRunningAloneError()
            asked = [each for each in sources if each.kind is not SourceKind.SEARCH]
            await self._downloads.prune()
            try:
                failed = await self._refresh(asked, on_step)
            except NoNetworkError as error:
                self._network.note_error(error)
                return SyncReport(0, len(asked), DownloadReport(problem=Problem.of(error)))
            wanted = [*await self._queue.to_download(), *await self._articles_wanted(asked, max_age)][:limit]
            on_step(Planned(articles=len(wanted)))
            report = SyncReport(len(asked) - failed, failed, await self._downloads.download(wanted, on_step))
            for observer in self.on_done:
                await observer(report.refreshed, report.articles.downloaded)
            return report

    async def _refresh(self, sources: Sequence[Source], on_step: OnSyncStep) -> int:
        """Fetch what the sources show now; return how many failed.

        Raises:
            NoNetworkError: there is no network.
        """
        on_step(Planned(sources=len(sources)))
        await self._network.begin_run()
        failed = 0
        tries: dict[int, int] = {}

        async def work(source: Source) -> datetime | None:
            nonlocal failed
            tries[source.id] = tries.get(source.id, 0) + 1
            state = await self._refresher.refresh(source)
            problem = state.problem
            if problem is not None and problem.kind == "offline":
                raise NoNetworkError(source.url)
            if problem is not None and state.retry_at is not None and tries[source.id] < _MOST_TRIES:
                return state.retry_at
            failed += problem is not None
            listed = (await self._unread_counts.states()).get(source.id, state)
            on_step(Refreshed(source, listed.unread, problem))
            return None

        def on_resting(host: str, until: datetime) -> None:
            on_step(Resting(host, until))

        left = await in_turn(
            sources, work, lambda source: source.url, self._network.hosts, now=self._now, on_resting=on_resting
        )
        states = await self._unread_counts.states()
        for source in left:
            state = states.get(source.id, SourceState())  # it may have been removed by now
            with suppress(FetchError):
                self._network.hosts.check(source.url)
            on_step(Refreshed(source, state.unread, state.problem))
        return failed + len(left)

    async def _articles_wanted(self, sources: Iterable[Source], max_age: timedelta | None) -> tuple[ToDownload, ...]:
        """Return the articles that are not here: the newest of every source, then the next of every source."""
        by_source = [await self._articles_of(source, max_age) for source in sources if source.settings.full_articles]
        stories: dict[str, ToDownload] = {}
        for each in chain.from_iterable(zip_longest(*by_source)):
            if each is not None:
                stories.setdefault(each.url, each)
        return tuple(stories.values())

    async def _articles_of(self, source: Source, max_age: timedelta | None) -> tuple[ToDownload, ...]:
        own = self._settings.current.offline
        days = source.settings.keep_days or own.max_age_days
        limit = timedelta(days=days)
        oldest = self._now() - (limit if max_age is None else min(max_age, limit))
        unread = await self._stores.in_cache(partial(_unread, source.url))
        hidden = await self._rules.hidden(source, [headline for headline, _ in unread])
        seen = [each for number, each in enumerate(unread) if number not in hidden]
        newest = [h for h, first_seen in _newest_first(seen) if _is_since(oldest, h, first_seen)][: own.articles]
        urls = [headline.url for headline in newest]
        were = await self._stores.in_library(lambda library: library.downloads.which_were(urls))
        wanted = [headline for headline in newest if headline.url not in were]
        return await self._downloads.wanted(wanted, source.url)


_Unread = Sequence[tuple[Headline, datetime | None]]  # with the time when each was first seen


def _unread(url: str, cache: Cache) -> _Unread:
    return cache.source_checks.unread(url, 10_000)


def _newest_first(unread: _Unread) -> _Unread:
    """Return headlines by their times where all have one of one kind, else in the order of the site."""
    times = [headline.published for headline, _ in unread]
    published = [time for time in times if time is not None]
    if len(published) < len(times) or len({time.tzinfo is None for time in published}) > 1:
        return unread
    order = sorted(range(len(unread)), key=published.__getitem__, reverse=True)
    return [unread[number] for number in order]


def _is_since(oldest: datetime, headline: Headline, first_seen: datetime | None) -> bool:
    """Return whether a headline is that recent; limits are days, so a page's local time counts as UTC here."""
    time = headline.published or first_seen
    return time is None or (time if time.tzinfo is not None else time.replace(tzinfo=UTC)) >= oldest
