"""What the headers of a response say instead of the page's head: where it continues, what it is called."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from lxml import etree
from lxml.etree import _Element as Element

from newsreader.text import line

Hints = tuple[tuple[str, str], ...]
"""Pairs of a header's name, lower-case, and its value."""

_LONGEST = 20_000
_MOST = 40
_LINK = re.compile(r"<([^<>]{1,2000})>((?:[^,<\"]|\"(?:[^\"\\]|\\.)*+\")*+)")  # RFC 8288, 3
_PARAMETER = re.compile(r";\s*+([a-zA-Z*]{1,20})\s*+=\s*+(?:\"((?:[^\"\\]|\\.)*+)\"|([^\s;,\"]++))")
_KEPT = ("type", "hreflang", "media", "title")
_RELATIONS = frozenset(("alternate", "canonical"))


def add_hints(root: Element, url: str, hints: Hints) -> None:
    """Write what the headers say into the head of a page, after what the page says there itself.

    Args:
        root: The page.
        url: Its address, against which those in its headers are resolved, whatever the page's `<base>`.
        hints: The headers `Link` and `Refresh`.
    """
    found = [each for name, value in hints for each in _elements(name, value[:_LONGEST], url)][:_MOST]
    if not found:
        return
    head = root.find("head")
    if head is None:
        head = etree.Element("head")
        root.insert(0, head)
    head.extend(found)


def _elements(name: str, value: str, url: str) -> Iterator[Element]:
    if name == "refresh":
        yield _element("meta", {"http-equiv": "refresh", "content": value})
        return
    for found in _LINK.finditer(value):
        said = {each[1].lower(): each[2] or each[3] or "" for each in _PARAMETER.finditer(found[2])}
        relations = _RELATIONS.intersection(said.get("rel", "").lower().split())
        try:
            href = urljoin(url, found[1].strip())
        except ValueError:
            continue
        if relations and "anchor" not in said:  # else it is about another page
            about = {key: said[key] for key in _KEPT if key in said}
            yield _element("link", {"rel": " ".join(sorted(relations)), "href": href, **about})


def _element(name: str, attributes: dict[str, str]) -> Element:
    element = etree.Element(name)
    for key, value in attributes.items():
        element.set(key, line(value, 2000))
    return element
