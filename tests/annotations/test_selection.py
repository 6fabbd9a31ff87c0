"""Keys select sentences and words of an article, one after another, and make the selection longer and shorter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.annotations.article_text import ArticleText
from newsreader.annotations.selection import TextSelection, Unit
from newsreader.annotations.word_bounds import word_bounds
from newsreader.models import Article
from tests.annotations.articles import FIRST, SECOND, article, articles


@pytest.fixture
def selection() -> TextSelection:
    return TextSelection(ArticleText(article(FIRST, SECOND)), 0)


def moved(selection: TextSelection, keys: str) -> str:
    for key in keys:
        match key:
            case "j" | "k":
                selection.move(Unit.SENTENCE, 1 if key == "j" else -1)
            case "w" | "b":
                selection.move(Unit.WORD, 1 if key == "w" else -1)
            case "v":
                selection.toggle_extending()
            case "o":
                selection.swap()
    return selection.words


@pytest.mark.parametrize(
    ("keys", "selected"),
    [
        ("", FIRST),
        ("j", "It is three months later than planned."),
        ("jj", "A survey found shells near the pier!"),
        ("jjk", "It is three months later than planned."),
        ("k", FIRST),
        ("w", "The"),
        ("ww", "harbour"),
        ("b", "March"),
        ("jwb", "March"),
        ("jww", "is"),
        ("jwwk", "It is three months later than planned."),
        ("jwwj", "A survey found shells near the pier!"),
        ("jvj", "It is three months later than planned. A survey found shells near the pier!"),
        ("jvjk", "It is three months later than planned."),
        ("jjvk", "It is three months later than planned. A survey found shells near the pier!"),
        ("jvb", "It is three months later than"),
        ("jvbb", "It is three months later"),
        ("wwwvww", "authority said on"),
        ("wwwvwwb", "authority said"),
        ("wwwvbb", "The harbour authority"),
        ("wwwvbbw", "harbour authority"),
        ("wwwvwwob", "harbour authority said on"),
        ("jvjv", "A survey found shells near the pier!"),
        ("vj", f"{FIRST}\n\nIt is three months later than planned."),
    ],
)
def test_keys_select(selection: TextSelection, keys: str, selected: str) -> None:
    assert moved(selection, keys) == selected


def test_it_reaches_to_another_page_while_it_is_extended(selection: TextSelection) -> None:
    whole = selection.text.text
    selection.toggle_extending()
    selection.move_to(whole.index(SECOND))
    assert selection.words.startswith(FIRST)
    assert selection.end > whole.index(SECOND)
    selection.move_to(len(whole))
    assert selection.end == len(whole.rstrip())
    selection.move_to(0)
    assert selection.words == FIRST
    selection.toggle_extending()
    selection.move_to(whole.index(SECOND))
    assert SECOND.startswith(selection.words)


def test_it_begins_with_the_sentence_at_a_position() -> None:
    text = ArticleText(article(FIRST, SECOND))
    assert TextSelection(text, text.text.index("three")).words == "It is three months later than planned."
    assert TextSelection(text, len(text.text)).words == "Nobody was hurt."
    assert TextSelection(ArticleText(article()), 0).words == ""


@given(articles, st.text("jkwbvo", max_size=12))
def test_no_keys_select_what_is_not_there(of: Article, keys: str) -> None:
    text = ArticleText(of)
    selection = TextSelection(text, 0)
    moved(selection, keys)
    assert 0 <= selection.start <= selection.end <= len(text.text)
    assert selection.start < selection.end or not any(word_bounds(text.text[slice(*leaf)]) for leaf in text.leaves)


def test_words_are_what_readers_call_so() -> None:
    text = "Don't re-read 3.5 (п'ять) — 東京."
    assert [text[start:end] for start, end in word_bounds(text)] == ["Don't", "re-read", "3.5", "п'ять", "東", "京"]
