"""The queue of articles that wait for the network."""

from newsreader.library_values import Queued
from newsreader.models import Headline
from newsreader.service.downloads import ArticleDownloads, OnDownloadStep
from newsreader.service.stores import Stores
from newsreader.service.trust_policy import TrustPolicy
from newsreader.service.values import DownloadReport, ToDownload


class DownloadQueue:
    """Keeps what is to be downloaded when the network is back.

    Methods raise `StoreError` if the library cannot be read or written, unless they say otherwise.
    """

    def __init__(self, stores: Stores, downloads: ArticleDownloads, trust_policy: TrustPolicy) -> None:
        self._stores = stores
        self._downloads = downloads
        self._trust_policy = trust_policy

    async def add(self, headline: Headline) -> bool:
        """Download an article when the network is back; False if it waits already. It can be undone."""
        return await self._stores.in_library(lambda library: library.queue.add(headline.url, headline.title))

    async def waiting(self) -> tuple[Queued, ...]:
        """Return what waits for the network, the first queued first."""
        return await self._stores.read_library(lambda library: library.queue.all()) or ()

    async def to_download(self) -> tuple[ToDownload, ...]:
        """Return what waits in the queue, what is to be read later, and the saved articles that lack their text.

        The queue is what is to be fetched as soon as there is a network; what is to be read later has a list of its
        own, and only has to be here when it is read.
        """
        queued = await self._stores.in_library(lambda library: library.queue.all())
        waiting = {each.url: ToDownload(each.url, each.title) for each in queued}
        for asked in await self._later_to_download():
            waiting.setdefault(asked.url, asked)
        bare = await self._stores.in_library(lambda library: library.saved.address_only())
        urls = [row.url for row in bare]
        lost = await self._stores.in_library(lambda library: library.downloads.which_were(urls))
        hosts = await self._trust_policy.hosts()
        for url in urls:  # the reader's own, saved or imported
            hosts.note_led(url)
        return (
            *waiting.values(),
            *(ToDownload(row.url, row.title, is_saved=True) for row in bare if row.url not in lost),
        )

    async def _later_to_download(self) -> tuple[ToDownload, ...]:
        """Return what is to be read later and is neither here nor known to be unavailable."""
        later = await self._stores.in_library(lambda library: library.later.all())
        urls = [each.url for each in later]
        lost = await self._stores.in_library(lambda library: library.downloads.which_were(urls))
        headlines = [Headline(each.title, each.url) for each in later if each.url not in lost]
        return await self._downloads.wanted(headlines)

    async def run(self, on_step: OnDownloadStep) -> DownloadReport:
        """Download what waits in the queue; what cannot be fetched at all leaves it, and `on_step` gets the reason."""
        queued = await self._stores.in_library(lambda library: library.queue.all())
        return await self._downloads.download([ToDownload(each.url, each.title) for each in queued], on_step)
