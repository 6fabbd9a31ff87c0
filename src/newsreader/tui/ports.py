"""What the screens need of the service's parts, so that they can be tested without a network and a store."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from newsreader.list_layout import ListLayout, Order
from newsreader.models import Article, Enclosure, Headline, HeadlineList, ListedHeadline, Opened, Page, Problem
from newsreader.pictures import PictureBox, Raster
from newsreader.screen_snapshot import ScreenSnapshot
from newsreader.service.values import DownloadReport, DownloadStep, FoundRow, Paper, Saved, SavedSession, ToDownload
from newsreader.settings import Settings
from newsreader.site_rules import Candidate, Purpose, SiteRule
from newsreader.source_values import RiverPosition, Source, SourceState
from newsreader.tui.file_ports import ExportPort, ImportsPort

if TYPE_CHECKING:
    from newsreader.annotations.article_text import ArticleText
    from newsreader.annotations.placing import PlacedHighlights
    from newsreader.annotations.spoken import SpokenSentence
    from newsreader.cookies import SiteSession
    from newsreader.devices.values import ExchangeReport
    from newsreader.library_values import (
        Change,
        Highlight,
        HighlightColour,
        QueryRule,
        Queued,
        ReadingPosition,
        RuleAction,
        TagCount,
        TextAnchor,
    )
    from newsreader.openers import Opener
    from newsreader.service.account_values import Account, AccountReport, AccountState
    from newsreader.service.feed_offer import FeedOffer
    from newsreader.service.own_settings import SettingRow
    from newsreader.service.refreshing import OnRefreshed
    from newsreader.service.river import RiverRows
    from newsreader.service.site_log_in import LoginPage
    from newsreader.setting_kinds import Declaration


class LayoutsPort(Protocol):
    """`ListLayouts`; see there."""

    async def of(self, address: str) -> ListLayout: ...  # noqa: D102
    async def change(  # noqa: D102
        self, address: str, update: Callable[[ListLayout], ListLayout]
    ) -> ListLayout: ...


class PagesPort(Protocol):
    """What is asked of `Pages`; see there."""

    @property
    def drawer(self) -> "DrawerPort": ...  # noqa: D102
    async def open(  # noqa: D102
        self, address: str, *, typed: bool = False, refresh: bool = False, offline: bool = False
    ) -> Opened: ...
    async def stored(self, address: str) -> Opened | None: ...  # noqa: D102
    async def whole(self, address: str, *, typed: bool = False) -> Opened: ...  # noqa: D102
    async def candidates(  # noqa: D102
        self, address: str, purpose: Purpose = "article"
    ) -> tuple[Candidate, ...]: ...
    async def choose_block(self, address: str, candidate: Candidate) -> Opened: ...  # noqa: D102


class ListingsPort(Protocol):
    """What is asked of `Listings`; see there."""

    @property
    def layouts(self) -> "LayoutsPort": ...  # noqa: D102
    async def rows(self, headlines: Sequence[Headline]) -> tuple[ListedHeadline, ...]: ...  # noqa: D102
    async def of_page(  # noqa: D102
        self, opened: Opened, address: str | None = None
    ) -> tuple[tuple[HeadlineList, tuple[ListedHeadline, ...]], ...]: ...
    async def more(self, headlines: HeadlineList) -> HeadlineList: ...  # noqa: D102
    async def unread_of_sources(self) -> tuple[tuple[Source, tuple[ListedHeadline, ...]], ...]: ...  # noqa: D102
    async def in_progress(self) -> tuple[ListedHeadline, ...]: ...  # noqa: D102


class DrawerPort(Protocol):
    """What is asked of `PageDrawer`; see there."""

    async def draw_site(self, address: str) -> None: ...  # noqa: D102


class SiteRulesPort(Protocol):
    """What is asked of `SiteRules`; see there."""

    async def by_host(self, purpose: Purpose = "article") -> Mapping[str, SiteRule]: ...  # noqa: D102
    async def forget(self, host: str, purpose: Purpose = "article") -> None: ...  # noqa: D102


class SiteSessionsPort(Protocol):
    """What is asked of `SiteSessions`; see there."""

    async def session_of(self, source: Source) -> "SiteSession | None": ...  # noqa: D102
    async def take_cookies_file(self, source: Source, path: Path) -> "SiteSession": ...  # noqa: D102
    async def take_from_firefox(self, source: Source) -> "SiteSession": ...  # noqa: D102
    async def take_from_chromium(self, source: Source) -> "SiteSession": ...  # noqa: D102
    async def remove(self, source: Source) -> None: ...  # noqa: D102


class SiteLoginPort(Protocol):
    """What is asked of `SiteLogin`; see there."""

    async def find_form(self, source: Source, address: str | None = None) -> "LoginPage": ...  # noqa: D102
    async def password_for(self, page: "LoginPage") -> tuple[str, str] | None: ...  # noqa: D102
    async def log_in(  # noqa: D102
        self, source: Source, page: "LoginPage", user: str, password: str
    ) -> "SiteSession": ...


class SitesPort(Protocol):
    """What is asked of `Sites`; see there."""

    @property
    def rules(self) -> SiteRulesPort: ...  # noqa: D102
    @property
    def sessions(self) -> SiteSessionsPort: ...  # noqa: D102
    @property
    def login(self) -> SiteLoginPort: ...  # noqa: D102


class ReadAheadPort(Protocol):
    """What is asked of `ReadAhead`; see there."""

    async def fetch(self, address: str) -> bool: ...  # noqa: D102


class ReadMarksPort(Protocol):
    """What is asked of `ReadMarks`; see there."""

    async def mark(self, url: str, read: bool = True, *, opened: bool = False) -> None: ...  # noqa: D102
    async def toggle(self, url: str) -> bool: ...  # noqa: D102
    async def mark_all(self, urls: Sequence[str], read: bool = True) -> int: ...  # noqa: D102
    async def mark_sources(  # noqa: D102
        self, sources: Iterable[Source], others: Iterable[str] = (), *, until: datetime | None = None
    ) -> int: ...


class SubscriptionsPort(Protocol):
    """What is asked of `Subscriptions`; see there."""

    async def all(self) -> tuple[Source, ...]: ...  # noqa: D102
    async def states(self) -> Mapping[int, SourceState]: ...  # noqa: D102
    async def edit(self, source: Source, *, before: Source | None = None) -> None: ...  # noqa: D102
    async def remove(self, source: Source) -> None: ...  # noqa: D102
    async def move(self, source: Source, by: int) -> None: ...  # noqa: D102
    async def move_group(self, group: str, by: int) -> None: ...  # noqa: D102
    async def rename_group(self, group: str, name: str) -> None: ...  # noqa: D102


class SourcesPort(Protocol):
    """What is asked of `SourceRefresher`; see there."""

    async def follow(self, address: str, opened: Opened) -> Source: ...  # noqa: D102
    async def refresh_all(  # noqa: D102
        self, sources: Sequence[Source], on_refreshed: "OnRefreshed | None" = None
    ) -> tuple[SourceState, ...]: ...
    async def due(self) -> tuple[Source, ...]: ...  # noqa: D102
    async def next_due(self) -> datetime | None: ...  # noqa: D102
    async def better_feed(self, source: Source, page: Page) -> "FeedOffer | None": ...  # noqa: D102
    async def use_feed(self, source: Source, offer: "FeedOffer") -> Source: ...  # noqa: D102


class AccountChangesPort(Protocol):
    """What is asked of `AccountChanges`; see there."""

    async def send(self) -> None: ...  # noqa: D102
    async def server_for(self, source: Source) -> "Account | None": ...  # noqa: D102
    async def follow(self, source: Source, account: "Account") -> None: ...  # noqa: D102
    async def server_of(self, source: Source) -> "Account | None": ...  # noqa: D102
    async def keep_there(self, source: Source) -> None: ...  # noqa: D102


class AccountsPort(Protocol):
    """What is asked of `Accounts`; see there."""

    async def states(self) -> "tuple[AccountState, ...]": ...  # noqa: D102
    async def exchange(self, account: "Account", *, is_accepted: bool = False) -> "AccountReport": ...  # noqa: D102
    @property
    def changes(self) -> "AccountChangesPort": ...  # noqa: D102


class UnreadCountsPort(Protocol):
    """What is asked of `UnreadCounts`; see there."""

    async def states(self) -> Mapping[int, SourceState]: ...  # noqa: D102


class SavedPort(Protocol):
    """What is asked of `SavedArticles`; see there."""

    async def counts(self) -> tuple[int, int]: ...  # noqa: D102
    async def save(self, address: str, *, typed: bool = False, offline: bool = False) -> Saved: ...  # noqa: D102
    async def remove(self, address: str) -> None: ...  # noqa: D102
    async def save_stored(self, address: str, title: str) -> Saved | None: ...  # noqa: D102
    async def discard(self, address: str) -> bool: ...  # noqa: D102
    async def toggle(self, address: str) -> Saved | None: ...  # noqa: D102
    async def articles(self) -> tuple[ListedHeadline, ...]: ...  # noqa: D102


class DownloadsPort(Protocol):
    """What is asked of `ArticleDownloads`; see there."""

    async def wanted(  # noqa: D102
        self, headlines: Sequence[Headline], source: str | None = None
    ) -> tuple[ToDownload, ...]: ...
    async def download(  # noqa: D102
        self, wanted: Sequence[ToDownload], on_step: Callable[[DownloadStep], None]
    ) -> DownloadReport: ...


class QueuePort(Protocol):
    """What is asked of `DownloadQueue`; see there."""

    async def add(self, headline: Headline) -> bool: ...  # noqa: D102
    async def waiting(self) -> "tuple[Queued, ...]": ...  # noqa: D102
    async def run(self, on_step: Callable[[DownloadStep], None]) -> DownloadReport: ...  # noqa: D102


class SearchPort(Protocol):
    """What is asked of `Search`; see there."""

    async def newest(  # noqa: D102
        self, text: str, *, limit: int = 100, typing: bool = False
    ) -> tuple[FoundRow, ...]: ...
    async def ranked(  # noqa: D102
        self, text: str, *, limit: int = 30, typing: bool = False
    ) -> tuple[FoundRow, ...]: ...
    async def count(self, text: str) -> int: ...  # noqa: D102
    async def update_index(self, on_step: Callable[[int], object] | None = None) -> None: ...  # noqa: D102
    async def merge_segments(self) -> None: ...  # noqa: D102
    async def follow(self, text: str) -> Source: ...  # noqa: D102


class TagsPort(Protocol):
    """What is asked of `Tags`; see there."""

    async def all(self) -> "Sequence[TagCount]": ...  # noqa: D102
    async def of(self, url: str) -> frozenset[str]: ...  # noqa: D102
    async def replace(self, url: str, title: str, tags: Iterable[str]) -> None: ...  # noqa: D102
    async def change(  # noqa: D102
        self, url: str, title: str, *, add: Iterable[str] = (), remove: Iterable[str] = ()
    ) -> frozenset[str]: ...
    async def change_all(  # noqa: D102
        self, headlines: Iterable[Headline], *, add: Iterable[str] = (), remove: Iterable[str] = ()
    ) -> Mapping[str, frozenset[str]]: ...


class RulesPort(Protocol):
    """What is asked of `Rules`; see there."""

    async def apply(  # noqa: D102
        self, rows: Sequence[ListedHeadline], names: tuple[str, ...] = ()
    ) -> Sequence[ListedHeadline]: ...
    async def all(self) -> "Sequence[QueryRule]": ...  # noqa: D102
    async def add(self, action: "RuleAction", text: str, tag: str = "") -> "QueryRule": ...  # noqa: D102
    async def remove(self, number: int) -> None: ...  # noqa: D102
    async def export(self) -> str: ...  # noqa: D102


class PicturesPort(Protocol):
    """What is asked of `Pictures`; see there."""

    async def raster(self, url: str, box: PictureBox) -> Raster: ...  # noqa: D102


class PositionsPort(Protocol):
    """What is asked of `Positions`; see there."""

    async def of(self, url: str) -> "ReadingPosition | None": ...  # noqa: D102
    async def save(  # noqa: D102
        self, url: str, block: int, words: str, *, char_offset: int = 0, percent: int = 0, title: str = ""
    ) -> None: ...


class LaterPort(Protocol):
    """What is asked of `LaterQueue`; see there."""

    async def add(self, headlines: Iterable[Headline]) -> int: ...  # noqa: D102
    async def remove(self, urls: Iterable[str]) -> int: ...  # noqa: D102
    async def articles(self) -> tuple[ListedHeadline, ...]: ...  # noqa: D102
    async def count(self) -> int: ...  # noqa: D102


class HighlightsPort(Protocol):
    """What is asked of `Highlights`; see there."""

    async def of_article(  # noqa: D102
        self, url: str, article: Article, text: "ArticleText | None" = None
    ) -> "PlacedHighlights | None": ...
    async def all(self, query: str = "") -> "tuple[Highlight, ...]": ...  # noqa: D102
    async def add(  # noqa: D102
        self, url: str, title: str, anchor: "TextAnchor", colour: "HighlightColour" = ..., note: str = ""
    ) -> "Highlight": ...
    async def change(  # noqa: D102
        self, number: str, *, colour: "HighlightColour | None" = None, note: str | None = None
    ) -> "Highlight | None": ...
    async def remove(self, number: str) -> "Highlight | None": ...  # noqa: D102


class ReadingHistoryPort(Protocol):
    """What is asked of `ReadingHistory`; see there."""

    async def note(self, url: str, title: str) -> None: ...  # noqa: D102
    async def articles(self, words: str = "", *, limit: int = 5000) -> tuple[ListedHeadline, ...]: ...  # noqa: D102


class RiverPort(Protocol):
    """What is asked of `River`; see there."""

    async def page(  # noqa: D102
        self, order: Order, *, after: RiverPosition | None = None, limit: int = 300, unread_only: bool = False
    ) -> "RiverRows": ...


class OwnSettingsPort(Protocol):
    """What is asked of `OwnSettings`; see there."""

    async def apply(self) -> None: ...  # noqa: D102
    async def rows(self) -> "list[SettingRow]": ...  # noqa: D102
    async def change(self, declaration: "Declaration", value: object) -> bool: ...  # noqa: D102
    async def reset(self, declaration: "Declaration") -> None: ...  # noqa: D102


class PreferencesPort(Protocol):
    """What is asked of `Preferences`; see there."""

    async def get(self, key: str) -> object: ...  # noqa: D102
    async def change(self, key: str, change: Callable[[object], object]) -> object: ...  # noqa: D102
    async def save(self, key: str, value: object) -> None: ...  # noqa: D102


class HistoryPort(Protocol):
    """What is asked of `ChangeHistory`; see there."""

    async def earlier(self) -> "Change | None": ...  # noqa: D102
    async def undo(self) -> "Change | None": ...  # noqa: D102


class SessionPort(Protocol):
    """What is asked of `SessionMemory`; see there."""

    async def save(self, session: SavedSession) -> None: ...  # noqa: D102
    async def save_screen(self, screen: ScreenSnapshot) -> None: ...  # noqa: D102
    async def last(self) -> SavedSession | None: ...  # noqa: D102


class ReadAloudPort(Protocol):
    """What is asked of `ReadAloud`; see there."""

    async def read(  # noqa: D102
        self,
        sentences: "Sequence[SpokenSentence]",
        language: str | None,
        on_sentence: "Callable[[SpokenSentence], None]",
    ) -> None: ...


class SamplePort(Protocol):
    """What is asked of `SampleNewspaper`; see there."""

    async def front_page(self) -> str: ...  # noqa: D102


class DesktopPort(Protocol):
    """What is asked of `DesktopPrograms`; see there."""

    @property
    def aloud(self) -> ReadAloudPort: ...  # noqa: D102

    async def open_in_browser(self, url: str) -> None: ...  # noqa: D102
    def opener_of(self, enclosure: Enclosure) -> "Opener": ...  # noqa: D102
    async def open_beside(self, opener: "Opener", enclosure: Enclosure) -> None: ...  # noqa: D102
    async def start(self, words: list[str]) -> None: ...  # noqa: D102
    async def copy(self, text: str) -> bool: ...  # noqa: D102


class DevicesPort(Protocol):
    """What is asked of `Devices`; see there."""

    @property
    def may_have_joined(self) -> bool: ...  # noqa: D102

    async def has_changes(self) -> bool: ...  # noqa: D102
    async def exchange(self) -> "ExchangeReport | None": ...  # noqa: D102
    async def last_numbers(self) -> tuple[int, int]: ...  # noqa: D102


class SyncPort(Protocol):
    """What is asked of `Sync`; see there."""

    @property
    def devices(self) -> DevicesPort: ...  # noqa: D102


class ReadingService(Protocol):
    """What the interface uses of `NewsService`; see there."""

    @property
    def online(self) -> bool: ...  # noqa: D102
    @property
    def offline_since(self) -> datetime | None: ...  # noqa: D102
    @property
    def store_problem(self) -> Problem | None: ...  # noqa: D102
    @property
    def settings(self) -> Settings: ...  # noqa: D102
    @property
    def papers(self) -> Sequence[Paper]: ...  # noqa: D102
    def prepare(self) -> None: ...  # noqa: D102
    def start(self) -> None: ...  # noqa: D102
    async def apply_metered_mode(self) -> bool: ...  # noqa: D102
    def now(self) -> datetime: ...  # noqa: D102
    def screen_snapshot(self) -> ScreenSnapshot | None: ...  # noqa: D102
    def stop_waiting(self) -> None: ...  # noqa: D102
    async def aclose(self) -> None: ...  # noqa: D102

    @property
    def pages(self) -> PagesPort: ...  # noqa: D102
    @property
    def listings(self) -> ListingsPort: ...  # noqa: D102
    @property
    def sites(self) -> SitesPort: ...  # noqa: D102
    @property
    def read_ahead(self) -> ReadAheadPort: ...  # noqa: D102
    @property
    def read_marks(self) -> ReadMarksPort: ...  # noqa: D102
    @property
    def subscriptions(self) -> SubscriptionsPort: ...  # noqa: D102
    @property
    def sources(self) -> SourcesPort: ...  # noqa: D102
    @property
    def unread_counts(self) -> UnreadCountsPort: ...  # noqa: D102
    @property
    def saved(self) -> SavedPort: ...  # noqa: D102
    @property
    def downloads(self) -> DownloadsPort: ...  # noqa: D102
    @property
    def queue(self) -> QueuePort: ...  # noqa: D102
    @property
    def search(self) -> SearchPort: ...  # noqa: D102
    @property
    def tags(self) -> TagsPort: ...  # noqa: D102
    @property
    def rules(self) -> RulesPort: ...  # noqa: D102
    @property
    def export(self) -> ExportPort: ...  # noqa: D102
    @property
    def imports(self) -> ImportsPort: ...  # noqa: D102
    @property
    def pictures(self) -> PicturesPort: ...  # noqa: D102
    @property
    def highlights(self) -> HighlightsPort: ...  # noqa: D102
    @property
    def positions(self) -> PositionsPort: ...  # noqa: D102
    @property
    def river(self) -> RiverPort: ...  # noqa: D102
    @property
    def accounts(self) -> AccountsPort: ...  # noqa: D102
    @property
    def later(self) -> LaterPort: ...  # noqa: D102
    @property
    def reading_history(self) -> ReadingHistoryPort: ...  # noqa: D102
    @property
    def preferences(self) -> PreferencesPort: ...  # noqa: D102
    @property
    def own_settings(self) -> OwnSettingsPort: ...  # noqa: D102
    @property
    def history(self) -> HistoryPort: ...  # noqa: D102
    @property
    def sync(self) -> SyncPort: ...  # noqa: D102
    @property
    def session(self) -> SessionPort: ...  # noqa: D102
    @property
    def sample(self) -> SamplePort: ...  # noqa: D102
    @property
    def desktop(self) -> DesktopPort: ...  # noqa: D102
