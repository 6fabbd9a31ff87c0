"""Pages that are not news are read at least as well as by plain readability: `off_news_pages`, all of our own words."""

from functools import cache
from pathlib import Path
from statistics import mean

import pytest
from benchmarks.measure import harmonic, moved, newsreader, overlap, pages, readability_lxml, scrambled

from newsreader.extraction.page import parse_page

PAGES = {name: (body, url, right) for name, body, url, right in pages(Path(__file__).parent / "off_news_pages")}


@cache
def ours(name: str) -> float:
    body, url, right = PAGES[name]
    return harmonic(*overlap(right, newsreader(body, url)))


@pytest.mark.parametrize("name", PAGES)
def test_a_page_that_is_not_news_is_read_no_worse_than_by_plain_readability(name: str) -> None:
    body, url, right = PAGES[name]
    assert ours(name) >= harmonic(*overlap(right, readability_lxml()(body, url)))
    assert ours(name) > 0.95


def test_pages_that_are_not_news_are_read_nearly_whole_and_without_what_is_around_them() -> None:
    assert mean(map(ours, PAGES)) > 0.99


@pytest.mark.parametrize("name", PAGES)
def test_a_page_that_is_not_news_is_not_taken_for_a_wall_or_an_error(name: str) -> None:
    body, url, _ = PAGES[name]
    assert parse_page(body, url).problem is None


def test_pages_with_meaningless_class_names_lose_little() -> None:
    scores = [harmonic(*overlap(right, newsreader(scrambled(body), url))) for body, url, right in PAGES.values()]
    assert mean(scores) > 0.95


@pytest.mark.parametrize("name", PAGES)
def test_a_page_on_a_host_of_another_name_is_read_to_the_letter_as_before(name: str) -> None:
    body, url, _ = PAGES[name]
    assert newsreader(*moved(body, url)) == newsreader(body, url)


def test_the_headings_of_documentation_lose_the_sign_that_links_to_them() -> None:
    assert "¶" not in newsreader(*PAGES["documentation"][:2])


def test_headings_that_link_to_themselves_are_kept() -> None:
    assert "\n\nFIELDS\n\n" in newsreader(*PAGES["manual"][:2])
