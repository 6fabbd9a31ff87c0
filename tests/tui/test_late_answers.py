"""What is read from the stores and comes late does not undo what the reader, or another program, has done meanwhile."""

import asyncio
from dataclasses import replace

import pytest
from textual.pilot import Pilot

from newsreader.lettered_positions import PREFERENCE as POSITION_MARKS
from newsreader.library_values import ReadingPosition
from newsreader.models import ListedHeadline
from newsreader.service.feed_offer import FeedOffer
from newsreader.tui.reading.parts import ReadingParts
from newsreader.tui.reading.screen import ReadingScreen
from newsreader.tui.reading.state import ReadingState
from tests.tui.fake_service import FakeService
from tests.tui.hand_scheduler import HandScheduler
from tests.tui.newspaper import SITE, address
from tests.tui.seeing import happened, press, running, seen, settled, until
from tests.tui.test_highlights import highlight, kept
from tests.tui.test_highlights import service as service_with_highlights
from tests.tui.test_sources import CITY, HARBOUR, followed, front

__all__ = ["followed", "service_with_highlights"]


def parts_of(pilot: Pilot[int]) -> ReadingParts:
    screen = pilot.app.screen
    assert isinstance(screen, ReadingScreen)
    return screen.parts


def state_of(pilot: Pilot[int]) -> ReadingState:
    screen = pilot.app.screen
    assert isinstance(screen, ReadingScreen)
    return screen.state


def listed(pilot: Pilot[int]) -> list[ListedHeadline]:
    return [row for section in parts_of(pilot).panes.headlines.listing.sections for row in section.rows]


def let_others_pass(service: FakeService, gate: str) -> asyncio.Event:
    """Return the gate at which somebody waits; nobody else has to."""
    return service.gates.pop(gate)


@pytest.mark.parametrize(("views", "renews"), [((), "r"), (("0",), "R"), (("h", "g", "enter"), "R")])
async def test_what_is_marked_while_a_list_is_read_again_stays_marked(
    followed: FakeService, views: tuple[str, ...], renews: str
) -> None:
    followed.store(SITE, HARBOUR, CITY)
    async with running(followed, size=(160, 60)) as pilot:
        await press(pilot, *views)
        held = followed.hold("listed")
        await press(pilot, renews, "m", "m")
        marked = [row.headline.url for row in listed(pilot) if row.read]
        assert len(marked) == 2
        held.set()
        await settled(pilot)
        assert {row.headline.url for row in listed(pilot) if row.read} >= {*marked}
        assert followed.read >= {*marked}


async def test_a_source_that_was_refreshed_is_not_listed_in_place_of_one_that_was_chosen_since(
    followed: FakeService,
) -> None:
    followed.store(SITE, CITY, minutes=60)
    followed.refusing.add(CITY)  # so that its copy is older than that of the other
    async with running(followed, size=(160, 40)) as pilot:
        followed.hold(f"stored {SITE}")
        await press(pilot, "R")
        held = let_others_pass(followed, f"stored {SITE}")
        parts_of(pilot).opener.open_source(CITY)
        await settled(pilot)
        assert {row.headline.url for row in listed(pilot)} == {f"{CITY}0"}
        held.set()
        await settled(pilot)
        assert {row.headline.url for row in listed(pilot)} == {f"{CITY}0"}


async def test_lists_that_are_laid_out_again_are_not_those_from_before_a_refresh(followed: FakeService) -> None:
    followed.store(HARBOUR)
    async with running(followed, HARBOUR) as pilot:
        parts = parts_of(pilot)
        followed.hold("listed")
        parts.lists.lay_out_again()
        await settled(pilot)
        held = let_others_pass(followed, "listed")
        page = followed.web[HARBOUR]
        (headlines,) = page.headline_lists
        followed.web[HARBOUR] = replace(page, headline_lists=(replace(headlines, headlines=headlines.headlines[1:]),))
        await press(pilot, "r")
        held.set()
        await settled(pilot)
        source = state_of(pilot).source
        assert source is not None
        assert source.page == followed.web[HARBOUR]


async def test_counts_that_were_read_before_others_are_not_shown_after_them(followed: FakeService) -> None:
    async with running(followed, size=(160, 40)) as pilot:
        parts = parts_of(pilot)
        followed.hold("counted")
        reading = asyncio.create_task(parts.sources.reload())
        await settled(pilot)
        held = let_others_pass(followed, "counted")
        before = state_of(pilot).source_list.unread
        await press(pilot, "m")
        held.set()
        await reading
        await settled(pilot)
        assert state_of(pilot).source_list.unread == before - 1


async def test_a_group_that_is_folded_while_sources_are_counted_stays_folded(followed: FakeService) -> None:
    async with running(followed, size=(160, 40)) as pilot:
        parts = parts_of(pilot)
        held = followed.hold("counted")
        parts.sources.renew()
        await settled(pilot)
        parts.sources.fold_group("Україна")
        held.set()
        await settled(pilot)
        assert state_of(pilot).source_list.folded == {"Україна"}


async def test_highlights_that_were_read_before_one_was_made_are_not_shown_after_it(
    service_with_highlights: FakeService,
) -> None:
    service = service_with_highlights
    async with running(service) as pilot:
        parts = parts_of(pilot)
        await press(pilot, "enter", "v", "j")
        service.hold("placed")
        reading = asyncio.create_task(parts.highlights.reload())
        await settled(pilot)
        held = let_others_pass(service, "placed")
        await press(pilot, "enter")
        held.set()
        await reading
        await happened(pilot, lambda: len(kept(service)) == 1, "a highlight is kept")
        await settled(pilot)
        found = parts.panes.article.highlights.found
        assert found is not None
        assert len(found.placed) == 1


async def test_what_another_program_changes_in_the_article_that_is_read_is_shown(
    service_with_highlights: FakeService,
) -> None:
    service, time = service_with_highlights, HandScheduler()
    async with running(service, scheduler=time) as pilot:
        time.advance(2)
        await press(pilot, "enter")
        assert "#tides" not in seen(pilot)
        service.tagged[address("harbour")] = frozenset({"tides"})
        highlight(service, "second phase", "ask")
        service.records += 2
        time.advance(31)
        await settled(pilot)
        assert "#tides" in seen(pilot)
        assert "ask" in seen(pilot)


async def test_an_article_at_hand_opens_where_it_was_left_on_another_device(service: FakeService) -> None:
    service.store(address("harbour"), address("quota"), address("storm"))
    time = HandScheduler()
    async with running(service, scheduler=time) as pilot:
        time.advance(2)
        await settled(pilot)
        assert state_of(pilot).prefetched[address("harbour")].kept is None
        service.kept_positions[address("harbour")] = ReadingPosition(
            address("harbour"), 2, "", service.clock, 0, 36, "Углубление гавани"
        )
        service.records += 1
        time.advance(31)
        await settled(pilot)
        assert address("harbour") in state_of(pilot).prefetched
        await press(pilot, "enter")
        assert "Continued at paragraph 3" in seen(pilot)


async def test_the_article_of_a_page_is_not_shown_in_place_of_one_that_was_opened_since(service: FakeService) -> None:
    service.store(address("harbour"), address("quota"))
    async with running(service) as pilot:
        service.hold("positions")
        parts_of(pilot).opener.open_source(address("harbour"))
        await settled(pilot)
        held = let_others_pass(service, "positions")
        parts_of(pilot).articles.open(address("quota"), "")
        await settled(pilot)
        held.set()
        await settled(pilot)
        shown = state_of(pilot).shown
        assert shown is not None
        assert shown.url == address("quota")


async def test_marks_of_positions_that_another_instance_made_are_known_and_kept(service: FakeService) -> None:
    url = address("harbour")
    async with running(service) as pilot:
        await press(pilot, "enter", "M", "a")
        service.choices[POSITION_MARKS] = {url: {"b": [2, "", 0]}, address("quota"): {"q": None}}
        await press(pilot, "M", "c")
        kept_marks = service.choices[POSITION_MARKS]
        assert isinstance(kept_marks, dict)
        assert {each: set(marks) for each, marks in kept_marks.items()} == {url: {"b", "c"}, address("quota"): {"q"}}
        service.choices[POSITION_MARKS] = {url: {"d": [2, "", 0]}}
        await press(pilot, "'", "d")
        assert "no mark" not in seen(pilot)


async def test_a_mark_that_cannot_be_saved_says_so_and_serves_until_the_end(
    service: FakeService, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(key: str, change: object) -> object:
        return None

    monkeypatch.setattr(service.preferences, "change", fails)
    async with running(service) as pilot:
        await press(pilot, "enter", "M", "a")
        await until(pilot, "couldn't be saved")
        await press(pilot, "'", "a")
        assert "no mark" not in seen(pilot)


async def test_a_block_that_was_chosen_is_not_shown_in_place_of_an_article_that_was_opened_since(
    service: FakeService,
) -> None:
    service.store(address("quota"))
    async with running(service, address("harbour")) as pilot:
        await press(pilot, "x", "x")
        held = service.hold("block")
        await press(pilot, "j", "enter")
        parts_of(pilot).articles.open(address("quota"), "")
        await settled(pilot)
        held.set()
        await settled(pilot)
        assert service.cuts["article"]  # it is the article of its site all the same
        shown = state_of(pilot).shown
        assert shown is not None
        assert shown.url == address("quota")


async def test_the_source_whose_list_was_chosen_is_not_listed_in_place_of_one_that_was_chosen_since(
    followed: FakeService,
) -> None:
    followed.store(HARBOUR, CITY)
    async with running(followed, HARBOUR, size=(160, 60)) as pilot:
        held = followed.hold("block")
        await press(pilot, "X", "j", "enter")
        parts_of(pilot).opener.open_source(CITY)
        await settled(pilot)
        held.set()
        await settled(pilot)
        assert followed.cuts["list"]
        assert state_of(pilot).address == CITY


async def test_a_feed_that_comes_late_is_not_listed_in_place_of_a_source_that_was_chosen_since(
    service: FakeService,
) -> None:
    feed = f"{SITE}feed.xml"
    service.offer = FeedOffer(feed, "Вести", 40, 15, 12, gives_times=True, gives_texts=True)
    service.web[feed] = front(feed, "Стрічка", 2)
    service.web[CITY] = front(CITY, "City", 3)
    async with running(service, size=(160, 40)) as pilot:
        await press(pilot, "a")
        held = service.hold("feed")
        await press(pilot, "a")
        parts_of(pilot).opener.open_source(CITY)
        await settled(pilot)
        held.set()
        await settled(pilot)
        assert service.followed[0].url == feed
        assert state_of(pilot).address == CITY


async def test_the_sample_newspaper_is_not_listed_in_place_of_a_source_that_was_chosen_since(
    followed: FakeService,
) -> None:
    followed.store(CITY, HARBOUR)
    async with running(followed, HARBOUR) as pilot:
        held = followed.hold("sample")
        parts_of(pilot).opener.open_sample()
        await settled(pilot)
        parts_of(pilot).opener.open_source(CITY)
        await settled(pilot)
        held.set()
        await settled(pilot)
        assert state_of(pilot).address == CITY


async def test_what_was_added_to_the_river_while_it_was_read_again_stays(followed: FakeService) -> None:
    followed.river_page = 3
    followed.store(HARBOUR, CITY)
    async with running(followed, HARBOUR, size=(160, 60)) as pilot:
        await press(pilot, "0")
        held = followed.hold("listed")
        parts_of(pilot).sources.river.show(keep=True)
        await settled(pilot)
        let_others_pass(followed, "listed")
        await press(pilot, "G")
        await settled(pilot)
        count = state_of(pilot).other_listing.count
        assert count > 3
        followed.river_page = 300
        held.set()
        await settled(pilot)
        assert state_of(pilot).other_listing.count >= count


async def test_the_sample_newspaper_is_waited_for_by_its_name(followed: FakeService) -> None:
    async with running(followed, SITE) as pilot:
        held = followed.hold("https://sample.example/")
        followed.front_page = "https://sample.example/"
        parts_of(pilot).opener.open_sample()
        await until(pilot, "Getting the sample newspaper …")
        held.set()
        await settled(pilot)
