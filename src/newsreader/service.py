"""What both front ends call: open, save, list, remember. It wires the parts below and owns the one clock."""

import asyncio
import contextlib
import json
import zlib
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeVar
from urllib.parse import unquote, urlsplit

from newsreader.desktop import open_in_browser
from newsreader.errors import NewsreaderError
from newsreader.extraction.version import EXTRACTOR_VERSION
from newsreader.fetching import DEFAULT_USER_AGENT, Fetcher, FetchError, Wanted
from newsreader.i18n import N_, gettext, system_reason
from newsreader.jsonform import site_rule_from_json, site_rule_to_json
from newsreader.models import (
    Article,
    Block,
    Candidate,
    Figure,
    Headline,
    HeadlineList,
    ListBlock,
    ListedHeadline,
    ListKind,
    Opened,
    Page,
    Problem,
    Purpose,
    Quote,
    Response,
    SiteRule,
)
from newsreader.sandbox import ExtractionError, Sandbox
from newsreader.settings import Directories, Settings
from newsreader.storage.cache import Cache, CacheInfo
from newsreader.storage.errors import StoreError
from newsreader.storage.library import (
    Change,
    DamagedArticleError,
    KeptPlace,
    Library,
    SavedArticle,
    SavedPicture,
    SavedRow,
)
from newsreader.text import line
from newsreader.urls import host_of, normalise_url, shown, split_credentials, story_key

if TYPE_CHECKING:
    from newsreader.sample.server import SampleServer

Seen = Sequence[tuple[Headline, datetime | None]]  # with the time when each was first seen
S = TypeVar("S")
T = TypeVar("T")

# A copy younger than this is shown without asking the site again, unless the reader asks.
_FRESH = timedelta(minutes=5)
_KEPT_AFTER_DROPPED = 200
_ONE_ARRIVAL = timedelta(seconds=10)  # the lists of a page are noted one after another
_MOST_PAGES = 10
_MOST_PICTURES = 40
_PICTURES_AT_ONCE = 4
_RULES: Mapping[Purpose, str] = {"article": "site-rules", "list": "list-rules"}
_LARGEST_FILE = 10 * 1024 * 1024
# The same at every start while it is free, so that what was read in the sample newspaper stays read.
_SAMPLE_PORT = 18347


class NotStoredError(NewsreaderError):
    """There is no copy of the page to be read without the network."""

    message = N_("{address} has not been read before, so there is no copy of it.")
    hint = N_("Connect to the network and open it once; after that it can be read offline.")
    kind = "not-stored"
    exit_status = 3


class NotSavedError(NewsreaderError):
    """An address is not in the library."""

    message = N_("{address} is not among the saved articles.")
    hint = N_("`newsreader saved` lists them.")
    kind = "not-saved"
    exit_status = 3


class NothingToSaveError(NewsreaderError):
    """The page holds no article that could be kept."""

    message = N_("There is no article at {address} to save.")
    hint = N_("Open one of its headlines and save that.")
    kind = "nothing-to-save"
    exit_status = 4


class NoRuleError(NewsreaderError):
    """No block has been chosen for a site."""

    message = N_("There is no rule for {host}.")
    hint = N_("`newsreader rules` lists them.")
    kind = "no-rule"
    exit_status = 4


class NoMoreError(NewsreaderError):
    """The next page of a list holds no list."""

    message = N_("{address} holds no more headlines.")
    hint = N_("What is listed stays; o opens the page in the browser.")
    kind = "no-more"
    exit_status = 4


class FileError(NewsreaderError):
    """A file that was named as an address cannot be read."""

    message = N_("Could not read {address}: {reason}.")
    hint = N_("Check the path and its permissions.")
    kind = "file"
    exit_status = 3


@dataclass(frozen=True, slots=True)
class Paper:
    """A suggestion for the first start."""

    title: str
    url: str


PAPERS = (
    Paper("Вести", "https://vesti-ua.net/"),
    Paper("Українська правда", "https://www.pravda.com.ua/"),
    Paper("Суспільне Новини", "https://suspilne.media/"),
    Paper("BBC News", "https://www.bbc.com/news"),
    Paper("The Guardian", "https://www.theguardian.com/international"),
    Paper("Deutsche Welle", "https://www.dw.com/"),
    Paper("Tagesschau", "https://www.tagesschau.de/"),
    Paper("Le Monde", "https://www.lemonde.fr/"),
    Paper("El País", "https://elpais.com/"),
    Paper("Gazeta Wyborcza", "https://wyborcza.pl/"),
    Paper("NHK World", "https://www3.nhk.or.jp/nhkworld/"),
    Paper("Hacker News", "https://news.ycombinator.com/"),
    Paper("LWN", "https://lwn.net/"),
)


@dataclass(frozen=True, slots=True)
class Session:
    """Where the reader was, for the next start.

    Attributes:
        address: The page whose lists are on the left.
        article: The address of the article on the right, if one is open.
        view: "all" or "saved".
        top: The first line of the article on the screen.
        is_sample: The address is one of the sample newspaper, which has to be served first.
        in_article: The reader was in the article, not in the list.
    """

    address: str | None = None
    article: str | None = None
    view: str = "all"
    top: int = 0
    is_sample: bool = False
    in_article: bool = False


@dataclass(frozen=True, slots=True)
class Saved:
    """What `save` did: the article as kept, and how many of its pictures could be had."""

    url: str
    title: str
    pictures: int
    pictures_named: int


class NewsService:
    """The program without a screen. Every method may be cancelled; only whole answers are stored.

    Attributes:
        offline_since: When the network was first found to be gone; None while it is there.
        store_problem: Why the last use of a store failed, reading having gone on without it; None if none did.
        now: The one clock: aware, UTC.
    """

    def __init__(
        self, directories: Directories, settings: Settings, *, clock: Callable[[], datetime] | None = None
    ) -> None:
        self.directories = directories
        self.settings = settings
        self.papers = PAPERS
        self.now = clock or _utc_now
        self.offline_since: datetime | None = None
        self.store_problem: Problem | None = None
        self._typed_hosts: set[str] = set()
        self._ahead: dict[str, asyncio.Lock] = {}  # for each host of which a page was fetched ahead
        self._refused_ahead: set[str] = set()  # hosts that are asked only for what the reader opens
        self._sandbox = Sandbox()
        self._fetcher: Fetcher | None = None
        self._cache: Cache | None = None
        self._library: Library | None = None
        self._opening = asyncio.Lock()
        self._sample: SampleServer | None = None

    # --- life -------------------------------------------------------------------------------------

    def start(self) -> None:
        """Start the worker process; to be called before a screen takes the terminal over."""
        self._sandbox.start()

    async def __aenter__(self) -> Self:
        """Return the service; leaving the context closes it."""
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close everything that was opened."""
        self._sandbox.close()
        if self._fetcher is not None:
            await self._fetcher.aclose()
        for store in (self._cache, self._library):
            if store is not None:
                await asyncio.to_thread(store.close)
        if self._sample is not None:
            await asyncio.to_thread(self._sample.stop)

    @property
    def online(self) -> bool:
        """Whether the network was there when it was last needed."""
        return self.offline_since is None

    def _network(self) -> Fetcher:
        if self._fetcher is None:
            network = self.settings.network
            self._fetcher = Fetcher(
                now=self.now,
                user_agent=network.user_agent or DEFAULT_USER_AGENT,
                deadline_s=network.timeout,
                proxy=network.proxy,
            )
        return self._fetcher

    async def _open_cache(self) -> Cache:
        async with self._opening:
            if self._cache is None:
                path = self.directories.cache / "cache.db"
                self._cache = await asyncio.to_thread(Cache.open, path, now=self.now)
                self._note_store(self._cache.problem)
            return self._cache

    async def _open_library(self) -> Library:
        async with self._opening:
            if self._library is None:
                path = self.directories.data / "library.db"
                self._library = await asyncio.to_thread(Library.open, path, now=self.now)
                self._note_store(self._library.problem)
            return self._library

    def _note_store(self, problem: StoreError | None) -> None:
        if problem is not None:
            self.store_problem = Problem.of(problem)

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
        url = normalise_url(address)
        if typed:
            self._typed_hosts.add(urlsplit(url).hostname or "")
        if offline:
            copy = await self.stored(url)
            if copy is None:
                raise NotStoredError(address=shown(url))
            return copy
        if not refresh and (copy := await self.stored(url)) and (copy.saved or self._is_fresh(copy)):
            return copy
        try:
            opened = await self._fetched(url, typed=typed, http_fallback=typed and "://" not in address)
        except (FetchError, ExtractionError) as error:
            self._note_network(error)
            copy = await self.stored(url)
            if copy is None:
                raise
            return replace(copy, fetch_problem=Problem.of(error))
        self.offline_since = None
        return opened

    async def prefetch(self, address: str) -> bool:
        """Fetch a page ahead, so that it can be read at once; say whether a copy of it is kept now.

        Nothing is said of failures. A host is asked for one page at a time, and not again once it has refused one
        (403, 429); private networks are reached where `open` would. Nothing is fetched offline and in frugal mode.
        """
        try:
            url = normalise_url(address)
        except NewsreaderError:
            return False
        host = host_of(url)
        if self.settings.reading.frugal or not self.online or host in self._refused_ahead:
            return False
        async with self._ahead.setdefault(host, asyncio.Lock()):
            if (await self.rows([Headline("", url)]))[0].stored:
                return True
            if host in self._refused_ahead:
                return False
            try:
                await self._fetched(url, typed=False, http_fallback=False)
            except (FetchError, ExtractionError) as error:
                if error.kind in ("forbidden", "busy"):
                    self._refused_ahead.add(host)
                return False
        return True

    async def stored(self, address: str) -> Opened | None:
        """Return the copy of a page that is kept here, whatever its age: the newer of a saved and a cached one."""
        key, _ = split_credentials(normalise_url(address))
        saved = await self._saved_copy(key)
        cached = await self._cached_copy(key)
        if saved is None or (cached and cached.page.article and cached.fetched_at > saved.fetched_at):
            return cached
        return saved

    def _is_fresh(self, copy: Opened) -> bool:
        return timedelta(0) <= self.now() - copy.fetched_at < _FRESH

    def _note_network(self, error: NewsreaderError) -> None:
        if error.kind in ("offline", "dns"):
            self.offline_since = self.offline_since or self.now()

    async def _fetched(self, url: str, *, typed: bool, http_fallback: bool) -> Opened:
        key, _ = split_credentials(url)
        cached = await self._read_cache(lambda cache: cache.response(key))
        response = await self._network().fetch(
            url, cached, typed=typed, http_fallback=http_fallback, trusted_hosts=frozenset(self._typed_hosts)
        )
        await self._write_cache(lambda cache: cache.put_response(response))
        rules = await self._rules_of(key)
        page = None
        if cached is not None and cached.body == response.body and cached.final_url == response.final_url:
            found = await self._read_cache(lambda cache: cache.page(key, _version(*rules)))
            page = found[0] if found else None
        if page is None:
            page = await self._alternative(await self._joined(await self._sandbox.parse(response, *rules)))
        whole = page
        await self._write_cache(lambda cache: cache.put_page(key, _version(*rules), whole, response.fetched_at))
        return Opened(whole, response.fetched_at)

    async def _fetched_page(self, url: str) -> Page:
        """Fetch and extract an address that a page names, past the cache."""
        response = await self._network().fetch(url, None, trusted_hosts=frozenset(self._typed_hosts))
        return await self._sandbox.parse(response, *await self._rules_of(url))

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

    async def _response_of_file(self, address: str) -> Response:
        path = Path(unquote(urlsplit(address).path))
        try:
            body = await asyncio.to_thread(_read_file, path)
        except OSError as error:
            reason = line(system_reason(error.strerror or "") or gettext("it cannot be opened"))
            raise FileError(address=shown(str(path)), reason=reason) from error
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
            self.store_problem = Problem.of(error)
            return None
        return Opened(saved.page, saved.saved_at, from_cache=True, saved=True) if saved else None

    async def _cached_copy(self, key: str) -> Opened | None:
        rules = await self._rules_of(key)
        found = await self._read_cache(lambda cache: cache.page(key, _version(*rules)))
        if found is not None:
            return Opened(found[0], found[1], from_cache=True)
        response = await self._read_cache(lambda cache: cache.response(key))
        if response is None:
            return None
        page = await self._sandbox.parse(response, *rules)  # what was stored came from an older extractor or rule
        await self._write_cache(lambda cache: cache.put_page(key, _version(*rules), page, response.fetched_at))
        return Opened(page, response.fetched_at, from_cache=True)

    async def _read_cache(self, read: Callable[[Cache], T | None]) -> T | None:
        return await self._tried(self._open_cache, read)

    async def _write_cache(self, write: Callable[[Cache], object]) -> None:
        await self._tried(self._open_cache, write)

    async def _read_library(self, read: Callable[[Library], T | None]) -> T | None:
        return await self._tried(self._open_library, read)

    async def _tried(self, store: Callable[[], Awaitable[S]], use: Callable[[S], T]) -> T | None:
        """Use a store; where that fails, reading goes on without it and `store_problem` says why."""
        try:
            return await asyncio.to_thread(use, await store())
        except StoreError as error:
            self.store_problem = Problem.of(error)
            return None

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
        await self._change_rules(key, rule.purpose, (await self.rules(rule.purpose)) | {host: rule})
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
        rules = await self.rules(purpose)
        name = host if host in rules else _host_of_rule(host)
        if name not in rules:
            raise NoRuleError(host=line(name, 100))
        rule = rules.pop(name)
        await self._change_rules(rule.page, purpose, rules)

    async def _change_rules(self, url: str, purpose: Purpose, rules: Mapping[str, SiteRule]) -> None:
        value = {host: site_rule_to_json(rule) for host, rule in rules.items()}
        library = await self._open_library()
        await asyncio.to_thread(library.change_choice, _RULES[purpose], value or None, url)

    async def _rules_of(self, address: str) -> tuple[SiteRule | None, SiteRule | None]:
        """Return the rule for articles and the one for lists."""
        of_articles, of_lists = await self.rules("article"), await self.rules("list")
        if not of_articles and not of_lists:
            return None, None
        host = _host_of_rule(address)
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
        response = await self._read_cache(lambda cache: cache.response(key))
        if response is None:
            with contextlib.suppress(DamagedArticleError):
                saved = await self._read_library(lambda library: library.saved(key))
                response = saved.response if saved is not None else None
        return response

    # --- the list ---------------------------------------------------------------------------------

    async def rows(self, headlines: Sequence[Headline]) -> tuple[ListedHeadline, ...]:
        """Return the headlines with what is known of them here, in the same order."""
        urls = [headline.url for headline in headlines]
        read = await self._read_library(lambda library: library.which_read(urls)) or frozenset()
        saved = await self._read_library(lambda library: library.which_saved(urls)) or frozenset()
        stored = await self._read_cache(lambda cache: cache.stored(urls)) or frozenset()
        return tuple(
            ListedHeadline(h, read=h.url in read, saved=h.url in saved, stored=h.url in stored or h.url in saved)
            for h in headlines
        )

    async def listed(self, opened: Opened) -> tuple[tuple[HeadlineList, tuple[ListedHeadline, ...]], ...]:
        """Return the lists of a page as rows, each headline with the time when it was first seen there.

        A list of what is new or of a section keeps the headlines that the page has dropped since, up to a limit: by
        their time where all have one, else at the end, the last seen first. What one meant to read does not vanish.

        New are the stories that arrived last. A page that is seen for the first time is all new; after that, what
        came with the last change of its lists, until something else comes.
        """
        lists = opened.page.headline_lists
        seen: list[Seen] = []
        names: Counter[str] = Counter()
        for each in lists:
            name = f"{opened.page.url}#{each.kind}:{each.label or ''}"
            names[name] += 1
            key = name if names[name] == 1 else f"{name}#{names[name]}"
            kept = _KEPT_AFTER_DROPPED if each.kind in (ListKind.LATEST, ListKind.SECTION) else 0
            found = await self._read_cache(partial(_seen, key, each.headlines, kept))
            seen.append(found or tuple((headline, None) for headline in each.headlines))
        known = await asyncio.to_thread(_with_dropped, lists, seen)
        new = await asyncio.to_thread(_arrived_last, known)
        rows = iter(await self.rows([headline for pairs in known for headline, _ in pairs]))
        return tuple(
            (each, tuple(replace(next(rows), arrived=time, new=h.url in new) for h, time in pairs))
            for each, pairs in zip(lists, known, strict=True)
        )

    async def more(self, headlines: HeadlineList) -> HeadlineList:
        """Return the next page of a list: those of its headlines that the list does not have yet.

        Raises:
            FetchError, ExtractionError: the next page cannot be had.
            NoMoreError: it holds no list.
        """
        if headlines.more_url is None:
            raise NoMoreError(address=shown(""))
        opened = await self.open(headlines.more_url)
        following = _same_list(headlines, opened.page.headline_lists)
        if following is None:
            raise NoMoreError(address=shown(headlines.more_url))
        known = {story_key(h.url) for h in headlines.headlines}
        fresh = tuple(h for h in following.headlines if story_key(h.url) not in known)
        more_url = following.more_url if fresh and following.more_url != headlines.more_url else None
        return replace(following, headlines=fresh, more_url=more_url)

    async def mark_read(self, url: str, read: bool = True, *, undoable: bool = True) -> None:
        """Set or take away the read mark of a story; `undoable` where the reader meant just that.

        Raises:
            StoreError: the library cannot be written.
        """
        library = await self._open_library()
        await asyncio.to_thread(partial(library.mark_read, url, read, undoable=undoable))

    async def place(self, url: str) -> KeptPlace | None:
        """Return where the reader was in an article; None if it has not been begun."""
        return await self._read_library(lambda library: library.place(url))

    async def keep_place(self, url: str, block: int, words: str) -> None:
        """Remember where the reader is in an article: a block, and the words that it begins with."""
        await self._tried(self._open_library, lambda library: library.keep_place(url, block, words))

    async def undo(self) -> Change | None:
        """Take back the last change of state, and return it; None if there is none left.

        Raises:
            StoreError: the library cannot be written.
        """
        library = await self._open_library()
        return await asyncio.to_thread(library.undo)

    # --- saving -----------------------------------------------------------------------------------

    async def save(self, address: str, *, typed: bool = False, offline: bool = False) -> Saved:
        """Keep an article for good: its page, its pictures and the original response.

        Raises:
            NothingToSaveError: there is no article at the address.
            StoreError: the library cannot be written.
            FetchError, ExtractionError, InvalidURLError: as `open`.
        """
        opened = await self.open(address, typed=typed, offline=offline)
        article = opened.page.article
        key, _ = split_credentials(normalise_url(address))
        if article is None:
            raise NothingToSaveError(address=shown(key))
        library = await self._open_library()
        response = await self._read_cache(lambda cache: cache.response(key))
        urls = picture_urls(article)[:_MOST_PICTURES]
        pictures = [] if offline or self.settings.reading.frugal else await self._pictures(urls)
        kept = SavedArticle(key, opened.page, tuple(pictures), response, self.now())
        await asyncio.to_thread(library.save, kept)
        return Saved(key, article.title, len(pictures), len(urls))

    async def unsave(self, address: str) -> None:
        """Take an article out of the library.

        Raises:
            NotSavedError: it is not there.
            StoreError: the library cannot be written.
        """
        library = await self._open_library()
        key, _ = split_credentials(normalise_url(address))
        if not await asyncio.to_thread(library.remove, key):
            raise NotSavedError(address=shown(key))

    async def saved(self) -> tuple[ListedHeadline, ...]:
        """Return the saved articles as rows of a list, the last saved first.

        Raises:
            StoreError: the library cannot be read.
        """
        headlines = [Headline(row.title, row.url, published=row.saved_at) for row in await self.saved_rows()]
        return await self.rows(headlines)

    async def saved_rows(self) -> tuple[SavedRow, ...]:
        """Return what is known of the saved articles, the last saved first.

        Raises:
            StoreError: the library cannot be read.
        """
        library = await self._open_library()
        return await asyncio.to_thread(library.saved_rows)

    async def _pictures(self, urls: Iterable[str]) -> list[SavedPicture]:
        limit = asyncio.Semaphore(_PICTURES_AT_ONCE)

        async def picture(url: str) -> SavedPicture | None:
            async with limit:
                with contextlib.suppress(FetchError):  # the article is kept without it, and the count says so
                    return await self.picture(url)
            return None

        found = await asyncio.gather(*(picture(url) for url in urls))
        return [one for one in found if one is not None]

    async def picture(self, url: str) -> SavedPicture:
        """Return a picture's bytes, from the cache or the network.

        Raises:
            FetchError: it cannot be had.
        """
        cached = await self._read_cache(lambda cache: cache.picture(url))
        if cached is not None:
            return SavedPicture(url, cached[1], cached[0])
        trusted = frozenset(self._typed_hosts)
        response = await self._network().fetch(url, wanted=Wanted.PICTURE, trusted_hosts=trusted)
        content_type = response.content_type or "application/octet-stream"
        await self._write_cache(lambda cache: cache.put_picture(url, response.body, content_type))
        return SavedPicture(url, content_type, response.body)

    # --- what is remembered -----------------------------------------------------------------------

    async def choice(self, key: str) -> object:
        """Return what the reader chose in the interface under this name, a JSON value; None if nothing."""
        return await self._read_library(lambda library: library.choice(key))

    async def choose(self, key: str, value: object) -> None:
        """Remember a choice, a JSON value; where the library cannot be written it holds until the program ends."""
        await self._tried(self._open_library, lambda library: library.choose(key, value))

    async def remember(self, session: Session) -> None:
        """Keep where the reader is, for the next start."""
        is_sample = bool(self._sample and session.address and session.address.startswith(self._sample.base_url))
        await self.choose("session", asdict(replace(session, is_sample=is_sample)))

    async def last_session(self) -> Session | None:
        """Return where the reader was; None at the very first start."""
        kept = await self.choice("session")
        if not isinstance(kept, dict):
            return None
        known = {name: value for name, value in kept.items() if name in Session.__dataclass_fields__}
        session = Session(**known)
        if session.is_sample:
            await self.sample_address()
        return session

    async def sample_address(self) -> str:
        """Serve the sample newspaper on the loopback, if it is not yet served, and return its address."""
        from newsreader.sample.server import SampleServer

        if self._sample is None:
            sample = SampleServer(self._local_now, _SAMPLE_PORT)
            try:
                await asyncio.to_thread(sample.start)
            except OSError:  # another instance serves it, or another program has the port
                sample = SampleServer(self._local_now)
                await asyncio.to_thread(sample.start)
            self._sample = sample
        self._typed_hosts.add("127.0.0.1")
        return self._sample.base_url

    def _local_now(self) -> datetime:
        return self.now().astimezone()

    async def open_in_browser(self, url: str) -> None:
        """Show an address in the reader's browser.

        Raises:
            BrowserError: it is not http(s), or no browser could be started.
        """
        await open_in_browser(url)

    async def care(self) -> None:
        """Keep the stores small and safe: forget what is old, back the library up once a day. For idle moments."""
        limits = self.settings.cache
        age, size = timedelta(days=limits.max_age_days), limits.max_size_mb * 1_000_000
        await self._write_cache(lambda cache: cache.prune(age, size))
        await self._write_cache(lambda cache: cache.checkpoint())
        await self._tried(self._open_library, lambda library: library.tidy())
        await self._tried(self._open_library, lambda library: library.back_up())

    # --- the cache --------------------------------------------------------------------------------

    async def cache_info(self) -> CacheInfo:
        """Return what the cache holds.

        Raises:
            StoreError: it cannot be read.
        """
        return await asyncio.to_thread((await self._open_cache()).info)

    async def clear_cache(self) -> None:
        """Forget everything that can be fetched again; the library stays as it is.

        Raises:
            StoreError: the cache cannot be written.
        """
        await asyncio.to_thread((await self._open_cache()).clear)


def _seen(
    key: str, headlines: Sequence[Headline], kept: int, cache: Cache
) -> tuple[tuple[Headline, datetime | None], ...]:
    return cache.seen(key, headlines, dropped_kept=kept)


def _with_dropped(lists: Sequence[HeadlineList], seen: Sequence[Seen]) -> list[Seen]:
    """Return the headlines of each list with those that the page has dropped from it."""
    shown_now = {story_key(headline.url) for each in lists for headline in each.headlines}
    titles = {headline.title for each in lists for headline in each.headlines}
    known = []
    for each, found in zip(lists, seen, strict=True):
        count = len(each.headlines)
        # What has moved to another list, or only changed its address, is still on the page.
        dropped = [
            (headline, time)
            for headline, time in found[count:]
            if headline.title not in titles and story_key(headline.url) not in shown_now
        ]
        known.append(_by_time(found[:count], dropped))
    return known


def _by_time(shown: Seen, dropped: Seen) -> Seen:
    """Return both parts of a list as one: in the order of their times where the page's part is in that order."""
    pairs = [*shown, *dropped]
    times = [headline.published for headline, _ in pairs]
    published = [time for time in times if time is not None]
    has_one_clock = len(published) == len(pairs) and len({time.tzinfo is None for time in published}) == 1
    if not dropped or not has_one_clock or any(b > a for a, b in pairwise(published[: len(shown)])):
        return pairs
    return [pairs[number] for number in sorted(range(len(pairs)), key=published.__getitem__, reverse=True)]


def _arrived_last(lists: Iterable[Seen]) -> frozenset[str]:
    """Return the addresses of the stories that came with the last arrival; all, where no arrival is known."""
    addresses: dict[str, set[str]] = {}
    arrived: dict[str, datetime] = {}
    for pairs in lists:
        for headline, time in pairs:
            key = story_key(headline.url)
            addresses.setdefault(key, set()).add(headline.url)
            if time is not None:
                arrived[key] = min(arrived.get(key, time), time)
    since = max(arrived.values(), default=None)
    fresh = [key for key, time in arrived.items() if time > since - _ONE_ARRIVAL] if since else addresses
    return frozenset(url for key in fresh for url in addresses[key])


def picture_urls(article: Article) -> list[str]:
    """Return the addresses of an article's pictures, in order, each once."""
    urls = [article.image] if article.image else []
    urls += [figure.url for figure in _figures(article.blocks)]
    return list(dict.fromkeys(urls))


def _figures(blocks: Iterable[Block]) -> Iterator[Figure]:
    for block in blocks:
        match block:
            case Figure():
                yield block
            case Quote(inner):
                yield from _figures(inner)
            case ListBlock(items):
                for item in items:
                    yield from _figures(item)
            case _:
                continue


def _utc_now() -> datetime:
    return datetime.now(UTC)


def _same_host(one: str, other: str) -> bool:
    return urlsplit(one).hostname == urlsplit(other).hostname


def _host_of_rule(address: str) -> str:
    return host_of(normalise_url(address))


def _version(*rules: SiteRule | None) -> int:
    """Return the version of what is extracted: the extractor's, and another one under rules."""
    made = [json.dumps(site_rule_to_json(rule), sort_keys=True) for rule in rules if rule is not None]
    if not made:
        return EXTRACTOR_VERSION
    return EXTRACTOR_VERSION + (zlib.crc32("".join(made).encode()) << 16)


def _same_list(headlines: HeadlineList, lists: Sequence[HeadlineList]) -> HeadlineList | None:
    """Return the one of a further page's lists that goes on with this one: by its label, its kind, or its length."""
    if not lists:
        return None

    def likeness(other: HeadlineList) -> tuple[bool, bool, int]:
        return (
            other.label is not None and other.label == headlines.label,
            other.kind is headlines.kind,
            len(other.headlines),
        )

    return max(lists, key=likeness)


def _read_file(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_LARGEST_FILE)
