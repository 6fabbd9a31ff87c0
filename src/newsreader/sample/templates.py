"""The paper's markup, as templates for `fill`."""

from html import escape


class Markup(str):
    """Words that are markup already."""

    __slots__ = ()


def fill(template: str, **words: object) -> Markup:
    """Return the template filled: what is not markup already is escaped."""
    return Markup(template.format(**{name: _escaped(word) for name, word in words.items()}))


def _escaped(word: object) -> str:
    return word if isinstance(word, Markup) else escape(str(word))


def join(parts: "list[Markup] | tuple[Markup, ...]") -> Markup:
    """Return the parts, one after the other."""
    return Markup("\n".join(parts))


NOTHING = Markup()

PAGE = """\
<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="stylesheet" href="/style.css">
<link rel="alternate" type="application/rss+xml" title="{paper} (RSS)" href="{base}/{language}/rss.xml">
<link rel="alternate" type="application/atom+xml" title="{paper} (Atom)" href="{base}/{language}/atom.xml">
<meta property="og:site_name" content="{paper}">
<meta property="og:locale" content="{locale}">
{head}
</head>
<body>
<header class="site-header">
<a class="logo" href="/{language}/">{paper}</a>
<div class="motto">{motto}</div>
<div class="weather">{weather}</div>
<nav class="menu"><ul>
{menu}
</ul></nav>
<div class="switch">{switch}</div>
<form class="search" action="/{language}/search"><input name="q" placeholder="{search}"></form>
</header>
<div class="wrap">
<main class="content">
{main}
</main>
<aside class="sidebar">
{side}
</aside>
</div>
<div class="cookie-bar"><p>{cookies}</p><button>{accept}</button> \
<a href="/{language}/privacy.html">{settings}</a></div>
<footer class="site-footer">
<ul class="footer-menu">
<li><a href="/{language}/about.html">{about}</a></li>
<li><a href="/{language}/contacts.html">{contacts}</a></li>
<li><a href="/{language}/advertising.html">{advertising}</a></li>
<li><a href="/{language}/privacy.html">{privacy}</a></li>
</ul>
<p class="copyright">© {year} {paper}. {copyright}</p>
</footer>
</body>
</html>
"""

MENU_ITEM = '<li><a href="/{language}/{section}/">{name}</a></li>'
SWITCH_ITEM = '<a href="{url}" lang="{language}">{code}</a>'

HEAD_LINK = '<link rel="{rel}" href="{url}">'
HEAD_ALTERNATE = '<link rel="alternate" hreflang="{language}" href="{url}">'
HEAD_META = '<meta {kind}="{name}" content="{content}">'
HEAD_JSON = '<script type="application/ld+json">{json}</script>'

ARTICLE = """\
<div class="breadcrumbs"><a href="/{language}/">{paper}</a> › <a href="/{language}/{section}/">{section_name}</a></div>
<article class="article">
<h1 class="article-title">{title}</h1>
{lead}
<div class="article-info">{info}</div>
<div class="article-langs">{translations}</div>
{picture}
<div class="article-text">
{body}
</div>
{pager}
</article>
<div class="share"><span>{share}</span> <a href="https://social.invalid/share?u={url}">F</a> \
<a href="https://messenger.invalid/send?u={url}">M</a> <button>{copy_link}</button></div>
<div class="tags"><span>{tags}</span> {tag_links}</div>
<a class="trust" href="/{language}/about.html">{trust}</a>
<a class="follow" href="https://messenger.invalid/ostmere">{follow}</a>
<form class="poll" action="/poll" lang="{poll_language}"><p>{poll}</p>
{poll_answers}
<button>{poll_button}</button></form>
<div class="newsletter"><h3>{newsletter}</h3><p>{newsletter_text}</p>\
<input type="email" placeholder="{email}"><button>{newsletter_button}</button></div>
{related}
"""

LEAD = '<p class="article-lead">{lead}</p>'
READ_IN = '/<a href="{url}" hreflang="{language}">{words}</a>'
TAG = '<a href="/{language}/{section}/">{name}</a>'
ANSWER = '<label><input type="radio" name="v" value="{number}">{words}</label>'
READ_ALSO = '<div class="read-also">{words} <a href="{url}">{title}</a></div>'
PAGER = '<div class="pager"><span>{words} {number} / {count}</span> {links}</div>'
PAGER_LINK = '<a rel="{rel}" href="{url}">{words}</a>'
MAIN_PICTURE = """\
<figure class="article-main"><img src="{url}" alt="{alt}" width="640" height="360">\
<span class="views" title="{words}">{views}</span>{caption}</figure>"""
FIGURE = """\
<figure class="article-figure"><img src="{small}" srcset="{small} 320w, {url} 640w" alt="{alt}" width="640" \
height="360" loading="lazy">{caption}</figure>"""
CAPTION = '<figcaption>{caption} <span class="credit">{photo} {credit}</span></figcaption>'

CARD = """\
<div class="card">
<a class="card-picture" href="{url}"><img src="{picture}" alt="" width="320" height="180"></a>
<h3 class="card-title"><a href="{url}">{title}</a></h3>
<p class="card-lead">{lead}</p>
<div class="card-info"><time datetime="{iso}">{time}</time> <span class="views">{views}</span></div>
</div>"""
SMALL_CARD = """\
<div class="card card-small">
<h3 class="card-title"><a href="{url}">{title}</a></h3>
<div class="card-info"><time datetime="{iso}">{time}</time> <span class="views">{views}</span></div>
</div>"""
FRONT_SECTION = """\
<section class="front-section">
<h2 class="section-title"><a href="/{language}/{section}/">{name}</a></h2>
{cards}
</section>"""
SECTION_TITLE = '<h1 class="section-title">{name}</h1>'

FEED = """\
<div class="block-title">{label}</div>
<div class="feed">
{items}
</div>
{more}"""
FEED_ITEM = """\
<a class="feed-item" href="{url}"><time class="feed-time" datetime="{iso}">{time}</time>\
<span class="feed-title">{title}</span><span class="feed-views">{views}</span></a>"""
FEED_DAY = '<div class="feed-day">{day}</div>'
FEED_MORE = '<a class="feed-more" rel="next" href="{url}">{words}</a>'

POPULAR = """\
<div class="popular"><h3 class="block-title">{label}</h3><ol>
{items}
</ol></div>"""
RELATED = """\
<section class="related"><h2 class="block-title">{label}</h2><ul>
{items}
</ul></section>"""
LINK_ITEM = '<li><a href="{url}">{title}</a></li>'

LOST = '<div class="lost"><h1>{title}</h1><p>{text}</p><p><a href="/{language}/">{paper}</a></p></div>'

CONSENT = """\
<!DOCTYPE html>
<html lang="{language}">
<head><meta charset="utf-8"><title>{consent}</title></head>
<body>
<div class="consent-wall"><h1>{consent}</h1><p>{consent_text}</p>
<form action="/consent" method="post"><button name="all">{accept_all}</button> <button name="none">{reject}</button>
<a href="/{language}/privacy.html">{privacy}</a></form></div>
</body>
</html>
"""

PAYWALL = """\
<div class="paywall"><h2>{paywall}</h2><p>{paywall_text}</p>
<a class="button" href="/{language}/subscribe.html">{paywall_button}</a></div>"""

PLAIN_PAGE = "<h1>{title}</h1><p>{text}</p>"
