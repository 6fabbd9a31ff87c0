"""What `x` does: from the article to the whole page, and to the blocks of it that may be the article."""

from collections.abc import Sequence
from contextlib import suppress

from textual import work

from newsreader.errors import NewsreaderError
from newsreader.i18n import gettext, ngettext
from newsreader.models import Candidate, Opened
from newsreader.text import line
from newsreader.tui.blocks_screen import BlockOffer, BlocksScreen, Wish
from newsreader.tui.frame import Shown
from newsreader.tui.keys import hint_key
from newsreader.tui.opening import Opening
from newsreader.tui.themes import palette_of
from newsreader.urls import host_of


class Choosing(Opening):
    """Shows a page as the reader wants it to be cut."""

    def action_whole_page(self) -> None:
        """Show the whole page; from there, or where a rule is in use, offer its blocks."""
        shown = self._shown
        if shown is None or shown.opened is None or self._loading is not None:
            self._say(gettext("There is no page to be shown whole."))
        elif shown.is_whole or shown.opened.page.by_rule:
            self._offer_blocks(shown)
        else:
            self._show_whole(shown)

    @work(exclusive=True, group="article")
    async def _show_whole(self, shown: Shown) -> None:
        await self.keep_place()
        self._say(gettext("Getting the whole page …"))
        try:
            opened = await self._service.whole(shown.url, typed=shown.url.startswith("file:"))
        except NewsreaderError as error:
            self._say(line(f"{error.text} {error.advice}", 300))
            return
        self._show_cut(shown, opened, is_whole=True)
        self._say(gettext("The whole page; {key} offers its blocks.").format(key=self._key("whole-page")))

    def _key(self, name: str) -> str:
        return hint_key(name, self._keys)

    def _show_cut(self, shown: Shown, opened: Opened, *, is_whole: bool = False) -> None:
        article = opened.page.article
        if article is None:
            self._say(gettext("There is no text on this page."))
            return
        self._show_opened(Shown(shown.url, article.title or shown.title, opened, is_whole=is_whole))
        self._to_article()

    @work(exclusive=True, group="article")
    async def _offer_blocks(self, shown: Shown) -> None:
        host = host_of(shown.url)
        try:
            has_rule = host in await self._service.rules()
            found = await self._service.candidates(shown.url)
        except NewsreaderError as error:
            self._say(line(f"{error.text} {error.advice}", 300))
            return
        offers = _offers(found, has_rule=has_rule, is_whole=shown.is_whole)
        wanted = await self.app.push_screen_wait(BlocksScreen(offers, host, palette_of(self.app.current_theme)))
        if wanted is not None:
            await self._obey(wanted, shown)

    async def _obey(self, wanted: BlockOffer, shown: Shown) -> None:
        host = host_of(shown.url)
        try:
            if wanted.wish is Wish.BLOCK and wanted.candidate is not None:
                self._show_cut(shown, await self._service.choose_block(shown.url, wanted.candidate))
                words = gettext("This block is the article of {host} from now on; {key} undoes it.")
                self._say(words.format(host=host, key=self._key("undo")))
                return
            if wanted.wish is Wish.FORGET:
                await self._service.forget_rule(host)
                words = gettext("The rule for {host} is forgotten; {key} brings it back.")
                self._say(words.format(host=host, key=self._key("undo")))
        except NewsreaderError as error:
            self._say(line(f"{error.text} {error.advice}", 300))
            return
        if wanted.wish is Wish.WHOLE:
            self._show_whole(shown)
        else:
            self.show_anew()

    def show_anew(self) -> None:
        """Show the page again as it is cut now."""
        if self._shown is not None and self._shown.opened is not None:
            self._cut_anew(self._shown)

    @work(exclusive=True, group="article")
    async def _cut_anew(self, shown: Shown) -> None:
        opened: Opened | None = None
        with suppress(NewsreaderError):
            opened = await self._service.stored(shown.url)
        if opened is None:  # a file, or a copy that is gone
            self._open_article(shown.url, shown.title)
        elif opened.page.article is None:
            self._show_nothing_found(opened)
        else:
            self._show_cut(shown, opened)


def _offers(found: Sequence[Candidate], *, has_rule: bool, is_whole: bool) -> list[BlockOffer]:
    """Return what can be shown in place of what is shown now: the ways back first."""
    offers: list[BlockOffer] = []
    if has_rule:
        offers.append(BlockOffer(Wish.FORGET, gettext("What newsreader takes for it: forget the rule")))
        if is_whole:
            offers.append(BlockOffer(Wish.ARTICLE, gettext("The block that you chose, as until now")))
    elif is_whole:
        offers.append(BlockOffer(Wish.ARTICLE, gettext("What newsreader takes for it, as until now")))
    if not is_whole:
        offers.append(BlockOffer(Wish.WHOLE, gettext("The whole page, this once")))
    for candidate in found:
        count = candidate.word_count
        size = ngettext("{count} word", "{count} words", count).format(count=count)
        offers.append(BlockOffer(Wish.BLOCK, candidate.beginning, size, candidate))
    return offers
