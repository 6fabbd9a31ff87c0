"""How the terminal can show pictures, and what is sent to it for them; pure, except for the size of a cell.

The terminal is not asked, as its answer would come between keys: its name decides, and the configuration can say
otherwise. Inside tmux and screen, which pass no pictures on, half blocks are drawn.
"""

import sys
import zlib
from base64 import b64encode
from collections.abc import Iterator, Mapping
from functools import lru_cache

from rich.color import Color
from rich.color_triplet import ColorTriplet
from rich.segment import ControlType, Segment
from rich.style import Style

from newsreader.characters import whole_number
from newsreader.pictures import PictureProtocol, Raster

_BY_KITTY = ("xterm-kitty", "xterm-ghostty")
_BY_SIXEL = ("foot", "mlterm", "contour", "yaft")
_PROGRAMS: Mapping[str, PictureProtocol] = {
    "WezTerm": PictureProtocol.SIXEL, "iTerm.app": PictureProtocol.SIXEL, "contour": PictureProtocol.SIXEL,
    "mlterm": PictureProtocol.SIXEL, "rio": PictureProtocol.SIXEL,
}  # fmt: skip
_KONSOLE_SINCE = 220400
_CHUNK = 4096
_PLACEHOLDER = "\U0010eeee"
# The marks by which kitty counts rows and columns (its rowcolumn-diacritics.txt), as many as a picture may have rows.
_COUNTING = "".join(map(chr, (
    0x305, 0x30D, 0x30E, 0x310, 0x312, 0x33D, 0x33E, 0x33F, 0x346, 0x34A, 0x34B, 0x34C, 0x350, 0x351, 0x352, 0x357,
    0x35B, 0x363, 0x364, 0x365, 0x366, 0x367, 0x368, 0x369, 0x36A, 0x36B, 0x36C, 0x36D, 0x36E, 0x36F, 0x483, 0x484,
    0x485, 0x486, 0x487, 0x592, 0x593, 0x594, 0x595, 0x597, 0x598, 0x599, 0x59C, 0x59D, 0x59E, 0x59F, 0x5A0, 0x5A1,
    0x5A8, 0x5A9, 0x5AB, 0x5AC, 0x5AF, 0x5C4, 0x610, 0x611, 0x612, 0x613, 0x614, 0x615, 0x616, 0x617, 0x657, 0x658,
    0x659, 0x65A, 0x65B, 0x65D, 0x65E, 0x6D6, 0x6D7, 0x6D8, 0x6D9, 0x6DA, 0x6DB, 0x6DC, 0x6DF, 0x6E0, 0x6E1, 0x6E2,
    0x6E4, 0x6E7, 0x6E8, 0x6EB, 0x6EC, 0x730, 0x732, 0x733, 0x735, 0x736, 0x73A, 0x73D, 0x73F, 0x740, 0x741, 0x743,
    0x745, 0x747, 0x749, 0x74A, 0x7EB, 0x7EC, 0x7ED, 0x7EE, 0x7EF, 0x7F0, 0x7F1, 0x7F3, 0x816, 0x817, 0x818, 0x819,
)))  # fmt: skip
MOST_ROWS = MOST_COLUMNS = len(_COUNTING)


def protocol_of(environment: Mapping[str, str], colours: str | None, wanted: str = "auto") -> PictureProtocol | None:
    """Return the best way to show a picture on this terminal; None if it has too few colours.

    `colours` is what Rich says of the terminal: "truecolor", "256", "standard", None.
    """
    if wanted != "auto":
        return PictureProtocol(wanted)
    if colours not in ("truecolor", "256"):
        return None
    term, program = environment.get("TERM", ""), environment.get("TERM_PROGRAM", "")
    if environment.get("TMUX") or environment.get("STY") or term.startswith(("screen", "tmux")):
        return PictureProtocol.BLOCKS
    if term in _BY_KITTY or program == "ghostty" or environment.get("KITTY_WINDOW_ID"):
        return (
            PictureProtocol.KITTY if colours == "truecolor" else PictureProtocol.BLOCKS
        )  # the colour of its letters is a number
    if program in _PROGRAMS:
        return _PROGRAMS[program]
    konsole = environment.get("KONSOLE_VERSION", "")
    if term.startswith(_BY_SIXEL) or whole_number(konsole, 0) >= _KONSOLE_SINCE:
        return PictureProtocol.SIXEL
    return PictureProtocol.BLOCKS


def cell_size() -> tuple[int, int] | None:
    """Return how many pixels a cell of the terminal is wide and high; None if it does not say."""
    if sys.platform == "win32":
        return None
    import struct
    from fcntl import ioctl
    from termios import TIOCGWINSZ

    if sys.__stdout__ is None:
        return None
    try:
        rows, columns, width, height = struct.unpack("HHHH", ioctl(sys.__stdout__.fileno(), TIOCGWINSZ, bytes(8)))
    except (OSError, ValueError):
        return None
    if not (rows and columns and width >= columns and height >= rows):
        return None
    return width // columns, height // rows


# --- half blocks ------------------------------------------------------------------------------


def block_segments(raster: Raster, row: int) -> list[Segment]:
    """Return a row of cells of two pixels each."""
    segments: list[Segment] = []
    letters, before = 0, None
    for x in range(raster.width):
        pair = raster.pixel(x, 2 * row), raster.pixel(x, 2 * row + 1)
        if pair != before and before is not None:
            segments.append(Segment("▀" * letters, _halves(*before)))
            letters = 0
        before, letters = pair, letters + 1
    if before is not None:
        segments.append(Segment("▀" * letters, _halves(*before)))
    return segments


@lru_cache(maxsize=8192)
def _halves(upper: tuple[int, int, int], lower: tuple[int, int, int]) -> Style:
    return Style(color=_colour(upper), bgcolor=_colour(lower))


def _colour(rgb: tuple[int, int, int]) -> Color:
    return Color.from_triplet(ColorTriplet(*rgb))


# --- kitty ------------------------------------------------------------------------------------


def kitty_number(url: str) -> int:
    """Return the number of a picture for the terminal: three bytes, the first of them not zero."""
    return zlib.crc32(url.encode()) & 0xFFFFFF | 0x10000


def kitty_picture(raster: Raster, number: int) -> str:
    """Return the sequence that sends the pixels, to be shown where the letters of `kitty_segments` are."""
    payload = b64encode(zlib.compress(raster.pixels, 3)).decode()
    head = f"a=T,U=1,q=2,f=24,o=z,i={number},s={raster.width},v={raster.height},c={raster.columns},r={raster.rows},"
    return "".join(_kitty_pieces(head, payload))


def _kitty_pieces(head: str, payload: str) -> Iterator[str]:
    for start in range(0, len(payload), _CHUNK):
        has_more = int(start + _CHUNK < len(payload))
        yield f"\x1b_G{head}m={has_more};{payload[start : start + _CHUNK]}\x1b\\"
        head = "q=2,"


def kitty_removal(number: int) -> str:
    """Return the sequence that deletes a picture from the terminal."""
    return f"\x1b_Ga=d,d=I,i={number},q=2\x1b\\"


def kitty_segments(raster: Raster, row: int, number: int) -> list[Segment]:
    """Return a row of the letters that the terminal replaces with the picture; their colour is its number."""
    style = Style(color=_colour((number >> 16 & 255, number >> 8 & 255, number & 255)))
    return [Segment("".join(_PLACEHOLDER + _COUNTING[row] + _COUNTING[n] for n in range(raster.columns)), style)]


# --- sixel ------------------------------------------------------------------------------------


def sixel_drawing(raster: Raster, row: int, column: int) -> Segment:
    """Return the sequence that draws a row of the picture from a column on; the cursor returns after it.

    It takes no cells of its own, so it comes at the end of a line, after the cells that it is drawn over.
    """
    drawing = f"\x1b7\x1b[{column + 1}G\x1bP0;1q{raster.sixels[row]}\x1b\\\x1b8"
    return Segment(drawing, None, [(ControlType.CURSOR_FORWARD, 0)])
