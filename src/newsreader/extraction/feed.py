"""Feeds as pages: RSS 0.9 to 2.0, Atom, JSON Feed, news sitemaps; sound or broken, as one list under their title.

A small reading of lxml's tree. Of the libraries, feedparser takes five seconds for 16,000 items; fastfeedparser is fast
but drops ampersands (and so breaks addresses), undeclared entities, XHTML titles, `xml:base`, zones, and all dates that
are not English.
"""

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from newsreader.extraction.decoding import decode
from newsreader.extraction.feed_dates import feed_moment
from newsreader.extraction.feed_enclosures import enclosures_of
from newsreader.extraction.feed_entries import article_of_entry
from newsreader.extraction.feed_items import MOST_ITEMS, WHOLE_TEXT, FeedItem, ParsedFeed
from newsreader.extraction.feed_json import is_json_feed, read_json_feed
from newsreader.extraction.feed_sitemaps import is_news_sitemap, read_news_sitemap
from newsreader.extraction.feed_text import length_of, title_words, words
from newsreader.extraction.feed_xml import read_xml_feed
from newsreader.i18n import N_
from newsreader.models import Article, Comments, FeedLink, Headline, HeadlineList, ListKind, Page, Problem
from newsreader.text import line
from newsreader.urls import absolute, entry_id, entry_url, story_key, without_fragment

_SNIFFED = 4096
_PROLOG = 256 * 1024  # bytes before the root of a feed: comments, instructions, entities
_LONGEST_SUMMARY = 400
_LONGEST_NAME = 100
_MOST_ENTRIES = 200  # without an address: their words are read when the feed comes
_MOST_ENTRY_TEXT = 1_000_000  # characters of all these

_XML_FEED = re.compile(
    r"<(?:rss|(?:[a-z][\w-]{0,20}:)?feed|[a-z][\w-]{0,20}:rdf|rdf)(?=[\s>])[^>]{0,2000}"
    r"(?:version|purl\.org/(?:rss|atom)|w3\.org/2005/atom|netscape\.com/rdf|xmlns)",
    re.IGNORECASE,
)
_RSS = re.compile(r"(?:<[?!][^>]{0,2000}>\s*+)*+<(?:rss|rdf:rdf)[\s>]", re.IGNORECASE)  # the root
_HTML = re.compile(r"(?<!\s)\s*<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)
_PROLOG_PART = re.compile(r"(?<![\ufeff\s])[\ufeff\s]*+(<!--|<\?|<!doctype(?!\s+html))", re.IGNORECASE)
_REST_OF_PROLOG_PART = {
    "<!--": re.compile(r".*?-->", re.DOTALL),
    "<?": re.compile(r".*?\?>", re.DOTALL),
    "<!doctype": re.compile(r"[^\[>]*+(?:\[.*?\]\s*+)?>", re.DOTALL),
}
_WEB_HOST = re.compile(r"www\.[\w-]{1,60}(?:\.[\w-]{1,60}){1,4}(?::\d{1,5})?")
_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml")

_UNREADABLE = Problem(
    "broken-feed",
    N_("This feed cannot be read: it holds no items."),
    N_("Try again later, or open the site's own page."),
)
_CUT = Problem(
    "long-feed",
    N_("This feed has more entries than are read: the first {count} are shown."),
    N_("Look for the others on the site's own pages."),
    (("count", f"{MOST_ITEMS:,}".replace(",", "\u202f")),),
)


def looks_like_feed(body: bytes, content_type: str | None) -> bool:
    """Return whether a response is a feed, whatever its content type says.

    Its first 4 KB decide, comments aside, else the root behind a longer prolog, and of JSON all of it; a content type
    of a feed makes a doubtful beginning one.
    """
    head = decode(body[:_SNIFFED], content_type).lstrip("\ufeff \t\r\n")
    said = (content_type or "").partition(";")[0].strip().lower()
    if head.startswith("{"):
        return is_json_feed(decode(body, content_type)) or (said == "application/feed+json" and '"items"' in head)
    if _HTML.match(head):
        return False
    if "<!--" in head:
        head = _without_comments(decode(body, content_type).lstrip("\ufeff \t\r\n"))
        if _HTML.match(head):
            return False
    if _XML_FEED.search(head) or _RSS.match(head) or (said in _FEED_TYPES and head.startswith("<")):
        return True
    if head.startswith("<") and is_news_sitemap(head):
        return True
    if not head.startswith(("<?", "<!")):
        return False
    root = _from_root(decode(body[:_PROLOG], content_type))
    return bool(_XML_FEED.match(root) or _RSS.match(root))


def _from_root(text: str) -> str:
    """Return a document from its root on, without what XML allows before it; empty if that does not end."""
    at = 0
    while opening := _PROLOG_PART.match(text, at):
        rest = _REST_OF_PROLOG_PART[opening[1].lower()].match(text, opening.end())
        if rest is None:
            return ""
        at = rest.end()
    return text[at : at + _SNIFFED].lstrip("\ufeff \t\r\n")


def _without_comments(text: str) -> str:
    """Return as much of the beginning of a text as decides what it is, without comments."""
    parts: list[str] = []
    length = at = 0
    while length < _SNIFFED:
        start = text.find("<!--", at, at + _SNIFFED)
        if start < 0:
            parts.append(text[at : at + _SNIFFED])
            break
        parts.append(text[at:start])
        length += start - at
        at = text.find("-->", start + 4) + 3
        if at < 3:
            break
    return "".join(parts)[:_SNIFFED].lstrip()


def parse_feed(body: bytes, url: str, content_type: str | None = None, fetched_at: datetime | None = None) -> Page:
    """Return a feed as a page: one list under the feed's title, in the feed's order.

    The list of a sound feed without items is empty. Entries without an address have one made of the feed's and their
    id (`urls.entry_url`); what they say is in the page's `entries`.

    Args:
        body: The feed after content decoding.
        url: Where it came from; relative addresses are resolved against it.
        content_type: The header's value as sent.
        fetched_at: What times without a date count from; aware.
    """
    feed, language = _read(body, url, content_type)
    title = _title(feed)
    entries = _entries(feed, without_fragment(url), fetched_at, language)
    headlines = tuple(_headline(entry) for entry in entries)
    listed = HeadlineList(title, ListKind.LATEST, headlines, absolute(feed.next_href, feed.base))
    return Page(
        url=url,
        title=title,
        site_name=title,
        language=language,
        headline_lists=(listed,) if headlines or feed.is_whole else (),
        feeds=(FeedLink(url, title),),
        problem=None if headlines or feed.is_whole else _UNREADABLE,
        whole_texts=sum(any(length_of(text, WHOLE_TEXT) >= WHOLE_TEXT for text in item.texts) for item in feed.items),
        icon=next((icon for href, base in feed.icons if (icon := absolute(href.strip(), base))), None),
        refresh_minutes=feed.refresh_minutes,
        entries=tuple(_articles(entries, title, language)),
        note=_CUT if feed.is_cut else None,
    )


def parse_entry(
    body: bytes, url: str, name: str, content_type: str | None = None, fetched_at: datetime | None = None
) -> Page | None:
    """Return one entry of a feed as a page of its own; None if the feed does not have it, or has a page for it.

    Args:
        body: As of `parse_feed`.
        url: As of `parse_feed`.
        name: What `urls.entry_id` returns of the entry's address.
        content_type: As of `parse_feed`.
        fetched_at: As of `parse_feed`.
    """
    feed, language = _read(body, url, content_type)
    title = _title(feed)
    for entry in _entries(feed, without_fragment(url), fetched_at, language):
        if entry.is_own and entry_id(entry.url) == name:
            article = article_of_entry(entry.item, _headline(entry), title, language)
            return Page(entry.url, article.title, title, language, article, feeds=(FeedLink(url, title),))
    return None


def _read(body: bytes, url: str, content_type: str | None) -> tuple[ParsedFeed, str | None]:
    text = decode(body, content_type)
    if text.lstrip("\ufeff \t\r\n").startswith("{"):
        feed = read_json_feed(text, url)
    elif is_news_sitemap(text[:_SNIFFED]) and not _XML_FEED.search(text[:_SNIFFED]):
        feed = read_news_sitemap(text, url)
    else:
        feed = read_xml_feed(text, url)
    return feed, line(feed.language, 20).replace("_", "-") or None


def _title(feed: ParsedFeed) -> str | None:
    return next((found for text in feed.titles if (found := title_words(text))), None)


# --- entries ------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Entry:
    """An item with what distinguishes it from others.

    Attributes:
        url: The address to open; made up where `is_own`.
        story: `urls.story_key` of the address that the feed gives it; empty for none.
        is_own: It has no address: what it says is read here.
    """

    item: FeedItem
    title: str
    summary: str
    time: str
    published: datetime | None
    url: str = ""
    story: str = ""
    is_own: bool = False


def _entries(feed: ParsedFeed, url: str, fetched_at: datetime | None, language: str | None) -> list[_Entry]:
    """Return the entries of a feed, each once: by its id, else by its address and title."""
    known: set[tuple[object, ...]] = set()
    entries: list[_Entry] = []
    for item in feed.items:
        entry = _entry(item, fetched_at, language)
        if entry is None:
            continue
        names = _names(entry)
        if known.isdisjoint(names):
            entries.append(entry)
        known.update(names)
    shared = Counter(entry.story for entry in entries)
    for entry in entries:
        if not entry.url:
            entry.url, entry.is_own = entry_url(url, _id_of(entry)), True
        elif shared[entry.story] > 1:
            entry.url = entry_url(entry.url, _id_of(entry))
    return entries


def _names(entry: _Entry) -> list[tuple[object, ...]]:
    """Return what identifies an entry: another one that shares one of these names is the same entry.

    Its id together with its title or its address, for feeds that give one id to all; without an id the address with
    the title; without both everything that a reader sees of it.
    """
    name = entry.item.id.strip()
    if name:
        known: list[tuple[object, ...]] = [("id", name, entry.title)]
        return [*known, ("both", name, entry.story)] if entry.story else known
    if entry.story:
        return [("address", entry.story, entry.title)]
    return [("seen", entry.title, entry.summary, entry.time, tuple(each.href for each in entry.item.enclosures))]


def _id_of(entry: _Entry) -> str:
    return entry.item.id.strip() or f"{entry.title}\n{entry.time}"


def _entry(item: FeedItem, fetched_at: datetime | None, language: str | None) -> _Entry | None:
    """Return an item with its words; None if it has none."""
    summary = next((found for text in item.texts if (found := words(text, _LONGEST_SUMMARY))), "")
    titles = (found for text in item.titles if (found := title_words(text)))
    title = next(titles, "") or line(summary, 90) or next((line(e.title) for e in item.enclosures if e.title), "")
    if not title:
        return None
    time, published = _moment(item, fetched_at, language)
    address = next((url for href, base in item.hrefs if (url := _address(href, base))), "")
    return _Entry(item, title, summary, time, published, address, story_key(address) if address else "")


def _address(href: str, base: str) -> str | None:
    """Return an address of a feed as a whole one; it may begin with the host, without a scheme."""
    href = (html.unescape(href) if "&" in href else href).strip()
    host = href.partition("/")[0].lower()
    if "." in host and (_WEB_HOST.fullmatch(host) or host == urlsplit(base).netloc):
        href = f"//{href}"
    return absolute(href, base)


def _moment(item: FeedItem, fetched_at: datetime | None, language: str | None) -> tuple[str, datetime | None]:
    """Return the first valid date, and how it is written; else what is written instead of a date."""
    shown = ""
    for date in item.dates:
        text = line(date, 60)
        if moment := feed_moment(date, fetched_at, language):
            return text, moment
        shown = shown or ("" if any(c.isdigit() for c in text) else text)
    return shown, None


def _headline(entry: _Entry) -> Headline:
    item = entry.item
    name = line(item.id, 500)
    return Headline(
        title=entry.title,
        url=entry.url,
        summary=entry.summary if entry.summary and entry.summary != entry.title else None,
        time_text=entry.time or None,
        published=entry.published,
        image=next((found for href, base in item.images if (found := _address(href.strip(), base))), None),
        comments=_comments(item),
        id=name if name and name != entry.url else None,
        enclosures=enclosures_of(item) if item.enclosures else (),
        categories=_lines(item.categories),
        authors=_lines([_person(name) for name in item.authors]),
    )


def _comments(item: FeedItem) -> Comments | None:
    if not item.comments and not item.comment_counts:
        return None
    count = next((int(n) for n in map(str.strip, item.comment_counts) if n.isdecimal() and len(n) < 10), None)
    url = next((found for href, base in item.comments if (found := _address(href, base))), None)
    return None if count is None and url is None else Comments(count, url)


def _lines(names: Sequence[str]) -> tuple[str, ...]:
    """Return names as lines, each once."""
    found = (line(html.unescape(name) if "&" in name else name, _LONGEST_NAME) for name in names)
    return tuple(dict.fromkeys(name for name in found if name))


_MAIL = re.compile(r"(?<!\s)\s*<?[^\s@<>()]{1,100}@[^\s@<>()]{1,100}>?\s*")


def _person(text: str) -> str:
    """Return the name in "jane@paper.example (Jane Doe)" and the like; a bare mail address names nobody."""
    text = text[:300]
    if "@" not in text:
        return text
    rest = _MAIL.sub(" ", text, count=1).strip()
    return rest[1:-1] if rest.startswith("(") and rest.endswith(")") else rest


def _articles(entries: list[_Entry], title: str | None, language: str | None) -> Iterator[Article]:
    """Yield the entries without an address as articles, the first ones within limits."""
    room = _MOST_ENTRY_TEXT
    for count, entry in enumerate(e for e in entries if e.is_own):
        room -= max((len(text.source) for text in entry.item.texts), default=0)
        if count >= _MOST_ENTRIES or room < 0:
            return
        yield article_of_entry(entry.item, _headline(entry), title, language)
