"""Persons in a line of nothing but names: beside a portrait, before an agency, before their offices."""

from collections.abc import Sequence
from itertools import islice

from lxml.etree import _Element as Element

from newsreader.extraction.fragments import comparison_key
from newsreader.extraction.metadata.byline_lines import unmarked_names
from newsreader.extraction.metadata.names import is_office, is_organisation

_PERSON_AND_AGENCY, _WORDS_BESIDE_PORTRAIT, _MOST_OFFICES = 2, 4, 8  # pieces, words, pieces


def names_in_row(element: Element, pieces: Sequence[str], own: frozenset[str]) -> tuple[str, ...]:
    """Return the persons in a line that nothing marks as a byline, if it is made as one.

    Args:
        element: What shows the line.
        pieces: Its words, as its elements part them.
        own: Names of the site, as comparison keys.
    """
    names = _beside_portrait(element, pieces, own) or _with_agency(pieces, own)
    return names or (() if _is_menu(element) else _with_offices(pieces, own))


def _beside_portrait(element: Element, pieces: Sequence[str], own: frozenset[str]) -> tuple[str, ...]:
    """Return the person whose name is beside a portrait, a lone picture with this name as its replacement text."""
    pictures = list(islice(element.iter("img"), 2))
    if len(pictures) != 1:
        return ()
    names = unmarked_names(pieces, own)
    is_portrait = len(names) == 1 and comparison_key(pictures[0].get("alt")) == comparison_key(names[0])
    return names if is_portrait and len(names[0].split()) <= _WORDS_BESIDE_PORTRAIT else ()


def _with_agency(pieces: Sequence[str], own: frozenset[str]) -> tuple[str, ...]:
    """Return the person in a line of a person's name and the name of an agency or a paper."""
    if len(pieces) != _PERSON_AND_AGENCY or not is_organisation(pieces[1]):
        return ()
    names = unmarked_names(pieces[:1], own)
    return names if " ".join(names) == pieces[0] else ()


def _with_offices(pieces: Sequence[str], own: frozenset[str]) -> tuple[str, ...]:
    """Return the persons in a line of nothing but persons and, behind them, their offices."""
    if not 2 <= len(pieces) <= _MOST_OFFICES or is_office(pieces[0]):
        return ()
    persons = [piece for piece in pieces if unmarked_names([piece], own) == (piece,)]
    offices = [piece for piece in pieces if piece not in persons and is_office(piece)]
    return tuple(persons) if persons and offices and len(persons) + len(offices) == len(pieces) else ()


def _is_menu(element: Element) -> bool:
    """Return whether a line is links to places in the page itself, such as the tabs of what it shows."""
    targets = [link.get("href") or "" for link in islice(element.iter("a"), _MOST_OFFICES)]
    return any(target.startswith("#") for target in targets)
