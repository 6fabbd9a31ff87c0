"""Finding words in a set article: across the breaks that the width made, whatever their accents.

Capitals that are typed count where the article has the words so: "AI" is not found in "said". Where it never has them
so, and where none is typed, the case makes no difference.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from unicodedata import combining

from newsreader.text import cased, folded
from newsreader.typesetting.layout import Layout
from newsreader.typesetting.lines import PLACING, Segment, TypesetLine

_MOST_FOUND = 100_000


class Finder:
    """Where something is in a layout. It looks through lines as they are made, so that a long article can wait.

    Attributes:
        typed: What is looked for, as it was typed.
        sought: The same, folded.
        found: The matches in order, each as its position in the folded text.
    """

    def __init__(self, layout: Layout, sought: str = "") -> None:
        self.layout = layout
        self.typed = self.sought = self._sought_cased = ""
        self.found: list[int] = []
        self._text = ""
        self._text_cased: str | None = None  # once capitals have been looked for
        self._is_cased = False  # whether they count; the text with them is known then
        self._starts: list[int] = []  # where each line begins in the text
        self._searched = 0
        self.is_complete = False
        self.seek(sought)

    def seek(self, sought: str) -> None:
        """Look for something else, in the lines that are known."""
        self.typed = " ".join(sought.split())
        self.sought = " ".join(folded(sought).split())
        self._sought_cased = " ".join(cased(sought).split())
        self._is_cased = self._sought_cased != self.sought
        if self._is_cased and self._text_cased is None:
            known = self.layout.lines(0, len(self._starts))
            self._text_cased = "".join(_searched_as(cased, content) for content in known)
        self.found = []
        self._searched = 0
        self._search()

    def advance(self, count: int) -> bool:
        """Look through so many more lines; return whether there are still more."""
        pieces = [self._text]
        length = len(self._text)
        first = len(self._starts)
        lines = self.layout.lines(first, count)
        for content in lines:
            words = _searched_as(folded, content)
            self._starts.append(length)
            pieces.append(words)
            length += len(words)
        self._text = "".join(pieces)
        if self._text_cased is not None:
            self._text_cased += "".join(_searched_as(cased, content) for content in lines)
        self.is_complete = len(lines) < count
        self._search()
        return not self.is_complete

    def _search(self) -> None:
        if not self.sought:
            return
        position = self._searched
        text, sought = self._text, self.sought
        if self._is_cased and self._text_cased is not None:
            text, sought = self._text_cased, self._sought_cased
        while len(self.found) < _MOST_FOUND and (position := text.find(sought, position)) >= 0:
            self.found.append(position)
            position += len(self.sought)
        after_last = self.found[-1] + len(self.sought) if self.found else 0
        self._searched = max(after_last, len(self._text) - len(self.sought) + 1, 0)
        if self._is_cased and self.is_complete and not self.found:
            self._is_cased, self._searched = False, 0
            self._search()

    def line_of(self, match: int) -> int:
        """Return the line on which a match begins."""
        return bisect_right(self._starts, self.found[match]) - 1

    def first_from(self, number: int) -> int | None:
        """Return the first match on a line or below it; None if there is none yet."""
        start = self._starts[number] if 0 <= number < len(self._starts) else len(self._text)
        match = bisect_left(self.found, start)
        return match if match < len(self.found) else None

    def spans(self, number: int) -> list[tuple[int, int, int]]:
        """Return the matches on a line: where each begins and ends in what is seen of the line, and its number."""
        if not self.found or number >= len(self._starts):
            return []
        content = self.layout.line(number)
        if content is None:
            return []
        start = self._starts[number]
        end = self._starts[number + 1] if number + 1 < len(self._starts) else len(self._text)
        length = len(self.sought)
        spans = []
        match = bisect_left(self.found, start - length + 1)
        positions: list[int] = []
        while match < len(self.found) and self.found[match] < end:
            positions = positions or _positions(content)
            first = max(0, self.found[match] - start)
            last = min(len(positions) - 1, self.found[match] + length - start)
            if first < last:
                spans.append((positions[first], _after_marks(content.text, positions[last - 1] + 1), match))
            match += 1
        return spans


def _searched_as(fold: Callable[[str], str], content: TypesetLine) -> str:
    """Return the words of a line as they are compared, with what joins them to those of the next."""
    return fold(content.words) + (content.joint if content.soft else "\n")


def _after_marks(text: str, position: int) -> int:
    """Return the position behind the accents that belong to the character before it."""
    while position < len(text) and combining(text[position]):
        position += 1
    return position


def _positions(content: TypesetLine) -> list[int]:
    """Return for every sign of the folded words which sign of the line it comes from, and one past the last."""
    seen = [
        (start + n, letter)
        for start, segment in _placed(content)
        if segment.role not in PLACING
        for n, letter in enumerate(segment.text)
    ]
    words = "".join(letter for _, letter in seen)
    whole = folded(words)
    if len(whole) == len(words):
        return [*(position for position, _ in seen), len(content.text)]
    positions: list[int] = []
    for n, (position, _) in enumerate(seen):
        positions += [position] * (len(folded(words[: n + 1])) - len(positions))
    return [*positions[: len(whole)], len(content.text)]


def _placed(content: TypesetLine) -> list[tuple[int, Segment]]:
    placed = []
    start = 0
    for segment in content.segments:
        placed.append((start, segment))
        start += len(segment.text)
    return placed
