"""Where stories, or lists, are in a page's tree."""

from collections import defaultdict
from collections.abc import Iterable

from lxml.etree import _Element as Element

MANY = ""  # in place of a key: several stories


class Stories:
    """The story, or list, in each element: its name, `MANY` of several, or none."""

    def __init__(self, places: Iterable[tuple[Element, str]]) -> None:
        self._under: dict[Element, str] = {}
        for node, name in places:
            self._add(node, name)

    def _add(self, node: Element, name: str) -> None:
        current: Element | None = node
        while current is not None:
            have = self._under.get(current)
            if have in (name, MANY):
                return
            self._under[current] = name if have is None else MANY
            current = current.getparent()

    def in_element(self, element: Element) -> str | None:
        """Return the name of the only one in an element, `MANY` of several, None if there is none."""
        return self._under.get(element)

    def around(self, element: Element) -> str | None:
        """Return the same for the nearest enclosing element that has a story."""
        current: Element | None = element
        while current is not None:
            have = self._under.get(current)
            if have is not None:
                return have
            current = current.getparent()
        return None


def inner_roots(placed: list[tuple[Element, str, Element]]) -> list[Element]:
    """Return for each link of a story the innermost box around it that is the card of any link of that story.

    `placed`: the link, the story that it leads to, and the largest box with no other story.
    """
    cards: dict[str, set[Element]] = defaultdict(set)
    for _, story, root in placed:
        cards[story].add(root)
    return [
        root if len(cards[story]) == 1 else next(e for e in (link, *link.iterancestors()) if e in cards[story])
        for link, story, root in placed
    ]
