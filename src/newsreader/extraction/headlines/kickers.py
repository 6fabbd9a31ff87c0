"""The words above a headline that name its subject or its form, by a class name or by their place in every card."""

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import islice

from lxml.etree import _Element as Element

from newsreader.extraction.document import up_from
from newsreader.extraction.headlines.cards import Card
from newsreader.extraction.headlines.counts import Piece
from newsreader.extraction.headlines.tree import HEADINGS, INLINE, Tree, marks_of
from newsreader.extraction.headlines.words import Mark, is_number, says_more, word_count
from newsreader.extraction.punctuation import FULL_STOPS
from newsreader.extraction.times.time_words import find_time, is_time

_LONGEST = 6  # words
_LONGEST_UNNAMED, _LONGEST_LETTERS = 3, 30  # words and letters of one that only its place shows
_FEWEST, _MOSTLY = 3, 0.3  # cards, part of the list
_NO_KICKER = frozenset({Mark.TITLE, Mark.PERSON, Mark.BADGE, Mark.TIME, Mark.LENGTH, Mark.VIEWS, Mark.SUMMARY})
_NO_SUBJECT = frozenset({Mark.TITLE, Mark.PERSON})
_BUTTON = re.compile(r"(?:^|[\s_-])(?:btn|button)(?![a-z])", re.IGNORECASE)
_BOLD = ("b", "strong")
_DIVIDERS = frozenset(":：|–—·•/")
_NAMES_OF_WORKS = frozenset({"em", "i", "cite", "q", "mark"})
_SIGNS = " \u00a0:：|–—-·•/.。।"  # at the end of a kicker
_LEVELS_OF_PART = 4
_MOSTLY_BELOW = 0.6
_NO_CATEGORY = frozenset({Mark.TITLE, Mark.PERSON, Mark.COMMENTS, Mark.VIEWS, Mark.SUMMARY, Mark.MORE, Mark.LENGTH})
_LEVELS_OVER_TITLE = 4
_SEPARATORS = " \u00a0:|–—-·•/"
_OF_PICTURES = ("figcaption", "figure", "button", "time", "label")


def kicker_in(tree: Tree, card: Card, pieces: list[Piece]) -> str | None:
    """Return the words above the headline that a class name calls its kicker or category."""
    for text, element in _above(tree, card, pieces):
        near = up_from(element, 2)
        named = next((e for e in near if Mark.KICKER in tree.marks_of(e) and not tree.marks_of(e) & _NO_SUBJECT), None)
        if named is None or is_time(text) or is_number(text) or _is_on_button(element):
            continue
        whole = tree.text(named) if tree.text_length[named] <= _LONGEST_LETTERS else text
        whole = text if is_time(whole.replace(text, "", 1).strip(_SEPARATORS)) else whole
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
        is_half = len(cards) >= _FEWEST and len(texts) * 2 >= len(cards)  # over two are "Previous" and "Next"
        fewest = _FEWEST - 1 if is_half else _FEWEST
        if len(rows) >= max(fewest, _MOSTLY * len(cards)) and len(texts) > 1 and persons * 2 <= len(rows):
            for card, text in rows:
                card.kicker = text.strip(_SEPARATORS)


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
                card.kicker = card.kicker or text.strip(_SEPARATORS)


def read_kickers_below(tree: Tree, cards: Sequence[Card], inside: Sequence[list[Piece]]) -> None:
    """Take the few words right below the headline for its kicker where a class name calls them so in most cards."""
    if len(cards) < _FEWEST or any(card.kicker for card in cards):
        return
    found = []
    for card, pieces in zip(cards, inside, strict=True):
        above = {id(piece) for piece in _above(tree, card, pieces)}
        below = next((piece for piece in pieces if id(piece) not in above and any(map(str.isalnum, piece[0]))), None)
        if below is not None and _is_named_subject(*below):
            found.append((card, below[0].strip(_SEPARATORS)))
    texts = {text for _, text in found}
    persons = sum(map(looks_like_a_person, texts))
    if len(found) >= max(_FEWEST, _MOSTLY_BELOW * len(cards)) and len(texts) > 1 and persons * 2 <= len(texts):
        for card, text in found:
            card.kicker = text or None


def _is_named_subject(text: str, element: Element) -> bool:
    """Return whether few words are what a class name of their element, or of the link in it, calls a category."""
    near = up_from(element, 2)
    named = any(Mark.KICKER in marks_of(e) and marks_of(e).isdisjoint(_NO_CATEGORY) for e in near)
    is_short = len(text) <= _LONGEST_LETTERS and word_count(text) <= _LONGEST_UNNAMED
    return named and is_short and not (any(map(str.isdigit, text)) or is_time(text) or says_more(text))


def cut_first_words_of_page(tree: Tree, cards: Sequence[Card]) -> None:
    """Take for their kickers the words in parts of one class with which several headlines of all lists begin."""
    found: dict[tuple[str, str], list[tuple[Card, str]]] = defaultdict(list)
    for card in cards:
        part = _first_part(tree, card) if card.kicker is None else None
        if part is not None and (name := part[1].get("class")) and marks_of(part[1]).isdisjoint(_NO_SUBJECT):
            found[str(part[1].tag), name].append((card, part[0]))
    for (tag, _), rows in found.items():
        texts = {text for _, text in rows}
        persons = sum(looks_like_a_person(text.rstrip(_SIGNS)) for text in texts)
        fewest = _FEWEST if tag in INLINE else _FEWEST - 1  # on a line of its own
        if len(texts) >= fewest and persons * 2 <= len(texts):
            _cut(rows)


def _cut(rows: Sequence[tuple[Card, str]]) -> None:
    for card, text in rows:
        card.title = card.title[len(text) :].lstrip(_SEPARATORS)
        card.kicker = text.rstrip(_SIGNS)


def cut_first_words(tree: Tree, cards: Sequence[Card]) -> None:
    """Take for their kickers the few words in parts of one form with which most headlines of a list begin.

    The part is in bold before a capital, or a sign or a break divides it from the headline.
    """
    if any(card.kicker for card in cards):
        return
    found: dict[tuple[str, str | None], list[tuple[Card, str]]] = defaultdict(list)
    for card in cards:
        part = _first_part(tree, card)
        if part is not None:
            text, element = part
            found[str(element.tag), element.get("class")].append((card, text))
    for rows in found.values():
        texts = {text for _, text in rows}
        persons = sum(looks_like_a_person(text.rstrip(_SIGNS)) for text in texts)
        is_half = len(texts) == len(rows) and len(rows) * 2 >= len(cards)
        fewest = _FEWEST - 1 if is_half else _FEWEST
        if len(rows) < max(fewest, _MOSTLY * len(cards)) or len(texts) == 1 or persons * 2 > len(texts):
            continue
        _cut(rows)


def _first_part(tree: Tree, card: Card) -> Piece | None:
    """Return the words of the first part of a headline, where they are set off from its rest."""
    node = card.title_node
    for _ in range(_LEVELS_OF_PART):
        if (node.text or "").strip():
            return None
        first = next((each for each in node if tree.text_length.get(each) or (each.tail or "").strip()), None)
        if first is None or not tree.text_length.get(first):
            return None
        text = tree.text(first)
        if len(text) > _LONGEST_LETTERS or word_count(text) > _LONGEST_UNNAMED:
            node = first
            continue
        rest = card.title[len(text) :] if card.title.startswith(text) else ""
        return (text, first) if _is_set_off(first, text, rest) else None
    return None


def _is_set_off(part: Element, text: str, rest: str) -> bool:
    """Return whether the first words of a headline are no words of it: in bold, or divided from it by a sign."""
    said = rest.lstrip(_SEPARATORS)
    if not any(map(str.isalpha, text)) or is_number(text) or is_time(text) or not said[:1].isalpha():
        return False
    is_divided = text[-1] in _DIVIDERS or rest.lstrip()[:1] in _DIVIDERS
    if part.tag in _NAMES_OF_WORKS and part.get("class") is None:
        return False
    if part.tag in _BOLD:
        return (said[:1].isupper() and word_count(said) >= _FEWEST) or is_divided
    after = part.getnext() if not (part.tail or "").strip() else None
    is_line = part.tag not in INLINE or (after is not None and after.tag == "br")
    is_sentence = text[-1] in FULL_STOPS and part.get("class") is not None
    has_look = bool(part.get("class") or part.get("style"))
    is_glued = has_look and text[-1].isalpha() and text[:1].isupper() and rest[:1].isupper()
    return is_divided or is_line or is_sentence or is_glued


def _above(tree: Tree, card: Card, pieces: list[Piece]) -> list[Piece]:
    """Return the texts of a card that are before its headline, those on lines of their own in its element too."""
    position = tree.order[card.title_node]
    before: set[Element] = set()
    if len(card.title_node):
        said = tree.pieces(card.title_node)
        first = next((at for at, (text, _) in enumerate(said) if text in card.title), 0)
        before = {element for _, element in said[:first]}
    return [piece for piece in pieces if tree.order.get(piece[1], position) < position or piece[1] in before]


def _right_above(tree: Tree, card: Card, pieces: list[Piece]) -> Piece | None:
    """Return the last words before the headline, if they can be a kicker."""
    above = [piece for piece in _above(tree, card, pieces) if any(map(str.isalnum, piece[0]))]
    if not above:
        return None
    text, element = above[-1]
    near = up_from(element, 3)
    over = set(islice(card.title_node.iterancestors(), _LEVELS_OVER_TITLE))  # a caption may be all that a card shows
    is_other = any(
        (e.tag in _OF_PICTURES and e not in over) or e in tree.of_authors or not tree.marks_of(e).isdisjoint(_NO_KICKER)
        for e in near[:2]
    )
    is_short = len(text) <= _LONGEST_LETTERS and word_count(text) <= _LONGEST_UNNAMED and any(map(str.isalpha, text))
    is_host = "." in text and " " not in text
    is_other = is_other or _is_on_button(element) or says_more(text)
    if is_other or is_host or element is card.root or not is_short or is_number(text) or find_time(text) is not None:
        return None
    return None if any(e.tag in HEADINGS for e in near) and card.title_node in set(near[0].iter()) else above[-1]


def looks_like_a_person(text: str) -> bool:
    """Return whether all of two or three words begin with a capital, as given and family names do."""
    parts = text.strip(_SEPARATORS).split()
    return len(parts) in (2, 3) and all(part[0].isupper() for part in parts)
