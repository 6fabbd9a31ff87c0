"""Tables fitted to a width: columns as wide as their words want; where they find no room, cells one below another."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, islice
from typing import NamedTuple

from rich.cells import cell_len

from newsreader.models import Cell, Span, Table
from newsreader.text import line
from newsreader.typesetting.inline import Inline, inline
from newsreader.typesetting.lines import BLANK, Role, Segment, TypesetLine

Rows = Sequence[Sequence[Cell]]

_GAP = 2
_MEASURED_ROWS = 300
_NARROWEST = 4
_MOST_WIDE_COLUMNS = 40
_WIDEST_WORD = 16
_LEAST_HANGING = 8
_MOST_ABOVE_HEAD = 60  # lines
_NOTHING = frozenset({"", "-", "–", "—", "…", "?", "n/a"})
_NUMBER = re.compile(
    r"[-+−–]?[$€£¥₴₽]?\s?\d[\d\s.,:/  ]*\s?(?:%|[^\W\d_]{1,4}\.?|[$€£¥₴₽°])?"
    r"|(?:\d{1,6}(?:[.,]\d{1,3})?[\s  ]?[^\W\d_]{1,7}\.?(?:,?[\s  ]|(?=\d|\Z))){2,4}"  # a duration: 4 h 22 min
)


class TableShape(NamedTuple):
    """How a table is set whose cells are beside one another.

    Attributes:
        starts: The cells in which its columns begin.
        width: How wide its rows are.
        head: Its first line that is of the row of heads, counted from the table's first line.
        head_lines: How many lines the heads take with the rule below them; 0 without heads.
    """

    starts: tuple[int, ...]
    width: int
    head: int
    head_lines: int


def table_lines(table: Table, width: int, *, may_be_wider: bool = False) -> Iterator[TypesetLine]:
    """Yield the table's caption, head and rows as lines of at most `width` cells.

    If the columns don't fit, their cells are one below another; or the rows are wider, if they may be.
    """
    yield from _caption_lines(table, width)
    rows = _filled_rows(table)
    if not rows:
        return
    head = _head_of(rows)
    widths = _fitting_widths(rows, width, may_be_wider=may_be_wider)
    if widths is None:
        yield from _stacked(rows, width, head)
    else:
        yield from _in_columns(rows, widths, head, width)


def table_shape(table: Table, width: int, *, may_be_wider: bool = False) -> TableShape | None:
    """Return how `table_lines` sets a table; None where its cells are one below another."""
    rows = _filled_rows(table)
    widths = _fitting_widths(rows, width, may_be_wider=may_be_wider) if rows else None
    if widths is None:
        return None
    starts = tuple(accumulate((each + _GAP for each in widths[:-1]), initial=0))
    total, head = starts[-1] + widths[-1], _head_of(rows)
    if head is None:
        return TableShape(starts, total, 0, 0)
    above = sum(1 for _ in _caption_lines(table, width))
    above += sum(1 for _ in islice(_in_columns(rows[:head], widths, None, width), _MOST_ABOVE_HEAD)) if head else 0
    lines = sum(1 for _ in _in_columns(rows[head : head + 1], widths, 0, width))
    return TableShape(starts, total, above, lines)


def _caption_lines(table: Table, width: int) -> Iterator[TypesetLine]:
    if table.caption and (caption := line(table.caption)):
        yield from inline((Span(caption),), Role.CAPTION).lines(width)


def _filled_rows(table: Table) -> Rows:
    return [row for row in table.rows if row]


def _head_of(rows: Rows) -> int | None:
    """Return which of the first rows has the heads of the columns."""
    return next((i for i, row in enumerate(rows[:3]) if len(row) > 1 and all(cell.header for cell in row)), None)


def _fitting_widths(rows: Rows, width: int, *, may_be_wider: bool) -> list[int] | None:
    columns = max(len(row) for row in rows)
    widths = _column_widths(rows, columns, width)
    if widths is None and may_be_wider and columns <= _MOST_WIDE_COLUMNS:
        widths = _column_widths(rows, columns, columns * (_WIDEST_WORD + _GAP))
    return widths


def _words(cell: Cell) -> Inline:
    return inline(cell.spans, Role.TABLE_HEAD if cell.header else Role.TABLE)


def _column_widths(rows: Rows, columns: int, width: int) -> list[int] | None:
    """Return the cells that each column gets; None if the columns find no room."""
    room = width - _GAP * (columns - 1)
    if columns > 1 and room < columns * _NARROWEST:
        return None
    least = [1] * columns
    body = [1] * columns
    whole = [1] * columns
    for row in islice(rows, _MEASURED_ROWS):
        if len(row) == 1 < columns:  # it spans the columns
            continue
        for i, cell in enumerate(row):
            text = _words(cell).text
            words = [text] if _NUMBER.fullmatch(text) else text.split()
            longest = max((min(cell_len(word), _WIDEST_WORD) for word in words), default=1)
            wanted = max(cell_len(part) for part in text.split("\n"))
            least[i] = max(least[i], longest)
            body[i] = max(body[i], longest if cell.header else wanted)
            whole[i] = max(whole[i], wanted)
    if sum(least) > room:
        return None
    return _grown(_grown(least, body, room), whole, room)  # heads break before the words below them do


def _grown(widths: list[int], wanted: list[int], room: int) -> list[int]:
    """Return the widths nearer to what is wanted: the column that lacks most of it gets the next cell."""
    if sum(wanted) <= room:
        return wanted
    widths = widths[:]
    for _ in range(room - sum(widths)):
        lacking = max(range(len(widths)), key=lambda i: (wanted[i] - widths[i]) / wanted[i])
        widths[lacking] += 1
    return widths


def _in_columns(rows: Rows, widths: list[int], head: int | None, width: int) -> Iterator[TypesetLine]:
    body = rows if head is None else rows[head + 1 :]
    are_numbers = [_are_numbers(body, i) for i in range(len(widths))]
    total = sum(widths) + _GAP * (len(widths) - 1)
    for number, row in enumerate(rows):
        if len(row) == 1 < len(widths):
            yield from _words(row[0]).lines(width)
        else:
            for row_line in _row_lines(row, widths, are_numbers, is_head=number == head):
                yield _filled_up(row_line, total) if total > width else row_line  # one is moved like another
        if number == head:
            yield TypesetLine((Segment("─" * total, Role.RULE),))


def _are_numbers(rows: Rows, column: int) -> bool:
    """Whether the column's cells are numbers, most of those that say something."""
    texts = [_words(row[column]).text for row in islice(rows, _MEASURED_ROWS) if column < len(row) > 1]
    filled = [text for text in texts if text not in _NOTHING]
    return bool(filled) and sum(_NUMBER.fullmatch(text) is not None for text in filled) * 2 > len(filled)


def _row_lines(
    row: Sequence[Cell], widths: list[int], are_numbers: list[bool], *, is_head: bool
) -> Iterator[TypesetLine]:
    cells = [_cell_lines(cell, widths[i], hangs=not are_numbers[i]) for i, cell in enumerate(row)]
    height = max(map(len, cells))
    for level in range(height):
        segments: list[Segment] = []
        gap = 0
        for lines, width, is_number in zip(cells, widths, are_numbers, strict=False):
            index = level - (height - len(lines) if is_head else 0)  # a head is on its rule
            shown = lines[index] if 0 <= index < len(lines) else BLANK
            room = width - shown.width
            before, after = (room, 0) if is_number else (0, room)
            if gap + before:
                segments.append(Segment(" " * (gap + before), Role.INDENT))
            segments += shown.segments
            gap = _GAP + after
        while segments and segments[-1].role is Role.INDENT:
            segments.pop()
        yield TypesetLine(tuple(segments))


def _filled_up(row_line: TypesetLine, width: int) -> TypesetLine:
    room = width - row_line.width
    return row_line._replace(segments=(*row_line.segments, Segment(" " * room, Role.INDENT))) if room > 0 else row_line


def _cell_lines(cell: Cell, width: int, *, hangs: bool) -> list[TypesetLine]:
    """Return a cell's lines; what continues is indented, so that it is not taken for the next row."""
    if not hangs or cell.header or width < _LEAST_HANGING:
        return list(_words(cell).lines(width))
    lines = list(_words(cell).lines(width, rest_width=width - 1))
    indent = Segment(" ", Role.INDENT)
    return lines[:1] + [each._replace(segments=(indent, *each.segments)) for each in lines[1:]]


def _stacked(rows: Rows, width: int, head: int | None) -> Iterator[TypesetLine]:
    """Yield each cell behind the words of its column's head, an empty line between rows."""
    labels = [] if head is None else [_words(cell).text.replace("\n", " ") for cell in rows[head]]
    is_first = True
    for number, row in enumerate(rows):
        if number == head:
            continue
        if not is_first:
            yield BLANK
        is_first = False
        for i, cell in enumerate(row):
            if _words(cell).text:
                label = (Span(f"{labels[i]}: ", strong=True),) if i < len(labels) and labels[i] and len(row) > 1 else ()
                yield from _cell_lines(replace(cell, spans=(*label, *cell.spans)), width, hangs=True)
