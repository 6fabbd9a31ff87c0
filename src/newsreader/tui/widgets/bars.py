"""Header and footer: what is shown, and which keys work. Parts that do not fit are dropped whole."""

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip

from newsreader.patterns import pattern
from newsreader.text import line
from newsreader.tui.rendering.sync_refresh import ImmediateRefresh
from newsreader.tui.rendering.themes import Ground, Ink, Palette
from newsreader.tui.widgets.headline_list import wrapped
from newsreader.values import dataclass


class Part(NamedTuple):
    """Words of a bar.

    Attributes:
        weight: Parts with the lowest weight are dropped first; those with 0 are cut, but never dropped.
        action: What a click on them does.
        elastic: They are cut before anything is dropped, to 16 cells at the least.
        is_prose: They are sentences; the last ones are dropped whole if there is no room.
    """

    text: str
    ink: Ink = Ink.MUTED
    bold: bool = False
    weight: int = 1
    key: str = ""
    action: str = ""
    elastic: bool = False
    is_prose: bool = False

    @property
    def width(self) -> int:
        """How many cells the part takes, its key with it."""
        return cell_len(self.text) + (cell_len(self.key) + 1 if self.key else 0)


_BETWEEN_SENTENCES = pattern(r"(?<=[\w)»”\"][.!?…]) (?=\S)")  # a dot that is alone is a key
_LEFT_GAP = "   "
_DOT = "  ·  "
_LEAST_ELASTIC = 16
_MOST_LINES = 3  # of a message


@dataclass(frozen=True)
class BarLine:
    """What a bar says: parts from the left, parts to the right."""

    left: tuple[Part, ...] = ()
    right: tuple[Part, ...] = ()
    tail: tuple[Part, ...] = ()  # at the right end, after a gap of their own


def fitting(bar: BarLine, width: int) -> BarLine:
    """Return the bar with as few parts dropped as its width asks for, the least important first."""
    bar = _with_cut(bar, width, [part for part in bar.left if part.elastic], _LEAST_ELASTIC)
    while bar_width(bar) > width:
        droppable = [part for part in (*bar.left, *bar.right, *bar.tail) if part.weight]
        if not droppable:
            break
        lightest = min(part.weight for part in droppable)
        last = [part for part in droppable if part.weight == lightest][-1]
        bar = BarLine(_without(bar.left, last), _without(bar.right, last), _without(bar.tail, last))
    return _with_cut(bar, width, list(bar.left), 1)


def in_lines(bar: BarLine, width: int) -> tuple[BarLine, ...]:
    """Return the lines of a bar: a message that is longer than one takes more, so that what to do now can be read."""
    message = bar.left[0] if len(bar.left) == 1 and bar.left[0].is_prose else None
    room = width - 2
    if message is None or room < 2 or cell_len(message.text) <= room:
        return (bar,)
    *above, last = wrapped(message.text, room, _MOST_LINES)
    lines = [BarLine((message._replace(text=each),)) for each in above]
    return (*lines, BarLine((message._replace(text=last),), bar.right, bar.tail))


def _with_cut(bar: BarLine, width: int, cuttable: Sequence[Part], least: int) -> BarLine:
    """Return the bar with the longest of some parts cut, as far as it may be."""
    excess = bar_width(bar) - width
    if excess <= 0 or not cuttable:
        return bar
    longest = max(cuttable, key=lambda part: part.width)
    room = max(least, cell_len(longest.text) - excess)
    if room >= cell_len(longest.text):
        return bar
    words = _fewer_sentences(longest.text, room) if longest.is_prose else longest.text
    cut = longest._replace(text=wrapped(words, room, 1)[0] if room > 2 else "")
    return BarLine(tuple(cut if part is longest else part for part in bar.left), bar.right, bar.tail)


def _fewer_sentences(text: str, room: int) -> str:
    """Return as many sentences as there is room for; the first one, if there is for none."""
    sentences = _BETWEEN_SENTENCES.split(text)
    while len(sentences) > 1 and cell_len(" ".join(sentences)) > room:
        sentences.pop()
    return " ".join(sentences)


def bar_width(bar: BarLine) -> int:
    """Return how many cells the bar needs."""
    left = _joined_width(bar.left, _LEFT_GAP)
    right = _joined_width(bar.right, _DOT)
    tail = _joined_width(bar.tail, _LEFT_GAP)
    groups = [group for group in (left, right, tail) if group]
    return sum(groups) + 2 + len(_LEFT_GAP) * max(0, len(groups) - 1)


def _joined_width(parts: Sequence[Part], gap: str) -> int:
    return sum(part.width for part in parts) + len(gap) * max(0, len(parts) - 1)


def _without(parts: tuple[Part, ...], dropped: Part) -> tuple[Part, ...]:
    return tuple(part for part in parts if part is not dropped)


class BarPainter:
    """Paints the line of a bar.

    Attributes:
        buttons: Where the parts with actions are: from which column to which, and what they do.
    """

    def __init__(self, palette: Palette) -> None:
        self.palette = palette
        self.buttons: list[tuple[int, int, str]] = []

    def strip(self, bar: BarLine, width: int, *, margin: int = 1) -> Strip:
        """Return the line, in a width; with no margin, it begins at its very edge."""
        cut = 1 - margin
        return self._line(fitting(bar, width + 2 * cut), width + 2 * cut).crop(cut, width + cut)

    def _line(self, bar: BarLine, width: int) -> Strip:
        self.buttons = []
        left = [Segment(" ", self._style(Ink.TEXT)), *self._joined(bar.left, _LEFT_GAP, 1)]
        used = 1 + _joined_width(bar.left, _LEFT_GAP)
        right_width, tail_width = _joined_width(bar.right, _DOT), _joined_width(bar.tail, _LEFT_GAP)
        tail_start = width - 1 - tail_width
        right_start = tail_start - right_width - (3 if right_width and tail_width else 0)
        gap = Segment(" " * max(0, right_start - used), self._style(Ink.TEXT))
        right = self._joined(bar.right, _DOT, right_start)
        between = [Segment("   ", self._style(Ink.TEXT))] if right_width and tail_width else []
        tail = self._joined(bar.tail, _LEFT_GAP, tail_start)
        segments = [*left, gap, *right, *between, *tail]
        return Strip(segments).adjust_cell_length(width, self._style(Ink.TEXT))

    def _joined(self, parts: Sequence[Part], gap: str, start: int) -> list[Segment]:
        segments: list[Segment] = []
        for number, part in enumerate(parts):
            if number:
                segments.append(Segment(gap, self._style(Ink.FAINT)))
                start += len(gap)
            if part.key:
                segments += [Segment(part.key, self._style(Ink.ACCENT, bold=True)), Segment(" ", self._style(Ink.TEXT))]
            segments.append(Segment(line(part.text, 500) if part.text else "", self._style(part.ink, bold=part.bold)))
            if part.action:
                self.buttons.append((start, start + part.width, part.action))
            start += part.width
        return segments

    def _style(self, ink: Ink, *, bold: bool = False) -> Style:
        return self.palette.style(ink, Ground.PANEL, bold)


class Bar(ImmediateRefresh):
    """One line of parts, or more for a long message; a part with an action is also a button."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "Bar { height: 1; }"

    @dataclass
    class Pressed(Message):
        """A part was clicked."""

        action: str

    def __init__(self, palette: Palette, *, is_in_box: bool = False, id: str | None = None) -> None:  # noqa: A002
        """Start empty; in a box there are no margins."""
        super().__init__(id=id)
        self._painter = BarPainter(palette)
        self._margin = 0 if is_in_box else 1
        self._height = 1
        self.bar = BarLine()

    def show(self, bar: BarLine) -> None:
        """Say something else."""
        if bar != self.bar:
            self.bar = bar
            self._fit_height()
            self.refresh()

    def on_resize(self) -> None:
        """Take as many lines as the message needs in the new width."""
        self._fit_height()

    def _fit_height(self) -> None:
        height = len(self._lines) or 1
        if self._height != height:
            self._height = height
            self.styles.height = height

    @property
    def _lines(self) -> tuple[BarLine, ...]:
        return in_lines(self.bar, self.size.width + 2 * (1 - self._margin))

    def restyle(self, palette: Palette) -> None:
        """Say it in other colours."""
        self._painter.palette = palette
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return a line."""
        lines = self._lines
        return self._painter.strip(lines[min(y, len(lines) - 1)], self.size.width, margin=self._margin)

    def on_click(self, event: events.Click) -> None:
        """Do what the clicked part names."""
        x = event.x + 1 - self._margin
        for start, end, action in self._painter.buttons:
            if start <= x < end and event.y == self._height - 1:
                event.stop()
                self.post_message(self.Pressed(action))
                return
