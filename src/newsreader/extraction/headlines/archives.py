"""Archives by year or month: the heading gives what the dates beside the stories leave out."""

import re
from collections.abc import Sequence
from itertools import pairwise

from newsreader.extraction.headlines.cards import Card
from newsreader.extraction.headlines.counts import Piece
from newsreader.extraction.headlines.tree import Tree
from newsreader.extraction.times.calendar_names import MONTHS
from newsreader.extraction.times.time_words import names_a_day

_YEAR = r"(?:19|20)\d\d"
_OF_YEAR = re.compile(rf"({_YEAR})\s?[年년]?(?:\s?\(\d{{1,4}}\))?")
_OF_MONTH = re.compile(
    rf"([^\W\d]{{1,20}})\.?,?\s(?:del?\s)?({_YEAR})(?:\s?(?:р|г|r)\.?)?|({_YEAR})\s?[年년]\s?(\d{{1,2}})\s?[月월]"
)
_HAS_YEAR = re.compile(rf"(?<!\d){_YEAR}(?!\d)")
_DAY = re.compile(r"(0?[1-9]|[12]\d|3[01])(?:\.|st|nd|rd|th|\s?[日일])?")
_IN_FIGURES = re.compile(r"\d{1,2}([-./])\d{1,2}(\1?)")
_MOST_BEFORE_TITLE = 2  # texts


def read_day_numbers(tree: Tree, cards: Sequence[Card], inside: Sequence[Sequence[Piece]]) -> None:
    """Record the numbers before headlines that are days, if their list is one of a month."""
    for card, pieces in zip(cards, inside, strict=True):
        position = tree.order[card.title_node]
        before = (text for text, at in pieces[:_MOST_BEFORE_TITLE] if tree.order.get(at, position) < position)
        card.day_number = next((found[1] for text in before if (found := _DAY.fullmatch(text))), None)


def date_by_heading(cards: Sequence[Card], heading: str | None) -> None:
    """Complete the dates of a list with the year, or the month and the year, that it is headed by."""
    if not heading:
        return
    if year := _OF_YEAR.fullmatch(heading):
        for card in cards:
            card.dated = _with_year(card.time, year[1]) if card.time else None
        return
    month = _OF_MONTH.fullmatch(heading)
    if month is None or (month[1] and month[1].casefold() not in MONTHS):
        return
    for card in cards:
        card.dated = _with_year(card.time, month[2] or month[3]) if card.time else None
    open_cards = [card for card in cards if card.time is None or card.time == heading or _DAY.fullmatch(card.time)]
    numbers = [int(card.day_number) for card in open_cards if card.day_number]
    if len(numbers) < len(cards) or not _run_one_way(numbers):
        return
    for card, number in zip(cards, numbers, strict=True):
        card.time = f"{number} {month[1]} {month[2]}" if month[1] else f"{month[3]}-{int(month[4]):02}-{number:02}"
        card.views = None if card.views and card.views.strip("(). ") == card.day_number else card.views


def _with_year(text: str, year: str) -> str | None:
    """Return a day without a year as one of the given year."""
    figures = _IN_FIGURES.fullmatch(text)
    is_day = figures is not None or (any(map(str.isdigit, text)) and names_a_day(text))
    if _HAS_YEAR.search(text) or not is_day:
        return None
    if figures is None:
        return f"{text} {year}"
    sign = figures[1]
    return f"{year}-{text}" if sign == "-" else f"{text.rstrip(sign)}{sign}{year}"


def _run_one_way(numbers: Sequence[int]) -> bool:
    """Return whether days only fall or only rise, and are not just 1, 2, 3."""
    if len(numbers) > 1 and all(after - before == 1 for before, after in pairwise(numbers)) and numbers[0] == 1:
        return False
    return any(all(sign * (after - before) >= 0 for before, after in pairwise(numbers)) for sign in (1, -1))
