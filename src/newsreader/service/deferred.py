"""The service as the first paint needs it: without stores, network and worker, which take long to import."""

import threading
from datetime import datetime
from typing import TYPE_CHECKING

from newsreader.models import Problem
from newsreader.service.clock import utc_now
from newsreader.settings import Directories, Settings
from newsreader.storage.screen import LastScreen, read_screen, screen_file

if TYPE_CHECKING:
    from newsreader.service.facade import NewsService


class DeferredService:
    """`NewsService`, imported and made when something is asked of it that is not to be had otherwise."""

    def __init__(self, directories: Directories, settings: Settings) -> None:
        self.directories = directories
        self._settings = settings
        self._making = threading.Lock()
        self._whole: NewsService | None = None

    def now(self) -> datetime:
        """Return the time; see `NewsService.now`."""
        return utc_now()

    def last_screen(self) -> LastScreen | None:
        """Return the list as it was left on the screen; None where there is none. It takes reading a small file."""
        return read_screen(screen_file(self.directories.cache))

    @property
    def settings(self) -> Settings:
        """The settings as they apply: the connection may have asked for frugality."""
        return self._settings if self._whole is None else self._whole.settings

    @property
    def online(self) -> bool:
        """Whether the network was there when it was last needed."""
        return self._whole is None or self._whole.online

    @property
    def offline_since(self) -> datetime | None:
        """When the network was first found to be gone."""
        return self._whole.offline_since if self._whole is not None else None

    @property
    def store_problem(self) -> Problem | None:
        """Why the last use of a store failed."""
        return self._whole.store_problem if self._whole is not None else None

    async def aclose(self) -> None:
        """Close everything that was opened."""
        if self._whole is not None:
            await self._whole.aclose()

    def start(self) -> None:
        """Import the service and start its worker: in a thread, for it takes long."""
        self._made().start()

    def __getattr__(self, name: str) -> object:
        """Return whatever else `NewsService` has; any thread may ask."""
        return getattr(self._made(), name)

    def _made(self) -> "NewsService":
        with self._making:
            if self._whole is None:
                from newsreader.service.facade import NewsService

                self._whole = NewsService(self.directories, self._settings)
            return self._whole
