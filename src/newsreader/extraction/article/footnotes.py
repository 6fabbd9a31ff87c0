"""Notes below a text, to which marks in it lead, such as small numbers."""

import re
from collections.abc import Container, Iterator, Sequence
from itertools import islice

from lxml.etree import _Element as Element

from newsreader.extraction import phrases
from newsreader.extraction.document import Document, up_from
from newsreader.extraction.fragments import HEADINGS, Fragment

_MARK = re.compile(r"[\[(]?(?:\d{1,3}|[*†‡§¹²³⁴⁵⁶⁷⁸⁹]{1,3}|[ivx]{1,5}|[a-z])[\])]?")
_LEVELS = 3
_LONGEST_SIGN = 20  # letters; an element that has no more is the number of a note, not the note
_LONGEST = 3000
_MOST = 500


def footnotes(fragments: Sequence[Fragment], document: Document) -> Iterator[Fragment]:
    """Yield the contents of the notes that marks in the kept text link to, and their heading, but no references."""
    marks = dict(reversed(list(islice(_marks(fragments), _MOST))))
    if not marks:
        return
    named = ((_note_named(element, marks, document), element) for element in document.order)
    notes = {box: marks[name] for box, element in named if box is not None and (name := _name_of(element)) in marks}
    last: Fragment | None = None
    is_of_sources = False
    for fragment in fragments:
        if fragment.tag in HEADINGS:
            is_of_sources = phrases.FINAL_HEADING.search(fragment.text) is not None
        around = up_from(fragment.element, 2 * _LEVELS)
        if is_of_sources or not any(fragment.index > notes.get(up, len(fragments)) for up in around):
            last = fragment
            continue
        if last is not None and last.tag in HEADINGS - {"h1"} and not last.is_beside_list:
            yield last
        last = None
        yield fragment


def _marks(fragments: Sequence[Fragment]) -> Iterator[tuple[str, int]]:
    """Yield the fragments of addresses that marks in the kept text link to, each with the index of its own fragment."""
    for fragment in fragments:
        if not fragment.kept or not fragment.link_share:
            continue
        for text, owner in fragment.pieces:
            if _MARK.fullmatch(text.strip()):
                around = islice((owner, *owner.iterancestors("a")), _LEVELS)
                href = next((href for each in around if (href := each.get("href"))), "")
                if "#" in href and (name := href.rpartition("#")[2]):
                    yield name, fragment.index


def _name_of(element: Element) -> str | None:
    return element.get("id") or (element.get("name") if element.tag == "a" else None)


def _note_named(element: Element, names: Container[str], document: Document) -> Element | None:
    """Return the note with one of these names, or the note whose number has it."""
    if _name_of(element) not in names:
        return None
    box: Element | None = element
    for _ in range(_LEVELS):
        if box is None or document.text_length.get(box, 0) > _LONGEST_SIGN:
            break
        box = box.getparent()
    is_small = box is not None and document.text_length.get(box, 0) <= _LONGEST
    return box if is_small else None
