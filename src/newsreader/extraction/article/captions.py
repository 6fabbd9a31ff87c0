"""Words beside a picture that are its caption, though nothing names them so."""

from itertools import islice

from lxml.etree import _Element as Element

from newsreader.extraction.document import Document
from newsreader.extraction.fragments import HEADINGS, Fragment, comparison_key

_PLAIN_BOXES = frozenset(("div", "span", "small", "cite", "td"))
_PICTURE_BOXES = frozenset(("div", "span", "a", "section", "td", "tr", "tbody", "table"))
_ROWS = frozenset(("tr", "tbody", "td"))
_LEVELS, _LEVELS_OF_TABLE = 3, 5  # elements around the words
_ROOM, _ROOM_BESIDE_SAYING = 40, 120  # letters, such as a credit
_LEAST_SAYING = 20  # letters of a replacement text
_MOST_PICTURES = 4
_SMALL = frozenset(("small", "em", "i", "cite", "font"))
_LONGEST_PRINT = 300


def is_beside_picture(fragment: Fragment, document: Document) -> bool:
    """Return whether words other than a paragraph share one small box with a picture, and with nothing else."""
    if _says_what_picture_says(fragment, document):
        return True
    if fragment.tag not in _PLAIN_BOXES:
        return False
    lengths = document.text_length
    is_alone = lengths.get(fragment.element, 0) <= fragment.length + _ROOM
    if is_alone and _is_small_print(fragment) and next(fragment.element.iter("img"), None) is not None:
        return True
    levels = _LEVELS_OF_TABLE if fragment.tag == "td" else _LEVELS
    for node in islice(fragment.element.iterancestors(), levels):
        if node.tag not in _PICTURE_BOXES or lengths.get(node, 0) > fragment.length + _ROOM:
            return False
        is_row = node.tag in _ROWS and fragment.tag == "td"  # of figures, perhaps, with a sign in each
        if not is_row and next(node.iter("img"), None) is not None:
            return not any(each in document.order for each in node.iter("p", *HEADINGS))
    return False


def _is_small_print(fragment: Fragment) -> bool:
    """Return whether all the words are in one element that makes them small or italic."""
    owners = [owner for text, owner in fragment.pieces if text.strip()]
    return fragment.length <= _LONGEST_PRINT and all(
        any(up.tag in _SMALL for up in islice((owner, *owner.iterancestors()), 2)) for owner in owners
    )


def _says_what_picture_says(fragment: Fragment, document: Document) -> bool:
    """Return whether the words are the replacement text of a picture that is in a small box with them."""
    words = comparison_key(fragment.text)
    if len(words) < _LEAST_SAYING or fragment.tag in HEADINGS:
        return False
    for node in islice(fragment.element.iterancestors(), _LEVELS_OF_TABLE):
        if document.text_length.get(node, 0) > fragment.length + _ROOM_BESIDE_SAYING:
            return False
        if any(comparison_key(_saying(image)) == words for image in islice(node.iter("img"), _MOST_PICTURES)):
            return True
    return False


def _saying(image: Element) -> str | None:
    return image.get("alt") or image.get("title")
