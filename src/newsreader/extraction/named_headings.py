"""Headings that a page names as such by a role, in boxes and paragraphs."""

from itertools import islice

from lxml.etree import _Element as Element

from newsreader.characters import whole_number

_TAGS = frozenset(("div", "p"))
_AROUND = ("p", "h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = frozenset(("div", "ul", "ol", "table", "section", "article", "form", *_AROUND))
_MOST, _LONGEST, _MOST_INSIDE = 2000, 200, 20  # elements of a page, letters, elements of a heading
_DEFAULT_LEVEL, _LOWEST_LEVEL = 2, 6  # as WAI-ARIA has it


def tag_headings(root: Element) -> None:
    """Make each box or paragraph with the role of a heading, and with nothing but a few words, a heading."""
    for element in [each for each in root.iter(*_TAGS) if each.get("role") == "heading"][:_MOST]:
        if _is_of_words(element) and next(element.iterancestors(*_AROUND), None) is None:
            level = whole_number(element.get("aria-level") or "", _DEFAULT_LEVEL)
            element.tag = f"h{min(max(level, 1), _LOWEST_LEVEL)}"


def _is_of_words(element: Element) -> bool:
    inside = list(islice(element.iter(), _MOST_INSIDE + 1))
    if len(inside) > _MOST_INSIDE or any(each.tag in _BLOCKS for each in inside[1:]):
        return False
    return 0 < len("".join(map(str, element.itertext())).strip()) <= _LONGEST
