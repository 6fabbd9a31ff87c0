"""The two stores, each opened when it is first used."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from newsreader.models import Problem
from newsreader.service.active_settings import ActiveSettings
from newsreader.settings import Directories
from newsreader.storage.cache import Cache
from newsreader.storage.errors import StoreError
from newsreader.storage.library import Library

S = TypeVar("S")
T = TypeVar("T")


class Stores:
    """Opens the library and the cache, and runs what uses them in a thread.

    `in_library` and `in_cache` raise StoreError where the store cannot be used; `try_library`, `read_cache` and
    `write_cache` continue without it, and `problem` says why.

    Attributes:
        problem: Why the last use of a store failed, reading having continued without it; None if none did.
        unread: Why something that the cache may hold was not read; None if everything was.
        unindexed: Why something that is stored cannot be found; None if everything can.
    """

    def __init__(self, directories: Directories, settings: ActiveSettings, now: Callable[[], datetime]) -> None:
        self._directories = directories
        self._settings = settings
        self._now = now
        self._opening = asyncio.Lock()
        self._cache: Cache | None = None
        self._library: Library | None = None
        self.problem: Problem | None = None
        self.unread: StoreError | None = None
        self.unindexed: StoreError | None = None

    @property
    def library_path(self) -> Path:
        """Where the library is, or would be."""
        return self._directories.data / "library.db"

    async def cache(self) -> Cache:
        """Return the cache, opened.

        Raises:
            StoreError: it cannot be opened.
        """
        async with self._opening:
            if self._cache is None:
                path = self._directories.cache / "cache.db"
                self._cache = await asyncio.to_thread(Cache.open, path, now=self._now)
                self._note_problem(self._cache.problem)
                self.unread = self._cache.unread
            return self._cache

    async def library(self) -> Library:
        """Return the library, opened.

        Raises:
            StoreError: it cannot be opened.
        """
        async with self._opening:
            if self._library is None:
                self._library = await asyncio.to_thread(Library.open, self.library_path, now=self._now)
                self._note_problem(self._library.problem)
            return self._library

    async def in_library(self, use: Callable[[Library], T]) -> T:
        """Return what a use of the library returns.

        Raises:
            StoreError: the library cannot be read or written.
        """
        return await asyncio.to_thread(use, await self.library())

    async def in_cache(self, use: Callable[[Cache], T]) -> T:
        """Return what a use of the cache returns.

        Raises:
            StoreError: the cache cannot be read or written.
        """
        return await asyncio.to_thread(use, await self.cache())

    async def read_library(self, read: Callable[[Library], T | None]) -> T | None:
        """Return what is read, only to show it: nothing may be written because this does not find something.

        Raises:
            StoreError: the library is required and cannot be read.
        """
        if self._settings.is_library_required:
            return await self.in_library(read)
        return await self.try_library(read)

    async def try_library(self, use: Callable[[Library], T]) -> T | None:
        """Return what a use of the library returns; None if it fails."""
        return await self._try(self.library, use)

    async def read_cache(self, read: Callable[[Cache], T | None]) -> T | None:
        """Return what is read from the cache; None if that fails."""
        try:
            return await self.in_cache(read)
        except StoreError as error:
            self._note_problem(error)
            self.unread = error
            return None

    def check_read(self) -> None:
        """Check that nothing is taken to be missing which only could not be read.

        Raises:
            StoreError: the cache could not be read, or its index not brought up to date.
        """
        problem = self.unread or self.unindexed
        if problem is not None:
            raise problem

    def note_unindexed(self, error: StoreError) -> None:
        """Remember why something that is stored cannot be found."""
        self._note_problem(error)
        self.unindexed = error

    async def write_cache(self, write: Callable[[Cache], object]) -> None:
        """Write to the cache; if that fails, the data is fetched again another time."""
        await self._try(self.cache, write)

    async def aclose(self) -> None:
        """Close the stores that were opened."""
        opened = [store for store in (self._cache, self._library) if store is not None]
        if opened:
            await asyncio.to_thread(lambda: [store.close() for store in opened])

    async def _try(self, store: Callable[[], Awaitable[S]], use: Callable[[S], T]) -> T | None:
        try:
            return await asyncio.to_thread(use, await store())
        except StoreError as error:
            self._note_problem(error)
            return None

    def note_problem(self, problem: Problem) -> None:
        """Remember why a store failed."""
        self.problem = problem

    def _note_problem(self, problem: StoreError | None) -> None:
        if problem is not None:
            self.problem = Problem.of(problem)
