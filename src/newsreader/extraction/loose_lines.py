"""Lines without an element of their own, such as `<h1>…</h1> By Jane Doe, 22 Nov 2026 <br>`: they are given one.

A browser lays out what is between two blocks as a line (CSS calls it an anonymous block). What reads bylines and dates
looks at elements, and would see only pieces of such a line, or nothing.
"""

import re
from collections.abc import Iterator

from lxml import etree
from lxml.etree import _Element as Element

_BOXES = ("div", "td", "article", "section", "main", "header", "body", "center")
_BLOCKS = frozenset({"h1", "h2", "h3", "div", "p", "table"})
_BLANKS = " \t\r\n"  # of markup: what is blank otherwise is there to be seen
_INLINE = frozenset({"a", "abbr", "b", "big", "em", "font", "i", "small", "span", "strong", "svg", "time", "u"})
_HEADINGS = ("h1", "h2", "h3")
_SHORTEST, _LONGEST = 6, 120  # characters of a line
_LONGEST_LINK = 40  # characters: longer ones are headlines
_MOST_LINES = 3  # of one element: more of them are a list, or verse
_MOST_ABOVE = 600  # characters above the line, as a title and a standfirst have
_DATED = re.compile(r"\d{1,2}[:.]\d\d|\d{4}")

# What ends the line before, whose tail begins the line (None at the beginning of a box), and the elements of the line.
_Line = tuple[Element | None, list[Element]]


def frame_loose_lines(root: Element) -> None:
    """Put short loose lines at the beginning of a box into a `<span>` each, if they may be a byline or a date."""
    for box in [each for each in root.iter(*_BOXES) if len(each) and _is_mixed(each)]:
        is_headed = any(child.tag in _HEADINGS for child in box)
        lines = [each for each in _lines(box) if _may_be_byline(_words_of(box, each), is_headed=is_headed)]
        if len(lines) <= _MOST_LINES:
            for before, elements in lines:
                _frame(box, before, elements)


def _is_mixed(box: Element) -> bool:
    """Return whether words, or spans in a line, are beside blocks in a box."""
    has_block = has_line = False
    before = ""
    if box.text and box.text.strip(_BLANKS):
        has_line = True
    for child in box:
        tag, tail = child.tag, child.tail
        if tag in _BLOCKS:
            has_block = True
        elif before == "span" and tag in ("span", "br"):
            has_line = True
        if tail and not has_line and tail.strip(_BLANKS):
            has_line = True
        if isinstance(tag, str):  # not a comment
            before = tag
    return has_block and has_line


def _lines(box: Element) -> Iterator[_Line]:
    """Yield what is between blocks and line breaks, until more is above it than a title and a standfirst."""
    before: Element | None = None
    members: list[Element] = []
    above = len((box.text or "").strip())
    for child in box:
        if child.tag in _INLINE:
            members.append(child)
        else:
            yield before, members
            before, members = child, []
        for text in child.itertext():
            above += len(str(text).strip())
            if above > _MOST_ABOVE:
                return
        above += len((child.tail or "").strip())
    yield before, members


def _words_of(box: Element, loose: _Line) -> str:
    """Return the words of a line as one; none if it has an element of its own already, or a headline in it."""
    before, elements = loose
    pieces = [(box.text if before is None else before.tail) or ""]
    if len(elements) == 1 and not pieces[0].strip() and not (elements[0].tail or "").strip():
        return ""
    for element in elements:
        own = "".join(map(str, element.itertext()))
        if element.tag == "a" and len(own) > _LONGEST_LINK:
            return ""
        pieces += own, element.tail or ""
    return " ".join(" ".join(pieces).split())


def _may_be_byline(words: str, *, is_headed: bool) -> bool:
    """Return whether a line has the length of a byline, and a date or, right below a heading, a colon in it."""
    is_short = _SHORTEST <= len(words) <= _LONGEST
    return is_short and (_DATED.search(words) is not None or (is_headed and ":" in words))


def _frame(box: Element, before: Element | None, elements: list[Element]) -> None:
    frame = etree.Element("span")
    if before is None:
        frame.text, box.text = box.text, None
        box.insert(0, frame)
    else:
        frame.text, before.tail = before.tail, None
        before.addnext(frame)
    frame.extend(elements)
