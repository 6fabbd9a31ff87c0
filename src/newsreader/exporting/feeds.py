"""Headlines as a feed for other programs: RSS 2.0, Atom (RFC 4287) or JSON Feed 1.1, every word escaped."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from newsreader.exporting.html import picture_html
from newsreader.exporting.html_blocks import blocks_html, proper_address
from newsreader.models import Article, Headline
from newsreader.text import clean, line
from newsreader.values import dataclass

FORMATS = ("rss", "atom", "json")
_LONGEST = 3000


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A headline as an entry.

    Attributes:
        at: When it was published, else when this program first saw it: the same in every run.
        article: Its whole text, where that is wanted and there.
    """

    headline: Headline
    at: datetime
    article: Article | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A list of headlines as a feed.

    Attributes:
        url: Of the page that shows them; what the feed is known by.
        refresh_minutes: How long it may be kept.
    """

    url: str
    title: str
    entries: Sequence[FeedEntry]
    language: str | None = None
    refresh_minutes: int | None = None


def to_feed(feed: Feed, form: str) -> str:
    """Return the feed in one of `FORMATS`, without a newline at the end. The same entry has the same id each time."""
    return {"rss": _rss, "atom": _atom, "json": _json}[form](feed)


def _aware(moment: datetime) -> datetime:
    """Return a moment with a zone; if the page names none, UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _words(text: str) -> str:
    return escape(line(text, _LONGEST))


def _content(entry: FeedEntry) -> str:
    """Return the text of an entry as HTML; empty if it is not wanted, or not there."""
    article = entry.article
    if article is None:
        return ""
    lead = f"<p><strong>{escape(line(article.lead, _LONGEST))}</strong></p>\n" if article.lead else ""
    return clean(lead + blocks_html(article.blocks, picture_html))


def _authors(entry: FeedEntry) -> tuple[str, ...]:
    return entry.headline.authors or (entry.article.authors if entry.article is not None else ())


def _rss(feed: Feed) -> str:
    about = [
        f"<title>{_words(feed.title)}</title>",
        f"<link>{escape(proper_address(feed.url))}</link>",
        f"<description>{_words(feed.title)}</description>",
        *([f"<language>{_words(feed.language)}</language>"] if feed.language else []),
        *([f"<ttl>{feed.refresh_minutes}</ttl>"] if feed.refresh_minutes else []),
    ]
    spaces = (
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:slash="http://purl.org/rss/1.0/modules/slash/"'
    )
    items = (_rss_item(entry) for entry in feed.entries)
    body = "\n".join((*about, *items))
    return f'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"{spaces}>\n<channel>\n{body}\n</channel>\n</rss>'


def _rss_item(entry: FeedEntry) -> str:
    headline, content = entry.headline, _content(entry)
    url = escape(proper_address(headline.url))
    fields = [
        f"<title>{escape(_words(headline.title))}</title>",  # once more: it is read as HTML
        f"<link>{url}</link>",
        f'<guid isPermaLink="true">{url}</guid>',
        f"<pubDate>{format_datetime(_aware(entry.at))}</pubDate>",
        *(f"<dc:creator>{_words(name)}</dc:creator>" for name in _authors(entry)),
        *(f"<category>{_words(name)}</category>" for name in headline.categories),
    ]
    if headline.summary:
        fields.append(f"<description>{escape(_words(headline.summary))}</description>")
    if content:
        fields.append(f"<content:encoded>{escape(content)}</content:encoded>")
    if headline.comments and headline.comments.url:
        fields.append(f"<comments>{escape(proper_address(headline.comments.url))}</comments>")
    if headline.comments and headline.comments.count is not None:
        fields.append(f"<slash:comments>{headline.comments.count}</slash:comments>")
    for each in headline.enclosures[:1]:  # RSS has room for one
        said = {"url": proper_address(each.url), "length": str(each.size_bytes or 0)}
        said["type"] = each.type or "application/octet-stream"
        fields.append(f"<enclosure{_attributes(said)}/>")
    return "<item>\n" + "\n".join(fields) + "\n</item>"


def _attributes(values: dict[str, str]) -> str:
    return "".join(f" {name}={quoteattr(value)}" for name, value in values.items())


def _atom(feed: Feed) -> str:
    updated = max((_aware(entry.at) for entry in feed.entries), default=datetime(1970, 1, 1, tzinfo=UTC))
    url = proper_address(feed.url)
    language = _attributes({"xml:lang": line(feed.language)}) if feed.language else ""
    head = [
        f"<title>{_words(feed.title)}</title>",
        f"<id>{escape(url)}</id>",
        f"<link{_attributes({'rel': 'alternate', 'href': url})}/>",
        f"<updated>{updated.isoformat(timespec='seconds')}</updated>",
        f"<author><name>{_words(feed.title)}</name></author>",
    ]
    body = "\n".join((*head, *(_atom_entry(entry) for entry in feed.entries)))
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"{language}>\n{body}\n</feed>'
    )


def _atom_entry(entry: FeedEntry) -> str:
    headline, content = entry.headline, _content(entry)
    url, at = proper_address(headline.url), _aware(entry.at).isoformat(timespec="seconds")
    fields = [
        f"<title>{_words(headline.title)}</title>",
        f"<id>{escape(url)}</id>",
        f"<link{_attributes({'rel': 'alternate', 'href': url})}/>",
        f"<published>{at}</published>",
        f"<updated>{at}</updated>",
        *(f"<author><name>{_words(name)}</name></author>" for name in _authors(entry)),
        *(f"<category{_attributes({'term': line(name)})}/>" for name in headline.categories),
    ]
    if headline.summary:
        fields.append(f"<summary>{_words(headline.summary)}</summary>")
    if content:
        fields.append(f'<content type="html">{escape(content)}</content>')
    if headline.comments and headline.comments.url:
        said = {"rel": "replies", "type": "text/html", "href": proper_address(headline.comments.url)}
        fields.append(f"<link{_attributes(said)}/>")
    for each in headline.enclosures:
        said = {"rel": "enclosure", "href": proper_address(each.url)}
        said |= {"type": each.type} if each.type else {}
        said |= {"length": str(each.size_bytes)} if each.size_bytes else {}
        fields.append(f"<link{_attributes(said)}/>")
    return "<entry>\n" + "\n".join(fields) + "\n</entry>"


def _json(feed: Feed) -> str:
    value: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": line(feed.title, _LONGEST),
        "home_page_url": proper_address(feed.url),
        "items": [_json_item(entry) for entry in feed.entries],
    }
    return json.dumps(value | ({"language": feed.language} if feed.language else {}), ensure_ascii=False, indent=1)


def _json_item(entry: FeedEntry) -> dict[str, Any]:
    headline, content = entry.headline, _content(entry)
    url = proper_address(headline.url)
    words = line(headline.summary or headline.title, _LONGEST)
    value: dict[str, Any] = {
        "id": url,
        "url": url,
        "title": line(headline.title, _LONGEST),
        "date_published": _aware(entry.at).isoformat(timespec="seconds"),
        **({"content_html": content} if content else {"content_text": words}),
    }
    attachments = [
        {"url": proper_address(each.url), "mime_type": each.type or "application/octet-stream"}
        | ({"size_in_bytes": each.size_bytes} if each.size_bytes else {})
        | ({"duration_in_seconds": each.duration_s} if each.duration_s else {})
        for each in headline.enclosures
    ]
    further = {
        "summary": line(headline.summary or "", _LONGEST),
        "image": proper_address(headline.image) if headline.image else "",
        "authors": [{"name": line(name)} for name in _authors(entry)],
        "tags": [line(name) for name in headline.categories],
        "attachments": attachments,
    }
    return value | {name: each for name, each in further.items() if each}
