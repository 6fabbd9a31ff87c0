"""Requests to a site: with the settings of its source, and only into private networks where it may lead."""

from newsreader.contents import Wanted
from newsreader.models import Response
from newsreader.networks import Trust
from newsreader.service.network import Network
from newsreader.service.site_sessions import SiteSessions
from newsreader.service.subscriptions import Subscriptions
from newsreader.service.trust_policy import TrustPolicy


class SiteClient:
    """Fetches addresses that a page names."""

    def __init__(
        self, network: Network, subscriptions: Subscriptions, trust_policy: TrustPolicy, site_sessions: SiteSessions
    ) -> None:
        self._network = network
        self._subscriptions = subscriptions
        self._trust_policy = trust_policy
        self._site_sessions = site_sessions

    async def fetch(self, url: str, *, wanted: Wanted = Wanted.PAGE) -> tuple[Response, Trust]:
        """Return the response of an address, bypassing the cache, and how far it was trusted.

        Raises:
            FetchError: it could not be fetched.
        """
        settings = await self._subscriptions.request_settings(url)
        trust = await self._trust_policy.trust_for(url)
        cookies = await self._site_sessions.cookies_for(url) if wanted is Wanted.PAGE else ()
        response = await self._network.fetch(url, settings=settings, trust=trust, cookies=cookies, wanted=wanted)
        return response, trust
