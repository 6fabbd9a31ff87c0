"""`newsreader --linear` as a person uses it: in terminals of every kind, in a pipe, with the network failing."""

import os
import signal
import subprocess
from pathlib import Path

import pytest

from newsreader.sample.server import SampleServer
from tests.e2e.test_interface import paper, start
from tests.servers import Answer, SiteServer
from tests.starting import COMMAND, run_command

__all__ = ["paper"]

_PAGE = "<html><head><title>{0}</title></head><body><article><h1>{0}</h1>{1}</article></body></html>"
_WORDS = "<p>The ferry left the harbour at noon, and nobody on the quay waved, since all of them were on board.</p>" * 6


@pytest.mark.parametrize("term", ["dumb", "vt100", "xterm-256color"])
def test_a_reader_reads_line_by_line_in_any_terminal(paper: SampleServer, term: str) -> None:
    with start("--linear", paper.base_url, columns=60, rows=24, TERM=term) as terminal:
        terminal.wait_for("10. ", "list>")
        assert max(map(len, terminal.lines)) < 60
        terminal.press("1", "Enter")
        terminal.wait_for("article>")
        terminal.press("q", "Enter")
        terminal.wait_for("1. Harbour", "read", "list>")
        terminal.press("Ctrl+D")
        assert terminal.wait_end() == 0
        assert b"\x1b" not in terminal.output


def test_a_packet_of_lines_is_done_in_order(paper: SampleServer) -> None:
    with start("--linear", paper.base_url, columns=60, rows=24) as terminal:
        terminal.press("2\ns\nq\nm\nU\nsaved\n")
        terminal.wait_for("Undone: ", "Saved: 1 headline")
        terminal.press("quit", "Enter")
        assert terminal.wait_end() == 0
    words = terminal.output.decode()
    said = ["Saved with its", "Marked", "Undone", "Saved: 1 headline"]
    places = [words.index(each) for each in said]
    assert places == sorted(places)


def test_it_continues_where_the_reader_was(paper: SampleServer) -> None:
    for typed, awaited in (("1\n\nquit\n", "Harbour dredging"), ("quit\n", "Continued at")):
        with start("--linear", *([paper.base_url] if "1" in typed else []), columns=60, rows=24) as terminal:
            terminal.wait_for(">")
            terminal.press(typed)
            assert terminal.wait_end() == 0
        assert awaited in terminal.output.decode()


def test_the_configuration_asks_for_lines_where_only_the_name_is_typed(paper: SampleServer) -> None:
    with start("--linear", paper.base_url, columns=60, rows=24) as terminal:
        terminal.wait_for("list>")
        terminal.press("quit", "Enter")
        assert terminal.wait_end() == 0
    configuration = Path(os.environ["NEWSREADER_CONFIG_DIR"]) / "config.toml"
    configuration.parent.mkdir(parents=True, exist_ok=True)
    configuration.write_text("[interface]\nlinear = true\n", encoding="utf-8")
    with start(columns=60, rows=24) as terminal:
        terminal.wait_for("list>")
        terminal.press("quit", "Enter")
        assert terminal.wait_end() == 0
        assert b"\x1b" not in terminal.output


def test_standard_input_may_be_a_pipe_and_ends_it(paper: SampleServer) -> None:
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    done = run_command(["--linear", paper.base_url], environment, typed="1\nu\nJ\n?\n")
    assert done.returncode == 0
    assert "Harbour dredging put off to March" in done.stdout
    assert "1 link:" in done.stdout
    assert "Fishing quotas" in done.stdout
    assert "s: save for offline" in done.stdout
    assert "> " not in done.stdout  # nobody types
    assert done.stderr == ""


def test_a_slow_server_is_announced_and_an_interrupt_gives_the_prompt_back(site: SiteServer) -> None:
    site.routes["/"] = Answer(_PAGE.format("Slow", _WORDS), content_type="text/html; charset=utf-8")
    site.delay_s = 60
    with start("--linear", site.url(), columns=60, rows=24) as terminal:
        terminal.wait_for("Getting 127.0.0.1")
        terminal.press("Ctrl+C")
        terminal.wait_for("Cancelled.", "sources>")
        site.delay_s = 0
        terminal.press(f"open {site.url()}", "Enter")
        terminal.wait_for("The ferry left", "End of the article.", "article>")
        terminal.press("Ctrl+C")
        terminal.wait_for("quit or Ctrl+D quits.")
        terminal.press("quit", "Enter")
        assert terminal.wait_end() == 0


def test_a_broken_server_is_a_sentence_and_what_to_do(site: SiteServer) -> None:
    site.broken = True
    with start("--linear", site.url(), columns=60, rows=24) as terminal:
        terminal.wait_for("cannot be used", "sources>")
        terminal.press("quit", "Enter")
        assert terminal.wait_end() == 0


def test_a_signal_ends_it_with_the_position_kept(paper: SampleServer) -> None:
    with start("--linear", paper.base_url, columns=60, rows=24) as terminal:
        terminal.wait_for("list>")
        os.kill(terminal.process_id, signal.SIGTERM)
        assert terminal.wait_end() == 128 + signal.SIGTERM


def test_a_configuration_can_ask_for_lines(paper: SampleServer) -> None:
    from pathlib import Path

    configuration = Path(os.environ["NEWSREADER_CONFIG_DIR"])
    configuration.mkdir(parents=True, exist_ok=True)
    (configuration / "config.toml").write_text("[interface]\nlinear = true\n", encoding="utf-8")
    with start(paper.base_url, columns=60, rows=24) as terminal:
        terminal.wait_for("list>")
        terminal.press("quit", "Enter")
        assert terminal.wait_end() == 0


def test_whoever_stops_reading_the_output_ends_it(paper: SampleServer) -> None:
    done = subprocess.run(
        ["sh", "-c", f"printf '1\\n\\n\\n\\n' | {COMMAND} --linear {paper.base_url} | head -n 1"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )
    assert done.stderr == ""
