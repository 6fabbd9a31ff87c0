"""The words of an article as one text in which highlights have their positions.

The text holds the words of paragraphs, headings, quotes, lists and code as they are set in lines: a newline between
the lines of a block, an empty line between blocks. Captions, tables and what a quote is attributed to have no part in
it, nor do the title and the standfirst.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from newsreader.models import Article, Block, Heading, ListBlock, Paragraph, Preformatted, Quote, Spans
from newsreader.text import clean
from newsreader.typesetting.inline import inline
from newsreader.typesetting.lines import Role

_BETWEEN_BLOCKS = "\n\n"
_BETWEEN_LEAVES = "\n"


class ArticleText:
    """The text of an article, and the part that belongs to each block.

    A position is named in two ways: by its offset in the text, and by a block and how many characters of it, spaces
    aside, come before ("ink"): the second holds at every width in which the block is set.

    Attributes:
        text: All of it.
        leaves: Where each separate run of words is: a paragraph, an item, a block of code.
        blocks: Where each block of the article is.
        language: Of the article; a BCP 47 code, None if unknown.
    """

    def __init__(self, article: Article) -> None:
        self.language = article.language
        pieces: list[str] = []
        self.blocks: list[tuple[int, int]] = []
        self.leaves: list[tuple[int, int]] = []
        position = 0
        for block in article.blocks:
            start = end = position
            for leaf in leaf_texts(block):
                between = _BETWEEN_LEAVES if end > start else _BETWEEN_BLOCKS if position else ""
                start = start if end > start else position + len(between)
                pieces += (between, leaf)
                position += len(between) + len(leaf)
                self.leaves.append((position - len(leaf), position))
                end = position
            self.blocks.append((start, end))
        self.text = "".join(pieces)
        self._ink: dict[int, list[int]] = {}

    def ink_of(self, block: int) -> list[int]:
        """Return the positions of a block's characters other than spaces."""
        found = self._ink.get(block)
        if found is None:
            start, end = self.blocks[block]
            found = [start + n for n, letter in enumerate(self.text[start:end]) if not letter.isspace()]
            self._ink[block] = found
        return found

    def block_at(self, position: int) -> int:
        """Return the block with the character at a position, or the last one with words before it; -1 before all."""
        block = bisect_right(self.blocks, (position, len(self.text) + 1)) - 1
        while block >= 0 and self.blocks[block][0] == self.blocks[block][1]:
            block -= 1
        return block

    def ink_at(self, position: int) -> tuple[int, int]:
        """Return the block of a position, and how many characters of it, spaces aside, come before."""
        block = max(0, self.block_at(position))
        return block, bisect_left(self.ink_of(block), position) if self.blocks else 0

    def position_of(self, block: int, ink: int) -> int | None:
        """Return the position of a character of a block, counted without spaces; None if there is no such one."""
        if not 0 <= block < len(self.blocks):
            return None
        positions = self.ink_of(block)
        return positions[ink] if 0 <= ink < len(positions) else None

    def ink_between(self, block: int, start: int, end: int) -> tuple[int, int]:
        """Return which characters of a block, spaces aside, are between two positions; an empty range for none."""
        positions = self.ink_of(block)
        return bisect_left(positions, start), bisect_left(positions, end)

    def leaf_at(self, position: int) -> int:
        """Return the number of the leaf with a position, or of the last one that begins before it; 0 before all."""
        return max(0, bisect_right(self.leaves, (position, len(self.text) + 1)) - 1)


def leaf_texts(block: Block) -> Iterator[str]:
    """Yield the words of a block that can be highlighted, those of each paragraph or item apart, none empty."""
    match block:
        case Paragraph(spans) | Heading(spans):
            if words := words_of(spans):
                yield words
        case Quote(blocks):
            for inner in blocks:
                yield from leaf_texts(inner)
        case ListBlock(items):
            for item in items:
                for inner in item:
                    yield from leaf_texts(inner)
        case Preformatted(text):
            if code := code_of(text):
                yield code
        case _:
            return


def words_of(spans: Spans) -> str:
    """Return the words of spans as they are set in lines."""
    return inline(spans, Role.BODY).text


def code_of(text: str) -> str:
    """Return the lines of code as they are shown."""
    return "\n".join(each.rstrip() for each in clean(text).strip("\n").split("\n")).rstrip()
