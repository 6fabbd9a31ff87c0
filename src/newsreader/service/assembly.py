"""How the parts of the service are put together; what is slow to import is imported here and nowhere else."""

from collections.abc import Callable
from datetime import datetime

from newsreader.sandbox import Sandbox
from newsreader.service.accounts import Accounts
from newsreader.service.active_settings import ActiveSettings
from newsreader.service.copies import Copies
from newsreader.service.desktop_programs import DesktopPrograms
from newsreader.service.devices import Devices
from newsreader.service.doctor import Doctor
from newsreader.service.downloads import ArticleDownloads
from newsreader.service.editions import Editions
from newsreader.service.event_commands import EventCommands
from newsreader.service.export import Exporter
from newsreader.service.highlights import Highlights
from newsreader.service.history import ChangeHistory
from newsreader.service.imports import Importer
from newsreader.service.later import LaterQueue
from newsreader.service.list_layouts import ListLayouts
from newsreader.service.listings import Listings
from newsreader.service.maintenance import Maintenance
from newsreader.service.network import Network
from newsreader.service.own_settings import OwnSettings
from newsreader.service.page_drawer import PageDrawer
from newsreader.service.page_fetcher import FetchedPage, PageFetcher
from newsreader.service.page_files import PageFiles
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
from newsreader.service.search import SEARCH_SCHEME, Search
from newsreader.service.session import SessionMemory
from newsreader.service.site_client import SiteClient
from newsreader.service.site_log_in import SiteLogin
from newsreader.service.site_passwords import SitePasswords
from newsreader.service.site_rules import SiteRules
from newsreader.service.site_sessions import SiteSessions
from newsreader.service.sites import Sites
from newsreader.service.source_commands import SourceCommands
from newsreader.service.source_recorder import SourceRecorder
from newsreader.service.stores import Stores
from newsreader.service.subscriptions import Subscriptions
from newsreader.service.sync import Sync
from newsreader.service.tags import Tags
from newsreader.service.trust_policy import TrustPolicy
from newsreader.service.unread_counts import UnreadCounts
from newsreader.settings import Directories
from newsreader.urls import split_credentials, story_key


class Assembly:
    """All parts of the service, each given what it needs; a sandbox passed in is not closed here."""

    def __init__(
        self,
        directories: Directories,
        settings: ActiveSettings,
        now: Callable[[], datetime],
        shared_sandbox: Sandbox | None = None,
    ) -> None:
        self.stores = stores = Stores(directories, settings, now)
        passwords = SitePasswords(settings)
        self.network = network = Network(settings, stores, passwords, now)
        self.sandbox = sandbox = shared_sandbox or Sandbox()
        self._is_sandbox_shared = shared_sandbox is not None
        self.preferences = Preferences(stores)
        self.own_settings = OwnSettings(settings, self.preferences)
        self._make_records(stores, now)
        self.trust_policy = trust_policy = TrustPolicy(stores, network, self.preferences)
        self.accounts = Accounts(directories.data, settings, stores, sandbox, network, trust_policy, now)
        self.sample = SampleNewspaper(trust_policy, now)
        self.session = SessionMemory(directories, self.preferences, trust_policy, self.sample)
        self.desktop = DesktopPrograms(settings)

        site_sessions = SiteSessions(stores, directories.data, now)
        self.source_commands = source_commands = SourceCommands(directories.data, now, stores.note_problem)
        self.subscriptions = subscriptions = Subscriptions(stores, trust_policy, site_sessions, now)
        site_rules = SiteRules(stores, self.preferences, subscriptions)
        login = SiteLogin(network, sandbox, trust_policy, site_sessions, passwords)
        self.sites = Sites(site_rules, site_sessions, login)
        copies = Copies(stores, settings, sandbox, site_rules, subscriptions, now)
        client = SiteClient(network, subscriptions, trust_policy, site_sessions)
        drawer = PageDrawer(stores, self.preferences, settings, sandbox, now)
        fetcher = PageFetcher(
            stores, network, client, sandbox, site_rules, copies, subscriptions, trust_policy, site_sessions,
            source_commands, drawer,
        )  # fmt: skip
        self.pages = pages = Pages(
            network, fetcher, PageFiles(sandbox, now), copies, site_rules, sandbox, trust_policy, site_sessions, drawer
        )
        self.pictures = pictures = Pictures(stores, settings, network, client, sandbox)
        self.listings = listings = Listings(stores, pages, subscriptions, ListLayouts(stores.library))
        self.read_ahead = ReadAhead(settings, network, fetcher, listings)
        self.later = LaterQueue(stores, listings)
        self.reading_history = ReadingHistory(stores, listings)
        self.river = River(stores, listings, subscriptions)
        self.search = Search(stores, listings, subscriptions, now)
        self.tags = Tags(stores, pages)
        self.saved = SavedArticles(stores, settings, pages, copies, pictures, listings, self.search, now)
        self.rules = rules = Rules(stores, network, listings, self.saved, now)
        self.unread_counts = UnreadCounts(stores, subscriptions, rules, now)

        self.events = EventCommands(settings, stores, listings, now)
        recorder = SourceRecorder(stores, now)
        self.sources = SourceRefresher(settings, network, pages, fetcher, subscriptions, recorder, now)
        self.downloads = ArticleDownloads(
            stores, settings, network, fetcher, copies, pictures, subscriptions, trust_policy, now
        )
        self.queue = DownloadQueue(stores, self.downloads, trust_policy)
        self.sync = Sync(
            directories, settings, stores, network, self.sources, self.downloads, self.queue, rules,
            self.unread_counts, Devices(directories, settings, stores, passwords, now), now,
        )  # fmt: skip
        self.export = Exporter(stores, settings, network, pages, copies, pictures, self.highlights, now)
        self.editions = Editions(self.export, listings, self.search, self.preferences, now)
        self.imports = Importer(stores, sandbox, subscriptions, now)
        self.maintenance = Maintenance(directories, settings, stores, self.downloads, now)
        self.doctor = Doctor(directories, settings, stores, pages, subscriptions, now)
        self._connect(fetcher, recorder)

    def _make_records(self, stores: Stores, now: Callable[[], datetime]) -> None:
        """Make the parts that only store something in the library."""
        self.positions = Positions(stores)
        self.history = ChangeHistory(stores)
        self.highlights = Highlights(stores, now)
        self.read_marks = ReadMarks(stores)

    def _connect(self, fetcher: PageFetcher, recorder: SourceRecorder) -> None:
        """Connect the parts: openers of addresses, observers, row filters."""
        self.pages.register_opener(SEARCH_SCHEME, self.search)
        self.pages.register_opener("file", self.pages.files, typed_only=True)
        fetcher.on_fetched += [
            self.events.page_fetched, recorder.page_fetched, self._learn_alias, self.rules.page_fetched
        ]  # fmt: skip
        fetcher.on_failed += [recorder.record_failure]
        fetcher.response_makers += [self.accounts.response]
        self.listings.filters += [self.rules.apply]
        self.saved.on_saved.append(self.events.saved)
        self.sync.on_done.append(self.events.sync_done)
        self.history.on_undone.append(self.sites.sessions.undo)
        self.maintenance.on_run.append(self.sites.sessions.forget_replaced)

    async def aclose(self) -> None:
        """Close everything that was opened."""
        await self.accounts.aclose()
        await self.events.aclose()
        await self.rules.aclose()
        await self.search.aclose()
        if not self._is_sandbox_shared:
            self.sandbox.close()
        await self.network.aclose()
        await self.stores.aclose()
        await self.sample.aclose()
        await self.desktop.aloud.aclose()

    async def _learn_alias(self, fetched: FetchedPage) -> None:
        """Record the address that an article names as its own."""
        article, url = fetched.opened.page.article, split_credentials(fetched.url)[0]
        if article is not None and story_key(url) != story_key(split_credentials(article.url)[0]):
            await self.stores.try_library(lambda library: library.stories.learn_alias(url, article.url))
