"""Headings that a page names as such by a role are headings of its text."""

import pytest

from newsreader.models import Heading, plain
from tests.extraction.reading import article_in

URL = "https://kiln.example/2026/07/11/brickworks.html"
TITLE = "The brickworks fires its last kiln, and then another one"
TEXT = (
    "On Thursday the foreman put out the fire with a speech, a bucket and a small tear, as the owners had wished for "
    "the photograph in the calendar.",
    "On Friday an order came for forty thousand bricks, from a monastery that has been repairing one and the same wall "
    "since before there were photographs.",
    "So the fire was lit again, by the same foreman, without a speech, and it will burn until Advent at least, he "
    "says, or until the wall is done.",
)


def headings_with(heading: str) -> list[tuple[int, str]]:
    html = (
        f'<!doctype html><html lang="en"><head><title>{TITLE}</title></head><body><main><article><h1>{TITLE}</h1>'
        f"<p>{TEXT[0]}</p>{heading}<p>{TEXT[1]}</p><p>{TEXT[2]}</p></article></main></body></html>"
    )
    article = article_in(html, URL)
    assert all(text in article.text for text in TEXT)
    return [(block.level, plain(block.spans)) for block in article.blocks if isinstance(block, Heading)]


@pytest.mark.parametrize("tag", ["div", "p"])
@pytest.mark.parametrize(("level", "shown"), [("3", 3), ("2", 2), ("", 2), ("many", 2), ("9", 6)])
def test_a_box_with_the_role_of_a_heading_is_one(tag: str, level: str, shown: int) -> None:
    heading = f'<{tag} role="heading" aria-level="{level}" class="x">An order from the <i>monastery</i></{tag}>'
    assert headings_with(heading) == [(shown, "An order from the monastery")]


@pytest.mark.parametrize(
    "box",
    [
        f'<div role="heading"><p>{TEXT[1]}</p></div>',
        f'<div role="heading" aria-level="2">{TEXT[1]} {TEXT[1]}</div>',
        '<div role="heading"></div>',
    ],
    ids=["with a paragraph", "long", "empty"],
)
def test_a_box_with_that_role_and_more_than_a_few_words_is_no_heading(box: str) -> None:
    assert headings_with(box) == []


def test_a_heading_in_a_heading_is_shown_once() -> None:
    assert headings_with('<h2><div role="heading" aria-level="4">An order</div></h2>') == [(2, "An order")]
