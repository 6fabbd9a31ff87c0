"""Articles with their highlights in the words and their notes at the end, as they are exported."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from newsreader.annotations.article_text import ArticleText, leaf_texts, words_of
from newsreader.annotations.mark_style import MarkStyle
from newsreader.annotations.placing import PlacedHighlights, sign_of
from newsreader.i18n import gettext
from newsreader.models import Article, Block, Heading, ListBlock, Paragraph, Preformatted, Quote, Span, Spans
from newsreader.text import clean

_OPENS, _CLOSES = "▌", "▐"


def with_highlights(article: Article, found: PlacedHighlights, marks: MarkStyle) -> Article:
    """Return the article with its highlights marked and the notes below it; words in code are not marked."""
    if marks is MarkStyle.LIST or not found.placed:
        return article
    marking = _Marking(found, marks)
    blocks = [marking.block(block) for block in article.blocks]
    return replace(article, blocks=(*blocks, *_notes(found)))


def _notes(found: PlacedHighlights) -> Iterator[Block]:
    for number, each in enumerate(found.noted, 1):
        if number == 1:
            yield Heading((Span(gettext("Notes")),), 2)
        yield Paragraph((Span(f"{sign_of(number)} {each.highlight.note}"),))


class _Marking:
    """MarkStyle the words of the blocks of one article, in order."""

    def __init__(self, found: PlacedHighlights, marks: MarkStyle) -> None:
        self._found = found
        self._marks = marks
        self._text: ArticleText = found.text
        self._leaf = 0  # the next one of the text
        self._signs = {id(each): sign_of(number) for number, each in enumerate(found.noted, 1)}

    def block(self, block: Block) -> Block:
        """Return a block with what is highlighted in it marked."""
        match block:
            case Paragraph(spans) | Heading(spans):
                return replace(block, spans=self._spans(spans)) if words_of(spans) else block
            case Quote(blocks):
                return replace(block, blocks=tuple(map(self.block, blocks)))
            case ListBlock(items):
                return replace(block, items=tuple(tuple(map(self.block, item)) for item in items))
            case Preformatted():
                self._leaf += len(list(leaf_texts(block)))
        return block

    def _spans(self, spans: Spans) -> Spans:
        start, end = self._text.leaves[self._leaf]
        self._leaf += 1
        near = [each for each in self._found.placed if each.start < end and each.end > start]
        if not near:
            return spans
        cleaned = [replace(span, text=clean(span.text)) for span in spans]
        ink = [position for position in range(start, end) if not self._text.text[position].isspace()]
        cuts = self._cuts(ink, start, end)
        return tuple(self._pieces(cleaned, ink, cuts))

    def _cuts(self, ink: Sequence[int], start: int, end: int) -> dict[int, str]:
        """Return what is written before the characters of a leaf, spaces aside, by their numbers: signs and notes."""
        before: dict[int, str] = {}
        for each in self._found.placed:
            first, last = bisect_left(ink, each.start), bisect_left(ink, each.end)
            if first >= last:
                continue
            if self._marks is MarkStyle.SIGNS:
                before[first] = before.get(first, "") + _OPENS
            ends_here = start < each.end <= end
            closing = (_CLOSES if self._marks is MarkStyle.SIGNS else "") + (
                self._signs.get(id(each), "") if ends_here else ""
            )
            before[-last] = before.get(-last, "") + closing
        return before

    def _pieces(self, spans: Sequence[Span], ink: Sequence[int], cuts: dict[int, str]) -> Iterator[Span]:
        """Yield the spans split where highlights begin and end; negative numbers in `cuts` are after a character."""
        count = 0
        for span in spans:
            piece, mark = "", self._mark_at(ink, count)
            for letter in span.text:
                if letter.isspace() or count >= len(ink):
                    piece += letter
                    continue
                following = self._mark_at(ink, count)
                if following != mark or cuts.get(count):
                    yield from _pieces_of(span, piece, mark, following)
                    piece, mark = "", following
                if words := cuts.get(count):
                    yield Span(words)
                piece += letter
                count += 1
                if words := cuts.get(-count):
                    yield replace(span, text=piece, mark=mark)
                    yield Span(words)
                    piece, mark = "", self._mark_at(ink, count)
            yield from _pieces_of(span, piece, mark, self._mark_at(ink, count))

    def _mark_at(self, ink: Sequence[int], number: int) -> str | None:
        if self._marks is not MarkStyle.LOOKS or number >= len(ink):
            return None
        found = self._found.around(ink[number], ink[number] + 1)
        return found.highlight.colour.value if found is not None else None


def _pieces_of(span: Span, text: str, mark: str | None, following: str | None) -> Iterator[Span]:
    """Yield some words of a span with their mark; the space behind them has it only where the next words do."""
    words = text.rstrip() if mark != following else text
    if words:
        yield replace(span, text=words, mark=mark)
    if len(words) < len(text):
        yield replace(span, text=text[len(words) :])
