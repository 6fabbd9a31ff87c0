"""The list is that of the view that was chosen last, as it is now; keys typed ahead act on it."""

from dataclasses import replace

import pytest
from textual.pilot import Pilot

from newsreader.tui.reading.screen import ReadingScreen
from newsreader.tui.reading.state import View
from tests.tui.fake_service import FakeService
from tests.tui.hand_scheduler import HandScheduler
from tests.tui.newspaper import SITE, address
from tests.tui.seeing import press, running, seen, settled, until
from tests.tui.test_sources import HARBOUR, front, source

SLUGS = ("harbour", "quota", "storm")


@pytest.fixture
def kept(service: FakeService) -> FakeService:
    """Three articles that are saved, to be read later, and opened; and a source."""
    urls = [address(slug) for slug in SLUGS]
    service.store(*urls)
    service.library = {url: replace(service.kept[url], saved=True) for url in urls}
    service.put_aside = dict(zip(urls, SLUGS, strict=True))
    service.opened = dict(zip(urls, SLUGS, strict=True))
    service.web[HARBOUR] = front(HARBOUR, "Гавань", 4)
    service.followed = [source(1, SITE, "Вести")]
    return service


def screen_of(pilot: Pilot[int]) -> ReadingScreen:
    screen = pilot.app.screen
    assert isinstance(screen, ReadingScreen)
    return screen


def place(pilot: Pilot[int]) -> tuple[View, int]:
    """Return the view, and which headline of its list the cursor is on, from 1."""
    screen = screen_of(pilot)
    pane = screen.parts.panes.headlines
    assert pane.headline is not None
    rows = [row.headline.url for section in pane.listing.sections for row in section.rows]
    return screen.state.view, rows.index(pane.headline.headline.url) + 1


VIEWS = [
    ("0", "river", View.RIVER),
    ("3", "saved", View.SAVED),
    ("5", "later", View.LATER),
    ("6", "history", View.HISTORY),
]


@pytest.mark.parametrize(("key", "gate", "view"), VIEWS)
async def test_keys_after_the_key_of_a_view_wait_for_its_list(
    kept: FakeService, key: str, gate: str, view: View
) -> None:
    held = kept.hold(gate)
    async with running(kept) as pilot:
        await press(pilot, key, "j", "j")
        assert place(pilot) == (View.ALL, 1)
        held.set()
        await settled(pilot)
        assert place(pilot) == (view, 3)


async def test_keys_after_a_source_was_chosen_wait_for_its_stored_list(kept: FakeService) -> None:
    async with running(kept) as pilot:
        await press(pilot, "0")
        await pilot.press("1", "j", "j")
        await settled(pilot)
        assert place(pilot) == (View.ALL, 3)


async def test_a_list_that_was_given_up_is_not_shown_when_it_comes(kept: FakeService) -> None:
    held, hands = kept.hold("history"), HandScheduler()
    async with running(kept, scheduler=hands) as pilot:
        await press(pilot, "6", "j")
        hands.advance(2)
        await press(pilot, "escape", "j", "j")
        held.set()
        await settled(pilot)
        assert place(pilot) == (View.ALL, 3)


@pytest.mark.parametrize(("key", "view"), [("6", View.HISTORY), ("1", View.ALL)])
@pytest.mark.parametrize("how", ["river", "unread"])
async def test_what_came_in_is_not_listed_once_another_view_was_chosen(
    kept: FakeService, how: str, key: str, view: View
) -> None:
    async with running(kept) as pilot:
        parts = screen_of(pilot).parts
        if how == "river":
            await press(pilot, "0")
        else:
            parts.sources.show_everything()
            await settled(pilot)
        held = kept.hold(how)
        (parts.river.show if how == "river" else parts.sources.show_everything)(keep=True)
        await press(pilot, key, "j")
        held.set()
        await settled(pilot)
        assert place(pilot) == (view, 2)


async def test_what_came_in_does_not_take_the_place_of_a_view_that_is_on_its_way(kept: FakeService) -> None:
    async with running(kept) as pilot:
        await press(pilot, "0")
        held = kept.hold("history")
        await press(pilot, "6")
        await screen_of(pilot).parts.refreshing.renew_what_is_listed(kept.followed)
        held.set()
        await settled(pilot)
        assert place(pilot) == (View.HISTORY, 1)


async def test_a_late_source_does_not_replace_a_view_chosen_since(kept: FakeService) -> None:
    held = kept.hold(HARBOUR)
    async with running(kept) as pilot:
        screen_of(pilot).parts.opener.open_source(HARBOUR)
        await press(pilot, "6", "j")
        held.set()
        await settled(pilot)
        assert place(pilot) == (View.HISTORY, 2)
        assert "History · 3" in seen(pilot)


async def test_a_source_that_fails_late_leaves_the_view_that_was_chosen_since_alone(kept: FakeService) -> None:
    kept.refusing.add(HARBOUR)
    held = kept.hold(HARBOUR)
    async with running(kept) as pilot:
        await press(pilot, "enter", "tab")
        screen_of(pilot).parts.opener.open_source(HARBOUR)
        await press(pilot, "6", "j")
        held.set()
        await settled(pilot)
        assert place(pilot) == (View.HISTORY, 2)
        assert "History · 3" in seen(pilot)


async def test_the_key_of_a_view_waits_for_the_changes_before_it(service: FakeService) -> None:
    held = service.hold("add later")
    async with running(service) as pilot:
        await press(pilot, "w", "j", "w", "5")
        assert place(pilot) == (View.ALL, 2)
        held.set()
        await until(pilot, "Later · 2")


async def test_what_is_saved_while_the_view_is_shown_comes_into_it_and_undo_takes_it_out(service: FakeService) -> None:
    held = service.hold(address("quota"))
    async with running(service) as pilot:
        await press(pilot, "s", "j", "s", "3")
        assert "Saved · 1" in seen(pilot)
        held.set()
        await until(pilot, "Saved · 2")
        assert place(pilot) == (View.SAVED, 1)
        await press(pilot, "U")
        assert "Saved · 1" in seen(pilot)
        await press(pilot, "U")
        assert "Nothing is saved yet" in seen(pilot)


async def test_what_is_taken_out_stays_for_the_key_that_puts_it_back(kept: FakeService) -> None:
    async with running(kept) as pilot:
        await press(pilot, "5", "j", "w")
        assert place(pilot) == (View.LATER, 2)
        assert len(kept.put_aside) == 2
        await press(pilot, "w")
        assert len(kept.put_aside) == 3
        assert "Later · 3" in seen(pilot)


async def test_what_is_opened_from_the_history_does_not_move_in_it(kept: FakeService) -> None:
    async with running(kept) as pilot:
        await press(pilot, "6", "j", "j", "enter", "J", "K", "m")
        assert place(pilot) == (View.HISTORY, 2)
