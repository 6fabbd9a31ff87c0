"""What the screens ask of the service, so that they can be tried without a network and without a store."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from newsreader.list_layout import ListLayout
from newsreader.models import (
    Article,
    Candidate,
    Enclosure,
    Headline,
    HeadlineList,
    ListedHeadline,
    Opened,
    Page,
    Problem,
    Purpose,
    SiteRule,
    Source,
    SourceState,
)
from newsreader.pictures import Box, Raster
from newsreader.service.values import DownloadReport, DownloadStep, Found, Paper, Saved, Session, ToDownload
from newsreader.settings import Settings
from newsreader.storage.screen import LastScreen

if TYPE_CHECKING:
    from newsreader.desktop import Piped
    from newsreader.exporting.forms import Form
    from newsreader.importing.values import Imported
    from newsreader.openers import Opener
    from newsreader.service.feed_offer import FeedOffer
    from newsreader.service.imports import ImportReport
    from newsreader.service.refreshing import Told
    from newsreader.storage.downloads import Queued
    from newsreader.storage.library import Change, KeptPlace
    from newsreader.storage.tagging import QueryRule, RuleAction, TagCount


class Layouts(Protocol):
    """`ListLayouts`; see there."""

    async def of(self, address: str) -> ListLayout: ...  # noqa: D102
    async def change(  # noqa: D102
        self, address: str, update: Callable[[ListLayout], ListLayout]
    ) -> ListLayout: ...


class ReadingService(Protocol):
    """The part of `NewsService` that the interface uses; see there."""

    @property
    def online(self) -> bool: ...  # noqa: D102
    @property
    def offline_since(self) -> datetime | None: ...  # noqa: D102
    @property
    def store_problem(self) -> Problem | None: ...  # noqa: D102
    @property
    def settings(self) -> Settings: ...  # noqa: D102
    @property
    def list_layouts(self) -> "Layouts": ...  # noqa: D102
    @property
    def papers(self) -> Sequence[Paper]: ...  # noqa: D102

    def start(self) -> None: ...  # noqa: D102
    async def heed_connection(self) -> bool: ...  # noqa: D102
    def now(self) -> datetime: ...  # noqa: D102
    async def open(  # noqa: D102
        self, address: str, *, typed: bool = False, refresh: bool = False, offline: bool = False
    ) -> Opened: ...
    async def prefetch(self, address: str) -> bool: ...  # noqa: D102
    async def stored(self, address: str) -> Opened | None: ...  # noqa: D102
    async def whole(self, address: str, *, typed: bool = False) -> Opened: ...  # noqa: D102
    async def candidates(  # noqa: D102
        self, address: str, purpose: Purpose = "article"
    ) -> tuple[Candidate, ...]: ...
    async def choose_block(self, address: str, candidate: Candidate) -> Opened: ...  # noqa: D102
    async def rules(self, purpose: Purpose = "article") -> Mapping[str, SiteRule]: ...  # noqa: D102
    async def forget_rule(self, host: str, purpose: Purpose = "article") -> None: ...  # noqa: D102
    async def rows(self, headlines: Sequence[Headline]) -> tuple[ListedHeadline, ...]: ...  # noqa: D102
    async def listed(  # noqa: D102
        self, opened: Opened, address: str | None = None
    ) -> tuple[tuple[HeadlineList, tuple[ListedHeadline, ...]], ...]: ...
    async def more(self, headlines: HeadlineList) -> HeadlineList: ...  # noqa: D102
    async def mark_read(self, url: str, read: bool = True) -> None: ...  # noqa: D102
    async def toggle_read(self, url: str) -> bool: ...  # noqa: D102
    async def mark_all_read(self, urls: Sequence[str], read: bool = True) -> int: ...  # noqa: D102
    async def sources(self) -> tuple[Source, ...]: ...  # noqa: D102
    async def source_states(self) -> Mapping[int, SourceState]: ...  # noqa: D102
    async def states_as_listed(self) -> Mapping[int, SourceState]: ...  # noqa: D102
    async def kept_counts(self) -> tuple[int, int]: ...  # noqa: D102
    async def follow(self, address: str, opened: Opened) -> Source: ...  # noqa: D102
    async def edit_source(self, source: Source, *, before: Source | None = None) -> None: ...  # noqa: D102
    async def remove_source(self, source: Source) -> None: ...  # noqa: D102
    async def move_source(self, source: Source, by: int) -> None: ...  # noqa: D102
    async def move_group(self, group: str, by: int) -> None: ...  # noqa: D102
    async def rename_group(self, group: str, name: str) -> None: ...  # noqa: D102
    async def mark_source_read(self, source: Source, others: Iterable[str] = ()) -> int: ...  # noqa: D102
    async def unread_of_sources(self) -> tuple[tuple[Source, tuple[ListedHeadline, ...]], ...]: ...  # noqa: D102
    async def refresh_sources(  # noqa: D102
        self, sources: Sequence[Source], told: "Told | None" = None
    ) -> tuple[SourceState, ...]: ...
    async def due_sources(self) -> tuple[Source, ...]: ...  # noqa: D102
    async def next_due(self) -> datetime | None: ...  # noqa: D102
    async def better_feed(self, source: Source, page: Page) -> "FeedOffer | None": ...  # noqa: D102
    async def take_feed(self, source: Source, offer: "FeedOffer") -> Source: ...  # noqa: D102
    async def save(self, address: str, *, typed: bool = False, offline: bool = False) -> Saved: ...  # noqa: D102
    async def unsave(self, address: str) -> None: ...  # noqa: D102
    async def toggle_saved(self, address: str) -> Saved | None: ...  # noqa: D102
    async def saved(self) -> tuple[ListedHeadline, ...]: ...  # noqa: D102
    async def to_download(  # noqa: D102
        self, headlines: Sequence[Headline], source: str | None = None
    ) -> tuple[ToDownload, ...]: ...
    async def download(  # noqa: D102
        self, wanted: Sequence[ToDownload], tell: Callable[[DownloadStep], None]
    ) -> DownloadReport: ...
    async def queue(self, headline: Headline) -> bool: ...  # noqa: D102
    async def queued(self) -> "tuple[Queued, ...]": ...  # noqa: D102
    async def run_queue(self, tell: Callable[[DownloadStep], None]) -> DownloadReport: ...  # noqa: D102
    async def raster(self, url: str, box: Box) -> Raster: ...  # noqa: D102
    async def place(self, url: str) -> "KeptPlace | None": ...  # noqa: D102
    async def keep_place(  # noqa: D102
        self, url: str, block: int, words: str, *, signs: int = 0, percent: int = 0, title: str = ""
    ) -> None: ...
    async def reading_now(self) -> tuple[ListedHeadline, ...]: ...  # noqa: D102
    async def undo(self) -> "Change | None": ...  # noqa: D102
    async def choice(self, key: str) -> object: ...  # noqa: D102
    async def choose(self, key: str, value: object) -> None: ...  # noqa: D102
    async def article(self, address: str) -> Article: ...  # noqa: D102
    async def stored_articles(self, addresses: Sequence[str]) -> tuple[Article, ...]: ...  # noqa: D102
    async def export(self, articles: Sequence[Article], form: "Form", place: Path) -> Path: ...  # noqa: D102
    async def piped_form(self, article: Article) -> bytes: ...  # noqa: D102
    async def pipe_article(self, article: Article, command: Sequence[str]) -> "Piped": ...  # noqa: D102
    async def likely_import(self) -> str: ...  # noqa: D102
    async def read_import(self, path: Path) -> "Imported": ...  # noqa: D102
    async def take_over(self, found: "Imported") -> "ImportReport": ...  # noqa: D102
    async def remember(self, session: Session) -> None: ...  # noqa: D102
    def last_screen(self) -> LastScreen | None: ...  # noqa: D102
    async def keep_screen(self, screen: LastScreen) -> None: ...  # noqa: D102
    async def last_session(self) -> Session | None: ...  # noqa: D102
    async def sample_address(self) -> str: ...  # noqa: D102
    async def open_in_browser(self, url: str) -> None: ...  # noqa: D102
    def opener_of(self, enclosure: Enclosure) -> "Opener": ...  # noqa: D102
    async def open_beside(self, opener: "Opener", enclosure: Enclosure) -> None: ...  # noqa: D102
    async def ruled(  # noqa: D102
        self, rows: Sequence[ListedHeadline], names: tuple[str, ...] = ()
    ) -> Sequence[ListedHeadline]: ...
    async def tags(self) -> "Sequence[TagCount]": ...  # noqa: D102
    async def tags_of(self, url: str) -> frozenset[str]: ...  # noqa: D102
    async def set_tags(self, url: str, title: str, tags: Iterable[str]) -> None: ...  # noqa: D102
    async def change_tags(  # noqa: D102
        self, url: str, title: str, *, add: Iterable[str] = (), remove: Iterable[str] = ()
    ) -> frozenset[str]: ...
    async def query_rules(self) -> "Sequence[QueryRule]": ...  # noqa: D102
    async def add_query_rule(self, action: "RuleAction", text: str, tag: str = "") -> "QueryRule": ...  # noqa: D102
    async def remove_query_rule(self, number: int) -> None: ...  # noqa: D102
    async def export_query_rules(self) -> str: ...  # noqa: D102
    async def search(  # noqa: D102
        self, text: str, *, limit: int = 100, typing: bool = False
    ) -> tuple[Found, ...]: ...
    async def search_ranked(  # noqa: D102
        self, text: str, *, limit: int = 30, typing: bool = False
    ) -> tuple[Found, ...]: ...
    async def count_found(self, text: str) -> int: ...  # noqa: D102
    async def keep_index_up(self, told: Callable[[int], object] | None = None) -> None: ...  # noqa: D102
    async def tidy_index(self) -> None: ...  # noqa: D102
    async def follow_search(self, text: str) -> Source: ...  # noqa: D102
    async def copy(self, text: str) -> bool: ...  # noqa: D102
    async def aclose(self) -> None: ...  # noqa: D102
