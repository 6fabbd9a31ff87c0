"""What the terminal can show, according to its environment: how many colours, and whether a screen at all."""

from collections.abc import Mapping, MutableMapping
from enum import StrEnum

_MANY = ("kitty", "alacritty", "foot", "ghostty", "wezterm", "contour", "iterm", "direct")  # whatever COLORTERM says
_NONE = ("vt52", "vt100", "vt102", "vt220", "vt320", "xterm-mono")
_ERASING = (  # the families that erase in the present ground: "bce" in terminfo, which neither screen nor tmux have
    "alacritty", "contour", "foot", "ghostty", "iterm", "kitty", "konsole", "linux", "mintty", "mlterm", "putty",
    "rxvt", "st-", "wezterm", "xterm",
)  # fmt: skip
_MOVING = (  # those that delete and insert lines within margins
    *_ERASING, "cygwin", "eterm", "screen", "tmux", "vt1", "vt2", "vt3", "vt4",
)  # fmt: skip
_NO_SCREEN = ("dumb", "unknown")


class Colours(StrEnum):
    """How many colours there are."""

    NONE = "none"
    FEW = "few"  # the terminal's own sixteen
    SOME = "some"  # 256
    MANY = "many"


def can_show_a_screen(environment: Mapping[str, str]) -> bool:
    """Whether the terminal understands more than lines."""
    return environment.get("TERM", "").lower() not in _NO_SCREEN


def take_in_colours(environment: MutableMapping[str, str]) -> Colours:
    """Return how many colours the terminal has, and set the environment variables that later readers go by.

    Some terminals with millions of colours do not announce that over ssh, where only TERM is handed on.
    """
    term = environment.get("TERM", "").lower()
    if "NO_COLOR" in environment or term.startswith(_NONE):
        environment.setdefault("NO_COLOR", "1")
        return Colours.NONE
    if environment.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit"):
        return Colours.MANY
    if any(name in term for name in _MANY):
        environment["COLORTERM"] = "truecolor"
        return Colours.MANY
    return Colours.SOME if term.endswith("256color") else Colours.FEW


def can_move_lines(environment: Mapping[str, str]) -> bool:
    """Whether the terminal can move lines up and down between others, as the VT102 could."""
    return environment.get("TERM", "").lower().startswith(_MOVING)


def can_erase_in_colour(environment: Mapping[str, str]) -> bool:
    """Whether the terminal erases in the ground of the present style, and not in its own."""
    return environment.get("TERM", "").lower().startswith(_ERASING)
