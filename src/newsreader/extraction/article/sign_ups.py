"""Calls to sign up or to write: over a field for an address, and below a ruled line at the end."""

import re
from itertools import islice

from lxml.etree import _Element as Element

from newsreader.extraction.article.choice import Choice
from newsreader.extraction.fragments import Fragment

_LARGEST, _LEVELS, _MOST_FIELDS = 300, 14, 100  # letters of a box, boxes around a field, fields
_LEAST_OF_TEXT = 140  # letters of a paragraph of the text
_RULE, _LONGEST_RULE, _LEAST_OF_RULE = "-–—_*=~·•. ", 40, 3
_MOST_BELOW, _LONGEST_BELOW, _LEAST_ABOVE = 5, 700, 5  # lines, letters, lines
_ADDRESS = re.compile(r"[\w.+-]{1,40}@[\w-]{1,40}\.[\w.-]{2,40}")


def drop_sign_ups(choice: Choice) -> None:
    """Drop the words in small boxes with a field for an address, and what asks to write below the last ruled line."""
    boxes = {box for field in _fields(choice) if (box := _box_around(field, choice)) is not None}
    for fragment in choice.kept():
        if fragment.index not in choice.sure and boxes.intersection(choice.paths.of(fragment)):
            choice.drop(fragment, "over a field for an address")
    _drop_below_rule(choice)


def _fields(choice: Choice) -> list[Element]:
    if choice.region is None:
        return []
    fields = islice(choice.region.iter("input"), _MOST_FIELDS)
    return [each for each in fields if (each.get("type") or "").lower() == "email" or _asks_for_address(each)]


def _asks_for_address(field: Element) -> bool:
    """Return whether a field for a line of words is named as one for an address."""
    said = " ".join(field.get(name) or "" for name in ("name", "id", "placeholder")).lower()
    return (field.get("type") or "text").lower() == "text" and "email" in said.replace("-", "")


def _box_around(field: Element, choice: Choice) -> Element | None:
    """Return the largest box around a field with only a few words in it."""
    best: Element | None = None
    for box in islice(field.iterancestors(), _LEVELS):
        if box is choice.region or box.tag in ("body", "main", "article", "table", "ul", "ol"):
            break
        lengths = choice.document.text_length
        if lengths.get(box, 0) > _LARGEST or any(lengths.get(p, 0) >= _LEAST_OF_TEXT for p in box.iter("p")):
            break
        best = box
    return best


def _drop_below_rule(choice: Choice) -> None:
    """Drop the last lines below a ruled line of signs, if they have an address to write to, and the line itself."""
    kept = choice.kept()
    for place in range(max(_LEAST_ABOVE, len(kept) - _MOST_BELOW - 1), len(kept)):
        below = kept[place + 1 :]
        if _is_rule(kept[place]) and below and sum(each.length for each in below) <= _LONGEST_BELOW:
            if any(_ADDRESS.search(each.text) for each in below):
                for fragment in kept[place:]:
                    choice.drop(fragment, "below a ruled line")
            return


def _is_rule(fragment: Fragment) -> bool:
    text = fragment.text
    return _LEAST_OF_RULE <= len(text) <= _LONGEST_RULE and not text.strip(_RULE)
