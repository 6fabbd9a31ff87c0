"""Pictures of every state, which guard the look; the words on them are asserted besides."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from typing import Protocol

import pytest
from textual.app import App
from textual.pilot import Pilot

from newsreader.models import Opened, Page
from newsreader.tui import opening
from newsreader.tui.app import NewsreaderApp
from tests.tui import newspaper
from tests.tui.fake_service import FakeService
from tests.tui.newspaper import SITE, address
from tests.tui.seeing import press, seen, settled


class SnapCompare(Protocol):
    def __call__(
        self,
        app: App[int],
        press: Iterable[str] = (),
        terminal_size: tuple[int, int] = (80, 24),
        run_before: Callable[[Pilot[int]], Awaitable[None]] | None = None,
    ) -> bool: ...


SMALL, MIDDLE, LARGE = (60, 20), (100, 30), (160, 45)


@dataclass(frozen=True)
class State:
    """How a state comes about, and what has to be read on it."""

    words: tuple[str, ...]
    keys: tuple[str, ...] = ()
    size: tuple[int, int] = MIDDLE
    theme: str = "ink"
    address: str | None = "vesti.example"
    prepare: Callable[[FakeService], None] = field(default=lambda service: None)


def lived_in(service: FakeService) -> None:
    """Let some of the newspaper be read, stored and saved, as after a week of use."""
    service.store(*(address(slug) for slug in ("storm", "rates", "museum")))
    service.read |= {address(slug) for slug in ("storm", "tunnel", "museum", "ferries", "keeper", "orchestra", "piers")}
    for slug in ("tunnel", "keeper"):
        page = service.pages[address(slug)]
        service.library[address(slug)] = Opened(page, newspaper.minutes_ago(3000), from_cache=True, saved=True)


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
    service.pages = {SITE: Page(SITE, "Пусто")}


def hostile(service: FakeService) -> None:
    from tests.tui.test_hostile_pages import EVIL, evil_article

    lists = service.pages[SITE].headline_lists
    service.pages[SITE] = Page(SITE, EVIL, headline_lists=lists)
    service.pages[address("harbour")] = Page(address("harbour"), EVIL, article=evil_article(address("harbour")))


ARTICLE = ("Углубление гавани отложено до марта", "Ирина Ковальчук", "? keys")
STATES = {
    "first-run": State(("Read a news page:", "> Sample newspaper", "There is nothing to configure."), address=None),
    "first-run-small": State(("Read a news page:", "Вести"), address=None, size=SMALL, theme="paper"),
    "first-run-typing": State(("BBC News",), ("b", "b"), address=None),
    "front-page": State(("This page is a list of headlines.", "8 new"), prepare=lived_in),
    "reading": State((*ARTICLE, "7 new", "14:02 d"), ("enter",), prepare=lived_in),
    "reading-paper": State(ARTICLE, ("enter", "h"), theme="paper", prepare=lived_in),
    "reading-large": State((*ARTICLE, "Работы в гавани"), ("enter",), LARGE, prepare=lived_in),
    "reading-large-paper": State(ARTICLE, ("enter", "h"), LARGE, "paper", prepare=lived_in),
    "list-small": State(("14:02 *", "yesterday"), size=SMALL, prepare=lived_in),
    "list-small-paper": State(("14:02 *",), size=SMALL, theme="paper", prepare=lived_in),
    "article-small": State((*ARTICLE, "1/12"), ("enter",), SMALL, prepare=lived_in),
    "article-small-paper": State(("1/12", "? keys"), ("enter", "space"), SMALL, "paper", prepare=lived_in),
    "article-alone": State(ARTICLE, ("enter", "z"), LARGE, "harbour", prepare=lived_in),
    "mist": State(ARTICLE, ("enter",), theme="mist", prepare=lived_in),
    "terminal-colours": State(ARTICLE, ("enter",), theme="ansi-dark", prepare=lived_in),
    "loading": State(("Getting the article … 0.0 s",), ("j", "enter"), prepare=slow),
    "error": State(("Couldn't get this article.", "> Try again"), ("j", "enter"), prepare=refusing),
    "error-details": State(("HTTP 403",), ("j", "enter", "j", "j", "enter"), theme="paper", prepare=refusing),
    "error-small": State(("Couldn't get this article.",), ("j", "enter"), SMALL, prepare=refusing),
    "offline": State(("OFFLINE since 14:06", "6 of 15 can be read now", "*x"), ("enter",), prepare=offline),
    "offline-saved": State(("saved copy of 20 Nov",), ("j", "j", "j", "enter"), theme="paper", prepare=offline),
    "empty": State(("Neither an article nor headlines",), prepare=empty),
    "saved": State(("Saved · 2",), ("enter", "3"), prepare=lived_in),
    "nothing-saved": State(("Nothing is saved yet.",), ("3",), theme="paper"),
    "help": State(("Moving", "a page on; at the end"), ("enter", "?"), prepare=lived_in),
    "help-small": State(("Moving",), ("enter", "?"), SMALL, "paper", prepare=lived_in),
    "palette": State(("Another language version",), ("enter", "ctrl+p"), prepare=lived_in),
    "find-typing": State(("1/", "абз"), ("enter", "slash", *"абз"), prepare=lived_in),
    "find-kept": State(
        ("2/", "next match"), ("enter", "slash", *"гавани", "enter", "n"), theme="paper", prepare=lived_in
    ),
    "find-small": State(("1/",), ("enter", "slash", *"гавани"), SMALL, prepare=lived_in),
    "find-terminal-colours": State(
        ("1/",), ("enter", "slash", *"гавани", "enter"), theme="ansi-dark", prepare=lived_in
    ),
    "filter-typing": State(("/ гав",), ("slash", *"гав"), prepare=lived_in),
    "filter-kept": State(("with “гав”",), ("slash", *"гав", "enter"), theme="paper", prepare=lived_in),
    "links": State(("Links of the article",), ("enter", "u"), prepare=lived_in),
    "links-small": State(("Links of the article",), ("enter", "u"), SMALL, "paper", prepare=lived_in),
    "link-chosen": State(ARTICLE, ("enter", "right", "right"), prepare=lived_in),
    "hostile": State(("[@click=app.quit]",), ("enter",), prepare=hostile),
    "hostile-small": State(("[@click=app.quit]",), ("enter",), SMALL, "paper", prepare=hostile),
}


@pytest.mark.parametrize("name", STATES)
def test_the_screen_looks_as_before(
    name: str, snap_compare: SnapCompare, service: FakeService, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = STATES[name]
    state.prepare(service)
    monkeypatch.setattr(opening, "monotonic", lambda: 0.0)
    found: list[str] = []

    async def bring_about(pilot: Pilot[int]) -> None:
        pilot.app.theme = state.theme
        await settled(pilot)
        await press(pilot, *state.keys)
        for _ in range(60):  # what is told only after a moment
            if state.words[0] in " ".join(seen(pilot).split()):
                break
            await pilot.pause(0.05)
        await settled(pilot)
        found.append(seen(pilot))

    assert snap_compare(NewsreaderApp(service, state.address), terminal_size=state.size, run_before=bring_about)
    words = " ".join(found[0].split())
    for expected in state.words:
        assert expected in words
