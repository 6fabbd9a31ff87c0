"""Tables fitted to a width: columns as wide as their words want; where they find no room, cells one below another."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from rich.cells import cell_len

from newsreader.models import Cell, Span, Table
from newsreader.text import line
from newsreader.typesetting.inline import Inline, inline
from newsreader.typesetting.lines import BLANK, Role, Segment, TypesetLine

_GAP = 2
_MEASURED_ROWS = 300
_NARROWEST = 4
_WIDEST_WORD = 16
_NUMBER = re.compile(r"[-+−–]?[$€£¥₴₽]?\s?\d[\d\s.,:/  ]*\s?(?:%|[^\W\d_]{1,4}\.?|[$€£¥₴₽°])?")


def table_lines(table: Table, width: int) -> Iterator[TypesetLine]:
    """Yield the table's caption, head and rows as lines of at most `width` cells."""
    if table.caption and (caption := line(table.caption)):
        yield from inline((Span(caption),), Role.CAPTION).lines(width)
    rows = table.rows
    if not rows:
        return
    has_head = len(rows) > 1 and bool(rows[0]) and all(cell.header for cell in rows[0])
    widths = _column_widths(rows, width)
    if widths is None:
        yield from _stacked(rows, width, has_head)
    else:
        yield from _in_columns(rows, widths, has_head)


def _words(cell: Cell) -> Inline:
    return inline(cell.spans, Role.TABLE_HEAD if cell.header else Role.TABLE)


def _column_widths(rows: Sequence[Sequence[Cell]], width: int) -> list[int] | None:
    """Return the cells that each column gets; None where the columns find no room."""
    columns = max(len(row) for row in rows)
    room = width - _GAP * (columns - 1)
    if columns == 0 or (room < columns * _NARROWEST and columns > 1):
        return None
    wanted = [1] * columns
    least = [1] * columns
    for row in islice(rows, _MEASURED_ROWS):
        for i, cell in enumerate(row):
            text = _words(cell).text
            wanted[i] = max(wanted[i], *(cell_len(part) for part in text.split("\n")))
            words = [text] if _NUMBER.fullmatch(text) else text.split()
            least[i] = max(least[i], *(min(cell_len(word), _WIDEST_WORD) for word in words), 1)
    return _shared(wanted, least, room)


def _shared(wanted: list[int], least: list[int], room: int) -> list[int] | None:
    if sum(wanted) <= room:
        return wanted
    if sum(least) > room:
        return None
    widths = least[:]
    spare = room - sum(widths)
    while spare > 0:  # at most one step a cell: the column that lacks most of what it wants is next
        lacking = max(range(len(widths)), key=lambda i: (wanted[i] - widths[i]) / wanted[i])
        widths[lacking] += 1
        spare -= 1
    return widths


def _in_columns(rows: Sequence[Sequence[Cell]], widths: list[int], has_head: bool) -> Iterator[TypesetLine]:
    numeric = [_is_numeric(rows[has_head:], i) for i in range(len(widths))]
    for number, row in enumerate(rows):
        yield from _row_lines(row, widths, numeric)
        if number == 0 and has_head:
            yield TypesetLine((Segment("─" * (sum(widths) + _GAP * (len(widths) - 1)), Role.RULE),))


def _is_numeric(rows: Sequence[Sequence[Cell]], column: int) -> bool:
    texts = [_words(row[column]).text for row in islice(rows, _MEASURED_ROWS) if column < len(row)]
    filled = [text for text in texts if text]
    return bool(filled) and sum(_NUMBER.fullmatch(text) is not None for text in filled) * 2 > len(filled)


def _row_lines(row: Sequence[Cell], widths: list[int], numeric: list[bool]) -> Iterator[TypesetLine]:
    cells = [tuple(_words(cell).lines(widths[i])) for i, cell in enumerate(row)]
    for level in range(max((len(lines) for lines in cells), default=0)):
        segments: list[Segment] = []
        gap = 0
        for lines, width, is_number in zip(cells, widths, numeric, strict=False):
            shown = lines[level] if level < len(lines) else BLANK
            room = width - shown.width
            before, after = (room, 0) if is_number else (0, room)
            if gap + before:
                segments.append(Segment(" " * (gap + before), Role.INDENT))
            segments += shown.segments
            gap = _GAP + after
        while segments and segments[-1].role is Role.INDENT:
            segments.pop()
        yield TypesetLine(tuple(segments))


def _stacked(rows: Sequence[Sequence[Cell]], width: int, has_head: bool) -> Iterator[TypesetLine]:
    head = [_words(cell).text.replace("\n", " ") for cell in rows[0]] if has_head else []
    is_first = True
    for row in rows[has_head:]:
        if not is_first:
            yield BLANK
        is_first = False
        for i, cell in enumerate(row):
            if not _words(cell).text:
                continue
            label = f"{head[i]}: " if i < len(head) and head[i] else ""
            spans = (Span(label, strong=True), *cell.spans) if label else cell.spans
            yield from inline(spans, Role.TABLE_HEAD if cell.header else Role.TABLE).lines(width)
