"""Inline elements that are drawn as blocks, and words of neighbours that would run into one."""

import pytest

from newsreader.extraction.page import parse_page
from newsreader.models import Article, block_texts

URL = "https://www.dune-post.example/2026/11/kites.html"
TITLE = "Kites return to the north dune"
TEXT = (
    "More than sixty kites stood over the north dune on Sunday, the first since the beach was closed for the repair of "
    "the sea wall, and the youngest flier was four.",
    "The club had asked for one day in each month, and the council agreed once the birds that breed behind the fence "
    "had left for the south.",
    "“We had almost forgotten how loud they are,” said the lifeguard, who had to let go of her own kite at noon.",
    "Next month the club means to fly at night, with lamps in the tails, if the wind is not from the east that day.",
)
BODY = tuple(f"<p>{text}</p>" for text in TEXT)


def article_of(inner: str, behind: str = "") -> Article:
    page = f'<html lang="en"><head><title>{TITLE} | Dune Post</title></head><body><main><h1>{TITLE}</h1>{inner}</main>'
    article = parse_page(f"{page}{behind}</body></html>".encode(), URL, "text/html; charset=utf-8").article
    assert article is not None
    return article


def lines_of(article: Article) -> list[str]:
    lines = [" ".join(text.split()) for block in article.blocks for text in block_texts(block)]
    return lines if article.lead is None else [article.lead, *lines]


@pytest.mark.parametrize(
    "form", ['<span style="display: block">{}</span>', '<span class="d-block">{}</span>', '<span class="k7">{}</span>']
)
def test_spans_that_are_drawn_as_blocks_are_paragraphs(form: str) -> None:
    assert lines_of(article_of(f"<div>{''.join(map(form.format, TEXT))}</div>")) == list(TEXT)


@pytest.mark.parametrize(
    ("form", "line"),
    [
        ("<p><span>Ready in 20 minutes</span><span>For four persons</span></p>", "minutes For four"),
        ("<p><b>It rained.</b><i>Then it snowed.</i></p>", "rained. Then"),
        ("<p><span>1</span>Kites are long.</p>", "1 Kites"),
        ("<p>H<sub>2</sub><b>O</b> is in the word <b>Mc</b>Donald</p>", "H2O is in the word McDonald"),
    ],
)
def test_words_of_neighbouring_elements_do_not_run_together(form: str, line: str) -> None:
    assert line in article_of(f"{BODY[0]}{form}{''.join(BODY[1:])}").text


def test_a_line_that_begins_with_a_wide_space_is_a_paragraph() -> None:
    text = "　　北岸沙丘上空的风筝节在停办三年之后重新举行。<br>　　六十多只风筝同时升空。"
    assert lines_of(article_of(f"<div>{text}</div>{''.join(BODY)}"))[:2] == [
        "北岸沙丘上空的风筝节在停办三年之后重新举行。",
        "六十多只风筝同时升空。",
    ]
