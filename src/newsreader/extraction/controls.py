"""Buttons and fields near words: a poll's or a form's speak against a text, those that unfold a part of it do not."""

from itertools import islice

from newsreader.extraction.document import Document
from newsreader.extraction.prune import is_toggle
from newsreader.extraction.scraps import Scrap

_LEVELS = 3
_ROOM = 160  # letters of a small box beside the words


def is_near_controls(scrap: Scrap, document: Document) -> bool:
    """Say whether a small box around the words has buttons or fields in it, other than headings that unfold a text."""
    for node in islice((scrap.element, *scrap.element.iterancestors()), _LEVELS):
        if node.tag in ("body", "article", "main"):
            return False
        if document.text_length.get(node, 0) > scrap.length + _ROOM:
            return False
        controls = node.iter("button", "input", "select", "textarea")
        if any(not is_toggle(control) for control in controls):
            return True
    return False
