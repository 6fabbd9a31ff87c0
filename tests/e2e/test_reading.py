"""An article as a person reads it in a terminal: with its pictures, left in the middle, and continued."""

from pathlib import Path

import pytest

from newsreader.sample.server import SampleServer
from tests.e2e.test_interface import paper, start
from tests.servers import Answer, SiteServer

__all__ = ["paper"]


def test_pictures_are_drawn_and_a_started_article_is_found_again_after_a_restart() -> None:
    with start("demo", rows=40) as terminal:
        terminal.wait_for("Latest news", "? keys")
        terminal.press("Enter")
        terminal.wait_until(lambda text: text.count("▀" * 3) > 8, "the picture is not drawn")
        terminal.press("i")
        terminal.wait_gone("▀")
        terminal.press("4")
        terminal.wait_for("Reading now", "Nothing in progress.")
        terminal.press("l", "j", "j", "j", "j", "j", "j", "4")
        terminal.wait_for("Reading now · 1", "%")
        terminal.press("Ctrl+Q")
        terminal.wait_end()
    with start(rows=40) as terminal:
        terminal.wait_for("Reading now · 1", "Harbour dredging")
        assert "▀" not in terminal.text
        terminal.press("Ctrl+Q")
        terminal.wait_end()


def test_a_terminal_that_takes_pixels_is_sent_them(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[reading]\ngraphics = "kitty"\n')
    with start("demo", rows=40, NEWSREADER_CONFIG_DIR=str(tmp_path)) as terminal:
        terminal.wait_for("Latest news", "? keys")
        terminal.press("Enter")
        terminal.wait_until(lambda _: b"\x1b_Ga=T,U=1,q=2,f=24,o=z,i=" in terminal.output, "no pixels were sent")
        terminal.press("Ctrl+Q")
        terminal.wait_end()


@pytest.mark.parametrize("columns", [60, 100])
def test_a_page_that_had_not_come_when_the_program_ended_is_requested_again_as_it_was_typed(
    site: SiteServer, columns: int
) -> None:
    stories = "".join(f'<li><a href="/2026/story-{n}">Story number {n} of the slow harbour</a></li>' for n in range(9))
    page = f"<html lang=en><title>Slow</title><body><h2>Latest</h2><ul>{stories}</ul></body></html>"
    site.routes["/"] = Answer(page, delay_s=60)
    typed = site.url().removeprefix("http://")
    with start(typed, columns=columns) as terminal:
        terminal.wait_until(lambda _: any(each.path == "/" for each in site.requests), "it was not requested")
        terminal.wait_for("Getting")
        terminal.press("Ctrl+Q")
        assert terminal.wait_end() == 0
    site.routes["/"] = Answer(page, delay_s=1)
    with start(columns=columns) as terminal:
        terminal.wait_for("Getting")
        terminal.wait_for("Story number 0 of the slow")
        assert "private network" not in terminal.text
        terminal.press("Ctrl+Q")
        assert terminal.wait_end() == 0


def test_what_was_done_before_a_restart_is_undone_step_by_step(paper: SampleServer) -> None:
    sessions = (
        ((paper.base_url,), "Latest news", (("s", "Saved"), ("w", "Added to Later"))),
        ((), "Latest news", (("U", "Undone: no longer in Later"), ("5", "Later · 0"), ("3", "Saved · 1"))),
        ((), "Saved · 1", (("U", "Saved · 0"), ("U U U", "Nothing to undo."))),
    )
    for addresses, first, steps in sessions:
        with start(*addresses) as terminal:
            terminal.wait_for(first, "? keys")
            for keys, shown in steps:
                terminal.press(*keys.split())
                terminal.wait_for(shown)
            terminal.press("Ctrl+Q")
            assert terminal.wait_end() == 0
