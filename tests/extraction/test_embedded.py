"""Articles that only a script holds; scripts of any size and any brokenness take no time."""

import json

import pytest

from newsreader.extraction.page import parse_page
from tests.extraction.reading import article_in

URL = "https://tide.example/news/2026/11/5197-dredging.html"


@pytest.mark.parametrize("trigger", ['"', '\\"', "\\", '"a":', '"a":"', '{"a":"b c d",', "<p", '\\\\"'])
def test_a_megabyte_of_broken_script_takes_no_time(trigger: str) -> None:
    source = trigger * (1_000_000 // len(trigger))
    page = parse_page(f"<title>Of a ship</title><script>{source}</script>".encode(), URL)
    assert page.url == URL


def test_more_elements_than_a_person_writes_take_little_time() -> None:
    page = parse_page(("<ul>" + "<li>" * 60_000).encode(), URL)
    assert page.article is None


TITLE = "The last of the dredgers left the lock"
TEXT = (
    "The last of three dredgers left the lock on Monday, nine days sooner than the harbour board had told the fishers.",
    "What they had lifted from the ground fills a quarry behind the village, among it a bell that nobody has missed.",
    "Ships of three metres may pass again from Friday on, if the pilots find the new depth everywhere.",
)
BODY = tuple(f"<p>{text}</p>" for text in TEXT)

STATES = (
    ("application/json", {"props": {"content": [{"type": "p", "html": part} for part in BODY]}}),
    ("text/javascript", {"ROOT": {"post:9": {"title": TITLE, "body": "".join(BODY)}}}),
    ("application/ld+json", {"@type": "NewsArticle", "headline": TITLE, "articleBody": "\n\n".join(TEXT)}),
)


@pytest.mark.parametrize(("kind", "state"), STATES)
def test_a_short_text_that_only_a_script_holds_is_read(kind: str, state: object) -> None:
    script = f'<script type="{kind}">{json.dumps(state)}</script>'
    page = f'<html lang="en"><head><title>{TITLE}</title></head><body><div id="app"></div>{script}</body></html>'
    article = article_in(page, URL)
    assert article.text.split("\n\n") == list(TEXT)


def test_signs_that_a_script_spells_out_are_read_as_signs() -> None:
    spelled = [{"text": part.replace("that", "&#8220;that&#8221; &amp;")} for part in TEXT]
    page = f"<html><head><title>{TITLE}</title></head><body><div id=app></div>"
    page += f'<script type="application/json">{json.dumps({"post": spelled})}</script></body></html>'
    assert article_in(page, URL).text == "\n\n".join(TEXT).replace("that", "“that” &")


def test_a_short_text_without_spaces_that_only_a_script_holds_is_read() -> None:
    text = "北岸沙丘上空的风筝节在停办三年之后于星期日重新举行，六十多只风筝同时升空，年纪最小的参加者只有四岁。" * 3
    state = f'<script>window.state={{"post":{{"title":"北岸风筝节重新举行","body":"<p>{text}</p>"}}}}</script>'
    page = f"<title>北岸风筝节重新举行</title><body><h1>北岸风筝节重新举行</h1><div id=app></div>{state}</body>"
    article = article_in(page, URL)
    assert article.text == text


def test_a_text_from_which_only_tags_were_taken_does_not_replace_the_one_that_is_shown() -> None:
    code = "!function(d,s){var e=d.createElement(s);e.src='//frames.example/view.js';d.body.appendChild(e)}(document);"
    taken = f"{TEXT[0]} {code * 6} {TEXT[1]} {TEXT[2]}"
    box = f"<div><script>{code}</script></div>"
    shown = f"<article><h1>{TITLE}</h1><p>{TEXT[0]}</p>{box}<p>{TEXT[1]}</p><p>{TEXT[2]}</p></article>"
    state = f"<script>var page = {json.dumps({'description': taken})};</script>"
    article = article_in(f"<html lang=en><title>{TITLE}</title><body>{shown}{state}", URL)
    assert article.text.split("\n\n") == list(TEXT)
