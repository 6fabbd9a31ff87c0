"""The words of articles that readers highlighted in other programs, and their notes on them."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsreader.importing.values import ImportedHighlight, time_in
from newsreader.library_values import HighlightColour
from newsreader.text import line

_LONGEST_QUOTE = 20_000  # characters
_LONGEST_NOTE = 100_000
_MOST = 1_000  # of one article
# By meaning, the names of the fields of a highlight; the first that holds words counts.
_QUOTES = ("quote", "exact", "highlight", "content", "text")
_NOTES = ("note", "annotation", "comment", "text")
_TIMES = ("created_at", "createdAt", "created", "highlightedAt", "date", "updated_at")
_COLOURS = ("color", "colour")
_NEAREST = {"red": HighlightColour.PINK, "purple": HighlightColour.PINK, "orange": HighlightColour.YELLOW}
_BETWEEN = re.compile(r"^[ \t]{0,9}Highlight:", re.MULTILINE)  # as Raindrop writes several in one cell
_NOTE = re.compile(r"^[ \t]{0,9}Note:", re.MULTILINE)


def highlights_in(value: object) -> tuple[ImportedHighlight, ...] | None:
    """Return the highlights that a field holds: a list of objects, or a text; None if it holds none."""
    found = _of_objects(value) if isinstance(value, list) else _of_text(value) if isinstance(value, str) else ()
    highlights = tuple(each for _, each in zip(range(_MOST), found, strict=False))
    return highlights or None


def _of_objects(value: list[Any]) -> Iterator[ImportedHighlight]:
    for each in value:
        if isinstance(each, str):
            yield from _with_words(each)
        elif isinstance(each, Mapping):
            quoted = next((name for name in _QUOTES if _words(each.get(name))), "")
            note = next((words for name in _NOTES if name != quoted and (words := _words(each.get(name)))), "")
            made_at = next((time for name in _TIMES if (time := time_in(each.get(name))) is not None), None)
            colour = next((found for name in _COLOURS if (found := _colour(each.get(name)))), HighlightColour.YELLOW)
            for highlight in _with_words(_words(each.get(quoted)), note):
                yield ImportedHighlight(highlight.quote, highlight.note, made_at, colour)


def _of_text(text: str) -> Iterator[ImportedHighlight]:
    if text.strip().isdigit():
        return  # how many there are
    if _BETWEEN.search(text) is None:
        yield from _with_words(text)
        return
    for each in _BETWEEN.split(text)[1:]:
        quote, *notes = _NOTE.split(each, maxsplit=1)
        yield from _with_words(quote, *notes)


def _with_words(quote: str, note: str = "") -> Iterator[ImportedHighlight]:
    """Yield the highlight of a quotation, a line of it for each line with words."""
    lines = [line(each, _LONGEST_QUOTE) for each in quote[:_LONGEST_QUOTE].splitlines()]
    if words := "\n".join(filter(None, lines)):
        yield ImportedHighlight(words, note[:_LONGEST_NOTE].strip())


def _words(value: object) -> str:
    return value if isinstance(value, str) and value.strip() else ""


def _colour(value: object) -> HighlightColour | None:
    name = value.strip().lower() if isinstance(value, str) else ""
    return HighlightColour(name) if name in set(HighlightColour) else _NEAREST.get(name)
