"""Widgets that change together: what a key causes in several of them is seen in one paint."""

from collections.abc import Sequence
from typing import Self

from textual.filter import ANSIToTruecolor, LineFilter
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from newsreader.tui import textual_internals
from newsreader.tui.faults import catches_faults


@catches_faults
class ImmediateRefresh(Widget):
    """Has the screen drawn at once, and not only when the widget's messages have all been handled.

    Textual asks each widget when it has nothing else to do; the first one causes a paint, and those that are a
    moment later have to wait for the next frame, a sixtieth of a second.
    """

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Have it drawn again, with all else that changes now."""
        super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)
        if self.is_mounted:
            textual_internals.redraw_now(self)
        return self

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the lines; empty ones where they cannot be made, so that the rest of the screen is drawn."""
        try:
            return super().render_lines(crop)
        except Exception as error:  # noqa: BLE001  (the last resort)
            textual_internals.handle_exception(self.app, error)
            return [Strip.blank(crop.width)] * crop.height

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return the filters for each line before it is written; none of them changes colours.

        Those of a palette are what the terminal gets.
        """
        return [each for each in super().get_line_filters() if not isinstance(each, ANSIToTruecolor)]
