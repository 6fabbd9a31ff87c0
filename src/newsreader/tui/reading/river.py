"""The river: all sources as one list, read from the store page by page."""

from dataclasses import replace
from typing import TYPE_CHECKING

from newsreader.computing import run_in_daemon_thread
from newsreader.i18n import gettext
from newsreader.tui.held_part import in_worker
from newsreader.tui.reading.layout import ReadingLayout
from newsreader.tui.reading.list_turns import CHOSEN
from newsreader.tui.reading.port import ReadingPort, says_errors
from newsreader.tui.reading.state import ReadingState, View
from newsreader.tui.reading.views import ListViews
from newsreader.tui.widgets.headline_list import Listing
from newsreader.tui.widgets.headline_rows import MoreRow
from newsreader.tui.widgets.headline_section import Section

if TYPE_CHECKING:
    from newsreader.service.river import RiverRows

_PAGE = 300  # headlines


class RiverController:
    """Lists the river, and loads more when the reader reaches the end of the list."""

    def __init__(self, state: ReadingState, port: ReadingPort, panes: ReadingLayout, views: ListViews) -> None:
        self.state = state
        self.port = port
        self.panes = panes
        self.views = views
        self._service = port.service
        self._last: RiverRows | None = None  # the page that was read last

    @in_worker(exclusive=True, group=CHOSEN)
    async def show(self, *, keep: bool = False) -> None:
        """List the river from its beginning; `keep` as much of it as is listed, and the position."""
        await self.port.changes.caught_up()
        since = self.state.marked.begin(are_made=self.port.changes.are_made)
        page = await self._beginning(keep=keep)
        if page is None:
            return
        section = await run_in_daemon_thread(
            Section(gettext("All sources"), page.rows, goes_on=page.end is not None).arranged
        )
        if keep and self.state.view is not View.RIVER:
            return  # the reader is elsewhere by now
        self._last = page
        self.state.view = View.RIVER
        empty = gettext("No headlines yet.")
        if not self.state.source_list.sources:
            key = self.port.key_of("add-source")
            empty = gettext("No sources yet: {key} follows the page you are reading.").format(key=key)
        listing = Listing((section,) if page.rows else (), empty)
        self.views.show(self.state.marked.marked(listing, since), from_top=not keep)
        self.views.show_how_to_read()

    async def _beginning(self, *, keep: bool) -> "RiverRows | None":
        """Return the first page; if the list is kept, as many rows as are listed, however many that are by then."""
        count = _PAGE
        while True:
            count = max(count, self.state.other_listing.count if keep and self.state.view is View.RIVER else 0)
            last, page = self._last, await self._page(count)
            if page is None or self._last is last:
                return page

    def want_more(self) -> None:
        """Read the next page, once."""
        if self._last is not None and self._last.end is not None and not self._section.loading:
            self._replace(replace(self._section, loading=True))
            self._add_page(self._last)

    @in_worker(exclusive=True, group="more")
    async def _add_page(self, last: "RiverRows") -> None:
        since = self.state.marked.begin(are_made=self.port.changes.are_made)
        page = await self._page(_PAGE, last)
        if self._last is not last or self.state.view is not View.RIVER:
            return  # another list is shown by now
        if page is None:
            self._replace(replace(self._section, loading=False))
            return
        known = {row.headline.url for row in self._section.all_rows}
        fresh = tuple(row for row in page.rows if row.headline.url not in known)
        added = await run_in_daemon_thread(Section("", fresh).arranged)
        if self._last is not last or self.state.view is not View.RIVER:
            return
        self._last = page
        section = self._section  # its marks may have changed since
        self._replace(
            replace(
                section,
                rows=(*section.rows, *added.rows),
                hidden=(*section.hidden, *added.hidden),
                same_story={**section.same_story, **added.same_story},
                loading=False,
                goes_on=page.end is not None,
            ),
            since,
        )

    @says_errors
    async def _page(self, limit: int, last: "RiverRows | None" = None) -> "RiverRows | None":
        order = self.state.arrangement_of(View.RIVER).order
        return await self._service.river.page(
            order, after=last.end if last is not None else None, limit=limit, unread_only=self.state.hides_read
        )

    @property
    def _section(self) -> Section:
        return self.state.other_listing.sections[0]

    def _replace(self, section: Section, marked_since: int | None = None) -> None:
        pane = self.panes.headlines
        was_at_end, number = isinstance(pane.row, MoreRow), pane.cursor
        self.state.other_listing = replace(self.state.other_listing, sections=(section,))
        if marked_since is not None:
            self.state.other_listing = self.state.marked.marked(self.state.other_listing, marked_since)
        pane.show(self.state.other_listing)
        if was_at_end:  # the first headline that came is there now
            pane.put_cursor(min(number, len(pane.listing) - 1))
        self.port.show()
