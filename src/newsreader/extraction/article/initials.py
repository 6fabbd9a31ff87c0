"""Large first letters of a text that are in a box of their own."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import dropwhile

from newsreader.extraction.fragments import Fragment

_BOXES = frozenset(("div", "span"))
_APOSTROPHES = ("'", "’")


def with_initials(fragments: Iterable[Fragment]) -> list[Fragment]:
    """Return the fragments, each with the large letter above it that it begins with."""
    found: list[Fragment] = []
    for fragment in fragments:
        whole = fragment
        if found and _is_initial(found[-1], fragment):
            whole = _with_initial(fragment, found.pop().text)
        found.append(whole if whole.index == len(found) else replace(whole, index=len(found)))
    return found


def _is_initial(letter: Fragment, below: Fragment) -> bool:
    """Return whether words are one large letter, right above a paragraph that continues in a small one."""
    is_letter = len(letter.text) == 1 and letter.text.isupper() and _is_boxed(letter)
    return is_letter and below.tag == "p" and (below.text[:1].islower() or below.text.startswith(_APOSTROPHES))


def _is_boxed(letter: Fragment) -> bool:
    """Return whether a letter is in a box, or in a paragraph that is alone in one: no paragraph among others."""
    box = letter.element.getparent()
    return letter.tag in _BOXES or (letter.tag == "p" and box is not None and len(box) == 1 and box.tag in _BOXES)


def _with_initial(fragment: Fragment, letter: str) -> Fragment:
    pieces = list(dropwhile(lambda piece: not piece[0].strip(), fragment.pieces))
    text, owner = pieces[0]
    whole = [(letter, fragment.element), (text.lstrip(), owner), *pieces[1:]]
    return replace(fragment, pieces=whole, text=letter + fragment.text, length=fragment.length + 1)
