"""Small boxes inside a text that ask the reader to go elsewhere: to an application, a shop, a page for gifts."""

from collections.abc import Collection
from itertools import islice

from lxml.etree import _Element as Element

from newsreader.extraction.article.choice import Choice
from newsreader.extraction.article.controls import is_drawn_as_button
from newsreader.extraction.article.platforms import leads_to_store
from newsreader.extraction.document import whole_text
from newsreader.extraction.fragments import HEADINGS, Fragment, comparison_key

_LARGEST, _LEVELS, _MOST_LINKS = 400, 4, 400  # letters of a box, elements around a link, links
_LEAST_ITEMS, _SHARE_OF_ITEMS = 3, 0.25  # boxes, of the text
_BOXES = frozenset(("div", "section", "aside"))


def drop_promotions(choice: Choice) -> None:
    """Drop the small boxes that have a heading and end in a link drawn as a button, or to an application."""
    if choice.region is None:
        return
    links = islice(choice.region.iter("a"), _MOST_LINKS)
    boxes = {box for link in links if _calls(link) and (box := _box_that_ends_in(link, choice)) is not None}
    inside: dict[Element, list[Fragment]] = {box: [] for box in boxes}
    for fragment in choice.kept():
        for box in boxes.intersection(choice.paths.of(fragment)):
            inside[box].append(fragment)
    items = _items(boxes, choice)
    for box, fragments in inside.items():
        if box in items:
            choice.sure.update(fragment.index for fragment in fragments)
        elif all(fragment.index not in choice.sure for fragment in fragments):
            for fragment in fragments:
                choice.drop(fragment, "promotion")


def _items(boxes: Collection[Element], choice: Choice) -> set[Element]:
    """Return the boxes that are the items of the text: boxes alike, with other headings, and a good part of it."""
    rows: dict[tuple[str, str | None], list[Element]] = {}
    for box in boxes:
        rows.setdefault((str(box.tag), box.get("class")), []).append(box)
    lengths = choice.document.text_length
    total = sum(fragment.length for fragment in choice.kept())
    found: set[Element] = set()
    for row in rows.values():
        headings = {comparison_key(whole_text(next(box.iter(*HEADINGS)))) for box in row}
        if len(headings) >= _LEAST_ITEMS and sum(lengths[box] for box in row) >= _SHARE_OF_ITEMS * total:
            found.update(row)
    return found


def _calls(link: Element) -> bool:
    return is_drawn_as_button(link) or leads_to_store(link.get("href") or "")


def _box_that_ends_in(link: Element, choice: Choice) -> Element | None:
    """Return the largest small box around a link with a heading in it and no words behind the link."""
    best: Element | None = None
    lengths = choice.document.text_length
    for node in islice(link.iterancestors(), _LEVELS):
        if node is choice.region or node.tag not in _BOXES or lengths.get(node, 0) > _LARGEST:
            break
        if any(lengths.get(each, 0) for each in link.itersiblings()):
            break
        if next(node.iter(*HEADINGS), None) is not None and next(node.iter("h1"), None) is None:
            best = node
    return best
