"""Where the reader is: articles read to the end are read, and started ones can be continued."""

import pytest
from textual.pilot import Pilot

from newsreader.tui.reading import positions
from newsreader.tui.widgets.article_view import ArticleView
from tests.tui.fake_service import FakeService
from tests.tui.newspaper import address
from tests.tui.seeing import press, running, screen_lines, seen, settled, until


@pytest.fixture(autouse=True)
def _long_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(positions, "_REST_S", 60)


async def rested(pilot: Pilot[int]) -> None:
    """Let the time pass that counts as a rest."""
    pilot.app.screen.parts.positions.rest()  # type: ignore[attr-defined]
    await settled(pilot)


async def test_a_long_article_is_read_when_its_end_is_reached(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter", "space")
        await rested(pilot)
        assert not service.read
        await press(pilot, "G")
        assert service.read == {address("harbour")}


async def test_an_article_that_fits_is_read_when_the_reader_rests_on_it(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "j", "enter")
        assert not service.read
        await rested(pilot)
        assert service.read == {address("quota")}


@pytest.mark.parametrize(("key", "read"), [("J", True), ("space", True), ("n", True), ("K", False), ("q", False)])
async def test_an_article_that_fits_is_read_when_it_is_left_forward(service: FakeService, key: str, read: bool) -> None:
    async with running(service) as pilot:
        await press(pilot, "j", "enter", key)
        assert (address("quota") in service.read) is read


async def test_a_long_article_that_is_left_in_its_midst_stays_unread(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter", "space", "J")
        assert address("harbour") not in service.read


async def test_what_the_reader_says_of_an_article_is_at_its_end_too(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter", "G", "m", "k", "k", "G")
        await rested(pilot)
        assert not service.read


async def test_reading_to_the_end_is_undone_like_any_change(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter", "G", "U")
        assert not service.read
        assert "Undone: marked unread again." in seen(pilot)
        await press(pilot, "k", "G")
        assert not service.read


async def test_m_marks_an_article_that_no_list_holds(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter", "right", "right", "enter", "m")
        assert address("mole") in service.read
        assert "Marked read." in seen(pilot)


async def test_reading_now_lists_what_is_in_progress_with_how_far(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter", "]", "J", "4")
        text = seen(pilot)
        assert "Reading now · 1" in text
        assert "36 %  ·  vesti.example" in text
        await press(pilot, "enter")
        assert "Continued at paragraph 3 (36 %)" in seen(pilot)
        await press(pilot, "G", "1", "4")
        assert "Nothing in progress." in seen(pilot)


async def test_the_article_on_screen_is_in_progress_too(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter", "]", "4")
        assert "Reading now · 1" in seen(pilot)


async def test_reading_now_is_shown_again_after_a_restart(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter", "]", "J", "4", "h", "q")
    async with running(service, None) as pilot:
        assert "Reading now · 1" in seen(pilot)


async def test_the_position_inside_a_long_paragraph_is_kept_at_another_width(service: FakeService) -> None:
    async with running(service, size=(60, 20)) as pilot:
        await press(pilot, "enter", *["j"] * 14)
        words = screen_lines(pilot)[1].split()[:2]
        await press(pilot, "q", "q")
    assert service.kept_positions[address("harbour")].char_offset
    async with running(service, size=(100, 30)) as pilot:
        await press(pilot, "enter")
        assert set(words) & set(screen_lines(pilot)[1].split("│")[1].split())


async def test_going_back_to_the_top_ends_what_was_started(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter", "]", "J", "K", "g", "J")
        assert address("harbour") not in service.kept_positions


async def test_a_saved_copy_says_how_many_of_its_pictures_are_kept(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter", "s")
        await until(pilot, "Saved with its picture.")
        await press(pilot, "J", "K")
        await until(pilot, "· 1 picture")


async def test_the_position_comes_back_from_a_window_that_is_too_large_for_it(service: FakeService) -> None:
    def first_words() -> str:
        return next(line for line in screen_lines(pilot)[2:] if len(line.split()) > 3)

    async with running(service, size=(60, 20)) as pilot:
        await press(pilot, "enter", "l", "space", "space")
        view = pilot.app.screen.query_one(ArticleView)
        before = view.top, first_words()
        for size in ((160, 90), (100, 60), (160, 120)):
            await pilot.resize_terminal(*size)
            await settled(pilot)
        await pilot.resize_terminal(60, 20)
        await settled(pilot)
        assert (view.top, first_words()) == before
        await pilot.resize_terminal(160, 60)
        await settled(pilot)
        await press(pilot, "g")
        await pilot.resize_terminal(60, 20)
        await settled(pilot)
        assert view.top == 0
