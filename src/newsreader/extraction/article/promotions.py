"""Small boxes inside a text that ask the reader to go elsewhere: to an application, a shop, a page for gifts."""

from itertools import islice

from lxml.etree import _Element as Element

from newsreader.extraction.article.choice import Choice
from newsreader.extraction.article.controls import is_drawn_as_button
from newsreader.extraction.article.platforms import leads_to_store
from newsreader.extraction.fragments import HEADINGS

_LARGEST, _LEVELS, _MOST_LINKS = 400, 4, 400  # letters of a box, elements around a link, links
_BOXES = frozenset(("div", "section", "aside"))


def drop_promotions(choice: Choice) -> None:
    """Drop the small boxes that have a heading and end in a link drawn as a button, or to an application."""
    if choice.region is None:
        return
    for link in islice(choice.region.iter("a"), _MOST_LINKS):
        box = _box_that_ends_in(link, choice) if _calls(link) else None
        if box is None:
            continue
        inside = [fragment for fragment in choice.kept() if box in choice.paths.of(fragment)]
        if all(fragment.index not in choice.sure for fragment in inside):
            for fragment in inside:
                choice.drop(fragment, "promotion")


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
