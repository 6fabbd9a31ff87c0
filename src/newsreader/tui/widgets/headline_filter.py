"""The part of a listing that the reader wants to see: headlines with some words, or one of its lists alone."""

from newsreader.tui.widgets.headline_list import Listing


class HeadlineFilter:
    """Narrows listings.

    Attributes:
        whole: The listing, with the headlines that are not shown.
        sought: The words that the titles must have.
        only: The label of the one list that is shown.
    """

    def __init__(self) -> None:
        self.whole = Listing()
        self.sought = ""
        self.only: str | None = None

    @property
    def is_active(self) -> bool:
        """Whether there may be rows that are not shown."""
        return bool(self.sought) or self.only is not None

    def narrow(self, listing: Listing) -> Listing:
        """Take another listing, and return what is shown of it: all, where it lacks the list that was chosen."""
        self.whole = listing
        if self.only is not None and not listing.has_label(self.only):
            self.only = None
        listing = listing.with_words(self.sought)
        return listing.with_list(self.only) if self.only is not None else listing
