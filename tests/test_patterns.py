"""A pattern costs nothing until it is used, and is a regular expression from then on."""

import re

import pytest

from newsreader.patterns import pattern


def test_a_pattern_is_not_compiled_until_it_is_used() -> None:
    broken = pattern("(")
    with pytest.raises(re.error):
        broken.match("x")


def test_a_pattern_finds_what_the_compiled_one_finds() -> None:
    words = pattern(r"[a-zа-я]+", re.IGNORECASE)
    assert words.findall("Порт, harbour") == ["Порт", "harbour"]
    assert words.sub("x", "Порт, harbour") == "x, x"
    assert words.fullmatch("два слова") is None
    assert words.pattern == r"[a-zа-я]+"
