"""Where the reader is in the article, and how they move through it: by lines, by pages, by headings."""

from typing import TYPE_CHECKING

from newsreader.tui.widgets.article_page import ArticlePage, Viewport

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsreader.typesetting.layout import Layout, TextPosition

_SLICE = 400  # lines that are wrapped before keys are looked at again


class ArticlePosition:
    """Follows the reader through the article that is shown; what is at the top of the view is kept at every width."""

    def __init__(self, page: ArticlePage, view: Viewport, covered: "Callable[[int], int]") -> None:
        """Take how many lines something covers when a line is at the top of the view."""
        self._page = page
        self._view = view
        self._covered = covered
        self._wanted: TextPosition | None = None
        self._wanted_line: int | None = None
        self._out_of_reach: tuple[TextPosition, int] | None = None  # the view is too high for it to be at its top

    # --- where it is ------------------------------------------------------------------------------

    @property
    def current(self) -> "TextPosition | None":
        """Where the reader is: what is on the first line in view."""
        if self._wanted is not None:
            return self._wanted  # there was no room to be there yet
        layout, top = self._page.layout, self._view.top
        if self._out_of_reach is not None and self._out_of_reach[1] == top:
            return self._out_of_reach[0]  # until the reader scrolls
        if layout is None or top <= self._page.text_top:
            return None
        return layout.position_of(top - self._page.text_top)

    @property
    def lines_seen(self) -> range:
        """The numbers of the lines in view that nothing covers."""
        top = self._view.top
        return range(top + self._covered(top), top + self._view.height)

    @property
    def percent(self) -> int | None:
        """How much of the article is read when the last line in view is; None without an article."""
        if self._page.layout is None:
            return None
        below = self._view.whole_height - self._view.height
        return 100 if below <= 0 else min(100, round(100 * self._view.top / below))

    @property
    def is_at_end(self) -> bool:
        """Whether the last line is in view."""
        self._view.measure_height()
        return self._view.top >= self._view.whole_height - self._view.height

    @property
    def fits(self) -> bool:
        """Whether the whole article is in view at once."""
        return self.is_at_end and self._view.whole_height <= self._view.height

    # --- where it is to be once the article is set --------------------------------------------------

    def want(self, position: "TextPosition | None") -> None:
        """Go to a position once the article is set; to its beginning without one."""
        self._wanted, self._wanted_line, self._out_of_reach = position, None, None

    def keep(self) -> None:
        """Return to the present position once the article is set in another way."""
        self._wanted = self.current

    def note_clamped(self, before: int, top: int) -> None:
        """Remember the line that was at the top before the view became too high for that."""
        layout, above = self._page.layout, self._page.text_top
        known = self._out_of_reach[0] if self._out_of_reach is not None and self._out_of_reach[1] == before else None
        if known is None and layout is not None and before > above:
            known = layout.position_of(before - above)
        self._out_of_reach = (known, top) if known is not None else None

    def return_to_wanted(self, layout: "Layout") -> None:
        """Go to the wanted position, now that the article is set."""
        position, self._wanted = self._wanted, None
        y, self._wanted_line = self._wanted_line or 0, None
        if position is not None:
            y = layout.line_of(position) + self._page.text_top
        self.wrap_to(y + 2 * self._view.height)
        self._view.jump(y)
        is_reached = position is None or self._view.top >= y
        self._out_of_reach = None if position is None or is_reached else (position, self._view.top)

    # --- moving -----------------------------------------------------------------------------------

    def go(self, y: int) -> None:
        """Scroll to a line."""
        self._out_of_reach = None
        self.wrap_to(y + 2 * self._view.height)
        self._view.jump(max(0, y))
        self._view.note_scrolled()

    def go_to(self, position: "TextPosition | None") -> None:
        """Scroll to a position; to the beginning without one."""
        layout = self._page.layout
        if layout is not None:
            self.go(layout.line_of(position) + self._page.text_top if position is not None else 0)

    def wrap_to(self, y: int) -> None:
        """Wrap the article up to a line, so that its height is known up to there."""
        self._page.wrap_to(y)
        self._view.measure_height()

    def go_to_line(self, top: int) -> None:
        """Bring a line to the top of the view; as soon as there is one, where there is none yet."""
        if self._page.layout is None:
            self._wanted_line = top
        else:
            self.go(top)

    def scroll_lines(self, by: int) -> None:
        """Scroll by lines."""
        self.go(self._view.top + by)

    def scroll_part(self, parts: float) -> None:
        """Scroll by a part of the height; a whole page keeps one line in view."""
        is_whole, top = abs(parts) >= 1, self._view.top
        lines = int(abs(parts) * self._view.height) - (1 if is_whole else 0)
        if is_whole:  # what was covered becomes visible
            lines -= self._covered(top + lines if parts > 0 else top)
        self.go(top + (max(1, lines) if parts > 0 else -max(1, lines)))

    def scroll_to_top(self) -> None:
        """Go to the title."""
        self.go(0)

    def scroll_to_end(self) -> None:
        """Go to the last line; the whole article is wrapped for it, a slice at a time."""
        self.go_to_part(1.0)

    def go_to_part(self, part: float) -> None:
        """Go to where this part is read, from 0 to 1, as `percent` counts it; the article is wrapped as for its end."""
        if self._page.layout is None:
            self._go_to_part(part)
        else:
            self._wrap_slice((self._page.layout, part))

    def _go_to_part(self, part: float) -> None:
        self.go(round(part * (self._view.whole_height if part >= 1 else self._view.whole_height - self._view.height)))

    def _wrap_slice(self, wanted: "tuple[Layout, float]") -> None:
        """Wrap some more of the article between two events; go to a part of it when all of it is."""
        layout, part = wanted
        if layout is not self._page.layout:
            return  # another article is shown by now
        if layout.advance(_SLICE):
            self._view.between_keys(self._wrap_slice, wanted)
        else:
            self._view.measure_height()
            self._go_to_part(part)

    def scroll_to_heading(self, by: int) -> bool:
        """Go to the next or previous heading; False if there is none."""
        layout, above = self._page.layout, self._page.text_top
        if layout is None:
            return False
        here = max(0, self._view.top - above)
        found = layout.next_heading(here) if by > 0 else layout.previous_heading(here)
        if found is None:
            return False
        self.go(found + above)
        return True
