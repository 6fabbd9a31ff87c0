"""Feeds as pages: RSS 0.9 to 2.0, Atom and JSON Feed, sound or broken, with one list under the feed's title.

A small reading of lxml's tree. Of the libraries, feedparser takes five seconds for 16,000 items; fastfeedparser is fast
but drops ampersands (and so breaks addresses), undeclared entities, XHTML titles, `xml:base`, zones, and all dates that
are not English.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from itertools import islice
from typing import Any

from lxml import etree
from lxml.etree import _Element as Element

from newsreader.extraction.dates import parse_time
from newsreader.extraction.decoding import decode
from newsreader.i18n import N_
from newsreader.models import FeedLink, Headline, HeadlineList, ListKind, Page, Problem
from newsreader.text import clean, line, parse_json, sound_references
from newsreader.urls import absolute, story_key

_SNIFFED = 4096
_MOST_ITEMS = 50_000
_LONGEST_SUMMARY = 400
_WHOLE_TEXT = 1500  # characters: what is shorter is a summary
_LONGEST_SOURCE = 6000  # of a summary; more of a whole article in a feed is not looked at

_XML_FEED = re.compile(
    r"<(?:rss|(?:[a-z]{1,10}:)?feed|[a-z]{1,10}:rdf)(?=[\s>])[^>]{0,2000}(?:version|purl\.org/(?:rss|atom)|w3\.org/2005/atom"
    r"|netscape\.com/rdf|xmlns)",
    re.IGNORECASE,
)
_HTML = re.compile(r"\s*(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE | re.DOTALL)
_JSON_FEED = re.compile(
    r"""\s*\{.{0,2000}?"version"\s{0,9}:\s{0,9}"https?:\\?/\\?/(?:www\.)?jsonfeed\.org""", re.DOTALL
)
_ROOT = re.compile(r"<(?:rss|(?:[a-z]{1,10}:)?feed|[a-z]{1,10}:rdf)(?=[\s>])", re.IGNORECASE)
_AMPERSAND = re.compile(r"&(?!amp;|lt;|gt;|quot;|apos;|#\d{1,7};|#[xX][0-9a-fA-F]{1,6};)(\w{2,31};)?")
_TAG = re.compile(r"<[a-zA-Z/!][^<>]*>")
_IMAGE = re.compile(r"<img\s[^<>]{0,500}?src\s{0,3}=\s{0,3}[\"']([^\"'<>]{1,1000})", re.IGNORECASE)
_PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif)(?:$|\?)", re.IGNORECASE)
_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"

_UNREADABLE = Problem(
    "broken-feed",
    N_("This feed cannot be read: it holds no items."),
    N_("Try again later, or open the site's own page."),
)


@dataclass(slots=True)
class _Item:
    """A story of a feed, as written there."""

    title: str = ""
    href: str = ""
    base: str = ""
    summary: str = ""
    time: str = ""
    image: str = ""
    is_whole: bool = False  # it holds the article's text, not a summary alone


@dataclass(slots=True)
class _Feed:
    title: str = ""
    language: str = ""
    next_href: str = ""
    items: list[_Item] = field(default_factory=list)


def looks_like_feed(body: bytes, content_type: str | None) -> bool:
    """Say whether an answer is a feed, whatever its content type promises.

    Its first 4 KB decide; a content type of a feed makes a doubtful beginning one.
    """
    head = decode(body[:_SNIFFED], content_type).lstrip("\ufeff \t\r\n")
    if _HTML.match(head):
        return False
    if _JSON_FEED.match(head) or _XML_FEED.search(head):
        return True
    said = (content_type or "").partition(";")[0].strip().lower()
    return said in ("application/rss+xml", "application/atom+xml", "application/rdf+xml") and head.startswith("<")


def parse_feed(body: bytes, url: str, content_type: str | None = None, fetched_at: datetime | None = None) -> Page:
    """Return a feed as a page: one list under the feed's title, in the feed's order.

    Args:
        body: The feed after content decoding.
        url: Where it came from; relative addresses are resolved against it.
        content_type: The header's value as sent.
        fetched_at: What times without a date count from; aware.
    """
    text = decode(body, content_type)
    feed = _json_feed(text, url) if text.lstrip("\ufeff \t\r\n").startswith("{") else _xml_feed(text, url)
    language = line(feed.language, 20).replace("_", "-") or None
    title = _plain(feed.title) or None
    headlines = tuple(_headlines(feed.items, fetched_at, language))
    found = HeadlineList(title, ListKind.LATEST, headlines, absolute(feed.next_href, url))
    return Page(
        url=url,
        title=title,
        site_name=title,
        language=language,
        headline_lists=(found,) if headlines else (),
        feeds=(FeedLink(url, title),),
        problem=None if headlines else _UNREADABLE,
        whole_texts=sum(item.is_whole for item in feed.items),
    )


def _headlines(items: list[_Item], fetched_at: datetime | None, language: str | None) -> Iterator[Headline]:
    known = set()
    for item in items:
        address = absolute(html.unescape(item.href), item.base)
        summary = _plain(item.summary, _LONGEST_SUMMARY)
        title = _plain(item.title) or line(summary, 90)
        if address is None or not title or story_key(address) in known:
            continue
        known.add(story_key(address))
        yield Headline(
            title=title,
            url=address,
            summary=summary if summary and summary != title else None,
            time_text=line(item.time, 60) or None,
            published=_moment(item.time, fetched_at, language),
            image=absolute(item.image, item.base),
        )


def _is_whole(source: str) -> bool:
    return len(source) >= _WHOLE_TEXT and len(_TAG.sub("", html.unescape(source[:20_000]))) >= _WHOLE_TEXT


def _plain(source: str, limit: int = 300) -> str:
    """Return what a reader would see of a text that may be HTML, once or twice escaped."""
    text = source[:_LONGEST_SOURCE]
    if "&" in text:
        text = html.unescape(text)
    if "<" in text:
        text = _TAG.sub(" ", text)
        if "&" in text:
            text = html.unescape(text)
    return line(text, limit)


def _moment(text: str, fetched_at: datetime | None, language: str | None) -> datetime | None:
    text = text.strip()
    if not text:
        return None
    try:
        return parsedate_to_datetime(text) if text[0].isalpha() or "," in text[:6] else datetime.fromisoformat(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return parse_time(text, fetched_at, language)


# --- XML --------------------------------------------------------------------------------------


def _xml_feed(text: str, url: str) -> _Feed:
    root = _tree(text)
    feed = _Feed()
    if root is None:
        return feed
    channel = next((e for e in root if _name(e) == "channel"), root)
    for element in channel:
        _read_channel(feed, element)
    feed.language = feed.language or root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    base = absolute(root.get(_XML_BASE), url) or url
    elements = (e for e in root.iter() if isinstance(e.tag, str) and _name(e) in ("item", "entry"))
    feed.items = [_xml_item(element, base) for element in islice(elements, _MOST_ITEMS)]
    return feed


def _tree(text: str) -> Element | None:
    """Return the root of XML that may be broken; what stands before it, declarations of entities too, is not read."""
    start = _ROOT.search(text)
    source = clean(sound_references(text[start.start() if start else 0 :]))
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, remove_comments=True
    )
    try:
        return etree.fromstring(_AMPERSAND.sub(_known_entity, source).encode("utf-8"), parser)
    except etree.XMLSyntaxError:
        return None


def _known_entity(found: re.Match[str]) -> str:
    """Return the letter of a named entity of HTML; any other ampersand stands for itself."""
    letter = html.unescape(found.group()) if found.group(1) else ""
    return letter if letter and "&" not in letter and letter not in "<>" else "&amp;" + (found.group(1) or "")


def _name(element: Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""


def _words(element: Element) -> str:
    """Return the text of an element and of the XHTML in it."""
    return (
        (element.text or "") if len(element) == 0 else " ".join(str(text) for text in islice(element.itertext(), 2000))
    )


def _read_channel(feed: _Feed, element: Element) -> None:
    name = _name(element)
    if name == "title" and not feed.title:
        feed.title = _words(element)
    elif name == "language" and not feed.language:
        feed.language = _words(element)
    elif name == "link" and element.get("rel") == "next":
        feed.next_href = element.get("href") or ""


_TIMES = {"pubdate": 0, "published": 0, "date": 1, "issued": 1, "created": 2, "updated": 3, "modified": 3}
_SUMMARIES = {"description": 0, "summary": 0, "subtitle": 1, "content": 2, "encoded": 2}


def _xml_item(element: Element, base: str) -> _Item:
    item = _Item(base=absolute(element.get(_XML_BASE), base) or base)
    time_rank = summary_rank = 9
    guid = ""
    for child in element:
        name = _name(child)
        if name == "title" and not item.title:
            item.title = _words(child)
        elif name == "link":
            item.href = _better_link(item.href, child)
        elif name in ("guid", "id", "origlink") and not guid:
            guid = _words(child).strip()
        elif name in _TIMES and _TIMES[name] < time_rank:
            item.time, time_rank = _words(child), _TIMES[name]
        elif name in ("content", "thumbnail", "enclosure", "group", "image") and not _words(child).strip():
            item.image = item.image or _picture(child)
        elif name in _SUMMARIES:
            words = _words(child)
            item.is_whole = item.is_whole or _is_whole(words)
            if _SUMMARIES[name] < summary_rank:
                item.summary, summary_rank = words, _SUMMARIES[name]
    about = element.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about") or ""
    item.href = item.href or (guid if guid.startswith(("http://", "https://")) else about)
    if not item.image and (found := _IMAGE.search(html.unescape(item.summary[:_LONGEST_SOURCE]))):
        item.image = found.group(1)
    return item


def _better_link(known: str, element: Element) -> str:
    href = element.get("href")
    if href is None:  # RSS
        return known or _words(element).strip()
    return href if element.get("rel", "alternate") == "alternate" or not known else known


def _picture(element: Element) -> str:
    for inner in islice(element.iter(), 12):
        href = inner.get("url") or inner.get("href") or ""
        said = f"{inner.get('type') or ''} {inner.get('medium') or ''}"
        if href and ("image" in said or _name(inner) == "thumbnail" or _PICTURE_FILE.search(href)):
            return href
    return ""


# --- JSON -------------------------------------------------------------------------------------


def _json_feed(text: str, url: str) -> _Feed:
    try:
        value = parse_json(text.lstrip("\ufeff \t\r\n"))
    except (ValueError, RecursionError):
        return _Feed()
    if not isinstance(value, dict):
        return _Feed()
    items = value.get("items")
    return _Feed(
        title=_said(value, "title"),
        language=_said(value, "language"),
        next_href=_said(value, "next_url"),
        items=[_json_item(item, url) for item in islice(items, _MOST_ITEMS) if isinstance(item, dict)]
        if isinstance(items, list)
        else [],
    )


def _json_item(item: dict[str, Any], url: str) -> _Item:
    return _Item(
        title=_said(item, "title"),
        href=_said(item, "url", "external_url", "id"),
        base=url,
        summary=_said(item, "summary", "content_text", "content_html"),
        time=_said(item, "date_published", "date_modified"),
        image=_said(item, "image", "banner_image"),
        is_whole=_is_whole(_said(item, "content_text", "content_html")),
    )


def _said(value: dict[str, Any], *keys: str) -> str:
    """Return the first of these that is a text."""
    return next((found for key in keys if isinstance(found := value.get(key), str) and found.strip()), "")
