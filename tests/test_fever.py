"""An account at a server with the Fever API, our own and coldsweat: it is exchanged as every account is."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from newsreader.greader import fever
from newsreader.greader.answers import WrongAnswerError
from newsreader.service.account_errors import AccountRefusedError, NoFeverServerError
from newsreader.service.account_values import FEVER, Account
from newsreader.service.facade import NewsService
from tests.coldsweat import coldsweat
from tests.fever_server import FeverServer
from tests.servers import Answer, SiteServer
from tests.storage.values import Clock
from tests.test_accounts import BASE, exchange, make_service, read_here, saved_here, story
from tests.test_sources import feed


@pytest.fixture
def server() -> Iterator[FeverServer]:
    with FeverServer() as server:
        server.add_feed(1, "Harbour", BASE + "harbour.xml", "Port")
        server.add_feed(2, "Weather", BASE + "weather.xml")
        server.add_items("feed/1", range(1, 61), BASE)
        server.add_items("feed/2", range(61, 71), BASE)
        yield server


@pytest_asyncio.fixture
async def service(own_directories: Path, clock: Clock) -> AsyncIterator[NewsService]:
    async with make_service(own_directories, clock) as service:
        yield service


@pytest_asyncio.fixture
async def account(service: NewsService, server: FeverServer) -> Account:
    account = await add(service, server.base)
    await exchange(service, account)
    return account


async def add(service: NewsService, address: str, user: str = "ada", password: str = "lovelace") -> Account:
    return await service.accounts.add(Account("", address, user, service=FEVER), password)


async def test_feeds_are_sources_in_their_groups_and_items_come_fifty_at_a_time(
    service: NewsService, server: FeverServer, account: Account
) -> None:
    assert account.url == server.base + "fever"
    sources = await service.subscriptions.all()
    assert sorted((each.title, each.group) for each in sources) == [("Harbour", "Port"), ("Weather", "")]
    assert server.most_items == 50
    assert (await service.accounts.states())[0].sources == 2


@pytest.mark.parametrize("path", ["/api/fever.php", "/fever"])
async def test_the_api_is_found_below_the_address_of_the_server(service: NewsService, path: str) -> None:
    with FeverServer(path) as server:
        assert (await add(service, server.base)).url == server.base.rstrip("/") + path


async def test_a_refusal_or_a_wrong_address_is_reported(service: NewsService, server: FeverServer) -> None:
    with pytest.raises(AccountRefusedError):
        await add(service, server.base, password="wrong")
    with SiteServer() as site, pytest.raises(NoFeverServerError):
        await add(service, site.base)
    assert await service.accounts.all() == ()


async def test_marks_go_both_ways_one_by_one(service: NewsService, server: FeverServer, account: Account) -> None:
    server.items[1].read = server.items[2].starred = True
    await service.read_marks.mark_all([story(n) for n in range(61, 71)], read=True)  # a whole feed
    await service.read_marks.mark_all([story(3)], read=True)
    await exchange(service, account)
    assert await read_here(service) == {1, 3, *range(61, 71)}
    assert await saved_here(service) == {2}
    assert {n for n, item in server.items.items() if item.read} == {1, 3, *range(61, 71)}
    await service.read_marks.mark_all([story(1)], read=False)
    await service.saved.remove(story(2))
    report = await exchange(service, account)
    assert (report.sent, report.waiting) == (2, 0)
    assert not server.items[1].read
    assert server.starred == set()


async def test_ten_days_apart_lose_nothing(
    service: NewsService, server: FeverServer, account: Account, clock: Clock
) -> None:
    server.add_items("feed/1", range(100, 120), BASE)
    server.items[5].read = True
    await service.read_marks.mark_all([story(6)], read=True)
    clock.time += timedelta(days=10)
    await exchange(service, account)
    assert await read_here(service) == {5, 6}
    assert server.unread == set(server.items) - {5, 6}


async def test_what_the_server_did_not_store_or_has_no_more_is_not_believed(
    service: NewsService, server: FeverServer, account: Account
) -> None:
    server.quirks.stores_nothing = True
    server.quirks.vanished = {9}
    await service.read_marks.mark_all([story(7), story(8)], read=True)
    assert (await exchange(service, account)).waiting == 2
    assert await read_here(service) == {7, 8}  # and not 9, which is in no list any more
    server.quirks.stores_nothing = False
    await exchange(service, account)
    assert server.unread == set(server.items) - {7, 8}


@pytest.mark.parametrize("fault", ["html", "cut", "fails"])
async def test_what_is_no_answer_changes_nothing(
    service: NewsService, server: FeverServer, account: Account, fault: str
) -> None:
    quirks = {"html": {"html": True}, "cut": {"cut": True}, "fails": {"fails": ("unread",)}}[fault]
    server.quirks = replace(server.quirks, **quirks)  # type: ignore[arg-type]
    report = await service.accounts.exchange(account)
    assert report.problem is not None
    assert await read_here(service) == set()
    assert len(await service.subscriptions.all()) == 2


async def test_names_and_removals_of_sources_stay_here(
    service: NewsService, server: FeverServer, account: Account
) -> None:
    harbour, weather = sorted(await service.subscriptions.all(), key=lambda each: each.title)
    await service.subscriptions.edit(replace(harbour, title="The harbour"), before=harbour)
    await service.subscriptions.remove(weather)
    for _ in range(3):
        await exchange(service, account)
    assert [each.title for each in await service.subscriptions.all()] == ["The harbour"]
    assert len(server.feeds) == 2


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"<html>", b'{"auth": 1}', b'{"api_version": 3}', b"\xff", b"[" * 100_000]
)
def test_what_is_no_answer_is_an_error_and_not_a_refusal(body: bytes) -> None:
    with pytest.raises(WrongAnswerError):
        fever.authorised(body)


@pytest.mark.parametrize("text", [None, 5, "1,x", "-1", "1;2", ["1"]])
def test_what_is_no_list_of_ids_is_an_error_and_not_an_empty_list(text: object) -> None:
    with pytest.raises(WrongAnswerError):
        fever.ids({"unread_item_ids": text}, "unread_item_ids")
    assert fever.ids({"unread_item_ids": ""}, "unread_item_ids") == frozenset()


async def test_coldsweat_is_read_as_our_own_server_is(service: NewsService, tmp_path: Path) -> None:
    with SiteServer() as site:
        there_as_here = feed(3).octets.replace(b"<link>/", f"<link>{site.base}".encode())
        site.routes["/harbour.xml"] = Answer(there_as_here, content_type="application/rss+xml")
        with coldsweat(tmp_path, site.url("harbour.xml")) as there:
            account = await add(service, there.base, there.user, there.password)
            report = await exchange(service, account)
            assert (report.sources, report.new) == (1, 3)
            urls = there.urls()
            await service.read_marks.mark_all(urls[:1], read=True)
            there.mark(urls[1], "read")
            there.mark(urls[2], "saved")
            report = await exchange(service, account)
            assert (report.sent, report.read, report.starred, report.waiting) == (1, 1, 1, 0)
            assert there.read() == set(urls[:2])
            await service.read_marks.mark_all(urls[:1], read=False)
            await exchange(service, account)
            assert there.read() == {urls[1]}
