"""Captions and credits in the lines below a picture that shares no box with them."""

from collections.abc import Iterator, Sequence
from itertools import islice

from lxml import etree
from lxml.etree import _Element as Element

from newsreader.extraction.article.caption_names import CAPTION_NAMES, CREDIT_NAMES, PICTURE_NAMES
from newsreader.extraction.article.credits import (
    credit_apart,
    may_be_credit,
    unlabelled_credit,
    without_open_brackets,
    without_word_for_credit,
)
from newsreader.extraction.document import Document, name_words
from newsreader.extraction.fragments import HEADINGS
from newsreader.models import Span, Spans
from newsreader.text import line

_LINES = frozenset(("p", "div", "span", "small", "em", "i", "cite", "figcaption"))
_LONGEST = 300  # letters of a caption, and of all that a box with a picture holds
_LEVELS, _MOST_BELOW, _MOST_INSIDE = 4, 6, 12  # boxes around a picture, elements below it, elements of a caption
_LONGEST_OTHER = 8  # letters beside a picture, such as the length of a film
_MOST_LINES = 2  # a caption, and a credit
_BREAKS = frozenset(("br", "p", "div", "li"))
_LEAST_SPACES = 3  # in words that nothing names as a caption


def caption_right_below(image: Element, document: Document) -> tuple[Spans, str | None]:
    """Return the caption and the credit in the first lines below a picture, in whichever order they are."""
    lines = _lines_below(image, document)
    credit = _credit_among(lines, document)
    caption = next((each for each in lines if each is not credit), None)
    inside = None if caption is None else _credit_inside(caption)
    said = "" if caption is None else _words_of(caption, without=inside)
    credit = inside if credit is None else credit
    spans, own = credit_apart((Span(said),)) if said else ((), None)
    if credit is None:
        return spans, own
    said = _words_of(credit)
    if not spans and not may_be_credit(said, _LONGEST) and without_word_for_credit(said) is None:
        return credit_apart((Span(said),))
    named = without_word_for_credit(said) or unlabelled_credit(said)
    return spans, without_open_brackets(named) or None


def _words_of(element: Element, without: Element | None = None) -> str:
    """Return the words of an element, those of one inside it left out."""
    texts: list[str] = []
    inside = set() if without is None else set(without.iter())
    for event, each in etree.iterwalk(element, events=("start", "end")):
        if each.tag in _BREAKS:
            texts.append(" ")
        if event == "start" and each not in inside:
            texts.append(each.text or "")
        elif event == "end" and each is not element and (each is without or each not in inside):
            texts.append(each.tail or "")
    return line("".join(texts), _LONGEST)


def _credit_inside(caption: Element) -> Element | None:
    """Return the first element in a caption that is named as a credit."""
    inner = islice(caption.iterdescendants(), _MOST_INSIDE)
    return next((each for each in inner if not CREDIT_NAMES.isdisjoint(name_words(each))), None)


def _lines_below(image: Element, document: Document) -> Sequence[Element]:
    """Return the lines below a picture, or below the box that holds it and no words."""
    node = image
    for box in islice(image.iterancestors(), _LEVELS):
        if (node.tail or "").strip() or box.tag in ("body", "main", "li", "td"):
            break
        if found := list(islice(_lines_behind(node, document), _MOST_LINES)):
            return found
        if document.text_length.get(box, 0) > _LONGEST_OTHER:
            break
        node = box
    return ()


def _lines_behind(node: Element, document: Document) -> Iterator[Element]:
    """Yield the elements with words behind one, up to the first that is neither a caption nor a credit."""
    for below in islice(node.itersiblings(), _MOST_BELOW):
        if next(below.iter("img", "iframe"), None) is not None:
            return
        if document.text_length.get(below, 0):
            if not _is_line(below, document):
                return
            yield below
        if (below.tail or "").strip():
            return


def _is_line(element: Element, document: Document) -> bool:
    """Return whether an element is a few words that are named as a caption or a credit, or in the box of a picture."""
    if element.tag not in _LINES or document.text_length[element] > _LONGEST:
        return False
    if next(element.iter(*HEADINGS, "time", "button"), None) is not None or _is_card(element, document):
        return False
    return _is_named(element, document, CAPTION_NAMES | CREDIT_NAMES) or _is_alone_with_picture(element, document)


def _is_card(element: Element, document: Document) -> bool:
    """Return whether an element is made of several boxes with words, as the name and the price of a thing for sale."""
    boxes = [each for each in islice(element, _MOST_BELOW) if each.tag in ("div", "li") and each in document.order]
    return sum(document.text_length.get(each, 0) > 0 for each in boxes) > _MOST_LINES


def _is_alone_with_picture(element: Element, document: Document) -> bool:
    """Return whether words without a link are in a box named as that of a picture, which has one and little else."""
    box = element.getparent()
    said = _words_of(element)
    if said.count(" ") < _LEAST_SPACES and without_word_for_credit(said) is None:
        return False
    if box is None or not 0 < document.text_length.get(box, 0) <= _LONGEST or document.link_length.get(box, 0):
        return False
    is_named = not PICTURE_NAMES.isdisjoint(name_words(box))
    return is_named and len(list(islice(box.iter("img"), 2))) == 1


def _is_named(element: Element, document: Document, names: frozenset[str]) -> bool:
    """Return whether an element has one of the names, or an element in it that holds all of its words."""
    length = document.text_length[element]
    return any(
        document.text_length.get(inner, 0) == length and not names.isdisjoint(name_words(inner))
        for inner in islice(element.iter(), _MOST_BELOW)
    )


def _credit_among(lines: Sequence[Element], document: Document) -> Element | None:
    """Return the line that says who made the picture: by its name, by its words, or as the shorter one of two."""
    for each in lines:
        if _is_named(each, document, CREDIT_NAMES) or without_word_for_credit(_words_of(each)) is not None:
            return each
    for each, other in zip(lines, reversed(lines), strict=True):
        is_named = _is_named(each, document, CAPTION_NAMES)
        if each is not other and not is_named and may_be_credit(_words_of(each), document.text_length[other]):
            return each
    return None
