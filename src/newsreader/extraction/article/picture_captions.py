"""Captions and credits of pictures: in the boxes that pictures share with them, else in the lines right below.

In a box a caption is named so (`caption_names`), or is the only line beside the picture (`unnamed_captions`). Outside
of it, it is one of the first lines below (`caption_lines`). What none of these finds, and is among the fragments of the
page as small print or a small heading, is found after the article is chosen (`captions_below`).
"""

from collections.abc import Iterator, Sequence
from itertools import islice

from lxml.etree import _Element as Element

from newsreader.extraction.article.caption_lines import caption_right_below
from newsreader.extraction.article.caption_names import CAPTION_NAMES, CREDIT_NAMES_IN_BOX, PICTURE_NAMES
from newsreader.extraction.article.credits import (
    credit_apart,
    may_be_credit,
    unlabelled_credit,
    without_joints,
    without_open_brackets,
    without_word_for_credit,
)
from newsreader.extraction.article.picture_links import PICTURE_FILE
from newsreader.extraction.article.spans import spans_of
from newsreader.extraction.article.unnamed_captions import caption_and_credit_in, caption_in
from newsreader.extraction.document import Document, name_words
from newsreader.extraction.fragments import HEADINGS
from newsreader.extraction.punctuation import SENTENCE_ENDS
from newsreader.models import Spans
from newsreader.text import line

_CREDIT_TAGS = frozenset(("span", "small", "cite", "p", "div"))
_JOINTS = " \n\t\u00a0—–-|/·•,;"  # between a photographer and an agency
_LONGEST_CAPTION, _LONGEST_CALL, _LEAST_BOXES = 300, 24, 2
_LEVELS_OF_FIGURE = 4  # boxes around a picture
_MOST_INNER = 60  # elements
_NAMES_IN_BOX = CAPTION_NAMES | CREDIT_NAMES_IN_BOX
_NAMES_OF_BOX = CAPTION_NAMES | PICTURE_NAMES | {"img", "media"}
_PICTURE_TYPES = frozenset(("ImageObject", "MediaObject"))  # of schema.org


def caption_of(image: Element, document: Document) -> tuple[Spans, str | None]:
    """Return the caption and the credit of a picture; neither where nothing beside it is one."""
    caption, credit = _caption_in_frame(image, document)
    return (caption, credit) if caption or credit else caption_right_below(image, document)


def _caption_in_frame(image: Element, document: Document) -> tuple[Spans, str | None]:
    """Return the caption and the credit in the box that a picture has with them."""
    box = _frame(document, image)
    if box is None:
        return (), None
    figure = _figure_around(box, document)
    if figure is None:
        return _caption(document, box)
    caption, credit = _caption(document, figure)
    return caption, credit or without_word_for_credit(" ".join(map(str, box.itertext())).strip())


def _frame(document: Document, image: Element) -> Element | None:
    """Return what holds the picture and its caption."""
    for level, node in enumerate(image.iterancestors()):
        length = document.text_length.get(node, 0)
        if node.tag == "figure":
            return node if length else _frame_around(document, node)
        if _holds_only_caption(document, node):
            return node
        if node.tag == "p" and not length:
            continue
        if node.tag in ("body", "main", "table", "p") or length > 600 or (node.tag == "article" and length):
            return None
        is_named = _is_named(node, _NAMES_OF_BOX) or _is_marked_as_picture(node, document)
        if (is_named and length) or caption_in(node, document) is not None:
            return node
        if level > 4:
            return None
    return None


def _is_marked_as_picture(box: Element, document: Document) -> bool:
    """Return whether a box is marked for programs as that of one picture, and has one paragraph and no other words."""
    if (box.get("itemtype") or "").rpartition("/")[2] not in _PICTURE_TYPES or count_of(box, "img", 2) != 1:
        return False
    paragraphs = list(islice(box.iter("p"), 2))
    return len(paragraphs) == 1 and document.text_length.get(paragraphs[0], 0) == document.text_length.get(box, 0)


def _holds_only_caption(document: Document, box: Element) -> bool:
    """Return whether a box holds one picture and no words but a caption and a credit that are named so.

    A paragraph with a picture and a credit alone, such as "Photo: Jane Doe", is such a box too.
    """
    length = document.text_length.get(box, 0)
    if not 0 < length <= _LONGEST_CAPTION or count_of(box, "img", 2) != 1:
        return False
    named = [each for each in islice(box.iter(), 1, _MOST_INNER) if _is_named(each, _NAMES_IN_BOX)]
    if not any(_is_named(each, CAPTION_NAMES) for each in named):
        said = " ".join("".join(map(str, box.itertext())).split()) if box.tag == "p" else ""
        return without_word_for_credit(said) is not None
    if next(box.iter(*HEADINGS, "time"), None) is not None:
        return False
    outer = [each for each in named if not any(up in named for up in each.iterancestors())]
    return sum(document.text_length.get(each, 0) for each in outer) >= length


def _is_named(element: Element, names: frozenset[str]) -> bool:
    return not names.isdisjoint(name_words(element))


def _figure_around(box: Element, document: Document) -> Element | None:
    """Return the `<figure>` around a box if its one caption is outside of the box, in which nothing is named so."""
    figure = next((up for up in islice(box.iterancestors(), _LEVELS_OF_FIGURE) if up.tag == "figure"), None)
    captions = [] if figure is None else list(islice(figure.iter("figcaption"), 2))
    if len(captions) != 1 or any(up is box for up in captions[0].iterancestors()):
        return None
    inner = (each for each in islice(box.iter(), _MOST_INNER) if each in document.order and each.tag != "button")
    return None if any(_is_named(each, CAPTION_NAMES) for each in inner) else figure


def _frame_around(document: Document, figure: Element) -> Element:
    """Return the box around a `<figure>` without words in which no other words are than those of one `<figcaption>`."""
    for box in islice(figure.iterancestors(), _LEVELS_OF_FIGURE):
        if length := document.text_length.get(box, 0):
            captions = list(islice(box.iter("figcaption"), 2))
            is_alone = len(captions) == 1 and document.text_length.get(captions[0], 0) == length
            return box if is_alone and count_of(box, "img", 2) == 1 else figure
    return figure


def count_of(element: Element, tag: str, enough: int) -> int:
    """Return how many elements of the tag it holds, counting no further than `enough`."""
    return sum(1 for _ in islice(element.iter(tag), enough))


def _pieces(element: Element) -> Iterator[tuple[str, Element]]:
    for event, text, owner in _texts(element):
        if event:
            yield text, owner


def _texts(element: Element) -> Iterator[tuple[bool, str, Element]]:
    stack: list[tuple[Element, bool]] = [(element, False)]
    while stack:
        node, leaving = stack.pop()
        if leaving:
            parent = node.getparent()
            if node is not element and node.tail and parent is not None:
                yield True, node.tail, parent
            continue
        stack.append((node, True))
        if node.tag in ("script", "style", "noscript", "template", "svg", "button"):
            continue
        if node.tag in ("p", "div", "br", "li"):
            yield True, " ", node
        if node.text:
            yield True, node.text, node
        stack.extend((child, False) for child in reversed(node))


def _caption(document: Document, frame: Element) -> tuple[Spans, str | None]:
    """Return the caption and the credit in a box of a picture."""
    if count_of(frame, "*", _MOST_INNER) == _MOST_INNER:  # a gallery, or a trap: whose caption it is stays unknown
        own = [child for child in islice(frame, _MOST_INNER) if child.tag == "figcaption"]
        if frame.tag != "figure" or len(own) != 1 or count_of(frame, "img", 2) != 1:
            return (), None
        frame = own[0]
    captions = list(frame.iter("figcaption")) or [
        node for node in frame.iter() if node is not frame and _is_named(node, CAPTION_NAMES)
    ]
    if not captions and (unnamed := caption_in(frame, document)) is not None:
        captions = [unnamed]
    if not captions and (lines := caption_and_credit_in(frame, document)) is not None:
        captions = list(lines)
    if not captions and (linked := _in_link_to_picture(document, frame)) is not None:
        captions = [linked]
    if not captions:
        captions = [frame] if frame.tag in ("figure", "p") or _is_marked_as_picture(frame, document) else []
    if not captions or document.text_length.get(captions[0], 0) > 600:
        return (), None
    caption = captions[0]
    around = {frame, caption, *caption.iterancestors()}  # a box of caption and credit may be named as both
    marked = [n for n in frame.iter() if n not in around and (_is_credit(n) or _is_cited_beside(n, caption))]
    last = None if marked else _unnamed_credit(document, caption)
    if last is None and not marked:
        last = _credit_beside(document, captions)
    if last is not None:
        marked = [last]
    parts = _parts_of_credit(marked)
    credit = line("".join(_words_with_joint(part, is_last=part is parts[-1]) for part in parts))
    credit_elements = {each for part in parts for each in part.iter()} if credit else set()
    left_out = credit_elements | (_calls_to_buy(document, caption) if credit else set())
    pieces = [(text, owner) for text, owner in _pieces(caption) if owner not in left_out]
    spans = spans_of(pieces, caption, document.base)
    if not credit:
        return credit_apart(spans)
    if last is not None and (said := without_word_for_credit(credit)) is not None:
        credit = said
    return without_joints(spans), without_open_brackets(unlabelled_credit(credit)) or None


def _in_link_to_picture(document: Document, frame: Element) -> Element | None:
    """Return the words below the one picture of a box, in one link with it that leads to the picture in full size."""
    pictures = list(islice(frame.iter("img"), 2))
    link = next(pictures[0].iterancestors("a"), None) if len(pictures) == 1 else None
    if link is None or PICTURE_FILE.search(link.get("href") or "") is None:
        return None
    said = [child for child in link if document.text_length.get(child, 0)]
    is_all = len(said) == 1 and document.text_length[said[0]] == document.text_length.get(frame, 0)
    return said[0] if is_all and document.order.get(pictures[0], 0) < document.order[said[0]] else None


def _calls_to_buy(document: Document, caption: Element) -> set[Element]:
    """Return the last box of a caption, and what is in it, if it is no more than a link of a few words."""
    boxes = [child for child in caption if document.text_length.get(child, 0)]
    if len(boxes) < _LEAST_BOXES or boxes[-1].tag not in ("div", "p") or (boxes[-1].tail or "").strip():
        return set()
    length = document.text_length[boxes[-1]]
    is_link = document.link_length.get(boxes[-1], 0) == length <= _LONGEST_CALL
    return set(boxes[-1].iter()) if is_link else set()


def _is_credit(node: Element) -> bool:
    """Return whether an element is named as a credit, and is not the box of one that is behind a sentence in it."""
    if not _is_named(node, CREDIT_NAMES_IN_BOX):
        return False
    is_behind_sentence = (node.text or "").rstrip().endswith(SENTENCE_ENDS)
    return not is_behind_sentence or not any(_is_named(each, CREDIT_NAMES_IN_BOX) for each in node.iterdescendants())


def _is_cited_beside(node: Element, caption: Element) -> bool:
    """Return whether it is a `<cite>` in the same box as a caption, or the first words of the caption itself."""
    if node.tag != "cite" or node.getparent() not in (caption, caption.getparent()):
        return False
    is_first = node.getparent() is caption and node.getprevious() is None and not (caption.text or "").strip()
    return (is_first and bool((node.tail or "").strip())) or caption.tag == "figcaption"


def _parts_of_credit(marked: Sequence[Element]) -> list[Element]:
    """Return the first of the elements named as a credit, and those right behind it, as a photographer's agency is."""
    parts = list(marked[:1])
    for other in marked[1:]:
        if other.getprevious() is not parts[-1] or (parts[-1].tail or "").strip(_JOINTS):
            break
        parts.append(other)
    return parts


def _words_with_joint(part: Element, *, is_last: bool) -> str:
    """Return the words of a part of a credit, with what joins it to the next one."""
    joint = "" if is_last else (part.tail or " ")
    return "".join(map(str, part.itertext())) + joint


def _unnamed_credit(document: Document, caption: Element) -> Element | None:
    """Return the last box of a caption if it is a few words, not a sentence, after a longer one."""
    boxes = [child for child in caption if document.text_length.get(child, 0)]
    if len(boxes) < 2 or boxes[-1].tag not in _CREDIT_TAGS or (boxes[-1].tail or "").strip():
        return None
    is_apart = not (boxes[-2].tail or "").strip() and boxes[-2].tag in _CREDIT_TAGS
    words = "".join(map(str, boxes[-1].itertext())).strip()
    return boxes[-1] if is_apart and may_be_credit(words, document.text_length[boxes[-2]]) else None


def _credit_beside(document: Document, captions: Sequence[Element]) -> Element | None:
    """Return the second of two captions of one picture, if it is no more than a credit."""
    if len(captions) != 2 or captions[1].getprevious() is not captions[0]:
        return None
    words = "".join(map(str, captions[1].itertext())).strip()
    return captions[1] if words and may_be_credit(words, document.text_length.get(captions[0], 0)) else None
