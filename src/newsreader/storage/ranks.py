"""The order of a list that several devices change: each item has a text, and between two texts there is always one.

Moving an item changes only its own text, so that what is moved on two devices at once stays moved.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_RANK = re.compile(r"[0-9a-z]{0,199}[1-9a-z]")


def is_rank(text: object) -> bool:
    """Return whether this is a text of an order."""
    return isinstance(text, str) and _RANK.fullmatch(text) is not None


def with_ranks(ranks: Sequence[str | None]) -> list[str]:
    """Return texts that sort like this sequence; as many as possible stay unchanged.

    Args:
        ranks: What each had so far, in the order wanted; None for what is new.
    """
    kept = set(_longest_rising([(number, rank) for number, rank in enumerate(ranks) if rank and is_rank(rank)]))
    result: list[str] = []
    waiting = 0
    for number, rank in enumerate(ranks):
        if number in kept and rank:
            result += _between(result[-1] if result else "", rank, waiting)
            result.append(rank)
            waiting = 0
        else:
            waiting += 1
    return result + _between(result[-1] if result else "", None, waiting)


def _longest_rising(pairs: Sequence[tuple[int, str]]) -> list[int]:
    """Return the numbers of the longest choice of pairs whose texts rise."""
    ends: list[str] = []  # of the rising choices of each length, the smallest last text
    last: list[int] = []  # the pair that has it
    before: list[int] = []
    for at, (_, rank) in enumerate(pairs):
        length = bisect_left(ends, rank)
        ends[length : length + 1] = [rank]
        last[length : length + 1] = [at]
        before.append(last[length - 1] if length else -1)
    found: list[int] = []
    at = last[-1] if last else -1
    while at >= 0:
        found.append(pairs[at][0])
        at = before[at]
    return found


def _between(low: str, high: str | None, count: int) -> list[str]:
    """Return so many texts that rise between two others; None is above all."""
    if count == 0:
        return []
    middle = _middle(low, high)
    half = count // 2
    return [*_between(low, middle, half), middle, *_between(middle, high, count - half - 1)]


def _middle(low: str, high: str | None) -> str:
    """Return a text between two; it never ends with a zero, below which there would be nothing."""
    same = 0
    if high is not None:
        while low[same : same + 1].ljust(1, "0") == high[same]:
            same += 1
    if high is not None and same:
        return high[:same] + _middle(low[same:], high[same:])
    first = _DIGITS.index(low[0]) if low else 0
    beyond = _DIGITS.index(high[0]) if high is not None else len(_DIGITS)
    if beyond - first > 1:
        return _DIGITS[(first + beyond) // 2]
    if high is not None and len(high) > 1:
        return high[0]
    return _DIGITS[first] + _middle(low[1:], None)
