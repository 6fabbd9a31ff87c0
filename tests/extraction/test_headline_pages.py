"""Headline lists in the markups of the wild, on pages of our own words: exact as written, nearly so when spoiled."""

import pytest

from newsreader.models import HeadlineList
from tests.extraction.headline_corpus import SPOILED, OwnPage, found_on, own_pages, score

PAGES = own_pages()
FLOORS = {
    "as written": 1.0,
    "no class names": 0.98,
    "headings as boxes": 0.98,
    "only boxes": 0.97,
    "in one menu": 0.98,
    "in a table": 0.98,
}


def test_the_pages_are_many_and_of_many_kinds() -> None:
    assert len(PAGES) >= 40
    assert sum(page.is_front for page in PAGES) >= 10
    assert len({page.language for page in PAGES}) >= 8
    assert sum(not page.lists for page in PAGES) >= 3


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_lists_of_a_page_are_found_as_a_reader_sees_them(page: OwnPage) -> None:
    found = found_on(page).lists
    message = [
        {
            "label": one.label,
            "kind": str(one.kind),
            "more_url": one.more_url,
            "headlines": [
                {key: getattr(headline, key) for key in wanted}
                for headline, wanted in zip(one.headlines, expected["headlines"], strict=False)
            ],
        }
        for one, expected in zip(sorted_as(found, page), page.lists, strict=False)
    ]
    assert message == page.lists
    assert [len(one.headlines) for one in sorted_as(found, page)] == [len(e["headlines"]) for e in page.lists]


def sorted_as(found: tuple[HeadlineList, ...], page: OwnPage) -> list[HeadlineList]:
    """Return the lists in the order of the page, not in that of a reader's interest."""
    place = {headline["url"]: n for n, expected in enumerate(page.lists) for headline in expected["headlines"]}
    return sorted(found, key=lambda one: place.get(one.headlines[0].url, 99))


@pytest.mark.parametrize("how", SPOILED)
def test_spoiled_markup_costs_little(how: str) -> None:
    found = {
        page.name: {headline.url for one in found_on(page, SPOILED[how]).lists for headline in one.headlines}
        for page in PAGES
    }
    result = score(found, PAGES)
    assert result.f1 >= FLOORS[how], result
    assert result.clean == result.empty, result
