"""Feeds drawn part by part, each part independent of the others, with what a reader should be shown of them."""

import html
import json
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from hypothesis import strategies as st

HOST = "https://quay.example"
FEED_URL = f"{HOST}/feeds/all"

NAMESPACES = {
    "media": ["http://search.yahoo.com/mrss/", "http://search.yahoo.com/mrss"],
    "dc": ["http://purl.org/dc/elements/1.1/"],
    "content": ["http://purl.org/rss/1.0/modules/content/"],
    "itunes": ["http://www.itunes.com/dtds/podcast-1.0.dtd", "http://www.itunes.com/DTDs/Podcast-1.0.dtd"],
    "atom": ["http://www.w3.org/2005/Atom"],
    "slash": ["http://purl.org/rss/1.0/modules/slash/"],
    "thr": ["http://purl.org/syndication/thread/1.0"],
    "odd": ["urn:quay:shelf"],
}
WORDS = [
    "The ferry", "a second pier", "nine & four", "x < y", "How <selectbox> works", "Лід на річці", "«so it is»",
    "the tag </pier>", "R&D", "5 > 4", "&amp; in words", "&lt;b&gt;", "café", "潮の時刻",
]  # fmt: skip
INLINE = ["b", "i", "em", "sub", "span", "code"]
DATES = [
    ("Mon, 02 Sep 2024 12:30:00 GMT", "2024-09-02T12:30:00+00:00"),
    ("Mon, 02 Sep 2024 12:30:00 -0000", "2024-09-02T12:30:00+00:00"),
    ("Mon, 02 Sep 2024 12:30:00 EEST", "2024-09-02T09:30:00+00:00"),
    ("Mon, 02 Sep 2024 12:30 GMT+0300", "2024-09-02T09:30:00+00:00"),
    ("2 Sep 24 10:30:00 PM +05:30", "2024-09-02T17:00:00+00:00"),
    ("2024-09-02T12:30:00.5+03:00", "2024-09-02T09:30:00+00:00"),
    ("2024-09-02T12:30:00Z", "2024-09-02T12:30:00+00:00"),
    ("Fri, 02 Sep 2044 12:30:00 GMT", "2044-09-02T12:30:00+00:00"),
]
NO_DATES = ["", "  ", "Mon, 30 Nov -0001 00:00:00 +0000", "1970-01-01T00:00:00Z", "0000-00-00 00:00:00", "31 Jun 2024"]


@dataclass
class Expected:
    """What a reader is shown of an item."""

    title: str
    url: str | None  # None: made of its id
    summary: str | None
    published: str | None
    enclosures: list[str] = field(default_factory=list)
    categories: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    comments: tuple[int | None, str | None] | None = None
    whole: str | None = None  # the words of an entry that has no page


@dataclass
class Drawn:
    """A feed as it came, and what is right."""

    body: bytes
    items: list[Expected]


def one_line(text: str) -> str:
    return " ".join(text.split())


@dataclass
class Piece:
    """Some words, in an element of a line or in none."""

    words: str
    element: str | None = None

    def as_html(self) -> str:
        inner = html.escape(self.words, quote=False)
        return f"<{self.element}>{inner}</{self.element}>" if self.element else inner


pieces = st.lists(st.builds(Piece, st.sampled_from(WORDS), st.sampled_from([None, *INLINE])), min_size=1, max_size=4)


def words_of(parts: list[Piece]) -> str:
    return one_line("".join(part.words for part in parts))


class Writer:
    """Writes elements under prefixes of its own choice."""

    def __init__(self, draw: Any, kind: str) -> None:
        self.draw, self.kind = draw, kind
        names = draw(st.permutations(["m", "a10", "x-1", "dc", "media", "ns0", "itunes", "content"]))
        self.prefixes = dict(zip(NAMESPACES, names, strict=True))
        self.uris = {name: draw(st.sampled_from(uris)) for name, uris in NAMESPACES.items()}
        self.own_prefix = draw(st.sampled_from(["", "", "f:"])) if kind == "atom" else ""

    def declarations(self) -> str:
        return "".join(f' xmlns:{self.prefixes[name]}="{self.uris[name]}"' for name in NAMESPACES)

    def escaped(self, text: str) -> str:
        if "]]>" not in text and self.draw(st.booleans()):
            return f"<![CDATA[{text}]]>"
        return escape(text)

    def element(self, name: str, content: str = "", **attributes: str) -> str:
        """Return an element whose content is written already."""
        space, _, local = name.rpartition(":")
        prefix = f"{self.prefixes[space]}:" if space else self.own_prefix
        said = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
        return f"<{prefix}{local}{said}>{content}</{prefix}{local}>"

    def said(self, name: str, text: str, **attributes: str) -> str:
        return self.element(name, self.escaped(text), **attributes)


@st.composite
def feeds(draw: Any) -> Drawn:
    """Draw a feed of some format with up to five items."""
    kind = draw(st.sampled_from(["rss", "rdf", "atom", "json"]))
    count = draw(st.integers(1, 5))
    if kind == "json":
        drawn = [_json_item(draw, number) for number in range(count)]
        version = draw(st.sampled_from(["https://jsonfeed.org/version/1", "https://jsonfeed.org/version/1.1"]))
        top = {"version": version, "title": "Quay", "items": [value for value, _ in drawn]}
        keys = draw(st.permutations(list(top)))
        return Drawn(json.dumps({key: top[key] for key in keys}).encode(), [expected for _, expected in drawn])
    writer = Writer(draw, kind)
    items = [_xml_item(draw, writer, number) for number in range(count)]
    body = "".join(text for text, _ in items)
    if draw(st.booleans()):
        body = f"<!-- {'words of a licence ' * draw(st.sampled_from([1, 500]))}-->" + body
    head = "" if kind == "atom" else "<link>https://quay.example/</link>"
    title = writer.said("title", "Quay")
    spaces = writer.declarations()
    if kind == "rss":
        xml = f'<rss version="2.0"{spaces}><channel>{title}{head}{body}</channel></rss>'
    elif kind == "rdf":
        xml = (
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
            f'{spaces}><channel rdf:about="x">{title}{head}</channel>{body}</rdf:RDF>'
        )
    else:
        own = writer.own_prefix.rstrip(":")
        declared = f'xmlns:{own}="http://www.w3.org/2005/Atom"' if own else 'xmlns="http://www.w3.org/2005/Atom"'
        xml = f"<{writer.own_prefix}feed {declared}{spaces}>{title}{body}</{writer.own_prefix}feed>"
    return Drawn(xml.encode(), [expected for _, expected in items])


def _json_item(draw: Any, number: int) -> tuple[dict[str, Any], Expected]:
    title, summary, body = (words_of(draw(pieces)) for _ in range(3))
    value: dict[str, Any] = {
        "id": draw(st.sampled_from([f"post-{number}", number, f"tag:quay,{number}"])),
        "title": title,
    }
    expected = Expected(title, None, None, None)
    if draw(st.booleans()):
        value["url"] = draw(st.sampled_from([f"/p/{number}", f"{HOST}/p/{number}"]))
        expected.url = f"{HOST}/p/{number}"
    if draw(st.booleans()):
        value["content_text"] = expected.summary = expected.whole = body
    if draw(st.booleans()):
        value["summary"] = expected.summary = summary
        expected.whole = expected.whole or summary
    if draw(st.booleans()):
        value["date_published"], expected.published = draw(st.sampled_from(DATES))
    if draw(st.booleans()):
        value["tags"] = expected.categories = ["sea", "R&D"]
    if draw(st.booleans()):
        value["authors"], expected.authors = [{"name": "Ann Lee"}, {"url": "x"}], ["Ann Lee"]
    if draw(st.booleans()):
        url = f"{HOST}/{number}.mp3"
        value["attachments"], expected.enclosures = [{"url": url, "mime_type": "audio/mpeg"}], [url]
    if expected.summary == expected.title:
        expected.summary = None
    return {key: value[key] for key in draw(st.permutations(list(value)))}, expected


def _xml_item(draw: Any, writer: Writer, number: int) -> tuple[str, Expected]:
    expected = Expected("", None, None, None)
    is_atom = writer.kind == "atom"
    # Of one part the order counts: its elements stay as they are drawn; the parts are put in any order.
    parts: list[list[str]] = [
        _titles(draw, writer, expected),
        _addresses(draw, writer, expected, number),
        _dates(draw, writer, expected),
        _texts(draw, writer, expected),
        _brought(draw, writer, expected, number),
        _named(draw, writer, expected, number),
    ]
    if expected.summary == expected.title:
        expected.summary = None
    text = "".join("".join(part) for part in draw(st.permutations(parts)))
    return writer.element("entry" if is_atom else "item", text), expected


def _titles(draw: Any, writer: Writer, expected: Expected) -> list[str]:
    title = draw(pieces)
    expected.title = words_of(title)
    found = [_text(draw, writer, "title", title)]
    found += [writer.said("media:title", "Photograph: Ann")] if draw(st.booleans()) else []
    found += [writer.said("odd:title", "On the shelf")] if draw(st.booleans()) else []
    return draw(st.permutations(found))  # type: ignore[no-any-return]


def _text(draw: Any, writer: Writer, name: str, parts: list[Piece]) -> str:
    marked = "".join(part.as_html() for part in parts)
    if writer.kind != "atom":
        return writer.said(name, marked)
    form = draw(st.sampled_from(["", "text", "html", "xhtml"]))
    if form in ("", "text"):
        return writer.said(name, "".join(part.words for part in parts), **({"type": form} if form else {}))
    if form == "html":
        return writer.said(name, marked, type=form)
    inner = "".join(
        f"<h:{part.element}>{escape(part.words)}</h:{part.element}>" if part.element else escape(part.words)
        for part in parts
    )
    return writer.element(name, f'<h:div xmlns:h="http://www.w3.org/1999/xhtml">{inner}</h:div>', type=form)


def _addresses(draw: Any, writer: Writer, expected: Expected, number: int) -> list[str]:
    url = f"{HOST}/s/{number}#v{number}"
    written = draw(st.sampled_from([url, f"/s/{number}#v{number}", f"\n {url} "]))
    has_link = writer.kind == "rdf" or draw(st.booleans())
    found = [f"<!-- {number} -->"]
    if writer.kind == "atom":
        alternate = draw(st.sampled_from(["alternate", "http://www.iana.org/assignments/relation/alternate", None]))
        others = [
            {"rel": "self", "href": "/x.atom"},
            {"rel": "replies", "href": "/r.atom"},
            {"rel": "edit", "href": "/e"},
            {"href": f"/{number}.json", "type": "application/json"},
            {"href": "mailto:a@quay.example"},
        ]
        chosen = [each for each in others if draw(st.booleans())]
        if not has_link:
            chosen = [each for each in chosen if each.get("type") is None]
        if has_link:
            kind = draw(st.sampled_from([{}, {"type": "text/html"}, {"type": "application/xhtml+xml"}]))
            chosen.append({"href": written, **({"rel": alternate} if alternate else {}), **kind})
            expected.url = url
        found += [writer.element("link", **each) for each in draw(st.permutations(chosen))]
        found.append(writer.said("id", f"urn:quay:{number}"))
        return found
    if has_link:
        found.append(writer.said("link", written))
        expected.url = url
    found += [writer.element("atom:link", rel="self", href="/self.xml")] if draw(st.booleans()) else []
    if writer.kind == "rss":
        guid, permalink, is_address = draw(
            st.sampled_from([
                (f"post-{number}", None, False), (f"post-{number}", "false", False),
                (f"{HOST}/s/{number}#v{number}", None, True), (f"/s/{number}#v{number}", "true", True),
                (f"{HOST}/?p={number}", "false", False),
            ])
        )  # fmt: skip
        found.append(writer.said("guid", guid, **({"isPermaLink": permalink} if permalink else {})))
        expected.url = url if is_address else expected.url
    return draw(st.permutations(found))  # type: ignore[no-any-return]


def _dates(draw: Any, writer: Writer, expected: Expected) -> list[str]:
    own = {"rss": "pubDate", "rdf": "dc:date", "atom": "published"}[writer.kind]
    other = {"rss": "dc:date", "rdf": "pubDate", "atom": "updated"}[writer.kind]
    found = []
    moments = []
    for name in (own, other):
        state = draw(st.sampled_from(["none", "bad", "good"]))
        if state == "bad":
            found.append(writer.said(name, draw(st.sampled_from(NO_DATES))))
        if state == "good":
            written, moment = draw(st.sampled_from(DATES))
            found.append(writer.said(name, written))
            moments.append((name, moment))
    if writer.kind == "rdf":  # both are dates of publishing; that of the core comes first
        moments.sort(key=lambda pair: pair[0] != "pubDate")
    expected.published = moments[0][1] if moments else None
    return draw(st.permutations(found))  # type: ignore[no-any-return]


def _texts(draw: Any, writer: Writer, expected: Expected) -> list[str]:
    summary, content = draw(pieces), draw(pieces)
    own = "summary" if writer.kind == "atom" else "description"
    whole = "content" if writer.kind == "atom" else "content:encoded"
    found = []
    if draw(st.booleans()):
        found.append(_text(draw, writer, whole, content))
        expected.summary = expected.whole = words_of(content)
    state = draw(st.sampled_from(["none", "empty", "good"]))
    if state == "empty":
        found.append(writer.said(own, draw(st.sampled_from(["", "  ", "<p> </p>" if writer.kind != "atom" else " "]))))
    if state == "good":
        found.append(_text(draw, writer, own, summary))
        expected.summary = words_of(summary)
        expected.whole = expected.whole or expected.summary
    found += [writer.said("odd:description", "Third shelf.")] if draw(st.booleans()) else []
    if expected.summary is not None and draw(st.booleans()):
        found.append(writer.said("media:description", "Boats at dawn"))
    return draw(st.permutations(found))  # type: ignore[no-any-return]


def _brought(draw: Any, writer: Writer, expected: Expected, number: int) -> list[str]:
    found = []
    if draw(st.booleans()):
        url = f"{HOST}/{number}.mp3"
        given = {"type": "audio/mpeg", "length": "12000"}
        found.append(
            writer.element("link", rel="enclosure", href=url, **given)
            if writer.kind == "atom"
            else writer.element("enclosure", url=url, **given)
        )
        expected.enclosures.append(url)
    if draw(st.booleans()):
        url = f"{HOST}/{number}.mp4"
        inner = writer.element("media:content", writer.said("media:title", "The film"), url=url, medium="video")
        found.append(writer.element("media:group", inner) if draw(st.booleans()) else inner)
        expected.enclosures.append(url)
    return found


def _named(draw: Any, writer: Writer, expected: Expected, number: int) -> list[str]:
    found = []
    if draw(st.booleans()):
        expected.categories = ["sea", "R&D"]
        found += [
            writer.element("category", term=name)
            if writer.kind == "atom"
            else writer.said("category", html.escape(name))
            for name in expected.categories
        ]
    if draw(st.booleans()):
        expected.authors = ["Ann Lee"]
        person = writer.said("name", "Ann Lee") + writer.said("email", "ann@quay.example")
        found.append(
            writer.element("author", person) if writer.kind == "atom" else writer.said("dc:creator", "Ann Lee")
        )
    count, url = None, None
    if draw(st.booleans()):
        count = draw(st.integers(0, 999))
        found.append(writer.said("thr:total" if writer.kind == "atom" else "slash:comments", str(count)))
    if draw(st.booleans()):
        url = f"{HOST}/s/{number}#talk"
        found.append(
            writer.element("link", rel="replies", type="text/html", href=url)
            if writer.kind == "atom"
            else writer.said("comments", url)
        )
    expected.comments = (count, url) if count is not None or url is not None else None
    return draw(st.permutations(found))  # type: ignore[no-any-return]
