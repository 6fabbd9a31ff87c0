"""Keys of the article: letters of links, wide tables, lines set out, the article alone, the clipboard."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.pilot import Pilot

from newsreader.models import Article, Cell, Page, Paragraph, Span, Table
from newsreader.tui.widgets.article_view import ArticleView
from newsreader.tui.widgets.hints import hint_labels
from tests.tui.fake_service import FakeService
from tests.tui.newspaper import address
from tests.tui.seeing import press, running, screen_lines, screen_strips, seen, settled


def put(service: FakeService, *blocks: Paragraph | Table) -> None:
    url = address("harbour")
    service.web[url] = Page(url, "The tide", article=Article(url, "The tide", blocks, language="en"))


def words_of(line: str) -> str:
    return line.partition("│")[2].strip()


# --- letters of links ---------------------------------------------------------------------------


@given(st.integers(0, 2000))
def test_no_label_is_the_beginning_of_another(count: int) -> None:
    labels = hint_labels(count)

    assert len(labels) == len(set(labels)) == count
    beginnings = {label[:n] for label in labels for n in range(1, len(label))}
    assert not beginnings & set(labels)


def test_labels_have_one_letter_as_long_as_there_are_letters() -> None:
    assert {len(label) for label in hint_labels(26)} == {1}
    assert {len(label) for label in hint_labels(27)} == {1, 2}


def many_links(service: FakeService) -> None:
    spans = [Span(f"pier {n} ", href=address(f"pier-{n}")) for n in range(40)]
    put(service, Paragraph(tuple(part for span in spans for part in (span, Span("and ")))))


async def test_forty_links_are_distinguished_by_two_letters(service: FakeService) -> None:
    many_links(service)
    async with running(service) as pilot:
        await press(pilot, "enter", "f")
        label = hint_labels(40)[30]
        assert len(label) == 2
        await press(pilot, label[0])
        shown = "".join(words_of(line) for line in screen_lines(pilot))
        assert "pier 0 and pier 1 and" in shown  # whose letters are others, so that they have their words back
        await press(pilot, label[1])
        assert service.asked[-1] == address("pier-30")


async def test_the_letters_on_links_cover_none_of_their_words(service: FakeService) -> None:
    many_links(service)
    async with running(service) as pilot:
        await press(pilot, "enter")
        before = [words_of(line).split() for line in screen_lines(pilot)]
        await press(pilot, "f")
        after = [words_of(line) for line in screen_lines(pilot)]
        assert after != [" ".join(words) for words in before]
        assert all(word in line for words, line in zip(before[:-1], after, strict=False) for word in words)


async def test_a_letter_that_leads_nowhere_ends_the_hints(service: FakeService) -> None:
    many_links(service)
    async with running(service) as pilot:
        asked = len(service.asked)
        await press(pilot, "enter", "f", "4", "j")
        assert len(service.asked) == asked + 1
        assert "pier 0" in seen(pilot)


# --- wide tables --------------------------------------------------------------------------------


def depths(rows: int, columns: int = 12) -> Table:
    head = ("港口", *(f"Buoy {n}" for n in range(columns)))
    body = [(f"码头 {row}", *(f"depth {row}.{n}" for n in range(columns))) for row in range(rows)]
    return Table(tuple(tuple(Cell((Span(text),), header=row is head) for text in row) for row in [head, *body]))


@pytest.mark.parametrize("width", [60, 100, 160])
async def test_a_wide_table_is_moved_by_columns_and_the_first_one_stays(service: FakeService, width: int) -> None:
    put(service, Paragraph((Span("Before the table."),)), depths(4))
    async with running(service, size=(width, 30)) as pilot:
        await press(pilot, "enter")
        line = next(line for line in screen_lines(pilot) if "depth 1.0" in line)
        assert "depth 1.11" not in line
        assert line.rstrip().endswith("›")
        assert "> table" in screen_lines(pilot)[-1]
        await press(pilot, ">")
        line = next(line for line in screen_lines(pilot) if "depth 1.1" in line)
        first = line.index("‹") + 1
        assert line[first:].startswith("码头 1  depth 1.1")
        assert "Buoy 1" in next(line for line in screen_lines(pilot) if "港口" in line)[first:]
        assert any("Buoy 1 " in line and "Buoy 0" not in line for line in screen_lines(pilot))
        await press(pilot, *[">"] * 12)
        line = next(line for line in screen_lines(pilot) if "depth 1.11" in line)
        assert "码头 1" in line
        assert "›" not in line
        assert "Before the table." in seen(pilot)
        assert "This is the last column." in seen(pilot)
        await press(pilot, *["<"] * 12)
        assert any("depth 1.0" in line for line in screen_lines(pilot))


async def test_a_wide_table_that_is_not_in_view_is_said_to_be_further_down_or_up(service: FakeService) -> None:
    lines = [Paragraph((Span(f"Line {n}."),)) for n in range(20)]
    put(service, *lines, depths(2), *lines)
    async with running(service, size=(60, 16)) as pilot:
        await press(pilot, "enter", ">")
        assert "The wide table is further down." in seen(pilot)
        await press(pilot, "G", ">")
        assert "The wide table is further up." in seen(pilot)


async def test_where_no_table_is_wider_than_the_text_that_is_said(service: FakeService) -> None:
    async with running(service, size=(60, 16)) as pilot:
        await press(pilot, "enter", ">")
        assert "No table is wider than the text." in seen(pilot)


async def test_a_column_that_is_wider_than_the_view_is_seen_to_its_end(service: FakeService) -> None:
    words = " ".join(f"word{n}word{n}word" for n in range(9))
    rows = [("A", words), *(("B" * 15, "C" * 16) for _ in range(2))]
    put(
        service,
        Table(tuple(tuple(Cell((Span(text.replace(" ", "\u00a0")),)) for text in (*row, *row)) for row in rows)),
    )
    async with running(service, size=(40, 30)) as pilot:
        await press(pilot, "enter")
        parts = [seen(pilot)]
        for _ in range(20):
            await press(pilot, ">")
            parts.append(seen(pilot))
        assert all(any(f"word{n}" in part for part in parts) for n in range(9))


async def test_the_heads_of_a_long_table_stay_in_view_and_no_row_is_passed_over(service: FakeService) -> None:
    put(service, Paragraph((Span("Before."),)), depths(60, 3), Paragraph((Span("After."),)))
    rows: list[str] = []
    async with running(service, size=(100, 20)) as pilot:
        await press(pilot, "enter")
        for _ in range(8):
            shown = [words_of(line) for line in screen_lines(pilot)[1:-1]]
            if any(line.startswith("码头") for line in shown[:3]):
                assert shown[0].startswith("港口")
                assert set(shown[1]) == {"─"}
            rows += [line.split("  ")[0] for line in shown if line.startswith("码头")]
            await press(pilot, "pagedown")
        assert "After." in seen(pilot)
        assert list(dict.fromkeys(rows)) == [f"码头 {n}" for n in range(60)]
        rows.clear()
        for _ in range(8):
            rows += [line.split("  ")[0] for line in map(words_of, screen_lines(pilot)) if line.startswith("码头")]
            await press(pilot, "pageup")
        assert set(rows) == {f"码头 {n}" for n in range(60)}


async def test_what_is_found_in_a_wide_table_is_moved_into_view_and_marked_where_it_is(service: FakeService) -> None:
    put(service, depths(4))
    async with running(service) as pilot:
        await press(pilot, "enter", "slash", *"depth 1.11", "enter")
        assert marked(pilot) == ["depth 1.11"]
        await press(pilot, "escape", "slash", *"码头 2", "enter")
        assert marked(pilot) == ["码头 2"]
        assert "depth 1.11" in seen(pilot)
        await press(pilot, "escape", "slash", *"depth 3.1", "enter")
        assert marked(pilot) == ["depth 3.1"]


def marked(pilot: Pilot[int]) -> list[str]:
    return [s.text for strip in screen_strips(pilot) for s in strip if s.style and s.style.reverse and s.text.strip()]


# --- the look -----------------------------------------------------------------------------------


async def test_lines_are_set_out_from_the_palette_and_that_is_remembered(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter")
        before = [words_of(line) for line in screen_lines(pilot)]
        await pilot.app.screen.run_action("do('justify')")
        await settled(pilot)
        after = [words_of(line) for line in screen_lines(pilot)]
        assert [line.split() for line in after[1:-1]] == [line.split() for line in before[1:-1]]
        assert after != before
        assert service.choices["justify"] is True


async def test_a_language_that_takes_long_to_learn_is_not_waited_for(
    service: FakeService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsreader.tui.reading.presenter._LEARNING_S", 0.0)
    monkeypatch.setattr("newsreader.typesetting.hyphenation._known", {})
    async with running(service) as pilot:
        await press(pilot, "enter")
        assert "Управление порта" in seen(pilot)


async def test_nothing_but_the_article_is_seen_when_it_is_alone(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter", "z")
        text = seen(pilot)
        assert "? keys" not in text
        assert "vesti.example   " not in text
        await press(pilot, "+")
        assert "Text width" in screen_lines(pilot)[-1]
        await press(pilot, "escape")
        assert "? keys" in seen(pilot)


async def test_finding_works_in_an_article_that_is_alone(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter", "z", "slash", *"гавани", "enter")
        assert "1/" in screen_lines(pilot)[-1]


# --- the clipboard ------------------------------------------------------------------------------


async def test_what_is_copied_goes_to_the_terminal_and_to_the_desktop(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter", "y")
        assert pilot.app.clipboard == address("harbour")
        assert service.copied == [address("harbour")]
        await press(pilot, "Y")
        assert service.copied[-1].startswith("# Углубление гавани")


async def test_the_title_is_copied_of_the_article_or_of_the_headline_under_the_cursor(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "j", "T")
        in_list = service.copied[-1]
        await press(pilot, "enter", "T")
        assert service.copied[-1] == in_list
        assert in_list.startswith("Министры")
        assert "Title copied: Министры" in seen(pilot)


@pytest.mark.parametrize("is_justified", [False, True])
async def test_selected_words_have_neither_line_breaks_nor_hyphens_of_the_width(
    service: FakeService, is_justified: bool
) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter")
        if is_justified:
            await pilot.app.screen.run_action("do('justify')")
            await settled(pilot)
        assert "оче-" in seen(pilot)
        pilot.app.screen.query_one(ArticleView).text_select_all()
        await settled(pilot)
        copied = pilot.app.screen.get_selected_text() or ""
        assert "что вторая очередь дноуглубительных работ начнётся в марте, на три месяца позже" in copied


async def test_a_link_to_a_picture_opens_in_the_browser(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter", "]", "k", "k", "k", "right")
        pilot.app.screen.parts.articles.follow("https://vesti.example/i/dredger.jpg")  # type: ignore[attr-defined]
        await settled(pilot)
        assert service.browsed == ["https://vesti.example/i/dredger.jpg"]
