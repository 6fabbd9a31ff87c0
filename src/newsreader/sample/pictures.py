"""The paper's pictures: seascapes drawn by arithmetic, written as PNG."""

import math
import struct
import zlib
from dataclasses import dataclass
from functools import lru_cache

Colour = tuple[int, int, int]

_SKY, _DISC, _HILLS, _WAVES = 0, 100, 110, 120  # where the colours of each begin in the palette
_SHADES = 24  # of one wave, from its crest down
_LAYERS = 5


@dataclass(frozen=True, slots=True)
class Scene:
    """What distinguishes one seascape from another.

    Attributes:
        sky: From the top down to the horizon.
        sea: From the horizon to the nearest wave.
        disc: Colour of the sun or moon; its place and radius are parts of the width.
        hills: How high the land on the horizon rises, as a part of the height.
        swell: How high the waves are, likewise.
        phase: Where the waves begin.
    """

    sky: tuple[Colour, Colour]
    sea: tuple[Colour, Colour]
    disc: Colour
    disc_x: float
    disc_y: float
    disc_radius: float
    hills: float
    swell: float
    phase: float


_DAWN = ((38, 56, 92), (244, 184, 142))
_NOON = ((98, 152, 188), (222, 232, 226))
_DUSK = ((44, 36, 72), (226, 122, 96))
_NIGHT = ((10, 16, 34), (46, 66, 98))
_FOG = ((176, 184, 186), (226, 226, 218))
_WINTER = ((120, 142, 164), (236, 232, 228))

_COLD = ((116, 150, 160), (16, 42, 60))
_WARM = ((206, 138, 116), (38, 38, 66))
_GREEN = ((132, 178, 168), (14, 62, 70))
_DARK = ((50, 74, 104), (6, 12, 26))
_GREY = ((190, 196, 194), (84, 102, 110))

SCENES = {
    "breakwater": Scene(_DAWN, _WARM, (255, 226, 178), 0.68, 0.40, 0.055, 0.05, 0.030, 0.4),
    "lighthouse": Scene(_DUSK, _WARM, (255, 206, 150), 0.28, 0.46, 0.070, 0.10, 0.040, 1.7),
    "lamp": Scene(_NIGHT, _DARK, (250, 238, 190), 0.74, 0.22, 0.035, 0.12, 0.028, 2.9),
    "nets": Scene(_NOON, _GREEN, (255, 250, 226), 0.80, 0.20, 0.040, 0.03, 0.045, 0.9),
    "ferry": Scene(_WINTER, _COLD, (255, 244, 224), 0.35, 0.34, 0.045, 0.07, 0.036, 3.6),
    "turbines": Scene(_WINTER, _GREY, (255, 250, 240), 0.60, 0.25, 0.050, 0.04, 0.026, 5.2),
    "tram": Scene(_DAWN, _COLD, (255, 214, 160), 0.20, 0.42, 0.060, 0.16, 0.020, 2.2),
    "museum": Scene(_NOON, _COLD, (255, 252, 236), 0.48, 0.18, 0.035, 0.09, 0.024, 4.4),
    "orchestra": Scene(_DUSK, _DARK, (255, 190, 140), 0.55, 0.47, 0.085, 0.06, 0.022, 0.1),
    "shipyard": Scene(_DAWN, _GREY, (255, 232, 200), 0.40, 0.36, 0.050, 0.13, 0.030, 1.1),
    "seals": Scene(_FOG, _GREY, (248, 246, 238), 0.64, 0.26, 0.050, 0.05, 0.034, 3.1),
    "library": Scene(_NOON, _GREEN, (255, 248, 214), 0.22, 0.24, 0.040, 0.08, 0.038, 5.8),
    "gull": Scene(_NOON, _COLD, (255, 250, 230), 0.75, 0.28, 0.045, 0.02, 0.030, 2.5),
    "tides": Scene(_NIGHT, _COLD, (236, 240, 232), 0.30, 0.20, 0.045, 0.06, 0.050, 4.0),
    "fog": Scene(_FOG, _GREY, (240, 240, 234), 0.50, 0.35, 0.060, 0.11, 0.018, 1.4),
}


@lru_cache(maxsize=64)
def picture(name: str, width: int = 640) -> bytes | None:
    """Return the picture of that name as a PNG, 16 wide by 9 high; None if there is none."""
    scene = SCENES.get(name)
    return None if scene is None else _png(_rows(scene, width, width * 9 // 16), _palette(scene), width)


def _between(first: Colour, last: Colour, part: float) -> Colour:
    return (
        round(first[0] + (last[0] - first[0]) * part),
        round(first[1] + (last[1] - first[1]) * part),
        round(first[2] + (last[2] - first[2]) * part),
    )


def _palette(scene: Scene) -> list[Colour]:
    horizon = scene.sky[1]
    colours = [_between(*scene.sky, shade / (_DISC - 1)) for shade in range(_DISC)]
    colours += [_between(scene.disc, horizon, 0.03 * shade) for shade in range(_HILLS - _DISC)]
    colours += [_between(scene.sea[0], horizon, 0.45 - 0.02 * shade) for shade in range(_WAVES - _HILLS)]
    for layer in range(_LAYERS):
        crest = _between(*scene.sea, layer / _LAYERS)
        foot = _between(*scene.sea, min(1.0, (layer + 1.4) / _LAYERS))
        colours += [_between(crest, foot, shade / (_SHADES - 1)) for shade in range(_SHADES)]
    return colours


def _rows(scene: Scene, width: int, height: int) -> list[bytes]:
    """Return the rows of palette numbers: what is nearer has the higher number, so that the highest is seen."""
    horizon = round(height * 0.55)
    hills = [round(horizon - height * scene.hills * _hill(x / width, scene.phase)) for x in range(width)]
    waves = [_crests(scene, layer, width, height, horizon) for layer in range(_LAYERS)]
    rows = []
    for y in range(height):
        row = bytearray([min(_DISC - 1, y * _DISC // max(1, horizon))]) * width
        _draw_disc(row, scene, y, width, height)
        layers = (
            [bytes(_HILLS + 4 if y >= top and y < height * 0.75 else 0 for top in hills)] if y > horizon / 2 else []
        )
        layers += [_wave_row(tops, layer, y, height) for layer, tops in enumerate(waves) if y >= min(tops)]
        rows.append(bytes(map(max, row, *layers)) if layers else bytes(row))
    return rows


def _hill(x: float, phase: float) -> float:
    return max(0.0, 0.55 * math.sin(3.1 * x + phase) + 0.30 * math.sin(7.3 * x + 2 * phase) + 0.08 * math.sin(23 * x))


def _crests(scene: Scene, layer: int, width: int, height: int, horizon: int) -> list[int]:
    near = layer / (_LAYERS - 1)
    base = horizon + (height - horizon) * 0.82 * near**1.4
    swell = height * scene.swell * (0.12 + near)
    length = 9.0 - 5.5 * near
    return [
        round(
            base
            + swell * math.sin(length * 2 * math.pi * x / width + scene.phase * (layer + 1))
            + 0.4 * swell * math.sin(length * 4.7 * x / width + 1.9 * layer)
        )
        for x in range(width)
    ]


def _draw_disc(row: bytearray, scene: Scene, y: int, width: int, height: int) -> None:
    radius = scene.disc_radius * width
    reach = radius**2 - (y - scene.disc_y * height) ** 2
    if reach > 0:
        half = math.sqrt(reach)
        left, right = round(scene.disc_x * width - half), round(scene.disc_x * width + half)
        shade = min(9, round(9 * abs(y - (scene.disc_y * height - radius)) / (2 * radius)))
        row[left:right] = bytes([_DISC + shade]) * (right - left)


def _wave_row(tops: list[int], layer: int, y: int, height: int) -> bytes:
    depth = max(1, height // 9)
    first = _WAVES + layer * _SHADES
    shades = [first + min(_SHADES - 1, (y - top) * _SHADES // depth) if y >= top else 0 for top in tops]
    return bytes(shades)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _png(rows: list[bytes], palette: list[Colour], width: int) -> bytes:
    """Return the rows as an indexed PNG (ISO/IEC 15948), eight bits a pixel, no filter."""
    head = struct.pack(">IIBBBBB", width, len(rows), 8, 3, 0, 0, 0)
    pixels = zlib.compress(b"".join(b"\x00" + row for row in rows), 9)
    colours = b"".join(bytes(colour) for colour in palette)
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", head),
            _chunk(b"PLTE", colours),
            _chunk(b"IDAT", pixels),
            _chunk(b"IEND", b""),
        )
    )
