"""The current page's lists as the reader wants them: moved, hidden, folded; remembered for the site."""

from collections.abc import Callable
from dataclasses import replace

from newsreader.i18n import gettext
from newsreader.list_layout import ListLayout
from newsreader.preference_values import with_name
from newsreader.text import line
from newsreader.tui.change_queue import change, note
from newsreader.tui.reading.layout import ReadingLayout
from newsreader.tui.reading.lists import ListingUpdater
from newsreader.tui.reading.port import ReadingPort, says_errors
from newsreader.tui.reading.state import ReadingState, View
from newsreader.tui.widgets.headline_list import Listing


class ListActions:
    """What the keys for lists do."""

    def __init__(self, state: ReadingState, port: ReadingPort, panes: ReadingLayout, lists: ListingUpdater) -> None:
        self.state = state
        self.port = port
        self.panes = panes
        self.lists = lists
        self._service = port.service

    @property
    def _site_address(self) -> str | None:
        """The address of the page whose lists are shown; None if the rows come from the library."""
        return self.state.source.page.url if self.state.source is not None and self.state.view is View.ALL else None

    def note_fold(self, label: str, folded: bool) -> None:
        """Remember what the reader folds on this site."""
        if self._site_address is not None and self.panes.headlines.filtering.only is None:
            self.state.folds.setdefault(self.state.address or "", {})[label] = folded
            self.state.list_layout = self.state.list_layout.with_fold(label, folded)
            self._keep_fold(self._site_address, label, folded)

    @note
    @says_errors
    async def _keep_fold(self, address: str, label: str, folded: bool) -> None:
        await self._service.listings.layouts.change(address, lambda layout: layout.with_fold(label, folded))

    def action_compact_list(self) -> None:
        """Give each headline one line, or as many as its title needs; in this view from now on."""
        view = self.state.view.value
        is_compact = view not in self.state.compact_views
        (self.state.compact_views.add if is_compact else self.state.compact_views.discard)(view)
        self.port.change_preference("compact-views", lambda kept: with_name(kept, view, is_in=is_compact))
        self.port.say(gettext("Compact list") if is_compact else gettext("Comfortable list"))

    def action_divider(self, by: int) -> None:
        """Make the list wider or narrower."""
        if self.panes.has_one_pane or not self.panes.headlines.display:
            self.port.say(gettext("List and article are not side by side here."))
            return
        self.panes.move_divider(by=by)
        self._keep_divider()

    def drag_divider(self, column: int, *, is_dropped: bool) -> None:
        """Move the line between list and article to a column; remember where it is dropped."""
        self.panes.move_divider(to=column)
        if is_dropped:
            self._keep_divider()

    def _keep_divider(self) -> None:
        self.port.set_preference("divider", self.state.divider)

    def action_move_list(self, by: int) -> None:
        """Move the list under the cursor up or down among the others."""
        label, address = self.panes.headlines.listing.label_over(self.panes.headlines.row), self._site_address
        if label is None or address is None:
            self.port.say(gettext("There is only one list here."))
            return
        labels = [section.label for section in self.panes.headlines.filtering.whole.sections]
        index = labels.index(label)
        if not 0 <= index + by < len(labels):
            self.port.say(gettext("This list is the first.") if by < 0 else gettext("This list is the last."))
            return
        self._change_layout(address, lambda layout: layout.moved(labels, index, by), gettext("List moved."))

    def action_hide_list(self) -> None:
        """Hide the list under the cursor on the pages of this site."""
        label, address = self.panes.headlines.listing.label_over(self.panes.headlines.row), self._site_address
        if label is None or address is None:
            self.port.say(gettext("There is only one list here."))
            return
        words = gettext("“{label}” is hidden on this site. {key} to undo.")
        said = words.format(label=line(label, 60), key=self.port.key_of("undo"))
        self._change_layout(address, lambda layout: layout.with_hidden(label), said)

    def action_show_lists(self) -> None:
        """Show the lists of this site that are hidden."""
        address = self._site_address
        if address is None or not self.state.list_layout.hidden:
            self.port.say(gettext("No list of this site is hidden."))
            return
        self._change_layout(address, ListLayout.with_all_shown, gettext("All lists of this site are shown."))

    @change
    @says_errors
    async def _change_layout(self, address: str, update: Callable[[ListLayout], ListLayout], said: str) -> None:
        layout = await self._service.listings.layouts.change(address, update)
        shows_more = bool(self.state.list_layout.hidden - layout.hidden)
        self.state.list_layout = layout
        if shows_more:
            self.lists.lay_out_again()
        else:
            self.state.listing = self._rearranged(self.state.listing)
            self.panes.headlines.show(self.state.listing)
        self.port.say(said)

    def _rearranged(self, listing: Listing) -> Listing:
        labels = [section.label for section in listing.sections]
        return replace(listing, sections=tuple(listing.sections[n] for n in self.state.list_layout.arranged(labels)))

    def toggle_alone(self) -> bool:
        """Show only the list under the cursor, or all again; False if there is only one."""
        chosen = self.panes.headlines.headline
        url = chosen.headline.url if chosen is not None else None
        if self.panes.headlines.filtering.only is not None:
            self.panes.headlines.show_one_list(None, url)
            return True
        label = self.panes.headlines.listing.label_over(self.panes.headlines.row)
        if label is None:
            return False
        self.panes.headlines.show_one_list(label, url)
        return True
