"""Rows of what several people said, such as readers' comments, known by their form."""

import re
from itertools import islice

from lxml.etree import _Element as Element

from newsreader.extraction.fragments import HEADINGS

ROWS = frozenset(("div", "li", "article", "section"))
"""Tags of the boxes that such a row is made of."""
LEAST_ROWS = 3
"""Boxes that make a row."""
_MOMENT = re.compile(r"\b\d{1,2}[:.]\d\d\b|\b\d{1,4}[./-]\d{1,2}[./-]\d{2,4}\b")
_LONGEST_SPEAKER, _LEAST_SAID, _SPACES_OF_SPEAKER = 40, 60, 3  # letters, letters, blanks


def is_talk(boxes: list[Element]) -> bool:
    """Return whether boxes hold a row of what several people said: each with another name and a moment or a reply.

    The form is all that shows it, so nothing less than a whole row of them will do.
    """
    for parent in (each for box in boxes for each in (box, *islice(box, 12))):
        rows = [row for row in parent if row.tag in ROWS and any(text.strip() for text in map(str, row.itertext()))]
        rows = [row for row in rows if next(row.iter("textarea"), None) is None]
        names = [speaker_of(row) for row in rows]
        if len(names) >= LEAST_ROWS and all(names) and len(set(names)) == len(names):
            return True
    return _is_row_of_talk(boxes)


def _is_row_of_talk(boxes: list[Element]) -> bool:
    """Return whether the boxes below a heading are such a row themselves."""
    names = [speaker_of(box) for box in boxes if box.tag in ROWS]
    known = [name for name in names if name]
    return len(known) >= LEAST_ROWS and len(set(known)) == len(known) == len(names)


def speaker_of(row: Element) -> str | None:
    """Return the name that a box begins with, if a moment follows it, or a reply ends the box, and prose is in it."""
    if row.tag not in ROWS or next(row.iter(*HEADINGS), None) is not None or (row.text or "").strip():
        return None
    pieces = [piece for text in islice(row.itertext(), 60) if (piece := " ".join(str(text).split()))]
    if len(pieces) < 2 or len(pieces[0]) > _LONGEST_SPEAKER or pieces[0][-1] in "!?。":
        return None
    if pieces[0].endswith(":") and pieces[0].count(" ") >= _SPACES_OF_SPEAKER:
        return None
    said = sum(len(piece) * (1 if " " in piece else 2) for piece in pieces[1:])  # some scripts need no blanks
    if said < _LEAST_SAID:
        return None
    is_timed = next(row.iter("time"), None) is not None or any(map(_MOMENT.search, pieces[1:3]))
    controls = (
        each for each in row.iter("a", "button") if each.tag == "button" or (each.get("href") or "#").startswith("#")
    )
    return pieces[0] if is_timed or next(controls, None) is not None else None
