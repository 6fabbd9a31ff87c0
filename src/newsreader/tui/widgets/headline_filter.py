"""Which part of a listing is shown, and in which order: with some words, unread, one list, by time."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from newsreader.i18n import gettext
from newsreader.list_layout import Arrangement
from newsreader.tui.widgets.arranged_listing import arranged
from newsreader.tui.widgets.headline_list import Listing

if TYPE_CHECKING:
    from collections.abc import Callable


class HeadlineFilter:
    """Narrows and arranges listings.

    Attributes:
        whole: The listing, with the headlines that are not shown, as it came.
        sought: The words that the titles must have.
        only: The label of the one list that is shown.
        arrangement: Returns how the reader wants the view that is shown.
        hides_read: Returns whether what is read is not shown; what is read meanwhile stays in this list.
    """

    def __init__(self) -> None:
        self.whole = Listing()
        self.sought = ""
        self.only: str | None = None
        self.arrangement: Callable[[], Arrangement] = Arrangement
        self.hides_read: Callable[[], bool] = bool
        self._stays: set[str] = set()  # what was shown unread since the list was started
        self._folds: dict[str, bool] = {}  # by label, of sections that are not those of the whole

    @property
    def is_active(self) -> bool:
        """Whether there may be rows that are not shown, or elsewhere than in the whole."""
        is_arranged = self.arrangement() != Arrangement()
        return bool(self.sought) or self.only is not None or is_arranged or self.hides_read()

    def narrow(self, listing: Listing, today: date, *, from_top: bool = False) -> Listing:
        """Take another listing, and return what is shown of it: all of it if it lacks the chosen list."""
        self.whole = listing
        if self.only is not None and not listing.has_label(self.only):
            self.only = None
        if from_top:
            self._stays.clear()
            self._folds.clear()
        if listing.is_arranged and self.is_active:  # what was folded when the program ended stays so
            self._folds = {each.label: each.folded for each in listing.sections} | self._folds
        if self.hides_read() and not listing.is_arranged:
            listing = self._without_read(listing)
        listing = listing.with_words(self.sought)
        listing = listing.with_list(self.only) if self.only is not None else listing
        return self._as_folded(arranged(listing, self.arrangement(), today))

    def note_fold(self, label: str, *, is_folded: bool) -> None:
        """Keep a section folded, or unfolded, while the list is narrowed or arranged."""
        if self.is_active:
            self._folds[label] = is_folded

    def _as_folded(self, listing: Listing) -> Listing:
        if not self._folds or not self.is_active:
            return listing
        sections = (each.with_fold(self._folds.get(each.label, each.folded)) for each in listing.sections)
        return replace(listing, sections=tuple(sections))

    def _without_read(self, listing: Listing) -> Listing:
        sections = []
        for section in listing.sections:
            rows = tuple(row for row in section.rows if not row.read or row.headline.url in self._stays)
            self._stays.update(row.headline.url for row in rows)
            if len(rows) == len(section.rows):
                sections.append(section)
            elif rows or section.has_more:
                sections.append(replace(section, rows=rows))
        if listing.sections and not sections:
            return Listing((), gettext("Everything is read, and read headlines are hidden."))
        return replace(listing, sections=tuple(sections))
