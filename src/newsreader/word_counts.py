"""The number of words in a text, also in scripts without spaces."""

from newsreader.patterns import pattern

# Letters of scripts that put no spaces between words: Thai, Lao, Burmese, Khmer, Chinese, Japanese, Yi.
_UNSPACED = pattern(
    "[\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fff\u3005-\u3007\u3021-\u3029\u3031-\ua4cf\uf900-\ufaff"
    "\U00020000-\U0003ffff]"
)
_UNSPACED_PER_WORD = 3


def unspaced_letters(text: str) -> int:
    """Return how many letters of a text are of scripts that put no spaces between words."""
    return 0 if text.isascii() else len(_UNSPACED.findall(text))


def word_count(text: str) -> int:
    """Return how many words a text has: what white space divides, and a third of the letters of unspaced scripts."""
    unspaced = unspaced_letters(text)
    if not unspaced:
        return len(text.split())
    others = sum(any(map(str.isalnum, word)) for word in _UNSPACED.sub(" ", text).split())
    return others + (unspaced + _UNSPACED_PER_WORD - 1) // _UNSPACED_PER_WORD
