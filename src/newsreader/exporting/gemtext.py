"""Articles as gemtext (text/gemini): a line is a paragraph, a link, a heading, an item of a list, or of a quote.

Gemtext has no escapes. A line of words that begins like one of its marks gets a space in front, which makes it text.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from urllib.parse import quote

from newsreader.exporting.about import authors_of, caption_of, date_of, lead_of, title_of, with_what_it_brings
from newsreader.i18n import gettext
from newsreader.models import (
    Article,
    Block,
    Figure,
    Heading,
    ListBlock,
    Paragraph,
    Preformatted,
    Quote,
    Spans,
    Table,
    plain,
)
from newsreader.text import clean, line
from newsreader.typesetting.tables import table_lines
from newsreader.typesetting.wrapping import squeezed
from newsreader.urls import host_of, is_web_address

_MARK = re.compile(r"=>|```|#|\* |>")
_FENCE = "```"
_UNSAFE_IN_ADDRESS = re.compile(r"[\s\x00-\x1f\x7f]")
_WIDEST_TABLE = 200
_LONGEST_LINE = 3000


def to_gemtext(article: Article) -> str:
    """Return title, standfirst, a line about the article, a link to it, and its blocks; an empty line between them."""
    published = date_of(article.published) if article.published else ""
    about = " · ".join(item for item in (authors_of(article), published) if item)
    parts = ["# " + title_of(article)]
    parts += [_words(words) for words in (lead_of(article), about) if words]
    parts += _links([(article.url, host_of(article.url))])
    parts += ("\n".join(lines) for lines in map(_lines, with_what_it_brings(article)) if lines)
    return "\n\n".join(parts)


def _lines(block: Block) -> list[str]:
    match block:
        case Paragraph(spans):
            return [*map(_words, _line_texts(spans)), *_links_in(spans)]
        case Heading(spans, level):
            words = line(plain(spans), _LONGEST_LINE)
            return [f"{'#' * max(2, min(3, level))} {words}", *_links_in(spans)] if words else []
        case Quote(blocks, source):
            return _quote(blocks, source)
        case ListBlock():
            return list(_list(block, ""))
        case Preformatted(text, language):
            return _fenced(clean(text).strip("\n").split("\n"), line(language or "", 30))
        case Figure():
            return _figure(block)
        case Table():
            rows = [row.text for row in table_lines(block, _WIDEST_TABLE)]
            return _fenced(rows, line(block.caption or "") or gettext("Table")) if rows else []


def _words(text: str) -> str:
    """Return one line of words that cannot be read as markup."""
    return f" {text}" if _MARK.match(text) else text


def _line_texts(spans: Spans) -> list[str]:
    """Return a text for each line that the page asked for."""
    return [each.strip() for each in squeezed(clean(plain(spans))).split("\n") if each.strip()]


def _links_in(spans: Spans) -> list[str]:
    """Return the links of some words, each address once, with the words of its first link."""
    words: dict[str, str] = {}
    for href, parts in groupby(spans, key=lambda span: span.href):  # one link may be bold in part
        if href:
            words.setdefault(href, "".join(part.text for part in parts))
    return _links(words.items())


def _links(links: Iterable[tuple[str, str]]) -> list[str]:
    return [
        f"=> {_UNSAFE_IN_ADDRESS.sub(lambda found: quote(found[0]), clean(url))} {line(words, 1000)}".rstrip()
        for url, words in links
        if is_web_address(url)
    ]


def _fenced(rows: list[str], words: str) -> list[str]:
    """Return lines to be shown as they are, with the words for those who cannot see them."""
    inside = [(f" {row}" if row.startswith(_FENCE) else row).rstrip() for row in rows]
    return [f"{_FENCE}{words.replace('`', '')}", *inside, _FENCE]


def _quote(blocks: Iterable[Block], source: str | None) -> list[str]:
    lines: list[str] = []
    for block in blocks:
        quoted = list(_quoted(block))
        lines += [*([">"] if lines and quoted else []), *quoted]
    return [*lines, *([f"> — {line(source)}"] if source else [])]


def _quoted(block: Block) -> Iterator[str]:
    """Yield the lines of words as those of a quote; links, tables and what is shown as it is cannot be in one."""
    match block:
        case Paragraph(spans):
            yield from (f"> {words}" for words in _line_texts(spans))
            yield from _links_in(spans)
        case Heading(spans):
            yield f"> {line(plain(spans), _LONGEST_LINE)}"
        case Quote(blocks, source):
            yield from _quote(blocks, source)
        case ListBlock(items):
            for number, item in enumerate(items):
                mark = f"{block.start + number}. " if block.ordered else "* "
                for inner in item:
                    for each in _quoted(inner):
                        yield f"> {mark}{each[2:]}" if mark and each.startswith("> ") else each
                        mark = ""
        case _:
            yield from _lines(block)


def _list(block: ListBlock, depth: str) -> Iterator[str]:
    """Yield the items, those of inner lists behind dashes: gemtext has lists of one level, without numbers."""
    for number, item in enumerate(block.items):
        mark = f"{(block.start + number) % 10**9}. " if block.ordered else ""
        is_first = True
        for inner in item:
            if isinstance(inner, ListBlock):
                yield from _list(inner, depth + "– ")
                continue
            lines = _lines(inner)
            if is_first and isinstance(inner, Paragraph) and lines and not lines[0].startswith("=>"):
                yield f"* {depth}{mark}{lines[0].lstrip()}"
                lines = lines[1:]
            yield from lines
            is_first = False


def _figure(figure: Figure) -> list[str]:
    caption = caption_of(figure)
    words = line(plain(caption) or figure.alt, 1000)
    label = f"{gettext('Picture')}: {words}" if words else gettext("Picture")
    return [*(_links([(figure.url, label)]) or [f"[{label}]"]), *_links_in(caption)]
