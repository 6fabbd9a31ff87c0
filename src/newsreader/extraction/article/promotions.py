"""Lines and small boxes inside a text that ask the reader to go elsewhere: to an application, a channel, a shop."""

from collections.abc import Collection
from itertools import islice

from lxml.etree import _Element as Element

from newsreader.extraction.article.choice import Choice
from newsreader.extraction.article.controls import is_drawn_as_button
from newsreader.extraction.article.fragment_facts import is_quoted, prose_weights, signature_of
from newsreader.extraction.article.own_links import OwnLinks
from newsreader.extraction.article.platforms import leads_to_store
from newsreader.extraction.document import whole_text
from newsreader.extraction.fragments import HEADINGS, Fragment, comparison_key

_LARGEST, _LEVELS, _MOST_LINKS = 400, 4, 400  # letters of a box, elements around a link, links
_LEAST_ITEMS, _SHARE_OF_ITEMS = 3, 0.25  # boxes, of the text
_LARGEST_WITHOUT_HEADING, _SMALL_PRINT = 250, 60  # letters of a box, letters behind a button
_LONGEST_LINE, _MOST_ALIKE = 200, 0.15  # letters, share of the text in elements like a line's own
_BOXES = frozenset(("div", "section", "aside"))


def drop_promotions(choice: Choice) -> None:
    """Drop the small boxes and lines that lead to an application, a channel of the site's, or its newsletter.

    A box has a heading and ends in a link drawn as a button, or to an application, or it holds only a few words and a
    link on its own. A line has no other links, and is set apart from the text by its form.
    """
    if choice.region is None:
        return
    own = OwnLinks(choice)
    _drop_lines(choice, own)
    links = islice(choice.region.iter("a"), _MOST_LINKS)
    boxes = {box for link in links if (box := _box_of(link, choice, own)) is not None}
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
        if next(box.iter(*HEADINGS), None) is None:
            continue
        rows.setdefault((str(box.tag), box.get("class")), []).append(box)
    lengths = choice.document.text_length
    total = sum(fragment.length for fragment in choice.kept())
    found: set[Element] = set()
    for row in rows.values():
        headings = {comparison_key(whole_text(next(box.iter(*HEADINGS)))) for box in row}
        if len(headings) >= _LEAST_ITEMS and sum(lengths[box] for box in row) >= _SHARE_OF_ITEMS * total:
            found.update(row)
    return found


def _drop_lines(choice: Choice, own: OwnLinks) -> None:
    """Drop lines that are set apart from the text, all of whose links lead to what is the site's own."""
    kept = choice.kept()
    weights = prose_weights(fragment for fragment in kept if not fragment.is_marked)
    total = max(1, sum(weights.values()))
    for fragment in kept:
        if fragment.length > _LONGEST_LINE or fragment.index in choice.sure:
            continue
        is_alike = weights[signature_of(fragment)] > _MOST_ALIKE * total
        if not own.has_only_own(fragment) and (is_alike or not own.invites(fragment)):
            continue
        if is_quoted(fragment) or fragment.is_marked or not is_alike or own.invites(fragment):
            choice.drop(fragment, "promotion")


def _box_of(link: Element, choice: Choice, own: OwnLinks) -> Element | None:
    if is_drawn_as_button(link) or leads_to_store(link.get("href") or ""):
        box = _box_that_ends_in(link, choice, has_heading=True, largest=_LARGEST)
        if box is not None or next(link.iter("img"), None) is None:
            return box
    elif not own.is_own(link):
        return None
    if not _is_alone(link):
        return None
    return _box_that_ends_in(link, choice, has_heading=False, largest=_LARGEST_WITHOUT_HEADING)


def _is_alone(link: Element) -> bool:
    """Return whether a link has no words right before it or behind it."""
    parent, above = link.getparent(), link.getprevious()
    before = (None if parent is None else parent.text) if above is None else above.tail
    return not (before or "").strip() and not (link.tail or "").strip()


def _box_that_ends_in(link: Element, choice: Choice, *, has_heading: bool, largest: int) -> Element | None:
    """Return the largest small box around a link with no words behind the link, or with a heading if need be.

    In a box with a heading the link may be in a paragraph of its own, with small print behind it.
    """
    best: Element | None = None
    lengths = choice.document.text_length
    for node in islice(link.iterancestors(), _LEVELS):
        if has_heading and node is link.getparent() and node.tag == "p" and _is_alone(link):
            continue
        if node is choice.region or node.tag not in _BOXES or lengths.get(node, 0) > largest:
            break
        if sum(lengths.get(each, 0) for each in link.itersiblings()) > (_SMALL_PRINT if has_heading else 0):
            break
        if next(node.iter("h1"), None) is not None:
            break
        if not has_heading or next(node.iter(*HEADINGS), None) is not None:
            best = node
    return best
