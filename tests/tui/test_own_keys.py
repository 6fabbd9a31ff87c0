"""Keys of the reader's own, and what the terminal itself says."""

from dataclasses import replace

from newsreader.own_commands import KeyCommand
from newsreader.settings import Settings
from newsreader.tui.reading.screen import ReadingScreen
from tests.tui.fake_service import FakeService
from tests.tui.newspaper import address
from tests.tui.seeing import press, running, seen


async def test_a_key_does_several_actions_and_starts_a_command(service: FakeService) -> None:
    own = KeyCommand("ctrl+x", ("save", "next-article"), ("mpv", "{url}", "{title}"), "save and listen")
    service.settings = replace(Settings(), key_commands=(own,))
    async with running(service) as pilot:
        await press(pilot, "ctrl+x")
        assert address("harbour") in service.library
        screen = pilot.app.screen
        assert isinstance(screen, ReadingScreen)
        assert screen.state.shown is not None
        ((program, url, title),) = service.opened_beside
        assert (program, url) == ("mpv", address("harbour"))
        assert title.startswith("Углубление гавани")
        await press(pilot, "?", *"save and")
        assert "Ctrl+X" in seen(pilot)


async def test_the_title_of_the_terminal_and_its_notices_are_written_on_request(service: FakeService) -> None:
    written: list[str] = []
    service.settings = replace(
        Settings(), interface=replace(Settings().interface, terminal_title=True, notify="osc777")
    )
    async with running(service) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, ReadingScreen)
        notices, state = screen.parts.notices, screen.state
        notices.write_to = written.append
        notices.update()
        assert written == []  # the title is as it was
        notices.end()
        assert written == ["\x1b[23;2t"]
    written.clear()
    service.settings = Settings()
    async with running(service) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, ReadingScreen)
        screen.parts.notices.write_to = written.append
        screen.parts.notices.update()
        assert written == []
        del state
