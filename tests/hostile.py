"""Pages that mean harm: words that steer terminals, markup that breaks parsers; and a newspaper made of them."""

from collections.abc import Iterator
from html import escape

ESC = "\x1b"
CLIPBOARD = f"{ESC}]52;c;cHduZWQ=\x07"

# What must never reach a terminal: C0 but the newline, DEL, C1, and what turns or hides text.
FORBIDDEN = frozenset(
    [chr(code) for code in range(0x20) if chr(code) != "\n"]
    + [chr(code) for code in range(0x7F, 0xA0)]
    + ["\u200e", "\u200f", "\ufeff", "\u2028", "\u2029", "\u061c", "\u115f", "\u3164", "\uffa0"]
    + [chr(code) for code in range(0x202A, 0x202F)]
    + [chr(code) for code in range(0x2066, 0x206A)]
    + [chr(code) for code in range(0xD800, 0xE000)]
)

# Every one is harmless when it is read as words, and none may be read otherwise.
ATTACKS = (
    f"{ESC}[31mred{ESC}[0m",
    f"{ESC}[2J{ESC}[Hgone",
    CLIPBOARD,
    f"{ESC}]0;title{ESC}\\",
    f"{ESC}]8;;https://evil.example/{ESC}\\click{ESC}]8;;{ESC}\\",
    f"{ESC}P$q q{ESC}\\",
    f"{ESC}_Gpicture{ESC}\\",
    f"{ESC}c reset",
    "\x9b31mred",
    "\x9d52;c;cHduZWQ=\x9c",
    "\x90q\x9c",
    "bell\x07 back\x08space \x0e shift \x00 nul \x7f delete",
    "line\rover\x0bwritten\x0c",
    "[/]",
    "[@click=app.quit]x[/]",
    "[bold red]loud[/bold red]",
    "[link=https://evil.example/]x[/link]",
    "{name} {0} %s %(x)s $HOME `id`",
    "\u202etxet desrever\u202c",
    "\u2066isolated\u2069 \u200fright\u200e left",
    "zero\u200bwidth\ufeff soft\u00adhyphen",
    "tag\U000e0041\U000e007fs",
    "Z" + "\u0301" * 50 + "algo",
    "stacked" + "".join(mark * 6 for mark in "\u0e47\u0f71\u07eb\u200d\ufe0f\U000e0101\u034f"),
    "turned \u061c and filled \u3164\u115f\uffa0",
    "\ufffe\uffff\ufdd0 nothing",
    "line\u2028separator\u2029paragraph\u0085next",
)
REFERENCES = (
    "&#27;[31mred",
    "&#x1b;]52;c;cHduZWQ=&#7;",
    "&#x9b;31m",
    "&#155;31m",
    "&#xd800;",
    "&#xDFFF;",
    "&#xd83d;&#xde00;",
    "&#0;",
    "&#x202e;desrever",
    "&#xFFFE;",
    "&#1114112;",
    "&#99999999999999999999;",
    "&NewLine;&Tab;&ZeroWidthSpace;&rlm;",
    "&amp;#27;[31m",
)
# Bytes that are no UTF-8: a lone surrogate, cut characters, C1 as single bytes.
RAW_BYTES = (b"\xed\xa0\x80", b"\xed\xbf\xbf", b"\xff\xfe\xfd", b"\xc3", b"\xf0\x9f\x98", b"\x9b31m", b"\xc2\x9b31m")


def attack_words() -> str:
    """Return all attacks as one line of markup: raw characters, references, and marked-up words."""
    raw = " ".join(escape(attack) for attack in ATTACKS)
    return f"{raw} {' '.join(REFERENCES)}"


def headline_attacks() -> tuple[str, ...]:
    """Return what the headlines carry, as markup: one attack each."""
    return (*(escape(attack) for attack in ATTACKS), *REFERENCES)


def hostile_newspaper() -> bytes:
    """Return a page with an article and a headline list, all of whose words, links and attributes attack.

    It is otherwise a page as any other: its words in between can be looked for. Every headline, "Headline 1 of the
    harbour …" and on, carries one of the attacks; what is not in the list carries all of them.
    """
    bad = attack_words()
    few = f"{CLIPBOARD}[/]&#x9b;31m\u202e"
    quoted = bad.replace('"', "&quot;")
    body = "".join(
        f"<p>Paragraph {number} says that the harbour is calm, {bad} and goes on, as calm as before, to its end.</p>"
        for number in range(1, 7)
    )
    rows = "".join(
        f'<li><time datetime="{attack}">{18 - number // 4}:{50 - number % 4 * 7}</time> '
        f'<a href="/news/{number}-story.html?x={attack}" title="{quoted}">'
        f"Headline {number} of the harbour {attack}</a> <span>{number}{attack}</span></li>"
        for number, attack in enumerate(headline_attacks(), 1)
    )
    page = f"""<!DOCTYPE html><html lang="{quoted}"><head><meta charset="utf-8">
<title>Calm {bad}</title>
<meta property="og:title" content="Calm {quoted}"><meta property="og:site_name" content="Site {quoted}">
<meta name="author" content="Jane {quoted} Doe"><meta property="article:published_time" content="{quoted}">
<meta name="description" content="{quoted}"><meta property="og:image" content="/picture.png?{quoted}">
<link rel="canonical" href="/news/0-story.html?{quoted}"><link rel="next" href="/next?{quoted}">
<link rel="alternate" hreflang="{quoted}" href="/uk/?{quoted}">
<link rel="alternate" type="application/rss+xml" title="Feed {quoted}" href="/rss?{quoted}">
<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Calm \\u001b[31m \\ud800 \\u202e",
"author": {{"name": "Jane \\u009b31m Doe"}}, "datePublished": "\\u001b", "image": "javascript:alert(1)"}}</script>
</head><body><header><a href="/">Site {bad}</a></header><main><article>
<h1>Calm weather {bad} over the harbour</h1><p class="lead">A lead {bad} of a few words.</p>
<div class="byline">By <a href="/author">Jane {bad} Doe</a>, 22 November 2026, 14:02 {bad}</div>
<figure><img src="/picture.png?{quoted}" alt="{quoted}"><figcaption>Caption {bad}</figcaption></figure>
{body}
<h2>Heading {bad}</h2><blockquote><p>Quote {bad} of the pilot.</p><cite>Source {bad}</cite></blockquote>
<ul><li>Item {bad}</li><li><a href="javascript:alert(1)">script {bad}</a></li>
<li><a href="file:///etc/passwd">file {bad}</a></li><li><a href="//evil.example/{quoted}">host {bad}</a></li></ul>
<pre><code class="language-{quoted}">code {bad}</code></pre>
<table><caption>Table {bad}</caption><tr><th>{bad}</th><th>b</th></tr><tr><td>c</td><td>{bad}</td></tr></table>
</article></main><aside><h3>Latest news {few}</h3><ul>{rows}</ul>
<a href="/more?{few}">More news {few}</a></aside>
</body></html>"""
    return page.encode("utf-8", "surrogatepass").replace(b"Paragraph 3", b"Paragraph 3 " + b" ".join(RAW_BYTES))


def broken_pages() -> Iterator[tuple[str, bytes]]:
    """Yield pages that break parsers, each with what it does."""
    words = b"<p>" + b"The harbour is calm today, and the ferries run. " * 8 + b"</p>"
    yield "nothing", b""
    yield "spaces", b" \n\t" * 50
    yield "NUL bytes", b"\x00" * 5000
    yield "NUL bytes between words", b"<body>" + words.replace(b" ", b"\x00 ") + b"</body>"
    yield "comments alone", b"<!-- a --><!-- b -->"
    yield "a comment without end", b"<body><!-- " + words
    yield "no body", b"<html><head><title>T</title></head></html>"
    yield "a head alone", b"<head>"
    yield "a frameset", b"<frameset><frame src=/a></frameset>"
    yield "two bodies", b"<body>" + words + b"</body><body>" + words
    yield "a doctype alone", b"<!DOCTYPE html>"
    yield "a declaration alone", b"<?xml version='1.0' encoding='utf-16'?>"
    yield "words alone", b"just words, no markup at all"
    yield "an opened tag", b"<body><a href='"
    yield "angle brackets", b"<" * 100_000
    yield "closing brackets", b">" * 100_000
    yield "ampersands", b"<p>" + b"&" * 100_000
    yield "references", b"<p>" + b"&#27;" * 50_000
    yield "surrogates", b"<title>&#xd800;</title><p>" + b"&#xdfff;\xed\xa0\x80" * 20_000
    yield "16,000 nested tags", b"<div>" * 16_000 + words + b"</div>" * 16_000
    yield "16,000 nested spans", b"<p>" + b"<span>" * 16_000 + b"deep" + words
    yield "16,000 nested lists", b"<ul><li>" * 16_000 + words
    yield "16,000 nested quotes", b"<blockquote>" * 16_000 + words
    yield "4,000 nested tables", b"<table><tr><td>" * 4_000 + words
    yield "16,000 nested links", b"<a href=/x>" * 16_000 + b"deep"
    yield "16,000 formatting tags", b"<b><i>" * 8_000 + words
    yield "100,000 attributes on one tag", b"<p " + b" ".join(b"a%d=b" % n for n in range(100_000)) + b">" + words
    yield "a huge attribute", b"<p class='" + b"a " * 500_000 + b"'>" + words
    yield "a huge word", b"<p>" + b"a" * 1_000_000 + b"</p>" + words
    yield "a huge title", b"<title>" + b"t" * 1_000_000 + b"</title>" + words
    yield "a huge address", b"<a href='/" + b"a" * 1_000_000 + b"'>The harbour is calm today</a>" + words
    yield "many empty tags", b"<p></p>" * 30_000 + words
    yield "many line breaks", b"<p>" + b"<br>" * 30_000 + words
    yield "many digits", b"<p>" + b"12:" * 100_000 + words
    yield "JSON-LD nested too deep", b"<script type='application/ld+json'>" + b"[" * 100_000 + b"</script>" + words
    yield (
        "JSON-LD of the wrong kinds",
        (
            b'<script type="application/ld+json">{"@type": ["NewsArticle", 5, null], "headline": {"a": []},'
            b'"author": [[["x"]], 7, {"name": {"y": 1}}], "datePublished": 20261122, "image": [{"url": 3}, null],'
            b'"@graph": {"@type": {}}, "mainEntity": "self"}</script>' + words
        ),
    )
    yield (
        "metas of the wrong kinds",
        (
            b'<meta><meta name><meta property="og:title"><meta property="article:published_time" content="never">'
            b'<meta name="author" content="">' + words
        ),
    )
    yield (
        "addresses that are none",
        (
            b"<base href='http://[::1'><link rel=canonical href='http://['><link rel=next href='javascript:1'>"
            b"<a href='http://a:99999999/'>The harbour is calm today</a><img src='http://[' srcset=', , x 9999999w'>"
            + words
        ),
    )
    yield "a declared charset that does not exist", b"<meta charset='no-such-thing'>" + words
    yield "a declared charset that is a codec of Python", b"<meta charset='rot13'><meta charset='zlib'>" + words
    yield "UTF-16 without a mark", ("<p>" + "Гавань спокойна. " * 20).encode("utf-16-le")
    yield "half a UTF-16 character", b"\xff\xfe<\x00p\x00>"
    yield "bytes", bytes(range(256)) * 200
