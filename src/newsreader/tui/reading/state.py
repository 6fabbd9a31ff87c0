"""What the reading screen shows and is busy with: one object that its parts share."""

from collections import Counter
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

from newsreader.list_layout import IN_ALL_SOURCES, Arrangement, Grouping, ListLayout, Order, arrangement_from_json
from newsreader.models import Article, Opened
from newsreader.source_values import Source
from newsreader.tui.reading.mark_log import MarkLog
from newsreader.tui.widgets.headline_list import Listing, from_snapshot
from newsreader.tui.widgets.source_list import SourceList
from newsreader.urls import split_credentials, story_key
from newsreader.values import dataclass

if TYPE_CHECKING:
    from newsreader.library_values import ReadingPosition
    from newsreader.screen_snapshot import ScreenSnapshot
    from newsreader.typesetting.layout import TextPosition


class View(StrEnum):
    """What the list shows."""

    ALL = "all"
    UNREAD = "unread"
    SAVED = "saved"
    READING = "reading"
    LATER = "later"
    HISTORY = "history"
    GIVEN = "given"  # the pages of several addresses on the command line
    EVERYTHING = "everything"  # what is unread of all sources
    RIVER = "river"  # all sources as one list


KEPT_VIEWS = frozenset({View.SAVED, View.READING, View.LATER, View.HISTORY})
"""Those whose rows come from the library, whatever source is before the reader."""


OF_ALL_SOURCES = frozenset({View.EVERYTHING, View.RIVER})
"""Those that list what the sources show, without any of them being before the reader."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What is in the article's place: an article, a failure, or the beginning.

    Attributes:
        url: The address that is meant; what `o`, `y` and `r` act on.
        opened: None if it could not be fetched.
        is_whole: The article is all words of the page.
    """

    url: str
    title: str
    opened: Opened | None = None
    failed: bool = False
    is_whole: bool = False

    @property
    def article(self) -> Article | None:
        """The article itself, if there is one."""
        return self.opened.page.article if self.opened is not None else None


@dataclass(frozen=True, slots=True)
class Step:
    """A position on the trail of links."""

    shown: Shown
    position: "TextPosition | None"


@dataclass(frozen=True, slots=True)
class PrefetchedArticle:
    """A stored article that is likely to be read next, where the reader was in it, and its tags."""

    copy: Opened
    kept: "ReadingPosition | None"
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FormerList:
    """What was listed: `asked`, `typed`, `address` and `view` of `ReadingState`."""

    asked: str
    typed: bool
    address: str | None
    view: View


class ReadingState:
    """The state that the screen's parts share; each part changes only its own values.

    Attributes:
        last: The screen as it was left the last time, until what it showed comes from the stores.
        source: The page whose lists are listed.
        address: Its normalised address.
        asked: The address as it was typed: without a scheme it may turn out to be http.
        typed: Whether it was typed.
        began_in_box: The program began with the box for an address.
        former: What was listed before the source that is on its way, or that has come last.
        given_up: An address that was typed, and was not waited for or could not be fetched, while another list stays.
        reads_unread: The source's first unread headline is to be read once it is listed (1), or its last (-1).
        refreshes_next: The source is to be fetched once it has come from the stores.
        given: Of the lists of several pages: the address of the page that each is on, by its label.
        listing: The headlines of the source, whatever the list shows.
        other_listing: The headlines of a view other than "all".
        list_layout: How the reader wants the lists of this site.
        folds: Which lists of each source are folded, by their labels.
        chosen_in_all: The headline under the cursor, for when the reader comes back to all of them.
        left_at: The headline that was under the cursor last, by the view and, of a source, by its address.
        loading: Address and title of what is being fetched.
        is_waiting: For so long that the status line says so.
        before_loading: What to return to when a wait is cancelled.
        came_from_list: In one pane: cancelling a wait leads back to the list.
        marked: What was marked lately, for lists that are being read.
        downloading: How many articles are downloaded, and of how many.
        pauses_aloud: Reading aloud is paused; None while nothing is read aloud.
        progress: How many sources are refreshed, and of how many, while all of them are.
        turning: Read marks that are being toggled, by the articles' addresses.
        faulty: Addresses of what was shown when something failed.
        seen_end: The article whose end the reader has seen, or whose read mark they have set.
        prefetched: The articles that are likely to be read next, by their addresses.
        arrangements: How the reader wants the lists of views.
        hides_read: What is read is not shown in lists.
        compact_views: The views whose list is compact.
        columns: What is shown beside the headlines of views, by `look_name`, where the reader chose it.
        divider: How much of the width of list and article the list has, in per cent; 0 as the layout has it.
        count: The digits typed before a key.
        is_typing: Something is being typed into the footer, which then keeps the keys.
        flash: The message that is shown for a few seconds.
        theme_elsewhere: What is meant instead of the theme, where the terminal has the colours for it.
    """

    def __init__(self, last: "ScreenSnapshot | None" = None) -> None:
        """Begin empty, or as the screen was left the last time."""
        self.last = self._left = last
        self.source: Opened | None = None
        self.address: str | None = None
        self.asked = ""
        self.typed = False
        self.began_in_box = False
        self.former: FormerList | None = None
        self.given_up = ""
        self.refreshes_next = False
        self.reads_unread = 0
        self.is_refreshing = False
        self.view = View.ALL
        self.given: dict[str, str] = {}
        self.listing = Listing()
        self.other_listing = Listing()
        self.list_layout = ListLayout()
        self.folds: dict[str, dict[str, bool]] = {}
        self.chosen_in_all: str | None = None
        self.left_at: dict[tuple[View, str], str] = {}
        self.shown: Shown | None = None
        self.trail: list[Step] = []
        self.loading: tuple[str, str] | None = None
        self.is_waiting = False
        self.before_loading: Step | None = None
        self.came_from_list = False
        self.prefetched: dict[str, PrefetchedArticle] = {}
        self.seen_end: str | None = None
        self.article_in_front = False
        self.sources_in_front = False
        self.is_alone = False
        self.compact_views: set[str] = set()
        self.columns: dict[str, tuple[str, ...]] = {}
        self.arrangements: dict[View, Arrangement] = {}
        self.hides_read = False
        self.divider = 0
        self.count = ""
        self.is_typing = False
        self.source_list = SourceList()
        self.progress: tuple[int, int] | None = None
        self.downloading: tuple[int, int] | None = None
        self.pauses_aloud: bool | None = None
        self.marked = MarkLog()
        self.turning: Counter[str] = Counter()
        self.faulty: set[str | None] = set()
        self.flash = ""
        self.theme_elsewhere = ""
        if last is not None:
            self.address = last.address or None
            self.view = View(last.view)
            self.divider = last.divider
            self.hides_read = last.hides_read
            own = self.arrangement_of(self.view)
            self.arrangements[self.view] = arrangement_from_json([*last.arrangement], own)
            if last.is_compact:
                self.compact_views.add(last.view)
            if last.columns is not None:
                self.columns[self.look_name] = tuple(last.columns)
            if self.view is View.ALL:
                self.listing = from_snapshot(last)
            else:
                self.other_listing = from_snapshot(last)

    def arrangement_of(self, view: View) -> Arrangement:
        """Return how the reader wants the list of a view."""
        own = IN_ALL_SOURCES if view is View.RIVER else Arrangement()
        return self.arrangements.get(view, own)

    def shown_arrangement(self) -> Arrangement:
        """Return how the list of the view is arranged on its way to the screen: the store has sorted the river."""
        arrangement = self.arrangement_of(self.view)
        if self.view is not View.RIVER:
            return arrangement
        is_whole = arrangement.grouping is Grouping.NONE  # as it comes
        return Arrangement() if is_whole else replace(arrangement, order=Order.LISTED)

    def is_hiding_read(self) -> bool:
        """Return whether the list shows no headline that is read: what the library keeps is shown all the same."""
        return self.hides_read and self.view not in KEPT_VIEWS

    @property
    def article(self) -> Article | None:
        """The article that is shown, if one is."""
        return self.shown.article if self.shown is not None else None

    @property
    def is_search(self) -> bool:
        """Whether the source is what a search finds."""
        return (self.address or "").startswith("search:")

    @property
    def look_name(self) -> str:
        """The name under which the columns of the list are kept: they are chosen for the view, compact or not."""
        view = self.view.value
        return f"{view} compact" if view in self.compact_views else view

    def place_of(self, address: str | None) -> tuple[View, str]:
        """Return under what `left_at` knows the list of the view, and of the source of an address if it shows one."""
        return self.view, address or "" if self.view in (View.ALL, View.UNREAD) else ""

    @property
    def has_something(self) -> bool:
        """Whether there is anything to read besides what is being fetched: headlines, sources, saved articles."""
        kept = self.source_list
        return bool(len(self.listing) or len(self.other_listing) or kept.sources or kept.saved or kept.later)

    @property
    def failed_address(self) -> str:
        """The address that was typed, where its failure is shown; else empty."""
        is_shown = self.shown is not None and self.shown.failed and self.shown.url == self.asked
        return self.asked if is_shown and self.typed else ""

    @property
    def address_to_change(self) -> str:
        """What was typed last, where it led nowhere; else empty."""
        return self.given_up or self.failed_address

    @property
    def unread_of_all(self) -> int:
        """How much is unread of all sources; what is listed of it, until they have been counted."""
        return self.source_list.unread if self.source_list.sources else self.other_listing.unread

    @property
    def has_sources(self) -> bool:
        """Whether the reader follows something; as it was the last time, until the sources are known."""
        kept = self.source_list
        return bool(kept.sources) or (kept.states is None and self._left is not None and self._left.has_sources)

    @property
    def source_title(self) -> str:
        """The title of the source that the page is, as it was the last time until sources are known; empty if none."""
        if (followed := self.followed) is not None:
            return followed.title
        left = self._left if self.source_list.states is None else None
        return left.source_title if left is not None and left.address == (self.address or "") else ""

    @property
    def followed(self) -> Source | None:
        """The source whose page is before the reader."""
        return self.followed_at(self.address)

    def followed_at(self, address: str | None) -> Source | None:
        """Return the source that a page is; None if it is not followed."""
        if address is None:
            return None
        key = story_key(split_credentials(address)[0])
        return next((each for each in self.source_list.sources if story_key(each.url) == key), None)

    @property
    def listed(self) -> Listing:
        """Everything in the view, without a filter."""
        return self.listing if self.view is View.ALL else self.other_listing
