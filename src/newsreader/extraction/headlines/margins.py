"""What all headlines of a list begin or end with: a clock, a day, a rank, a counter."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from newsreader.extraction.headlines.cards import Card
from newsreader.extraction.headlines.words import has_digit
from newsreader.extraction.times.dates import parse_time
from newsreader.extraction.times.time_words import is_time

_CLOCK = re.compile(r"[\[(]?((?:[01]?\d|2[0-3])[:.][0-5]\d)[\])]?(?:\s*[-–—|•:]\s*|\s+)(?=\D)")
_SHORT_DAY = re.compile(r"[\[(]?(\d{1,2}[./-]\d{1,2}\.?(?:,?\s\d{1,2}:\d\d)?)[\])]?(?:\s*[-–—|•:]\s*|\s+)(?=\D)")
_RANK = re.compile(
    r"([^\W\d_]{0,12}\.?\s?(?:#|№|n[.ºo°]{0,2})?)\s?(\d{1,3})\s?(?:[.):]|\s[-–—|])\s*(?=[^\s\d])", re.IGNORECASE
)
_COUNTER = re.compile(r"\s?[\[(]\s?\d{1,5}\s?[\])]$")
_IN_BRACKETS = re.compile(r"[\[(]([^()\[\]]{4,30})[\])]$")
_FEWEST_COUNTED = 2
_SHORTEST = 12  # letters before a counter
_WORDS_OF_TIME = 6
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DIVIDERS = " \u00a0|–—-·•,"
_NUMBER, _MOST_YEARS = re.compile(r"\d{1,6}"), 40
_ANY_DAY, _LONGEST_AGE = datetime(2000, 1, 1, tzinfo=UTC), timedelta(days=366)
_FEWEST = 3  # headlines of a list that show what is before all of them
_MOST_WITH_CLOCK = 0.6  # of a list in which a clock before a headline is when it came out
_WHOLE_CLOCK = re.compile(r"\d\d:\d\d")  # before a single headline: "07:45", not "4:20"


def cut_margins(cards: Sequence[Card]) -> None:
    """Remove times, ranks and counters from the headlines of a list, where the list as a whole shows what they are.

    A number that begins one headline belongs to it: "9/11 report", "24/7 bakeries", "3:10 to the harbour".
    """
    _cut_ranks(cards)
    _cut_counters(cards)
    _cut_last_times(cards)
    if not _cut_times(cards, _SHORT_DAY, len(cards) if len(cards) >= _FEWEST else 0):
        fewest = max(_FEWEST, _MOST_WITH_CLOCK * len(cards))
        if _cut_times(cards, _CLOCK, fewest):
            return
        _cut_outer_times(cards, is_last=False)
        if len(cards) < _FEWEST:
            for card in cards:
                found = _CLOCK.match(card.title)
                if found and _WHOLE_CLOCK.fullmatch(found[1]):
                    _take_time(card, found)


def _cut_times(cards: Sequence[Card], pattern: re.Pattern[str], fewest: float) -> bool:
    found = [(card, match) for card in cards if (match := pattern.match(card.title))]
    if not found or not fewest or len(found) < fewest:
        return False
    for card, match in found:
        _take_time(card, match)
    return True


def _cut_last_times(cards: Sequence[Card]) -> None:
    """Take the times in brackets, or as the last words, after most headlines of a list."""
    ends = [(card, found) for card in cards if (found := _IN_BRACKETS.search(card.title))]
    dated = [(card, found) for card, found in ends if is_time(found[1]) and any(map(str.isdigit, found[1]))]
    if len(dated) >= max(_FEWEST, _MOST_WITH_CLOCK * len(cards)):
        for card, found in dated:
            card.time = card.time or found[1]
            card.title = card.title[: found.start()].rstrip()
    _cut_outer_times(cards, is_last=True)


def _cut_outer_times(cards: Sequence[Card], *, is_last: bool) -> None:
    """Take the ages and dates that most headlines of a list begin or end with, if the headlines differ without them.

    They are as many words as in most of these headlines: "the second year" before "5 minutes ago" is part of its own.
    """
    found = [(card, parts) for card in cards if (parts := _outer_times(card.title, is_last=is_last))]
    if len(found) < max(_FEWEST, _MOST_WITH_CLOCK * len(cards)):
        return
    lengths = Counter(count for _, parts in found for count in parts)
    cut = [(card, parts[max(parts, key=lambda count: (lengths[count], count))]) for card, parts in found]
    if len({rest for _, (_, rest) in cut}) == len(cut):
        for card, (time, rest) in cut:
            card.time, card.title = card.time or time, rest


def _outer_times(title: str, *, is_last: bool) -> dict[int, tuple[str, str]]:
    """Return the times, with a number, that are the first or last words of a headline, by their count, and the rest."""
    found: dict[int, tuple[str, str]] = {}
    if not has_digit(title):
        return found
    words = title.split(" ")
    most = min(_WORDS_OF_TIME, len(words) - 1)
    if not has_digit("".join(words[-most:] if is_last else words[:most])):
        return found
    for count in range(1, most + 1):
        time = " ".join(words[-count:] if is_last else words[:count]).strip(_DIVIDERS)
        rest = " ".join(words[:-count] if is_last else words[count:]).strip(_DIVIDERS)
        is_apart = is_last or not rest[:1].islower()  # not the first words of "5 minutes in the cold"
        is_long = is_apart and len(rest) >= _SHORTEST
        if is_long and _is_full(time, is_last=is_last) and is_time(time) and not _is_history(time):
            found[count] = time, rest
    return found


def _is_full(time: str, *, is_last: bool) -> bool:
    """Return whether a time says more than two numbers: "9/11" and "24/7" are words of headlines."""
    has_words = any(map(str.isdigit, time)) and any(map(str.isalpha, time))
    return has_words or _YEAR.search(time) is not None or (is_last and ":" in time)


def _is_history(time: str) -> bool:
    """Return whether a time counts back for more than a year: "the storm of 100 years ago" is what a story is about."""
    if _YEAR.search(time):
        return False
    moment = parse_time(time, _ANY_DAY)
    if moment is None:  # further back than ages are read
        return any(int(number) > _MOST_YEARS for number in _NUMBER.findall(time))
    return _ANY_DAY.replace(tzinfo=None) - moment.replace(tzinfo=None) > _LONGEST_AGE


def _take_time(card: Card, found: re.Match[str]) -> None:
    card.time = card.time or found[1]
    card.title = card.title[found.end() :]


def _cut_ranks(cards: Sequence[Card]) -> None:
    found = [_RANK.match(card.title) for card in cards]
    ranks = [match for match in found if match is not None]
    if len(ranks) < max(_FEWEST, len(cards)) or len({match[1].casefold().strip() for match in ranks}) > 1:
        return
    if all(int(after[2]) == int(before[2]) + 1 for before, after in pairwise(ranks)):
        for card, match in zip(cards, ranks, strict=True):
            card.title = card.title[match.end() :]


def _cut_counters(cards: Sequence[Card]) -> None:
    found = [(card, match) for card in cards if (match := _COUNTER.search(card.title)) and match.start() > _SHORTEST]
    counters = {match.group() for _, match in found}  # one on all of them is a part of what they say
    if len(counters) >= _FEWEST_COUNTED and len(found) * 2 >= len(cards):
        for card, match in found:
            card.title = card.title[: match.start()]
