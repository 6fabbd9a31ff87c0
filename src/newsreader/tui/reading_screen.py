"""The screen on which one reads: headlines on the left, the article on the right. It alone calls the service."""

import asyncio
from collections.abc import Awaitable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import BindingsMap
from textual.containers import Horizontal
from textual.screen import Screen

from newsreader.errors import NewsreaderError
from newsreader.i18n import gettext, ngettext
from newsreader.keymap import check_bindings
from newsreader.models import Article, Headline, ListedHeadline, Opened, Problem
from newsreader.service import Session
from newsreader.text import line
from newsreader.tui import keys, notice, status, wording
from newsreader.tui.article_view import ArticleView, Reading
from newsreader.tui.bars import Bar
from newsreader.tui.headline_pane import HeadlinePane
from newsreader.tui.listing import Listing, MoreRow, Section, sections_of
from newsreader.tui.notice import Choice, Notice
from newsreader.tui.reading_service import ReadingService
from newsreader.tui.themes import palette_of
from newsreader.typesetting.layout import Place
from newsreader.urls import host_of, normalise_url, story_key

if TYPE_CHECKING:
    from textual.timer import Timer

T = TypeVar("T")

_TWO_PANES = 80
_THREE_PANES = 140
_NOTHING_SHOWN_S = 0.15  # a wait shorter than this is not mentioned
_TICK_S = 0.1
_FLASH_S = 4.0
_LONGEST_TRAIL = 100
_OF_AN_ARTICLE = frozenset({
    "next-heading", "previous-heading", "next-link", "previous-link", "follow-link", "link-hints", "copy-article",
})  # fmt: skip


class View(StrEnum):
    """What the list shows."""

    ALL = "all"
    UNREAD = "unread"
    SAVED = "saved"


@dataclass(frozen=True, slots=True)
class Shown:
    """What is in the article's place: an article, a failure, or the beginning.

    Attributes:
        url: The address that is meant; what `o`, `y` and `r` act on.
        opened: None where it could not be had.
    """

    url: str
    title: str
    opened: Opened | None = None
    failed: bool = False

    @property
    def article(self) -> Article | None:
        """The article itself, if there is one."""
        return self.opened.page.article if self.opened is not None else None


@dataclass(frozen=True, slots=True)
class Step:
    """A place on the trail of links."""

    shown: Shown
    place: Place | None


class ReadingScreen(Screen[None]):
    """Lists, article and the two lines around them, at every width."""

    DEFAULT_CSS = """
    ReadingScreen { background: $background; }
    ReadingScreen Horizontal { height: 1fr; }
    """
    AUTO_FOCUS = "#headlines"

    def __init__(self, service: ReadingService) -> None:
        super().__init__()
        self._service = service
        self._keys, self._key_problems = check_bindings(service.settings.keys)
        self._bindings.key_to_bindings.update(BindingsMap(keys.screen_bindings(self._keys)).key_to_bindings)
        self._source: Opened | None = None
        self._address: str | None = None
        self._asked = ""  # the address as it was typed: without a scheme it may turn out to be http
        self._typed = False
        self._view = View.ALL
        self._listing = Listing()
        self._other_listing = Listing()  # of a view other than all
        self._shown: Shown | None = None
        self._loading: tuple[str, str] | None = None  # address and title of what is being fetched
        self._before_loading: Step | None = None
        self._came_from_list = False  # in one pane: a wait that is given up leads back there
        self._refreshing = False
        self._trail: list[Step] = []
        self._article_in_front = False
        self._alone = False
        self._flash = ""
        self._flash_timer: Timer | None = None
        self._age_timer: Timer | None = None
        self._told_problem: Problem | None = None

    # --- parts ------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Yield the bars and the panes."""
        palette = palette_of(self.app.current_theme)
        now = self._now()
        yield Bar(palette, id="header")
        with Horizontal():
            yield HeadlinePane(palette, now.date(), id="headlines")
            yield ArticleView(palette, now, id="article")
        yield Bar(palette, id="footer")

    @property
    def _pane(self) -> HeadlinePane:
        return self.query_one(HeadlinePane)

    @property
    def _article_view(self) -> ArticleView:
        return self.query_one(ArticleView)

    @property
    def listing(self) -> Listing:
        """The headlines of the source, whatever the list shows now."""
        return self._listing

    def _now(self) -> datetime:
        return wording.local(self._service.now())

    def on_mount(self) -> None:
        """Follow the theme."""
        self.app.theme_changed_signal.subscribe(self, lambda _: self._restyle())
        self._restyle()  # it may have changed since the parts were made
        reading = self._service.settings.reading
        self._article_view.hyphenates = reading.hyphenate
        self._article_view.set_measure(reading.width)
        for problem in self._key_problems[:1]:
            self._say(line(problem.message, 200))
        self._arrange()
        self._tell()

    def _restyle(self) -> None:
        palette = palette_of(self.app.current_theme)
        self._pane.restyle(palette)
        self._article_view.restyle(palette)
        for bar in self.query(Bar):
            bar.restyle(palette)

    # --- layout -----------------------------------------------------------------------------------

    @property
    def _has_one_pane(self) -> bool:
        return self.size.width < _TWO_PANES

    @property
    def _in_article(self) -> bool:
        return self.focused is self._article_view

    def on_resize(self, event: events.Resize) -> None:
        """Arrange the panes for the width."""
        self._arrange(event.size.width)
        self._tell()

    def _arrange(self, width: int | None = None) -> None:
        width = width or self.size.width
        one = width < _TWO_PANES
        pane, view = self._pane, self._article_view
        pane.display = not (self._article_in_front if one else self._alone)
        view.display = self._article_in_front or not one
        pane.has_hairline = not one
        pane.styles.width = "1fr" if one else min(64, round(width * (0.36 if width >= _THREE_PANES else 0.4)))
        target = view if self._article_in_front else pane
        if self.focused is not target and target.display:
            self.set_focus(target, scroll_visible=False)

    def _to_article(self) -> None:
        self._article_in_front = True
        self._arrange()
        self._tell()

    def _to_list(self) -> None:
        self._article_in_front = False
        self._alone = False
        self._arrange()
        self._tell()

    def on_headline_pane_touched(self) -> None:
        """A click into the list goes there."""
        if not self._has_one_pane:
            self._to_list()

    def on_article_view_touched(self) -> None:
        """A click into the article goes there."""
        if not self._in_article:
            self._to_article()

    # --- opening a source -------------------------------------------------------------------------

    @work(exclusive=True, group="sample")
    async def open_sample(self) -> None:
        """Show the sample newspaper."""
        address = await self._waited_for(self._service.sample_address(), gettext("the sample newspaper"))
        self._end_loading()
        self.open_source(address, typed=True)

    def open_source(self, address: str, *, typed: bool = False, session: Session | None = None) -> None:
        """Show the page at an address: its lists, and its article if it holds one."""
        self._asked, self._typed = address, typed
        self._address = address
        with suppress(NewsreaderError):
            self._address = normalise_url(address)
        self._view = View.ALL
        self._trail.clear()
        self._open_source(address, typed=typed, session=session)

    @work(exclusive=True, group="source")
    async def _open_source(self, address: str, *, typed: bool, session: Session | None = None) -> None:
        copy = await self._copy_of(address)
        if copy is not None:
            await self._show_source(copy, session)
            self._mark_refreshing(True)
        try:
            opened = await self._waited_for(
                self._service.open(address, typed=typed), host_of(address), quiet=bool(copy)
            )
        except NewsreaderError as error:
            self._source_failed(error, address)
        else:
            if copy is None:
                await self._show_source(opened, session)
            elif opened.page != copy.page or opened.fetched_at != copy.fetched_at:
                await self._renew_source(opened)
            if opened.fetch_problem is not None:
                self._say(line(opened.fetch_problem.message, 200))
            else:
                self._say_if_unencrypted(opened)
        finally:
            self._mark_refreshing(False)

    def _say_if_unencrypted(self, opened: Opened) -> None:
        """Tell that https was asked for and http was had."""
        if (self._address or "").startswith("https://") and opened.page.url.startswith("http://"):
            host = host_of(opened.page.url)
            self._say(gettext("{host} answers only without encryption (http).").format(host=host))

    async def _copy_of(self, address: str) -> Opened | None:
        """Return what is kept of a page, without the network; None also where that cannot be told."""
        with suppress(NewsreaderError):
            return await self._service.stored(address)
        return None

    def _mark_refreshing(self, refreshing: bool) -> None:
        self._refreshing = refreshing
        self._tell()

    async def _show_source(self, opened: Opened, session: Session | None) -> None:
        await self._take_lists(opened, from_top=True)
        article = opened.page.article
        if session is not None and session.article and not _same_story(session.article, opened.page.url):
            self._open_article(session.article, "", top=session.top)
            row = self._listing.find(session.article)
            if row is not None:
                self._pane.go(self._listing.number_of(row))
        elif article is not None:
            self._show_opened(Shown(self._address or opened.page.url, article.title, opened))
            self._note_read(article.url)
            row = self._listing.find(article.url) or self._listing.find(self._address)
            if row is not None:
                self._pane.go(self._listing.number_of(row))
            if session is not None:
                self._article_view.go_to_line(session.top)
            elif self._has_one_pane or not len(self._listing):
                self._to_article()
        else:
            self._show_nothing_found(opened)
        self._remember()

    async def _renew_source(self, opened: Opened) -> None:
        """Show the newer lists; neither the cursor nor what is being read moves."""
        before = self._listing
        await self._take_lists(opened, from_top=not before.count)
        fresh = sum(not before.has(row.headline.url) for section in self._listing.sections for row in section.rows)
        if before.count and fresh:
            self._say(ngettext("{count} new headline", "{count} new headlines", fresh).format(count=fresh))
        if self._shown is None or (self._shown.article is None and not self._shown.failed):
            if opened.page.article is not None:
                self._show_opened(Shown(self._address or opened.page.url, opened.page.article.title, opened))
            else:
                self._show_nothing_found(opened)

    async def _take_lists(self, opened: Opened, *, from_top: bool) -> None:
        lists = opened.page.headline_lists
        headlines = [headline for each in lists for headline in each.headlines]
        rows = await self._service.rows(headlines)
        self._source = opened
        listing = Listing(sections_of(lists, rows), empty=gettext("No headlines were found on this page."))
        folded = {section.label for section in self._listing.sections if section.folded}
        if folded and not from_top:
            sections = tuple(replace(s, folded=s.label in folded) for s in listing.sections)
            listing = replace(listing, sections=sections)
        self._listing = listing
        if self._view is View.ALL:
            self._pane.show(listing, from_top=from_top)
        self._tell()

    def _show_nothing_found(self, opened: Opened) -> None:
        url = self._address or opened.page.url
        self._shown = Shown(url, line(opened.page.title or host_of(url)), opened)
        has_lists = bool(self._listing.count)
        self._article_view.show_notice(notice.nothing_found(opened.page.problem, url, has_lists=has_lists))
        if not has_lists:
            self._to_article()
        self._tell()

    def _source_failed(self, error: NewsreaderError, address: str) -> None:
        self._end_loading()
        if self._source is not None and self._listing.count and self._shown is not None and not self._shown.failed:
            self._say(line(error.text, 200))  # what is on the screen stays; only the age tells
            return
        self._shown = Shown(address, host_of(address), failed=True)
        self._article_view.show_notice(notice.failure(error, address, what=gettext("Couldn't get this page.")))
        self._to_article()

    # --- opening an article -----------------------------------------------------------------------

    def _read(self, headline: Headline) -> None:
        """Open what a headline leads to; the trail of links begins anew."""
        self._trail.clear()
        self._open_article(headline.url, headline.title)

    @work(exclusive=True, group="article")
    async def _open_article(
        self, url: str, title: str, *, top: int | None = None, step: Step | None = None, refresh: bool = False
    ) -> None:
        self._loading = (url, title)
        await self.keep_place()
        place = await self._kept_place(url) if top is None else None
        copy = None if refresh else await self._copy_of(url)
        if copy is not None and copy.page.article is not None:
            self._arrived(url, title, copy, top=top, place=place, step=step)
            if copy.saved or not self._service.online:
                return
            step = None
        wait = self._service.open(url, refresh=refresh)
        try:
            opened = await self._waited_for(wait, host_of(url), title, quiet=bool(copy and copy.page.article))
        except NewsreaderError as error:
            self._article_failed(error, url, title, step)
            return
        if copy is None or copy.page.article is None:
            self._arrived(url, title, opened, top=top, place=place, step=step)
        elif opened.page.article != copy.page.article or opened.fetch_problem is not None:
            self._renewed(url, title, opened)

    async def _kept_place(self, url: str) -> Place | None:
        """Return where the reader was in an article; None at its beginning, or where that cannot be told."""
        with suppress(NewsreaderError):
            kept = await self._service.place(url)
            return Place(kept.block, kept.words) if kept is not None and kept.block > 0 else None
        return None

    async def keep_place(self) -> None:
        """Remember where the reader is in the article that is shown."""
        if self._shown is None or self._shown.article is None or self._article_view.notice is not None:
            return
        url, place = self._shown.url, self._article_view.place
        with suppress(NewsreaderError):
            await self._service.keep_place(url, place.block if place else 0, place.words if place else "")

    def _arrived(
        self, url: str, title: str, opened: Opened, *, top: int | None, place: Place | None, step: Step | None
    ) -> None:
        self._end_loading()
        if step is not None:
            self._trail = [*self._trail[1 - _LONGEST_TRAIL :], step]
        article = opened.page.article
        if article is None:
            self._show_no_article(url, title, opened)
        else:
            self._show_opened(Shown(url, article.title, opened), place)
            if top:
                self._article_view.go_to_line(top)
            if place is not None:
                self._say(gettext("Continued where you left it; g goes to the top."))
            self._note_read(url)
        self._remember()

    def _renewed(self, url: str, title: str, opened: Opened) -> None:
        """Show the newer text of the article that is being read, at the same place."""
        self._end_loading()
        if opened.page.article is not None and self._shown is not None and self._shown.url == url:
            self._show_opened(Shown(url, opened.page.article.title, opened), self._article_view.place)

    def _show_opened(self, shown: Shown, place: Place | None = None) -> None:
        assert shown.opened is not None
        assert shown.article is not None
        self._shown = shown
        remark = status.remark(shown.opened, self._now())
        self._article_view.show_article(Reading(shown.article, shown.opened.fetched_at, remark), place)
        self._tell()

    def _show_no_article(self, url: str, title: str, opened: Opened) -> None:
        self._shown = Shown(url, title or line(opened.page.title or host_of(url)), opened)
        count = sum(len(each.headlines) for each in opened.page.headline_lists)
        found = notice.nothing_found(opened.page.problem, url, has_lists=False)
        if count and opened.page.problem is None:
            words = ngettext("It lists {count} headline.", "It lists {count} headlines.", count).format(count=count)
            found = Notice(
                gettext("This page holds headlines, not an article."),
                line(title),
                words=(words,),
                choices=(
                    Choice(gettext("Show its headlines"), "Enter", "screen.adopt"),
                    Choice(gettext("Open in the browser"), "o", "screen.open_in_browser"),
                ),
            )
        self._article_view.show_notice(found)
        self._tell()

    def _article_failed(self, error: NewsreaderError, url: str, title: str, step: Step | None) -> None:
        self._end_loading()
        if self._shown is not None and self._shown.url == url and self._shown.article is not None:
            self._say(line(error.text, 200))
            return
        if step is not None:
            self._trail = [*self._trail[1 - _LONGEST_TRAIL :], step]
        self._shown = Shown(url, title or host_of(url), failed=True)
        self._change_marks(url, failed=True)
        failure = notice.failure(error, url, what=gettext("Couldn't get this article."))
        self._article_view.show_notice(replace(failure, headline=line(title)))
        self._tell()

    async def _waited_for(self, wait: Awaitable[T], host: str, title: str = "", *, quiet: bool = False) -> T:
        """Return what is waited for; after a moment the article's place says that it is, and for how long."""
        task = asyncio.ensure_future(wait)
        started = monotonic()
        try:
            await asyncio.wait({task}, timeout=_NOTHING_SHOWN_S)
            if not quiet and not task.done():
                if self._before_loading is None and self._shown is not None:
                    self._before_loading = Step(self._shown, self._article_view.place)
                self._loading = self._loading or (self._address or "", title)
                self._tell()
            while not task.done():
                if not quiet:
                    self._article_view.show_notice(notice.loading(line(title), monotonic() - started, host))
                await asyncio.wait({task}, timeout=_TICK_S)
            return await task
        finally:
            if not task.done():
                task.cancel()

    def _end_loading(self) -> None:
        self._loading = None
        self._before_loading = None
        self._came_from_list = False

    def _cancel_loading(self) -> None:
        """Stop waiting and show again what was there before."""
        self.workers.cancel_group(self, "article")
        if self._source is None or self._refreshing:
            self.workers.cancel_group(self, "source")
            self._refreshing = False
        before, came_from_list = self._before_loading, self._came_from_list
        waited_for = self._loading
        self._end_loading()
        if before is not None:
            self._go_to(before)
        elif self._article_view.notice is not None and waited_for is not None and self._shown is None:
            self._shown = Shown(waited_for[0], waited_for[1] or host_of(waited_for[0]), failed=True)
            choices = (Choice(gettext("Try again"), "r", "screen.refresh"),)
            self._article_view.show_notice(Notice(gettext("Cancelled."), line(waited_for[1]), choices=choices))
        if came_from_list:
            self._to_list()
        self._tell()

    # --- the trail --------------------------------------------------------------------------------

    def _go_to(self, step: Step) -> None:
        if step.shown.article is not None:
            self._show_opened(step.shown, step.place)
        elif step.shown.opened is not None:
            self._show_nothing_found(step.shown.opened)
        elif step.shown.url:
            self._open_article(step.shown.url, step.shown.title)

    def _follow(self, url: str, title: str = "") -> None:
        step = Step(self._shown, self._article_view.place) if self._shown is not None else None
        self._open_article(url, title, step=step)

    def on_article_view_link_chosen(self, message: ArticleView.LinkChosen) -> None:
        """Follow a link in place."""
        self._follow(message.url)

    async def on_article_view_action_chosen(self, message: ArticleView.ActionChosen) -> None:
        """Do what a notice offers."""
        await self.run_action(message.action)

    def on_article_view_scrolled(self) -> None:
        """Tell the new position."""
        self._tell()

    # --- the list ---------------------------------------------------------------------------------

    def on_headline_pane_chosen(self, message: HeadlinePane.Chosen) -> None:
        """Read a headline."""
        headline = message.headline.headline
        if self._has_one_pane and not self._article_in_front:
            self._before_loading = Step(self._shown, self._article_view.place) if self._shown is not None else None
            self._article_view.show_notice(Notice("", line(headline.title)))
            self._came_from_list = True
        self._to_article()
        self._read(headline)

    def on_headline_pane_moved(self) -> None:
        """Tell where the cursor is."""
        if self._view is View.ALL:
            self._listing = self._pane.listing
        self._tell()

    def on_headline_pane_more_wanted(self, message: HeadlinePane.MoreWanted) -> None:
        """Get the next part of a list."""
        section = self._pane.listing.sections[message.section]
        if section.has_more and not section.loading:
            self._get_more(message.section, section)

    @work(exclusive=True, group="more")
    async def _get_more(self, index: int, section: Section) -> None:
        assert section.source is not None
        self._replace_section(index, section, replace(section, loading=True))
        try:
            following = await self._service.more(section.source)
            rows = await self._service.rows(following.headlines)
        except NewsreaderError as error:
            self._say(line(error.text, 200))
            following, rows = replace(section.source, headlines=(), more_url=section.source.more_url), ()
        source = replace(
            section.source,
            headlines=(*section.source.headlines, *following.headlines),
            more_url=following.more_url,
        )
        current = self._listing.sections[index].rows if index < len(self._listing.sections) else section.rows
        self._replace_section(index, section, replace(section, source=source, rows=(*current, *rows), loading=False))

    def _replace_section(self, index: int, old: Section, new: Section) -> None:
        sections = self._listing.sections
        if index >= len(sections) or sections[index].label != old.label:
            return  # another page is shown by now
        row = self._pane.row
        number = self._pane.cursor
        self._listing = self._listing.with_section(index, replace(new, folded=sections[index].folded))
        if self._view is View.ALL:
            self._pane.show(self._listing)
            if isinstance(row, MoreRow):
                self._pane.put_cursor(min(number, len(self._listing) - 1))
        self._tell()

    def _change_marks(self, url: str, **marks: bool) -> None:
        self._listing = self._listing.with_marks(url, **marks)
        self._saved_listing = self._other_listing.with_marks(url, **marks)
        self._pane.show(self._listing if self._view is View.ALL else self._other_listing)

    @work(group="marks")
    async def _note_read(self, url: str, *, stored: bool = True) -> None:
        marks = {"read": True} | ({"stored": True, "failed": False} if stored else {})
        self._change_marks(url, **marks)
        row = self._pane.listing.find(url)
        address = self._pane.listing.sections[row.section].rows[row.index].headline.url if row else url
        try:
            await self._service.mark_read(address, True)
        except NewsreaderError as error:
            self._say(line(error.text, 200))

    # --- what is told -----------------------------------------------------------------------------

    def _tell(self) -> None:
        """Bring both lines, and what the list says about the network, up to date."""
        if not self.is_attached:
            return
        now = self._now()
        self._note_store_problem()
        state = self._state(now)
        listing = self._pane.listing
        note = status.offline_note(listing) if not state.online and self._view is View.ALL else ""
        self._pane.set_conditions(offline=not state.online, note=note, today=now.date())
        self.query_one("#header", Bar).show(status.header(state))
        self.query_one("#footer", Bar).show(status.footer(state))
        self._age_when_it_changes(now)

    def _note_store_problem(self) -> None:
        """Say once why something is not kept: reading goes on."""
        problem = self._service.store_problem
        if problem is not None and problem != self._told_problem:
            self._told_problem = problem
            self._say(line(f"{problem.message} {problem.advice}", 300))

    def _state(self, now: datetime) -> status.State:
        shown = self._shown
        article = shown.article if shown is not None else None
        listing = self._pane.listing
        row = self._pane.row
        section = listing.sections[row.section] if row is not None else None
        return status.State(
            site=self._site(),
            label=self._view_label() or (section.label if section else ""),
            count=listing.count if self._view is not View.ALL or section is None else len(section.rows),
            unread=listing.unread,
            copied_at=self._source.fetched_at if self._source is not None and self._view is View.ALL else None,
            now=now,
            online=self._service.online,
            offline_since=self._service.offline_since,
            is_refreshing=self._refreshing,
            in_article=self._article_in_front,
            has_one_pane=self._has_one_pane,
            position=self._position(listing),
            title=self._loading[1] if self._loading else shown.title if shown is not None else "",
            article=article,
            percent=self._article_view.percent,
            is_loading=self._loading is not None,
            has_failed=shown is not None and shown.failed,
            has_choices=self._article_view.notice is not None and bool(self._article_view.notice.choices),
            is_saved=bool(row is not None and (found := listing.headline(row)) and found.saved),
            flash=self._flash,
            trail=len(self._trail),
            is_other_view=self._view is not View.ALL,
            keys=self._keys,
        )

    def _view_label(self) -> str:
        return {View.SAVED: gettext("Saved"), View.UNREAD: gettext("Unread")}.get(self._view, "")

    def _site(self) -> str:
        """Return what the source is called: its host, unless that is only a number."""
        if self._address is None:
            return "newsreader"
        host = host_of(self._address)
        name = self._source.page.site_name if self._source is not None else None
        return name if name and host.replace(".", "").replace(":", "").isdigit() else host

    def _position(self, listing: Listing) -> tuple[int, int]:
        found = listing.find(self._shown.url) if self._shown is not None else None
        row = found or self._pane.row
        return listing.position_of(row) if row is not None else (0, 0)

    def _age_when_it_changes(self, now: datetime) -> None:
        """Wake when the shown age will be another, and not before."""
        if self._age_timer is not None:
            self._age_timer.stop()
            self._age_timer = None
        if self._source is not None:
            old = (now - self._source.fetched_at).total_seconds()
            self._age_timer = self.set_timer(wording.until_older(old), self._tell)

    def _say(self, words: str) -> None:
        """Say something for a few seconds in the footer."""
        if self._flash_timer is not None:
            self._flash_timer.stop()
        self._flash = words
        self._flash_timer = self.set_timer(_FLASH_S, self.unsay)
        self._tell()

    def unsay(self) -> None:
        """Say no more what was said for a few seconds."""
        self._flash = ""
        self._tell()

    def say(self, words: str) -> None:
        """Say something that another part of the program has to tell."""
        self._say(words)

    # --- actions: moving --------------------------------------------------------------------------

    def action_move(self, by: int) -> None:
        """Move by a row or a line."""
        if self._in_article:
            self._article_view.scroll_lines(by)
        else:
            self._pane.move(by)

    def action_edge(self, direction: int) -> None:
        """Go to the top or the end."""
        if not self._in_article:
            self._pane.go_to_edge(direction)
        elif direction > 0:
            self._article_view.scroll_to_end()
        else:
            self._article_view.scroll_to_top()

    def action_half_page(self, direction: int) -> None:
        """Move by half the height."""
        if self._in_article:
            self._article_view.scroll_part(direction / 2)
        else:
            self._pane.page(direction / 2)

    def action_page(self, direction: int) -> None:
        """Page the article from either pane; the list where there is no article to be seen."""
        if self._article_view.display:
            self._article_view.scroll_part(direction)
        else:
            self._pane.page(direction)

    def action_read_on(self) -> None:
        """Page the article on; at its end open the next unread one."""
        if not self._article_view.display:
            self.action_take()
        elif self._shown is not None and self._shown.article is not None and not self._article_view.is_at_end:
            self._article_view.scroll_part(1)
        else:
            self.action_unread(1)

    def action_unread(self, by: int) -> None:
        """Open the next or previous unread article."""
        number = self._pane.listing.next_unread(self._current_number(), by)
        self._open_number(number, gettext("Everything is read."))

    def action_pane(self, direction: int) -> None:
        """Go to the list, to the article, or to the other of them."""
        to_article = direction > 0 or (direction == 0 and not self._article_in_front)
        if to_article and (self._shown is not None or self._loading is not None):
            self._to_article()
        elif not to_article:
            self._to_list()

    def action_heading(self, by: int) -> None:
        """Go to the next or previous heading."""
        if not self._article_view.scroll_to_heading(by):
            self._say(gettext("No heading further on.") if by > 0 else gettext("No heading before this."))

    def action_choose_link(self, by: int) -> None:
        """Choose a link in view; in the list, go to the article."""
        if not self._in_article:
            self.action_pane(by)
        elif not self._article_view.choose_link(by) and not self._article_view.leave_link():
            self._say(gettext("No link in view."))

    # --- actions: reading -------------------------------------------------------------------------

    def action_take(self) -> None:
        """Read the headline, or follow the chosen link."""
        if self._in_article:
            self._article_view.take()
        else:
            self._pane.choose()

    def _current_number(self) -> int:
        """Return the number of the row whose article is shown; of the cursor's where none of them is."""
        listing = self._pane.listing
        url = self._loading[0] if self._loading else self._shown.url if self._shown is not None else None
        if self._trail and not self._loading:
            url = self._trail[0].shown.url
        row = listing.find(url)
        return listing.number_of(row) if row is not None else self._pane.cursor

    def action_neighbour(self, by: int) -> None:
        """Open the next or previous article, whatever is shown now."""
        listing = self._pane.listing
        number = self._current_number()
        is_fresh_start = self._shown is None or (self._shown.article is None and not self._shown.failed)
        if by > 0 and is_fresh_start and self._loading is None and self._pane.headline is not None:
            self._open_number(self._pane.cursor, "")
            return
        end = gettext("This is the last headline.") if by > 0 else gettext("This is the first headline.")
        self._open_number(listing.step(number, by) if len(listing) else None, end)

    def _open_number(self, number: int | None, otherwise: str) -> None:
        if number is None:
            self._say(otherwise)
            return
        self._pane.go(number)
        headline = self._pane.headline
        if headline is not None:
            if self._has_one_pane:
                self._to_article()
            self._read(headline.headline)

    def action_return(self) -> None:
        """Go back along the trail of links."""
        if not self._trail:
            self._say(gettext("This is where you began."))
            return
        self.workers.cancel_group(self, "article")
        self._end_loading()
        self._go_to(self._trail.pop())

    def action_language(self) -> None:
        """Open the article in the next of its languages."""
        article = self._shown.article if self._shown is not None else None
        if article is None or not article.translations:
            self._say(gettext("No other language version is named on this page."))
            return
        own = article.language or ""
        others = sorted(code for code in article.translations if code != own)
        following = next((code for code in others if code > own), others[0] if others else "")
        if following:
            self._follow(article.translations[following], article.title)

    def _target(self) -> tuple[str, str] | None:
        """Return address and title of what an action is about: the article, or the headline under the cursor."""
        is_read_from_here = (
            self._shown is not None
            and (self._shown.article is not None or self._shown.failed)
            and self._pane.cursor == self._current_number()
        )
        if self._in_article or self._alone or is_read_from_here:
            if self._loading is not None:
                return self._loading
            if self._shown is not None:
                return self._shown.url, self._shown.title
        headline = self._pane.headline
        if headline is not None:
            return headline.headline.url, headline.headline.title
        return (self._shown.url, self._shown.title) if self._shown is not None else None

    def action_save(self) -> None:
        """Keep the article for good, or let it go again."""
        target = self._target()
        if target is not None:
            self._save(*target)

    @work(group="save")
    async def _save(self, url: str, title: str) -> None:
        try:
            known = await self._service.rows([Headline(title, url)])
            if known[0].saved:
                await self._service.unsave(url)
                self._change_marks(url, saved=False)
                self._say(gettext("No longer saved; s saves it again."))
                return
            self._say(gettext("Saving …"))
            kept = await self._service.save(url)
        except NewsreaderError as error:
            self._say(line(f"{error.text} {error.advice}", 300))
            return
        self._change_marks(url, saved=True, stored=True)
        pictures = gettext(" with {kept} of {named} pictures").format(kept=kept.pictures, named=kept.pictures_named)
        self._say(gettext("Saved{pictures}.").format(pictures=pictures if kept.pictures_named else ""))

    def action_open_in_browser(self) -> None:
        """Show what is read in the browser."""
        target = self._target()
        if target is not None:
            self._browse(target[0])

    @work(group="browser")
    async def _browse(self, url: str) -> None:
        try:
            await self._service.open_in_browser(url)
        except NewsreaderError as error:
            self._say(line(f"{error.text} {error.advice}", 300))
        else:
            self._say(gettext("Opened {host} in the browser.").format(host=host_of(url)))

    def action_open_in_browser_and_go_on(self) -> None:
        """Show it in the browser, mark it read, and go on to the next headline."""
        target = self._target()
        if target is not None:
            self._browse(target[0])
            self._note_read(target[0], stored=False)
            following = self._pane.listing.step(self._pane.cursor, 1)
            if following is not None:
                self._pane.go(following)

    def action_copy_article(self) -> None:
        """Put the article on the clipboard as Markdown."""
        article = self._shown.article if self._shown is not None else None
        if article is None:
            self._say(gettext("There is no article to copy."))
            return
        from newsreader.exporting.markdown import to_markdown

        self.app.copy_to_clipboard(to_markdown(article))
        self._say(gettext("Article copied as Markdown."))

    @work(exclusive=True, group="hints")
    async def action_link_hints(self) -> None:
        """Write letters on the links in view, and follow the one whose letter is typed."""
        from newsreader.tui.hint_screen import HintScreen

        addresses = self._article_view.show_hints()
        if not addresses:
            self._say(gettext("No link in view."))
            return
        try:
            letter = await self.app.push_screen_wait(HintScreen(addresses))
        finally:
            self._article_view.hide_hints()
        if letter is not None:
            self._follow(addresses[letter])

    def action_copy_link(self) -> None:
        """Put the address on the clipboard."""
        target = self._target()
        if target is not None:
            self.app.copy_to_clipboard(line(target[0], 2000))
            self._say(gettext("Link copied: {address}").format(address=line(target[0], 200)))

    def action_alone(self) -> None:
        """Hide everything but the article, or show it again."""
        if self._alone:
            self._alone = False
            self._arrange()
        else:
            self._alone = True
            self._to_article()
        self._tell()

    def action_wider(self, by: int) -> None:
        """Set the text wider or narrower, and remember it."""
        view = self._article_view
        view.set_measure(view.measure + by)
        self._say(gettext("Text width: {columns} columns").format(columns=view.measure))
        self._choose("measure", view.measure)

    @work(group="choices")
    async def _choose(self, key: str, value: object) -> None:
        with suppress(NewsreaderError):
            await self._service.choose(key, value)

    def action_details(self) -> None:
        """Show the details of a failure."""
        self._article_view.take()

    # --- actions: lists ---------------------------------------------------------------------------

    def action_refresh(self) -> None:
        """Ask again: for the article that failed, else for the source."""
        if self._shown is not None and self._shown.failed and self._source is not None:
            self._open_article(self._shown.url, self._shown.title, refresh=True)
        elif self._view is View.SAVED:
            self._show_saved()
        elif self._address is not None:
            self._refresh_source(self._asked)

    @work(exclusive=True, group="source")
    async def _refresh_source(self, address: str) -> None:
        is_first = self._source is None
        self._mark_refreshing(not is_first)
        wait = self._service.open(address, typed=self._typed, refresh=True)
        try:
            opened = await self._waited_for(wait, host_of(address), quiet=not is_first)
        except NewsreaderError as error:
            self._source_failed(error, address)
            return
        finally:
            self._mark_refreshing(False)
        self._end_loading()
        if is_first:
            await self._show_source(opened, None)
            return
        await self._renew_source(opened)
        if opened.fetch_problem is not None:
            self._say(line(opened.fetch_problem.message, 200))
        elif not self._flash:
            self._say(gettext("Up to date."))

    def action_adopt(self) -> None:
        """Make the page that holds headlines the source."""
        if self._shown is not None:
            self.open_source(self._shown.url)
            self._to_list()

    def action_toggle_read(self) -> None:
        """Mark read, or unread."""
        headline = self._pane.headline
        if self._in_article and self._shown is not None:
            row = self._pane.listing.find(self._shown.url)
            headline = self._pane.listing.headline(row) if row is not None else None
        if headline is not None:
            self._set_read(headline)

    @work(group="marks")
    async def _set_read(self, listed: ListedHeadline) -> None:
        self._change_marks(listed.headline.url, read=not listed.read)
        with suppress(NewsreaderError):
            await self._service.mark_read(listed.headline.url, not listed.read)

    @work(exclusive=True, group="undo")
    async def action_undo(self) -> None:
        """Take back the last change of state."""
        try:
            change = await self._service.undo()
            if change is None:
                self._say(gettext("Nothing to undo."))
                return
            rows = await self._service.rows([Headline(url, url) for url in change.urls])
        except NewsreaderError as error:
            self._say(line(error.text, 200))
            return
        for row in rows:
            self._change_marks(row.headline.url, read=row.read, saved=row.saved, stored=row.stored)
        done = {
            "save": gettext("Undone: no longer saved."),
            "unsave": gettext("Undone: saved again."),
            "read": gettext("Undone: unread again."),
            "unread": gettext("Undone: read again."),
        }
        self._say(done.get(change.action, gettext("Undone.")))

    def action_view(self, name: str) -> None:
        """Show all headlines, or the saved articles."""
        if name == View.SAVED:
            self._show_saved()
        elif name == View.UNREAD:
            self._show_unread()
        elif self._view is not View.ALL:
            self._view = View.ALL
            self._pane.show(self._listing, cursor_url=self._shown.url if self._shown is not None else None)
        self._to_list()

    @work(exclusive=True, group="view")
    async def _show_saved(self) -> None:
        try:
            rows = await self._service.saved()
        except NewsreaderError as error:
            self._say(line(f"{error.text} {error.advice}", 300))
            return
        self._view = View.SAVED
        empty = gettext("Nothing is saved yet. s saves the article that you read, with its pictures, for good.")
        sections = (Section(gettext("Saved"), rows),) if rows else ()
        self._show_other(Listing(sections, empty))

    def _show_unread(self) -> None:
        """Show the headlines of this source that have not been read; they stay in view when they are."""
        self._view = View.UNREAD
        sections = (
            Section(section.label, tuple(row for row in section.rows if not row.read))
            for section in self._listing.sections
        )
        unread = tuple(section for section in sections if section.rows)
        self._show_other(Listing(unread, gettext("Everything is read.")))

    def _show_other(self, listing: Listing) -> None:
        self._other_listing = listing
        self._pane.show(listing, from_top=True)
        self._remember()
        self._tell()

    def action_open_address(self) -> None:
        """Ask for an address."""
        self.app.run_worker(self.app.run_action("ask_address"))

    # --- actions: program -------------------------------------------------------------------------

    def action_back(self) -> None:
        """Close the top layer: a wait, a chosen link, the article alone, the article in front of the list."""
        if self._loading is not None:
            self._cancel_loading()
        elif self._article_view.leave_link():
            return
        elif self._alone:
            self.action_alone()
        elif self._article_in_front and len(self._pane.listing):
            self._to_list()
        elif self._flash:
            self.unsay()
        else:
            self._say(gettext("q quits."))

    def action_leave(self) -> None:
        """Go back one level; from the list, quit."""
        if self._article_in_front and (len(self._pane.listing) or self._alone):
            self._to_list()
        else:
            self.app.run_worker(self.app.action_quit())

    def action_help(self) -> None:
        """Show the keys that work here."""
        from newsreader.tui.help_screen import HelpScreen

        self.app.push_screen(HelpScreen(self.offers(), palette_of(self.app.current_theme)))

    def offers(self) -> list[keys.Offer]:
        """Return what can be done as things are, for help and palette."""
        return [offer for offer in keys.offers(self._keys) if self._works(offer.name)]

    def _works(self, name: str) -> bool:
        article = self._shown.article if self._shown is not None else None
        if name == "language":
            return article is not None and bool(article.translations)
        if name == "back":
            return bool(self._trail)
        return article is not None or name not in _OF_AN_ARTICLE

    def on_bar_pressed(self, event: Bar.Pressed) -> None:
        """Do what was clicked in the footer."""
        self.call_later(self.run_action, event.action)

    # --- what is remembered -----------------------------------------------------------------------

    def session(self) -> Session:
        """Return where the reader is, for the next start."""
        article = self._shown.url if self._shown is not None and self._shown.article is not None else None
        return Session(self._address, article, self._view.value, self._article_view.top)

    @work(exclusive=True, group="session")
    async def _remember(self) -> None:
        if self._address is not None:
            with suppress(NewsreaderError):
                await self._service.remember(self.session())

    def restore(self, session: Session) -> None:
        """Show what was shown when the program ended."""
        if session.address is not None:
            self.open_source(session.address, typed=True, session=session)
        if session.view == View.SAVED:
            self._show_saved()

    def set_measure(self, measure: int) -> None:
        """Set the text in a width that was chosen before."""
        self._article_view.set_measure(measure)


def _same_story(one: str, other: str) -> bool:
    return story_key(one) == story_key(other)
