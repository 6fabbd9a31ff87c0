"""What is kept for the next start is, cell for cell and colour for colour, what that start paints first."""

import asyncio
import random
import re
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import cast

import pytest
from rich.console import Console, RenderableType
from textual.geometry import Size
from textual.screen import Screen

from newsreader import i18n
from newsreader.first_frame import FirstFrame
from newsreader.keymap import check_bindings
from newsreader.list_layout import Grouping, Order
from newsreader.models import Headline, HeadlineList, ListedHeadline, ListKind
from newsreader.screen_snapshot import KeptSection, ScreenSnapshot, SourceLine
from newsreader.settings import Settings
from newsreader.storage.screen import read_screen, write_screen
from newsreader.tui.app import NewsreaderApp
from newsreader.tui.reading.first_frame import FrameLook, FrameMaker
from newsreader.tui.reading.layout import pane_widths
from newsreader.tui.reading.state import View
from newsreader.tui.rendering.painting import line_text
from newsreader.tui.rendering.themes import own_themes, palette_of
from newsreader.tui.textual_internals import CompositorUpdate, LayoutUpdate
from tests.tui import newspaper
from tests.tui.fake_service import FakeService
from tests.tui.seeing import happened, press, running, screen_lines, seen, settled
from tests.tui.test_river import POST, papers

__all__ = ["papers"]

pytestmark = pytest.mark.usefixtures("painted")

FRONT = "https://vesti.example/"
WORDS = ("Harbour", "dredging", "delayed", "к", "марту", "港口疏浚", "推迟", "🚢", "e\u0301tude", "ο", "quota")


def random_row(chance: random.Random, number: int) -> ListedHeadline:
    age = timedelta(minutes=chance.choice((3, 90, 700, 1500, 4000, 600_000)) * (1 + number % 3))
    headline = Headline(
        " ".join(chance.choices(WORDS, k=chance.randint(1, 18))),
        f"{FRONT}{number}",
        chance.choice((None, "What it is about, in a sentence.")),
        published=None if chance.random() < 0.1 else newspaper.NOW - age,
        views=chance.choice((None, 7, 12_345)),
    )
    read, saved, stored, failed, new, later = (chance.random() < 0.3 for _ in range(6))
    return ListedHeadline(
        headline, read=read, saved=saved, stored=stored, failed=failed, new=new, later=later,
        source=chance.choice(("", "Vesti", "The Post")), percent=chance.choice((None, 40)),
        tags=chance.choice((frozenset(), frozenset({"sea"}))),
    )  # fmt: skip


def random_snapshot(seed: int, theme: str) -> ScreenSnapshot:
    chance = random.Random(seed)
    sections = []
    for number in range(chance.randint(1, 3)):
        rows = {place: random_row(chance, place) for place in range(chance.randint(1, 40))}
        page_list = HeadlineList(f"List {number}", chance.choice([*ListKind]), ())
        source = chance.choice((None, page_list))
        same_story = {rows[0].headline.url: (random_row(chance, 99),)} if chance.random() < 0.5 else {}
        hidden, goes_on = chance.choice((0, 0, 3)), chance.random() < 0.2
        is_folded = chance.random() < 0.2
        sections.append(KeptSection(f"List {number}", len(rows), rows, is_folded, source, same_story, hidden, goes_on))
    count = sum(section.count for section in sections)
    return ScreenSnapshot(
        FRONT, chance.choice(("all", "all", "saved", "river", "everything")), tuple(sections),
        chance.randrange(count), chance.randrange(count), chance.randrange(2), 3, 7, 2, chance.choice(("Вести", None)),
        newspaper.NOW - timedelta(minutes=chance.choice((0, 5, 300, 9000))), theme, 72,
        is_compact=chance.random() < 0.3, divider=chance.choice((0, 0, 25, 70)),
        arrangement=(chance.choice([*Order]), chance.choice([*Grouping])), hides_read=chance.random() < 0.5,
        has_sources=chance.random() < 0.5, source_title=chance.choice(("", "The Post")),
        source_lines=tuple(
            SourceLine(n == 3, ((f"{chance.choice(WORDS)} ", "strong", n == 3), ("7", "accent", False)))
            for n in range(chance.randint(0, 40))
        ), source_width=chance.choice((0, 24, 26, 27, 29)),
    )  # fmt: skip


class Watched(NewsreaderApp):
    """Keeps every line of its first paint."""

    painted: list[str] | None = None

    def _display(self, screen: Screen[object], renderable: RenderableType | CompositorUpdate | None) -> None:
        if isinstance(renderable, LayoutUpdate) and self.painted is None and self.size.height == len(renderable.strips):
            renderable.strips = [[*strips] for strips in renderable.strips]
            self.painted = [line_text([*strips], self.console) for strips in renderable.strips]
        super()._display(screen, cast("RenderableType | None", renderable))


def look_of(app: NewsreaderApp, size: tuple[int, int]) -> FrameLook:
    reading = app.reading
    filters = reading.parts.panes.header.get_line_filters()
    return FrameLook(
        Size(*size), reading.port.palette, filters, app.console, app.service.settings, reading.port.bindings
    )


def lines_at(frame: FirstFrame, now: datetime) -> list[str]:
    """Return what a start at some moment would paint."""
    now_s = now.timestamp()
    [day] = [day for day in frame.days if day.since_s <= now_s < day.until_s]
    return [next(head for until_s, head in day.heads if now_s < until_s), *day.lines]


SCREENS = [
    ((20, 6), "ink"), ((60, 20), "paper"), ((79, 12), "ansi-dark"), ((80, 15), "nord"), ((100, 30), "ink"),
    ((139, 30), "ansi-light"), ((140, 45), "mist"), ((200, 60), "textual-light"), ((100, 3), "ink"),
]  # fmt: skip


@pytest.mark.parametrize(("seed", "size", "theme"), [(n, *each) for n, each in enumerate(SCREENS)])
async def test_the_frame_is_what_the_next_start_paints_first(
    service: FakeService, seed: int, size: tuple[int, int], theme: str
) -> None:
    service.screen = random_snapshot(seed, theme)
    if size[0] != 200:  # else it was left at another width
        service.screen = replace(service.screen, source_width=pane_widths(size[0], service.screen.divider).sources)
    app = Watched(service, has_256_colours=seed % 3 == 1)
    async with app.run_test(size=size) as pilot:
        await happened(pilot, lambda: app.painted is not None)
        frame = FrameMaker(service.screen, look_of(app, size)).frame(service.now())
    assert app.painted is not None
    assert "\n".join(lines_at(frame, service.now())) == "\n".join(app.painted)


@pytest.mark.parametrize("keys", ["", "0", "0 ~ ~", "0 B", "0 B B", "0 ~ ~ Z"])
async def test_the_list_is_painted_as_it_was_left_however_it_is_arranged(
    papers: FakeService, tmp_path: Path, keys: str
) -> None:
    async with running(papers, POST, size=(100, 30)) as pilot:
        await press(pilot, "j", "s", *keys.split())
        assert isinstance(pilot.app, NewsreaderApp)
        pilot.app.reading.port.unsay()
        header, *left, footer = screen_lines(pilot)
        await press(pilot, "q")
    assert papers.screen is not None
    write_screen(tmp_path / "screen.json", papers.screen)
    papers.screen = read_screen(tmp_path / "screen.json")
    app = Watched(papers)
    async with app.run_test(size=(100, 30)) as pilot:
        await happened(pilot, lambda: app.painted is not None)
    assert app.painted is not None
    painted = [re.sub("\x1b\\[[0-9;]*m", "", line) for line in app.painted]
    assert [line[:38] for line in painted[1:-1]] == [line[:38] for line in left]
    assert (painted[0].split(), painted[-1].split()) == (header.split(), footer.split())


async def test_the_sources_are_painted_as_they_were_left_until_they_are_known(
    papers: FakeService, tmp_path: Path
) -> None:
    async with running(papers, POST, size=(160, 40)) as pilot:
        await press(pilot, "j")
        left = [line[:26] for line in screen_lines(pilot)]
        await press(pilot, "q")
    assert papers.screen is not None
    assert any("The Post" in line for line in left)
    write_screen(tmp_path / "screen.json", papers.screen)
    papers.screen = read_screen(tmp_path / "screen.json")
    papers.gates["sources"] = asyncio.Event()
    app = Watched(papers)
    async with app.run_test(size=(160, 40)) as pilot:
        await happened(pilot, lambda: app.painted is not None)
        await settled(pilot)
        assert app.painted is not None
        painted = [re.sub("\x1b\\[[0-9;]*m", "", line) for line in app.painted]
        assert [line[:26] for line in painted[1:-1]] == left[1:-1]
        assert [line[:26] for line in screen_lines(pilot)][1:-1] == left[1:-1]
        rows = {line.split("  ")[0].strip(" ▌"): y for y, line in enumerate(left)}
        await pilot.click("#sources", offset=(4, rows["Sea"] - 1))
        await settled(pilot)
        assert app.reading.state.address == POST  # which row that is, is not known yet
        await pilot.click("#sources", offset=(4, rows["Later"] - 1))
        await settled(pilot)
        assert app.reading.state.view is View.LATER
        papers.gates["sources"].set()
        await settled(pilot)
        assert any(line.startswith(" The Post") for line in screen_lines(pilot))


async def test_an_empty_view_says_so_in_its_first_frame(papers: FakeService) -> None:
    async with running(papers, POST, size=(100, 30)) as pilot:
        await press(pilot, "3")
        assert "Nothing is saved yet." in seen(pilot)
        await press(pilot, "q", "q")
    app = Watched(papers)
    async with app.run_test(size=(100, 30)) as pilot:
        await happened(pilot, lambda: app.painted is not None)
    assert app.painted is not None
    assert "Nothing is saved yet." in "".join(app.painted)


def maker_of(snapshot: ScreenSnapshot) -> FrameMaker:
    palette = palette_of(next(theme for theme in own_themes() if theme.name == "ink"))
    console = Console(force_terminal=True, color_system="truecolor")
    bindings, _ = check_bindings({})
    return FrameMaker(snapshot, FrameLook(Size(90, 24), palette, (), console, Settings(), bindings))


def test_labels_that_name_days_hold_until_the_day_has_ended() -> None:
    snapshot = replace(random_snapshot(0, "ink"), arrangement=(Order.TIME, Grouping.DAY))
    [today] = maker_of(snapshot).frame(newspaper.NOW).days
    assert today.until_s <= (newspaper.NOW + timedelta(days=1)).timestamp()


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_frame_says_later_what_is_true_then(seed: int, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "_chosen", [language])
    maker = maker_of(replace(random_snapshot(seed, "ink"), arrangement=()))
    kept = maker.frame(newspaper.NOW)
    minutes = (0, 0.98, 1.02, 7, 59.98, 61, 200, 700, 1441, 2000, 3000, 4500, 9000)
    for later in (newspaper.NOW + timedelta(minutes=each) for each in minutes):
        assert lines_at(kept, later) == lines_at(maker.frame(later), later), later
    assert not [day for day in kept.days if day.until_s > (newspaper.NOW + timedelta(days=10)).timestamp()]
