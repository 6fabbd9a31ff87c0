"""Hyphenation: where words may be divided, by the rules of their language."""

from newsreader.typesetting.wrapping import Hyphenator

_known: dict[str, Hyphenator | None] = {}


def is_learnt(language: str) -> bool:
    """Return whether the rules of a language are loaded, or it is known that there are none."""
    return language in _known


def hyphenator_for(language: str) -> Hyphenator | None:
    """Return the hyphenator of a language (a BCP 47 code); None if it has no dictionary.

    The first call for a language reads its dictionary: 10 ms for most, 50 for English, 600 for German and Hungarian.
    It may be made in another thread.
    """
    if language not in _known:
        _known[language] = _read(language)
    return _known[language]


def _read(language: str) -> Hyphenator | None:
    import pyphen

    known = pyphen.language_fallback(language.replace("-", "_"))
    if known is None:
        return None
    positions: Hyphenator = pyphen.Pyphen(lang=known).positions
    return positions
