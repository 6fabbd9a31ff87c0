"""Links of pictures that lead to no story."""

from itertools import islice

from lxml.etree import _Element as Element

from newsreader.extraction.headlines.links import HeadlineLink
from newsreader.extraction.headlines.tree import Tree

_LIKE_A_STORY = 1.5  # points of an address
_LEVELS_OF_CAPTION = 2


def shows_picture_of_page(tree: Tree, link: HeadlineLink, title: Element) -> bool:
    """Return whether a link is a picture with its caption, and leads below the page's own address, as to its gallery.

    What looks like the address of a story is one: a section has its stories below it.
    """
    if tree.me is None or link.points >= _LIKE_A_STORY or not link.place.startswith(tree.me.place.rstrip("/") + "/"):
        return False
    return any(around.tag == "figcaption" for around in (title, *islice(title.iterancestors(), _LEVELS_OF_CAPTION)))
