"""Buttons that fold and unfold a text, as the questions of an accordion do."""

from collections.abc import Iterator
from itertools import islice

from lxml.etree import _Element as Element

from newsreader.extraction.fragments import HEADINGS
from newsreader.extraction.punctuation import QUESTION_MARKS

_LONGEST_TOGGLE, _LEAST_UNFOLDED, _LEAST_ANSWER, _LEAST_SPACES = 200, 60, 35, 2  # characters, characters, spaces
_LEVELS_OF_TOGGLE, _SPACES_OF_PROSE, _NEAR = 3, 6, 4  # elements


def is_toggle(element: Element) -> bool:
    """Return whether a button is the heading of what it folds and unfolds, as in a list of questions and answers."""
    if element.tag != "button" and element.get("role") != "button":
        return False
    if next(element.iter(*HEADINGS), None) is not None:
        return True
    if any(up.tag in HEADINGS for up in islice(element.iterancestors(), 2)):
        return True
    words = beginning_of(element, _LONGEST_TOGGLE + 1)
    is_question = words.endswith(QUESTION_MARKS)
    if words.count(" ") < (1 if is_question else _LEAST_SPACES) or len(words) > _LONGEST_TOGGLE:
        return False
    unfolds = element.get("aria-controls") is not None or element.get("aria-expanded") is not None
    return (is_question or unfolds) and _is_over_prose(element, _LEAST_ANSWER if is_question else _LEAST_UNFOLDED)


def answers_heading(element: Element) -> bool:
    """Return whether words are right below a heading that asks, or the box of one, as those below another are."""
    return _is_below_question(element) and any(
        _is_below_question(other) and other.get("class") == element.get("class") for other in _cousins(element)
    )


def _is_below_question(element: Element) -> bool:
    above = element.getprevious()
    heading = None if above is None else next(above.iter("h2", "h3", "h4", "h5"), None)
    if above is None or heading is None or next(element.iter("form", "nav"), None) is not None:
        return False
    words = beginning_of(above, _LONGEST_TOGGLE)
    return words.endswith(QUESTION_MARKS) and len(beginning_of(element, _LEAST_ANSWER)) == _LEAST_ANSWER


def _cousins(element: Element) -> Iterator[Element]:
    """Yield what else is in the box of an element, or in the boxes beside that."""
    yield from islice(element.itersiblings(), _NEAR)
    yield from islice(element.itersiblings(preceding=True), _NEAR)
    box = element.getparent()
    if box is not None and len(box) <= _NEAR:
        for other in (*islice(box.itersiblings(), 1), *islice(box.itersiblings(preceding=True), 1)):
            yield from islice(other, _NEAR)


def below_toggle(toggle: Element) -> Element | None:
    """Return what follows a button, or the box or the heading that holds it alone."""
    node = toggle
    for _ in range(_LEVELS_OF_TOGGLE):
        if (below := node.getnext()) is not None:
            return below
        parent = node.getparent()
        if parent is None or len(parent) > 1:
            return None
        node = parent
    return None


def _is_over_prose(toggle: Element, least: int) -> bool:
    """Return whether running text follows a button."""
    below = below_toggle(toggle)
    words = "" if below is None or below.tag in ("nav", "ul", "form") else beginning_of(below, 400)
    return len(words) >= least and words.count(" ") > _SPACES_OF_PROSE * least / _LEAST_UNFOLDED


def beginning_of(element: Element, length: int) -> str:
    """Return the first words of an element, as one line of so many characters."""
    return " ".join("".join(map(str, islice(element.itertext(), 40)))[: 2 * length].split())[:length]
