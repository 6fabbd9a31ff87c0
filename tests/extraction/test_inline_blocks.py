"""Inline elements that are drawn as blocks, and words of neighbours that would run into one."""

import pytest

from tests.extraction.dune_post import BODY, TEXT, article_of, lines_of


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
        ("<p><a href='/b/9'>Salt Choir</a><em>Low Water</em> is a song of sand.</p>", "Choir Low Water"),
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
