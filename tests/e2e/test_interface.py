"""The interface as a person uses it: in a terminal, key by key, with the network failing."""

import asyncio
import os
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsreader.sample.server import SampleServer
from tests.e2e.terminal import Terminal
from tests.servers import Answer, Reader, Request, SiteServer, Writer
from tests.starting import COMMAND

SIZES = [(60, 20), (100, 30), (160, 45)]


@pytest.fixture
def paper() -> Iterator[SampleServer]:
    """Serve the sample newspaper; a test may stop it."""
    printed = datetime.now(UTC)  # nothing new comes out, however long the test takes
    with SampleServer(lambda: printed) as server:
        yield server


def start(
    *arguments: str,
    columns: int = 100,
    rows: int = 30,
    command: Sequence[str] = (str(COMMAND),),
    directory: Path | None = None,
    **environment: str,
) -> Terminal:
    """Start the installed command in a terminal of this size."""
    kept = {name: value for name, value in os.environ.items() if name.upper().endswith(("_DIR", "_PROXY", "_HOME"))}
    return Terminal(
        *arguments,
        columns=columns,
        rows=rows,
        command=command,
        directory=directory,
        environment={"LC_ALL": "C.UTF-8", "LANG": "C.UTF-8", "HOME": os.environ["NEWSREADER_DATA_DIR"], **kept}
        | environment,
    )


@pytest.mark.usefixtures("always_real")
@pytest.mark.parametrize(("columns", "rows"), SIZES)
def test_a_reader_opens_reads_saves_loses_the_network_and_comes_back(
    paper: SampleServer, columns: int, rows: int
) -> None:
    def in_article(word: str) -> bool:
        """Return whether a word is in the article's pane."""
        left = 0 if columns < 80 else columns // 3
        return any(word in row[left:] for row in terminal.lines[1:-1])

    with start(paper.base_url, columns=columns, rows=rows) as terminal:
        terminal.wait_for("Latest news", "Harbour dredging", "? keys")
        terminal.press("j", "Enter")
        terminal.wait_until(lambda _: in_article("Tobias Harsk"), "the second article is not shown")
        terminal.press("s")
        terminal.wait_for("Saved")
        terminal.press("J")
        terminal.wait_until(lambda _: in_article("Storm warning"), "J did not open the third article")
        terminal.press("K")
        terminal.wait_until(lambda _: in_article("Fishing quotas"), "K did not go back to the second article")
        terminal.press("L")
        terminal.wait_until(lambda _: in_article("Квот"), "L did not switch the language")
        terminal.press("Backspace")
        terminal.wait_until(lambda _: in_article("Fishing quotas"), "Backspace did not return")
        paper.stop()
        terminal.press("J", "J", "J")  # past what may have been fetched ahead
        terminal.wait_until(lambda _: in_article("cannot be reached"), "the failure is not said")
        terminal.wait_for("Try again", "127.0.0.1")
        terminal.press("K", "K", "K")
        terminal.wait_until(lambda _: in_article("Fishing quotas"), "the list cannot be used after a failure")
        terminal.press("Ctrl+Q")
        assert terminal.wait_end() == 0
    with start(columns=columns, rows=rows) as terminal:
        terminal.wait_until(lambda _: in_article("Fishing quotas"), "the reader is not where they were")
        terminal.wait_for("saved copy")
        terminal.press("q", "q", "q")
        assert terminal.wait_end() == 0


@pytest.mark.usefixtures("always_real")
def test_the_very_first_start_asks_for_an_address_and_offers_papers() -> None:
    with start(columns=100, rows=30) as terminal:
        terminal.wait_for("https://", "Sample newspaper", "vesti-ua.net")
        terminal.press("Ctrl+Q")
        assert terminal.wait_end() == 0


@pytest.mark.usefixtures("always_real")
@pytest.mark.parametrize(("locale", "words"), [("C.UTF-8", "Latest news"), ("uk_UA.UTF-8", "Останні новини")])
def test_the_sample_newspaper_opens_by_name_in_the_language_of_the_locale(locale: str, words: str) -> None:
    with start("demo", columns=100, rows=30, LC_ALL=locale) as terminal:
        terminal.wait_for(words)
        terminal.press("Ctrl+Q")
        assert terminal.wait_end() == 0


def test_letter_keys_work_in_a_cyrillic_layout(paper: SampleServer) -> None:
    with start(paper.base_url) as terminal:
        terminal.wait_for("Latest news")
        terminal.press("о", "Enter")  # the key of j
        terminal.wait_for("Tobias Harsk")
        terminal.press("й")  # the key of q: back to the list, then out
        terminal.settle()
        terminal.press("й")
        assert terminal.wait_end() == 0


@pytest.mark.usefixtures("always_real")
def test_the_terminal_is_given_back_as_it_was(paper: SampleServer) -> None:
    with start(paper.base_url) as terminal:
        terminal.wait_for("Latest news")
        terminal.press("Ctrl+Q")
        assert terminal.wait_end() == 0
        assert b"\x1b[?1049l" in terminal.output
        assert b"\x1b[?25h" in terminal.output


def test_an_address_that_fails_leaves_the_reader_with_a_sentence_and_what_to_do(site: SiteServer) -> None:
    site.routes["/"] = Answer("no", status=403, reason=b"Forbidden")
    with start(site.url()) as terminal:
        terminal.wait_for("403", "browser")
        site.routes["/"] = Answer(
            "<html lang=en><head><title>Back</title></head><body><article><h1>The site is back</h1>"
            + "".join(
                f"<p>Paragraph number {n} has words enough to be read as running text, all told.</p>" for n in range(9)
            )
            + "</article></body></html>"
        )
        terminal.press("r")
        terminal.wait_for("The site is back", "Paragraph number 1")
        terminal.press("Ctrl+Q")
        assert terminal.wait_end() == 0


def test_a_block_becomes_the_list_of_a_site_where_none_is_recognised_and_is_so_at_the_next_start(
    site: SiteServer,
) -> None:
    def page(*notices: str) -> Answer:
        rows = "".join(f"<p><a href='/berth/{n}'>{words}</a></p>" for n, words in enumerate(notices))
        menu = "".join(f"<a href='/{name}'>{name}</a> " for name in ("Ferries", "Tides", "Fees"))
        return Answer(
            f"<html lang=en><title>Docks</title><body><div class=menu>{menu}</div>"
            f"<div class=board>{rows}</div></body></html>"
        )

    site.routes["/"] = page("Salt arrives", "Ropes wanted", "Crane repaired", "Herring landed", "Pilots meet")
    with start(site.url(), columns=70) as terminal:
        terminal.wait_for("Found on it: 8 links, 1 block of links, 0 feed addresses.", "Choose the block")
        terminal.press("X")
        terminal.wait_for("Which block is the list", "Salt arrives")
        terminal.press("Enter")
        terminal.wait_for("Herring landed", "Pilots meet", "from now on")
        terminal.press("Ctrl+Q")
        assert terminal.wait_end() == 0
    site.routes["/"] = page("Eels arrive", "Nets wanted", "Quay repaired", "Sprats landed", "Owners meet")
    with start(columns=70) as terminal:
        terminal.press("r")
        terminal.wait_for("Sprats landed")
        terminal.press("U")
        terminal.wait_for("Found on it: 8 links")
        terminal.press("Ctrl+Q")
        assert terminal.wait_end() == 0


def test_a_site_that_drips_does_not_hold_the_keys(site: SiteServer, paper: SampleServer) -> None:
    async def drip(request: Request, reader: Reader, writer: Writer) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000\r\n\r\n")
        for _ in range(60):
            writer.write(b"<")
            await writer.drain()
            await asyncio.sleep(1)

    site.routes["/"] = drip
    with start(site.url()) as terminal:
        terminal.wait_for("127.0.0.1", "Esc")
        terminal.press("?")
        terminal.wait_for("Keys")
        terminal.press("Esc")
        terminal.press("Ctrl+Q")
        assert terminal.wait_end() == 0


def test_a_reader_finds_again_what_was_read_and_tags_it(paper: SampleServer) -> None:
    with start(paper.base_url) as terminal:
        terminal.wait_for("Latest news", "Harbour dredging", "? keys")
        terminal.press("j", "Enter")
        terminal.wait_for("Tobias Harsk")
        terminal.press("S")
        terminal.wait_for("exactly these words")
        terminal.press(*"harsk")
        terminal.wait_for("found", "Harsk")
        terminal.press("Enter")
        terminal.wait_for("Tobias Harsk", "? keys")
        terminal.press("t")
        terminal.wait_for("No tags yet")
        terminal.press(*"quota", "Enter")
        terminal.wait_for("✓ quota")
        terminal.press("Esc")
        terminal.wait_for("Tags: quota", "#quota")
