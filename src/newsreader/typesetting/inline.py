"""Spans as one text with its looks beside it, and lines cut from it."""

from collections.abc import Iterator
from dataclasses import dataclass

from newsreader.models import Span, Spans
from newsreader.patterns import pattern
from newsreader.text import clean
from newsreader.typesetting.lines import Role, Segment, TypesetLine
from newsreader.typesetting.wrapping import Hyphenator, is_right_to_left, squeezed, wrap
from newsreader.urls import is_web_address

_SUPERSCRIPTS = str.maketrans("0123456789+-=()ni−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ⁻")
_SUPERSCRIPT = pattern(r"[-+=()0-9ni−]+")
_JOINED_TO_BEFORE = pattern("[\u0300-\u036f\u200c\u200d\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]+")


@dataclass(frozen=True, slots=True)
class Inline:
    """A block's words, cleaned, and in which look each run of them is.

    Attributes:
        runs: (start, end, look): the look is a segment without words.
    """

    text: str
    runs: tuple[tuple[int, int, Segment], ...]

    @property
    def is_right_to_left(self) -> bool:
        """Whether the words run from the right."""
        return is_right_to_left(self.text)

    def cut(self, start: int, end: int) -> tuple[Segment, ...]:
        """Return the words between two positions in their looks."""
        text = self.text
        if start == end:
            return ()
        if len(self.runs) == 1:
            return (_worded(self.runs[0][2], text[start:end]),)
        return tuple(
            _worded(look, text[max(start, first) : min(end, last)])
            for first, last, look in self.runs
            if first < end and last > start
        )

    def lines(
        self, width: int, hyphenator: Hyphenator | None = None, *, rest_width: int | None = None
    ) -> Iterator[TypesetLine]:
        """Yield the words as lines of at most `width` cells; `rest_width` is that of those after the first."""
        for start, end, following, soft, hyphen in wrap(self.text, width, hyphenator, rest_width=rest_width):
            segments = self.cut(start, end)
            if hyphen:
                last = segments[-1]
                segments = (*segments, Segment("-", Role.BREAK, last.strong, last.emphasis))
            yield TypesetLine(segments, soft, self.text[end:following] if soft else "")

    def balanced_lines(self, width: int) -> tuple[TypesetLine, ...]:
        """Return the lines as even in length as their number allows: for headings."""
        lines = tuple(self.lines(width))
        if not 1 < len(lines) <= 4 or "\n" in self.text:
            return lines
        narrowest, widest = max(2, width // 3), width
        while narrowest < widest:
            middle = (narrowest + widest) // 2
            tried = tuple(self.lines(middle))
            if len(tried) > len(lines) or any(line.joint != " " for line in tried[:-1]):
                narrowest = middle + 1
            else:
                widest, lines = middle, tried
        return lines


def _worded(look: Segment, text: str) -> Segment:
    return Segment(text, look.role, look.strong, look.emphasis, look.href)


def look_of(span: Span, role: Role) -> Segment:
    """Return how the span looks where the words around it are in `role`."""
    href = span.href if span.href and is_web_address(span.href) and span.href.isprintable() else None
    if span.code:
        role = Role.CODE
    elif href and role is Role.BODY:
        role = Role.LINK
    return Segment("", role, span.strong, span.emphasis, href)


def inline(spans: Spans, role: Role) -> Inline:
    """Return the spans as one text, cleaned, spaces squeezed, with their looks."""
    words: list[str] = []
    looks: list[Segment] = []
    for span in spans:
        text = squeezed(clean(span.text))
        if span.superscript and _SUPERSCRIPT.fullmatch(text):
            text = text.translate(_SUPERSCRIPTS)
        if not words or words[-1][-1] in " \n":
            text = text.lstrip(" " if words else " \n")
        elif joined := _JOINED_TO_BEFORE.match(text):
            words[-1] += joined[0].rstrip("\u200d")
            text = text[joined.end() :]
        text = text.rstrip("\u200d")
        if not text:
            continue
        look = look_of(span, role)
        if looks and looks[-1] == look:
            words[-1] += text
        else:
            words.append(text)
            looks.append(look)
    if words:
        words[-1] = words[-1].rstrip(" \n")
    return _measured(words, looks)


def _measured(words: list[str], looks: list[Segment]) -> Inline:
    runs = []
    start = 0
    for text, look in zip(words, looks, strict=True):
        runs.append((start, start + len(text), look))
        start += len(text)
    return Inline("".join(words), tuple(runs))
