"""Headlines as feeds for other programs: sound, complete, and the same again each time."""

import json
import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from newsreader.cli.main import program
from newsreader.exporting.feeds import FORMATS, Feed, FeedEntry, to_feed
from newsreader.extraction.feed import parse_feed
from newsreader.models import Article, Comments, Enclosure, Figure, Headline, Paragraph, Span
from newsreader.text import line
from newsreader.urls import entry_url
from tests.servers import Answer, SiteServer
from tests.services import article
from tests.test_sources import front

AT = datetime(2026, 11, 22, 12, 30, tzinfo=timezone(timedelta(hours=2)))
URL = "https://quay.example/"
_ATOM = "{http://www.w3.org/2005/Atom}"

texts = st.text(min_size=1, max_size=60).filter(lambda text: line(text) != "")
headlines = st.builds(
    Headline,
    title=texts,
    url=st.integers(0, 10**6).map(lambda number: f"{URL}s/{number}?a=1&b=2#v{number}"),
    summary=st.none() | texts,
    authors=st.lists(texts, max_size=2).map(tuple),
    categories=st.lists(texts, max_size=2).map(tuple),
    comments=st.none() | st.builds(Comments, st.integers(0, 99), st.just(f"{URL}talk?a=1&b=2")),
    enclosures=st.lists(
        st.builds(Enclosure, st.just(f"{URL}1.mp3?a&b"), st.just("audio/mpeg"), st.none() | st.integers(1, 10**9)),
        max_size=1,
    ).map(tuple),
)
articles = st.builds(
    lambda words: Article(URL, "T", (Paragraph((Span(words),)), Figure(f"{URL}p.jpg", words))), texts
)  # fmt: skip
entries = st.lists(
    st.builds(FeedEntry, headlines, st.just(AT), st.none() | articles), max_size=4, unique_by=lambda e: e.headline.url
)


@pytest.mark.parametrize("form", FORMATS)
@settings(deadline=None, max_examples=15)
@given(found=entries, title=texts)
def test_what_is_written_is_read_again_with_every_word(form: str, found: list[FeedEntry], title: str) -> None:
    feed = Feed(URL, title, found, "en")
    written = to_feed(feed, form)
    assert written == to_feed(feed, form)
    check_json(written) if form == "json" else check_xml(written, form)
    page = parse_feed(written.encode(), "https://elsewhere.example/feed")
    assert page.problem is None
    read = page.headline_lists[0].headlines
    assert [headline.url for headline in read] == [entry.headline.url for entry in found]
    for headline, entry in zip(read, found, strict=True):
        assert headline.published == AT
        assert [each.url for each in headline.enclosures] == [each.url for each in entry.headline.enclosures]
        if entry.headline.title.isascii() and entry.headline.title.isprintable():
            assert headline.title == " ".join(entry.headline.title.split())
    assert len(json.loads(written)["items"]) == len(found) if form == "json" else True


_RULES = etree.RelaxNG(etree.parse(Path(__file__).with_name("atom.rng")))
_ONCE = ("title", "link", "description", "guid", "pubDate", "comments", "enclosure", "ttl", "language")
_CODE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")


def check_rss(channel: etree._Element) -> None:
    """Check what validators ask of RSS: each element once, absolute addresses, dates and numbers in their form."""
    items = channel.findall("item")
    for element in (channel, *items):
        names = [child.tag for child in element if child.tag in _ONCE]
        assert len(set(names)) == len(names)
    for address in (*channel.iter("link"), *channel.iter("guid"), *channel.iter("comments")):
        assert (address.text or "").startswith(("https://", "http://"))
        assert not re.search(r"[\s<>\"]", address.text or "")
    for item in items:
        assert parsedate_to_datetime(item.findtext("pubDate") or "").tzinfo is not None
        assert [each.get("isPermaLink") for each in item.iter("guid")] in (["true"], ["false"])
        for each in item.iter("enclosure"):
            assert (each.get("length") or "").isdigit()
            assert "/" in (each.get("type") or "")
    assert all(_CODE.fullmatch(each.text or "") for each in channel.iter("language"))
    assert all((each.text or "").isdigit() for each in channel.iter("ttl"))


def check_json(written: str) -> None:
    """Check what JSON Feed 1.1 asks of a feed and its items."""
    value = json.loads(written)
    assert value["version"] == "https://jsonfeed.org/version/1.1"
    assert isinstance(value["title"], str)
    ids = [item["id"] for item in value["items"]]
    assert len(set(ids)) == len(ids)
    for item in value["items"]:
        assert isinstance(item["id"], str)
        assert item.keys() & {"content_html", "content_text"}
        assert datetime.fromisoformat(item["date_published"]).tzinfo is not None
        assert all(each["url"] and "/" in each["mime_type"] for each in item.get("attachments", ()))
        assert all(isinstance(each["name"], str) for each in item.get("authors", ()))


def check_xml(written: str, form: str) -> None:
    """Check what the formats ask for of every feed and every entry (RSS 2.0; RFC 4287, 4.1)."""
    root = etree.fromstring(written.encode(), etree.XMLParser(recover=False))
    if form == "rss":
        channel = root.find("channel")
        assert channel is not None
        check_rss(channel)
        assert all(channel.findtext(name) for name in ("title", "link", "description"))
        ids = [item.findtext("guid") for item in channel.iter("item")]
        for item in channel.iter("item"):
            assert item.findtext("title") is not None
            assert [e.attrib.keys() for e in item.iter("enclosure")] == [["url", "length", "type"]] * len(
                item.findall("enclosure")
            )
    else:
        _RULES.assertValid(root)
        for element in (root, *root.iter(_ATOM + "entry")):
            assert all(len(element.findall(_ATOM + name)) == 1 for name in ("title", "id", "updated"))
        assert root.find(_ATOM + "author") is not None
        ids = [entry.findtext(_ATOM + "id") for entry in root.iter(_ATOM + "entry")]
    assert len(set(ids)) == len(ids)


def test_an_entry_without_a_page_keeps_its_id_and_one_without_a_zone_gets_one() -> None:
    headline = Headline("Note", entry_url(f"{URL}feed", "tag:x,1: ж"))
    entry = FeedEntry(headline, datetime(2026, 11, 22, 12, 30))  # noqa: DTZ001
    for form in FORMATS:
        (read,) = parse_feed(to_feed(Feed(URL, "Quay", [entry]), form).encode(), URL).headline_lists[0].headlines
        assert read.url == headline.url
        assert read.published == datetime(2026, 11, 22, 12, 30, tzinfo=UTC)


def run(*arguments: str) -> str:
    result = CliRunner().invoke(program, list(arguments))
    assert result.exit_code == 0, result.stderr
    return result.stdout


def test_any_page_is_a_feed_and_is_not_asked_again_before_its_time(site: SiteServer, own_directories: object) -> None:
    site.routes["/"] = front()
    first = run("feed", site.url())
    (found,) = parse_feed(first.encode(), site.url()).headline_lists
    assert len(found.headlines) == 6
    assert found.headlines[0].url == site.url("news/0")
    asked = len(site.requests)
    assert run("feed", site.url()) == first
    for form in ("atom", "json"):
        again = parse_feed(run("feed", "--format", form, site.url()).encode(), site.url())
        assert [each.url for each in again.headline_lists[0].headlines] == [each.url for each in found.headlines]
    assert len(site.requests) == asked


def test_a_feed_may_have_the_whole_articles_each_fetched_once(site: SiteServer, own_directories: object) -> None:
    site.routes["/"] = front(2)
    site.routes["/news/0"] = article("The ferry runs again")
    result = CliRunner().invoke(program, ["feed", "--full", "--format", "json", site.url()])
    first, second = json.loads(result.stdout)["items"]
    assert "<p>" in first["content_html"]
    assert "content_html" not in second
    assert "1 article could not be downloaded" in result.stderr
    run("feed", "--full", "--limit", "1", site.url())
    assert [request.path for request in site.requests].count("/news/0") == 1


def test_a_later_run_gets_the_articles_of_a_page_that_is_not_asked_for_again(
    site: SiteServer, own_directories: object
) -> None:
    site.routes["/"] = front(3)
    site.routes["/news/0"] = article("The ferry runs again")
    run("feed", site.url())
    whole = json.loads(run("feed", "--full", "--limit", "1", "--format", "json", site.url()))
    assert "<p>" in whole["items"][0]["content_html"]
    assert [request.path for request in site.requests] == ["/", "/news/0"]


def test_a_feed_of_a_list_that_is_not_there_says_which_there_are(site: SiteServer, own_directories: object) -> None:
    site.routes["/"] = front()
    result = CliRunner().invoke(program, ["feed", "--list", "weather", site.url()])
    assert result.exit_code != 0
    assert "Останні новини" in result.stderr
    site.routes["/plain"] = Answer("<html><body><p>Nothing</p></body></html>")
    assert CliRunner().invoke(program, ["feed", site.url("plain")]).exit_code != 0


@pytest.mark.skipif(shutil.which("newsboat") is None, reason="newsboat is not installed")
def test_newsboat_reads_a_page_through_the_command(site: SiteServer, own_directories: Path, tmp_path: Path) -> None:
    site.routes["/"] = front()
    command = f"{sys.executable} -m newsreader feed --format atom {site.url()}"
    (tmp_path / "urls").write_text(f'"exec:{command}"\n')
    (tmp_path / "config").write_text("")
    files = ["-u", f"{tmp_path}/urls", "-c", f"{tmp_path}/cache.db", "-C", f"{tmp_path}/config"]
    environment = {**os.environ, "HOME": str(tmp_path), "LC_ALL": "C.UTF-8"}
    for words in ("reload", "print-unread"):
        done = subprocess.run(
            ["newsboat", *files, "-x", words], env=environment, capture_output=True, text=True, timeout=120, check=True
        )
    assert done.stdout.split()[0] == "6", done.stdout + done.stderr
