"""The address that a page gives itself: in its head, in its JSON-LD, or in a comment of the program that saved it."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from lxml.etree import _Element as Element

from newsreader.urls import is_web_address, without_fragment

_PROLOG = 8192  # characters in which a program that saves pages leaves its comment
_MOST_COMMENTS = 8
_SAVED = re.compile(r"\b(?:saved|mirrored|archived|captured|downloaded)\b", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)
_MIRRORED_FROM = re.compile(r"\bmirrored from ([a-z0-9.-]+\.[a-z]{2,}(?::\d+)?(?:/[^\s<>\"']*)?)", re.IGNORECASE)
_BODY = re.compile(r"<body\b", re.IGNORECASE)


def address_in_head(root: Element, links: Iterable[Element], meta: dict[str, list[str]]) -> str | None:
    """Return the address of the web that a page's links and `<meta>` call its own."""
    canonical = (link.get("href") for link in links if "canonical" in (link.get("rel") or "").lower().split())
    named = [*canonical, *meta.get("og:url", ())[:1], *meta.get("twitter:url", ())[:1]]
    named += [*meta.get("savepage-url", ())[:1], root.get("data-scrapbook-source")]  # left by programs that save pages
    return next((url.strip() for url in named if url and is_web_address(url.strip())), None)


def address_saved_from(text: str) -> str | None:
    """Return where a page was fetched before it was written to a file, by what the program that did it left in it."""
    prolog = text[:_PROLOG]
    body = _BODY.search(prolog)
    for comment in islice(_comments(prolog[: body.start()] if body else prolog), _MOST_COMMENTS):
        if not _SAVED.search(comment):
            continue
        if found := _ADDRESS.search(comment):
            return _of_the_web(found[0])
        if found := _MIRRORED_FROM.search(comment):
            return _of_the_web(f"https://{found[1]}")
    return None


def _comments(markup: str) -> Iterator[str]:
    end = 0
    while (start := markup.find("<!--", end)) >= 0 and (end := markup.find("-->", start)) >= 0:
        yield markup[start:end]


def address_in_data(objects: list[dict[str, Any]]) -> str | None:
    """Return the address of the only page that the JSON-LD describes."""
    urls = {
        without_fragment(url)
        for item in objects
        if any(kind.endswith("webpage") or kind in ("collectionpage", "itempage") for kind in _kinds(item))
        if (url := _url_of(item))
    }
    return urls.pop() if len(urls) == 1 else None


def site_in_data(objects: list[dict[str, Any]]) -> str | None:
    """Return the address of the site whose page the JSON-LD says this is: relative links begin there."""
    return next((url for item in objects if "website" in _kinds(item) and (url := _url_of(item))), None)


def _kinds(item: dict[str, Any]) -> list[str]:
    kind = item.get("@type")
    return [str(name).lower() for name in (kind if isinstance(kind, list) else [kind])]


def _url_of(item: dict[str, Any]) -> str | None:
    named = (item.get("url"), item.get("@id"))
    return next((found for url in named if isinstance(url, str) and (found := _of_the_web(url.strip()))), None)


def _of_the_web(url: str) -> str | None:
    return url if is_web_address(url) else None
