"""`S` searches everything stored, as one types, and leads back."""

import asyncio
from dataclasses import replace

from textual.pilot import Pilot

from newsreader.service.values import FoundRow
from newsreader.source_values import SourceKind
from newsreader.tui.line_input import LineInput
from newsreader.tui.reading.screen import ReadingScreen
from newsreader.tui.widgets.headline_pane import HeadlinePane
from newsreader.tui.widgets.results_pane import FoundPane
from tests.tui.fake_service import FakeService
from tests.tui.hand_scheduler import HandScheduler
from tests.tui.newspaper import address
from tests.tui.seeing import happened, press, running, screen_lines, seen, settled


async def sought(pilot: Pilot[int], *keys: str) -> None:
    """Type, and wait until it was sought."""
    await press(pilot, *keys)
    for _ in range(40):
        await pilot.pause(0.02)
        if all(worker.is_finished for worker in pilot.app.workers):
            break
    await settled(pilot)


async def test_the_box_teaches_the_language_by_example(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "S")
        assert "Search everything stored" in seen(pilot)
        assert '"storm warning"' in seen(pilot)
        assert "exactly these words" in seen(pilot)


async def test_an_example_that_is_long_is_explained_in_its_column(service: FakeService) -> None:
    async with running(service, size=(48, 40)) as pilot:
        await press(pilot, "S")
        lines = screen_lines(pilot)
        number = next(number for number, line in enumerate(lines) if "is:unread" in line)
        column = lines[number].index("also")
        assert lines[number + 1][:column].strip() == ""
        assert lines[number + 1][column].isalpha()


async def test_what_is_typed_is_found_with_passages(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "S")
        await sought(pilot, *"мол")
        assert "exactly these words" not in seen(pilot)
        assert "Углубление гавани отложено до марта" in seen(pilot)
        assert "водолазы" in seen(pilot)
        assert "Вести гавани" in seen(pilot)


async def test_results_are_set_again_in_another_width(service: FakeService) -> None:
    async with running(service, size=(60, 24)) as pilot:
        await press(pilot, "S")
        await sought(pilot, *"гавани", "down")
        narrow = seen(pilot)
        for size in ((100, 30), (40, 12), (60, 24)):
            await pilot.resize_terminal(*size)
            await settled(pilot)
            assert "▌" in seen(pilot)
        assert seen(pilot) == narrow


async def test_enter_opens_in_place_and_search_continues_where_it_was(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "S")
        await sought(pilot, *"гавани", "down")
        chosen = pilot.app.screen.query_one(FoundPane).chosen
        assert chosen is not None
        await press(pilot, "enter")
        await settled(pilot)
        assert isinstance(pilot.app.screen, ReadingScreen)
        shown = pilot.app.screen.state.shown
        assert shown is not None
        assert shown.url == chosen.row.headline.url
        await press(pilot, "S")
        await sought(pilot)
        again = pilot.app.screen.query_one(FoundPane)
        assert again.chosen is not None
        assert again.chosen.row.headline.url == chosen.row.headline.url


async def test_escape_leads_back_to_the_same_position(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "j", "enter")
        reading = pilot.app.screen
        assert isinstance(reading, ReadingScreen)
        before = reading.state.shown, reading.parts.panes.headlines.cursor, reading.focused
        await press(pilot, "S")
        await sought(pilot, *"мол")
        await press(pilot, "escape")
        again = pilot.app.screen
        assert isinstance(again, ReadingScreen)
        assert (again.state.shown, again.parts.panes.headlines.cursor, again.focused) == before


async def test_words_are_sought_once_the_typist_rests(service: FakeService) -> None:
    scheduler = HandScheduler()
    async with running(service, scheduler=scheduler) as pilot:
        await press(pilot, "S", *"мол")
        assert "Углубление гавани" not in seen(pilot)
        scheduler.advance(0.05)
        await sought(pilot)
        assert "Углубление гавани отложено до марта" in seen(pilot)


async def test_a_wrong_filter_is_reported_and_the_results_stay(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "S")
        await sought(pilot, *"гавани")
        pilot.app.screen.query_one(LineInput).value = "гавани is:gre"
        await sought(pilot)
        assert "does not accept “gre”" in seen(pilot)
        assert "is:unread" in seen(pilot)
        assert "Углубление гавани" in seen(pilot)


async def test_nothing_found_is_said(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "S")
        await sought(pilot, *"верблюд")
        assert "Nothing stored matches." in seen(pilot)


async def test_a_search_is_kept_as_a_source(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "S")
        await sought(pilot, *"мол")
        await press(pilot, "ctrl+s")
        assert "Following the search." in seen(pilot)
        assert [(each.url, each.kind) for each in service.followed] == [("search:мол", SourceKind.SEARCH)]


def note_what_is_found(service: FakeService, *, is_reversed: bool = False) -> list[str]:
    """Return the words for which the newest articles were found, the last ones last."""
    search, found_for = service.search.newest, list[str]()

    async def newest(text: str, *, limit: int = 100, typing: bool = False) -> tuple[FoundRow, ...]:
        rows = await search(text, limit=limit, typing=typing)
        found_for.append(text)
        return tuple(reversed(rows)) if is_reversed else rows

    service.search.newest = newest  # type: ignore[method-assign]
    return found_for


async def test_ranked_results_take_no_chosen_row_away(service: FakeService) -> None:
    found_for = note_what_is_found(service)
    release = asyncio.Event()
    ranked = service.search.ranked

    async def late(text: str, *, limit: int = 30, typing: bool = False) -> tuple[FoundRow, ...]:
        await release.wait()
        return tuple(reversed(await ranked(text, limit=limit, typing=typing)))

    service.search.ranked = late  # type: ignore[method-assign]
    async with running(service) as pilot:
        await press(pilot, "S")
        await press(pilot, *"-верблюд")
        pane = pilot.app.screen.query_one(FoundPane)
        await happened(pilot, lambda: "-верблюд" in found_for, "it is found")
        assert len(pane.found) > 1
        await press(pilot, "down")
        chosen = pane.chosen
        release.set()
        await sought(pilot)
        assert pane.chosen is not None
        assert chosen is not None
        assert pane.chosen.row.headline.url == chosen.row.headline.url


def on_another_site(service: FakeService) -> str:
    """Let another site have a story of the first one too; return its address."""
    page = service.web[address("harbour")]
    assert page.article is not None
    url = "https://bell.example/harbour"
    service.web[url] = replace(page, url=url, article=replace(page.article, url=url, site_name="Колокол"))
    return url


async def test_the_same_story_of_another_site_is_found_below_the_first(service: FakeService) -> None:
    other = on_another_site(service)
    async with running(service) as pilot:
        await press(pilot, "S")
        await sought(pilot, *"мол")
        pane = pilot.app.screen.query_one(FoundPane)
        count = len(pane.found)
        assert "+1 more: bell.example" in seen(pilot)
        assert "Колокол" not in seen(pilot)
        assert f"{count + 1} found" in seen(pilot)
        assert "the same story" in screen_lines(pilot)[-1]
        await press(pilot, "ctrl+o")
        assert [each.row.headline.url for each in pane.found[:2]] == [address("harbour"), other]
        assert "+1 more" not in seen(pilot)
        assert "the same story" not in screen_lines(pilot)[-1]
        await press(pilot, "down", "enter")
        await press(pilot, "S")
        await sought(pilot)
        again = pilot.app.screen.query_one(FoundPane).chosen
        assert again is not None
        assert again.row.headline.url == other
        await sought(pilot, "end", "а")
        assert "+1 more: bell.example" in seen(pilot)  # another search is folded again


async def test_what_the_reader_chose_is_not_folded_away_by_better_results(service: FakeService) -> None:
    other = on_another_site(service)
    release = asyncio.Event()
    search, found_for = service.search.newest, note_what_is_found(service, is_reversed=True)

    async def late(text: str, *, limit: int = 30, typing: bool = False) -> tuple[FoundRow, ...]:
        await release.wait()
        return await search(text, limit=limit, typing=typing)

    service.search.ranked = late  # type: ignore[method-assign]
    async with running(service) as pilot:
        await press(pilot, "S")
        await press(pilot, *"мол")
        pane = pilot.app.screen.query_one(FoundPane)
        await happened(pilot, lambda: "мол" in found_for, "both are found")
        assert other in [each.row.headline.url for each in pane.found]
        while pane.chosen is not None and pane.chosen.row.headline.url != other:
            await press(pilot, "down")
        await press(pilot, "down", "up")
        release.set()
        await sought(pilot)
        assert pane.chosen is not None
        assert pane.chosen.row.headline.url == other
        assert address("harbour") in [each.row.headline.url for each in pane.found]


async def test_arrows_and_pages_keep_the_chosen_row_in_view(service: FakeService) -> None:
    async with running(service, size=(60, 20)) as pilot:
        await press(pilot, "S")
        await sought(pilot, *"-верблюд")
        pane = pilot.app.screen.query_one(FoundPane)
        for key in ("down", "down", "down", "pagedown", "pagedown", "up", "pageup"):
            await press(pilot, key)
            assert pane.chosen is not None
            assert pane.chosen.row.headline.title[:20] in seen(pilot)


async def test_a_kept_search_is_named_once_and_counts_only_what_it_lists(service: FakeService) -> None:
    await service.search.follow("мол")
    async with running(service) as pilot:
        await press(pilot, "E", "end")
        assert "search:мол" in seen(pilot)
        assert "not read yet" not in seen(pilot)
        await press(pilot, "enter")
        await settled(pilot)
        above = screen_lines(pilot)[0]
        assert above.split("updated")[0].split() == ["мол", str(len(pilot.app.screen.query_one(HeadlinePane).listing))]


async def test_what_was_found_is_a_list_in_which_every_key_for_headlines_works(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "S")
        await sought(pilot, *"гавани")
        await press(pilot, "ctrl+l")
        await settled(pilot)
        assert seen(pilot).startswith(" Search ")
        pane = pilot.app.screen.query_one(HeadlinePane)
        assert pane.headline is not None
        found = pane.headline.headline.url
        await press(pilot, "w", "s", "m")
        assert list(service.put_aside) == [found]
        assert found in service.library
        assert found in service.read


async def test_the_newest_come_first_where_that_is_wanted(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "S")
        await sought(pilot, *"гавани")
        assert "newest first" in seen(pilot)
        await sought(pilot, "ctrl+n")
        assert "best first" in seen(pilot)
        await press(pilot, "escape", "S")
        assert "best first" in seen(pilot)
