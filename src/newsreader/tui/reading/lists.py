"""The lists of the source: taken from its page, arranged as the reader wants, continued on its next pages."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from newsreader.computing import run_in_daemon_thread
from newsreader.errors import NewsreaderError
from newsreader.list_layout import ListLayout, arrangement_from_json
from newsreader.models import HeadlineList, ListedHeadline, Opened
from newsreader.tui.held_part import in_worker
from newsreader.tui.reading.layout import ReadingLayout
from newsreader.tui.reading.port import ReadingPort
from newsreader.tui.reading.river import RiverController
from newsreader.tui.reading.state import ReadingState, View
from newsreader.tui.reading.views import ListViews
from newsreader.tui.rendering.gc_pause import gc_paused
from newsreader.tui.widgets import notice
from newsreader.tui.widgets.headline_list import Listing
from newsreader.tui.widgets.headline_rows import MoreRow
from newsreader.tui.widgets.headline_section import Section, label_of, sections_of
from newsreader.urls import host_of

Listed = tuple[HeadlineList, Sequence[ListedHeadline]]

_PAGES_AT_ONCE = 5  # of a list, where the first ones hold nothing that is not shown


class ListingUpdater:
    """Keeps the listing of the source."""

    def __init__(
        self, state: ReadingState, port: ReadingPort, panes: ReadingLayout, views: ListViews, river: RiverController
    ) -> None:
        self.state = state
        self.port = port
        self.panes = panes
        self.views = views
        self.river = river
        self._service = port.service
        self._taking = asyncio.Lock()  # one after another, so that the last to come is the last that was asked for
        self._address: str | None = None  # of the source whose lists were taken

    def take_up_arrangements(self, orders: object, *, hides_read: bool) -> None:
        """Restore how the reader arranged lists the last time."""
        state = self.state
        kept = orders if isinstance(orders, dict) else {}
        state.arrangements = {
            view: arrangement_from_json(kept[view], state.arrangement_of(view)) for view in View if view in kept
        }
        state.hides_read = hides_read
        if state.arrangements or hides_read:
            self.panes.headlines.show(state.listed)

    async def take(self, opened: Opened, *, from_top: bool, is_opening: bool = False) -> bool:
        """Use the lists of a page as those of the source, and show them; False if another source was chosen since."""
        address = self.state.address
        async with self._taking:
            listing = await self._listing_of(opened, address)
            if self.state.address != address:
                return False
            self._address = address
            self._show_taken(opened, listing, from_top=from_top, is_opening=is_opening)
        return True

    async def _listing_of(self, opened: Opened, address: str | None) -> Listing:
        """Return the lists of a page, folded and in the order that the reader wants."""
        since = self.state.marked.begin(are_made=self.port.changes.are_made)
        with gc_paused():
            listed = await self._laid_out(await self._service.listings.of_page(opened, address), opened.page.url)
            folds = {**self.state.list_layout.folded, **self.state.folds.get(address or "", {})}
            empty = notice.empty_list(opened.page, self.port.bindings)
            listing = await run_in_daemon_thread(
                lambda: Listing(sections_of(listed, folds), empty=empty).with_counts_computed()
            )
        return self.state.marked.marked(listing, since)

    def _show_taken(self, opened: Opened, listing: Listing, *, from_top: bool, is_opening: bool = False) -> None:
        self.state.source = opened
        if not from_top:
            listing = listing.keeping_folds_of(self.state.listing)
        self.state.listing = listing
        if self.state.view is View.ALL:
            before = self.state.left_at.get(self.state.place_of(self._address)) if from_top else None
            self.panes.headlines.show(listing, cursor_url=before, from_top=from_top)
        elif self.state.view is View.UNREAD and is_opening:
            self.views.show_unread(from_top=from_top)
        self.port.show()

    async def _laid_out(self, listed: Sequence[Listed], address: str) -> Sequence[Listed]:
        """Return the lists of a page that are shown, in the reader's order."""
        try:
            self.state.list_layout = await self._service.listings.layouts.of(address)
        except NewsreaderError:  # the header says that the library cannot be read
            self.state.list_layout = ListLayout()
        labels = [label_of(source) for source, _ in listed]
        return [listed[number] for number in self.state.list_layout.arranged(labels)]

    async def take_again(self) -> None:
        """List the headlines of the source again, under the current rules."""
        async with self._taking:
            source = self.state.source
            if source is not None:
                self._show_taken(source, await self._listing_of(source, self._address), from_top=False)

    @in_worker(group="layout")
    async def lay_out_again(self) -> None:
        """Show the lists of the source again in their current layout."""
        if self.state.view is View.ALL:
            await self.take_again()

    def note_cursor(self) -> None:
        """Record the current state of the list, and where its cursor is."""
        pane = self.panes.headlines
        chosen = pane.headline.headline.url if pane.headline is not None else None
        if self.state.view is View.ALL and not pane.filtering.sought:
            self.state.listing = pane.filtering.whole
            self.state.chosen_in_all = chosen or self.state.chosen_in_all
        if chosen and not pane.filtering.sought and self.state.listed.find(chosen) is not None:
            self.state.left_at[self.state.place_of(self._address)] = chosen
        self.port.show()

    # --- more of a list ------------------------------------------------------------------------------

    def want_more(self, number: int) -> None:
        """Get the next part of a list."""
        if self.state.view is View.RIVER:
            self.river.want_more()
        source = self.panes.headlines.listing.sections[number].source
        if self.state.view is not View.ALL or source is None:
            return
        number = next(at for at, each in enumerate(self.state.listing.sections) if each.source is source)
        section = self.state.listing.sections[number]
        if section.has_more and not section.loading:
            self._replace_section(number, replace(section, loading=True))
            self._get_more(number, section, self.state.address)

    @in_worker(group="more")
    async def _get_more(self, index: int, section: Section, address: str | None) -> None:
        """Append the next page of a list; where its headlines are all known, the one after it, within reason."""
        longer, since = section, self.state.marked.begin(are_made=self.port.changes.are_made)
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
            self.port.say_error(error)
            if error.kind == "no-more" and longer.source is not None:
                longer = replace(longer, source=replace(longer.source, more_url=None))
        sections = self.state.listing.sections
        if address != self.state.address or index >= len(sections) or sections[index].label != section.label:
            return  # another page is shown by now
        current = replace(sections[index], loading=False, source=longer.source)  # its marks may have changed since
        added = (*longer.rows[len(section.rows) :], *longer.hidden[len(section.hidden) :])
        further = replace(longer.source, headlines=()) if longer.source is not None else None
        self._replace_section(index, current.with_further(further, added) if further is not None else current, since)

    def _names(self) -> tuple[str, ...]:
        """Return the names of the source, for rules."""
        page = self.state.source.page if self.state.source is not None else None
        return (page.site_name or "", host_of(page.url)) if page is not None else ()

    def _replace_section(self, index: int, section: Section, marked_since: int | None = None) -> None:
        row, number = self.panes.headlines.row, self.panes.headlines.cursor
        self.state.listing = self.state.listing.with_section(index, section)
        if marked_since is not None:
            self.state.listing = self.state.marked.marked(self.state.listing, marked_since)
        if self.state.view is View.ALL:
            self.panes.headlines.show(self.state.listing)
            if row == MoreRow(index):
                self.panes.headlines.put_cursor(min(number, len(self.state.listing) - 1))
        self.port.show()
