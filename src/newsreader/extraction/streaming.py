"""Parts of a page that the server sent late, at the end of the file, put where the page's script would put them.

React sends `<template id="B:0">` (a boundary) or `<template id="P:0">` (a place inside a part) where a part belongs,
and later the part itself in `<div hidden id="S:0">` with a call that names the two. Solid does the same with `pl-`
before the key of a `<template>`. Between a boundary and the comment that closes it is what is shown until then.
"""

import re
from collections.abc import Iterator
from itertools import chain

from lxml import etree
from lxml.etree import _Element as Element
from lxml.html import html_parser

_PARTS, _PLACES = (tuple(f"id={quote}{name}" for quote in ("", "'", '"')) for name in ("S:", "pl-"))

_PLACE = re.compile(r"\S{0,40}?[BP]:[0-9a-f]+$|pl-\S+$")
_KIND = re.compile("[BP]:")
_CALL = re.compile(r"""\$R[A-Z]\(\s*["']([^"']{1,60})["']\s*,\s*["']([^"']{1,60})["']""")
# Elements of this name are replaced by what is in them, all at once: words added one by one would be copied each time.
_DISSOLVED = "late-part"
_FRAMES = ("html", "head", "body")
_OPENING = ("$", "$?", "$!", "$~")


def is_streamed(markup: str) -> bool:
    """Return whether a page may have such parts, so that other pages cost nothing."""
    if "S:" in markup and any(part in markup for part in _PARTS):
        return True
    return "<template" in markup and ("shadowrootmode" in markup or any(place in markup for place in _PLACES))


def place_streamed(root: Element) -> None:
    """Move each late part into its place, and show those without one; then remove the page's comments.

    Every element is moved at most once: the time is linear in the page.
    """
    found = _StreamedParts(root)
    for place, part in found.without_circles(found.pairs()):
        _put(part, place, found.ends.get(place))
    for name, part in found.parts.items():
        if "S:" in name and part.get("hidden") is not None:
            del part.attrib["hidden"]
    for template in root.iter("template"):
        if template.get("shadowrootmode") is not None:
            template.tag = "div"
    etree.strip_tags(root, etree.Comment, _DISSOLVED)


class _StreamedParts:
    """The places and the parts of a page by their ids; of two with one id the first."""

    def __init__(self, root: Element) -> None:
        self._root = root
        self.places: dict[str, Element] = {}
        self.parts: dict[str, Element] = {}
        self.ends: dict[Element, Element] = {}  # a placeholder to the comment after it
        self._owners: dict[str, str] = {}  # a placeholder to the innermost part that it is in
        self._within: list[str] = []
        self._open: dict[Element, list[Element | None]] = {}  # an element to the boundaries open in it, with places
        for event, element in etree.iterwalk(root, events=("start", "end", "comment")):
            if event == "comment":
                self._pass_comment(element)
            elif name := element.get("id"):
                if event == "end":
                    if self.parts.get(name) is element:
                        self._within.pop()
                else:
                    self._enter(element, name)

    def _enter(self, element: Element, name: str) -> None:
        if element.tag == "template" and _PLACE.match(name):
            if name in self.places:
                return
            self.places[name] = element
            if self._within:
                self._owners[name] = self._within[-1]
            parent = element.getparent()
            if parent is not None and (opened := self._open.get(parent)) and opened[-1] is None:
                opened[-1] = element
        elif name not in self.parts and ("S:" in name or element.tag == "template") and element.tag not in _FRAMES:
            self.parts[name] = element
            self._within.append(name)

    def _pass_comment(self, comment: Element) -> None:
        words = (comment.text or "").strip()
        parent = comment.getparent()
        if parent is None:
            return
        if words in _OPENING:
            self._open.setdefault(parent, []).append(None)
        elif words == "/$":
            opened = self._open.get(parent)
            place = opened.pop() if opened else None
            if place is not None:
                self.ends[place] = comment
        elif words.startswith("pl-") and words in self.places:
            self.ends.setdefault(self.places[words], comment)

    def pairs(self) -> dict[str, str]:
        """Return the name of each place with that of its part: as the page's calls say, else by their numbers."""
        pairs: dict[str, str] = {}
        taken: set[str] = set()
        by_number = (
            (name, name.removeprefix("pl-") if name.startswith("pl-") else _KIND.sub("S:", name, count=1))
            for name in self.places
        )
        for one, other in chain(_calls(self._root), by_number):
            place, part = (one, other) if one in self.places else (other, one)
            if place in self.places and part in self.parts and place not in pairs and part not in taken:
                pairs[place] = part
                taken.add(part)
        return pairs

    def without_circles(self, pairs: dict[str, str]) -> Iterator[tuple[Element, Element]]:
        """Yield the elements of the pairs, except parts that would end up inside themselves."""
        place_of = {part: place for place, part in pairs.items()}
        is_free: dict[str, bool] = {}
        for place in pairs:
            way: list[str] = []
            step: str | None = place
            while step is not None and step not in is_free:
                is_free[step] = False  # until the way out of it is known
                way.append(step)
                owner = self._owners.get(step)
                step = None if owner is None else place_of.get(owner)
            is_out = step is None or is_free[step]
            is_free.update(dict.fromkeys(way, is_out))
        for place, part in pairs.items():
            if is_free[place]:
                yield self.places[place], self.parts[part]


def _calls(root: Element) -> Iterator[tuple[str, str]]:
    for script in root.iter("script"):
        if script.text and "$R" in script.text:
            yield from _CALL.findall(script.text)
    for template in root.iter("template"):
        place, part = template.get("data-bid") or template.get("data-pid"), template.get("data-sid")
        if place and part:
            yield place, part


def _put(part: Element, place: Element, end: Element | None) -> None:
    """Put the contents of the part in its place, instead of what is shown until it comes."""
    parent = place.getparent()
    if end is not None and parent is not None and end.getparent() is parent:
        place.tail = None
        while (sibling := place.getnext()) is not None and sibling is not end:
            sibling.tail = None
            parent.remove(sibling)
    place.text = None
    del place[:]
    place.tag = _DISSOLVED
    behind = html_parser.makeelement(_DISSOLVED)
    part.addprevious(behind)
    behind.tail, part.tail = part.tail, None
    part.tag = _DISSOLVED
    place.append(part)
