"""How a line of the article's view looks: words, code on its own ground, pictures, matches of a find."""

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip

from newsreader.tui.rendering.highlight_colours import MARKS, highlight_style, mark_style, selection_style
from newsreader.tui.rendering.themes import Ink
from newsreader.tui.widgets.article_drawing import OF_CODE, ArticleDrawing
from newsreader.tui.widgets.article_find import ArticleFind
from newsreader.tui.widgets.article_links import LinkCursor
from newsreader.tui.widgets.article_page import ArticlePage
from newsreader.tui.widgets.article_pictures import ArticlePictures
from newsreader.tui.widgets.highlight_layer import HighlightLayer
from newsreader.tui.widgets.sideways_scroll import SidewaysScroll
from newsreader.typesetting.lines import TypesetLine


class ArticlePainter:
    """Paints lines of the article, or of the notice that is in its place."""

    def __init__(
        self,
        page: ArticlePage,
        drawing: ArticleDrawing,
        pictures: ArticlePictures,
        links: LinkCursor,
        finding: ArticleFind,
        sideways: SidewaysScroll,
        highlights: HighlightLayer,
    ) -> None:
        self._page = page
        self._drawing = drawing
        self._pictures = pictures
        self._links = links
        self._finding = finding
        self._sideways = sideways
        self._highlights = highlights

    def strip(self, y: int, width: int, margin: int, column: int) -> tuple[Strip, TypesetLine | None]:
        """Return a line in a view of a width, and which line of the article it is."""
        plain = self._drawing.style(Ink.TEXT)
        set_line = None
        if self._page.notice is not None:
            pieces = self._page.notice_line(y).pieces
            segments = [Segment(text, self._drawing.style(ink, bold=bold)) for text, ink, bold in pieces]
        else:
            set_line = self._page.line(y)
            segments = self._segments(set_line, y, column)
        strip = Strip([Segment(" " * margin, plain), *segments])
        is_wide = strip.cell_length > margin + column
        if is_wide:
            strip = self._sideways.part_in_view(self._with_found(strip, y, set_line), y)
        strip = strip.adjust_cell_length(width, plain)
        is_marked = not self._highlights.is_empty and set_line is not None
        if is_marked:
            strip = self._with_highlights(strip, y)
        if not is_wide:
            strip = self._with_found(strip, y, set_line)
        if is_marked:
            strip = self._with_signs(strip, y, width)
        return strip, set_line

    def _segments(self, set_line: TypesetLine | None, y: int, column: int) -> list[Segment]:
        if set_line is not None and set_line.picture is not None:
            return self._pictures.segments(set_line.picture, self._drawing.palette)
        drawn, is_code = self._drawing.segments(set_line, y, self._links)
        is_between = not drawn and self._is_code(y, -1) and self._is_code(y, 1)
        return self._drawing.on_panel(drawn, column) if is_code or is_between else drawn

    def _is_code(self, y: int, by: int) -> bool:
        """Whether the next line with words in a direction, a few lines away at most, is one of code."""
        for number in range(y + by, y + 4 * by, by):
            set_line = self._page.line(number)
            if set_line is not None and set_line.segments:
                return any(segment.role in OF_CODE for segment in set_line.segments)
        return False

    def _with_highlights(self, strip: Strip, y: int) -> Strip:
        """Return a line with what is highlighted and selected on it, and the marks of that in the margin."""
        set_line = self._page.line(y)
        if set_line is None:
            return strip
        palette, left, text = self._drawing.palette, self._page.margin, set_line.text
        found = list(self._highlights.highlighted(y))
        for span, colour in found:
            strip = self._drawing.marked(strip, text, left, [(*span, highlight_style(palette, colour))])
        if (selected := self._highlights.selected(y)) is not None:
            strip = self._drawing.marked(strip, text, left, [(*selected, selection_style(palette))])
        shown = list(dict.fromkeys(colour for _, colour in found))[: max(1, left - 1)]
        if not shown:
            return strip
        marks = Strip([Segment(MARKS[colour], mark_style(palette, colour)) for colour in shown])
        x = max(0, left - 1 - len(shown))
        return Strip.join([strip.crop(0, x), marks, strip.crop(x + len(shown))])

    def _with_signs(self, strip: Strip, y: int, width: int) -> Strip:
        """Return a line with note marks after the highlighted words, and notes in the margin."""
        set_line = self._page.line(y)
        signs = self._highlights.signs(y) if set_line is not None else []
        look = self._drawing.style(Ink.ACCENT, bold=True)
        for place, sign in reversed(signs):
            assert set_line is not None
            x = self._page.margin + cell_len(set_line.text[:place])
            strip = Strip.join([strip.crop(0, x), Strip([Segment(sign, look)]), strip.crop(x)])
        if words := self._highlights.beside(y):
            x = self._highlights.margin_start
            beside = Segment(words, self._drawing.style(Ink.MUTED, italic=True))
            strip = Strip.join([strip.adjust_cell_length(x, self._drawing.style(Ink.TEXT)), Strip([beside])])
        return strip.adjust_cell_length(width, self._drawing.style(Ink.TEXT))

    def _with_found(self, strip: Strip, y: int, set_line: TypesetLine | None) -> Strip:
        """Return a line, seen from its beginning, with the spoken words and what is sought marked on it."""
        if set_line is None:
            return strip
        left = self._page.margin
        if (spoken := self._highlights.spoken.span(y)) is not None:
            strip = self._drawing.with_matches(strip, set_line.text, left, [(*spoken, False)])
        if self._finding.is_active and (spans := self._finding.spans(y - self._page.text_top)):
            strip = self._drawing.with_matches(strip, set_line.text, left, spans)
        return strip
