"""Pictures as rasters: in proportion, within their box, and nothing but pictures."""

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from newsreader.pictures import (
    NoPictureError,
    PictureBox,
    PictureProtocol,
    Raster,
    raster_from_json,
    raster_to_json,
    to_raster,
)

RED, BLUE = (200, 30, 30), (20, 40, 190)


def written(image: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    body = BytesIO()
    image.save(body, kind, **options)
    return body.getvalue()


def two_halves(width: int = 300, height: int = 200) -> Image.Image:
    image = Image.new("RGB", (width, height), RED)
    image.paste(BLUE, (0, height // 2, width, height))
    return image


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF", "BMP"])
def test_each_format_becomes_the_same_small_picture(kind: str) -> None:
    raster = to_raster(written(two_halves(), kind), PictureBox(30, 10))

    assert (raster.columns, raster.rows, raster.width, raster.height) == (30, 10, 30, 20)
    for (x, y), colour in {(3, 2): RED, (3, 17): BLUE}.items():
        assert all(abs(a - b) < 12 for a, b in zip(raster.pixel(x, y), colour, strict=True))


@pytest.mark.parametrize(
    ("size", "cells"),
    [
        ((600, 400), (30, 10)),
        ((1000, 100), (30, 2)),
        ((100, 1000), (2, 10)),
        ((40, 40), (10, 5)),
        ((4000, 24), (30, 1)),
    ],
)
def test_a_picture_keeps_its_proportions_within_the_box(size: tuple[int, int], cells: tuple[int, int]) -> None:
    raster = to_raster(written(two_halves(*size)), PictureBox(30, 10))

    assert (raster.columns, raster.rows) == cells


def test_a_photograph_is_upright_as_its_camera_says() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    raster = to_raster(written(two_halves(), "JPEG", exif=exif), PictureBox(30, 10))

    assert raster.columns < raster.rows * 2


@pytest.mark.parametrize(("ink", "ground"), [((10, 10, 10), 255), ((250, 250, 250), 0)])
def test_what_is_transparent_gets_a_ground_on_which_the_rest_is_seen(ink: tuple[int, int, int], ground: int) -> None:
    image = Image.new("RGBA", (100, 100), (0, 0, 0, 0))
    image.paste((*ink, 255), (40, 0, 60, 100))
    raster = to_raster(written(image), PictureBox(20, 10))

    assert raster.pixel(1, 1) == (ground, ground, ground)


@pytest.mark.parametrize(
    "body",
    [
        lambda: b"", lambda: b"<svg/>", lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 40, lambda: written(two_halves())[:200],
        lambda: written(Image.new("RGB", (1, 1))), lambda: written(Image.new("1", (9000, 9000))),
        lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n",
    ],
    ids=["empty", "svg", "broken", "cut", "dot", "bomb", "postscript"],
)  # fmt: skip
def test_what_is_no_picture_worth_showing_is_refused(body: Callable[[], bytes]) -> None:
    picture = body()
    with pytest.raises(NoPictureError):
        to_raster(picture, PictureBox(30, 10))


def test_pixels_for_kitty_fill_the_cells() -> None:
    raster = to_raster(written(two_halves()), PictureBox(30, 10, PictureProtocol.KITTY, 9, 18))

    assert (raster.width, raster.height) == (9 * raster.columns, 18 * raster.rows)
    assert len(raster.pixels) == 3 * raster.width * raster.height


def test_sixels_draw_each_row_of_cells_by_itself() -> None:
    raster = to_raster(written(two_halves(60, 40)), PictureBox(6, 2, PictureProtocol.SIXEL, 10, 20))

    assert len(raster.sixels) == raster.rows == 2
    assert all(row.startswith('"1;1;60;20#') and row.count("-") == 3 for row in raster.sixels)
    assert all("!60~" in row for row in raster.sixels)  # a run is counted, not repeated


@pytest.mark.parametrize("protocol", PictureProtocol)
def test_a_raster_comes_through_the_pipe_as_it_was(protocol: PictureProtocol) -> None:
    box = PictureBox(20, 8, protocol, 8, 16)
    raster = to_raster(written(two_halves()), box)

    assert raster_from_json(iter(list(raster_to_json(raster))), box) == raster


def lied(raster: Raster, pieces: list[dict[str, str]] | None = None, **changes: object) -> Iterator[object]:
    """Return what a worker says of a raster, with something else in place of some of it."""
    head, *rest = raster_to_json(raster)
    return iter([{**head, **changes}, *(pieces or rest)])


@pytest.mark.parametrize(
    "changes", [{"columns": 500}, {"rows": 0}, {"rows": 90}, {"width": 7}, {"height": "9"}, {"protocol": "kitty"}]
)
def test_only_the_picture_that_was_asked_for_is_taken_from_the_worker(changes: dict[str, object]) -> None:
    box = PictureBox(6, 2)

    with pytest.raises(ValueError, match="picture"):
        raster_from_json(lied(to_raster(written(two_halves()), box), None, **changes), box)


@pytest.mark.parametrize(
    "sixels",
    [("\x1b]52;c;cm0gLXJm\x07", "#0;2;0;0;0"), ("#0!9~",), ("#0!9~\n", "#0!9~")],
    ids=["words", "few", "newline"],
)
def test_a_worker_that_was_taken_over_cannot_write_to_the_terminal(sixels: tuple[str, ...]) -> None:
    box = PictureBox(6, 2, PictureProtocol.SIXEL, 10, 20)
    pieces = [{"pixels": ""}, *({"sixels": row} for row in sixels)]

    with pytest.raises(ValueError, match=r"picture|sixels"):
        raster_from_json(lied(to_raster(written(two_halves(60, 40)), box), pieces), box)
