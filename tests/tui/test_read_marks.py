"""Read marks are set the reader's way: on opening, at the end or never; above, below, of a list, of a selection."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.models import Headline, HeadlineList, ListedHeadline, ListKind, Page
from newsreader.settings import ReadingSettings, Settings
from newsreader.tui.reading.screen import ReadingScreen
from newsreader.tui.widgets.headline_list import Listing
from newsreader.tui.widgets.headline_section import Section
from tests.tui.fake_service import FakeService
from tests.tui.newspaper import address
from tests.tui.seeing import press, running, screen_lines, seen
from tests.waiting import eventually

FRONT = "https://town.example/"


def paper() -> FakeService:
    """Return a front page with two lists of three stories."""
    lists = tuple(
        HeadlineList(label, ListKind.SECTION, tuple(Headline(f"{label} {n}", f"{FRONT}{label}/{n}") for n in range(3)))
        for label in ("Harbour", "Market")
    )
    return FakeService({FRONT: Page(FRONT, "Town", headline_lists=lists)})


def read(service: FakeService) -> set[str]:
    return {url.removeprefix(FRONT) for url in service.read}


def marking(service: FakeService, when: str) -> FakeService:
    service.settings = Settings(reading=ReadingSettings(mark_read=when))
    return service


def test_an_article_is_read_when_it_is_opened_unless_the_reader_wants_it_otherwise() -> None:
    assert Settings().reading.mark_read == "opened"


@pytest.mark.parametrize(("when", "opened", "ended"), [("opened", 1, 1), ("end", 0, 1), ("never", 0, 0)])
async def test_when_an_article_counts_as_read_is_configurable(
    service: FakeService, when: str, opened: int, ended: int
) -> None:
    async with running(marking(service, when)) as pilot:
        await press(pilot, "enter")
        assert len(service.read) == opened
        await press(pilot, "G")
        assert len(service.read) == ended
        await press(pilot, "m")
        assert len(service.read) == (0 if ended else 1)


async def test_what_is_marked_unread_after_it_was_opened_stays_so_at_its_end(service: FakeService) -> None:
    async with running(marking(service, "opened")) as pilot:
        await press(pilot, "enter", "m", "G")
        assert not service.read


async def test_what_was_opened_by_its_address_is_read_at_its_end(service: FakeService) -> None:
    async with running(marking(service, "opened"), address("harbour")) as pilot:
        assert not service.read
        await press(pilot, "G")
        assert service.read == {address("harbour")}


async def test_m_continues_to_the_next() -> None:
    service = paper()
    async with running(service, FRONT) as pilot:
        await press(pilot, "m", "m")
        assert read(service) == {"Harbour/0", "Harbour/1"}
        await press(pilot, "U", "U")
        assert read(service) == set()


@pytest.mark.parametrize(
    ("keys", "marked"),
    [
        (("j", "<"), {"Harbour/0"}),
        (("j", ">"), {"Harbour/2", "Market/0", "Market/1", "Market/2"}),
        (("j", "*"), {"Harbour/0", "Harbour/1", "Harbour/2"}),
        (("g", "k", "m"), {"Harbour/0", "Harbour/1", "Harbour/2"}),
        (("G", "<"), {"Harbour/0", "Harbour/1", "Harbour/2", "Market/0", "Market/1"}),
        (("j", "v", "j", "m"), {"Harbour/1", "Harbour/2"}),
        (("G", "v", "k", "k", "m"), {"Market/0", "Market/1", "Market/2"}),
    ],
)
async def test_a_part_of_the_list_is_marked_read_and_all_of_it_undone(keys: tuple[str, ...], marked: set[str]) -> None:
    service = paper()
    async with running(service, FRONT) as pilot:
        await press(pilot, *keys)
        assert read(service) == marked
        await press(pilot, "U")
        assert read(service) == set()
        assert "Undone" in seen(pilot)


@pytest.mark.parametrize("width", [60, 100, 160])
async def test_what_is_selected_is_seen_and_escape_ends_it(width: int) -> None:
    service = paper()
    async with running(service, FRONT, size=(width, 30)) as pilot:
        await press(pilot, "v", "j")
        assert sum("▌" in line for line in screen_lines(pilot)) == 2
        await press(pilot, "escape")
        assert sum("▌" in line for line in screen_lines(pilot)) == 1
        await press(pilot, "m")
        assert read(service) == {"Harbour/1"}


async def test_what_is_selected_is_saved_put_aside_and_tagged() -> None:
    service = paper()
    async with running(service, FRONT) as pilot:
        await press(pilot, "v", "j", "w")
        assert len(service.put_aside) == 2
        await press(pilot, "g", "v", "j", "w")
        assert service.put_aside == {}
        await press(pilot, "g", "v", "j", "t", *"sea", "enter", "escape")
        assert service.tagged == {f"{FRONT}Harbour/{n}": frozenset({"sea"}) for n in range(2)}


async def test_the_number_of_saved_articles_is_reported_once_with_failures() -> None:
    service = paper()
    for number in range(2):
        url = f"{FRONT}Harbour/{number}"
        service.web[url] = Page(url, f"Harbour {number}")
    async with running(service, FRONT) as pilot:
        await press(pilot, "v", "j", "s")
        await eventually(lambda: "2 articles saved." in seen(pilot))
        assert len(service.library) == 2
        await press(pilot, "g", "v", "j", "j", "s")  # only the third one is not saved yet
        await eventually(lambda: "2 articles saved." not in seen(pilot))
        assert len(service.library) == 2
        await press(pilot, "g", "v", "j", "s")
        await eventually(lambda: "2 articles are no longer saved." in seen(pilot))
        assert not service.library
        await press(pilot, "g", "v", "j", "j", "s")
        await eventually(lambda: "2 articles saved. 1 failed: " in seen(pilot))


async def test_the_header_says_how_much_is_unread_and_what_is_new_of_it() -> None:
    service = paper()
    async with running(service, FRONT) as pilot:
        header = screen_lines(pilot)[0]
        assert "6 unread" in header
        assert "new" not in header
        lists = service.web[FRONT].headline_lists
        fresh = Headline("Harbour late", f"{FRONT}Harbour/9")
        service.web[FRONT] = Page(
            FRONT,
            "Town",
            headline_lists=(HeadlineList("Harbour", ListKind.SECTION, (fresh, *lists[0].headlines)), lists[1]),
        )
        await press(pilot, "r")
        assert "7 unread · 1 new" in " ".join(screen_lines(pilot)[0].replace("·", " · ").split())


async def test_a_key_opens_an_unread_article_by_chance_and_never_one_that_is_read(service: FakeService) -> None:
    async with running(service) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, ReadingScreen)
        opened = set()
        for _ in range(6):
            listing = screen.parts.panes.headlines.listing
            read = {row.headline.url for section in listing.sections for row in section.rows if row.read}
            await press(pilot, "ctrl+k")
            assert screen.state.shown is not None
            assert screen.state.shown.url not in read
            opened.add(screen.state.shown.url)
        assert len(opened) > 1
        await press(pilot, "A", "ctrl+k")
        assert "Everything is read." in seen(pilot)


@given(st.lists(st.lists(st.booleans(), max_size=6), max_size=4), st.integers(0, 20))
def test_what_is_opened_by_chance_is_unread_and_another_one_where_there_is_one(
    read: list[list[bool]], besides: int
) -> None:
    sections = [
        Section(
            f"List {n}",
            tuple(
                ListedHeadline(Headline(f"{n}.{m}", f"https://a.example/{n}/{m}"), read=each)
                for m, each in enumerate(rows)
            ),
        )
        for n, rows in enumerate(read)
    ]
    listing = Listing(tuple(sections))
    unread = {number for number in range(len(listing)) if (row := listing.headline(listing[number])) and not row.read}
    found = listing.random_unread(besides)
    assert (found is None) == (not unread)
    assert found is None or (found in unread and (found != besides or unread == {besides}))
