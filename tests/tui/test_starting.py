"""The next start: what was on the screen is there at once, takes keys, and is replaced by what the stores hold."""

import asyncio
import gc
import json
import os
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from newsreader.models import Headline, HeadlineList, ListedHeadline, ListKind, Opened, Page
from newsreader.screen_snapshot import KeptSection, ScreenSnapshot
from newsreader.service.facade import NewsService
from newsreader.service.values import Paper, SavedSession
from newsreader.settings import Directories, Settings
from newsreader.storage.screen import screen_file, write_screen
from newsreader.tui.app import NewsreaderApp
from newsreader.tui.reading.screen import ReadingScreen
from newsreader.tui.widgets.headline_pane import HeadlinePane
from tests.tui import newspaper
from tests.tui.fake_service import FakeListings, FakePages, FakeService
from tests.tui.hand_scheduler import HandScheduler
from tests.tui.newspaper import address
from tests.tui.seeing import happened, press, running, screen_lines, seen, settled, until
from tests.waiting import LONG_S

if TYPE_CHECKING:
    from newsreader.service.assembly import Assembly

FRONT = "https://vesti.example/"


class SlowPages(FakePages):
    """Copies come when they are let."""

    answers: asyncio.Event

    async def stored(self, address: str) -> Opened | None:
        await self.answers.wait()
        return await super().stored(address)


class SlowStores(FakeService):
    """Its stores answer when they are let."""

    def __init__(self, before: FakeService) -> None:
        super().__init__(before.web)
        self.kept, self.screen, self.remembered = before.kept, before.screen, before.remembered
        self.read = before.read
        pages = SlowPages(self)
        self.pages, self.answers = pages, asyncio.Event()
        pages.answers = self.answers


def long_page(count: int) -> Page:
    times = (newspaper.NOW - timedelta(minutes=number) for number in range(count))
    headlines = tuple(Headline(f"Story {n}", f"{FRONT}{n}", published=time) for n, time in enumerate(times))
    return Page(FRONT, "Вести", "Вести", "en", None, (HeadlineList("Latest", ListKind.LATEST, headlines),))


async def left_after(service: FakeService, *keys: str) -> str:
    """Run the program, press keys, quit; return what was on the screen."""
    service.store(FRONT)
    async with running(service) as pilot:
        await press(pilot, *keys)
        before = seen(pilot)
        await press(pilot, "q")
    return before


def titles(screen: str) -> list[str]:
    """Return the list's part of the screen, cursor included."""
    return [line[:40].rstrip() for line in screen.split("\n")[1:-1]]


@pytest.mark.parametrize("keys", [(), ("j", "j", "j"), ("ctrl+d", "k"), ("G",), ("m", "2", "j", "j")])
async def test_the_list_is_as_it_was_left_before_a_store_answers(service: FakeService, keys: tuple[str, ...]) -> None:
    before = await left_after(service, *keys)
    again = SlowStores(service)
    async with running(again, address=None) as pilot:
        assert titles(seen(pilot)) == titles(before)
        again.answers.set()
        await settled(pilot)
        assert titles(seen(pilot)) == titles(before)


class SlowStart(SlowStores):
    """It begins its work when it is let."""

    def __init__(self, before: FakeService) -> None:
        super().__init__(before)
        self.begins = threading.Event()
        self.was_let: bool | None = None  # None while it waits

    def start(self) -> None:
        self.was_let = self.begins.wait(LONG_S)


async def test_keys_are_handled_while_the_service_starts(service: FakeService) -> None:
    await left_after(service, "j")
    again = SlowStart(service)
    async with running(again, address=None) as pilot:
        await press(pilot, "j")
        assert any(line.startswith("▌13:05") for line in screen_lines(pilot))
        assert again.was_let is None
        again.begins.set()
        again.answers.set()


async def test_a_start_that_is_given_up_at_once_leaves_the_position_as_it_was(service: FakeService) -> None:
    await left_after(service, "j", "enter", "tab")
    assert service.remembered is not None
    assert service.remembered.article == address("quota")
    again = SlowStores(service)
    async with running(again, address=None) as pilot:
        await press(pilot, "q")
    assert again.remembered == service.remembered
    assert again.screen == service.screen


async def test_an_article_that_was_alone_is_alone_again(service: FakeService) -> None:
    service.store(FRONT)
    async with running(service) as pilot:
        await press(pilot, "j", "enter", "z")
        before = seen(pilot)
        await press(pilot, "ctrl+q")
    async with running(service, address=None) as pilot:
        assert seen(pilot) == before
        await press(pilot, "z")
        assert "Последние новости" in seen(pilot)


async def test_an_article_on_its_way_is_remembered_for_another_start(service: FakeService) -> None:
    service.store(FRONT)
    gate = service.hold(address("quota"))
    async with running(service) as pilot:
        await press(pilot, "j", "enter", "j")
        await pilot.app.screen.parts.session.remember()  # type: ignore[attr-defined]
        assert service.remembered is not None
        assert service.remembered.article == address("quota")
        gate.set()


async def test_a_list_that_comes_after_none_has_the_cursor_on_its_first_headline(service: FakeService) -> None:
    await left_after(service, "3")
    again = SlowStores(service)
    async with running(again, address=None) as pilot:
        await press(pilot, "1")
        again.answers.set()
        await settled(pilot)
        assert any(line.startswith("▌14:02") for line in screen_lines(pilot))


@pytest.mark.parametrize("has_screen", [True, False])
async def test_the_unread_are_listed_again_after_a_restart(service: FakeService, has_screen: bool) -> None:
    before = await left_after(service, "m", "2", "j")
    assert "Unread" in before
    assert "Harbour" not in "".join(titles(before))
    if not has_screen:
        service.screen = None
    async with running(service, address=None) as pilot:
        assert screen_lines(pilot)[0].startswith(before.split("\n")[0][:30])
        if has_screen:
            assert titles(seen(pilot)) == titles(before)


async def test_a_filter_ends_with_the_program_and_its_headline_keeps_the_cursor(service: FakeService) -> None:
    before = await left_after(service, "slash", *"квот", "enter")
    assert "1 of " in before
    async with running(service, address=None) as pilot:
        chosen = [line for line in screen_lines(pilot) if line.startswith("▌")]
        assert "Министры согласовали" in chosen[0]
        assert "Последние новости" in seen(pilot)


async def test_a_crash_does_not_lose_the_position_in_the_list(service: FakeService) -> None:
    time = HandScheduler()
    async with running(service, scheduler=time) as pilot:
        await press(pilot, "j", "j", "j")
        time.advance(2)
        await settled(pilot)
        assert service.screen is not None
        assert service.screen.cursor == pilot.app.screen.query_one(HeadlinePane).cursor


async def test_the_first_key_is_handled_before_a_store_answers_and_stays_handled(service: FakeService) -> None:
    await left_after(service)
    again = SlowStores(service)
    async with running(again, address=None) as pilot:
        await press(pilot, "j")

        def is_moved() -> bool:
            return next((line for line in titles(seen(pilot)) if line.startswith("▌")), "").find("Министры") > 0

        await happened(pilot, is_moved, "the cursor on the second headline")
        moved = titles(seen(pilot))
        again.answers.set()
        await settled(pilot)
        assert titles(seen(pilot)) == moved


async def test_a_refresh_asked_for_before_the_stores_answer_is_made(service: FakeService) -> None:
    await left_after(service)
    again = SlowStores(service)
    async with running(again, address=None) as pilot:
        await press(pilot, "r")
        again.web[FRONT] = long_page(3)
        again.answers.set()
        await settled(pilot)
        assert "Story 0" in seen(pilot)


async def test_a_view_asked_for_before_the_stores_answer_stays(service: FakeService) -> None:
    await left_after(service)
    again = SlowStores(service)
    async with running(again, address=None) as pilot:
        await press(pilot, "2")
        again.answers.set()
        await settled(pilot)
        assert "Unread" in screen_lines(pilot)[0]


async def test_an_article_opened_before_the_stores_answer_is_not_replaced_by_the_last_one(service: FakeService) -> None:
    service.store(address("storm"), address("harbour"))
    await left_after(service, "j", "j", "enter", "q")
    assert service.remembered is not None
    again = SlowStores(service)
    async with running(again, address=None) as pilot:
        await press(pilot, "g", "enter")
        again.answers.set()
        await settled(pilot)
        await settled(pilot)
        assert "Углубление гавани" in "\n".join(line[40:] for line in screen_lines(pilot))


async def test_a_long_list_is_kept_in_part_and_counted_whole(service: FakeService) -> None:
    service.web[FRONT] = long_page(5000)
    await left_after(service)
    assert service.screen is not None
    assert sum(len(section.rows) for section in service.screen.sections) <= 260
    again = SlowStores(service)
    async with running(again, address=None) as pilot:
        assert "1/5000" in seen(pilot)
        await press(pilot, "G", "enter")  # which headline that is, is not known yet
        assert "5000/5000" in seen(pilot)
        again.answers.set()
        await settled(pilot)
        assert "Story 4999" in seen(pilot)
        assert "5000/5000" in seen(pilot)


async def test_what_another_instance_left_later_wins(service: FakeService) -> None:
    await left_after(service)
    service.web["https://else.example/"] = Page("https://else.example/", "Else", "Else", "en", None, ())
    service.store("https://else.example/")
    service.remembered = SavedSession("https://else.example/")
    async with running(service, address=None) as pilot:
        await settled(pilot)
        assert "else.example" in screen_lines(pilot)[0]
        assert "Министры" not in seen(pilot)


async def test_the_worker_starts_with_the_program(service: FakeService) -> None:
    async with running(service):
        assert service.started


SLOW = ("click", "dateparser", "htmldate", "httpx", "lxml", "pyphen", "readability", "regex", "tomllib", "truststore")
OURS = (
    "extraction.page", "fetching", "sandbox", "sample", "storage.cache", "storage.library", "tui.widgets.results_pane",
    "typesetting.layout",
)  # fmt: skip
BEGINNING = """
import gc, json, sys
from newsreader.cli import showing
from newsreader.tui.reading import positions as places
from newsreader.tui.app import NewsreaderApp
from newsreader.tui.widgets.headline_pane import HeadlinePane

class Watched(NewsreaderApp):
    async def _go_on(self):
        lines = ["".join(s.text for s in strip) for strip in self.screen._compositor.render_strips()]
        print(json.dumps({"modules": sorted(sys.modules), "lines": lines}), file=sys.__stdout__)
        self.exit()

directories = showing.Directories.default()
settings, _ = showing.load_settings(directories.config / "config.toml")
Watched(showing.NewsService(directories, settings)).run(headless=True, size=(100, 30))
"""


def test_nothing_that_is_slow_to_import_is_imported_before_the_first_paint(tmp_path: Path) -> None:
    row = ListedHeadline(Headline("Harbour dredging delayed", f"{FRONT}1"))
    last = ScreenSnapshot(
        FRONT, "all", (KeptSection("Latest", 1, {0: row}),), 0, 0, 0, 1, 1, 0, "Вести", None, "ink", 72
    )
    write_screen(tmp_path / "screen.json", last)
    names = {f"NEWSREADER_{each}_DIR": str(tmp_path) for each in ("DATA", "CACHE", "CONFIG")}
    run = subprocess.run(
        [sys.executable, "-c", BEGINNING], env=os.environ | names, capture_output=True, text=True, check=True
    )
    message = json.loads(run.stdout)
    assert any("Harbour dredging delayed" in line for line in message["lines"])
    imported = set(message["modules"])
    assert not imported & {*SLOW, *(f"newsreader.{name}" for name in OURS)}


async def test_no_garbage_is_looked_for_while_a_list_comes_in(service: FakeService) -> None:
    looked: list[bool] = []

    class Watching(FakeListings):
        async def of_page(
            self, opened: Opened, address: str | None = None
        ) -> tuple[tuple[HeadlineList, tuple[ListedHeadline, ...]], ...]:
            looked.append(gc.isenabled())
            return await super().of_page(opened, address)

    service.listings = Watching(service)
    async with running(service) as pilot:
        await settled(pilot)
        assert looked
        assert not any(looked)
        assert gc.isenabled()


@pytest.mark.parametrize("has_screen", [True, False])
async def test_the_service_is_imported_and_made_in_a_thread(tmp_path: Path, has_screen: bool) -> None:
    made: list[bool] = []

    class Watched(NewsService):
        @property
        def parts(self) -> "Assembly":
            if self._made is None:
                made.append(threading.current_thread() is threading.main_thread())
            return super().parts

    service = Watched(Directories(tmp_path / "data", tmp_path / "cache", tmp_path / "config"), Settings())
    if has_screen:
        write_screen(
            screen_file(service.directories.cache),
            ScreenSnapshot(FRONT, "all", (KeptSection("Latest", 0, {}),), 0, 0, 0, 0, 0, 0, "Вести", None, "ink", 72),
        )
    app = NewsreaderApp(service)
    async with app.run_test() as pilot:
        await happened(pilot, lambda: bool(made), "the service is made")
    await service.aclose()
    assert made[0] is False


async def test_a_service_that_was_closed_before_it_had_started_starts_no_worker(tmp_path: Path) -> None:
    service = NewsService(Directories(tmp_path / "data", tmp_path / "cache", tmp_path / "config"), Settings())
    started: list[bool] = []
    service.parts.sandbox.start = lambda: started.append(True)  # type: ignore[method-assign]
    await service.aclose()
    service.start()
    assert started == []


async def test_what_ends_while_the_screen_is_taken_down_shows_nothing(service: FakeService) -> None:
    async with running(service) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, ReadingScreen)
        await screen.query_one("#header").remove()
        pilot.app._running = False  # as it is from the moment on in which the program ends
        screen.port.say("Too late.")
        screen.parts.panes.to_list()
        pilot.app._running = True


async def test_importing_is_offered_however_many_papers_there_are() -> None:
    service = FakeService()
    service.papers = tuple(Paper(f"Paper {number}", f"https://paper-{number}.example/") for number in range(30))
    async with running(service, None, size=(80, 24)) as pilot:
        assert "Import …" in seen(pilot)
        assert "paper-29" not in seen(pilot)
        await press(pilot, *["down"] * 30)
        assert "> paper-29" in seen(pilot)
        assert "  Import …" in seen(pilot)
        await press(pilot, "down", "down")
        assert "> Import …" in seen(pilot)
        row = next(y for y, words in enumerate(screen_lines(pilot)) if "paper-28" in words)
        await pilot.click(offset=(6, row))
        await settled(pilot)
        assert "paper-28.example" in screen_lines(pilot)[0]


async def test_the_first_start_greets_the_reader_in_the_middle_of_the_screen(service: FakeService) -> None:
    async with running(service, None, size=(160, 45)) as pilot:
        lines = screen_lines(pilot)
        (y, greeting) = next((y, line) for y, line in enumerate(lines) if "Welcome to newsreader" in line)
        assert y > 5
        assert greeting.index("W") > 40
        await pilot.resize_terminal(60, 20)
        await settled(pilot)
        assert "Welcome to newsreader" in seen(pilot)
        assert "> Sample newspaper" in seen(pilot)
        assert "Import …" in seen(pilot)
        await pilot.resize_terminal(60, 13)
        await settled(pilot)
        assert "Welcome to newsreader. Read a news page:" in seen(pilot)


async def test_a_first_address_that_leads_nowhere_leads_back_to_the_box(service: FakeService) -> None:
    async with running(service, None) as pilot:
        await press(pilot, *"nowhere.example", "enter")
        assert "Couldn't get this page." in seen(pilot)
        assert "Ctrl+L address" in screen_lines(pilot)[-1]
        assert "J next" not in screen_lines(pilot)[-1]  # there is no list to go through
        await press(pilot, "escape")
        assert "│ nowhere.example" in seen(pilot)
        await press(pilot, "escape", "q")
        assert "│ nowhere.example" in seen(pilot)
        await press(pilot, "ctrl+q")
    async with running(service, None) as pilot:
        assert "Welcome to newsreader" in seen(pilot)
        assert "│ nowhere.example" in seen(pilot)


async def test_q_on_the_failure_of_an_address_from_the_command_line_quits(service: FakeService) -> None:
    async with running(service, "nowhere.example") as pilot:
        await press(pilot, "q")
        assert pilot.app.return_code == 0


@pytest.mark.parametrize("size", [(100, 31), (100, 23), (70, 19), (90, 16)])
async def test_a_list_that_was_left_within_a_story_begins_with_a_whole_one(
    service: FakeService, size: tuple[int, int]
) -> None:
    await left_after(service, *("j",) * 7)
    assert service.screen is not None
    async with running(service, None, size=size) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, ReadingScreen)
        assert screen.parts.panes.headlines.scroll_position[1] == 0
        assert any(line.startswith("▌") for line in screen_lines(pilot))


@pytest.mark.parametrize("width", [60, 100, 160])
async def test_several_addresses_are_listed_one_below_the_other(service: FakeService, width: int) -> None:
    second = "https://other.example/"
    headlines = (Headline("Of another town", f"{second}1"), Headline("And one more", f"{second}2"))
    service.web[second] = Page(second, "Other", "Other", "en", None, (HeadlineList("Top", ListKind.LATEST, headlines),))
    app = NewsreaderApp(service, FRONT, others=("nowhere.example", second))
    async with app.run_test(size=(width, 60)) as pilot:
        await settled(pilot)
        lines = screen_lines(pilot)
        rows = [
            next(y for y, line in enumerate(lines) if words in line)
            for words in ("▾ vesti.example", "▾ nowhere.exa", "▾ other.example")
        ]
        assert rows == sorted(rows)
        assert "nowhere.example" in seen(pilot)
        await press(pilot, "G", "k", "J", "J")
        assert app.reading.state.shown is not None
        assert app.reading.state.shown.url == f"{second}2"
        await press(pilot, "1")
        assert app.reading.state.address == second
    assert service.remembered is not None
    assert service.remembered.address == second


async def test_several_addresses_that_are_given_up_leave_no_error_behind(
    service: FakeService, caplog: pytest.LogCaptureFixture
) -> None:
    service.hold("https://slow.example/")
    service.hold("https://slower.example/")
    app = NewsreaderApp(service, "slow.example", others=("slower.example",))
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, "ctrl+l", *FRONT, "enter")
        await until(pilot, "Последние новости · 12")
        gc.collect()
        await settled(pilot)
    assert "never retrieved" not in caplog.text
