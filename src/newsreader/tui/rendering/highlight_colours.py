"""How highlighted words look, and the mark of each colour, which needs no colour to be recognised."""

from functools import lru_cache

from rich.style import Style
from textual.color import Color

from newsreader.library_values import HighlightColour
from newsreader.tui.rendering.themes import Palette, readable

MARKS = {
    HighlightColour.YELLOW: "▌",
    HighlightColour.GREEN: "║",
    HighlightColour.BLUE: "┋",
    HighlightColour.PINK: "░",
}
"""What is in the margin beside highlighted words."""
_HUES = {
    HighlightColour.YELLOW: "#e8b339",
    HighlightColour.GREEN: "#5fae4b",
    HighlightColour.BLUE: "#4f93e0",
    HighlightColour.PINK: "#d9659f",
}
_PLAIN = {
    HighlightColour.YELLOW: "yellow",
    HighlightColour.GREEN: "green",
    HighlightColour.BLUE: "cyan",
    HighlightColour.PINK: "magenta",
}
_STRENGTH = 0.36  # of the hue in the ground


@lru_cache(maxsize=256)
def highlight_style(palette: Palette, colour: HighlightColour) -> Style:
    """Return how highlighted words look; in the terminal's own colours underlined besides."""
    if palette.is_plain:
        return Style(color="black", bgcolor=_PLAIN[colour], underline=True)
    ground = Color.parse(palette.page).blend(Color.parse(_HUES[colour]), _STRENGTH)
    ink = readable(Color.parse(palette.strong), (ground,))
    return Style(color=ink.hex.lower(), bgcolor=ground.hex.lower())


@lru_cache(maxsize=256)
def mark_style(palette: Palette, colour: HighlightColour) -> Style:
    """Return how the mark beside highlighted words looks."""
    if palette.is_plain:
        return Style(color=_PLAIN[colour], bgcolor=palette.page, bold=True)
    page = Color.parse(palette.page)
    return Style(color=readable(Color.parse(_HUES[colour]), (page,)).hex.lower(), bgcolor=palette.page)


def selection_style(palette: Palette) -> Style:
    """Return how words look that are being selected."""
    if palette.is_plain:
        return Style(reverse=True, bold=True)
    return Style(color=palette.page, bgcolor=palette.accent)
