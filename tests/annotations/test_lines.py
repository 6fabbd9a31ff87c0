"""A position of the text is on the same words at every width, and every word of a line has its position."""

from hypothesis import given, settings
from hypothesis import strategies as st

from newsreader.annotations.article_text import ArticleText
from newsreader.annotations.ink_lines import InkLines, ink_columns
from newsreader.models import Article, Cell, Figure, ListBlock, Paragraph, Preformatted, Quote, Span, Table
from newsreader.typesetting.layout import Layout
from tests.annotations.articles import FIRST, SECOND, URL, article, articles


@settings(deadline=None)
@given(articles, st.integers(10, 90), st.booleans())
def test_what_is_set_in_lines_is_the_text(of: Article, width: int, justify: bool) -> None:
    text, layout = ArticleText(of), Layout(of, width, justify=justify, wide_tables=True)
    lines = InkLines(text, layout)
    set_letters: dict[int, str] = {}
    for number in range(layout.complete()):
        block, content = layout.block_of(number), layout.line(number)
        if block >= 0 and content is not None:
            seen = "".join(content.text[place] for place in ink_columns(content))
            set_letters[block] = set_letters.get(block, "") + seen
            span = lines.range_of(number)
            if span is not None:
                assert "".join(text.text[span[0] : span[1]].split()) == seen
                assert lines.line_of(span[0]) == number
                assert lines.spans(number, *span) is not None
    for block, (start, end) in enumerate(text.blocks):
        assert set_letters.get(block, "") == "".join(text.text[start:end].split())


def test_words_that_go_over_lines_are_found_on_each_of_them() -> None:
    of = article(FIRST, SECOND)
    text, layout = ArticleText(of), Layout(of, 30)
    lines = InkLines(text, layout)
    start = text.text.index("second phase")
    end = text.text.index("three months") + len("three months")
    seen = []
    for number in range(layout.complete()):
        content, span = layout.line(number), lines.spans(number, start, end)
        if content is not None and span is not None:
            seen.append(content.text[span[0] : span[1]])
    assert " ".join(seen) == text.text[start:end].replace("\n\n", " ")
    assert len(seen) > 3


def test_captions_tables_and_attributions_are_passed_over() -> None:
    of = Article(
        URL, "Harbour",
        (
            Paragraph((Span("Before."),)),
            Figure("https://vesti.example/1.png", caption=(Span("A dredger"),)),
            Table(((Cell((Span("Cod"),)),),)),
            Quote((Paragraph((Span("So be it."),)),), "Jane Doe"),
            ListBlock(((Paragraph((Span("One"),)),), (Paragraph((Span("Two"),)),))),
            Preformatted("a = 1\nb = 2"),
        ),
    )  # fmt: skip
    assert ArticleText(of).text == "Before.\n\nSo be it.\n\nOne\nTwo\n\na = 1\nb = 2"


def test_an_article_without_words_has_no_position() -> None:
    text = ArticleText(Article(URL, "Harbour", ()))
    lines = InkLines(text, Layout(Article(URL, "Harbour", ()), 40))
    assert text.text == ""
    assert lines.range_of(0) is None
    assert lines.position_at(5, 0) is None
    assert text.position_of(0, 0) is None
