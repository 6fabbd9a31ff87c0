"""Where a page without words of its own sends its readers: redirects that are not HTTP's."""

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from urllib.parse import parse_qsl, urlsplit

from lxml.etree import _Element as Element

from newsreader.extraction.document import Document
from newsreader.urls import absolute, page_key

_LONGEST_ADDRESS = 2000
_MOST_WORDS = 400  # characters of a page that only redirects
_LONGEST_DELAY_S = 15
_REFRESH = re.compile(
    r"(?:(\d{1,6}|(?=\.\d))(?:\.\d{0,6})?(?: ?[;,] ?| )|[;,] ?)(?:url ?= ?)?[\"']?([^\"']*)[\"']?", re.IGNORECASE
)
# The parts of a script: what says nothing, strings, names, numbers, signs between them; last, anything else.
_PART = re.compile(
    r"(?P<nothing>\s+|//\s{0,9}(?:<!\[CDATA\[|\]\]>|-->)|<!--|-->|//[^\n]*|/\*.*?\*/)"
    r"|(?P<string>\"(?:[^\"\\\n]|\\.)*+\"|'(?:[^'\\\n]|\\.)*+'|`[^`$\\]*+`)"
    r"|(?P<word>[^\W\d][\w$]*+|\$)|(?P<number>\d{1,9})|=>|[(){};,.=]|(?P<other>.)",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u([0-9a-f]{4})|x([0-9a-f]{2})|(.))", re.IGNORECASE | re.DOTALL)
# What may be around it in a script that does nothing else.
_AROUND = frozenset((
    "window", "document", "self", "top", "parent", "globalThis", "onload", "function", "setTimeout",
    "addEventListener", "jQuery", "$", "ready", "return", "true", "false",
))  # fmt: skip
_EVENTS = frozenset(("use strict", "load", "DOMContentLoaded"))
_LONGEST_SCRIPT = 3000


def forward_url(document: Document) -> str | None:
    """Return the one address to which a page without words of its own sends its readers; None for any other page.

    What is in a `noscript` is for other programs, a refresh of the page itself leads nowhere, and one that
    comes after a while lets people read first.
    """
    if document.text_length.get(document.body, 0) > _MOST_WORDS:
        return None
    found: dict[str, str] = {}
    for href in (*_refreshes(document), *_locations(document), *_named_in_address(document)):
        url = absolute(href.strip(), document.base)
        if url is not None and page_key(url) != page_key(document.url):
            found.setdefault(page_key(url), url)
    return next(iter(found.values())) if len(found) == 1 else None


def _refreshes(document: Document, *, for_others: bool = False) -> Iterator[str]:
    for meta in document.elements("meta"):
        if (meta.get("http-equiv") or "").strip().lower() != "refresh" or _is_for_others(meta) != for_others:
            continue
        found = _REFRESH.fullmatch(" ".join((meta.get("content") or "")[:2100].split()))
        if found and found[2].strip() and int(found[1] or 0) <= _LONGEST_DELAY_S:
            yield found[2]


def _is_for_others(element: Element) -> bool:
    return any(True for _ in element.iterancestors("noscript", "template"))


def _locations(document: Document) -> Iterator[str]:
    """Yield the addresses of scripts that only redirect."""
    sources = [script.text or "" for script in islice(document.elements("script"), 20) if not script.get("src")]
    sources += [document.body.get("onload") or ""]
    for source in sources:
        if len(source) <= _LONGEST_SCRIPT and (found := _target(source)):
            yield found


def _target(source: str, depth: int = 0) -> str | None:
    """Return the one address to which a script leads that does nothing else; None for any other script."""
    parts = [(each.lastgroup, each[0]) for each in _PART.finditer(source) if each.lastgroup != "nothing"]
    parts += [(None, "")] * 6  # so that whoever looks ahead finds an end
    named: dict[str, str] = {}  # strings that a name was given to
    targets: set[str | None] = set()
    at = 0
    while at < len(parts) - 6:
        kind, part = parts[at]
        after = [each for _, each in parts[at + 1 : at + 5]]
        if part in ("var", "let", "const") and after[1] == "=" and parts[at + 3][0] == "string":
            named[after[0]] = _unescaped(after[2])
            at += 4
        elif part == "location":
            at += 3 if after[0] == "." and after[1] in ("href", "replace", "assign") else 1
            targets.add(_value(parts[at + 1], named) if parts[at][1] in ("=", "(") else None)
            at += 2
        elif part == "open" and after[0] == "(" and after[3][1:-1] in ("_self", "_top", "_parent"):
            targets.add(_value(parts[at + 2], named))
            at += 5
        elif part == "setTimeout" and after[0] == "(" and parts[at + 2][0] == "string" and not depth:
            targets.add(_target(_unescaped(after[1]), 1))
            at += 3
        elif (
            kind == "other"
            or (kind == "word" and part not in _AROUND)
            or (kind == "number" and int(part) > _LONGEST_DELAY_S * 1000)
            or (kind == "string" and part[1:-1] not in _EVENTS)
        ):
            return None
        else:
            at += 1
    return targets.pop() if len(targets) == 1 else None


def _value(part: tuple[str | None, str], named: Mapping[str, str]) -> str | None:
    """Return the address that a part of a script is: a string, or the name of one; None for anything else."""
    kind, text = part
    address = _unescaped(text) if kind == "string" else named.get(text, "")
    return address if address and len(address) <= _LONGEST_ADDRESS and not re.search(r"\s", address) else None


def _unescaped(string: str) -> str:
    """Return what a string of a script says, without its quotes."""
    return _ESCAPE.sub(lambda found: found[3] or chr(int(found[1] or found[2], 16)), string[1:-1])


def _named_in_address(document: Document) -> Iterator[str]:
    """Yield the address that the page's own address names, if the page leads there: "you are leaving us for …"."""
    try:
        pairs = parse_qsl(urlsplit(document.url).query)
    except ValueError:
        return
    named = {page_key(value): value for _, value in pairs[:50] if value.startswith(("http://", "https://"))}
    if named:
        hrefs = [link.get("href") for link in islice(document.body.iter("a"), 50)]
        hrefs += _refreshes(document, for_others=True)
        links = (absolute(href, document.base) for href in hrefs)
        yield from (url for url in links if url is not None and page_key(url) in named)
