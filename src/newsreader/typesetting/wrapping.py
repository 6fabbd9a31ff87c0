"""Where lines break: between words, between characters of scripts without spaces, never inside a grapheme.

Widths are Rich's, because Textual measures with them.
"""

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from rich.cells import cell_len, get_character_cell_size

from newsreader.patterns import pattern

Hyphenator = Callable[[str], Sequence[int]]  # a word to the positions where it may be divided

# Characters of one cell each that breaking need not care for; a test measures every one.
_NARROW = pattern(
    "[\n -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0377\u037a-\u037f\u0384-\u038a\u0390-\u03a1\u03a3-\u0482\u048a-\u052f"
    "\u2010-\u2027\u202f\u2030-\u205e\u20a0-\u20bf\u2116\u2122\u2190-\u2193\u2212]*"
)
# Spaces that a line may break at; no-break spaces are not among them.
_SPACE_CLASS = " \u1680\u2000-\u2006\u2008-\u200a\u205f\u3000"
_SPACE_RUNS = pattern(f"[{_SPACE_CLASS}]{{2,}}")
_AROUND_NEWLINES = pattern(f"(?<![{_SPACE_CLASS}])[{_SPACE_CLASS}]*\n[{_SPACE_CLASS}\n]*")
_OTHER_SPACES = pattern(f"[{_SPACE_CLASS[1:]}]")
_SPACES = frozenset(" \u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f\u3000")
_NO_BREAK_SPACES = ("\u00a0", "\u202f", "\u2007")
# A word of one letter does not end a line, nor does a dash begin one.
_ONE_LETTER_WORD = pattern(r" [aeikosuvwyzàAEIKOSUVWYZÀавеиіїйокосуяАВЕИІЇЙОКСУЯ](?= \S)")
_DASHES = (" — ", " – ")

# A letter that may be of a script without spaces. Negated, as a class of 30,000 letters takes 3 ms to compile.
_UNSPACED = pattern("[^\x00-\u0dff\u1e00-\u2e7f]")
_SOUTH_EAST_ASIAN = pattern("[\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff]")
_NOT_AT_START = frozenset(
    "、。，．・：；？！‐–—…‥ーゝゞヽヾ々〻％℃’”）］｝〕〉》」』】〙〛｠»›)]}>,.:;?!%/"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ"
    "\u0e2f\u0e30\u0e32\u0e33\u0e45\u0e46\u0eaf\u0eb0\u0eb2\u0eb3\u0ec6"
)
_NOT_AT_END = frozenset(
    "‘“（［｛〔〈《「『【〘〚｟«‹([{<$£¥€№\u0e40\u0e41\u0e42\u0e43\u0e44\u0ec0\u0ec1\u0ec2\u0ec3\u0ec4"
)
_MARKS_OF_ADDRESSES = frozenset("/-_?&=+%#:;,@|~")
_RIGHT_TO_LEFT = pattern("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_HYPHENS = "-‐–—"
_LETTERS = pattern(r"[^\W\d_]+")
_PART_OF_MORE = pattern(r"[\d/@_‐-]|\.\w")  # what follows letters that are no word by themselves
_LEAST_WORD = 6  # letters of a word worth dividing
_LEAST_PART = 3  # letters of it on either line
_LEAST_GAP = 5  # cells left at a line's end that are worth it
_HYPHENS_IN_A_ROW = 2


class Break(NamedTuple):
    """One line of a text, as positions in it.

    Attributes:
        next_start: Where the next line begins; what is between is the space that the break swallowed.
        soft: Only the width ended the line.
    """

    start: int
    end: int
    next_start: int
    soft: bool
    hyphen: bool = False


def is_right_to_left(text: str) -> bool:
    """Return whether the text's first letter with a direction runs from the right (UAX 9, P2 and P3)."""
    if not _RIGHT_TO_LEFT.search(text):
        return False
    for letter in text:
        direction = unicodedata.bidirectional(letter)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


def squeezed(text: str) -> str:
    """Return the text with each run of breaking spaces as one, none around newlines, and at most one empty line."""
    if "  " in text or _OTHER_SPACES.search(text):
        text = _SPACE_RUNS.sub(" ", text)
    if "\n" in text:
        text = _AROUND_NEWLINES.sub(lambda run: "\n" * min(2, run[0].count("\n")), text)
    return text


def wrap(
    text: str, width: int, hyphenator: Hyphenator | None = None, *, rest_width: int | None = None
) -> Iterator[Break]:
    """Yield the lines of a text at a width of at least 2 cells, lazily; a newline always ends one.

    `rest_width` is that of the lines after the first, where it differs.
    """
    wrapper = _Wrapper(text, max(2, width), max(2, rest_width or width), hyphenator)
    start = 0
    while start < len(text):
        newline = text.find("\n", start)
        stop = newline if newline >= 0 else len(text)
        yield from wrapper.lines(start, stop)
        start = stop + 1


def chopped(text: str, width: int, rest: int) -> list[str]:
    """Return the text cut where it is full: the first piece `width` cells wide, the others `rest`."""
    wrapper = _Wrapper(text, width, rest, None)
    pieces: list[str] = []
    start = 0
    while start < len(text):
        end = wrapper.fit(start, len(text), rest if pieces else width)
        if end < len(text):
            end = wrapper.full(start, end)
        pieces.append(text[start:end])
        start = end
    return pieces or [""]


def _is_ideographic(letter: str) -> bool:
    """Whether lines break before and after it: Chinese and Japanese letters, wide forms, emoji."""
    return (
        "\u2e80" <= letter <= "\ua4cf"
        or "\uf900" <= letter <= "\ufaff"
        or "\ufe30" <= letter <= "\ufe4f"
        or "\uff01" <= letter <= "\uffe6"
        or "\U0001f000" <= letter <= "\U0003ffff"
    )


def _bound(text: str) -> str:
    """Return the text with no-break spaces where a break would be bad typography."""
    for dash in _DASHES:
        if dash in text:
            text = text.replace(dash, "\u00a0" + dash[1:])
    pieces: list[str] = []
    start = 0
    for word in _ONE_LETTER_WORD.finditer(text):
        pieces += (text[start : word.end()], "\u00a0")
        start = word.end() + 1
    return "".join((*pieces, text[start:])) if pieces else text


class _Wrapper:
    """Breaks one text greedily: each line takes what fits."""

    def __init__(self, text: str, width: int, rest_width: int, hyphenator: Hyphenator | None) -> None:
        self._text = text
        self._width = width
        self._rest_width = rest_width
        self._hyphenator = hyphenator
        self._is_narrow = _NARROW.fullmatch(text) is not None
        self._is_unspaced = not self._is_narrow and _UNSPACED.search(text) is not None
        self._has_hyphens = any(hyphen in text for hyphen in _HYPHENS)
        # The same text, character by character, with a plain space only where a line may break.
        bound = _bound(text)
        self._bound = bound if self._is_narrow else _OTHER_SPACES.sub(" ", bound)

    def lines(self, start: int, stop: int) -> Iterator[Break]:
        start = self._after_spaces(start, stop)
        hyphens = 0
        if start == stop:
            yield Break(stop, stop, stop, soft=False)
        while start < stop:
            fit = self.fit(start, stop, self._width)
            if fit == stop:
                yield Break(start, self._before_spaces(start, stop), stop, soft=False)
                self._width = self._rest_width
                return
            end, hyphen = self._last_break(start, fit, may_divide=hyphens < _HYPHENS_IN_A_ROW)
            hyphens = hyphens + 1 if hyphen else 0
            following = self._after_spaces(end, stop)
            if self._text[end] in _NO_BREAK_SPACES:  # the line had no other space to break at
                following = end + 1
            yield Break(start, self._before_spaces(start, end), following, soft=following < stop, hyphen=hyphen)
            start = following
            self._width = self._rest_width

    def _after_spaces(self, start: int, stop: int) -> int:
        while start < stop and self._text[start] in _SPACES:
            start += 1
        return start

    def _before_spaces(self, start: int, end: int) -> int:
        while end > start and self._text[end - 1] in _SPACES:
            end -= 1
        return end

    def fit(self, start: int, stop: int, width: int) -> int:
        """Return where the text that begins at `start` outgrows `width` cells; as Rich's `cell_len` counts."""
        if self._is_narrow:
            return min(stop, start + width)
        text = self._text
        cells = 0
        measured = ""  # the letter that a variation selector would widen
        position = start
        while position < stop:
            letter = text[position]
            if letter == "\u200d":
                position += 1  # what it joins takes no cells of its own
            elif letter == "\ufe0f":
                cells += cell_len(measured + letter) - cell_len(measured)
                measured = ""
            elif letter_cells := get_character_cell_size(letter):
                cells += letter_cells
                measured = letter
            if cells > width:
                return position
            position += 1
        return stop

    def _last_break(self, start: int, fit: int, *, may_divide: bool) -> tuple[int, bool]:
        """Return where the line that begins at `start` ends at best, and whether it needs a hyphen."""
        bound = self._bound
        if bound[fit] == " ":
            return fit, False
        space = bound.rfind(" ", start + 1, fit)
        floor = max(space, start)
        if self._is_unspaced and (position := self._break_between_characters(start, floor, fit)):
            return position, False
        if self._has_hyphens and (position := self._break_after_hyphen(floor, fit)):
            return position, False
        if may_divide and fit - floor >= _LEAST_GAP and (position := self._division(start, floor, fit)):
            return position, True
        if space > start:
            return space, False
        position = max(bound.rfind(kind, start + 1, fit + 1) for kind in _NO_BREAK_SPACES)
        return (position if position > start else self._break_inside_word(start, fit)), False

    def _break_after_hyphen(self, floor: int, fit: int) -> int:
        """Return the last position after a hyphen or a dash between letters; 0 if there is none."""
        text = self._text
        position = fit
        while (position := max(text.rfind(hyphen, floor + 2, position) for hyphen in _HYPHENS)) >= 0:
            if (
                text[position - 1].isalpha()
                and text[position - 2].isalpha()
                and text[position + 1 : position + 3].isalpha()
            ):
                return position + 1
        return 0

    def _division(self, start: int, floor: int, fit: int) -> int:
        """Return where the hyphenator would divide the word that does not fit; 0 if it would not."""
        word = _LETTERS.search(self._text, floor, floor + 80) if self._hyphenator else None
        if self._hyphenator is None or word is None or len(word[0]) < _LEAST_WORD:
            return 0
        if not word.start() < fit <= word.end() + 3 or _PART_OF_MORE.match(self._text, word.end()):
            return 0
        last = min(self.fit(start, word.end(), self._width - 1), word.end() - _LEAST_PART)
        divisions = (word.start() + position for position in self._hyphenator(word[0]) if position >= _LEAST_PART)
        return max((position for position in divisions if position <= last), default=0)

    def _break_between_characters(self, start: int, floor: int, fit: int) -> int:
        """Return the last position where a script without spaces may break; 0 if there is none."""
        text = self._text
        positions = self._grapheme_ends(start, fit)
        for i in range(len(positions) - 1, -1, -1):
            position = positions[i]
            if position <= floor:
                break
            first = text[positions[i - 1] if i else start]
            last, following = text[position - 1], text[position]
            if (
                following in _NOT_AT_START
                or first in _NOT_AT_END
                or last in _NO_BREAK_SPACES
                or following in _NO_BREAK_SPACES
            ):
                continue
            if _is_ideographic(first) or _is_ideographic(following):
                return position
            if _SOUTH_EAST_ASIAN.match(first) and _SOUTH_EAST_ASIAN.match(following):
                # Its words cannot be separated here: a space is better where it costs less than a third of the line.
                return 0 if floor - start > (fit - start) * 2 // 3 else position
        return 0

    def _break_inside_word(self, start: int, fit: int) -> int:
        """Return where a word wider than the line is cut: after a mark of addresses, else where the line is full."""
        positions = range(start + 1, fit + 1) if self._is_narrow else self._grapheme_ends(start, fit)
        for position in reversed(positions):
            if position <= fit - self._width // 2:
                break
            if self._text[position - 1] in _MARKS_OF_ADDRESSES and "//" not in self._text[position - 2 : position + 2]:
                return position
        return positions[-1] if positions else max(fit, start + 1)

    def full(self, start: int, fit: int) -> int:
        """Return the last position up to `fit` between graphemes; `fit` itself inside one wider than the line."""
        if self._is_narrow:
            return fit
        positions = self._grapheme_ends(start, fit)
        return positions[-1] if positions else max(fit, start + 1)

    def _grapheme_ends(self, start: int, fit: int) -> list[int]:
        """Return the positions up to `fit` that are between graphemes, counted from the line's start."""
        from wcwidth import iter_graphemes

        positions = []
        position = start
        for grapheme in iter_graphemes(self._text[start : fit + 1]):
            position += len(grapheme)
            if position <= fit:
                positions.append(position)
        return positions
