"""The only way to the network, and whether it is there."""

from collections.abc import Callable, Sequence
from datetime import datetime

from newsreader.contents import Wanted
from newsreader.cookies import Cookie
from newsreader.errors import NewsreaderError
from newsreader.fetch_errors import PasswordError
from newsreader.fetching.fetcher import Fetcher
from newsreader.models import Response
from newsreader.networks import Trust
from newsreader.request_headers import DEFAULT_USER_AGENT
from newsreader.service.active_settings import ActiveSettings
from newsreader.service.background import IN_BACKGROUND, BackgroundFetcher, Hosts
from newsreader.service.site_passwords import SitePasswords
from newsreader.service.stores import Stores
from newsreader.source_values import SourceSettings
from newsreader.urls import with_credentials


class Network:
    """Fetches addresses; in the background it respects the limits of hosts.

    Attributes:
        offline_since: When the network was first found to be gone; None while it is there.
        hosts: Which hosts are to be left alone by what is fetched in the background.
    """

    def __init__(
        self, settings: ActiveSettings, stores: Stores, passwords: SitePasswords, now: Callable[[], datetime]
    ) -> None:
        self._settings = settings
        self._passwords = passwords
        self._stores = stores
        self._now = now
        self._fetcher: Fetcher | None = None
        self.offline_since: datetime | None = None
        self.hosts = Hosts(now, self._postpone)

    @property
    def online(self) -> bool:
        """Whether the network was there when it was last needed."""
        return self.offline_since is None

    def note_error(self, error: NewsreaderError) -> None:
        """Learn from a failure that the network may be gone."""
        if error.kind in ("offline", "dns"):
            self.offline_since = self.offline_since or self._now()

    def note_success(self) -> None:
        """Remember that the network is there."""
        self.offline_since = None

    async def fetch(
        self,
        url: str,
        cached: Response | None = None,
        *,
        settings: SourceSettings,
        trust: Trust,
        cookies: tuple[Cookie, ...] = (),
        wanted: Wanted = Wanted.PAGE,
        http_fallback: bool = False,
    ) -> Response:
        """Return the whole response of a site, as `Fetcher.fetch` does, using the settings of its source.

        Raises:
            FetchError: it could not be fetched, or its host is to be left alone in the background.
        """
        fetcher = self._opened()

        async def fetch(address: str) -> Response:
            return await (BackgroundFetcher(fetcher, self.hosts) if IN_BACKGROUND.get() else fetcher).fetch(
                address,
                cached,
                wanted=wanted,
                trust=trust,
                http_fallback=http_fallback,
                user_agent=settings.user_agent,
                headers=settings.headers,
                cookies=cookies,
            )

        known = self._passwords.known(url)
        try:
            return await fetch(url if known is None else with_credentials(url, *known))
        except PasswordError:
            given = await self._passwords.ask(url) if known is None else None
            if given is None:
                raise
        try:
            return await fetch(with_credentials(url, *given))
        except PasswordError:
            self._passwords.forget(url)
            raise

    async def exchange(
        self,
        url: str,
        *,
        form: Sequence[tuple[str, str]] | None = None,
        json_body: bytes | None = None,
        cookies: tuple[Cookie, ...] = (),
        settings: SourceSettings,
        trust: Trust,
    ) -> tuple[Response, tuple[Cookie, ...]]:
        """Send a filled form, or ask for the page with one, as `Fetcher.exchange` does.

        Raises:
            FetchError: there is no response.
        """
        return await self._opened().exchange(
            url,
            form=form,
            json_body=json_body,
            cookies=cookies,
            trust=trust,
            user_agent=settings.user_agent,
            headers=settings.headers,
        )

    def private_addresses(self, url: str) -> frozenset[str]:
        """Return the private addresses that the host of an address had when it was last fetched."""
        return self._fetcher.private_addresses(url) if self._fetcher is not None else frozenset()

    async def begin_run(self) -> None:
        """Begin a run in the background with what earlier ones learned of the hosts."""
        self.hosts.begin(await self._stores.read_cache(lambda cache: cache.hosts.postponed()) or {})

    async def aclose(self) -> None:
        """Close the connections."""
        if self._fetcher is not None:
            await self._fetcher.aclose()

    def _opened(self) -> Fetcher:
        if self._fetcher is None:
            network = self._settings.current.network
            self._fetcher = Fetcher(
                now=self._now,
                user_agent=network.user_agent or DEFAULT_USER_AGENT,
                deadline_s=network.timeout,
                proxy=network.proxy,
            )
        return self._fetcher

    async def _postpone(self, host: str, until: datetime) -> None:
        await self._stores.write_cache(lambda cache: cache.hosts.postpone(host, until))
