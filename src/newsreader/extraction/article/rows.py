"""Paragraphs in boxes of their own: a box like the text's, next to the text, belongs to it, however short."""

from collections.abc import Callable, Iterator, Sequence

from lxml.etree import _Element as Element

from newsreader.extraction.fragments import HEADINGS, Fragment

_ALIKE = 0.3  # of the text is in boxes of one form
_LONGEST = 300
_MOST_IN_ROW = 3  # elements, such as a question and its answer


def rows_beside(fragments: Sequence[Fragment], likeness: Callable[[Fragment], float]) -> Iterator[Fragment]:
    """Yield dropped sentences that are, one after another, between or next to kept ones in similar boxes.

    Args:
        fragments: The page's, in order.
        likeness: What part of the text is in elements like a fragment's own.
    """
    for order in (fragments, fragments[::-1]):
        last: Fragment | None = None
        for fragment in order:
            if fragment.kept:
                last = fragment if likeness(fragment) > _ALIKE else None
            elif (
                last is not None and _is_row(fragment) and likeness(fragment) > _ALIKE and _is_neighbour(fragment, last)
            ):
                yield fragment
                last = fragment
            else:
                last = None


def _is_row(fragment: Fragment) -> bool:
    """Return whether words may be a paragraph in a box of its own: a sentence without links."""
    return (
        fragment.is_sentence and fragment.link_share == 0 and not fragment.is_beside_list and fragment.length < _LONGEST
    )


def _is_neighbour(fragment: Fragment, other: Fragment) -> bool:
    """Return whether two fragments are in similar boxes of the same parent, or in one such box."""
    box, other_box = fragment.element.getparent(), other.element.getparent()
    if box is None or other_box is None or fragment.tag != other.tag or fragment.tag in HEADINGS:
        return False
    is_same_class = fragment.element.get("class") == other.element.get("class")
    if box is other_box:
        return is_same_class or len(box) <= _MOST_IN_ROW
    is_row_box = (box.tag, box.get("class")) == (other_box.tag, other_box.get("class"))
    return is_row_box and len(box) <= _MOST_IN_ROW and box.getparent() is other_box.getparent()


def is_alone_in_box(paragraph: Element) -> bool:
    """Return whether a plain box between paragraphs holds this one alone."""
    box = paragraph.getparent()
    if box is None or len(box) != 1 or box.tag != "div":
        return False
    return any(beside is not None and beside.tag == "p" for beside in (box.getprevious(), box.getnext()))
