# ruff: noqa: E501, T201  (seeds are what they are, and it tells what it finds)
"""Feed the program what nobody would write, and see that it neither fails, hangs nor changes its mind.

    python -m tools.fuzz [TARGET ...] [--runs N] [--seed N]

Every run is given by its target, the seed and its number, so that a failure can be repeated: it is printed with them. What
counts for a hang is processor time: two seconds.
"""

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from newsreader.errors import NewsreaderError
from newsreader.exporting.linear import to_linear
from newsreader.extraction.page import candidates, parse_page, whole_page
from newsreader.importing.reading import read_import
from newsreader.jsonform import page_from_json, page_to_json
from newsreader.query import parse, write
from newsreader.settings import load_settings
from newsreader.text import clean, line, parse_json, sound_references
from newsreader.urls import absolute, host_of, normalise_url, shown, story_key

LONGEST_S = 2.0
_URL = "https://tide.example/news/1.html"
_NOW = datetime(2026, 11, 22, 14, 4, tzinfo=UTC)
_PARAGRAPH = "<p>The harbour wakes at dawn, and the boats go out with the tide, one by one, past the lighthouse.</p>"
_ARTICLE = f"""<!doctype html><html lang=en><head><meta charset=utf-8><title>The tide — Harbour News</title>
<meta property=og:title content="The tide"><meta property=article:published_time content=2026-11-21T10:00:00Z>
<script type="application/ld+json">{{"@type":"NewsArticle","headline":"The tide","author":{{"name":"Jane Doe"}}}}</script>
</head><body><nav><a href=/>Home</a></nav><article><h1>The tide</h1><p class=byline>By Jane Doe, 21 November 2026</p>
{_PARAGRAPH * 6}<figure><img src=/a.jpg width=640 height=360><figcaption>A boat</figcaption></figure><h2>Later</h2>
<ul><li>One<li>Two</ul><blockquote><p>Quoted.</p></blockquote><table><tr><th>a<td>b</table><pre>code</pre></article></body>"""
_LIST = "<html lang=uk><title>Новини</title><main><h2>Останні новини</h2><ul>" + "".join(
    f"<li><time datetime=2026-11-2{n}>1{n}:0{n}</time> <a href='/2026/{n}'>Паром знову ходить до островів {n}</a>"
    for n in range(9)
)
_ITEM = (
    "<item><title>Ferry {n}</title><link>https://tide.example/{n}</link><guid>{n}</guid><pubDate>Sun, 22 Nov 2026 10:0{n}:00"
    " GMT</pubDate><description>&lt;p&gt;It sails.&lt;/p&gt;</description></item>"
)
_RSS = "<?xml version='1.0'?><rss version='2.0'><channel><title>Tide</title>" + "".join(
    _ITEM.format(n=n) for n in range(5)
)
_ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Tide</title><entry><title type=html>Ferry &amp;amp; boat</title>
<link href="/1"/><id>x:1</id><updated>2026-11-22T10:00:00Z</updated><content type="html">&lt;p&gt;It sails.</content></entry>"""
_JSON_FEED = json.dumps({
    "version": "https://jsonfeed.org/version/1.1", "title": "Tide",
    "items": [{"id": str(n), "url": f"https://tide.example/{n}", "title": f"Ferry {n}"} for n in range(4)],
})  # fmt: skip
_PAGES = [each.encode() for each in (_ARTICLE, _LIST, _RSS, _ATOM, _JSON_FEED)]
_OPML = """<?xml version="1.0"?><opml version="2.0"><body><outline text="Sea"><outline text="Tide" type="rss"
xmlUrl="https://tide.example/feed" htmlUrl="https://tide.example/"/></outline></body></opml>"""
_IMPORTS = [
    each.encode()
    for each in (
        _OPML,
        "<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><DT><H3>Sea</H3><DL><DT><A HREF='https://a.example/' TAGS='a,b'>A</A></DL></DL>",
        '[{"url": "https://a.example/", "title": "A", "tags": ["x"], "is_archived": 1, "created_at": "2026-01-02"}]',
        "url,title,time_added,tags,status\nhttps://a.example/,A,1700000000,a|b,unread\n",
        'https://a.example/feed "sea" "~Tide"\nquery:x:y\n',
    )
]
_CONFIG = [
    b'[network]\ntimeout = 20\nproxy = ""\n[reading]\nfrugal = true\n[offline]\nmax_size_mb = 100\n[keys]\nsave = "s"\n'
]
_QUERIES = [
    b'harbour -quota title:"storm warning" (ferry OR tunnel) tag:#long before:7d lang:uk is:unread source:bbc a*'
]
_ADDRESSES = [
    b"https://jane:secret@www.tide.example:8080/a/b;c?x=1&utm_source=y#part",
    "http://вести.укр/ü".encode(),
    b"[::1]:80",
]
_TOKENS = [
    each.encode("utf-8", "surrogatepass")
    for each in (
        *(
            "&#xd83d;",
            "&#0;",
            "&#x1b;]0;",
            "\\ud83d",
            "\ud83d",
            "\x1b[2J",
            "\x9b",
            "\x00",
            "\u202e",
            "\u061c",
            "\u0301" * 9,
        ),
        *(
            "<",
            ">",
            "</",
            "<!--",
            "-->",
            "<![CDATA[",
            "]]>",
            "<?xml",
            "<!DOCTYPE",
            "<script>",
            "</script>",
            "<table>",
            "<svg>",
        ),
        *(
            "<noscript>",
            "<template>",
            "<base href=//[::zz]/>",
            "<iframe src=/embed/1>",
            "<a href='http://xn--a.example/'>",
            "<p>",
        ),
        *(
            '"',
            "'",
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "\\",
            "%",
            "%00",
            "%5d",
            "@",
            "/",
            "//",
            "?",
            "#",
            "..",
            "xn--",
            "::",
            "-",
            "*",
        ),
        *(
            "1e999",
            "-1",
            "99999999999999999999",
            "NaN",
            "null",
            "0000-00-00",
            "31 Feb 2026",
            "24:61",
            "٣",
            "😀",
            "ﬁ",
            "ß",
            "İ",
        ),
    )
] + [b"\xff", b"\xc3", b"\xed\xa0\xbd", b"\xfe\xff"]


def mutated(choose: random.Random, seeds: list[bytes]) -> bytes:
    """Return one of the seeds, changed in a few places, sometimes joined with another."""
    body = bytearray(choose.choice(seeds))
    for _ in range(choose.randint(1, 8)):
        at, other = sorted(choose.randint(0, len(body)) for _ in range(2))
        match choose.randint(0, 6):
            case 0:
                body[at:at] = choose.choice(_TOKENS)
            case 1:
                body[at : min(other, at + 200)] = b""
            case 2:
                body[at:at] = body[at : min(other, at + 300)] * choose.randint(1, 30)
            case 3 if body:
                body[min(at, len(body) - 1)] = choose.randrange(256)
            case 4:
                part = choose.choice(seeds)
                start = choose.randint(0, len(part))
                body[at:other] = part[start : start + 500]
            case 5:
                body[at:at] = choose.choice(_TOKENS) * choose.choice((1, 3, 50, 1000))
            case _:
                body[at : at + 4] = bytes(choose.randrange(256) for _ in range(4))
    return bytes(body[:200_000])


def _text(choose: random.Random, seeds: list[bytes]) -> str:
    return mutated(choose, seeds).decode("utf-8", choose.choice(("replace", "surrogateescape")))


def _pages(choose: random.Random) -> object:
    body = mutated(choose, _PAGES)
    content_type = choose.choice(
        (None, "text/html", "text/html; charset=utf-8", "application/rss+xml", "text/xml; charset=koi8-r")
    )
    page = parse_page(body, _URL, content_type, _NOW)
    found = page_to_json(page)
    assert page_from_json(json.loads(json.dumps(found))) == page
    json.dumps(found, ensure_ascii=False).encode()
    if choose.random() < 0.2:
        whole_page(body, _URL, content_type, _NOW)
        candidates(body, _URL, content_type, _NOW, choose.choice(("article", "list")))
    if page.article is not None:
        to_linear(page.article, choose.choice((None, 1, 2, 20, 80, 10_000)))
    return found


def _imports(choose: random.Random) -> object:
    return repr(read_import(mutated(choose, _IMPORTS)))


def _queries(choose: random.Random) -> object:
    query = parse(_text(choose, _QUERIES))
    assert parse(write(query)) == query or len(write(query)) > 900, "what is written reads the same"
    return write(query)


def _configuration(choose: random.Random) -> object:
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "config.toml"
        path.write_bytes(mutated(choose, _CONFIG))
        settings, problems = load_settings(path)
        assert all(problem.message.isprintable() for problem in problems)
        return repr(settings)


def _addresses(choose: random.Random) -> object:
    text = _text(choose, _ADDRESSES)
    assert shown(text).isprintable()
    assert host_of(text).isprintable()
    story_key(text)
    link = absolute(text, _URL)
    if link is not None:
        normalise_url(link)
    url = normalise_url(text)
    assert normalise_url(url) == url
    return url


def _texts(choose: random.Random) -> object:
    text = _text(choose, [*_PAGES, *_QUERIES])
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    sound_references(text).encode()
    try:
        json.dumps(parse_json(_text(choose, [_JSON_FEED.encode()])), ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return cleaned
    return cleaned, line(text)


TARGETS: dict[str, Callable[[random.Random], object]] = {
    "pages": _pages,
    "imports": _imports,
    "queries": _queries,
    "configuration": _configuration,
    "addresses": _addresses,
    "texts": _texts,
}


def run(target: str, seed: int, number: int) -> str | None:
    """Do one run; return what is wrong, None if nothing is."""
    outcomes = []
    for _ in range(2):
        started = time.process_time()
        try:
            outcomes.append(repr(TARGETS[target](random.Random(f"{target} {seed} {number}"))))
        except NewsreaderError as error:
            outcomes.append(repr((error.kind, error.parameters)))
        except Exception as error:  # noqa: BLE001  (it is what is looked for)
            return f"{type(error).__name__}: {str(error)[:300]}"
        took = time.process_time() - started
        if took > LONGEST_S:
            return f"it took {took:.1f} s"
    return None if outcomes[0] == outcomes[1] else "the answer changes from run to run"


def main() -> int:
    """Run what is asked for and print what is wrong; the status is 1 if anything is."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("targets", nargs="*", choices=[*TARGETS, []], default=[], metavar="TARGET")
    parser.add_argument("--runs", type=int, default=1000, help="of each target")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="the number of the first run")
    given = parser.parse_args()
    wrong = 0
    for target in given.targets or TARGETS:
        for number in range(given.first, given.first + given.runs):
            problem = run(target, given.seed, number)
            if problem is not None:
                wrong += 1
                print(f"{target} --seed {given.seed} --first {number}: {problem}", flush=True)
        print(f"{target}: {given.runs} runs", flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
