"""Where the view of a list is: the row at its top, how many of its lines are above the edge, and the cursor.

It scrolls by rows, not by lines, so that nothing depends on the heights of rows that nobody sees.
"""

from collections.abc import Callable, Sequence

from textual.geometry import Size

from newsreader.tui.widgets.headline_list import Listing
from newsreader.tui.widgets.headline_rows import HeadlineRow, Row, SectionRow
from newsreader.tui.widgets.row_typesetter import RowTypesetter

SeenLine = tuple[int, int, bool]
"""A line in view: the number of its row, which line of the row it is, and whether the cursor is on the row."""


class ListPosition:
    """Keeps the rows in view that the reader looks at.

    Attributes:
        cursor: The number of the row that is chosen.
        top: The number of the first row in view.
        above: How many of its lines are above the edge.
    """

    def __init__(self, rows: RowTypesetter, height: Callable[[], int]) -> None:
        """Take the rows, and how to find how many lines there are for them; none before the pane is on the screen."""
        self.cursor = 0
        self.top = 0
        self.above = 0
        self._rows = rows
        self._room = height
        self._is_taken_up = False  # and not fitted since
        self._fitted = ((0, 0), (0, 0))  # the position that the reader left, and what the last size made of it

    @property
    def scroll_position(self) -> tuple[int, int]:
        """The number of the first row in view, and how many of its lines are above the edge."""
        return self.top, self.above

    @property
    def height(self) -> int:
        """How many lines there are for rows."""
        return max(1, self._room())

    def take_up(self, cursor: int, top: int, above: int) -> None:
        """Start where the view was left."""
        last = max(0, len(self._rows.listing) - 1)
        self.cursor = min(max(cursor, 0), last)
        self.top, self.above = min(max(top, 0), last), max(above, 0)
        self._is_taken_up = True

    def show(self, listing: Listing, cursor_url: str | None, *, from_top: bool) -> None:
        """Take another listing; the cursor and the position stay with the headlines that they were on.

        A cursor that is in view stays in view wherever its row goes, as the label of a list that is moved does.
        """
        earlier, anchors = self._rows.listing, [] if from_top else self.anchors()
        before = earlier[self.cursor] if len(earlier) else None
        was_in_view = any(is_chosen for _, _, is_chosen in self.visible())
        self._rows.listing = listing
        self._rows.forget()
        row: Row | None = listing.find(cursor_url) if cursor_url else None
        if row is None and before is not None and not from_top:
            row = listing.counterpart(before, earlier)
        self.put_cursor(row, from_start=from_top or before is None)
        if from_top:
            self.top = self.above = 0
        is_held = self.hold(anchors, earlier)
        if cursor_url or not is_held or (row is not None and was_in_view):
            self.follow_cursor()

    def put_cursor(self, row: Row | None, *, from_start: bool) -> None:
        """Put the cursor on a row of another listing; without one on its first headline, or where it was."""
        listing = self._rows.listing
        if row is not None:
            self.cursor = listing.number_of(row)
        elif from_start:
            self.cursor = listing.step(-1, 1) or 0
        else:
            self.cursor = min(self.cursor, max(0, len(listing) - 1))

    def scroll(self, lines: int) -> None:
        """Scroll; the cursor stays where it is, in view or not."""
        self.above += lines
        self.settle()

    def number_after(self, parts: float) -> int:
        """Return the number of the row that is a part of the height below the cursor, or above it."""
        wanted = int(abs(parts) * self.height)
        step = 1 if parts > 0 else -1
        number, lines = self.cursor, 0
        while 0 <= number + step < len(self._rows.listing) and lines < wanted:
            number += step
            lines += len(self._rows.lines(number, False))
        return number

    def show_below(self, count: int) -> None:
        """Bring so many rows below the cursor into view, as far as there is room below its own."""
        last = min(self.cursor + count, len(self._rows.listing) - 1)
        earliest = min(self.position_ending_with(last), (self.cursor, 0))
        self.top, self.above = max(self.scroll_position, earliest)

    def _rows_height(self, number: int) -> int:
        return len(self._rows.lines(number, number == self.cursor))

    def settle(self) -> None:
        """Bring the top row and its hidden lines into their bounds."""
        while self.above < 0 and self.top > 0:
            self.top -= 1
            self.above += self._rows_height(self.top)
        self.above = max(0, self.above)
        while self.top < len(self._rows.listing) - 1 and self.above >= self._rows_height(self.top):
            self.above -= self._rows_height(self.top)
            self.top += 1
        last_top, last_above = self._last_position()
        if (self.top, self.above) > (last_top, last_above):
            self.top, self.above = last_top, last_above

    def _last_position(self) -> tuple[int, int]:
        return self.position_ending_with(len(self._rows.listing) - 1)

    def position_ending_with(self, number: int) -> tuple[int, int]:
        """Return the position at which this row is the last one in view."""
        left = self.height
        while number >= 0:
            lines = self._rows_height(number)
            if lines >= left:
                return number, lines - left
            left -= lines
            number -= 1
        return 0, 0

    def follow_cursor(self) -> None:
        """Scroll as little as brings the cursor's row into view."""
        if not len(self._rows.listing) or self._room() <= 0:
            return
        self.top = min(self.top, len(self._rows.listing) - 1)
        if self.cursor <= self.top:
            if self.cursor < self.top or self.above:
                self.top, self.above = self.cursor, 0
            if self.cursor == 1 and isinstance(self._rows.listing[0], SectionRow):
                self.top = 0  # the first headline of all: its label comes into view too
        else:
            earliest = min(self.position_ending_with(self.cursor), (self.cursor, 0))  # of a tall row, its beginning
            if (self.top, self.above) < earliest:
                self.top, self.above = earliest
        self.settle()

    def fit(self) -> None:
        """Bring the cursor's row into view in another size; a small size moves the list only as long as it lasts."""
        left, made_of_it = self._fitted
        if (self.top, self.above) != made_of_it:  # the reader has moved since
            left = self.top, self.above
        self.top, self.above = left
        self.follow_cursor()
        if self._is_taken_up:
            self._is_taken_up = False
            self._begin_with_whole_row()
            left = self.scroll_position
        self._fitted = (left, (self.top, self.above))

    def _begin_with_whole_row(self) -> None:
        """Begin with the first line of a story where that leaves the cursor's row in view."""
        following = (self.top + 1, 0)
        if not self.above:
            return
        if self.top < self.cursor and following <= self._last_position():
            self.top, self.above = following
        elif (self.top, 0) >= self.position_ending_with(self.cursor):
            self.above = 0

    def anchors(self) -> list[tuple[HeadlineRow, int]]:
        """Return the headlines in view, each with the line that it begins at: the cursor's first."""
        begins: dict[int, int] = {}
        for y, (number, line_in_row, _) in enumerate(self.visible()):
            begins.setdefault(number, y - line_in_row)
        numbers = sorted(begins, key=lambda number: (number != self.cursor, number))
        return [
            (row, begins[number]) for number in numbers if isinstance(row := self._rows.listing[number], HeadlineRow)
        ]

    def hold(self, anchors: Sequence[tuple[HeadlineRow, int]], earlier: Listing) -> bool:
        """Scroll so that the first of these rows that is still there begins where it did; False if none is."""
        for anchor, y in anchors:
            row = self._rows.listing.counterpart(anchor, earlier)
            if isinstance(row, HeadlineRow) and not self._rows.listing.sections[row.section].folded:
                self.top, self.above = self._rows.listing.number_of(row), -y
                self.settle()
                return True
        return False

    def visible(self) -> list[SeenLine]:
        """Return what is in view: for every line the row, the line in it, and whether the cursor is on it."""
        seen: list[SeenLine] = []
        number, skipped = self.top, self.above
        height = self.height
        while number < len(self._rows.listing) and len(seen) < height:
            is_chosen = number == self.cursor
            seen += [(number, y, is_chosen) for y in range(skipped, len(self._rows.lines(number, is_chosen)))]
            number, skipped = number + 1, 0
        return seen[:height]


class SeenLines:
    """The lines in view, as they were drawn last, and in which size.

    Attributes:
        lines: Each with its row.
    """

    def __init__(self, position: ListPosition) -> None:
        self.lines: list[SeenLine] = []
        self._size = Size(0, 0)
        self._position = position

    def are_those_at(self, size: Size) -> bool:
        """Return whether they are known, and were drawn in this size."""
        return bool(self.lines) and self._size == size

    def clear(self) -> None:
        """Forget them: the rows have changed."""
        self.lines = []

    def renew(self, size: Size) -> list[int] | None:
        """Find out which lines are in view now; return those that have changed, None for all."""
        old, self.lines, self._size = self.lines, self._position.visible(), size
        new = self.lines
        count = range(max(len(old), len(new)))
        return [y for y in count if y >= len(old) or y >= len(new) or old[y] != new[y]] if old else None
