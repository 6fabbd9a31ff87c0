"""What is recorded about each check of a source."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from newsreader.errors import NewsreaderError
from newsreader.fetch_errors import FetchError
from newsreader.models import Page, Problem
from newsreader.service.errors import NoHeadlinesError
from newsreader.service.page_fetcher import FetchedPage
from newsreader.service.stores import Stores
from newsreader.service.subscriptions import is_empty_feed, wanted_lists
from newsreader.source_values import Source, SourceKind, SourceState
from newsreader.storage.sources import source_key
from newsreader.text import line
from newsreader.urls import host_of, shown, story_key


class SourceRecorder:
    """Records what a source shows now, or why it could not be fetched."""

    def __init__(self, stores: Stores, now: Callable[[], datetime]) -> None:
        self._stores = stores
        self._now = now

    async def page_fetched(self, fetched: FetchedPage) -> None:
        """Record what the page shows, where it is a source's."""
        if fetched.source is not None:
            await self.record_fetched_list(fetched.source, fetched.opened.page)

    async def record_fetched_list(self, source: Source, page: Page) -> None:
        """Record what a source shows now; one that was imported without a title is called as its site calls it."""
        has_no_title = source.title == host_of(source.url)
        states = await self._stores.read_cache(lambda cache: cache.source_checks.states()) if has_no_title else None
        await self._record_headlines(source, page)
        if states is None:
            return
        before = states.get(source_key(source.url), SourceState())
        if before.checked_at is None and page.headline_lists:
            kind = SourceKind.FEED if await self.is_feed(source.url) else SourceKind.PAGE
            learned = replace(source, title=title_of(page, source.url), kind=kind)
            await self._stores.try_library(lambda library: library.sources.learn(source, learned))

    async def record_failure(self, source: Source, problem: NewsreaderError | Problem) -> None:
        """Record why a source could not be fetched; a missing network says nothing about the site."""
        if not isinstance(problem, Problem) and problem.kind == "offline":
            return
        retry_at = problem.retry_after if isinstance(problem, FetchError) else None
        why = problem if isinstance(problem, Problem) else Problem.of(problem)
        now = self._now()
        await self._stores.write_cache(lambda cache: cache.source_checks.record_failure(source.url, why, now, retry_at))

    async def is_feed(self, url: str) -> bool:
        """Return whether the response that is kept of an address is a feed."""
        from newsreader.extraction.feed import looks_like_feed

        response = await self._stores.read_cache(lambda cache: cache.responses.of(url))
        return response is not None and looks_like_feed(response.body, response.content_type)

    async def _record_headlines(self, source: Source, page: Page) -> None:
        headlines = [h for each in wanted_lists(source, page.headline_lists) for h in each.headlines]
        if not headlines and not is_empty_feed(page):
            await self.record_failure(source, page.problem or NoHeadlinesError(address=shown(source.url)))
            return
        stories = {story_key(headline.url) for headline in headlines}
        read = await self._stores.read_library(lambda library: library.read_marks.among(stories))  # None: nobody knows
        now = self._now()
        await self._stores.write_cache(
            lambda cache: cache.source_checks.record(source.url, headlines, read, now, page.refresh_minutes)
        )


def title_of(page: Page, url: str) -> str:
    """Return the title of a source: that of the page or feed; the site's name for front pages and articles."""
    is_front = urlsplit(url).path in ("", "/") or page.article is not None
    names = (page.site_name, page.title) if is_front else (page.title, page.site_name)
    return next((line(name, 120) for name in names if name and name.strip()), host_of(url))
