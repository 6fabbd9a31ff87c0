"""How a page comes: fetched, or as the copy that is kept; and which block of it is the article."""

import asyncio
import contextlib
import json
import logging
import zlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TypeVar
from urllib.parse import unquote, urlsplit

from newsreader.contents import is_text
from newsreader.errors import NewsreaderError
from newsreader.extraction.version import EXTRACTOR_VERSION
from newsreader.fetching import FetchError
from newsreader.files import read_file
from newsreader.i18n import gettext, system_reason
from newsreader.jsonform import site_rule_from_json, site_rule_to_json
from newsreader.models import (
    Candidate,
    HeadlineList,
    ListKind,
    Opened,
    Page,
    Problem,
    Purpose,
    Response,
    SiteRule,
    Source,
    SourceSettings,
)
from newsreader.sandbox import ExtractionError
from newsreader.service.errors import FileError, NoRuleError, NoTextError, NotStoredError
from newsreader.service.notes import with_note
from newsreader.service.subscriptions import Following
from newsreader.storage.errors import StoreError
from newsreader.storage.library import DamagedArticleError
from newsreader.text import line
from newsreader.urls import (
    InvalidURLError,
    entry_id,
    host_of,
    normalise_url,
    page_key,
    shown,
    split_credentials,
    story_key,
    without_fragment,
)

T = TypeVar("T")

_log = logging.getLogger(__name__)

# A copy younger than this is shown without asking the site again, unless the reader asks.
_FRESH = timedelta(minutes=5)
_MOST_PAGES = 10
_MOST_FORWARDS = 4
_RULES: Mapping[Purpose, str] = {"article": "site-rules", "list": "list-rules"}
LARGEST_FILE = 10 * 1024 * 1024


class Pages(Following):
    """Opens pages. Every method may be cancelled; only whole answers are stored."""

    # --- opening ----------------------------------------------------------------------------------

    async def open(self, address: str, *, typed: bool = False, refresh: bool = False, offline: bool = False) -> Opened:
        """Return the page at an address: fetched, or the copy of it that is kept here.

        Args:
            address: As typed, or as a page names it.
            typed: The reader typed it: it may then name a file or a host of a private network.
            refresh: Ask the site even where a copy is at hand that is saved or new enough.
            offline: Do not use the network.

        Raises:
            InvalidURLError: the address is not one.
            NotStoredError: `offline`, and there is no copy.
            FetchError: it could not be fetched, and there is no copy.
            ExtractionError: the page broke its extraction, and there is no copy.
            FileError: the file cannot be read.
        """
        if typed and address.startswith("file:"):
            return await self._open_file(address)
        opened = await self._opened(address, typed=typed, refresh=refresh, offline=offline)
        opened = replace(opened, logged_in=await self.site_sessions.has_for(opened.page.url))
        return await self._with_item(opened, normalise_url(address, keep_fragment=not typed))

    async def _opened(self, address: str, *, typed: bool, refresh: bool, offline: bool) -> Opened:
        url = normalise_url(address, keep_fragment=not typed)
        if offline:
            copy = await self.stored(url)
            if copy is None:
                raise NotStoredError(address=shown(url))
            return copy
        if not refresh and (copy := await self.stored(url)) and (copy.saved or self._is_fresh(copy) or _is_entry(copy)):
            return copy
        try:
            opened = await self._fetched(url, typed=typed, http_fallback=typed and "://" not in address)
        except (FetchError, ExtractionError) as error:
            _log.warning("%s: %s", shown(url), error.kind)
            self._note_network(error)
            copy = await self.stored(url)
            if copy is None:
                raise
            return replace(copy, fetch_problem=Problem.of(error))
        self.offline_since = None
        page = opened.page
        counts = len(page.article.blocks) if page.article else 0, [len(each.headlines) for each in page.headline_lists]
        _log.info("%s: %d blocks, headlines %s, problem %s", shown(url), *counts, page.problem and page.problem.kind)
        return opened

    async def stored(self, address: str) -> Opened | None:
        """Return the copy of a page that is kept here, whatever its age: the newest of those of the two stores."""
        copy = await self._copy_at(split_credentials(normalise_url(address, keep_fragment=True))[0])
        if copy is not None and (await self._private_hosts()).places:
            self._private.note_page(copy.page)
        return None if copy is None else replace(copy, logged_in=await self.site_sessions.has_for(copy.page.url))

    async def _copy_at(self, key: str) -> Opened | None:
        saved = await self._saved_copy(key)
        cached = await self._cached_copy(key)
        if saved is None:
            copy = await self._downloaded_copy(key, cached)
            return await self._cleaned(copy) if copy is not None else await self._shown_before(key)
        if cached and cached.page.article and cached.fetched_at > saved.fetched_at:
            return await self._cleaned(cached)
        return saved

    def _is_fresh(self, copy: Opened) -> bool:
        return timedelta(0) <= self.now() - copy.fetched_at < _FRESH

    def _note_network(self, error: NewsreaderError) -> None:
        if error.kind in ("offline", "dns"):
            self.offline_since = self.offline_since or self.now()

    async def _fetched(self, url: str, *, typed: bool, http_fallback: bool) -> Opened:
        """Return a page from its site; where it is a source's, what it shows, or why it failed, is noted."""
        key, _ = split_credentials(url)
        source, is_its_own = await self._source_for(key)
        try:
            opened = await self._fetched_of(source, url, typed=typed, http_fallback=http_fallback)
        except (FetchError, ExtractionError) as error:
            if source is not None and is_its_own:
                await self._note_failed(source, error)
            raise
        if source is not None and is_its_own:
            await self._note_had(source, opened.page)
        return opened

    async def _fetched_of(self, source: Source | None, url: str, *, typed: bool, http_fallback: bool) -> Opened:
        key, _ = split_credentials(url)
        page_url = without_fragment(key)
        cached = await self._read_cache(lambda cache: cache.response(page_url))
        settings = source.settings if source is not None else SourceSettings()
        trust = await self._trust_for(url, typed=typed)
        response = await self._network().fetch(
            without_fragment(url),
            cached,
            trust=trust,
            http_fallback=http_fallback,
            user_agent=settings.user_agent,
            headers=settings.headers,
            cookies=await self.site_sessions.cookies_for(url),
        )
        await self._write_cache(lambda cache: cache.put_response(response))
        rules = await self._rules_of(key)
        page = None
        if cached is not None and cached.body == response.body and cached.final_url == response.final_url:
            found = await self._read_cache(lambda cache: cache.page(key, _version(*rules)))
            if found is not None and found[1] == cached.fetched_at:  # else it was made of an answer before that one
                page = with_note(found[0], response)
        if page is None:
            page = with_note(await self._sandbox.parse(response, *rules, entry=entry_id(key)), response)
            self._note_fetched(response, page, trust)
            page, response = await self._forwarded(page, response)
            page = await self._alternative(await self._joined(await self._without_entries(page, rules, response)))
        if page.problem is not None and page.problem.kind == "entry-gone" and (copy := await self.stored(key)):
            return copy
        self._note_fetched(response, page, trust)
        whole = page  # the store keeps it as it was extracted: more is known of the site when it is shown next
        await self._write_cache(lambda cache: cache.put_page(key, _version(*rules), whole, response.fetched_at))
        await self._learn_site(whole)
        return await self._cleaned(Opened(whole, response.fetched_at))

    async def _forwarded(self, page: Page, response: Response) -> tuple[Page, Response]:
        """Return what a page leads to that has no words of its own, under the address that was asked for.

        It is followed as a redirect is, under the same rules: a page never leads to a private network.

        Raises:
            FetchError, ExtractionError: where it leads cannot be had.
        """
        key, visited = response.url, {page_key(page.url)}
        while page.forward_url is not None and page_key(page.forward_url) not in visited:
            if len(visited) > _MOST_FORWARDS:
                break
            visited.add(page_key(page.forward_url))
            target = without_fragment(page.forward_url)
            if self._private.has_place(page.url):
                self._private.note_led(target)
            settings, trust = await self._asked_as(target), await self._trust_for(target)
            following = await self._network().fetch(
                target,
                None,
                trust=trust,
                user_agent=settings.user_agent,
                headers=settings.headers,
                cookies=await self.site_sessions.cookies_for(target),
            )
            page = with_note(await self._sandbox.parse(following, *await self._rules_of(target)), following)
            self._note_fetched(following, page, trust)
            response = replace(following, url=key, etag=None, last_modified=None)
            await self._write_cache(lambda cache, kept=response: cache.put_response(kept))  # type: ignore[misc]
        return page, response

    async def _learn_site(self, page: Page) -> None:
        article = page.article
        if article is not None and not page.by_rule and entry_id(page.url) is None:
            await self._write_cache(lambda cache: cache.sites.learn(_site_of(page.url), article))

    async def _cleaned(self, opened: Opened) -> Opened:
        """Return the page without what other stories of its site show; as it is where the reader chose its block."""
        page = opened.page
        if page.article is None or page.by_rule or entry_id(page.url) is not None:
            return opened
        cleaned = await self._read_cache(lambda cache: cache.sites.of(_site_of(page.url)).clean_page(page))
        return opened if cleaned is None or cleaned is page else replace(opened, page=cleaned)

    async def _without_entries(self, page: Page, rules: tuple[SiteRule | None, ...], response: Response) -> Page:
        """Return a feed without the words of those entries that have no page; these are kept as pages of their own."""
        if not page.entries:
            return page
        pages = [Page(each.url, each.title, page.title, page.language, each, feeds=page.feeds) for each in page.entries]
        await self._write_cache(lambda cache: cache.put_entries(pages, _version(*rules), response.fetched_at))
        return replace(page, entries=())

    async def _with_item(self, opened: Opened, url: str) -> Opened:
        """Return a page with what the feed says of its article that showed it at this address, if that is followed."""
        article = opened.page.article
        if article is None or article.comments or article.enclosures or article.categories:
            return opened
        item = await self._read_cache(lambda cache: cache.headline_of(url))
        if item is None or not (item.comments or item.enclosures or item.categories):
            return opened
        article = replace(article, comments=item.comments, enclosures=item.enclosures, categories=item.categories)
        return replace(opened, page=replace(opened.page, article=article))

    async def _fetched_page(self, url: str) -> Page:
        """Fetch and extract an address that a page names, past the cache."""
        settings = await self._asked_as(url)
        trust = await self._trust_for(url)
        response = await self._network().fetch(
            url,
            None,
            trust=trust,
            user_agent=settings.user_agent,
            headers=settings.headers,
            cookies=await self.site_sessions.cookies_for(url),
        )
        page = await self._sandbox.parse(response, *await self._rules_of(url))
        self._note_fetched(response, page, trust)
        return page

    async def _joined(self, page: Page) -> Page:
        """Return the page with the next pages of its article appended: in order, without repeats, ten at most.

        Where one of them cannot be had, the article ends before it and still names it in `next_url`.
        """
        article = page.article
        if article is None or article.next_url is None:
            return page
        blocks = list(article.blocks)
        known = set(blocks)
        visited = {story_key(page.url), story_key(article.url)}
        next_url: str | None = article.next_url
        while next_url and len(visited) < _MOST_PAGES + 2 and _same_host(next_url, page.url):
            if story_key(next_url) in visited:
                next_url = None
                break
            visited.add(story_key(next_url))
            try:
                following = (await self._fetched_page(next_url)).article
            except (FetchError, ExtractionError):
                break
            fresh = [block for block in following.blocks if block not in known] if following else []
            if following is None or not fresh:
                next_url = None
                break
            blocks += fresh
            known.update(fresh)
            next_url = following.next_url
        return replace(page, article=replace(article, blocks=tuple(blocks), next_url=next_url))

    async def _alternative(self, page: Page) -> Page:
        """Return the page with the article of its AMP or print version, where a problem hides its own."""
        if page.article is not None or page.problem is None:
            return page
        for url in page.alternatives[:2]:
            try:
                other = await self._fetched_page(url)
            except (FetchError, ExtractionError):
                continue  # the page's own problem is what the reader is told
            if other.article is not None:
                return replace(page, article=replace(other.article, url=page.url), problem=None)
        return page

    async def _open_file(self, address: str) -> Opened:
        response = await self._response_of_file(address)
        return Opened(await self._sandbox.parse(response), response.fetched_at)

    async def open_body(self, body: bytes, url: str, *, whole: bool = False) -> Opened:
        """Return the page of bytes that came from elsewhere, such as a file; nothing of it is kept.

        Args:
            body: At most 10 MiB count.
            url: Where they came from: what relative addresses are resolved against.
            whole: All words of the page are its article.

        Raises:
            NoTextError: they are no text.
            ExtractionError: the page is too much to be taken apart.
        """
        body = body[:LARGEST_FILE]
        if not is_text(body):
            raise NoTextError(address=shown(url))
        response = Response(url, url, 200, None, body, None, None, self.now())
        page = await (self._sandbox.whole_page(response) if whole else self._sandbox.parse(response))
        return Opened(page, response.fetched_at)

    async def open_file(self, address: str, url: str, *, whole: bool = False) -> Opened:
        """Return the page of a file that came from an address; see `open_body`.

        Raises:
            FileError: the file cannot be read.
        """
        return await self.open_body((await self._response_of_file(address)).body, url, whole=whole)

    async def _response_of_file(self, address: str) -> Response:
        path = Path(unquote(urlsplit(address).path))
        try:
            body = await asyncio.to_thread(read_file, path, LARGEST_FILE)
        except OSError as error:
            reason = line(system_reason(error.strerror or "") or gettext("it cannot be opened"))
            raise FileError(address=shown(str(path)), reason=reason) from error
        if not is_text(body):
            raise NoTextError(address=shown(str(path)))
        return Response(address, address, 200, None, body, None, None, self.now())

    # --- copies -----------------------------------------------------------------------------------

    async def _saved_copy(self, key: str) -> Opened | None:
        try:
            library = await self._open_library()
            saved = await asyncio.to_thread(library.saved, key)
        except DamagedArticleError as error:
            self.store_problem = Problem.of(error)
            if error.response is None:
                return None
            page = await self._sandbox.parse(error.response)  # the original is sound
            return Opened(page, error.response.fetched_at, from_cache=True, saved=True)
        except StoreError as error:
            if self.is_library_required:
                raise
            self.store_problem = Problem.of(error)
            return None
        if saved is None or (saved.page.article is None and saved.response is None):  # only its address is here
            return None
        return Opened(saved.page, saved.saved_at, from_cache=True, saved=True, pictures=len(saved.pictures))

    async def _downloaded_copy(self, key: str, cached: Opened | None) -> Opened | None:
        """Return what was downloaded by intent, or the cached copy where that is newer."""
        found = await self._read_library(lambda library: library.downloads.page(key))
        if found is None or (cached and cached.page.article and cached.fetched_at >= found[1]):
            return cached
        return Opened(found[0], found[1], from_cache=True)

    async def _shown_before(self, key: str) -> Opened | None:
        """Return what a source showed when it was last had, where its page itself is no more kept."""
        source = await self.source_of(key)
        headlines = await self._read_cache(lambda cache: cache.shown_of(source.url)) if source is not None else None
        if source is None or not headlines:
            return None
        state = (await self.source_states())[source.id]
        lists = (HeadlineList(None, ListKind.LATEST, headlines),)
        page = Page(source.url, source.title, headline_lists=lists)
        return Opened(page, state.checked_at or source.added_at, from_cache=True)

    async def _cached_copy(self, key: str) -> Opened | None:
        rules = await self._rules_of(key)
        found = await self._read_cache(lambda cache: cache.page(key, _version(*rules)))
        if found is not None:
            return Opened(found[0], found[1], from_cache=True)
        response = await self._read_cache(lambda cache: cache.response(without_fragment(key)))
        if response is None:
            return None
        page = await self._sandbox.parse(response, *rules, entry=entry_id(key))  # stored by an older extractor or rule
        if page.problem is not None and page.problem.kind == "entry-gone":
            return None
        page = await self._without_entries(page, rules, response)
        await self._write_cache(lambda cache: cache.put_page(key, _version(*rules), page, response.fetched_at))
        return Opened(page, response.fetched_at, from_cache=True)

    # --- what the reader takes for the article ----------------------------------------------------

    async def whole(self, address: str, *, typed: bool = False, offline: bool = False) -> Opened:
        """Return a page with all of its words as its article; fetched only where there is no copy of it.

        Raises:
            NotStoredError: there is no copy of the page as it came.
            FetchError, ExtractionError, InvalidURLError, FileError: as `open`.
        """
        if typed and address.startswith("file:"):
            response = await self._response_of_file(address)
            return Opened(await self._sandbox.whole_page(response), response.fetched_at)
        opened = await self._opened(address, typed=typed, refresh=False, offline=offline) if entry_id(address) else None
        if opened is not None and _is_entry(opened):
            return opened  # it is whole
        response = await self._response_of(address, typed=typed, offline=offline)
        return Opened(await self._sandbox.whole_page(response), response.fetched_at, from_cache=True)

    async def candidates(self, address: str, purpose: Purpose = "article") -> tuple[Candidate, ...]:
        """Return the blocks of a page that the reader may take for its article, or its list; raises as `whole`."""
        return await self._sandbox.candidates(await self._response_of(address), purpose)

    async def choose_block(self, address: str, candidate: Candidate) -> Opened:
        """Take this block for the article, or the list, of the site's pages from now on; return the page with it.

        Raises:
            StoreError: the library cannot be written.
            NotStoredError, FetchError, ExtractionError: as `whole`.
        """
        host, key = _host_of_rule(address), split_credentials(normalise_url(address))[0]
        rule = replace(candidate.rule, host=host)
        library = await self._open_library()
        value = site_rule_to_json(rule)
        await asyncio.to_thread(library.change_entry, _RULES[rule.purpose], host, value, key)
        response = await self._response_of(address)
        rules = await self._rules_of(key)
        page = await self._joined(await self._sandbox.parse(response, *rules))
        await self._write_cache(lambda cache: cache.put_page(key, _version(*rules), page, response.fetched_at))
        return Opened(page, response.fetched_at, from_cache=True)

    async def rules(self, purpose: Purpose = "article") -> dict[str, SiteRule]:
        """Return the reader's rules for articles, or for lists, each under the host that it is for."""
        kept = await self.choice(_RULES[purpose])
        found: dict[str, SiteRule] = {}
        for host, value in kept.items() if isinstance(kept, dict) else ():
            with contextlib.suppress(KeyError, TypeError, ValueError):  # written by another version of the program
                found[host] = site_rule_from_json(value)
        return found

    async def forget_rule(self, host: str, purpose: Purpose = "article") -> None:
        """Read the pages of a host, or of an address's, as if no rule had been made; can be undone.

        Raises:
            NoRuleError: there is none for it.
            StoreError: the library cannot be written.
        """
        library = await self._open_library()
        names = list(dict.fromkeys((host, _host_of_rule(host))))
        for name in names:
            if await asyncio.to_thread(library.remove_entry, _RULES[purpose], name):
                return
        raise NoRuleError(host=line(names[-1], 100))

    async def _rules_of(self, address: str) -> tuple[SiteRule | None, SiteRule | None]:
        """Return the rule for articles and the one for lists."""
        of_articles, of_lists = await self.rules("article"), await self.rules("list")
        if not of_articles and not of_lists:
            return None, None
        host = _host_of_rule(address)
        if not await self._uses_rules(host):
            return None, None
        return of_articles.get(host), of_lists.get(host)

    async def _response_of(self, address: str, *, typed: bool = False, offline: bool = False) -> Response:
        """Return the answer that was had from an address; where it is not kept, it is asked for now."""
        key, _ = split_credentials(normalise_url(address))
        response = await self._kept_response(key)
        if response is None and not offline:
            await self.open(address, typed=typed, refresh=True)
            response = await self._kept_response(key)
        if response is None:
            raise NotStoredError(address=shown(key))
        return response

    async def _kept_response(self, key: str) -> Response | None:
        response = await self._read_cache(lambda cache: cache.response(without_fragment(key)))
        if response is None:
            with contextlib.suppress(DamagedArticleError):
                saved = await self._read_library(lambda library: library.saved(key))
                response = saved.response if saved is not None else None
        return response


def _is_entry(opened: Opened) -> bool:
    """Return whether a page is an entry of a feed that has none: it came with the feed, and changes with it."""
    return entry_id(opened.page.url) is not None


def _same_host(one: str, other: str) -> bool:
    return urlsplit(one).hostname == urlsplit(other).hostname


def _site_of(url: str) -> str:
    """Return what a site's memory is kept under: the host, with the port where the address names one."""
    return urlsplit(url).netloc.rpartition("@")[2].removeprefix("www.")


def _host_of_rule(address: str) -> str:
    with contextlib.suppress(InvalidURLError):
        return host_of(normalise_url(address))
    return host_of(address)  # kept before such were refused: no rule is for it


def _version(*rules: SiteRule | None) -> int:
    """Return the version of what is extracted: the extractor's, and another one under rules."""
    made = [json.dumps(site_rule_to_json(rule), sort_keys=True) for rule in rules if rule is not None]
    if not made:
        return EXTRACTOR_VERSION
    return EXTRACTOR_VERSION + (zlib.crc32("".join(made).encode()) << 16)
