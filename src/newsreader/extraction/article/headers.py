"""Headers of pages and of articles: which of them hold the headline with what belongs to it."""

from itertools import islice

from lxml.etree import _Element as Element

from newsreader.extraction.document import Document, whole_text
from newsreader.extraction.fragments import length_of

_LEAST_HEADLINE, _LEAST_BELOW = 20, 25  # letters
_LONG = 80  # letters
_MOST_BELOW = 4  # elements right below a headline


def holds_headline(header: Element, document: Document) -> bool:
    """Return whether a header has a headline of the first rank, without a link, and a line of words right below."""
    lengths, linked = document.text_length, document.link_length
    heading = next(header.iter("h1"), None)
    if heading is None or linked.get(heading, 0) or _weight(heading, document) < _LEAST_HEADLINE:
        return False
    top = heading
    for box in heading.iterancestors():
        if box is header or lengths.get(box, 0) > lengths[heading]:
            break
        top = box
    below = next((each for each in islice(top.itersiblings(), _MOST_BELOW) if lengths.get(each, 0)), None)
    return below is not None and _weight(below, document) >= _LEAST_BELOW and not linked.get(below, 0)


def is_short(header: Element, document: Document) -> bool:
    """Return whether a header has only a few words."""
    return _weight(header, document) < _LONG


def _weight(element: Element, document: Document) -> int:
    """Return the letters of an element; one of a script without spaces counts as two."""
    words = whole_text(element)
    return document.text_length.get(element, 0) + length_of(words) - len(words)
