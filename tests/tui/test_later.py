"""What is put aside is in a list of its own until it is read; what was opened is in the history."""

from dataclasses import replace
from pathlib import Path

import pytest

from newsreader.storage.errors import StoreError
from tests.tui.fake_service import FakeService
from tests.tui.newspaper import SITE, address
from tests.tui.seeing import press, running, screen_lines, seen


@pytest.mark.parametrize("width", [60, 100, 160])
async def test_one_key_puts_a_headline_aside_and_takes_it_out_again(service: FakeService, width: int) -> None:
    async with running(service, size=(width, 30)) as pilot:
        await press(pilot, "j", "w")
        assert list(service.put_aside) == [address("quota")]
        assert "w takes it out again" in seen(pilot)
        assert any("*L" in line for line in screen_lines(pilot))
        await press(pilot, "5")
        assert "Later · 1" in seen(pilot)
        await press(pilot, "w")
        assert service.put_aside == {}
        await press(pilot, "U")
        assert list(service.put_aside) == [address("quota")]


async def test_the_article_that_is_read_is_put_aside_too(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter", "w")
        assert list(service.put_aside) == [address("harbour")]


async def test_a_key_in_the_list_is_about_its_cursor_where_the_article_that_was_read_is_not_listed(
    service: FakeService,
) -> None:
    async with running(service, size=(60, 30)) as pilot:
        await press(pilot, "w", "j", "enter", "q", "5")
        assert list(service.put_aside) == [address("harbour")]
        await press(pilot, "w")
        assert service.put_aside == {}


async def test_an_empty_view_says_how_it_is_filled(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "5")
        assert "Nothing to read later. w keeps" in seen(pilot)
        await press(pilot, "6")
        assert "Nothing was opened yet" in seen(pilot)


async def test_what_was_opened_is_listed_newest_first_and_can_be_filtered(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter", "J", "q", "6")
        assert list(service.opened) == [address("harbour"), address("quota")]
        lines = [line for line in screen_lines(pilot) if "History · 2" in line]
        assert lines
        first = service.opened[address("quota")].split()[0]
        words = seen(pilot)
        assert words.index(first) < words.index(service.opened[address("harbour")].split()[0])


async def test_the_view_is_shown_again_at_the_next_start(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "w", "5", "q")
    async with running(service, None) as pilot:
        assert "Later · 1" in seen(pilot)


async def test_the_pane_counts_what_is_put_aside(service: FakeService) -> None:
    async with running(service, size=(160, 30)) as pilot:
        await press(pilot, "w")
        assert any(line[:26].split() == ["Later", "1"] for line in screen_lines(pilot))


async def test_what_is_marked_read_by_its_key_is_shown_to_be_read_later_no_more(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "j", "w")
        assert any("*L" in line for line in screen_lines(pilot))
        await press(pilot, "m", "k", "m")
        assert address("quota") not in service.read
        assert not any("*L" in line for line in screen_lines(pilot))


@pytest.mark.parametrize("keys", [("G", "<", "g"), ("m",)])
async def test_what_could_not_be_marked_read_is_shown_to_be_read_later_still(
    service: FakeService, monkeypatch: pytest.MonkeyPatch, keys: tuple[str, ...]
) -> None:
    async def fails(*_: object) -> bool:
        raise StoreError(Path("library.db"))

    monkeypatch.setattr(service.read_marks, "mark_all", fails)
    monkeypatch.setattr(service.read_marks, "toggle", fails)
    async with running(service) as pilot:
        await press(pilot, "j", "w", *keys)
        assert "library.db cannot be used." in seen(pilot)
        assert [line[6:9] for line in screen_lines(pilot) if "*L" in line] == [" *L"]
        assert sum("*" in line[:9] for line in screen_lines(pilot)) > 1
        assert not service.read


@pytest.mark.parametrize("key", ["w", "t", "s", "|", "e"])
async def test_on_the_label_of_a_list_a_key_for_stories_asks_for_one_and_leaves_the_page_of_the_list_alone(
    service: FakeService, key: str
) -> None:
    async with running(service) as pilot:
        await press(pilot, "k", key)
        said = seen(pilot)
        assert "Choose a headline" in said or "There is no article" in said or key == "e"
        assert "Front page" not in said
        await press(pilot, "escape")
        assert service.put_aside == {}
        assert service.library == {}


@pytest.mark.parametrize("key", ["w", "s", "m"])
async def test_in_an_empty_view_a_key_for_stories_asks_for_one(service: FakeService, key: str) -> None:
    async with running(service) as pilot:
        await press(pilot, "5", key)
        assert "Choose a headline or open an article first." in seen(pilot)
        assert service.put_aside == {}


async def test_a_page_without_an_article_that_is_in_the_list_is_put_aside(service: FakeService) -> None:
    missing = address("museum")
    service.web[missing] = replace(service.web[SITE], url=missing)
    async with running(service) as pilot:
        rows = [row for row in screen_lines(pilot) if "11:20" in row]
        assert rows
        await press(pilot, "j", "j", "j", "j", "j", "enter", "w")
        assert list(service.put_aside) == [missing]
