"""Highlights in the current text of an article: where each of them is, and which are lost."""

from collections.abc import Iterable
from dataclasses import dataclass

from newsreader.annotations.anchors import AnchorFinder, Found, FoundAnchor
from newsreader.annotations.article_text import ArticleText
from newsreader.annotations.selection import TextSelection
from newsreader.library_values import Highlight
from newsreader.models import Article

_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True)
class PlacedHighlight:
    """A highlight and where it is in an article's text as it is now."""

    highlight: Highlight
    start: int
    end: int
    how: Found = Found.SAME


@dataclass(frozen=True, slots=True)
class PlacedHighlights:
    """The highlights of one article.

    Attributes:
        text: The article's text, in which their positions are.
        placed: Those that were found, in the order of the text.
        lost: Those whose words are no longer in the article; they are still kept.
    """

    text: ArticleText
    placed: tuple[PlacedHighlight, ...] = ()
    lost: tuple[Highlight, ...] = ()

    @property
    def noted(self) -> list[PlacedHighlight]:
        """Those with a note, in the order in which the notes are numbered: as their words end."""
        return sorted((each for each in self.placed if each.highlight.note), key=lambda each: (each.end, each.start))

    def around(self, start: int, end: int) -> PlacedHighlight | None:
        """Return the shortest highlight that holds everything between two positions; None if none does."""
        found = [each for each in self.placed if each.start <= start and end <= each.end]
        return min(found, key=lambda each: each.end - each.start, default=None)

    def selected_by(self, selection: TextSelection) -> PlacedHighlight | None:
        """Return the highlight in which all of a selection is; while that is extended, only one of the same words."""
        found = self.around(selection.start, selection.end)
        is_same = found is not None and (found.start, found.end) == (selection.start, selection.end)
        return found if is_same or not selection.is_extending else None

    def next_from(self, position: int, by: int) -> PlacedHighlight | None:
        """Return the first highlight that begins after a position, or the last before it, wrapping around."""
        if by > 0:
            return next((each for each in self.placed if each.start > position), next(iter(self.placed), None))
        before = [each for each in self.placed if each.start < position]
        return before[-1] if before else self.placed[-1] if self.placed else None


def sign_of(number: int) -> str:
    """Return the mark of a note by its number."""
    return str(number).translate(_SUPERSCRIPTS)


def place(article: Article, kept: Iterable[Highlight], text: ArticleText | None = None) -> PlacedHighlights:
    """Return where highlights are in an article, and which of them are lost."""
    text = text or ArticleText(article)
    finder = AnchorFinder(text.text)
    found: list[tuple[Highlight, FoundAnchor | None]] = [(each, finder.find(each.anchor)) for each in kept]
    placed = [PlacedHighlight(each, at.start, at.end, at.how) for each, at in found if at is not None]
    placed.sort(key=lambda each: (each.start, each.end))
    return PlacedHighlights(text, tuple(placed), tuple(each for each, at in found if at is None))
