"""What was marked lately: a list that was read before, and comes to the screen after, is marked so too."""

from collections import deque
from collections.abc import Callable

from newsreader.tui.widgets.headline_list import Listing

Marking = Callable[[Listing], Listing]

_KEPT = 1000  # far more than there are while a list is read


class MarkLog:
    """The last changes of marks on the screen, in their order."""

    def __init__(self) -> None:
        self._markings: deque[Marking] = deque(maxlen=_KEPT)
        self._noted = 0  # how many there were, with those that are not kept any more
        self._stored = 0  # how many of them the stores know

    def note(self, marking: Marking, *, are_made: bool) -> None:
        """Add a change.

        Args:
            marking: What it does to a list.
            are_made: The stores know all the changes before it.
        """
        if are_made:
            self._stored = self._noted
        self._markings.append(marking)
        self._noted += 1

    def begin(self, *, are_made: bool) -> int:
        """Return the number from which on changes may be unknown to what is read from the stores now."""
        if are_made:
            self._stored = self._noted
        return self._stored

    def marked(self, listing: Listing, since: int) -> Listing:
        """Return a list that was read from the stores, with the changes since a number that `begin` returned."""
        missing = min(self._noted - since, len(self._markings))
        for marking in list(self._markings)[len(self._markings) - missing :]:
            listing = marking(listing)
        return listing
