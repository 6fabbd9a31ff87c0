"""From one source to another by keys: the next with something unread, the next, by a letter; groups fold."""

import asyncio
from dataclasses import replace

import pytest

from newsreader.tui.reading.screen import ReadingScreen
from tests.tui.fake_service import FakeService
from tests.tui.newspaper import SITE
from tests.tui.seeing import press, running, screen_lines, seen, settled
from tests.tui.test_sources import CITY, HARBOUR, LIGHT, followed, pane

__all__ = ["followed"]


def all_read(service: FakeService, url: str) -> None:
    service.read |= {h.url for each in service.web[url].headline_lists for h in each.headlines}


@pytest.mark.parametrize("width", [60, 100, 160])
async def test_n_says_where_it_continues_and_goes_there_when_pressed_again(followed: FakeService, width: int) -> None:
    all_read(followed, SITE)
    followed.read.add(f"{HARBOUR}0")
    async with running(followed, size=(width, 30)) as pilot:
        await press(pilot, "n")
        assert "Nothing unread here · n: Гавань сегодня, 2" in seen(pilot)
        assert pilot.app.screen.state.address == SITE  # type: ignore[attr-defined]
        await press(pilot, "n")
        state = pilot.app.screen.state  # type: ignore[attr-defined]
        assert state.address == HARBOUR
        assert (state.loading[0] if state.loading else state.shown.url) == f"{HARBOUR}1"


async def test_where_everything_is_read_n_says_so(followed: FakeService) -> None:
    for url in (SITE, HARBOUR, LIGHT, CITY):
        all_read(followed, url)
    async with running(followed) as pilot:
        await press(pilot, "n")
        assert "Everything is read." in seen(pilot)


async def test_the_offer_is_forgotten_when_something_else_is_said(followed: FakeService) -> None:
    all_read(followed, SITE)
    async with running(followed) as pilot:
        await press(pilot, "n", "escape", "n")
        assert pilot.app.screen.state.address == SITE  # type: ignore[attr-defined]
        assert "Nothing unread here" in seen(pilot)


async def test_sources_follow_each_other(followed: FakeService) -> None:
    async with running(followed) as pilot:
        addresses = []
        for key in ("ctrl+n", ")", "(", "(", "("):
            await press(pilot, key)
            addresses.append(pilot.app.screen.state.address)  # type: ignore[attr-defined]
        assert addresses == [HARBOUR, LIGHT, HARBOUR, SITE, CITY]


@pytest.mark.parametrize(
    ("keys", "title"),
    [
        (("ctrl+n",), "Гавань сегодня"),
        (("(",), "Місто"),
        (("'", "г"), "Гавань сегодня"),
        (("ctrl+n", "ctrl+n"), "Маяк"),
        (("n", "n"), "Гавань сегодня"),
    ],
)
async def test_keys_typed_before_the_sources_are_known_go_to_them(
    followed: FakeService, keys: tuple[str, ...], title: str
) -> None:
    all_read(followed, SITE)
    followed.gates["sources"] = asyncio.Event()
    async with running(followed) as pilot:
        for key in keys:
            await pilot.press(key)
        assert "no sources" not in seen(pilot).lower()
        assert "no other source" not in seen(pilot)
        followed.gates["sources"].set()
        await settled(pilot)
        await settled(pilot)
        assert title in screen_lines(pilot)[0]


async def test_a_source_that_is_not_known_yet_is_marked_read_whole_and_followed_once(followed: FakeService) -> None:
    followed.gates["sources"] = asyncio.Event()
    async with running(followed) as pilot:
        for key in ("A", "a"):
            await pilot.press(key)
        followed.gates["sources"].set()
        await settled(pilot)
        await settled(pilot)
        assert followed.marked_sources == [[SITE]]
        assert "You already follow Вести." in seen(pilot)


@pytest.mark.parametrize(("letter", "address"), [("м", LIGHT), ("г", HARBOUR), ("М", LIGHT), ("в", SITE), ("x", SITE)])
async def test_a_letter_leads_to_the_source_that_begins_with_it(
    followed: FakeService, letter: str, address: str
) -> None:
    async with running(followed) as pilot:
        await press(pilot, "'", letter)
        assert pilot.app.screen.state.address == address  # type: ignore[attr-defined]
        if letter == "x":
            assert "No source begins with “x”." in seen(pilot)
        if letter == "м":  # again: the next one that does
            await press(pilot, "'", letter)
            assert pilot.app.screen.state.address == CITY  # type: ignore[attr-defined]


async def test_without_sources_the_letter_is_no_key_of_the_list(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "'", "q")
        assert pilot.app.is_running
        assert "No sources yet: a follows the page you are reading." in seen(pilot)


async def test_a_group_folds_with_what_is_unread_in_it_and_stays_so(followed: FakeService) -> None:
    followed.followed.append(replace(followed.followed[1], id=9, url=f"{HARBOUR}port", title="Порт", group="Україна"))
    followed.web[f"{HARBOUR}port"] = followed.web[HARBOUR]
    async with running(followed, size=(160, 40)) as pilot:
        await press(pilot, "h", "G")
        while "▌▾ Україна" not in seen(pilot):
            await press(pilot, "k")
        assert "Enter fold" in screen_lines(pilot)[-1]
        followed.choices["folded-groups"] = ["Folded by another program"]
        await press(pilot, "enter")
        assert followed.choices["folded-groups"] == ["Folded by another program", "Україна"]
        assert "Enter unfold" in screen_lines(pilot)[-1]
        words = [" ".join(line.split()) for line in pane(screen_lines(pilot))]
        assert "▌▸ Україна 4" in words
        assert not any("Місто" in line for line in words)
        await press(pilot, "l", "(")
        assert "Місто" in screen_lines(pilot)[0]
        assert any(line.startswith("▌▸ Україна") for line in screen_lines(pilot))  # what is listed is in it
    async with running(followed, size=(160, 40)) as pilot:
        await settled(pilot)
        assert "▸ Україна" in seen(pilot)
        (y,) = [number for number, line in enumerate(screen_lines(pilot)) if "▸ Україна" in line]
        await pilot.click("#sources", offset=(4, y - 1))
        await settled(pilot)
        assert "▾ Україна" in seen(pilot)


@pytest.mark.parametrize("width", [60, 100])
@pytest.mark.parametrize(
    ("away", "back"), [((")",), ("(",)), (("6",), ("1",)), (("0",), ("'", "в")), (("'", "г", "j", "2"), ("(",))]
)
async def test_the_cursor_is_where_it_was_left_in_a_source(
    followed: FakeService, away: tuple[str, ...], back: tuple[str, ...], width: int
) -> None:
    async with running(followed, size=(width, 24)) as pilot:
        await press(pilot, "j", "j")
        screen = pilot.app.screen
        assert isinstance(screen, ReadingScreen)
        left = screen.parts.panes.headlines.headline
        assert left is not None
        await press(pilot, *away)
        await settled(pilot)
        assert screen.parts.panes.headlines.headline != left
        await press(pilot, *back)
        await settled(pilot)
        assert screen.parts.panes.headlines.headline == left
        assert any(line.startswith("▌") and left.headline.title[:12] in line for line in screen_lines(pilot))


async def test_the_cursor_is_where_it_was_left_among_what_is_saved(followed: FakeService) -> None:
    async with running(followed, size=(100, 24)) as pilot:
        await press(pilot, "s", "j", "s", "j", "s", "3", "j", "j")
        screen = pilot.app.screen
        assert isinstance(screen, ReadingScreen)
        left = screen.parts.panes.headlines.headline
        await press(pilot, ")", "3")
        await settled(pilot)
        assert left is not None
        assert screen.parts.panes.headlines.headline == left
