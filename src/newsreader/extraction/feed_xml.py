"""RSS 0.9 to 2.0, RDF and Atom: every field by its namespace and name, whatever prefix is before it."""

import html
import re
from collections import deque
from collections.abc import Iterator
from itertools import islice
from typing import Any

from lxml import etree
from lxml.etree import _Element as Element

from newsreader.extraction.feed_items import (
    MOST_AUTHORS,
    MOST_CATEGORIES,
    MOST_ENCLOSURES,
    MOST_ITEMS,
    FeedItem,
    FoundEnclosure,
    ParsedFeed,
)
from newsreader.extraction.feed_names import ATOM, RSS, FeedNames, local_of
from newsreader.extraction.feed_repairs import repaired_source, with_known_entities
from newsreader.extraction.feed_text import Text, TextMarkup, markup_of, text_of
from newsreader.text import clean_markup, sound_references
from newsreader.urls import absolute

_XML = "{http://www.w3.org/XML/1998/namespace}"
_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_ROOT = re.compile(r"<(?:rss|(?:[a-z][\w-]{0,20}:)?feed|[a-z][\w-]{0,20}:rdf|rdf)(?=[\s>/])", re.IGNORECASE)
_ITEM = re.compile(r"<(?:[a-zA-Z][\w-]{0,20}:)?(?:item|entry)(?=[\s>/])", re.IGNORECASE)
_ITEM_TAG = re.compile(r"<(/?)(?:[a-zA-Z][\w-]{0,20}:)?(?:item|entry)(?=[\s>/])", re.IGNORECASE)
_IMAGE = re.compile(r"<img\s([^<>]{0,1000})", re.IGNORECASE)
_IMAGE_SOURCE = re.compile(r"(?:^|\s)src\s{0,3}=\s{0,3}[\"']([^\"'<>]{1,1000})", re.IGNORECASE)
_PIXEL = re.compile(r"(?:^|\s)(?:width|height)\s{0,3}=\s{0,3}[\"']?[01][\"'\s/]", re.IGNORECASE)
_PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif)(?:$|[?#])", re.IGNORECASE)
_LONGEST_SOURCE = 6000
_LAST = 2000  # characters, in which the end of a feed is, whatever follows it
_IANA = re.compile(r"https?://www\.iana\.org/assignments/(?:link-)?relations?/", re.IGNORECASE)
_TITLES = {
    ("", "title"): 0, ("atom", "title"): 1, ("rss", "title"): 1, ("dc", "title"): 2, ("dcterms", "title"): 2,
    ("itunes", "title"): 3, ("media", "title"): 4,
}  # fmt: skip
_DATES = {
    ("", "pubdate"): 0, ("", "published"): 0, ("rss", "pubdate"): 0, ("atom", "published"): 0, ("", "issued"): 1,
    ("atom", "issued"): 1, ("dcterms", "issued"): 1, ("dc", "date"): 1, ("dcterms", "date"): 1, ("", "date"): 1,
    ("prism", "publicationdate"): 1, ("", "created"): 2, ("atom", "created"): 2, ("dcterms", "created"): 2,
    ("dcterms", "available"): 2, ("", "updated"): 3, ("atom", "updated"): 3, ("", "modified"): 3,
    ("atom", "modified"): 3, ("dcterms", "modified"): 3,
}  # fmt: skip
_TEXTS = {
    ("", "description"): 0, ("", "summary"): 0, ("rss", "description"): 0, ("atom", "summary"): 0,
    ("", "subtitle"): 1, ("dc", "description"): 1, ("dcterms", "abstract"): 1, ("itunes", "summary"): 1,
    ("googleplay", "description"): 1, ("itunes", "subtitle"): 2, ("", "content"): 3, ("atom", "content"): 3,
    ("content", "encoded"): 3, ("xhtml", "body"): 3, ("", "body"): 3, ("yandex", "full-text"): 3,
    ("", "fulltext"): 3, ("", "encoded"): 3, ("media", "description"): 4,
}  # fmt: skip
_CONTENTS = 3  # the rank of texts that are, or may be, the whole article
_CATEGORIES = {("", "category"), ("rss", "category"), ("atom", "category"), ("dc", "subject"), ("media", "category")}
_AUTHORS = {
    ("dc", "creator"): 0, ("", "creator"): 0, ("", "author"): 1, ("atom", "author"): 0, ("rss", "author"): 1,
    ("itunes", "author"): 2, ("dc", "contributor"): 3,
}  # fmt: skip
_IDS = {("", "guid"): 0, ("", "id"): 0, ("rss", "guid"): 0, ("atom", "id"): 0, ("dc", "identifier"): 1}
_PLAYED = {("", "enclosure"), ("rss", "enclosure"), ("media", "content"), ("podcast", "alternateenclosure")}


def begins_as_feed(text: str) -> bool:
    """Return whether a text has the root element of a feed."""
    return _ROOT.search(text) is not None


def read_xml_feed(text: str, url: str) -> ParsedFeed:
    """Return the feed of XML that may be broken or cut off; one without items if it isn't one."""
    source, is_cut = _source(text)
    root, is_closed = _tree(source)
    if root is None:
        return ParsedFeed(base=url)
    is_atom = local_of(root) == "feed"
    channel = root if is_atom else next((e for e in root if local_of(e) == "channel"), root)
    items = list(islice(root.iter("{*}item", "{*}entry"), MOST_ITEMS))
    items = items or [e for e in root.iter("*") if local_of(e) in ("item", "entry")]  # "ITEM", "undeclared:entry"
    own = (root, channel, *items[:1])
    spaces = frozenset(e.tag[1:].partition("}")[0] for e in own if isinstance(e.tag, str) and e.tag.startswith("{"))
    names = FeedNames(ATOM if is_atom else RSS, spaces)
    root_base = _base(root, url)
    base = _base(channel, root_base) if channel is not root else root_base
    reader = _Reader(names, is_atom=is_atom, has_bases="xml:base" in text)
    feed = _channel(reader, channel, base)
    feed.language = feed.language or channel.get(f"{_XML}lang") or root.get(f"{_XML}lang") or ""
    feed.icons = [*feed.icons, *_rdf_icon(reader, root, channel, base)]
    inherited = reader.authors(channel) if is_atom else []
    own_items = (e for e in items if names.of(e)[0] in ("", "rss", "atom"))
    feed.items = [
        reader.item(e, _base(e, base if e.getparent() is channel else root_base), inherited)
        for e in islice(own_items, MOST_ITEMS)
    ]
    if feed.items and not is_closed and not feed.items[-1].hrefs and _ends_in_item(text):
        feed.items.pop()  # it was cut off before it said where it is read
    feed.is_cut = is_cut
    has_channel = (channel is not root or is_atom) and len(channel) > 0
    feed.is_whole = is_closed and has_channel and any(names.of(e)[0] == "" and len(e) == 0 for e in channel)
    return feed


def _source(text: str) -> tuple[str, bool]:
    """Return XML from its root to the last item that is read, and whether there are more.

    What is before the root, declarations of entities too, is not read.
    """
    start = _ROOT.search(text)
    # references last: what is dropped from the middle of one may leave another
    source = sound_references(clean_markup(text[start.start() if start else 0 :]))
    beyond = next(islice(_ITEM.finditer(source), MOST_ITEMS, None), None)
    return (source, False) if beyond is None else (source[: beyond.start()], True)


def _tree(source: str) -> tuple[Element | None, bool]:
    """Return the root of XML that may be broken, and whether its end is there."""
    start = _ROOT.match(source)
    is_closed = start is not None and f"</{start[0][1:]}".lower() in source[-_LAST:].lower()
    if "&" in source:
        source = with_known_entities(source)
    root, errors = _parsed(source)
    if (repaired := repaired_source(source, errors)) is not None:
        root, _ = _parsed(repaired)
    return root, is_closed and root is not None


def _parsed(source: str) -> tuple[Element | None, frozenset[int]]:
    """Return the root of XML that may be broken, and the kinds of errors in it."""
    parser = etree.XMLParser(
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(source.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None, frozenset()
    return root, frozenset(error.type for error in parser.error_log)


def parsed_xml(text: str) -> Element | None:
    """Return the root of XML of the web that is no feed of a known format; it may be broken."""
    return _tree(sound_references(clean_markup(text)))[0]


def _ends_in_item(text: str) -> bool:
    """Return whether a text breaks off within an item."""
    last = deque(_ITEM_TAG.finditer(text, max(0, len(text) - 500_000)), maxlen=1)
    return bool(last) and not last[0][1]


def _base(element: Element, outer: str) -> str:
    own = element.get(f"{_XML}base")
    return (absolute(own, outer) or outer) if own else outer


def _channel(reader: "_Reader", channel: Element, base: str) -> ParsedFeed:
    feed = ParsedFeed(base=base)
    titles: list[tuple[int, Text]] = []
    icons: list[tuple[int, tuple[str, str]]] = []
    period, frequency, ttl = "", "", ""
    for element in channel:
        space, name = reader.names.of(element)
        rank = _TITLES.get((space, name))
        if rank is not None:
            titles.append((rank, reader.text(element, base)))
        elif name == "language" and space in ("", "rss", "dc") and not feed.language:
            feed.language = text_of(element).strip()
        elif name == "link" and "next" in _relations(element) and not feed.next_href:
            feed.next_href = absolute(element.get("href"), _base(element, base)) or ""
        elif name == "ttl" and space in ("", "rss"):
            ttl = text_of(element)
        elif space == "sy" and name in ("updateperiod", "updatefrequency"):
            period, frequency = (text_of(element), frequency) if name == "updateperiod" else (period, text_of(element))
        elif found := _icon(reader, element, base):
            icons.append(found)
    feed.titles = _by_rank(titles)
    feed.icons = _by_rank(icons)
    feed.refresh_minutes = _minutes(ttl, period, frequency)
    return feed


def _icon(reader: "_Reader", element: Element, base: str) -> tuple[int, tuple[str, str]] | None:
    """Return the feed's own picture, where an element names it, with its rank."""
    space, name = reader.names.of(element)
    base = _base(element, base)
    if name in ("icon", "logo") and space in ("", "atom", "webfeeds"):
        return (0 if name == "icon" else 3), (text_of(element), base)
    if name == "image" and space in ("", "rss"):
        href = next((text_of(e) for e in element if local_of(e) == "url"), "")
        return (1, (href, base)) if href.strip() else None
    if name == "image" and space in ("itunes", "googleplay"):
        return 2, (element.get("href") or "", base)
    return None


def _rdf_icon(reader: "_Reader", root: Element, channel: Element, base: str) -> list[tuple[str, str]]:
    """Return the picture of RSS 1.0, which is beside the channel."""
    images = (e for e in root if local_of(e) == "image") if channel is not root else ()
    return [found[1] for e in images if (found := _icon(reader, e, base))]


_PERIODS = {"hourly": 60, "daily": 1440, "weekly": 10_080, "monthly": 43_200, "yearly": 525_600}
_LONGEST_REFRESH = 10_080


def _minutes(ttl: str, period: str, frequency: str) -> int | None:
    """Return how many minutes a feed may be kept, a week at most; None if it does not say."""
    found = re.fullmatch(r"\s*(\d{1,6})(?:\.\d{1,9})?\s*", ttl)
    if found and int(found[1]):
        return min(int(found[1]), _LONGEST_REFRESH)
    minutes = _PERIODS.get(period.strip().lower())
    often = int(frequency) if frequency.strip().isdecimal() and len(frequency) < 6 else 1
    return min(max(1, minutes // max(1, often)), _LONGEST_REFRESH) if minutes else None


def _relations(element: Element) -> list[str]:
    """Return the relations of a link, as names or as the addresses that IANA gives them."""
    return [_IANA.sub("", name).lower() for name in (element.get("rel") or "alternate").split()]


_ROLES = (
    {name: ("title", rank) for name, rank in _TITLES.items()}
    | {name: ("date", rank) for name, rank in _DATES.items()}
    | {name: ("text", rank) for name, rank in _TEXTS.items()}
    | {name: ("author", rank) for name, rank in _AUTHORS.items()}
    | {name: ("id", rank) for name, rank in _IDS.items()}
    | dict.fromkeys(_CATEGORIES, ("category", 0))
    | dict.fromkeys(_PLAYED, ("enclosure", 0))
    | {("media", "group"): ("group", 0)}
)
_LINKS = frozenset(("link", "origlink"))
_RARE = frozenset(("comments", "total", "duration", "thumbnail", "image"))
_Found = dict[str, list[tuple[int, Any]]]  # what was found of an item, each with its rank


class _Reader:
    """Reads the items of one feed."""

    def __init__(self, names: FeedNames, *, is_atom: bool, has_bases: bool) -> None:
        self.names = names
        self._is_atom = is_atom
        self._has_bases = has_bases
        self._roles: dict[str, tuple[str, int, tuple[str, str]]] = {}

    def item(self, element: Element, base: str, inherited: list[str]) -> FeedItem:
        """Return an item; `inherited` are the authors of a feed that names none with the item."""
        item, found = FeedItem(base=base), _Found()
        groups = self._fields(item, found, element, base)
        for group in groups:
            self._fields(item, found, group, base)
        if about := element.get(_ABOUT):
            found.setdefault("href", []).append((5, (about if _is_web(about) else "", base)))
            item.id = item.id or about
        return _put(item, found, inherited)

    def _fields(self, item: FeedItem, found: _Found, element: Element, base: str) -> list[Element]:
        """Read the fields of an element; return the media groups among them."""
        groups = []
        for child in element:
            tag = child.tag
            role, rank, name = self._roles.get(tag) or self._role(child, tag)
            if role in ("title", "text"):
                found.setdefault(role, []).append((rank, self.text(child, base)))
                if (href := child.get("src")) and "html" in (child.get("type") or ""):  # RFC 4287, 4.1.3.2
                    found.setdefault("href", []).append((5, (href, self.base_of(child, base))))
            elif role == "date":
                found.setdefault(role, []).append((rank, text_of(child)))
            elif role == "link":
                self._link(item, found, child, name, base)
            elif role == "id":
                self._id(item, found, child, name, base)
            elif role == "category":
                said = child.get("label") or text_of(child) or child.get("term") or ""
                found.setdefault(role, []).append((rank, said))
            elif role == "author":
                found.setdefault(role, []).extend((rank, person) for person in self._persons(child))
            elif role == "enclosure":
                self._enclosure(item, found, child, name, base)
            elif role == "rare":
                self._rest(item, found, child, name, base)
            elif role == "group":
                groups.append(child)
        return groups

    def _role(self, element: Element, tag: str) -> tuple[str, int, tuple[str, str]]:
        name = self.names.of(element)
        role, rank = _ROLES.get(name, ("", 0))
        if not role:
            role = "link" if name[1] in _LINKS else "rare" if name[1] in _RARE else ""
        self._roles[tag] = role, rank, name
        return self._roles[tag]

    def base_of(self, element: Element, outer: str) -> str:
        """Return what addresses in an element are relative to."""
        return _base(element, outer) if self._has_bases else outer

    def text(self, element: Element, base: str) -> Text:
        """Return what an element says, and whether that is HTML (RFC 4287, 3.1; RSS 2.0, `description`)."""
        space = self.names.of(element)[0]
        base = self.base_of(element, base)
        if space == "atom" or (space == "" and self._is_atom):
            return _atom_text(element, (element.get("type") or "").strip().lower(), base)
        if space == "media" and element.get("type") == "plain":
            return Text(text_of(element), TextMarkup.PLAIN, base)
        if len(element):
            return Text(markup_of(element, is_escaped=True), TextMarkup.HTML, base)
        return Text(element.text or "", TextMarkup.HTML, base)

    def authors(self, element: Element) -> list[str]:
        """Return the authors of an Atom feed, who are those of its entries that name none."""
        wanted = {("", "author"), ("atom", "author")}
        return [person for e in element if self.names.of(e) in wanted for person in self._persons(e)][:MOST_AUTHORS]

    def _persons(self, element: Element) -> list[str]:
        names = [text_of(e) for e in element if local_of(e) == "name"]
        return names or ([text_of(element)] if not any(local_of(e) in ("email", "uri", "url") for e in element) else [])

    def _link(self, item: FeedItem, found: _Found, element: Element, name: tuple[str, str], base: str) -> None:
        base = self.base_of(element, base)
        hrefs = found.setdefault("href", [])
        if name[1] == "origlink":
            if name[0] in ("feedburner", ""):
                hrefs.append((0, (text_of(element), base)))
            return
        if name[0] not in ("", "atom", "rss"):
            return
        href = element.get("href")
        if href is None:
            hrefs.append((1, (text_of(element), base)))
            return
        kind = (element.get("type") or "").partition(";")[0].strip().lower()
        relations = _relations(element)
        if "enclosure" in relations:
            size, title = element.get("length") or "", element.get("title") or ""
            self._add(item, FoundEnclosure(href, kind, size, title=title, base=base))
        elif "alternate" in relations:
            is_page = kind in ("", "text/html", "application/xhtml+xml", "html", "xhtml")
            hrefs.append((2 if is_page else 3, (href, base)))
        elif "replies" in relations:
            count = next((value for key, value in element.items() if str(key).endswith(("}count", ":count"))), "")
            found.setdefault("count", []).append((1, count))
            if kind in ("text/html", "application/xhtml+xml"):  # RFC 4685, 4: else a feed
                found.setdefault("comments", []).append((1, (href, base)))

    def _id(self, item: FeedItem, found: _Found, element: Element, name: tuple[str, str], base: str) -> None:
        said = text_of(element).strip()
        item.id = item.id or said
        hrefs = found.setdefault("href", [])
        if name[1] == "guid":
            kind = (element.get("ispermalink") or element.get("isPermaLink") or "").strip().lower()
            is_address = _is_web(said) if kind != "true" else bool(said) and not any(map(str.isspace, said))
            if kind != "false" and (is_address or said.startswith("/")):
                hrefs.append((4, (said, self.base_of(element, base))))
        elif name[1] == "id" and _is_web(said):
            hrefs.append((6, (said, base)))

    def _enclosure(self, item: FeedItem, found: _Found, element: Element, name: tuple[str, str], base: str) -> None:
        base, is_media = self.base_of(element, base), name[0] == "media"
        if name[1] == "alternateenclosure":
            hrefs = [e.get("uri") or "" for e in element if local_of(e) == "source"]
        else:
            hrefs = [element.get("url") or element.get("href") or ""]
        for href in hrefs:
            if not href.strip():
                continue
            size = element.get("fileSize") or element.get("filesize") or element.get("length") or ""
            title = next((text_of(e) for e in element if self.names.of(e) == ("media", "title")), "")
            one = FoundEnclosure(
                href, (element.get("type") or "").lower(), size, element.get("duration") or "",
                title or element.get("title") or "", (element.get("medium") or "").lower(), base,
            )  # fmt: skip
            if not _is_page_type(one):
                self._add(item, one)
            if _is_picture(one):
                found.setdefault("image", []).append((1 if is_media else 2, (href, base)))
        if is_media:
            for inner in islice(element, 12):
                self._media_field(found, inner, base)

    def _media_field(self, found: _Found, element: Element, base: str) -> None:
        """Read what is inside a `media:content`; it ranks below what is in the item itself."""
        name = self.names.of(element)
        if name == ("media", "thumbnail"):
            found.setdefault("image", []).append((0, (element.get("url") or "", base)))
        elif name == ("media", "title"):
            found.setdefault("title", []).append((_TITLES[name] + 1, self.text(element, base)))
        elif name == ("media", "description"):
            found.setdefault("text", []).append((_TEXTS[name] + 1, self.text(element, base)))

    def _add(self, item: FeedItem, enclosure: FoundEnclosure) -> None:
        if len(item.enclosures) < MOST_ENCLOSURES:
            item.enclosures.append(enclosure)

    def _rest(self, item: FeedItem, found: _Found, element: Element, name: tuple[str, str], base: str) -> None:
        space, local = name
        base = self.base_of(element, base)
        if local == "comments":
            said = text_of(element).strip()
            if space == "slash" or said.isdecimal():
                found.setdefault("count", []).append((0, said))
            elif space in ("", "rss"):
                found.setdefault("comments", []).append((0, (said, base)))
        elif name == ("thr", "total"):
            found.setdefault("count", []).append((0, text_of(element)))
        elif local == "duration" and space in ("itunes", "googleplay"):
            item.duration = item.duration or text_of(element)
        elif local == "thumbnail" and space in ("media", ""):
            found.setdefault("image", []).append((0, (element.get("url") or text_of(element), base)))
        elif local == "image" and space in ("itunes", "googleplay", "", "rss"):
            href = element.get("href") or element.get("url")
            href = href or next((text_of(e) for e in element if local_of(e) == "url"), "") or text_of(element)
            found.setdefault("image", []).append((3, (href, base)))


def _by_rank(pairs: list[tuple[int, Any]] | None) -> list[Any]:
    """Return values by rank, those of equal rank in the feed's order."""
    if not pairs:
        return []
    if len(pairs) > 1:
        pairs = sorted(pairs, key=_rank)
    return [value for _, value in pairs]


def _rank(pair: tuple[int, Any]) -> int:
    return pair[0]


def _put(item: FeedItem, found: _Found, inherited: list[str]) -> FeedItem:
    """Put what was found into an item, the best first."""
    get = found.get
    item.titles, item.hrefs, item.texts = _by_rank(get("title")), _by_rank(get("href")), _by_rank(get("text"))
    item.contents = [text for rank, text in get("text", ()) if rank == _CONTENTS]
    item.dates, item.comments = _by_rank(get("date")), _by_rank(get("comments"))
    item.comment_counts, item.categories = _by_rank(get("count")), _by_rank(get("category"))[:MOST_CATEGORIES]
    authors = get("author", ())
    best = min((rank for rank, name in authors if name.strip()), default=0)
    item.authors = [name for rank, name in authors if rank == best][:MOST_AUTHORS] or inherited
    images = get("image", [])
    if not any(href.strip() for _, (href, _) in images):
        for text in item.texts:
            if "<img" in text.source or "<IMG" in text.source:
                images += ((4, (href, text.base)) for href in _images_in(text.source[:_LONGEST_SOURCE]))
    item.images = _by_rank(images)
    return item


def _images_in(source: str) -> Iterator[str]:
    for tag in islice(_IMAGE.finditer(source), 5):
        href = _IMAGE_SOURCE.search(tag[1])
        if href and not _PIXEL.search(tag[1]):
            yield html.unescape(href[1])


def _atom_text(element: Element, kind: str, base: str) -> Text:
    mode = (element.get("mode") or "").lower()  # of Atom 0.3
    if kind in ("xhtml", "application/xhtml+xml") or (len(element) and kind not in ("html", "text/html")):
        return Text(markup_of(element, is_escaped=False), TextMarkup.HTML, base)
    if kind in ("html", "text/html") or mode == "escaped":
        return Text(markup_of(element, is_escaped=True) if len(element) else element.text or "", TextMarkup.HTML, base)
    if kind not in ("", "text", "text/plain", "plain"):
        return Text("", TextMarkup.PLAIN, base)  # a picture, or XML that is no text
    return Text(text_of(element), TextMarkup.PLAIN, base)


def _is_web(text: str) -> bool:
    return text.strip()[:8].lower().startswith(("http://", "https://"))


def _is_picture(enclosure: FoundEnclosure) -> bool:
    if enclosure.type or enclosure.medium:
        return enclosure.type.startswith("image") or enclosure.medium == "image"
    return _PICTURE_FILE.search(enclosure.href) is not None


def _is_page_type(enclosure: FoundEnclosure) -> bool:
    return enclosure.type.startswith(("text/html", "application/xhtml"))
