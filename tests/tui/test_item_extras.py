"""What comes with a story, by its key: the discussion as a page, files in the reader's other programs."""

from dataclasses import replace

from newsreader.models import Article, Comments, Enclosure, Headline, Page, Paragraph, Span
from newsreader.openers import Opener
from newsreader.settings import Settings
from tests.tui.fake_service import FakeService
from tests.tui.newspaper import SITE, address
from tests.tui.seeing import press, running, seen

FILE = Enclosure("https://vesti.example/talk.mp3", "audio/mpeg", 31_000_000, 3723, "The pilot speaks")
SECOND = Enclosure("https://vesti.example/map.pdf", "application/pdf")


def bring(service: FakeService, comments: Comments | None, *enclosures: Enclosure) -> Headline:
    """Let the first headline of the paper bring these."""
    page = service.web[SITE]
    first, *others = page.headline_lists[0].headlines
    first = replace(first, comments=comments, enclosures=enclosures)
    lists = (replace(page.headline_lists[0], headlines=(first, *others)), *page.headline_lists[1:])
    service.web[SITE] = replace(page, headline_lists=lists)
    own = Opener("audio/*", ("player", "--", "{url}"))
    service.settings = Settings(openers=(own, Opener("https://vesti.example/*.pdf", ("viewer", "{url}"))))
    return first


async def test_the_discussion_opens_as_a_page_and_a_key_leads_back_to_the_story(service: FakeService) -> None:
    talk = address("talk")
    service.web[talk] = Page(talk, "Talk", article=Article(talk, "Talk", (Paragraph((Span("I was there."),)),)))
    bring(service, Comments(7, f"{talk}#c1"))
    async with running(service) as pilot:
        await press(pilot, "enter", "с")  # the key of c in a Cyrillic layout
        assert service.asked[-1] == talk
        assert "I was there." in seen(pilot)
        await press(pilot, "backspace")
        assert "I was there." not in seen(pilot)


async def test_a_single_file_opens_at_once_with_the_readers_program(service: FakeService) -> None:
    bring(service, None, FILE)
    async with running(service) as pilot:
        await press(pilot, "c")
        assert service.opened_beside == [("player", "--", FILE.url)]
        assert "Opened The pilot speaks with player." in seen(pilot)


async def test_of_several_things_one_is_chosen_from_a_list(service: FakeService) -> None:
    bring(service, Comments(7, address("talk")), FILE, SECOND)
    async with running(service) as pilot:
        await press(pilot, "c")
        for words in ("7 comments", "The pilot speaks (audio/mpeg, 1:02:03, 31.0 MB)", "map.pdf (application/pdf)"):
            assert words in seen(pilot)
        await press(pilot, "j", "j", "enter")
        assert service.opened_beside == [("viewer", SECOND.url)]
        await press(pilot, "c", "j", "y")
        assert pilot.app.clipboard == FILE.url
        await press(pilot, "c", "escape")
        assert len(service.opened_beside) == 1


async def test_a_story_that_brings_nothing_says_so(service: FakeService) -> None:
    bring(service, None)
    async with running(service) as pilot:
        await press(pilot, "c")
        assert "No discussion and no files come with this." in seen(pilot)


async def test_without_a_program_for_a_file_the_reader_is_shown_where_to_name_one(service: FakeService) -> None:
    bring(service, None, Enclosure("ftp://vesti.example/x", "audio/mpeg"))
    async with running(service) as pilot:
        await press(pilot, "c")
        assert "Could not open" in seen(pilot)
