"""The parts that the service stands on: the stores, the network, the worker, the one clock."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TYPE_CHECKING, Self, TypeVar

from newsreader.fetching import DEFAULT_USER_AGENT, Fetcher
from newsreader.models import Problem
from newsreader.sandbox import Sandbox
from newsreader.service.background import IN_BACKGROUND, BackgroundFetcher, Hosts
from newsreader.service.clock import utc_now
from newsreader.service.list_layouts import ListLayouts
from newsreader.service.private_hosts import PrivateHosts
from newsreader.service.site_sessions import SiteSessions
from newsreader.service.values import PAPERS
from newsreader.settings import Directories, Settings
from newsreader.storage.cache import Cache
from newsreader.storage.errors import StoreError
from newsreader.storage.library import Library
from newsreader.storage.patience import PATIENCE

if TYPE_CHECKING:
    from newsreader.sample.server import SampleServer


S = TypeVar("S")
T = TypeVar("T")


class Base:
    """What every part of the service shares.

    Attributes:
        offline_since: When the network was first found to be gone; None while it is there.
        is_library_required: What is asked of the library is the answer itself: where it cannot be read, that is an
            error, and never as if nothing were in it. Else reading goes on without the library.
        store_problem: Why the last use of a store failed, reading having gone on without it; None if none did.
        now: The one clock: aware, UTC.
        list_layouts: How the reader wants the lists of each site.
        site_sessions: With what the reader is logged in at sites.
    """

    def __init__(
        self, directories: Directories, settings: Settings, *, clock: Callable[[], datetime] | None = None
    ) -> None:
        self.directories = directories
        self.settings = settings
        self.papers = PAPERS
        self.now = clock or utc_now
        self.is_library_required = False
        self.offline_since: datetime | None = None
        self.store_problem: Problem | None = None
        self._private = PrivateHosts()
        self._has_private = False  # whether what was kept of them has been taken up
        self._ahead: dict[str, asyncio.Lock] = {}  # for each host of which a page was fetched ahead
        self._refused_ahead: set[str] = set()  # hosts that are asked only for what the reader opens
        self._hosts = Hosts(self.now, self._postpone)
        self._sandbox = Sandbox()
        self._fetcher: Fetcher | None = None
        self._cache: Cache | None = None
        self._library: Library | None = None
        self._opening = asyncio.Lock()
        self._sample: SampleServer | None = None
        self.list_layouts = ListLayouts(self._open_library)
        self.site_sessions = SiteSessions(directories.data, self.now, self._write_cache, self._note_problem)

    # --- life -------------------------------------------------------------------------------------

    def start(self) -> None:
        """Start the worker process, so that it is warm when the first page comes; any thread may call it."""
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

    def stop_waiting(self) -> None:
        """Wait for no file any more that another program holds: this program has been interrupted and ends."""
        PATIENCE.end()

    @property
    def online(self) -> bool:
        """Whether the network was there when it was last needed."""
        return self.offline_since is None

    def _network(self) -> Fetcher | BackgroundFetcher:
        if self._fetcher is None:
            network = self.settings.network
            self._fetcher = Fetcher(
                now=self.now,
                user_agent=network.user_agent or DEFAULT_USER_AGENT,
                deadline_s=network.timeout,
                proxy=network.proxy,
            )
        return BackgroundFetcher(self._fetcher, self._hosts) if IN_BACKGROUND.get() else self._fetcher

    async def _postpone(self, host: str, until: datetime) -> None:
        await self._write_cache(lambda cache: cache.postpone(host, until))

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

    def _note_problem(self, problem: Problem) -> None:
        self.store_problem = problem

    def _note_store(self, problem: StoreError | None) -> None:
        if problem is not None:
            self.store_problem = Problem.of(problem)

    async def _read_cache(self, read: Callable[[Cache], T | None]) -> T | None:
        return await self._tried(self._open_cache, read)

    async def _write_cache(self, write: Callable[[Cache], object]) -> None:
        await self._tried(self._open_cache, write)

    async def _read_library(self, read: Callable[[Library], T | None]) -> T | None:
        """Return what is read, for showing it only: nothing may be written for what this does not find."""
        if self.is_library_required:
            return await self._from_library(read)
        return await self._tried(self._open_library, read)

    async def _from_library(self, read: Callable[[Library], T]) -> T:
        """Return what is read, for what is written after it.

        Raises:
            StoreError: the library cannot be read.
        """
        return await asyncio.to_thread(read, await self._open_library())

    async def _from_cache(self, read: Callable[[Cache], T]) -> T:
        """Return what is read, for what is done after it.

        Raises:
            StoreError: the cache cannot be read.
        """
        return await asyncio.to_thread(read, await self._open_cache())

    async def _tried(self, store: Callable[[], Awaitable[S]], use: Callable[[S], T]) -> T | None:
        """Use a store; where that fails, reading goes on without it and `store_problem` says why."""
        try:
            return await asyncio.to_thread(use, await store())
        except StoreError as error:
            self.store_problem = Problem.of(error)
            return None
