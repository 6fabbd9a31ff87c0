"""Reading a site as the reader is logged in there: the box of ways, what each asks for, and taking it back."""

from pathlib import Path

from newsreader.fetch_errors import NotFoundError, WallError
from newsreader.models import Page, Problem
from newsreader.tui.keys import action_of
from newsreader.tui.screens.session_screen import SessionScreen
from newsreader.tui.screens.sources_screen import SourcesScreen
from newsreader.tui.widgets.notice import failure
from newsreader.urls import host_of
from tests.tui.fake_service import FakeService
from tests.tui.newspaper import SITE
from tests.tui.seeing import press, running
from tests.tui.test_block_picker import in_view
from tests.waiting import eventually

HOST = host_of(SITE)


async def test_the_open_pages_site_takes_the_browsers_session_and_is_fetched_again(service: FakeService) -> None:
    async with running(service) as pilot:
        asked = len(service.asked)
        await press(pilot, "I")
        assert isinstance(pilot.app.screen, SessionScreen)
        assert in_view(pilot, f"Read {HOST} as you are logged in there")
        assert not in_view(pilot, "without a session")
        await press(pilot, "enter")
        assert service.sessions[HOST].origin == "Firefox"
        assert in_view(pilot, f"{HOST} is read as you are logged in there; U to undo.")
        await eventually(lambda: len(service.asked) > asked)


async def test_a_session_is_removed_and_undo_brings_it_back(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "I", "enter")
        await press(pilot, "I")
        assert in_view(pilot, "1 cookie of Firefox")
        assert not in_view(pilot, "secret")
        await press(pilot, "down", "down", "down", "down", "enter")
        assert service.sessions == {}
        assert in_view(pilot, f"{HOST} is read without a session again; U to undo.")
        asked = len(service.asked)
        await press(pilot, "U")
        assert HOST in service.sessions
        assert in_view(pilot, "logged in there again")
        await eventually(lambda: len(service.asked) > asked)
        await press(pilot, "U")
        assert service.sessions == {}


async def test_a_cookies_txt_is_asked_for(service: FakeService, tmp_path: Path) -> None:
    async with running(service) as pilot:
        await press(pilot, "I", "j", "j", "enter", "/", "t", "m", "p", "/", "c", ".", "t", "x", "t", "enter")
        assert service.sessions[HOST].origin == "c.txt"


async def test_a_path_without_a_file_can_be_corrected(service: FakeService) -> None:
    service.unreadable_cookies.add("/c.tx")
    async with running(service) as pilot:
        await press(pilot, "I", "j", "j", "enter", "/", "c", ".", "t", "x", "enter")
        assert in_view(pilot, "Could not read /c.tx: there is no such file.")
        assert in_view(pilot, "> /c.tx")
        await press(pilot, "end", "t")
        assert not in_view(pilot, "Could not read")
        await press(pilot, "enter")
        assert service.sessions[HOST].origin == "c.txt"


async def test_a_refused_log_in_asks_again_with_the_name_kept(service: FakeService) -> None:
    service.login_page = SITE
    service.refused_passwords.add("no")
    async with running(service) as pilot:
        await press(pilot, "I", "down", "down", "down", "enter", "enter", "a", "d", "a", "enter", "n", "o", "enter")
        assert in_view(pilot, "> ada")
        assert in_view(pilot, "did not accept the name or the password")
        await press(pilot, "enter")
        assert not in_view(pilot, "did not accept the name or the password")
        await press(pilot, "y", "e", "s", "enter")
        assert service.typed_at_login == ("ada", "yes")


async def test_the_sites_form_is_filled_and_the_password_is_not_shown(service: FakeService) -> None:
    service.login_page = SITE
    async with running(service) as pilot:
        await press(pilot, "I", "down", "down", "down", "enter")
        assert in_view(pilot, "The page with the log-in form")
        await press(pilot, "enter", "a", "d", "a", "enter")
        await press(pilot, "space", "x", "y", "z")
        assert in_view(pilot, f"Password at {HOST}")
        assert not in_view(pilot, "xyz")
        await press(pilot, "space", "enter")
        assert service.typed_at_login == ("ada", " xyz ")
        assert service.sessions[HOST].origin == "the log-in"


async def test_esc_at_any_question_changes_nothing(service: FakeService) -> None:
    service.login_page = SITE
    async with running(service) as pilot:
        for keys in (["escape"], ["down", "down", "enter", "escape"], ["down", "down", "down", "enter", "escape"]):
            await press(pilot, "I", *keys)
        await press(pilot, "I", "down", "down", "down", "enter", "enter", "escape")
        await press(pilot, "I", "down", "down", "down", "enter", "enter", "a", "enter", "escape")
        assert service.sessions == {}
        assert service.typed_at_login is None


async def test_what_gives_no_session_says_why(service: FakeService) -> None:
    service.has_firefox = False
    async with running(service) as pilot:
        await press(pilot, "I", "enter")
        assert in_view(pilot, "Firefox holds no cookies for")
        await press(pilot, "I", "down", "down", "down", "enter", "enter")
        assert in_view(pilot, "shows no log-in form")
        assert service.sessions == {}


async def test_the_box_of_sources_gives_a_session_too(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "a", "E")
        assert isinstance(pilot.app.screen, SourcesScreen)
        assert in_view(pilot, "I session")
        await press(pilot, "G", "I", "enter")
        assert isinstance(pilot.app.screen, SourcesScreen)
        assert in_view(pilot, "is read as you are logged in there; U to undo.")
        assert len(service.sessions) == 1
        await press(pilot, "U")
        assert service.sessions == {}


async def test_walls_and_log_ins_offer_it() -> None:
    for kind in ("login", "bot-check"):
        service = FakeService({SITE: Page(SITE, "Closed", problem=Problem(kind, "The site asks to log in."))})
        async with running(service) as pilot:
            assert in_view(pilot, "Read this site as you are logged in there")
            await press(pilot, "enter")
            assert isinstance(pilot.app.screen, SessionScreen)
    refusal = WallError(SITE, status=403, vendor="Cloudflare")
    offered = [choice.action for choice in failure(refusal, SITE, what="Couldn't get this page.").choices]
    assert action_of("site-session") in offered
    missing = failure(NotFoundError(SITE, status=404), SITE, what="Couldn't get this page.").choices
    assert action_of("site-session") not in [choice.action for choice in missing]
