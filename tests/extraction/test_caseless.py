"""Patterns that ignore case find what those of `re` that ignore it find."""

import re

import pytest

from newsreader.extraction import blocker_phrases, caseless, phrases
from newsreader.extraction.caseless import Caseless
from newsreader.extraction.headlines import words
from newsreader.extraction.metadata import names

SOURCES = [
    r"\bnews\b|\bmeist\b|\w+ gelesen\b",
    r"read (?:more|next)|^\W*(?:tıkla|haber)|[а-яё]{3} новост\S",
    r"\bποιος\b|σχόλι|(?<!\w)küçük(?!\w)",
]
TEXTS = [
    "The NEWS of today",
    "newsroom",
    "Am Meist GELESEN",
    "READ Next",
    "TIKLA İSTANBUL",
    "Tıklayın, Haberler",
    "ВСЕ НОВОСТИ!",
    "Ποιος ΠΟΙΟΣ ΣΧΌΛΙΑ",
    "KÜÇÜK, Küçük",
    "\u017ftra\u00dfe NEW\u017f",
    "",
]


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("text", TEXTS)
def test_the_same_is_found_where_case_is_ignored_by_the_pattern(source: str, text: str) -> None:
    quick, plain = Caseless(source), re.compile(source, re.IGNORECASE)
    for name in ("search", "match", "fullmatch"):
        found, expected = getattr(quick, name)(text), getattr(plain, name)(text)
        assert (found and found.span()) == (expected and expected.span())
    assert len(quick.findall(text)) == len(plain.findall(text))


def test_letters_keep_their_places() -> None:
    assert len(caseless.lowered("İstanbul'da Σίσυφος ẞ")) == len("İstanbul'da Σίσυφος ẞ")


@pytest.mark.parametrize("module", [phrases, blocker_phrases, words, names])
def test_what_is_looked_for_first_is_in_all_that_a_pattern_finds(module: object) -> None:
    """Nothing but borders of words is left out of what is looked for first."""
    patterns = [each for each in vars(module).values() if isinstance(each, Caseless)]
    assert patterns
    for each in patterns:
        first, *rest = (pattern.pattern for pattern in each.patterns)
        assert all(first == pattern.replace(r"\b", "") for pattern in rest)


@pytest.mark.parametrize("length", [1, 2, 3, 20, 49, 50, 51, 200])
@pytest.mark.parametrize("word", ["tide", "tides", "no", "прилив", "潮"])
def test_words_are_found_at_every_place_of_short_and_long_texts(word: str, length: int) -> None:
    pattern = Caseless("tides?|no|прилив|潮汐?")
    for place in range(length):
        found = pattern.search("." * place + word.upper() + "." * (length - place))
        assert found is not None
        assert found.start() == place
    assert pattern.search("t-i-d-e " * length) is None
