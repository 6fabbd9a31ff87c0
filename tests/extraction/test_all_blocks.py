"""Texts that are an article as a whole: every word and picture is there once."""

import pytest

from newsreader.extraction.article.all_blocks import all_blocks
from newsreader.extraction.document import parse_document
from newsreader.models import Figure, Paragraph

TEXT = "<p>The harbour authority said that the second phase would begin in March, and the boats wait.</p>"
LONG = " ".join(["Zu lang."] * 99)
PICTURE = '<img src="https://tide.example/a.jpg" width="640" height="400" alt="">'


def captions_and_paragraphs(markup: str) -> tuple[list[str], list[str]]:
    """Return the captions and the paragraphs other than those around the markup."""
    document = parse_document(f"<html><body>{TEXT}{markup}{TEXT}</body></html>", "https://tide.example/1")
    blocks = all_blocks(document)
    captions = ["".join(span.text for span in each.caption) for each in blocks if isinstance(each, Figure)]
    paragraphs = ["".join(span.text for span in each.spans) for each in blocks[1:-1] if isinstance(each, Paragraph)]
    return captions, paragraphs


@pytest.mark.parametrize(
    ("markup", "caption"),
    [
        (f"<figure>{PICTURE}<figcaption>Човен у порту</figcaption></figure>", "Човен у порту"),
        (f"<figure>{PICTURE}<figcaption><p>Un bateau</p><p>Photo : AFP</p></figcaption></figure>", "Un bateau"),
        (f"<figure>{PICTURE}<figcaption>Лодка <a href='/x'>там</a> (фото: АП)</figcaption></figure>", "Лодка там"),
        (f"<div class='wp-caption'>{PICTURE}<p class='wp-caption-text'>Łódź o świcie</p></div>", "Łódź o świcie"),
    ],
)  # fmt: skip
def test_the_caption_of_a_picture_is_no_paragraph_too(markup: str, caption: str) -> None:
    assert captions_and_paragraphs(markup) == ([caption], [])


@pytest.mark.parametrize(
    ("markup", "captions", "paragraphs"),
    [
        ("<figure><pre>x = 1</pre><figcaption>Listing 3. A loop</figcaption></figure>", [], ["Listing 3. A loop"]),
        (
            f"<figure><figure>{PICTURE}<figcaption>Uno</figcaption></figure><figcaption>La flota</figcaption></figure>",
            ["Uno"],
            ["La flota"],
        ),
        (f"<figure>{PICTURE}<figcaption>{LONG}</figcaption></figure>", [""], [LONG]),
        (
            "<figure><img src='/a.gif' width='1' height='1'><figcaption>Keine Aufnahme</figcaption></figure>",
            [],
            ["Keine Aufnahme"],
        ),
        (f"<p>{PICTURE}</p><p>The ferry leaves at dawn.</p>", [""], ["The ferry leaves at dawn."]),
    ],
)  # fmt: skip
def test_no_words_are_lost(markup: str, captions: list[str], paragraphs: list[str]) -> None:
    assert captions_and_paragraphs(markup) == (captions, paragraphs)
