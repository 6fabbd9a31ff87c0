"""The lists of a front page are as the reader wants them, by keys, and stay so."""

from dataclasses import replace

from newsreader.models import Comments, Headline, HeadlineList, ListKind, Page
from newsreader.tui.widgets.headline_pane import HeadlinePane
from tests.tui.fake_service import FakeService
from tests.tui.seeing import press, running, screen_lines, seen

FRONT = "https://town.example/"


def paper() -> FakeService:
    stories = {
        label: tuple(Headline(f"{label} story {number}", f"{FRONT}{label}/{number}") for number in (1, 2))
        for label in ("Harbour", "Market", "Weather")
    }
    lists = tuple(HeadlineList(label, ListKind.SECTION, rows) for label, rows in stories.items())
    return FakeService({FRONT: Page(FRONT, "Town", headline_lists=lists)})


def order(lines: list[str]) -> list[str]:
    return [label for line in lines for label in ("Harbour", "Market", "Weather") if f"▾ {label} ·" in line]


def chosen(lines: list[str]) -> str:
    (line,) = (each for each in lines if each[:1] in "▌▏" and " story " in each[:40])
    return line[:40].strip(" ▌▏*!│")


async def test_a_list_is_moved_and_stays_there() -> None:
    service = paper()
    async with running(service, FRONT) as pilot:
        assert order(screen_lines(pilot)) == ["Harbour", "Market", "Weather"]
        await press(pilot, "}")
        assert order(screen_lines(pilot)) == ["Market", "Harbour", "Weather"]
        await press(pilot, "{", "{")
        assert "This list is the first." in seen(pilot)
        await press(pilot, "}")
    async with running(service, FRONT) as pilot:
        assert order(screen_lines(pilot)) == ["Market", "Harbour", "Weather"]


async def test_a_hidden_list_comes_back_by_undo() -> None:
    service = paper()
    async with running(service, FRONT) as pilot:
        await press(pilot, "delete")
        assert order(screen_lines(pilot)) == ["Market", "Weather"]
        assert "is hidden on this site" in seen(pilot)
        await press(pilot, "U")
        assert order(screen_lines(pilot)) == ["Harbour", "Market", "Weather"]


async def test_one_list_is_shown_alone_and_all_again() -> None:
    async with running(paper(), FRONT) as pilot:
        await press(pilot, "G", "z")
        assert "Harbour story 1" not in seen(pilot)
        assert "Weather story 2" in seen(pilot)
        await press(pilot, "z")
        assert "Harbour story 1" in seen(pilot)
        await press(pilot, "G", "z", "escape")
        assert "Harbour story 1" in seen(pilot)


async def test_a_folded_list_is_folded_at_the_next_start() -> None:
    service = paper()
    async with running(service, FRONT) as pilot:
        await press(pilot, "g", "k", "enter")
        assert "Harbour story 1" not in seen(pilot)
    async with running(service, FRONT) as pilot:
        assert "Harbour story 1" not in seen(pilot)
        assert "Market story 1" in seen(pilot)


async def test_folding_leaves_what_is_unread_and_the_next_unread_opens_it() -> None:
    service = paper()
    service.read = {each.url for part in service.web[FRONT].headline_lists[1:] for each in part.headlines}
    async with running(service, FRONT) as pilot:
        await press(pilot, "g", "k", "enter")
        assert "▸ Harbour" in seen(pilot)
        assert "2 unread" in screen_lines(pilot)[0]
        await press(pilot, "n")
        assert "▾ Harbour" in seen(pilot)
        assert chosen(screen_lines(pilot)) == "Harbour story 1"


async def test_a_filtered_list_is_gone_through_in_both_directions() -> None:
    async with running(paper(), FRONT) as pilot:
        await press(pilot, "slash", *"story", "enter", "G", "N")
        assert chosen(screen_lines(pilot)) == "Weather story 1"
        await press(pilot, "n")
        assert chosen(screen_lines(pilot)) == "Weather story 2"


async def test_a_kicker_is_before_the_title_and_comments_below_the_chosen_one() -> None:
    headline = Headline("Crane falls", f"{FRONT}1", kicker="Harbour", comments=Comments(12, f"{FRONT}1#talk"))
    plain = replace(headline, url=f"{FRONT}2", title="Market opens", kicker=None, comments=None)
    page = Page(FRONT, "Town", headline_lists=(HeadlineList("News", ListKind.LATEST, (headline, plain)),))
    async with running(FakeService({FRONT: page}), FRONT) as pilot:
        assert "Harbour · Crane falls" in seen(pilot)
        assert "12 comments" in seen(pilot)
        assert pilot.app.screen.query_one(HeadlinePane).headline is not None
