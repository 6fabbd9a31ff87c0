"""What is folded away in the list: whole sections below their labels, hidden headlines, the same story elsewhere."""

from newsreader.tui.widgets.headline_filter import HeadlineFilter
from newsreader.tui.widgets.headline_list import Listing
from newsreader.tui.widgets.headline_rows import SectionRow
from newsreader.tui.widgets.list_position import ListPosition
from newsreader.tui.widgets.row_typesetter import RowTypesetter

_SEEN_UNFOLDED = 5  # rows


class ListFolds:
    """Folds rows away, and unfolds them; the row under the cursor stays where it is."""

    def __init__(self, rows: RowTypesetter, filtering: HeadlineFilter, position: ListPosition) -> None:
        self._rows = rows
        self._filtering = filtering
        self._position = position

    def turn(self, index: int) -> tuple[str, bool]:
        """Fold a section away under its label, or unfold it; return its label, and whether it is folded now."""
        section = self._rows.listing.sections[index]
        self._put_in(self._rows.listing.with_section(index, section.with_fold(not section.folded)))
        self._filtering.note_fold(section.label, is_folded=not section.folded)
        self._position.cursor = self._rows.listing.number_of(SectionRow(index))
        if section.folded:
            self._position.show_below(_SEEN_UNFOLDED)
        return section.label, not section.folded

    def show_hidden(self, index: int) -> None:
        """Show at the end of a section what rules of the reader's hide."""
        listing = self._rows.listing
        self._put_in(listing.with_section(index, listing.sections[index].with_hidden()))

    def show_same_story(self) -> bool:
        """Show the same story from other sites below the headline; False if there is none."""
        listing, cursor = self._rows.listing, self._position.cursor
        unfolded = listing.with_same_story(listing[cursor]) if len(listing) else None
        if unfolded is not None:
            self._put_in(unfolded)
        return unfolded is not None

    def _put_in(self, listing: Listing) -> None:
        """Show other rows of the same lists; what a filter leaves of them is not the whole."""
        self._rows.listing = listing
        if not self._filtering.is_active:
            self._filtering.whole = listing
        self._rows.forget()
