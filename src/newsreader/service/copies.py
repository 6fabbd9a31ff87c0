"""The copies of pages that are stored here: saved, downloaded, cached."""

import contextlib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from newsreader.models import HeadlineList, ListKind, Opened, Page, Problem, Response
from newsreader.sandbox import Sandbox
from newsreader.service.active_settings import ActiveSettings
from newsreader.service.errors import NotStoredError
from newsreader.service.notes import FROM_SERVER, with_note
from newsreader.service.site_rules import SiteRules, extraction_version
from newsreader.service.stores import Stores
from newsreader.service.subscriptions import Subscriptions
from newsreader.service.text_pages import page_of_text
from newsreader.site_rules import SiteRule
from newsreader.storage.cache import Cache
from newsreader.storage.errors import StoreError
from newsreader.storage.saved import DamagedArticleError
from newsreader.storage.site_memories import site_of
from newsreader.urls import entry_id, shown, without_fragment

# A copy younger than this is shown without asking the site again, unless the reader asks.
_FRESH = timedelta(minutes=5)


class Copies:
    """Finds the newest copy of a page, and puts new ones into the cache.

    A page is known by its key: its address without user name and password.
    """

    def __init__(
        self,
        stores: Stores,
        settings: ActiveSettings,
        sandbox: Sandbox,
        site_rules: SiteRules,
        subscriptions: Subscriptions,
        now: Callable[[], datetime],
    ) -> None:
        self._stores = stores
        self._settings = settings
        self._sandbox = sandbox
        self._site_rules = site_rules
        self._subscriptions = subscriptions
        self._now = now

    async def newest(self, key: str) -> Opened | None:
        """Return the newest copy of a page in the two stores; else what a source showed when it was last fetched."""
        saved = await self._saved_copy(key)
        cached = await self.cached(key)
        if saved is None:
            copy = await self._downloaded_copy(key, cached)
            if copy is not None:
                return await self.without_furniture(copy)
            return await self._last_known_page(key) or await self._account_copy(key)
        if cached and cached.page.article and cached.fetched_at > saved.fetched_at:
            return await self.without_furniture(cached)
        return saved

    def is_fresh(self, copy: Opened) -> bool:
        """Return whether a copy is shown without asking the site again."""
        return timedelta(0) <= self._now() - copy.fetched_at < _FRESH and copy.page.note != FROM_SERVER

    async def cached(self, key: str) -> Opened | None:
        """Return the cached copy, extracted again if an older extractor or rule made it."""
        rules = await self._site_rules.of(key)
        version = extraction_version(*rules)
        copy, response = await self._stores.read_cache(partial(_copy_or_response, key, version)) or (None, None)
        if copy is not None or response is None:
            return copy
        page = await self._sandbox.parse(response, *rules, entry=entry_id(key))  # stored by an older extractor or rule
        page = with_note(page, response)
        if page.problem is not None and page.problem.kind == "entry-gone":
            return None
        page = await self.with_entries_apart(page, rules, response)
        await self.put(key, page, rules, response.fetched_at)
        return Opened(page, response.fetched_at, from_cache=True)

    def not_stored(self, url: str) -> StoreError | NotStoredError:
        """Return the error for a page without a copy; where the cache cannot be read, that is why."""
        return self._stores.unread or NotStoredError(address=shown(url))

    async def response(self, key: str) -> Response | None:
        """Return the response that a copy was made of; None if it is not kept."""
        response = await self._stores.read_cache(lambda cache: cache.responses.of(without_fragment(key)))
        if response is None:
            with contextlib.suppress(DamagedArticleError):
                saved = await self._stores.read_library(lambda library: library.saved.article(key))
                response = saved.response if saved is not None else None
        return response

    async def put(self, key: str, page: Page, rules: tuple[SiteRule | None, ...], fetched_at: datetime) -> None:
        """Put a page that was extracted under these rules into the cache."""
        version = extraction_version(*rules)
        await self._stores.write_cache(lambda cache: cache.pages.put(key, version, page, fetched_at))

    async def keep_response(self, response: Response) -> None:
        """Put a response into the cache of which no page could be made."""
        await self._stores.write_cache(lambda cache: cache.responses.put(response))

    async def keep_fetched(
        self, response: Response, key: str, page: Page, rules: tuple[SiteRule | None, ...], fetched_at: datetime
    ) -> Opened:
        """Put a page that was just fetched into the cache, with its response, and learn its site.

        The store keeps it as it was extracted: more is known of the site when it is shown next.

        Returns:
            The page without its furniture.
        """
        version = extraction_version(*rules)
        article = page.article if not page.by_rule and entry_id(page.url) is None else None
        cleaned = await self._stores.read_cache(
            lambda cache: cache.keep_fetched(response, key, version, page, fetched_at, article)
        )
        return Opened(cleaned or page, fetched_at)

    async def without_furniture(self, opened: Opened) -> Opened:
        """Return the page without what other stories of its site show; unchanged if the reader chose its block."""
        page = opened.page
        if page.article is None or page.by_rule or entry_id(page.url) is not None:
            return opened
        cleaned = await self._stores.read_cache(lambda cache: cache.sites.of(site_of(page.url)).clean_page(page))
        return opened if cleaned is None or cleaned is page else replace(opened, page=cleaned)

    async def with_entries_apart(self, page: Page, rules: tuple[SiteRule | None, ...], response: Response) -> Page:
        """Return a feed without the texts of entries that have no page; these are stored as pages of their own."""
        if not page.entries:
            return page
        pages = [Page(each.url, each.title, page.title, page.language, each, feeds=page.feeds) for each in page.entries]
        await self._stores.write_cache(
            lambda cache: cache.pages.put_entries(pages, extraction_version(*rules), response.fetched_at)
        )
        return replace(page, entries=())

    async def with_item_details(self, opened: Opened, url: str) -> Opened:
        """Return a page with what the feed that lists it at this address says about its article, if it is followed."""
        article = opened.page.article
        if article is None or article.comments or article.enclosures or article.categories:
            return opened
        item = await self._stores.read_cache(lambda cache: cache.source_checks.headline_of(url))
        if item is None or not (item.comments or item.enclosures or item.categories):
            return opened
        article = replace(article, comments=item.comments, enclosures=item.enclosures, categories=item.categories)
        return replace(opened, page=replace(opened.page, article=article))

    async def _saved_copy(self, key: str) -> Opened | None:
        try:
            saved = await self._stores.in_library(lambda library: library.saved.article(key))
        except DamagedArticleError as error:
            self._stores.problem = Problem.of(error)
            if error.response is None:
                return None
            page = with_note(await self._sandbox.parse(error.response), error.response)  # the original is sound
            return Opened(page, error.response.fetched_at, from_cache=True, saved=True)
        except StoreError as error:
            if self._settings.is_library_required:
                raise
            self._stores.problem = Problem.of(error)
            return None
        if saved is None or (saved.page.article is None and saved.response is None):  # only its address is here
            return None
        return Opened(saved.page, saved.saved_at, from_cache=True, saved=True, pictures=len(saved.pictures))

    async def _downloaded_copy(self, key: str, cached: Opened | None) -> Opened | None:
        """Return what was downloaded explicitly, or the cached copy where that is newer."""
        found = await self._stores.read_library(lambda library: library.downloads.page(key))
        if found is None or (cached and cached.page.article and cached.fetched_at >= found[1]):
            return cached
        return Opened(found[0], found[1], from_cache=True)

    async def _account_copy(self, key: str) -> Opened | None:
        """Return what an account's server sent for a story; None if none did."""
        found = await self._stores.read_cache(lambda cache: cache.account_contents.of_story(key))
        if found is None:
            return None
        item, fetched_at = found
        page = await page_of_text(self._sandbox, key, str(item.get("title", "")), str(item["content_html"]), fetched_at)
        return Opened(replace(page, note=FROM_SERVER), fetched_at, from_cache=True) if page is not None else None

    async def _last_known_page(self, key: str) -> Opened | None:
        """Return what a source showed when it was last fetched, if its page itself is no longer stored."""
        source = await self._subscriptions.of(key)
        headlines = (
            await self._stores.read_cache(lambda cache: cache.source_checks.last_shown(source.url))
            if source is not None
            else None
        )
        if source is None or not headlines:
            return None
        state = (await self._subscriptions.states())[source.id]
        lists = (HeadlineList(None, ListKind.LATEST, headlines),)
        page = Page(source.url, source.title, headline_lists=lists)
        return Opened(page, state.checked_at or source.added_at, from_cache=True)


def _copy_or_response(key: str, version: int, cache: Cache) -> tuple[Opened | None, Response | None]:
    """Return the stored page if this version extracted it, else the response from which to make it."""
    found = cache.pages.of(key, version)
    if found is not None:
        return Opened(found[0], found[1], from_cache=True), None
    return None, cache.responses.of(without_fragment(key))
