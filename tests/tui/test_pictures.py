"""Pictures in the text: they come without moving what is read, and a terminal is sent what it understands."""

import re
import zlib
from base64 import b64decode
from dataclasses import replace

import pytest
from textual.pilot import Pilot

from newsreader.models import Article, Block, Figure, Page, Paragraph, Span
from newsreader.pictures import PictureProtocol, Raster
from newsreader.settings import ReadingSettings, Settings
from newsreader.tui.app import NewsreaderApp
from newsreader.tui.rendering import graphics
from newsreader.tui.widgets.article_pictures import Figures
from newsreader.tui.widgets.article_view import ArticleView
from tests.tui.fake_service import FakeService
from tests.tui.newspaper import address
from tests.tui.seeing import press, running, screen_lines, seen, settled

BUOY, GULL = "https://vesti.example/i/buoy.png", "https://vesti.example/i/gull.png"


def raster(columns: int = 20, rows: int = 5, protocol: PictureProtocol = PictureProtocol.BLOCKS) -> Raster:
    width, height = (columns, 2 * rows) if protocol is PictureProtocol.BLOCKS else (8 * columns, 16 * rows)
    pixels = bytes(value for y in range(height) for x in range(width) for value in (x % 250, y % 250, 90))
    if protocol is PictureProtocol.SIXEL:
        return Raster(columns, rows, protocol, width, height, b"", tuple(f"#0!{width}~" for _ in range(rows)))
    return Raster(columns, rows, protocol, width, height, pixels)


def words(n: int) -> Paragraph:
    return Paragraph((Span(f"Paragraph {n}. The tide comes in, and the boats go out with it, one by one. " * 3),))


def illustrated(*, before: int, between: int = 30) -> Article:
    """Return an article with a picture after some paragraphs, and another far below."""
    blocks: tuple[Block, ...] = (
        *(words(n) for n in range(before)),
        Figure(BUOY, caption=(Span("The green buoy"),)),
        *(words(n) for n in range(before, before + between)),
        Figure(GULL, caption=(Span("A gull"),)),
        *(words(n) for n in range(100, 104)),
    )
    return Article(address("harbour"), "The buoy is back", blocks, language="en")


@pytest.fixture
def service(service: FakeService) -> FakeService:
    service.choices["figures"] = "pictures"
    service.settings = Settings(reading=ReadingSettings(graphics="blocks"))
    put(service, illustrated(before=1))
    return service


def put(service: FakeService, article: Article) -> None:
    service.web[article.url] = Page(article.url, article.title, article=article)


def view(pilot: Pilot[int]) -> ArticleView:
    return pilot.app.screen.query_one(ArticleView)


def first_words(pilot: Pilot[int]) -> str:
    return next(words for line in screen_lines(pilot)[1:] if (words := line[42:].strip()))


def rows_with_pixels(pilot: Pilot[int]) -> list[int]:
    return [y for y, line in enumerate(screen_lines(pilot)) if "▀▀" in line]


async def test_a_picture_is_in_the_text_above_its_caption(service: FakeService) -> None:
    service.rasters[BUOY] = raster()
    async with running(service) as pilot:
        await press(pilot, "enter")

        rows = rows_with_pixels(pilot)
        assert len(rows) == 5
        assert "The green buoy" in screen_lines(pilot)[rows[-1] + 1]
        assert "▒" not in seen(pilot)


@pytest.mark.parametrize("size", [(60, 30), (100, 30), (160, 40), (160, 24)])
async def test_a_picture_leaves_half_of_the_view_to_words(service: FakeService, size: tuple[int, int]) -> None:
    async with running(service, size=size) as pilot:
        await press(pilot, "enter")

        assert service.boxes
        assert max(box.rows for box in service.boxes) <= view(pilot).size.height // 2


async def test_what_is_below_stays_when_the_picture_comes(service: FakeService) -> None:
    service.rasters[BUOY] = raster()
    gate = service.hold(BUOY)
    async with running(service, size=(100, 45)) as pilot:
        await press(pilot, "enter")
        before = [y for y, line in enumerate(screen_lines(pilot)) if "Paragraph 1." in line]
        gate.set()
        await settled(pilot)

        assert rows_with_pixels(pilot)
        assert [y for y, line in enumerate(screen_lines(pilot)) if "Paragraph 1." in line] == before != []


async def test_the_top_line_stays_when_pictures_above_and_below_it_come(service: FakeService) -> None:
    service.rasters |= {BUOY: raster(), GULL: raster(20, 3)}
    gates = service.hold(BUOY), service.hold(GULL)
    async with running(service) as pilot:
        await press(pilot, "enter", "space", "space", "space")
        top = screen_lines(pilot)[3]
        for gate in gates:
            gate.set()
        await settled(pilot)
        assert screen_lines(pilot)[3] == top
        await press(pilot, "b", "b", "b")

        assert len(rows_with_pixels(pilot)) == 5


async def test_room_that_was_not_needed_goes_when_nobody_looks(service: FakeService) -> None:
    service.rasters[BUOY] = raster(20, 2)
    async with running(service) as pilot:
        await press(pilot, "enter")
        caption = next(y for y, line in enumerate(screen_lines(pilot)) if "The green buoy" in line)
        assert "Paragraph 1." not in screen_lines(pilot)[caption + 2]
        await press(pilot, "space", "space", "g")

        caption = next(y for y, line in enumerate(screen_lines(pilot)) if "The green buoy" in line)
        assert "Paragraph 1." in screen_lines(pilot)[caption + 2]


@pytest.mark.parametrize("size", [(60, 24), (100, 30), (160, 60)])
async def test_a_missing_picture_takes_one_line(service: FakeService, size: tuple[int, int]) -> None:
    async with running(service, size=size) as pilot:
        await press(pilot, "enter")
        lines = screen_lines(pilot)
        caption = next(y for y, line in enumerate(lines) if "The green buoy · not available" in line)
        assert "Paragraph 1." in lines[caption + 2]


async def test_the_text_below_a_missing_picture_stays_where_it_is(service: FakeService) -> None:
    put(service, illustrated(before=1, between=60))
    service.rasters[BUOY] = raster()
    async with running(service) as pilot:
        await press(pilot, "enter", "G")
        lines = screen_lines(pilot)
        last = max(y for y, line in enumerate(lines) if "Paragraph 103." in line)
        assert last >= len(lines) - 6  # the end is still at the end
        caption = next(y for y, line in enumerate(lines) if "A gull · not available" in line)
        assert "Paragraph 100." in lines[caption + 2]


async def test_pictures_are_got_when_they_come_near(service: FakeService) -> None:
    put(service, illustrated(before=1, between=60))
    service.rasters |= {BUOY: raster(), GULL: raster()}
    async with running(service) as pilot:
        await press(pilot, "enter")
        assert service.rastered == [BUOY]
        await press(pilot, "G")

        assert service.rastered == [BUOY, GULL]


async def test_a_picture_that_cannot_be_fetched_is_a_word_beside_its_caption(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter")

        assert "The green buoy · not available" in seen(pilot)
        assert not rows_with_pixels(pilot)


async def test_i_shows_nothing_then_captions_then_pictures_and_is_remembered(service: FakeService) -> None:
    service.rasters[BUOY] = raster()
    async with running(service) as pilot:
        await press(pilot, "enter", "i")
        assert "The green buoy" not in seen(pilot)
        await press(pilot, "i")
        assert "▒ The green buoy" in seen(pilot)
        chosen = [service.choices["figures"]]
        await press(pilot, "i")

        assert rows_with_pixels(pilot)
        assert [*chosen, service.choices["figures"]] == ["captions", "pictures"]


async def test_hiding_pictures_keeps_the_positionb(service: FakeService) -> None:
    put(service, illustrated(before=1))
    service.rasters |= {BUOY: raster()}
    async with running(service) as pilot:
        await press(pilot, "enter", *["j"] * 27)
        top = first_words(pilot)
        await press(pilot, "i", "i")

        assert first_words(pilot) == top


async def test_frugal_mode_asks_for_no_picture_and_says_why(service: FakeService) -> None:
    service.settings = service.settings.with_frugal()
    async with running(service) as pilot:
        await press(pilot, "enter")
        assert "▒ The green buoy" in seen(pilot)
        await press(pilot, "i")

        assert "Frugal mode shows no pictures." in seen(pilot)
        assert service.rastered == []


async def test_copied_words_have_no_trace_of_a_picture(service: FakeService) -> None:
    service.rasters[BUOY] = raster()
    async with running(service) as pilot:
        await press(pilot, "enter")
        view(pilot).text_select_all()
        await pilot.pause()

        copied = pilot.app.screen.get_selected_text() or ""
        assert "one by one.\n\nThe green buoy\n\nParagraph 1." in re.sub(r"[ ]+\n", "\n", copied)


@pytest.mark.parametrize("protocol", [PictureProtocol.KITTY, PictureProtocol.SIXEL])
async def test_pixels_are_sent_to_a_terminal_that_takes_them(service: FakeService, protocol: PictureProtocol) -> None:
    service.settings = replace(service.settings, reading=ReadingSettings(graphics=protocol.value))
    service.rasters[BUOY] = raster(protocol=protocol)
    sent: list[str] = []
    async with running(service) as pilot:
        view(pilot).pictures.write = sent.append
        view(pilot).pictures.set_protocol(protocol, (8, 16))
        await press(pilot, "enter")

        lines = "".join(screen_lines(pilot))
        if protocol is PictureProtocol.KITTY:
            assert lines.count("\U0010eeee") == 100
            assert sent[0].startswith("\x1b_Ga=T,U=1,q=2,f=24,o=z,i=")
            await press(pilot, "J")
            assert sent[-1].startswith("\x1b_Ga=d,d=I,i=")  # the next article does not need it
        else:
            assert lines.count("\x1bP0;1q#0!160~\x1b\\") == 5


def test_kitty_gets_every_pixel() -> None:
    picture = raster(40, 10, PictureProtocol.KITTY)
    pieces = re.findall(r"\x1b_G([^;]*);([^\x1b]*)\x1b\\", graphics.kitty_picture(picture, 70_000))

    assert all(len(payload) <= 4096 for _, payload in pieces)
    assert [head[-1] for head, _ in pieces] == [*"1" * (len(pieces) - 1), "0"]
    assert zlib.decompress(b64decode("".join(payload for _, payload in pieces))) == picture.pixels


def test_half_blocks_hold_two_pixels_each() -> None:
    segments = graphics.block_segments(raster(), 2)

    assert "".join(segment.text for segment in segments) == "▀" * 20
    style = segments[7].style
    assert style is not None
    assert (style.color.name, style.bgcolor.name) == ("#07045a", "#07055a")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("environment", "colours", "protocol"),
    [
        ({"TERM": "xterm-kitty"}, "truecolor", PictureProtocol.KITTY),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "ghostty"}, "truecolor", PictureProtocol.KITTY),
        ({"TERM": "foot"}, "truecolor", PictureProtocol.SIXEL),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"}, "truecolor", PictureProtocol.SIXEL),
        ({"TERM": "xterm-256color", "KONSOLE_VERSION": "230804"}, "truecolor", PictureProtocol.SIXEL),
        ({"TERM": "xterm-256color", "KONSOLE_VERSION": "210800"}, "truecolor", PictureProtocol.BLOCKS),
        ({"TERM": "tmux-256color", "TMUX": "/tmp/tmux", "KITTY_WINDOW_ID": "1"}, "truecolor", PictureProtocol.BLOCKS),
        ({"TERM": "xterm-kitty"}, "256", PictureProtocol.BLOCKS),  # kitty's letters carry a number as their colour
        ({"TERM": "xterm-256color"}, "256", PictureProtocol.BLOCKS),
        ({"TERM": "linux"}, "standard", None),
        ({"TERM": "dumb"}, None, None),
    ],
)
def test_the_terminals_name_shows_how_it_shows_pictures(
    environment: dict[str, str], colours: str | None, protocol: PictureProtocol | None
) -> None:
    assert graphics.protocol_of(environment, colours) is protocol


def test_the_configuration_has_the_last_word_on_how_pictures_are_drawn() -> None:
    assert graphics.protocol_of({"TERM": "linux"}, None, "sixel") is PictureProtocol.SIXEL


async def test_a_terminal_without_colours_shows_captions(service: FakeService, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = NewsreaderApp(service, "vesti.example")
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        await press(pilot, "enter")

        assert "▒ The green buoy" in seen(pilot)
        assert view(pilot).pictures.figures is Figures.CAPTIONS


def test_kitty_can_count_every_row_and_column_of_a_box() -> None:
    assert graphics.MOST_ROWS >= 100
    assert len(set(graphics._COUNTING)) == graphics.MOST_COLUMNS
