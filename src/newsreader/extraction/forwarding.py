"""Where a page without words of its own sends its readers: redirects that are not HTTP's."""

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import parse_qsl, urlsplit

from lxml.etree import _Element as Element

from newsreader.extraction.document import Document
from newsreader.urls import absolute, page_key

_MOST_WORDS = 400  # characters of a page that only redirects
_LONGEST_DELAY_S = 15
_REFRESH = re.compile(
    r"(?:(\d{1,6})(?:\.\d{0,6})?(?: ?[;,] ?| )|[;,] ?)(?:url ?= ?)?[\"']?([^\"']*)[\"']?", re.IGNORECASE
)
_LOCATION = re.compile(
    r"(?:(?:window|document|self|top|parent)\s{0,9}\.\s{0,9}){0,3}location(?:\s{0,9}\.\s{0,9}(?:href|replace|assign))?"
    r"\s{0,9}(?:=|\()\s{0,9}[\"']([^\"'\s]{1,2000})[\"']\s{0,9}\)?"
)
# What may be around it in a script that does nothing else. None of it is tried twice.
_AROUND = re.compile(
    r"(?:<!--|//-->|//\s*+<!\[CDATA\[|//\s*+\]\]>|setTimeout\s*+\(\s*+(?:function\s*+\(\s*+\)|\(\s*+\)\s*+=>)?+"
    r"|['\"]use strict['\"]|[\s;{}()]|,\s*+\d{1,6})*+"
)
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


def _refreshes(document: Document) -> Iterator[str]:
    for meta in document.root.iter("meta"):
        if (meta.get("http-equiv") or "").strip().lower() != "refresh" or _is_for_others(meta):
            continue
        found = _REFRESH.fullmatch(" ".join((meta.get("content") or "")[:2100].split()))
        if found and found[2].strip() and int(found[1] or 0) <= _LONGEST_DELAY_S:
            yield found[2]


def _is_for_others(element: Element) -> bool:
    return any(True for _ in element.iterancestors("noscript", "template"))


def _locations(document: Document) -> Iterator[str]:
    """Yield the addresses of scripts that only redirect."""
    sources = [script.text or "" for script in islice(document.root.iter("script"), 20) if not script.get("src")]
    sources += [document.body.get("onload") or ""]
    for source in sources:
        found = _LOCATION.search(source) if len(source) <= _LONGEST_SCRIPT else None
        if found and _AROUND.fullmatch(source[: found.start()]) and _AROUND.fullmatch(source[found.end() :]):
            yield found[1].replace("\\/", "/")


def _named_in_address(document: Document) -> Iterator[str]:
    """Yield the address that the page's own address names, if the page links there: "you are leaving us for …"."""
    try:
        pairs = parse_qsl(urlsplit(document.url).query)
    except ValueError:
        return
    named = {page_key(value): value for _, value in pairs[:50] if value.startswith(("http://", "https://"))}
    if named:
        links = (absolute(link.get("href"), document.base) for link in islice(document.body.iter("a"), 50))
        yield from (url for url in links if url is not None and page_key(url) in named)
