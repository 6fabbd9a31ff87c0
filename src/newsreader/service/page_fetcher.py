"""How a page comes from its site: the response, what it leads to, its next pages, its other versions."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from urllib.parse import urlsplit

from newsreader.fetch_errors import FetchError
from newsreader.models import Opened, Page, Response
from newsreader.networks import Trust
from newsreader.sandbox import Sandbox
from newsreader.service.copies import Copies
from newsreader.service.network import Network
from newsreader.service.notes import with_note
from newsreader.service.page_drawer import PageDrawer
from newsreader.service.site_client import SiteClient
from newsreader.service.site_rules import SiteRules, extraction_version
from newsreader.service.site_sessions import SiteSessions
from newsreader.service.source_commands import SourceCommands
from newsreader.service.stores import Stores
from newsreader.service.subscriptions import Subscriptions
from newsreader.service.trust_policy import TrustPolicy
from newsreader.source_values import Source, SourceSettings
from newsreader.urls import entry_id, page_key, split_credentials, story_key, without_fragment
from newsreader.values import dataclass
from newsreader.worker_errors import ExtractionError

_MOST_PAGES = 10
_MOST_FORWARDS = 4


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """A page that came from its site just now.

    Attributes:
        url: As it was asked for.
        source: The source whose own address it is; None if it is no source's.
    """

    url: str
    source: Source | None
    opened: Opened


FetchObserver = Callable[[FetchedPage], Awaitable[None]]
ResponseMaker = Callable[[str], Awaitable[Response | None]]
FailureObserver = Callable[[Source, FetchError | ExtractionError], Awaitable[None]]


class PageFetcher:
    """Fetches whole pages: what was not fetched completely is not stored.

    Others say what they want to learn of it: `on_fetched` is called for every page that came, in order, and
    `on_failed` where that of a source did not. What is at an address is made by the first of the `response_makers` that
    knows it; its site is asked where none does.
    """

    def __init__(
        self,
        stores: Stores,
        network: Network,
        client: SiteClient,
        sandbox: Sandbox,
        site_rules: SiteRules,
        copies: Copies,
        subscriptions: Subscriptions,
        trust_policy: TrustPolicy,
        site_sessions: SiteSessions,
        source_commands: SourceCommands,
        drawer: PageDrawer,
    ) -> None:
        self._stores = stores
        self._network = network
        self._client = client
        self._sandbox = sandbox
        self._site_rules = site_rules
        self._copies = copies
        self._subscriptions = subscriptions
        self._trust_policy = trust_policy
        self._site_sessions = site_sessions
        self._source_commands = source_commands
        self._drawer = drawer
        self.on_fetched: list[FetchObserver] = []
        self.on_failed: list[FailureObserver] = []
        self.response_makers: list[ResponseMaker] = []

    async def fetch(self, url: str, *, typed: bool = False, http_fallback: bool = False) -> Opened:
        """Return a page from its site, and let the observers learn of it.

        Raises:
            FetchError, ExtractionError: it could not be fetched, or is too large to be parsed.
        """
        return (await self.fetch_with_response(url, typed=typed, http_fallback=http_fallback))[0]

    async def fetch_with_response(
        self, url: str, *, typed: bool = False, http_fallback: bool = False
    ) -> tuple[Opened, Response | None]:
        """Do what `fetch` does, and return the response too; None where what is returned was stored before.

        Raises:
            FetchError, ExtractionError: as `fetch`.
        """
        source, is_its_own = await self._subscriptions.source_for(split_credentials(url)[0])
        own = source if is_its_own else None
        self._sandbox.start()  # while the page is on its way
        try:
            opened, response = await self._fetch_as(source, url, typed=typed, http_fallback=http_fallback)
        except (FetchError, ExtractionError) as error:
            if own is not None:
                for learn_failure in self.on_failed:
                    await learn_failure(own, error)
            raise
        for learn in self.on_fetched:
            await learn(FetchedPage(url, own, opened))
        return opened, response

    async def fetch_page(self, url: str) -> Page:
        """Fetch and extract an address that a page names, bypassing the cache.

        Raises:
            FetchError, ExtractionError: it could not be fetched, or is too large to be parsed.
        """
        response, trust = await self._client.fetch(url)
        page = await self._sandbox.parse(response, *await self._site_rules.of(url))
        self._trust_policy.note_fetched(response, page, trust)
        return page

    async def with_next_pages(self, page: Page) -> Page:
        """Return the page with the next pages of its article appended: in order, without repeats, ten at most.

        Where one of them cannot be fetched, the article ends before it and still names it in `next_url`.
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
                following = (await self.fetch_page(next_url)).article
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

    async def _fetch_as(
        self, source: Source | None, url: str, *, typed: bool, http_fallback: bool
    ) -> tuple[Opened, Response | None]:
        key, _ = split_credentials(url)
        page_url = without_fragment(key)
        cached = await self._stores.read_cache(lambda cache: cache.responses.of(page_url))
        settings = source.settings if source is not None else SourceSettings()
        trust = await self._trust_policy.trust_for(url, typed=typed)
        cookies = await self._site_sessions.cookies_for(url)

        came_over_http = cached is not None and cached.final_url.startswith("http://")
        if came_over_http and not cookies and not settings.headers:
            http_fallback = True  # the site had nothing else when the reader asked for it; nothing secret is sent

        async def fetch(known: Response | None) -> Response:
            return await self._network.fetch(
                without_fragment(url),
                known,
                trust=trust,
                http_fallback=http_fallback,
                settings=settings,
                cookies=cookies,
            )

        response = await self._made(page_url) or await self._source_commands.response(page_url, cached, fetch)
        try:
            return await self._opened(key, response, cached, trust)
        except (FetchError, ExtractionError):
            await self._copies.keep_response(response)
            raise

    async def _opened(
        self, key: str, response: Response, cached: Response | None, trust: Trust
    ) -> tuple[Opened, Response | None]:
        """Return the page that a response holds or leads to, kept with the response that it was made of."""
        rules = await self._site_rules.of(key)
        page, fetched_at = None, response.fetched_at
        if cached is not None and cached.body == response.body and cached.final_url == response.final_url:
            found = await self._stores.read_cache(lambda cache: cache.pages.of(key, extraction_version(*rules)))
            if found is not None and found[1] == cached.fetched_at:  # else it was made of an answer before that one
                page = None if await self._drawer.is_due(found[0]) else with_note(found[0], response)
        if page is None:
            page = with_note(await self._sandbox.parse(response, *rules, entry=entry_id(key)), response)
            self._trust_policy.note_fetched(response, page, trust)
            page, response = await self._forwarded(page, response)
            page, drawn = await self._drawer.drawn(page, response, trust, rules)
            fetched_at = drawn.fetched_at
            page = await self._with_amp_article(
                await self.with_next_pages(await self._copies.with_entries_apart(page, rules, drawn))
            )
        if page.problem is not None and page.problem.kind == "entry-gone" and (copy := await self._copies.newest(key)):
            await self._copies.keep_response(response)
            return copy, None
        self._trust_policy.note_fetched(response, page, trust)
        return await self._copies.keep_fetched(response, key, page, rules, fetched_at), response

    async def _made(self, url: str) -> Response | None:
        for make in self.response_makers:
            if (response := await make(url)) is not None:
                return response
        return None

    async def _forwarded(self, page: Page, response: Response) -> tuple[Page, Response]:
        """Return the target of a page without words of its own, under the address that was asked for.

        It is followed as a redirect is, under the same rules: a page never leads to a private network.

        Raises:
            FetchError, ExtractionError: where it leads cannot be fetched.
        """
        key, visited = response.url, {page_key(page.url)}
        while page.forward_url is not None and page_key(page.forward_url) not in visited:
            if len(visited) > _MOST_FORWARDS:
                break
            visited.add(page_key(page.forward_url))
            target = without_fragment(page.forward_url)
            if self._trust_policy.private_hosts.has_place(page.url):
                self._trust_policy.private_hosts.note_led(target)
            following, trust = await self._client.fetch(target)
            page = with_note(await self._sandbox.parse(following, *await self._site_rules.of(target)), following)
            self._trust_policy.note_fetched(following, page, trust)
            response = replace(following, url=key, etag=None, last_modified=None)
        return page, response

    async def _with_amp_article(self, page: Page) -> Page:
        """Return the page with the article of its AMP or print version, if a problem hides its own."""
        if page.article is not None or page.problem is None:
            return page
        for url in page.alternatives[:2]:
            try:
                other = await self.fetch_page(url)
            except (FetchError, ExtractionError):
                continue  # the page's own problem is what the reader sees
            if other.article is not None:
                return replace(page, article=replace(other.article, url=page.url), problem=None)
        return page


def _same_host(one: str, other: str) -> bool:
    return urlsplit(one).hostname == urlsplit(other).hostname
