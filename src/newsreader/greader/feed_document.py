"""The items of one subscription as a JSON Feed, which is read as any feed is."""

import json
from collections.abc import Iterable
from typing import Any

from newsreader.greader.values import ServerItem

CONTENT_TYPE = "application/feed+json; charset=utf-8"
_BEGINNING = 4000  # characters of the words of an item that has a page: its summary is made of them
_LONGEST = 400_000  # characters of the words of one item


def feed_item(item: ServerItem) -> dict[str, Any]:
    """Return an item in the form of JSON Feed 1.1."""
    found: dict[str, Any] = {"id": item.id, "title": item.title, "content_html": item.content[:_LONGEST]}
    if item.url is not None:
        found["url"] = item.url
    if item.published is not None:
        found["date_published"] = item.published.isoformat()
    if item.author:
        found["authors"] = [{"name": item.author}]
    if item.enclosures:
        found["attachments"] = [{"url": url, "mime_type": kind} for url, kind in item.enclosures]
    return found


def feed_document(title: str, items: Iterable[dict[str, Any]]) -> bytes:
    """Return a feed of items; of those that have a page only the beginning of their words goes with it."""
    listed = [each | {"content_html": each["content_html"][:_BEGINNING]} if "url" in each else each for each in items]
    value = {"version": "https://jsonfeed.org/version/1.1", "title": title, "items": listed}
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
