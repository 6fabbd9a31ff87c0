"""Headlines that are not in their link, but in a heading beside it, a picture's text or an attribute."""

import re
from itertools import islice

from lxml.etree import _Element as Element

from newsreader.extraction.headlines.links import HeadlineLink
from newsreader.extraction.headlines.places import Stories
from newsreader.extraction.headlines.titles import HeadlineTitle, own_line, tidied
from newsreader.extraction.headlines.tree import HEADINGS, INLINE, Tree, block_around, marks_of, one_line
from newsreader.extraction.headlines.words import Mark, is_number, promises_more, reading_width, word_count
from newsreader.extraction.punctuation import FULL_STOPS
from newsreader.extraction.times.time_words import is_time

_LEVELS = 6
_MOST_ELEMENTS = 80  # of a card
_LARGEST_CARD = 900  # letters
_LONGEST = 300
_LONGEST_LINE = 160  # letters of a headline that nothing marks as one
_WIDE_ENOUGH = 24  # letters of a cut headline that show what it is about
_FEWEST_WORDS = 3.0  # of what a picture or an attribute says
_BOLD = frozenset({"b", "strong"})
_FILE_NAME = re.compile(
    r"\A(?:\S*_\S*|\S*\.(?:jpe?g|png|gif|webp|svg|avif)|[^\s-]+(?:-[^\s-]+){2,}|(?:img|image|dsc|photo)[\s_-]?\d+.*)",
    re.IGNORECASE,
)
_NO_HEADLINE = re.compile(
    r"©|\bgetty\b|\blogo\b|\((?:photo|foto|image|bild|фото)\b|\b(?:photo|image|picture) (?:of|by|credit)\b",
    re.IGNORECASE,
)


def title_beside(tree: Tree, places: Stories, node: Element, link: HeadlineLink) -> HeadlineTitle | None:
    """Return the headline of a link that holds none itself; None if there is none near it.

    `places`: the keys of all links of the page that may lead to stories.
    """
    return _under_heading(tree, places, node, link) or _said_by(tree, node) or _first_line(tree, places, node, link)


def _under_heading(tree: Tree, places: Stories, node: Element, link: HeadlineLink) -> HeadlineTitle | None:
    box = node.getparent()
    for _ in range(_LEVELS):
        if box is None or box is tree.body or places.in_element(box) != link.key:
            return None
        if tree.text_length.get(box, 0) > _LARGEST_CARD or box in tree.title_line:
            return None
        if (found := _first_heading(tree, box, node)) is not None:
            return found
        box = box.getparent()
    return None


def _first_heading(tree: Tree, box: Element, node: Element) -> HeadlineTitle | None:
    marked = bold = None
    around = set(node.iterancestors())
    for element in islice(box.iter(), _MOST_ELEMENTS):
        if not tree.is_read(element) or not 2 <= tree.text_length[element] <= _LONGEST:
            continue
        is_heading = element.tag in HEADINGS
        if element.tag in _BOLD and bold is None and _is_first_line(tree, box, element, node):
            bold = element
        if not is_heading and (marked is not None or Mark.TITLE not in marks_of(element)):
            continue
        if _leads_elsewhere(element, node) or element in around:
            continue
        said = own_line(tree, element)
        if is_time(said.text) or is_number(said.text) or promises_more(said.text):
            continue
        if is_heading:
            return _tidied(HeadlineTitle(said.text, element, heading=True, kicker=said.kicker))
        if word_count(said.text) >= _FEWEST_WORDS:
            marked = HeadlineTitle(said.text, element, heading=True, kicker=said.kicker)
    if marked is None and bold is not None and not _leads_elsewhere(bold, node) and bold not in around:
        said = own_line(tree, bold)
        if word_count(said.text) >= _FEWEST_WORDS and not is_time(said.text) and not promises_more(said.text):
            marked = HeadlineTitle(said.text, bold, heading=True, kicker=said.kicker)
    return _tidied(marked) if marked is not None else None


def _first_line(tree: Tree, places: Stories, node: Element, link: HeadlineLink) -> HeadlineTitle | None:
    """Return the first line of words in the box of a link that leads on ("Read more"), however it is marked."""
    if not promises_more(tree.text(node)):
        return None
    box = node.getparent()
    while box is not None and box is not tree.body and tree.text_length.get(box) == tree.text_length.get(node):
        box = box.getparent()  # there is nothing but the link in it
    is_card = box is not None and places.in_element(box) == link.key and box not in tree.title_line
    if box is None or not is_card or tree.text_length.get(box, 0) > _LARGEST_CARD:
        return None
    for text, element in tree.pieces(box):
        if is_time(text) or is_number(text) or word_count(text) < _FEWEST_WORDS:
            continue
        line = block_around(element) if element.tag in INLINE else element
        is_whole = line is not None and tree.text(line) == text and len(text) <= _LONGEST_LINE
        is_apart = element is not node and not _leads_elsewhere(element, node)
        is_found = is_whole and is_apart and not text.endswith(FULL_STOPS)
        return _tidied(HeadlineTitle(text, element, heading=True)) if is_found else None
    return None


def _is_first_line(tree: Tree, box: Element, element: Element, node: Element) -> bool:
    """Return whether an element is all of a line, the first of its box."""
    line = block_around(element)
    if line is not None and _is_before_break(tree, line, element, node):
        return True
    return (
        line is not None
        and line is not box
        and tree.text_length[line] == tree.text_length[element]
        and tree.text(box).startswith(tree.text(line))
    )


def _is_before_break(tree: Tree, block: Element, element: Element, node: Element) -> bool:
    """Return whether an element is all that a block says before its first <br>, or before the link and its end."""
    whole = element
    for around in islice(element.iterancestors(), _LEVELS):
        if around is block or tree.text_length.get(around) != tree.text_length[element]:
            break
        whole = around
    after = whole.getnext()
    is_last = after is node and node.getnext() is None and not (node.tail or "").strip()
    is_ended = after is not None and (after.tag == "br" or is_last) and not (whole.tail or "").strip()
    return is_ended and whole.getparent() is block and tree.text(block).startswith(tree.text(element))


def _leads_elsewhere(element: Element, node: Element) -> bool:
    """Return whether a heading is a link's own, this or another page's."""
    links = [*islice(element.iter("a"), 2), *islice((e for e in element.iterancestors() if e.tag == "a"), 1)]
    return any(link is not node and link.get("href") not in (None, node.get("href")) for link in links)


def _tidied(title: HeadlineTitle) -> HeadlineTitle:
    text, time = tidied(title.text)
    return title._replace(text=text, time=time)


def _said_by(tree: Tree, node: Element) -> HeadlineTitle | None:
    """Return the text for screen readers in the attributes of the link or its picture."""
    said = [node.get("aria-label"), node.get("title")]
    said += [picture.get(name) for picture in islice(node.iter("img"), 2) for name in ("alt", "title")]
    for text in said:
        shown = one_line(text or "")
        if not word_count(shown) >= _FEWEST_WORDS or len(shown) > _LONGEST:
            continue
        if _FILE_NAME.fullmatch(shown) or _NO_HEADLINE.search(shown) or promises_more(shown) or is_time(shown):
            continue
        return HeadlineTitle(tidied(shown)[0], node, heading=False)
    return None


def whole_title(node: Element, text: str) -> str:
    """Return the whole headline if its link shows only a few of its words and an attribute has all of them."""
    stem = text.rstrip(".…").rstrip()
    if not text.endswith(("…", "...")) or reading_width(stem) >= _WIDE_ENOUGH:
        return text
    for name in ("title", "aria-label"):
        said = one_line(node.get(name) or "")
        if len(said) > len(stem) and said.casefold().startswith(stem.casefold()):
            return said
    return text
