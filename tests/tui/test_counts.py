"""Counts before keys, rows in view, positions marked by letters, and what a find leaves behind."""

from dataclasses import replace

import pytest

from newsreader.settings import Settings
from newsreader.tui.reading.screen import ReadingScreen
from newsreader.tui.widgets.article_view import ArticleView
from newsreader.tui.widgets.headline_pane import HeadlinePane
from tests.tui.fake_service import FakeService
from tests.tui.seeing import press, running, screen_lines, seen, settled


def panes(pilot: object) -> tuple[HeadlinePane, ArticleView]:
    screen = pilot.app.screen  # type: ignore[attr-defined]
    assert isinstance(screen, ReadingScreen)
    return screen.parts.panes.headlines, screen.parts.panes.article


@pytest.fixture
def vim(service: FakeService) -> FakeService:
    """The keys in which digits are for counts."""
    service.settings = replace(Settings(), interface=replace(Settings().interface, key_preset="vim"))
    return service


@pytest.mark.parametrize("width", [60, 100, 160])
async def test_a_count_says_how_often_a_key_counts(vim: FakeService, width: int) -> None:
    async with running(vim, size=(width, 12)) as pilot:
        pane, article = panes(pilot)
        await press(pilot, "3", "j")
        assert pane.cursor == 4
        await press(pilot, "1", "0", "G")
        assert pane.cursor == 10
        await press(pilot, "5", "g")
        assert pane.cursor == 5
        await press(pilot, "1", "g", "enter", "l", "5")
        assert "5 …" in seen(pilot)
        before = article.top
        await press(pilot, "j")
        assert article.top == before + 5
        assert "5 …" not in seen(pilot)
        await press(pilot, "1", "0", "G")
        assert article.top == 9
        await press(pilot, "3", "escape", "j")
        assert article.top == 10
        await press(pilot, "alt+3")
        assert "Nothing is saved yet" in seen(pilot)


async def test_digits_that_are_no_keys_count_in_the_list(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "7", "j")
        pane, _ = panes(pilot)
        assert pane.cursor == 8
        await press(pilot, "9", "G")
        assert pane.cursor == 9
        await press(pilot, "2")
        assert "Unread" in screen_lines(pilot)[0]


async def test_h_m_and_l_choose_the_rows_at_the_edges_of_the_view(service: FakeService) -> None:
    async with running(service) as pilot:
        pane, _ = panes(pilot)
        await press(pilot, "L")
        last = pane.cursor
        await press(pilot, "H")
        assert pane.cursor <= 1
        await press(pilot, "M")
        assert 1 < pane.cursor < last


async def test_a_key_goes_back_to_a_position_marked_with_a_letter_after_a_restart(service: FakeService) -> None:
    async with running(service, size=(100, 12)) as pilot:
        await press(pilot, "enter", "l", "7", "j")
        _, article = panes(pilot)
        marked = article.top
        await press(pilot, "M", "a", "G")
        bottom = article.top
        await press(pilot, "apostrophe", "a")
        assert article.top == marked
        await press(pilot, "apostrophe", "apostrophe")
        assert article.top == bottom
        await press(pilot, "apostrophe", "x")
        assert "no mark x" in seen(pilot)
    async with running(service, size=(100, 12)) as pilot:
        await press(pilot, "enter", "l", "g", "apostrophe", "ф")  # the key of a
        assert panes(pilot)[1].top == marked


async def test_a_find_that_is_accepted_stays_where_it_is(service: FakeService) -> None:
    async with running(service, size=(100, 12)) as pilot:
        await press(pilot, "enter", "l")
        _, article = panes(pilot)
        await press(pilot, "slash", *"порт", "escape")
        assert article.top == 0
        await press(pilot, "slash", *"порт", "enter", "n")
        found = article.top
        assert found > 0
        await press(pilot, "escape")
        assert article.top == found
        assert not article.finding.is_active
        await press(pilot, "g", "slash")
        assert screen_lines(pilot)[-1].startswith(" / порт")
        await press(pilot, "enter")
        assert panes(pilot)[1].finding.is_active
        first = article.finding.found[0]
        await press(pilot, "8", "n")
        assert article.finding.found[0] == (first - 1 + 8) % article.finding.found[1] + 1


async def test_the_filter_of_the_list_remembers_its_words(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "slash", *"маяка", "enter", "escape", "slash")
        assert screen_lines(pilot)[-1].startswith(" / маяка")
        pane, _ = panes(pilot)
        assert pane.listing.count == 15
        await press(pilot, "enter")
        assert pane.listing.count == 2


async def test_during_a_find_every_digit_is_a_count_for_the_matches(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter", "l", "/", *"а", "enter")
        article = panes(pilot)[1]
        first, count, _ = article.finding.found
        assert count > 3
        await press(pilot, "2", "n")
        assert article.finding.found[0] == first + 2
        assert "Unread" not in screen_lines(pilot)[0]
        await press(pilot, "escape", "h", "2")
        assert "Unread" in screen_lines(pilot)[0]


async def test_a_percentage_leads_to_that_part_of_the_article_and_of_the_list(vim: FakeService) -> None:
    async with running(vim, size=(100, 12)) as pilot:
        headlines, article = panes(pilot)
        count = headlines.listing.count
        await press(pilot, "5", "0", "%")
        middle = headlines.headline
        await press(pilot, *f"{round(count / 2)}", "G")
        assert headlines.headline == middle
        await press(pilot, "9", "9", "9", "%")
        last = headlines.headline
        await press(pilot, "G")
        assert headlines.headline == last
        await press(pilot, "g", "enter", "l")
        assert article.whole_height > 3 * article.height
        for percent in (50, 25, 100):
            await press(pilot, *str(percent), "%")
            await settled(pilot)
            assert article.position.percent is not None
            assert abs(article.position.percent - percent) <= 2
            assert f"{article.position.percent} %" in screen_lines(pilot)[-1]


async def test_without_a_count_the_key_asks_for_the_percentage(service: FakeService) -> None:
    async with running(service, size=(100, 14)) as pilot:
        _, article = panes(pilot)
        await press(pilot, "enter", "l", "%", *"400", "enter")
        assert "Not valid; use a whole number from 0 to 100." in seen(pilot)
        await press(pilot, "backspace", "%", "enter")
        await settled(pilot)
        assert article.position.percent is not None
        assert abs(article.position.percent - 40) <= 2
        await press(pilot, "%", "escape")
        assert abs(article.position.percent - 40) <= 2
