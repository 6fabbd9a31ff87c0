"""The views of the list besides all headlines of a source: the unread ones, the saved, those being read."""

from collections.abc import Sequence
from dataclasses import replace

from newsreader.i18n import gettext
from newsreader.models import ListedHeadline
from newsreader.tui.held_part import in_worker
from newsreader.tui.reading.layout import ReadingLayout
from newsreader.tui.reading.list_turns import CHOSEN, RENEWED, ListTurns
from newsreader.tui.reading.port import ReadingPort, says_errors
from newsreader.tui.reading.positions import PositionTracker
from newsreader.tui.reading.session import ReadingSession
from newsreader.tui.reading.state import KEPT_VIEWS, ReadingState, View
from newsreader.tui.reading.status import view_label
from newsreader.tui.widgets import notice
from newsreader.tui.widgets.headline_list import Listing
from newsreader.tui.widgets.headline_section import Section


class ListViews:
    """Fills the list with the headlines of a view."""

    def __init__(
        self,
        state: ReadingState,
        port: ReadingPort,
        panes: ReadingLayout,
        positions: PositionTracker,
        session: ReadingSession,
        turns: ListTurns,
    ) -> None:
        self.state = state
        self.port = port
        self.panes = panes
        self.positions = positions
        self.session = session
        self.turns = turns
        self._service = port.service
        self._drops = False  # what has left the view is dropped at the next update

    @in_worker(exclusive=True, group=CHOSEN)
    @says_errors
    async def show_kept(self, view: View) -> None:
        """Show what the library keeps of all sources: saved, in progress, to be read later, opened."""
        if view is View.READING:
            await self.positions.keep()  # the article on screen is in progress too
        await self.port.changes.caught_up()
        since = self.state.marked.begin(are_made=self.port.changes.are_made)
        rows = await self._rows_of(view)
        is_another = self.state.view is not view
        self.state.view = view
        sections = (Section(view_label(self.state.view), rows),) if rows else ()
        listing = Listing(sections, self._said_if_empty(view))
        self.show(self.state.marked.marked(listing, since), from_top=is_another)
        self.show_how_to_read()

    @in_worker(exclusive=True, group=RENEWED)
    @says_errors
    async def renew(self, *, drops: bool = False) -> None:
        """Bring what the library keeps up to date in the list; neither the cursor nor what is listed moves.

        Args:
            drops: Remove what is no longer in the view; else it stays, so that a key can put it back.
        """
        view = self.state.view
        if view not in KEPT_VIEWS:
            return
        self._drops |= drops
        since = self.state.marked.begin(are_made=self.port.changes.are_made)
        rows = await self._rows_of(view)
        if self.state.view is not view:
            return  # the reader is elsewhere by now
        drops, self._drops = self._drops, False
        listing = self.state.other_listing
        section = listing.sections[0] if listing.sections else Section(view_label(view), ())
        renewed = _renewed(section.rows, rows, drops=drops)
        if [row.headline.url for row in renewed] == [row.headline.url for row in section.rows]:
            return
        sections = (replace(section, rows=renewed),) if renewed else ()
        self.state.other_listing = self.state.marked.marked(replace(listing, sections=sections), since)
        self.panes.headlines.show(self.state.other_listing)
        self.show_how_to_read()
        self.port.show()

    async def _rows_of(self, view: View) -> tuple[ListedHeadline, ...]:
        match view:
            case View.SAVED:
                return await self._service.saved.articles()
            case View.LATER:
                return await self._service.later.articles()
            case View.HISTORY:
                return await self._service.reading_history.articles()
            case _:
                return await self._service.listings.in_progress()

    def _said_if_empty(self, view: View) -> str:
        match view:
            case View.SAVED:
                words = gettext(
                    "Nothing is saved yet. {key} saves the article that you read, with its pictures, for good."
                )
                return words.format(key=self.port.key_of("save"))
            case View.LATER:
                words = gettext("Nothing to read later. {key} keeps a headline here until it is read.")
                return words.format(key=self.port.key_of("later"))
            case View.HISTORY:
                return gettext("Nothing was opened yet. What you open is listed here.")
            case _:
                return gettext("Nothing in progress. What you leave before its end is listed here.")

    def show_unread(self, *, from_top: bool = True) -> None:
        """Show the unread headlines of this source; they stay in view once they are read."""
        self.state.view = View.UNREAD
        sections = (
            Section(section.label, tuple(row for row in section.rows if not row.read), folded=section.folded)
            for section in self.state.listing.sections
        )
        unread = tuple(section for section in sections if section.rows)
        self.show(Listing(unread, gettext("Everything is read.")), from_top=from_top)
        self.show_how_to_read()

    def show(self, listing: Listing, *, from_top: bool = True) -> None:
        """Fill the list with something other than the headlines of a source."""
        self.state.other_listing = listing
        before = self.state.left_at.get(self.state.place_of(self.state.address)) if from_top else None
        self.panes.headlines.show(listing, cursor_url=before, from_top=from_top)
        self.session.remember_soon()
        self.port.show()

    def show_how_to_read(self) -> None:
        """Show beside the list how to read from it, if no article of this list is open."""
        shown, listing, keys = self.state.shown, self.state.other_listing, self.port.bindings
        if self.state.loading is not None or (shown is not None and (shown.article is not None or shown.failed)):
            return
        if self.state.view is View.EVERYTHING:
            self.panes.article.show_notice(notice.unread(self.state.unread_of_all, len(listing.sections), keys))
        else:
            self.panes.article.show_notice(notice.other_list(len(listing), keys))


def _renewed(
    listed: Sequence[ListedHeadline], kept: Sequence[ListedHeadline], *, drops: bool
) -> tuple[ListedHeadline, ...]:
    """Return the rows that are listed, in their order, and the others that are kept where the view has them."""
    known, still = {row.headline.url for row in listed}, {row.headline.url for row in kept}
    ahead: dict[str, list[ListedHeadline]] = {}
    others: list[ListedHeadline] = []
    for row in kept:
        if row.headline.url in known:
            ahead[row.headline.url], others = others, []
        else:
            others.append(row)
    staying = (row for row in listed if not drops or row.headline.url in still)
    return (*(each for row in staying for each in (*ahead.get(row.headline.url, ()), row)), *others)
