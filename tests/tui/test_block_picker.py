"""From the article to the whole page and to its blocks, by `x`."""

from dataclasses import replace
from pathlib import Path

from textual.pilot import Pilot

from newsreader.models import FeedLink, Opened, Page, Problem
from newsreader.service.facade import NewsService
from newsreader.settings import Directories, Settings
from newsreader.site_rules import Candidate, Purpose
from newsreader.tui.app import NewsreaderApp
from newsreader.urls import host_of
from tests.servers import Answer, SiteServer
from tests.tui import newspaper
from tests.tui.fake_service import FakePages, FakeService
from tests.tui.newspaper import SITE, address
from tests.tui.seeing import happened, press, running, screen_lines, seen, settled
from tests.waiting import eventually
from tests.worker import shared_sandbox

ARTICLE = "Управление порта"
PILOTS = "Сводка лоцманов: прилив в шесть, отлив"


def in_view(pilot: Pilot[int], words: str) -> bool:
    return words in " ".join(seen(pilot).split())


async def offered(service: FakeService, pilot: Pilot[int]) -> None:
    """Go from the article to the blocks."""
    await press(pilot, "x", "x")
    assert "Which block is the article? (vesti.example)" in seen(pilot)


async def test_x_shows_the_whole_page_and_then_offers_its_blocks(service: FakeService) -> None:
    async with running(service, address("harbour")) as pilot:
        await press(pilot, "x")
        text = seen(pilot)
        assert "the whole page" in text
        assert "Меню: город, море, погода." in text
        assert "x offers its blocks" in text
        await press(pilot, "x")
        rows = [" ".join(row.split()) for row in screen_lines(pilot)]
        assert any("> newsreader's own choice, as before" in row for row in rows)
        assert any("Сводка лоцманов" in row and "412 words" in row for row in rows)
        assert any("Редакция напоминает 1 word" in row for row in rows)


async def test_a_block_is_shown_at_once_and_its_rule_is_said_and_undone(service: FakeService) -> None:
    async with running(service, address("harbour")) as pilot:
        await offered(service, pilot)
        await press(pilot, "j", "enter")
        text = seen(pilot)
        assert PILOTS in text
        assert "the block that you chose" in text
        assert "U to undo" in text
        assert service.cuts["article"]["vesti.example"].steps[-1].names == (".pilots",)
        await press(pilot, "U")
        assert service.cuts["article"] == {}
        assert PILOTS not in seen(pilot)
        assert "your choice for this site is as it was" in seen(pilot)


async def test_where_a_rule_is_in_use_x_offers_to_forget_it(service: FakeService) -> None:
    async with running(service, address("harbour")) as pilot:
        await offered(service, pilot)
        await press(pilot, "j", "enter", "x")
        assert in_view(pilot, "> newsreader's own choice: forget the rule")
        assert in_view(pilot, "The whole page, this once")
        await press(pilot, "enter")
        assert service.cuts["article"] == {}
        assert "the block that you chose" not in seen(pilot)
        assert "U brings it back" in seen(pilot)
        await press(pilot, "U")
        assert "the block that you chose" in seen(pilot)


async def test_esc_closes_the_blocks_and_changes_nothing(service: FakeService) -> None:
    async with running(service, address("harbour")) as pilot:
        await offered(service, pilot)
        await press(pilot, "j", "k", "escape")
        assert "Which block is the article" not in seen(pilot)
        assert "Меню: город" in seen(pilot)
        assert service.cuts["article"] == {}
        await press(pilot, "x", "enter")
        assert "the whole page" not in seen(pilot)
        assert "Меню: город" not in seen(pilot)


async def test_the_position_in_the_article_is_kept_while_the_whole_page_is_shown(service: FakeService) -> None:
    async with running(service, address("harbour")) as pilot:
        await press(pilot, "space", "x")
        kept = dict(service.kept_positions)
        assert kept[address("harbour")].block > 0
        await press(pilot, "j", "J")
        await settled(pilot)
        assert service.kept_positions[address("harbour")] == kept[address("harbour")]


async def test_the_letters_of_a_cyrillic_layout_choose_too(service: FakeService) -> None:
    async with running(service, address("harbour"), size=(60, 20)) as pilot:
        await press(pilot, "ч", "ч", "о", "о", "л", "enter")
        assert service.cuts["article"]["vesti.example"].steps[-1].names == (".pilots",)


async def test_without_a_page_x_says_so(service: FakeService) -> None:
    service.refusing.add(address("quota"))
    async with running(service) as pilot:
        await press(pilot, "j", "enter", "x")
        assert "There is no page to show whole." in seen(pilot)


# --- the list -------------------------------------------------------------------------------------


BARE = Page(
    SITE,
    "Причалы",
    feeds=(FeedLink(f"{SITE}rss.xml", "Лента причалов"),),
    problem=Problem("nothing-found", "No article and no headlines were recognised on this page."),
    links=29,
    link_blocks=2,
)


def bare_site() -> FakeService:
    """Return a site of whose front page nothing was made."""
    return FakeService(newspaper.pages() | {SITE: BARE})


async def test_a_page_without_a_list_says_what_was_found_and_offers_the_ways_to_read_it() -> None:
    async with running(bare_site(), size=(70, 24)) as pilot:
        assert in_view(pilot, "Found on it: 29 links, 2 blocks of links, 1 feed address.")
        assert in_view(pilot, "> Open the feed Лента причалов Enter")
        assert in_view(pilot, "Choose the block that is its list X")
        assert in_view(pilot, "Read the page as an article x")


async def test_a_block_chosen_from_the_notice_is_the_list_at_once_and_undone_by_one_key() -> None:
    service = bare_site()
    async with running(service) as pilot:
        await press(pilot, "j", "enter")
        assert in_view(pilot, "Which block is the list of headlines? (vesti.example)")
        assert in_view(pilot, "> У третьего причала разгружают соль 24 links")
        await press(pilot, "enter")
        assert service.cuts["list"]["vesti.example"].steps[-1].names == (".docks",)
        assert in_view(pilot, "У причалов · 2")
        assert in_view(pilot, "U to undo")
        assert in_view(pilot, "This page is a list of headlines.")
        await press(pilot, "U")
        assert service.cuts["list"] == {}
        assert in_view(pilot, "Found on it: 29 links")
        assert "Канатный двор" not in seen(pilot)


async def test_a_page_without_a_list_is_read_as_an_article_by_x() -> None:
    async with running(bare_site()) as pilot:
        await press(pilot, "x")
        assert "Меню: город, море, погода." in seen(pilot)
        await press(pilot, "x", "G", "enter")
        assert in_view(pilot, "Which block is the list of headlines? (vesti.example)")


async def test_where_lists_were_found_another_one_is_chosen_and_forgotten_again(service: FakeService) -> None:
    async with running(service) as pilot:
        assert in_view(pilot, "X picks another.")
        await press(pilot, "X", "enter")
        assert "Канатный двор" in seen(pilot)
        assert "Ставка осталась" not in seen(pilot)
        await press(pilot, "X")
        assert in_view(pilot, "> newsreader's own choice: forget the rule")
        await press(pilot, "enter")
        assert service.cuts["list"] == {}
        assert "Ставка осталась" in seen(pilot)
        assert "U brings it back" in seen(pilot)
        await press(pilot, "U")
        assert "Канатный двор" in seen(pilot)


async def test_the_article_stays_while_the_list_beside_it_is_chosen(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter", "X", "enter")
        assert ARTICLE in seen(pilot)
        assert "Канатный двор" in seen(pilot)
        await press(pilot, "U")
        assert ARTICLE in seen(pilot)
        assert "Канатный двор" not in seen(pilot)


async def test_the_list_is_chosen_from_the_command_palette_too(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "ctrl+p", *"block of the page that is its list")
        await settled(pilot)
        await press(pilot, "enter")
        assert in_view(pilot, "Which block is the list of headlines? (vesti.example)")


async def test_esc_leaves_the_lists_as_they_are(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "X", "j", "escape")
        assert service.cuts["list"] == {}
        assert "Ставка осталась" in seen(pilot)


async def test_a_linked_page_of_which_nothing_was_made_becomes_the_source_by_its_block(service: FakeService) -> None:
    service.web[address("quota")] = replace(BARE, url=address("quota"))
    async with running(service) as pilot:
        await press(pilot, "j", "enter", "X", "enter")
        assert "Канатный двор" in seen(pilot)
        assert "Ставка осталась" not in seen(pilot)


async def test_a_page_without_blocks_of_links_says_that_there_is_none_to_choose() -> None:
    class BlankPages(FakePages):
        async def candidates(self, address: str, purpose: Purpose = "article") -> tuple[Candidate, ...]:
            return ()

    service = FakeService({SITE: Page(SITE, "Пусто")})
    service.pages = BlankPages(service)
    async with running(service) as pilot:
        assert not in_view(pilot, "Choose the block that is its list")
        await press(pilot, "X")
        assert in_view(pilot, "No block of this page looks like a list.")


async def test_a_page_without_words_is_offered_to_the_browser_that_is_installed() -> None:
    class DrawnPages(FakePages):
        async def open(
            self, address: str, *, typed: bool = False, refresh: bool = False, offline: bool = False
        ) -> Opened:
            opened = await super().open(address, typed=typed, refresh=refresh, offline=offline)
            return replace(opened, can_be_drawn=not self._world.drawn)

    service = FakeService({SITE: Page(SITE, "Empty", problem=Problem("script-only", "No words of its own."))})
    service.pages = DrawnPages(service)
    async with running(service) as pilot:
        assert in_view(pilot, "Let the installed browser draw the pages of")
        asked = len(service.asked)
        await press(pilot, "enter")
        assert service.drawn == [host_of(SITE)]
        assert in_view(pilot, "are drawn by the browser from now on; U to undo")
        await eventually(lambda: len(service.asked) > asked)
        assert not in_view(pilot, "Let the installed browser draw the pages of")


# --- the program itself ---------------------------------------------------------------------------


async def waited_for(pilot: Pilot[int], words: str) -> None:
    await happened(pilot, lambda: words in " ".join(seen(pilot).split()), words)


async def test_the_program_itself_reads_a_site_by_the_block_that_was_chosen(
    own_directories: Path, site: SiteServer
) -> None:
    def page(subject: str) -> Answer:
        body = "".join(
            f"<p>On day {n} the {subject} lay at the quay, and nobody came to ask for it.</p>" for n in range(9)
        )
        notes = "".join(f"<p>Note {n} of the pilots: the {subject} waits.</p>" for n in range(9))
        return Answer(
            f"<html lang=en><title>The {subject}</title><body><main><article><h1>The {subject}</h1>{body}</article>"
            f"<section class=pilots>{notes}</section></main></body></html>"
        )

    site.routes["/2026/ferry-at-the-quay"], site.routes["/2026/barge-at-the-quay"] = page("ferry"), page("barge")
    directories = Directories(own_directories / "data", own_directories / "cache", own_directories / "config")
    app = NewsreaderApp(
        NewsService(directories, Settings(), sandbox=shared_sandbox()), site.url("2026/ferry-at-the-quay")
    )
    async with app.run_test(size=(100, 40)) as pilot:
        await waited_for(pilot, "On day 0 the ferry")
        await pilot.press("x")
        await waited_for(pilot, "x offers its blocks")
        await pilot.press("x")
        await waited_for(pilot, "as before")
        await press(pilot, "j")
        chosen = next(row for row in screen_lines(pilot) if "> " in row)
        while "Note 0 of the pilots" not in chosen:
            assert "Its list of headlines" not in chosen
            await press(pilot, "j")
            chosen = next(row for row in screen_lines(pilot) if "> " in row)
        await pilot.press("enter")
        await waited_for(pilot, "the block that you chose")
        assert "On day" not in seen(pilot)
    async with NewsService(directories, Settings(), sandbox=shared_sandbox()) as service:
        other = await service.pages.open(site.url("2026/barge-at-the-quay"), typed=True)
        assert other.page.article is not None
        assert other.page.article.text.startswith("Note 0 of the pilots: the barge waits.")
