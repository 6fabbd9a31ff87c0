"""Finding words in a set article."""

import pytest

from newsreader.models import Article, Figure, ListBlock, Paragraph, Quote, Span
from newsreader.text import cased, folded
from newsreader.typesetting.finding import Finder
from newsreader.typesetting.layout import Layout


def article(*texts: str) -> Article:
    return Article("https://town.example/a", "Title", tuple(Paragraph((Span(text),)) for text in texts))


def finder(found_in: Article, sought: str, width: int = 30) -> Finder:
    finder = Finder(Layout(found_in, width), sought)
    while finder.advance(7):
        pass
    return finder


def marked(finder: Finder) -> list[str]:
    """Return what would be marked, line by line."""
    return [
        content.text[start:end]
        for number in range(finder.layout.complete())
        if (content := finder.layout.line(number)) is not None
        for start, end, _ in finder.spans(number)
    ]


@pytest.mark.parametrize(
    ("text", "sought"),
    [("Ёлка", "елка"), ("CAFÉ", "cafe"), ("Straße", "STRASSE"), ("за́мок", "замок"), ("ﬁn", "fin"), ("a\u00a0b", "a b")],
)
def test_case_accents_and_forms_make_no_difference(text: str, sought: str) -> None:
    assert folded(text) == folded(sought)


@pytest.mark.parametrize(("one", "other"), [("й", "и"), ("ї", "і"), ("ў", "у")])
def test_letters_of_their_own_stay_apart(one: str, other: str) -> None:
    assert folded(one) != folded(other)
    assert folded(one.upper()) == folded(one)


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        ("AI", ["AI", "AI"]),
        ("ai", ["ai", "AI", "ai", "ai", "AI"]),
        ("aI", ["ai", "AI", "ai", "ai", "AI"]),  # nowhere so: the case makes no difference
        ("NATO", ["NATO"]),
        ("Її", ["Її"]),
        ("її", ["Її", "її"]),
        ("CAFE", ["CAFÉ"]),
        ("Strasse", ["Straße"]),
    ],
)
@pytest.mark.parametrize("is_typed_later", [False, True])
def test_capitals_count_where_they_are_found_so(sought: str, found: list[str], is_typed_later: bool) -> None:
    words = article("He said that AI paints.", "NATO, nato. Її сад, її дім. Again AI.", "CAFÉ, Café, Straße")
    looking = finder(words, "x" if is_typed_later else sought, 60)
    if is_typed_later:
        looking.seek(sought)
    assert marked(looking) == found
    looking.seek(sought.lower())
    assert len(looking.found) >= len(found)


@pytest.mark.parametrize("text", ["Straße ŉ İstanbul ﬁn ǅ", "Й ї Ё é ẞ", "ΌΣΟΣ", "a\u00a0b", "𝐀𝐁"])
def test_capitals_are_kept_at_the_positions_that_searches_know(text: str) -> None:
    assert len(cased(text)) == len(folded(text))
    assert folded(cased(text)) == folded(text)


@pytest.mark.parametrize("width", [12, 20, 33, 60])
def test_words_are_found_across_the_breaks_that_the_width_made(width: int) -> None:
    text = "The harbour authority said that the second phase of the harbour authority would begin."
    found = finder(article(text, "No harbour here."), "harbour AUTHORITY", width)
    assert len(found.found) == 2
    words = " ".join(marked(found)).split()
    assert words == ["harbour", "authority"] * 2


def test_marks_are_on_the_words_where_folding_changes_their_length() -> None:
    found = finder(article("Über die Straße zum Café, Cafe\u0301, ﬁn"), "café", 60)
    assert marked(found) == ["Café", "Cafe\u0301"]
    assert marked(finder(article("Die Straße dort"), "strasse")) == ["Straße"]
    assert marked(finder(article("Ёлка и ёж"), "еж")) == ["ёж"]


def test_bars_and_bullets_are_not_in_the_way() -> None:
    quote = Quote((Paragraph((Span("one two three four five six seven eight nine ten"),)),))
    items = ListBlock(((Paragraph((Span("alpha beta gamma delta epsilon zeta"),)),),), ordered=False)
    picture = Figure("https://town.example/p.jpg", caption=(Span("A dredger at work in the harbour"),))
    whole = Article("https://town.example/a", "Title", (quote, items, picture))
    for sought in ("three four five six seven", "beta gamma delta epsilon", "dredger at work in the"):
        assert len(finder(whole, sought, 20).found) == 1


def test_a_number_of_matches_and_the_next_one_from_a_line() -> None:
    found = finder(article(*("sea " * 30 for _ in range(5))), "sea", 40)
    assert len(found.found) == 150
    last_line = found.line_of(149)
    assert found.first_from(0) == 0
    assert found.first_from(last_line) is not None
    assert found.first_from(last_line + 1) is None
    assert found.line_of(0) < last_line


def test_what_is_sought_can_change_at_any_time() -> None:
    found = Finder(Layout(article("sea and land and sea", "sea"), 40), "sea")
    assert found.found == []
    found.advance(100)
    assert len(found.found) == 3
    found.seek("land")
    assert len(found.found) == 1
    found.seek("  ")
    assert found.found == []


def test_a_megabyte_is_looked_through_at_once() -> None:
    found = finder(article("a" * 1_000_000), "aaaaab", 70)
    assert found.found == []
