"""Articles as one HTML file that needs nothing else."""

import re
from base64 import b64decode
from hashlib import sha256
from html.parser import HTMLParser

from hypothesis import given, settings

from newsreader.exporting.edition import Edition
from newsreader.exporting.html import to_whole_html
from tests.exporting.editions import (
    ALL,
    ARABIC,
    ENGLISH,
    GIF,
    HOSTILE,
    MADE,
    MISSING,
    STRANGE,
    UKRAINIAN,
    WEBP,
    edition,
    png,
)
from tests.exporting.test_epub import ARTICLES


class Seen(HTMLParser):
    """What a parser of HTML finds."""

    def __init__(self, document: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(document)

    def attributes(self, tag: str, name: str) -> list[str | None]:
        return [attributes.get(name) for each, attributes in self.elements if each == tag]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))


def test_pictures_are_in_the_document_and_those_that_are_not_at_hand_are_links() -> None:
    seen = Seen(to_whole_html(edition(ENGLISH)))
    sources = [str(source) for source in seen.attributes("img", "src")]
    assert [source.partition(";")[0] for source in sources] == ["data:image/png", "data:image/gif", "data:image/webp"]
    assert [b64decode(source.partition(",")[2]) for source in sources] == [png(), GIF, WEBP]
    assert MISSING in seen.attributes("a", "href")


def test_the_document_fetches_nothing_and_runs_nothing() -> None:
    document = to_whole_html(edition(*ALL))
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', document)
    style = re.search(r"<style>(.*?)</style>", document, re.DOTALL)
    assert policy
    assert style
    hashed = sha256(style[1].encode()).digest()
    allowed = re.fullmatch(r"default-src 'none'; img-src data:; style-src 'sha256-([^']+)'", policy[1])
    assert allowed
    assert b64decode(allowed[1]) == hashed
    assert "prefers-color-scheme: dark" in style[1]
    assert "@media print" in style[1]
    for tag, attributes in Seen(document).elements:
        assert tag not in ("script", "iframe", "object", "embed", "link", "base", "form")
        assert set(attributes) <= {
            "lang", "dir", "charset", "name", "content", "http-equiv", "class", "id", "href", "src", "alt", "datetime",
            "start",
        }  # fmt: skip
        assert str(attributes.get("src", "data:")).startswith("data:")
        assert str(attributes.get("href", "#")).startswith(("#", "http://", "https://"))


def test_the_document_of_one_article_is_in_its_language() -> None:
    assert '<html lang="ar" dir="rtl">' in to_whole_html(edition(ARABIC))
    assert '<html lang="uk">' in to_whole_html(edition(UKRAINIAN))


def test_several_articles_are_behind_a_list_of_them_each_in_its_language() -> None:
    document = to_whole_html(edition(UKRAINIAN, ARABIC, title="Газета", language="uk"))
    seen = Seen(document)
    assert '<html lang="uk">' in document
    assert seen.attributes("article", "id") == ["article-1", "article-2"]
    assert seen.attributes("article", "lang") == ["uk", "ar"]
    assert seen.attributes("article", "dir") == ["ltr", "rtl"]
    assert [href for href in seen.attributes("a", "href") if href and href[0] == "#"] == ["#article-1", "#article-2"]
    assert "<h1>Газета</h1>" in document


def test_hostile_words_stay_words() -> None:
    document = to_whole_html(edition(STRANGE, title=HOSTILE))
    assert "<script" not in document
    assert not set(document) & set("\x00\x1b\x0c\u202e\ufffe")


@settings(max_examples=40)
@given(ARTICLES)
def test_whatever_an_article_holds_its_elements_are_closed(article: object) -> None:
    document = to_whole_html(Edition("x", (article,), MADE))  # type: ignore[arg-type]
    for tag in ("article", "header", "p", "h1", "h2", "pre", "figure", "figcaption", "a"):
        assert len(re.findall(f"<{tag}[ >]", document)) == document.count(f"</{tag}>")
