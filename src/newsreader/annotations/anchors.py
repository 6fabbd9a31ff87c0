"""Where words of an article are kept as W3C selectors, and how they are found again when the article has changed.

The words are looked for, in this order: at their position; exactly, where their neighbours are most alike; by their
letters alone, when only spaces, quotes, dashes or case differ; between the words that were before and after them; and
at last by what is most similar. What is less alike than that is lost, which is better than a mark on other words.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from newsreader.library_values import TextAnchor
from newsreader.patterns import pattern
from newsreader.text import folded

CONTEXT = 32  # characters before and after the words that are kept with them
_MOST_POSITIONS = 200  # at which the same words are compared
_SEED = 6  # letters of a piece that a similar text has to have exactly
_BUCKET = 24  # letters by which pieces of one similar text may be apart
_MOST_OF_SEED = 40  # positions of one piece: a more common one says nothing
_CANDIDATES = 3
_SHORTEST_SIMILAR = 16  # letters: fewer may be like anything
_LEAST_ALIKE = 0.72
_LEAST_ALIKE_BETWEEN = 0.4  # where the words before and after are the same
_END_PIECE = 200  # letters at either end of long words that are looked for
_SHORTEST_CONTEXT = 8  # letters
_WORD = pattern(r"\w+")


class Found(StrEnum):
    """How words were found again."""

    SAME = "same"  # where they were
    MOVED = "moved"  # the same words at another position
    CHANGED = "changed"  # similar words


@dataclass(frozen=True, slots=True)
class FoundAnchor:
    """Where words are now: positions in the text, and how they were found."""

    start: int
    end: int
    how: Found


def anchor_of(text: str, start: int, end: int) -> TextAnchor:
    """Return the selectors of what is between two positions of a text, without the spaces around it."""
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    end -= len(words) - len(words.rstrip())
    end = max(start, end)
    return TextAnchor(text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT], start, end)


class AnchorFinder:
    """Finds anchors in one text; what is computed about the text is shared by all of them."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._letters = ""
        self._positions: list[int] | None = None

    def find(self, anchor: TextAnchor) -> FoundAnchor | None:
        """Return where the words of an anchor are; None if they are gone."""
        if not anchor.exact.strip():
            return None
        return self._exactly(anchor) or self._by_letters(anchor)

    def _exactly(self, anchor: TextAnchor) -> FoundAnchor | None:
        text, exact = self._text, anchor.exact
        if text.startswith(exact, anchor.start) and self._likeness(anchor, anchor.start) >= 2 * CONTEXT:
            return FoundAnchor(anchor.start, anchor.start + len(exact), Found.SAME)
        whole = text.find(anchor.prefix + exact + anchor.suffix)
        if whole >= 0:
            start = whole + len(anchor.prefix)
            return FoundAnchor(start, start + len(exact), Found.MOVED)
        positions = list(_positions_near(text, exact, anchor.start))
        if not positions:
            return None
        best = max(positions, key=lambda position: (self._likeness(anchor, position), -abs(position - anchor.start)))
        return FoundAnchor(best, best + len(exact), Found.SAME if best == anchor.start else Found.MOVED)

    def _likeness(self, anchor: TextAnchor, position: int) -> int:
        """Return how many characters before and after a position match the anchor; all, where it ends there."""
        before = self._text[max(0, position - CONTEXT) : position]
        after = self._text[position + len(anchor.exact) :][:CONTEXT]
        before_alike = CONTEXT if before == anchor.prefix else _shared(before[::-1], anchor.prefix[::-1])
        after_alike = CONTEXT if after == anchor.suffix else _shared(after, anchor.suffix)
        return before_alike + after_alike

    # --- by letters -------------------------------------------------------------------------------

    def _by_letters(self, anchor: TextAnchor) -> FoundAnchor | None:
        if self._positions is None:
            self._letters, self._positions = letters_of(self._text)
        exact = letters_of(anchor.exact)[0]
        prefix, suffix = letters_of(anchor.prefix)[0], letters_of(anchor.suffix)[0]
        expected = bisect_right(self._positions, anchor.start) - 1
        span = (
            self._same_letters(exact, prefix, suffix, expected)
            or self._between(exact, prefix, suffix, expected)
            or self._similar(exact, expected)
        )
        if span is None or span[0] >= span[1]:
            return None
        return FoundAnchor(self._positions[span[0]], self._positions[span[1] - 1] + 1, Found.CHANGED)

    def _same_letters(self, exact: str, prefix: str, suffix: str, expected: int) -> tuple[int, int] | None:
        positions = list(_positions_near(self._letters, exact, expected)) if exact else []
        if not positions:
            return None

        def likeness(position: int) -> tuple[int, int]:
            before, after = (
                self._letters[max(0, position - CONTEXT) : position],
                self._letters[position + len(exact) :][:CONTEXT],
            )
            return _shared(before[::-1], prefix[::-1]) + _shared(after, suffix), -abs(position - expected)

        best = max(positions, key=likeness)
        return best, best + len(exact)

    def _between(self, exact: str, prefix: str, suffix: str, expected: int) -> tuple[int, int] | None:
        """Return what is between the words that were before and after, if it resembles what was there."""
        if min(len(prefix), len(suffix)) < _SHORTEST_CONTEXT:
            return None
        starts = sorted(_positions(self._letters, prefix), key=lambda position: abs(position + len(prefix) - expected))
        for start in (position + len(prefix) for position in starts[:_CANDIDATES]):
            end = self._letters.find(suffix, start, start + 2 * len(exact) + len(suffix) + CONTEXT)
            if end > start and _alike(self._letters[start:end], exact) >= _LEAST_ALIKE_BETWEEN:
                return start, end
        return None

    def _similar(self, exact: str, expected: int) -> tuple[int, int] | None:
        if len(exact) < _SHORTEST_SIMILAR:
            return None
        if len(exact) <= 2 * _END_PIECE:
            return self._similar_piece(exact, expected)
        first = self._similar_piece(exact[:_END_PIECE], expected)
        last = self._similar_piece(exact[-_END_PIECE:], expected + len(exact) - _END_PIECE)
        if first is None or last is None or not first[1] <= last[1] <= first[0] + 2 * len(exact):
            return None
        return first[0], last[1]

    def _similar_piece(self, piece: str, expected: int) -> tuple[int, int] | None:
        """Return the part of the letters that is most similar to a piece, if it is similar enough.

        Pieces of it that are found exactly vote for where it begins; only what has most votes is compared.
        """
        votes: Counter[int] = Counter()
        for offset in range(0, len(piece) - _SEED + 1, _SEED // 2):
            positions = list(_positions(self._letters, piece[offset : offset + _SEED], _MOST_OF_SEED + 1))
            if len(positions) <= _MOST_OF_SEED:
                votes.update({(position - offset) // _BUCKET for position in positions})
        ranked = sorted(votes, key=lambda each: (-votes[each] - votes[each + 1], abs(each * _BUCKET - expected)))
        best: tuple[float, int, int] = (0.0, 0, 0)
        for bucket in ranked[:_CANDIDATES]:
            start = max(0, (bucket - 1) * _BUCKET)
            window = self._letters[start : (bucket + 2) * _BUCKET + len(piece) * 5 // 4]
            blocks = SequenceMatcher(None, piece, window, autojunk=False).get_matching_blocks()
            blocks = [block for block in blocks if block.size > 1]
            if not blocks:
                continue
            first, last = blocks[0], blocks[-1]
            begin, end = max(0, first.b - first.a), min(len(window), last.b + len(piece) - last.a)
            likeness = _alike(piece, window[begin:end])
            best = max(best, (likeness, start + begin, start + end))
        return best[1:] if best[0] >= _LEAST_ALIKE else None


def letters_of(text: str) -> tuple[str, list[int]]:
    """Return the letters and digits of a text as they are compared, and the position of each."""
    letters: list[str] = []
    positions: list[int] = []
    for word in _WORD.finditer(text):
        compared = folded(word[0])
        letters.append(compared)
        if len(compared) == len(word[0]):
            positions += range(word.start(), word.end())
        else:  # a letter became two or none
            positions += (min(word.end() - 1, word.start() + n) for n in range(len(compared)))
    return "".join(letters), positions


def _positions_near(text: str, sought: str, near: int) -> Iterator[int]:
    """Yield the positions of some words that are nearest to a position, in both directions."""
    yield from _positions(text, sought, start=max(0, near))
    position = text.rfind(sought, 0, max(0, near) + len(sought) - 1)
    for _ in range(_MOST_POSITIONS):
        if position < 0:
            return
        yield position
        position = text.rfind(sought, 0, position + len(sought) - 1)


def _positions(text: str, sought: str, most: int = _MOST_POSITIONS, start: int = 0) -> Iterator[int]:
    position = text.find(sought, start)
    while position >= 0 and most > 0:
        yield position
        most -= 1
        position = text.find(sought, position + 1)


def _shared(text: str, other: str) -> int:
    """Return how many characters two texts have in common from the beginning."""
    count = 0
    for mine, its in zip(text, other, strict=False):
        if mine != its:
            break
        count += 1
    return count


def _alike(text: str, other: str) -> float:
    """Return how alike two texts are, from 0 to 1; of long ones only the ends are compared."""
    if max(len(text), len(other)) > 3 * _END_PIECE:
        text, other = text[:_END_PIECE] + text[-_END_PIECE:], other[:_END_PIECE] + other[-_END_PIECE:]
    return SequenceMatcher(None, text, other, autojunk=False).ratio()
