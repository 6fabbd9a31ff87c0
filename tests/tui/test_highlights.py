"""Words of an article are selected by keys, highlighted in colours and with notes, and found again when it changes."""

import pytest

from newsreader.annotations.anchors import anchor_of
from newsreader.annotations.article_text import ArticleText
from newsreader.library_values import Highlight, HighlightColour
from newsreader.models import Article, Page, Paragraph, Span
from newsreader.settings import ReadingSettings, Settings
from tests.tui.fake_service import FakeService
from tests.tui.newspaper import address
from tests.tui.seeing import press, running, screen_lines, seen, settled

FIRST = "The harbour authority said on Thursday that the second phase would begin in March."
SECOND = "It is three months later than planned. A survey found shells near the pier! Nobody was hurt."
URL = address("harbour")


def article(*texts: str) -> Article:
    return Article(URL, "The tide", tuple(Paragraph((Span(text),)) for text in texts), language="en")


@pytest.fixture
def service(service: FakeService) -> FakeService:
    service.web[URL] = Page(URL, "The tide", article=article(FIRST, SECOND))
    service.settings = Settings(reading=ReadingSettings(mark_read="never"))  # so that `U` undoes nothing else
    return service


def kept(service: FakeService) -> list[tuple[str, str, str]]:
    return [(each.anchor.exact, each.colour.value, each.note) for each in service.highlighted]


def highlight(service: FakeService, words: str, note: str = "", text: str = f"{FIRST}\n\n{SECOND}") -> Highlight:
    start = text.index(words)
    anchor = anchor_of(text, start, start + len(words))
    made = Highlight(str(len(service.highlighted)), URL, "The tide", anchor, service.clock, service.clock, note=note)
    service.highlighted.append(made)
    return made


async def test_a_sentence_is_highlighted(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter", "v", "j", "enter")
        assert kept(service) == [("It is three months later than planned.", "yellow", "")]
        assert "Highlighted" in seen(pilot)
        assert any("▌" in line and "three months" in line for line in screen_lines(pilot))


async def test_a_selection_is_extended_page_by_page(service: FakeService) -> None:
    texts = [f"Sentence {number} of the report is about the tide." for number in range(60)]
    service.web[URL] = Page(URL, "The tide", article=article(*texts))
    async with running(service, size=(100, 20)) as pilot:
        await press(pilot, "enter", "v", "v", "space", "space", "enter")
        ((words, _, _),) = kept(service)
        assert words.startswith("Sentence 0 of")
        assert words.count("Sentence") > 10


async def test_words_are_highlighted_and_undone(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter", "v", "j", "w", "w", "w", "v", "w", "2")
        assert kept(service) == [("three months", "green", "")]
        assert any("║" in line for line in screen_lines(pilot))
        await press(pilot, "U")
        assert kept(service) == []
        assert not any("║" in line for line in screen_lines(pilot))


async def test_characters_are_counted_where_words_have_no_spaces_between_them(service: FakeService) -> None:
    service.web[URL] = Page(
        URL, "The tide", article=article("港口渡轮整夜运行，市议会说。明天停止。", "One two three.")
    )
    async with running(service) as pilot:
        await press(pilot, "enter", "v")
        assert "12 characters" in seen(pilot)
        await press(pilot, "j", "j")
        assert "3 words" in seen(pilot)


async def test_a_selection_over_paragraphs_is_one_highlight(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter", "v", "J", "enter")
        assert kept(service)[0][0] == f"{FIRST}\n\nIt is three months later than planned."


async def test_keys_of_the_article_do_nothing_while_words_are_selected(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter", "v", "s", "m", "A", "T")
        assert service.library == {}
        await press(pilot, "escape", "s")
        assert list(service.library) == [URL]


async def test_escape_and_q_end_the_selection_alone(service: FakeService) -> None:
    async with running(service) as pilot:
        for key in ("escape", "q"):
            await press(pilot, "enter", "v")
            assert "word" in screen_lines(pilot)[-1]
            await press(pilot, key)
            assert "sentence" not in screen_lines(pilot)[-1]
            assert pilot.app.screen.focused is not None
            assert pilot.app.screen.focused.id == "article"


async def test_the_cyrillic_layout_selects_too(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter", "м", "о", "ц", "enter")
        assert kept(service) == [("It", "yellow", "")]


async def test_a_note_is_written_changed_and_shown_below(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter", "v", "e", *"ask", "enter")
        assert kept(service) == [(FIRST, "yellow", "ask")]
        lines = screen_lines(pilot)
        assert any("March.¹" in line for line in lines)
        assert any("¹ ask" in line for line in lines)
        await press(pilot, "v", "e", *" them", "ctrl+j", *"twice", "enter", "escape")
        assert kept(service)[0][2] == "ask them\ntwice"
        assert any("twice" in line for line in screen_lines(pilot))


async def test_a_note_that_is_given_up_changes_nothing(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter", "v", "e", *"ask", "escape")
        assert kept(service) == []
        assert "sentence" in screen_lines(pilot)[-1]


async def test_notes_are_in_the_margin_where_there_is_room(service: FakeService) -> None:
    highlight(service, "second phase", "ask about the survey")
    async with running(service, size=(200, 30)) as pilot:
        await press(pilot, "enter", "z")
        line = next(line for line in screen_lines(pilot) if "second phase¹" in line)
        assert "¹ ask about the survey" in line
        await pilot.resize_terminal(100, 30)
        await settled(pilot)
        assert not any("second phase¹" in line and "ask" in line for line in screen_lines(pilot))
        assert any(line.strip().endswith("¹ ask about the survey") for line in screen_lines(pilot))


async def test_a_highlight_gets_another_colour_and_is_removed(service: FakeService) -> None:
    highlight(service, "second phase")
    async with running(service) as pilot:
        await press(pilot, "enter", "}", "c")
        assert kept(service) == [("second phase", "green", "")]
        await press(pilot, "4")
        assert kept(service) == [("second phase", "pink", "")]
        await press(pilot, "d")
        assert kept(service) == []
        assert "Highlight removed" in seen(pilot)
        await press(pilot, "U")
        assert kept(service) == [("second phase", "pink", "")]


async def test_one_goes_from_highlight_to_highlight(service: FakeService) -> None:
    long = [f"Paragraph {n} says that pier {n} is closed until the evening of that day." for n in range(60)]
    service.web[URL] = Page(URL, "The tide", article=article(*long))
    text = "\n\n".join(long)
    for n in (2, 30, 50):
        highlight(service, f"pier {n} is closed", text=text)
    async with running(service) as pilot:
        await press(pilot, "enter", "}")
        assert "Paragraph 2 " in seen(pilot)
        await press(pilot, "}")
        assert "Paragraph 30 " in seen(pilot)
        await press(pilot, "}", "}")
        assert "Paragraph 2 " in seen(pilot)
        await press(pilot, "{")
        assert "Paragraph 50 " in seen(pilot)


async def test_the_selection_is_copied(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter", "v", "j", "y")
        assert service.copied == ["It is three months later than planned."]
        assert "Copied" in seen(pilot)


async def test_what_is_lost_is_said_and_kept(service: FakeService) -> None:
    highlight(service, "second phase", "ask")
    service.web[URL] = Page(URL, "The tide", article=article("The ministers agreed on a quota.", SECOND))
    async with running(service) as pilot:
        await press(pilot, "enter")
        assert "1 highlight is not in this version" in seen(pilot)
        await press(pilot, '"')
        assert "no longer in the article" in seen(pilot)
        assert len(service.highlighted) == 1


async def test_all_highlights_are_listed_and_lead_to_their_article(service: FakeService) -> None:
    long = [f"Paragraph {n} says that pier {n} is closed until the evening of that day." for n in range(60)]
    service.web[URL] = Page(URL, "The tide", article=article(*long))
    highlight(service, "pier 30 is closed", "ask", text="\n\n".join(long))
    async with running(service) as pilot:
        await press(pilot, '"')
        assert "pier 30 is closed" in seen(pilot)
        await press(pilot, "/", *"nothing")
        assert "No highlight matches." in seen(pilot)
        assert "0 of 1 highlight" in seen(pilot)
        assert "opens it" not in seen(pilot)
        await press(pilot, *["backspace"] * 7, "enter", "enter")
        assert "Paragraph 30 " in seen(pilot)
        assert "remove" in screen_lines(pilot)[-1]


async def test_without_highlights_and_without_words_it_is_said(service: FakeService) -> None:
    service.web[URL] = Page(URL, "The tide", article=article())
    async with running(service) as pilot:
        await press(pilot, '"')
        assert "Nothing is highlighted yet" in seen(pilot)
        await press(pilot, "enter", "v")
        assert "no words to select" in seen(pilot)
        await press(pilot, "}")
        assert "Nothing is highlighted in this article." in seen(pilot)


async def test_the_selection_begins_at_the_match_of_a_find(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter", "/", *"shells", "enter", "v", "enter")
        assert kept(service)[0][0] == "A survey found shells near the pier!"


async def test_another_article_has_highlights_of_its_own(service: FakeService) -> None:
    highlight(service, "second phase", "ask")
    async with running(service) as pilot:
        await press(pilot, "enter")
        assert "phase¹" in seen(pilot)
        await press(pilot, "J")
        assert "¹" not in seen(pilot)
        await press(pilot, "K")
        assert "phase¹" in seen(pilot)


async def test_an_anchor_is_made_in_the_text_of_the_article(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter", "v", "j", "enter")
        (made,) = service.highlighted
        assert ArticleText(article(FIRST, SECOND)).text[made.anchor.start : made.anchor.end] == made.anchor.exact
        assert made.colour is HighlightColour.YELLOW
