"""Pages drawn by scripts: on sites that the reader named, an installed browser renders what comes without words."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from newsreader.fetch_errors import FetchError
from newsreader.models import Page, Problem, Response
from newsreader.networks import NONE, Trust, place_of
from newsreader.sandbox import Sandbox
from newsreader.service.active_settings import ActiveSettings
from newsreader.service.preferences import Preferences
from newsreader.service.stores import Stores
from newsreader.site_rules import SiteRule
from newsreader.urls import host_of, is_web_address, normalise_url
from newsreader.worker_errors import ExtractionError

_SITES = "drawn-sites"
_EMPTY = frozenset(("script-only", "empty", "nothing-found"))


class PageDrawer:
    """Knows which sites are drawn; that can be undone."""

    def __init__(
        self,
        stores: Stores,
        preferences: Preferences,
        settings: ActiveSettings,
        sandbox: Sandbox,
        now: Callable[[], datetime],
    ) -> None:
        self._stores = stores
        self._preferences = preferences
        self._settings = settings
        self._sandbox = sandbox
        self._now = now

    async def draw_site(self, address: str) -> None:
        """Draw the pages of an address's host from now on, where they come without words.

        Raises:
            StoreError: the library cannot be written.
        """
        url = normalise_url(address)
        if not await self._is_of_drawn_site(url):
            await self._stores.in_library(
                lambda library: library.preferences.change_entry(_SITES, host_of(url), True, url)
            )

    async def is_offered(self, page: Page) -> bool:
        """Return whether to offer drawing the pages of a site: once, as the offer is remembered."""
        if not needs_drawing(page) or not is_web_address(page.url) or await self._is_of_drawn_site(page.url):
            return False
        from newsreader.drawing import drawing_browser

        return await asyncio.to_thread(drawing_browser) is not None

    async def is_due(self, page: Page) -> bool:
        """Return whether a page came without words, from a site that is drawn."""
        return needs_drawing(page) and await self._is_of_drawn_site(page.url)

    async def drawn(
        self, page: Page, response: Response, trust: Trust, rules: tuple[SiteRule | None, SiteRule | None]
    ) -> tuple[Page, Response]:
        """Return a page as a browser renders it, if that is due; if it fails, the page as it came, with the reason."""
        if not await self.is_due(page):
            return page, response
        from newsreader.drawing import draw

        own, may_reach = place_of(page.url), trust.of_first(page.url)
        try:
            made = await draw(
                page.url,
                self._now(),
                lambda place: may_reach if place == own else NONE,
                proxy=self._settings.current.network.proxy,
            )
            found = await self._sandbox.parse(made, *rules)
        except (FetchError, ExtractionError) as error:
            return replace(page, problem=Problem.of(error)), response
        return found, replace(made, url=response.url)

    async def _is_of_drawn_site(self, url: str) -> bool:
        kept = await self._preferences.get(_SITES)
        return isinstance(kept, dict) and bool(kept.get(host_of(url)))


def needs_drawing(page: Page) -> bool:
    """Return whether a page came without anything to read, possibly because its script did not run."""
    is_empty = page.problem is None or page.problem.kind in _EMPTY
    return page.article is None and not page.headline_lists and is_empty
