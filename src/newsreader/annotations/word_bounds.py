"""Where the words of a text begin and end, for selecting them."""

import re
from collections.abc import Sequence
from functools import lru_cache

from newsreader.patterns import pattern

_WORDS = pattern(r"[^\W_]+(?:['’ʼ.,:-][^\W_]+)*", re.UNICODE)
_UNSPACED = pattern("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ua4cf]")


@lru_cache(maxsize=256)
def word_bounds(text: str) -> Sequence[tuple[int, int]]:
    """Return where each word begins and ends; in scripts without spaces every letter is one."""
    found: list[tuple[int, int]] = []
    for word in _WORDS.finditer(text):
        if _UNSPACED.search(word[0]):
            found += [(position, position + 1) for position in range(word.start(), word.end())]
        else:
            found.append(word.span())
    return tuple(found)
