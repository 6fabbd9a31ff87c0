"""Highlights and notes are in what is exported: in the words, as the format marks them, and in a reading notebook."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.annotations.anchors import anchor_of
from newsreader.annotations.article_text import ArticleText
from newsreader.annotations.mark_style import MarkStyle
from newsreader.annotations.marked import with_highlights
from newsreader.annotations.placing import place
from newsreader.annotations.web_annotations import annotation_to_json
from newsreader.exporting.edition import Edition
from newsreader.exporting.formats import ExportFormat, exported
from newsreader.exporting.notebook import to_notebook, to_plain_notebook
from newsreader.library_values import Highlight, HighlightColour
from newsreader.models import Article, Heading, ListBlock, Paragraph, Preformatted, Quote, Span, block_texts
from tests.annotations.articles import URL, articles

NOW = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)
ARTICLE = Article(
    URL, "Harbour works",
    (
        Paragraph((Span("The "), Span("second phase", strong=True), Span(" of it begins in "),
                   Span("late March", href="https://vesti.example/march"), Span("."))),
        Heading((Span("What was found"),), 2),
        Quote((Paragraph((Span("Shells, & more <shells>."),)),), "Jane Doe"),
        ListBlock(((Paragraph((Span("One pier"),)),), (Paragraph((Span("Two piers"),)),))),
        Preformatted("depth = 12"),
    ),
)  # fmt: skip


def highlight(words: str, note: str = "", colour: HighlightColour = HighlightColour.YELLOW) -> Highlight:
    text = ArticleText(ARTICLE).text
    start = text.index(words)
    return Highlight("1-2", URL, "Harbour works", anchor_of(text, start, start + len(words)), NOW, NOW, colour, note)


def written(file_format: ExportFormat, *highlights: Highlight) -> str:
    article = with_highlights(ARTICLE, place(ARTICLE, highlights), file_format.row.marks)
    return exported(Edition("Harbour", (article,), NOW, highlights={URL: highlights}), file_format).decode()


def test_markdown_marks_words_and_numbers_notes() -> None:
    text = written(ExportFormat.MARKDOWN, highlight("phase of it", "ask <them>"), highlight("One pier"))
    assert "The **second** <mark>**phase** of it</mark>¹ begins in" in text
    assert "- <mark>One pier</mark>" in text
    assert text.rstrip().endswith("## Notes\n\n¹ ask \\<them\\>")


def test_a_highlight_that_begins_in_a_link_leaves_the_link_whole() -> None:
    text = written(ExportFormat.MARKDOWN, highlight("in late"))
    address = "https://vesti.example/march"
    assert f"begins <mark>in [late]({address})</mark> [March]({address})." in text


def test_html_has_marks_with_their_colours() -> None:
    text = written(ExportFormat.HTML, highlight("Shells, & more", "why?", HighlightColour.GREEN))
    assert '<mark class="green">Shells, &amp; more</mark>¹ &lt;shells&gt;.' in text
    assert "mark.green {" in text
    assert "<p>¹ why?</p>" in text


@pytest.mark.parametrize("file_format", [ExportFormat.TEXT, ExportFormat.GEMTEXT])
def test_text_has_signs_around_the_words(file_format: ExportFormat) -> None:
    text = written(file_format, highlight("second phase", "ask"))
    assert "The ▌second phase▐¹ of it begins" in text
    assert "¹ ask" in text


def test_a_highlight_over_paragraphs_is_marked_in_each() -> None:
    text = written(ExportFormat.TEXT, highlight("March.\n\nWhat was", "ask"))
    assert "late ▌March.▐\n" in text
    assert "▌What was▐¹ found" in text


def test_json_lists_them_as_web_annotations_and_leaves_the_words() -> None:
    value = json.loads(written(ExportFormat.JSON, highlight("second phase", "ask")))
    assert value["blocks"][0]["spans"][1]["text"] == "second phase"
    (annotation,) = value["highlights"]
    assert annotation["target"]["selector"][0]["exact"] == "second phase"
    assert "highlights" not in json.loads(written(ExportFormat.JSON))


def test_an_annotation_is_as_the_recommendation_has_it() -> None:
    value = annotation_to_json(highlight("second phase", "ask", HighlightColour.PINK))
    assert value == {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "urn:uuid:1-2",
        "type": "Annotation",
        "motivation": "commenting",
        "created": "2026-11-22T14:02:00+00:00",
        "modified": "2026-11-22T14:02:00+00:00",
        "body": {"type": "TextualBody", "value": "ask", "format": "text/plain", "purpose": "commenting"},
        "target": {
            "source": URL,
            "title": "Harbour works",
            "styleClass": "pink",
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": "second phase",
                    "prefix": "The ",
                    "suffix": " of it begins in late March.\n\nWh",
                },
                {"type": "TextPositionSelector", "start": 4, "end": 16},
            ],
        },
    }
    assert "body" not in annotation_to_json(highlight("second phase"))


def test_a_notebook_has_articles_quotes_and_notes() -> None:
    other = replace(highlight("One pier"), url="https://vesti.example/market/2", title="# Market *day*")
    text = to_notebook([highlight("March.\n\nWhat", "one\ntwo"), other], NOW)
    assert text.startswith("# Reading notebook\n\n2026-11-22\n\n## [Harbour works](https://vesti.example/harbour/1)\n")
    assert "> March.\n>\n> What\n\none\\\ntwo\n" in text
    assert "## [\\# Market \\*day\\*](https://vesti.example/market/2)" in text


def test_a_plain_notebook_has_marks() -> None:
    text = to_plain_notebook([highlight("second phase", "ask\nthem")])
    assert text == f"Harbour works\n{URL}\n\n  ▌ second phase\n    ask\n    them\n"


@given(articles, st.data())
def test_marks_change_no_word_of_the_article(of: Article, data: st.DataObject) -> None:
    text = ArticleText(of)
    first = data.draw(st.integers(0, len(text.text)))
    last = data.draw(st.integers(first, len(text.text)))
    anchor = anchor_of(text.text, first, last)
    made = Highlight("1", URL, "Harbour", anchor, NOW, NOW)
    found = place(of, [made])
    for marks in MarkStyle:
        marked = with_highlights(of, found, marks)
        signs = str.maketrans("", "", "▌▐\u200d")  # a joiner at the end of a span is not set
        for before, after in zip(of.blocks, marked.blocks, strict=True):
            mine, its = (ArticleText(replace(of, blocks=(each,))).text.translate(signs) for each in (after, before))
            assert "".join(mine.split()) == "".join(its.split())
            assert len(list(block_texts(before))) == len(list(block_texts(after)))
