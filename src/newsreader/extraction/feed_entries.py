"""An entry of a feed without a page of its own, as an article made of the text in the feed."""

import html
import re

from newsreader.extraction.article.all_blocks import all_blocks
from newsreader.extraction.document import parse_document
from newsreader.extraction.feed_items import FeedItem
from newsreader.extraction.feed_text import Text, TextMarkup
from newsreader.models import Article, Block, Enclosure, Headline, Paragraph, Span
from newsreader.text import clean, line
from newsreader.urls import shown

_LONGEST = 400_000  # characters of one entry
_BLANK_LINE = re.compile(r"\n[ \t]*\n\s*")


def article_of_entry(item: FeedItem, headline: Headline, site_name: str | None, language: str | None) -> Article:
    """Return the text of the entry, and links to its files; where it has no text, its title."""
    blocks = _blocks(item)
    blocks += [_link_to(each) for each in headline.enclosures]
    return Article(
        url=headline.url,
        title=headline.title,
        blocks=tuple(blocks) or (Paragraph((Span(headline.title),)),),
        authors=headline.authors,
        published=headline.published,
        site_name=site_name,
        language=language,
        image=headline.image,
        comments=headline.comments,
        enclosures=headline.enclosures,
        categories=headline.categories,
    )


def _blocks(item: FeedItem) -> list[Block]:
    for text in (*item.contents, *item.texts):
        if blocks := _blocks_of(text, item.base):
            return blocks
    return []


def _blocks_of(text: Text, base: str) -> list[Block]:
    source = text.source[:_LONGEST]
    if text.markup is TextMarkup.PLAIN or not re.search(r"<[a-zA-Z]", source):
        whole = html.unescape(source) if text.markup is TextMarkup.HTML else source
        return [
            Paragraph((Span(words),)) for part in _BLANK_LINE.split(clean(whole).strip()) if (words := part.strip())
        ]
    document = parse_document(f"<html><body>{source}</body></html>", text.base or base)
    return list(all_blocks(document))


def _link_to(enclosure: Enclosure) -> Paragraph:
    name = enclosure.title or line(enclosure.url.partition("?")[0].rstrip("/").rpartition("/")[2], 100)
    return Paragraph((Span(name or shown(enclosure.url), href=enclosure.url),), embedded=True)
