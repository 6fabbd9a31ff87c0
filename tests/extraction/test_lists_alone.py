"""Pages that are hardly anything but one list: their titles say so, whatever their addresses are."""

import pytest

from newsreader.extraction.page import parse_page

URL = "https://quay.example/"
TITLES = [
    "The night ferry leaves from another quay",
    "Bakers ask for a cheaper kind of flour",
    "A bell is cast for the tower",
]


def page(addresses: list[str], titles: list[str] = TITLES, row: str = "<li><a href='{}'>{}</a></li>") -> bytes:
    rows = "".join(row.format(address, title) for address, title in zip(addresses, titles, strict=True))
    return f"<html lang=en><title>Quay</title><body><a href='/'>Quay</a><ul>{rows}</ul></body></html>".encode()


def titles_of(body: bytes) -> list[str]:
    return [headline.title for each in parse_page(body, URL).headline_lists for headline in each.headlines]


@pytest.mark.parametrize(
    "addresses",
    [
        ["/s/1", "/s/2", "/s/3"],
        ["https://flour.example/", "https://bell.example/", "https://ferry.example/"],
        ["https://flour.example/why", "https://bell.example/", "/mine/3"],
    ],
    ids=["numbered from one", "tops of hosts", "of several sites"],
)
@pytest.mark.parametrize(
    "row",
    ["<li><a href='{}'>{}</a></li>", "<div><h3><a href='{}'>{}</a></h3></div>", "<dt><a href='{}'>{}</a></dt>"],
)
def test_a_page_that_is_only_a_list_shows_it(addresses: list[str], row: str) -> None:
    assert titles_of(page(addresses, row=row)) == TITLES


def test_the_ways_out_of_a_page_without_words_are_no_headlines() -> None:
    ways = ["Go back to the front page", "Write to the people who help", "Look for it with a search"]
    assert titles_of(page(["/home", "/contact", "/search"], ways)) == []


def test_the_menu_of_another_site_is_no_list() -> None:
    assert titles_of(page([f"https://shop.example/{n}" for n in "abc"])) == []


def test_a_short_list_beside_other_words_is_not_the_page() -> None:
    words = "<p>The harbour is shut until the ice is gone, and nobody knows when that will be.</p>" * 5
    assert titles_of(page(["/s/1", "/s/2", "/s/3"]).replace(b"</ul>", b"</ul>" + words.encode())) == []
