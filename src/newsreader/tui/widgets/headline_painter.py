"""What a line of the list looks like: its words, the row under the cursor, and the line at the pane's edge."""

from collections.abc import Sequence

from rich.cells import cell_len
from rich.segment import Segment
from textual.geometry import Size
from textual.strip import Strip

from newsreader.tui.rendering.themes import Ground, Ink, Palette
from newsreader.tui.widgets.headline_list import wrapped
from newsreader.tui.widgets.headline_selection import HeadlineSelection
from newsreader.tui.widgets.list_position import SeenLine
from newsreader.tui.widgets.row_typesetter import RowLine, RowTypesetter

_TALL_ENOUGH_FOR_SPACE = 16  # lines


def lines_above(height: int, note: str) -> int:
    """Return how many lines of a pane are above the first row: space, and the line about the list."""
    return (1 if height >= _TALL_ENOUGH_FOR_SPACE else 0) + bool(note)


class HeadlinePainter:
    """Paints lines in the colours of a theme."""

    def __init__(self, palette: Palette, rows: RowTypesetter, selection: HeadlineSelection) -> None:
        self.palette = palette
        self._rows = rows
        self._selection = selection

    def line_of_pane(
        self, y: int, size: Size, seen: Sequence[SeenLine], note: str, *, has_focus: bool, has_hairline: bool
    ) -> Strip:
        """Return a line of the whole pane by its number."""
        width = size.width - has_hairline
        strip = self.line(y - lines_above(size.height, note), seen, note, width, has_focus=has_focus)
        if not has_hairline:
            return strip
        return self.with_hairline(strip, y, size.height, seen, len(self._rows.listing))

    def line(self, y: int, seen: Sequence[SeenLine], note: str, width: int, *, has_focus: bool) -> Strip:
        """Return a line by its number from the first row's; above that is the line about the list."""
        if y < 0:
            return self.words(note, width) if note and y == -1 else self.blank(width)
        if not len(self._rows.listing):
            empty = self._rows.listing.empty
            lines = wrapped(empty, width - 4, 6) if empty else []
            return self.words(lines[y] if y < len(lines) else "", width)
        if y >= len(seen):
            return self.blank(width)
        number, line_in_row, is_chosen = seen[y]
        row_line = self._rows.lines(number, is_chosen)[line_in_row]
        if self._selection.covers(number):
            row_line = row_line._replace(is_chosen=True)
        return self.strip(row_line, width, has_focus=has_focus)

    def words(self, text: str, width: int) -> Strip:
        """Return a line of words that belong to no row."""
        return self.strip(RowLine(((f"  {text}" if text else "", Ink.MUTED, False),)), width)

    def blank(self, width: int) -> Strip:
        """Return an empty line."""
        return self.strip(RowLine(()), width)

    def strip(self, row_line: RowLine, width: int, *, has_focus: bool = False) -> Strip:
        """Return a line of a row; the chosen one is marked more strongly where the pane has the keys."""
        ground = Ground.CHOSEN if row_line.is_chosen and not row_line.is_apart else Ground.PAGE
        segments: list[Segment] = []
        used = 0
        if row_line.is_chosen and not row_line.is_apart:
            bar, ink = ("▌", Ink.ACCENT) if has_focus else ("▏", Ink.ACCENT)
            segments.append(Segment(bar, self.palette.style(ink, ground)))
            used = 1
        elif row_line.pieces:
            segments.append(Segment(" ", self.palette.style(Ink.TEXT, ground)))
            used = 1
        for text, ink, bold in row_line.pieces:
            segments.append(Segment(text, self.palette.style(ink, ground, bold)))
            used += cell_len(text)
        return Strip(segments, used).adjust_cell_length(width, self.palette.style(Ink.TEXT, ground))

    def with_hairline(self, strip: Strip, y: int, height: int, seen: Sequence[SeenLine], rows: int) -> Strip:
        """Return a line with that at the pane's edge, in a view of some height of a list with so many rows."""
        edge = Segment("│", self.palette.style(_hairline_ink(y, height, seen, rows)))
        return Strip([*strip, edge], strip.cell_length + 1)


def _hairline_ink(y: int, height: int, seen: Sequence[SeenLine], rows: int) -> Ink:
    """Return the ink of the line at the pane's edge: a little stronger beside what is in view of a long list."""
    if not seen or seen[-1][0] - seen[0][0] + 1 >= rows:
        return Ink.RULE
    first, last = seen[0][0] / rows, (seen[-1][0] + 1) / rows
    start = min(int(first * height), height - 1)
    return Ink.FAINT if start <= y <= max(start, int(last * height) - 1) else Ink.RULE
