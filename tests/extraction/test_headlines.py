"""Headline lists of pages of our own words."""

from newsreader.extraction.document import parse_document
from newsreader.extraction.headlines import Found, find_headline_lists

URL = "https://paper.example/town/2024/harbour-bridge-closed-until-spring.html"
TITLES = (
    "Council votes to keep the night ferry running",
    "Storm warning lifted along the northern coast",
    "School kitchens return to local farms next term",
    "Museum opens its first hall for printed maps",
)


def found_in(body: str, url: str = URL) -> Found:
    return find_headline_lists(parse_document(f"<html><body>{body}</body></html>", url), None, "en")


def test_a_labelled_list_is_found_with_its_titles_and_addresses() -> None:
    items = "".join(
        f'<li><a href="/town/2024/story-number-{n}-of-the-day.html">{t}</a></li>' for n, t in enumerate(TITLES)
    )
    (found,) = found_in(
        f"<h1>Harbour bridge closed</h1><p>{'Words of the article. ' * 40}</p><h3>Latest news</h3><ul>{items}</ul>"
    ).lists
    assert found.label == "Latest news"
    assert found.kind == "latest"
    assert tuple(headline.title for headline in found.headlines) == TITLES
    assert found.headlines[0].url == "https://paper.example/town/2024/story-number-0-of-the-day.html"


def test_a_page_without_links_has_no_lists() -> None:
    assert found_in("<p>Nothing here.</p>") == Found()
