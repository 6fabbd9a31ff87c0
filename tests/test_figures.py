"""The words that sources and documentation use, and the names of their classes."""

from tools import figures


def test_no_source_and_no_document_uses_words_that_were_given_up() -> None:
    assert figures.dialect_words() == {}


def test_a_word_that_was_given_up_is_found_in_names_and_in_sentences() -> None:
    words = figures.dialect_pattern()
    assert [found[0] for found in words.finditer("Tell it: `_told`, heeded, a page lies there, and go on.")] == [
        "Tell", "told", "heeded", "lies", "go on"
    ]  # fmt: skip
    assert words.search("a retold story stands for itself") is None


def test_every_exception_is_still_needed() -> None:
    texts = "".join(path.read_text(encoding="utf-8").lower() for path in figures.pages_and_sources())
    assert [text for text in figures.NOT_DIALECT if text not in texts] == []
