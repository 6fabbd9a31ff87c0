"""Pages that come in odd ways, through the whole program: what is read of them, and what is said."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from newsreader.cli.main import program
from newsreader.models import Opened, Page, Response
from newsreader.service.notes import with_note
from newsreader.tui.reading.status import remark
from tests.servers import Answer, Reader, Request, SiteServer, Writer
from tests.test_service import article
from tests.test_sources import feed


@pytest.fixture(autouse=True)
def _directories(own_directories: Path) -> None:
    """Every test has its own."""


def run(*words: str) -> Result:
    return CliRunner().invoke(program, list(words))


def broken_off(answer: Answer) -> Callable[[Request, Reader, Writer], object]:
    async def write(_: Request, __: Reader, writer: Writer) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 999999\r\nETag: 7\r\n\r\n" + answer.octets)
        await writer.drain()

    return write


def test_a_page_that_came_damaged_is_read_with_a_note(site: SiteServer) -> None:
    site.routes["/ferry"] = broken_off(article("The ferry runs again"))
    result = run("read", site.url("ferry"))
    assert "The ferry runs again" in result.stdout
    assert "sent damaged" in result.stderr
    copy = run("read", "--offline", site.url("ferry"), "--format", "json")
    assert json.loads(copy.stdout)["note"]["kind"] == "damaged"


def test_the_note_stands_above_the_article() -> None:
    at = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
    response = Response("https://a.example/", "https://a.example/", 200, None, b"", None, None, at, is_damaged=True)
    page = with_note(Page("https://a.example/", "A"), response)
    assert "sent damaged" in remark(Opened(page, at), at)
    assert (
        remark(Opened(with_note(page, Response(*(["https://a.example/"] * 2), 200, None, b"", None, None, at)), at), at)
        == ""
    )


@pytest.mark.parametrize("body", ["<p>One moment.</p>", ""])
def test_a_refresh_of_the_head_is_followed_as_one_of_the_page(site: SiteServer, body: str) -> None:
    site.routes["/ferry"] = article("The ferry runs again")
    site.routes["/go"] = Answer(body, headers=(("Refresh", "1; url=/ferry"),))
    assert "The ferry runs again" in run("read", site.url("go")).stdout
    site.routes["/slow"] = Answer("<p>One moment.</p>", headers=(("Refresh", "300; url=/ferry"),))
    assert "The ferry runs again" not in run("read", site.url("slow")).stdout


def test_a_feed_of_any_type_is_a_feed(site: SiteServer) -> None:
    site.routes["/news"] = Answer(feed(2).body, content_type="audio/mpeg")
    assert len(json.loads(run("headlines", site.url("news"), "--format", "json").stdout)["headline_lists"]) == 1
