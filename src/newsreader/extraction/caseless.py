"""Patterns that ignore case, several times as fast as those of `re` that do.

With `re.IGNORECASE` every alternative is tried at every letter of a text. In a text made lower-case before, `re`
passes over the letters that no alternative begins with, but only while all alternatives begin with letters, not with
the border of a word. Such a pattern is therefore looked for without borders first: few texts get any further. Before
that, texts are passed over that have no letters which all that a pattern finds has.
"""

import re
from functools import cached_property, lru_cache

from newsreader.extraction.needed_letters import needed_letters

_PARTS = re.compile(r"\\.|[^\\]+")  # of a pattern: an escape, or what has none


@lru_cache(maxsize=256)
def lowered(text: str) -> str:
    """Return a text in lower case, letter by letter; letters that `re.IGNORECASE` takes for one are one."""
    if text.isascii():
        return text.lower()
    return text.replace("İ", "i").lower().replace("ı", "i").replace("ς", "σ").replace("ſ", "s")


class Caseless:
    """A pattern that ignores case. Places in what it finds are those of the text, but its letters are lower-case.

    Attributes:
        patterns: What is looked for, one after the other: the last is the pattern, any other finds all that it finds.
    """

    def __init__(self, pattern: str, flags: int = 0, *, first: str | None = None) -> None:
        """Compile a pattern; `first`: another that finds more, in less time."""
        if first is None and r"\b" in pattern and "(?!" not in pattern and "(?<!" not in pattern:
            first = pattern.replace(r"\b", "")
        sources = [pattern] if first is None else [first, pattern]
        self.patterns = [re.compile(_in_lower_case(source), flags) for source in sources]
        self._last = self.patterns[-1]

    @cached_property
    def _needed(self) -> tuple[str, ...]:
        """What one of is in every text in which the pattern finds something; empty if that is not known."""
        return () if self._last.flags & re.VERBOSE else needed_letters(self._last.pattern)

    @cached_property
    def _needed_in_ascii(self) -> tuple[str, ...]:
        return tuple(filter(str.isascii, self._needed))

    def _may_be_in(self, small: str) -> bool:
        needed = self._needed
        if not needed:
            return True
        return any(map(small.__contains__, self._needed_in_ascii if small.isascii() else needed))

    def search(self, text: str) -> re.Match[str] | None:
        """Return where the pattern is in a text."""
        small = lowered(text)
        if not self._may_be_in(small):
            return None
        found = None
        for pattern in self.patterns:
            found = pattern.search(small)
            if found is None:
                break
        return found

    def match(self, text: str) -> re.Match[str] | None:
        """Return how a text begins, if it is as the pattern says."""
        return self._last.match(lowered(text))

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """Return the whole text, if it is as the pattern says."""
        return self._last.fullmatch(lowered(text))

    def findall(self, text: str) -> list[str]:
        """Return all that the pattern finds in a text, in lower case; the pattern has no groups."""
        small = lowered(text)
        return self._last.findall(small) if self._may_be_in(small) else []


def _in_lower_case(pattern: str) -> str:
    return "".join(part if part.startswith("\\") else lowered(part) for part in _PARTS.findall(pattern))
