"""Lists that are kept or left out as a whole: an item is judged with the items beside it, not by its form alone."""

from collections.abc import Collection, Sequence

from lxml.etree import _Element as Element

from newsreader.extraction.article.choice import Choice
from newsreader.extraction.document import up_from
from newsreader.extraction.fragments import Fragment

_LISTS = frozenset(("ul", "ol"))
_LEVELS = 3
_MOSTLY_LINKED = 0.8  # of the words
# Why an item may be dropped by its form, which the items beside it overrule: one such item, or two.
_NEVER_LOCATED = frozenset(("",))
_OVERRULED = _NEVER_LOCATED | {"at an edge", "call to action", "credit"}
_LEAST_TO_OVERRULE = 2


def keep_rest_of_lists(choice: Choice) -> None:
    """Keep the other items of each list that is kept for the most part: one may be mostly link, or short."""
    lists: dict[Element, dict[Element, list[Fragment]]] = {}
    for fragment in choice.fragments:
        item = _item_of(fragment)
        box = None if item is None else item.getparent()
        if item is not None and box is not None and box.tag in _LISTS:
            lists.setdefault(box, {}).setdefault(item, []).append(fragment)
    for items in lists.values():
        whole = sum(map(_is_kept, items.values()))
        sentences = sum(map(_is_sentence_left, items.values())) if whole else 0
        if whole and 2 * (whole + sentences) >= len(items):
            overruled = _OVERRULED if whole >= _LEAST_TO_OVERRULE else _NEVER_LOCATED
            for inside in items.values():
                _keep_item(choice, inside, overruled)


def _keep_item(choice: Choice, item: Sequence[Fragment], overruled: Collection[str]) -> None:
    if _is_kept(item) or any(each.reason not in overruled or each.is_beside_list for each in item):
        return
    for fragment in item:
        choice.keep(fragment, "rest of a list")
        choice.linked.add(fragment.index)
        choice.sure.add(fragment.index)


def _is_kept(item: Sequence[Fragment]) -> bool:
    return any(fragment.kept for fragment in item)


def _is_sentence_left(item: Sequence[Fragment]) -> bool:
    """Return whether an item was never located, and is a sentence that is a link for the most part, but not all."""
    return len(item) == 1 and not item[0].kept and not item[0].reason and _is_linked_sentence(item[0])


def _is_linked_sentence(fragment: Fragment) -> bool:
    return fragment.is_sentence and not fragment.is_beside_list and fragment.link_share < _MOSTLY_LINKED


def _item_of(fragment: Fragment) -> Element | None:
    """Return the item of a list that the words are in."""
    around = up_from(fragment.element, _LEVELS)
    return next((element for element in around if element.tag == "li"), None)
