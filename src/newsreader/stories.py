"""Which headlines of different sites report the same story, by what their titles have in common; pure.

A title is a set of features: the beginnings of its words, so that endings count for little, and pairs of letters where
a script has no spaces. Two are near-identical when they share most of these, and no number and no name contradicts. It
is meant to err on the side of keeping headlines apart.

Only titles that share one of their rarest features are compared at all, which two of this likeness always do; so the
work grows with the number of titles, not with its square.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import chain
from math import ceil
from typing import NamedTuple

from newsreader.words import Token, tokens, tokens_of

_LIKENESS = 0.6  # of the features of both, how many they have to share
_LEAST_SHARED = 4
_RARE_SHARED = 2  # of the rarest features of both, how many they cannot but share
_BEGINNING = 5  # letters of a word that count
_WINDOW = timedelta(hours=48)
_SAME_LETTERS, _LONGEST_ENDING = 3, 2  # of the forms of one name
_NUMBER = re.compile(r"\d+")


class ComparedHeadline(NamedTuple):
    """A headline as far as it counts here; `published` is None if it is not known."""

    title: str
    host: str
    published: datetime | None = None


class _Title(NamedTuple):
    features: frozenset[str]
    words: tuple[str, ...]
    text: str


def same_stories(headlines: Sequence[ComparedHeadline]) -> list[tuple[int, ...]]:
    """Return the groups of headlines that report the same story, as their numbers, in order; single ones are left out.

    No group has two headlines of one host. Each is near-identical to the first of its group.
    """
    titles = [_title(each.title) for each in headlines]
    frequency = Counter(chain.from_iterable(title.features for title in titles))
    rank = {feature: index for index, feature in enumerate(sorted(frequency, key=lambda each: (frequency[each], each)))}
    first_of: dict[str, list[int]] = defaultdict(list)  # first headlines of groups, by their rarest features
    groups: dict[int, list[int]] = {}
    hosts: dict[int, set[str]] = {}
    for number, title in enumerate(titles):
        if len(title.features) < _LEAST_SHARED:
            continue
        rarest = _rarest(title.features, rank)
        met = Counter(chain.from_iterable([first_of[feature] for feature in rarest]))
        candidates = sorted([first for first, times in met.items() if times >= _RARE_SHARED])
        host, published = headlines[number].host, headlines[number].published
        for first in candidates:
            if (
                host not in hosts[first]
                and _are_alike(title, titles[first])
                and _is_near(published, headlines[first].published)
            ):
                groups[first].append(number)
                hosts[first].add(host)
                break
        else:
            groups[number] = [number]
            hosts[number] = {host}
            for feature in rarest:
                first_of[feature].append(number)
    return [tuple(members) for members in groups.values() if len(members) > 1]


def _rarest(features: frozenset[str], rank: Mapping[str, int]) -> list[str]:
    """Return the rare features; a near-identical title shares at least `_RARE_SHARED` of them.

    Of all but `_LIKENESS` of its features a title can lack each one; what is shared beyond these cannot be lacked.
    """
    count = len(features) - ceil(_LIKENESS * len(features)) + _RARE_SHARED
    return sorted(features, key=rank.__getitem__)[:count]


def _title(text: str) -> _Title:
    words = tuple(tokens(text))
    return _Title(frozenset([word[:_BEGINNING] for word in words if len(word) > 1]), words, text)


def _are_alike(one: _Title, other: _Title) -> bool:
    shared = len(one.features & other.features)
    if shared < _LEAST_SHARED or shared < _LIKENESS * len(one.features | other.features):
        return False
    numbers, others = _numbers(one), _numbers(other)
    if numbers and others and numbers != others:
        return False
    return not (_has_another_name(one, other) and _has_another_name(other, one)) and not _replaces_a_word(one, other)


def _numbers(title: _Title) -> set[str]:
    return set(_NUMBER.findall(" ".join(title.words)))


def _has_another_name(title: _Title, other: _Title) -> bool:
    """Return whether a title names someone or something that another one does not.

    Names are words with a capital, besides the first; in a title where most words have one, none can be known as such.
    """
    words = list(tokens_of(title.text))
    names = [each.text for each in words[1:] if _is_capital(title, each)]
    if len(names) * 2 > len(words):
        return False
    return any(len(name) > 1 and not any(_is_one_name(name, word) for word in other.words) for name in names)


def _replaces_a_word(one: _Title, other: _Title) -> bool:
    """Return whether two titles are the same but for one word, with a capital in both, as of a town or of a club."""
    if len(one.words) != len(other.words):
        return False
    places = [n for n, pair in enumerate(zip(one.words, other.words, strict=True)) if pair[0] != pair[1]]
    if len(places) != 1 or _is_one_name(one.words[places[0]], other.words[places[0]]):
        return False
    return all(_is_capital(title, [*tokens_of(title.text)][places[0]]) for title in (one, other))


def _is_capital(title: _Title, token: Token) -> bool:
    return title.text[token.start].isupper()


def _is_one_name(one: str, other: str) -> bool:
    """Return whether two words are the same but for their endings, such as the cases of one name."""
    shared = max(_SAME_LETTERS, min(len(one), len(other)) - _LONGEST_ENDING)
    return one == other or (len(one) >= shared and one[:shared] == other[:shared])


def _is_near(one: datetime | None, other: datetime | None) -> bool:
    """Return whether two times are near enough; an unknown one is near to all, and a naive one is taken as it is."""
    if one is None or other is None:
        return True
    if (one.tzinfo is None) != (other.tzinfo is None):
        one, other = one.replace(tzinfo=None), other.replace(tzinfo=None)
    return abs(one - other) <= _WINDOW
