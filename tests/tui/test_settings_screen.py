"""The settings, shown and changed in the interface."""

from dataclasses import replace

import pytest
from textual.pilot import Pilot

from newsreader.settings import Settings
from tests.tui.fake_service import FakeService
from tests.tui.seeing import press, running, screen_lines, seen


def current(service: FakeService) -> Settings:
    return service.settings


async def open_settings(pilot: Pilot[int], *sought: str) -> None:
    await press(pilot, "colon", *"settings: their", "enter", *sought)


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
        assert "config.toml says it, and wins" in seen(pilot)


async def test_a_number_is_typed_and_what_is_not_allowed_is_said(service: FakeService) -> None:
    async with running(service) as pilot:
        await open_settings(pilot, *"offline.art", "enter", *"12", "enter")
        assert service.settings.offline.articles == 12
        await press(pilot, "enter", *"-5", "enter")
        assert "offline.articles takes a whole number" in seen(pilot)
        assert service.settings.offline.articles == 12
