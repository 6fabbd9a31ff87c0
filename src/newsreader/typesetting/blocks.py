"""Blocks as lines: hanging markers, quote bars, captions, code as it is."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rich.cells import cell_len

from newsreader.i18n import gettext
from newsreader.models import (
    Block,
    Figure,
    Heading,
    ListBlock,
    Paragraph,
    Preformatted,
    Quote,
    Span,
    Table,
    block_texts,
    plain,
)
from newsreader.text import clean, line
from newsreader.typesetting.code import coloured_lines
from newsreader.typesetting.hyphenation import hyphenator_for
from newsreader.typesetting.inline import Inline, inline, look_of
from newsreader.typesetting.lines import BLANK, Role, Segment, TypesetLine
from newsreader.typesetting.tables import table_lines
from newsreader.typesetting.wrapping import Hyphenator, chopped, is_right_to_left

LEAST_WIDTH = 10
_LEAST_INNER = 6  # cells left for words beside markers and bars
_BULLETS = "•◦▪"
_CONTINUED = "↪ "
_CODE_INDENT = "  "
_LEAST_INDENTED = 20
_PICTURE = "▒ "
_EMBEDDED = "▸ "


@dataclass(slots=True)
class _Prefix:
    """What is beside the lines of a quote or a list item: `first` once, `rest` from then on."""

    role: Role
    first: str
    rest: str
    from_right: bool

    @property
    def width(self) -> int:
        return cell_len(self.rest)

    def segment(self) -> Segment:
        text, self.first = self.first, self.rest
        if self.from_right:
            text = " " * (len(text) - len(text.rstrip())) + text.rstrip()
        return Segment(text, self.role if text.strip() else Role.INDENT)


_Frame = tuple[_Prefix, ...]
_Task = tuple[Block | TypesetLine | str, _Frame, Role]  # a block, an empty line or a quote's source


def typeset_block(block: Block, width: int, *, hyphenate: str | None = None) -> tuple[TypesetLine, ...]:
    """Return the block as lines of at most `width` cells (10 at least), without empty lines around it.

    `hyphenate` is the language whose rules divide words (a BCP 47 code); None divides none.
    """
    return tuple(block_lines(block, width, hyphenate))


def block_lines(
    block: Block, width: int, hyphenate: str | None = None, *, wide_tables: bool = False
) -> Iterator[TypesetLine]:
    """Yield the lines of `typeset_block` as they are asked for; those of a table may be wider with `wide_tables`."""
    width = max(LEAST_WIDTH, width)
    hyphenator = hyphenator_for(hyphenate) if hyphenate else None
    if isinstance(block, Paragraph) and not block.embedded:  # most blocks are such
        words = inline(block.spans, Role.BODY)
        if not words.is_right_to_left:
            yield from words.lines(width, hyphenator)
            return
    stack: list[Iterator[_Task]] = [iter([(block, (), Role.BODY)])]
    while stack:
        task = next(stack[-1], None)
        if task is None:
            stack.pop()
            continue
        content, frame, role = task
        if isinstance(content, Quote):
            stack.append(_quoted(content, frame, width))
        elif isinstance(content, ListBlock):
            stack.append(_listed(content, frame, role, width))
        elif isinstance(content, Table) and wide_tables and not frame:
            yield from table_lines(content, width, may_be_wider=True)
        else:
            inner = width - sum(part.width for part in frame)
            for content_line, from_right in _leaf_lines(content, inner, role, hyphenator):
                yield _framed(content_line, frame, inner, from_right)


def _framed(content: TypesetLine, frame: _Frame, inner: int, from_right: bool) -> TypesetLine:
    if not frame and not from_right:
        return content
    right = [part.segment() for part in reversed(frame) if part.from_right]
    left = [part.segment() for part in frame if not part.from_right]
    room = inner - content.width if from_right or right else 0
    padding = [Segment(" " * room, Role.INDENT)] if room > 0 else []
    words = [*padding, *content.segments] if from_right else [*content.segments, *padding]
    segments = (*left, *words, *right)
    is_empty = all(segment.role is Role.INDENT for segment in segments)
    return TypesetLine(() if is_empty else segments, content.soft, content.joint)


def _fitted(frame: _Frame, width: int) -> _Frame:
    """Return the frame without its outermost parts, as far as they leave no room for words."""
    while frame and width - sum(part.width for part in frame) < _LEAST_INNER:
        frame = frame[1:]
    return frame


def _runs_from_right(blocks: Iterable[Block]) -> bool:
    text = next((text for block in blocks for text in block_texts(block) if text.strip()), "")
    return is_right_to_left(text[:200])


def _quoted(quote: Quote, frame: _Frame, width: int) -> Iterator[_Task]:
    bar = _Prefix(Role.QUOTE_BAR, "┃ ", "┃ ", _runs_from_right(quote.blocks))
    frame = _fitted((*frame, bar), width)
    yield from _spaced(quote.blocks, frame, Role.QUOTE)
    if quote.source:
        yield "— " + line(quote.source), frame, Role.QUOTE_SOURCE


def _listed(block: ListBlock, frame: _Frame, role: Role, width: int) -> Iterator[_Task]:
    depth = sum(part.role is Role.MARKER for part in frame)
    widest = max((len(_number(block, i)) for i in (0, len(block.items) - 1)), default=0)
    is_loose = any(sum(not isinstance(inner, ListBlock) for inner in item) > 1 for item in block.items)
    for i, item in enumerate(block.items):
        if i and is_loose:
            yield BLANK, frame, role
        marker = _number(block, i).rjust(widest) if block.ordered else _BULLETS[min(depth, len(_BULLETS) - 1)]
        if width - cell_len(marker) - 1 < _LEAST_INNER:
            marker = _BULLETS[0]
        part = _Prefix(Role.MARKER, marker + " ", " " * (cell_len(marker) + 1), _runs_from_right(item))
        yield from _spaced(item, _fitted((*frame, part), width), role)


def _number(block: ListBlock, position: int) -> str:
    return f"{(block.start + position) % 10**9}."


def _spaced(blocks: Iterable[Block], frame: _Frame, role: Role) -> Iterator[_Task]:
    """Yield the blocks with empty lines between them, but for a list under the words that lead to it."""
    is_first = True
    for block in blocks:
        if not is_first and not isinstance(block, ListBlock):
            yield BLANK, frame, role
        yield block, frame, role
        is_first = False


def _leaf_lines(
    content: Block | TypesetLine | str, width: int, role: Role, hyphenator: Hyphenator | None
) -> Iterator[tuple[TypesetLine, bool]]:
    """Yield lines, and whether they run from the right."""
    match content:
        case Paragraph(spans, embedded=True):
            mark = look_of(spans[0], Role.MARKER) if spans else Segment("", Role.MARKER)
            yield from _marked(
                mark._replace(text=_EMBEDDED, role=Role.MARKER, strong=False), inline(spans, role), width
            )
        case Paragraph(spans):
            yield from _directed(inline(spans, role), width, hyphenator)
        case Heading(spans):
            words = inline(spans, Role.HEADING)
            from_right = words.is_right_to_left
            yield from ((heading_line, from_right) for heading_line in words.balanced_lines(width))
        case Preformatted(text, language):
            yield from ((code_line, False) for code_line in _code_lines(text, language, width))
        case Figure():
            yield from _figure_lines(content, width)
        case Table():
            yield from ((row_line, False) for row_line in table_lines(content, width))
        case TypesetLine():
            yield content, False
        case str(source):
            yield from _directed(inline((Span(source),), role), width, None)


def _directed(words: Inline, width: int, hyphenator: Hyphenator | None) -> Iterator[tuple[TypesetLine, bool]]:
    from_right = words.is_right_to_left
    for content_line in words.lines(width, hyphenator):
        yield content_line, from_right


def _code_lines(text: str, language: str | None, width: int) -> Iterator[TypesetLine]:
    """Yield the lines as they are; one that is too long continues after a mark."""
    code = "\n".join(line.rstrip() for line in clean(text).strip("\n").split("\n"))
    indent = (Segment(_CODE_INDENT, Role.INDENT),) if width >= _LEAST_INDENTED else ()
    width -= len(_CODE_INDENT) if indent else 0
    for coloured in coloured_lines(code, language):
        pieces = chopped("".join(part.text for part in coloured), width, width - cell_len(_CONTINUED))
        mark: tuple[Segment, ...] = ()
        start = 0
        for i, piece in enumerate(pieces):
            words = tuple(_cut(coloured, start, start + len(piece)))
            start += len(piece)
            yield TypesetLine((*indent, *mark, *words) if words else (), soft=i < len(pieces) - 1)
            mark = (Segment(_CONTINUED, Role.BREAK),)


def _cut(segments: Iterable[Segment], start: int, end: int) -> Iterator[Segment]:
    """Yield what is between two positions of the segments' text."""
    position = 0
    for segment in segments:
        text = segment.text[max(0, start - position) : max(0, end - position)]
        position += len(segment.text)
        if text:
            yield segment._replace(text=text)


def figure_lines(figure: Figure, width: int, *, is_shown: bool = False, remark: str = "") -> Iterator[TypesetLine]:
    """Yield the caption; where the picture is above it, without the mark."""
    for content, from_right in _figure_lines(figure, width, is_shown=is_shown, remark=remark):
        yield _framed(content, (), width, from_right)


def _figure_lines(
    figure: Figure, width: int, *, is_shown: bool = False, remark: str = ""
) -> Iterator[tuple[TypesetLine, bool]]:
    otherwise = figure.alt.strip() or ("" if is_shown else gettext("Picture"))
    spans = figure.caption if plain(figure.caption).strip() else (Span(otherwise),)
    if figure.credit and figure.credit.strip():
        spans = (*spans, Span(" — " + line(figure.credit)))
    if remark:
        spans = (*spans, Span(f" · {remark}"))
    if is_shown:
        yield from _directed(inline(spans, Role.CAPTION), width, None)
        return
    href = look_of(Span("", href=figure.url), Role.MARKER).href
    yield from _marked(Segment(_PICTURE, Role.MARKER, href=href), inline(spans, Role.CAPTION), width)


def _marked(mark: Segment, words: Inline, width: int) -> Iterator[tuple[TypesetLine, bool]]:
    """Yield lines that hang behind a mark."""
    indent = Segment(" " * cell_len(mark.text), Role.INDENT)
    for content_line, from_right in _directed(words, width - cell_len(mark.text), None):
        yield content_line._replace(segments=(mark, *content_line.segments)), from_right
        mark = indent
