"""What the exports are tried with: articles of our own in several scripts, with everything that an article can hold."""

import struct
import zlib
from datetime import UTC, datetime

from newsreader.exporting.edition import Edition
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
    Table,
)

MADE = datetime(2026, 11, 25, 6, 30, tzinfo=UTC)
HOSTILE = "</title><script>alert(1)</script> ]]> <!-- & &amp; \x00\x1b[31m\x0c\ud800\ufffe\u202eabc 'q' \"q\""
GIF = (
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
)
WEBP = b"RIFF\x1a\x00\x00\x00WEBPVP8L\r\x00\x00\x00/\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00"
PICTURE = "https://harbour.example/dredger.png"
OTHER = "https://harbour.example/map.gif?a=1&b=[2]|<3>"
MODERN = "https://harbour.example/quay.webp"
MISSING = "https://harbour.example/lost.jpg"


def png(red: int = 200) -> bytes:
    """Return a picture of one dot."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(bytes([0, red, 9, 9])))
        + chunk(b"IEND", b"")
    )


def paragraph(text: str, href: str | None = None) -> Paragraph:
    return Paragraph((Span(text, href=href),))


EVERYTHING: tuple[Block, ...] = (
    paragraph("The harbour authority waits."),
    Heading((Span("A heading"),), 1),
    Heading((Span("A smaller one", emphasis=True),), 6),
    Quote((paragraph("said"), Quote((paragraph("deeper"),))), "A Speaker"),
    Quote(()),
    ListBlock(((paragraph("one"), ListBlock(((paragraph("inner"),),))), (paragraph("two"), paragraph("more")), ())),
    ListBlock(((paragraph("minus"),),), ordered=True, start=-3),
    ListBlock(()),
    Preformatted("if a < b && c > d:\n\treturn\x1b[0m", "python"),
    Figure(PICTURE, 'A "dredger"', (Span("At work", strong=True),), "Jane Doe"),
    ListBlock(((Figure(OTHER, "A map"), paragraph("with words")),)),
    Figure(MODERN, "", (Span("The new quay"),)),
    Figure(MISSING, "Lost", (Span("A caption that stays"),)),
    Figure("data:image/png;base64,x", "", ()),
    Table(((Cell((Span("a"),), True), Cell((Span("b"),), True)), (Cell((Span("1"),)),), ()), "A table"),
    Table(()),
    Table(((),)),
    Paragraph(
        (
            Span("bold\nbreak ", strong=True, emphasis=True, code=True, superscript=True),
            Span("a link", href="https://harbour.example/a b?q=[1]|<2>&r=%zz#t[1]"),
            Span("a script", href="javascript:alert(1)"),
            Span("a host", href="https://порт.example/новини?а=б"),
        )
    ),
    Paragraph(()),
)
ENGLISH = Article(
    "https://harbour.example/news/dredging",
    "Harbour dredging delayed to March",
    EVERYTHING,
    lead="The second phase waits for a survey.",
    authors=("Jane Doe", "John Roe"),
    published=datetime.fromisoformat("2026-11-22T14:02:05.678901+02:00"),
    site_name="Harbour News",
    language="en",
)
UKRAINIAN = Article(
    "https://порт.example/новини/днопоглиблення",
    "Днопоглиблення порту відклали до березня",
    (paragraph("У портовому управлінні сказали «так»."), Figure(PICTURE, "Земснаряд")),
    published=datetime.fromisoformat("2026-11-22"),
    language="uk",
)
ARABIC = Article("https://marsa.example/1", "تأجيل تعميق الميناء", (paragraph("ينتظر الميناء."),), language="ar")
CHINESE = Article("https://gang.example/1", "港口疏浚推迟到三月", (paragraph("港务局正在等待。"),), language="zh-Hans")
STRANGE = Article(
    'file:///tmp/"x"',
    HOSTILE,
    (paragraph(HOSTILE), Preformatted(HOSTILE), Figure(PICTURE, HOSTILE, (Span(HOSTILE),), HOSTILE)),
    lead=HOSTILE,
    authors=(HOSTILE,),
    site_name=HOSTILE,
    language='en" onload="x',
)
PICTURES = {PICTURE: png(), OTHER: GIF, MODERN: WEBP}
ALL = (ENGLISH, UKRAINIAN, ARABIC, CHINESE, STRANGE)


def edition(*articles: Article, title: str = "The paper of Wednesday", language: str = "en") -> Edition:
    return Edition(title, articles or ALL, MADE, PICTURES, language)
