"""All sources are one list by time; lists are put in other orders, grouped, and freed of what is read."""

from datetime import timedelta

import pytest

from newsreader.models import Headline, HeadlineList, ListKind, Page
from tests.tui import newspaper
from tests.tui.fake_service import FakeService
from tests.tui.seeing import press, running, screen_lines, seen, settled, until
from tests.tui.test_sources import source

POST, SEA = "https://post.example/", "https://sea.example/"


def front(url: str, title: str, first: int) -> Page:
    rows = tuple(
        Headline(f"{title} {n}", f"{url}{n}", published=newspaper.minutes_ago(20 * n + first)) for n in range(4)
    )
    return Page(url, title, headline_lists=(HeadlineList("News", ListKind.LATEST, rows),))


@pytest.fixture
def papers() -> FakeService:
    """Two papers, whose stories alternate by time."""
    service = FakeService({POST: front(POST, "Harbour", 5), SEA: front(SEA, "Market", 15)})
    service.followed = [source(1, POST, "The Post"), source(2, SEA, "Sea")]
    return service


def titles(lines: list[str], *names: str) -> list[str]:
    """Return the titles in the list, from top to bottom."""
    wanted = [f"{name} {n}" for name in names for n in range(4)]
    return [title for line in lines for title in wanted if title in line[:64]]


FLOW = [f"{name} {n}" for n in range(4) for name in ("Harbour", "Market")]


@pytest.mark.parametrize("width", [60, 100, 160])
async def test_the_river_lists_all_sources_by_time_with_their_names(papers: FakeService, width: int) -> None:
    async with running(papers, POST, size=(width, 40)) as pilot:
        await press(pilot, "0")
        words = seen(pilot)
        assert "All sources" in screen_lines(pilot)[0]
        assert [words.index(title) for title in FLOW] == sorted(words.index(title) for title in FLOW)
        assert "The Post · Harbour 0" in words


async def test_a_long_name_of_a_source_is_cut_and_a_day_is_named_once(papers: FakeService) -> None:
    papers.followed = [source(1, POST, "The Morning Post of the Northern Coast"), source(2, SEA, "Sea")]
    papers.clock = newspaper.NOW + timedelta(days=1)
    async with running(papers, POST, size=(100, 40)) as pilot:
        await press(pilot, "0")
        assert any("The Morn" in line and "… · " in line for line in screen_lines(pilot))
        await press(pilot, "B")
        assert "yesterday" in seen(pilot)
        assert sum("yesterday" in line[:40] for line in screen_lines(pilot)[1:]) == 1


async def test_it_goes_on_when_its_end_is_reached(papers: FakeService) -> None:
    papers.river_page = 3
    async with running(papers, POST, size=(100, 40)) as pilot:
        await press(pilot, "0")
        assert titles(screen_lines(pilot), "Harbour", "Market") == FLOW[:3]
        await press(pilot, "m", "G", "G", "G")
        assert titles(screen_lines(pilot), "Harbour", "Market") == FLOW
        assert papers.read == {f"{POST}0"}
        header = screen_lines(pilot)[0]
        assert "7 unread" in header


async def test_all_of_it_is_marked_read_listed_already_or_not_and_that_is_one_undo(papers: FakeService) -> None:
    papers.river_page = 3
    everything = {f"{paper}{n}" for paper in (POST, SEA) for n in range(4)}
    async with running(papers, POST, size=(100, 40)) as pilot:
        await press(pilot, "0")
        assert "3+" in screen_lines(pilot)[0]
        assert "8 unread" in screen_lines(pilot)[0]
        await press(pilot, "A")
        assert papers.read == everything
        assert "8 headlines marked read; U to undo." in seen(pilot)
        assert "unread" not in screen_lines(pilot)[0]
        await press(pilot, "U")
        assert papers.read == set()
        assert "8 unread" in screen_lines(pilot)[0]


async def test_in_the_pane_of_sources_what_is_under_the_cursor_is_marked(papers: FakeService) -> None:
    async with running(papers, POST, size=(160, 40)) as pilot:
        await press(pilot, "h", "g", "j", "j", "A")  # Saved, which is not listed
        assert papers.read == set()
        assert "Open the list first" in seen(pilot)
        await press(pilot, "g", "A")  # All unread, while The Post is listed
        assert len(papers.read) == 8


async def test_order_and_grouping_are_changed_by_keys_and_remembered(papers: FakeService) -> None:
    async with running(papers, POST, size=(100, 40)) as pilot:
        await press(pilot, "0", "~")
        assert titles(screen_lines(pilot), "Harbour", "Market") == FLOW[::-1]
        assert "oldest first" in screen_lines(pilot)[0]
        await press(pilot, "B", "B")
        assert any("▾ The Post · 4" in line for line in screen_lines(pilot))
        assert "The Post · Harbour" not in seen(pilot)  # it is named above its headlines, not in each of them
        await press(pilot, "g", "k", "enter", "j", "m")  # folded, it stays so when something is marked
        assert any("▸ Sea · 4" in line for line in screen_lines(pilot))
        await press(pilot, "U", "q")
    async with running(papers, None, size=(100, 40)) as pilot:
        assert "oldest first" in screen_lines(pilot)[0]
        assert any("▸ Sea · 4" in line for line in screen_lines(pilot))
        await until(pilot, "Harbour 3")
        assert any("▸ Sea · 4" in line for line in screen_lines(pilot))
        await press(pilot, "B")
        assert titles(screen_lines(pilot), "Harbour", "Market") == FLOW[::-1]
        await press(pilot, "1")
        assert "oldest first" not in screen_lines(pilot)[0]


async def test_what_is_unread_of_all_names_its_sources_where_no_label_does(papers: FakeService) -> None:
    async with running(papers, None, size=(160, 40)) as pilot:
        await press(pilot, "h", "g", "enter", "B")
        assert "The Post · Harbour" in " ".join(seen(pilot).split())


async def test_the_list_of_a_source_is_ordered_too(papers: FakeService) -> None:
    async with running(papers, POST, size=(100, 40)) as pilot:
        await press(pilot, "j", "j", "m", "~", "~")
        assert titles(screen_lines(pilot), "Harbour") == [f"Harbour {n}" for n in (3, 2, 1, 0)]
        await press(pilot, "~")
        assert titles(screen_lines(pilot), "Harbour") == [f"Harbour {n}" for n in (0, 1, 3, 2)]
        await press(pilot, "~", "~")
        assert titles(screen_lines(pilot), "Harbour") == [f"Harbour {n}" for n in range(4)]


async def test_what_is_read_is_hidden_until_that_is_changed_and_at_the_next_start(papers: FakeService) -> None:
    papers.read = {f"{POST}0"}
    async with running(papers, POST, size=(100, 40)) as pilot:
        await press(pilot, "Z")
        assert titles(screen_lines(pilot), "Harbour") == [f"Harbour {n}" for n in (1, 2, 3)]
        assert "read hidden" in screen_lines(pilot)[0]
        await press(pilot, "m")  # what is read meanwhile stays in view
        assert titles(screen_lines(pilot), "Harbour") == [f"Harbour {n}" for n in (1, 2, 3)]
        await press(pilot, "0")
        assert titles(screen_lines(pilot), "Harbour") == [f"Harbour {n}" for n in (2, 3)]
        await press(pilot, "q")
    async with running(papers, POST, size=(100, 40)) as pilot:
        assert titles(screen_lines(pilot), "Harbour") == [f"Harbour {n}" for n in (2, 3)]
        await press(pilot, "Z")
        assert titles(screen_lines(pilot), "Harbour") == [f"Harbour {n}" for n in range(4)]


async def test_from_the_river_one_goes_to_the_source_of_a_headline(papers: FakeService) -> None:
    async with running(papers, POST, size=(100, 40)) as pilot:
        await press(pilot, "0", "j", "1")
        assert pilot.app.screen.state.address == SEA  # type: ignore[attr-defined]


@pytest.mark.parametrize("key", ["0", "3", "4", "5", "6"])
@pytest.mark.parametrize("restarts", [False, True])
async def test_what_is_said_of_a_page_does_not_stay_beside_another_list(
    papers: FakeService, key: str, restarts: bool
) -> None:
    async with running(papers, POST) as pilot:
        assert "This page is a list of headlines." in seen(pilot)
        await press(pilot, key)
        assert "This page is a list of headlines." not in seen(pilot)
        assert "picks another" not in seen(pilot)
        await press(pilot, "ctrl+q")
    if restarts:
        async with running(papers, None) as pilot:
            await settled(pilot)
            assert "This page is a list of headlines." not in seen(pilot)
            assert ("opens the selected headline" in seen(pilot)) == (key == "0")


async def test_what_is_unread_of_all_sources_is_counted_whether_it_is_listed_yet_or_not(papers: FakeService) -> None:
    papers.river_page = 3
    async with running(papers, POST) as pilot:
        await press(pilot, "0")
        assert len(titles(screen_lines(pilot), "Harbour", "Market")) == 3
        assert "8 unread" in screen_lines(pilot)[0]
        await press(pilot, "m")
        await settled(pilot)
        assert "7 unread" in screen_lines(pilot)[0]
