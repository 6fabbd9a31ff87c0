"""The headline of a page that marks none as such, as old pages do: the large or bold line right above the text."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from lxml.etree import _Element as Element

from newsreader.extraction.document import Document, name_words
from newsreader.extraction.fragments import HEADINGS, comparison_key
from newsreader.extraction.metadata.byline_lines import is_dated, marked_names, pieces_of
from newsreader.extraction.metadata.page_heading import (
    AGREES,
    NAMES_OF_HEADLINES,
    Prose,
    agreement_of,
    heading_text,
    is_where_a_title_is,
    prose_of,
)
from newsreader.extraction.punctuation import COLONS, FULL_STOPS

_SHORTEST, _LONGEST = 8, 200  # characters of a headline
_FARTHEST = 40  # elements between a headline and the text
_LARGE_FONT = re.compile(r"[4-7]|\+[1-4]")
_BOLD = frozenset(("b", "strong", "big"))
_ENDS = (*FULL_STOPS, *COLONS, "…", ";", ",")
_MOST_LOOKED_AT = 12
_BEFORE, _BEHIND = 3, 12  # elements beside a headline in which a byline may be


class PlainHeading(NamedTuple):
    """A line that is set as a headline.

    Attributes:
        element: What shows it.
        text: Its words without a byline in the same box.
        is_all: Whether the element shows nothing else.
    """

    element: Element
    text: str
    is_all: bool


def find_plain_heading(
    document: Document, named: Sequence[str], site_names: frozenset[str], *, is_sure: bool
) -> PlainHeading | None:
    """Return the line above the running text that is set as its headline; None if there is none.

    Args:
        document: A page on which nothing shows one of its named titles.
        named: The titles that the page's head names, whole and in parts.
        site_names: Names of the site, as comparison keys.
        is_sure: Whether one of these is certainly the article's: then a line counts only if it agrees with them. Else
            one that does not has to be beside a byline or a date.
    """
    prose = prose_of(document)
    begin = _beginning(prose)
    if begin is None:
        return None
    for element in islice(_large_lines(document, begin), _MOST_LOOKED_AT):
        pieces = pieces_of(element)
        is_all = len(pieces) < 2 or not any(_is_byline(piece) for piece in pieces[1:])
        text = heading_text(element) if is_all else pieces[0]
        if not _SHORTEST <= len(text) <= _LONGEST or text.endswith(_ENDS) or _is_byline(text):
            continue
        if comparison_key(text) in site_names or not is_where_a_title_is(document, element, is_named=False):
            continue
        if agreement_of(text, named) >= AGREES:
            return PlainHeading(element, text, is_all)
        if not is_sure and (not named or not is_all or _is_beside_byline(document, element)):
            return PlainHeading(element, text, is_all)
    return None


def _beginning(prose: Prose) -> int | None:
    """Return the position of the first words of the running text."""
    return next((at for at, _ in prose.positions if prose.share_after(at - 1) >= 0.5), None)


def _large_lines(document: Document, begin: int) -> Iterator[Element]:
    """Yield the short lines up to a position that are large or bold, or whose names call them headlines."""
    for element in islice(document.order, max(0, begin - _FARTHEST), begin + 1):
        length = document.text_length[element]
        is_short = _SHORTEST <= length <= _LONGEST and document.link_length[element] < 0.5 * length
        if is_short and (_is_large(element) or _is_bold_alone(document, element)):
            yield element


def _is_large(element: Element) -> bool:
    is_font = element.tag == "font" and _LARGE_FONT.fullmatch((element.get("size") or "").strip()) is not None
    return element.tag in HEADINGS or is_font or not NAMES_OF_HEADLINES.isdisjoint(name_words(element))


def _is_bold_alone(document: Document, element: Element) -> bool:
    """Return whether a bold line is a line of its own: all of its paragraph or cell, or it ends at a break."""
    box = element.getparent()
    if element.tag not in _BOLD or box is None:
        return False
    after = element.getnext()
    ends = not (element.tail or "").strip() and (after is None or after.tag in ("br", "p", "div", "table"))
    before = element.getprevious()
    begins = not (box.text or "").strip() if before is None else before.tag == "br" and not (before.tail or "").strip()
    return (ends and begins) or document.text_length.get(box, 0) == document.text_length[element]


def _is_byline(piece: str) -> bool:
    return is_dated([piece]) or bool(marked_names([piece], frozenset()))


def _is_beside_byline(document: Document, heading: Element) -> bool:
    """Return whether a date, or a name after "By", is in a line next to the heading."""
    place = document.order[heading]
    inside = set(heading.iter())
    texts = [heading.tail]
    for element in islice(document.order, max(0, place - _BEFORE), place + _BEHIND):
        if element not in inside and document.text_length[element] <= _LONGEST:
            texts += [element.text, element.tail]
    return any(_is_byline(" ".join(text.split())) for text in texts if text)
