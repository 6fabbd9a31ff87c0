"""The selection in an article while the reader chooses words to highlight, and how keys move it."""

from collections.abc import Sequence
from enum import Enum, auto

from newsreader.annotations.article_text import ArticleText
from newsreader.annotations.word_bounds import word_bounds
from newsreader.sentences import sentence_bounds

Range = tuple[int, int]


class Unit(Enum):
    """The unit by which a selection moves."""

    SENTENCE = auto()
    WORD = auto()


class TextSelection:
    """Sentences or words of a text, one after another.

    At first one sentence is selected, and another one, or a word, is with each move. Once it is being extended, its
    beginning stays and moves change its end, or, on the other side of the beginning, the beginning of it all.

    Attributes:
        is_extending: Moves make it longer or shorter.
    """

    def __init__(self, text: ArticleText, position: int) -> None:
        """Select the sentence at a position, or the next one."""
        self.text = text
        self.is_extending = False
        self._unit = Unit.SENTENCE
        self._fixed = self._head = self._first_from(position)

    def _first_from(self, position: int) -> Range:
        for leaf in range(self.text.leaf_at(position), len(self.text.leaves)):
            found = [each for each in self._units(leaf, Unit.SENTENCE) if each[1] > position]
            if found:
                return found[0]
        return self._last_before(len(self.text.text) + 1, Unit.SENTENCE) or (0, 0)

    # --- what is selected -------------------------------------------------------------------------

    @property
    def is_forward(self) -> bool:
        """Whether the end that moves is behind the one that stays."""
        return self._head[0] >= self._fixed[0]

    @property
    def start(self) -> int:
        """Where it begins in the text."""
        return self._fixed[0] if self.is_extending and self.is_forward else self._head[0]

    @property
    def end(self) -> int:
        """Where it ends."""
        return self._fixed[1] if self.is_extending and not self.is_forward else self._head[1]

    @property
    def edge(self) -> int:
        """The position that moves, which is to be in view."""
        return self.end if self.is_extending and self.is_forward else self.start

    @property
    def words(self) -> str:
        """What is selected, as the article has it."""
        return self.text.text[self.start : self.end]

    # --- moving -----------------------------------------------------------------------------------

    def select(self, start: int, end: int) -> None:
        """Select what is between two positions."""
        self._fixed = self._head = (start, end)
        self._unit = Unit.WORD
        self.is_extending = False

    def extend(self) -> None:
        """Make moves change the length from now on."""
        if not self.is_extending:
            self.is_extending, self._fixed = True, self._head

    def toggle_extending(self) -> None:
        """Start extending the selection; or stop, and move only the unit at its end."""
        if self.is_extending:
            self.is_extending, self._fixed = False, self._head
        else:
            self.extend()

    def swap(self) -> None:
        """Move the other end from now on."""
        if self.is_extending and self.start < self.end:
            whole = self.start, self.end
            was_forward = self.is_forward
            self._fixed = (whole[1] - 1, whole[1]) if was_forward else (whole[0], whole[0] + 1)
            self._head = (whole[0], whole[0] + 1) if was_forward else (whole[1] - 1, whole[1])

    def move(self, unit: Unit, by: int) -> bool:
        """Move by sentences or words; return whether there was one in that direction."""
        head = self._forward(unit) if by > 0 else self._backward(unit)
        if head is None:
            return False
        self._head, self._unit = head, unit
        if not self.is_extending:
            self._fixed = head
        return True

    def move_to(self, position: int) -> None:
        """Move to the sentence at a position, or the next one; while it is extended, its end alone."""
        self._head, self._unit = self._first_from(position), Unit.SENTENCE
        if not self.is_extending:
            self._fixed = self._head

    def _forward(self, unit: Unit) -> Range | None:
        head = self._head
        if self.is_extending and not self.is_forward:
            return self._next_from(head[0] + 1, unit)
        if not self.is_extending and unit is Unit.WORD and self._unit is Unit.SENTENCE:
            return self._next_from(head[0], unit)
        return self._next_from(head[1], unit)

    def _backward(self, unit: Unit) -> Range | None:
        head = self._head
        if self.is_extending and self.is_forward:
            last = self._last_before(head[1] + 1, unit) if unit is Unit.WORD else head
            return self._last_before(last[1], unit) if last is not None else None
        if not self.is_extending and unit is not self._unit:  # into the sentence, or out to that of the word
            return self._last_before(head[1] + 1, unit) if unit is Unit.WORD else self._around(head)
        return self._last_before(head[0] + 1, unit)

    def _around(self, head: Range) -> Range | None:
        found = [each for each in self._units(self.text.leaf_at(head[0]), Unit.SENTENCE) if each[0] <= head[0]]
        return found[-1] if found else None

    def _next_from(self, position: int, unit: Unit) -> Range | None:
        """Return the first sentence or word that begins at a position or behind it."""
        for leaf in range(self.text.leaf_at(position), len(self.text.leaves)):
            for each in self._units(leaf, unit):
                if each[0] >= position:
                    return each
        return None

    def _last_before(self, position: int, unit: Unit) -> Range | None:
        """Return the last sentence or word that ends before a position."""
        for leaf in range(min(self.text.leaf_at(position), len(self.text.leaves) - 1), -1, -1):
            for each in reversed(self._units(leaf, unit)):
                if each[1] < position:
                    return each
        return None

    def _units(self, leaf: int, unit: Unit) -> Sequence[Range]:
        start, end = self.text.leaves[leaf]
        words = self.text.text[start:end]
        found = sentence_bounds(words, self.text.language) if unit is Unit.SENTENCE else word_bounds(words)
        return [(start + first, start + last) for first, last in found]
