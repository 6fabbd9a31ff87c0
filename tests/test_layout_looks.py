"""Justified lines, code in colours, wide tables, and room for pictures, in an article's layout."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.models import Article, Block, Cell, Figure, ListBlock, Paragraph, Preformatted, Quote, Span, Table
from newsreader.typesetting.blocks import typeset_block
from newsreader.typesetting.finding import Finder
from newsreader.typesetting.layout import Layout, Room, TextPosition
from newsreader.typesetting.lines import Role, TypesetLine, copied_text

WORDS = "The harbour authority said on Thursday that the second phase of the dredging would begin in March"


def article(*blocks: Block) -> Article:
    return Article("https://tide.example/a", "The tide", blocks, language="en")


def paragraph(text: str) -> Paragraph:
    return Paragraph((Span(text),))


def body(layout: Layout) -> list[TypesetLine]:
    layout.complete()
    return list(layout.lines(layout.line_of_block(0), 1000))


# --- justification ------------------------------------------------------------------------------


def test_all_justified_lines_but_the_last_end_at_the_same_column() -> None:
    *full, last = body(Layout(article(paragraph(WORDS)), 40, justify=True))

    assert {line.width for line in full} == {40}
    assert last.width < 40


def test_the_wider_gaps_are_spread_evenly_along_the_line() -> None:
    first = body(Layout(article(paragraph(WORDS)), 40, justify=True))[0]
    gaps = [len(gap) for gap in "".join(" " if c == " " else "x" for c in first.text).split("x") if gap]

    assert max(gaps) - min(gaps) <= 1


def test_justified_words_are_copied_and_found_as_they_are() -> None:
    layout = Layout(article(paragraph(WORDS), Quote((paragraph(WORDS),))), 40, justify=True)

    assert copied_text(body(layout)).split("\n\n")[0] == WORDS
    finder = Finder(layout, "that the second phase of the")
    finder.advance(1000)
    assert len(finder.found) == 2


def test_lists_and_quotes_are_justified_beside_their_marks() -> None:
    blocks = Quote((paragraph(WORDS),)), ListBlock(((paragraph(WORDS),),))
    lines = body(Layout(article(*blocks), 40, justify=True))

    assert {line.width for line in lines if line.soft} == {40}
    assert lines[0].text.startswith("┃ The")


def test_a_line_that_lacks_much_stays_ragged() -> None:
    lines = body(
        Layout(
            article(paragraph("Short words and then " + "x" * 38 + " again and again, for a while")), 40, justify=True
        )
    )

    assert lines[0].text == "Short words and then"


@given(st.text(st.sampled_from("abcde  -\u00a0中א"), max_size=200), st.integers(10, 60))
def test_justifying_changes_only_spaces(text: str, width: int) -> None:
    ragged, justified = (body(Layout(article(paragraph(text)), width, justify=justify)) for justify in (False, True))

    assert [line.text.split() for line in ragged] == [line.text.split() for line in justified]
    assert all(line.width <= width for line in justified)


# --- code ---------------------------------------------------------------------------------------

CODE = "# the tide\ndef rise(level):\n    return 'high' if level > 30 else None\n"


def roles(language: str | None, code: str = CODE, width: int = 60) -> dict[str, Role]:
    return {
        segment.text.strip(): segment.role
        for line in typeset_block(Preformatted(code, language), width)
        for segment in line.segments
    }


def test_code_shows_what_its_language_says_what_is_a_value_and_what_a_comment() -> None:
    found = roles("python")

    assert found["# the tide"] is Role.CODE_QUIET
    assert found["def"] is found["return"] is Role.CODE_WORD
    assert found["'high'"] is found["30"] is Role.CODE_VALUE


@pytest.mark.parametrize("language", [None, "", "klingon", "PYTHON3\x00"])
def test_code_of_an_unknown_language_is_plain(language: str | None) -> None:
    assert set(roles(language).values()) == {Role.INDENT, Role.CODE_PLAIN}


def test_very_long_code_is_plain() -> None:
    assert set(roles("python", CODE * 500).values()) == {Role.INDENT, Role.CODE_PLAIN}
    assert Role.CODE_WORD not in roles("python", "if " + "x" * 600).values()


@pytest.mark.parametrize("width", [10, 23, 60])
@pytest.mark.parametrize("language", ["python", "js", "html", "json", None])
def test_colours_change_no_character_of_the_code(language: str | None, width: int) -> None:
    assert copied_text(typeset_block(Preformatted(CODE, language), width)) == CODE.rstrip("\n")


# --- wide tables --------------------------------------------------------------------------------


def table(columns: int) -> Table:
    head = tuple(Cell((Span(f"Breakwater {n}"),), header=True) for n in range(columns))
    return Table((head, *(tuple(Cell((Span(f"depth {row}.{n}"),)) for n in range(columns)) for row in range(3))))


def test_a_table_that_finds_no_room_is_wider_where_it_can_be_moved() -> None:
    lines = body(Layout(article(table(9)), 40, wide_tables=True))

    assert len(lines) == 5
    assert lines[0].width > 40
    assert "depth 2.8" in lines[-1].text


def test_a_table_that_finds_no_room_is_one_cell_below_another_on_paper() -> None:
    lines = body(Layout(article(table(9)), 40))

    assert all(line.width <= 40 for line in lines)
    assert "Breakwater 8: depth 2.8" in [line.text for line in lines]


def test_a_table_that_finds_room_is_as_wide_as_ever() -> None:
    assert body(Layout(article(table(2)), 40, wide_tables=True)) == body(Layout(article(table(2)), 40))


# --- pictures -----------------------------------------------------------------------------------

BUOY = Figure("https://tide.example/buoy.png", caption=(Span("The green buoy"),))


def test_a_picture_has_its_lines_above_the_caption_and_spare_ones_below() -> None:
    layout = Layout(article(paragraph(WORDS), BUOY, paragraph("After.")), 40, rooms=lambda _: Room(3, 2))
    start = layout.line_of_block(1)
    lines = layout.lines(start, 8)

    assert [line.picture.row for line in lines if line.picture] == [0, 1, 2]
    assert [line.text for line in lines[3:]] == ["The green buoy", "", "", "", "After."]


def test_a_figure_without_room_leaves_no_trace() -> None:
    without = Layout(article(paragraph(WORDS), BUOY, paragraph("After.")), 40, rooms=lambda _: None)

    assert [line.text for line in body(without)] == [
        line.text for line in body(Layout(article(paragraph(WORDS), paragraph("After.")), 40))
    ]
    assert without.line_of(TextPosition(2, "After.")) == without.height - 1


@pytest.mark.parametrize("seen", [0, 8, 1000])
def test_a_figure_that_is_set_again_moves_only_what_is_below_it(seen: int) -> None:
    rooms = {BUOY.url: Room(6)}
    blocks = (paragraph(WORDS), BUOY, paragraph(WORDS), BUOY, paragraph("After."))
    layout = Layout(article(*blocks), 40, rooms=lambda figure: rooms[figure.url])
    layout.advance(seen)
    rooms[BUOY.url] = Room(2)
    more = [layout.renew(1), layout.renew(3)]

    assert set(more) <= {0, -4}
    fresh = Layout(article(*blocks), 40, rooms=lambda figure: rooms[figure.url])
    assert body(layout) == body(fresh)
    assert [layout.line_of_block(n) for n in range(5)] == [fresh.line_of_block(n) for n in range(5)]


def test_figures_are_found_by_their_lines() -> None:
    layout = Layout(article(paragraph(WORDS), BUOY, paragraph(WORDS), BUOY), 40, rooms=lambda _: Room(4))
    first, second = layout.line_of_block(1), layout.line_of_block(3)

    assert [n for n, _ in layout.figures(0, 100)] == [1, 3]
    assert [n for n, _ in layout.figures(first + 4, 2)] == [1]
    assert [n for n, _ in layout.figures(second, 1)] == [3]
    assert layout.figures(0, 3) == []
