"""Whether what was read is an article, or the words of a front page around its headlines."""

import re
from collections.abc import Collection, Iterator, Sequence
from urllib.parse import parse_qsl, unquote, urlsplit

from lxml.etree import _Element as Element

from newsreader.extraction.article.clues import read_clues
from newsreader.extraction.article.embedded import embedded_articles
from newsreader.extraction.article.pruning import length_without
from newsreader.extraction.document import Document, whole_text
from newsreader.models import Article, HeadlineList

_ARTICLE_TYPE = re.compile(
    r"\A(?:\w*Article|BlogPosting|LiveBlogPosting|Report|Review|Recipe|TechArticle|FAQPage|QAPage)$"
)
_SLUG = re.compile(r"\d{3}|(?:[^-_\n]{1,24}[-_]){2}|.{25}|\.(?!html?$|php$|aspx?$)")
_NUMBERED = re.compile(r"\d{3}")
_MANY = 8
_VERY_MANY, _WEIGHT_ON_HOME = 40, 3  # beside so many headlines a few paragraphs are teasers
_LEAST = 250
# Beside the characters of a text there are spaces between its pieces, and blank lines between its blocks.
_ROOM_FOR_SPACES, _ROOM_FOR_BLANKS = 1.5, 250
_PUBLISHED = ("article:published_time", "datepublished", "article:published", "og:published_time")
_SHORTEST_RANDOM, _LEAST_CAPITALS = 7, 2


def is_front_page(document: Document, lists: Sequence[HeadlineList], length: int, title: str) -> bool:
    """Return whether the page is there for its headlines, and has no article of its own.

    Args:
        document: The page.
        lists: Its headline lists.
        length: Characters of what was taken for its article.
        title: Of that; empty if the page has none but the site's name.
    """
    headlines = [headline for found in lists for headline in found.headlines]
    if len(headlines) < 3 or _names_an_article(document) or _has_slug(document.address) or _says_article(document):
        return False
    if length < _LEAST or (_is_home(document.address) and not title):
        return True
    listed = sum(len(headline.title) + len(headline.summary or "") for headline in headlines)
    weight = _WEIGHT_ON_HOME if len(headlines) >= _VERY_MANY and _is_home(document.address) else 1
    return len(headlines) >= _MANY and weight * listed > length


def is_front_page_at_once(
    document: Document, lists: Sequence[HeadlineList], cut: Collection[Element], title: str
) -> bool:
    """Return whether `is_front_page` is true of the longest article that the page can have: it need not be looked for.

    Args:
        document: The page.
        lists: Its headline lists.
        cut: Elements that hold nothing but headlines.
        title: As of `is_front_page`.
    """
    return all(is_front_page(document, lists, length, title) for length in _longest(document, cut))


def _longest(document: Document, cut: Collection[Element]) -> Iterator[int]:
    """Yield how many characters articles have at most, the easiest to know first: none, the page's, in scripts."""
    yield 0
    lines_as_they_are = sum(len(whole_text(element)) for element in document.elements("pre"))
    yield int(_ROOM_FOR_SPACES * length_without(document, cut)) + _ROOM_FOR_BLANKS + lines_as_they_are
    for page in embedded_articles(document, read_clues(document)):
        yield int(_ROOM_FOR_SPACES * page.text_length[page.body]) + _ROOM_FOR_BLANKS


def _is_home(url: str) -> bool:
    """Return whether the address is that of a site as a whole."""
    return not urlsplit(url).path.strip("/")


def is_too_little(document: Document, article: Article) -> bool:
    """Return whether it is only a few words, and no heading, author, date or type calls them an article."""
    if len(article.text) + len(article.lead or "") >= _LEAST or article.authors or article.published:
        return False
    if "article" in document.meta.get("og:type", ()) or _names_an_article(document):
        return False
    return not any(document.text_length.get(heading) for heading in document.body.iter("h1", "h2"))


def _names_an_article(document: Document) -> bool:
    for item in document.json_ld:
        kinds = item.get("@type")
        for kind in kinds if isinstance(kinds, list) else [kinds]:
            if isinstance(kind, str) and _ARTICLE_TYPE.match(kind) and isinstance(item.get("headline"), str):
                return True
    return False


def _says_article(document: Document) -> bool:
    """Return whether a page below the site's home calls itself an article, and says when it was published."""
    if _is_home(document.address) or "article" not in document.meta.get("og:type", ()):
        return False
    is_dated = any(document.meta.get(name) for name in _PUBLISHED)
    return is_dated and any(document.text_length.get(heading) for heading in document.body.iter("h1"))


def _is_random(segment: str) -> bool:
    """Return whether a part of an address is random, as in a short link: capitals, small letters and digits."""
    capitals = sum(letter.isupper() for letter in segment[1:])
    return (
        segment.isascii()
        and segment.isalnum()
        and len(segment) >= _SHORTEST_RANDOM
        and capitals >= _LEAST_CAPITALS
        and any(letter.islower() for letter in segment)
        and any(letter.isdigit() for letter in segment)
    )


def _has_slug(url: str) -> bool:
    """Return whether the address names one story, by a number, a title, a date or its depth, and not a section."""
    parts = urlsplit(url)
    segments = [unquote(segment) for segment in parts.path.split("/") if segment]
    has_number = any(_NUMBERED.search(value[:200]) for _, value in parse_qsl(parts.query))
    if parts.query and (segments or has_number) and "=" in parts.query:
        return True
    return len(segments) >= 4 or any(_SLUG.search(part[:200]) or _is_random(part) for part in segments)
