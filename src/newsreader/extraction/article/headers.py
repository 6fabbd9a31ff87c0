"""Headers of pages and of articles: which of them hold the headline with what belongs to it."""

from itertools import islice

from lxml.etree import _Element as Element

from newsreader.extraction.document import Document

_LEAST_HEADLINE, _LEAST_BELOW = 20, 25  # letters
_MOST_BELOW = 4  # elements right below a headline


def holds_headline(header: Element, document: Document) -> bool:
    """Return whether a header has a headline of the first rank, without a link, and a line of words right below."""
    lengths, linked = document.text_length, document.link_length
    heading = next(header.iter("h1"), None)
    if heading is None or linked.get(heading, 0) or lengths.get(heading, 0) < _LEAST_HEADLINE:
        return False
    top = heading
    for box in heading.iterancestors():
        if box is header or lengths.get(box, 0) > lengths[heading]:
            break
        top = box
    below = next((each for each in islice(top.itersiblings(), _MOST_BELOW) if lengths.get(each, 0)), None)
    return below is not None and lengths[below] >= _LEAST_BELOW and not linked.get(below, 0)
