"""The list of the article's links, by the keys."""

from tests.tui.fake_service import FakeService
from tests.tui.newspaper import address
from tests.tui.seeing import press, running, screen_lines, seen, settled


async def test_a_link_is_followed_from_the_list(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter", "u")
        assert "восточного мола" in seen(pilot)
        await press(pilot, "slash", *"МОЛА", "enter", "enter")
        assert address("mole") in service.asked
        await press(pilot, "backspace")
        assert "Ирина Ковальчук" in seen(pilot)


async def test_a_link_is_opened_in_the_browser_or_copied(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter", "u", "j", "щ")  # the key of o in a Cyrillic layout
        assert len(service.browsed) == 1
        await press(pilot, "u", "j", "y")
        assert pilot.app.clipboard == service.browsed[0]
        assert "Link copied" in seen(pilot)


async def test_the_list_of_links_says_when_nothing_has_the_words_and_closes(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter", "u", "slash", *"zzz")
        assert "No link matches." in seen(pilot)
        await press(pilot, "enter", "escape")
        assert "No link matches." not in seen(pilot)
        assert "Ирина Ковальчук" in seen(pilot)


async def test_an_article_without_links_says_so(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "j", "enter", "u")
        assert "The article has no links." in seen(pilot)


async def test_what_can_be_done_with_a_link_is_done_by_a_click_too(service: FakeService) -> None:
    async with running(service, size=(60, 20)) as pilot:
        await press(pilot, "enter", "u", "down")
        for words, message in (("copy", "Link copied"), ("closes", ""), ("follow", "Восточный мол")):
            y, row = next((y, row) for y, row in enumerate(screen_lines(pilot)) if "Esc closes" in row)
            await pilot.click(offset=(row.index(words), y))
            await settled(pilot)
            assert "Esc closes" not in seen(pilot)
            assert message in seen(pilot)
            await press(pilot, "u", "down")
