"""What an account's server would change waits for the reader's word, which the palette gives."""

import pytest

from tests.tui.fake_service import FakeService
from tests.tui.seeing import press, running, seen


@pytest.mark.parametrize("width", [60, 100, 160])
async def test_the_palette_accepts_what_a_server_would_change(service: FakeService, width: int) -> None:
    service.accounts.held = 300
    async with running(service, size=(width, 30)) as pilot:
        await press(pilot, ":", *"accept", "enter")
        assert "rss.example: 300 changes accepted" in seen(pilot)
        assert service.accounts.held == 0


async def test_where_nothing_waits_that_is_said(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, ":", *"accept", "enter")
        assert "No account has changes to accept." in seen(pilot)
