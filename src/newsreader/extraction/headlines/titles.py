"""The headline in a link that may wrap a picture, a kicker, a time, a teaser and counters as well."""

import re
from itertools import islice
from typing import NamedTuple

from lxml.etree import _Element as Element

from newsreader.extraction.headlines.tree import (
    HEADINGS,
    INLINE,
    Tree,
    children,
    is_of_author,
    joined_text,
    marks_of,
    one_line,
)
from newsreader.extraction.headlines.words import Mark, is_counter, is_for_screen_readers, is_number, marks, word_count
from newsreader.extraction.phrases import names_a_form
from newsreader.extraction.punctuation import COLONS, SENTENCE_ENDS
from newsreader.extraction.times.time_words import is_time

_DATE_FIRST = re.compile(
    r"[\[(]?((?:\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d\d|(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2})(?:,?\s\d{1,2}:\d\d)?)"
    r"[\])]?(?:\s*[-–—|•:]\s*|\s+)(?=\D)"
)
_SIGN_FIRST = re.compile(r"[»›•▪■●▶►·|>←→«‹]\s?")
_QUOTE_FIRST = re.compile(r"«[^«]*»|»(?!\s)[^«»]*[^«»\s][«»]|‹[^‹]*›|›(?!\s)[^‹›]*[^‹›\s]‹")
_SHORTEST_REST = 15  # letters of a headline behind a date
_MOST_IN_LINK = 12  # elements
_LONGEST_BADGE = 6  # words
_LONGEST_KICKER = 8
_WORDS_OF_HEADLINE = 2
_FEWEST_PARTS, _WORDS_OF_PART = 2, 3
_ENDS_OF_LINE = (*SENTENCE_ENDS, *COLONS, "|", "·")
_OWN_WORDS, _OWN_SHARE = 3, 0.35
_EMPHASIS = frozenset({"em", "i", "b", "strong", "mark", "q", "cite"})
_SEPARATORS = " \u00a0:|–—-·•/,»›"
_REST_OF_KICKER = re.compile(r"^(?:[\s:|–—\-·•/,;»›~]|[.!?。！？](?=\s))+")
_SAID = frozenset({"mark", "q", "cite"})
_BARS = ("|", "\u2502", "\u00b7", "\u2022")
_OPENING = tuple("\"'“„«‘¿¡")
_SIMPLE = frozenset({"br", "wbr", "img", "i", "b", "em"})


class Line(NamedTuple):
    """Words of a headline.

    Attributes:
        kicker: What was before it and names its subject.
    """

    text: str
    kicker: str | None = None


class HeadlineTitle(NamedTuple):
    """A headline as it is in a link.

    Attributes:
        node: The element whose words it is.
        heading: The markup makes it a heading.
        time: A time that was before it in the same words.
    """

    text: str
    node: Element
    heading: bool
    time: str | None = None
    kicker: str | None = None


def title_of(tree: Tree, link: Element) -> HeadlineTitle:
    """Return the headline that a link shows."""
    title = _found(tree, link)
    text, time = tidied(title.text)
    return title._replace(text=text, time=time)


def is_heading(element: Element) -> bool:
    """Return whether the tag or a class name makes this a heading."""
    return element.tag in HEADINGS or Mark.TITLE in marks_of(element)


def _found(tree: Tree, link: Element) -> HeadlineTitle:
    inner = [h for h in link.iter(*HEADINGS) if tree.text_length.get(h) and not is_of_author(h)] if len(link) else []
    if inner:
        return _in_heading(tree, link, _main_heading(tree, inner))
    if _under_heading(tree, link):
        return _headline_part(tree, link, heading=True)
    if len(link) == 0 or word_count(tree.own_text(link)) >= _OWN_WORDS:
        return _titled(own_line(tree, link), link, heading=Mark.TITLE in tree.marks_of(link))
    named = _named_title(tree, link)
    if named is not None:
        return named
    return _headline_part(tree, link, heading=Mark.TITLE in tree.marks_of(link))


def _titled(said: Line, node: Element, *, heading: bool) -> HeadlineTitle:
    return HeadlineTitle(said.text, node, heading, kicker=said.kicker)


def _main_heading(tree: Tree, headings: list[Element]) -> Element:
    """Return the heading of the highest rank, unless it is a word or two and another says more."""
    longest = max(headings, key=lambda h: len(tree.text(h)))
    highest = min(headings, key=lambda h: str(h.tag))
    return highest if word_count(tree.text(highest)) >= _WORDS_OF_HEADLINE else longest


def _in_heading(tree: Tree, link: Element, heading: Element) -> HeadlineTitle:
    said = own_line(tree, heading)
    if len(said.text) < 8 and (longer := longer_line(tree, link, heading)):
        return HeadlineTitle(*longer, heading=True, kicker=said.text)
    return _titled(said, heading, heading=True)


def _under_heading(tree: Tree, link: Element) -> bool:
    around = link.getparent()
    for _ in range(2):
        if around is None or not (around.tag in INLINE or around.tag in HEADINGS or around.tag in ("div", "p")):
            return False
        if tree.text_length.get(around, 0) <= tree.text_length[link] + 40 and is_heading(around):
            return True
        around = around.getparent()
    return False


def _named_title(tree: Tree, link: Element) -> HeadlineTitle | None:
    """Return the part of a link that a class name calls the title."""
    best: HeadlineTitle | None = None
    for element in link.iterdescendants():
        if not tree.is_read(element):
            continue
        names = (element.get("class"), element.get("itemprop"))
        if not any(names) or Mark.TITLE not in marks(" ".join(name for name in names if name)):
            continue
        said = own_line(tree, element)
        is_better = best is None or (len(said.text) > len(best.text) * 1.5 and len(best.text) < 25)
        if is_better and word_count(said.text) >= 2 and not is_time(said.text):
            best = _titled(said, element, heading=True)
    return best


def longer_line(tree: Tree, link: Element, heading: Element) -> tuple[str, Element] | None:
    """Return the line that is the headline where the heading holds only a kicker."""
    inside = set(heading.iter())
    for text, element in tree.pieces(link):
        if element not in inside and word_count(text) >= 4.5 and len(text) <= 180 and not is_time(text):
            return text, element
    return None


def _headline_part(tree: Tree, link: Element, *, heading: bool) -> HeadlineTitle:
    """Return the headline of a link that may hold time, category, teaser and counters too."""
    if not any(isinstance(e.tag, str) and e.tag not in _SIMPLE for e in link.iterdescendants()):
        return _titled(own_line(tree, link), link, heading=heading)
    said = own_line(tree, link)
    if said.kicker and all(e.tag in INLINE for e in link.iterdescendants() if isinstance(e.tag, str)):
        return _titled(said, link, heading=heading)
    units = [unit for unit in _units(tree, link) if unit[0] and not is_time(unit[0]) and not is_counter(unit[0])]
    if not units:
        return HeadlineTitle(tree.text(link), link, heading)
    units = [unit for unit in units if not is_of_author(unit[1])] or units
    if _is_one_line(units):
        return HeadlineTitle(" ".join(text for text, _ in units), link, heading)
    long = next((unit for unit in units if word_count(unit[0]) >= 3.5 and len(unit[0]) >= 14), None)
    if long is None:
        long = max(units, key=lambda unit: word_count(unit[0]))
    return HeadlineTitle(*long, heading)


def _is_one_line(units: list[tuple[str, Element]]) -> bool:
    """Return whether the parts of a link are one headline: inline, unnamed, and each continues where the last ends.

    A word or two of the same form before words with a capital may be a kicker.
    """
    texts = [text for text, _ in units]
    if len(units) < _FEWEST_PARTS or any(text.endswith(_ENDS_OF_LINE) for text in texts[:-1]):
        return False
    if any(element.tag not in INLINE or marks_of(element) for _, element in units):
        return False
    if all(text[:1].islower() for text in texts[1:]):
        return True
    forms = {(element.tag, element.get("class")) for _, element in units}
    if any(text[:1].isupper() for text in texts[1:]):
        return len(forms) == 1 and len(texts[0].split()) >= _WORDS_OF_PART
    is_even = 2 * len(texts[1]) <= 3 * len(texts[0]) and not any(name for _, name in forms)  # in a script without case
    return (len(forms) == 1 or is_even) and len(texts[0].split()) > 1


def _units(tree: Tree, link: Element) -> list[tuple[str, Element]]:
    """Return the texts of the smallest elements that do not mix words with block elements."""
    units: list[tuple[str, Element]] = []
    stack = [link]
    while stack:
        element = stack.pop()
        inner = [child for child in children(element) if tree.text_length.get(child)]
        if _has_own_words(element):
            units.append((own_line(tree, element).text, element))
        elif not inner:
            units.append((tree.text(element), element))
        else:
            stack.extend(reversed(inner))
    return units


def own_line(tree: Tree, element: Element) -> "Line":
    """Return the words of an element without a kicker before them, and without times, numbers and badges.

    Blocks in it, such as a teaser, are left out where it has words of its own beside them.
    """
    if len(element) == 0:
        return Line(tree.text(element))
    own = word_count(tree.own_text(element))
    is_mixed = own >= _OWN_WORDS and own > _OWN_SHARE * word_count(tree.text(element))
    cut, kicker = _cut(tree, element, is_mixed=is_mixed)
    if not cut:
        return Line(tree.text(element))
    text = one_line(joined_text(element, cut))
    if not _is_before(element, cut):
        text = _REST_OF_KICKER.sub("", text)
    if not word_count(text):
        return Line(tree.text(element))
    return Line(text, kicker)


def _cut(tree: Tree, element: Element, *, is_mixed: bool) -> tuple[list[Element], str | None]:
    """Return what in an element does not belong to the headline, and the kicker found there."""
    cut: list[Element] = []
    kicker = None
    is_first = not (element.text or "").strip()
    for child in element:
        text = tree.text(child) if tree.is_read(child) else ""
        if not text:
            is_first = is_first and not (child.tail or "").strip(_SEPARATORS)
            continue
        if _is_out_of_sight(child):
            cut.append(child)
        elif is_first and kicker is None and _is_kicker(child, text):
            cut.append(child)
            kicker = text.rstrip(_SEPARATORS)
        elif is_first and kicker is None and _is_glued_before(child, text):
            cut.append(child)
            kicker = text if names_a_form(text) else None
        elif kicker is None and _is_glued_after(child, text):
            cut.append(child)
            kicker = text
        elif _is_badge(child, text, is_mixed=is_mixed):
            cut.append(child)
        else:
            is_first = False
        is_first = is_first and not (child.tail or "").strip(_SEPARATORS)
    return cut, kicker


def _is_out_of_sight(element: Element) -> bool:
    return is_for_screen_readers(element.get("class") or "", element.get("style") or "")


def shows_no_words(tree: Tree, link: Element) -> bool:
    """Return whether all words of a link are for screen readers alone."""
    hidden = [each for each in islice(link.iterdescendants(), _MOST_IN_LINK) if _is_out_of_sight(each)]
    if not hidden:
        return False
    inside = {part for each in hidden for part in each.iter()}
    return all(element in inside or not word_count(text) for text, element in tree.pieces(link))


def _is_before(element: Element, cut: list[Element]) -> bool:
    """Return whether the headline begins before everything that was left out."""
    return bool((element.text or "").strip()) or next(iter(element)) not in cut


def _is_kicker(child: Element, text: str) -> bool:
    names = marks_of(child)
    if Mark.TITLE in names or child.tag in _EMPHASIS - {"b", "strong"} or word_count(text) >= _LONGEST_KICKER:
        return False
    return Mark.KICKER in names and not is_time(text) and not is_number(text)


def _is_glued_before(child: Element, text: str) -> bool:
    """Return whether an element names the form of a story and is set off from its headline by style or by a bar alone.

    No blank is between the two, though both are words of their own: "LiveStorm: trains halted", "+Storm". Part of a
    word that is marked ("Livestream", "LiveNation") has no class of its own, or continues in small letters.
    """
    after = child.tail or ""
    if not _has_look_of_badge(child) or word_count(after) < _OWN_WORDS:
        return False
    if after.lstrip()[:1] in _BARS and after.strip():
        return names_a_form(text)
    is_glued = (after[:1].isalnum() or after[:1] in _OPENING) and not after[:1].islower()
    return is_glued and (text == "+" or (text[-1:].isalnum() and names_a_form(text)))


def _is_glued_after(child: Element, text: str) -> bool:
    """Return whether the same is at the end of a headline: "Trains haltedLive"."""
    if not _has_look_of_badge(child) or (child.tail or "").strip() or child.getnext() is not None:
        return False
    sibling, around = child.getprevious(), child.getparent()
    before = sibling.tail if sibling is not None else around.text if around is not None else None
    is_glued = bool(before) and word_count(before or "") >= _OWN_WORDS and not (before or "")[-1:].isspace()
    return is_glued and text[:1].isupper() and names_a_form(text)


def _has_look_of_badge(child: Element) -> bool:
    return child.tag in INLINE and child.tag not in _SAID and bool(child.get("class") or child.get("style"))


def _has_own_words(element: Element) -> bool:
    return bool((element.text or "").strip()) or any(child.tail and child.tail.strip() for child in element)


def _is_badge(child: Element, text: str, *, is_mixed: bool) -> bool:
    if child.tag not in INLINE:
        return is_mixed or is_time(text)
    names = marks_of(child)
    if word_count(text) >= _LONGEST_BADGE:
        return False
    if child.tag in _EMPHASIS and not names:
        return child.tag in ("b", "strong") and (is_time(text) or is_number(text)) and is_mixed
    if is_time(text) or is_counter(text):
        return True
    return is_mixed and (child.tag in ("time", "small", "sup") or not names.isdisjoint({Mark.BADGE, Mark.TIME}))


def tidied(text: str) -> tuple[str, str | None]:
    """Return a headline without the date or symbol before it, and that date."""
    time = None
    first = _DATE_FIRST.match(text)
    if first and len(text) - first.end() > _SHORTEST_REST:
        time, text = first.group(1), text[first.end() :]
    sign = _SIGN_FIRST.match(text)
    if sign and not _QUOTE_FIRST.match(text):
        text = text[sign.end() :]
    text = text.rstrip("→ ") if "‹" in text else text.rstrip("›→ ")
    if text.endswith("»") and "«" not in text and text.count("»") == 1:
        text = text[:-1].strip()
    return text, time
