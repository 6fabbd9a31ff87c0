"""What is fetched ahead while the reader rests on a headline."""

import asyncio

import pytest
from textual._compositor import ChopsUpdate
from textual.pilot import Pilot
from textual.screen import Screen

from newsreader.library_values import ReadingPosition
from newsreader.models import Opened
from newsreader.settings import ReadingSettings, Settings
from newsreader.tui.app import NewsreaderApp
from newsreader.tui.reading import prefetcher as ahead_module
from newsreader.tui.reading.screen import ReadingScreen
from tests.tui.fake_service import FakePages, FakePositions, FakeService
from tests.tui.hand_scheduler import HandScheduler
from tests.tui.newspaper import address
from tests.tui.seeing import happened, press, running, screen_lines, seen, settled, until
from tests.waiting import LONG_S

pytestmark = pytest.mark.usefixtures("painted")

_GROUPS = ("ahead", "at hand", "article", "source")


@pytest.fixture
def ahead(service: FakeService) -> FakeService:
    service.fetches_ahead = True
    return service


@pytest.fixture(autouse=True)
def _rests_when_the_test_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead_module, "_REST_S", 3600.0)


async def rest(pilot: Pilot[int]) -> None:
    """Let the time of a rest pass wherever one has started, and wait until what that leads to is done or held."""
    screen = pilot.app.screen
    assert isinstance(screen, ReadingScreen)
    await at_rest(pilot)
    while screen.parts.prefetcher.timer is not None:
        screen.parts.prefetcher.timer.stop()
        screen.parts.prefetcher.timer = None
        screen.parts.prefetcher.begin()
        await at_rest(pilot)


async def at_rest(pilot: Pilot[int]) -> None:
    """Wait until nothing is being done but what the service holds."""
    service = pilot.app.service  # type: ignore[attr-defined]
    async with asyncio.timeout(LONG_S):
        while True:
            await settled(pilot)
            running_now = [each for each in pilot.app.workers if not each.is_finished and each.group in _GROUPS]
            held = sum(bool(gate._waiters) for gate in service.gates.values())
            if len(running_now) <= held:
                return


async def test_the_chosen_headline_and_its_neighbours_are_fetched_after_a_rest(ahead: FakeService) -> None:
    async with running(ahead) as pilot:
        await press(pilot, "j")
        ahead.fetched_ahead.clear()
        await rest(pilot)
        assert ahead.fetched_ahead == [address("quota"), address("storm"), address("harbour")]
        assert any("13:40 *d" in line for line in screen_lines(pilot))
        assert address("quota") not in ahead.read
        await rest(pilot)
        assert len(ahead.fetched_ahead) == 3


async def test_a_rest_is_over_by_itself(ahead: FakeService, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead_module, "_REST_S", 0.01)
    async with running(ahead) as pilot, asyncio.timeout(LONG_S):
        while address("harbour") not in ahead.fetched_ahead:
            await pilot.pause(0.01)


async def test_nothing_is_fetched_ahead_in_frugal_mode_or_offline(ahead: FakeService) -> None:
    ahead.settings = Settings(reading=ReadingSettings(frugal=True))
    async with running(ahead) as pilot:
        await rest(pilot)
    ahead.settings = Settings()
    ahead.store("https://vesti.example/")
    ahead.cut_the_network()
    async with running(ahead) as pilot:
        await press(pilot, "j")
        await rest(pilot)
    assert ahead.fetched_ahead == []


async def test_what_the_reader_opens_comes_first(ahead: FakeService) -> None:
    gate = ahead.hold(address("harbour"))
    async with running(ahead) as pilot:
        await rest(pilot)
        assert ahead.fetched_ahead == [address("harbour")]
        ahead.gates[address("quota")] = asyncio.Event()
        await press(pilot, "j", "enter")
        await rest(pilot)
        assert address("storm") not in ahead.fetched_ahead  # given up, and nothing else was started
        ahead.gates[address("quota")].set()
        gate.set()
        await rest(pilot)
        assert address("storm") in ahead.fetched_ahead


async def test_what_could_not_be_fetched_ahead_is_not_tried_again(ahead: FakeService) -> None:
    ahead.refusing.add(address("harbour"))
    async with running(ahead) as pilot:
        await rest(pilot)
        await press(pilot, "j", "k")
        await rest(pilot)
    assert ahead.fetched_ahead.count(address("harbour")) == 1


class SlowStorePages(FakePages):
    """Read copies only while the store answers."""

    def __init__(self, service: FakeService) -> None:
        super().__init__(service)
        self.answers = asyncio.Event()
        self.answers.set()

    async def stored(self, address: str) -> Opened | None:
        await self.answers.wait()
        return await super().stored(address)


class SlowStore(FakeService):
    """Has a store that can be told not to answer."""

    def __init__(self) -> None:
        super().__init__()
        self.pages: SlowStorePages = SlowStorePages(self)


async def test_a_stored_article_is_at_hand_when_the_reader_has_rested() -> None:
    service = SlowStore()
    service.store(address("harbour"), address("quota"), address("storm"))
    async with running(service) as pilot:
        await rest(pilot)
        service.pages.answers.clear()
        await pilot.press("enter")
        assert "Сапёры" in seen(pilot)
        service.pages.answers.set()


async def test_an_article_that_was_saved_since_it_was_read_ahead_says_so(service: FakeService) -> None:
    service.store(address("harbour"), address("quota"), address("storm"))
    async with running(service) as pilot:
        await press(pilot, "enter")
        await rest(pilot)
        await press(pilot, "s")
        await until(pilot, "Saved with its picture.")
        await press(pilot, "J", "K")
        assert "saved copy of" in await until(pilot, "· 1 picture")
        await rest(pilot)
        await press(pilot, "s")
        await until(pilot, "No longer saved")
        await press(pilot, "J", "K")
        assert "Сапёры" in await until(pilot, "· 2 min")
        await happened(pilot, lambda: "saved copy of" not in seen(pilot), "no word of a saved copy")


async def test_a_prefetched_article_is_still_replaced_by_a_newer_copy() -> None:
    service = FakeService()
    service.store(address("quota"), minutes=60)
    async with running(service) as pilot:
        await press(pilot, "j")
        await rest(pilot)
        service.web[address("quota")] = service.web[address("harbour")]
        await press(pilot, "enter")
        assert "Сапёры" in seen(pilot)


async def test_an_article_that_was_left_at_its_top_begins_there_again() -> None:
    service = FakeService()
    service.store(address("harbour"), address("quota"), address("storm"))
    async with running(service, size=(60, 20)) as pilot:
        await rest(pilot)
        await press(pilot, "enter")
        at_the_top = screen_lines(pilot)[1:-1]
        await rest(pilot)
        await press(pilot, "J", "K")
        assert screen_lines(pilot)[1:-1] == at_the_top


async def test_what_a_key_changes_in_list_and_article_is_seen_in_one_paint(monkeypatch: pytest.MonkeyPatch) -> None:
    service = FakeService()
    service.store(address("harbour"), address("quota"), address("storm"))
    painted: list[str] = []
    display = NewsreaderApp._display

    def noted(self: NewsreaderApp, screen: Screen[object], update: object) -> None:
        if isinstance(update, ChopsUpdate):
            strips = (strip for chops in update.chops for strip in chops.values() if strip is not None)
            painted.append("\n".join(strip.text for strip in strips))
        display(self, screen, update)  # type: ignore[arg-type]

    monkeypatch.setattr(NewsreaderApp, "_display", noted)
    async with running(service) as pilot:
        await rest(pilot)
        await press(pilot, "enter")
        await rest(pilot)
        painted.clear()
        await press(pilot, "J")
        assert "13:40" in painted[0]  # in the list
        assert "Абзац 3 статьи" in painted[0]


async def shown_after(service: FakeService, *keys: str, rests: bool, size: tuple[int, int] = (100, 30)) -> list[str]:
    async with running(service, size=size, scheduler=HandScheduler()) as pilot:
        await press(pilot, "enter")
        if rests:
            await rest(pilot)
        await press(pilot, *keys)
        await press(pilot, "J")
        await press(pilot, *("space", "b"))
        return screen_lines(pilot)


@pytest.mark.parametrize("keys", [(), ("+", "+"), ("i",), ("i", "i"), ("t", "escape")])
async def test_an_article_that_was_made_ready_looks_as_one_that_was_not(keys: tuple[str, ...]) -> None:
    looks = []
    for rests in (True, False):
        service = FakeService()
        service.store(address("harbour"), address("quota"), address("storm"))
        looks.append(await shown_after(service, *keys, rests=rests))
    assert looks[0] == looks[1]


async def read_on(pilot: Pilot[int]) -> ReadingScreen:
    """Open the first article, read on in it, and rest."""
    await press(pilot, "enter", "space")
    await rest(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, ReadingScreen)
    return screen


async def test_where_an_article_was_left_is_kept_though_one_quits_in_the_same_breath() -> None:
    service = FakeService()
    service.store(address("harbour"), address("quota"), address("storm"))
    async with running(service, size=(60, 12)) as pilot:
        screen = await read_on(pilot)
        await screen.action_do("next-article")
        await screen.parts.positions.keep()
        assert service.kept_positions[address("harbour")].percent > 1


async def test_where_each_article_was_left_is_kept_though_several_are_opened_in_the_same_breath() -> None:
    service = FakeService()
    service.store(address("harbour"), address("quota"), address("storm"))
    async with running(service, size=(60, 12)) as pilot:
        screen = await read_on(pilot)
        await screen.action_do("next-article")
        await screen.action_do("next-article")
        await settled(pilot)
        assert service.kept_positions[address("harbour")].percent > 1


@pytest.mark.parametrize("rests", [True, False])
async def test_an_article_opens_where_it_was_left_though_the_library_is_slow(rests: bool) -> None:
    service = FakeService()
    service.store(address("harbour"), address("quota"), address("storm"))
    async with running(service) as pilot:
        await press(pilot, "enter", "]")
        kept = service.hold("keep position")
        await press(pilot, "J")
        if rests:
            await rest(pilot)
        await press(pilot, "K")
        assert "Continued at paragraph 3" in seen(pilot)
        kept.set()


class SlowPositions(FakePositions):
    """Reads a position at once, and hands it on when a gate is opened."""

    async def of(self, url: str) -> ReadingPosition | None:
        kept = self._world.kept_positions.get(url)
        await super().of(url)
        return kept


async def test_an_article_opens_where_it_was_left_while_it_was_being_read_ahead() -> None:
    service = FakeService()
    service.positions = SlowPositions(service)
    service.store(address("harbour"), address("quota"), address("storm"))
    async with running(service) as pilot:
        await press(pilot, "enter")
        await rest(pilot)
        answer = service.hold("positions")
        screen = pilot.app.screen
        assert isinstance(screen, ReadingScreen)
        screen.parts.prefetcher.begin()
        await press(pilot, "]", "J")
        answer.set()
        await at_rest(pilot)
        await press(pilot, "K")
        assert "Continued at paragraph 3" in seen(pilot)
