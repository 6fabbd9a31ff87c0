"""The lists of the page at hand as the reader wants them: moved, hidden, folded; remembered for the site."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from textual import work

from newsreader.errors import NewsreaderError
from newsreader.i18n import gettext
from newsreader.list_layout import ListLayout
from newsreader.models import HeadlineList, ListedHeadline
from newsreader.text import line
from newsreader.tui.change_queue import change, note
from newsreader.tui.headline_pane import HeadlinePane
from newsreader.tui.listing import Listing, label_of
from newsreader.tui.reading.block_picker import Choosing
from newsreader.tui.reading.state import View

Listed = tuple[HeadlineList, Sequence[ListedHeadline]]


class ListActions(Choosing):
    """What the keys for lists do, and how the lists of a page are laid out when it comes."""

    async def _laid_out(self, listed: Sequence[Listed], address: str) -> Sequence[Listed]:
        """Return the lists that are shown of a page, in the reader's order."""
        try:
            self.state.list_layout = await self._service.list_layouts.of(address)
        except NewsreaderError:  # the header says that the library cannot be read
            self.state.list_layout = ListLayout()
        labels = [label_of(source) for source, _ in listed]
        return [listed[number] for number in self.state.list_layout.arranged(labels)]

    @property
    def _site_address(self) -> str | None:
        """The address of the page whose lists are shown; None where the rows come from the library."""
        return self.state.source.page.url if self.state.source is not None and self.state.view is View.ALL else None

    def on_headline_pane_folded(self, message: HeadlinePane.Folded) -> None:
        """Remember what the reader folds on this site."""
        if self._site_address is not None and self._pane.only is None:
            self.state.folds.setdefault(self.state.address or "", {})[message.label] = message.folded
            self.state.list_layout = self.state.list_layout.with_fold(message.label, message.folded)
            self._keep_fold(self._site_address, message.label, message.folded)

    @note
    async def _keep_fold(self, address: str, label: str, folded: bool) -> None:
        try:
            await self._service.list_layouts.change(address, lambda layout: layout.with_fold(label, folded))
        except NewsreaderError as error:
            self._say(line(error.text, 200))

    def action_move_list(self, by: int) -> None:
        """Move the list under the cursor up or down among the others."""
        label, address = self._pane.list_label, self._site_address
        if label is None or address is None:
            self._say(gettext("There is only one list here."))
            return
        labels = [section.label for section in self._pane.whole.sections]
        place = labels.index(label)
        if not 0 <= place + by < len(labels):
            self._say(gettext("This list is the first.") if by < 0 else gettext("This list is the last."))
            return
        self._change_layout(address, lambda layout: layout.moved(labels, place, by), gettext("List moved."))

    def action_hide_list(self) -> None:
        """Hide the list under the cursor on the pages of this site."""
        label, address = self._pane.list_label, self._site_address
        if label is None or address is None:
            self._say(gettext("There is only one list here."))
            return
        words = gettext("“{label}” is hidden on this site. {key} to undo.")
        said = words.format(label=line(label, 60), key=self.key_of("undo"))
        self._change_layout(address, lambda layout: layout.with_hidden(label), said)

    def action_show_lists(self) -> None:
        """Show the lists of this site that are hidden."""
        address = self._site_address
        if address is None or not self.state.list_layout.hidden:
            self._say(gettext("No list of this site is hidden."))
            return
        self._change_layout(address, ListLayout.with_all_shown, gettext("All lists of this site are shown."))

    @change
    async def _change_layout(self, address: str, update: Callable[[ListLayout], ListLayout], said: str) -> None:
        try:
            layout = await self._service.list_layouts.change(address, update)
        except NewsreaderError as error:
            self._say(line(error.text, 200))
            return
        shows_more = bool(self.state.list_layout.hidden - layout.hidden)
        self.state.list_layout = layout
        if shows_more:
            self._lay_out_again()
        else:
            self.state.listing = self._rearranged(self.state.listing)
            self._pane.show(self.state.listing)
        self._say(said)

    def show_anew(self) -> None:
        """Show the article and the lists again as they are cut and laid out now."""
        super().show_anew()
        self._lay_out_again()

    @work(group="layout")
    async def _lay_out_again(self) -> None:
        if self.state.source is not None and self.state.view is View.ALL:
            await self._take_lists(self.state.source, from_top=False)

    def _rearranged(self, listing: Listing) -> Listing:
        labels = [section.label for section in listing.sections]
        return replace(listing, sections=tuple(listing.sections[n] for n in self.state.list_layout.arranged(labels)))

    def _toggle_list_alone(self) -> bool:
        """Show only the list that the cursor is in, or all again; False where there is only one."""
        chosen = self._pane.headline
        url = chosen.headline.url if chosen is not None else None
        if self._pane.only is not None:
            self._pane.show_one_list(None, url)
            return True
        label = self._pane.list_label
        if label is None:
            return False
        self._pane.show_one_list(label, url)
        return True
