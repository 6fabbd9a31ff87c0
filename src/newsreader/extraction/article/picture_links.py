"""Pictures that exist for their link: share buttons, logos that lead home, teasers of other stories."""

import re
from itertools import islice
from urllib.parse import parse_qsl, urlsplit

from lxml.etree import _Element as Element

from newsreader.extraction.document import Document
from newsreader.extraction.fragments import HEADINGS
from newsreader.urls import absolute, host_of

_SHARES = re.compile(
    r"/(?:share|sharer|sharing|sharearticle|intent|submit|pin/create|bookmark)(?:\.\w{2,4})?(?:[/?#]|$)", re.IGNORECASE
)
_SENDS = ("mailto:", "whatsapp:", "tg:", "viber:", "sms:", "fb-messenger:")
_SOLD_SIZES = re.compile(
    r"(?<!\d)(?:300x250|336x280|728x90|970x(?:90|250)|(?:120|160|300)x600|320x(?:50|100)|468x60)(?!\d)", re.IGNORECASE
)
_LEVELS = 3
_SIZES = frozenset(("h", "w", "height", "width"))
_LEAST = 60  # pixels
_LARGEST_CARD = 400  # letters


def is_for_its_link(image: Element) -> bool:
    """Return whether a picture shares the page, or leads to a site's home, as its logo does."""
    link = next((up for up in islice(image.iterancestors(), _LEVELS) if up.tag == "a"), None)
    href = "" if link is None else (link.get("href") or "").strip()
    if not href or next(image.iterancestors("figure"), None) is not None:
        return False
    return href.lower().startswith(_SENDS) or _SHARES.search(href) is not None or _leads_home(href)


def _leads_home(href: str) -> bool:
    try:
        parts = urlsplit(href)
    except ValueError:
        return False
    return not (parts.path.strip("/") or parts.query or parts.fragment or href.startswith("#"))


def is_in_card(image: Element, document: Document) -> bool:
    """Return whether a picture is in a small box that holds little but the linked headline of another story."""
    for box in islice(image.iterancestors(), _LEVELS):
        length, linked = document.text_length.get(box, 0), document.link_length.get(box, 0)
        if box.tag in ("figure", "article", "main", "body") or length > _LARGEST_CARD:
            return False
        if 2 * linked >= length > 0:
            return any(_leads_to_story(heading, document) for heading in islice(box.iter(*HEADINGS), _LEVELS))
    return False


def _leads_to_story(heading: Element, document: Document) -> bool:
    """Return whether a heading is a link to another page of the site."""
    link = next(heading.iter("a"), None)
    if link is None:
        link = next(heading.iterancestors("a"), None)
    url = None if link is None or heading.tag == "h1" else absolute(link.get("href"), document.base)
    if url is None or host_of(url) != host_of(document.url):
        return False
    return url.partition("#")[0] != document.url.partition("#")[0]


def has_size_of_advertisement(url: str) -> bool:
    """Return whether a picture's file name has a size in which advertisements are sold."""
    return _SOLD_SIZES.search(urlsplit(url).path.rpartition("/")[2]) is not None


def asks_for_tiny_size(url: str) -> bool:
    """Return whether an address asks its server for a picture of a few pixels."""
    sizes = (value for name, value in parse_qsl(urlsplit(url).query) if name.lower() in _SIZES)
    return any(0 < int(size) < _LEAST for size in sizes if size.isascii() and size.isdigit() and len(size) < 6)
