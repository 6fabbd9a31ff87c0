"""The keys of a box, in the footer while it is open; in several lines if needed, none of them breaking a hint."""

from collections.abc import Sequence

from textual.content import Content
from textual.geometry import Size
from textual.widgets import Static

from newsreader.tui.faults import catches_faults
from newsreader.tui.rendering.themes import Palette, hue

_GAP = "   "


@catches_faults
class ClosingLine(Static):
    """Says how to continue, where the screen below has its own keys."""

    DEFAULT_CSS = "ClosingLine { dock: bottom; width: 100%; height: auto; padding: 0 1; background: $surface; }"

    def __init__(self, pairs: Sequence[tuple[str, str]], palette: Palette) -> None:
        """Begin with keys, each with what it does."""
        super().__init__()
        self._palette = palette
        self._hints = self._set(pairs)

    def show(self, pairs: Sequence[tuple[str, str]], palette: Palette | None = None) -> None:
        """Say something else, or say it in other colours."""
        self._palette = palette or self._palette
        self._hints = self._set(pairs)
        self.refresh(layout=True)

    def _set(self, pairs: Sequence[tuple[str, str]]) -> list[Content]:
        accent, muted = f"bold {hue(self._palette.accent)}", hue(self._palette.muted)
        return [
            Content(" ").join(
                [Content.styled(key, accent), Content.styled(words, muted)] if key else [Content.styled(words, muted)]
            )
            for key, words in pairs
        ]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return how many lines there are in a width."""
        del container, viewport
        return len(self._lines(width))

    def render(self) -> Content:
        """Return the lines in the width that there is."""
        return Content("\n").join(self._lines(self.size.width))

    def _lines(self, width: int) -> list[Content]:
        lines: list[Content] = []
        for hint in self._hints:
            if lines and lines[-1].cell_length + len(_GAP) + hint.cell_length <= width:
                lines[-1] = Content(_GAP).join([lines[-1], hint])
            else:
                lines.append(hint)
        return lines
