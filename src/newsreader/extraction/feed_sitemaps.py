"""News sitemaps: the stories of the last days with their titles, as sites list them for search engines."""

import re
from itertools import islice

from lxml.etree import _Element as Element

from newsreader.extraction.feed_items import MOST_ITEMS, FeedItem, ParsedFeed, plain
from newsreader.extraction.feed_names import local_of
from newsreader.extraction.feed_text import text_of
from newsreader.extraction.feed_xml import parsed_xml

_ROOT = re.compile(r"<(?:[a-z][\w-]{0,20}:)?urlset(?=\s)[^>]{0,2000}sitemap-news", re.IGNORECASE)


def is_news_sitemap(text: str) -> bool:
    """Return whether a text has the root element of a sitemap that says that it holds news."""
    return _ROOT.search(text) is not None


def read_news_sitemap(text: str, url: str) -> ParsedFeed:
    """Return a sitemap as a feed: its pages that have the title of a news story; one without items if it has none."""
    start = _ROOT.search(text)
    root = parsed_xml(text[start.start() :]) if start is not None else None
    if root is None:
        return ParsedFeed(base=url)
    pages = [element for element in root if local_of(element) == "url"]
    feed = ParsedFeed(base=url)
    for page in islice(pages, MOST_ITEMS):
        fields = _fields(page)
        if not fields.get("title"):
            continue
        feed.items.append(
            FeedItem(
                base=url,
                titles=[plain(fields["title"])],
                hrefs=[(fields.get("loc", ""), url)],
                dates=[fields.get("publication_date", ""), fields.get("lastmod", "")],
            )
        )
        feed.titles = feed.titles or [plain(fields.get("name", ""))]
        feed.language = feed.language or fields.get("language", "")
    feed.is_cut = len(pages) > MOST_ITEMS
    return feed


def _fields(page: Element) -> dict[str, str]:
    """Return what a page says of itself, by local names; pictures and videos have titles of their own."""
    found: dict[str, str] = {}
    for element in page.iterdescendants():
        around = element.getparent()
        inside = local_of(around) if around is not None else ""
        if inside in ("url", "news", "publication"):
            found.setdefault(local_of(element), text_of(element).strip())
    return found
