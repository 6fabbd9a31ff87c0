"""Which addresses of private networks a request may reach."""

from collections.abc import Iterable
from functools import partial

from newsreader.models import Headline, Page, Response
from newsreader.networks import NO_TRUST, Trust, place_of
from newsreader.service.network import Network
from newsreader.service.preferences import Preferences
from newsreader.service.private_hosts import PrivateHosts, sounds_private
from newsreader.service.stores import Stores
from newsreader.source_values import Source, SourceKind
from newsreader.storage.cache import Cache
from newsreader.storage.sources import source_key
from newsreader.urls import normalise_url, story_key

_PRIVATE_HOSTS = "private-hosts"


class TrustPolicy:
    """Decides which private networks a request may reach, and learns it from what the reader asks for.

    Attributes:
        private_hosts: What this run knows of them; `hosts` adds what former runs knew.
    """

    def __init__(self, stores: Stores, network: Network, preferences: Preferences) -> None:
        self._stores = stores
        self._network = network
        self._preferences = preferences
        self._is_loaded = False
        self.private_hosts = PrivateHosts()

    async def hosts(self) -> PrivateHosts:
        """Return the hosts of private networks that the reader asked for, in former runs too."""
        return self.private_hosts if self._is_loaded else await self._loaded()

    async def _loaded(self) -> PrivateHosts:
        """Return the hosts with those that other programs stored since: a source may be followed in any of them."""
        self._is_loaded = True
        self.private_hosts.load(await self._preferences.get(_PRIVATE_HOSTS))
        return self.private_hosts

    async def save(self) -> None:
        """Save for later runs which hosts of private networks the reader asked for."""
        await self._preferences.change(_PRIVATE_HOSTS, self._with_own)

    def _with_own(self, stored: object) -> object:
        """Return the hosts of private networks that are stored, with those that this run knows."""
        self._is_loaded = True
        self.private_hosts.load(stored)
        kept = self.private_hosts.kept()
        return stored if kept is None else kept

    async def trust_for(self, url: str, *, typed: bool = False) -> Trust:
        """Return which private addresses a request may reach.

        What the reader typed may be anywhere. A source, the page of the last session, and what pages of a private host
        lead to may be where that host was when the reader asked for it; a page of any other host leads to none.
        """
        hosts = await self.hosts()
        if typed:
            return Trust(is_typed=True, places=hosts.places)
        if not hosts.has_place(url) and not sounds_private(url):
            return NO_TRUST
        if not hosts.has_place(url):
            hosts = await self._loaded()
        sources = await self._stores.read_library(lambda library: library.sources.all()) or ()
        own = next((each for each in sources if source_key(each.url) == source_key(url)), None)
        if not hosts.has_place(url):  # followed, but not asked yet
            return NO_TRUST if own is None else Trust(is_typed=True, places=hosts.places)
        is_led = own is not None or hosts.is_led(url) or await self._is_listed_at_its_place(sources, url)
        return Trust(is_led=is_led, places=hosts.places)

    def note_fetched(self, response: Response, page: Page, trust: Trust) -> None:
        """Note where a host of a private network is that the reader asked for, and where its page leads."""
        if trust.is_typed or trust.is_led:
            for url in dict.fromkeys((response.url, response.final_url)):
                self.private_hosts.note(url, self._network.private_addresses(url))
            if trust.is_typed:
                self.private_hosts.note_led(response.url)
        self.private_hosts.note_page(page)

    async def _is_listed_at_its_place(self, sources: Iterable[Source], url: str) -> bool:
        """Return whether a source of the same host and port as the address lists it."""
        key, place = story_key(url), place_of(normalise_url(url))
        for source in sources:
            if source.kind is not SourceKind.SEARCH and place_of(source.url) == place:
                headlines = await self._stores.read_cache(partial(_shown_of, url=source.url)) or ()
                if any(story_key(headline.url) == key for headline in headlines):
                    return True
        return False


def _shown_of(cache: Cache, url: str) -> tuple[Headline, ...]:
    return cache.source_checks.last_shown(url)
