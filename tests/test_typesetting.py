"""Articles in lines: widths kept, words kept, places kept."""

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style
from wcwidth import iter_graphemes

from newsreader.models import (
    Article,
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
)
from newsreader.text import clean
from newsreader.typesetting.blocks import typeset_block
from newsreader.typesetting.head import date_text, duration_text, reading_minutes, typeset_head
from newsreader.typesetting.layout import Layout, TextPosition
from newsreader.typesetting.lines import Role, Segment, TypesetLine, copied_text
from newsreader.typesetting.styles import STYLES, style_name
from newsreader.typesetting.wrapping import _NARROW, is_right_to_left, squeezed, wrap


def paragraph(text: str) -> Paragraph:
    return Paragraph((Span(text),))


def shown(block: Block, width: int, hyphenate: str | None = None) -> list[str]:
    return [line.text for line in typeset_block(block, width, hyphenate=hyphenate)]


# --- any block at any width ---

LETTERS = st.one_of(
    st.sampled_from("abcxyz  -—,.абвжщїґ \u00a0\n"),
    st.sampled_from(["日", "本", "、", "。", "「", "」", "ก", "ำ", "เ", "่", "न", "्", "त", "े", "ه", "م", "ש", "한"]),
    st.sampled_from(
        ["e\u0301", "👨‍👩‍👧‍👦", "👍🏽", "🇺🇦", "❤\ufe0f", "1\ufe0f\u20e3", "\u200d", "\ufe0f", "\u200c", "\u3000"]
    ),
    st.characters(),
)
WORDS = st.lists(LETTERS, max_size=60).map("".join)
SPANS = st.lists(
    st.builds(
        Span, WORDS, st.booleans(), st.booleans(), st.booleans(), href=st.sampled_from([None, "https://a.example/"])
    ),
    max_size=4,
).map(tuple)
CELLS = st.builds(Cell, SPANS, st.booleans())
LEAVES: st.SearchStrategy[Block] = st.one_of(
    st.builds(Paragraph, SPANS),
    st.builds(Heading, SPANS, st.integers(1, 6)),
    st.builds(Preformatted, WORDS),
    st.builds(Figure, st.just("https://a.example/p.png"), WORDS, SPANS, st.none() | WORDS),
    st.builds(Table, st.lists(st.lists(CELLS, max_size=5).map(tuple), max_size=4).map(tuple), st.none() | WORDS),
)


def _containers(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    blocks = st.lists(inner, max_size=3).map(tuple)
    return st.one_of(
        st.builds(Quote, blocks, st.none() | WORDS),
        st.builds(ListBlock, st.lists(blocks, max_size=3).map(tuple), st.booleans(), st.integers(-5, 10**12)),
    )


BLOCKS = st.recursive(LEAVES, _containers, max_leaves=6)
WIDTHS = st.integers(10, 90)


@given(BLOCKS, WIDTHS)
def test_no_line_is_wider_than_asked_for(block: Block, width: int) -> None:
    for line in typeset_block(block, width):
        assert line.width <= width
        assert cell_len(line.text) <= width


@given(BLOCKS, WIDTHS)
def test_no_segment_is_empty_or_holds_what_could_steer_a_terminal(block: Block, width: int) -> None:
    for line in typeset_block(block, width):
        for segment in line.segments:
            assert segment.text
            assert clean(segment.text) == segment.text
            assert not any(unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") for letter in segment.text)


@given(SPANS, WIDTHS, st.sampled_from([None, "en", "ru"]))
def test_the_lines_hold_the_words_of_the_block_and_no_others(
    spans: tuple[Span, ...], width: int, hyphenate: str | None
) -> None:
    lines = typeset_block(Paragraph(spans), width, hyphenate=hyphenate)
    signs = "".join("".join(clean(span.text) for span in spans).split())
    assert _without_joiners("".join(copied_text(lines).split())) == _without_joiners(signs)


def _without_joiners(text: str) -> str:
    return text.replace("\u200d", "")


@given(BLOCKS, st.integers(-3, 9))
def test_a_width_too_small_is_taken_as_ten(block: Block, width: int) -> None:
    assert typeset_block(block, width) == typeset_block(block, 10)


@given(WORDS, st.integers(6, 40))
def test_no_line_ends_inside_a_grapheme(text: str, width: int) -> None:
    text = clean(text)
    starts = {0}
    for grapheme in iter_graphemes(text):
        starts.add(max(starts) + len(grapheme))
    for line in wrap(text, width):
        assert {line.start, line.end} <= starts | {line.next_start} or cell_len(text[line.start : line.end]) <= width


def test_characters_taken_as_narrow_are_one_cell_each() -> None:
    narrow = [chr(code) for code in range(0x110000) if _NARROW.fullmatch(chr(code)) and code != 10]
    assert len(narrow) > 800
    assert {cell_len(letter) for letter in narrow} == {1}
    assert not any(unicodedata.combining(letter) for letter in narrow)


# --- breaks ---


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("one two three", 7, ["one two", "three"]),
        ("one two three", 8, ["one two", "three"]),
        ("a\nb", 10, ["a", "b"]),
        ("a  \n\n\n  b", 10, ["a", "", "b"]),
        ("ten\u00a0thousand men", 12, ["ten\u00a0thousand", "men"]),
        ("some ten\u00a0thousand", 14, ["some", "ten\u00a0thousand"]),
        ("ten\u00a0thousand", 10, ["ten", "thousand"]),
        ("a well-known port", 10, ["a well-", "known port"]),
        ("an e-mail address", 10, ["an e-mail", "address"]),
        ("in 2024-2025 only", 10, ["in", "2024-2025", "only"]),
        ("see abcdefghijklmnop", 10, ["see", "abcdefghij", "klmnop"]),
        ("https://a.example/path/to", 20, ["https://a.example/", "path/to"]),
        ("https://a.example/path", 10, ["https://a.", "example/", "path"]),
        ("Порт — ворота города", 12, ["Порт —", "ворота", "города"]),
        ("Путь — это", 10, ["Путь — это"]),
        ("работы в порту", 9, ["работы", "в порту"]),
        ("日本語の文章。", 12, ["日本語の文", "章。"]),
        ("彼は「本」を", 6, ["彼は", "「本」", "を"]),
        ("日本語 text 日本", 10, ["日本語", "text 日本"]),
        (
            "👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦",
            10,
            ["👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦", "👨‍👩‍👧‍👦"],
        ),
        ("กำลังเดินทาง", 5, ["กำลัง", "เดินทา", "ง"]),
        ("한국어 문장은 낱말로", 10, ["한국어", "문장은", "낱말로"]),
    ],
)
def test_lines_break_where_readers_expect_it(text: str, width: int, lines: list[str]) -> None:
    text = squeezed(text)
    assert [text[line.start : line.end] for line in wrap(text, width)] == lines


def test_a_hyphenator_divides_words_where_much_would_stay_empty() -> None:
    text = "Обследование достопримечательностей"
    assert shown(paragraph(text), 20, "ru") == ["Обследование досто-", "примечательностей"]
    assert shown(paragraph(text), 20) == ["Обследование", "достопримечательност", "ей"]
    assert copied_text(typeset_block(paragraph(text), 20, hyphenate="ru")) == text


def test_no_more_than_two_lines_in_a_row_end_with_a_hyphen() -> None:
    lines = typeset_block(paragraph("достопримечательностей " * 30), 30, hyphenate="ru")
    ends = "".join("-" if line.segments[-1].role is Role.BREAK else "." for line in lines)
    assert "--" in ends
    assert "---" not in ends


@pytest.mark.parametrize("language", ["xx", "zh-Hans", "../etc/passwd", "ru-RU", "uk", "de-AT", "en-GB"])
def test_any_language_code_may_be_asked_to_hyphenate(language: str) -> None:
    assert "".join(shown(paragraph("words"), 20, language)) == "words"


# --- looks ---


def test_spans_become_segments_in_their_looks() -> None:
    block = Paragraph(
        (Span("a "), Span("b", strong=True), Span(" "), Span("c", href="https://a.example/"), Span("d", code=True))
    )
    (line,) = typeset_block(block, 20)
    assert line.segments == (
        Segment("a ", Role.BODY),
        Segment("b", Role.BODY, strong=True),
        Segment(" ", Role.BODY),
        Segment("c", Role.LINK, href="https://a.example/"),
        Segment("d", Role.CODE),
    )


def test_a_link_that_does_not_lead_to_the_web_is_words() -> None:
    for href in ("javascript:alert(1)", "file:///etc/passwd", "https://a.example/\x1b]8;;", "//a.example"):
        (line,) = typeset_block(Paragraph((Span("a", href=href),)), 20)
        assert line.segments == (Segment("a", Role.BODY),)


def test_figures_written_above_the_line_are_shown_so() -> None:
    spans = (Span("10"), Span("6", superscript=True), Span(" the 1"), Span("st", superscript=True))
    assert shown(Paragraph(spans), 20) == ["10⁶ the 1st"]


def test_a_quote_has_a_bar_at_every_line_and_its_source_below() -> None:
    block = Quote((paragraph("one two three"), paragraph("four")), "A Speaker")
    assert shown(block, 13) == ["┃ one two", "┃ three", "┃ ", "┃ four", "┃ — A Speaker"]
    lines = typeset_block(block, 13)
    assert [line.segments[0].role for line in lines] == [Role.QUOTE_BAR] * 5
    assert [line.segments[1].role for line in lines if len(line.segments) > 1] == [Role.QUOTE] * 3 + [Role.QUOTE_SOURCE]


def test_list_markers_hang_and_numbers_are_flush_right() -> None:
    block = ListBlock(((paragraph("one two three"),), (paragraph("four"),)), ordered=True, start=9)
    assert shown(block, 12) == [" 9. one two", "    three", "10. four"]
    assert shown(replace(block, ordered=False), 12) == ["• one two", "  three", "• four"]


def test_nested_lists_are_indented_under_their_item() -> None:
    inner = ListBlock(((paragraph("b"),), (ListBlock(((paragraph("c"),),)),)))
    assert shown(ListBlock(((paragraph("a"), inner),)), 20) == ["• a", "  ◦ b", "  ◦ ▪ c"]


def test_items_of_several_blocks_have_space_between_them() -> None:
    block = ListBlock(((paragraph("a"), paragraph("b")), (paragraph("c"),)))
    assert shown(block, 20) == ["• a", "", "  b", "", "• c"]


def test_code_is_kept_and_continues_after_a_mark() -> None:
    lines = typeset_block(Preformatted("if a:\n\treturn  12345678\n\nend"), 14)
    assert [line.text for line in lines] == ["if a:", "    return  12", "↪ 345678", "", "end"]
    assert copied_text(lines) == "if a:\n    return  12345678\n\nend"


def test_a_picture_is_a_quiet_line_and_its_mark_leads_to_it() -> None:
    block = Figure("https://a.example/p.png", "alt", (Span("A dredger at work"),), "Jane Doe")
    lines = typeset_block(block, 24)
    assert [line.text for line in lines] == ["▒ A dredger at work —", "  Jane Doe"]
    assert lines[0].segments[0] == Segment("▒ ", Role.MARKER, href="https://a.example/p.png")
    assert shown(Figure("https://a.example/p.png", "A dredger"), 24) == ["▒ A dredger"]
    assert shown(Figure("https://a.example/p.png"), 24) == ["▒ Picture"]


def test_an_embedded_post_is_a_marked_link() -> None:
    block = Paragraph((Span("A video", href="https://v.example/1"),), embedded=True)
    (line,) = typeset_block(block, 24)
    assert line.text == "▸ A video"
    assert [segment.href for segment in line.segments] == ["https://v.example/1"] * 2


def test_headings_are_set_in_lines_of_even_length() -> None:
    heading = Heading((Span("Harbour dredging is delayed to March"),), 2)
    assert shown(heading, 32) == ["Harbour dredging is", "delayed to March"]


def test_words_from_the_right_are_at_the_right() -> None:
    arabic = "هذا نص عربي طويل يكفي"
    lines = typeset_block(paragraph(arabic), 14)
    assert [line.width for line in lines] == [14] * len(lines)
    assert lines[-1].segments[0].role is Role.INDENT
    assert copied_text(lines) == arabic
    assert all(
        line.segments[-1] == Segment(" ┃", Role.QUOTE_BAR) for line in typeset_block(Quote((paragraph(arabic),)), 14)
    )
    assert not is_right_to_left("1. — abc هذا")


# --- tables ---


def row(*texts: str, header: bool = False) -> tuple[Cell, ...]:
    return tuple(Cell((Span(text),) if text else (), header) for text in texts)


TABLE = Table(
    (row("Year", "Sand", "Contractor", header=True), row("2024", "1 200", "Northern Works"), row("2025", "14 000", ""))
)


def test_a_table_that_fits_has_columns_as_wide_as_their_words() -> None:
    assert shown(TABLE, 40) == [
        "Year    Sand  Contractor",
        "────────────────────────────",
        "2024   1 200  Northern Works",
        "2025  14 000",
    ]


def test_cells_wrap_where_the_table_is_wider_than_the_width() -> None:
    assert shown(TABLE, 24) == [
        "Year    Sand  Contractor",
        "────────────────────────",
        "2024   1 200  Northern",
        "               Works",
        "2025  14 000",
    ]


def test_a_table_that_finds_no_room_is_stacked() -> None:
    assert shown(TABLE, 20) == [
        "Year: 2024",
        "Sand: 1 200",
        "Contractor: Northern",
        " Works",
        "",
        "Year: 2025",
        "Sand: 14 000",
    ]


def test_a_head_is_on_its_rule_and_empty_numbers_at_the_right() -> None:
    table = Table(
        (
            row("Item", "Planned, crowns", header=True),
            row("Survey of the wreck", "–"),
            row("Dredger", "38 400"),
        )
    )
    assert shown(table, 24) == [
        "                Planned,",
        "Item              crowns",
        "────────────────────────",
        "Survey of the          –",
        " wreck",
        "Dredger           38 400",
    ]


def test_durations_are_numbers_and_are_not_broken() -> None:
    table = Table((row("Route", "Time", header=True), row("North", "4 h 22 min"), row("South", "58 min")))
    assert shown(table, 20)[2:] == ["North  4 h 22 min", "South      58 min"]
    times = ("1 Std. 5 Min.", "2 ч 15 мин", "12 hours 5 minutes", "1,5 h 20 min")
    assert all(shown(Table((row("A", time),) * 2), 40)[0].startswith("A  " + time) for time in times)
    notes = Table((row("Year", "Note", header=True), row("2024", "2 of 5 dredgers came"), row("2025", "None")))
    assert shown(notes, 40)[3] == "2025  None"


WIDE = Table(
    (
        row("港口", *(f"Column {n}" for n in range(8)), header=True),
        row("渡轮码头", *(str(10**n) for n in range(8))),
        row("A span over the columns"),
        row("海", "1"),
    ),
    caption="Depths",
)


def test_the_rows_of_a_wide_table_are_all_as_wide_as_it_is_so_that_they_move_alike() -> None:
    layout = Layout(replace(ARTICLE, blocks=(WIDE,)), 40, wide_tables=True)
    start = layout.line_of_block(0)
    found = layout.table_at(start)
    assert found is not None
    shape, first = found
    assert first == start
    assert (shape.head, shape.head_lines) == (1, 2)
    assert shape.starts[:3] == (0, 10, 20)
    widths = [each.width for each in layout.lines(start, 10)]
    assert widths == [6, shape.width, shape.width, shape.width, 23, shape.width]
    assert shape.width > 40
    assert layout.table_at(start - 1) is None
    assert Layout(replace(ARTICLE, blocks=(WIDE,)), 40).table_at(start) is None  # cells one below another


def test_the_height_of_a_long_table_is_estimated_by_its_rows() -> None:
    long = Table(tuple(row(*(f"{n}.{column}" for column in range(9))) for n in range(400)))
    layout = Layout(replace(ARTICLE, blocks=(long,)), 40, wide_tables=True)
    estimated = layout.height
    assert abs(estimated - layout.complete()) < 20


def test_a_cell_alone_in_its_row_spans_the_columns() -> None:
    table = Table((row("Year", "Sand", header=True), row("Spring and summer"), row("2024", "5")))
    assert shown(table, 30) == ["Year  Sand", "──────────", "Spring and summer", "2024     5"]


# --- what is above ---

ARTICLE = Article(
    "https://www.vesti.example/a",
    "Harbour dredging delayed to March",
    (paragraph("word " * 1200),),
    lead="Second phase waits for a survey",
    authors=("Jane Doe",),
    published=datetime.fromisoformat("2026-11-22T14:02"),
    language="uk",
    translations={"ru": "https://vesti.example/ru"},
)


def head(article: Article, width: int) -> list[str]:
    return [line.text for line in typeset_head(article, width, minutes=6)]


def test_the_head_is_title_lead_one_quiet_line_and_a_rule() -> None:
    assert head(ARTICLE, 72) == [
        "Harbour dredging delayed to March",
        "",
        "Second phase waits for a survey",
        "",
        "Jane Doe · 22 Nov 2026 14:02 · 6 min · vesti.example · uk ru",
        "────────",
    ]


def test_no_word_of_a_lead_is_alone() -> None:
    article = replace(ARTICLE, lead="The second phase waits for divers and archaeologists, and pays")
    assert head(article, 53)[2:4] == ["The second phase waits for divers", "and archaeologists, and pays"]


def test_the_quiet_line_breaks_between_its_items() -> None:
    assert head(ARTICLE, 34)[4:-1] == ["Jane Doe · 22 Nov 2026 14:02", "6 min · vesti.example · uk ru"]


@given(
    st.builds(
        Article,
        st.just("https://a.example/"),
        WORDS,
        st.just(()),
        lead=WORDS,
        authors=st.lists(WORDS, max_size=5).map(tuple),
    ),
    WIDTHS,
)
def test_no_line_of_a_head_is_wider_than_asked_for(article: Article, width: int) -> None:
    for line in typeset_head(article, width):
        assert line.width <= width
        assert all(clean(segment.text) == segment.text and segment.text for segment in line.segments)


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (datetime.fromisoformat("2026-11-22T14:02"), "22 Nov 2026 14:02"),
        (datetime.fromisoformat("2026-03-01"), "1 Mar 2026"),
        (datetime(2026, 11, 22, 23, 30, tzinfo=UTC), "23 Nov 2026 01:30"),
    ],
)
def test_dates_are_shown_in_the_zone_asked_for_and_without_a_time_not_given(moment: datetime, text: str) -> None:
    assert date_text(moment, timezone(timedelta(hours=2))) == text


def test_a_long_time_is_shown_in_hours_and_minutes() -> None:
    assert [duration_text(n) for n in (1, 59, 60, 262, 1445)] == ["1 min", "59 min", "1 h", "4 h 22 min", "24 h 5 min"]


def test_minutes_are_of_characters_where_these_are_words_or_syllables() -> None:
    assert reading_minutes(ARTICLE) == 5
    assert reading_minutes(replace(ARTICLE, blocks=(paragraph("字" * 4200),))) == 10
    after_a_dateline = paragraph("REUTERS, TOKYO, 22 NOVEMBER 2026, BY OUR CORRESPONDENT THERE -- " + "字" * 4200)
    assert reading_minutes(replace(ARTICLE, blocks=(after_a_dateline,))) == 10
    assert reading_minutes(replace(ARTICLE, blocks=(paragraph("ก" * 11500),))) == 10  # an alphabet
    assert reading_minutes(replace(ARTICLE, blocks=())) == 1
    assert reading_minutes(replace(ARTICLE, blocks=ARTICLE.blocks * 500)) == round(500 * 6000 / 1150)


# --- a whole article ---

LONG = Article(
    "https://a.example/",
    "Title",
    tuple(
        block
        for i in range(100)
        for block in (
            Heading((Span(f"Heading {i}"),), 2),
            paragraph(f"{i} " + "some words that go on and on " * 9),
            Quote((paragraph(f"said {i}"), paragraph("and went on " * 5))),
        )
    ),
)


def every_line(layout: Layout) -> Iterator[TypesetLine]:
    number = 0
    while (line := layout.line(number)) is not None:
        yield line
        number += 1


def test_a_layout_holds_the_head_and_the_blocks_with_an_empty_line_between() -> None:
    layout = Layout(LONG, 40)
    expected = [*typeset_head(LONG, 40)]
    for block in LONG.blocks:
        expected += [TypesetLine(), *typeset_block(block, 40)]
    assert list(every_line(layout)) == expected
    assert layout.height == len(expected) == layout.complete()
    assert layout.line(len(expected)) is None
    assert layout.line(-1) is None


def test_a_layout_makes_no_more_lines_than_are_looked_at() -> None:
    layout = Layout(LONG, 40)
    layout.lines(0, 30)
    assert not layout.is_complete
    assert len(layout._lines) == 30
    assert layout.advance(10)
    assert len(layout._lines) == 40


def test_the_height_is_near_from_the_beginning_and_exact_at_the_end() -> None:
    layout = Layout(LONG, 60)
    heights = []
    while layout.advance(50):
        heights.append(layout.height)
    assert all(abs(height - layout.height) < layout.height / 8 for height in heights)
    assert all(abs(a - b) < 30 for a, b in pairwise(heights))


@settings(max_examples=30)
@given(st.integers(0, 900), st.integers(20, 90), st.integers(20, 90))
def test_a_position_holds_at_another_width(number: int, width: int, other: int) -> None:
    layout, resized = Layout(LONG, width), Layout(LONG, other)
    number = min(number, layout.complete() - 1)
    place = layout.position_of(number)
    found = resized.line_of(place)
    assert resized.block_of(found) == layout.block_of(number)
    words = (layout.line(number) or TypesetLine()).words.split()
    below = copied_text(resized.lines(found, 2)).split()
    if words and place.block >= 0:
        assert words[0] in below


def test_a_position_is_found_by_its_words_when_blocks_have_come_before_it() -> None:
    layout = Layout(LONG, 50)
    number = layout.line_of_block(31) + 1
    changed = Layout(replace(LONG, blocks=(paragraph("new"), paragraph("newer"), *LONG.blocks)), 50)
    assert changed.line(changed.line_of(layout.position_of(number))) == layout.line(number)
    assert changed.line_of(TextPosition(5000, "no such words", 0)) == changed.line_of_block(301)


def test_headings_are_found_upwards_and_downwards() -> None:
    layout = Layout(LONG, 50)
    first, second = layout.line_of_block(0), layout.line_of_block(3)
    assert layout.next_heading(0) == first
    assert layout.next_heading(first) == second
    assert layout.previous_heading(second) == first
    assert layout.previous_heading(second + 1) == second
    assert layout.previous_heading(first) is None
    last = layout.line_of_block(297)
    assert layout.next_heading(last) is None
    assert [block for block, _ in layout.headings] == list(range(0, 300, 3))


def test_a_link_over_two_lines_is_one_link() -> None:
    spans = (
        Span("see "),
        Span("a link of some words", href="https://a.example/1"),
        Span(" or "),
        Span("it", href="https://a.example/2"),
    )
    layout = Layout(Article("https://a.example/", "", (Quote((Paragraph(spans),)),)), 14)
    assert [(link.href, link.text) for link in layout.links()] == [
        ("https://a.example/1", "a link of some words"),
        ("https://a.example/2", "it"),
    ]


def test_links_around_a_line_without_words_are_found() -> None:
    spans = (
        Span("-a\n\u3000\u2060"),
        Span("—" + " " * 30 + "a" * 30 + "\xa0\u3000", href="https://berth.example/"),
        Span("a" * 30 + "-a\xad\u2028", href="https://berth.example/"),
        Span("\u3000 \xa0  \xa0 "),
    )
    for width in (4, 8, 12, 20, 40):
        article = Article(url="https://harbour.example/", title="Berths", blocks=(Heading(spans, 2),))
        links = Layout(article, width).links()
        assert {link.href for link in links} == {"https://berth.example/"}


def test_an_article_without_words_is_a_head_alone() -> None:
    layout = Layout(Article("https://a.example/", "", ()), 40)
    assert [line.text for line in every_line(layout)] == ["1 min · a.example", "────────"]
    assert layout.line_of(TextPosition(3, "gone", 5)) in (0, 1)
    assert layout.position_of(0) == TextPosition(-1, "", 0)
    assert layout.percent(1) == 100


def test_every_role_has_a_look_that_rich_understands() -> None:
    assert set(STYLES) == set(Role)
    for role in Role:
        for strong in (False, True):
            Style.parse(style_name(Segment("a", role, strong, not strong, "https://a.example/")))


# --- large and hostile ---


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "a ",
        "- ",
        "a-",
        "— ",
        " ",
        "\n",
        "\u200d",
        "\ufe0f",
        "a\ufe0f",
        "\u0301",
        "я ",
        "字",
        "ก",
        "한",
        "ᄀ",
        "/",
        "\u00a0",
    ],
)
def test_a_hundred_thousand_of_one_character_are_set_without_ado(unit: str) -> None:
    for block in (paragraph(unit * (100_000 // len(unit))), Preformatted(unit * (100_000 // len(unit)))):
        for line in typeset_block(block, 40):
            assert line.width <= 40


def test_blocks_nested_without_end_keep_the_width() -> None:
    block: Block = paragraph("words at the bottom")
    for _ in range(200):
        block = Quote((ListBlock(((block,),)),))
    lines = typeset_block(block, 30)
    assert all(line.width <= 30 for line in lines)
    assert "words" in lines[0].text
