"""The kinds of blocks that an article is made of."""

import pytest

from newsreader.models import (
    Block,
    Cell,
    Figure,
    Heading,
    ListBlock,
    Paragraph,
    Preformatted,
    Quote,
    Span,
    Table,
    plain,
)
from tests.extraction.test_article import BODY, TITLE, article_in, page_of, paragraphs


def blocks_with(inner: str) -> tuple[Block, ...]:
    """Return the blocks that the markup gives between the paragraphs of an article."""
    html = f"<article><h1>{TITLE}</h1><div>{paragraphs(BODY[:2])}{inner}{paragraphs(BODY[2:])}</div></article>"
    blocks = article_in(page_of(html)).blocks
    assert [plain(b.spans) for b in (*blocks[:2], *blocks[-2:]) if isinstance(b, Paragraph)] == list(BODY)
    return blocks[2:-2]


def words(text: str) -> tuple[Span, ...]:
    return (Span(text),)


def test_inline_styles_and_links_are_kept() -> None:
    inner = (
        "<p>The <b>old</b> ship, <em>the <a href='../ship.html?utm_source=x#top'>Tern</a></em>, sank in 10<sup>2</sup> "
        "fathoms, says <code>log</code> of it.</p>"
    )
    [block] = blocks_with(inner)
    assert isinstance(block, Paragraph)
    assert Span("old", strong=True) in block.spans
    assert Span("Tern", emphasis=True, href="https://tide.example/news/2026/ship.html#top") in block.spans
    assert Span("2", superscript=True) in block.spans
    assert Span("log", code=True) in block.spans
    assert plain(block.spans) == "The old ship, the Tern, sank in 102 fathoms, says log of it."


def test_headings_keep_their_level() -> None:
    assert blocks_with("<h3>What the divers saw</h3>") == (Heading(words("What the divers saw"), 3),)


def test_lists_nest_and_are_numbered() -> None:
    inner = "<ol start=3><li>Look at the ship<ul><li>from above</li><li>from below</li></ul></li><li>Leave it</li></ol>"
    inside = ListBlock(((Paragraph(words("from above")),), (Paragraph(words("from below")),)))
    expected = ListBlock(((Paragraph(words("Look at the ship")), inside), (Paragraph(words("Leave it")),)), True, 3)
    assert blocks_with(inner) == (expected,)


def test_a_quote_keeps_its_source_apart() -> None:
    inner = "<blockquote><p>Let the old ship lie where she lies.</p><p>— The harbour master</p></blockquote>"
    assert blocks_with(inner) == (
        Quote((Paragraph(words("Let the old ship lie where she lies.")),), "The harbour master"),
    )


def test_code_keeps_its_lines() -> None:
    inner = "<pre><code class='language-python'>if tide:\n    wait()\n</code></pre>"
    assert blocks_with(inner) == (Preformatted("if tide:\n    wait()", "python"),)


def test_a_data_table_keeps_its_cells_and_says_which_are_heads() -> None:
    rows = ("<th>Year</th><th>Catch</th>", "<td>2025</td><td>120</td>", "<td>2026</td><td>90</td>")
    inner = f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"
    assert blocks_with(inner) == (
        Table(
            (
                (Cell(words("Year"), True), Cell(words("Catch"), True)),
                (Cell(words("2025")), Cell(words("120"))),
                (Cell(words("2026")), Cell(words("90"))),
            )
        ),
    )


def test_a_layout_table_is_unfolded_into_text() -> None:
    html = f"<table><tr><td>{paragraphs(BODY[:2])}</td></tr><tr><td>{paragraphs(BODY[2:])}</td></tr></table>"
    blocks = article_in(page_of(f"<h1>{TITLE}</h1>{html}")).blocks
    assert [plain(b.spans) for b in blocks if isinstance(b, Paragraph)] == list(BODY)
    assert len(blocks) == len(BODY)


def test_a_figure_has_its_largest_picture_its_caption_and_its_credit() -> None:
    sources = "/a-400.jpg 400w, /a-1600.jpg 1600w, /a-9000.jpg 9000w"
    picture = f"<img src='small.gif' data-src='/a-400.jpg' srcset='{sources}' alt='A dredger'>"
    caption = "<figcaption>A dredger at work. <span class='credit'>Ann Doe</span></figcaption>"
    inner = f"<figure>{picture}{caption}</figure>"
    assert blocks_with(inner) == (
        Figure("https://tide.example/a-1600.jpg", "A dredger", words("A dredger at work."), "Ann Doe"),
    )


def test_a_lazy_picture_is_found_and_a_spacer_is_none() -> None:
    inner = "<p><img src='data:image/gif;base64,R0' data-src='/b.jpg'></p><p><img src='/dot.gif' width=1 height=1></p>"
    assert blocks_with(inner) == (Figure("https://tide.example/b.jpg"),)


@pytest.mark.parametrize(
    "frame",
    [
        "<iframe src='https://videos.example/embed/abc' title='The old ship'></iframe>",
        "<iframe src='https://videos.example/abc' title='The old ship' allowfullscreen width=640></iframe>",
    ],
)
def test_a_player_of_any_site_becomes_a_link_that_is_none_of_the_words(frame: str) -> None:
    [block] = blocks_with(frame)
    assert isinstance(block, Paragraph)
    assert block.embedded
    assert block.spans[0].href is not None
    assert block.spans[0].href.startswith("https://videos.example/")
    assert "The old ship" in block.spans[0].text


@pytest.mark.parametrize(
    "frame",
    [
        "<iframe src='https://counter.example/pixel' width=1 height=1 allowfullscreen></iframe>",
        "<iframe src='https://adverts.example/slot' title='Advertisement'></iframe>",
    ],
)
def test_a_frame_that_plays_nothing_is_no_block(frame: str) -> None:
    assert blocks_with(frame) == ()


def test_control_characters_never_reach_a_block() -> None:
    [block] = blocks_with("<p>The ship &#27;]52;c;aGk=&#7; lay there\u202e for a hundred years&#155;31m or more.</p>")
    assert isinstance(block, Paragraph)
    assert plain(block.spans).isprintable()
