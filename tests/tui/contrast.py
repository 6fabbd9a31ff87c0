"""Which letters on the screen are too faint, computed from what is drawn."""

from collections.abc import Iterator

from rich.cells import cell_len
from rich.style import Style
from textual.color import Color
from textual.geometry import Region
from textual.pilot import Pilot
from textual.strip import Strip

from newsreader.tui.rendering.themes import contrast
from tests.tui.seeing import screen_strips

LEAST = 4.5  # WCAG 2.2, 1.4.3


def faint_letters(pilot: Pilot[int], least: float = LEAST) -> list[tuple[str, float]]:
    """Return the words in view that have too little contrast, each with what it has.

    What is dimmed behind a dialog cannot be acted on, and does not count.
    """
    found = []
    for text, style in _words(pilot):
        assert not style.dim, f"dimmed, so that its contrast is left to the terminal: {text!r}"
        assert style.color is not None, f"in no colour: {text!r}"
        assert style.bgcolor is not None, f"on no ground: {text!r}"
        ink, ground = Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor)
        if style.reverse:
            ink, ground = ground, ink
        if (had := contrast(ink, ground)) < least:
            found.append((text, round(had, 2)))
    return found


def strips_in_view(pilot: Pilot[int]) -> list[Strip]:
    """Return the lines of the screen, after what the terminal is not to be sent was taken out of them."""
    app = pilot.app
    strips = screen_strips(pilot)
    for line_filter in filter(lambda each: each.enabled, app._filters):
        strips = [strip.apply_filter(line_filter, app.screen.background_colors[1]) for strip in strips]
    return strips


def styles_in_view(pilot: Pilot[int]) -> set[Style]:
    """Return the looks of all that is drawn."""
    return {segment.style for strip in strips_in_view(pilot) for segment in strip if segment.style is not None}


def _words(pilot: Pilot[int]) -> Iterator[tuple[str, Style]]:
    """Yield what is written with letters and figures in view, with its look."""
    areas = _areas(pilot)
    for y, strip in enumerate(screen_strips(pilot)):
        x = 0
        for segment in strip:
            cells = cell_len(segment.text)
            is_meant = any(area.contains(x + cells // 2, y) for area in areas)
            if is_meant and any(character.isalnum() for character in segment.text):
                yield segment.text, segment.style or Style.null()
            x += cells


def _areas(pilot: Pilot[int]) -> list[Region]:
    """Return what can be acted on: a dialog that dims what is behind it, else the whole screen."""
    screen = pilot.app.screen
    if screen.is_modal and screen.styles.background.a:
        return [child.region for child in screen.children if child.display]
    return [screen.region]
