"""A text in several boxes, one below the other, of which readability took only one."""

from collections.abc import Collection, Iterator
from itertools import islice

from lxml.etree import _Element as Element

from newsreader.extraction import phrases
from newsreader.extraction.article.choice import Choice
from newsreader.extraction.article.furniture import is_byline
from newsreader.extraction.article.section_headings import heading_of, is_teaser
from newsreader.extraction.document import row_name
from newsreader.extraction.fragments import Fragment

_BOXES = frozenset(("div", "section"))
_LEVELS, _MOST_SIBLINGS = 6, 60
_LEAST_TEXT, _LEAST_PARAGRAPH, _LEAST_SENTENCE = 200, 100, 25  # characters of a box, a paragraph in it, a small box
_MOST_LINKED, _LEAST_PROSE = 0.2, 0.6  # of its characters


def keep_boxes_beside(choice: Choice) -> None:
    """Keep the running text in boxes with the tag and the classes of one that the text is in, beside that box."""
    forms: set[object] = set()
    found: list[Element] = []
    for box, node in _boxes_like_text(choice):
        inside = _inside(choice, box)
        forms = forms or {_form_in(choice, node, each) for each in choice.kept() if node in choice.paths.of(each)}
        prose = [each for each in inside if each.is_prose]
        alike = sum(each.length for each in prose if _form_in(choice, box, each) in forms)
        is_large = choice.document.text_length[box] >= _LEAST_TEXT and _is_text(choice, inside)
        if (is_large and 2 * alike > sum(each.length for each in prose)) or _is_nothing_else(
            choice, box, inside, forms
        ):
            _keep(choice, inside)
            found += [box] if found else [node, box]
    for box in _between(choice, found):
        _keep(choice, _inside(choice, box))


def _inside(choice: Choice, box: Element) -> list[Fragment]:
    return [fragment for fragment in choice.fragments if box in choice.paths.of(fragment)]


def _keep(choice: Choice, inside: list[Fragment]) -> None:
    for fragment in inside:
        if not fragment.kept and fragment.link_share < 0.5:
            choice.keep(fragment, "in a box like the text's")


def _is_nothing_else(choice: Choice, box: Element, inside: list[Fragment], forms: Collection[object]) -> bool:
    """Return whether a box, however small, holds only sentences in elements like those of the text, without links.

    A comment has the name of who wrote it beside its words, and a teaser has a link.
    """
    if choice.document.link_length.get(box, 0) or any(_speaks_against(choice, each) for each in inside):
        return False
    return any(each.is_prose for each in inside) and all(
        each.is_sentence and _form_in(choice, box, each) in forms for each in inside
    )


def _between(choice: Choice, found: list[Element]) -> list[Element]:
    """Return the boxes between those of a text that have their form and hold no links: of a heading, of a quote."""
    if not found:
        return []
    inner = sorted(found, key=choice.document.order.__getitem__)
    last = inner[-1]
    boxes: list[Element] = []
    for box in islice(inner[0].itersiblings(), _MOST_SIBLINGS):
        if box is last:
            return boxes
        is_alike = box not in found and (box.tag, row_name(box)) == (last.tag, row_name(last))
        if is_alike and not choice.document.link_length.get(box, 0):
            inside = _inside(choice, box)
            boxes += [] if any(_speaks_against(choice, each) for each in inside) else [box]
    return []


def _boxes_like_text(choice: Choice) -> Iterator[tuple[Element, Element]]:
    """Yield the boxes that may hold text beside one with the region, each with that one; of the first such level."""
    node = choice.region
    for _ in range(_LEVELS):
        parent = None if node is None else node.getparent()
        if node is None or parent is None or node is choice.document.body:
            return
        name = row_name(node)
        if node.tag in _BOXES and name is not None:
            found = [each for each in _siblings(node) if _may_be_text(choice, each, node, name)]
            if found:
                yield from ((box, node) for box in found)
                return
        node = parent


def _form_in(choice: Choice, box: Element, fragment: Fragment) -> object:
    """Return the elements from a box down to a fragment, with their classes and the fragment's style."""
    path = choice.paths.of(fragment)
    inner = path[path.index(box) + 1 :]
    return (*((each.tag, row_name(each)) for each in inner), fragment.element.get("style"))


def _siblings(node: Element) -> Iterator[Element]:
    yield from islice(node.itersiblings(preceding=True), _MOST_SIBLINGS)
    yield from islice(node.itersiblings(), _MOST_SIBLINGS)


def _may_be_text(choice: Choice, box: Element, other: Element, name: str) -> bool:
    if box.tag != other.tag or row_name(box) != name:
        return False
    length = choice.document.text_length.get(box, 0)
    is_linked = choice.document.link_length.get(box, 0) > _MOST_LINKED * length
    return length >= _LEAST_SENTENCE and not is_linked


def _is_text(choice: Choice, inside: list[Fragment]) -> bool:
    """Return whether most of the words in a box are paragraphs, and nothing says that they are another story's."""
    prose = sum(fragment.length for fragment in inside if fragment.is_prose and fragment.is_sentence)
    if prose < _LEAST_PROSE * sum(fragment.length for fragment in inside):
        return False
    if not any(fragment.is_sentence and fragment.length >= _LEAST_PARAGRAPH for fragment in inside):
        return False
    return not any(_speaks_against(choice, fragment) for fragment in inside)


def _speaks_against(choice: Choice, fragment: Fragment) -> bool:
    if fragment.tag == "h1" or is_byline(fragment) or is_teaser(fragment, choice.fragments, choice.document):
        return True
    heading = heading_of(fragment)
    return heading is not None and (fragment.link_share > 0 or phrases.DEAD_HEADING.search(fragment.text) is not None)
