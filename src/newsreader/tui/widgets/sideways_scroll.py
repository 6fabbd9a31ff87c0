"""Tables that are wider or longer than the view: which columns are seen, and their heads, which stay in view."""

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip

from newsreader.tui.rendering.themes import Ink
from newsreader.tui.widgets.article_drawing import ArticleDrawing
from newsreader.tui.widgets.article_page import ArticlePage, Viewport

if TYPE_CHECKING:
    from newsreader.typesetting.tables import TableShape

_MOST_OF_HEIGHT = 3  # heads take no more than a third of the view, the first column no more than a half of the width
_LEAST_ROWS = 2


class SidewaysScroll:
    """Moves tables that are too wide to the left, by columns; the first column stays where it is."""

    def __init__(self, page: ArticlePage, view: Viewport, drawing: ArticleDrawing) -> None:
        self._page = page
        self._view = view
        self._drawing = drawing
        self._steps = 0  # how many stops the tables are moved by

    @property
    def is_needed(self) -> bool:
        """Whether a table in view is wider than the text."""
        return bool(self._shapes_in_view())

    def drop(self) -> None:
        """Show tables from their beginnings: another article is shown."""
        self._steps = 0

    def shift(self, y: int) -> int:
        """Return how far what is behind the first column is moved to the left on a line of the view."""
        shape = self._wide_at(y)
        return self._stops(shape)[self._step_of(shape)] if shape is not None else 0

    def pinned(self, y: int) -> int:
        """Return how many cells at the beginning of a line stay where they are."""
        shape = self._wide_at(y)
        return self._first_column(shape) if shape is not None else 0

    def cell_at(self, x: int, y: int) -> int:
        """Return which cell of a line is in a column of the view."""
        cell = x - self._page.margin
        return cell if cell < self.pinned(y) else cell + self.shift(y)

    def scroll(self, by: int) -> bool:
        """Show the next column of the tables in view, or the one before; False where none is wider, or they end."""
        shapes = self._shapes_in_view()
        most = max((len(self._stops(shape)) - 1 for shape in shapes), default=0)
        steps = min(max(0, min(self._steps, most) + by), most)
        if not shapes or steps == self._steps:
            return False
        self._steps = steps
        self._view.refresh()
        return True

    @property
    def is_elsewhere(self) -> int:
        """Where there is a table that is wider than the text but not in view: 1 below, -1 above; 0 if there is none."""
        layout = self._page.layout
        blocks = layout.wide_tables() if layout is not None else []
        if layout is None or not blocks or self.is_needed:
            return 0
        first = layout.block_of(max(0, self._view.top - self._page.text_top))
        return 1 if blocks[-1] > first else -1

    def show(self, y: int, first: int, last: int) -> None:
        """Move a table no further than is needed for some characters of a line to be seen."""
        shape, set_line = self._wide_at(y), self._page.line(y)
        if shape is None or set_line is None:
            return
        begin, end = cell_len(set_line.text[:first]), cell_len(set_line.text[:last])
        stops, pinned = self._stops(shape), self._first_column(shape)
        room = self._page.column - pinned
        step = self._step_of(shape)
        if begin < pinned or (stops[step] + pinned <= begin and end <= stops[step] + pinned + room):
            return
        fitting = [n for n, stop in enumerate(stops) if stop + pinned <= begin]
        whole = [n for n in fitting if end <= stops[n] + pinned + room]
        self._steps = (whole or fitting[-1:])[0]

    def part_in_view(self, strip: Strip, y: int) -> Strip:
        """Return the part of a line that is seen, with marks in the margins where there is more of it."""
        shape = self._wide_at(y)
        margin, column = self._page.margin, self._page.column
        if shape is None:
            return strip
        shift, first = self.shift(y), self._first_column(shape)
        look = self._drawing.style(Ink.ACCENT)
        left = Segment(" " * (margin - 1) + ("‹" if shift else " "), look)
        right = Segment("›" if shift + column < shape.width else " ", look)
        if not shift:
            return Strip([left, *strip.crop(margin, margin + column), right])
        seen = strip.crop(margin + first + shift, margin + column + shift)
        return Strip([left, *strip.crop(margin, margin + first), *seen, right])

    def _shapes_in_view(self) -> "set[TableShape]":
        top = self._view.top
        return {shape for y in range(top, top + self._view.height) if (shape := self._wide_at(y)) is not None}

    def _wide_at(self, y: int) -> "TableShape | None":
        """Return the table whose row a line is, where it is wider than the text; None for any other line."""
        found = self._page.table_at(y)
        set_line = self._page.line(y) if found is not None else None
        is_row = set_line is not None and set_line.width > self._page.column
        return found[0] if found is not None and is_row else None

    def _step_of(self, shape: "TableShape") -> int:
        return min(self._steps, len(self._stops(shape)) - 1)

    def _first_column(self, shape: "TableShape") -> int:
        """Return how many cells the first column takes; 0 where it would leave too little room for others."""
        first = shape.starts[1] if len(shape.starts) > 1 else 0
        return first if first <= self._page.column // 2 else 0

    def _stops(self, shape: "TableShape") -> list[int]:
        """Return how far a table can be moved: so that each of its columns begins behind the first, or at its end."""
        first, most = self._first_column(shape), shape.width - self._page.column
        room = max(1, self._page.column - first)
        stops = [0]
        for start in (each - first for each in shape.starts):
            while start - stops[-1] > room:  # a column that is wider than the view
                stops.append(stops[-1] + room)
            if start > stops[-1]:
                stops.append(start)
        while most - stops[-1] > room:
            stops.append(stops[-1] + room)
        return [*(each for each in stops if each < most), most]


class PinnedHead:
    """Keeps the heads of a table's columns at the top of the view while its rows are read."""

    def __init__(self, page: ArticlePage, view: Viewport) -> None:
        self._page = page
        self._view = view

    def lines_at(self, top: int) -> range:
        """Return which lines are to be seen at the top of the view in place of those that begin with a line."""
        found = self._page.table_at(top)
        if found is None:
            return range(0)
        shape, start = found
        count, head = shape.head_lines, start + shape.head
        is_needed = count > 0 and top > head and count * _MOST_OF_HEIGHT <= self._view.height
        following = self._page.table_at(top + count + _LEAST_ROWS - 1) if is_needed else None
        return range(head, head + count) if following is not None and following[1] == start else range(0)

    def count_at(self, top: int) -> int:
        """Return how many lines are covered by heads when a line is at the top of the view."""
        return len(self.lines_at(top))

    def line_at(self, row: int) -> int:
        """Return which line is in a row of the view."""
        top = self._view.top
        heads = self.lines_at(top) if row < self._view.height // _MOST_OF_HEIGHT else range(0)
        return heads[row] if row < len(heads) else top + row
