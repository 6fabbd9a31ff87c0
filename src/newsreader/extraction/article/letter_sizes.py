"""What sets the size of the letters on a page: a list of a few letters and signs, such as "- + reset"."""

from collections import defaultdict
from typing import TYPE_CHECKING

from newsreader.extraction.article.choice import Choice
from newsreader.extraction.article.fragment_facts import LONGEST_LABEL

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from newsreader.extraction.fragments import Fragment

_LEAST_SIGNS, _LONGEST_ITEM = 2, 8  # items, letters


def drop_letter_sizes(choice: Choice) -> None:
    """Drop the lists that set the size of the letters, each with the label right above it."""
    lists: dict[Element, list[Fragment]] = defaultdict(list)
    for fragment in choice.kept():
        box = fragment.element.getparent() if fragment.tag == "li" else None
        if box is not None:
            lists[box].append(fragment)
    for box, items in lists.items():
        signs = [item for item in items if not any(map(str.isalnum, item.text))]
        if len(signs) < _LEAST_SIGNS or any(item.length > _LONGEST_ITEM for item in items):
            continue
        above = choice.fragments[max(0, items[0].index - 1)]
        is_label = above.length <= LONGEST_LABEL and above.element.getnext() is box and not above.is_sentence
        for fragment in (above, *items) if is_label else items:
            choice.drop(fragment, "the size of the letters")
