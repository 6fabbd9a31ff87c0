"""What may be above a list without naming it: the name of the site, a box that asks for an address."""

from itertools import islice

from lxml.etree import _Element as Element

from newsreader.extraction.headlines.tree import Tree
from newsreader.extraction.home_links import leads_home

_MOST_LINKS = 3


def is_site_name(tree: Tree, element: Element) -> bool:
    """Return whether the words are a link to the site's home: its name, as it is over every page."""
    length = tree.text_length.get(element, 0)
    links = list(islice(element.iter("a"), _MOST_LINKS))
    if next(element.iter("h2", "h3", "h4"), None) is not None:
        return False  # a section that is on the home page
    if not links or sum(tree.text_length.get(link, 0) for link in links) < length or len(links) == _MOST_LINKS:
        return False
    return all(leads_home(link, tree.document) for link in links)


def asks_for_address(element: Element) -> bool:
    """Return whether a box has a field for a reader's address or telephone number."""
    fields = islice(element.iter("input"), _MOST_LINKS)
    return any((field.get("type") or "").lower() in ("email", "tel") for field in fields)
