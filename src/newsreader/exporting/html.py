"""Articles as one HTML document that needs nothing else but its pictures."""

import re
from collections.abc import Iterable, Sequence
from html import escape

from newsreader.exporting.about import authors_of, caption_of, date_of, lead_of, title_of
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
from newsreader.urls import host_of, is_web_address

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,4}")
_STYLE = """
:root { color-scheme: light dark; }
body { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 38rem; background: #f8f4ea; color: #33312c;
  font: 1.1rem/1.6 Georgia, "Times New Roman", serif; overflow-wrap: break-word; }
h1, h2, h3, h4, h5, h6 { color: #14130f; line-height: 1.25; margin: 2em 0 .6em; }
h1 { font-size: 1.9rem; margin-top: 0; }
a { color: #1f5f7a; }
.lead { font-size: 1.2rem; font-style: italic; }
.about, figcaption { color: #6f6a5e; font-size: .9rem; }
.about { border-bottom: 1px solid #ddd4c0; padding-bottom: 1rem; }
blockquote { margin: 1.5em 0; padding-inline-start: 1rem; border-inline-start: 3px solid #9c3f14; font-style: italic; }
blockquote footer { font-style: normal; color: #6f6a5e; }
figure { margin: 1.5em 0; }
img { max-width: 100%; height: auto; }
pre { overflow-x: auto; font-size: .9rem; line-height: 1.4; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: .95rem; }
th, td { padding: .3em .8em .3em 0; text-align: start; vertical-align: top; border-bottom: 1px solid #ddd4c0; }
@media (prefers-color-scheme: dark) {
  body { background: #15171c; color: #d9d5cc; }
  h1, h2, h3, h4, h5, h6 { color: #f2eee5; }
  a { color: #86b8cf; }
  .about, figcaption, blockquote footer { color: #858b96; }
  .about, th, td { border-color: #2a2e37; }
  blockquote { border-color: #e3a857; }
}
"""


def to_html(article: Article) -> str:
    """Return the article as one document: every word escaped, links to the web only, no scripts."""
    title = escape(title_of(article))
    lead = escape(lead_of(article))
    parts = [
        "<!DOCTYPE html>",
        f"<html{_language(article)}>",
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        """<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src http: https: data:; """
        """style-src 'unsafe-inline'">""",
        f"<title>{title}</title>",
        f"<style>{_STYLE}</style>",
        "</head>",
        "<body>",
        "<article>",
        "<header>",
        f"<h1>{title}</h1>",
        *([f'<p class="lead">{lead}</p>'] if lead else []),
        f'<p class="about">{_about(article)}</p>',
        "</header>",
        *map(_block, article.blocks),
        "</article>",
        "</body>",
        "</html>",
    ]
    return "\n".join(parts)


def _language(article: Article) -> str:
    language = article.language or ""
    attribute = f' lang="{language}"' if _LANGUAGE.fullmatch(language) else ""
    return attribute + (' dir="rtl"' if is_right_to_left(title_of(article)) else "")


def _about(article: Article) -> str:
    items = [escape(authors_of(article))]
    if article.published:
        items.append(f'<time datetime="{article.published.isoformat()}">{date_of(article.published)}</time>')
    if is_web_address(article.url):
        items.append(_link(article.url, escape(host_of(article.url))))
    return " · ".join(item for item in items if item)


def _link(url: str, words: str) -> str:
    return f'<a href="{escape(clean(url))}">{words}</a>'


def _block(block: Block) -> str:
    match block:
        case Paragraph(spans):
            return f"<p>{_inline(spans)}</p>"
        case Heading(spans, level):
            level = max(2, min(6, level))
            return f"<h{level}>{_inline(spans)}</h{level}>"
        case Quote(blocks, source):
            footer = f"\n<footer>— {escape(line(source))}</footer>" if source else ""
            return f"<blockquote>\n{_blocks(blocks)}{footer}\n</blockquote>"
        case ListBlock():
            return _list(block)
        case Preformatted(text):
            return f"<pre><code>{escape(clean(text))}</code></pre>"
        case Figure():
            return _figure(block)
        case Table():
            return _table(block)


def _blocks(blocks: Iterable[Block]) -> str:
    return "\n".join(map(_block, blocks))


def _list(block: ListBlock) -> str:
    items = "\n".join(f"<li>{_item(item)}</li>" for item in block.items)
    if not block.ordered:
        return f"<ul>\n{items}\n</ul>"
    start = f' start="{block.start}"' if block.start != 1 else ""
    return f"<ol{start}>\n{items}\n</ol>"


def _item(blocks: Sequence[Block]) -> str:
    """Return an item; the words of one paragraph need no element of their own."""
    if blocks and isinstance(blocks[0], Paragraph) and all(isinstance(block, ListBlock) for block in blocks[1:]):
        return "\n".join([_inline(blocks[0].spans), *map(_block, blocks[1:])])
    return _blocks(blocks)


def _figure(figure: Figure) -> str:
    picture = ""
    if is_web_address(figure.url):
        picture = f'<img src="{escape(clean(figure.url))}" alt="{escape(line(figure.alt, 1000))}" loading="lazy">'
    caption = caption_of(figure)
    words = f"<figcaption>{_inline(caption)}</figcaption>" if caption else ""
    return f"<figure>{picture}{words}</figure>"


def _table(table: Table) -> str:
    caption = f"<caption>{escape(line(table.caption, 1000))}</caption>\n" if table.caption else ""
    rows = "\n".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in table.rows)
    return f'<div class="wide"><table>\n{caption}{rows}\n</table></div>'


def _cell(cell: Cell) -> str:
    tag = "th" if cell.header else "td"
    return f"<{tag}>{_inline(cell.spans)}</{tag}>"


def _inline(spans: Spans) -> str:
    return "".join(map(_span, spans))


def _span(span: Span) -> str:
    words = escape(clean(span.text)).replace("\n", "<br>\n")
    for is_so, tag in ((span.code, "code"), (span.superscript, "sup"), (span.emphasis, "em"), (span.strong, "strong")):
        if is_so:
            words = f"<{tag}>{words}</{tag}>"
    return _link(span.href, words) if span.href and is_web_address(span.href) else words
