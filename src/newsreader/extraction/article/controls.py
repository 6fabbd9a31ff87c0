"""Buttons and fields near words: those of polls and forms speak against a text, those that unfold it do not."""

from itertools import islice

from lxml.etree import _Element as Element

from newsreader.extraction.article.toggles import is_toggle
from newsreader.extraction.document import Document, class_words, up_from
from newsreader.extraction.fragments import Fragment

_CONTROLS = ("button", "input", "select", "textarea")
_CONTROL_ROLES = ("button", "radio", "checkbox", "switch", "option")
_BOXES = ("div", "span", "li", "p")
_OF_BUTTONS = frozenset(("btn", "button", "cta"))
_MOST_DECLARATIONS, _NO_COLOURS = 40, ("none", "transparent", "inherit", "initial", "unset", "rgba(0, 0, 0, 0")
_LONGEST_BUTTON = 40  # letters
_LEAST_ANSWERS, _MOST_BUTTONS = 2, 4
_BELOW_QUESTIONS = frozenset(("form", "fieldset", "ul", "ol"))
_LEVELS = 3
_ROOM = 160  # letters of a small box beside the words
_ROOM_OF_POLL = 400


def _is_control(element: Element) -> bool:
    """Return whether it is a button or a field, or a picture or link with the role of one."""
    if element.tag in _CONTROLS or is_drawn_as_button(element):
        return True
    return element.get("role") in _CONTROL_ROLES and element.tag in _BOXES


def is_drawn_as_button(element: Element) -> bool:
    """Return whether a class name, a role or a style makes a link of a few words a button."""
    if element.tag != "a":
        return False
    is_named = element.get("role") == "button" or not _OF_BUTTONS.isdisjoint(class_words(element))
    if not is_named and not _has_style_of_button(element.get("style") or ""):
        return False
    return len("".join(map(str, islice(element.itertext(), 9)))) <= _LONGEST_BUTTON


def _has_style_of_button(style: str) -> bool:
    """Return whether a style gives words room on all sides and a colour behind them."""
    if not style:
        return False
    declared = (declaration.partition(":") for declaration in style.split(";")[:_MOST_DECLARATIONS])
    values = {name.strip().lower(): value.strip().lower() for name, _, value in declared}
    colour = values.get("background-color") or values.get("background") or "none"
    return any(figure in values.get("padding", "") for figure in "123456789") and not colour.startswith(_NO_COLOURS)


def is_in_box_of_buttons(fragment: Fragment, document: Document) -> bool:
    """Return whether a box of few words around a line has several links drawn as buttons, and no title."""
    for node in islice(fragment.element.iterancestors(), _LEVELS):
        if document.text_length.get(node, 0) > _ROOM or next(node.iter("h1"), None) is not None:
            return False
        if sum(map(is_drawn_as_button, islice(node.iter("a"), _MOST_BUTTONS))) >= _LEAST_ANSWERS:
            return True
    return False


def is_near_controls(fragment: Fragment, document: Document) -> bool:
    """Return whether a small box around the words has buttons or fields other than headings that unfold a text."""
    for node in up_from(fragment.element, _LEVELS):
        if node.tag in ("body", "article", "main"):
            return False
        if document.text_length.get(node, 0) > fragment.length + _ROOM:
            return False
        if any(_is_control(each) and not is_toggle(each) for each in node.iter()):
            return True
    return False


def box_of_answers(question: Fragment, document: Document) -> Element | None:
    """Return the small box around a question that has two or more buttons or fields to answer it."""
    for node in up_from(question.element, _LEVELS):
        if (
            node.tag in ("body", "article", "main")
            or document.text_length.get(node, 0) > question.length + _ROOM_OF_POLL
        ):
            break
        if _has_answers(node):
            return node
    below = question.element.getnext()
    if below is not None and below.tag in _BELOW_QUESTIONS and _has_answers(below):
        return question.element
    return None


def _has_answers(box: Element) -> bool:
    answers = (each for each in box.iter() if _answers(each) and not is_toggle(each))
    return len(list(islice(answers, _LEAST_ANSWERS))) == _LEAST_ANSWERS


def _answers(element: Element) -> bool:
    """Return whether it is something to choose: a button with words, a field of a row of them."""
    if element.tag == "input":
        return element.get("type") in ("radio", "checkbox")
    return element.tag == "button" or element.get("role") in ("button", "radio", "checkbox", "option")
