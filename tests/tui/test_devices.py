"""What was read on another device is shown, quietly, while one reads."""

import pytest
from textual.pilot import Pilot

from newsreader.devices.transport import TransportError
from newsreader.source_values import Source, SourceKind
from newsreader.tui.widgets.headline_pane import HeadlinePane
from tests.tui.fake_service import FakeService, UnreachableError
from tests.tui.hand_scheduler import HandScheduler
from tests.tui.newspaper import address
from tests.tui.seeing import happened, press, running, seen, settled


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
        service.sync.devices.may_have_joined = False  # there are no other devices: the library itself cannot be read
        service.device_problem = UnreachableError()
        time.advance(301)
        await settled(pilot)
        assert "There is no network." in seen(pilot)
        assert "Not synced" not in seen(pilot)


@pytest.mark.parametrize("key", ["", "r"])
async def test_what_another_program_changes_in_the_library_is_shown_soon_and_when_refreshing(
    service: FakeService, key: str
) -> None:
    time = HandScheduler()
    towns = Source(7, "https://towns.example/", "Towns", SourceKind.PAGE, service.clock)
    service.followed = [towns]
    async with running(service, size=(160, 30), scheduler=time) as pilot:
        time.advance(2)
        await settled(pilot)
        assert "Towns" in seen(pilot)
        assert not is_read(pilot, "harbour")
        cursor = list_pane(pilot).cursor
        service.read.add(address("harbour"))  # `newsreader sync` has been run in another terminal
        service.followed = []
        service.records += 2
        if key:
            await press(pilot, key)
        else:
            time.advance(31)
        await settled(pilot)
        await happened(pilot, lambda: is_read(pilot, "harbour"))
        await happened(pilot, lambda: "Towns" not in seen(pilot))
        assert list_pane(pilot).cursor == cursor
        assert service.exchanges == 1


def list_pane(pilot: Pilot[int]) -> HeadlinePane:
    return pilot.app.screen.query_one(HeadlinePane)


def is_read(pilot: Pilot[int], name: str) -> bool:
    listing = list_pane(pilot).listing
    row = listing.find(address(name))
    listed = listing.headline(row) if row is not None else None
    return listed is not None and listed.read


async def test_servers_of_accounts_are_sent_what_was_changed_now_and_then_unless_offline(service: FakeService) -> None:
    time = HandScheduler()
    async with running(service, scheduler=time) as pilot:
        for _ in range(3):
            time.advance(31)
            await settled(pilot)
        assert service.accounts.changes.sendings == 3
        service.offline_since = service.clock
        time.advance(31)
        await settled(pilot)
        assert service.accounts.changes.sendings == 3
