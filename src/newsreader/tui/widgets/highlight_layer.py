"""The reader's highlights on the lines of an article, their notes, and the text being selected."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from newsreader.library_values import HighlightColour
from newsreader.models import Article
from newsreader.tui.widgets.article_page import ArticlePage, Viewport
from newsreader.tui.widgets.spoken_mark import SpokenMark
from newsreader.typesetting.lines import Role, TypesetLine
from newsreader.typesetting.lines import Segment as SetSegment

if TYPE_CHECKING:
    from newsreader.annotations.article_text import ArticleText
    from newsreader.annotations.ink_lines import InkLines
    from newsreader.annotations.placing import PlacedHighlight, PlacedHighlights
    from newsreader.annotations.selection import TextSelection
    from newsreader.typesetting.layout import Below

_WIDE = 120  # columns of the view from which notes are in the margin
_LEAST_MARGIN, _WIDEST_MARGIN = 18, 40
_MARGIN_GAP = 3
_MOST_MARGIN_LINES = 12  # of one note
Span = tuple[int, int]


class HighlightLayer:
    """Knows what is highlighted and selected on each line of the article that is shown; lines are those of the view.

    Attributes:
        found: The article's highlights; None where it has none.
        selection: What is being selected; None at other times.
        spoken: The sentence that is being read aloud.
    """

    def __init__(
        self, page: ArticlePage, view: Viewport, width: Callable[[], int], set_again: Callable[[], None]
    ) -> None:
        """Take what is shown, how wide the view is, and how the article is set in lines again."""
        self._page = page
        self._view = view
        self._width = width
        self._set_again = set_again
        self.found: PlacedHighlights | None = None
        self.selection: TextSelection | None = None
        self.spoken = SpokenMark(page, view)
        self._article: Article | None = None
        self._ink: InkLines | None = None
        self._margin: tuple[object, dict[int, str]] = (None, {})
        self._was_in_margin = False

    # --- what is shown ------------------------------------------------------------------------------

    def show(self, article: Article, found: "PlacedHighlights | None") -> None:
        """Show the highlights of an article, in place of those before; what is read stays where it is."""
        shown = self._page.shown
        if shown is None or shown.article is not article:
            return
        had_notes = bool(self.found is not None and self.found.noted)
        self.found, self._article = found, article
        self._margin = (None, {})
        if had_notes or (found is not None and found.noted):
            self._set_again()
        self._view.refresh()

    def drop(self) -> None:
        """Show none any more: another article is shown."""
        self.found = self.selection = self._article = self._ink = None
        self._margin = (None, {})
        self.spoken.drop()

    def select(self, selection: "TextSelection | None") -> None:
        """Show what is being selected; None to end it."""
        self.selection = selection
        self._view.refresh()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to be drawn."""
        return self.found is None and self.selection is None

    @property
    def text(self) -> "ArticleText | None":
        """The text of the article, where something of it is highlighted or selected."""
        if self.selection is not None:
            return self.selection.text
        return self.found.text if self.found is not None else None

    @property
    def lines(self) -> "InkLines | None":
        """Which words are on which line of the layout; None where nothing needs that."""
        layout, text = self._page.layout, self.text
        if layout is None or text is None:
            return None
        if self._ink is None or self._ink.layout is not layout or self._ink.text is not text:
            from newsreader.annotations.ink_lines import InkLines

            self._ink = InkLines(text, layout)
        return self._ink

    # --- lines --------------------------------------------------------------------------------------

    def highlighted(self, y: int) -> Iterator[tuple[Span, HighlightColour]]:
        """Yield what is highlighted on a line: from which to which character, and in which colour."""
        lines = self.lines
        if lines is None or self.found is None:
            return
        for each in self._near(y):
            span = lines.spans(y - self._page.text_top, each.start, each.end)
            if span is not None:
                yield span, each.highlight.colour

    def selected(self, y: int) -> Span | None:
        """Return what is being selected on a line."""
        lines, selection = self.lines, self.selection
        if lines is None or selection is None or y < self._page.text_top:
            return None
        return lines.spans(y - self._page.text_top, selection.start, selection.end)

    def signs(self, y: int) -> list[tuple[int, str]]:
        """Return behind which characters of a line the signs of notes are."""
        lines = self.lines
        if lines is None or self.found is None:
            return []
        from newsreader.annotations.placing import sign_of

        noted = self.found.noted
        near = {id(each) for each in self._near(y)}
        signs = []
        for number, each in enumerate(noted, 1):
            if id(each) in near and (span := lines.spans(y - self._page.text_top, each.end - 1, each.end)):
                signs.append((span[1], sign_of(number)))
        return sorted(signs)

    def _near(self, y: int) -> "list[PlacedHighlight]":
        """Return the highlights that may have words on a line."""
        number = y - self._page.text_top
        layout, found = self._page.layout, self.found
        if layout is None or found is None or number < 0:
            return []
        block = layout.block_of(number)
        if block < 0 or block >= len(found.text.blocks):
            return []
        start, end = found.text.blocks[block]
        return [each for each in found.placed if each.start < end and each.end > start]

    # --- notes --------------------------------------------------------------------------------------

    @property
    def is_in_margin(self) -> bool:
        """Whether there is room for notes beside the text."""
        return self._width() >= _WIDE and self._margin_width >= _LEAST_MARGIN

    @property
    def has_moved(self) -> bool:
        """Whether notes are to be elsewhere than where they are set, as the view has another width."""
        return bool(self.found is not None and self.found.noted) and self.is_in_margin != self._was_in_margin

    @property
    def margin_start(self) -> int:
        """The column at which the notes beside the text begin."""
        return self._page.margin + self._page.column + _MARGIN_GAP

    @property
    def _margin_width(self) -> int:
        return min(_WIDEST_MARGIN, self._width() - self.margin_start - 2)

    def below(self, article: Article, column: int) -> "Below":
        """Return what is set below each block: the notes on it, where they are not beside it."""
        from newsreader.typesetting.layout import nothing_below

        self._was_in_margin = self.is_in_margin
        if self.found is None or article is not self._article or self._was_in_margin:
            return nothing_below
        notes: dict[int, list[TypesetLine]] = {}
        for number, each in enumerate(self.found.noted, 1):
            block = self.found.text.block_at(each.end - 1)
            notes.setdefault(block, []).extend(note_lines(number, each.highlight.note, column))
        return lambda block: notes.get(block, ())

    def beside(self, y: int) -> str:
        """Return the words of a note beside a line; empty if there are none."""
        layout = self._page.layout
        if layout is None or self.found is None or not self.found.noted or not self.is_in_margin:
            return ""
        number = y - self._page.text_top
        layout.line(number)  # so that it is known which notes are above
        key = (layout, layout.made, self._margin_width)
        if self._margin[0] != key:
            self._margin = (key, self._set_beside())
        return self._margin[1].get(number, "")

    def _set_beside(self) -> dict[int, str]:
        """Return the lines of the notes beside the text, as far as that has been set: none over another one."""
        layout, lines = self._page.layout, self.lines
        assert layout is not None
        assert lines is not None
        assert self.found is not None
        set_lines: dict[int, str] = {}
        free = 0
        for number, each in enumerate(self.found.noted, 1):
            if layout.block_of(layout.made - 1) < self.found.text.block_at(each.end - 1):
                break
            rows = [row.text for row in note_lines(number, each.highlight.note, self._margin_width)]
            if len(rows) > _MOST_MARGIN_LINES:
                rows = [*rows[: _MOST_MARGIN_LINES - 1], "…"]
            start = max(free, lines.line_of(each.end - 1))
            set_lines.update(enumerate(rows, start))
            free = start + len(rows)
        return set_lines

    # --- places -------------------------------------------------------------------------------------

    def first_in_view(self) -> int:
        """Return the position of the first words in view that begin there; of the next ones where there are none."""
        lines, top = self.lines, self._page.text_top
        if lines is None:
            return 0
        for y in range(self._view.top, self._view.top + self._view.height):
            found = lines.range_of(y - top) if y >= top else None
            if found is not None:
                return found[0]
        layout = self._page.layout
        block = layout.block_of(max(0, self._view.top - top)) if layout is not None else 0
        starts = [start for start, _ in lines.text.blocks]
        return starts[min(len(starts) - 1, max(0, block))] if starts else 0

    def line_of(self, position: int) -> int:
        """Return the line of the view with a position of the text."""
        lines = self.lines
        return lines.line_of(position) + self._page.text_top if lines is not None else 0

    def position_at(self, y: int, column: int) -> int | None:
        """Return the position of a character of a line."""
        lines = self.lines
        return lines.position_at(y - self._page.text_top, column) if lines is not None else None


def note_lines(number: int, note: str, width: int) -> list[TypesetLine]:
    """Return a note in lines of a width, behind its sign."""
    from newsreader.annotations.placing import sign_of
    from newsreader.models import Span as Words
    from newsreader.typesetting.inline import inline

    first = sign_of(number) + " "
    indent = " " * len(first)
    lines: list[TypesetLine] = []
    for part in note.split("\n"):
        words = inline((Words(part),), Role.NOTE)
        for each in words.lines(max(8, width - len(first))) if words.text else ():
            before = SetSegment(indent if lines else first, Role.NOTE)
            lines.append(TypesetLine((before, *each.segments), each.soft, each.joint))
    return lines
