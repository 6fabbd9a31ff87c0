"""Links to the first page of a site: its logo and its name, as they are on all of its pages."""

from functools import lru_cache
from urllib.parse import urlsplit

from lxml.etree import _Element as Element

from newsreader.extraction.document import Document
from newsreader.urls import absolute, host_of


def is_first_page(address: str) -> bool:
    """Return whether an address, or what a link says, is that of a site's first page."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return not (parts.path.strip("/") or parts.query or parts.fragment or address.startswith("#"))


def leads_home(link: Element, document: Document) -> bool:
    """Return whether a link leads to the first page of the site that the page belongs to."""
    href = link.get("href")
    return href is not None and _is_home(href, document.base, document.address)


@lru_cache(maxsize=1024)  # a page's menus are asked about again and again
def _is_home(href: str, base: str, address: str) -> bool:
    url = absolute(href, base)
    return url is not None and is_first_page(url) and host_of(url) == host_of(address)
