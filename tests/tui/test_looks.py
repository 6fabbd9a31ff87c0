"""Pictures of every state, which guard the look; the words on them are asserted besides."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from pytest_textual_snapshot import SVGImageExtension
from syrupy.assertion import SnapshotAssertion
from syrupy.location import PyTestLocation
from syrupy.types import SnapshotIndex
from textual.pilot import Pilot
from textual.widgets import Input

from newsreader.annotations.anchors import anchor_of
from newsreader.annotations.article_text import ArticleText
from newsreader.library_values import Highlight, HighlightColour
from newsreader.models import Opened, Page
from newsreader.pictures import PictureProtocol, Raster
from newsreader.sentences import sentence_bounds
from newsreader.tui.app import NewsreaderApp
from tests.tui import newspaper
from tests.tui.contrast import faint_letters
from tests.tui.fake_service import FakeService
from tests.tui.hand_scheduler import HandScheduler
from tests.tui.newspaper import SITE, address
from tests.tui.seeing import happened, press, seen, settled
from tests.tui.test_tags_and_rules import other_sites

SMALL, MIDDLE, LARGE = (60, 20), (100, 30), (160, 40)
SIZES = (MIDDLE, SMALL, LARGE)
THEMES = ("ink", "paper")


@dataclass(frozen=True)
class State:
    """How a state comes about, and what has to be read on it.

    Attributes:
        size: The only size at which it is looked at; at each of `SIZES` where there is none.
        theme: The only theme; each of `THEMES` where there is none.
        passing: How many seconds pass by the scheduler at each look, until the words are there.
    """

    words: tuple[str, ...]
    keys: tuple[str, ...] = ()
    size: tuple[int, int] | None = None
    theme: str | None = None
    address: str | None = "vesti.example"
    prepare: Callable[[FakeService], None] = field(default=lambda service: None)
    passing: float = 0.0


def lived_in(service: FakeService) -> None:
    """Let some of the newspaper be read, stored and saved, as after a week of use."""
    service.store(*(address(slug) for slug in ("storm", "rates", "museum")))
    service.read |= {address(slug) for slug in ("storm", "tunnel", "museum", "ferries", "keeper", "orchestra", "piers")}
    for slug in ("tunnel", "keeper"):
        page = service.web[address(slug)]
        service.library[address(slug)] = Opened(page, newspaper.minutes_ago(3000), from_cache=True, saved=True)


def highlighted(service: FakeService) -> None:
    """Let words of the article be highlighted in several colours, one of them with a note."""
    lived_in(service)
    article = service.web[address("harbour")].article
    assert article is not None
    text = ArticleText(article).text
    first, *others = sentence_bounds(text, "ru")[:3]
    spans = [first, *((start, end - 1) for start, end in others)]
    for number, ((start, end), colour) in enumerate(zip(spans, HighlightColour, strict=False)):
        made = Highlight(
            str(number), address("harbour"), article.title, anchor_of(text, start, end), service.clock, service.clock,
            colour, "спросить о съёмке дна: кто её заказал и кто заплатит" if number == 0 else "",
        )  # fmt: skip
        service.highlighted.append(made)


def tagged(service: FakeService) -> None:
    lived_in(service)
    service.tagged = {
        address("harbour"): frozenset({"море"}),
        address("storm"): frozenset({"погода", "порт"}),
        address("museum"): frozenset({"порт"}),
    }


def offline(service: FakeService) -> None:
    lived_in(service)
    service.store(SITE, address("harbour"), minutes=120)
    service.cut_the_network()


def slow(service: FakeService) -> None:
    lived_in(service)
    service.hold(address("quota"))


def refusing(service: FakeService) -> None:
    lived_in(service)
    service.refusing.add(address("quota"))


def empty(service: FakeService) -> None:
    service.web = {SITE: Page(SITE, "Пусто")}


def hostile(service: FakeService) -> None:
    from tests.tui.test_hostile_pages import EVIL, evil_article

    lists = service.web[SITE].headline_lists
    service.web[SITE] = Page(SITE, EVIL, headline_lists=lists)
    service.web[address("harbour")] = Page(address("harbour"), EVIL, article=evil_article(address("harbour")))


def arriving(service: FakeService) -> None:
    lived_in(service)
    front = service.web[SITE]
    latest = front.headline_lists[0]
    older = replace(latest, headlines=latest.headlines[3:])
    kept = replace(front, headline_lists=(older, *front.headline_lists[1:]))
    service.kept[SITE] = Opened(kept, newspaper.minutes_ago(90), from_cache=True)
    service.histories = {}


def illustrated(service: FakeService) -> None:
    lived_in(service)
    service.choices["figures"] = "pictures"
    service.settings = replace(service.settings, reading=replace(service.settings.reading, graphics="blocks"))
    service.rasters["https://vesti.example/i/dredger.jpg"] = seascape(40, 12)


def seascape(columns: int, rows: int) -> Raster:
    """Return a picture of a few colours: a sky that grows lighter, a sea that grows darker."""
    shades = [(40 + 16 * n, 60 + 12 * n, 110 + 6 * n) for n in range(rows)]
    shades += [(20, 90 - 4 * n, 110 - 5 * n) for n in range(rows)]
    pixels = bytes(value for shade in shades for _ in range(columns) for value in shade)
    return Raster(columns, rows, PictureProtocol.BLOCKS, columns, 2 * rows, pixels)


def technical(service: FakeService) -> None:
    lived_in(service)
    url = address("harbour")
    service.web[url] = Page(url, "Прилив", article=newspaper.TECHNICAL, headline_lists=(newspaper.LATEST,))


ARTICLE = ("Углубление гавани отложено до марта", "Ирина Ковальчук", "? keys")
ENTER_THEMES = ("enter", "ctrl+p", *"change the theme", "enter")
STATES = {
    "first-run": State(("Read a news page:", "> Sample newspaper", "There is nothing to configure."), address=None),
    "first-run-typing": State(("BBC News",), ("b", "b"), address=None),
    "another-address": State(("Read a news page:", "Esc back"), ("enter", "ctrl+l"), prepare=lived_in),
    "front-page": State(("This page is a list of headlines.", "8 unread"), prepare=lived_in),
    "reading": State((*ARTICLE, "8 unread", "14:02 *d"), ("enter",), prepare=lived_in),
    "list": State((*ARTICLE, "14:02 *d"), ("enter", "h"), prepare=lived_in),
    "further-on": State(("69 %",), ("enter", "space", "space"), prepare=lived_in),
    "article-alone": State(ARTICLE[:2], ("enter", "z"), prepare=lived_in),
    "loading": State(("Getting the article … 0.0 s",), ("j", "enter"), prepare=slow),
    "error": State(("Couldn't get this article.", "> Try again"), ("j", "enter"), prepare=refusing),
    "error-details": State(("HTTP 403",), ("j", "enter", "j", "j", "j", "enter"), prepare=refusing),
    "offline": State(("OFFLINE since 14:06", "6 of 15 can be read now", "*x"), ("enter",), prepare=offline),
    "offline-list": State(("OFFLINE since 14:06", "6 of 15 can be read now"), prepare=offline),
    "offline-saved": State(("saved copy of 20 Nov",), ("j", "j", "j", "enter"), prepare=offline),
    "arrivals": State(("2 new headlines arrived",), prepare=arriving),
    "empty": State(("Neither an article nor headlines",), prepare=empty),
    "saved": State(("Saved · 2",), ("enter", "3"), prepare=lived_in),
    "nothing-saved": State(("Nothing is saved yet.",), ("3",)),
    "unread": State(("Unread · 8",), ("enter", "2"), prepare=lived_in),
    "help": State(("Moving", "next page; at the end"), ("enter", "?"), prepare=lived_in),
    "help-searched": State(("open in the browser",), ("enter", "?", *"browser"), prepare=lived_in),
    "palette": State(("Another language version",), ("enter", "ctrl+p"), prepare=lived_in),
    "palette-searched": State(("Copy the link",), ("enter", "ctrl+p", *"copy"), prepare=lived_in),
    "theme-preview": State((ARTICLE[0][:20], "keeps it"), ENTER_THEMES, prepare=lived_in),
    "find-typing": State(("1/", "абз"), ("enter", "slash", *"абз"), prepare=lived_in),
    "find-kept": State(("2/", "next match"), ("enter", "slash", *"гавани", "enter", "n"), prepare=lived_in),
    "filter-typing": State(("/ гав",), ("slash", *"гав"), prepare=lived_in),
    "filter-kept": State(("with “гав”",), ("slash", *"гав", "enter"), prepare=lived_in),
    "tags": State(("✓ море", "погода"), ("enter", "t"), prepare=tagged),
    "tags-typing": State(("new: по",), ("enter", "t", *"по"), MIDDLE, "paper", prepare=tagged),
    "tagged": State(("#море",), ("enter",), MIDDLE, prepare=tagged),
    "same-story": State(("+2 more",), prepare=other_sites),
    "search-empty": State(('"storm warning"', "exactly these words"), ("S",), prepare=lived_in, passing=0.1),
    "search": State(("3 found", "Вести гавани", "водолазы"), ("S", *"мол", "down"), prepare=lived_in, passing=0.1),
    "search-refused": State(("does not accept",), ("S", *"is:green"), MIDDLE, "paper", prepare=lived_in, passing=0.1),
    "links": State(("Links of the article",), ("enter", "u"), prepare=lived_in),
    "link-hints": State((ARTICLE[0][:20],), ("enter", "f"), prepare=lived_in),
    "link-chosen": State(ARTICLE, ("enter", "right", "right"), prepare=lived_in),
    "pictures": State(("Землечерпалка", "▀▀▀"), ("enter", "]", *["k"] * 20), prepare=illustrated),
    "code-and-tables": State(("def rise", "›", "Прилив"), ("enter",), prepare=technical),
    "table-moved": State(("def rise", "‹"), ("enter", ">"), size=MIDDLE, theme="paper", prepare=technical),
    "reading-now": State(("Reading now · 1", "36 %"), ("enter", "]", "J", "4"), prepare=lived_in),
    "reading-now-empty": State(("Nothing in progress.",), ("4",), SMALL, "paper"),
    "continued": State(("Continued at paragraph 3 (36 %)",), ("enter", "]", "J", "K"), prepare=lived_in),
    "hostile": State(("[@click=app.quit]",), ("enter",), prepare=hostile),
    "highlights": State(("войны.¹", "┋"), ("enter",), prepare=highlighted),
    "selecting-text": State(("extend", "words"), ("enter", "v", "v", "j"), prepare=highlighted),
    "highlights-wide": State(("войны.¹", "спросить"), ("enter", "z"), LARGE, prepare=highlighted),
    "highlights-terminal-colours": State(("войны.¹",), ("enter",), MIDDLE, "ansi-dark", prepare=highlighted),
    "highlights-listed": State(("3 highlights", "спросить"), ('"',), prepare=highlighted),
    "note": State(("Enter keeps it", "спросить"), ("enter", "}", "e"), prepare=highlighted),
    "reading-harbour": State(ARTICLE, ("enter",), MIDDLE, "harbour", prepare=lived_in),
    "reading-mist": State(ARTICLE, ("enter",), MIDDLE, "mist", prepare=lived_in),
    "reading-coal": State(ARTICLE, ("enter",), MIDDLE, "coal", prepare=lived_in),
    "reading-snow": State(ARTICLE, ("enter",), MIDDLE, "snow", prepare=lived_in),
    "terminal-colours": State(ARTICLE, ("enter",), MIDDLE, "ansi-dark", prepare=lived_in),
    "find-terminal-colours": State(
        ("1/",), ("enter", "slash", *"гавани", "enter"), MIDDLE, "ansi-dark", prepare=lived_in
    ),
}


class _Pictures(SVGImageExtension):  # type: ignore[misc]
    """Keeps each picture by the name of the state, the theme and the number of columns."""

    @classmethod
    def get_snapshot_name(cls, *, test_location: PyTestLocation, index: SnapshotIndex = 0) -> str:
        theme, _, columns = str(index).rpartition("-")
        test = super().get_snapshot_name(test_location=test_location)
        return f"{test.removesuffix(']')}-{theme}][{columns}]"


@pytest.mark.parametrize("name", STATES)
async def test_the_screen_looks_as_before(name: str, snapshot: SnapshotAssertion, tmp_path: Path) -> None:
    """Every state at every size in every theme, with the letters on it dark or light enough to be read."""
    state = STATES[name]
    pictures = snapshot.use_extension(_Pictures)
    themes: tuple[str, ...] = (state.theme,) if state.theme else THEMES
    while themes:
        async with _in_state(state, themes[0]) as pilot:
            app = pilot.app
            keeps_its_theme = len(app.screen_stack) > 1 or isinstance(app.focused, Input)  # no key changes it there
            here, themes = (themes[:1], themes[1:]) if keeps_its_theme else (themes, ())
            for columns, rows in (state.size,) if state.size else SIZES:
                await pilot.resize_terminal(columns, rows)
                for theme in here:
                    app.theme = theme
                    await settled(pilot)
                    picture = app.export_screenshot()
                    looks_so = pictures(name=f"{theme}-{columns}") == picture
                    if not looks_so:
                        (tmp_path / f"{name}-{theme}-{columns}.svg").write_text(picture)
                    assert looks_so, f"{name} looks different at {columns} columns in {theme}: see {tmp_path}"
                    if not app.current_theme.ansi:
                        assert faint_letters(pilot) == []


@asynccontextmanager
async def _in_state(state: State, theme: str) -> AsyncIterator[Pilot[int]]:
    """Run the program in a theme until the state has come about, and the words of it are on the screen."""
    service, scheduler = FakeService(), HandScheduler()
    state.prepare(service)
    app = NewsreaderApp(service, state.address, scheduler=scheduler)
    async with app.run_test(size=state.size or SIZES[0]) as pilot:
        app.theme = theme
        await settled(pilot)
        await press(pilot, *state.keys)

        def is_shown() -> bool:
            scheduler.advance(state.passing)
            return state.words[0] in " ".join(seen(pilot).split())

        if state.words[0] not in " ".join(seen(pilot).split()):  # what appears only after a moment
            await happened(pilot, is_shown, state.words[0])
        await settled(pilot)
        words = " ".join(seen(pilot).split())
        for expected in state.words:
            assert expected in words
        yield pilot
