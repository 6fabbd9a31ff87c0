"""Articles in plain words, one thing after another, for screen readers."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsreader.exporting.linear import to_linear
from newsreader.i18n import use_language
from newsreader.models import Article, Paragraph, Span
from tests.tui.newspaper import HARBOUR


def drawn(text: str) -> set[str]:
    """Return the signs that draw lines and boxes, and those that only a layout means."""
    return {sign for sign in text if 0x2500 <= ord(sign) <= 0x25FF or sign in "\u00ad\u2022\u2502"}


def test_everything_is_said_in_words_and_nothing_is_drawn() -> None:
    text = to_linear(HARBOUR)
    assert drawn(text) == set()
    for said in (
        "By Ирина Ковальчук",
        "Published: 2026-11-22 14:02",
        "Quotation:",
        "End of the quotation, by начальник порта.",
        "Picture: Землечерпалка у мола, ноябрь — М. Бойко",
        "Heading: Сколько это будет стоить",
        "List of 3 items:",
        "1. обследование дна — до конца января",
        "Table: Работы в гавани",
        "Очередь: первая; Глубина, м: 9,5; Срок: готова.",
    ):
        assert said in text.split("\n"), said


def test_links_are_numbered_where_they_are_and_listed_at_the_end() -> None:
    text = to_linear(HARBOUR)
    assert "восточного мола [1], нашли" in text
    assert text.endswith(
        "2 links:\n\n"
        "[1] восточного мола: https://vesti.example/news/mole.html\n"
        "[2] смета: https://vesti.example/news/estimate.html"
    )


def test_a_link_in_several_pieces_has_one_number() -> None:
    spans = (
        Span("See "),
        Span("the ", href="https://a.example/"),
        Span("map", emphasis=True, href="https://a.example/"),
    )
    text = to_linear(Article("https://b.example/", "Maps", (Paragraph(spans),)))
    assert "See the map [1]" in text
    assert text.count("[1]") == 2


def test_words_are_not_divided_at_any_width() -> None:
    words = to_linear(HARBOUR).split()
    assert to_linear(HARBOUR, 40).split() == words
    assert max(map(len, to_linear(HARBOUR, 40).split("\n"))) <= 40


@pytest.mark.parametrize(("language", "said"), [("uk", "Цитата:"), ("ru", "Цитата:")])
def test_plain_lines_are_in_the_readers_language(language: str, said: str) -> None:
    use_language(language)
    try:
        assert said in to_linear(HARBOUR)
    finally:
        use_language("en")


@settings(deadline=None)
@given(st.text(max_size=80))
def test_no_words_of_a_page_break_it(words: str) -> None:
    text = to_linear(Article("https://b.example/", words, (Paragraph((Span(words, href="https://a.example/"),)),)))
    assert "\u00ad" not in text.partition("\n")[2]
    assert not [sign for sign in text if unicodedata.category(sign) == "Cc" and sign != "\n"]
