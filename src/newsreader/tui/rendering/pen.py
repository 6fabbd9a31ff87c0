"""What a terminal is sent to show letters at their places, in few bytes.

A change of style takes up to forty bytes, a movement of the cursor eight: letters of one style are written together,
wherever they are. Blanks to the end of a line are erased instead of written.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from rich.color import Color, ColorSystem
from rich.console import Console

from newsreader.tui.textual_internals import colour_system_of

Look = tuple[Color | None, Color | None, int]  # letters, ground, attributes
PLAIN: Look = (None, None, 0)
Cell = tuple[Look, str]
Pieces = Sequence[tuple[Look, str]]
_SGR = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "21", "51", "52", "53")  # of Rich's attributes, bit by bit
_OFF = ("22", "22", "23", "24", "25", "25", "27", "28", "29", "24", "54", "54", "55")  # and what ends each
_SEEN_ON_BLANKS = 0b1111101111000  # underlined, blinking, reversed, struck out, framed
_SHORTEST_GAP = 5  # cells between two changes, which take fewer bytes than a movement of the cursor
_FEWEST_BLANKS = 8  # for which a line is erased first
_BAND = 24  # strokes among which the order is free
_ERASE = "\x1b[K"  # EL: to the end of the line


class _Stroke(NamedTuple):
    """Letters of one look beside each other, each narrow; or `_ERASE`, which leaves the cursor where it is."""

    y: int
    x: int
    look: Look
    text: str

    @property
    def end(self) -> int:
        """The column of the cursor afterwards."""
        return self.x if self.text == _ERASE else self.x + len(self.text)


class Pen:
    """Collects what is to be written, and orders it so that the style changes seldom.

    Args:
        console: Whose colours the terminal has.
        width: How many columns the screen has; 0 where nothing may be erased to the end of a line.
        can_erase: The terminal erases in the ground of the present style (terminfo's "bce").
    """

    def __init__(self, console: Console, width: int = 0, *, can_erase: bool = False) -> None:
        self.console = console
        self._system = colour_system_of(console) or ColorSystem.TRUECOLOR  # as Textual's strips do
        self._width = width
        self._can_erase = can_erase
        self._written: list[str] = []
        self._strokes: list[_Stroke] = []
        self._look = PLAIN
        self._cursor: tuple[int, int] | None = None  # where it is; None while that is not known

    def move_lines(self, top: int, bottom: int, by: int) -> None:
        """Move the lines between two, both included, up by so many; down where that is negative."""
        count = "" if abs(by) == 1 else abs(by)
        self._written.append(f"\x1b[{top + 1};{bottom + 1}r{_at(top)}\x1b[{count}{'M' if by > 0 else 'L'}\x1b[r")

    def write_line(self, y: int, pieces: Pieces) -> None:
        """Write a whole line, whose letters may be wide."""
        self._written.append(_at(y))
        self._write_pieces(pieces)

    def write_text(self, y: int, text: str) -> None:
        """Write what shows a whole line and sets and ends its styles by itself."""
        self._take(PLAIN)
        self._written.append(_at(y) + text)

    def write_cells(self, y: int, old: Sequence[Cell] | None, new: Sequence[Cell]) -> None:
        """Write what differs between two states of a line whose letters are narrow; all if the first is not known."""
        end = len(new)
        if old is None:
            old = self._erased(y, new)
        elif (end := self._blank_from(new, old)) < len(new):
            self._strokes.append(_Stroke(y, end, new[-1][0], _ERASE))
        for start, stop in _changed_runs(old[:end], new[:end]):
            self._strokes += _strokes(y, start, old, new[:stop])

    def whole_line(self, pieces: Pieces) -> str:
        """Return what writes these pieces and leaves no look behind."""
        self._write_pieces(pieces)
        return self.end()

    def end(self) -> str:
        """Return everything that is to be written, with the style reset at the end."""
        for band in _bands(self._strokes):
            self._write_strokes([stroke for stroke in band if stroke.text == _ERASE])
            self._write_strokes([stroke for stroke in band if stroke.text != _ERASE])
        self._strokes = []
        self._take(PLAIN)
        return "".join(self._written)

    def _write_strokes(self, strokes: Sequence[_Stroke]) -> None:
        """Write strokes of which none touches another, in the order that takes fewer bytes of two."""
        place = self._look, self._cursor, self._system
        for stroke in min(strokes, _by_ground(strokes, *place), key=lambda order: _bytes_of(order, *place)):
            look = _look_for(stroke, self._look)
            self._written.append(_way(self._look, self._cursor, stroke, self._system) + stroke.text)
            self._look, self._cursor = look, (stroke.y, stroke.end)

    # --- erasing ----------------------------------------------------------------------------------

    def _erased(self, y: int, new: Sequence[Cell]) -> list[Cell]:
        """Erase a line in the ground that most of its blanks shall have, if that is worthwhile; return its cells."""
        blanks = Counter(look for look, letter in new if _is_blank(look, letter) and self._erases_to(look))
        look, count = max(blanks.items(), key=lambda each: each[1], default=(PLAIN, 0))
        if count < _FEWEST_BLANKS or len(new) != self._width:
            return []
        self._strokes.append(_Stroke(y, 0, look, _ERASE))
        return [(look, " ")] * len(new)

    def _blank_from(self, new: Sequence[Cell], old: Sequence[Cell]) -> int:
        """Return from which column on a line is best erased; its width if it is not."""
        width = len(new)
        if not new or width != self._width or not _is_blank(*new[-1]) or not self._erases_to(new[-1][0]):
            return width
        start = next((x + 1 for x in range(width - 1, -1, -1) if new[x] != new[-1]), 0)
        changed = sum(was != now for was, now in zip_longest(old[start:], new[start:]))
        return start if changed > len(_ERASE) else width

    def _erases_to(self, look: Look) -> bool:
        return self._can_erase or look[1] is None

    # --- styles -----------------------------------------------------------------------------------

    def _write_pieces(self, pieces: Pieces) -> None:
        for look, text in pieces:
            self._take(_on_ground(self._look, look) if text.isspace() else look)
            self._written.append(text)

    def _take(self, look: Look) -> None:
        if look != self._look:
            self._written.append(_sgr(self._look, look, self._system))
            self._look = look


def seen_of(look: Look, letter: str) -> Look:
    """Return what can be seen of the look of a letter: of a blank only its ground."""
    if letter != " " or look[2] & _SEEN_ON_BLANKS:
        return look
    return None, look[1], 0


def _is_blank(look: Look, letter: str) -> bool:
    return letter == " " and not look[2] & _SEEN_ON_BLANKS


def _on_ground(present: Look, blank: Look) -> Look:
    """Return the look for blanks: only their ground has to be right."""
    letters, _, attributes = present
    if (attributes | blank[2]) & _SEEN_ON_BLANKS:
        return blank
    return letters, blank[1], attributes


# --- strokes ------------------------------------------------------------------------------------


def _changed_runs(old: Sequence[Cell], new: Sequence[Cell]) -> list[list[int]]:
    """Return from which columns to which two lines differ, whose letters are narrow; short gaps are part of a run."""
    runs: list[list[int]] = []
    for x, (was, now) in enumerate(zip_longest(old, new)):
        if was == now:
            continue
        if runs and x - runs[-1][1] <= _SHORTEST_GAP:
            runs[-1][1] = x + 1
        else:
            runs.append([x, x + 1])
    return runs


def _strokes(y: int, start: int, old: Sequence[Cell], new: Sequence[Cell]) -> Iterator[_Stroke]:
    """Yield what writes a line from a column to its end, without what is there already at the ends of each stroke."""
    for first, look, text in _same_looks(start, new):
        x, end = first, first + len(text)
        while x < end and x < len(old) and old[x] == new[x]:
            x += 1
        while end > x and end <= len(old) and old[end - 1] == new[end - 1]:
            end -= 1
        if x < end:
            yield _Stroke(y, x, look, text[x - first : end - first])


def _same_looks(start: int, cells: Sequence[Cell]) -> Iterator[tuple[int, Look, str]]:
    """Yield the parts of a line that can be written in one look, from a column on; blanks take their neighbours'."""
    x, part, text = start, None, ""
    for at in range(start, len(cells)):
        look, letter = cells[at]
        joint = look if part is None else _joint(part, look, letter, text)
        if joint is None:
            assert part is not None
            yield x, part, text
            x, text, joint = at, "", look
        part, text = joint, text + letter
    if part is not None:
        yield x, part, text


def _joint(part: Look, look: Look, letter: str, text: str) -> Look | None:
    """Return the look in which a letter can be written together with those before it; None if there is none."""
    if look == part:
        return part
    if look[1] != part[1] or (look[2] | part[2]) & _SEEN_ON_BLANKS:
        return None
    if letter == " ":
        return part
    return look if text.isspace() else None


def _look_for(stroke: _Stroke, present: Look) -> Look:
    if stroke.text == _ERASE or stroke.text.isspace():
        return _on_ground(present, stroke.look)
    return stroke.look


def _by_ground(
    strokes: Sequence[_Stroke], look: Look, cursor: tuple[int, int] | None, system: ColorSystem
) -> list[_Stroke]:
    """Return strokes in an order in which each is the nearest, and the ground changes only when it must."""
    groups: dict[Look, list[_Stroke]] = {}
    for stroke in reversed(strokes):
        groups.setdefault(stroke.look, []).append(stroke)
    order: list[_Stroke] = []
    while groups:
        ways = {
            group: (group[1] != look[1], len(_way(look, cursor, waiting[-1], system)))
            for group, waiting in groups.items()
        }
        nearest = min(ways, key=ways.__getitem__)
        stroke = groups[nearest].pop()
        if not groups[nearest]:
            del groups[nearest]
        look, cursor = _look_for(stroke, look), (stroke.y, stroke.end)
        order.append(stroke)
    return order


def _bytes_of(strokes: Sequence[_Stroke], look: Look, cursor: tuple[int, int] | None, system: ColorSystem) -> int:
    """Return how many bytes are written between strokes and before them in an order."""
    count = 0
    for stroke in strokes:
        count += len(_way(look, cursor, stroke, system))
        look, cursor = _look_for(stroke, look), (stroke.y, stroke.end)
    return count


def _way(look: Look, cursor: tuple[int, int] | None, stroke: _Stroke, system: ColorSystem) -> str:
    """Return what leads from a style and a place to those of a stroke."""
    return _sgr(look, _look_for(stroke, look), system) + _movement(cursor, stroke)


def _bands(strokes: Sequence[_Stroke]) -> Iterator[list[_Stroke]]:
    """Yield strokes in bands of a few lines, so that on a slow line a screen is still filled from its top."""
    band: list[_Stroke] = []
    for stroke in strokes:
        if len(band) >= _BAND and stroke.y != band[-1].y:
            yield band
            band = []
        band.append(stroke)
    if band:
        yield band


# --- sequences ----------------------------------------------------------------------------------


def _at(y: int, x: int = 0) -> str:
    """Return what moves the cursor to a cell."""
    return f"\x1b[{y + 1};{x + 1}H" if x else f"\x1b[{y + 1}H"


def _movement(cursor: tuple[int, int] | None, stroke: _Stroke) -> str:
    """Return what moves the cursor to where a stroke begins."""
    if cursor is None or cursor[0] != stroke.y or cursor[1] > stroke.x:
        return _at(stroke.y, stroke.x)
    right = stroke.x - cursor[1]
    return "" if not right else f"\x1b[{right if right > 1 else ''}C"


@lru_cache(maxsize=4096)
def _sgr(before: Look, after: Look, system: ColorSystem) -> str:
    """Return the sequence from one style to another (ECMA-48, 8.3.117)."""
    if before == after:
        return ""
    old, new = _parameters(before, system), _parameters(after, system)
    if not any(new):
        return "\x1b[m"
    colours = zip(old[1:], new[1:], ("39", "49"), strict=True)
    change = [*_attributes(before[2], after[2]), *(now or default for was, now, default in colours if was != now)]
    return f"\x1b[{';'.join(change)}m" if change else ""


def _attributes(before: int, after: int) -> list[str]:
    """Return what ends some attributes and begins others."""
    ended = dict.fromkeys(code for bit, code in enumerate(_OFF) if before & ~after & (1 << bit))
    also_ended = sum(1 << bit for bit, code in enumerate(_OFF) if code in ended)  # such as dim with bold
    started = after & (~before | also_ended)
    return [*ended, *(code for bit, code in enumerate(_SGR) if started & (1 << bit))]


def _parameters(look: Look, system: ColorSystem) -> tuple[str, str, str]:
    """Return the parameters for attributes, letters and ground."""
    letters, ground, attributes = look
    return (
        ";".join(code for bit, code in enumerate(_SGR) if attributes & (1 << bit)),
        ";".join(letters.downgrade(system).get_ansi_codes()) if letters is not None else "",
        ";".join(ground.downgrade(system).get_ansi_codes(foreground=False)) if ground is not None else "",
    )
