"""Which headlines of different sites tell the same story, by what their titles have in common; pure.

A title is a set of features: the beginnings of its words, so that endings count for little, and pairs of letters where
a script has no spaces. Two are near-identical when they share most of these, and no number contradicts. It is meant to
err on the side of keeping headlines apart.

Only titles that share one of their rarest features are compared at all, which two of this likeness always do; so the
work grows with the number of titles, not with its square.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from math import ceil
from typing import NamedTuple

from newsreader.words import tokens

_LIKENESS = 0.6  # of the features of both, how many they have to share
_LEAST_SHARED = 4
_BEGINNING = 5  # letters of a word that count
_WINDOW = timedelta(hours=48)
_NUMBER = re.compile(r"\d+")


class Told(NamedTuple):
    """A headline as far as it counts here; `published` is None where it is not known."""

    title: str
    host: str
    published: datetime | None = None


class _Title(NamedTuple):
    features: frozenset[str]
    numbers: frozenset[str]


def same_stories(told: Sequence[Told]) -> list[tuple[int, ...]]:
    """Return the groups of headlines that tell the same story, as their numbers, in order; single ones are left out.

    No group has two headlines of one host. Each is near-identical to the first of its group.
    """
    titles = [_title(each.title) for each in told]
    frequency = Counter(feature for title in titles for feature in title.features)
    first_of: dict[str, list[int]] = defaultdict(list)  # first headlines of groups, by their rarest features
    groups: dict[int, list[int]] = {}
    for number, title in enumerate(titles):
        if len(title.features) < _LEAST_SHARED:
            continue
        rarest = sorted(title.features, key=lambda feature: (frequency[feature], feature))
        rarest = rarest[: len(rarest) - ceil(_LIKENESS * len(rarest)) + 1]
        candidates = sorted({first for feature in rarest for first in first_of[feature]})
        leader = next((first for first in candidates if _joins(number, first, told, titles, groups)), None)
        if leader is not None:
            groups[leader].append(number)
            continue
        groups[number] = [number]
        for feature in rarest:
            first_of[feature].append(number)
    return [tuple(members) for members in groups.values() if len(members) > 1]


def _joins(
    number: int, first: int, told: Sequence[Told], titles: Sequence[_Title], groups: dict[int, list[int]]
) -> bool:
    hosts = {told[member].host for member in groups[first]}
    return (
        told[number].host not in hosts
        and _is_near(told[number].published, told[first].published)
        and _are_alike(titles[number], titles[first])
    )


def _title(text: str) -> _Title:
    words = list(tokens(text))
    return _Title(
        frozenset(word[:_BEGINNING] for word in words if len(word) > 1),
        frozenset(_NUMBER.findall(" ".join(words))),
    )


def _are_alike(one: _Title, other: _Title) -> bool:
    if one.numbers and other.numbers and one.numbers != other.numbers:
        return False
    shared = len(one.features & other.features)
    return shared >= _LEAST_SHARED and shared >= _LIKENESS * len(one.features | other.features)


def _is_near(one: datetime | None, other: datetime | None) -> bool:
    """Say whether two times are near enough; an unknown one is near to all, and a naive one is taken as it is."""
    if one is None or other is None:
        return True
    if (one.tzinfo is None) != (other.tzinfo is None):
        one, other = one.replace(tzinfo=None), other.replace(tzinfo=None)
    return abs(one - other) <= _WINDOW
