"""What is done with sources: followed, edited, marked read."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from newsreader.i18n import gettext, ngettext
from newsreader.models import Opened
from newsreader.source_values import Source
from newsreader.text import line
from newsreader.tui.change_queue import change
from newsreader.tui.held_part import in_worker
from newsreader.tui.input_queue import opens_box
from newsreader.tui.reading.layout import ReadingLayout
from newsreader.tui.reading.marks import HeadlineMarks
from newsreader.tui.reading.port import ReadingPort, says_errors
from newsreader.tui.reading.sources import SourcePaneController
from newsreader.tui.reading.state import OF_ALL_SOURCES, ReadingState, View
from newsreader.tui.widgets.source_list import Entry
from newsreader.tui.widgets.source_list import Row as SourceRow
from newsreader.urls import host_of

if TYPE_CHECKING:
    from newsreader.service.account_values import Account
    from newsreader.service.feed_offer import FeedOffer

_OFFER_S = 20.0  # what is proposed stays to be read


class SourceActions:
    """What the keys for sources do."""

    def __init__(
        self,
        state: ReadingState,
        port: ReadingPort,
        panes: ReadingLayout,
        marks: HeadlineMarks,
        sources: SourcePaneController,
    ) -> None:
        self.state = state
        self.port = port
        self.panes = panes
        self.marks = marks
        self.sources = sources
        self._service = port.service
        self._offer: tuple[Source, FeedOffer] | None = None  # a feed that offers more than the page on screen
        self._server: tuple[Source, Account] | None = None  # which may follow the source too

    def action_add_source(self) -> None:
        """Follow the current page or feed; or the feed that was proposed instead of it."""
        self.sources.when_known(self._add_source)

    def _add_source(self) -> None:
        if self.state.address is None or self.state.source is None:
            self.port.say(gettext("Open a page or a feed first; then you can follow it."))
            return
        followed, offer = self.state.followed, self._offer
        if followed is not None and offer is not None and offer[0].id == followed.id:
            self._take_feed(*offer)
            return
        if followed is not None and self._server is not None and self._server[0].id == followed.id:
            self._follow_on_server(*self._server)
            return
        if followed is not None:
            self.port.say(gettext("You already follow {title}.").format(title=followed.title))
            return
        self._follow(self.state.asked if "@" in self.state.asked else self.state.address, self.state.source)

    @change
    @says_errors
    async def _follow(self, address: str, opened: Opened) -> None:
        """Follow a page; once, however often that was asked for."""
        if (followed := self.state.followed_at(address)) is not None:
            self.port.say(gettext("You already follow {title}.").format(title=followed.title))
            return
        source = await self._service.sources.follow(address, opened)
        await self.sources.reload()
        key = self.port.key_of("undo")
        self.port.say(gettext("Following {title}; {key} to undo.").format(title=source.title, key=key))
        self._compare_feed(source)
        self._propose_server(source)

    async def follow_again(self, source: Source) -> None:
        """Show the current source at its new address, if that has changed."""
        listed = self.state.address
        await self.sources.reload()
        now = next((each for each in self.state.source_list.sources if each.id == source.id), None)
        if now is not None and now.url != source.url and self.state.address == listed:
            words = self.port.said
            self.sources.open(now)
            self.port.say(words)

    @in_worker(exclusive=True, group="compare")
    async def _compare_feed(self, source: Source) -> None:
        """Propose the site's feed if it offers more than the page."""
        if self.state.source is None:
            return
        offer = await self._service.sources.better_feed(source, self.state.source.page)
        if offer is not None and self.state.followed == source:
            self._offer = (source, offer)
            self.port.say(proposal(offer, self.port.key_of("add-source")), seconds=_OFFER_S)

    @change
    @says_errors
    async def _take_feed(self, source: Source, offer: "FeedOffer") -> None:
        self._offer, listed = None, self.state.address
        feed = await self._service.sources.use_feed(source, offer)
        await self.sources.reload()
        if self.state.address == listed:  # the reader has gone to no other source while the feed was fetched
            self.sources.open(feed)
        self.port.say(gettext("Following the feed; {key} to undo.").format(key=self.port.key_of("undo")))
        self._propose_server(feed)

    @in_worker(exclusive=True, group="propose-server")
    @says_errors
    async def _propose_server(self, source: Source) -> None:
        """Propose that the server of an account follows a feed too."""
        self._server = None
        account = await self._service.accounts.changes.server_for(source)
        if account is not None and self.state.followed_at(source.url) is not None:
            self._server = (source, account)
            words = gettext("Following {title}; {key} has {host} follow it too, {undo} to undo.")
            host, keys = line(host_of(account.url), 60), (self.port.key_of("add-source"), self.port.key_of("undo"))
            self.port.say(words.format(title=source.title, host=host, key=keys[0], undo=keys[1]), seconds=_OFFER_S)

    @in_worker(exclusive=True, group="propose-server")
    @says_errors
    async def _follow_on_server(self, source: Source, account: "Account") -> None:
        self._server = None
        await self._service.accounts.changes.follow(source, account)
        words = gettext("{host} follows {title} too.")
        self.port.say(words.format(host=line(host_of(account.url), 60), title=source.title))

    def action_mark_source_read(self) -> None:
        """Mark read everything in the list, shown or not; in the pane of sources, what is under the cursor."""
        self.sources.when_known(self._mark_source_read)

    def _mark_source_read(self) -> None:
        row = self.panes.sources.row if self.panes.in_sources else None
        is_listed = row is None or row == self.sources.current_entry() or self._is_of_listed(row)
        sources = self.state.source_list.sources_at(row) if row is not None else self._sources_of_view()
        if not sources and not is_listed:
            self.port.say(gettext("Open the list first, to mark what is in it."))
            return
        urls = []
        if is_listed:
            urls = [
                row.headline.url for section in self.state.listed.sections for row in section.all_rows if not row.read
            ]
        self._mark_all_read(sources, urls, self._service.now(), is_listed=is_listed)

    def _sources_of_view(self) -> tuple[Source, ...]:
        if self.state.view in OF_ALL_SOURCES:
            return self.state.source_list.sources
        followed = self.state.followed if self.state.view in (View.ALL, View.UNREAD) else None
        return (followed,) if followed is not None else ()

    def _is_of_listed(self, row: SourceRow | None) -> bool:
        """Return whether what is listed is the source of a row."""
        return isinstance(row, Entry) and row.source is not None and row.source == self.state.followed

    @change
    @says_errors
    async def _mark_all_read(
        self, sources: Sequence[Source], urls: list[str], until: datetime, *, is_listed: bool
    ) -> None:
        count = await self._service.read_marks.mark_sources(sources, urls, until=until)
        if is_listed:
            self.marks.update_all(frozenset(urls), read=True)
        if self.state.view is View.EVERYTHING and sources:
            self.sources.show_everything()
        elif self.state.view is View.RIVER and sources:
            self.sources.river.show(keep=True)  # a page may have been read before
        if count:
            words = ngettext(
                "{count} headline marked read; {key} to undo.",
                "{count} headlines marked read; {key} to undo.",
                count,
            )
            self.port.say(words.format(count=count, key=self.port.key_of("undo")))
        else:
            self.port.say(gettext("Everything is read."))
        self.port.note_change()

    @opens_box
    async def action_edit_sources(self) -> None:
        """Show the sources in a box, to list one of them or to change them."""
        from newsreader.tui.screens.sources_screen import SourcesScreen

        screen = SourcesScreen(
            self._service,
            replace(self.state.source_list, folded=frozenset()),
            self.sources.current_entry(),
            self.port.palette,
            self.port.bindings,
        )
        entry = await self.port.ask(screen)
        await self.sources.reload()
        if entry is not None:
            self.sources.show_entry(entry)
        elif screen.has_changed and self.state.view is View.EVERYTHING:
            self.sources.show_everything(keep=True)


def proposal(offer: "FeedOffer", key: str) -> str:
    """Return in one line why a feed is the better way to follow a page, and the key that takes it."""
    if offer.count == offer.page_count:
        count = ngettext("{count} headline", "{count} headlines", offer.count)
    else:
        count = ngettext(
            "{count} headline in place of {page_count}", "{count} headlines in place of {page_count}", offer.count
        )
    gains = [
        count.format(count=offer.count, page_count=offer.page_count),
        *([gettext("with their times")] if offer.gives_times else []),
        *([gettext("with whole texts")] if offer.gives_texts else []),
    ]
    words = gettext("Its feed has more: {gains}. {key} follows the feed instead.")
    return line(words.format(gains=", ".join(gains), key=key), 300)
