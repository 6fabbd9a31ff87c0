"""The screen on which one reads: headlines on the left, the article on the right; here is what its keys do."""

from textual import events
from textual.worker import Worker

from newsreader.errors import NewsreaderError
from newsreader.i18n import gettext
from newsreader.keymap import ACTION, Where
from newsreader.models import Headline
from newsreader.service.undo_messages import told_of
from newsreader.text import line
from newsreader.tui import keys
from newsreader.tui.bars import Bar
from newsreader.tui.box import ask
from newsreader.tui.change_queue import change, note, slow_change
from newsreader.tui.change_queue import queue_of as change_queue_of
from newsreader.tui.input_queue import opens_box, queue_of
from newsreader.tui.pasted import address_in
from newsreader.tui.reading.downloads import Downloading
from newsreader.tui.reading.export import Taking
from newsreader.tui.reading.find import Finding
from newsreader.tui.reading.item_extras import ItemExtras
from newsreader.tui.reading.layout import Frame
from newsreader.tui.reading.list_actions import ListActions
from newsreader.tui.reading.pictures import Picturing
from newsreader.tui.reading.positions import Places
from newsreader.tui.reading.prefetcher import Ahead
from newsreader.tui.reading.search import Searching
from newsreader.tui.reading.sources import Following
from newsreader.tui.reading.state import View
from newsreader.tui.reading.tags import Tagging
from newsreader.tui.themes import palette_of

_OF_AN_ARTICLE = frozenset({
    "next-heading", "previous-heading", "next-link", "previous-link", "follow-link", "link-hints", "links",
    "copy-article",
})  # fmt: skip


class ReadingScreen(
    Ahead, Downloading, Finding, ListActions, Searching, Taking, ItemExtras, Picturing, Places, Following, Tagging
):
    """What each action of the keymap does; the bindings themselves come from the keymap and the configuration."""

    DEFAULT_CSS = """
    ReadingScreen { background: $background; }
    ReadingScreen Horizontal { height: 1fr; }
    """

    # --- actions: moving --------------------------------------------------------------------------

    def action_move(self, by: int) -> None:
        """Move by a row or a line."""
        if self._in_article:
            self._article_view.scroll_lines(by)
        elif self._in_sources:
            self._source_pane.move(by)
        else:
            self._pane.move(by)
        self._tell()  # in the same paint

    def action_edge(self, direction: int) -> None:
        """Go to the top or the end."""
        if self._in_sources:
            self._source_pane.go_to_edge(direction)
        elif not self._in_article:
            self._pane.go_to_edge(direction)
        elif direction > 0:
            self._article_view.scroll_to_end()
        else:
            self._article_view.scroll_to_top()
        self._tell()  # in the same paint

    def action_half_page(self, direction: int) -> None:
        """Move by half the height."""
        if self._in_article:
            self._article_view.scroll_part(direction / 2)
        elif self._in_sources:
            self._source_pane.page(direction / 2)
        else:
            self._pane.page(direction / 2)
        self._tell()  # in the same paint

    def action_page(self, direction: int) -> None:
        """Page the article from either pane; the list where there is no article to be seen."""
        if self._article_view.display:
            self._article_view.scroll_part(direction)
        else:
            self._pane.page(direction)
        self._tell()  # in the same paint

    def action_read_on(self) -> None:
        """Page the article on; at its end open the next unread one."""
        if not self._article_view.display:
            self.action_take()
        elif self.state.shown is not None and self.state.shown.article is not None and not self._article_view.is_at_end:
            self._article_view.scroll_part(1)
            self._tell()  # in the same paint
        else:
            self.action_unread(1)

    def action_unread(self, by: int) -> None:
        """Open the next or previous unread article."""
        if by > 0:
            self._leave_forward()
        number = self._pane.listing.next_unread(self._current_number(), by)
        self._open_number(number, gettext("Everything is read."))

    def action_pane(self, direction: int) -> None:
        """Go to the pane on the left or on the right; without a direction, around."""
        has_article = self.state.shown is not None or self.state.loading is not None
        if direction == 0:  # from the article to the first of the others
            direction = 1 if self.state.sources_in_front or (not self.state.article_in_front and has_article) else -1
            if direction < 0 and self.state.article_in_front and self._source_pane.display:
                self._to_sources()
                return
        if self.state.sources_in_front:
            if direction > 0:
                self._to_list()
        elif direction > 0:
            if has_article:
                self._to_article()
        elif self.state.article_in_front:
            self._to_list()
        elif self._source_pane.display:
            self._to_sources()
        else:
            self.action_edit_sources()

    def action_heading(self, by: int) -> None:
        """Go to the next or previous heading."""
        if not self._article_view.scroll_to_heading(by):
            self._say(gettext("No heading further on.") if by > 0 else gettext("No heading before this."))

    def action_sideways(self, by: int) -> None:
        """Move a table that is wider than the text."""
        if not self._article_view.scroll_sideways(by):
            self._say(gettext("No table goes on there."))

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
        elif self._in_sources:
            self._source_pane.choose()
        else:
            self._pane.choose()

    def _current_number(self) -> int:
        """Return the number of the row whose article is shown; of the cursor's where none of them is."""
        listing = self._pane.listing
        url = (
            self.state.loading[0]
            if self.state.loading
            else self.state.shown.url
            if self.state.shown is not None
            else None
        )
        if self.state.trail and not self.state.loading:
            url = self.state.trail[0].shown.url
        row = listing.find(url)
        return listing.number_of(row) if row is not None else self._pane.cursor

    def action_neighbour(self, by: int) -> None:
        """Open the next or previous article, whatever is shown now."""
        if by > 0:
            self._leave_forward()
        listing = self._pane.listing
        number = self._current_number()
        is_fresh_start = self.state.shown is None or (self.state.shown.article is None and not self.state.shown.failed)
        if by > 0 and is_fresh_start and self.state.loading is None and self._pane.headline is not None:
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
        if not self.state.trail:
            self._say(gettext("This is where you began."))
            return
        self.workers.cancel_group(self, "article")
        self._end_loading()
        self._go_to(self.state.trail.pop())

    def action_language(self) -> None:
        """Open the article in the next of its languages."""
        article = self.state.article
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
            self.state.shown is not None
            and (self.state.shown.article is not None or self.state.shown.failed)
            and self._pane.cursor == self._current_number()
        )
        if self._in_article or self.state.is_alone or is_read_from_here:
            if self.state.loading is not None:
                return self.state.loading
            if self.state.shown is not None:
                return self.state.shown.url, self.state.shown.title
        headline = self._pane.headline
        if headline is not None:
            return headline.headline.url, headline.headline.title
        return (self.state.shown.url, self.state.shown.title) if self.state.shown is not None else None

    def action_export(self) -> None:
        """Write the article, or those of the list, to a file."""
        self._export(self._target())

    def action_pipe(self) -> None:
        """Give the article to a command."""
        self._pipe(self._target())

    def action_save(self) -> None:
        """Keep the article for good, or let it go again."""
        target = self._target()
        if target is not None:
            self._save(target[0])

    @slow_change
    async def _save(self, url: str) -> None:
        self._say(gettext("Saving …"))
        try:
            kept = await self._service.saved.toggle(url)
        except NewsreaderError as error:
            self._say(line(f"{error.text} {error.advice}", 300))
            return
        if kept is None:
            self._change_marks(url, saved=False)
            self._say(gettext("No longer saved; {key} saves it again.").format(key=self.key_of("save")))
            self.post_message(Frame.Changed())
            return
        self._change_marks(url, saved=True, stored=True)
        self.post_message(Frame.Changed())
        pictures = gettext(" with {kept} of {named} pictures").format(kept=kept.pictures, named=kept.pictures_named)
        self._say(gettext("Saved{pictures}.").format(pictures=pictures if kept.pictures_named else ""))

    def action_open_in_browser(self) -> None:
        """Show what is read in the browser."""
        target = self._target()
        if target is not None:
            self._browse(target[0])

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
        article = self.state.article
        if article is None:
            self._say(gettext("There is no article to copy."))
            return
        from newsreader.exporting.markdown import to_markdown

        self.app.copy_to_clipboard(to_markdown(article))
        self._say(gettext("Article copied as Markdown."))

    @opens_box
    async def action_link_hints(self) -> None:
        """Write letters on the links in view, and follow the one whose letter is typed."""
        from newsreader.tui.hint_screen import HintScreen

        addresses = self._article_view.show_hints()
        if not addresses:
            self._say(gettext("No link in view."))
            if not queue_of(self).has_waiting:
                return  # else the letter that was typed for a link is no command
        try:
            label = await ask(self.app, HintScreen(addresses, self._article_view.narrow_hints))
        finally:
            self._article_view.hide_hints()
        if label is not None:
            self._follow(addresses[label])

    @opens_box
    async def action_links(self) -> None:
        """List the links of the article, and do with one of them what is asked for."""
        from newsreader.tui.links_screen import LinksScreen, Wish

        links = self._article_view.links()
        if not links:
            self._say(gettext("The article has no links."))
            return
        answer = await ask(self.app, LinksScreen(links, palette_of(self.app.current_theme)))
        match answer:
            case (Wish.FOLLOW, link):
                self._to_article()
                self._follow(link.href)
            case (Wish.BROWSE, link):
                self._browse(link.href)
            case (Wish.COPY, link):
                self._copy(link.href)

    def action_copy_link(self) -> None:
        """Put the address on the clipboard."""
        target = self._target()
        if target is not None:
            self._copy(target[0])

    def _copy(self, url: str) -> None:
        self.app.copy_to_clipboard(line(url, 2000))
        self._say(gettext("Link copied: {address}").format(address=line(url, 200)))

    def action_alone(self) -> None:
        """Hide everything but the article, or show it again."""
        if self.state.is_alone:
            self.state.is_alone = False
            self._arrange()
        elif self._pane.has_focus and self._toggle_list_alone():
            pass
        else:
            self.state.is_alone = True
            self._to_article()
        self._tell()

    def action_justify(self) -> None:
        """Set lines out to the full width, or leave them ragged, and remember it."""
        view = self._article_view
        view.set_justified(not view.justifies)
        self._say(gettext("Lines are set out to the full width.") if view.justifies else gettext("Lines are ragged."))
        self._choose("justify", view.justifies)

    def action_wider(self, by: int) -> None:
        """Set the text wider or narrower, and remember it."""
        view = self._article_view
        view.set_measure(view.measure + by)
        self._say(gettext("Text width: {columns} columns").format(columns=view.measure))
        self._choose("measure", view.measure)

    def action_details(self) -> None:
        """Show the details of a failure."""
        self._article_view.take()

    # --- actions: lists ---------------------------------------------------------------------------

    def action_refresh(self) -> None:
        """Ask again: for the article that failed, else for the source; offline, queue what needs the network."""
        headline = self._headline_to_queue()
        if headline is not None:
            self._queue([headline])
        elif self.state.shown is not None and self.state.shown.failed and self.state.source is not None:
            self._open_article(self.state.shown.url, self.state.shown.title, refresh=True)
        elif self.state.view is View.EVERYTHING:
            self.action_refresh_all()
        elif self.state.view in (View.SAVED, View.READING):
            self._show_kept(self.state.view)
        elif self.state.last is not None:
            self.state.refreshes_next = True  # the source is on its way already
        elif self.state.address is not None:
            self._refresh_source(self.state.asked)

    def action_show_arrived(self) -> None:
        """Go to the headlines that arrived last, the first of them first."""
        if self.state.view is not View.ALL:
            self.action_view("all")
        pane = self._pane
        is_on_one = pane.headline is not None and pane.headline.new and not pane.headline.read
        number = pane.listing.next_new(pane.cursor if is_on_one else -1)
        if number is None:
            self._say(gettext("No new headlines have arrived."))
            return
        self._to_list()
        pane.go(number)

    def action_adopt(self) -> None:
        """Make the page that holds headlines the source."""
        if self.state.shown is not None:
            self.open_source(self.state.shown.url)
            self._to_list()

    def action_toggle_read(self) -> None:
        """Mark read, or unread."""
        target = self._target()
        if target is not None:
            if self.state.shown is not None and self.state.shown.url == target[0]:
                self.state.seen_end = target[0]
            row = self._pane.listing.find(target[0])
            listed = self._pane.listing.headline(row) if row is not None else None
            if listed is not None:
                self._change_marks(target[0], read=not listed.read)  # at once; the store has the last word
            self.state.turning[target[0]] += 1
            self._turn_read(target[0], listed.headline.url if listed is not None else target[0])

    @change
    async def _turn_read(self, url: str, address: str) -> None:
        """Turn the read mark of an article over, which the list may know under another address."""
        is_read: bool | None = None
        try:
            is_read = await self._service.read_marks.toggle(address)
        except NewsreaderError as error:
            self._say(line(f"{error.text} {error.advice}", 300))
        self.state.turning[url] -= 1
        if self.state.turning[url]:
            return  # the next one says how it is
        del self.state.turning[url]
        rows = await self._service.listings.rows([Headline(address, address)]) if is_read is None else ()
        self._change_marks(url, read=rows[0].read if rows else is_read)
        self.post_message(Frame.Changed())
        if self._pane.listing.find(url) is None and is_read is not None:
            self._say(gettext("Marked read.") if is_read else gettext("Marked unread."))

    def action_undo(self) -> None:
        """Take back the last change of state."""
        self._undo(change_queue_of(self).take_last())

    @note
    async def _undo(self, last: Worker[None] | None) -> None:
        followed = self._followed
        await change_queue_of(self).made(last)
        try:
            undone = await self._service.history.undo()
            if undone is None:
                self._say(gettext("Nothing to undo."))
                return
            rows = await self._service.listings.rows([Headline(url, url) for url in undone.urls])
        except NewsreaderError as error:
            self._say(line(error.text, 200))
            return
        if len(rows) > 1 and undone.action in ("read", "unread"):
            self._change_all_marks(frozenset(undone.urls), read=undone.action == "unread")
        for row in rows if len(rows) <= 1 or undone.action not in ("read", "unread") else ():
            self._change_marks(row.headline.url, read=row.read, saved=row.saved, stored=row.stored, queued=row.queued)
            self.show_tags(row.headline.url, row.tags)
        self.post_message(Frame.Changed())
        self._say(told_of(undone))
        if undone.action == "choice":
            self.show_anew()
        elif undone.action in ("add-rule", "remove-rule"):
            await self.list_anew()
        elif undone.action == "change-source" and followed is not None:
            await self.follow_anew(followed)

    def action_view(self, name: str) -> None:
        """Show all headlines, the unread ones, the saved articles, or those that are begun."""
        source = self._source_at_cursor
        self._pane.sought = ""
        if source is not None and name in (View.ALL, View.UNREAD):
            self.open_followed(source)
        elif name in (View.SAVED, View.READING):
            self._show_kept(View(name))
        elif name == View.UNREAD:
            self._show_unread()
        elif self.state.view is not View.ALL or self._pane.whole is not self._pane.listing:
            self.state.view = View.ALL
            is_listed = self.state.shown is not None and self.state.listing.find(self.state.shown.url) is not None
            url = self.state.shown.url if is_listed and self.state.shown is not None else self.state.chosen_in_all
            self._pane.show(self.state.listing, cursor_url=url)
        self._to_list()

    def action_open_address(self) -> None:
        """Ask for an address."""
        self.ask_address("")

    def on_paste(self, event: events.Paste) -> None:
        """Ask whether an address that is pasted is to be opened; other words are for no box."""
        event.stop()
        if address := address_in(event.text):
            self.ask_address(address)

    # --- actions: program -------------------------------------------------------------------------

    def action_back(self) -> None:
        """Close the top layer: a wait, a chosen link, the article alone, the article in front of the list."""
        if self.state.loading is not None:
            self._cancel_loading()
        elif self._cancel_refreshing_all():
            return
        elif self.state.sources_in_front:
            self._to_list()
        elif self._article_view.leave_link() or self._leave_finding():
            return
        elif self.state.is_alone:
            self.action_alone()
        elif not self.state.article_in_front and self._pane.only is not None:
            self._toggle_list_alone()
        elif self.state.article_in_front and len(self._pane.listing):
            self._to_list()
        elif self._end_downloading():
            return
        elif self.state.flash:
            self.unsay()
        else:
            self._say(gettext("{key} quits.").format(key=self.key_of("leave")))

    def action_leave(self) -> None:
        """Go back one level; from the list, quit."""
        if self.state.sources_in_front or (
            self.state.article_in_front and (len(self._pane.listing) or self.state.is_alone)
        ):
            self._to_list()
        else:
            self.app.run_worker(self.app.action_quit())

    @opens_box
    async def action_help(self) -> None:
        """Show the keys that work here, and do what is clicked."""
        from newsreader.tui.help_screen import HelpScreen

        action = await ask(self.app, HelpScreen(self.offers(), palette_of(self.app.current_theme)))
        if action is not None:
            await self.app.run_action(action, self)

    def offers(self) -> list[keys.Offer]:
        """Return what can be done as things are, for help and palette."""
        return [offer for offer in keys.offers(self._keys) if self._works(offer.name)]

    def _works(self, name: str) -> bool:
        here = Where.ARTICLE if self.state.article_in_front else Where.LIST
        if not ACTION[name].where & (here | Where.FIND):
            return False
        article = self.state.article
        if name == "language":
            return article is not None and bool(article.translations)
        if name == "back":
            return bool(self.state.trail)
        if name in ("next-match", "previous-match", "filter"):
            return bool(self.check_action(name.rpartition("-")[2], ()))
        if name == "find":
            return article is not None and self.state.article_in_front
        if name == "whole-page":
            return self.state.shown is not None and self.state.shown.opened is not None
        return article is not None or name not in _OF_AN_ARTICLE

    def on_bar_pressed(self, event: Bar.Pressed) -> None:
        """Do what was clicked in the footer."""
        self.call_later(self.run_action, event.action)
