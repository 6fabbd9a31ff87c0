"""Articles as a book for e-readers: EPUB 3.2, with a table of contents that EPUB 2 readers understand too.

The same edition gives the same bytes. https://www.w3.org/publishing/epub32/epub-packages.html
"""

import io
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5

from newsreader.exporting.about import date_of, lead_of, with_what_it_brings
from newsreader.exporting.edition import Edition
from newsreader.exporting.epub_contents import (
    ContentsEntry,
    article_entry,
    name_of,
    nav_html,
    ncx,
    section_entry,
    section_html,
)
from newsreader.exporting.html import absent_picture
from newsreader.exporting.html_blocks import MARK_STYLE, Drawn, about_html, blocks_html, direction_of, language_of
from newsreader.exporting.picture_kinds import kind_of_picture
from newsreader.i18n import gettext, ngettext
from newsreader.models import Article, Figure, figures_of
from newsreader.moments import utc
from newsreader.text import line
from newsreader.urls import host_of, is_web_address

_MIMETYPE = "application/epub+zip"
_XHTML = "application/xhtml+xml"
_ROOT = "EPUB"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first day that a ZIP file knows
_STYLE = (
    """
body { margin: 0 5%; line-height: 1.5; overflow-wrap: break-word; }
h1, h2, h3, h4, h5, h6 { line-height: 1.25; text-align: start; page-break-after: avoid; }
.lead { font-style: italic; font-size: 1.1em; }
.about, figcaption, .publisher { font-size: .85em; opacity: .75; }
.about { padding-bottom: .8em; border-bottom: 1px solid; }
blockquote { margin: 1.2em 0; padding-inline-start: 1em; border-inline-start: 3px solid; font-style: italic; }
blockquote footer { font-style: normal; }
figure { margin: 1.2em 0; page-break-inside: avoid; }
img { max-width: 100%; height: auto; }
pre { white-space: pre-wrap; font-size: .85em; }
table { border-collapse: collapse; font-size: .9em; }
th, td { padding: .3em .8em .3em 0; text-align: start; vertical-align: top; border-bottom: 1px solid; }
.title { margin-top: 20%; text-align: center; }
.title h1 { font-size: 2em; text-align: center; }
nav ol, .section { list-style: none; padding: 0; }
nav ol ol { padding-inline-start: 1.2em; }
nav li, .section li { margin: .6em 0; }
.section .about { margin: .2em 0 0; padding: 0; border: 0; }
"""
    + MARK_STYLE
)


class _Item(NamedTuple):
    """A file of the book that its manifest names."""

    identifier: str
    path: str
    media_type: str
    body: bytes
    properties: str = ""


def to_epub(edition: Edition) -> bytes:
    """Return the book: a title page, the contents, every article a chapter in its own language.

    Pictures that every e-reader shows are in it; others are replaced by a link, and their captions stay.
    """
    pictures = dict(_pictures(edition))
    chapters = [
        _Item(f"article-{number}", f"article-{number:03}.xhtml", _XHTML, _chapter(article, pictures).encode())
        for number, article in enumerate(edition.articles, 1)
    ]
    pages, entries = _in_sections(edition, chapters)
    contents = ncx(_title_of(edition), _identifier(edition), entries)
    items = [
        _Item("nav", "nav.xhtml", _XHTML, _nav(edition, entries).encode(), "nav"),
        _Item("ncx", "toc.ncx", "application/x-dtbncx+xml", contents.encode()),
        _Item("style", "style.css", "text/css", _STYLE.encode()),
        _Item("title", "title.xhtml", _XHTML, _title_page(edition).encode()),
        *pages,
        *pictures.values(),
    ]
    return _packed(
        [
            ("META-INF/container.xml", _CONTAINER.encode()),
            (f"{_ROOT}/package.opf", _package(edition, items, pages).encode()),
            *((f"{_ROOT}/{item.path}", item.body) for item in items),
        ]
    )


def _in_sections(edition: Edition, chapters: list[_Item]) -> tuple[list[_Item], list[ContentsEntry]]:
    """Return the pages in their order, each section's own before its articles, and the contents."""
    lines = [article_entry(article, item.path) for article, item in zip(edition.articles, chapters, strict=True)]
    if not edition.sections:
        return chapters, lines
    pages: list[_Item] = []
    entries: list[ContentsEntry] = []
    start = 0
    for number, section in enumerate(edition.sections, 1):
        some = slice(start, start := start + section.count)
        path = f"section-{number:03}.xhtml"
        entry = section_entry(section, path, lines[some])
        body = section_html(entry, section, edition.articles[some])
        page = _document(entry.title, edition.language, entry.direction, body)
        pages += [_Item(f"section-{number}", path, _XHTML, page.encode()), *chapters[some]]
        entries.append(entry)
    return pages, entries


def _packed(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Return the files as a ZIP archive: the kind of the book comes first, and is not compressed (OCF 4.3)."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(zipfile.ZipInfo("mimetype", _EPOCH), _MIMETYPE, zipfile.ZIP_STORED)
        for path, body in files:
            archive.writestr(zipfile.ZipInfo(path, _EPOCH), body, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


# --- pictures ---


def _pictures(edition: Edition) -> Iterator[tuple[str, _Item]]:
    """Yield the pictures of the articles that an e-reader has to show, by their addresses; the first is the cover."""
    number = 0
    for url in dict.fromkeys(figure.url for article in edition.articles for figure in figures_of(article.blocks)):
        body = edition.pictures.get(url, b"")
        kind = kind_of_picture(body)
        if kind is None or not kind.is_for_books:
            continue
        number += 1
        properties = "cover-image" if number == 1 else ""
        path = f"pictures/{number:03}.{kind.suffix}"
        yield url, _Item(f"picture-{number}", path, kind.media_type, body, properties)


def _drawn(pictures: Mapping[str, _Item]) -> Drawn:
    def drawn(figure: Figure) -> str:
        item = pictures.get(figure.url)
        if item is None:
            return absent_picture(figure)
        return f'<img src="{item.path}" alt="{escape(line(figure.alt, 1000))}"/>'

    return drawn


# --- pages ---


def _document(title: str, language: str, direction: str, body: str) -> str:
    """Return a page of the book around its body."""
    code = f' lang="{language}" xml:lang="{language}"' if language else ""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
        f'{code} dir="{direction}">\n'
        f"<head>\n<title>{escape(title)}</title>\n"
        f'<link rel="stylesheet" type="text/css" href="style.css"/>\n</head>\n'
        f"<body>\n{body}\n</body>\n</html>\n"
    )


def _chapter(article: Article, pictures: Mapping[str, _Item]) -> str:
    lead = escape(lead_of(article))
    about = about_html(article)
    parts = [
        "<article>",
        "<header>",
        f"<h1>{escape(name_of(article))}</h1>",
        *([f'<p class="lead">{lead}</p>'] if lead else []),
        *([f'<p class="about">{about}</p>'] if about else []),
        "</header>",
        blocks_html(with_what_it_brings(article), _drawn(pictures)),
        "</article>",
    ]
    return _document(name_of(article), language_of(article), direction_of(article), "\n".join(filter(None, parts)))


def _title_of(edition: Edition) -> str:
    return line(edition.title, 3000) or name_of(edition.articles[0])


def _title_page(edition: Edition) -> str:
    """Return a page with what the book is, in place of a cover."""
    count = len(edition.articles)
    hosts = [host for host, _ in Counter(_publisher(a) for a in edition.articles).most_common(6) if host]
    absent = edition.absent_count
    lines = [
        ngettext("{n} article", "{n} articles", count).format(n=count) if count > 1 else "",
        ngettext("{n} headline without its article", "{n} headlines without their articles", absent).format(n=absent)
        if absent
        else "",
        " · ".join(hosts),
        f"newsreader · {date_of(edition.made_at)} UTC",
    ]
    words = "\n".join(f'<p class="publisher">{escape(words)}</p>' for words in lines if words)
    title = _title_of(edition)
    body = f'<section class="title" epub:type="titlepage">\n<h1>{escape(title)}</h1>\n{words}\n</section>'
    direction = direction_of(edition.articles[0]) if count == 1 else "ltr"
    return _document(title, _language(edition), direction, body)


def _publisher(article: Article) -> str:
    return line(article.site_name or "", 100) or (host_of(article.url) if is_web_address(article.url) else "")


def _language(edition: Edition) -> str:
    """Return the language of the book's title: that of its article where it is one, else that around the articles."""
    own = language_of(edition.articles[0]) if len(edition.articles) == 1 else ""
    return own or edition.language


# --- what the book says of itself ---

_CONTAINER = f"""<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles>
<rootfile full-path="{_ROOT}/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
"""


def _identifier(edition: Edition) -> str:
    """Return a unique identifier: made from the addresses and the time, so that it is reproducible."""
    named = "\n".join([edition.made_at.isoformat(), edition.title, *(article.url for article in edition.articles)])
    return f"urn:uuid:{uuid5(NAMESPACE_URL, named.encode('utf-8', 'replace').decode())}"


def _package(edition: Edition, items: Iterable[_Item], chapters: Iterable[_Item]) -> str:
    manifest = "\n".join(
        f'<item id="{item.identifier}" href="{item.path}" media-type="{item.media_type}"'
        + (f' properties="{item.properties}"' if item.properties else "")
        + "/>"
        for item in items
    )
    spine = "\n".join(f'<itemref idref="{name}"/>' for name in ("title", "nav", *(c.identifier for c in chapters)))
    is_from_right = all(direction_of(article) == "rtl" for article in edition.articles)
    progress = ' page-progression-direction="rtl"' if is_from_right else ""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="book" '
        f'xml:lang="{_language(edition)}">\n'
        f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">\n{"".join(_metadata(edition, items))}</metadata>\n'
        f'<manifest>\n{manifest}\n</manifest>\n<spine toc="ncx"{progress}>\n{spine}\n</spine>\n</package>\n'
    )


def _metadata(edition: Edition, items: Iterable[_Item]) -> Iterator[str]:
    made = utc(edition.made_at)
    yield f'<dc:identifier id="book">{_identifier(edition)}</dc:identifier>\n'
    yield f"<dc:title>{escape(_title_of(edition))}</dc:title>\n"
    languages = [code for code, _ in Counter(map(language_of, edition.articles)).most_common() if code]
    for code in languages or [edition.language]:
        yield f"<dc:language>{code}</dc:language>\n"
    if len(edition.articles) == 1:
        yield from _metadata_of(edition.articles[0])
    yield f"<dc:date>{made:%Y-%m-%d}</dc:date>\n"
    yield f'<meta property="dcterms:modified">{made:%Y-%m-%dT%H:%M:%SZ}</meta>\n'
    cover = next((item for item in items if item.properties == "cover-image"), None)
    if cover is not None:  # as readers of EPUB 2 look for it
        yield f'<meta name="cover" content="{cover.identifier}"/>\n'


def _metadata_of(article: Article) -> Iterator[str]:
    for author in article.authors:
        if name := line(author):
            yield f"<dc:creator>{escape(name)}</dc:creator>\n"
    if publisher := _publisher(article):
        yield f"<dc:publisher>{escape(publisher)}</dc:publisher>\n"
    if is_web_address(article.url):
        yield f"<dc:source>{escape(line(article.url, 3000))}</dc:source>\n"


def _nav(edition: Edition, entries: list[ContentsEntry]) -> str:
    heading = escape(gettext("Contents"))
    body = f'<nav epub:type="toc" id="toc">\n<h1>{heading}</h1>\n{nav_html(entries)}\n</nav>'
    return _document(gettext("Contents"), edition.language, "ltr", body)
