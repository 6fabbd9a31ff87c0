"""The settings, shown and changed in the interface."""

from dataclasses import replace

import pytest
from textual.pilot import Pilot

from newsreader.settings import DECLARATIONS, OWN_THEMES, Settings
from newsreader.tui.setting_values import refusal
from newsreader.tui.widgets.article_view import ArticleView
from tests.tui.fake_service import FakeService
from tests.tui.seeing import press, running, screen_lines, seen


def current(service: FakeService) -> Settings:
    return service.settings


async def open_settings(pilot: Pilot[int], *sought: str) -> None:
    await press(pilot, "colon", *"settings: values", "enter", *sought)


@pytest.mark.parametrize("width", [60, 100, 160])
async def test_a_setting_is_shown_with_its_origin_and_changed(service: FakeService, width: int) -> None:
    service.settings = replace(Settings(), from_file=frozenset({"offline.articles"}))
    async with running(service, size=(width, 30)) as pilot:
        await open_settings(pilot, *"reduced_mo")
        (line,) = [line for line in screen_lines(pilot) if "interface.reduced_motion" in line]
        assert "false" in line
        assert "default" in line
        await press(pilot, "enter")
        (line,) = [line for line in screen_lines(pilot) if "interface.reduced_motion" in line]
        assert "true" in line
        assert "changed here" in line
        assert current(service).interface.reduced_motion
        await press(pilot, "delete")
        assert not current(service).interface.reduced_motion
        await press(pilot, "escape")
        await open_settings(pilot, *"offline.art")
        assert "config.toml" in seen(pilot)
        await press(pilot, "enter")
        assert "config.toml sets this and takes precedence" in seen(pilot)


async def test_a_number_is_typed_and_what_is_not_allowed_is_said(service: FakeService) -> None:
    async with running(service) as pilot:
        await open_settings(pilot, *"offline.art", "enter", *"12", "enter")
        assert service.settings.offline.articles == 12
        await press(pilot, "enter", *"-5", "enter")
        assert "offline.articles accepts a whole number" in seen(pilot)
        assert "= -5" in seen(pilot)  # it stays, to be put right
        assert service.settings.offline.articles == 12
        await press(pilot, *["backspace"] * 2, *"15")
        assert "offline.articles takes" not in seen(pilot)
        await press(pilot, "enter")
        assert service.settings.offline.articles == 15
        assert "changed here" in seen(pilot)


async def test_the_width_is_typed_and_delete_gives_the_default_back(service: FakeService) -> None:
    async with running(service) as pilot:
        setting = pilot.app.screen.query_one(ArticleView).setting
        await open_settings(pilot, *"reading.wid", "enter", *"90", "enter")
        assert (setting.measure, service.choices["measure"]) == (90, 90)
        (line,) = [line for line in screen_lines(pilot) if "reading.width" in line]
        assert "90" in line
        assert "changed here" in line
        await press(pilot, "delete")
        assert (setting.measure, service.choices["measure"]) == (72, None)
        await press(pilot, "escape")
        await open_settings(pilot, *"reading.just", "enter")
        assert setting.justifies
        await press(pilot, "delete")
        assert not setting.justifies


async def test_delete_gives_the_theme_of_the_settings_back(service: FakeService) -> None:
    async with running(service) as pilot:
        before = pilot.app.theme
        service.choices["theme"] = pilot.app.theme = next(each for each in OWN_THEMES if each != before)
        await open_settings(pilot, *"reading.theme", "delete")
        assert (pilot.app.theme, service.choices["theme"]) == (service.settings.reading.theme, None)


async def test_what_only_the_file_can_say_is_said_where_it_is_listed(service: FakeService) -> None:
    async with running(service) as pilot:
        await open_settings(pilot, *"interface.lang")
        assert "config.toml only" in seen(pilot)
        await press(pilot, "enter")
        words = " ".join(seen(pilot).split())
        assert 'language = "uk" under [interface]' in words
        assert "config.toml. " in words or words.count("config.toml") > 1  # where it is
        assert "config.toml only" in words  # the box is still open


@pytest.mark.parametrize(
    ("name", "typed", "is_refused"),
    [
        ("network.timeout", "abc", True),
        ("network.timeout", "12.5", False),
        ("reading.width", "72.5", True),
        ("reading.width", "80", False),
        ("interface.list_columns", "nothing", True),
    ],
)
def test_what_a_setting_does_not_take_is_refused_by_its_name(name: str, typed: str, *, is_refused: bool) -> None:
    declaration = next(each for each in DECLARATIONS if each.full_name == name)
    words = refusal(declaration, typed)
    assert words.startswith(f"{name} accepts ") if is_refused else words == ""
