"""readability-lxml as a locator: which elements of a pruned tree it considers the article."""

import copy
import logging
from collections.abc import Mapping
from functools import lru_cache

from lxml.etree import _Element as Element

# Readability's time grows with the square of the elements; no page that a person wrote has so many.
_TOO_MANY = 30_000


@lru_cache(maxsize=1)
def _locator() -> type:
    """Return the class; readability is imported when the first page is read."""
    from newsreader.extraction.article.quick_readability import QuickReadability

    logging.getLogger("readability").setLevel(logging.CRITICAL)

    class Locator(QuickReadability):
        """Readability on a tree that is already parsed and pruned; what it took is kept as a tree.

        Its second try, without the ruthless first step, needs the tree untouched: it works on copies.
        """

        def __init__(self, tree: Element) -> None:
            super().__init__("")
            self._tree = tree
            self.names: dict[Element, Element] = {}

        def _parse(self, _: object) -> Element:
            fresh = copy.deepcopy(self._tree)
            self.names = dict(zip(fresh.iter(), self._tree.iter(), strict=True))
            return fresh

        def get_clean_html(self) -> str:
            return "".join(self.html.itertext())

    return Locator


def located(tree: Element, originals: Mapping[Element, Element]) -> set[Element]:
    """Return the elements that readability takes; none if it finds no article or stumbles.

    Args:
        tree: The pruned copy of a page; it is not changed.
        originals: An element of the copy to that of the page.
    """
    if len(originals) > _TOO_MANY:
        return set()
    locator = _locator()(tree)
    try:
        locator.summary(html_partial=True)
    except Exception:  # noqa: BLE001 - whatever ails it on a strange page, the other candidates remain
        return set()
    names = locator.names
    return {
        originals[names[element]] for element in locator.html.iter() if element in names and names[element] in originals
    }
