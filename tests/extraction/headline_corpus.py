"""The pages of `headline_pages`, their expected lists, and ways to spoil their markup."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from newsreader.extraction.document import parse_document
from newsreader.extraction.headlines.lists import FoundLists, find_headline_lists

FOLDER = Path(__file__).parent / "headline_pages"
FETCHED = datetime(2024, 9, 2, 18, 30, tzinfo=UTC)


@dataclass(frozen=True)
class OwnPage:
    """A page and what it holds; `lists` as in `expected.json`."""

    name: str
    html: str
    url: str
    language: str
    is_front: bool
    lists: list[dict[str, Any]]

    @property
    def addresses(self) -> set[str]:
        """The addresses of all its stories."""
        return {headline["url"] for expected in self.lists for headline in expected["headlines"]}


def own_pages() -> list[OwnPage]:
    """Return all pages, by name."""
    expected = json.loads((FOLDER / "expected.json").read_text("utf-8"))
    return [
        OwnPage(name, (FOLDER / f"{name}.html").read_text("utf-8"), p["url"], p["language"], p["front"], p["lists"])
        for name, p in expected.items()
    ]


def found_on(page: OwnPage, spoil: Callable[[str], str] = str) -> FoundLists:
    """Return what is found on a page, spoiled in some way."""
    return find_headline_lists(parse_document(spoil(page.html), page.url), FETCHED, page.language)


def without_names(html: str) -> str:
    """Return a page without class names, ids and roles."""
    return re.sub(r"""\s(?:class|id|role|rel)=(?:"[^"]*"|'[^']*'|[^\s>]+)""", "", html)


def without_headings(html: str) -> str:
    """Return a page whose headings are nothing but boxes."""
    return re.sub(r"<(/?)h[1-6](?=[\s>])", r"<\1div", html)


def all_boxes(html: str) -> str:
    """Return a page without names, headings and any element that says what it is for."""
    tags = "article|section|aside|header|footer|main|nav|time|li|ul|ol|dl|dt|dd"
    return re.sub(rf"<(/?)(?:{tags})(?=[\s>])", r"<\1div", without_headings(without_names(html)))


def in_one_menu(html: str) -> str:
    """Return a page that a `<nav>` wraps."""
    html = re.sub(r"(<body[^>]*>)", r'\1<nav class="menu">', html, count=1)
    return html.replace("</body>", "</nav></body>")


def in_one_table(html: str) -> str:
    """Return a page laid out in the cell of a table in a table."""
    html = re.sub(r"(<body[^>]*>)", r"\1<table><tr><td><table><tr><td>", html, count=1)
    return html.replace("</body>", "</td></tr></table></td></tr></table></body>")


SPOILED: dict[str, Callable[[str], str]] = {
    "as written": str,
    "no class names": without_names,
    "headings as boxes": without_headings,
    "only boxes": all_boxes,
    "in one menu": in_one_menu,
    "in a table": in_one_table,
}


@dataclass(frozen=True)
class Score:
    """Means over the pages that have lists, and how many of those without are left empty."""

    precision: float
    recall: float
    f1: float
    clean: int
    empty: int


def score(found: dict[str, set[str]], pages: list[OwnPage]) -> Score:
    """Return how well the addresses found on every page, by its name, match the expected ones."""
    rows = []
    empty = [page for page in pages if not page.addresses]
    for page in pages:
        if page.addresses:
            hits = len(page.addresses & found[page.name])
            precision = hits / len(found[page.name]) if found[page.name] else 0.0
            recall = hits / len(page.addresses)
            rows.append((precision, recall, 2 * precision * recall / (precision + recall) if hits else 0.0))
    precision, recall, f1 = (sum(column) / len(rows) for column in zip(*rows, strict=True))
    return Score(precision, recall, f1, sum(not found[page.name] for page in empty), len(empty))
