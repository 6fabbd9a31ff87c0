"""What was asked for a moment before the end of the program is done, or the terminal says how far it came."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.terminal import Terminal
from tests.e2e.test_commands import run
from tests.e2e.test_unusable_stores import places
from tests.servers import Answer, SiteServer
from tests.services import PIXEL, article
from tests.test_sources import feed

TITLE = "The ferry runs again"
_NEVER_S = 60.0


@pytest.fixture
def gazette(site: SiteServer) -> SiteServer:
    """A list of two stories: the first one takes for ever to come, and so does the picture of the other one."""
    site.routes["/list"] = feed(2)
    picture = '<figure><img src="/boat.png" width="640" height="400"><figcaption>A boat</figcaption></figure>'
    whole = article(TITLE, body=picture)
    site.routes["/news/0"] = Answer(whole.body, delay_s=_NEVER_S)
    site.routes["/news/1"] = whole
    site.routes["/boat.png"] = Answer(PIXEL, content_type="image/png", delay_s=_NEVER_S)
    return site


@pytest.fixture
def listed(gazette: SiteServer, own_directories: Path) -> Iterator[Terminal]:
    """The program with that list, where it can take keys."""
    with Terminal(gazette.url("list"), columns=100, rows=30, environment=places(own_directories)) as terminal:
        terminal.wait_until(lambda screen: "(0)" in screen and "(1)" in screen, "the headlines")
        terminal.settle()
        yield terminal


def end(terminal: Terminal, how: str) -> int:
    """End the program by a key or a signal; return its status, less what a signal adds to it."""
    if how == "Ctrl+Q":
        terminal.press(how)
        return terminal.wait_end()
    number = signal.Signals[how]
    os.kill(terminal.process_id, number)
    return terminal.wait_end() - 128 - number


@pytest.mark.parametrize("how", ["Ctrl+Q", "SIGTERM", "SIGHUP"])
def test_an_article_that_was_to_be_saved_at_the_end_is_saved_as_far_as_it_is_here(
    gazette: SiteServer, listed: Terminal, how: str
) -> None:
    listed.press("j", "Enter")
    listed.wait_for("part 1")
    listed.settle()
    listed.press("s")
    assert end(listed, how) == 0
    assert b"Saved with 0 of 1 pictures." in listed.output
    assert gazette.url("news/1") in run("saved").stdout
    gazette.stop()
    assert "The ferry to the outer islands" in run("read", "--offline", gazette.url("news/1")).stdout


@pytest.mark.parametrize("how", ["Ctrl+Q", "SIGTERM"])
def test_of_an_article_that_is_not_here_the_address_is_saved_and_a_sync_fetches_it(
    gazette: SiteServer, listed: Terminal, how: str
) -> None:
    listed.press("s")
    assert end(listed, how) == 0
    assert b"saved without its text, which the next sync fetches." in listed.output
    assert gazette.url("news/0") in run("saved").stdout
    gazette.routes["/news/0"] = article(TITLE)
    assert TITLE in run("sync").stdout
    assert "The ferry to the outer islands" in run("read", "--offline", gazette.url("news/0")).stdout


@pytest.mark.parametrize("how", ["SIGTERM", "SIGHUP"])
def test_a_key_that_was_pressed_before_the_system_asks_for_the_end_is_obeyed(
    gazette: SiteServer, listed: Terminal, how: str
) -> None:
    listed.press("w")
    assert end(listed, how) == 0
    assert gazette.url("news/0") in run("later").stdout
