"""The texts above a list, piece by piece."""

import re
from itertools import islice
from typing import NamedTuple

from lxml.etree import _Element as Element

from newsreader.extraction.headlines.tree import HEADINGS, INLINE, Tree, one_line
from newsreader.extraction.headlines.words import is_number, is_sentence, names_a_part_of_the_page, says_more
from newsreader.extraction.times.time_words import is_time, names_a_day, names_a_year

_OF_TABS = ("data-tab", "data-target", "data-bs-target", "aria-controls", "data-toggle-target", "data-panel")
_FEWEST_BUTTONS = 2
LONGEST_HEAD = 400  # letters of an element that holds a label among other things
TWO_LETTERS = re.compile(r"[^\W\d_][^\w\s]*[^\W\d_]")  # or a vowel sign between, which \w leaves out

_LONGEST = 70
_ENDS = " \u00a0:»›>→|·•-–—…▸►"
_CREDIT = re.compile(r"©|\((?:image|photo|foto|bild|фото)\b|\bgetty\b", re.IGNORECASE)
_WEATHER = re.compile(r"[+\u2212-]?\d{1,3}\s?°")
_NEAR = 3  # elements
_SCHEME = re.compile(r"^https?://(?=\S+$)")


class TextUnit(NamedTuple):
    """A piece of text, and the element that holds it."""

    text: str
    node: Element


def is_tab(element: Element) -> bool:
    """Return whether an attribute says that a pane is shown where this is pressed, or a script does something here."""
    if element.tag not in ("a", "button") and "location" not in (element.get("onclick") or "location"):
        return True
    return element.get("role") == "tab" or any(element.get(name) is not None for name in _OF_TABS)


def buttons_of(element: Element) -> list[TextUnit]:
    """Return the buttons in a row of nothing else, with their words."""
    buttons = [each for each in element if isinstance(each.tag, str)]
    if len(buttons) < _FEWEST_BUTTONS or any(each.tag != "button" for each in buttons):
        return []
    return [TextUnit(one_line("".join(map(str, each.itertext()))), each) for each in buttons]


def unfolding_head(box: Element) -> str:
    """Return the words of what unfolds a box, right before it; empty if there is nothing, or it says "More"."""
    before = box.getprevious()
    is_button = before is not None and before.tag == "button" and before.get("aria-expanded") is not None
    if before is None or not (is_button or before.tag == "summary"):
        return ""
    text = tidied_label(one_line("".join(map(str, before.itertext()))))
    return "" if says_more(text) else text


def is_below_heading(tree: Tree, element: Element) -> bool:
    """Return whether the first words before an element are a heading, of which it shows more."""
    above = (each for each in islice(element.itersiblings(preceding=True), _NEAR) if tree.text_length.get(each))
    box = next(above, None)
    heading = None if box is None else next(box.iter(*HEADINGS), None)
    if box is None or heading is None or says_more(tree.text(heading)):
        return False
    return tree.text(heading) == tree.text(box)


def text_units(tree: Tree, element: Element) -> list[TextUnit]:
    """Return the separate texts of an element: its headings if it has any, else its links, items and blocks."""
    if tree.text_length[element] > LONGEST_HEAD:
        return []
    headings = [h for h in islice(element.iter(*HEADINGS), 4) if tree.text_length.get(h, 0) >= 2]
    parts = headings or [element]
    units = [unit for part in parts for unit in _apart(tree, part)]
    if headings:
        units = _joined_at_colons(units)
    years = [unit for unit in units if headings and names_a_year(unit.text)]
    units = [unit for unit in units if TWO_LETTERS.search(unit.text) or names_a_day(unit.text)]
    units = [unit for unit in units if not is_number(unit.text)] or years
    return [unit for unit in units if not says_more(unit.text)] or units


def _joined_at_colons(units: list[TextUnit]) -> list[TextUnit]:
    """Return the texts with each that ends in a colon joined to the next: "Topic:" and its name."""
    joined: list[TextUnit] = []
    for unit in units:
        if joined and joined[-1].text.endswith(":"):
            joined[-1] = TextUnit(f"{joined[-1].text} {unit.text}", joined[-1].node)
        else:
            joined.append(unit)
    return joined


def _apart(tree: Tree, element: Element) -> list[TextUnit]:
    units: list[TextUnit] = []
    stack = [element]
    while stack:
        current = stack.pop()
        inner = [e for e in current if tree.is_read(e) and tree.text_length[e]]
        splits = any(
            e.tag not in INLINE or e.tag in ("a", "label") or is_tab(e)
            for e in current.iterdescendants()
            if e in tree.order
        )
        if not inner or not splits:
            units.append(TextUnit(tree.text(current), current))
            continue
        own = tree.own_text(current)
        if own and _joins_words(current):
            units.append(TextUnit(tree.text(current), current))
            continue
        if own:
            units.append(TextUnit(own, current))
        stack.extend(reversed(inner))
    return units


def _joins_words(element: Element) -> bool:
    """Return whether an element begins with a link and continues in words before the next: "Reviews and Guides"."""
    if element.text and element.text.strip():
        return False
    return any(inner.tail and inner.tail.strip().isalpha() and inner.getnext() is not None for inner in element)


def skips(element: Element) -> bool:
    """Return whether this is a link within the page, as "Skip to content"; a heading that unfolds its list isn't."""
    if element.tag in HEADINGS or any(e.tag in HEADINGS for e in islice(element.iterancestors(), 2)):
        return False
    near = [element, *islice(element.iterdescendants("a"), 2)]
    return any((e.get("href") or "").startswith("#") and e.get("href") != "#" for e in near)


def can_be_label(text: str) -> bool:
    """Return whether words may name a list: no sentence, time, number, weather or credit of a picture."""
    if names_a_day(text) or names_a_year(text):
        return True
    if not 2 <= len(text) <= _LONGEST or is_time(text) or is_number(text) or not TWO_LETTERS.search(text):
        return False
    if names_a_part_of_the_page(text) or _CREDIT.search(text) or _WEATHER.match(text):
        return False
    return not is_sentence(text)


def tidied_label(text: str) -> str:
    """Return a label without arrows and the like at its end."""
    text = _SCHEME.sub("", text)
    return text.strip(_ENDS) if not text.endswith("…") else text


def shows_picture(element: Element) -> bool:
    """Return whether there is a picture in an element, or a drawing that has a name."""
    return any(picture.tag == "img" or said_of_picture(picture) for picture in islice(element.iter("img", "svg"), 3))


def said_of_picture(picture: Element) -> str:
    """Return the alternative text of a picture."""
    said = picture.get("alt") or picture.get("aria-label") or picture.get("title")
    if not said and picture.tag == "svg":
        said = picture.findtext("title")
    return one_line(said or "")
