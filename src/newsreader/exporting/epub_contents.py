"""The contents of a book: as a page, as EPUB 2 readers look for them, and the page before each of its sections."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import NamedTuple

from newsreader.exporting.about import title_of
from newsreader.exporting.edition import EditionSection
from newsreader.exporting.html_blocks import about_html, direction_of, language_of, link_html
from newsreader.i18n import gettext
from newsreader.models import Article, Headline
from newsreader.text import line
from newsreader.typesetting.wrapping import is_right_to_left

_LONGEST = 3000


class ContentsEntry(NamedTuple):
    """A line of the contents.

    Attributes:
        title: Never empty, which no table of contents may be.
        path: Of its page, in the book.
        language: A BCP 47 code; empty if it is not known.
        direction: "ltr" or "rtl".
        inner: The lines below it.
    """

    title: str
    path: str
    language: str = ""
    direction: str = "ltr"
    inner: "tuple[ContentsEntry, ...]" = ()


def name_of(article: Article) -> str:
    """Return the title of a chapter, never empty."""
    return title_of(article) or "…"


def article_entry(article: Article, path: str) -> ContentsEntry:
    """Return the line of an article."""
    return ContentsEntry(name_of(article), path, language_of(article), direction_of(article))


def section_entry(section: EditionSection, path: str, inner: Iterable[ContentsEntry]) -> ContentsEntry:
    """Return the line of a section, with those of its articles."""
    title = line(section.title, _LONGEST) or "…"
    return ContentsEntry(title, path, direction=_direction(title), inner=tuple(inner))


def nav_html(entries: Sequence[ContentsEntry]) -> str:
    """Return the lines as the list of a navigation document."""
    return "<ol>\n" + "\n".join(map(_nav_item, entries)) + "\n</ol>"


def _nav_item(entry: ContentsEntry) -> str:
    code = f' lang="{entry.language}" xml:lang="{entry.language}"' if entry.language else ""
    inner = f"\n{nav_html(entry.inner)}" if entry.inner else ""
    link = f'<a href="{entry.path}">{escape(entry.title)}</a>'
    return f'<li{code} dir="{entry.direction}">{link}{inner}</li>'


def ncx(title: str, identifier: str, entries: Sequence[ContentsEntry]) -> str:
    """Return the contents for readers of EPUB 2."""
    number = 0

    def points(some: Iterable[ContentsEntry]) -> str:
        nonlocal number
        made = []
        for entry in some:
            number += 1
            head = f'<navPoint id="point-{number}" playOrder="{number}"><navLabel><text>{escape(entry.title)}</text>'
            made.append(f'{head}</navLabel><content src="{entry.path}"/>{points(entry.inner)}</navPoint>')
        return "\n".join(made)

    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1">\n'
        f'<head><meta name="dtb:uid" content="{identifier}"/></head>\n'
        f"<docTitle><text>{escape(title)}</text></docTitle>\n<navMap>\n{points(entries)}\n</navMap>\n</ncx>\n"
    )


def section_html(entry: ContentsEntry, section: EditionSection, articles: Sequence[Article]) -> str:
    """Return the page before the articles of a section: which they are, and what is missing of it."""
    listed = "\n".join(
        _listed(f'<a href="{inner.path}">{escape(inner.title)}</a>', about_html(article))
        for inner, article in zip(entry.inner, articles, strict=True)
    )
    absent = "\n".join(map(_absent, section.absent))
    heading = gettext("Not downloaded")
    parts = [
        f"<h1>{escape(entry.title)}</h1>",
        *([f'<ul class="section">\n{listed}\n</ul>'] if listed else []),
        *([f"<h2>{escape(heading)}</h2>"] if absent else []),
        *([f'<ul class="section">\n{absent}\n</ul>'] if absent else []),
    ]
    return '<section epub:type="part">\n' + "\n".join(parts) + "\n</section>"


def _absent(headline: Headline) -> str:
    title = escape(line(headline.title, _LONGEST) or line(headline.url, _LONGEST) or "…")
    return _listed(link_html(headline.url, title), escape(line(headline.summary or "", _LONGEST)))


def _listed(link: str, about: str) -> str:
    return f"<li>{link}" + (f'\n<p class="about">{about}</p>' if about else "") + "</li>"


def _direction(title: str) -> str:
    return "rtl" if is_right_to_left(title) else "ltr"
