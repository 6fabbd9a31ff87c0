"""Bytes of a picture to a small raster that a terminal can show.

Pillow is imported where it is needed, and that is in the worker process alone: a picture is as hostile as a page.
"""

import base64
import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from io import BytesIO
from typing import TYPE_CHECKING, Any

from newsreader.patterns import pattern
from newsreader.values import dataclass

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "AVIF", "BMP")
MOST_COLUMNS, MOST_ROWS = 200, 100
_MOST_PIXELS = 50_000_000  # of a picture as it comes
_MOST_SHOWN = 4_000_000  # of what is sent to the terminal
_LEAST = 24  # pixels a side: what is smaller is a dot that counts readers, or an icon
_SIXEL_COLOURS = 128
_SIXEL = pattern(r'[?-~#;!$"0-9-]*')
_BAND = 6  # lines of pixels of one sixel
_BLACK, _WHITE = (0, 0, 0), (255, 255, 255)


class PictureProtocol(StrEnum):
    """How a picture is sent to a terminal."""

    BLOCKS = "blocks"  # a letter of two halves in two colours
    KITTY = "kitty"  # pixels, by the graphics protocol of kitty
    SIXEL = "sixel"


class NoPictureError(ValueError):
    """The bytes are not a picture that can be shown."""


@dataclass(frozen=True, slots=True)
class PictureBox:
    """The room that a picture may take: cells, and how many pixels a cell has."""

    columns: int
    rows: int
    protocol: PictureProtocol = PictureProtocol.BLOCKS
    cell_width: int = 8
    cell_height: int = 16


@dataclass(frozen=True)
class Raster:
    """A picture, as small as it is shown.

    Attributes:
        columns: How many cells it takes, and `rows` lines of them.
        width: In pixels; for "blocks" a pixel is half a cell.
        pixels: Three bytes each, row by row; empty for "sixel".
        sixels: For each row of cells its part of the picture as sixels.
    """

    columns: int
    rows: int
    protocol: PictureProtocol
    width: int
    height: int
    pixels: bytes
    sixels: tuple[str, ...] = ()

    def pixel(self, x: int, y: int) -> tuple[int, int, int]:
        """Return the colour at a position."""
        start = 3 * (y * self.width + x)
        return self.pixels[start], self.pixels[start + 1], self.pixels[start + 2]


def to_raster(body: bytes, box: PictureBox) -> Raster:
    """Return the picture as large as it fits into the box; smaller where it has too few pixels for it.

    Raises:
        NoPictureError: its format is unknown, or it is broken, too large or too small to be worth showing.
    """
    image = _opened(body, box)
    columns, rows = _cells(image.width, image.height, box)
    match box.protocol:
        case PictureProtocol.BLOCKS:
            width, height = columns, 2 * rows
        case _:
            width, height = columns * box.cell_width, rows * box.cell_height
            if width * height > _MOST_SHOWN:
                raise NoPictureError("more pixels than a terminal should be sent")
    small = _flattened(image).resize((width, height), reducing_gap=3.0)
    if box.protocol is PictureProtocol.SIXEL:
        return Raster(columns, rows, box.protocol, width, height, b"", tuple(_sixel_rows(small, box.cell_height)))
    return Raster(columns, rows, box.protocol, width, height, small.tobytes())


def _opened(body: bytes, box: PictureBox) -> "Image":
    from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

    ImageFile.LOAD_TRUNCATED_IMAGES = False
    Image.MAX_IMAGE_PIXELS = None  # the limit here is lower, and no warning
    try:
        image = Image.open(BytesIO(body), formats=FORMATS)
        if image.width * image.height > _MOST_PIXELS:
            raise NoPictureError(f"{image.width} x {image.height} pixels are too many")
        if min(image.size) < _LEAST:
            raise NoPictureError(f"{image.width} x {image.height} pixels are too few")
        image.draft("RGB", (2 * box.columns * box.cell_width, 2 * box.rows * box.cell_height))
        return ImageOps.exif_transpose(image)
    except UnidentifiedImageError as error:
        raise NoPictureError("not a picture of a known format") from error
    except (NoPictureError, MemoryError):
        raise
    except Exception as error:  # a library that reads broken files raises whatever its parts do
        raise NoPictureError(str(error) or type(error).__name__) from error


def _cells(width: int, height: int, box: PictureBox) -> tuple[int, int]:
    """Return how many columns and rows the picture takes, its sides in proportion."""
    room_width, room_height = box.columns * box.cell_width, box.rows * box.cell_height
    scale = min(room_width / width, room_height / height, 2.0)  # twice its size is as far as it can be enlarged
    columns = max(1, min(box.columns, round(width * scale / box.cell_width)))
    rows = max(1, min(box.rows, round(height * scale / box.cell_height)))
    return columns, rows


def _flattened(image: "Image") -> "Image":
    """Return the picture without transparency: on white if it is dark, on black if it is light."""
    from PIL import Image, ImageStat

    if not image.has_transparency_data:
        return image.convert("RGB")
    image = image.convert("RGBA")
    alpha = image.getchannel("A")
    is_seen = alpha.point(lambda value: 255 if value > 127 else 0)
    brightness = ImageStat.Stat(image.convert("L"), is_seen).mean[0] if is_seen.getbbox() else 0
    ground = Image.new("RGBA", image.size, _BLACK if brightness > 160 else _WHITE)
    return Image.alpha_composite(ground, image).convert("RGB")


# --- sixels -----------------------------------------------------------------------------------


def _sixel_rows(image: "Image", cell_height: int) -> Iterator[str]:
    """Yield for each row of cells what draws its part: rows can be drawn again one by one, as lines of text are."""
    from PIL import Image

    few = image.quantize(_SIXEL_COLOURS, dither=Image.Dither.FLOYDSTEINBERG)
    palette = few.getpalette() or []
    indices = few.tobytes()
    for top in range(0, image.height, cell_height):
        yield _sixels(indices, palette, image.width, top, min(cell_height, image.height - top))


def _sixels(indices: bytes, palette: list[int], width: int, top: int, height: int) -> str:
    """Return lines of pixels as sixels, with the colours that they need."""
    lines = [indices[(top + n) * width : (top + n + 1) * width] for n in range(height)]
    parts = [f'"1;1;{width};{height}']
    for colour in sorted(set().union(*lines)):
        red, green, blue = (round(part * 100 / 255) for part in palette[3 * colour : 3 * colour + 3])
        parts.append(f"#{colour};2;{red};{green};{blue}")
    for band in range(0, height, _BAND):
        parts.append("-" if band else "")
        parts.append("$".join(_band(lines[band : band + _BAND])))
    return "".join(parts)


def _band(lines: list[bytes]) -> Iterator[str]:
    for colour in sorted(set().union(*lines)):
        bits = [0] * len(lines[0])
        for n, each in enumerate(lines):
            position = each.find(colour)
            while position >= 0:
                bits[position] |= 1 << n
                position = each.find(colour, position + 1)
        yield f"#{colour}" + re.sub(r"(.)\1{3,}", _repeated, "".join(chr(63 + bit) for bit in bits))


def _repeated(run: re.Match[str]) -> str:
    return f"!{len(run[0])}{run[1]}"


# --- between the processes --------------------------------------------------------------------


def raster_to_json(raster: Raster) -> Iterator[Mapping[str, Any]]:
    """Yield the raster piece by piece."""
    yield {
        "columns": raster.columns, "rows": raster.rows, "protocol": raster.protocol,
        "width": raster.width, "height": raster.height,
    }  # fmt: skip
    yield {"pixels": base64.b64encode(raster.pixels).decode()}
    yield from ({"sixels": row} for row in raster.sixels)


def raster_from_json(lines: Iterator[Any], box: PictureBox) -> Raster:
    """Return what `raster_to_json` took to pieces, if it is what was asked for and nothing but a picture.

    Raises:
        ValueError: it is not; a worker that a picture has taken over must not reach the terminal.
    """
    head, pixels = next(lines), base64.b64decode(next(lines)["pixels"], validate=True)
    sixels = tuple(str(line["sixels"]) for line in lines)
    sizes = tuple(head[name] for name in ("columns", "rows", "width", "height"))
    if not all(isinstance(size, int) and size > 0 for size in sizes):
        raise ValueError("a picture without a size")
    columns, rows, width, height = sizes
    protocol = PictureProtocol(head["protocol"])
    wanted = (0, rows) if protocol is PictureProtocol.SIXEL else (3 * width * height, 0)
    if columns > box.columns or rows > box.rows or protocol is not box.protocol or (len(pixels), len(sixels)) != wanted:
        raise ValueError("not the picture that was asked for")
    if not all(_SIXEL.fullmatch(row) for row in sixels):
        raise ValueError("no sixels")
    return Raster(columns, rows, protocol, width, height, pixels, sixels)
