"""How found texts are compared with right ones, on a folder of pages; and how pages are spoiled to see what that costs.

A folder holds, for each page, NAME.html (or NAME.html.gz: the bytes as served), NAME.txt (the article's text, UTF-8,
without title, lead and captions) and, if it is known, NAME.url (its address on one line).
"""

import gzip
import hashlib
import logging
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from newsreader.extraction.page import parse_page

UNSPACED = "[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f]"
WORD = re.compile(rf"{UNSPACED}|(?:(?!{UNSPACED})\w)+")
NAMES = re.compile(
    rb"""(\s(?:class|id|for|aria-(?:controls|describedby|labelledby))\s*=\s*)("[^"<>]*"|'[^'<>]*'|[^\s"'<>`=\\]+)""",
    re.IGNORECASE,
)
# Letters that make no words.
CONSONANTS = bytes.maketrans(b"0123456789abcdef", b"bcdfghjklmnpqrst")
OTHER_HOST = "kwjzxqvb.example"
System = Callable[[bytes, str], str]


def pages(folder: Path) -> Iterator[tuple[str, bytes, str, str]]:
    """Yield name, bytes, address and right text of each page."""
    for gold in sorted(folder.glob("*.txt")):
        plain, packed = gold.with_suffix(".html"), gold.with_suffix(".html.gz")
        body = plain.read_bytes() if plain.exists() else gzip.decompress(packed.read_bytes())
        address = gold.with_suffix(".url")
        url = address.read_text("utf-8").strip() if address.exists() else "https://page.invalid/2026/11/22/a-story.html"
        yield gold.stem, body, url, gold.read_text("utf-8")


def words(text: str) -> list[str]:
    return WORD.findall(unicodedata.normalize("NFC", text))


def runs(text: str) -> Counter[tuple[str, ...]]:
    found = words(text)
    if 0 < len(found) < 4:
        return Counter([tuple(found)])
    return Counter(zip(*(found[place:] for place in range(4)), strict=False))


def overlap(right: str, found: str) -> tuple[float, float]:
    """Return precision and recall; what is compared with nothing counts as all wrong, nothing with nothing as right."""
    a, b = runs(right), runs(found)
    shared = (a & b).total()
    precision = shared / b.total() if b else float(not a)
    return precision, shared / a.total() if a else float(not b)


def harmonic(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def newsreader(body: bytes, url: str) -> str:
    article = parse_page(body, url).article
    return article.text if article else ""


def readability_lxml() -> System:
    import lxml.html
    from readability import Document

    logging.getLogger("readability").setLevel(logging.CRITICAL)

    def run(body: bytes, url: str) -> str:
        summary = Document(body.decode("utf-8", "replace")).summary()
        return "\n".join(map(str, lxml.html.fromstring(summary).itertext()))

    return run


def scrambled(body: bytes) -> bytes:
    """Return a page whose class names and ids say nothing, but are still the same where they were the same."""

    def unreadable(found: re.Match[bytes]) -> bytes:
        quote = found[2][:1] if found[2][:1] in b"\"'" else b'"'
        return found[1] + quote + b" ".join(map(_hashed, found[2].strip(b"\"'").split())) + quote

    return NAMES.sub(unreadable, body)


def _hashed(name: bytes) -> bytes:
    return hashlib.blake2s(name, digest_size=5).hexdigest().encode().translate(CONSONANTS)


def site_host(url: str) -> str:
    """Return the name that a site's hosts share: "paper.example" of "www.paper.example" and "town.paper.example"."""
    labels = (urlsplit(url).hostname or "").removeprefix("www.").split(".")
    is_two_fold = len(labels) > 2 and len(labels[-1]) == 2 and len(labels[-2]) <= 3  # as in co.uk
    return ".".join(labels[-3 if is_two_fold else -2 :])


def moved(body: bytes, url: str) -> tuple[bytes, str]:
    """Return a page and its address as they would be if its site had another host name."""
    here = site_host(url)
    return body.replace(here.encode(), OTHER_HOST.encode()), url.replace(here, OTHER_HOST)
