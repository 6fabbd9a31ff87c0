"""What is downloaded by intent: whole articles, in the background, within limits; and the queue of what waits."""

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from newsreader.errors import NewsreaderError, UnexpectedError, translate_unexpected
from newsreader.fetching import FetchError, NoNetworkError
from newsreader.models import Article, Headline, Opened, Problem, picture_urls
from newsreader.sandbox import ExtractionError
from newsreader.service.background import in_turn
from newsreader.service.errors import NothingToSaveError
from newsreader.service.refreshing import Sourcing
from newsreader.service.saved import MOST_PICTURES
from newsreader.service.values import (
    Downloaded,
    DownloadReport,
    DownloadStep,
    NotDownloaded,
    Resting,
    ToDownload,
)
from newsreader.storage.downloads import DownloadsInfo, Limit, Queued
from newsreader.storage.errors import StoreError
from newsreader.storage.library import SavedArticle, SavedPicture
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

Tell = Callable[[DownloadStep], None]
_MOST_TRIES = 3  # of one article in a run
_MOST_QUEUE_TRIES = 5
_MB = 1_000_000
_LOST = frozenset(
    {"not-found", "not-a-page", "too-large", "nothing-to-save", "invalid-address"}
)  # trying again is no use


@dataclass(slots=True)
class _Download:
    """One call of `download`, and what it has come to."""

    tell: Tell
    limit: Limit
    limits: Mapping[str, Limit]  # of the sources that have limits of their own, by address
    report: DownloadReport = field(default_factory=DownloadReport)
    tries: dict[str, int] = field(default_factory=dict)
    pictures: dict[str, dict[str, SavedPicture]] = field(default_factory=dict)  # by article, until that is kept
    fetching: dict[str, asyncio.Task[SavedPicture]] = field(default_factory=dict)  # pictures, for all that name them
    bytes_of: Counter[str] = field(default_factory=Counter)  # by source

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
        """Cancel what is still being fetched: nobody waits for it any more."""
        tasks = tuple(self.fetching.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def is_full(self, source: str | None) -> bool:
        """Say whether no more may be kept: what this run got would go again at once."""
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
        self.tell(step)


class Downloading(Sourcing):
    """Downloads what is asked for, and what waits in the queue."""

    async def to_download(self, headlines: Iterable[Headline], source: str | None = None) -> tuple[ToDownload, ...]:
        """Return those of the headlines whose articles are neither saved nor downloaded, each story once.

        With the address of a source they are wanted as its settings say.

        Raises:
            StoreError: the library cannot be read.
        """
        followed = next(iter(await self._sources_at(source)), None) if source is not None else None
        pictures = followed is None or followed.settings.pictures
        stories: dict[str, Headline] = {}
        for headline in headlines:
            stories.setdefault(story_key(headline.url), headline)
        urls = [headline.url for headline in stories.values()]
        saved = await self._from_library(lambda library: library.which_saved(urls))
        here = await self._from_library(lambda library: library.downloads.which(urls))
        return tuple(
            ToDownload(headline.url, headline.title, source, pictures)
            for headline in stories.values()
            if headline.url not in saved and headline.url not in here
        )

    async def download(self, wanted: Sequence[ToDownload], tell: Tell) -> DownloadReport:
        """Get articles whole and keep them in the library until their limit, the first ones first.

        `tell` hears of each as soon as it is on the disk, or why it is not. May be cancelled at any moment.

        Raises:
            StoreError: the library cannot be read or written.
        """
        until = await self._read_cache(lambda cache: cache.postponed()) or {}
        self._hosts.begin(until)
        run = _Download(tell, *await self._limits())

        async def work(asked: ToDownload) -> datetime | None:
            if run.is_full(asked.source):
                run.report = replace(run.report, is_full=True, later=run.report.later + 1)
                return None
            return await self._download_one(asked, run)

        def tell_of_rest(host: str, until: datetime) -> None:
            run.note(Resting(host, until))

        try:
            left = await in_turn(
                wanted, work, lambda asked: asked.url, self._hosts, now=self.now, tell_of_rest=tell_of_rest
            )
        except NoNetworkError as error:
            self._note_network(error)
            done = run.report.downloaded + run.report.failed + run.report.later
            return replace(run.report, later=run.report.later + len(wanted) - done, problem=Problem.of(error))
        finally:
            await run.end_fetching()
        for asked in left:
            try:
                self._hosts.check(asked.url)
            except FetchError as error:
                run.note(NotDownloaded(asked, Problem.of(error), is_later=True))
        return run.report

    async def _download_one(self, asked: ToDownload, run: _Download) -> datetime | None:
        """Get one article; return a time where it has to be tried again then."""
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
        self.offline_since = None
        run.note(step)
        await self._keep_within_limits(run.limit)
        return None

    async def _kept_whole(self, asked: ToDownload, run: _Download, *, is_last: bool) -> Downloaded:
        """Get an article and keep it.

        Raises:
            FetchError: it cannot be had; with `retry_after` its pictures may be what is missing.
            ExtractionError, NothingToSaveError, StoreError: as `save`.
        """
        key, _ = split_credentials(normalise_url(asked.url, keep_fragment=True))
        opened = await self._page_to_keep(key)
        article = opened.page.article
        if article is None:
            raise NothingToSaveError(address=shown(key))
        response = None
        if entry_id(opened.page.url) is None:  # else the answer is the whole feed
            response = await self._read_cache(lambda cache: cache.response(without_fragment(key)))
        named = self._pictures_wanted(asked, article)
        pictures = run.pictures.setdefault(asked.url, {})  # its own: others name the same ones
        await self._get_pictures(named[:MOST_PICTURES], pictures, run, is_last=is_last)
        got = tuple(pictures[url] for url in named if url in pictures)
        whole = SavedArticle(key, opened.page, got, response, self.now())
        library = await self._open_library()
        if asked.is_saved:
            await asyncio.to_thread(lambda: library.save(whole, undoable=False))
            size = sum(len(picture.body) for picture in got)
        else:
            size = await asyncio.to_thread(lambda: library.downloads.put(whole, source=asked.source))
        del run.pictures[asked.url]
        return Downloaded(asked, line(article.title), len(got), len(named), size)

    async def _page_to_keep(self, key: str) -> Opened:
        """Return the page as it is now; where its site does not give it, the copy that is here."""
        copy = await self._cached_copy(key)
        if copy is not None and copy.page.article is not None and self._is_fresh(copy):
            return copy
        try:
            return await self._fetched(key, typed=False, http_fallback=False)
        except (FetchError, ExtractionError):
            if copy is None or copy.page.article is None:
                raise
            return copy

    def _pictures_wanted(self, asked: ToDownload, article: Article) -> list[str]:
        if not asked.pictures or not self.settings.offline.pictures or self.settings.reading.frugal:
            return []
        return picture_urls(article)

    async def _get_pictures(
        self, urls: Sequence[str], got: dict[str, SavedPicture], run: _Download, *, is_last: bool
    ) -> None:
        """Add those pictures that can be had to `got`.

        Raises:
            FetchError: a host allows them later, and this is not the last try.
        """

        async def get(url: str) -> FetchError | None:
            try:
                with translate_unexpected(f"fetching {shown(url)}"):
                    got[url] = await self._kept_picture(url) or await run.shared(url, self._fetched_picture)
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

    # --- limits -----------------------------------------------------------------------------------

    async def _limits(self) -> tuple[Limit, Mapping[str, Limit]]:
        """Return the limit of all downloads, and those of the sources that have limits of their own, by address."""
        own = self.settings.offline
        limits = {
            each.url: Limit(
                timedelta(days=each.settings.keep_days or own.max_age_days),
                (each.settings.keep_megabytes or own.max_size_mb) * _MB,
            )
            for each in await self._from_library(lambda library: library.sources())
            if each.settings.keep_days or each.settings.keep_megabytes
        }
        return Limit(timedelta(days=own.max_age_days), own.max_size_mb * _MB), limits

    async def _keep_within_limits(self, limit: Limit) -> None:
        info = await self.downloads_info()
        if info is not None and info.size_bytes > limit.max_bytes:
            await self.prune_downloads()

    async def prune_downloads(self) -> int:
        """Let go of the downloads that went over a limit; return how many. Saved articles are not touched."""
        try:
            limit, limits = await self._limits()
            return await self._from_library(lambda library: library.downloads.prune(limit, limits))
        except StoreError as error:
            self.store_problem = Problem.of(error)
            return 0

    async def downloads_info(self) -> DownloadsInfo | None:
        """Return the downloads in figures; None where the library cannot be read."""
        return await self._read_library(lambda library: library.downloads.info())

    # --- the queue --------------------------------------------------------------------------------

    async def queue(self, headline: Headline) -> bool:
        """Download an article when the network is back; False where it waits already. It can be undone.

        Raises:
            StoreError: the library cannot be written.
        """
        library = await self._open_library()
        return await asyncio.to_thread(library.downloads.queue, headline.url, headline.title)

    async def queued(self) -> tuple[Queued, ...]:
        """Return what waits for the network, the first queued first."""
        return await self._read_library(lambda library: library.downloads.queued()) or ()

    async def queue_to_download(self) -> tuple[ToDownload, ...]:
        """Return what waits in the queue, and the saved articles of which only the address is here so far.

        Raises:
            StoreError: the library cannot be read.
        """
        queued = await self._from_library(lambda library: library.downloads.queued())
        waiting = [ToDownload(each.url, each.title) for each in queued]
        bare = await self._from_library(lambda library: library.without_text())
        urls = [row.url for row in bare]
        lost = await self._from_library(lambda library: library.downloads.which_were(urls))
        for url in urls:  # the reader's own, saved or imported
            (await self._private_hosts()).note_led(url)
        return (*waiting, *(ToDownload(row.url, row.title, is_saved=True) for row in bare if row.url not in lost))

    async def run_queue(self, tell: Tell) -> DownloadReport:
        """Download what waits in the queue; what cannot be had at all leaves it, and `tell` hears why.

        Raises:
            StoreError: the library cannot be written.
        """
        queued = await self._from_library(lambda library: library.downloads.queued())
        return await self.download([ToDownload(each.url, each.title) for each in queued], tell)

    async def _note_failure(self, asked: ToDownload, error: NewsreaderError) -> None:
        """Ask no more for an article that cannot be had: at once where that is sure, in the queue after some tries."""
        library = await self._open_library()
        queued = await asyncio.to_thread(library.downloads.queued)
        waiting = next((each for each in queued if each.url == asked.url), None)
        is_given_up = waiting is not None and waiting.tries + 1 >= _MOST_QUEUE_TRIES
        if error.kind in _LOST or is_given_up:
            await asyncio.to_thread(library.downloads.give_up, asked.url, asked.title, asked.source)
        elif waiting is not None and error.kind != "left-alone":
            await asyncio.to_thread(library.downloads.tried, waiting.url)
