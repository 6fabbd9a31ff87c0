"""Choosing another part of a page: the whole page, or one of the blocks that may be its article, or its list."""

from contextlib import suppress
from typing import TYPE_CHECKING

from newsreader.errors import NewsreaderError
from newsreader.i18n import gettext
from newsreader.models import Opened
from newsreader.tui.held_part import in_worker
from newsreader.tui.input_queue import opens_box, release_input
from newsreader.tui.keys import hint_key
from newsreader.tui.reading.articles import ArticleOpener
from newsreader.tui.reading.layout import ReadingLayout
from newsreader.tui.reading.lists import ListingUpdater
from newsreader.tui.reading.opener import SourceOpener
from newsreader.tui.reading.port import ReadingPort, says_errors
from newsreader.tui.reading.positions import PositionTracker
from newsreader.tui.reading.presenter import ArticlePresenter
from newsreader.tui.reading.state import ReadingState, Shown
from newsreader.urls import host_of, story_key

if TYPE_CHECKING:
    from newsreader.tui.screens.blocks_screen import BlockOffer


class BlockPicker:
    """Shows the part of a page that the reader wants."""

    def __init__(
        self,
        state: ReadingState,
        port: ReadingPort,
        panes: ReadingLayout,
        positions: PositionTracker,
        presenter: ArticlePresenter,
        articles: ArticleOpener,
        lists: ListingUpdater,
        opener: SourceOpener,
    ) -> None:
        self.state = state
        self.port = port
        self.panes = panes
        self.positions = positions
        self.presenter = presenter
        self.articles = articles
        self.lists = lists
        self.opener = opener
        self._service = port.service

    def action_whole_page(self) -> None:
        """Show the whole page; from there, or where a rule is in use, offer its blocks."""
        shown = self.state.shown
        if shown is None or shown.opened is None or self.state.loading is not None:
            self.port.say(gettext("There is no page to show whole."))
        elif shown.is_whole or shown.opened.page.by_rule:
            self._offer_blocks(shown)
        else:
            self._show_whole(shown)

    def _shown_key(self, name: str) -> str:
        return hint_key(name, self.port.bindings)

    @in_worker(exclusive=True, group="article")
    @says_errors
    async def _show_whole(self, shown: Shown) -> None:
        await self.positions.keep()
        self.port.say(gettext("Getting the whole page …"))
        opened = await self._service.pages.whole(shown.url, typed=shown.url.startswith("file:"))
        self._show_cut(shown, opened, is_whole=True)
        self.port.say(gettext("The whole page; {key} offers its blocks.").format(key=self._shown_key("whole-page")))

    def _show_cut(self, shown: Shown, opened: Opened, *, is_whole: bool = False) -> None:
        article = opened.page.article
        if article is None:
            self.port.say(gettext("There is no text on this page."))
            return
        self.presenter.show(Shown(shown.url, article.title or shown.title, opened, is_whole=is_whole))
        self.panes.to_article()

    @opens_box
    @says_errors
    async def _offer_blocks(self, shown: Shown) -> None:
        host = host_of(shown.url)
        has_rule = host in await self._service.sites.rules.by_host()
        found = await self._service.pages.candidates(shown.url)
        from newsreader.tui.screens.blocks_screen import BlocksScreen, offers_of_blocks

        offers = offers_of_blocks(found, has_rule=has_rule, is_whole=shown.is_whole)
        wanted = await self.port.ask(BlocksScreen(offers, host, self.port.palette))
        if wanted is not None:
            await self._handle(wanted, shown)

    @says_errors
    async def _handle(self, wanted: "BlockOffer", shown: Shown) -> None:
        from newsreader.tui.screens.blocks_screen import BlockWish

        host = host_of(shown.url)
        if wanted.wish is not BlockWish.LIST:
            release_input()
        if wanted.wish is BlockWish.BLOCK and wanted.candidate is not None:
            opened = await self._service.pages.choose_block(shown.url, wanted.candidate)
            if self._is_still_read(shown):
                self._show_cut(shown, opened)
            words = gettext("This block is the article of {host} from now on; {key} to undo.")
            self.port.say(words.format(host=host, key=self._shown_key("undo")))
            return
        if wanted.wish is BlockWish.FORGET:
            await self._service.sites.rules.forget(host)
            words = gettext("The rule for {host} is forgotten; {key} brings it back.")
            self.port.say(words.format(host=host, key=self._shown_key("undo")))
        if wanted.wish is BlockWish.LIST:
            self._offer_lists(shown.url)
        elif not self._is_still_read(shown):
            return
        elif wanted.wish is BlockWish.WHOLE:
            self._show_whole(shown)
        else:
            self._cut_again(shown)

    def _is_still_read(self, shown: Shown) -> bool:
        """Return whether the reader has opened nothing else meanwhile."""
        now = self.state.shown
        return self.state.loading is None and now is not None and now.url == shown.url

    # --- the list ------------------------------------------------------------------------------------

    def action_choose_list(self) -> None:
        """Offer the blocks that may be the list: of the page shown if it has no article, else of the source."""
        shown = self.state.shown
        if self.state.loading is None and shown is not None and shown.opened is not None and shown.article is None:
            self._offer_lists(shown.url)
        elif self.state.source is not None and self.state.address is not None:
            self._offer_lists(self.state.address)
        else:
            self.port.say(gettext("There is no page to choose a list from."))

    @opens_box
    @says_errors
    async def _offer_lists(self, url: str) -> None:
        host = host_of(url)
        has_rule = host in await self._service.sites.rules.by_host("list")
        found = await self._service.pages.candidates(url, "list")
        from newsreader.tui.screens.blocks_screen import BlocksScreen, offers_of_lists

        offers = offers_of_lists(found, has_rule=has_rule)
        if not offers:
            self.port.say(gettext("No block of this page looks like a list."))
            return
        wanted = await self.port.ask(BlocksScreen(offers, host, self.port.palette, purpose="list"))
        if wanted is not None:
            await self._take_list(wanted, url)

    @says_errors
    async def _take_list(self, wanted: "BlockOffer", url: str) -> None:
        """Use the block that the reader wants for the site's lists, and show the page with the result."""
        host, listed = host_of(url), self.state.address
        release_input()
        if wanted.candidate is not None:
            await self._service.pages.choose_block(url, wanted.candidate)
            words = gettext("This block is the list of {host} from now on; {key} to undo.")
        else:
            await self._service.sites.rules.forget(host, "list")
            words = gettext("The rule for {host} is forgotten; {key} brings it back.")
        if self.state.address == listed:  # the reader has gone to no other source meanwhile
            if self.state.source is None or story_key(url) != story_key(listed or ""):
                self.opener.open_source(url)
            else:
                self._list_again(from_top=True)
            self.panes.to_list()
        self.port.say(words.format(host=host, key=self._shown_key("undo")))

    @in_worker(exclusive=True, group="source")
    async def _list_again(self, *, from_top: bool) -> None:
        """Show the lists of the source again under the current rule."""
        opened = await self.articles.copy_of(self.state.address or "")
        if opened is None or (self.state.source is not None and opened.page == self.state.source.page):
            return
        await self.lists.take(opened, from_top=from_top)
        shown, article = self.state.shown, opened.page.article
        if shown is not None and story_key(shown.url) != story_key(self.state.address or ""):
            return  # something else is being read
        if article is None:
            self.presenter.show_nothing_found(opened)
        elif shown is None or shown.article is None:
            self.presenter.show(Shown(self.state.address or opened.page.url, article.title, opened))

    def show_again(self) -> None:
        """Show the article and the lists again under the current rules."""
        shown = self.state.shown
        if self.state.source is not None:
            self._list_again(from_top=False)
        if shown is not None and shown.article is not None:
            self._cut_again(shown)

    @in_worker(exclusive=True, group="article")
    async def _cut_again(self, shown: Shown) -> None:
        opened: Opened | None = None
        with suppress(NewsreaderError):
            opened = await self._service.pages.stored(shown.url)
        if opened is None:  # a file, or a copy that is gone
            self.articles.open(shown.url, shown.title)
        elif opened.page.article is None:
            self.presenter.show_nothing_found(opened)
        else:
            self._show_cut(shown, opened)
