"""Terminals of every kind, as their environment describes them."""

import io

import pytest
from rich.console import Console

from newsreader.settings import ReadingSettings, Settings
from newsreader.tui.app import NewsreaderApp
from newsreader.tui.rendering.terminal import Colours, can_show_a_screen, take_in_colours
from tests.tui.contrast import styles_in_view
from tests.tui.fake_service import FakeService
from tests.tui.seeing import press, seen, settled

TERMINALS = [
    ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, Colours.MANY),
    ({"TERM": "xterm-256color"}, Colours.SOME),
    ({"TERM": "tmux-256color"}, Colours.SOME),
    ({"TERM": "xterm-kitty"}, Colours.MANY),
    ({"TERM": "alacritty"}, Colours.MANY),
    ({"TERM": "foot"}, Colours.MANY),
    ({"TERM": "xterm-direct"}, Colours.MANY),
    ({"TERM": "screen", "COLORTERM": "24bit"}, Colours.MANY),
    ({"TERM": "xterm"}, Colours.FEW),
    ({"TERM": "screen"}, Colours.FEW),
    ({"TERM": "linux"}, Colours.FEW),
    ({}, Colours.FEW),
    ({"TERM": "vt100"}, Colours.NONE),
    ({"TERM": "vt220"}, Colours.NONE),
    ({"TERM": "xterm-256color", "COLORTERM": "truecolor", "NO_COLOR": ""}, Colours.NONE),
]


@pytest.mark.parametrize(("environment", "colours"), TERMINALS)
def test_the_environment_shows_how_many_colours_there_are(environment: dict[str, str], colours: Colours) -> None:
    known = dict(environment)
    assert take_in_colours(known) is colours
    system = Console(file=io.StringIO(), force_terminal=True, _environ=known).color_system
    if colours is Colours.NONE:
        assert "NO_COLOR" in known
    else:  # what is drawn later reads the same out of the environment
        assert (system == "standard") == (colours is Colours.FEW)


@pytest.mark.parametrize(("term", "can"), [("dumb", False), ("unknown", False), ("xterm", True), ("", True)])
def test_a_terminal_that_knows_only_lines_shows_no_screen(term: str, can: bool) -> None:
    assert can_show_a_screen({"TERM": term}) == can


@pytest.mark.parametrize("has_few_colours", [True, False])
async def test_the_terminals_own_colours_are_sent_as_such_from_the_start(
    service: FakeService, has_few_colours: bool
) -> None:
    if not has_few_colours:
        service.settings = Settings(reading=ReadingSettings(theme="ansi-light"))
    app = NewsreaderApp(service, "vesti.example", has_few_colours=has_few_colours)
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        colours = {colour for style in styles_in_view(pilot) for colour in (style.color, style.bgcolor) if colour}
        assert colours
        assert not [colour for colour in colours if not colour.is_system_defined]


@pytest.mark.parametrize("has_few_colours", [True, False])
async def test_a_box_has_an_edge_where_no_ground_sets_it_off(service: FakeService, has_few_colours: bool) -> None:
    app = NewsreaderApp(service, "vesti.example", has_few_colours=has_few_colours)
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        for key, words in (
            ("t", "Tags, separated by"),
            ("E", "All unread"),
            ("e", "Markdown"),
            ("?", "Keys that work"),
        ):
            await press(pilot, key)
            assert words in seen(pilot)
            assert ("╭" in seen(pilot)) is has_few_colours
            await press(pilot, "escape")


async def test_a_terminal_with_few_colours_leaves_the_theme_of_others_as_it_was(service: FakeService) -> None:
    service.settings = Settings(reading=ReadingSettings(theme="paper"))
    for has_few_colours, theme in ((False, "paper"), (True, "ansi-dark"), (False, "paper")):
        app = NewsreaderApp(service, None if service.screen else "vesti.example", has_few_colours=has_few_colours)
        async with app.run_test(size=(100, 30)) as pilot:
            await settled(pilot)
            assert app.theme == theme
            await press(pilot, "q")


async def test_few_colours_are_the_terminals_own_whatever_was_chosen(service: FakeService) -> None:
    service.choices["theme"] = "paper"
    app = NewsreaderApp(service, "vesti.example", has_few_colours=True)
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        assert app.theme == "ansi-dark"
        await press(pilot, "ctrl+p", *"change the theme", "enter")
        assert "ansi-light" in seen(pilot)
        assert "harbour" not in seen(pilot)
        await press(pilot, "down", "enter")
        assert app.theme == "ansi-light"
    assert service.choices["theme"] == "ansi-light"
