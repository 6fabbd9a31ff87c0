"""Paragraphs in boxes of their own: a box like the text's, next to the text, belongs to it, however short."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from lxml.etree import _Element as Element

from newsreader.extraction.document import Document, row_name, up_from
from newsreader.extraction.fragments import HEADINGS, Fragment

_ALIKE = 0.3  # of the text is in boxes of one form
_LONGEST = 300
_LEAST_COLUMNS, _MOST_COLUMNS, _LEVELS_OF_ROW = 3, 40, 4
_MOST_IN_ROW = 3  # elements, such as a question and its answer
_LEAST_BOXES, _LEAST_PARTS, _MOST_PARTS = 2, 2, 6  # boxes that are kept, fragments of a box
_LEVELS = 3
_ROW_BOXES = frozenset(("div", "section", "article"))
_LINKED = 0.5


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


def rows_of_boxes(fragments: Sequence[Fragment], region: Element) -> Iterator[list[Fragment]]:
    """Yield the words of each row of boxes without links, of which at least two, and the half, are kept.

    Boxes are alike that have the same tag and classes, and in them words in the same elements, in the same order.
    """
    boxes: dict[Element, list[Fragment]] = {}
    for fragment in fragments:
        for box in up_from(fragment.element, _LEVELS):
            if box is region:
                break
            if box.tag in _ROW_BOXES and box.get("class"):
                boxes.setdefault(box, []).append(fragment)
    rows: dict[tuple[object, ...], list[list[Fragment]]] = {}
    for box, inside in boxes.items():
        if _LEAST_PARTS <= len(inside) <= _MOST_PARTS:
            form = (box.getparent(), box.tag, row_name(box), *(fragment.tag for fragment in inside))
            rows.setdefault(form, []).append(inside)
    for row in rows.values():
        whole = sum(map(_is_mostly_kept, row))
        if whole >= _LEAST_BOXES and 2 * whole >= len(row):
            unlinked = (inside for inside in row if not any(fragment.link_share > _LINKED for fragment in inside))
            yield [fragment for inside in unlinked for fragment in inside]


def _is_mostly_kept(inside: Sequence[Fragment]) -> bool:
    kept = sum(fragment.length for fragment in inside if fragment.kept)
    return 2 * kept > sum(fragment.length for fragment in inside)


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
    around = box.getparent()
    if around is not None and around.tag == "div" and len(around) == 1:
        box = around
    return any(beside is not None and beside.tag == "p" for beside in (box.getprevious(), box.getnext()))


def is_in_row_of_table(element: Element, document: Document) -> bool:
    """Return whether an element is in a row, most of it not linked, of a table whose columns have headings."""
    row = _row_of(element)
    table = None if row is None else next(row.iterancestors("table"), None)
    first = None if table is None else next(table.iter("tr"), None)
    if row is None or first is None:
        return False
    heads = sum(cell.tag == "th" for cell in first)
    linked = sum(2 * document.link_length.get(cell, 0) > document.text_length.get(cell, 0) for cell in row)
    return _LEAST_COLUMNS <= heads <= len(row) <= _MOST_COLUMNS and 2 * linked < len(row)


def _row_of(element: Element) -> Element | None:
    around = up_from(element, _LEVELS_OF_ROW)
    return next((up for up in around if up.tag == "tr"), None)


def linked_cells(fragments: Sequence[Fragment], document: Document) -> Iterator[Fragment]:
    """Yield the dropped cells that are all link, in rows of tables that keep another cell."""
    rows = {_row_of(fragment.element) for fragment in fragments if fragment.kept and fragment.tag in ("td", "th")}
    for fragment in fragments:
        is_of_row = not fragment.kept and fragment.tag in ("td", "th") and _row_of(fragment.element) in rows
        if is_of_row and is_in_row_of_table(fragment.element, document):
            yield fragment


def is_in_row(box: Element) -> bool:
    """Return whether a box right beside one has its tag, its classes but for numbers, and the same first elements."""
    form = _form_of(box)
    return any(other is not None and _form_of(other) == form for other in (box.getnext(), box.getprevious()))


def _form_of(box: Element) -> tuple[object, ...]:
    return (box.tag, row_name(box), *(child.tag for child in islice(box, _LEAST_PARTS)))


def heads_box_in_row(header: Element, document: Document) -> bool:
    """Return whether a header holds the heading, without a link, of one of several boxes of text in a row."""
    box, heading = header.getparent(), next(header.iter("h2", "h3", "h4", "h5"), None)
    if box is None or box.tag == "body" or heading is None or document.link_length.get(heading):
        return False
    following = header.getnext()
    return following is not None and bool(document.text_length.get(following)) and is_in_row(box)
