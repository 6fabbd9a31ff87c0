"""The words above a headline that name its subject or its form, by a class name or by their place in every card."""

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import islice

from lxml.etree import _Element as Element

from newsreader.extraction.headlines.cards import Card
from newsreader.extraction.headlines.counts import Piece
from newsreader.extraction.headlines.tree import HEADINGS, Tree, is_of_author, marks_of
from newsreader.extraction.headlines.words import Mark, is_number, word_count
from newsreader.extraction.times.time_words import find_time, is_time

_LONGEST = 6  # words
_LONGEST_UNNAMED, _LONGEST_LETTERS = 3, 30  # words and letters of one that only its place shows
_FEWEST, _MOSTLY = 3, 0.3  # cards, part of the list
_NO_KICKER = frozenset({Mark.TITLE, Mark.PERSON, Mark.BADGE, Mark.TIME, Mark.LENGTH, Mark.VIEWS, Mark.SUMMARY})
_NO_SUBJECT = frozenset({Mark.TITLE, Mark.PERSON})
_BUTTON = re.compile(r"(?:^|[\s_-])(?:btn|button)(?![a-z])", re.IGNORECASE)
_BOLD = ("b", "strong")
_LEVELS_OVER_TITLE = 4
_SEPARATORS = " \u00a0:|–—-·•/"
_OF_PICTURES = ("figcaption", "figure", "button", "time", "label")


def kicker_in(tree: Tree, card: Card, pieces: list[Piece]) -> str | None:
    """Return the words above the headline that a class name calls its kicker or category."""
    position = tree.order[card.title_node]
    for text, element in pieces:
        if tree.order.get(element, position) >= position:
            return None
        near = [element, *islice(element.iterancestors(), 1)]
        named = next((e for e in near if Mark.KICKER in marks_of(e) and not marks_of(e) & _NO_SUBJECT), None)
        if named is None or is_time(text) or is_number(text) or _is_on_button(element):
            continue
        whole = tree.text(named) if tree.text_length[named] <= _LONGEST_LETTERS else text
        if word_count(whole) <= _LONGEST:
            return whole.strip(_SEPARATORS) or None
    return None


def _is_on_button(element: Element) -> bool:
    """Return whether words are on a button beside its picture, for those who cannot see that: "icon", "play"."""
    around = element.getparent()
    is_button = around is not None and _BUTTON.search(around.get("class") or "") is not None
    return around is not None and is_button and next(around.iter("svg"), None) is not None


def read_kickers_by_place(tree: Tree, cards: Sequence[Card], inside: Sequence[list[Piece]]) -> None:
    """Take the few words right above the headline for its kicker where most cards have such words of one form.

    `inside`: the texts of each card beside its headline. Names of persons are the authors', one text on all cards is
    the list's.
    """
    if any(card.kicker for card in cards):
        return
    found: dict[tuple[str, str | None], list[tuple[Card, str]]] = defaultdict(list)
    for card, pieces in zip(cards, inside, strict=True):
        above = _right_above(tree, card, pieces)
        if above is not None:
            text, element = above
            found[str(element.tag), element.get("class")].append((card, text))
    for rows in found.values():
        texts = {text for _, text in rows}
        persons = sum(looks_like_a_person(text) for _, text in rows)
        if len(rows) >= max(_FEWEST, _MOSTLY * len(cards)) and len(texts) > 1 and persons * 2 <= len(rows):
            for card, text in rows:
                card.kicker = text.rstrip(_SEPARATORS)


def read_kickers_by_form(tree: Tree, cards: Sequence[Card], inside: Sequence[list[Piece]]) -> None:
    """Take the words right above headlines for their kickers where the whole page has several of one class.

    `cards`: those of all lists: a lead is alone in its own.
    """
    found: dict[tuple[str, str], list[tuple[Card, str]]] = defaultdict(list)
    for card, pieces in zip(cards, inside, strict=True):
        above = _right_above(tree, card, pieces)
        if above is not None and (name := above[1].get("class")):
            found[str(above[1].tag), name].append((card, above[0]))
    for rows in found.values():
        texts = {text for _, text in rows}
        persons = sum(map(looks_like_a_person, texts))
        if len(texts) >= _FEWEST and persons * 2 <= len(texts):
            for card, text in rows:
                card.kicker = card.kicker or text.rstrip(_SEPARATORS)


def cut_first_words(tree: Tree, cards: Sequence[Card]) -> None:
    """Take for their kickers the few words in bold with which most headlines begin, before a capital."""
    if any(card.kicker for card in cards):
        return
    found = [(card, text) for card in cards if (text := _in_bold_first(tree, card)) is not None]
    texts = {text for _, text in found}
    persons = sum(looks_like_a_person(text) for text in texts)
    if len(found) < max(_FEWEST, _MOSTLY * len(cards)) or len(texts) == 1 or persons * 2 > len(texts):
        return
    for card, text in found:
        card.title = card.title[len(text) :].lstrip(_SEPARATORS)
        card.kicker = text.rstrip(_SEPARATORS)


def _in_bold_first(tree: Tree, card: Card) -> str | None:
    """Return the bold words at the head of a headline whose rest begins like one of its own."""
    node = card.title_node
    first = next(iter(node), None)
    if first is None or first.tag not in _BOLD or (node.text or "").strip():
        return None
    text = tree.text(first)
    rest = card.title[len(text) :].lstrip(_SEPARATORS) if card.title.startswith(text) else ""
    is_short = 0 < len(text) <= _LONGEST_LETTERS and word_count(text) <= _LONGEST_UNNAMED
    return text if is_short and rest[:1].isupper() and word_count(rest) >= _FEWEST else None


def _right_above(tree: Tree, card: Card, pieces: list[Piece]) -> Piece | None:
    """Return the last words before the headline, if they can be a kicker."""
    position = tree.order[card.title_node]
    above = [
        (text, element)
        for text, element in pieces
        if tree.order.get(element, position) < position and any(map(str.isalnum, text))
    ]
    if not above:
        return None
    text, element = above[-1]
    near = [element, *islice(element.iterancestors(), 2)]
    over = set(islice(card.title_node.iterancestors(), _LEVELS_OVER_TITLE))  # a caption may be all that a card shows
    is_other = any(
        (e.tag in _OF_PICTURES and e not in over) or is_of_author(e) or not marks_of(e).isdisjoint(_NO_KICKER)
        for e in near[:2]
    )
    is_short = len(text) <= _LONGEST_LETTERS and word_count(text) <= _LONGEST_UNNAMED and any(map(str.isalpha, text))
    is_host = "." in text and " " not in text
    is_other = is_other or _is_on_button(element)
    if is_other or is_host or element is card.root or not is_short or is_number(text) or find_time(text) is not None:
        return None
    return None if any(e.tag in HEADINGS for e in near) and card.title_node in set(near[0].iter()) else above[-1]


def looks_like_a_person(text: str) -> bool:
    """Return whether all of two or three words begin with a capital, as given and family names do."""
    parts = text.split()
    return len(parts) in (2, 3) and all(part[0].isupper() for part in parts)
