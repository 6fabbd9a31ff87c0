"""Words of the web lose what could steer a terminal, and nothing else."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.text import clean, line

ANYTHING = st.text(alphabet=st.characters(codec=None, categories=None), max_size=200)
STEERING = st.text(alphabet="\x1b[]P^_X\\\x07\x9b\x9d\x90\x9c;52c?0mHab \n\r\t\u202e\u0301", max_size=60)


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("plain", "plain"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x9b31mred", "red"),
        ("\x1b]52;c;aGVsbG8=\x07copied", "copied"),
        ("\x1b]8;;http://a\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x9d0;title\x9crest", "rest"),
        ("\x1bPdevice\x1b\\rest", "rest"),
        ("\x1b]no end", "no end"),
        ("a\x1b", "a"),
        ("a\tb", "a    b"),
        ("a\r\nb\rc\u2028d\u0085e", "a\nb\nc\nd\ne"),
        ("soft\u00adhyphen zero\u200bwidth", "softhyphen zerowidth"),
        ("\u202egnp.exe\u202c", "gnp.exe"),
        ("\u2066iso\u2069", "iso"),
        ("\ufefftext\ufffe", "text"),
        ("lone \ud800 half", "lone \ufffd half"),
        ("e" + "\u0301" * 40, "e" + "\u0301" * 4),
        ("👩\u200d👩\u200d👧", "👩\u200d👩\u200d👧"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("[/] [@click=app.quit]x[/]", "[/] [@click=app.quit]x[/]"),
        ("Привет, світе — «так»", "Привет, світе — «так»"),
    ],
)
def test_only_what_steers_or_disguises_is_taken_out(raw: str, kept: str) -> None:
    assert clean(raw) == kept


@given(ANYTHING | STEERING)
def test_nothing_clean_can_steer_a_terminal(raw: str) -> None:
    kept = clean(raw)
    for letter in kept:
        assert letter == "\n" or unicodedata.category(letter) not in ("Cc", "Cs")
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b\u200e\u200f\ufeff\u00ad]", kept)


@given(ANYTHING | STEERING)
def test_cleaning_twice_changes_nothing(raw: str) -> None:
    assert clean(clean(raw)) == clean(raw)


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "Zs"], max_codepoint=0x24F), max_size=100))
def test_plain_words_pass_unchanged(words: str) -> None:
    assert clean(words) == words


@given(ANYTHING, st.integers(min_value=1, max_value=50))
def test_a_line_is_one_line_within_its_limit(raw: str, limit: int) -> None:
    one = line(raw, limit)
    assert "\n" not in one
    assert len(one) <= limit


@pytest.mark.parametrize(
    "trigger",
    ["\x1b", "\x1b[", "\x9b", "\x1b]", "\x9d", "\x90", "\x1b[0", "\x1b[;", "\u0301", "\r", "\u202e", "\x1b ", " "],
)
def test_a_megabyte_of_any_trigger_is_cleaned_in_one_pass(trigger: str) -> None:
    count = 1_000_000 // len(trigger)
    assert len(clean("x" + trigger * count)) <= 1_000_001


def test_white_space_becomes_one_space_and_a_no_break_space_stays() -> None:
    assert line(" 2026\u00a0год,\n  18:18\u00a0 now \u00a0") == "2026\u00a0год, 18:18 now"


def test_a_long_line_is_cut_with_an_ellipsis() -> None:
    assert line("one two three", 8) == "one two…"
