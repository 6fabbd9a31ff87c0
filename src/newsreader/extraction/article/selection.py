"""The best reading of a page: of its own markup first, then of what its scripts carry."""

from collections.abc import Collection
from dataclasses import dataclass

from lxml.etree import _Element as Element

from newsreader.extraction.article.clues import Clues, read_clues
from newsreader.extraction.article.embedded import embedded_articles, speaks_of
from newsreader.extraction.article.reading import ArticleReading, find_article
from newsreader.extraction.document import Document
from newsreader.extraction.fragments import comparison_key

# With this many characters the page's own markup is believed to hold the article.
_SURE = 1200
# Fewer are no article.
_LEAST = 250


@dataclass(frozen=True, slots=True)
class ReadingCandidate:
    """A reading, its document, which differs from the page's where a script carries the article, and its clues."""

    document: Document
    clues: Clues
    reading: ArticleReading


def choose_reading(
    document: Document, cut: Collection[Element] = frozenset(), without: Collection[str] = frozenset()
) -> ReadingCandidate:
    """Return the best reading of the page.

    Args:
        document: The page.
        cut: Elements known not to belong to the article, such as headline lists.
        without: Steps to leave out, to measure what each contributes.
    """
    clues = read_clues(document)
    best = ReadingCandidate(document, clues, find_article(document, clues, cut, without))
    if "scripts" in without or _is_sure(document, best.reading, clues):
        return best
    for page in embedded_articles(document, clues):
        inner = read_clues(page)
        other = ReadingCandidate(page, inner, find_article(page, inner, without=without))
        if _is_better(document, other.reading, best.reading):
            best = other
    return best


def _is_sure(document: Document, reading: ArticleReading, clues: Clues) -> bool:
    """Return whether the page's own markup gave enough, and about the page's own subject."""
    length = reading.length
    if len(clues.body) > 300:
        return length > 0.7 * len(clues.body)
    return length >= _SURE and speaks_of(document, reading.text)


def _is_better(document: Document, other: ArticleReading, best: ArticleReading) -> bool:
    """Return whether a script's article should replace the one from the markup, which has far less or other text."""
    if best.length < _LEAST or not speaks_of(document, best.text):
        return other.length > best.length or other.length >= _SURE
    if other.length <= 1.6 * best.length:
        return False
    words = comparison_key(other.text)
    shared = sum(s.length for s in best.fragments if s.kept and comparison_key(s.text)[:50] in words)
    return shared > 0.3 * best.length or other.length > 4 * best.length
