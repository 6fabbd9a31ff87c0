"""The article of a page that a test has written."""

from datetime import datetime

from newsreader.extraction.page import parse_page
from newsreader.models import Article


def article_in(page: str, url: str, fetched_at: datetime | None = None) -> Article:
    """Return the article that is found in a page, which holds one."""
    article = parse_page(page.encode(), url, "text/html; charset=utf-8", fetched_at).article
    assert article is not None
    return article
