"""The neighbourhood of an article's heading: the short lines in which a page tells who wrote it, and when."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from lxml import etree
from lxml.etree import _Element as Element

from newsreader.extraction.document import UNREAD, Document
from newsreader.extraction.scraps import squashed
from newsreader.text import line

_BEFORE = 60  # elements looked at before the heading
_AFTER = 260
_SHORT = 170
_PARAGRAPHS = 4  # of the body, after which no masthead goes on


@dataclass(frozen=True, slots=True)
class Masthead:
    """What stands around the heading.

    Attributes:
        heading: None where the page shows its title nowhere; the lines are those of its beginning then.
        elements: Everything near, in the page's order, beginning at the heading.
        lines: The largest elements with few words, and these words.
    """

    heading: Element | None
    elements: list[Element] = field(default_factory=list)
    lines: list[tuple[Element, str]] = field(default_factory=list)


def find_masthead(document: Document, title: str | None, shown: Element | None = None) -> Masthead:
    """Return the neighbourhood of the heading that shows the title: of the given one, if it is known."""
    heading = shown if shown is not None else _heading(document, squashed(title)) if title else None
    start = document.order[heading] if heading is not None else 0
    elements = list(islice(document.order, max(0, start - _BEFORE), start + _AFTER))
    after = _until_body(document, [element for element in elements if document.order[element] >= start])
    before = [element for element in elements if document.order[element] < start]
    near = after + before
    return Masthead(heading, near, list(_lines(document, near)))


def _heading(document: Document, title: str) -> Element | None:
    found: Element | None = None
    for element in document.body.iter("h1", "h2"):
        if element not in document.order or document.text_length[element] > 2 * len(title) + 60:
            continue
        own = squashed("".join(map(str, element.itertext())))
        if own and (own == title or (len(own) > 12 and (own in title or title in own))):
            return element
        if found is None and element.tag == "h1" and own:
            found = element
    if found is None:
        shown = find_shown(document, [title])
        found = shown[0] if shown else None
    return found


def find_shown(document: Document, texts: Sequence[str]) -> tuple[Element, str] | None:
    """Return the first element, links aside, whose words are one of the texts, and that text as given."""
    wanted = {squashed(text): text for text in reversed(texts)}
    wanted.pop("", None)
    if not wanted:
        return None
    shortest, longest = min(map(len, wanted)), 2 * max(map(len, texts)) + 20
    for element in document.order:
        if shortest <= document.text_length[element] <= longest and element.tag not in ("a", "title"):
            text = wanted.get(squashed("".join(map(str, element.itertext()))))
            if text is not None and not any(up.tag == "a" for up in element.iterancestors()):
                return element, text
    return None


def _until_body(document: Document, elements: list[Element]) -> list[Element]:
    paragraphs = 0
    for index, element in enumerate(elements):
        if element.tag == "p" and document.text_length[element] > 200:
            paragraphs += 1
            if paragraphs > _PARAGRAPHS:
                return elements[:index]
    return elements


def _lines(document: Document, elements: list[Element]) -> Iterator[tuple[Element, str]]:
    lengths = document.text_length
    for element in elements:
        if not 2 <= lengths[element] <= _SHORT or element.tag in ("body", "html"):
            continue
        parent = element.getparent()
        if parent is None or lengths.get(parent, _SHORT + 1) > _SHORT:
            yield element, words_of(element)


@dataclass(frozen=True, slots=True)
class ShortLink:
    """A link of a few words, as menus and buttons are."""

    element: Element
    href: str
    text: str


def short_links(document: Document) -> list[ShortLink]:
    """Return the page's links with at most 45 characters, in its order."""
    found: list[ShortLink] = []
    for link in document.body.iter("a"):
        href = link.get("href")
        if href and document.text_length.get(link, 99) <= 45:
            found.append(ShortLink(link, href, words_of(link) if len(link) else " ".join((link.text or "").split())))
    return found


def words_of(element: Element, limit: int = 400) -> str:
    """Return the element's words as one line, those of different elements apart."""
    if next(element.iter(*UNREAD), None) is None:
        return line(" ".join(" ".join(map(str, element.itertext())).split()), limit)
    return line(" ".join(_read_texts(element)), limit)


def _read_texts(element: Element) -> Iterator[str]:
    """Yield the words that are read by people: none of scripts."""
    unread = 0
    for event, inner in etree.iterwalk(element, events=("start", "end")):
        unread += (event == "start") - (event == "end") if inner.tag in UNREAD else 0
        if event == "start" and not unread and inner.text:
            yield from inner.text.split()
        elif event == "end" and not unread and inner.tail and inner is not element:
            yield from inner.tail.split()
