"""How sources come to the screen."""

from contextlib import suppress

from textual.worker import Worker, get_current_worker

from newsreader.computing import run_in_daemon_thread
from newsreader.errors import NewsreaderError
from newsreader.i18n import gettext
from newsreader.models import Opened, Page
from newsreader.service.values import SavedSession
from newsreader.text import line
from newsreader.tui.held_part import in_worker
from newsreader.tui.keys import action_of
from newsreader.tui.reading import status
from newsreader.tui.reading.articles import ArticleOpener
from newsreader.tui.reading.layout import ReadingLayout
from newsreader.tui.reading.list_turns import ListTurns
from newsreader.tui.reading.lists import ListingUpdater
from newsreader.tui.reading.port import ReadingPort
from newsreader.tui.reading.positions import PositionTracker, text_position
from newsreader.tui.reading.presenter import ArticlePresenter
from newsreader.tui.reading.session import ReadingSession
from newsreader.tui.reading.state import FormerList, ReadingState, Shown, View
from newsreader.tui.reading.waiting import WaitingNotice
from newsreader.tui.rendering.gc_pause import gc_paused
from newsreader.tui.widgets import notice
from newsreader.tui.widgets.notice import Notice, NoticeChoice
from newsreader.urls import host_of, normalise_url, story_key

FAILED_ADDRESS = "failed-address"  # the preference that keeps what was typed, for a start that has nothing else to show


class SourceOpener:
    """Opens sources, in workers; a later one cancels an earlier one, so that no late result is shown."""

    def __init__(
        self,
        state: ReadingState,
        port: ReadingPort,
        panes: ReadingLayout,
        session: ReadingSession,
        positions: PositionTracker,
        waiting: WaitingNotice,
        presenter: ArticlePresenter,
        articles: ArticleOpener,
        lists: ListingUpdater,
        turns: ListTurns,
    ) -> None:
        self.state = state
        self.port = port
        self.panes = panes
        self.session = session
        self.positions = positions
        self.waiting = waiting
        self.presenter = presenter
        self.articles = articles
        self.lists = lists
        self.turns = turns
        self._service = port.service
        self._is_awaited = False  # nothing of the source is on the screen yet
        articles.on_reading(self.give_up)

    @in_worker(exclusive=True, group="sample")
    async def open_sample(self) -> None:
        """Show the sample newspaper, unless the reader chooses another source before it is there."""
        listed = self.state.address
        name = gettext("the sample newspaper")
        address = await self.waiting.result_of(self._service.sample.front_page(), name)
        if self.state.address == listed:
            self.waiting.end()
            self.open_source(address, typed=True, name=name)

    def open_source(
        self,
        address: str,
        *,
        typed: bool = False,
        session: SavedSession | None = None,
        reads_unread: int = 0,
        name: str = "",
    ) -> Worker[None]:
        """Show the page at an address: its lists, and its article if it holds one; while it is waited for, its name."""
        self.turns.begin()
        if self.state.loading is None and (self.state.source is not None or self.state.view is not View.ALL):
            former = FormerList(self.state.asked, self.state.typed, self.state.address, self.state.view)
            self.state.former = former
        self.state.given_up = ""
        self.state.asked, self.state.typed = address, typed
        self.state.address = address
        if session is None:
            self.state.last = None
        with suppress(NewsreaderError):
            self.state.address = normalise_url(address)
        self.state.view = View.ALL
        self.state.trail.clear()
        self.state.reads_unread = reads_unread
        return self._open(address, typed=typed, session=session, name=name or host_of(address))

    @in_worker(exclusive=True, group="source")
    async def _open(self, address: str, *, typed: bool, session: SavedSession | None, name: str) -> None:
        with gc_paused():
            copy = await self.articles.copy_of(address)
        if copy is not None:
            _moves_to_http(self.state, copy)
            await self._show_source(copy, session)
            self._mark_refreshing(True)
        self.turns.release(get_current_worker())  # the network is not waited for
        is_refresh, self.state.refreshes_next = self.state.refreshes_next, False
        self._is_awaited = copy is None
        try:
            opened = await self.waiting.result_of(
                self._service.pages.open(address, typed=typed, refresh=is_refresh), name, quiet=bool(copy)
            )
        except NewsreaderError as error:
            self._source_failed(error, address, was_waited_for=copy is None)
        else:
            self._is_awaited = False
            is_unencrypted = _moves_to_http(self.state, opened)
            if copy is None:
                self.waiting.end()
                await self._show_source(opened, session)
            elif opened.page != copy.page or opened.fetched_at != copy.fetched_at:
                await self.renew_source(opened)
            if (problem := opened.fetch_problem or opened.page.note) is not None:
                self.port.say(line(f"{problem.message} {problem.advice}", 300), is_failure=True)
            elif is_unencrypted:
                host = host_of(opened.page.url)
                self.port.say(gettext("{host} answers only without encryption (http).").format(host=host))
        finally:
            self._fetch_ended()

    def _fetch_ended(self) -> None:
        """Show that the fetch has ended, and the state of the source: its failure, its unread count."""
        self._mark_refreshing(False)
        if self.state.followed is not None:
            self.port.note_change()

    def _mark_refreshing(self, refreshing: bool) -> None:
        self.state.is_refreshing = refreshing
        self.port.show()

    async def _show_source(self, opened: Opened, session: SavedSession | None) -> None:
        was_left = self.state.last is not None
        if not was_left:
            self.panes.headlines.filtering.sought = ""
        await self.lists.take(opened, from_top=not was_left, is_opening=True)
        self.state.last = None
        if session is None and not self._is_before_reader:
            self.state.reads_unread = 0
            self.lists.views.show_how_to_read()
            self.session.remember_soon()
            return  # another list was chosen since
        article, language = opened.page.article, opened.page.language
        if language and self.panes.article.setting.hyphenates:
            self.presenter.learn_soon(language)
        if was_left and (self.state.shown is not None or self.state.loading is not None):
            pass  # the reader was faster
        elif session is not None and session.article and not _same_story(session.article, opened.page.url):
            self.articles.open(session.article, "", top=session.top)
            row = self.panes.headlines.listing.find(session.article)
            if row is not None and not was_left:
                self.panes.headlines.go(self.panes.headlines.listing.number_of(row))
        elif self._read_unread():
            pass
        elif article is not None:
            url = self.state.address or opened.page.url
            before = self.state.shown, self.state.loading
            kept = await self.positions.position_in(url)
            await self.presenter.learn_language(opened)
            if (self.state.shown, self.state.loading) != before:
                return  # the reader was faster: the list has been there since
            self.presenter.show(Shown(url, article.title, opened), text_position(kept))
            if session is None:
                self.articles.opened.record(url, article.title, by_address=True)
            listing = self.panes.headlines.listing
            row = listing.find(article.url) or listing.find(self.state.address)
            if row is not None:
                self.panes.headlines.go(listing.number_of(row))
            if session is not None and kept is None:
                self.panes.article.position.go_to_line(session.top)
            if session is None and (self.state.typed or self.panes.has_one_pane or not len(self.state.listing)):
                self.panes.to_article()
        else:
            self.show_nothing_found(opened)
            if session is None and not was_left and self.state.listing.count:
                self.panes.to_list()
        if session is not None and session.article and session.in_article:
            self.state.is_alone = self.state.is_alone or session.alone
            self.panes.to_article()
        self.session.remember_soon()

    @property
    def _is_before_reader(self) -> bool:
        """Whether the list shows the headlines of the source."""
        return self.state.view in (View.ALL, View.UNREAD)

    def _read_unread(self) -> bool:
        """Open the unread headline with which the reader wants to continue; False if they do not, or there is none."""
        by, self.state.reads_unread = self.state.reads_unread, 0
        number = self.panes.headlines.listing.next_unread(-1, by) if by else None
        if number is None:
            return False
        self.panes.headlines.go(number)
        headline = self.panes.headlines.headline
        if headline is None:
            return False
        if self.panes.has_one_pane:
            self.panes.to_article()
        self.articles.read(headline.headline)
        return True

    async def renew_source(self, opened: Opened) -> None:
        """Show the newer lists; neither the cursor nor what is being read moves."""
        before = self.state.listing
        if not await self.lists.take(opened, from_top=not before.count):
            return
        fresh = await run_in_daemon_thread(self.state.listing.count_new_since, before)
        if before.count and fresh:
            self.port.say(status.arrived(fresh, self.port.bindings, is_short=self.panes.has_one_pane))
        if self.state.shown is None or (self.state.shown.article is None and not self.state.shown.failed):
            if opened.page.article is not None:
                self.presenter.show(Shown(self.state.address or opened.page.url, opened.page.article.title, opened))
            else:
                self.show_nothing_found(opened)

    def show_nothing_found(self, opened: Opened) -> None:
        """Show that the source's page holds no article, unless the list is of something else."""
        if self._is_before_reader:
            self.presenter.show_nothing_found(opened)
        else:
            self.lists.views.show_how_to_read()

    def _source_failed(self, error: NewsreaderError, address: str, *, was_waited_for: bool) -> None:
        self._is_awaited = False
        before, was_typed = self.state.before_loading, self.state.typed
        shown, is_listed = self.state.shown, bool(self.state.source is not None and self.state.listing.count)
        if was_waited_for:
            self.waiting.end()
            is_listed = self._keep_former_source()  # what is on the screen stays; only its age shows that it is old
        if is_listed and (shown is None or not shown.failed):
            if was_waited_for and before is not None and before.shown is shown:
                self.articles.go_to(before)  # instead of the notice that something is on its way
            elif was_waited_for:
                self.lists.views.show_how_to_read()
            name, words = line(self._name_of(address), 60), line(error.text, 200)
            self.port.say(words if name in words else f"{name}: {words}", is_failure=True)
            return
        self.state.shown = Shown(address, host_of(address), failed=True)
        failure = notice.failure(
            error,
            address,
            what=gettext("Couldn't get this page."),
            is_address=was_typed,
            has_others=self.state.has_something,
        )
        self.panes.article.show_notice(failure)
        self.panes.to_article()
        if self.state.failed_address:
            self.port.set_preference(FAILED_ADDRESS, self.state.failed_address)

    def _name_of(self, address: str) -> str:
        """Return the name of a page that could not be fetched: that of the source, or its host."""
        source = self.state.followed_at(address)
        return source.title if source is not None else host_of(address) or address

    def _keep_former_source(self) -> bool:
        """Return to the list on the screen, as the source that was asked for does not come; False if there is none."""
        former = self.state.former
        if former is None:
            return False
        self.state.given_up = self.state.asked if self.state.typed else ""
        self.state.asked, self.state.typed, self.state.address = former.asked, former.typed, former.address
        if self._is_before_reader:  # else another list was chosen since
            self.state.view = former.view
        self.panes.headlines.show(self.state.listed)
        return True

    def give_up(self) -> None:
        """Stop waiting for a source, as the reader reads on in the list on the screen; its address is kept."""
        if not self._is_awaited or self.state.former is None:
            return
        self._is_awaited = False
        host = line(host_of(self.state.address or self.state.asked), 60)
        self.port.cancel("source")
        self.waiting.end()
        self._keep_former_source()
        words = gettext("No longer waiting for {host}.")
        if self.state.given_up:
            words = gettext("No longer waiting for {host}; {key} offers its address.")
        self.port.say(words.format(host=host, key=self.port.key_of("open-address")))

    @in_worker(exclusive=True, group="source")
    async def refresh_source(self, address: str) -> None:
        """Fetch the source again; the screen stays as it is until then."""
        is_first = self.state.source is None
        self._mark_refreshing(not is_first)
        wait = self._service.pages.open(address, typed=self.state.typed, refresh=True)
        try:
            opened = await self.waiting.result_of(wait, host_of(address), quiet=not is_first)
        except NewsreaderError as error:
            self._source_failed(error, address, was_waited_for=is_first)
            return
        finally:
            self._fetch_ended()
        if is_first:
            self.waiting.end()
            await self._show_source(opened, None)
            return
        await self.renew_source(opened)
        self._renew_its_article(opened)
        if (problem := opened.fetch_problem or opened.page.note) is not None:
            self.port.say(line(f"{problem.message} {problem.advice}", 300), is_failure=True)
        elif not self.port.said:
            self.port.say(gettext("Up to date."))

    def _renew_its_article(self, opened: Opened) -> None:
        """Show the newer text of the source's own article, where that is what is being read."""
        shown, url, article = self.state.shown, self.state.address or opened.page.url, opened.page.article
        if shown is None or shown.url != url or shown.is_whole or shown.article is None:
            return
        if article is not None and article != shown.article:
            self.articles.renew(url, opened)
            self.port.say(gettext("The article has changed."))

    def cancel(self) -> None:
        """Stop waiting and show again what was there before."""
        self.port.cancel("article")
        is_source = self.state.loading is not None and self.state.loading[0] == self.state.address
        if self.state.source is None or self.state.is_refreshing or is_source:
            self.port.cancel("source")
            self.state.is_refreshing = False
        self._is_awaited = False
        if is_source:
            self._keep_former_source()
        before, came_from_list = self.state.before_loading, self.state.came_from_list
        waited_for = self.state.loading
        self.waiting.end()
        if before is not None:
            self.articles.go_to(before)
        elif self.panes.article.page.notice is not None and waited_for is not None and self.state.shown is None:
            self.state.shown = Shown(waited_for[0], waited_for[1] or host_of(waited_for[0]), failed=True)
            choices = (NoticeChoice(gettext("Try again"), "r", action_of("refresh")),)
            self.panes.article.show_notice(Notice(gettext("Cancelled."), line(waited_for[1]), choices=choices))
        if came_from_list:
            self.panes.to_list()
        self.port.show()

    # --- pages named by others -----------------------------------------------------------------------

    def open_named_feed(self) -> None:
        """Open the feed that an empty list names."""
        if self.state.view is View.ALL and self.state.source is not None:
            self.open_feed(self.state.source.page, 0)

    def open_feed_of_shown(self, number: int) -> None:
        """Make one of the feeds that the shown page names the source."""
        if self.state.shown is not None and self.state.shown.opened is not None:
            self.open_feed(self.state.shown.opened.page, number)

    def open_feed(self, page: Page, number: int) -> None:
        """Make one of the feeds that a page names the source."""
        feeds = notice.other_feeds(page)
        if number < len(feeds):
            self.open_source(feeds[number].url)
            self.panes.to_list()

    def use_as_source(self) -> None:
        """Make the page that holds headlines the source."""
        if self.state.shown is not None:
            self.open_source(self.state.shown.url)
            self.panes.to_list()


def _same_story(one: str, other: str) -> bool:
    return story_key(one) == story_key(other)


def _moves_to_http(state: ReadingState, opened: Opened) -> bool:
    """Return whether https was requested and http used; what was typed without a scheme is there from now on."""
    address, fetched = state.address or "", opened.page.url
    if not address.startswith("https://") or not fetched.startswith("http://"):
        return False
    if "://" not in state.asked and host_of(address) == host_of(fetched):
        state.address = "http" + address.removeprefix("https")
    return True
