"""Words are compared as readers think of them, in any script."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newsreader.words import are_forms, language_of, likely_languages, may_be_of, sought_words, tokens, tokens_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Harbour-side café, DON'T!", ["harbour", "side", "cafe", "don", "t"]),
        ("П'ять ёлок, П’ять; мій йод", ["пять", "елок", "пять", "мій", "йод"]),
        ("и\u0306од", ["йод"]),
        ("हिन्दी समाचार", ["हिन्दी", "समाचार"]),
        ("東京都の雨", ["東京", "京都", "都の", "の雨", "雨"]),
        ("2026年度", ["2026", "年度", "度"]),
        ("ไทย", ["ไท", "ทย", "ย"]),
        ("_under_ & — !", ["under"]),
        ("x" * 100, ["x" * 40]),
    ],
)
def test_a_text_is_words(text: str, words: list[str]) -> None:
    assert list(tokens(text)) == words


@pytest.mark.parametrize(
    ("typed", "words", "open_ended"),
    [
        ("Harbour", ("harbour",), False),
        ("東京", ("東京",), False),
        ("東京都", ("東京", "京都"), False),
        ("雨", ("雨",), True),
        ("2026年", ("2026", "年"), True),
        ("—", (), False),
    ],
)
def test_what_is_sought_is_found_in_pairs_of_letters(typed: str, words: tuple[str, ...], open_ended: bool) -> None:
    assert sought_words(typed) == (words, open_ended)


@pytest.mark.parametrize(
    ("word", "other", "language", "expected"),
    [
        ("гавань", "гаванью", "ru", True),
        ("министр", "министрами", "ru", True),
        ("гавань", "гайка", "ru", False),
        ("ferry", "ferries", "en", True),
        ("hauser", "haus", "de", True),
        ("гавань", "гаванню", "uk", True),
        ("уряд", "урядом", "uk", False),  # too short to compare by its beginning
        ("правда", "правила", "uk", False),
        ("東京", "東都", "ja", False),
    ],
)
def test_forms_of_a_word_are_known_in_their_language(word: str, other: str, language: str, expected: bool) -> None:
    assert are_forms(word, other, language) is expected


@pytest.mark.parametrize(
    ("title", "language", "may_be"),
    [
        ("Harbour", "en", True),
        ("Harbour", "uk", False),
        ("Гавань", "uk", True),
        ("Гавань", "ru", True),
        ("Її гавань", "ru", False),
        ("Быть", "uk", False),
        ("Гавань", "en", False),
        ("2026", "uk", True),
        ("港", "ja", True),
        ("NATO и порт", "ru", True),
    ],
)
def test_letters_speak_against_languages_that_do_not_have_them(title: str, language: str, may_be: bool) -> None:
    assert may_be_of(title, language) is may_be


def test_the_language_is_the_declared_one_or_that_of_the_letters() -> None:
    assert language_of("Harbour", "de-AT") == "de"
    assert language_of("Їхні човни", None) == "uk"
    assert language_of("Их лодки", None) == "ru"
    assert language_of("Boats", None) == "en"
    assert language_of("東京", None) is None
    assert "uk" in likely_languages("гавань")
    assert "en" not in likely_languages("гавань")


@given(st.text(max_size=200))
@example("น้ำขึ้น ﾎﾟｰﾄ")  # letters that are several once they are folded, or several that are one
def test_words_are_at_the_positions_returned(text: str) -> None:
    found = list(tokens_of(text))
    assert [word.text for word in found if word.text] == list(tokens(text))
    for word in found:
        assert 0 <= word.start < word.end <= len(text)


@given(st.text())
def test_a_word_holds_nothing_that_means_anything_to_an_index(text: str) -> None:
    for word in tokens(text):
        assert not set(word) & set(" \"*():^-+{}'\n\0")
