"""Pages made from texts that came without one: in another program's export, or from a feed server."""

from dataclasses import replace
from datetime import datetime
from html import escape

from newsreader.models import Page, Response
from newsreader.sandbox import Sandbox
from newsreader.worker_errors import ExtractionError


async def page_of_text(sandbox: Sandbox, url: str, title: str, content: str, at: datetime) -> Page | None:
    """Return a page whose article is a piece of HTML; None where that has no words, or cannot be read.

    Args:
        sandbox: Reads it.
        url: What relative addresses are resolved against.
        title: Of the article; empty to take it from the text.
        content: HTML, as it came.
        at: When it came.
    """
    head = f"<head><meta charset=utf-8><title>{escape(title)}</title></head>"
    body = f"<!doctype html><html>{head}<body><article>{content}</article></body></html>"
    octets = body.encode("utf-8", "replace")
    try:
        response = Response(url, url, 200, "text/html; charset=utf-8", octets, None, None, at)
        page = await sandbox.whole_page(response, has_pictures=True)
    except ExtractionError:
        return None
    article = page.article
    if article is None or not article.blocks:
        return None
    return replace(page, article=replace(article, title=title or article.title))
