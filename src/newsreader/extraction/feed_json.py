"""JSON Feed 1.0 and 1.1, with its keys in any order."""

import re
from itertools import islice
from typing import Any

from newsreader.extraction.feed_items import (
    MOST_AUTHORS,
    MOST_CATEGORIES,
    MOST_ITEMS,
    FeedItem,
    FoundEnclosure,
    ParsedFeed,
    plain,
)
from newsreader.extraction.feed_text import Text
from newsreader.text import parse_json

_VERSION = re.compile(r"\"version\"\s{0,9}:\s{0,9}\"https?:\\?/\\?/(?:www\.)?jsonfeed\.org", re.IGNORECASE)


def is_json_feed(text: str) -> bool:
    """Return whether JSON names a version of JSON Feed, wherever it does so."""
    return "jsonfeed.org" in text and _VERSION.search(text) is not None


def read_json_feed(text: str, url: str) -> ParsedFeed:
    """Return the feed of JSON; one without items if it isn't one."""
    try:
        value = parse_json(text.lstrip("\ufeff \t\r\n"))
    except (ValueError, RecursionError):
        return ParsedFeed(base=url)
    if not isinstance(value, dict):
        return ParsedFeed(base=url)
    items = value.get("items")
    authors = _authors(value)
    found = [item for item in islice(items, MOST_ITEMS) if isinstance(item, dict)] if isinstance(items, list) else []
    return ParsedFeed(
        titles=[plain(_first(value, "title"))],
        language=_first(value, "language"),
        next_href=_first(value, "next_url"),
        base=url,
        items=[_item(item, url, authors) for item in found],
        is_cut=isinstance(items, list) and len(items) > MOST_ITEMS,
        is_whole=isinstance(items, list) and "jsonfeed.org" in _first(value, "version"),
        icons=[(_first(value, key), url) for key in ("icon", "favicon")],
    )


def _item(item: dict[str, Any], url: str, authors: list[str]) -> FeedItem:
    number = item.get("id")
    name = str(number) if isinstance(number, int | float) and not isinstance(number, bool) else _first(item, "id")
    hrefs = [(_first(item, key), url) for key in ("url", "external_url")]
    if name.strip().lower().startswith(("http://", "https://")):
        hrefs.append((name, url))
    texts, contents = [plain(_first(item, "summary"))], []
    if html := _first(item, "content_html"):
        contents.append(Text(html))
    if words := _first(item, "content_text"):
        contents.append(plain(words))
    return FeedItem(
        base=url,
        id=name,
        titles=[plain(_first(item, "title"))],
        hrefs=hrefs,
        texts=[*texts, *reversed(contents)],
        contents=contents,
        dates=[_first(item, "date_published"), _first(item, "date_modified")],
        images=[(_first(item, key), url) for key in ("image", "banner_image")],
        enclosures=[found for each in _dicts(item, "attachments") if (found := _attachment(each, url))],
        categories=_strings(item, "tags")[:MOST_CATEGORIES],
        authors=_authors(item) or authors,
    )


def _attachment(value: dict[str, Any], url: str) -> FoundEnclosure | None:
    href = _first(value, "url")
    if not href:
        return None
    size, duration = (_number(value.get(key)) for key in ("size_in_bytes", "duration_in_seconds"))
    return FoundEnclosure(href, _first(value, "mime_type"), size, duration, _first(value, "title"), base=url)


def _number(value: object) -> str:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return str(value) if is_number or isinstance(value, str) else ""


def _authors(value: dict[str, Any]) -> list[str]:
    """Return the names of "authors", else of version 1.0's "author"."""
    several = value.get("authors")
    persons = several if isinstance(several, list) and several else [several, value.get("author")]
    names = [_first(each, "name") if isinstance(each, dict) else each for each in persons]
    return [name for name in names if isinstance(name, str) and name.strip()][:MOST_AUTHORS]


def _dicts(value: dict[str, Any], key: str) -> list[dict[str, Any]]:
    found = value.get(key)
    return [each for each in islice(found, 100) if isinstance(each, dict)] if isinstance(found, list) else []


def _strings(value: dict[str, Any], key: str) -> list[str]:
    found = value.get(key)
    return [each for each in islice(found, 100) if isinstance(each, str)] if isinstance(found, list) else []


def _first(value: dict[str, Any], *keys: str) -> str:
    """Return the first of these that is a text and not empty."""
    return next((found for key in keys if isinstance(found := value.get(key), str) and found.strip()), "")
