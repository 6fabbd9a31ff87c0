"""The way in: bytes of an answer to a `Page`."""

from datetime import datetime

from newsreader.extraction.document import parse_document
from newsreader.models import Page


def parse_page(body: bytes, url: str, content_type: str | None = None, fetched_at: datetime | None = None) -> Page:
    """Return what the answer holds: its article, its headline lists, or the problem that stands in the way.

    Args:
        body: The page after content decoding.
        url: Where it came from; relative addresses are resolved against it (or the page's `<base>`).
        content_type: The header's value as sent.
        fetched_at: What "today" and "2 hours ago" count from; aware. Without it, times that need it stay unknown.
    """
    document = parse_document(body.decode("utf-8", "replace"), url)
    return Page(url=url, title=document.root.findtext(".//title"))
