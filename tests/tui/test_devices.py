"""What was read on another device is shown, quietly, while one reads."""

import pytest

from newsreader.devices.transport import TransportError
from tests.tui.fake_service import FakeService
from tests.tui.hand_scheduler import HandScheduler
from tests.tui.newspaper import address
from tests.tui.seeing import press, running, seen, settled


@pytest.mark.parametrize("width", [60, 100, 160])
async def test_what_was_read_elsewhere_is_marked_and_said(service: FakeService, width: int) -> None:
    time = HandScheduler()
    async with running(service, size=(width, 30), scheduler=time) as pilot:
        service.read_elsewhere = {address("quota"), address("harbour")}
        before = pilot.app.focused
        time.advance(2)
        await settled(pilot)
        assert "2 read on laptop" in seen(pilot)
        assert pilot.app.focused is before
        assert service.exchanges == 1


async def test_it_is_asked_again_now_and_then_and_a_failure_is_said_once(service: FakeService) -> None:
    time = HandScheduler()
    async with running(service, scheduler=time) as pilot:
        service.device_problem = TransportError("/mnt/stick", "there is no such folder")
        time.advance(2)
        await settled(pilot)
        assert "Not synced with your other devices" in seen(pilot)
        time.advance(40)
        await settled(pilot)
        assert service.exchanges == 1  # nothing has changed here
        assert "Not synced" not in seen(pilot)
        for _ in range(10):
            time.advance(31)
            await settled(pilot)
        assert service.exchanges == 2
        assert "Not synced" not in seen(pilot)
        service.device_problem = None
        await press(pilot, "j")
        for _ in range(10):
            time.advance(31)
            await settled(pilot)
        assert service.exchanges == 3
