"""What must be in a text for a pattern to find anything."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.extraction.needed_letters import needed_letters


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        (r"read\s+(?:more|also)|weiter", {"read", "weiter"}),
        (r"\bphotos?\b", {"photo"}),
        (r"(?:this|the) (?:post|story)", {"post", "story"}),
        (r"^\W*(?:photo|image by)", {"photo", "image by"}),
        (r"cookies|cookie", {"cookie"}),
        (r"ab+cd", {"ab"}),
        (r"abc{2}", {"ab"}),
        (r"(?:ab)+cde", {"cde"}),
        (r"(?<=xyz)abc(?!defg)", {"abc"}),
        (r"\.com|\x41bc", {".com", "bc"}),
        ("同|ab", {"同", "ab"}),
    ],
)
def test_one_of_some_strings_is_needed_for_a_pattern(pattern: str, needed: set[str]) -> None:
    assert set(needed_letters(pattern)) == needed


@pytest.mark.parametrize("pattern", [r"\d+", "ab|", "(?:ab)?", "(ab)*", "ab|[cd]", "a", "(?:ab|c)d?", "(?i:ab)"])
def test_nothing_is_needed_for_a_pattern_that_finds_texts_without_letters_in_common(pattern: str) -> None:
    assert needed_letters(pattern) == ()


letters = st.text("abc", min_size=1, max_size=3)
patterns = st.recursive(
    letters | st.sampled_from([r"\s", r"\w", "[ab]", ".", r"\b", "^", r"\."]),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map("".join),
        st.lists(inner, min_size=1, max_size=3).map(lambda found: f"(?:{'|'.join(found)})"),
        st.tuples(letters, st.sampled_from(["?", "*", "+", "{0,2}", "{2}", "+?"])).map("".join),
        st.tuples(inner, st.sampled_from(["?", "*", "{0,1}"])).map(lambda found: f"(?:{found[0]}){found[1]}"),
    ),
    max_leaves=12,
)


@given(patterns, st.text("abc .", max_size=12))
def test_a_text_without_them_holds_nothing_that_a_pattern_finds(pattern: str, text: str) -> None:
    needed = needed_letters(pattern)
    if needed and not any(each in text for each in needed):
        assert re.search(pattern, text) is None
