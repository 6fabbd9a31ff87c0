"""A run of headlines that is selected in the list: from where it was started to the cursor."""

from collections.abc import Callable

from newsreader.models import ListedHeadline
from newsreader.tui.widgets.headline_list import Listing


class HeadlineSelection:
    """Knows where the selection began; it stays with that headline when the rows change."""

    def __init__(self, listing: Callable[[], Listing], cursor: Callable[[], int], redraw: Callable[[], object]) -> None:
        self._listing = listing
        self._cursor = cursor
        self._redraw = redraw
        self._anchor: int | None = None  # the row at which it begins

    @property
    def is_active(self) -> bool:
        """Whether headlines are being selected."""
        return self._anchor is not None

    @property
    def rows(self) -> tuple[ListedHeadline, ...]:
        """The headlines that are selected."""
        if self._anchor is None:
            return ()
        listing = self._listing()
        first, last = sorted((self._anchor, self._cursor()))
        rows = (listing[number] for number in range(first, min(last + 1, len(listing))))
        return tuple(found for row in rows if (found := listing.headline(row)) is not None)

    def begin(self) -> bool:
        """Select from the headline under the cursor on; False if there is none."""
        listing, cursor = self._listing(), self._cursor()
        if not len(listing) or listing.headline(listing[cursor]) is None:
            return False
        self._anchor = cursor
        self._redraw()
        return True

    def end(self) -> None:
        """Select nothing any more."""
        self._anchor = None
        self._redraw()

    def covers(self, number: int) -> bool:
        """Return whether a row is selected."""
        if self._anchor is None:
            return False
        first, last = sorted((self._anchor, self._cursor()))
        return first <= number <= last

    def follow(self, listing: Listing, earlier: Listing, *, from_top: bool) -> None:
        """Begin at the same headline in another listing; where it is gone, or all is new, select nothing."""
        if self._anchor is None:
            return
        row = earlier[self._anchor] if self._anchor < len(earlier) and not from_top else None
        found = listing.counterpart(row, earlier) if row is not None else None
        self._anchor = listing.number_of(found) if found is not None else None
