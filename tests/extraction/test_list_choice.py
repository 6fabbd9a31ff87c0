"""The blocks of a page that a reader may take for its list, and the list that a rule finds on other pages."""

import json
from dataclasses import replace

import pytest

from newsreader.extraction.page import candidates, parse_page
from newsreader.jsonform import candidate_from_json, candidate_to_json, page_from_json, page_to_json
from newsreader.site_rules import Candidate, RuleStep, SiteRule

URL = "https://tide.example/notices"
OTHER = "https://tide.example/notices/older"


def page(subject: str) -> bytes:
    rows = "".join(
        f"<p><a href='/n/{subject}-{n}'>Notice {subject} {n}</a><time datetime='2026-11-{n:02}'>{n} Nov 2026</time></p>"
        for n in range(1, 7)
    )
    menu = "".join(f"<li><a href='/{name}'>The {name}</a></li>" for name in ("sea", "town", "port", "weather"))
    return (
        f"<html lang=en><title>Notices</title><body><ul class=menu>{menu}</ul><main><h2>Latest notices</h2>"
        f"<div class=notices>{rows}</div></main></body></html>"
    ).encode()


def chosen() -> Candidate:
    return next(c for c in candidates(page("eel"), URL, purpose="list") if c.beginning.startswith("Notice eel 1"))


def test_blocks_of_links_are_offered_with_their_first_words_and_how_many_they_are() -> None:
    found = candidates(page("eel"), URL, purpose="list")
    assert [(c.beginning, c.link_count) for c in found] == [("Notice eel 1", 6), ("The sea", 4)]
    assert {c.rule.purpose for c in found} == {"list"}


def test_a_block_with_about_all_links_of_the_one_around_it_is_offered_once() -> None:
    rows, others = (
        "".join(f"<p><a href='/n/{n}'>Notice of the harbour {n}</a></p>" for n in numbers)
        for numbers in (range(40), range(40, 43))
    )
    body = f"<html lang=en><main><div>{rows}</div>{others}</main></html>"
    assert [found.link_count for found in candidates(body.encode(), URL, purpose="list")] == [40]


def test_a_rule_puts_its_list_first_on_other_pages_too() -> None:
    for url, subject in ((URL, "eel"), (OTHER, "cod")):
        read = parse_page(page(subject), url, list_rule=chosen().rule)
        first = read.headline_lists[0]
        assert [headline.title for headline in first.headlines] == [f"Notice {subject} {n}" for n in range(1, 7)]
        assert first.label == "Latest notices"
        assert first.headlines[0].time_text
        assert read.problem is None


def test_as_much_is_said_of_the_headlines_of_a_chosen_list_as_of_a_list_that_was_found() -> None:
    cards = "".join(
        f"<li><span class=kicker>Harbour</span><h3><a href=/2026/11/3{n}-ferry.html>The ferry no. {n} waits at the "
        f"quay until the fog\u00a0lifts</a></h3><a class=comments href=/2026/11/3{n}-ferry.html#comments>{n + 3} "
        "comments</a></li>"
        for n in range(8)
    )
    body = f"<html lang=en><main><section><h2>Latest news</h2><ul>{cards}</ul></section></main></html>".encode()
    (block, *_) = candidates(body, URL, purpose="list")
    found, picked = (parse_page(body, URL, list_rule=rule).headline_lists[0] for rule in (None, block.rule))
    assert found.headlines[0].kicker == "Harbour"
    assert found.headlines[0].comments is not None
    assert picked.headlines == found.headlines


def test_a_page_without_the_list_is_read_as_if_there_were_no_rule() -> None:
    rule = replace(chosen().rule, steps=(RuleStep("div", (".elsewhere",), 1),))
    assert parse_page(page("cod"), OTHER, list_rule=rule) == parse_page(page("cod"), OTHER)


def test_what_a_rule_is_for_survives_as_json() -> None:
    assert candidate_from_json(json.loads(json.dumps(candidate_to_json(chosen())))) == chosen()


@pytest.mark.parametrize(
    "inner",
    [
        "<div class=box>" * 20_000 + "<a href=/a/1>one way out</a><a href=/a/2>and another</a><a href=/a/3>a third</a>",
        "".join(f"<div class=box><a href=/a/{n}>Notice of the {n}</a></div>" for n in range(4_000)),
        "".join(f"<div class=box><a href=/a/{n}>Notice of {n}</a>" for n in range(2_000)),
    ],
    ids=["deep", "wide", "nested"],
)
def test_a_strange_page_does_not_block_the_program(inner: str) -> None:
    body = f"<html><body><main>{inner}</main></body></html>".encode()
    rule = SiteRule("tide.example", (RuleStep("main", (), 1),), URL, "list")
    assert len(candidates(body, URL, purpose="list")) <= 12
    assert parse_page(body, OTHER, list_rule=rule).url == OTHER


def test_a_page_without_an_article_shows_its_links_and_its_blocks_of_them() -> None:
    menu = "".join(f"<a href='/{name}'>{name}</a> " for name in ("sea", "town", "port"))
    rows = "".join(f"<p><a href='/b/{n}'>Berth {n}</a></p>" for n in range(5))
    body = f"<html lang=en><title>Docks</title><body><div>{menu}</div><div>{rows}</div></body></html>".encode()
    read = parse_page(body, URL)
    assert (read.article, read.headline_lists) == (None, ())
    assert (read.links, read.link_blocks) == (8, 1)
    assert page_from_json(page_to_json(read)) == read


def test_a_menu_over_the_chosen_block_is_not_its_label() -> None:
    menu = "".join(f"<a href='/{name}'>{name}</a> " for name in ("Sea", "Town", "Port"))
    rows = "".join(f"<p><a href='/b/{n}'>Berth number {n}</a></p>" for n in range(5))
    body = f"<html lang=en><title>Docks</title><body><div>{menu}</div><div>{rows}</div></body></html>".encode()
    block = candidates(body, URL, purpose="list")[0]
    assert parse_page(body, URL, list_rule=block.rule).headline_lists[0].label is None
