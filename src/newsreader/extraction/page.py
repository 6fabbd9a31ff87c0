"""The way in: bytes of an answer to a `Page`."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from lxml.etree import _Element as Element

from newsreader.extraction.article import Reading, find_article
from newsreader.extraction.blocks import build_blocks
from newsreader.extraction.decoding import decode
from newsreader.extraction.document import Document, parse_document
from newsreader.extraction.headlines import find_headline_lists
from newsreader.extraction.pictures import find_media
from newsreader.models import Article, Block, Page
from newsreader.text import line


def parse_page(body: bytes, url: str, content_type: str | None = None, fetched_at: datetime | None = None) -> Page:
    """Return what the answer holds: its article, its headline lists, or the problem that stands in the way.

    Args:
        body: The page after content decoding.
        url: Where it came from; relative addresses are resolved against it (or the page's `<base>`).
        content_type: The header's value as sent.
        fetched_at: What "today" and "2 hours ago" count from; aware. Without it, times that need it stay unknown.
    """
    document = parse_document(decode(body, content_type), url)
    title = line(document.root.findtext(".//title") or "")
    found = find_headline_lists(document, fetched_at)
    story = read_story(document, frozenset(found.nodes))
    article = Article(url, title, story.blocks, story.lead) if story.blocks else None
    return Page(url=url, title=title or None, article=article, headline_lists=found.lists)


@dataclass(frozen=True, slots=True)
class Story:
    """The words of an article.

    Attributes:
        lead: The standfirst; None where the page shows none apart from the body.
    """

    lead: str | None
    blocks: tuple[Block, ...]


# A lead is a few sentences. More than that before the body is body.
_LONGEST_LEAD = 900


def read_story(
    document: Document, cut: Collection[Element] = frozenset(), without: Collection[str] = frozenset()
) -> Story:
    """Return the lead and the blocks of the page's article; no blocks where there is none.

    Args:
        document: The page.
        cut: Elements known not to belong to the article, such as headline lists.
        without: Steps to leave out, for measuring what each of them earns.
    """
    reading = find_article(document, cut, without)
    kept = [scrap for scrap in reading.scraps if scrap.kept]
    if not kept:
        return Story(None, ())
    leads = [scrap for scrap in kept if scrap.is_lead]
    length = sum(scrap.length for scrap in leads)
    if length > _LONGEST_LEAD or length == reading.length:
        leads = []
    lead = line(" ".join(scrap.text for scrap in leads), _LONGEST_LEAD + 100) or None
    first = _first_place(reading, kept[0].index)
    media = find_media(document, reading.elements, first, kept[-1].position)
    return Story(lead, build_blocks(document, (s for s in kept if s not in leads), media))


def _first_place(reading: Reading, first: int) -> int:
    """Return where the article begins for a picture: behind its title, or at its first words."""
    for scrap in reversed(reading.scraps[max(0, first - 12) : first]):
        if scrap.tag == "h1":
            return scrap.position
    return reading.scraps[first].position
