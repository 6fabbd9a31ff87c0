"""Paragraphs in boxes of their own: what stands in a box like the text's, next to the text, is of it, however short."""

from collections.abc import Callable, Iterator, Sequence

from lxml.etree import _Element as Element

from newsreader.extraction.fragments import HEADINGS, Scrap

_ALIKE = 0.3  # of the text stands in boxes of one form
_LONGEST = 300
_MOST_IN_ROW = 3  # elements, such as a question and its answer


def rows_beside(scraps: Sequence[Scrap], likeness: Callable[[Scrap], float]) -> Iterator[Scrap]:
    """Yield sentences that are not kept and stand, one after another, between or next to kept ones in like boxes.

    Args:
        scraps: The page's, in order.
        likeness: What part of the text stands in elements like a scrap's own.
    """
    for order in (scraps, scraps[::-1]):
        last: Scrap | None = None
        for scrap in order:
            if scrap.kept:
                last = scrap if likeness(scrap) > _ALIKE else None
            elif last is not None and _is_row(scrap) and likeness(scrap) > _ALIKE and _is_neighbour(scrap, last):
                yield scrap
                last = scrap
            else:
                last = None


def _is_row(scrap: Scrap) -> bool:
    """Say whether words may be a paragraph in a box of its own: a sentence without links."""
    return scrap.is_sentence and scrap.link_share == 0 and not scrap.is_beside_list and scrap.length < _LONGEST


def _is_neighbour(scrap: Scrap, other: Scrap) -> bool:
    """Say whether two scraps stand in boxes of one form that hang in the same place, or in one such box."""
    box, other_box = scrap.element.getparent(), other.element.getparent()
    if box is None or other_box is None or scrap.tag != other.tag or scrap.tag in HEADINGS:
        return False
    is_same_class = scrap.element.get("class") == other.element.get("class")
    if box is other_box:
        return is_same_class or len(box) <= _MOST_IN_ROW
    is_row_box = (box.tag, box.get("class")) == (other_box.tag, other_box.get("class"))
    return is_row_box and len(box) <= _MOST_IN_ROW and box.getparent() is other_box.getparent()


def is_alone_in_box(paragraph: Element) -> bool:
    """Say whether a plain box between paragraphs holds this one alone."""
    box = paragraph.getparent()
    if box is None or len(box) != 1 or box.tag != "div":
        return False
    return any(beside is not None and beside.tag == "p" for beside in (box.getprevious(), box.getnext()))
