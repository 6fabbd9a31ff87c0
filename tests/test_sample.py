"""The sample newspaper: complete, the same every time, and served as a real site is."""

import http.client
import re
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest

from newsreader.models import Cell, Figure, Heading, ListBlock, Paragraph, Preformatted, Quote, Span, Table
from newsreader.sample.edition import SampleEdition, views_text
from newsreader.sample.pages import LATEST_LENGTH
from newsreader.sample.pictures import SCENES, picture
from newsreader.sample.server import SampleServer
from newsreader.sample.site import render_page
from newsreader.sample.stories import LANGUAGES, blocks_of, sample_paper
from tests.waiting import LONG_S

NOW = datetime(2026, 11, 22, 14, 4, tzinfo=UTC)
BASE = "http://paper.example"

_ADDRESS = re.compile(r'(?:href|src)="([^"]+)"')
_FEED_TITLE = re.compile(r'<span class="feed-title">([^<]+)</span>')


def text_of(path: str, now: datetime = NOW) -> str:
    status, _, body = render_page(path, now, BASE, NOW)
    assert status == 200
    return body.decode()


def edition(now: datetime = NOW) -> SampleEdition:
    return SampleEdition(sample_paper(), NOW, now, BASE)


def paths_on(markup: str) -> Iterator[str]:
    for address in _ADDRESS.findall(markup):
        path = address.replace("&amp;", "&").removeprefix(BASE)
        if path.startswith("/"):
            yield path


def test_every_link_of_the_paper_leads_to_a_page_of_it() -> None:
    asked: dict[str, int] = {}
    waiting = ["/"]
    while waiting:
        path = waiting.pop()
        if path not in asked:
            status, content_type, body = render_page(path, NOW, BASE)
            asked[path] = status
            if "html" in content_type or "xml" in content_type:
                waiting.extend(paths_on(body.decode()))
    assert {path for path, status in asked.items() if status != 200} == set()
    assert len(asked) > 200


def test_the_same_moment_gives_the_same_bytes() -> None:
    for path in ("/", "/uk/", "/ru/latest/", "/en/culture/", "/uk/rss.xml", "/ru/atom.xml", "/pictures/fog.png"):
        assert render_page(path, NOW, BASE) == render_page(path, NOW, BASE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_whole_stories_and_short_notices(language: str) -> None:
    stories = sample_paper().stories[language]
    assert len(stories) >= 54
    assert sum(story.lead is not None and len(story.source) > 1000 for story in stories) >= 14
    assert len({story.title for story in stories}) == len(stories)
    assert len({story.source for story in stories}) == len(stories)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_latest_news_on_a_page_are_longer_than_its_article(language: str) -> None:
    for story in edition().stories(language):
        if story.wall == "consent":
            continue
        titles = _FEED_TITLE.findall(text_of(story.path))
        assert len(titles) == LATEST_LENGTH
        assert story.title not in titles
        assert sum(map(len, titles)) + 8 * LATEST_LENGTH > max(map(len, story.pages))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_second_page_of_the_latest_news_continues_where_the_first_ends(language: str) -> None:
    first = _FEED_TITLE.findall(text_of(f"/{language}/latest/"))
    second = _FEED_TITLE.findall(text_of(f"/{language}/latest/2/"))
    assert f"{BASE}/{language}/latest/2/" in text_of(f"/{language}/latest/")
    assert len(first) == LATEST_LENGTH
    assert len(second) > 10
    assert not set(first) & set(second)
    assert render_page(f"/{language}/latest/3/", NOW, BASE)[0] == 404


def test_what_came_out_the_day_before_is_under_yesterday() -> None:
    for language, word in (("en", "yesterday"), ("uk", "вчора"), ("ru", "вчера")):
        assert text_of(f"/{language}/").count(f'<div class="feed-day">{word}</div>') == 1
    assert '<div class="feed-day">20 листопада</div>' in text_of("/uk/latest/2/")


def test_a_story_yet_to_come_appears_when_its_time_has_come() -> None:
    story = sample_paper().stories["en"][0]
    assert story.ago < timedelta(0)
    later = NOW - story.ago + timedelta(minutes=1)
    assert story.title not in text_of("/en/")
    assert story.title in text_of("/en/", later)
    assert render_page(story.path, NOW, BASE, NOW)[0] == 404
    assert render_page(story.path, later, BASE, NOW)[0] == 200


def test_every_story_names_its_translations() -> None:
    page = text_of("/ru/harbour/" + sample_paper().stories["ru"][3].path.rpartition("/")[2])
    for language, words in (("uk", "Читати українською"), ("en", "Read in English")):
        url = BASE + sample_paper().stories[language][3].path
        assert f'<link rel="alternate" hreflang="{language}" href="{url}">' in page
        assert f'<a href="{url}" hreflang="{language}">{words}</a>' in page


def test_a_story_in_two_pages_leads_from_one_to_the_other() -> None:
    story = next(story for story in sample_paper().stories["en"] if len(story.pages) == 2)
    first, second = text_of(story.path), text_of(story.path + "?page=2")
    assert f'<link rel="next" href="{BASE}{story.path}?page=2">' in first
    assert f'<link rel="prev" href="{BASE}{story.path}">' in second
    assert "How one becomes a keeper" in first
    assert "What stays" in second
    assert render_page(story.path + "?page=3", NOW, BASE)[0] == 404


def test_walls_keep_their_words_back() -> None:
    english = {story.wall: story for story in sample_paper().stories["en"]}
    paywalled, behind_consent = english["paywall"], english["consent"]
    assert "for subscribers" in text_of(paywalled.path)
    assert "Before you continue" in text_of(behind_consent.path)
    assert behind_consent.source not in text_of(behind_consent.path)


@pytest.mark.parametrize(
    "path", ["/en/nothing.html", "/en/culture/5199-fog/", "/nothing", "/pictures/none.png", "/ru/harbour/1-none.html"]
)
def test_a_page_that_is_not_there_says_so(path: str) -> None:
    assert render_page(path, NOW, BASE)[0] == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_feeds_are_well_formed_and_name_the_newest_story_first(language: str) -> None:
    newest = edition().stories(language)[0]
    rss = ET.fromstring(text_of(f"/{language}/rss.xml"))
    atom = ET.fromstring(text_of(f"/{language}/atom.xml").encode())
    name = "{http://www.w3.org/2005/Atom}"
    assert rss.findtext("channel/item/title") == newest.title == atom.findtext(f"{name}entry/{name}title")
    assert rss.findtext("channel/item/link") == BASE + newest.path


@pytest.mark.parametrize("name", SCENES)
def test_every_picture_is_a_png_of_its_size(name: str) -> None:
    body = picture(name, 320)
    assert body is not None
    assert body.startswith(b"\x89PNG\r\n\x1a\n")
    assert int.from_bytes(body[16:20], "big") == 320
    assert int.from_bytes(body[20:24], "big") == 180
    length = int.from_bytes(body[body.index(b"IDAT") - 4 : body.index(b"IDAT")], "big")
    pixels = zlib.decompress(body[body.index(b"IDAT") + 4 :][:length])
    assert len(pixels) == 180 * 321
    assert len(set(pixels)) > 60


@pytest.mark.parametrize(
    ("views", "language", "text"),
    [(999, "ru", "999"), (2400, "ru", "2,4 тыс."), (1200, "uk", "1.2т"), (1200, "en", "1.2k")],
)
def test_views_are_written_as_a_site_of_the_language_writes_them(views: int, language: str, text: str) -> None:
    assert views_text(views, language) == text


def test_the_notation_of_the_stories_gives_blocks() -> None:
    source = (
        "One **two** *three* `four` [five](six)\n\n## Head\n\n> Said\n> — Who\n\n- a\n  - b\n- c\n\n3. d\n\n"
        "| h | i |\n| j | k |\n= What\n\n    x  y\n    z\n\n![sea] alt | words | name"
    )
    assert blocks_of(source, lambda target: f"link:{target}", lambda name: f"picture:{name}") == (
        Paragraph(
            (
                Span("One "),
                Span("two", strong=True),
                Span(" "),
                Span("three", emphasis=True),
                Span(" "),
                Span("four", code=True),
                Span(" "),
                Span("five", href="link:six"),
            )
        ),
        Heading((Span("Head"),), 2),
        Quote((Paragraph((Span("Said"),)),), "Who"),
        ListBlock(
            (
                (Paragraph((Span("a"),)), ListBlock(((Paragraph((Span("b"),)),),))),
                (Paragraph((Span("c"),)),),
            )
        ),
        ListBlock(((Paragraph((Span("d"),)),),), ordered=True, start=3),
        Table(
            (
                (Cell((Span("h"),), header=True), Cell((Span("i"),), header=True)),
                (Cell((Span("j"),)), Cell((Span("k"),))),
            ),
            "What",
        ),
        Preformatted("x  y\nz"),
        Figure("picture:sea", "alt", (Span("words"),), "name"),
    )


# --- over HTTP --------------------------------------------------------------------------------


def answer(base_url: str, path: str, method: str = "GET", **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
    connection = http.client.HTTPConnection(urlsplit(base_url).netloc, timeout=LONG_S)
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response, body


def test_the_server_answers_with_the_pages() -> None:
    with SampleServer(lambda: NOW) as server:
        response, body = answer(server.base_url, "/uk/")
        assert response.status == 200
        assert response.headers["Content-Type"] == "text/html; charset=utf-8"
        assert body == render_page("/uk/", NOW, server.base_url)[2]
        assert answer(server.base_url, "/pictures/fog.png")[1] == picture("fog")
        assert answer(server.base_url, "/uk/", "HEAD")[1] == b""
        assert answer(server.base_url, "/none")[0].status == 404


def test_a_page_that_the_client_has_is_not_sent_again() -> None:
    with SampleServer(lambda: NOW) as server:
        whole, _ = answer(server.base_url, "/en/")
        etag, changed = whole.headers["ETag"], whole.headers["Last-Modified"]
        for headers in ({"If_None_Match": etag}, {"If_Modified_Since": changed}):
            response, body = answer(server.base_url, "/en/", **headers)
            assert (response.status, body) == (304, b"")
        response, _ = answer(server.base_url, "/en/", If_None_Match='"other"', If_Modified_Since=changed)
        assert response.status == 200


def test_a_page_changes_when_a_new_story_comes_out_and_not_before() -> None:
    clock = [NOW]
    with SampleServer(lambda: clock[0]) as server:
        first, _ = answer(server.base_url, "/en/")
        clock[0] = NOW + timedelta(seconds=50)
        assert answer(server.base_url, "/en/", If_None_Match=first.headers["ETag"])[0].status == 304
        clock[0] = NOW + timedelta(minutes=3)
        assert answer(server.base_url, "/en/", If_None_Match=first.headers["ETag"])[0].status == 200
        assert answer(server.base_url, "/en/", If_Modified_Since=first.headers["Last-Modified"])[0].status == 200


def test_a_stopped_server_refuses_and_starts_again_at_the_same_address() -> None:
    server = SampleServer(lambda: NOW)
    base_url = server.start()
    server.stop()
    server.stop()
    with pytest.raises(ConnectionRefusedError):
        answer(base_url, "/en/")
    with pytest.raises(RuntimeError):
        _ = server.base_url
    assert server.start() == base_url
    assert answer(base_url, "/en/")[0].status == 200
    server.stop()
