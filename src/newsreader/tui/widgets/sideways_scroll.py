"""Lines that are wider than the text, such as those of tables: the part of them that is seen."""

from rich.segment import Segment
from textual.strip import Strip

from newsreader.tui.rendering.themes import Ink
from newsreader.tui.widgets.article_drawing import ArticleDrawing
from newsreader.tui.widgets.article_page import ArticlePage, Viewport
from newsreader.typesetting.lines import TypesetLine


class SidewaysScroll:
    """Moves lines that are too wide to the left, and no others."""

    def __init__(self, page: ArticlePage, view: Viewport, drawing: ArticleDrawing) -> None:
        self._page = page
        self._view = view
        self._drawing = drawing
        self._cells = 0

    @property
    def is_moved(self) -> bool:
        """Whether lines that are too wide are not seen from their beginnings."""
        return self._cells > 0

    def drop(self) -> None:
        """Show the lines from their beginnings: another article is shown."""
        self._cells = 0

    def shift(self, set_line: TypesetLine | None) -> int:
        """Return how far a line is moved to the left."""
        if not self._cells or set_line is None or set_line.width <= self._page.column:
            return 0
        return min(self._cells, set_line.width - self._page.column)

    def scroll(self, by: int) -> bool:
        """Move lines that are too wide; False where none is in view, or they end there."""
        column, top = self._page.column, self._view.top
        seen = [self._page.line(y) for y in range(top, top + self._view.height)]
        most = max((set_line.width - column for set_line in seen if set_line is not None), default=0)
        moved = min(max(0, self._cells + by * max(1, column // 2)), max(0, most))
        if moved == self._cells:
            return False
        self._cells = moved
        self._view.refresh()
        return True

    def part_in_view(self, strip: Strip, set_line: TypesetLine | None) -> Strip:
        """Return the part of a line that is seen, with marks in the margins where there is more of it."""
        margin, column = self._page.margin, self._page.column
        if set_line is None or set_line.width <= column:
            return strip
        shift = self.shift(set_line)
        look = self._drawing.style(Ink.ACCENT)
        left = Segment(" " * (margin - 1) + ("‹" if shift else " "), look)
        right = Segment("›" if shift + column < set_line.width else " ", look)
        return Strip([left, *strip.crop(margin + shift, margin + shift + column), right])
