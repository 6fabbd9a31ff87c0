"""How sources and articles come to the screen, and what is said while they do."""

import asyncio
from collections.abc import Awaitable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from textual import work
from textual.worker import WorkerCancelled, WorkerFailed

from newsreader.computing import computed
from newsreader.errors import NewsreaderError
from newsreader.i18n import gettext, ngettext
from newsreader.models import Article, Headline, Opened, Page
from newsreader.service.values import Session
from newsreader.storage.screen import LastScreen
from newsreader.text import line
from newsreader.tui import notice
from newsreader.tui.article_view import ArticleView, Reading
from newsreader.tui.change_queue import change, note
from newsreader.tui.collecting import uncollected
from newsreader.tui.headline_pane import HeadlinePane
from newsreader.tui.listing import Listing, MoreRow, Section, kept_sections, sections_of
from newsreader.tui.notice import Choice, Notice
from newsreader.tui.reading import status
from newsreader.tui.reading.layout import Frame
from newsreader.tui.reading.state import PrefetchedArticle, Shown, Step, View
from newsreader.tui.scheduler import scheduler_of
from newsreader.urls import entry_id, host_of, normalise_url, story_key, without_fragment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsreader.models import HeadlineList, ListedHeadline

    Listed = tuple[HeadlineList, Sequence[ListedHeadline]]
    from newsreader.storage.positions import KeptPlace
    from newsreader.typesetting.layout import Place

T = TypeVar("T")

_NOTHING_SHOWN_S = 0.15  # a wait shorter than this is not mentioned
_TICK_S, _CALM_TICK_S = 0.1, 1.0  # how often a wait is counted on; with reduced motion
_LONGEST_TRAIL = 100
_IDLE_S = 0.5  # after a source was shown, when what is likely to be needed is made ready
_LEARNING_S = 0.08  # until an article is shown with no word divided
_KEPT_BEFORE = 3  # rows above the cursor's that the next start shows of a list that was filtered
_KEPT_ABOVE, _KEPT_BELOW = 60, 200  # rows around the first one in view that the next start shows at once
_PAGES_AT_ONCE = 5  # of a list, where the first ones hold nothing that is not shown


class Opening(Frame):
    """Opens what is asked for, in workers of which a later one of a kind ends the earlier: no late answer is shown."""

    _is_remembering = False
    _unwritten: "KeptPlace | None" = None  # where the reader was in the last article, until it is kept

    # --- opening a source -------------------------------------------------------------------------

    @work(exclusive=True, group="sample")
    async def open_sample(self) -> None:
        """Show the sample newspaper."""
        address = await self._waited_for(self._service.sample.address(), gettext("the sample newspaper"))
        self._end_loading()
        self.open_source(address, typed=True)

    def open_source(self, address: str, *, typed: bool = False, session: Session | None = None) -> None:
        """Show the page at an address: its lists, and its article if it holds one."""
        if self.state.source is not None and self.state.loading is None:
            self.state.former = (self.state.asked, self.state.typed, self.state.address)
        self.state.asked, self.state.typed = address, typed
        self.state.address = address
        if session is None:
            self.state.last = None
        with suppress(NewsreaderError):
            self.state.address = normalise_url(address)
        self.state.view = View.ALL
        self.state.trail.clear()
        self._open_source(address, typed=typed, session=session)

    @work(exclusive=True, group="source")
    async def _open_source(self, address: str, *, typed: bool, session: Session | None = None) -> None:
        with uncollected():
            copy = await self._copy_of(address)
        if copy is not None:
            await self._show_source(copy, session)
            self._mark_refreshing(True)
        anew, self.state.refreshes_next = self.state.refreshes_next, False
        try:
            opened = await self._waited_for(
                self._service.pages.open(address, typed=typed, refresh=anew), host_of(address), quiet=bool(copy)
            )
        except NewsreaderError as error:
            self._source_failed(error, address, was_waited_for=copy is None)
        else:
            if copy is None:
                self._end_loading()
                await self._show_source(opened, session)
            elif opened.page != copy.page or opened.fetched_at != copy.fetched_at:
                await self._renew_source(opened)
            if (problem := opened.fetch_problem or opened.page.note) is not None:
                self._say(line(problem.message, 200))
            else:
                self._say_if_unencrypted(opened)
        finally:
            self._mark_refreshing(False)

    def _say_if_unencrypted(self, opened: Opened) -> None:
        """Tell that https was asked for and http was had."""
        if (self.state.address or "").startswith("https://") and opened.page.url.startswith("http://"):
            host = host_of(opened.page.url)
            self._say(gettext("{host} answers only without encryption (http).").format(host=host))

    async def _copy_of(self, address: str) -> Opened | None:
        """Return what is kept of a page, without the network; None also where that cannot be told."""
        with suppress(NewsreaderError):
            return await self._service.pages.stored(address)
        return None

    def _mark_refreshing(self, refreshing: bool) -> None:
        self.state.is_refreshing = refreshing
        self._tell()

    async def _show_source(self, opened: Opened, session: Session | None) -> None:
        was_left = self.state.last is not None
        if not was_left:
            self._pane.sought = ""
        await self._take_lists(opened, from_top=not was_left, is_opening=True)
        self.state.last = None
        article, language = opened.page.article, opened.page.language
        if language and self._article_view.hyphenates:
            self.set_timer(_IDLE_S, partial(self._learn_ahead, language))
        if was_left and (self.state.shown is not None or self.state.loading is not None):
            pass  # the reader was faster
        elif session is not None and session.article and not _same_story(session.article, opened.page.url):
            self._open_article(session.article, "", top=session.top)
            row = self._pane.listing.find(session.article)
            if row is not None and not was_left:
                self._pane.go(self._pane.listing.number_of(row))
        elif article is not None:
            url = self.state.address or opened.page.url
            kept = await self._kept_place(url)
            await self._learn_language(opened)
            self._show_opened(Shown(url, article.title, opened), _place_in(kept))
            listing = self._pane.listing
            row = listing.find(article.url) or listing.find(self.state.address)
            if row is not None:
                self._pane.go(listing.number_of(row))
            if session is not None and kept is None:
                self._article_view.go_to_line(session.top)
            if session is None and (self._has_one_pane or not len(self.state.listing)):
                self._to_article()
        else:
            self._show_nothing_found(opened)
        if session is not None and session.article and session.in_article:
            self.state.is_alone = self.state.is_alone or session.alone
            self._to_article()
        self._remember()

    async def _renew_source(self, opened: Opened) -> None:
        """Show the newer lists; neither the cursor nor what is being read moves."""
        before = self.state.listing
        await self._take_lists(opened, from_top=not before.count)
        fresh = await computed(self.state.listing.count_new_since, before)
        if before.count and fresh:
            self._say(status.arrived(fresh, self._keys, is_short=self._has_one_pane))
        if self.state.shown is None or (self.state.shown.article is None and not self.state.shown.failed):
            if opened.page.article is not None:
                self._show_opened(Shown(self.state.address or opened.page.url, opened.page.article.title, opened))
            else:
                self._show_nothing_found(opened)

    async def _take_lists(self, opened: Opened, *, from_top: bool, is_opening: bool = False) -> None:
        with uncollected():
            await self._take_lists_of(opened, from_top=from_top, is_opening=is_opening)

    async def _take_lists_of(self, opened: Opened, *, from_top: bool, is_opening: bool) -> None:
        listed = await self._laid_out(await self._service.listings.of_page(opened, self.state.address), opened.page.url)
        self.state.source = opened
        folds = {**self.state.list_layout.folded, **self.state.folds.get(self.state.address or "", {})}
        empty = notice.empty_list(opened.page, self._keys)
        listing = await computed(lambda: Listing(sections_of(listed, folds), empty=empty).looked_through())
        if not from_top:
            listing = listing.as_before(self.state.listing)
        self.state.listing = listing
        if self.state.view is View.ALL:
            self._pane.show(listing, from_top=from_top)
        elif self.state.view is View.UNREAD and is_opening:
            self._show_unread(from_top=from_top)
        self._tell()

    async def _laid_out(self, listed: "Sequence[Listed]", address: str) -> "Sequence[Listed]":
        """Return the lists of a page in the order in which they are shown; as they are."""
        del address
        return listed

    def _show_nothing_found(self, opened: Opened) -> None:
        url = self.state.address or opened.page.url
        self.state.shown = Shown(url, line(opened.page.title or host_of(url)), opened)
        has_lists = bool(self.state.listing.count)
        self._article_view.show_notice(notice.nothing_found(opened.page, url, self._keys, has_lists=has_lists))
        if not has_lists:
            self._to_article()
        self._tell()

    def _source_failed(self, error: NewsreaderError, address: str, *, was_waited_for: bool) -> None:
        if was_waited_for:
            self._end_loading()
        if (
            self.state.source is not None
            and self.state.listing.count
            and self.state.shown is not None
            and not self.state.shown.failed
        ):
            if was_waited_for:
                self._stay()
            self._say(line(error.text, 200))  # what is on the screen stays; only the age tells
            return
        self.state.shown = Shown(address, host_of(address), failed=True)
        self._article_view.show_notice(notice.failure(error, address, what=gettext("Couldn't get this page.")))
        self._to_article()

    def _stay(self) -> None:
        """Take the source that is on the screen for the one that was asked for and cannot be had."""
        if self.state.former is not None:
            self.state.asked, self.state.typed, self.state.address = self.state.former
            self._pane.show(self.state.listing)

    # --- opening an article -----------------------------------------------------------------------

    def _read(self, headline: Headline) -> None:
        """Open what a headline leads to; the trail of links begins anew."""
        self.state.trail.clear()
        url, title = headline.url, headline.title
        self.state.loading = (url, title)  # at once: the next key counts from here
        at_hand = self.state.prefetched.get(url)
        if at_hand is None:
            self._open_article(url, title)
            return
        self._unwritten = self._left_place()
        self.workers.cancel_group(self, "article")
        self._end_loading()
        article = at_hand.copy.page.article
        assert article is not None
        self._show_opened(Shown(url, article.title, at_hand.copy), _place_in(at_hand.kept), at_hand.tags)
        self.call_after_refresh(self._note_arrival, url, at_hand)

    def _note_arrival(self, url: str, at_hand: PrefetchedArticle) -> None:
        """Do what can wait until an article that was at hand is on the screen."""
        self._write_unwritten()
        self._show_its_tags(url)
        self._change_marks(url, stored=True, failed=False)
        if self.state.shown is None or self.state.shown.url != url or self.state.loading is not None:
            return  # the reader has gone on by now
        if self.state.shown.article is not None:
            self._say_continued(self.state.shown.article, at_hand.kept)
        self._remember()
        self._open_article(url, self.state.shown.title, copy=at_hand.copy)

    @work(exclusive=True, group="article")
    async def _open_article(
        self,
        url: str,
        title: str,
        *,
        top: int | None = None,
        step: Step | None = None,
        refresh: bool = False,
        copy: Opened | None = None,
    ) -> None:
        """Show an article as it is kept, and as it is now; a copy that is given is on the screen already."""
        kept = None
        if copy is None:
            self.state.loading = (url, title)
            self._leave_place()
            kept = await self._kept_place(url)
            copy = None if refresh else await self._copy_of(url)
            await self._learn_language(copy)
            if copy is not None and copy.page.article is not None:
                self._arrived(url, title, copy, top=top, kept=kept, step=step)
                step = None
        if copy is not None and copy.page.article is not None and (copy.saved or not self._service.online):
            return
        wait = self._service.pages.open(url, refresh=refresh)
        try:
            opened = await self._waited_for(wait, host_of(url), title, quiet=bool(copy and copy.page.article))
        except NewsreaderError as error:
            self._article_failed(error, url, title, step)
            return
        await self._learn_language(opened)
        if copy is None or copy.page.article is None:
            self._arrived(url, title, opened, top=top, kept=kept, step=step)
        elif opened.page.article != copy.page.article or opened.fetch_problem is not None:
            self._renewed(url, title, opened)

    async def _learn_language(self, opened: Opened | None) -> None:
        """Read how the article's language divides words, before it is shown or after.

        What came from the network may wait for it a moment. A stored article does not: if its language is new, no word
        of it is divided this time.
        """
        from newsreader.typesetting.hyphenation import hyphenator_for, is_learnt

        article = opened.page.article if opened is not None else None
        language = article.language if article is not None else None
        if opened is None or not language or not self._article_view.hyphenates or is_learnt(language):
            return
        if opened.from_cache:
            self.set_timer(_IDLE_S, partial(self._learn_ahead, language))
        else:
            learning = asyncio.ensure_future(computed(hyphenator_for, language))
            await asyncio.wait({learning}, timeout=_LEARNING_S)

    @work(group="language")
    async def _learn_ahead(self, language: str) -> None:
        """Read how a language divides words before an article in it is opened."""
        from newsreader.typesetting.hyphenation import hyphenator_for

        await computed(hyphenator_for, language)

    async def _kept_place(self, url: str) -> "KeptPlace | None":
        """Return where the reader was in an article; None at its beginning, or where that cannot be told."""
        with suppress(NewsreaderError):
            kept = await self._service.positions.of(url)
            return _beyond_the_top(kept) if kept is not None else None
        return None

    async def keep_place(self) -> None:
        """Remember where the reader is in the article that is shown."""
        before, self._unwritten = self._unwritten, None
        for left in (before, self._place_shown()):
            if left is not None:
                with suppress(WorkerCancelled, WorkerFailed):  # what failed is said elsewhere
                    await self._write_place(left).wait()

    def _place_shown(self) -> "KeptPlace | None":
        """Return where the reader is in the article that is shown."""
        if self.state.shown is None or self.state.shown.article is None or self._article_view.notice is not None:
            return None
        if self.state.shown.is_whole:  # its blocks are not those of the article
            return None
        from newsreader.storage.positions import KeptPlace
        from newsreader.typesetting.layout import Place

        place = self._article_view.place or Place(0)
        percent = max(1, self._article_view.percent or 0)
        now, title = self._service.now(), self.state.shown.title
        return KeptPlace(self.state.shown.url, place.block, place.words, now, place.offset, percent, title)

    def _leave_place(self) -> None:
        """Remember where the reader is in the article that is shown, without waiting for it."""
        self._unwritten = self._left_place()
        self._write_unwritten()

    def _left_place(self) -> "KeptPlace | None":
        """Return where the reader is in the article that is shown, and open it there if they come back soon."""
        left = self._place_shown()
        if left is not None and (at_hand := self.state.prefetched.get(left.url)) is not None:
            self.state.prefetched = {**self.state.prefetched, left.url: replace(at_hand, kept=_beyond_the_top(left))}
        return left

    def _write_unwritten(self) -> None:
        left, self._unwritten = self._unwritten, None
        if left is not None:
            self._write_place(left)

    @note
    async def _write_place(self, left: "KeptPlace") -> None:
        with suppress(NewsreaderError):
            await self._service.positions.save(
                left.url, left.block, left.words, signs=left.signs, percent=left.percent, title=left.title
            )

    def _arrived(
        self, url: str, title: str, opened: Opened, *, top: int | None, kept: "KeptPlace | None", step: Step | None
    ) -> None:
        self._end_loading()
        if step is not None:
            self.state.trail = [*self.state.trail[1 - _LONGEST_TRAIL :], step]
        article = opened.page.article
        if article is None:
            self._show_no_article(url, title, opened)
        else:
            self._show_opened(Shown(url, article.title, opened), _place_in(kept))
            if top and kept is None:
                self._article_view.go_to_line(top)
            self._say_continued(article, kept)
            self._change_marks(url, stored=True, failed=False)
        self._remember()

    def _say_continued(self, article: Article, kept: "KeptPlace | None") -> None:
        if kept is not None:
            self._say(status.continued(article, kept, self.key_of("top")))

    def _renewed(self, url: str, title: str, opened: Opened) -> None:
        """Show the newer text of the article that is being read, at the same place."""
        self._end_loading()
        if opened.page.article is not None and self.state.shown is not None and self.state.shown.url == url:
            self._show_opened(Shown(url, opened.page.article.title, opened), self._article_view.place)

    def _show_opened(self, shown: Shown, place: "Place | None" = None, tags: tuple[str, ...] | None = None) -> None:
        """Show an article; its tags too, which are looked up where they are not known yet."""
        assert shown.opened is not None
        assert shown.article is not None
        if self.state.shown is None or self.state.shown.url != shown.url:
            self.state.seen_end = None
        self.state.shown = shown
        remark = status.remark(shown.opened, self._now(), is_whole=shown.is_whole)
        reading = Reading(shown.article, shown.opened.fetched_at, remark, tags or ())
        self._article_view.show_article(reading, place)
        if tags is None:
            self._show_its_tags(shown.url)
        self._tell()

    @work(exclusive=True, group="its-tags")
    async def _show_its_tags(self, url: str) -> None:
        tags = await self._tags_of(url)
        if tags is not None and self.state.shown is not None and self.state.shown.url == url:
            self._article_view.set_tags(tags)

    async def _tags_of(self, url: str) -> tuple[str, ...] | None:
        """Return an article's tags; None where they cannot be told."""
        with suppress(NewsreaderError):
            return tuple(sorted(await self._service.tags.of(url)))
        return None

    def _show_no_article(self, url: str, title: str, opened: Opened) -> None:
        self.state.shown = Shown(url, title or line(opened.page.title or host_of(url)), opened)
        count = sum(len(each.headlines) for each in opened.page.headline_lists)
        found = notice.nothing_found(opened.page, url, self._keys, has_lists=False)
        if count and opened.page.problem is None:
            words = ngettext("It lists {count} headline.", "It lists {count} headlines.", count).format(count=count)
            found = Notice(
                gettext("This page holds headlines, not an article."),
                line(title),
                words=(words,),
                choices=(
                    Choice(gettext("Show its headlines"), "", "screen.adopt"),
                    Choice(gettext("Open in the browser"), "o", "screen.open_in_browser"),
                ),
            )
        self._article_view.show_notice(found)
        self._tell()

    def _article_failed(self, error: NewsreaderError, url: str, title: str, step: Step | None) -> None:
        self._end_loading()
        if self.state.shown is not None and self.state.shown.url == url and self.state.shown.article is not None:
            self._say(line(error.text, 200))
            return
        if step is not None:
            self.state.trail = [*self.state.trail[1 - _LONGEST_TRAIL :], step]
        self.state.shown = Shown(url, title or host_of(url), failed=True)
        self._change_marks(url, failed=self._service.online)  # without a network nothing is wrong with it
        failure = notice.failure(error, url, what=gettext("Couldn't get this article."))
        self._article_view.show_notice(replace(failure, headline=line(title)))
        self._tell()

    async def _waited_for(self, wait: Awaitable[T], host: str, title: str = "", *, quiet: bool = False) -> T:
        """Return what is waited for; after a moment the article's place says that it is, and for how long."""
        task = asyncio.ensure_future(wait)
        time = scheduler_of(self).time
        started = time()
        is_calm = self._service.settings.interface.reduced_motion
        try:
            await asyncio.wait({task}, timeout=_NOTHING_SHOWN_S)
            if not quiet and not task.done():
                if self.state.before_loading is None and self.state.shown is not None:
                    self.state.before_loading = Step(self.state.shown, self._article_view.place)
                self.state.loading = self.state.loading or (self.state.address or "", title)
                self.state.is_waiting = True
                self._tell()
            while not task.done():
                if not quiet:
                    waited = time() - started
                    self._article_view.show_notice(notice.loading(line(title), waited, host, is_calm=is_calm))
                await asyncio.wait({task}, timeout=_CALM_TICK_S if is_calm else _TICK_S)
            return await task
        finally:
            if not task.done():
                task.cancel()

    def _end_loading(self) -> None:
        self.state.loading = None
        self.state.is_waiting = False
        self.state.before_loading = None
        self.state.came_from_list = False

    def _cancel_loading(self) -> None:
        """Stop waiting and show again what was there before."""
        self.workers.cancel_group(self, "article")
        is_source = self.state.loading is not None and self.state.loading[0] == self.state.address
        if self.state.source is None or self.state.is_refreshing or is_source:
            self.workers.cancel_group(self, "source")
            self.state.is_refreshing = False
        if is_source and self.state.source is not None:
            self._stay()
        before, came_from_list = self.state.before_loading, self.state.came_from_list
        waited_for = self.state.loading
        self._end_loading()
        if before is not None:
            self._go_to(before)
        elif self._article_view.notice is not None and waited_for is not None and self.state.shown is None:
            self.state.shown = Shown(waited_for[0], waited_for[1] or host_of(waited_for[0]), failed=True)
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
        step = Step(self.state.shown, self._article_view.place) if self.state.shown is not None else None
        # A place on a page is no other story; what an entry of a feed is known by is.
        self._open_article(url if entry_id(url) is not None else without_fragment(url), title, step=step)

    def on_article_view_link_chosen(self, message: ArticleView.LinkChosen) -> None:
        """Follow a link in place."""
        self._follow(message.url)

    async def on_article_view_action_chosen(self, message: ArticleView.ActionChosen) -> None:
        """Do what a notice offers."""
        await self.run_action(message.action)

    # --- the list ---------------------------------------------------------------------------------

    def on_headline_pane_chosen(self, message: HeadlinePane.Chosen) -> None:
        """Read a headline."""
        headline = message.headline.headline
        if self._has_one_pane and not self.state.article_in_front:
            self.state.before_loading = (
                Step(self.state.shown, self._article_view.place) if self.state.shown is not None else None
            )
            self._article_view.show_notice(Notice("", line(headline.title)))
            self.state.came_from_list = True
        self._to_article()
        self._read(headline)

    def on_headline_pane_moved(self) -> None:
        """Tell where the cursor is."""
        if self.state.view is View.ALL and not self._pane.sought:
            self.state.listing = self._pane.listing
            if self._pane.headline is not None:
                self.state.chosen_in_all = self._pane.headline.headline.url
        self._tell()

    def on_headline_pane_empty_chosen(self) -> None:
        """Open the feed that an empty list names."""
        if self.state.view is View.ALL and self.state.source is not None:
            self._open_feed(self.state.source.page, 0)

    def action_open_feed(self, number: int) -> None:
        """Make one of the feeds that the shown page names the source."""
        if self.state.shown is not None and self.state.shown.opened is not None:
            self._open_feed(self.state.shown.opened.page, number)

    def _open_feed(self, page: Page, number: int) -> None:
        feeds = notice.other_feeds(page)
        if number < len(feeds):
            self.open_source(feeds[number].url)
            self._to_list()

    def on_headline_pane_more_wanted(self, message: HeadlinePane.MoreWanted) -> None:
        """Get the next part of a list."""
        if self.state.view is not View.ALL:
            return
        section = self.state.listing.sections[message.section]
        if section.has_more and not section.loading:
            self._replace_section(message.section, replace(section, loading=True))
            self._get_more(message.section, section, self.state.address)

    @work(group="more")
    async def _get_more(self, index: int, section: Section, address: str | None) -> None:
        """Append the next page of a list; where its headlines are all known, the one after it, within reason."""
        longer = section
        try:
            for _ in range(_PAGES_AT_ONCE):
                assert longer.source is not None
                following = await self._service.listings.more(longer.source)
                rows = await self._service.rules.apply(
                    await self._service.listings.rows(following.headlines), self._names()
                )
                longer = longer.with_further(following, rows)
                if longer.further > section.further or not longer.has_more:
                    break
        except NewsreaderError as error:
            self._say(line(error.text, 200))
            if error.kind == "no-more" and longer.source is not None:
                longer = replace(longer, source=replace(longer.source, more_url=None))
        sections = self.state.listing.sections
        if address != self.state.address or index >= len(sections) or sections[index].label != section.label:
            return  # another page is shown by now
        current = replace(sections[index], loading=False, source=longer.source)  # its marks may have changed meanwhile
        added = (*longer.rows[len(section.rows) :], *longer.hidden[len(section.hidden) :])
        further = replace(longer.source, headlines=()) if longer.source is not None else None
        self._replace_section(index, current.with_further(further, added) if further is not None else current)

    def _names(self) -> tuple[str, ...]:
        """Return what the source is called, for rules."""
        page = self.state.source.page if self.state.source is not None else None
        return (page.site_name or "", host_of(page.url)) if page is not None else ()

    def _replace_section(self, index: int, section: Section) -> None:
        row, number = self._pane.row, self._pane.cursor
        self.state.listing = self.state.listing.with_section(index, section)
        if self.state.view is View.ALL:
            self._pane.show(self.state.listing)
            if row == MoreRow(index):
                self._pane.put_cursor(min(number, len(self.state.listing) - 1))
        self._tell()

    def _change_marks(self, url: str, **marks: object) -> None:
        before = self.state.listing, self.state.other_listing
        self.state.listing = self.state.listing.with_marks(url, **marks)
        self.state.other_listing = self.state.other_listing.with_marks(url, **marks)
        if self.state.listing is not before[0] or self.state.other_listing is not before[1]:
            self._pane.show(self.state.listed)

    def _change_all_marks(self, urls: frozenset[str], **marks: bool) -> None:
        self.state.listing = self.state.listing.with_all_marks(urls, **marks)
        self.state.other_listing = self.state.other_listing.with_all_marks(urls, **marks)
        self._pane.show(self.state.listed)
        self._tell()

    def _note_read(self, url: str, *, stored: bool = True) -> None:
        marks = {"read": True} | ({"stored": True, "failed": False} if stored else {})
        self._change_marks(url, **marks)
        row = self._pane.listing.find(url)
        self._mark_read(self._pane.listing.sections[row.section].rows[row.index].headline.url if row else url)

    @change
    async def _mark_read(self, address: str) -> None:
        try:
            await self._service.read_marks.mark(address, True)
        except NewsreaderError as error:
            self._say(line(error.text, 200))
        self.post_message(Frame.Changed())

    # --- views and refreshing ---------------------------------------------------------------------

    @work(exclusive=True, group="source")
    async def _refresh_source(self, address: str) -> None:
        is_first = self.state.source is None
        self._mark_refreshing(not is_first)
        wait = self._service.pages.open(address, typed=self.state.typed, refresh=True)
        try:
            opened = await self._waited_for(wait, host_of(address), quiet=not is_first)
        except NewsreaderError as error:
            self._source_failed(error, address, was_waited_for=is_first)
            return
        finally:
            self._mark_refreshing(False)
        if is_first:
            self._end_loading()
            await self._show_source(opened, None)
            return
        await self._renew_source(opened)
        if (problem := opened.fetch_problem or opened.page.note) is not None:
            self._say(line(problem.message, 200))
        elif not self.state.flash:
            self._say(gettext("Up to date."))

    @work(exclusive=True, group="view")
    async def _show_kept(self, view: View) -> None:
        """Show what is saved, or what is begun: of all sources."""
        if view is View.READING:
            await self.keep_place()  # what is in front of the reader is begun too
        try:
            rows = await (
                self._service.saved.articles() if view is View.SAVED else self._service.listings.in_progress()
            )
        except NewsreaderError as error:
            self._say(line(f"{error.text} {error.advice}", 300))
            return
        is_another = self.state.view is not view
        self.state.view = view
        nothing_saved = gettext(
            "Nothing is saved yet. {key} saves the article that you read, with its pictures, for good."
        )
        empty = {
            View.SAVED: nothing_saved.format(key=self.key_of("save")),
            View.READING: gettext("Nothing is begun. What you leave before its end is listed here."),
        }
        sections = (Section(self._view_label(), rows),) if rows else ()
        self._show_other(Listing(sections, empty[view]), from_top=is_another)

    def _show_unread(self, *, from_top: bool = True) -> None:
        """Show the headlines of this source that have not been read; they stay in view when they are."""
        self.state.view = View.UNREAD
        sections = (
            Section(section.label, tuple(row for row in section.rows if not row.read), folded=section.folded)
            for section in self.state.listing.sections
        )
        unread = tuple(section for section in sections if section.rows)
        self._show_other(Listing(unread, gettext("Everything is read.")), from_top=from_top)

    def _show_other(self, listing: Listing, *, from_top: bool = True) -> None:
        self.state.other_listing = listing
        self._pane.show(listing, from_top=from_top)
        self._remember()
        self._tell()

    # --- what is remembered -----------------------------------------------------------------------

    def session(self) -> Session:
        """Return where the reader is, for the next start."""
        article = (
            self.state.shown.url if self.state.shown is not None and self.state.shown.article is not None else None
        )
        top = self._article_view.top
        if (
            self.state.loading is not None and self.state.loading[0] != self.state.address
        ):  # it is meant, though it is not here yet
            article, top = self.state.loading[0], 0
        session = Session(
            self.state.address,
            article,
            self.state.view.value,
            top,
            in_article=self.state.article_in_front,
            alone=self.state.is_alone,
        )
        if article is not None and article in self.state.faulty:
            return replace(session, article=None, top=0, in_article=False, alone=False, faulty=article)
        if self.state.address in self.state.faulty:
            return replace(session, address=None, article=None, top=0, in_article=False, faulty=self.state.address)
        return session

    def left(self) -> LastScreen | None:
        """Return what the next start shows first; None where that is not known yet."""
        if (
            self.state.source is None and self.state.view is not View.EVERYTHING
        ) or self.state.address in self.state.faulty:
            return None
        pane = self._pane
        listing = pane.whole
        cursor, (top, above) = pane.cursor, pane.place
        if pane.listing is not listing:  # a filter ends with the program: the headline under the cursor is the place
            row = listing.counterpart(pane.row, pane.listing) if pane.row is not None else None
            cursor = listing.number_of(row) if row is not None else listing.step(-1, 1) or 0
            top, above = max(0, cursor - _KEPT_BEFORE), 0
        return LastScreen(
            address=self.state.address or "",
            view=self.state.view.value,
            sections=kept_sections(listing, range(top - _KEPT_ABOVE, top + _KEPT_BELOW)),
            cursor=cursor,
            top=top,
            above=above,
            new=listing.new,
            stored=listing.readable_offline,
            site_name=self.state.source.page.site_name if self.state.source is not None else None,
            fetched_at=self.state.source.fetched_at if self.state.source is not None else None,
            theme=self.state.theme_elsewhere or self.app.theme,
            measure=self._article_view.measure,
        )

    def _remember(self) -> None:
        if not self._is_remembering:
            self._is_remembering = True  # soon, as the screen is then
            self._write_session()

    @note
    async def _write_session(self) -> None:
        self._is_remembering = False
        await self.remember()

    async def remember(self) -> None:
        """Keep where the reader is, and what the screen shows, for the next start."""
        if self.state.last is not None and self.state.source is None:
            return  # what was kept is not taken up yet, and still true
        if self.state.address is not None or self.state.view is View.EVERYTHING:
            with suppress(NewsreaderError):
                await self._service.session.save(self.session())
            if (left := self.left()) is not None:
                await self._service.session.save_screen(left)

    def restore(self, session: Session) -> None:
        """Show what was shown when the program ended; the list may be on the screen already."""
        if self.state.last is not None and (self.state.last.address, self.state.last.view) != (
            session.address or "",
            session.view,
        ):
            self.state.last = None  # another instance has ended since
        view = self.state.view
        if session.address is not None:
            is_of_the_web = session.address.startswith(("http://", "https://"))
            self.open_source(session.address, typed=not is_of_the_web, session=session)
        if self.state.last is not None:
            self.state.view = view  # as the reader may have changed it by now
        elif session.view == View.UNREAD:
            self.state.view = View.UNREAD
        kept = (View.SAVED, View.READING)
        if session.view in kept and (self.state.last is None or view in kept):
            self._show_kept(View(session.view))

    def forget_last(self) -> None:
        """Show nothing of what was on the screen at the last end."""
        if self.state.last is not None:
            self.state.last, self.state.address, self.state.view = None, None, View.ALL
            self.state.listing = self.state.other_listing = Listing()
            self._pane.show(self.state.listing, from_top=True)
            self._tell()

    def set_justified(self, justified: bool) -> None:
        """Set the lines out, or not, as was chosen before."""
        self._article_view.set_justified(justified)

    def set_measure(self, measure: int) -> None:
        """Set the text in a width that was chosen before."""
        self._article_view.set_measure(measure)


def _place_in(kept: "KeptPlace | None") -> "Place | None":
    from newsreader.typesetting.layout import Place

    return Place(kept.block, kept.words, kept.signs) if kept is not None else None


def _beyond_the_top(kept: "KeptPlace") -> "KeptPlace | None":
    """Return a place to go back to: none is needed for the top, which begins with the title."""
    return kept if kept.block > 0 or kept.signs else None


def _same_story(one: str, other: str) -> bool:
    return story_key(one) == story_key(other)
