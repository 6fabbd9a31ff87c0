"""Reading aloud on the screen: the sentence is marked and in view, paused, continued, stopped."""

from dataclasses import replace

from textual.pilot import Pilot

from newsreader.speech.speaker import NoSpeechError
from newsreader.tui.app import NewsreaderApp
from newsreader.tui.reading.screen import ReadingScreen
from newsreader.tui.widgets.article_view import ArticleView
from tests.tui.fake_service import FakeService
from tests.tui.hand_scheduler import HandScheduler
from tests.tui.seeing import press, running, screen_lines, seen, settled
from tests.waiting import eventually


def view_of(pilot: Pilot[int]) -> ArticleView:
    app = pilot.app
    assert isinstance(app, NewsreaderApp)
    return app.screen.query_one(ArticleView)


def marked(pilot: Pilot[int]) -> str:
    """Return the words that are marked as being read."""
    view = view_of(pilot)
    found = []
    for y in range(view.top, view.top + view.height):
        span, content = view.highlights.spoken.span(y), view.page.line(y)
        if span is not None and content is not None:
            found.append(content.text[span[0] : span[1]].removesuffix("-"))
    return " ".join(found)


async def next_sentence(pilot: Pilot[int], service: FakeService) -> None:
    """Let the sentence end, and wait until the next one is read."""
    count = len(service.desktop.aloud.said)
    service.desktop.aloud.continue_()
    await eventually(lambda: len(service.desktop.aloud.said) > count)
    await settled(pilot)


def fetch_again(pilot: Pilot[int]) -> None:
    """Show the article as it comes from the network after its stored copy: the same words, another object."""
    screen = pilot.app.screen
    assert isinstance(screen, ReadingScreen)
    shown = screen.state.shown
    assert shown is not None
    assert shown.opened is not None
    assert shown.article is not None
    page = replace(shown.opened.page, article=replace(shown.article))
    screen.state.shown = replace(shown, opened=replace(shown.opened, page=page))
    screen.parts.aloud.article_shown()


async def test_sentences_are_marked_one_after_another_and_kept_in_view(service: FakeService) -> None:
    async with running(service, size=(100, 12)) as pilot:
        await press(pilot, "enter", "P")
        said = service.desktop.aloud.said
        await eventually(lambda: bool(said))
        assert service.desktop.aloud.language == "ru"
        assert said[0].startswith("Углубление гавани")
        assert "Esc stops" in seen(pilot)
        assert marked(pilot) == said[0]
        for _ in range(8):
            await next_sentence(pilot, service)
            assert (
                marked(pilot).replace(" ", "").replace("-", "")[:20] == said[-1].replace(" ", "").replace("-", "")[:20]
            )


async def test_the_footer_says_how_to_pause_and_stop_as_long_as_it_is_read_aloud(service: FakeService) -> None:
    scheduler = HandScheduler()
    async with running(service, scheduler=scheduler) as pilot:
        await press(pilot, "enter", "P")
        await eventually(lambda: bool(service.desktop.aloud.said))
        scheduler.advance(10)
        await settled(pilot)
        assert "P pause" in screen_lines(pilot)[-1]
        assert "Esc stop reading aloud" in screen_lines(pilot)[-1]
        await press(pilot, "P")
        scheduler.advance(10)
        await settled(pilot)
        assert "P continue" in screen_lines(pilot)[-1]
        await press(pilot, "escape")
        assert "P continue" not in screen_lines(pilot)[-1]
        assert view_of(pilot).has_focus  # nothing else was closed


async def test_the_key_pauses_and_continues_with_the_same_sentence_and_esc_stops(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter", "P")
        said = service.desktop.aloud.said
        await eventually(lambda: bool(said))
        await next_sentence(pilot, service)
        await next_sentence(pilot, service)
        await press(pilot, "P")
        assert "Paused; P continues." in seen(pilot)
        fetch_again(pilot)
        await press(pilot, "P")
        await eventually(lambda: len(said) == 4)
        assert said[-1] == said[-2]
        await press(pilot, "escape")
        assert not marked(pilot)
        assert view_of(pilot).has_focus  # nothing else was closed
        count = len(said)
        service.desktop.aloud.continue_()
        await settled(pilot)
        assert len(said) == count


async def test_the_next_article_is_read_aloud_from_its_beginning(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter", "P")
        said = service.desktop.aloud.said
        await eventually(lambda: bool(said))
        await press(pilot, "J")
        await eventually(lambda: said[-1].startswith("Министры согласовали"))


async def test_it_begins_with_what_is_in_view_and_ends_with_the_article(service: FakeService) -> None:
    service.desktop.aloud.waits = False
    async with running(service, size=(100, 14)) as pilot:
        await press(pilot, "enter", "pagedown", "P")
        await eventually(lambda: "End of the article." in seen(pilot))
        assert not service.desktop.aloud.said[0].startswith("Углубление гавани")
        assert not marked(pilot)


async def test_what_fails_is_said_with_what_to_install(service: FakeService) -> None:
    service.desktop.aloud.error = NoSpeechError("speech-dispatcher is missing")
    async with running(service) as pilot:
        await press(pilot, "enter", "P")
        await eventually(lambda: "There is no program that reads aloud" in seen(pilot))
        await press(pilot, "j")
        assert "Ирина Ковальчук" in seen(pilot)
