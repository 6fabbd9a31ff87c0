"""Whatever a page holds, the screen shows plain words: nothing steers the terminal, nothing is taken for markup."""

import unicodedata
from dataclasses import replace

import pytest
from textual.pilot import Pilot

from newsreader.models import (
    Article,
    Cell,
    Figure,
    Heading,
    Headline,
    HeadlineList,
    ListBlock,
    ListKind,
    Opened,
    Page,
    Paragraph,
    Preformatted,
    Problem,
    Quote,
    Span,
    Table,
)
from newsreader.service.values import Paper
from tests.tui import newspaper
from tests.tui.fake_service import FakeService, RefusedError
from tests.tui.newspaper import SITE, address
from tests.tui.seeing import press, running, screen_strips, seen, settled

EVIL = (
    "\x1b]0;owned\x07Bad\x1b[31mred\x1b[2J \x9b31mc1 \x1b]52;c;ZXZpbA==\x07clip \x90dcs\x9c "
    "[/] [@click=app.quit]quit[/] "
    "\u202eesrever\u202c \u2066iso\u2069 \ud800lone \x00nul\x08bs\ttab\rcr\u2028sep \U000e0041tag \ufefffin"
)
SIZES = [(60, 20), (100, 30), (160, 45)]


def evil(number: int) -> Headline:
    return Headline(
        f"{number} {EVIL}", address(f"evil-{number}"), summary=EVIL, time_text=EVIL, views=number, published=None
    )


def evil_article(url: str) -> Article:
    spans = (Span(EVIL), Span(EVIL, strong=True, href=f"https://evil.example/{EVIL}"))
    return Article(
        url=url,
        title=EVIL,
        lead=EVIL,
        authors=(EVIL,),
        site_name=EVIL,
        language="\x1b[31m",
        translations={EVIL: address("evil-2")},
        blocks=(
            Paragraph(spans),
            Heading(spans, 2),
            Quote((Paragraph(spans),), EVIL),
            ListBlock(((Paragraph(spans),),)),
            Preformatted(EVIL, EVIL),
            Figure("https://evil.example/x.png", EVIL, spans, EVIL),
            Table(((Cell(spans, True), Cell(spans)),), EVIL),
        ),
    )


@pytest.fixture
def service() -> FakeService:
    lists = (
        HeadlineList(EVIL, ListKind.LATEST, tuple(evil(n) for n in range(5)), more_url=f"{SITE}more"),
        HeadlineList(f"second {EVIL}", ListKind.OTHER, tuple(evil(n) for n in range(5, 8))),
    )
    pages = {SITE: Page(SITE, EVIL, EVIL, EVIL, None, lists)}
    pages |= {h.url: Page(h.url, EVIL, EVIL, None, evil_article(h.url)) for each in lists for h in each.headlines}
    pages[address("evil-3")] = Page(address("evil-3"), EVIL, problem=Problem(EVIL, EVIL.replace("{", ""), EVIL))
    service = FakeService(pages)
    service.papers = (Paper(EVIL, f"https://evil.example/{EVIL}"),)
    return service


def plain_words(pilot: Pilot[int]) -> str:
    """Return what is on the screen, having seen that every sign of it is one to be read."""
    for strip in screen_strips(pilot):
        for segment in strip:
            assert segment.control is None
            for sign in segment.text:
                assert unicodedata.category(sign) not in ("Cc", "Cs", "Cf", "Zl", "Zp", "Cn"), ascii(segment.text)
            if segment.style is not None:
                assert segment.style.link is None
                assert not {"@click", "click"} & set(segment.style.meta)
    return seen(pilot)


@pytest.mark.parametrize("size", SIZES)
async def test_lists_and_articles_are_plain_words(service: FakeService, size: tuple[int, int]) -> None:
    async with running(service, size=size) as pilot:
        assert "[@click=app" in plain_words(pilot)
        await press(pilot, "enter")
        assert "[/]" in plain_words(pilot)
        for _ in range(6):
            await press(pilot, "space")
            plain_words(pilot)
        await press(pilot, "s")
        plain_words(pilot)
        await press(pilot, "y")
        plain_words(pilot)
        await press(pilot, "L")
        plain_words(pilot)
        await press(pilot, "3")
        plain_words(pilot)
        await press(pilot, "1", "?")
        plain_words(pilot)
        await press(pilot, "escape", ":")
        plain_words(pilot)
        await press(pilot, "escape")
        assert pilot.app.is_running


@pytest.mark.parametrize("size", SIZES)
async def test_problems_and_failures_are_plain_words(service: FakeService, size: tuple[int, int]) -> None:
    class EvilError(RefusedError):
        def __init__(self, url: str) -> None:
            super().__init__(url)
            self.parameters = {}
            self.headers = ((EVIL, EVIL),)
            self.tried = (EVIL,)

        @property
        def text(self) -> str:
            return EVIL

        advice = EVIL

    async def refuse(address: str, **_: object) -> Opened:
        if address == newspaper.address("evil-2"):
            raise EvilError(address)
        return await original(address)

    original = service.pages.open
    service.pages.open = refuse  # type: ignore[method-assign]
    async with running(service, size=size) as pilot:
        await press(pilot, "j", "j", "enter")
        assert "Couldn't get this article." in plain_words(pilot)
        await press(pilot, "j", "j", "j", "enter")
        assert "HTTP 403" in plain_words(pilot)
        await press(pilot, "J")
        assert "There is no article to read here." in plain_words(pilot)
        await press(pilot, "j", "j", "enter")
        plain_words(pilot)


async def test_a_copy_that_could_not_be_updated_is_described_in_plain_words(service: FakeService) -> None:
    problem = Problem("x", EVIL)
    opened = Opened(service.web[address("evil-1")], newspaper.minutes_ago(90), True, problem)
    service.kept[address("evil-1")] = opened
    service.kept[SITE] = replace(opened, page=service.web[SITE])
    service.cut_the_network()
    async with running(service) as pilot:
        await press(pilot, "j", "enter")
        assert "updated 12:36" in plain_words(pilot)


async def test_papers_and_pasted_addresses_are_plain_words(service: FakeService) -> None:
    async with running(service, None) as pilot:
        plain_words(pilot)
        from textual.events import Paste

        pilot.app.screen.query_one("#address").post_message(Paste(f"https://evil.example/{EVIL}"))
        await settled(pilot)
        plain_words(pilot)


async def test_nothing_unclean_is_copied(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter", "y")
        view = pilot.app.screen.query_one("#article")
        pilot.app.screen.text_select_all()
        await settled(pilot)
        await press(pilot, "ctrl+c")
        copied = pilot.app.clipboard
        assert "[@click=app.quit]quit[/]" in copied
        assert not [sign for sign in copied if unicodedata.category(sign) in ("Cc", "Cs") and sign != "\n"]
        assert view.has_focus
