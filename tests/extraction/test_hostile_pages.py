"""No page may break the extraction, and nothing that steers a terminal may come out of it."""

import dataclasses
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsreader.extraction.page import parse_page
from newsreader.jsonform import page_from_json, page_to_json
from newsreader.models import Page
from newsreader.urls import is_web_address
from tests import hostile

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
