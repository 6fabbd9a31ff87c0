"""Looking after the stores: pruning, backups, what they hold."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from newsreader.first_frame import frame_file
from newsreader.service.active_settings import ActiveSettings
from newsreader.service.downloads import ArticleDownloads
from newsreader.service.stores import Stores
from newsreader.settings import Directories
from newsreader.storage.backups import backups_of, restore_backup
from newsreader.storage.connection import translate_sqlite_errors
from newsreader.storage.screen import screen_file
from newsreader.store_info import CacheInfo, LibraryInfo


class Maintenance:
    """Keeps the stores small and safe.

    Attributes:
        on_run: Called each time, by parts that have something of their own to look after.
    """

    def __init__(
        self,
        directories: Directories,
        settings: ActiveSettings,
        stores: Stores,
        downloads: ArticleDownloads,
        now: Callable[[], datetime],
    ) -> None:
        self._directories = directories
        self._settings = settings
        self._stores = stores
        self._downloads = downloads
        self._now = now
        self.on_run: list[Callable[[], Awaitable[None]]] = []

    async def run(self) -> None:
        """Keep the stores small and safe: prune what is old, back the library up once a day. For idle moments."""
        limits = self._settings.current.cache
        age, size = timedelta(days=limits.max_age_days), limits.max_size_mb * 1_000_000
        await self._stores.write_cache(lambda cache: cache.prune(age, size))
        await self._stores.write_cache(lambda cache: cache.checkpoint())
        await self._downloads.prune()
        await self._stores.try_library(lambda library: library.prune())
        library = await self._stores.try_library(lambda library: library)
        if library is not None and library.problem is None:
            await self._stores.write_cache(lambda cache: cache.source_checks.mark_as(library.read_marks.among))
        await self._stores.try_library(lambda library: library.backups.back_up())
        for observer in self.on_run:
            await observer()

    @property
    def library_path(self) -> Path:
        """Where the library is, or would be."""
        return self._stores.library_path

    def backups(self) -> tuple[Path, ...]:
        """Return the backups of the library, the newest first; it need not be readable."""
        return backups_of(self._stores.library_path, self._now())

    async def library_info(self) -> LibraryInfo:
        """Return the library in figures.

        Raises:
            StoreError: it cannot be read.
        """
        return await self._stores.in_library(lambda library: library.info())

    async def check_library(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Read the library through; return the addresses of the saved articles that are damaged, and of the downloads.

        Raises:
            StoreError: the file itself is damaged.
        """
        return await self._stores.in_library(lambda library: (library.check(), library.downloads.check()))

    async def back_up_library(self, target: Path | None = None) -> Path:
        """Copy the library to a file that is not there yet, or among its backups; downloads are left out.

        Raises:
            StoreError: it is damaged, or the copy cannot be written.
        """
        return await self._stores.in_library(lambda library: library.backups.copy_to(target))

    async def restore_library(self, backup: Path) -> Path | None:
        """Replace the library with a backup; return where the former library was moved, if there was one.

        Raises:
            StoreError: the backup is not sound, or the disk refuses; nothing is changed then.
        """
        return await asyncio.to_thread(partial(restore_backup, self._stores.library_path, backup, now=self._now()))

    async def cache_info(self) -> CacheInfo:
        """Return what the cache holds.

        Raises:
            StoreError: it cannot be read.
        """
        return await self._stores.in_cache(lambda cache: cache.info())

    async def clear_cache(self) -> None:
        """Delete everything that can be fetched again; the library stays as it is.

        Raises:
            StoreError: the cache cannot be written.
        """
        screens = screen_file(self._directories.cache), Path(frame_file(self._directories.cache))
        await self._stores.in_cache(lambda cache: cache.clear())
        for screen in screens:
            with translate_sqlite_errors(screen):
                screen.unlink(missing_ok=True)
