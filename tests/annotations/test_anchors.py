"""Highlighted words are found again in a changed article, or said to be lost; no others are marked instead."""

from hypothesis import given
from hypothesis import strategies as st

from newsreader.annotations.anchors import CONTEXT, AnchorFinder, Found, anchor_of, letters_of
from newsreader.library_values import TextAnchor
from tests.annotations.articles import FIRST, SECOND
from tests.growth import assert_linear

TEXT = f"{FIRST}\n\n{SECOND}"
PHASE = "the second phase of the dredging programme would begin in March"


def anchor(words: str, text: str = TEXT) -> TextAnchor:
    start = text.index(words)
    return anchor_of(text, start, start + len(words))


def found(of: TextAnchor, text: str) -> tuple[str, Found] | None:
    at = AnchorFinder(text).find(of)
    return (text[at.start : at.end], at.how) if at is not None else None


def test_an_anchor_is_the_selectors_of_web_annotations() -> None:
    assert anchor("survey found") == TextAnchor(
        "survey found", TEXT[TEXT.index("survey") - CONTEXT : TEXT.index("survey")],
        " shells near the pier! Nobody was hurt."[:CONTEXT], TEXT.index("survey"), TEXT.index(" shells"),
    )  # fmt: skip
    assert anchor_of("  some words  ", 0, 14).exact == "some words"


@given(st.text(max_size=80), st.integers(0, 80), st.integers(0, 80))
def test_in_the_same_text_every_anchor_is_where_it_was(text: str, one: int, other: int) -> None:
    of = anchor_of(text, min(one, other, len(text)), min(max(one, other), len(text)))
    at = AnchorFinder(text).find(of)
    if of.exact.strip():
        assert at is not None
        assert (at.start, at.end, at.how) == (of.start, of.end, Found.SAME)
    else:
        assert at is None


def test_words_that_have_moved_are_found() -> None:
    assert found(anchor(PHASE), f"A new paragraph stands first.\n\n{TEXT}") == (PHASE, Found.MOVED)
    assert found(anchor(PHASE), f"{SECOND}\n\n{FIRST}") == (PHASE, Found.MOVED)


def test_of_the_same_words_those_with_the_same_neighbours_are_found() -> None:
    text = "A ferry left. The ferry came back. One ferry sank."
    moved = f"Every ferry was new. {text}"
    at = AnchorFinder(moved).find(anchor("ferry", text))
    assert at is not None
    assert moved[at.start - 2 : at.end] == "A ferry"
    third = anchor_of(text, text.rindex("ferry"), text.rindex("ferry") + 5)
    at = AnchorFinder(moved).find(third)
    assert at is not None
    assert moved[at.start - 4 : at.end] == "One ferry"


def test_the_nearest_of_many_same_words_is_found_when_no_neighbour_is_the_same() -> None:
    text = "the x " * 3000
    at = AnchorFinder(text).find(TextAnchor("the", "zzz", "qqq", 12_000, 12_003))
    assert at is not None
    assert at.start == 12_000


def test_other_quotes_dashes_and_spaces_do_not_lose_words() -> None:
    text = "He said: “the storm — a big one — is over”, and left."
    of = anchor("the storm — a big one — is over", text)
    assert found(of, "He said: 'The  storm - a big one - is over', and left.") == (
        "The  storm - a big one - is over", Found.CHANGED
    )  # fmt: skip


def test_words_between_the_same_neighbours_are_found_although_they_were_edited() -> None:
    now = TEXT.replace("dredging programme would begin in March", "dredging works will start in April")
    assert found(anchor("dredging programme would begin in March"), now) == (
        "dredging works will start in April", Found.CHANGED
    )  # fmt: skip


def test_a_sentence_with_a_few_words_changed_is_found_wherever_it_is() -> None:
    now = "Other news came first today.\n\n" + FIRST.replace("Thursday", "Friday").replace("said", "announced")
    at = found(anchor_of(TEXT, 0, len(FIRST)), now)
    assert at is not None
    assert at == (now[now.index("The harbour") :].rstrip("."), Found.CHANGED)


def test_long_words_are_found_by_their_ends() -> None:
    long = " ".join(f"Ship {n} left pier {n * 7} at dawn." for n in range(60))
    of = anchor_of(long, 0, len(long))
    now = "Before. " + long.replace("Ship 30 left", "No ship at all came to").replace("Ship 31", "Boat 31") + " After."
    at = AnchorFinder(now).find(of)
    assert at is not None
    assert now[at.start :].startswith("Ship 0 left")
    assert now[: at.end].endswith("pier 413 at dawn")


def test_what_is_not_there_any_more_is_lost_and_no_other_words_are_marked() -> None:
    assert found(anchor(PHASE), SECOND) is None
    assert found(anchor("pier"), "The ministers agreed on a quota.") is None
    assert found(anchor("The harbour authority said"), "The railway company denied it.") is None
    assert AnchorFinder("words").find(TextAnchor("", "", "", 0, 0)) is None


def test_letters_keep_their_places() -> None:
    letters, places = letters_of("Straße, Ёлка — İ")
    assert len(letters) == len(places)
    assert letters.startswith("stra")
    assert all(0 <= place < len("Straße, Ёлка — İ") for place in places)


def test_the_time_grows_with_the_length_of_the_text() -> None:
    of = anchor("the second phase of the dredging programme would begin in March")
    changed = " ".join(("It said that a second phase in the dredging program would have begun by May.", SECOND))

    def search(size: int) -> None:
        AnchorFinder(f"{SECOND} {changed} " * size).find(of)

    assert_linear(search, 4000)
