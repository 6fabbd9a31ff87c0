"""Pages survive the store's form whole."""

import json
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from newsreader.jsonform import block_from_json, block_to_json, page_from_json, page_to_json, problem_for_people
from newsreader.models import (
    Article,
    Block,
    Cell,
    Comments,
    FeedLink,
    Figure,
    Heading,
    Headline,
    HeadlineList,
    ListBlock,
    ListKind,
    Page,
    Paragraph,
    Preformatted,
    Problem,
    Quote,
    Span,
    Table,
)

TEXT = st.text(max_size=20)
SPAN = st.builds(Span, TEXT, st.booleans(), st.booleans(), st.booleans(), st.booleans(), st.none() | TEXT.filter(bool))
SPANS = st.lists(SPAN, max_size=3).map(tuple)
LEAF: st.SearchStrategy[Block] = st.one_of(
    st.builds(Paragraph, SPANS),
    st.builds(Heading, SPANS, st.integers(1, 6)),
    st.builds(Preformatted, TEXT, st.none() | TEXT),
    st.builds(Figure, TEXT, TEXT, SPANS, st.none() | TEXT),
    st.builds(
        Table, st.lists(st.lists(st.builds(Cell, SPANS, st.booleans()), max_size=2).map(tuple), max_size=2).map(tuple)
    ),
)
BLOCK: st.SearchStrategy[Block] = st.recursive(
    LEAF,
    lambda inner: st.one_of(
        st.builds(Quote, st.lists(inner, max_size=2).map(tuple), st.none() | TEXT),
        st.builds(
            ListBlock,
            st.lists(st.lists(inner, max_size=2).map(tuple), max_size=2).map(tuple),
            st.booleans(),
            st.integers(0, 9),
        ),
    ),
    max_leaves=5,
)


@given(BLOCK)
def test_every_block_comes_back_as_it_was(block: Block) -> None:
    assert block_from_json(json.loads(json.dumps(block_to_json(block)))) == block


def test_a_page_comes_back_as_it_was() -> None:
    kyiv = timezone(timedelta(hours=2))
    article = Article(
        url="https://a.example/1",
        title="Title",
        blocks=(Paragraph((Span("Words "), Span("link", href="https://a.example/2"))),),
        lead="Lead",
        authors=("Jane Doe",),
        published=datetime(2026, 11, 22, 14, 2, tzinfo=kyiv),
        updated=datetime.fromisoformat("2026-11-22T15:00"),
        site_name="A",
        language="uk",
        image="https://a.example/i.png",
        translations={"ru": "https://a.example/ru/1"},
        next_url="https://a.example/1?page=2",
    )
    headline = Headline(
        "H",
        "https://a.example/2",
        "S",
        "14:02",
        datetime(2026, 11, 22, 14, 2, tzinfo=UTC),
        1200,
        "https://a.example/h.png",
        "Harbour",
        Comments(12, "https://a.example/2#talk"),
    )
    page = Page(
        url="https://a.example/1",
        title="Title - A",
        site_name="A",
        language="uk",
        article=article,
        headline_lists=(HeadlineList("Latest", ListKind.LATEST, (headline,), "https://a.example/more"),),
        feeds=(FeedLink("https://a.example/rss", "A"),),
        alternatives=("https://a.example/amp",),
        problem=Problem("paywall", "{site} asks for money.", "Pay.", (("site", "A"),)),
    )
    assert page_from_json(json.loads(json.dumps(page_to_json(page)))) == page


def test_a_problem_is_printed_with_its_words_filled_in() -> None:
    problem = Problem("paywall", "{site} asks for money.", "", (("site", "A"),))
    assert problem_for_people(problem) == {"kind": "paywall", "text": "A asks for money.", "hint": ""}


def test_article_text_leaves_out_lead_and_captions() -> None:
    blocks: tuple[Block, ...] = (
        Heading((Span("Head"),), 2),
        Paragraph((Span("One "), Span("two", strong=True))),
        Figure("https://a.example/i.png", "alt", (Span("caption"),)),
        ListBlock(((Paragraph((Span("item"),)),),)),
        Paragraph((Span("日本語の記事"),)),
    )
    article = Article("https://a.example/", "T", blocks, lead="Lead")
    assert article.text == "Head\n\nOne two\n\nitem\n\n日本語の記事"
    assert article.word_count == 1 + 2 + 1 + 2
