"""The list of headlines, drawn line by line; it posts which row was chosen."""

from datetime import date

from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip

from newsreader.models import ListedHeadline
from newsreader.tui.rendering.sync_refresh import ImmediateRefresh
from newsreader.tui.rendering.themes import Palette
from newsreader.tui.widgets.divider_drag import DividerDrag
from newsreader.tui.widgets.headline_filter import HeadlineFilter
from newsreader.tui.widgets.headline_list import Listing
from newsreader.tui.widgets.headline_painter import HeadlinePainter, lines_above
from newsreader.tui.widgets.headline_rows import HeadlineRow, HiddenRow, MoreRow, Row, SectionRow
from newsreader.tui.widgets.headline_selection import HeadlineSelection
from newsreader.tui.widgets.list_folds import ListFolds
from newsreader.tui.widgets.list_position import ListPosition, SeenLines
from newsreader.tui.widgets.row_typesetter import RowLook, RowTypesetter
from newsreader.values import dataclass

_WHEEL = 3  # lines a turn of the wheel


class HeadlinePane(ImmediateRefresh, can_focus=True):
    """Shows a listing and a cursor in it, and passes events to its parts."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "HeadlinePane { height: 1fr; }"

    @dataclass
    class HeadlineChosen(Message):
        """A headline is to be read."""

        row: HeadlineRow
        headline: ListedHeadline

    @dataclass
    class MoreWanted(Message):
        """A list is to continue."""

        section: int

    @dataclass
    class Folded(Message):
        """A list was folded away, or unfolded."""

        label: str
        folded: bool

    @dataclass
    class EmptyChosen(Message):
        """The list is empty, and the text shown instead was chosen."""

    @dataclass
    class CursorMoved(Message):
        """The cursor is on another row, or the rows have changed under it."""

    @dataclass
    class DividerDragged(Message):
        """The line at the pane's edge was moved by the mouse to a column of the screen, and maybe released."""

        column: int
        is_dropped: bool

    @dataclass
    class ListClicked(Message):
        """The pane was clicked."""

    def __init__(self, palette: Palette, today: date, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.filtering = HeadlineFilter()
        self.note = ""
        self.has_hairline = True
        self.rows = RowTypesetter(today, lambda: (self.size.width, self.size.width - self.has_hairline))
        self._position = ListPosition(self.rows, lambda: self.size.height - self._gap(self.size))
        self._folds = ListFolds(self.rows, self.filtering, self._position)
        self.selection = HeadlineSelection(lambda: self.listing, lambda: self.cursor, self.refresh)
        self._painter = HeadlinePainter(palette, self.rows, self.selection)
        self._seen = SeenLines(self._position)
        self._drag = DividerDrag(self, lambda x, is_last: self.post_message(self.DividerDragged(x, is_dropped=is_last)))

    # --- values in --------------------------------------------------------------------------------

    def show(self, listing: Listing, *, cursor_url: str | None = None, from_top: bool = False) -> None:
        """Show another listing; the cursor and the position stay with the headlines that they were on."""
        listing = self.filtering.narrow(listing, self.rows.today, from_top=from_top)
        earlier = self.listing
        self._position.show(listing, cursor_url, from_top=from_top)
        self.selection.follow(listing, earlier, from_top=from_top)
        self._seen.clear()
        self._repaint()
        self.post_message(self.CursorMoved())

    def take_up(self, listing: Listing, cursor: int, top: int, above: int, look: RowLook) -> None:
        """Start with a listing, cursor and position as they were left; only before the first paint."""
        self.rows.look = look
        self.rows.listing = self.filtering.whole = listing
        self._position.take_up(cursor, top, above)

    def filter(self, sought: str, cursor_url: str | None = None) -> None:
        """Show only the headlines with all these words, from the first one or from a story; all, without words."""
        self.filtering.sought = " ".join(sought.split())
        self.show(self.filtering.whole, cursor_url=cursor_url, from_top=cursor_url is None)

    def show_one_list(self, label: str | None, cursor_url: str | None = None) -> None:
        """Show only the list with this label; all of them again without one."""
        self.filtering.only = label
        self.show(self.filtering.whole, cursor_url=cursor_url, from_top=cursor_url is None)

    def restyle(self, palette: Palette) -> None:
        """Show everything in other colours."""
        self._painter.palette = palette
        self._forget()
        self._repaint()

    def set_conditions(self, *, offline: bool, note: str, today: date, look: RowLook) -> None:
        """Set whether to mark what can be read offline, the line about it above the rows, and the look of rows."""
        look = look.in_height(self.size.height)
        if (offline, note, today, look) != (self.rows.offline, self.note, self.rows.today, self.rows.look):
            self.rows.offline, self.note, self.rows.today, self.rows.look = offline, note, today, look
            self._forget()
            self._position.follow_cursor()
            self._repaint()

    # --- what is shown ----------------------------------------------------------------------------

    @property
    def listing(self) -> Listing:
        """What is shown."""
        return self.rows.listing

    @property
    def cursor(self) -> int:
        """The number of the row under the cursor."""
        return self._position.cursor

    @property
    def scroll_position(self) -> tuple[int, int]:
        """The number of the first row in view, and how many of its lines are above the edge."""
        return self._position.scroll_position

    @property
    def row(self) -> Row | None:
        """The row under the cursor."""
        return self.listing[self.cursor] if len(self.listing) else None

    @property
    def headline(self) -> ListedHeadline | None:
        """The headline under the cursor."""
        row = self.row
        return self.listing.headline(row) if row is not None else None

    # --- moving -----------------------------------------------------------------------------------

    def move(self, by: int) -> None:
        """Move the cursor by rows."""
        self.go(self.cursor + by)

    def go(self, number: int) -> None:
        """Put the cursor on a row; on the nearest end where there is none."""
        if not len(self.listing):
            return
        before = self.cursor
        self._position.cursor = min(max(number, 0), len(self.listing) - 1)
        self._position.follow_cursor()
        self._repaint()
        if self.selection.is_active:
            self.refresh()
        if self.cursor != before:
            self.post_message(self.CursorMoved())
            row = self.row
            if isinstance(row, MoreRow):
                self.post_message(self.MoreWanted(row.section))

    def go_to_edge(self, direction: int) -> None:
        """Put the cursor on the first headline, or on the last row."""
        self.go(len(self.listing) - 1 if direction > 0 else self.listing.step(-1, 1) or 0)

    def go_in_view(self, where: int) -> None:
        """Put the cursor on the first row in view (-1), the one in the middle (0), or the last (1)."""
        if seen := self._position.visible():
            self.go(seen[(0, len(seen) // 2, -1)[where + 1]][0])

    def put_cursor(self, number: int) -> None:
        """Put the cursor on a row without a message, as after rows were added below; nothing else moves."""
        self._position.cursor = number
        if number not in {seen for seen, _, _ in self._position.visible()}:
            self._position.follow_cursor()
        self._repaint()

    def page(self, parts: float) -> None:
        """Move the cursor by a part of the height."""
        self.go(self._position.number_after(parts))

    # --- what a row does --------------------------------------------------------------------------

    def choose(self) -> None:
        """Act on the row under the cursor: read it, fold its section, or ask for more."""
        match self.row:
            case HeadlineRow() as row:
                headline = self.listing.headline(row)
                assert headline is not None
                if headline.headline.url:  # else it is not yet known which one it is
                    self.post_message(self.HeadlineChosen(row, headline))
            case SectionRow(section):
                self.fold(section)
            case HiddenRow(section):
                self._folds.show_hidden(section)
                self._show_rows()
            case MoreRow(section):
                self.post_message(self.MoreWanted(section))
            case None:
                self.post_message(self.EmptyChosen())

    def fold(self, index: int) -> None:
        """Fold a section away under its label, or unfold it."""
        self.post_message(self.Folded(*self._folds.turn(index)))
        self._show_rows()

    def unfold_same_story(self) -> bool:
        """Show the same story from other sites below the headline; False if there is none."""
        is_unfolded = self._folds.show_same_story()
        if is_unfolded:
            self._show_rows()
        return is_unfolded

    def _show_rows(self) -> None:
        """Show that there are other rows; the cursor's stays in view."""
        self._seen.clear()
        self._position.follow_cursor()
        self._repaint()
        self.post_message(self.CursorMoved())

    # --- the mouse --------------------------------------------------------------------------------

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll; the cursor stays where it is, in view or not."""
        event.stop()
        self._position.scroll(_WHEEL)
        self._repaint()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll back."""
        event.stop()
        self._position.scroll(-_WHEEL)
        self._repaint()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of the line at the edge."""
        if self.has_hairline and event.x == self.size.width - 1:
            self._drag.begin()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Move the line at the edge."""
        self._drag.move(event.screen_x)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Drop the line at the edge."""
        self._drag.end(event.screen_x)

    def on_click(self, event: events.Click) -> None:
        """Choose the row under the pointer."""
        if self._drag.took_click():
            return
        self.post_message(self.ListClicked())
        y = event.y - self._gap(self.size)
        seen = self._position.visible()
        if 0 <= y < len(seen):
            self.go(seen[y][0])
            self.choose()
        elif not len(self.listing):
            self.choose()

    # --- drawing ----------------------------------------------------------------------------------

    def _gap(self, size: Size) -> int:
        return lines_above(size.height, self.note)

    def _forget(self) -> None:
        self.rows.forget()
        self._seen.clear()

    def _fit(self) -> None:
        """Lay the rows out for another size."""
        self.rows.look = self.rows.look.in_height(self.size.height)
        self._forget()
        self._position.fit()

    def _repaint(self) -> None:
        """Draw again the lines that have changed, and no others."""
        size = self.size
        changed = self._seen.renew(size)
        if changed is None or len(changed) > self._position.height // 2:
            self.refresh()
        elif changed:
            gap = self._gap(size)
            self.refresh(*(Region(0, y + gap, size.width, 1) for y in changed))

    def on_resize(self) -> None:
        """Lay the rows out for the width; the cursor's row stays in view."""
        if not self._seen.are_those_at(self.size):  # else it has been drawn in this size already
            self._fit()
            self._repaint()

    def on_focus(self) -> None:
        """Light the cursor's row."""
        self.refresh()

    def on_blur(self) -> None:
        """Dim it."""
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return one line of the pane."""
        size = self.size
        if len(self.listing) and not self._seen.are_those_at(size):  # the event of a new size has not come yet
            self._fit()
            self._seen.renew(size)
        return self._painter.line_of_pane(
            y, size, self._seen.lines, self.note, has_focus=self.has_focus, has_hairline=self.has_hairline
        )
