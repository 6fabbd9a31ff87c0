"""The link below a list that leads to more of it."""

from itertools import islice

from lxml.etree import _Element as Element

from newsreader.extraction.headlines.cards import Card
from newsreader.extraction.headlines.places import Stories
from newsreader.extraction.headlines.tree import Tree
from newsreader.extraction.headlines.words import (
    Mark,
    marks,
    says_more,
    word_count,
)
from newsreader.urls import absolute

_MORE_LEVELS = 4
_MORE_SIBLINGS = 3


def more_link_in(tree: Tree, element: Element) -> str | None:
    """Return where a link inside an element leads to more of a list; None if none does."""
    for link in islice(element.iter("a"), 6):
        url = absolute(link.get("href"), tree.document.base)
        if url and (says_more(tree.text(link)) or tree.text_length.get(link, 0) * 2 >= tree.text_length[element]):
            return url
    return None


def more_after(tree: Tree, cards: list[Card], own: str, lists: Stories) -> str | None:
    """Return where a link after a list leads that promises more of it."""
    current = cards[-1].root
    for _ in range(_MORE_LEVELS):
        around = current.getparent()
        if around is None or current is tree.body:
            return None
        following = (s for s in current.itersiblings() if tree.is_read(s) and tree.text_length[s])
        for sibling in islice(following, _MORE_SIBLINGS):
            if lists.in_element(sibling) not in (None, own):
                return None
            if tree.text_length[sibling] > 200:
                return None
            for link in islice(sibling.iter("a"), 12):
                if _leads_on(tree, link):
                    return absolute(link.get("href"), tree.document.base)
        if lists.in_element(around) != own:
            return None
        current = around
    return None


def _leads_on(tree: Tree, link: Element) -> bool:
    if absolute(link.get("href"), tree.document.base) is None or tree.text_length.get(link, 0) > 45:
        return False
    if says_more(tree.text(link)) or link.get("rel") == "next":
        return True
    return Mark.MORE in marks(link.get("class") or "") and word_count(tree.text(link)) <= 4
