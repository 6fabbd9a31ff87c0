"""Finding the address in pasted text; pure."""

import re

from newsreader.patterns import pattern
from newsreader.text import line

_LONGEST = 8000  # characters looked through; an address is at most 2000
_LONGEST_ADDRESS = 2000
_IN_BRACKETS = pattern(r"<(?:URL:)?\s*((?:https?|file)://[^<>]{1,3000})>", re.IGNORECASE)
_WITH_SCHEME = pattern(r"(?:https?|file)://[^\s<>\"'“”„«»‹›`]+", re.IGNORECASE)
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_WITHOUT_SCHEME = pattern(
    rf"(?<![\w@./-])(?:localhost|(?:{_LABEL}\.){{1,8}}(?:[^\W\d_]{{2,24}}|xn--[a-z0-9-]{{1,59}})|(?:\d{{1,3}}\.){{3}}\d{{1,3}})"
    rf"(?::\d{{1,5}})?(?:[/?#][^\s<>\"'“”„«»‹›`]*)?(?![\w@])",
    re.IGNORECASE,
)
_AFTER = ".,;:!?…|*_~\\"  # what a sentence or a mark puts after an address
_CLOSING = {")": "(", "]": "[", "}": "{"}


def address_in(words: str) -> str:
    """Return the first address in a text, without what is around it; empty if there is none.

    An address in angle brackets may be broken into lines (RFC 3986, appendix C). Of addresses with a scheme and
    others, one with a scheme comes first.
    """
    words = words[:_LONGEST]
    if found := _IN_BRACKETS.search(words):
        return line("".join(found[1].split()), _LONGEST_ADDRESS)
    for expression in (_WITH_SCHEME, _WITHOUT_SCHEME):
        if found := expression.search(words):
            return line(_without_surroundings(found.group()), _LONGEST_ADDRESS)
    return ""


def _without_surroundings(address: str) -> str:
    while address:
        last = address[-1]
        opening = _CLOSING.get(last)
        if last not in _AFTER and (opening is None or address.count(opening) >= address.count(last)):
            return address
        address = address[:-1]
    return address
