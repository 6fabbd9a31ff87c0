"""The mouse selection in the article: its look and its words; and what is under the pointer."""

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.selection import Selection
from textual.strip import Strip

from newsreader.tui.widgets.article_page import ArticlePage
from newsreader.tui.widgets.sideways_scroll import SidewaysScroll
from newsreader.typesetting.lines import Segment as SetSegment
from newsreader.typesetting.lines import TypesetLine, copied_text


class ArticleSelection:
    """Finds the words of the article between two cells of the view."""

    def __init__(self, page: ArticlePage, sideways: SidewaysScroll) -> None:
        self._page = page
        self._sideways = sideways

    def text(self, selection: Selection, last: int) -> str | None:
        """Return the selected words as the article has them: without the breaks that only the width made.

        Args:
            selection: From where to where.
            last: The last line there is.
        """
        if self._page.layout is None:
            return None
        first = selection.start.y if selection.start is not None else 0
        last = selection.end.y if selection.end is not None else last
        lines = []
        for y in range(max(0, first), last + 1):
            set_line = self._page.line(y) or TypesetLine()
            start, end = selection.get_span(y) or (0, 0)
            cells = self._sideways.cell_at(start, y), self._sideways.cell_at(end, y) if end >= 0 else None
            lines.append(_part_of(set_line, *cells))
        return copied_text(lines)

    def address_at(self, x: int, y: int) -> str | None:
        """Return where the link in a cell leads; None if no link is."""
        set_line = self._page.line(y)
        cell, column = self._sideways.cell_at(x, y), 0
        for segment in set_line.segments if set_line else ():
            column += cell_len(segment.text)
            if cell < column:
                return segment.href if cell >= column - cell_len(segment.text) else None
        return None


def lit(strip: Strip, span: tuple[int, int], look: Style) -> Strip:
    """Return a line with the cells of a span in another look; an end below 0 is that of the line."""
    start, end = span
    end = strip.cell_length if end < 0 else end
    before, within, after = strip.crop(0, start), strip.crop(start, end), strip.crop(end)
    return Strip.join([before, Strip([Segment(s.text, (s.style or Style()) + look) for s in within]), after])


def _part_of(line: TypesetLine, start: int, end: int | None) -> TypesetLine:
    """Return what is between two columns of a line."""
    segments = []
    column = 0
    for segment in line.segments:
        width = cell_len(segment.text)
        first = max(0, start - column)
        last = width if end is None else min(width, end - column)
        if first < last:
            strip = Strip([Segment(segment.text)]).crop(first, last)
            segments.append(SetSegment(strip.text, segment.role, segment.strong, segment.emphasis, segment.href))
        column += width
    is_whole_end = end is None or end >= column
    return TypesetLine(tuple(segments), line.soft and is_whole_end, line.joint)
