"""The sentence of the article that is being read aloud: marked, and in view."""

from typing import TYPE_CHECKING

from newsreader.tui.widgets.article_page import ArticlePage, Viewport
from newsreader.typesetting.lines import Role

if TYPE_CHECKING:
    from newsreader.annotations.article_text import ArticleText
    from newsreader.annotations.ink_lines import InkLines
    from newsreader.annotations.spoken import SpokenSentence

_IN_HEAD = 40  # lines, at most, that title and standfirst are sought in


class SpokenMark:
    """Knows which lines of the article the sentence is on, at whatever width these are set."""

    def __init__(self, page: ArticlePage, view: Viewport) -> None:
        """Take what is shown."""
        self._page = page
        self._view = view
        self._text: ArticleText | None = None
        self._lines: InkLines | None = None
        self._sentence: SpokenSentence | None = None

    def begin(self, text: "ArticleText") -> None:
        """Mark sentences of a text of the article that is shown."""
        self._text, self._lines, self._sentence = text, None, None

    def show(self, sentence: "SpokenSentence") -> int | None:
        """Mark a sentence, and return which line has to be at the top for it to be in view; None if it is."""
        self._sentence = sentence
        self._view.refresh()
        lines = self._placed()
        if lines is None:
            return None
        top_line = self._page.text_top
        if sentence.role is not None:
            marked = [y for y in range(top_line, top_line + _IN_HEAD) if self.span(y) is not None]
            first, last = (marked[0], marked[-1]) if marked else (0, 0)
        else:
            first, last = top_line + lines.line_of(sentence.start), top_line + lines.line_of(sentence.end - 1)
        top, height = self._view.top, self._view.height
        return max(0, first - height // 4) if first < top or last >= top + height - 1 else None

    def drop(self) -> None:
        """Remove the mark."""
        if self._text is not None:
            self._text = self._lines = self._sentence = None
            self._view.refresh()

    def span(self, y: int) -> tuple[int, int] | None:
        """Return from which to which character a line of the view is marked; None if it is not."""
        sentence, number = self._sentence, y - self._page.text_top
        if sentence is None or number < 0:
            return None
        if sentence.role is not None:
            return self._set_as(sentence.role, y) if number < _IN_HEAD else None
        lines = self._placed()
        return lines.spans(number, sentence.start, sentence.end) if lines is not None else None

    def _set_as(self, role: Role, y: int) -> tuple[int, int] | None:
        """Return the words of a line that is set as title or standfirst; None if it is not."""
        content = self._page.line(y)
        if content is None or all(segment.role is not role for segment in content.segments):
            return None
        return len(content.text) - len(content.text.lstrip()), len(content.text.rstrip())

    def _placed(self) -> "InkLines | None":
        """Return where the text is in the lines that the article is set in now."""
        layout, text = self._page.layout, self._text
        if layout is None or text is None:
            return None
        if self._lines is None or self._lines.layout is not layout:
            from newsreader.annotations.ink_lines import InkLines

            self._lines = InkLines(text, layout)
        return self._lines
