"""How articles come to the screen."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from newsreader.errors import NewsreaderError
from newsreader.i18n import gettext
from newsreader.models import Headline, Opened, picture_urls
from newsreader.text import line
from newsreader.tui.held_part import in_worker
from newsreader.tui.reading.browser import Browser
from newsreader.tui.reading.layout import ReadingLayout
from newsreader.tui.reading.marks import HeadlineMarks
from newsreader.tui.reading.opened import OpenedArticles
from newsreader.tui.reading.port import ReadingPort
from newsreader.tui.reading.positions import PositionTracker, text_position
from newsreader.tui.reading.presenter import ArticlePresenter
from newsreader.tui.reading.session import ReadingSession
from newsreader.tui.reading.state import PrefetchedArticle, ReadingState, Shown, Step
from newsreader.tui.reading.waiting import WaitingNotice
from newsreader.tui.widgets import notice
from newsreader.tui.widgets.notice import Notice
from newsreader.urls import entry_id, host_of, without_fragment

if TYPE_CHECKING:
    from newsreader.library_values import ReadingPosition

_LONGEST_TRAIL = 100


class ArticleOpener:
    """Opens articles, in workers; a later one cancels an earlier one, so that no late result is shown."""

    def __init__(
        self,
        state: ReadingState,
        port: ReadingPort,
        panes: ReadingLayout,
        marks: HeadlineMarks,
        positions: PositionTracker,
        session: ReadingSession,
        waiting: WaitingNotice,
        presenter: ArticlePresenter,
        browser: Browser,
        opened: OpenedArticles,
    ) -> None:
        self.state = state
        self.port = port
        self.panes = panes
        self.marks = marks
        self.positions = positions
        self.session = session
        self.waiting = waiting
        self.presenter = presenter
        self.browser = browser
        self.opened = opened
        self._service = port.service
        self._observers: list[Callable[[], None]] = []
        self._reading_observers: list[Callable[[], None]] = []

    def on_reading(self, observer: Callable[[], None]) -> None:
        """Register a function to be called when the reader opens a headline of the list on the screen."""
        self._reading_observers.append(observer)

    def on_arrival(self, observer: Callable[[], None]) -> None:
        """Register a function to be called when an article has come."""
        self._observers.append(observer)

    def read(self, headline: Headline) -> None:
        """Open the article of a headline; the trail of links starts over."""
        self._leave_awaited()
        self.state.trail.clear()
        url, title = headline.url, headline.title
        self.state.loading = (url, title)  # at once: the next key counts from here
        at_hand = self.state.prefetched.get(url)
        if at_hand is None:
            self.open(url, title)
            return
        self.positions.note_left()
        self.port.cancel("article")
        self.waiting.end()
        article = at_hand.copy.page.article
        assert article is not None
        self.presenter.show(Shown(url, article.title, at_hand.copy), text_position(at_hand.kept), at_hand.tags)
        self.port.soon(self._note_arrival, url, at_hand)

    def read_chosen(self, headline: Headline) -> None:
        """Read a headline that was chosen in the list."""
        self._leave_awaited()
        if self.panes.has_one_pane and not self.state.article_in_front:
            self.state.before_loading = (
                Step(self.state.shown, self.panes.article.position.current) if self.state.shown is not None else None
            )
            self.panes.article.show_notice(Notice("", line(headline.title)))
            self.state.came_from_list = True
        self.panes.to_article()
        self.read(headline)

    def _leave_awaited(self) -> None:
        for observer in self._reading_observers:
            observer()

    def _note_arrival(self, url: str, at_hand: PrefetchedArticle) -> None:
        """Do what can wait until a prefetched article is on the screen."""
        self.positions.write_left()
        self.presenter.show_its_tags(url)
        self.marks.update(url, stored=True, failed=False)
        if self.state.shown is None or self.state.shown.url != url or self.state.loading is not None:
            return  # the reader has moved on by now
        self.opened.record(url, self.state.shown.title)
        if self.state.shown.article is not None:
            self.presenter.say_continued(self.state.shown.article, at_hand.kept)
        self.session.remember_soon()
        self.open(url, self.state.shown.title, copy=at_hand.copy)

    @in_worker(exclusive=True, group="article")
    async def open(
        self,
        url: str,
        title: str,
        *,
        top: int | None = None,
        step: Step | None = None,
        refresh: bool = False,
        copy: Opened | None = None,
    ) -> None:
        """Show the stored copy of an article, then the current one; a copy passed in is on the screen already."""
        kept = None
        if copy is None:
            self.state.loading = (url, title)
            self.positions.leave()
            kept = await self.positions.position_in(url)
            copy = None if refresh else await self.copy_of(url)
            await self.presenter.learn_language(copy)
            if copy is not None and copy.page.article is not None:
                self._arrived(url, title, copy, top=top, kept=kept, step=step, is_opening=top is None)
                step = None
        else:
            copy = await self._stored_since(copy, url)
        if copy is not None and copy.page.article is not None and (copy.saved or not self._service.online):
            return
        wait = self._service.pages.open(url, refresh=refresh)
        try:
            opened = await self.waiting.result_of(wait, host_of(url), title, quiet=bool(copy and copy.page.article))
        except NewsreaderError as error:
            self._failed(error, url, title, step)
            return
        await self.presenter.learn_language(opened)
        if copy is None or copy.page.article is None:
            is_opening = top is None and not refresh
            self._arrived(url, title, opened, top=top, kept=kept, step=step, is_opening=is_opening)
        elif opened.page.article != copy.page.article or opened.fetch_problem is not None:
            self.renew(url, opened)

    async def _stored_since(self, shown: Opened, url: str) -> Opened:
        """Return the copy as it is stored now, shown if it has changed since it was read ahead: saved, say."""
        stored = await self.copy_of(url)
        if stored is None or stored.page.article is None or stored == shown:
            return shown
        self.renew(url, stored)
        return stored

    async def copy_of(self, address: str) -> Opened | None:
        """Return the stored copy of a page, without the network; None also if the store cannot be read."""
        with suppress(NewsreaderError):
            return await self._service.pages.stored(address)
        return None

    def _arrived(
        self,
        url: str,
        title: str,
        opened: Opened,
        *,
        top: int | None,
        kept: "ReadingPosition | None",
        step: Step | None,
        is_opening: bool,
    ) -> None:
        self.waiting.end()
        if step is not None:
            self.state.trail = [*self.state.trail[1 - _LONGEST_TRAIL :], step]
        article = opened.page.article
        if article is None:
            self.presenter.show_missing(url, title, opened)
        else:
            self.presenter.show(Shown(url, article.title, opened), text_position(kept))
            if top and kept is None:
                self.panes.article.position.go_to_line(top)
            self.presenter.say_continued(article, kept)
            self.marks.update(url, stored=True, failed=False)
            if is_opening:
                self.opened.record(url, article.title)
        self.session.remember_soon()
        for observer in self._observers:
            observer()

    def renew(self, url: str, opened: Opened) -> None:
        """Show the newer text of the article that is being read, at the same position."""
        self.waiting.end()
        if opened.page.article is not None and self.state.shown is not None and self.state.shown.url == url:
            self.presenter.show(Shown(url, opened.page.article.title, opened), self.panes.article.position.current)

    def _failed(self, error: NewsreaderError, url: str, title: str, step: Step | None) -> None:
        self.waiting.end()
        if self.state.shown is not None and self.state.shown.url == url and self.state.shown.article is not None:
            self.port.say(line(error.text, 200), is_failure=True)
            return
        if step is not None:
            self.state.trail = [*self.state.trail[1 - _LONGEST_TRAIL :], step]
        self.state.shown = Shown(url, title or host_of(url), failed=True)
        self.marks.update(url, failed=self._service.online)  # without a network nothing is wrong with it
        failure = notice.failure(error, url, what=gettext("Couldn't get this article."))
        self.panes.article.show_notice(replace(failure, headline=line(title)))
        self.port.show()

    # --- the trail -----------------------------------------------------------------------------------

    def action_back(self) -> None:
        """Go back along the trail of links."""
        if not self.state.trail:
            self.port.say(gettext("This is where you started."))
            return
        self.port.cancel("article")
        self.waiting.end()
        self.go_to(self.state.trail.pop())

    def go_to(self, step: Step) -> None:
        """Show a position on the trail again."""
        if step.shown.article is not None:
            self.presenter.show(step.shown, step.position)
        elif step.shown.opened is not None:
            self.presenter.show_nothing_found(step.shown.opened)
        elif step.shown.url:
            self.open(step.shown.url, step.shown.title)

    def follow(self, url: str, title: str = "") -> None:
        """Follow a link in place; one to a picture of the article, in the browser."""
        article = self.state.article
        if article is not None and url in picture_urls(article) and not title:
            self.browser.open(url)
            return
        step = Step(self.state.shown, self.panes.article.position.current) if self.state.shown is not None else None
        # A fragment of a page is not another story; what identifies an entry of a feed is.
        self.open(url if entry_id(url) is not None else without_fragment(url), title, step=step)

    def action_language(self) -> None:
        """Open the article in the next of its languages."""
        article = self.state.article
        if article is None or not article.translations:
            self.port.say(gettext("No other language version is named on this page."))
            return
        own = article.language or ""
        others = sorted(code for code in article.translations if code != own)
        following = next((code for code in others if code > own), others[0] if others else "")
        if following:
            self.follow(article.translations[following], article.title)
