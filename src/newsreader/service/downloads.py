"""Explicit downloads: whole articles, in the background, within limits."""

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from newsreader.errors import NewsreaderError, UnexpectedError, translate_unexpected
from newsreader.fetch_errors import FetchError, NoNetworkError
from newsreader.models import Article, Headline, Opened, Problem, Response, picture_urls
from newsreader.service.active_settings import ActiveSettings
from newsreader.service.background import in_turn
from newsreader.service.copies import Copies
from newsreader.service.errors import NothingToSaveError
from newsreader.service.network import Network
from newsreader.service.page_fetcher import PageFetcher
from newsreader.service.pictures import MOST_PICTURES, Pictures
from newsreader.service.stores import Stores
from newsreader.service.subscriptions import Subscriptions
from newsreader.service.trust_policy import TrustPolicy
from newsreader.service.values import (
    Downloaded,
    DownloadReport,
    DownloadStep,
    NotDownloaded,
    Resting,
    ToDownload,
)
from newsreader.storage.article_parts import SavedArticle, SavedPicture
from newsreader.storage.downloads import Limit
from newsreader.storage.errors import StoreError
from newsreader.storage.library import Library
from newsreader.store_info import DownloadsInfo
from newsreader.text import line
from newsreader.urls import (
    InvalidURLError,
    entry_id,
    normalise_url,
    shown,
    split_credentials,
    story_key,
    without_fragment,
)
from newsreader.worker_errors import ExtractionError

OnDownloadStep = Callable[[DownloadStep], None]
_MOST_TRIES = 3  # of one article in a run
_MOST_QUEUE_TRIES = 5
_MB = 1_000_000
_LOST = frozenset(
    {"not-found", "not-a-page", "too-large", "nothing-to-save", "invalid-address"}
)  # trying again is no use


@dataclass(slots=True)
class _Download:
    """One call of `download`, and its results so far."""

    on_step: OnDownloadStep
    limit: Limit
    limits: Mapping[str, Limit]  # of the sources that have limits of their own, by address
    report: DownloadReport = field(default_factory=DownloadReport)
    tries: dict[str, int] = field(default_factory=dict)
    pictures: dict[str, dict[str, SavedPicture]] = field(default_factory=dict)  # by article, until that is kept
    fetching: dict[str, asyncio.Task[SavedPicture]] = field(default_factory=dict)  # pictures, for all that name them
    bytes_of: Counter[str] = field(default_factory=Counter)  # by source
    room: int = (
        0  # bytes that may surely still be kept, unless another program keeps some too; looked up when it is over
    )
    is_over_limit: bool = False  # something has to go

    async def shared(self, url: str, fetch: Callable[[str], Coroutine[Any, Any, SavedPicture]]) -> SavedPicture:
        """Return a picture that several articles may name at once: it is fetched once for all of them.

        Raises:
            FetchError: it cannot be fetched.
        """
        task = self.fetching.get(url)
        if task is None:
            task = self.fetching[url] = asyncio.create_task(fetch(url))
            task.add_done_callback(lambda _: self.fetching.pop(url, None))
        return await asyncio.shield(task)

    async def end_fetching(self) -> None:
        """Cancel what is still being fetched: nobody is waiting for it."""
        tasks = tuple(self.fetching.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def is_full(self, source: str | None) -> bool:
        """Return whether the limit is reached: anything more would be removed again at once."""
        own = self.limits.get(source) if source is not None else None
        is_own_full = own is not None and source is not None and self.bytes_of[source] >= own.max_bytes
        return is_own_full or self.report.size_bytes >= self.limit.max_bytes

    def note(self, step: DownloadStep) -> None:
        """Count what happened, and pass it on."""
        report = self.report
        match step:
            case Downloaded(asked, pictures=pictures, pictures_named=named, size_bytes=size):
                report = replace(report, pictures_missing=report.pictures_missing + named - pictures)
                if asked.source is not None:
                    self.bytes_of[asked.source] += size
                self.report = replace(report, downloaded=report.downloaded + 1, size_bytes=report.size_bytes + size)
            case NotDownloaded(is_later=True):
                self.report = replace(report, later=report.later + 1)
            case NotDownloaded():
                self.report = replace(report, failed=report.failed + 1)
        self.on_step(step)


class ArticleDownloads:
    """Downloads articles, and keeps what was downloaded within its limits."""

    def __init__(
        self,
        stores: Stores,
        settings: ActiveSettings,
        network: Network,
        fetcher: PageFetcher,
        copies: Copies,
        pictures: Pictures,
        subscriptions: Subscriptions,
        trust_policy: TrustPolicy,
        now: Callable[[], datetime],
    ) -> None:
        self._stores = stores
        self._settings = settings
        self._network = network
        self._fetcher = fetcher
        self._copies = copies
        self._pictures = pictures
        self._subscriptions = subscriptions
        self._trust_policy = trust_policy
        self._now = now

    async def wanted(self, headlines: Iterable[Headline], source: str | None = None) -> tuple[ToDownload, ...]:
        """Return the headlines whose articles are neither saved nor downloaded, each story once.

        With the address of a source they are wanted as its settings say.

        Raises:
            StoreError: the library cannot be read.
        """
        followed = next(iter(await self._subscriptions.at_address(source)), None) if source is not None else None
        pictures = followed is None or followed.settings.pictures
        stories: dict[str, Headline] = {}
        for headline in headlines:
            stories.setdefault(story_key(headline.url), headline)
        urls = [headline.url for headline in stories.values()]
        saved = await self._stores.in_library(lambda library: library.saved.which(urls))
        here = await self._stores.in_library(lambda library: library.downloads.which(urls))
        return tuple(
            ToDownload(headline.url, headline.title, source, pictures)
            for headline in stories.values()
            if headline.url not in saved and headline.url not in here
        )

    async def download(self, wanted: Sequence[ToDownload], on_step: OnDownloadStep) -> DownloadReport:
        """Download whole articles and keep them in the library up to its limits, in order.

        `on_step` is called for each as soon as it is on the disk, or why it is not. May be cancelled at any moment.

        Raises:
            StoreError: the library cannot be read or written.
        """
        await self._network.begin_run()
        run = _Download(on_step, *await self._limits())

        async def work(asked: ToDownload) -> datetime | None:
            if run.is_full(asked.source):
                run.report = replace(run.report, is_full=True, later=run.report.later + 1)
                return None
            return await self._download_one(asked, run)

        def on_resting(host: str, until: datetime) -> None:
            run.note(Resting(host, until))

        try:
            left = await in_turn(
                wanted, work, lambda asked: asked.url, self._network.hosts, now=self._now, on_resting=on_resting
            )
        except NoNetworkError as error:
            self._network.note_error(error)
            done = run.report.downloaded + run.report.failed + run.report.later
            return replace(run.report, later=run.report.later + len(wanted) - done, problem=Problem.of(error))
        finally:
            await run.end_fetching()
        for asked in left:
            try:
                self._network.hosts.check(asked.url)
            except FetchError as error:
                run.note(NotDownloaded(asked, Problem.of(error), is_later=True))
        return run.report

    async def prune(self) -> int:
        """Remove the downloads that went over a limit; return how many. Saved articles are not touched."""
        try:
            limit, limits = await self._limits()
            return await self._stores.in_library(lambda library: library.downloads.prune(limit, limits))
        except StoreError as error:
            self._stores.problem = Problem.of(error)
            return 0

    async def info(self) -> DownloadsInfo | None:
        """Return the downloads in figures; None if the library cannot be read."""
        return await self._stores.read_library(lambda library: library.downloads.info())

    async def _download_one(self, asked: ToDownload, run: _Download) -> datetime | None:
        """Download one article; return the time of the next try if it needs one."""
        tries = run.tries[asked.url] = run.tries.get(asked.url, 0) + 1
        try:
            with translate_unexpected(f"downloading {shown(asked.url)}"):
                step = await self._kept_whole(asked, run, is_last=tries == _MOST_TRIES)
        except NoNetworkError:
            raise
        except (FetchError, ExtractionError, NothingToSaveError, InvalidURLError, UnexpectedError) as error:
            again = error.retry_after if isinstance(error, FetchError) else None
            if again is not None and tries < _MOST_TRIES:
                return again
            run.pictures.pop(asked.url, None)
            await self._note_failure(asked, error)
            run.note(NotDownloaded(asked, Problem.of(error), is_later=error.kind == "left-alone"))
            return None
        self._network.note_success()
        run.note(step)
        if run.is_over_limit:
            run.is_over_limit = False
            await self.prune()
        return None

    async def _kept_whole(self, asked: ToDownload, run: _Download, *, is_last: bool) -> Downloaded:
        """Download an article and store it.

        Raises:
            FetchError: it cannot be fetched; with `retry_after` its pictures may be what is missing.
            ExtractionError, NothingToSaveError, StoreError: as `save`.
        """
        key, _ = split_credentials(normalise_url(asked.url, keep_fragment=True))
        opened, response = await self._page_to_keep(key)
        article = opened.page.article
        if article is None:
            raise NothingToSaveError(address=shown(key))
        if entry_id(opened.page.url) is not None:  # the response is the whole feed
            response = None
        elif response is None:
            response = await self._stores.read_cache(lambda cache: cache.responses.of(without_fragment(key)))
        named = self._pictures_wanted(asked, article)
        pictures = run.pictures.setdefault(asked.url, {})  # its own: others name the same ones
        await self._get_pictures(named[:MOST_PICTURES], pictures, run, is_last=is_last)
        got = tuple(pictures[url] for url in named if url in pictures)
        whole = SavedArticle(key, opened.page, got, response, self._now())
        if asked.is_saved:
            await self._stores.in_library(lambda library: library.saved.save(whole, undoable=False))
            size = sum(len(picture.body) for picture in got)
        else:
            size = await self._stores.in_library(partial(_put_within, article=whole, source=asked.source, run=run))
        del run.pictures[asked.url]
        return Downloaded(asked, line(article.title), len(got), len(named), size)

    async def _page_to_keep(self, key: str) -> tuple[Opened, Response | None]:
        """Return the page as it is now, with its response; where its site does not give it, the copy that is here."""
        copy = await self._copies.cached(key)
        if copy is not None and copy.page.article is not None and self._copies.is_fresh(copy):
            return await self._noted(copy), None
        try:
            return await self._fetcher.fetch_with_response(key)
        except (FetchError, ExtractionError):
            if copy is None or copy.page.article is None:
                raise
            return await self._noted(copy), None

    async def _noted(self, copy: Opened) -> Opened:
        """Return the copy, after noting that its pictures may be in the private network that it comes from."""
        if (await self._trust_policy.hosts()).places:
            self._trust_policy.private_hosts.note_page(copy.page)
        return copy

    def _pictures_wanted(self, asked: ToDownload, article: Article) -> list[str]:
        if not asked.pictures or not self._settings.current.offline.pictures or self._settings.is_frugal:
            return []
        return picture_urls(article)

    async def _get_pictures(
        self, urls: Sequence[str], got: dict[str, SavedPicture], run: _Download, *, is_last: bool
    ) -> None:
        """Add those pictures that can be fetched to `got`.

        Raises:
            FetchError: a host allows them later, and this is not the last try.
        """

        async def get(url: str) -> FetchError | None:
            try:
                with translate_unexpected(f"fetching {shown(url)}"):
                    got[url] = await self._pictures.stored(url) or await run.shared(url, self._pictures.download)
            except StoreError:
                raise
            except NewsreaderError as error:  # the article is kept without it, and the count says so
                if isinstance(error, FetchError) and error.retry_after is not None and not is_last:
                    return error
            return None

        missing = [url for url in urls if url not in got]
        failed = [error for error in await asyncio.gather(*(get(url) for url in missing)) if error is not None]
        if failed:
            raise failed[0]

    async def _note_failure(self, asked: ToDownload, error: NewsreaderError) -> None:
        """Give up an article that cannot be fetched: at once if that is certain, in the queue after some tries."""
        queued = await self._stores.in_library(lambda library: library.queue.all())
        waiting = next((each for each in queued if each.url == asked.url), None)
        is_given_up = waiting is not None and waiting.tries + 1 >= _MOST_QUEUE_TRIES
        if error.kind in _LOST or is_given_up:
            await self._stores.in_library(
                lambda library: library.downloads.give_up(asked.url, asked.title, asked.source)
            )
        elif waiting is not None and error.kind != "left-alone":
            await self._stores.in_library(lambda library: library.queue.note_failed_try(waiting.url))

    async def _limits(self) -> tuple[Limit, Mapping[str, Limit]]:
        """Return the limit of all downloads, and those of the sources that have limits of their own, by address."""
        own = self._settings.current.offline
        limits = {
            each.url: Limit(
                timedelta(days=each.settings.keep_days or own.max_age_days),
                (each.settings.keep_megabytes or own.max_size_mb) * _MB,
            )
            for each in await self._stores.in_library(lambda library: library.sources.all())
            if each.settings.keep_days or each.settings.keep_megabytes
        }
        return Limit(timedelta(days=own.max_age_days), own.max_size_mb * _MB), limits


def _put_within(library: Library, *, article: SavedArticle, source: str | None, run: _Download) -> int:
    """Store an article, and note if that exceeds the limit; return the bytes that it takes."""
    size = library.downloads.put(article, source=source)
    run.room -= size
    if run.room < 0:  # as far as this run knows
        run.room = run.limit.max_bytes - library.downloads.info().size_bytes
        run.is_over_limit = run.is_over_limit or run.room < 0
    return size
