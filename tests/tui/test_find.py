"""Finding in the article and filtering the list, by the keys."""

from dataclasses import replace

import pytest
from textual.pilot import Pilot

from newsreader.models import Article, Headline, HeadlineList, ListKind, Page, Paragraph, Span
from newsreader.tui.widgets.article_view import ArticleView
from tests.tui.fake_service import FakeService
from tests.tui.newspaper import SITE, address
from tests.tui.seeing import press, running, screen_lines, seen, settled


def view(pilot: Pilot[int]) -> ArticleView:
    return pilot.app.screen.query_one(ArticleView)


def marked(pilot: Pilot[int]) -> list[str]:
    """Return the words on the screen that are marked as found."""
    shown = view(pilot)
    return [
        segment.text
        for y in range(shown.size.height)
        for segment in shown.render_line(y)
        if segment.style is not None
        and segment.style.bgcolor is not None
        and segment.style.bgcolor.name == shown.drawing.palette.chosen
    ]


async def test_what_is_typed_is_found_as_it_is_typed_and_escape_leads_back(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter", "slash", *"АБЗАЦ")
        assert "1/" in screen_lines(pilot)[-1]
        assert "абзац" in "".join(marked(pilot)).lower()
        before = view(pilot).top
        await press(pilot, *" 9")
        assert view(pilot).top > before
        assert "1/1" in screen_lines(pilot)[-1]
        await press(pilot, "backspace", "backspace", "escape")
        assert view(pilot).top == 0
        assert marked(pilot) == []
        assert "? keys" in screen_lines(pilot)[-1]


async def test_enter_keeps_the_find_and_n_goes_through_the_matches(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter", "slash", *"абзац", "enter")
        count = view(pilot).finding.found[1]
        assert count > 3
        assert f"1/{count}" in screen_lines(pilot)[-1]
        await press(pilot, "n", "n")
        assert f"3/{count}" in screen_lines(pilot)[-1]
        await press(pilot, "N", "т")  # the key of n in a Cyrillic layout
        assert f"3/{count}" in screen_lines(pilot)[-1]
        await press(pilot, "N", "N", "N")
        assert f"{count}/{count}" in screen_lines(pilot)[-1]
        asked, found = list(service.asked), view(pilot).top
        await press(pilot, "escape")
        assert view(pilot).top == found > 0
        await press(pilot, "n")
        assert service.asked != asked  # the next unread article again


async def test_who_reads_on_at_a_match_stays_there(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter", "slash", *"абзац 9", "enter", "k", "k")
        here = view(pilot).top
        assert here > 0
        await press(pilot, "escape")
        assert view(pilot).top == here
        assert not view(pilot).finding.is_active


async def test_what_is_not_there_is_said_to_be_not_there(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter", "slash", *"zzz")
        assert "not found" in screen_lines(pilot)[-1]
        await press(pilot, "enter")
        assert "“zzz” is not in the article." in seen(pilot)
        assert not view(pilot).finding.is_active


async def test_another_article_ends_the_find(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter", "slash", *"абзац", "enter", "J")
        assert not view(pilot).finding.is_active


async def test_a_find_continues_at_another_width(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter", "slash", *"абзац", "enter", "n")
        before = view(pilot).finding.found
        await pilot.resize_terminal(66, 24)
        await settled(pilot)
        assert view(pilot).finding.found == before
        assert f"2/{before[1]}" in screen_lines(pilot)[-1]


async def test_letters_of_keys_are_letters_while_one_types(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter", "slash", *"jsqm")
        assert "jsqm" in screen_lines(pilot)[-1]
        assert address("harbour") not in service.library
        await press(pilot, "escape", "j")
        assert view(pilot).top == 1


async def test_a_very_long_article_is_searched_between_keys() -> None:
    paragraphs = tuple(Paragraph((Span(f"Line {n}. " + "word " * 98),)) for n in range(1000))
    article = Article(SITE, "Long", (*paragraphs, Paragraph((Span("the needle"),))))
    async with running(FakeService({SITE: Page(SITE, "Long", article=article)})) as pilot:
        await press(pilot, "slash", *"needle")
        for _ in range(100):
            if view(pilot).finding.found[1:] == (1, True):
                break
            await pilot.pause()
        assert view(pilot).finding.found == (1, 1, True)
        await settled(pilot)
        assert "the needle" in seen(pilot)
        await press(pilot, "escape")
        assert view(pilot).top == 0


async def test_the_list_is_filtered_as_one_types_and_escape_shows_all(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "j", "slash", *"МАРТА гав")
        assert "Углубление гавани" in seen(pilot)
        assert "13:40" not in seen(pilot)
        assert "1/15" in screen_lines(pilot)[-1]
        await press(pilot, "enter")
        assert "1 of 15 with “МАРТА гав”" in screen_lines(pilot)[0]
        await press(pilot, "enter")
        assert "Ирина Ковальчук" in seen(pilot)
        assert "1 of 15 with" in screen_lines(pilot)[0]
        await press(pilot, "h", "escape")
        assert "13:40" in seen(pilot)
        assert "with “" not in screen_lines(pilot)[0]


async def test_escape_while_filtering_returns_to_the_row(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "j", "slash", *"zzz")
        assert "No headline matches." in seen(pilot)
        await press(pilot, "escape")
        assert any(line.startswith("▌13:40") for line in screen_lines(pilot))


async def test_marks_and_refreshes_keep_the_filter(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "slash", *"гавани", "enter", "m", "r")
        assert "of 15 with “гавани”" in screen_lines(pilot)[0]
        assert "13:40" not in seen(pilot)
        await press(pilot, "1")
        assert "13:40" in seen(pilot)
        assert replace(service.settings) == service.settings


@pytest.mark.parametrize("size", [(60, 20), (160, 45)])
async def test_finding_works_at_every_width(service: FakeService, size: tuple[int, int]) -> None:
    async with running(service, size=size) as pilot:
        await press(pilot, "enter", "slash", *"абзац", "enter", "n")
        assert "2/" in screen_lines(pilot)[-1]


async def test_capitals_count_where_titles_have_them_so_and_are_offered_again(service: FakeService) -> None:
    titles = ("He said so", "What AI paints", "Ai, a sloth", "Again")
    headlines = tuple(Headline(title, f"{SITE}{number}") for number, title in enumerate(titles))
    service.web[SITE] = Page(SITE, "Вести", headline_lists=(HeadlineList("Новости", ListKind.LATEST, headlines),))
    async with running(service) as pilot:
        await press(pilot, "slash", *"AI")
        assert "1/4" in screen_lines(pilot)[-1]
        assert "What AI paints" in seen(pilot)
        await press(pilot, "backspace", "backspace", *"SAID")
        assert "He said so" in seen(pilot)


async def test_what_is_offered_again_is_written_as_it_was_typed(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter", "slash", *"АБЗАЦ", "enter")
        await press(pilot, "slash")
        assert "АБЗАЦ" in screen_lines(pilot)[-1]
