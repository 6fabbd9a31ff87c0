"""What is written to the terminal for a change on the screen: only what differs from what is there.

Textual writes every line of a widget that has scrolled. Here the screen as it was last written is remembered: lines
that only move are moved by the terminal itself, and of other lines only what is new is written. What is on the
terminal afterwards is what Textual meant, whatever the way there.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from rich.console import Console
from textual.geometry import Size
from textual.strip import Strip

from newsreader.tui.rendering.pen import PLAIN, Cell, Look, Pen, seen_of
from newsreader.tui.textual_internals import ChopsUpdate, CompositorUpdate, LayoutUpdate, look_of

_FEWEST_MOVED = 3  # lines for which moving is worthwhile
_COMMON = 3  # a line that occurs this often on the screen says nothing about where others have moved


class Painter:
    """Remembers what the terminal shows and makes updates smaller.

    Args:
        can_move: The terminal can move lines by itself (as the VT102: DECSTBM, IL, DL).
        can_erase: It erases in the ground of the present style (terminfo's "bce").
        first: What the terminal shows at the start, and in which size; as `line_text` returns it.
    """

    def __init__(
        self,
        *,
        can_move: bool = True,
        can_erase: bool = True,
        first: tuple[tuple[int, int], Sequence[str]] = ((0, 0), ()),
    ) -> None:
        self.can_move = can_move
        self.can_erase = can_erase
        self._size = Size(*first[0])
        self._first = first[1]
        self._lines: list[_Line] = []

    def forget(self) -> None:
        """Take nothing for granted: something else has written to the terminal."""
        self._lines, self._first = [], ()

    @property
    def has_written(self) -> bool:
        """Whether it is known what an update has left on the terminal."""
        return bool(self._lines)

    def lessened(self, update: CompositorUpdate, size: Size) -> CompositorUpdate:
        """Return what to write instead of an update that Textual has made for a screen of a size."""
        if size != self._size:
            self._size = size
            self.forget()
        if isinstance(update, LayoutUpdate) and update.region == size.region:
            lines = [_Line(_line_parts(strips)) for strips in update.strips]
            return _Lessened(lambda console: self._repainted(lines, console))
        if isinstance(update, ChopsUpdate) and self._lines:
            return _Lessened(lambda console: self._changed(self._after(update), console))
        self.forget()
        return update

    def _repainted(self, after: "list[_Line]", console: Console) -> str:
        """Return what shows a whole screen: all of it only where nothing is known of what the terminal shows.

        Textual repaints the screen wherever widgets come, go or change their places, and for one key more than once.
        """
        if self._lines:
            return self._changed(after, console)
        first, self._first = self._first, ()
        self._lines = after
        pen = self._pen(console)
        for y, line in enumerate(after):
            if not first or line.is_opaque or first[y : y + 1] != [line.text(console)]:
                _write_change(pen, y, None, line)
        return pen.end()

    def _changed(self, after: "list[_Line]", console: Console) -> str:
        """Return what turns the terminal's present content into other lines, and remember these."""
        before, self._lines = self._lines, after
        pen = self._pen(console)
        shown: Sequence[_Line | None] = before
        is_new = [new is not old for new, old in zip(after, before, strict=True)]
        if self.can_move and sum(is_new) > _FEWEST_MOVED and not any(line.is_opaque for line in (*before, *after)):
            shown = _move(pen, before, after)
        for y, (old, new) in enumerate(zip(shown, after, strict=True)):
            if old is not new and (old is None or old.pieces != new.pieces or new.is_opaque):
                _write_change(pen, y, old, new)
        return pen.end()

    def _pen(self, console: Console) -> Pen:
        return Pen(console, self._size.width, can_erase=self.can_erase)

    def _after(self, update: ChopsUpdate) -> "list[_Line]":
        lines = list(self._lines)
        for y, x1, x2 in update.spans:
            if y >= len(lines):
                continue
            for end, (x, chop) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
                if chop is not None and x < x2 and end > x1:
                    lines[y] = lines[y].with_part(_LinePart(x, end, chop))
        return lines


def line_text(strips: Sequence[Strip], console: Console) -> str:
    """Return what shows a line of the screen, from its left edge; the same for all that look the same."""
    return _Line(_line_parts(strips)).text(console)


class _Lessened(CompositorUpdate):
    """A change of the screen in few bytes."""

    def __init__(self, written: Callable[[Console], str]) -> None:
        self._written = written

    def render_segments(self, console: Console) -> str:
        """Return what is to be written, and assume that it is."""
        return self._written(console)


# --- lines --------------------------------------------------------------------------------------


class _LinePart:
    """What a line shows between two columns.

    Attributes:
        pieces: Its words with their styles; neighbours differ in style.
        is_opaque: It holds more than letters, such as a picture or a link of the terminal's own.
    """

    __slots__ = ("end", "is_opaque", "pieces", "strip", "x")

    def __init__(self, x: int, end: int, strip: Strip) -> None:
        self.x, self.end, self.strip = x, end, strip
        self.is_opaque = False
        pieces: list[tuple[Look, str]] = []
        for text, style, control in strip:
            if control or (style is not None and style.link):
                self.is_opaque = True
            if not text:
                continue
            look = PLAIN if style is None else look_of(style)
            if pieces and pieces[-1][0] == look:
                pieces[-1] = look, pieces[-1][1] + text
            else:
                pieces.append((look, text))
        self.pieces = pieces

    def cropped(self, x: int, end: int) -> "_LinePart":
        """Return what it shows between two columns of its own."""
        if (x, end) == (self.x, self.end):
            return self
        return _LinePart(x, end, self.strip.crop(x - self.x, end - self.x))


def _line_parts(strips: Iterable[Strip]) -> "list[_LinePart]":
    """Return the parts of a line, from its left edge."""
    parts: list[_LinePart] = []
    x = 0
    for strip in strips:
        parts.append(_LinePart(x, x + strip.cell_length, strip))
        x += strip.cell_length
    return parts


class _Line:
    """A line of the screen, in parts from the left to the right."""

    __slots__ = ("_cells", "_pieces", "parts")

    def __init__(self, parts: "Sequence[_LinePart]") -> None:
        self.parts = parts
        self._pieces: tuple[tuple[Look, str], ...] | None = None
        self._cells: list[Cell] | None = None

    @property
    def pieces(self) -> tuple[tuple[Look, str], ...]:
        """Its words with their styles; neighbours differ in style."""
        if self._pieces is None:
            self._pieces = tuple(_joined(self.parts))
        return self._pieces

    @property
    def cells(self) -> "list[Cell]":
        """Its letters, each narrow, with what can be seen of their looks."""
        if self._cells is None:
            self._cells = [(seen_of(look, letter), letter) for look, text in self.pieces for letter in text]
        return self._cells

    @property
    def is_opaque(self) -> bool:
        """Whether one of its parts is."""
        return any(part.is_opaque for part in self.parts)

    def with_part(self, new: _LinePart) -> "_Line":
        """Return the line with a part replaced."""
        left = [part.cropped(part.x, min(part.end, new.x)) for part in self.parts if part.x < new.x]
        right = [part.cropped(max(part.x, new.end), part.end) for part in self.parts if part.end > new.end]
        return _Line((*left, new, *right))

    def text(self, console: Console) -> str:
        """Return what shows the whole line, in few bytes."""
        return self.render(console) if self.is_opaque else Pen(console).whole_line(self.pieces)

    def render(self, console: Console) -> str:
        """Return the whole line as Textual would write it."""
        return Strip.join([part.strip for part in self.parts]).render(console)


def _joined(parts: "Iterable[_LinePart]") -> "list[tuple[Look, str]]":
    pieces: list[tuple[Look, str]] = []
    for part in parts:
        if pieces and part.pieces and pieces[-1][0] == part.pieces[0][0]:
            look, text = part.pieces[0]
            pieces[-1] = look, pieces[-1][1] + text
            pieces += part.pieces[1:]
        else:
            pieces += part.pieces
    return pieces


def _move(pen: Pen, before: Sequence[_Line], after: Sequence[_Line]) -> "Sequence[_Line | None]":
    """Let the terminal move lines that only move; return what it shows then, None if that does not help."""
    lines = enumerate(zip(before, after, strict=True))
    changed = [y for y, (old, new) in lines if old is not new and old.pieces != new.pieces]
    if len(changed) <= _FEWEST_MOVED:
        return before
    places: dict[object, list[int]] = {}
    for y in changed:
        places.setdefault(before[y].pieces, []).append(y)
    shifts = Counter(
        old - y
        for y in changed
        if len(places.get(after[y].pieces, ())) < _COMMON
        for old in places.get(after[y].pieces, ())
    )
    if not shifts:
        return before
    [(shift, count)] = shifts.most_common(1)
    if count < _FEWEST_MOVED:
        return before
    moving = [y for y in changed if 0 <= y + shift < len(before) and after[y].pieces == before[y + shift].pieces]
    top, bottom = min(moving[0], moving[0] + shift), max(moving[-1], moving[-1] + shift)
    pen.move_lines(top, bottom, shift)
    inside = range(top, bottom + 1)
    return [
        line if y not in inside else before[y + shift] if y + shift in inside else None for y, line in enumerate(before)
    ]


def _write_change(pen: Pen, y: int, old: _Line | None, new: _Line) -> None:
    """Write what differs between two states of a line; all of it if the first is not known."""
    if new.is_opaque:
        pen.write_text(y, new.render(pen.console))
    elif not _is_sure(new):
        pen.write_line(y, new.pieces)
    else:
        is_known = old is not None and not old.is_opaque and _is_sure(old)
        pen.write_cells(y, old.cells if old is not None and is_known else None, new.cells)


def _is_sure(line: _Line) -> bool:
    """Whether every terminal gives each letter of the line one cell, so that columns can be counted on."""
    return all(text.isascii() or _is_narrow(text) for _, text in line.pieces)


@lru_cache(maxsize=4096)
def _is_narrow(text: str) -> bool:
    return all(
        letter < "\u0300"
        or "\u0370" <= letter < "\u0483"
        or "\u2010" <= letter <= "\u2027"
        or "\u2500" <= letter < "\u25a0"
        for letter in text
    )
