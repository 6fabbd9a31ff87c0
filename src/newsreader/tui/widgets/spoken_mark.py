"""The sentence of the article that is being read aloud: marked, and in view."""

from typing import TYPE_CHECKING

from newsreader.tui.widgets.article_page import ArticlePage, Viewport

if TYPE_CHECKING:
    from newsreader.annotations.article_text import ArticleText
    from newsreader.annotations.ink_lines import InkLines


class SpokenMark:
    """Knows which lines of the article the sentence is on, at whatever width these are set."""

    def __init__(self, page: ArticlePage, view: Viewport) -> None:
        """Take what is shown."""
        self._page = page
        self._view = view
        self._text: ArticleText | None = None
        self._lines: InkLines | None = None
        self._range: tuple[int, int] | None = None

    def begin(self, text: "ArticleText") -> None:
        """Mark sentences of a text of the article that is shown."""
        self._text, self._lines, self._range = text, None, None

    def show(self, start: int, end: int) -> int | None:
        """Mark what is between two positions of the text, below 0 the title.

        Return which line has to be at the top for it to be in view; None if it is.
        """
        self._range = (start, end) if start >= 0 else None
        self._view.refresh()
        lines = self._placed()
        if lines is None:
            return None
        first = last = 0
        if self._range is not None:
            first = lines.line_of(start) + self._page.text_top
            last = lines.line_of(end - 1) + self._page.text_top
        top, height = self._view.top, self._view.height
        return max(0, first - height // 4) if first < top or last >= top + height - 1 else None

    def drop(self) -> None:
        """Remove the mark."""
        if self._text is not None:
            self._text = self._lines = self._range = None
            self._view.refresh()

    def span(self, y: int) -> tuple[int, int] | None:
        """Return from which to which character a line of the view is marked; None if it is not."""
        number = y - self._page.text_top
        if self._range is None or number < 0:
            return None
        lines = self._placed()
        return lines.spans(number, *self._range) if lines is not None else None

    def _placed(self) -> "InkLines | None":
        """Return where the text is in the lines that the article is set in now."""
        layout, text = self._page.layout, self._text
        if layout is None or text is None:
            return None
        if self._lines is None or self._lines.layout is not layout:
            from newsreader.annotations.ink_lines import InkLines

            self._lines = InkLines(text, layout)
        return self._lines
