"""Which words of an article's text are on which of its lines, at any width."""

from bisect import bisect_left, bisect_right

from newsreader.annotations.article_text import ArticleText
from newsreader.models import Figure
from newsreader.typesetting.layout import Layout
from newsreader.typesetting.lines import PLACING, Role, TypesetLine

_NOT_OF_TEXT = PLACING | {Role.MARKER, Role.QUOTE_SOURCE, Role.NOTE}
_NOT_TEXT_LINES = frozenset({Role.CAPTION, Role.TABLE, Role.TABLE_HEAD, Role.RULE})


class InkLines:
    """Finds lines of positions and positions of lines; lines are numbered from the layout's first one."""

    def __init__(self, text: ArticleText, layout: Layout) -> None:
        self.text = text
        self.layout = layout
        self._counts: dict[int, list[int]] = {}  # of each block: how many characters are before each of its lines

    def spans(self, number: int, start: int, end: int) -> tuple[int, int] | None:
        """Return the start and end in a line of the words between two positions; None if there are none."""
        block = self.layout.block_of(number)
        content = self.layout.line(number)
        if block < 0 or content is None or not content.segments:
            return None
        first, last = self.text.ink_between(block, start, end)
        before = self._before(block, number)
        columns = ink_columns(content)
        first, last = max(0, first - before), min(len(columns), last - before)
        return (columns[first], columns[last - 1] + 1) if first < last else None

    def range_of(self, number: int) -> tuple[int, int] | None:
        """Return the positions of a line's first character and after its last one; None if it has no words."""
        block = self.layout.block_of(number)
        content = self.layout.line(number)
        count = len(ink_columns(content)) if block >= 0 and content is not None else 0
        if not count:
            return None
        before = self._before(block, number)
        first = self.text.position_of(block, before)
        last = self.text.position_of(block, before + count - 1)
        return (first, last + 1) if first is not None and last is not None else None

    def line_of(self, position: int) -> int:
        """Return the line with the character at a position."""
        block, ink = self.text.ink_at(position)
        ink = max(0, min(ink, len(self.text.ink_of(block)) - 1))
        start = self.layout.line_of_block(block)
        end = self.layout.line_of_block(block + 1)  # makes all the lines of the block
        if block + 1 < len(self.layout.article.blocks):
            end -= 1
        self._before(block, max(start, end - 1))
        counts = self._counts_of(block)
        return start + max(0, min(bisect_right(counts, ink) - 1, end - start - 1))

    def position_at(self, number: int, column: int) -> int | None:
        """Return the position of the character in a column of a line, or of the next one on it; None without words."""
        block = self.layout.block_of(number)
        content = self.layout.line(number)
        if block < 0 or content is None:
            return None
        columns = ink_columns(content)
        if not columns:
            return None
        ink = min(bisect_left(columns, column), len(columns) - 1)
        return self.text.position_of(block, self._before(block, number) + ink)

    def _counts_of(self, block: int) -> list[int]:
        if isinstance(self.layout.article.blocks[block], Figure):
            return [0]  # its lines change when its picture comes, and none of them has words of the text
        return self._counts.setdefault(block, [0])

    def _before(self, block: int, number: int) -> int:
        """Return how many characters of a block, spaces aside, are above a line of it."""
        counts = self._counts_of(block)
        start = self.layout.line_of_block(block)
        while len(counts) <= number - start:
            content = self.layout.line(start + len(counts) - 1)
            counts.append(counts[-1] + (_count(content) if content is not None else 0))
        return counts[max(0, number - start)]


def _count(content: TypesetLine) -> int:
    if any(segment.role in _NOT_TEXT_LINES for segment in content.segments):
        return 0
    words = "".join(segment.text for segment in content.segments if segment.role not in _NOT_OF_TEXT)
    return sum(map(len, words.split()))


def ink_columns(content: TypesetLine) -> list[int]:
    """Return which visible characters of a line belong to the text, spaces aside."""
    if any(segment.role in _NOT_TEXT_LINES for segment in content.segments):
        return []
    columns: list[int] = []
    start = 0
    for segment in content.segments:
        if segment.role not in _NOT_OF_TEXT:
            columns += [start + n for n, letter in enumerate(segment.text) if not letter.isspace()]
        start += len(segment.text)
    return columns
