"""Articles as one HTML document: with pictures linked from the web, or embedded."""

import hashlib
from base64 import b64encode
from collections.abc import Sequence
from html import escape

from newsreader.exporting.about import lead_of, title_of, with_what_it_brings
from newsreader.exporting.edition import Edition
from newsreader.exporting.html_blocks import (
    MARK_STYLE,
    Drawn,
    about_html,
    blocks_html,
    direction_of,
    language_of,
    link_html,
    proper_address,
)
from newsreader.exporting.picture_kinds import kind_of_picture
from newsreader.i18n import gettext
from newsreader.models import Article, Figure
from newsreader.text import clean, line
from newsreader.urls import is_web_address

_STYLE = (
    """
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
nav ol { padding-inline-start: 1.5rem; }
article + article { margin-top: 4rem; padding-top: 3rem; border-top: 3px double #ddd4c0; }
@media (prefers-color-scheme: dark) {
  body { background: #15171c; color: #d9d5cc; }
  h1, h2, h3, h4, h5, h6 { color: #f2eee5; }
  a { color: #86b8cf; }
  .about, figcaption, blockquote footer { color: #858b96; }
  .about, th, td, article + article { border-color: #2a2e37; }
  blockquote { border-color: #e3a857; }
}
@media print {
  body { max-width: none; padding: 0; background: none; color: #000; font-size: 11pt; }
  h1, h2, h3, h4, h5, h6 { color: #000; break-after: avoid; }
  a { color: inherit; }
  figure, blockquote, tr { break-inside: avoid; }
  pre { white-space: pre-wrap; }
  article + article { break-before: page; border: 0; margin: 0; padding: 0; }
}
"""
    + MARK_STYLE
)
_STYLE_HASH = b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()


def to_html(article: Article) -> str:
    """Return the article as one document: no scripts, and nothing from elsewhere but its pictures."""
    head = _head(title_of(article), language_of(article), direction_of(article), pictures="http: https: data:")
    return "\n".join([head, *_article(article, picture_html), "</body>", "</html>"])


def to_whole_html(edition: Edition) -> str:
    """Return the articles as one document that needs nothing else: the pictures are in it, nothing is fetched.

    Several articles follow one another after a list of their titles. A missing picture is a link.
    """
    articles = edition.articles
    drawn = _embedded(edition)
    if len(articles) == 1:
        head = _head(edition.title, language_of(articles[0]), direction_of(articles[0]), pictures="data:")
        return "\n".join([head, *_article(articles[0], drawn), "</body>", "</html>"])
    parts = [_head(edition.title, edition.language, "ltr", pictures="data:"), *_contents(edition)]
    for number, article in enumerate(articles, 1):
        parts += _article(article, drawn, number=number)
    return "\n".join([*parts, "</body>", "</html>"])


def _head(title: str, language: str, direction: str, *, pictures: str) -> str:
    attributes = (f' lang="{language}"' if language else "") + (f' dir="{direction}"' if direction == "rtl" else "")
    policy = f"default-src 'none'; img-src {pictures}; style-src 'sha256-{_STYLE_HASH}'"
    parts = [
        "<!DOCTYPE html>",
        f"<html{attributes}>",
        "<head>",
        '<meta charset="utf-8"/>',
        '<meta name="viewport" content="width=device-width, initial-scale=1"/>',
        '<meta name="referrer" content="no-referrer"/>',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}"/>',
        f"<title>{escape(line(title, 3000))}</title>",
        f"<style>{_STYLE}</style>",
        "</head>",
        "<body>",
    ]
    return "\n".join(parts)


def _contents(edition: Edition) -> Sequence[str]:
    items = (
        f'<li{_attributes(article)}><a href="#article-{number}">{escape(title_of(article))}</a></li>'
        for number, article in enumerate(edition.articles, 1)
    )
    return ["<nav>", f"<h1>{escape(line(edition.title, 3000))}</h1>", "<ol>", *items, "</ol>", "</nav>"]


def _article(article: Article, drawn: Drawn, *, number: int | None = None) -> list[str]:
    """Return an article; `number` where it is one of several."""
    lead = escape(lead_of(article))
    opening = f'<article id="article-{number}"{_attributes(article)}>' if number else "<article>"
    return [
        opening,
        "<header>",
        f"<h1>{escape(title_of(article))}</h1>",
        *([f'<p class="lead">{lead}</p>'] if lead else []),
        f'<p class="about">{about_html(article)}</p>',
        "</header>",
        *([body] if (body := blocks_html(with_what_it_brings(article), drawn)) else []),
        "</article>",
    ]


def _attributes(article: Article) -> str:
    language = language_of(article)
    return (f' lang="{language}"' if language else "") + f' dir="{direction_of(article)}"'


def picture_html(figure: Figure) -> str:
    """Return a picture linked from the web; empty if its address is not a web address."""
    address = proper_address(figure.url) if is_web_address(figure.url) else ""
    return f'<img src="{escape(address)}" alt="{escape(line(figure.alt, 1000))}" loading="lazy"/>' if address else ""


def _embedded(edition: Edition) -> Drawn:
    """Return what draws a figure with its picture in the document, or a link to it where it is not at hand."""

    def drawn(figure: Figure) -> str:
        body = edition.pictures.get(figure.url)
        kind = kind_of_picture(body) if body else None
        if body and kind:
            source = f"data:{kind.media_type};base64,{b64encode(body).decode()}"
            return f'<img src="{source}" alt="{escape(line(figure.alt, 1000))}"/>'
        return absent_picture(figure)

    return drawn


def absent_picture(figure: Figure) -> str:
    """Return a link to a picture that cannot be shown, in the words that stand for it."""
    if not is_web_address(figure.url):
        return ""
    words = line(figure.alt, 1000) or gettext("Picture")
    return f'<p class="about">{link_html(clean(figure.url), escape(words))}</p>'
