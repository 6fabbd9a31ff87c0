"""The lists of a page of a small paper, which tests of lists fill with rows of their own."""

from datetime import UTC, datetime

from newsreader.extraction.page import parse_page
from newsreader.models import Headline, HeadlineList

FETCHED = datetime(2027, 5, 6, 12, 0, tzinfo=UTC)
TITLES = (
    "The weir is mended before the flood comes",
    "Two storks nest on the roof of the school",
    "Bread becomes dearer for the third year",
    "A choir sings in the square until morning",
)
MENU = "<nav><a href='/'>The Lamp</a> <a href='/town/'>Town</a> <a href='/land/'>Land</a></nav>"


def lists(main: str, language: str = "en", address: str = "https://lamp.example/") -> tuple[HeadlineList, ...]:
    """Return the lists that are found in this markup, below a menu."""
    page = f"<html lang={language}><head><title>The Lamp</title></head><body>{MENU}<main>{main}</main></body></html>"
    return parse_page(page.encode(), address, "text/html; charset=utf-8", FETCHED).headline_lists


def headlines(main: str, language: str = "en") -> tuple[Headline, ...]:
    """Return the headlines of the one list in this markup."""
    (found,) = lists(main, language)
    return found.headlines


def lists_of_page(body: str, language: str = "en") -> tuple[HeadlineList, ...]:
    """Return the lists of the first page of a paper that has this body."""
    page = f"<html lang={language}><head><title>The Lamp</title></head>{body}</html>"
    return parse_page(page.encode(), "https://lamp.example/", "text/html; charset=utf-8", FETCHED).headline_lists
