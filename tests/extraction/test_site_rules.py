"""The blocks of a page that a reader may choose from, and the rule that finds the chosen one on other pages."""

import json
from dataclasses import replace

import pytest

from newsreader.extraction.document import parse_document
from newsreader.extraction.page import candidates, parse_page
from newsreader.extraction.site_rules import rule_for
from newsreader.jsonform import candidate_from_json, candidate_to_json, site_rule_from_json, site_rule_to_json
from newsreader.models import Page
from newsreader.site_rules import Candidate, RuleStep, SiteRule

URL = "https://tide.example/2026/11/5197-dredging.html"
OTHER = "https://tide.example/2026/11/5201-ferry.html"


def paragraphs(subject: str, count: int = 4) -> str:
    return "".join(
        f"<p>The {subject} was seen from the quay on day {n}, and whoever had come to look at it stayed for an hour, "
        f"for the weather was mild and the baker had brought his bread.</p>"
        for n in range(1, count + 1)
    )


def page(subject: str, number: int, *, wrapped: bool = False) -> bytes:
    notes = f'<div class="tide-notes grid-{number}" id="notes-{number}">{paragraphs(f"note of the {subject}", 3)}</div>'
    notes = f"<section class=below>{notes}</section>"
    if wrapped:
        notes = f"<div class=outer>{notes}</div>"
    links = "".join(f'<li><a href="/2026/11/{n}-story.html">A story of the sea, {n}</a></li>' for n in range(9))
    return f"""<!doctype html><html lang=en><head><title>The {subject} - The Tide</title></head><body>
        <nav><ul>{links}</ul></nav><main><article class="story"><h1>The {subject}</h1>
        <div class="text">{paragraphs(subject, 6)}</div></article>{notes}</main>
        <footer>The Tide, Quay 1.</footer></body></html>""".encode()


def chosen(words: str) -> Candidate:
    return next(c for c in candidates(page("dredger", 1), URL) if c.beginning.startswith(words))


def text_of(page: Page) -> str:
    assert page.article is not None
    return page.article.text


def test_the_other_blocks_are_offered_with_first_words_and_sizes_each_once() -> None:
    found = candidates(page("dredger", 1), URL)
    beginnings = [candidate.beginning for candidate in found]
    assert len(found) == len({candidate.rule.selector for candidate in found}) <= 12
    assert any(words.startswith("The note of the dredger was seen") for words in beginnings)
    assert not any("A story of the sea" in words for words in beginnings), "a list of links is no article"
    assert all(candidate.word_count > 30 for candidate in found)
    assert chosen("The note").rule.selector == "main > section.below > div.tide-notes"


def test_what_is_shown_as_the_article_already_is_not_offered_again() -> None:
    shown = text_of(parse_page(page("dredger", 1), URL))
    words = len(shown.split())
    offered = [candidate for candidate in candidates(page("dredger", 1), URL) if candidate.word_count == words]
    assert not offered


@pytest.mark.parametrize("wrapped", [False, True])
def test_a_rule_finds_its_block_on_other_pages_of_the_site(wrapped: bool) -> None:
    rule = chosen("The note").rule
    read = parse_page(page("ferry", 27, wrapped=wrapped), OTHER, rule=rule)
    assert read.by_rule
    assert text_of(read).startswith("The note of the ferry was seen from the quay on day 1")
    assert text_of(read).count("\n\n") == 2
    assert read.article is not None
    assert read.article.title == "The ferry"


def test_blocks_of_the_same_names_are_distinguished_by_their_places() -> None:
    boxes = "".join(
        f"<div class=row><div class=box>{paragraphs(name, 3)}</div></div>" for name in ("eel", "crab", "cod")
    )
    body = f"<html><body><main>{boxes}</main></body></html>".encode()
    found = {candidate.beginning.split()[1]: candidate.rule for candidate in candidates(body, URL)}
    for name in ("crab", "cod"):
        assert text_of(parse_page(body, URL, rule=found[name])).startswith(f"The {name} was seen")


def test_a_page_without_the_block_is_read_as_if_there_were_no_rule() -> None:
    rule = replace(chosen("The note").rule, steps=(RuleStep("div", (".elsewhere",), 1),))
    read = parse_page(page("ferry", 27), OTHER, rule=rule)
    assert read == parse_page(page("ferry", 27), OTHER)
    assert not read.by_rule


def test_a_rule_that_leads_to_a_list_of_links_is_not_followed() -> None:
    rule = SiteRule("tide.example", (RuleStep("nav", (), 1),), URL)
    assert not parse_page(page("ferry", 27), OTHER, rule=rule).by_rule


@pytest.mark.parametrize("odd", ["\x00", "\x01", "\x0b", "\x0c", "\x1f", "\x7f", "\ufffe", "\uffff", "\ud800"])
def test_an_element_is_offered_and_found_whatever_characters_are_in_its_name(odd: str) -> None:
    text = "<p>The ferry waits at the quay until the fog lifts, and nobody on board minds it much.</p>" * 3
    page = f"<main><pa{odd}rt id=a>{text}</pa{odd}rt><pa{odd}rt id=b>{text}</pa{odd}rt></main>"
    document = parse_document(page, URL)
    for element in document.body.iterdescendants():
        assert rule_for(document, element).steps[-1].tag == element.tag
    assert parse_page(page.encode("utf-8", "replace"), URL).article is not None


def test_an_empty_rule_matches_nothing() -> None:
    assert not parse_page(page("ferry", 27), OTHER, rule=SiteRule("tide.example", (), URL)).by_rule


def test_the_title_is_not_read_twice() -> None:
    rule = SiteRule("tide.example", (RuleStep("article", (".story",), 1),), URL)
    read = parse_page(page("ferry", 27), OTHER, rule=rule)
    assert text_of(read).startswith("The ferry was seen from the quay on day 1")


def test_rules_and_candidates_survive_as_json() -> None:
    candidate = chosen("The note")
    assert site_rule_from_json(json.loads(json.dumps(site_rule_to_json(candidate.rule)))) == candidate.rule
    assert candidate_from_json(json.loads(json.dumps(candidate_to_json(candidate)))) == candidate


def test_a_rule_says_nothing_of_a_site_by_its_name() -> None:
    elsewhere = [replace(c, rule=replace(c.rule, host="", page="")) for c in candidates(page("dredger", 1), OTHER)]
    here = [replace(c, rule=replace(c.rule, host="", page="")) for c in candidates(page("dredger", 1), URL)]
    assert elsewhere == here


@pytest.mark.parametrize(
    "inner",
    [
        "<div class=box>" * 20_000 + paragraphs("dredger"),
        "<div class=box><p>The dredger lies idle.</p></div>" * 12_000,
        f"<div class='{'box ' * 100_000}'>{paragraphs('dredger')}</div>",
        "".join(f"<div class=box>{paragraphs('dredger', 2)}</div>" for _ in range(1_000)),
        "<div>" * 100 + "<b>words and words </b>" * 20_000,
    ],
    ids=["deep", "wide", "many names", "many articles", "flat"],
)
def test_a_strange_page_does_not_block_the_program(inner: str) -> None:
    body = f"<html><body><main>{inner}</main></body></html>".encode()
    rule = SiteRule("tide.example", (RuleStep("main", (), 1), RuleStep("div", (".box",), 1)), URL)
    assert len(candidates(body, URL)) <= 12
    assert parse_page(body, OTHER, rule=rule).url == OTHER
