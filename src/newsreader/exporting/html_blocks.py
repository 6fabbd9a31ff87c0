"""The blocks of an article as elements that both HTML and XHTML read: every word escaped, links to the web only."""

import re
from collections.abc import Callable, Iterable, Sequence
from html import escape
from urllib.parse import quote, urlsplit, urlunsplit

from newsreader.exporting.about import authors_of, caption_of, date_of
from newsreader.models import (
    Article,
    Block,
    Cell,
    Figure,
    Heading,
    ListBlock,
    Paragraph,
    Preformatted,
    Quote,
    Span,
    Spans,
    Table,
)
from newsreader.text import clean, line
from newsreader.typesetting.wrapping import is_right_to_left
from newsreader.urls import InvalidURLError, host_of, is_web_address, normalise_url

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,4}")
_LONE_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")

MARK_STYLE = """
mark { background: #f7e3a1; color: #14130f; }
mark.green { background: #cbe6c0; }
mark.blue { background: #c6dcf5; }
mark.pink { background: #f3c9de; }
"""
"""How highlighted words look, as CSS."""
Drawn = Callable[[Figure], str]  # a figure's picture as an element; empty if it has none to show


def language_of(article: Article) -> str:
    """Return the code of the article's language, fit for an attribute; empty if it is not known."""
    language = article.language or ""
    return language if _LANGUAGE.fullmatch(language) else ""


def direction_of(article: Article) -> str:
    """Return "rtl" or "ltr", as the title runs."""
    return "rtl" if is_right_to_left(article.title) else "ltr"


def about_html(article: Article) -> str:
    """Return authors, date and address of an article in a row."""
    items = [escape(authors_of(article))]
    if article.published:
        moment = article.published.isoformat(timespec="seconds")
        items.append(f'<time datetime="{moment}">{date_of(article.published)}</time>')
    if is_web_address(article.url):
        items.append(link_html(article.url, escape(host_of(article.url))))
    return " · ".join(item for item in items if item)


def link_html(url: str, words: str) -> str:
    """Return a link around words that are escaped already; the words alone where the address leads nowhere."""
    address = proper_address(url)
    return f'<a href="{escape(address)}">{words}</a>' if address else words


def proper_address(url: str) -> str:
    """Return an address with everything escaped in it that an address cannot hold (RFC 3986); empty if it isn't one."""
    try:
        parts = urlsplit(clean(url))
        host = urlsplit(normalise_url(urlunsplit((parts.scheme, parts.netloc, "/", "", "")))).netloc
    except (ValueError, InvalidURLError):
        return ""
    path, query, fragment = (
        quote(_LONE_PERCENT.sub("%25", part), safe="/%:@!$&'()*+,;=~-._?", errors="replace")
        for part in (parts.path, parts.query, parts.fragment)
    )
    return urlunsplit((parts.scheme, host, path.replace("?", "%3F"), query, fragment))


def blocks_html(blocks: Iterable[Block], drawn: Drawn) -> str:
    """Return the blocks, an element a line; what holds nothing is left out."""
    return "\n".join(each for block in blocks if (each := _block(block, drawn)))


def _block(block: Block, drawn: Drawn) -> str:
    match block:
        case Paragraph(spans):
            return f"<p>{_inline(spans)}</p>"
        case Heading(spans, level):
            level = max(2, min(6, level))
            return f"<h{level}>{_inline(spans)}</h{level}>"
        case Quote(blocks, source):
            footer = f"\n<footer>— {escape(line(source))}</footer>" if source else ""
            return f"<blockquote>\n{blocks_html(blocks, drawn)}{footer}\n</blockquote>"
        case ListBlock():
            return _list(block, drawn)
        case Preformatted(text):
            return f"<pre><code>{escape(clean(text))}</code></pre>"
        case Figure():
            return _figure(block, drawn)
        case Table():
            return _table(block)


def _list(block: ListBlock, drawn: Drawn) -> str:
    items = "\n".join(f"<li>{_item(item, drawn)}</li>" for item in block.items)
    if not items:
        return ""
    if not block.ordered:
        return f"<ul>\n{items}\n</ul>"
    start = f' start="{block.start}"' if block.start != 1 else ""
    return f"<ol{start}>\n{items}\n</ol>"


def _item(blocks: Sequence[Block], drawn: Drawn) -> str:
    """Return an item; the words of one paragraph need no element of their own."""
    if blocks and isinstance(blocks[0], Paragraph) and all(isinstance(block, ListBlock) for block in blocks[1:]):
        return "\n".join([_inline(blocks[0].spans), *(_block(block, drawn) for block in blocks[1:])])
    return blocks_html(blocks, drawn)


def _figure(figure: Figure, drawn: Drawn) -> str:
    caption = caption_of(figure)
    words = f"<figcaption>{_inline(caption)}</figcaption>" if caption else ""
    inner = drawn(figure) + words
    return f"<figure>{inner}</figure>" if inner else ""


def _table(table: Table) -> str:
    rows = "\n".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in table.rows if row)
    if not rows:
        return ""
    caption = f"<caption>{escape(line(table.caption, 1000))}</caption>\n" if table.caption else ""
    return f'<div class="wide"><table>\n{caption}{rows}\n</table></div>'


def _cell(cell: Cell) -> str:
    tag = "th" if cell.header else "td"
    return f"<{tag}>{_inline(cell.spans)}</{tag}>"


def _inline(spans: Spans) -> str:
    return "".join(map(_span, spans))


def _span(span: Span) -> str:
    words = escape(clean(span.text)).replace("\n", "<br/>\n")
    for is_so, tag in ((span.code, "code"), (span.superscript, "sup"), (span.emphasis, "em"), (span.strong, "strong")):
        if is_so:
            words = f"<{tag}>{words}</{tag}>"
    if span.mark:
        words = f'<mark class="{escape(span.mark)}">{words}</mark>'
    return link_html(span.href, words) if span.href and is_web_address(span.href) else words
