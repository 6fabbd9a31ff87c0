"""The words of a search in a text, and the passage that shows most of them."""

import re
from collections.abc import Iterator
from dataclasses import replace

from newsreader.query import And, Not, Or, Query, Term
from newsreader.text import line
from newsreader.values import dataclass
from newsreader.words import (
    Token,
    ranges_of,
    sought_words,
    tokens_of,
)


@dataclass(frozen=True, slots=True)
class Marks:
    """The words that a query finds, as they are compared.

    Attributes:
        words: Single words, in every form that counts.
        beginnings: Of words.
        runs: Words that count only one after another; the last of a pair with True is a beginning.
    """

    words: frozenset[str] = frozenset()
    beginnings: tuple[str, ...] = ()
    runs: tuple[tuple[tuple[str, ...], bool], ...] = ()

    def ranges(self, text: str) -> list[tuple[int, int]]:
        """Return where the words are in a text, in order; adjoining ranges are one."""
        ranges = ranges_of(text, self.words, self.beginnings)
        if self.runs:
            found = list(tokens_of(text))
            for words, open_ended in self.runs:
                ranges += _run_ranges(found, words, open_ended=open_ended)
        return _joined(sorted(ranges))


def terms(query: Query, *, wanted: bool = True) -> Iterator[Term]:
    """Yield the terms that an article has to have, or may have; none that it must not have."""
    match query:
        case Term() if wanted:
            yield query
        case Not(inner):
            yield from terms(inner, wanted=not wanted)
        case And(queries) | Or(queries):
            for each in queries:
                yield from terms(each, wanted=wanted)


def completing_last_word(query: Query) -> Query:
    """Return a query whose last word, where it is one in any form, is only the beginning of one."""
    match query:
        case Term() if is_single(query):
            return replace(query, open_ended=True)
        case And(queries) | Or(queries) if queries:
            return replace(query, queries=(*queries[:-1], completing_last_word(queries[-1])))
    return query


def is_single(term: Term) -> bool:
    """Return whether a term is one whole word, to be found in any of its forms."""
    sought = sought_words(term.text, open_ended=term.open_ended)
    return not term.exact and not sought.open_ended and len(sought.words) == 1


def _run_ranges(found: list[Token], words: tuple[str, ...], *, open_ended: bool) -> Iterator[tuple[int, int]]:
    count = len(words)
    for number in range(len(found) - count + 1):
        run = [token.text for token in found[number : number + count]]
        ends_well = run[-1].startswith(words[-1]) if open_ended else run[-1] == words[-1]
        if ends_well and tuple(run[:-1]) == words[:-1]:
            yield found[number].start, found[number + count - 1].end


def _joined(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in ranges:
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


_BREAK = re.compile(r'(?<![.!?…:;”»"\s])\n+')  # the end of a line that does not end a sentence
_BETWEEN_LINES = " · "
_AROUND = 60  # characters before the first marked word
_LONGEST_PASSAGE = 240


def passage(text: str, marks: Marks, longest: int = _LONGEST_PASSAGE) -> tuple[tuple[str, bool], ...]:
    """Return the part of a text with most words of the search, as runs of words, marked or not; one line.

    If the text has none of them, its beginning, unmarked. A dot divides lines that end without a full stop, such as a
    standfirst and the authors.
    """
    ranges = marks.ranges(text)
    if not ranges:
        words = line(_BREAK.sub(_BETWEEN_LINES, text[: longest * 2]), longest)
        return ((words, False),) if words else ()
    start, end = _window(text, _densest(ranges, longest), longest)
    pieces: list[tuple[str, bool]] = [("…", False)] if start > 0 else []
    at = start
    for first, last in ranges:
        if first < start or last > end:
            continue
        pieces += [(text[at:first], False), (text[first:last], True)]
        at = last
    pieces.append((text[at:end], False))
    if end < len(text):
        pieces.append(("…", False))
    shown = ((re.sub(r"\s+", " ", _BREAK.sub(_BETWEEN_LINES, words)), is_marked) for words, is_marked in pieces)
    return tuple((words, is_marked) for words, is_marked in shown if words)


def _densest(ranges: list[tuple[int, int]], longest: int) -> int:
    """Return where the part begins that holds most of the ranges, each different one counting."""
    room = longest - _AROUND
    best, best_count, last = 0, 0, 0
    for number, (start, _) in enumerate(ranges):
        last = max(last, number)
        while last + 1 < len(ranges) and ranges[last + 1][1] <= start + room:
            last += 1
        if last - number + 1 > best_count:
            best, best_count = number, last - number + 1
    return ranges[best][0]


def _window(text: str, first: int, longest: int) -> tuple[int, int]:
    """Return a part of the text around a position, from and to a space if one is near."""
    start = max(0, first - _AROUND)
    if start:
        space = text.find(" ", start, first)
        start = space + 1 if space >= 0 else start
    end = min(len(text), start + longest)
    if end < len(text):
        space = text.rfind(" ", first, end)
        end = space if space > first + longest // 3 else end
    return start, end
