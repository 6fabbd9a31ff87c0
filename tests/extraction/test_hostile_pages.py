"""No page may break the extraction, and nothing that steers a terminal may come out of it."""

import dataclasses
import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsreader.errors import NewsreaderError
from newsreader.extraction.page import parse_page, whole_page
from newsreader.jsonform import page_from_json, page_to_json
from newsreader.models import Page
from newsreader.urls import is_web_address
from tests import hostile
from tests.growth import assert_linear

URL = "https://hostile.example/news/0-story.html"
NOW = datetime(2026, 11, 22, 14, 4, tzinfo=UTC)
BROKEN = dict(hostile.broken_pages())


def strings_of(value: object) -> Iterator[str]:
    """Yield every string in a value, however deep; no recursion, for blocks may nest."""
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            yield item
        elif isinstance(item, Mapping):
            waiting.extend((*item.keys(), *item.values()))
        elif isinstance(item, list | tuple | frozenset):
            waiting.extend(item)
        elif dataclasses.is_dataclass(item):
            waiting.extend(getattr(item, one.name) for one in dataclasses.fields(item))


def links_of(page: Page) -> Iterator[str]:
    waiting: list[object] = [page]
    while waiting:
        item = waiting.pop()
        if isinstance(item, list | tuple):
            waiting.extend(item)
        elif dataclasses.is_dataclass(item):
            for one in dataclasses.fields(item):
                found = getattr(item, one.name)
                if isinstance(found, str) and one.name in ("url", "href", "image", "next_url", "more_url"):
                    yield found
                elif isinstance(found, Mapping):
                    yield from found.values()
                else:
                    waiting.append(found)


def parsed(body: bytes) -> Page:
    return parse_page(body, URL, "text/html", NOW)


def forbidden_in(page: Page) -> set[str]:
    return {character for text in strings_of(page) for character in text if character in hostile.FORBIDDEN}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_page_gives_a_page(name: str) -> None:
    page = parsed(BROKEN[name])
    assert page.url == URL
    assert forbidden_in(page) == set()
    assert page_from_json(page_to_json(page)) == page


def test_no_control_character_comes_out_of_a_hostile_newspaper() -> None:
    page = parsed(hostile.hostile_newspaper())
    assert forbidden_in(page) == set()


def test_a_hostile_newspaper_is_still_read() -> None:
    page = parsed(hostile.hostile_newspaper())
    assert page.article is not None
    assert "Paragraph 1 says that the harbour is calm" in page.article.text
    assert "[@click=app.quit]x[/]" in page.article.text
    titles = [headline.title for found in page.headline_lists for headline in found.headlines]
    assert sum(title.startswith("Headline ") for title in titles) == len(hostile.headline_attacks())


def test_only_addresses_of_the_web_come_out_of_a_hostile_newspaper() -> None:
    page = parsed(hostile.hostile_newspaper())
    links = list(links_of(page))
    assert len(links) > len(hostile.headline_attacks())
    assert [link for link in links if not is_web_address(link)] == []


@pytest.mark.parametrize("attack", [*hostile.ATTACKS, *hostile.REFERENCES])
def test_no_attack_comes_through_alone_in_title_headline_and_body(attack: str) -> None:
    body = (
        f"<title>{attack} news</title><h1>{attack} news of the harbour</h1>"
        + f"<p>{'The harbour is calm today, and the ferries run. ' * 6}{attack}</p>" * 3
        + "".join(f'<li>14:0{n} <a href="/{n}{attack}">{attack} headline number {n} today</a></li>' for n in range(9))
    )
    page = parsed(body.encode("utf-8", "surrogatepass"))
    assert forbidden_in(page) == set()
    assert json.dumps(page_to_json(page), ensure_ascii=False).encode("utf-8")


@pytest.mark.parametrize("raw", hostile.RAW_BYTES)
def test_bytes_that_are_no_text_become_text(raw: bytes) -> None:
    page = parsed(b"<title>a" + raw + b"b</title><h1>a" + raw + b"b</h1><p>" + b"The harbour is calm. " * 20 + raw)
    assert forbidden_in(page) == set()
    assert json.dumps(page_to_json(page), ensure_ascii=False).encode("utf-8")


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=2000))
def test_any_bytes_give_a_page(body: bytes) -> None:
    assert forbidden_in(parsed(body)) == set()


TAGS = (
    "p /p div /div ul li /ul /a table tr td article /article h1 /h2 br pre blockquote figure script /script style svg"
)
WORDS = (
    "<a href=/x>",
    "<img src=/a.png>",
    "<base href=//x>",
    "<!--",
    "-->",
    "<template>",
    "<select>",
    "<time>",
    "The harbour is calm today, and the ferries run as they always have. ",
    "yesterday 17:58 ",
    "1.2k ",
    "By Jane Doe ",
)
PIECES = st.sampled_from((*hostile.REFERENCES, *hostile.ATTACKS, *(f"<{tag}>" for tag in TAGS.split()), *WORDS))


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=60))
def test_any_pieces_of_markup_give_a_page(pieces: list[str]) -> None:
    page = parsed("".join(pieces).encode("utf-8", "surrogatepass"))
    assert forbidden_in(page) == set()


# Half of an emoji, as programs write it that cut texts by UTF-16: of all of these a parser makes broken text, or fails.
HALVES = ("&#xd83d;", "&#55357;", "&#xD83D", "&#x0dcff;", "\ud83d")
STORY = "<p>The harbour wakes at dawn, and the boats go out with the tide, one by one, past the old lighthouse.</p>" * 9


def page_with(half: str) -> str:
    json_half = half if half == "\ud83d" else r"\ud83d"
    return f"""<html lang="en"><head><title>Harbour {half} wakes</title><meta name="description" content="Tide{half}s">
    <meta property="og:image" content="/a{half}.jpg"><link rel="next" href="/b{half}">
    <script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Harbour {json_half} wakes",
    "author": {{"name": "Jane {json_half} Doe"}}, "articleBody": "{json_half} tide"}}</script></head>
    <body><article><h1>Harbour {half} wakes</h1><p class="a{half}">One {half} word, <a href="/c{half}">a link{half}</a>
    and <img src="/d{half}.png" alt="{half}">.</p>{STORY}<pre>code{half}</pre></article>
    <ul>{"".join(f'<li><a href="/2026/{n}{half}">Ferry {n} sails {half} again this morning</a>' for n in range(9))}</ul>
    </body></html>"""


@pytest.mark.parametrize("half", HALVES, ids=ascii)
def test_half_a_character_costs_a_page_that_character_alone(half: str) -> None:
    page = parsed(page_with(half).encode("utf-8", "surrogatepass"))
    assert page.article is not None
    assert page.article.title == "Harbour \ufffd wakes"
    assert page.article.text.count("past the old lighthouse") == 9
    assert page.headline_lists
    assert forbidden_in(page) == set()
    json.dumps(page_to_json(page), ensure_ascii=False).encode()


FEEDS = {
    "rss": "<?xml version='1.0'?><rss version='2.0'><channel><title>Tide {half}</title>{items}</channel></rss>",
    "item": "<item><title>Ferry {n} {half}</title><link>https://tide.example/{n}?{half}</link><description>"
    "&lt;p&gt;It{half} sails&lt;/p&gt;</description><guid>{half}{n}</guid><category>{half}</category></item>",
}


@pytest.mark.parametrize("half", HALVES, ids=ascii)
def test_half_a_character_costs_a_feed_that_character_alone(half: str) -> None:
    items = "".join(FEEDS["item"].format(n=n, half=half) for n in range(3))
    body = FEEDS["rss"].format(half=half, items=items).encode("utf-8", "surrogatepass")
    page = parse_page(body, "https://tide.example/feed", "application/rss+xml", NOW)
    assert [headline.title for headline in page.headline_lists[0].headlines] == [f"Ferry {n} \ufffd" for n in range(3)]
    assert forbidden_in(page) == set()
    json.dumps(page_to_json(page), ensure_ascii=False).encode()


@pytest.mark.parametrize("half", ["&#xd8\x1b[2J3d;", "&#xd8\x003d;", "&\u200b#55357;", "&#xd8\ufeff3d;"], ids=ascii)
def test_half_a_character_that_is_left_when_controls_are_dropped_costs_that_character_alone(half: str) -> None:
    items = "".join(FEEDS["item"].format(n=n, half=half) for n in range(3))
    feed = FEEDS["rss"].format(half=half, items=items).replace("<rss", f'<rss xmlns:x="https://tide.example/{half}"')
    page = parse_page(feed.encode(), "https://tide.example/feed", "application/rss+xml", NOW)
    assert [headline.title for headline in page.headline_lists[0].headlines] == [f"Ferry {n} \ufffd" for n in range(3)]
    article = parsed(page_with(half).encode()).article
    assert article is not None
    assert article.text.count("past the old lighthouse") == 9


@pytest.mark.parametrize("half", [r"\ud83d", "\ud83d", r"\uDFFF"], ids=ascii)
def test_half_a_character_costs_a_json_feed_that_character_alone(half: str) -> None:
    item = (
        f'{{"id": "{half}", "url": "https://tide.example/{half}", "title": "Ferry {half}", "content_text": "{half}"}}'
    )
    body = f'{{"version": "https://jsonfeed.org/version/1.1", "title": "Tide {half}", "items": [{item}]}}'
    page = parse_page(body.encode("utf-8", "surrogatepass"), "https://tide.example/feed", "application/feed+json", NOW)
    assert page.headline_lists[0].headlines[0].title == "Ferry \ufffd"
    json.dumps(page_to_json(page), ensure_ascii=False).encode()


def test_what_browsers_read_as_quotation_marks_and_dashes_is_read_so() -> None:
    page = parsed(f"<title>The pilot&#146;s tide &#150; again</title><article>{STORY}</article>".encode())
    assert page.title == "The pilot’s tide – again"


def test_a_block_of_nothing_but_linked_paragraphs_is_read() -> None:
    links = "".join(f"<p><a href=/{n}>Ferries run all day between the two piers {n}</a></p>" for n in range(2))
    assert parsed(f"<div>One sentence.{links}</div>".encode()).url == URL


_PROSE = "<p>The harbour is calm today, and the ferries run as they always have, said the master of the port.</p>" * 6
_STORY = "<title>The ferries run again today</title><main><h1>The ferries run again today</h1>" + _PROSE + "{}</main>"
_FRONT = "<title>Tide</title><main>{}</main>"
_LINK = "<a href='/2026/01/story-of-the-day-{n}00{n}/'>Night boat to the outer isles returns {n}</a>"
_SIGNED = (
    "<title>The ferries run again today</title><meta name=author content='Maud Pennick'>"
    "<div><h1>The ferries run again today</h1>" + _PROSE + "{}</div>"
)
MANY = {
    "pictures in one box": (
        _SIGNED,
        "<p>Ferry number {n} was late again, and those who had waited for it went home in the rain.</p>"
        "<img src=/{n}.jpg width=600 height=400 alt='Ferry {n} at the pier'>",
    ),
    "captions": (_STORY, "<div><img src=/{n}.jpg width=600><p class=z>The boat number {n} on Monday.</p></div>"),
    "boxes that ask": (_STORY, "<div><h3>Help {n}</h3><p>Give now, please.</p><a class=btn href=/g{n}>Give</a></div>"),
    "folded answers": (
        _STORY,
        "<h3><button aria-expanded=false>Question {n}?</button></h3>"
        "<div hidden><p>The answer to question {n} is long enough to be a part of the text.</p></div>",
    ),
    "figures": (_STORY, "<div><div>Label {n}</div><div>{n}.4</div></div>"),
    "consents": (
        _STORY + "{}",
        "<div><p>We and our partners store cookies on your device, and you consent {n}.</p></div>",
    ),
    "lines of ages": (_FRONT, "<p>" + _LINK + "</p><p class=l>submitted {n} hours ago by <a href=/u/{n}>kelp</a></p>"),
    "sections of one": (_FRONT, "<section><h2>Part {n}</h2><h3>" + _LINK + "</h3></section>"),
    "panes": (
        _FRONT,
        "<div class=x><button>A {n}</button><button>B {n}</button></div><div class=p>" + _LINK + "</div>",
    ),
}


@pytest.mark.parametrize("kind", MANY)
def test_thousands_of_one_part_take_time_as_they_are_many(kind: str) -> None:
    page, part = MANY[kind]

    def parse(count: int) -> None:
        parsed(page.replace("{}", "".join(part.replace("{n}", str(n)) for n in range(count))).encode())

    assert_linear(parse, 1600)


def test_thousands_of_frames_take_time_as_they_are_many() -> None:
    def seconds(count: int) -> float:
        frames = "<iframe src=//v.example/embed/1></iframe>" * count
        body = f"<article><h1>The tide</h1>{STORY}{frames}</article>".encode()
        started = process_time()
        parsed(body)
        return process_time() - started

    assert min(seconds(8000) for _ in range(2)) < 10 * max(min(seconds(2000) for _ in range(2)), 0.02)


_NUMBERS = (
    "9" * 5000,
    "9" * 4301,
    "-" + "9" * 5000,
    "9" * 5000 + "px",
    "²",
    "٣",
    "०" * 5000,
    "1e400",
    "NaN",
    "1" * 10 + "²",
)
_PROSE = "<p>The lighthouse keeper counts the ships that pass, and writes each of them down in a book.</p>"
_WITH_NUMBERS = (
    "<article><h1>Ships</h1>{prose}<ol start={n}><li>a<li>b</ol><img src=/a.jpg width={n} height={n}>"
    "<iframe src=https://video.example/embed/x width={n} height={n}></iframe><img srcset='/a.jpg {n}w, /b.jpg {n}x'>"
    "<table><tr><td colspan={n} rowspan={n}>a<td>b</table>{prose}<a href='/x?page={n}'>{n}</a><a href=/x/page/{n}>2</a>"
    "<p>{n} views {n} comments</p><time datetime='{n}'>{n}</time></article>",
    "<ul>" + "<li><time datetime={n}>{n}:{n}</time> <a href=/2026/{n}/ships>The lighthouse keeper counts the ships</a>"
    "<span class=views>{n}</span> {n} hours ago <span class=comments>{n}</span></li>" * 8 + "</ul>",
    '<script type="application/ld+json">{{"@type":"NewsArticle","wordCount":{n},"datePublished":{n},"headline":"a"}}'
    '</script><script id=__NEXT_DATA__ type="application/json">{{"a":{n}}}</script>{prose}',
    "<meta http-equiv=refresh content='{n};url=/x'><p>a",
    "<rss version='2.0'><channel><title>a</title><ttl>{n}</ttl><item><title>b</title><link>/a</link>"
    "<pubDate>{n}</pubDate><enclosure url='/a.mp3' length='{n}'/><slash:comments>{n}</slash:comments>"
    "<itunes:duration>{n}:{n}</itunes:duration></item></channel></rss>",
    '{{"version":"https://jsonfeed.org/version/1.1","title":"a","items":[{{"id":{n},"url":"/a","title":"b",'
    '"date_published":{n},"attachments":[{{"url":"/x","mime_type":"a/b","size_in_bytes":{n}}}]}}]}}',
)


@pytest.mark.parametrize("number", _NUMBERS, ids=ascii)
@pytest.mark.parametrize("page", _WITH_NUMBERS, ids=["article", "list", "script", "refresh", "rss", "json"])
def test_no_number_in_any_place_keeps_a_page_from_being_read(page: str, number: str) -> None:
    body = page.format(n=number, prose=_PROSE * 4).encode()
    for read in (parse_page, whole_page):
        with suppress(NewsreaderError):  # no feed, say: anything else fails
            read(body, "https://tide.example/news/1.html", None, datetime(2026, 11, 22, tzinfo=UTC))
