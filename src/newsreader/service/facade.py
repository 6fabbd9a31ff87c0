"""The service as both front ends use it: cheap to make; its parts are made when the first is needed."""

import asyncio
import os
import threading
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Self

from newsreader.i18n import locale_language
from newsreader.models import Problem
from newsreader.screen_snapshot import ScreenSnapshot
from newsreader.service.active_settings import ActiveSettings
from newsreader.service.clock import utc_now
from newsreader.service.values import papers_for
from newsreader.settings import Directories, Settings
from newsreader.storage.screen import read_screen, screen_file

if TYPE_CHECKING:
    from newsreader.sandbox import Sandbox
    from newsreader.service.accounts import Accounts
    from newsreader.service.assembly import Assembly
    from newsreader.service.desktop_programs import DesktopPrograms
    from newsreader.service.doctor import Doctor
    from newsreader.service.downloads import ArticleDownloads
    from newsreader.service.editions import Editions
    from newsreader.service.event_commands import EventCommands
    from newsreader.service.export import Exporter
    from newsreader.service.highlights import Highlights
    from newsreader.service.history import ChangeHistory
    from newsreader.service.imports import Importer
    from newsreader.service.later import LaterQueue
    from newsreader.service.listings import Listings
    from newsreader.service.maintenance import Maintenance
    from newsreader.service.own_settings import OwnSettings
    from newsreader.service.pages import Pages
    from newsreader.service.pictures import Pictures
    from newsreader.service.positions import Positions
    from newsreader.service.preferences import Preferences
    from newsreader.service.queue import DownloadQueue
    from newsreader.service.read_ahead import ReadAhead
    from newsreader.service.read_marks import ReadMarks
    from newsreader.service.reading_history import ReadingHistory
    from newsreader.service.refreshing import SourceRefresher
    from newsreader.service.river import River
    from newsreader.service.rules import Rules
    from newsreader.service.sample import SampleNewspaper
    from newsreader.service.saved import SavedArticles
    from newsreader.service.search import Search
    from newsreader.service.session import SessionMemory
    from newsreader.service.sites import Sites
    from newsreader.service.source_commands import SourceCommands
    from newsreader.service.subscriptions import Subscriptions
    from newsreader.service.sync import Sync
    from newsreader.service.tags import Tags
    from newsreader.service.unread_counts import UnreadCounts


class NewsService:
    """The program without a screen: one property for each part.

    The parts take long to import: with a screen, `start` makes them in a thread. Their methods may be cancelled.

    Args:
        directories: Where the files of this program are.
        settings: What `config.toml` says.
        clock: Returns an aware time; the machine's if None.
        sandbox: The worker process to use, which the caller closes; one of its own if None.

    Attributes:
        directories: Where the files of this program are.
        now: The one clock: aware, UTC.
    """

    def __init__(
        self,
        directories: Directories,
        settings: Settings,
        *,
        clock: Callable[[], datetime] | None = None,
        sandbox: "Sandbox | None" = None,
    ) -> None:
        self.directories = directories
        self.now = clock or utc_now
        self.papers = papers_for(settings.interface.language or locale_language(os.environ))
        self._settings = ActiveSettings(settings)
        self._making = threading.Lock()
        self._made: Assembly | None = None
        self._starting = threading.Lock()
        self._is_closed = False
        self._sandbox = sandbox

    def prepare(self) -> None:
        """Import and make the parts: in a thread, for it takes long."""
        _ = self.parts

    def start(self) -> None:
        """Make the parts and start the worker process, in any thread; nothing starts once the service is closed."""
        parts = self.parts
        with self._starting:
            if not self._is_closed:
                parts.sandbox.start()

    async def __aenter__(self) -> Self:
        """Return the service; leaving the context closes it."""
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close everything that was opened."""
        if not self._starting.acquire(blocking=False):
            await asyncio.to_thread(self._starting.acquire)
        self._is_closed = True
        self._starting.release()
        if self._made is not None:
            await self._made.aclose()

    def stop_waiting(self) -> None:
        """Stop waiting for files that another program holds: this program has been interrupted and is ending."""
        from newsreader.storage.patience import PATIENCE

        PATIENCE.end()

    # --- what is known without the parts ----------------------------------------------------------

    @property
    def settings(self) -> Settings:
        """The settings as they apply: the connection may have asked for less data."""
        return self._settings.current

    @settings.setter
    def settings(self, settings: Settings) -> None:
        self._settings.current = settings

    @property
    def is_library_required(self) -> bool:
        """Whether a library that cannot be read is an error; see `ActiveSettings`."""
        return self._settings.is_library_required

    @is_library_required.setter
    def is_library_required(self, is_required: bool) -> None:
        self._settings.is_library_required = is_required

    @property
    def online(self) -> bool:
        """Whether the network was there when it was last needed."""
        return self.offline_since is None

    @property
    def offline_since(self) -> datetime | None:
        """When the network was first found to be gone; None while it is there."""
        return self._made.network.offline_since if self._made is not None else None

    @property
    def store_problem(self) -> Problem | None:
        """Why the last use of a store failed, reading having continued without it; None if none did."""
        return self._made.stores.problem if self._made is not None else None

    def check_read(self) -> None:
        """Check that nothing is taken to be missing which only could not be read.

        Raises:
            StoreError: the cache could not be read, or its index not brought up to date.
        """
        if self._made is not None:
            self._made.stores.check_read()

    def screen_snapshot(self) -> ScreenSnapshot | None:
        """Return the list as it was left on the screen; None if there is none. Reads a small file."""
        return read_screen(screen_file(self.directories.cache))

    async def apply_metered_mode(self) -> bool:
        """Use less data from now on if the connection asks for it; return whether that is new."""
        return await self._settings.apply_metered_mode()

    # --- the parts --------------------------------------------------------------------------------

    @property
    def parts(self) -> "Assembly":
        """All parts, made when they are first asked for; any thread may ask."""
        with self._making:
            if self._made is None:
                from newsreader.service.assembly import Assembly

                self._made = Assembly(self.directories, self._settings, self.now, self._sandbox)
            return self._made

    @property
    def pages(self) -> "Pages":
        """Opens pages."""
        return self.parts.pages

    @property
    def listings(self) -> "Listings":
        """The rows of lists."""
        return self.parts.listings

    @property
    def read_ahead(self) -> "ReadAhead":
        """What is fetched before it is asked for."""
        return self.parts.read_ahead

    @property
    def sites(self) -> "Sites":
        """What the reader has set for single sites."""
        return self.parts.sites

    @property
    def source_commands(self) -> "SourceCommands":
        """Which sources commands make."""
        return self.parts.source_commands

    @property
    def accounts(self) -> "Accounts":
        """The accounts at servers of feeds."""
        return self.parts.accounts

    @property
    def subscriptions(self) -> "Subscriptions":
        """Which sources are followed."""
        return self.parts.subscriptions

    @property
    def sources(self) -> "SourceRefresher":
        """What the sources show now."""
        return self.parts.sources

    @property
    def unread_counts(self) -> "UnreadCounts":
        """How many headlines of each source are unread."""
        return self.parts.unread_counts

    @property
    def read_marks(self) -> "ReadMarks":
        """Which stories are read."""
        return self.parts.read_marks

    @property
    def saved(self) -> "SavedArticles":
        """The articles that are kept for good."""
        return self.parts.saved

    @property
    def downloads(self) -> "ArticleDownloads":
        """Articles downloaded whole."""
        return self.parts.downloads

    @property
    def queue(self) -> "DownloadQueue":
        """What waits for the network."""
        return self.parts.queue

    @property
    def sync(self) -> "Sync":
        """A whole round for offline."""
        return self.parts.sync

    @property
    def search(self) -> "Search":
        """Searching everything stored."""
        return self.parts.search

    @property
    def tags(self) -> "Tags":
        """The tags of stories."""
        return self.parts.tags

    @property
    def rules(self) -> "Rules":
        """Rules by query."""
        return self.parts.rules

    @property
    def export(self) -> "Exporter":
        """Files of articles and sources."""
        return self.parts.export

    @property
    def editions(self) -> "Editions":
        """Books of what is new, or of what a search finds."""
        return self.parts.editions

    @property
    def imports(self) -> "Importer":
        """Files of other programs."""
        return self.parts.imports

    @property
    def pictures(self) -> "Pictures":
        """Pictures of articles."""
        return self.parts.pictures

    @property
    def later(self) -> "LaterQueue":
        """What is to be read later."""
        return self.parts.later

    @property
    def river(self) -> "River":
        """All sources as one list."""
        return self.parts.river

    @property
    def reading_history(self) -> "ReadingHistory":
        """What was opened."""
        return self.parts.reading_history

    @property
    def highlights(self) -> "Highlights":
        """Highlighted words of articles, and the notes on them."""
        return self.parts.highlights

    @property
    def positions(self) -> "Positions":
        """How far the reader is in each article."""
        return self.parts.positions

    @property
    def preferences(self) -> "Preferences":
        """What the reader chose in the interface."""
        return self.parts.preferences

    @property
    def history(self) -> "ChangeHistory":
        """Changes that can be undone."""
        return self.parts.history

    @property
    def session(self) -> "SessionMemory":
        """Where the reader was."""
        return self.parts.session

    @property
    def sample(self) -> "SampleNewspaper":
        """The sample newspaper."""
        return self.parts.sample

    @property
    def own_settings(self) -> "OwnSettings":
        """The settings that were changed in the interface."""
        return self.parts.own_settings

    @property
    def events(self) -> "EventCommands":
        """The reader's own commands for what happens."""
        return self.parts.events

    @property
    def desktop(self) -> "DesktopPrograms":
        """The reader's other programs."""
        return self.parts.desktop

    @property
    def maintenance(self) -> "Maintenance":
        """Looking after the stores."""
        return self.parts.maintenance

    @property
    def doctor(self) -> "Doctor":
        """Whether everything is in order."""
        return self.parts.doctor
