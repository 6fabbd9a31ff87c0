"""What is downloaded while one reads on, and what waits for the network."""

import pytest

from newsreader.service.values import DownloadReport
from newsreader.tui.outcome_words import download_outcome
from tests.tui.fake_service import FakeService
from tests.tui.hand_scheduler import HandScheduler
from tests.tui.newspaper import LATEST, SITE, address
from tests.tui.seeing import press, running, screen_lines, seen, settled

COUNT = len(LATEST.headlines)


def row_of(lines: list[str], clock: str) -> str:
    return next(line for line in lines if line[1:].startswith(clock) or f" {clock} " in line[:10])


async def test_what_the_list_shows_is_downloaded_and_marked_as_it_comes(service: FakeService) -> None:
    gate = service.hold(address("storm"))
    async with running(service) as pilot:
        await press(pilot, "D")
        assert "13:40 *d" in row_of(screen_lines(pilot), "13:40")
        assert "13:05 * " in row_of(screen_lines(pilot), "13:05")
        assert "downloading 2/" in screen_lines(pilot)[0]
        gate.set()
        await settled(pilot)
        assert "13:05 *d" in row_of(screen_lines(pilot), "13:05")
        assert "downloading" not in screen_lines(pilot)[0]
        assert "downloaded" in screen_lines(pilot)[-1]
        assert address("harbour") in service.downloaded
        assert address("quota") not in service.read


async def test_escape_ends_a_download_and_what_is_here_stays(service: FakeService) -> None:
    service.hold(address("storm"))
    async with running(service) as pilot:
        await press(pilot, "D", "D")
        assert "already" in screen_lines(pilot)[-1]
        await press(pilot, "escape")
        assert "Stopped: 2 of" in screen_lines(pilot)[-1]
        assert "downloading" not in screen_lines(pilot)[0]
        assert "13:40 *d" in row_of(screen_lines(pilot), "13:40")
        await press(pilot, "escape")
        assert pilot.app.is_running


async def test_reading_continues_while_something_is_downloaded(service: FakeService) -> None:
    service.hold(address("storm"))
    async with running(service, size=(60, 24)) as pilot:
        await press(pilot, "D", "j", "enter")
        assert "Министры" in seen(pilot)
        assert "downloading 2/" in screen_lines(pilot)[0]


async def test_the_reason_is_shown_where_something_could_not_be_fetched(service: FakeService) -> None:
    service.refusing.add(address("storm"))
    async with running(service) as pilot:
        await press(pilot, "D")
        assert "403" in screen_lines(pilot)[-1]
        assert "13:05 *!" in row_of(screen_lines(pilot), "13:05")


def test_what_failed_and_what_has_to_wait_are_distinguished() -> None:
    report = DownloadReport(downloaded=2, failed=1, later=3)
    words = download_outcome(
        report, {False: "The site answered 500.", True: "a.example asked to be left alone until 14:20."}
    )
    assert words == (
        "2 articles downloaded. 1 failed: The site answered 500. "
        "3 have to wait: a.example asked to be left alone until 14:20."
    )


async def test_what_is_here_is_not_downloaded_again(service: FakeService) -> None:
    async with running(service) as pilot:
        for headlines in (LATEST.headlines, *(each.headlines for each in service.web[SITE].headline_lists)):
            service.downloaded += [headline.url for headline in headlines]
        await press(pilot, "D")
        assert "stored already" in screen_lines(pilot)[-1]


async def offline(service: FakeService) -> None:
    service.store(SITE, address("harbour"))
    service.cut_the_network()


async def test_offline_a_headline_is_queued_shown_and_undone(service: FakeService) -> None:
    await offline(service)
    async with running(service) as pilot:
        assert "13:40 *x" in row_of(screen_lines(pilot), "13:40")
        await press(pilot, "j")
        assert "x needs the network (r queues it)" in screen_lines(pilot)[-1]
        await press(pilot, "r")
        assert service.waiting.keys() == {address("quota")}
        assert "13:40 *q" in row_of(screen_lines(pilot), "13:40")
        assert "Queued" in screen_lines(pilot)[-1]
        assert "· 1 queued" in seen(pilot)
        await press(pilot, "r")
        assert "Already" in screen_lines(pilot)[-1]
        await press(pilot, "escape")
        assert "q waits for the network" in screen_lines(pilot)[-1]
        assert "queues it" not in screen_lines(pilot)[-1]
        await press(pilot, "U")
        assert service.waiting == {}
        assert "13:40 *x" in row_of(screen_lines(pilot), "13:40")


async def test_offline_the_way_into_the_queue_is_shown_on_narrow_screens_too(service: FakeService) -> None:
    await offline(service)
    async with running(service, size=(60, 24)) as pilot:
        await press(pilot, "j")
        assert "x needs the network (r queues it)" in screen_lines(pilot)[-1]


async def test_offline_an_article_that_failed_is_queued(service: FakeService) -> None:
    await offline(service)
    async with running(service) as pilot:
        await press(pilot, "j", "enter", "r")
        assert service.waiting.keys() == {address("quota")}


async def test_offline_everything_that_needs_the_network_is_queued_at_once(service: FakeService) -> None:
    await offline(service)
    async with running(service) as pilot:
        await press(pilot, "D")
        assert len(service.waiting) >= COUNT - 1
        assert address("harbour") not in service.waiting
        assert "queued: they are fetched" in screen_lines(pilot)[-1]


async def test_what_is_readable_is_refreshed_and_not_queued(service: FakeService) -> None:
    await offline(service)
    async with running(service) as pilot:
        asked = len(service.asked)
        await press(pilot, "r")
        assert service.waiting == {}
        assert len(service.asked) > asked


async def test_the_queue_comes_when_the_network_is_back(service: FakeService) -> None:
    await offline(service)
    async with running(service) as pilot:
        await press(pilot, "j", "r", "k")
        service.offline_since = None
        await press(pilot, "r")
        assert service.waiting == {}
        assert service.downloaded == [address("quota")]
        assert "From the queue: 1 article downloaded." in screen_lines(pilot)[-1]
        assert "13:40 *d" in row_of(screen_lines(pilot), "13:40")


async def test_a_key_of_the_reader_shows_that_the_network_is_back(
    service: FakeService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsreader.tui.reading.downloads._ASKED_AGAIN_S", -1.0)
    await offline(service)
    async with running(service) as pilot:
        await press(pilot, "j", "r", "j")
        assert service.waiting.keys() == {address("quota")}
        service.network_is_back = True
        await press(pilot, "k")
        assert "OFFLINE" not in seen(pilot)
        assert service.waiting == {}


async def test_what_was_queued_before_comes_at_the_next_start(service: FakeService) -> None:
    service.waiting[address("storm")] = "Storm"
    async with running(service) as pilot:
        await settled(pilot)
        assert service.waiting == {}
        assert "13:05 *d" in row_of(screen_lines(pilot), "13:05")


async def test_what_waits_comes_at_the_next_start_where_the_page_came_from_the_store(service: FakeService) -> None:
    time = HandScheduler()
    service.store(SITE)
    service.waiting[address("quota")] = "Ministers agree fishing quota"
    async with running(service, scheduler=time) as pilot:
        time.advance(2)
        await settled(pilot)
        assert address("quota") in service.downloaded
        assert "From the queue" in screen_lines(pilot)[-1]


async def test_without_a_network_an_article_that_did_not_come_has_not_failed(service: FakeService) -> None:
    await offline(service)
    async with running(service) as pilot:
        await press(pilot, "j", "enter", "q")
        assert "13:40 *x" in row_of(screen_lines(pilot), "13:40")


async def test_without_a_network_nothing_is_counted_of_a_list_that_never_came(service: FakeService) -> None:
    service.cut_the_network()
    async with running(service) as pilot:
        assert "can be read now" not in seen(pilot)
