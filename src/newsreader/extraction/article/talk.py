"""Rows of what several people said, such as readers' comments, known by their form."""

import re
from itertools import islice

from lxml.etree import _Element as Element

from newsreader.extraction.fragments import HEADINGS
from newsreader.extraction.times.time_words import is_time

ROWS = frozenset(("div", "li", "article", "section"))
"""Tags of the boxes that such a row is made of."""
LEAST_ROWS = 3
"""Boxes that make a row."""
_MOMENT = re.compile(r"\b\d{1,2}[:.]\d\d\b|\b\d{1,4}[./-]\d{1,2}[./-]\d{2,4}\b")
_LONGEST_SPEAKER, _LEAST_SAID, _SPACES_OF_SPEAKER, _MOST_PIECES = 40, 60, 3, 60  # letters, letters, blanks, texts


def is_talk(boxes: list[Element], *, is_beside: bool) -> bool:
    """Return whether boxes hold a row of what several people said: each begins with another name.

    The form is all that shows it, so nothing less than a whole row of them will do: beside the story each with a
    moment or a reply, and inside it, where entries of a report and lines of a programme have the same form, with both.

    Args:
        boxes: What a heading is over.
        is_beside: They are outside of the box that the story is in.
    """
    for parent in (each for box in boxes for each in (box, *islice(box, 12))):
        rows = [row for row in parent if row.tag in ROWS and any(text.strip() for text in map(str, row.itertext()))]
        rows = [row for row in rows if next(row.iter("textarea"), None) is None]
        if _are_said(rows, is_beside=is_beside):
            return True
    return _are_said([box for box in boxes if box.tag in ROWS], is_beside=is_beside)


def _are_said(rows: list[Element], *, is_beside: bool) -> bool:
    names: set[str] = set()
    for row in rows if len(rows) >= LEAST_ROWS else ():
        name = speaker_of(row)
        if not name or name in names:
            return False
        names.add(name)
    if not names:
        return False
    return is_beside or all(_is_timed(row) and _has_reply(row) for row in rows)


def speaker_of(row: Element) -> str | None:
    """Return the name that a box begins with, if a moment follows it, or a reply ends the box, and prose is in it."""
    if row.tag not in ROWS or next(row.iter(*HEADINGS), None) is not None or (row.text or "").strip():
        return None
    name, *others = _pieces(row) or [""]
    if not 0 < len(name) <= _LONGEST_SPEAKER or name[-1] in "!?。" or not any(map(str.isalpha, name)):
        return None
    if is_time(name) or (name.endswith(":") and name.count(" ") >= _SPACES_OF_SPEAKER):
        return None
    said = sum(len(piece) * (1 if " " in piece else 2) for piece in others)  # some scripts need no blanks
    return name if said >= _LEAST_SAID and (_is_timed(row) or _has_reply(row)) else None


def _pieces(row: Element) -> list[str]:
    return [piece for text in islice(row.itertext(), _MOST_PIECES) if (piece := " ".join(str(text).split()))]


def _is_timed(row: Element) -> bool:
    """Return whether a moment is right behind the first words."""
    return next(row.iter("time"), None) is not None or any(map(_MOMENT.search, _pieces(row)[1:3]))


def _has_reply(row: Element) -> bool:
    """Return whether there is a button, or a link within the page."""
    found = row.iter("a", "button")
    return any(each.tag == "button" or (each.get("href") or "#").startswith("#") for each in found)
