"""Opening pages: fetched, or the stored copy; and which block of them is the article."""

import logging
from dataclasses import replace
from typing import Protocol

from newsreader.fetch_errors import FetchError
from newsreader.models import Opened, Problem, Response
from newsreader.sandbox import Sandbox
from newsreader.service.copies import Copies
from newsreader.service.network import Network
from newsreader.service.notes import with_note
from newsreader.service.page_drawer import PageDrawer
from newsreader.service.page_fetcher import PageFetcher
from newsreader.service.page_files import PageFiles
from newsreader.service.site_rules import SiteRules
from newsreader.service.site_sessions import SiteSessions
from newsreader.service.trust_policy import TrustPolicy
from newsreader.site_rules import Candidate, Purpose
from newsreader.urls import entry_id, normalise_url, shown, split_credentials
from newsreader.worker_errors import ExtractionError

_log = logging.getLogger(__name__)


class SchemeOpener(Protocol):
    """Opens the addresses of one scheme."""

    async def open(self, address: str) -> Opened: ...  # noqa: D102
    async def stored(self, address: str) -> Opened | None: ...  # noqa: D102


class Pages:
    """Opens pages. Every method may be cancelled; only whole responses are stored.

    Addresses of the web are opened here, those of another scheme by the opener that is registered for it.

    Attributes:
        files: Opens files, and bodies that came otherwise, as pages.
        drawer: Has an installed browser draw the pages of a site.
    """

    def __init__(
        self,
        network: Network,
        fetcher: PageFetcher,
        files: PageFiles,
        copies: Copies,
        site_rules: SiteRules,
        sandbox: Sandbox,
        trust_policy: TrustPolicy,
        site_sessions: SiteSessions,
        drawer: PageDrawer,
    ) -> None:
        self._network = network
        self._fetcher = fetcher
        self.files = files
        self._copies = copies
        self._site_rules = site_rules
        self._sandbox = sandbox
        self._trust_policy = trust_policy
        self._site_sessions = site_sessions
        self.drawer = drawer
        self._openers: dict[str, SchemeOpener] = {}
        self._typed_openers: dict[str, SchemeOpener] = {}

    def register_opener(self, scheme: str, opener: SchemeOpener, *, typed_only: bool = False) -> None:
        """Register the opener of a scheme's addresses; `typed_only` if no page may lead to one."""
        (self._typed_openers if typed_only else self._openers)[scheme] = opener

    def _opener_of(self, address: str, *, typed: bool) -> SchemeOpener | None:
        scheme, colon, _ = address.partition(":")
        if not colon:
            return None
        return self._openers.get(scheme) or (self._typed_openers.get(scheme) if typed else None)

    async def open(self, address: str, *, typed: bool = False, refresh: bool = False, offline: bool = False) -> Opened:
        """Return the page at an address: fetched, or its stored copy.

        Args:
            address: As typed, or as a page names it.
            typed: The reader typed it: it may then name a file or a host of a private network.
            refresh: Ask the site even if there is a copy that is saved or new enough.
            offline: Do not use the network.

        Raises:
            InvalidURLError: the address is not one.
            NotStoredError: `offline`, and there is no copy.
            FetchError: it could not be fetched, and there is no copy.
            ExtractionError: the page broke its extraction, and there is no copy.
            FileError: the file cannot be read.
        """
        opener = self._opener_of(address, typed=typed)
        if opener is not None:
            return await opener.open(address)
        opened = await self._open_web(address, typed=typed, refresh=refresh, offline=offline)
        opened = replace(
            opened,
            logged_in=await self._site_sessions.has_for(opened.page.url),
            can_be_drawn=await self.drawer.is_offered(opened.page),
        )
        return await self._copies.with_item_details(opened, normalise_url(address, keep_fragment=not typed))

    async def stored(self, address: str) -> Opened | None:
        """Return the stored copy of a page, whatever its age: the newest in the two stores."""
        opener = self._opener_of(address, typed=False)
        if opener is not None:
            return await opener.stored(address)
        copy = await self._copies.newest(split_credentials(normalise_url(address, keep_fragment=True))[0])
        if copy is not None and (await self._trust_policy.hosts()).places:
            self._trust_policy.private_hosts.note_page(copy.page)
        return None if copy is None else replace(copy, logged_in=await self._site_sessions.has_for(copy.page.url))

    async def _open_web(self, address: str, *, typed: bool, refresh: bool, offline: bool) -> Opened:
        url = normalise_url(address, keep_fragment=not typed)
        if offline:
            copy = await self.stored(url)
            if copy is None:
                raise self._copies.not_stored(url)
            return copy
        if (
            not refresh
            and (copy := await self.stored(url))
            and (copy.saved or self._copies.is_fresh(copy) or _is_entry(copy))
        ):
            return copy
        try:
            opened = await self._fetcher.fetch(url, typed=typed, http_fallback=typed and "://" not in address)
        except (FetchError, ExtractionError) as error:
            _log.warning("%s: %s", shown(url), error.kind)
            self._network.note_error(error)
            copy = await self.stored(url)
            if copy is None:
                raise
            return replace(copy, fetch_problem=Problem.of(error))
        self._network.note_success()
        page = opened.page
        counts = len(page.article.blocks) if page.article else 0, [len(each.headlines) for each in page.headline_lists]
        _log.info("%s: %d blocks, headlines %s, problem %s", shown(url), *counts, page.problem and page.problem.kind)
        return opened

    async def whole(self, address: str, *, typed: bool = False, offline: bool = False) -> Opened:
        """Return a page with all of its words as its article; fetched only if there is no copy of it.

        Raises:
            NotStoredError: there is no copy of the page as it came.
            FetchError, ExtractionError, InvalidURLError, FileError: as `open`.
        """
        if typed and address.startswith("file:"):
            response = await self.files.response(address)
            return Opened(await self._sandbox.whole_page(response), response.fetched_at)
        opened = (
            await self._open_web(address, typed=typed, refresh=False, offline=offline) if entry_id(address) else None
        )
        if opened is not None and _is_entry(opened):
            return opened  # it is whole
        response = await self._response_of(address, typed=typed, offline=offline)
        page = with_note(await self._sandbox.whole_page(response), response)
        return Opened(page, response.fetched_at, from_cache=True)

    async def candidates(self, address: str, purpose: Purpose = "article") -> tuple[Candidate, ...]:
        """Return the blocks of a page that the reader may choose as its article, or its list; raises as `whole`."""
        return await self._sandbox.candidates(await self._response_of(address), purpose)

    async def choose_block(self, address: str, candidate: Candidate) -> Opened:
        """Use this block as the article, or the list, of the site's pages from now on; return the page with it.

        Raises:
            StoreError: the library cannot be written.
            NotStoredError, FetchError, ExtractionError: as `whole`.
        """
        key, _ = split_credentials(normalise_url(address))
        await self._site_rules.save(address, candidate.rule, key)
        response = await self._response_of(address)
        rules = await self._site_rules.of(key)
        page = with_note(await self._sandbox.parse(response, *rules), response)
        page = await self._fetcher.with_next_pages(page)
        await self._copies.put(key, page, rules, response.fetched_at)
        return Opened(page, response.fetched_at, from_cache=True)

    async def _response_of(self, address: str, *, typed: bool = False, offline: bool = False) -> Response:
        """Return the response fetched from an address; fetch it now if it is not stored."""
        key, _ = split_credentials(normalise_url(address))
        response = await self._copies.response(key)
        if response is None and not offline:
            await self.open(address, typed=typed, refresh=True)
            response = await self._copies.response(key)
        if response is None:
            raise self._copies.not_stored(key)
        return response


def _is_entry(opened: Opened) -> bool:
    """Return whether a page is an entry of a feed that has none: it came with the feed, and changes with it."""
    return entry_id(opened.page.url) is not None
