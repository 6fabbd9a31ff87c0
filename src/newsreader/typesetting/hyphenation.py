"""Where words may be divided, by the rules of their language."""

from functools import cache

from newsreader.typesetting.wrapping import Hyphenator


@cache
def hyphenator_for(language: str) -> Hyphenator | None:
    """Return what divides words of the language (a BCP 47 code); None where no dictionary does.

    The first call for a language reads its dictionary: 10 ms for most, 50 for English, 600 for German and Hungarian.
    """
    import pyphen

    known = pyphen.language_fallback(language.replace("-", "_"))
    if known is None:
        return None
    positions: Hyphenator = pyphen.Pyphen(lang=known).positions
    return positions
