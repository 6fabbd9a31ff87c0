"""Links to the first page of a site: its logo and its name, as they are on all of its pages."""

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
    url = absolute(link.get("href"), document.base)
    return url is not None and host_of(url) == host_of(document.address) and is_first_page(url)
