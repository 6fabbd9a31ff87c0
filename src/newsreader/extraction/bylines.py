"""Who wrote the article: persons where the page names any, else the desk or the agency that it names."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from lxml import etree
from lxml.etree import _Element as Element

from newsreader.extraction import linked_data
from newsreader.extraction.document import Document, name_words
from newsreader.extraction.masthead import Masthead, words_of
from newsreader.extraction.names import in_order, is_person, split_names
from newsreader.extraction.scraps import squashed
from newsreader.text import line

_META = (
    "author", "article:author", "article:author_name", "articleauthor", "parsely-author", "sailthru.author", "byl",
    "dc.creator", "dcterms.creator", "citation_author", "cxenseparse:author", "creator", "og:article:author",
)  # fmt: skip
_AUTHOR_LINK = re.compile(
    r"/(?:authors?|autor(?:es|en|i|a)?|auteurs?|journalists?e?s?|redakteure?|people|profiles?|profil|staff"
    r"|reporters?|by"
    r"|contributors?|columnists?|firmas?|avtor|avtory|writers?|skribent|byline|editors?|opinionistas|autorzy|novinari"
    r"|yazar(?:lar)?|muhabir|penulis|reporter|sotrudnik)[/=?-]",
    re.IGNORECASE,
)
_SAYS_AUTHOR = re.compile(
    r"(?:^|[\s/|•·,])(?:автор(?:ка|ы|и)?(?: стат(?:ті|ьи))?|текст|autor(?:in|ka)?|autore|auteur|author|forfatter"
    r"|skribent"
    r"|γράφει|yazar|penulis|作者|记者|撰文|文|글|szerző|kirjoittaja|redaktor|reporter|журналіст(?:ка)?"
    r"|журналист)\s?[:：]\s*"
    r"(.{3,90})$|^(?:by|von|par|por|di|de|door|av|af|przez|oleh|kirjoittanut|od|text|interview:? von"
    r"|words by)[\s:]+(.{3,90})$",
    re.IGNORECASE,
)
_BEFORE_TIME = re.compile(
    r"([^\d|•·/,:;–—]{5,50})[\s|•·/,–—-]{1,5}\d{1,2}(?:[./-]\d{1,2}[./-]|\.? [^\W\d_]{3,12} )\d{4}"
)
_NAMED = etree.XPath(
    "//*[@itemprop='author' or @rel='author' or contains(@class,'yline') or contains(@class,'uthor')"
    " or contains(@class,'utor') or contains(@class,'riter')]"
)
_BYLINE_WORDS = frozenset({"author", "authors", "byline", "bylines", "autor", "autoren", "auteur", "autore", "writer"})
_LONGEST_LINE = 170
_PARTS_ELSEWHERE = frozenset({"aside", "footer", "nav", "figure", "figcaption"})
_ELSEWHERE = frozenset(
    {"comment", "comments", "related", "teaser", "teasers", "sidebar", "footer", "recommended", "bio"}
)


def read_authors(
    document: Document, items: list[linked_data.Object], masthead: Masthead, sites: Iterable[str]
) -> tuple[str, ...]:
    """Return the names of those who wrote, in the page's order.

    An agency or a desk is named where no person is, or where the page lists it beside one.
    """
    own = frozenset(filter(None, map(squashed, sites)))
    linked = _split(_linked(items), own)
    if any(is_person(name) for name in linked):
        return in_order([name for name in linked if is_person(name) or squashed(name) not in own])
    fields = _split(_fields(document), own)
    for found in (fields, _split(_visible(document, masthead), own)):
        if persons := [name for name in found if is_person(name)]:
            return in_order(persons[:1] if found is not fields and len(persons) > 6 else persons)
    if not linked and (found := [name for name in _split(_named(document), own) if is_person(name)]):
        return in_order(found[:1])
    others = [name for name in fields if squashed(name) not in own] if _are_of(linked, own) else []
    return in_order((others or linked or fields or _split(_by_lines(masthead), own))[:3])


def _are_of(names: list[str], own: frozenset[str]) -> bool:
    return all(squashed(name) in own for name in names)


def _split(texts: Iterable[str], own: frozenset[str]) -> list[str]:
    return list(in_order([name for text in texts for name in split_names(text, own)]))


def _linked(items: list[linked_data.Object]) -> Iterator[str]:
    """Yield the authors of the first object that names any."""
    for item in items:
        found = [text for value in linked_data.values([item], "author", "creator") for text in _author_texts(value)]
        if found:
            yield from found
            return


def _author_texts(value: object) -> Iterator[str]:
    values = value if isinstance(value, list) else [value]
    for each in values[:20]:
        name = each.get("name") if isinstance(each, dict) else each
        for text in name if isinstance(name, list) else [name]:
            if (words := linked_data.words(text)) and not words.startswith("http") and "@" not in words:
                yield words


def _fields(document: Document) -> Iterator[str]:
    for name in _META:
        texts = [text for text in document.meta.get(name, ()) if not text.startswith("http") and "@" not in text]
        if any(is_person(name) for text in texts for name in split_names(text)):
            yield from texts
            return
    for name, texts in document.meta.items():
        if name in _META or name.endswith(("author", "authors")):
            yield from (text for text in texts if not text.startswith("http") and "@" not in text)


def _visible(document: Document, masthead: Masthead) -> Iterator[str]:
    """Yield the bylines near the heading, from the surest kind that there is."""
    for find in (_properties, _author_links, _byline_elements):
        found = [text for text in find(document, masthead) if any(is_person(name) for name in split_names(text))]
        if found:
            yield from found[:6]
            return
    told = list(_by_lines(masthead))
    yield from told or _dated_lines(masthead)


def _properties(document: Document, masthead: Masthead) -> Iterator[str]:
    for element in masthead.elements:
        if element.get("itemprop") == "author" and document.text_length[element] < 120:
            inner = element.find(".//*[@itemprop='name']")
            yield element.get("content") or words_of(element if inner is None else inner)


def _author_links(document: Document, masthead: Masthead) -> Iterator[str]:
    for element in masthead.elements:
        if element.tag != "a" or not 3 <= document.text_length[element] <= 60 or _is_in_prose(document, element):
            continue
        if element.get("rel") == "author" or _AUTHOR_LINK.search(element.get("href") or ""):
            yield words_of(element)


def _is_in_prose(document: Document, element: Element) -> bool:
    parent = element.getparent()
    return parent is not None and document.text_length.get(parent, 0) > _LONGEST_LINE


def _byline_elements(document: Document, masthead: Masthead) -> Iterator[str]:
    for element in masthead.elements:
        words = name_words(element)
        is_near = 3 <= document.text_length[element] <= 110 and not _BYLINE_WORDS.isdisjoint(words)
        if is_near and not _is_elsewhere(element):
            text = words_of(element)
            yield text
            if any(is_person(name) for name in split_names(text)):
                return


def _by_lines(masthead: Masthead) -> Iterator[str]:
    for element, text in masthead.lines:
        if (found := _SAYS_AUTHOR.search(text)) and not _is_elsewhere(element):
            yield line(found[1] or found[2])


def _dated_lines(masthead: Masthead) -> Iterator[str]:
    """Yield the name before the time in a line such as "Jane Doe | 22 Nov 2026"."""
    for element, text in masthead.lines[:8] if masthead.heading is not None else ():
        name = _BEFORE_TIME.match(text)
        if name and is_person(name[1].strip()) and element.tag != "a" and not _is_elsewhere(element):
            yield name[1]
            return


def _named(document: Document) -> Iterator[str]:
    """Yield what is marked as an author anywhere on a page that tells it nowhere else."""
    found = _NAMED(document.body)
    for element in found if isinstance(found, list) else ():
        if not isinstance(element, Element) or element not in document.order:
            continue
        words = set(name_words(element))
        if 3 <= document.text_length[element] <= 80 and not words & _ELSEWHERE and not _is_elsewhere(element):
            yield words_of(element)


def _is_elsewhere(element: Element) -> bool:
    """Say whether it stands in a part of the page that is not about this article's author."""
    return any(
        up.tag in _PARTS_ELSEWHERE or not _ELSEWHERE.isdisjoint(name_words(up))
        for up in chain([element], element.iterancestors())
    )
