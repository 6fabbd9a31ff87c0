"""The pane of sources, drawn line by line; it posts which entry was chosen."""

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from newsreader.screen_snapshot import SourceLine
from newsreader.tui.rendering.sync_refresh import ImmediateRefresh
from newsreader.tui.rendering.themes import Ground, Ink, Palette
from newsreader.tui.widgets.headline_list import wrapped
from newsreader.tui.widgets.source_list import EmptyListText, Entry, EntryTarget, Gap, GroupHeading, Row, SourceList
from newsreader.values import dataclass

_REMARK_LINES = 5
_WHEEL = 3
_TALL_ENOUGH_FOR_SPACE = 16  # lines
_Piece = tuple[str, Ink, bool]  # words, ink, bold


class KeptSources(NamedTuple):
    """The lines in view, and how wide they are."""

    lines: tuple[SourceLine, ...]
    width: int

    def line(self, y: int, palette: Palette) -> Strip:
        """Return a line by its number from the first one in view."""
        style = palette.style(Ink.TEXT, Ground.PANEL)
        if not 0 <= y < len(self.lines):
            return Strip.blank(self.width, style)
        pieces = [(words, Ink(ink), bold) for words, ink, bold in self.lines[y].pieces]
        return _strip("▌" if self.lines[y].is_listed else " ", pieces, self.width, palette, Ground.PANEL)


class SourcePane(ImmediateRefresh, can_focus=True):
    """Shows a source list, which of its entries the list shows now, and a cursor.

    Attributes:
        left: What it showed when the program last ended, shown until the sources are known or the pane is used.
        current: What the list shows; None for a page that is not followed.
        is_box: It is in a box of its own: as high as what it shows, and its groups do not fold.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = "SourcePane { height: 1fr; }"

    @dataclass
    class SourceChosen(Message):
        """An entry is to be listed."""

        entry: Entry

    @dataclass
    class GroupChosen(Message):
        """A group is to be folded away, or unfolded."""

        group: str

    @dataclass
    class SourceHighlighted(Message):
        """The cursor is on another row."""

    @dataclass
    class SourcesClicked(Message):
        """The pane was clicked."""

    def __init__(self, palette: Palette, *, is_box: bool = False, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.palette = palette
        self.source_list = SourceList()
        self.current: Entry | None = None
        self.is_box = is_box
        self.left: KeptSources | None = None
        self.cursor = 0
        self._top = 0
        self._lines: list[tuple[int, tuple[_Piece, ...]]] = []  # for every line its row, and what is written

    # --- values in --------------------------------------------------------------------------------

    def show(self, source_list: SourceList, current: Entry | None) -> None:
        """Show another source list; the cursor stays on the same thing, or follows what is listed."""
        follows = not self.has_focus or self.row is None
        wanted = self.row
        if (follows and current is not None) or not _same(current, self.current):
            wanted = current or wanted
        self.source_list, self.current = source_list, current
        if source_list.states is not None:
            self.left = None
        number = source_list.number_of(wanted if isinstance(wanted, Entry | GroupHeading) else None)
        if number is None:
            number = min(self.cursor, len(source_list.rows) - 1)
            number = number if isinstance(source_list.rows[number], Entry) else (source_list.step(number, -1) or 0)
        self.cursor = number
        self._arrange()

    def is_pointing_at(self, entry: Entry | None) -> bool:
        """Return whether the pane shows this as listed."""
        return _same(self.current, entry)

    def kept(self) -> KeptSources:
        """Return what is in view, for the next start; nothing where that would not begin with the rows that it has."""
        if self.left is not None:
            return self.left
        if self._top:
            return KeptSources((), 0)
        listed = self.source_list.number_of(self.current) if self.current is not None else None
        seen = self._lines[: self._height]
        return KeptSources(tuple(SourceLine(number == listed, pieces) for number, pieces in seen), self.size.width)

    def restyle(self, palette: Palette) -> None:
        """Show everything in other colours."""
        self.palette = palette
        self.refresh()

    @property
    def row(self) -> Row | None:
        """The row under the cursor."""
        rows = self.source_list.rows
        return rows[self.cursor] if self.cursor < len(rows) else None

    # --- moving -----------------------------------------------------------------------------------

    def move(self, by: int) -> None:
        """Move the cursor to the next row in a direction, so many times."""
        number = self.cursor
        for _ in range(abs(by)):
            following = self.source_list.step(number, 1 if by > 0 else -1, with_headings=True)
            number = number if following is None else following
        self._go(number)

    def go_to_edge(self, direction: int) -> None:
        """Put the cursor on the first or the last row."""
        self.move(direction * len(self.source_list.rows))

    def page(self, parts: float) -> None:
        """Move the cursor by a part of the height."""
        self.move(round(parts * self.size.height) or (1 if parts > 0 else -1))

    def choose(self) -> None:
        """List what is under the cursor, or fold the group away."""
        match self.row:
            case Entry() as entry:
                self.post_message(self.SourceChosen(entry))
            case GroupHeading(group=str(group)) if group and not self.is_box:
                self.post_message(self.GroupChosen(group))

    def _go(self, number: int) -> None:
        if number != self.cursor:
            self.cursor = number
            self._arrange()
            self.post_message(self.SourceHighlighted())

    # --- the mouse --------------------------------------------------------------------------------

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll."""
        event.stop()
        self._scroll(_WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll back."""
        event.stop()
        self._scroll(-_WHEEL)

    def on_click(self, event: events.Click) -> None:
        """Choose the row under the pointer."""
        self.post_message(self.SourcesClicked())
        y = event.y - self._gap + self._top
        if 0 <= y < len(self._lines):
            number = self._lines[y][0]
            row = self.source_list.rows[number]
            if isinstance(row, Entry) or (isinstance(row, GroupHeading) and row.group):
                self._go(number)
                self.choose()

    def _scroll(self, by: int) -> None:
        self._top = max(0, min(self._top + by, len(self._lines) - self._height))
        self.refresh()

    # --- drawing ----------------------------------------------------------------------------------

    def on_resize(self) -> None:
        """Lay the rows out for the width."""
        self._arrange()

    def on_focus(self) -> None:
        """Light the cursor's row."""
        self.left = None
        self._arrange()

    def on_blur(self) -> None:
        """The cursor goes back to what is listed."""
        number = self.source_list.number_of(self.current)
        if number is not None and not self.is_box:
            self.cursor = number
        self._arrange()

    @property
    def _gap(self) -> int:
        return gap_above(self.size.height) if not self.is_box else 0

    @property
    def _height(self) -> int:
        return max(1, self.size.height - self._gap)

    def _arrange(self) -> None:
        """Make the lines, and scroll as little as shows the cursor's row whole."""
        self._lines = self._all_lines(self.size.width) if self.size.width else []  # no title is cut before it is known
        at = [y for y, (number, _) in enumerate(self._lines) if number == self.cursor]
        if at and self.size.height:
            first = 0 if self.cursor <= 1 else at[0]
            self._top = min(max(self._top, at[-1] - self._height + 1), first)
        self._top = max(0, min(self._top, len(self._lines) - self._height))
        self.refresh(layout=self.is_box)

    def _all_lines(self, width: int) -> list[tuple[int, tuple[_Piece, ...]]]:
        return [
            (number, pieces)
            for number, row in enumerate(self.source_list.rows)
            for pieces in self._lines_of(number, row, width)
        ]

    def _lines_of(self, number: int, row: Row, width: int) -> list[tuple[_Piece, ...]]:
        match row:
            case Gap():
                return [()]
            case EmptyListText(text):
                return [((part, Ink.FAINT, False),) for part in wrapped(text, width - 4, 4)]
            case GroupHeading(title, group) if not group or self.is_box:
                return [((wrapped(title, width - 3, 1)[0], Ink.MUTED if group else Ink.FAINT, True),)]
            case GroupHeading(title, _, unread, is_folded):
                count = str(unread) if unread else ""
                room = max(4, width - 5 - (cell_len(count) + 1 if count else 0))
                name = wrapped(title, room, 1)[0]
                gap = " " * (room - cell_len(name) + (1 if count else 0))
                fold = ("▸ " if is_folded else "▾ ", Ink.FAINT, False)
                return [(fold, (name, Ink.MUTED, True), (gap + count, Ink.ACCENT if is_folded else Ink.FAINT, False))]
            case Entry():
                return self._entry_lines(number, row, width)

    def _entry_lines(self, number: int, entry: Entry, width: int) -> list[tuple[_Piece, ...]]:
        is_current = _same(entry, self.current)
        count = str(entry.count) if entry.count else ""
        mark = "! " if entry.has_failed else ""
        room = max(4, width - 3 - cell_len(mark) - (cell_len(count) + 1 if count else 0))
        title = wrapped(entry.title, room, 1)[0]
        ink = Ink.STRONG if is_current or (entry.count and entry.place is EntryTarget.SOURCE) else Ink.TEXT
        gap = " " * (room - cell_len(title) + (1 if count else 0))
        first = ((mark, Ink.ACCENT, True), (title, ink, is_current), (gap + count, Ink.ACCENT, False))
        if number != self.cursor or not entry.remark or not (is_current or self.has_focus):
            return [first]
        return [
            first,
            *(((f"  {part}", Ink.MUTED, False),) for part in wrapped(entry.remark, width - 5, _REMARK_LINES)),
        ]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return how many lines show everything, where the pane may be as high as it likes."""
        del container, viewport
        return max(1, len(self._all_lines(width)))

    def render_line(self, y: int) -> Strip:
        """Return one line of the pane."""
        width = self.size.width
        if self.left is not None and self.left.width == width:
            return self.left.line(y - self._gap, self.palette)
        y = y - self._gap + self._top
        if y < self._top or not 0 <= y < len(self._lines):
            return Strip.blank(width, self.palette.style(Ink.TEXT, Ground.PANEL))
        number, pieces = self._lines[y]
        is_lit = number == self.cursor and self.has_focus
        is_listed = self.current is not None and self.source_list.number_of(self.current) == number
        ground = Ground.CHOSEN if is_lit else Ground.PANEL
        bar = "▌" if is_lit or (is_listed and not self.has_focus) else " "
        return _strip(bar, pieces, width, self.palette, ground)


def _strip(bar: str, pieces: Sequence[_Piece], width: int, palette: Palette, ground: Ground) -> Strip:
    """Return a line of words behind the bar that marks a row."""
    segments = [Segment(bar, palette.style(Ink.ACCENT, ground))]
    used = 1
    for text, ink, bold in pieces:
        segments.append(Segment(text, palette.style(ink, ground, bold)))
        used += cell_len(text)
    return Strip(segments, used).adjust_cell_length(width, palette.style(Ink.TEXT, ground))


def gap_above(height: int) -> int:
    """Return how many lines are empty above the first row of a pane."""
    return 1 if height >= _TALL_ENOUGH_FOR_SPACE else 0


def _same(one: Entry | None, other: Entry | None) -> bool:
    return (one and (one.place, one.key)) == (other and (other.place, other.key))
