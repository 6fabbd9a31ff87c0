"""What a page says about its article elsewhere: its title, who wrote it, sometimes its words."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from newsreader.extraction import linked_data
from newsreader.extraction.document import Document, whole_text
from newsreader.extraction.fragments import comparison_key

_TAGS = re.compile(r"<[^<>]*>")
_TITLE_SEPARATOR = re.compile(r" (?:[|\-–—:»·]|::) ")
_MOST_AUTHORS = 20
_MOST_PARTS = 8  # of a title
_TITLE_NAMES = ("og:title", "twitter:title", "dc.title", "headline", "title")
_AUTHOR_NAMES = ("author", "article:author", "parsely-author", "byl", "dc.creator", "sailthru.author")
_SITE_NAMES, _LONGEST_NAME = ("og:site_name", "application-name"), 50
_DESCRIPTION_NAMES = ("description", "og:description", "twitter:description", "dc.description")


@dataclass(frozen=True)
class Clues:
    """Evidence that distinguishes the article from the rest.

    Attributes:
        titles: Everything that may be the article's title, as comparison keys.
        named_titles: Those of them that the page's head or its JSON-LD names.
        headings: Those of them that are its headings of the first rank.
        sites: What the site calls itself, as comparison keys.
        authors: Names of who may have written it, lower-case.
        descriptions: What the page says it is about, as comparison keys.
        body: The article's words as the page's JSON-LD gives them; empty if it gives none.
    """

    titles: frozenset[str]
    named_titles: frozenset[str]
    headings: frozenset[str]
    sites: frozenset[str]
    authors: frozenset[str]
    descriptions: frozenset[str]
    body: str

    @cached_property
    def body_key(self) -> str:
        """The letters of `body`."""
        return comparison_key(self.body)


def read_clues(document: Document) -> Clues:
    """Return what the page's head, its JSON-LD and its headings of the first rank say."""
    descriptions = (comparison_key(text) for name in _DESCRIPTION_NAMES for text in document.meta.get(name, ()))
    named = frozenset(title for title in _named_titles(document) if title)
    headings = frozenset(_headings(document))
    return Clues(
        titles=named | headings,
        named_titles=named,
        headings=headings,
        sites=frozenset(_sites(document)),
        authors=frozenset(islice(_authors(document), _MOST_AUTHORS)),
        descriptions=frozenset(text for text in descriptions if len(text) > 30),
        body=_body(document),
    )


def _named_titles(document: Document) -> Iterator[str]:
    title = " ".join(document.title.split())
    yield comparison_key(title)
    for part in _parts_of(title):
        if len(part) > 15:
            yield comparison_key(part)
    for name in _TITLE_NAMES:
        yield from map(comparison_key, document.meta.get(name, ()))
    for item in document.json_ld:
        if isinstance(headline := item.get("headline"), str):
            yield comparison_key(html.unescape(headline))


def _parts_of(title: str) -> Iterator[str]:
    """Yield what is between, before and behind marks that may separate a title from a site's name."""
    yield from _TITLE_SEPARATOR.split(title)
    for mark in islice(_TITLE_SEPARATOR.finditer(title), _MOST_PARTS):
        yield title[: mark.start()]
        yield title[mark.end() :]


def _headings(document: Document) -> Iterator[str]:
    for heading in document.elements("h1"):
        words = comparison_key(whole_text(heading))
        if 8 < len(words) < 400:
            yield words


def _sites(document: Document) -> Iterator[str]:
    names = [name for key in _SITE_NAMES for name in document.meta.get(key, ())[:2]]
    for item in document.json_ld:
        names += [linked_data.words(item.get("publisher")) or ""]
        if linked_data.types(item) & {"website", "organization", "newsmediaorganization"}:
            names.append(linked_data.words(item) or "")
    yield from (key for name in names if 3 < len(key := comparison_key(name)) < _LONGEST_NAME)


def _authors(document: Document) -> Iterator[str]:
    names = [name for key in _AUTHOR_NAMES for name in document.meta.get(key, ())]
    for item in document.json_ld:
        author = item.get("author")
        for one in author if isinstance(author, list) else [author]:
            name = one.get("name") if isinstance(one, dict) else one
            if isinstance(name, str):
                names.append(name)
    for name in names:
        known = name.strip().lower().removeprefix("by ")
        if 5 < len(known) < 60 and " " in known and "/" not in known:
            yield known


def _body(document: Document) -> str:
    bodies = (item.get("articleBody") for item in document.json_ld)
    body = html.unescape(max((body for body in bodies if isinstance(body, str)), key=len, default=""))
    if "<" in body:
        body = html.unescape(_TAGS.sub("\n", body))
    return body.strip()
