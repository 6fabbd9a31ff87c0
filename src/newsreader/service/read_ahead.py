"""What is fetched before the reader asks for it."""

import asyncio

from newsreader.errors import NewsreaderError, UnexpectedError, translate_unexpected
from newsreader.fetch_errors import FetchError
from newsreader.models import Headline
from newsreader.sandbox import NOBODY_WAITS
from newsreader.service.active_settings import ActiveSettings
from newsreader.service.listings import Listings
from newsreader.service.network import Network
from newsreader.service.page_fetcher import PageFetcher
from newsreader.urls import host_of, normalise_url, shown
from newsreader.worker_errors import ExtractionError


class ReadAhead:
    """Fetches pages that may be read next, where their hosts allow it."""

    def __init__(self, settings: ActiveSettings, network: Network, fetcher: PageFetcher, listings: Listings) -> None:
        self._settings = settings
        self._network = network
        self._fetcher = fetcher
        self._listings = listings
        self._turns: dict[str, asyncio.Lock] = {}  # for each host with a fetched page
        self._refusing: set[str] = set()  # hosts that are asked only for what the reader opens

    async def fetch(self, address: str) -> bool:
        """Fetch a page ahead, so that it can be read at once; return whether a copy of it is kept now.

        Failures are not reported. A host is asked for one page at a time, and not again once it has refused one
        (403, 429); private networks are reached where `open` would. Nothing is fetched offline and in frugal mode.
        """
        try:
            url = normalise_url(address, keep_fragment=True)
        except NewsreaderError:
            return False
        host = host_of(url)
        if self._settings.is_frugal or not self._network.online or host in self._refusing:
            return False
        async with self._turns.setdefault(host, asyncio.Lock()):
            if (await self._listings.rows([Headline("", url)]))[0].stored:
                return True
            if host in self._refusing:
                return False
            token = NOBODY_WAITS.set(True)
            try:
                with translate_unexpected(f"fetching {shown(url)} ahead"):
                    await self._fetcher.fetch(url)
            except (FetchError, ExtractionError, UnexpectedError) as error:
                if error.kind in ("forbidden", "busy"):
                    self._refusing.add(host)
                return False
            finally:
                NOBODY_WAITS.reset(token)
        return True
