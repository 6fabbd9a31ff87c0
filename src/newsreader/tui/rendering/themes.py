"""Colours: our own themes, and the few inks to which every theme, ours or not, is reduced.

What is drawn line by line uses only the inks of a `Palette`. Every ink for letters is adjusted to a contrast
of at least 4.5 to 1 (WCAG 2.2, 1.4.3) on every ground that it may be on, whatever colours a theme asks for.
"""

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from functools import lru_cache
from itertools import product

from rich.style import Style
from textual.color import Color
from textual.theme import Theme

from newsreader.values import dataclass

DEFAULT_THEME = "ink"
PLAIN_THEME = "ansi-dark"  # what is shown where NO_COLOR is set: the terminal's own colours, without any
_CONTRAST = 4.5
_IN_256 = "newsreader-in-256-colours"  # among the variables of a theme
_LEVELS = (0, 95, 135, 175, 215, 255)  # of each part of the colours 16 to 231
_GREYS = tuple(Color(part, part, part) for part in (0, *range(8, 239, 10), 255))  # black, 232 to 255, white


class Ink(StrEnum):
    """The colours of letters."""

    TEXT = "text"
    STRONG = "strong"  # titles, what is new
    MUTED = "muted"
    FAINT = "faint"
    ACCENT = "accent"
    LINK = "link"
    FRESH = "fresh"  # what can be read without a network
    RULE = "rule"  # hairlines: not letters, so without a contrast of their own


class Ground(StrEnum):
    """The colours behind letters."""

    PAGE = "page"
    PANEL = "panel"  # the bars above and below
    CHOSEN = "chosen"  # the row under the cursor


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a theme, as Rich names them; a ground of "default" is the terminal's own."""

    page: str
    panel: str
    chosen: str
    text: str
    strong: str
    muted: str
    faint: str
    accent: str
    link: str
    fresh: str
    rule: str
    dark: bool = True

    @property
    def is_plain(self) -> bool:
        """Whether the terminal's sixteen colours are meant, so that quietness has to be said with `dim`."""
        return self.page == "default"

    @lru_cache(maxsize=512)  # noqa: B019  (there are as many palettes as themes)
    def style(
        self,
        ink: Ink = Ink.TEXT,
        ground: Ground = Ground.PAGE,
        bold: bool = False,
        italic: bool = False,
        underline: bool = False,
    ) -> Style:
        """Return the style of letters in an ink on a ground."""
        dim = self.is_plain and ink in (Ink.MUTED, Ink.FAINT, Ink.RULE)
        bold = bold or (self.is_plain and ink is Ink.STRONG)
        return Style(
            color=getattr(self, ink.value),
            bgcolor=getattr(self, ground.value),
            bold=bold or None,
            italic=italic or None,
            underline=underline or None,
            dim=dim or None,
        )


_OWN = {
    "ink": Palette(
        page="#15171c", panel="#1a1d24", chosen="#252a34", text="#d9d5cc", strong="#f6f2e9", muted="#9aa0ab",
        faint="#8a909b", accent="#e3a857", link="#86b8cf", fresh="#9ccf8d", rule="#2d323c",
    ),
    "paper": Palette(
        page="#f8f4ea", panel="#f0eadc", chosen="#e7dfcc", text="#33312c", strong="#14130f", muted="#625d52",
        faint="#69645a", accent="#9c3f14", link="#1f5f7a", fresh="#35691f", rule="#d9cfba", dark=False,
    ),
    "harbour": Palette(
        page="#0f1a20", panel="#13222a", chosen="#1c323c", text="#cfd8d6", strong="#eef6f3", muted="#93a5a8",
        faint="#86989c", accent="#ef8e6d", link="#7fc6c4", fresh="#a3cf8a", rule="#23363f",
    ),
    "mist": Palette(
        page="#f4f6f7", panel="#e9edef", chosen="#dbe3e7", text="#2c3338", strong="#0d1316", muted="#566169",
        faint="#5c676f", accent="#0b6e6e", link="#3a4fa3", fresh="#2f6d2f", rule="#cfd7dc", dark=False,
    ),
    # For eyes that need more contrast: every letter has at least 7 to 1 (WCAG 2.2, 1.4.6).
    "coal": Palette(
        page="#000000", panel="#0d0d0d", chosen="#262626", text="#f2f2f2", strong="#ffffff", muted="#c4c4c4",
        faint="#b8b8b8", accent="#ffcf5c", link="#8fd3ff", fresh="#a6e59a", rule="#4d4d4d",
    ),
    "snow": Palette(
        page="#ffffff", panel="#f4f4f4", chosen="#e3e3e3", text="#141414", strong="#000000", muted="#3d3d3d",
        faint="#464646", accent="#7a1f00", link="#003f8a", fresh="#0c4a0c", rule="#b5b5b5", dark=False,
    ),
}  # fmt: skip
_PLAIN = Palette(
    page="default", panel="default", chosen="default", text="default", strong="default", muted="default",
    faint="default", accent="yellow", link="cyan", fresh="green", rule="default",
)  # fmt: skip
_PLAIN_LIGHT = Palette(
    page="default", panel="default", chosen="default", text="default", strong="default", muted="default",
    faint="default", accent="red", link="blue", fresh="green", rule="default", dark=False,
)  # fmt: skip


def readable(colour: Color, grounds: tuple[Color, ...]) -> Color:
    """Return the colour, moved towards black or white as little as its contrast on every ground needs."""
    darkest = min(ground.brightness for ground in grounds)
    pole = Color.parse("#ffffff") if darkest < 0.5 else Color.parse("#000000")
    for step in range(21):
        moved = colour.blend(pole, step / 20)
        if all(contrast(moved, ground) >= _CONTRAST for ground in grounds):
            return moved
    return pole


def contrast(one: Color, other: Color) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Color) -> float:
    def linear(channel: int) -> float:
        part = channel / 255
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(colour.r) + 0.7152 * linear(colour.g) + 0.0722 * linear(colour.b)


def _with_readable_colours(palette: Palette) -> Palette:
    grounds = tuple(Color.parse(getattr(palette, ground.value)) for ground in Ground)
    inks = {
        ink.value: readable(Color.parse(getattr(palette, ink.value)), grounds).hex.lower()
        for ink in Ink
        if ink is not Ink.RULE
    }
    return replace(palette, **inks)  # type: ignore[arg-type]


def _derived(theme: Theme) -> Palette:
    """Return the palette of a theme that is not ours: its own colours, in our few roles."""
    colours = theme.to_color_system().generate()
    page = Color.parse(colours["background"])
    text = Color.parse(colours["foreground"])
    accent = Color.parse(colours["accent"])
    return _with_readable_colours(
        Palette(
            page=page.hex,
            panel=page.blend(text, 0.04).hex,
            chosen=page.blend(text, 0.10).hex,
            text=page.blend(text, 0.90).hex,
            strong=text.hex,
            muted=page.blend(text, 0.62).hex,
            faint=page.blend(text, 0.55).hex,
            accent=accent.hex,
            link=Color.parse(colours["primary"]).hex,
            fresh=Color.parse(colours["success"]).hex,
            rule=page.blend(text, 0.16).hex,
            dark=theme.dark,
        )
    )


@lru_cache(maxsize=64)
def _palette_named(name: str) -> Palette:
    return _with_readable_colours(_OWN[name])


_derived_palettes: dict[str, Palette] = {}
_palettes_in_256: dict[str, Palette] = {}


def in_256_colours(theme: Theme) -> Theme:
    """Return a theme for a terminal that has 256 colours: `palette_of` brings its own to the nearest of them."""
    return theme if theme.ansi else replace(theme, variables={**theme.variables, _IN_256: "1"})


def _brought_to_256(palette: Palette) -> Palette:
    """Return a palette in colours of the 256: each the nearest, an ink the nearest that can be read.

    Rich rounds red, green and blue separately, which turns dark greys blue and light ones pink.
    """
    grounds = {ground.value: _nearest(_colour(palette, ground), _GREYS) for ground in Ground}
    if grounds["chosen"] == grounds["page"]:  # what is chosen has to be seen
        grounds["chosen"] = _GREYS[_GREYS.index(grounds["page"]) + (1 if palette.dark else -1)]
    on = tuple(grounds.values())
    inks = {ink.value: _nearest(_colour(palette, ink), _GREYS, on) for ink in Ink if ink is not Ink.RULE}
    inks |= {ink.value: _nearest(_colour(palette, ink), (), on) for ink in (Ink.ACCENT, Ink.LINK, Ink.FRESH)}
    rule = _colour(palette, Ink.RULE)
    inks["rule"] = min(_GREYS, key=lambda grey: _distance(grey, rule))
    return replace(palette, **{name: _sent(colour) for name, colour in (grounds | inks).items()})  # type: ignore[arg-type]


def _colour(palette: Palette, role: Ink | Ground) -> Color:
    return Color.parse(getattr(palette, role.value))


def _nearest(colour: Color, greys: Sequence[Color], grounds: tuple[Color, ...] = ()) -> Color:
    """Return the nearest of the 256 that has a hue, or is one of these greys; with grounds, of those readable there."""
    while True:
        hued = (each for each in _corners_around(colour) if len(set(each.rgb)) > 1)
        near = [each for each in (*hued, *greys) if all(contrast(each, ground) >= _CONTRAST for ground in grounds)]
        if near:
            return min(near, key=lambda each: _distance(each, colour))
        pole = "#ffffff" if grounds[0].brightness < 0.5 else "#000000"
        colour = colour.blend(Color.parse(pole), 0.1)


def _sent(colour: Color) -> str:
    """Return a colour of the 256 as the one from which Rich comes to it: it looks for greys in even steps."""
    if colour not in _GREYS:
        return colour.hex.lower()
    part = round(_GREYS.index(colour) * 255 / (len(_GREYS) - 1))
    return Color(part, part, part).hex.lower()


def _corners_around(colour: Color) -> list[Color]:
    """Return the colours of the cube of 216 whose parts are those beside the colour's."""
    return [Color(red, green, blue) for red, green, blue in product(*map(_levels_beside, colour.rgb))]


def _levels_beside(part: int) -> list[int]:
    return sorted(_LEVELS, key=lambda level: abs(level - part))[:2]


def _distance(one: Color, other: Color) -> float:
    """Return how far two colours are apart to the eye, roughly; that one has a hue and the other none counts much."""
    red, green, blue = (a - b for a, b in zip(one.rgb, other.rgb, strict=True))
    mean = (one.r + other.r) / 2
    return (2 + mean / 256) * red**2 + 4 * green**2 + (2 + (255 - mean) / 256) * blue**2


def palette_of(theme: Theme) -> Palette:
    """Return the inks and grounds of a theme."""
    if _IN_256 in theme.variables:
        if theme.name not in _palettes_in_256:
            own = _palette_named(theme.name) if theme.name in _OWN else _derived(theme)
            _palettes_in_256[theme.name] = _brought_to_256(own)
        return _palettes_in_256[theme.name]
    if theme.name in _OWN:
        return _palette_named(theme.name)
    if theme.ansi:
        return _PLAIN if theme.dark else _PLAIN_LIGHT
    if theme.name not in _derived_palettes:
        _derived_palettes[theme.name] = _derived(theme)
    return _derived_palettes[theme.name]


def hue(colour: str) -> str:
    """Return a palette's colour as Textual's styles name it."""
    return colour if colour.startswith("#") else f"ansi_{colour}"


def own_themes() -> list[Theme]:
    """Return our themes as Textual knows themes."""
    return [_theme(name, _palette_named(name)) for name in _OWN]


def _theme(name: str, palette: Palette) -> Theme:
    return Theme(
        name=name,
        primary=palette.accent,
        secondary=palette.link,
        accent=palette.accent,
        warning=palette.accent,
        error=palette.accent,
        success=palette.fresh,
        foreground=palette.text,
        background=palette.page,
        surface=palette.panel,
        panel=palette.chosen,
        dark=palette.dark,
    )


def style_variables(theme: Theme) -> dict[str, str]:
    """Return what Textual's own widgets are drawn in, so that boxes and lists have the inks and grounds of the rest.

    Among the terminal's own colours what is chosen is bold and underlined: it has to be seen without any, too.
    """
    if theme.ansi:
        cursors = ("block-cursor", "block-cursor-blurred", "input-cursor")
        plain = {f"{name}-{ground}": "ansi_default" for name in cursors for ground in ("background", "foreground")}
        looks = {f"{name}-text-style": "bold underline" for name in cursors} | {"input-cursor-text-style": "reverse"}
        return {"quiet": "ansi_default", **plain, **looks}
    palette = palette_of(theme)
    return {
        "background": palette.page,
        "surface": palette.panel,
        "panel": palette.chosen,
        "foreground": palette.text,
        "accent": palette.accent,
        "quiet": palette.muted,
        "block-cursor-background": palette.chosen,
        "block-cursor-foreground": palette.strong,
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": palette.chosen,
        "block-cursor-blurred-foreground": palette.strong,
        "block-cursor-blurred-text-style": "bold",
        "block-hover-background": palette.chosen,
        "input-cursor-background": palette.accent,
        "input-cursor-foreground": palette.page,
        "input-cursor-text-style": "none",
        "input-selection-background": palette.chosen,
        "screen-selection-background": palette.accent,
        "screen-selection-foreground": palette.page,
        "border": palette.rule,
        "border-blurred": palette.rule,
        "scrollbar": palette.rule,
        "scrollbar-background": palette.page,
        "scrollbar-hover": palette.muted,
        "scrollbar-active": palette.muted,
        "scrollbar-background-hover": palette.page,
        "scrollbar-background-active": palette.page,
        "scrollbar-corner-color": palette.page,
    }
