"""Entries of a live text: similar boxes in a row, each beginning with its time."""

import re
from collections.abc import Iterator, Sequence

from lxml.etree import _Element as Element

from newsreader.extraction.article.regions import Paths
from newsreader.extraction.fragments import Fragment

_TIME = re.compile(r"\d{1,2}[:.h]\d{2}(?:\b|[ap]m\b)|\b(?:19|20)\d\d\b")
_LONGEST_TIME = 40
_LEAST = 3
_LEAST_PARTS = 2
_LEAST_SHARE = 0.6  # of the text that is kept


def timed_entries(fragments: Sequence[Fragment], paths: Paths) -> Iterator[Fragment]:
    """Yield what is in the entries, if most of the kept text is."""
    rows: dict[Element, list[Fragment]] = {}
    for fragment in fragments:
        if fragment.length <= _LONGEST_TIME and _TIME.search(fragment.text) and (row := _row_of(fragment)) is not None:
            rows.setdefault(row, [])
    boxes = {parent for row in rows if (parent := row.getparent()) is not None}
    likes = {box: [row for row in rows if row.getparent() is box] for box in boxes}
    entries = {row for found in likes.values() if len(found) >= _LEAST for row in found}
    if not entries:
        return
    inside = [fragment for fragment in fragments if not entries.isdisjoint(paths.of(fragment))]
    kept = sum(fragment.length for fragment in fragments if fragment.kept and fragment.is_prose)
    if sum(fragment.length for fragment in inside if fragment.kept and fragment.is_prose) >= _LEAST_SHARE * kept:
        yield from (fragment for fragment in inside if fragment.link_share < 0.5)


def _row_of(time: Fragment) -> Element | None:
    """Return the box that begins with a time and has similar boxes beside it."""
    node: Element | None = time.element
    for _ in range(_LEAST):
        parent = None if node is None else node.getparent()
        if node is None or parent is None or node.tag in ("body", "main", "li", "td"):
            return None
        if len(node) > 1 and any(_is_alike(node, beside) for beside in (node.getnext(), node.getprevious())):
            return node
        if node.getprevious() is not None and node is not time.element:
            return None
        node = parent
    return None


def _is_alike(node: Element, other: Element | None) -> bool:
    """Return whether two boxes have the same form, whatever their names: their own tag, and those in them."""
    if other is None or other.tag != node.tag or len(other) < _LEAST_PARTS:
        return False
    return [child.tag for child in node][:_LEAST_PARTS] == [child.tag for child in other][:_LEAST_PARTS]
