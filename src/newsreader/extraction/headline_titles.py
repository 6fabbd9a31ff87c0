"""The headline in a link that may wrap a picture, a kicker, a time, a teaser and counters as well."""

import re
from typing import NamedTuple

from lxml.etree import _Element as Element

from newsreader.extraction.headline_tree import HEADINGS, INLINE, Tree, children, joined_text, marks_of, one_line
from newsreader.extraction.headline_words import Mark, is_number, marks, word_count
from newsreader.extraction.time_words import is_time

_CLOCK_FIRST = re.compile(r"[\[(]?((?:[01]?\d|2[0-3])[:.][0-5]\d)[\])]?(?:\s*[-–—|•:]\s*|\s+)(?=\D)")
_DATE_FIRST = re.compile(r"(\d{1,2}[./]\d{1,2}(?:[./]\d{2,4})?(?:,?\s\d{1,2}:\d\d)?)(?:\s*[-–—|•:]\s*|\s+)(?=\D)")
_COUNTER_LAST = re.compile(r"\s?[\[(]\s?\d{1,5}\s?[\])]$")
_SIGN_FIRST = re.compile(r"[»›•▪■●▶►·|>←→«‹]\s?")
_LONGEST_BADGE = 6  # words
_SIMPLE = frozenset({"br", "wbr", "img", "i", "b", "em"})


class Title(NamedTuple):
    """A headline as it stands in a link.

    Attributes:
        node: The element whose words it is.
        heading: The markup makes it a heading.
        time: A time that stood before it in the same words.
    """

    text: str
    node: Element
    heading: bool
    time: str | None = None


def title_of(tree: Tree, link: Element) -> Title:
    """Return the headline that a link shows."""
    title = _found(tree, link)
    text, time = tidied(title.text)
    return Title(text, title.node, title.heading, time)


def is_heading(element: Element) -> bool:
    """Say whether the tag or a class name makes this a heading."""
    return element.tag in HEADINGS or Mark.TITLE in marks_of(element)


def _found(tree: Tree, link: Element) -> Title:
    inner = [h for h in link.iter(*HEADINGS) if tree.text_length.get(h)] if len(link) else []
    if inner:
        return _in_heading(tree, link, max(inner, key=lambda h: len(tree.text(h))))
    if _under_heading(tree, link):
        return Title(*_headline_part(tree, link), heading=True)
    if len(link) == 0 or word_count(tree.own_text(link)) >= 3:
        return Title(without_badges(tree, link), link, Mark.TITLE in marks_of(link))
    named = _named_title(tree, link)
    if named is not None:
        return Title(*named, heading=True)
    return Title(*_headline_part(tree, link), heading=Mark.TITLE in marks_of(link))


def _in_heading(tree: Tree, link: Element, heading: Element) -> Title:
    text = own_line(tree, heading)
    if len(text) < 8 and (longer := longer_line(tree, link, heading)):
        return Title(*longer, heading=True)
    return Title(text, heading, heading=True)


def _under_heading(tree: Tree, link: Element) -> bool:
    around = link.getparent()
    for _ in range(2):
        if around is None or not (around.tag in INLINE or around.tag in HEADINGS or around.tag in ("div", "p")):
            return False
        if is_heading(around) and tree.text_length.get(around, 0) <= tree.text_length[link] + 40:
            return True
        around = around.getparent()
    return False


def _named_title(tree: Tree, link: Element) -> tuple[str, Element] | None:
    """Return the part of a link that a class name calls the title."""
    best: tuple[str, Element] | None = None
    for element in link.iterdescendants():
        if not tree.is_read(element):
            continue
        names = (element.get("class"), element.get("itemprop"))
        if not any(names) or Mark.TITLE not in marks(" ".join(name for name in names if name)):
            continue
        text = own_line(tree, element)
        is_better = best is None or (len(text) > len(best[0]) * 1.5 and len(best[0]) < 25)
        if is_better and word_count(text) >= 2 and not is_time(text):
            best = (text, element)
    return best


def longer_line(tree: Tree, link: Element, heading: Element) -> tuple[str, Element] | None:
    """Return the line that is the headline where the heading holds a kicker only."""
    inside = set(heading.iter())
    for text, element in tree.pieces(link):
        if element not in inside and word_count(text) >= 4.5 and len(text) <= 180 and not is_time(text):
            return text, element
    return None


def _headline_part(tree: Tree, link: Element) -> tuple[str, Element]:
    """Return the headline of a link that may hold time, category, teaser and counters too."""
    if not any(isinstance(e.tag, str) and e.tag not in _SIMPLE for e in link.iterdescendants()):
        return tree.text(link), link
    units = [unit for unit in _units(tree, link) if unit[0] and not is_time(unit[0]) and not is_number(unit[0])]
    if not units:
        return tree.text(link), link
    if len(units) == 1:
        return units[0]
    long = next((unit for unit in units if word_count(unit[0]) >= 3.5 and len(unit[0]) >= 14), None)
    return long or max(units, key=lambda unit: word_count(unit[0]))


def _units(tree: Tree, link: Element) -> list[tuple[str, Element]]:
    """Return the texts of the smallest elements in which words and elements do not stand side by side."""
    units: list[tuple[str, Element]] = []
    stack = [link]
    while stack:
        element = stack.pop()
        inner = [child for child in children(element) if tree.text_length.get(child)]
        if _has_own_words(element):
            units.append((own_line(tree, element), element))
        elif not inner:
            units.append((tree.text(element), element))
        else:
            stack.extend(reversed(inner))
    return units


def own_line(tree: Tree, element: Element) -> str:
    """Return the words of an element, without blocks inside it that are a date or a teaser."""
    own = word_count(tree.own_text(element))
    if own >= 3 and own > 0.35 * word_count(tree.text(element)):
        return without_badges(tree, element)
    return _without_kicker(tree, element) or tree.text(element)


def _without_kicker(tree: Tree, element: Element) -> str | None:
    """Return the words of an element behind a first part that a class name calls a kicker; None if there is none."""
    parts = [child for child in children(element) if tree.text_length.get(child)]
    if len(parts) < 2 or _has_own_words(element) or {Mark.BADGE} != marks_of(parts[0]) & {Mark.BADGE, Mark.TITLE}:
        return None
    rest = one_line(" ".join(joined_text(part) for part in parts[1:]))
    return rest if word_count(rest) >= 3 and word_count(tree.text(parts[0])) < _LONGEST_BADGE else None


def _has_own_words(element: Element) -> bool:
    return bool((element.text or "").strip()) or any(child.tail and child.tail.strip() for child in element)


def without_badges(tree: Tree, element: Element) -> str:
    """Return the words of an element without times, numbers and badges inside it."""
    if len(element) == 0:
        return tree.text(element)
    found = [element.text or ""]
    for child in element:
        if tree.is_read(child):
            text = tree.text(child)
            if not _is_badge(child, text):
                found.append(joined_text(child))
        if child.tail:
            found.append(child.tail)
    return one_line("".join(found))


def _is_badge(child: Element, text: str) -> bool:
    words = word_count(text)
    if child.tag not in INLINE:
        return True
    names = marks_of(child)
    small = child.tag in ("time", "small", "sup") or Mark.BADGE in names or is_time(text) or is_number(text)
    return words < _LONGEST_BADGE and (small or Mark.TIME in names)


def tidied(text: str) -> tuple[str, str | None]:
    """Return a headline without a time or a sign before it and a counter after it, and that time."""
    time = None
    first = _CLOCK_FIRST.match(text) or _DATE_FIRST.match(text)
    if first and (len(text) - first.end() > 15 or first.re is _CLOCK_FIRST):
        time, text = first.group(1), text[first.end() :]
    counter = _COUNTER_LAST.search(text)
    if counter and counter.start() > 12:
        text = text[: counter.start()]
    sign = _SIGN_FIRST.match(text)
    if sign and not (sign.group()[0] == "«" and "»" in text):
        text = text[sign.end() :]
    text = text.rstrip("›→ ")
    if text.endswith("»") and "«" not in text:
        text = text[:-1].strip()
    return text, time
