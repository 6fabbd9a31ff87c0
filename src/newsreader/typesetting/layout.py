"""A whole article at a width, wrapped only as far as it has been looked at."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from itertools import groupby

from newsreader.models import Article, Block, Figure, Heading, ListBlock, Paragraph, Quote, Table, block_texts, plain
from newsreader.text import line as one_line
from newsreader.typesetting.blocks import LEAST_WIDTH, block_lines, figure_lines
from newsreader.typesetting.head import typeset_head
from newsreader.typesetting.justifying import justified
from newsreader.typesetting.lines import BLANK, PLACING, PictureRow, Segment, TypesetLine
from newsreader.typesetting.tables import TableShape, table_shape

_SAMPLED_BLOCKS = 40
_HEAD = -1


@dataclass(frozen=True, slots=True)
class TextPosition:
    """A position in an article that holds at every width, and that a re-extraction finds again.

    Attributes:
        block: The block's number; -1 for what is above the first.
        words: What the block begins with.
        offset: How many characters of the block, spaces aside, are before the position.
    """

    block: int
    words: str = ""
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Link:
    """A link as it is in the lines; one that continues in the next line is one link."""

    href: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Room:
    """What a figure gets: lines for the picture, the caption below it, and empty lines that keep the rest in place.

    Attributes:
        remark: A remark beside the caption if the picture cannot be shown.
    """

    rows: int = 0
    spare: int = 0
    remark: str = ""


CAPTION = Room()
Rooms = Callable[[Figure], Room | None]  # None where not even the caption is wanted
Below = Callable[[int], Iterable[TypesetLine]]  # what is below a block, by its number


def nothing_below(block: int) -> tuple[TypesetLine, ...]:
    """Set nothing below any block."""
    del block
    return ()


def captions_only(figure: Figure) -> Room:
    """Give no figure room for its picture."""
    del figure
    return CAPTION


class Layout:
    """An article's lines at a width: head, blocks, one empty line between them.

    Opening one costs the same for every length: lines are made when they are asked for. With `wide_tables` the lines
    of a table that finds no room are wider than the rest.
    """

    def __init__(
        self,
        article: Article,
        width: int,
        *,
        hyphenate: str | None = None,
        zone: tzinfo | None = None,
        justify: bool = False,
        wide_tables: bool = False,
        rooms: Rooms = captions_only,
        below: Below = nothing_below,
    ) -> None:
        self.article = article
        self.width = max(LEAST_WIDTH, width)
        self._hyphenate = hyphenate
        self._justify = justify
        self._wide_tables = wide_tables
        self._rooms = rooms
        self._below = below
        self._lines: list[TypesetLine] = []
        self._starts: list[int] = []  # the first line of each block that has been reached
        self._shapes: dict[int, TableShape | None] = {}  # of tables, by their blocks
        self._pending: Iterator[TypesetLine] | None = self._all_lines(zone)
        self._lines_a_block = self._sampled()

    def _all_lines(self, zone: tzinfo | None) -> Iterator[TypesetLine]:
        yield from typeset_head(self.article, self.width, zone=zone, hyphenate=self._hyphenate)
        for number, block in enumerate(self.article.blocks):
            if isinstance(block, Figure) and self._rooms(block) is None:
                self._starts.append(len(self._lines))
                continue
            yield BLANK
            self._starts.append(len(self._lines))
            yield from self._block_lines(number)

    def _block_lines(self, number: int) -> Iterator[TypesetLine]:
        yield from self._own_lines(self.article.blocks[number])
        yield from self._below(number)

    def _own_lines(self, block: Block) -> Iterator[TypesetLine]:
        room = self._rooms(block) if isinstance(block, Figure) else None
        if room is None or not isinstance(block, Figure):
            lines = block_lines(block, self.width, self._hyphenate, wide_tables=self._wide_tables)
            is_justified = self._justify and isinstance(block, Paragraph | Quote | ListBlock)
            yield from (justified(each, self.width) for each in lines) if is_justified else lines
            return
        for row in range(room.rows):
            yield TypesetLine((), True, "", PictureRow(block.url, row))
        yield from figure_lines(block, self.width, is_shown=room.rows > 0, remark=room.remark)
        yield from (TypesetLine((), True) for _ in range(room.spare))

    def _sampled(self) -> float:
        """Return about how many lines a block takes, its empty line included, judged by some of them."""
        blocks = self.article.blocks
        step = max(1, len(blocks) // _SAMPLED_BLOCKS)
        sample = blocks[::step]
        return sum(1 + self._estimated_lines(block) for block in sample) / len(sample) if sample else 0

    def _estimated_lines(self, block: Block) -> int:
        if isinstance(block, Figure):
            room = self._rooms(block)
            return 0 if room is None else room.rows + room.spare + 1
        if isinstance(block, Table) and self._wide_tables:
            return len(block.rows) + 1  # beside one another, as most are
        return sum(1 + len(text) // max(1, self.width * 15 // 16) for text in block_texts(block)) or 1

    # --- lines ---

    def line(self, number: int) -> TypesetLine | None:
        """Return a line, counted from 0; None beyond the end."""
        self._reach(number)
        return self._lines[number] if 0 <= number < len(self._lines) else None

    def lines(self, first: int, count: int) -> tuple[TypesetLine, ...]:
        """Return the lines of a screen; fewer at the end."""
        self._reach(first + count - 1)
        return tuple(self._lines[max(0, first) : max(0, first + count)])

    def _reach(self, number: int) -> None:
        while self._pending is not None and number >= len(self._lines):
            next_line = next(self._pending, None)
            if next_line is None:
                self._pending = None
            else:
                self._lines.append(next_line)

    def advance(self, count: int) -> bool:
        """Make `count` more lines, between two events; return whether there are more to make."""
        self._reach(len(self._lines) + count - 1)
        return self._pending is not None

    # --- tables ---

    def table_at(self, number: int) -> tuple[TableShape, int] | None:
        """Return how the table is set that a line belongs to, and its first line; None where none is in columns."""
        block = self.block_of(number)
        if block < 0 or number < self._starts[block]:
            return None
        shape = self._shape_of(block)
        return (shape, self._starts[block]) if shape is not None else None

    def _shape_of(self, block: int) -> TableShape | None:
        table = self.article.blocks[block]
        if not isinstance(table, Table):
            return None
        if block not in self._shapes:
            self._shapes[block] = table_shape(table, self.width, may_be_wider=self._wide_tables)
        return self._shapes[block]

    def wide_tables(self) -> list[int]:
        """Return the numbers of the blocks that are tables wider than the text."""
        shapes = ((block, self._shape_of(block)) for block in range(len(self.article.blocks)))
        return [block for block, shape in shapes if shape is not None and shape.width > self.width]

    # --- figures ---

    def figures(self, first: int, count: int) -> list[tuple[int, Figure]]:
        """Return the article's own figures that have a line among these, with the numbers of their blocks."""
        self._reach(first + count - 1)
        blocks = self.article.blocks
        begin = max(0, bisect_right(self._starts, first) - 1)
        end = bisect_left(self._starts, first + count)
        return [(i, figure) for i in range(begin, end) if isinstance(figure := blocks[i], Figure)]

    def renew(self, block: int) -> int:
        """Set a block again, because its room has changed; return how many lines it takes more than before."""
        if block >= len(self._starts):
            return 0  # it has not been set yet
        self.line_of_block(block + 1)
        start = self._starts[block]
        end = self._starts[block + 1] - 1 if block + 1 < len(self._starts) else len(self._lines)
        lines = list(self._block_lines(block))
        self._lines[start:end] = lines
        more = len(lines) - (end - start)
        self._starts[block + 1 :] = [each + more for each in self._starts[block + 1 :]]
        return more

    @property
    def made(self) -> int:
        """How many lines have been made so far."""
        return len(self._lines)

    @property
    def is_complete(self) -> bool:
        """Whether every line has been made, and the height is exact."""
        return self._pending is None

    @property
    def height(self) -> int:
        """How many lines the article takes; an estimate until it is complete, nearer with each line made."""
        if self._pending is None:
            return len(self._lines)
        waiting = len(self.article.blocks) - len(self._starts)
        height = len(self._lines) + waiting * self._lines_a_block
        if self._starts:
            block = self.article.blocks[len(self._starts) - 1]
            done = len(self._lines) - self._starts[-1]
            height += max(0, self._estimated_lines(block) - done)
        return max(len(self._lines) + 1, round(height))

    def complete(self) -> int:
        """Make every line and return the height."""
        while self.advance(1000):
            pass
        return len(self._lines)

    def percent(self, last_line: int) -> int:
        """Return how much of the article is above the end of the line, in per cent."""
        return max(0, min(100, round(100 * (last_line + 1) / max(1, self.height))))

    # --- positions ---

    def block_of(self, number: int) -> int:
        """Return the block that a line belongs to, the empty line above it included; -1 for the head."""
        self._reach(number + 1)
        return (
            bisect_right(self._starts, number + (self._lines[number] is BLANK if number < len(self._lines) else 0)) - 1
        )

    def line_of_block(self, block: int) -> int:
        """Return the block's first line; the height where there is no such block."""
        if block < 0:
            return 0
        while self._pending is not None and len(self._starts) <= block:
            self._reach(len(self._lines))
        return self._starts[block] if block < len(self._starts) else len(self._lines)

    def position_of(self, number: int) -> TextPosition:
        """Return the position of a line."""
        self._reach(number + 1)
        number = max(0, min(number, len(self._lines) - 1))
        block = self.block_of(number)
        if block == _HEAD:
            return TextPosition(_HEAD, "", number)
        before = self._lines[self._starts[block] : number]
        offset = sum(_characters(each) for each in before)
        return TextPosition(block, opening_of(self.article.blocks[block]), offset)

    def line_of(self, position: TextPosition) -> int:
        """Return the line of a position, which another width or another extraction may have given."""
        if position.block == _HEAD and not position.words:
            return max(0, min(position.offset, self.line_of_block(0) - 1)) if self.article.blocks else 0
        block = block_with(self.article.blocks, position)
        number = self.line_of_block(block)
        characters = 0
        while (content := self.line(number)) is not None:
            characters += _characters(content)
            self._reach(number + 1)
            is_last = block + 1 < len(self._starts) and number + 1 >= self._starts[block + 1] - 1
            if characters > position.offset or is_last:
                return number
            number += 1
        return max(0, len(self._lines) - 1)

    # --- headings and links ---

    @property
    def headings(self) -> tuple[tuple[int, Heading], ...]:
        """The article's own headings, with the numbers of their blocks; `line_of_block` gives their lines."""
        return tuple((i, block) for i, block in enumerate(self.article.blocks) if isinstance(block, Heading))

    def next_heading(self, number: int) -> int | None:
        """Return the line of the first heading below a line; None if there is none."""
        block = self.block_of(number)
        return next(
            (self.line_of_block(i) for i, _ in self.headings if i > block or self.line_of_block(i) > number), None
        )

    def previous_heading(self, number: int) -> int | None:
        """Return the line of the last heading above a line; None if there is none."""
        lines = [self.line_of_block(i) for i, _ in self.headings if i <= self.block_of(number)]
        return next((found for found in reversed(lines) if found < number), None)

    def links(self, first: int = 0, count: int | None = None) -> tuple[Link, ...]:
        """Return the links that begin in these lines; in all of them, which makes them all, if `count` is None."""
        if count is None:
            count = self.complete()
        found: list[Link] = []
        before = BLANK
        for number in range(max(0, first), first + count):
            content = self.line(number)
            if content is None:
                break
            for i, (href, text) in enumerate(_linked(content)):
                if i == 0 and found and found[-1].href == href and _goes_on(before, content, href):
                    found[-1] = Link(href, found[-1].text + before.joint + text, found[-1].line)
                else:
                    found.append(Link(href, text, number))
            before = content
        return tuple(found)


def _worded(content: TypesetLine) -> list[Segment]:
    return [segment for segment in content.segments if segment.role not in PLACING]


def _linked(content: TypesetLine) -> Iterator[tuple[str, str]]:
    """Yield the address and the words of each link of a line; neighbours with one address are one."""
    for href, segments in groupby(_worded(content), key=lambda segment: segment.href):
        if href:
            yield href, "".join(segment.text for segment in segments)


def _goes_on(before: TypesetLine, content: TypesetLine, href: str) -> bool:
    """Whether a link runs over the break between two lines."""
    words_before, words = _worded(before), _worded(content)
    has_words = bool(words_before and words)  # a line may be all space that is not to be broken
    return before.soft and has_words and words_before[-1].href == href == words[0].href


def _characters(content: TypesetLine) -> int:
    return sum(len(part) for part in content.words.split())


def block_with(blocks: Sequence[Block], position: TextPosition) -> int:
    """Return the number of the nearest block that begins with a position's words; else the one with its number."""
    nearest = max(0, min(position.block, len(blocks) - 1))
    if not position.words:
        return nearest
    for distance in range(len(blocks)):
        for block in {nearest - distance, nearest + distance}:
            if 0 <= block < len(blocks) and opening_of(blocks[block]) == position.words:
                return block
    return nearest


def opening_of(block: Block) -> str:
    """Return what a block begins with, for finding it again."""
    if isinstance(block, Figure):
        return one_line(plain(block.caption) or block.alt or block.url, 60)
    return one_line(next((text for text in block_texts(block) if text.strip()), "")[:200], 60)
