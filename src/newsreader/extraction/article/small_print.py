"""Small print right below a picture: its caption, though it is in a box of its own and nothing names it so."""

import re
from collections.abc import Iterator
from itertools import islice

from lxml.etree import _Element as Element

from newsreader.extraction.article.fragment_facts import is_named_figure
from newsreader.extraction.document import Document, up_from
from newsreader.extraction.fragments import COUNT, HEADINGS, Fragment

_LONGEST, _LONGEST_CENTRED = 300, 160  # letters
_LEVELS_ABOVE, _MOST_BETWEEN = 3, 6  # boxes around the words, elements without words between them and the picture
_SMALL_CLASSES = frozenset(("text-xs", "text-sm", "small"))
_CENTRED_CLASSES = frozenset(("text-center", "has-text-align-center", "aligncenter"))
_SMALL_STYLE = re.compile(
    r"font-size\s{0,9}:\s{0,9}(?:(?:[6-9]|1[0-3])(?:\.\d{1,4})?px|(?:[6-9]|10)(?:\.\d{1,4})?pt"
    r"|0?\.[5-8]\d{0,4}r?em|[5-8]\d(?:\.\d{1,4})?%|(?:x{1,2}-)?small)",
    re.IGNORECASE,
)
_CENTRED = re.compile(r"text-align\s{0,9}:\s{0,9}center", re.IGNORECASE)
_MOST_ALIKE, _MOST_OF_TAG = 12, 400  # elements that are looked at
_WHOLE = frozenset(("article", "main", "body"))
_PICTURES = frozenset(("img", "amp-img"))
_BOLD = frozenset(("b", "strong"))


def is_small_print_below_picture(fragment: Fragment, document: Document) -> bool:
    """Return whether words are right below a picture, and smaller than text or centred, as no other words are."""
    if not 0 < fragment.length <= _LONGEST or fragment.tag in HEADINGS or fragment.link_share > 0.5:
        return False
    if COUNT.fullmatch(fragment.text):
        return False
    owner = _one_owner(fragment)
    start = fragment.element if owner is None else owner
    if not _is_below_picture(start, document):
        return False
    marked = next((each for each in _from(start, fragment.element) if _is_small(each)), None)
    if marked is None and fragment.length <= _LONGEST_CENTRED and not _is_heading_in_bold(start):
        marked = next((each for each in _from(start, fragment.element) if _is_centred(each)), None)
    return marked is not None and all(
        _is_below_picture(other, document) for other in islice(_alike(marked, document), _MOST_ALIKE)
    )


def _is_heading_in_bold(owner: Element) -> bool:
    """Return whether words are all bold: centred too, they are a heading, or a question of an interview."""
    return any(each.tag in _BOLD for each in up_from(owner, _LEVELS_ABOVE))


def _one_owner(fragment: Fragment) -> Element | None:
    """Return the element that all the words are in, apart from the box that they are in."""
    owners = {owner for text, owner in fragment.pieces if text.strip()}
    owner = next(iter(owners)) if len(owners) == 1 else None
    return None if owner is fragment.element else owner


def _from(start: Element, box: Element) -> Iterator[Element]:
    """Yield an element and what is around it, up to the box and what is right around that."""
    for node in up_from(start, _LEVELS_ABOVE):
        if node.tag in _WHOLE:
            return
        yield node
        if node is box:
            return


def _is_small(element: Element) -> bool:
    names, style = element.get("class"), element.get("style")
    if element.tag == "small" or (style is not None and _SMALL_STYLE.search(style) is not None):
        return True
    return names is not None and (not _SMALL_CLASSES.isdisjoint(names.split()) or is_named_figure(element))


def _is_centred(element: Element) -> bool:
    names, style = element.get("class"), element.get("style")
    is_styled = style is not None and _CENTRED.search(style) is not None
    is_named = names is not None and not _CENTRED_CLASSES.isdisjoint(names.split())
    return is_styled or is_named or element.tag == "center" or element.get("align") == "center"


def _is_below_picture(element: Element, document: Document) -> bool:
    """Return whether nothing with words is between an element and a picture above it."""
    node = element
    for _ in range(_LEVELS_ABOVE):
        for above in islice(node.itersiblings(preceding=True), _MOST_BETWEEN):
            if document.text_length.get(above, 0) or (above.tail or "").strip():
                return False
            if above.tag in _PICTURES or next(above.iter(*_PICTURES), None) is not None:
                return True
        around = node.getparent()
        if around is None or around.tag in _WHOLE or (around.text or "").strip():
            return False
        node = around
    return False


def _alike(element: Element, document: Document) -> Iterator[Element]:
    """Yield the other elements with words that have the tag, the class names and the style of one."""
    for other in islice(document.elements(str(element.tag)), _MOST_OF_TAG):
        if other is not element and document.text_length.get(other, 0) and _look(other) == _look(element):
            yield other


def _look(element: Element) -> tuple[str | None, str | None]:
    return element.get("class"), element.get("style")
