"""The line at the edge of a pane, moved with the mouse."""

from collections.abc import Callable

from textual.widget import Widget


class DividerDrag:
    """Follows the pointer from the press to the release of its button."""

    def __init__(self, pane: Widget, move_to: Callable[[int, bool], object]) -> None:
        """Take a function to call with each column that the pointer is in, and whether it is the last."""
        self._pane = pane
        self._move_to = move_to
        self._is_dragging = self._was_dragged = False

    def begin(self) -> None:
        """Take hold of the line."""
        self._is_dragging = True
        self._pane.capture_mouse()

    def move(self, x: int) -> None:
        """Move the line, if it is held."""
        if self._is_dragging:
            self._move_to(x, False)

    def end(self, x: int) -> None:
        """Drop the line."""
        if self._is_dragging:
            self._is_dragging = False
            self._pane.release_mouse()
            self._was_dragged = True
            self._move_to(x, True)

    def took_click(self) -> bool:
        """Return whether the click that comes now was the end of a drag."""
        was_dragged, self._was_dragged = self._was_dragged, False
        return was_dragged
