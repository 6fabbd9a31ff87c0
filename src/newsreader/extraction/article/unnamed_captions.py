"""Words beside a picture that are its caption, though nothing names them so."""

import re
from itertools import islice

from lxml.etree import _Element as Element

from newsreader.extraction import phrases
from newsreader.extraction.article.credits import may_be_credit
from newsreader.extraction.article.small_print import is_small_print_below_picture
from newsreader.extraction.document import Document, up_from, whole_text
from newsreader.extraction.fragments import HEADINGS, Fragment
from newsreader.extraction.punctuation import SENTENCE_ENDS
from newsreader.word_counts import word_count

_PLAIN_BOXES = frozenset(("div", "span", "small", "cite", "td", "center"))
_PICTURE_BOXES = frozenset(("div", "span", "a", "section", "td", "tr", "tbody", "table", "center"))
_ROWS = frozenset(("tr", "tbody", "td"))
_LEVELS, _LEVELS_OF_TABLE = 3, 5  # elements around the words
_ROOM = 40  # letters, such as a credit
_MOST_PICTURES = 4
_LEAST_SLIDES, _WORDS_OF_SENTENCE, _LONGEST_PLACE = 2, 5, 8  # boxes, spaces, letters of the number of a picture
_SMALL = frozenset(("small", "em", "i", "cite", "font"))
_LONGEST_PRINT = 300
_SAYS_SOMETHING = re.compile(r"[^\W\d_]{3}|[\u3040-\u30ff\u3400-\u9fff]{2}")
_MOSTLY_LINKED = 0.8
_MOST_ALIKE, _WORDS_OF_CAPTION = 20, 3  # elements that are looked at, words above a credit
_LINES = frozenset(("span", "small", "cite", "p", "div"))
_CAPTION_BOXES = frozenset(("div", "section", "span", "td", "center"))
_CAPTIONS = frozenset(("p", "div", "span", "small", "em", "i", "cite", "font"))


def is_beside_picture(fragment: Fragment, document: Document) -> bool:
    """Return whether words other than a paragraph share one small box with a picture, and with nothing else."""
    if is_small_print_below_picture(fragment, document):
        return True
    box = fragment.element.getparent()
    if caption_in(fragment.element, document) is not None:
        return True
    if box is not None and caption_in(box, document) is fragment.element:
        return True
    lengths = document.text_length
    is_alone = lengths.get(fragment.element, 0) <= fragment.length + _ROOM
    is_set_apart = fragment.tag == "center" or (
        (fragment.tag == "p" or fragment.tag in _PLAIN_BOXES) and _is_small_print(fragment)
    )
    if is_alone and is_set_apart and next(fragment.element.iter("img"), None) is not None:
        return True
    if fragment.tag not in _PLAIN_BOXES:
        return False
    levels = _LEVELS_OF_TABLE if fragment.tag == "td" else _LEVELS
    for node in islice(fragment.element.iterancestors(), levels):
        if node.tag not in _PICTURE_BOXES or lengths.get(node, 0) > fragment.length + _ROOM:
            return False
        is_row = node.tag in _ROWS and fragment.tag == "td"  # of figures, perhaps, with a sign in each
        if not is_row and next(node.iter("img"), None) is not None:
            return not any(each in document.order for each in node.iter("p", *HEADINGS))
    return False


def caption_in(box: Element, document: Document) -> Element | None:
    """Return what is the caption in a small box that holds one picture and below it a line, and no names say so.

    A paragraph is one only if it gives a credit, or has a class name that no paragraph elsewhere has.
    """
    if (box.tag not in _CAPTION_BOXES and box.tag != "li") or not 0 < document.text_length.get(
        box, 0
    ) <= _LONGEST_PRINT:
        return None
    said = [child for child in box if document.text_length.get(child, 0)]
    pictures = list(islice(box.iter("img"), 2))
    if len(said) != 1 or len(pictures) != 1 or (box.text or "").strip() or said[0].tag not in _CAPTIONS:
        return None
    line = said[0]
    if _is_bullet(pictures[0], box):
        return None
    if not _SAYS_SOMETHING.search("".join(map(str, line.itertext()))):
        return None  # a count
    if document.link_length.get(line, 0) >= _MOSTLY_LINKED * document.text_length[line]:
        return None  # a name, or another story
    if next(line.iter(*HEADINGS, "time"), None) is not None:
        return None  # the head of the page
    is_below = document.order.get(pictures[0], len(document.order)) < document.order[line]
    if not is_below or any((child.tail or "").strip() for child in box) or next(line.iter("img"), None) is not None:
        return None
    is_caption = _is_no_text(line, document) if line.tag == "p" else not _is_one_of_many(box) and box.tag != "li"
    return line if is_caption or _is_slide(box, line, document) else None


def caption_and_credit_in(box: Element, document: Document) -> tuple[Element, Element] | None:
    """Return the two lines below the one picture of a box where nothing names them: a caption, and a shorter credit."""
    said = [child for child in box if document.text_length.get(child, 0)]
    pictures = list(islice(box.iter("img"), 2))
    if len(said) != 2 or len(pictures) != 1 or document.text_length.get(box, 0) > _LONGEST_PRINT:
        return None
    caption, credit = said
    is_below = document.order.get(pictures[0], len(document.order)) < document.order[caption]
    is_plain = all(line.tag in _LINES and not document.link_length.get(line, 0) for line in said)
    if not is_below or not is_plain or next(box.iter("time"), None) is not None:
        return None
    words = "".join(map(str, credit.itertext())).strip()
    if word_count("".join(map(str, caption.itertext()))) < _WORDS_OF_CAPTION:
        return None  # a label of the credit
    return (caption, credit) if may_be_credit(words, document.text_length[caption]) else None


def _is_bullet(picture: Element, box: Element) -> bool:
    """Return whether a box right beside this one shows the same picture, as the items of a list do."""
    address = _address_of(picture)
    beside = (each for each in (box.getnext(), box.getprevious()) if each is not None and each.tag == box.tag)
    return bool(address) and any(
        _address_of(each) == address for near in beside for each in islice(near.iter("img"), 1)
    )


def _address_of(picture: Element) -> str:
    return picture.get("data-src") or picture.get("data-lazy-src") or picture.get("src") or ""


def _is_slide(box: Element, line: Element, document: Document) -> bool:
    """Return whether a box is one of a row of nothing but pictures, each over a few words that are no sentence."""
    row = box.getparent()
    if row is None or _ends_as_sentence(line):
        return False
    slides = [each for each in islice(row, _MOST_PICTURES + 1) if document.text_length.get(each, 0) > _LONGEST_PLACE]
    if len(slides) < _LEAST_SLIDES or not all(_is_like_slide(each, box, document) for each in slides):
        return False
    return not (row.text or "").strip()


def _is_like_slide(other: Element, box: Element, document: Document) -> bool:
    """Return whether a box has the form of one with a picture and a line."""
    if (other.tag, other.get("class")) != (box.tag, box.get("class")) or (other.tail or "").strip():
        return False
    if document.text_length[other] > _LONGEST_PRINT or next(other.iter("img"), None) is None:
        return False
    return not _is_sentence(" ".join(whole_text(other).split()))


def _ends_as_sentence(line: Element) -> bool:
    return _is_sentence(" ".join(whole_text(line).split()))


def _is_sentence(words: str) -> bool:
    return words.endswith(SENTENCE_ENDS) and words.count(" ") >= _WORDS_OF_SENTENCE


def _is_one_of_many(box: Element) -> bool:
    """Return whether boxes like this one are beside it, as where a text is made of pictures with words."""
    beside = (*islice(box.itersiblings(), _MOST_PICTURES), *islice(box.itersiblings(preceding=True), _MOST_PICTURES))
    return any(each.tag == box.tag and each.get("class") == box.get("class") for each in beside)


def _is_no_text(line: Element, document: Document) -> bool:
    """Return whether a paragraph below a picture gives a credit, or is named as only such paragraphs are."""
    if phrases.CREDIT.search(" ".join(whole_text(line).split())):
        return True
    if any(phrases.CREDIT.search((child.text or "").strip()) for child in line):
        return True
    alike = [other for other in islice(document.alike(line), _MOST_ALIKE) if other.tag == "p"]
    return bool(line.get("class")) and all(_has_picture_beside(other, document) for other in alike)


def _has_picture_beside(paragraph: Element, document: Document) -> bool:
    """Return whether a paragraph is in a small box with a picture."""
    box = paragraph.getparent()
    is_small = box is not None and document.text_length.get(box, 0) <= _LONGEST_PRINT
    return is_small and box is not None and next(box.iter("img"), None) is not None


def _is_small_print(fragment: Fragment) -> bool:
    """Return whether all the words are in one element that makes them small or italic."""
    owners = [owner for text, owner in fragment.pieces if text.strip()]
    return fragment.length <= _LONGEST_PRINT and all(
        any(up.tag in _SMALL for up in up_from(owner, 2)) for owner in owners
    )
