"""An account at a server of feeds: marks go both ways, and nothing is lost whatever the server does."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import keyring
import keyring.backend
import keyring.backends.fail
import keyring.core
import pytest
import pytest_asyncio

from newsreader.fetch_errors import FetchError
from newsreader.service.account_errors import (
    AccountRefusedError,
    NoAccountError,
    NoKeyringError,
    NoReaderServerError,
    UnsafeAccountError,
)
from newsreader.service.account_values import Account, AccountReport
from newsreader.service.facade import NewsService
from newsreader.settings import AccountSettings, Settings
from newsreader.source_values import SourceKind
from tests.reader_server import ReaderServer
from tests.services import directories
from tests.storage.test_full_disk import fill
from tests.storage.values import Clock
from tests.worker import shared_sandbox

BASE = "https://paper.example/"


@pytest.fixture
def server() -> Iterator[ReaderServer]:
    with ReaderServer() as server:
        server.add_feed(1, "Harbour", BASE + "harbour.xml", "Port")
        server.add_feed(2, "Weather", BASE + "weather.xml")
        server.add_items("feed/1", range(1, 31), BASE)
        server.add_items("feed/2", range(31, 41), BASE)
        yield server


class KeyringInMemory(keyring.backend.KeyringBackend):
    """A keyring that ends with the test."""

    priority = 1.0

    def __init__(self) -> None:
        self.passwords: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.passwords.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.passwords[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.passwords[service, username]


def make_service(own_directories: Path, clock: Clock, star: str = "saved") -> NewsService:
    settings = Settings(accounts=AccountSettings(star=star))
    return NewsService(directories(own_directories), settings, clock=clock, sandbox=shared_sandbox())


@pytest_asyncio.fixture
async def service(own_directories: Path, clock: Clock) -> AsyncIterator[NewsService]:
    async with make_service(own_directories, clock) as service:
        yield service


@pytest_asyncio.fixture
async def account(service: NewsService, server: ReaderServer) -> Account:
    return await add(service, server.base, "lovelace")


@pytest_asyncio.fixture
async def joined(service: NewsService, account: Account) -> Account:
    """Exchange once."""
    report = await service.accounts.exchange(account)
    assert report.problem is None
    return account


async def add(service: NewsService, address: str, password: str, kept_in: str = "file") -> Account:
    return await service.accounts.add(Account("", address, "ada", kept_in), password)


def story(n: int) -> str:
    return f"{BASE}story/{n}"


async def read_here(service: NewsService) -> set[int]:
    marked = await service.parts.stores.in_library(
        lambda library: library.read_marks.which([story(n) for n in range(1, 2000)])
    )
    return {int(url.rpartition("/")[2]) for url in marked}


async def saved_here(service: NewsService) -> set[int]:
    return {int(row.url.rpartition("/")[2]) for row in await service.saved.rows()}


async def exchange(service: NewsService, account: Account, **wishes: bool) -> AccountReport:
    """Exchange, and expect that it goes well."""
    report = await service.accounts.exchange(account, **wishes)
    assert report.problem is None, report.problem.message
    return report


# --- joining --------------------------------------------------------------------------------------


async def test_the_api_is_found_below_the_address_of_the_server(account: Account, server: ReaderServer) -> None:
    assert account.url == server.base + "api/greader.php"


async def test_the_sources_of_an_account_are_sources_in_their_groups(service: NewsService, joined: Account) -> None:
    found = await service.subscriptions.all()
    assert [(each.title, each.group) for each in found] == [("Weather", ""), ("Harbour", "Port")]
    await service.sources.refresh_all(found)
    states = await service.subscriptions.states()
    assert [states[each.id].unread for each in found] == [10, 30]
    assert all(states[each.id].problem is None for each in found)


async def test_a_wrong_password_is_said_and_nothing_is_kept(service: NewsService, server: ReaderServer) -> None:
    with pytest.raises(AccountRefusedError):
        await add(service, server.base, "wrong")
    assert await service.accounts.all() == ()


async def test_a_site_without_the_api_is_named(service: NewsService, server: ReaderServer) -> None:
    server.quirks.html = True
    with pytest.raises(NoReaderServerError):
        await add(service, server.base, "lovelace")


async def test_an_account_that_is_not_named_is_the_only_one(service: NewsService, server: ReaderServer) -> None:
    with pytest.raises(NoAccountError, match="There are no accounts yet"):
        await service.accounts.named("")
    account = await add(service, server.base, "lovelace")
    assert await service.accounts.named("") == account
    with pytest.raises(NoAccountError, match="There is no account nobody"):
        await service.accounts.named("nobody")


async def test_a_server_that_fails_is_not_taken_for_another_one(service: NewsService, server: ReaderServer) -> None:
    server.quirks.fails = ("ClientLogin",)
    with pytest.raises(FetchError) as failed:
        await add(service, server.base, "lovelace")
    assert failed.value.status == 500
    assert not isinstance(failed.value, NoReaderServerError)


async def test_a_password_goes_over_no_public_network_without_encryption(service: NewsService) -> None:
    with pytest.raises(UnsafeAccountError):
        await add(service, "http://reader.example/", "lovelace")


async def test_the_password_is_in_a_file_for_the_reader_alone(service: NewsService, account: Account) -> None:
    file = service.directories.data / "accounts.json"
    assert file.stat().st_mode & 0o077 == 0
    assert "lovelace" in file.read_text()
    library = service.directories.data / "library.db"
    assert b"lovelace" not in library.read_bytes()


async def test_a_password_can_be_in_the_systems_keyring(
    service: NewsService, server: ReaderServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = KeyringInMemory()
    monkeypatch.setattr(keyring.core, "_keyring_backend", kept)
    account = await add(service, server.base, "lovelace", "keyring")
    assert "lovelace" not in (service.directories.data / "accounts.json").read_text()
    assert list(kept.passwords.values()) == ["lovelace"]
    await exchange(service, account)
    await service.accounts.remove(account)
    assert kept.passwords == {}


async def test_a_keyring_that_cannot_be_used_is_named(
    service: NewsService, server: ReaderServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyring.core, "_keyring_backend", keyring.backends.fail.Keyring())  # type: ignore[no-untyped-call]
    with pytest.raises(NoKeyringError):
        await add(service, server.base, "lovelace", "keyring")
    assert await service.accounts.all() == ()


@pytest.mark.parametrize("ids", ["short", "long", "words"])
@pytest.mark.parametrize("page", [7, 1000])
async def test_every_kind_of_ids_and_pages_serves(
    service: NewsService, server: ReaderServer, account: Account, ids: str, page: int
) -> None:
    server.quirks.ids, server.quirks.page = ids, page
    assert (await exchange(service, account)).new == 40
    await service.read_marks.mark(story(3))
    server.items[4].read = True
    assert (await exchange(service, account)).read == 1
    assert await read_here(service) == {3, 4}
    assert 3 not in server.unread


# --- both ways ------------------------------------------------------------------------------------


async def test_marks_go_both_ways(service: NewsService, server: ReaderServer, joined: Account) -> None:
    await service.read_marks.mark_all([story(1), story(2)])
    server.items[3].read = True
    server.items[4].starred = True
    report = await exchange(service, joined)
    assert (report.sent, report.read, report.starred, report.waiting) == (2, 1, 1, 0)
    assert await read_here(service) == {1, 2, 3}
    assert await saved_here(service) == {4}
    assert server.unread == set(range(1, 41)) - {1, 2, 3}
    await service.read_marks.mark(story(3), False)
    await service.saved.remove(story(4))
    report = await exchange(service, joined)
    assert (report.sent, report.read, report.unread, report.unstarred) == (2, 0, 0, 0)
    assert 3 in server.unread
    assert server.starred == set()


async def test_what_came_from_the_server_can_change_there_again(
    service: NewsService, server: ReaderServer, joined: Account
) -> None:
    server.items[1].read = True
    await exchange(service, joined)
    server.items[1].read = False
    assert (await exchange(service, joined)).unread == 1
    assert await read_here(service) == set()
    assert 1 in server.unread


async def test_a_star_can_be_what_is_read_later(own_directories: Path, clock: Clock, server: ReaderServer) -> None:
    async with make_service(own_directories, clock, "later") as service:
        account = await add(service, server.base, "lovelace")
        server.items[5].starred = True
        await exchange(service, account)
        assert [row.headline.url for row in await service.later.articles()] == [story(5)]
        await service.later.add(_headlines(6))
        await exchange(service, account)
        assert server.starred == {5, 6}


async def test_ten_days_offline_on_both_sides_lose_nothing(
    service: NewsService, server: ReaderServer, joined: Account, clock: Clock
) -> None:
    server.broken = True
    await service.read_marks.mark_all([story(n) for n in range(1, 11)])
    report = await service.accounts.exchange(joined)
    assert report.problem is not None
    clock.time += timedelta(days=10)
    server.broken = False
    for n in range(11, 16):
        server.items[n].read = True
    server.add_items("feed/2", range(41, 61), BASE)
    report = await exchange(service, joined)
    assert (report.new, report.read, report.sent) == (20, 5, 10)
    assert await read_here(service) == set(range(1, 16)) == set(server.items) - server.unread


async def test_the_later_change_here_wins_over_the_server(
    service: NewsService, server: ReaderServer, joined: Account
) -> None:
    await service.read_marks.mark(story(1))
    await service.read_marks.mark(story(1), False)  # kept unread on purpose
    server.items[1].read = True
    await exchange(service, joined)
    assert await read_here(service) == set()
    assert 1 in server.unread


async def test_clocks_that_are_off_change_nothing(
    service: NewsService, server: ReaderServer, joined: Account, clock: Clock
) -> None:
    clock.time -= timedelta(days=365)
    await service.read_marks.mark(story(1))
    server.items[2].read = True
    await exchange(service, joined)
    clock.time += timedelta(days=730)
    await service.read_marks.mark(story(3))
    await exchange(service, joined)
    assert await read_here(service) == {1, 2, 3}
    assert set(server.items) - server.unread == {1, 2, 3}


async def test_a_whole_source_is_marked_with_one_call_and_no_newer_item_with_it(
    service: NewsService, server: ReaderServer, joined: Account
) -> None:
    await service.read_marks.mark_all([story(n) for n in range(1, 31)])
    server.add_items("feed/1", [41], BASE)
    server.asked.clear()
    report = await exchange(service, joined)
    assert "mark-all-as-read" in server.asked
    assert "edit-tag" not in server.asked
    assert (report.sent, report.waiting) == (30, 0)
    assert server.unread == set(range(31, 42))


async def test_an_exchange_is_undone_at_once_and_the_server_learns_of_it(
    service: NewsService, server: ReaderServer, joined: Account
) -> None:
    await service.sources.refresh_all(await service.subscriptions.all())
    for n in range(1, 6):
        server.items[n].read = True
    server.items[7].starred = True
    await exchange(service, joined)
    change = await service.history.undo()
    assert change is not None
    assert change.action == "account"
    assert await read_here(service) == set()
    assert await saved_here(service) == set()
    harbour = await service.subscriptions.named("Harbour")
    assert (await service.subscriptions.states())[harbour.id].unread == 30
    await exchange(service, joined)
    assert server.unread == set(server.items)
    assert server.starred == set()


# --- subscriptions --------------------------------------------------------------------------------


async def test_sources_follow_the_server_and_the_server_follows_them(
    service: NewsService, server: ReaderServer, joined: Account
) -> None:
    weather, harbour = await service.subscriptions.all()
    await service.subscriptions.edit(replace(harbour, title="The harbour", group="Sea"), before=harbour)
    await service.subscriptions.remove(weather)
    server.add_feed(3, "Markets", BASE + "markets.xml", "Money")
    await exchange(service, joined)
    assert [(each.title, each.group) for each in await service.subscriptions.all()] == [
        ("The harbour", "Sea"), ("Markets", "Money"),
    ]  # fmt: skip
    assert {(feed.title, feed.folder) for feed in server.feeds.values()} == {
        ("The harbour", "Sea"),
        ("Markets", "Money"),
    }
    server.feeds["feed/3"].title = "Money"
    await exchange(service, joined)
    assert [each.title for each in await service.subscriptions.all()] == ["The harbour", "Money"]


async def test_a_source_goes_only_when_two_lists_lack_it(
    service: NewsService, server: ReaderServer, joined: Account
) -> None:
    del server.feeds["feed/2"]
    server.items = {n: item for n, item in server.items.items() if item.stream == "feed/1"}
    await exchange(service, joined)
    assert len(await service.subscriptions.all()) == 2
    await exchange(service, joined)
    assert [each.title for each in await service.subscriptions.all()] == ["Harbour"]
    assert (await service.history.undo()) is not None
    assert len(await service.subscriptions.all()) == 2


async def test_sources_of_the_reader_stay_beside_the_account(
    service: NewsService, server: ReaderServer, joined: Account
) -> None:
    await service.subscriptions.add("https://page.example/", "A page", SourceKind.PAGE)
    await exchange(service, joined)
    await exchange(service, joined)
    assert "A page" in [each.title for each in await service.subscriptions.all()]
    assert len(server.feeds) == 2


def choose(service: NewsService, **choices: str) -> None:
    service.settings = replace(service.settings, accounts=AccountSettings(**choices))


@pytest.mark.parametrize("has_quickadd", [True, False])
async def test_the_server_follows_what_is_followed_here_if_the_reader_wants_it_so(
    service: NewsService, server: ReaderServer, joined: Account, clock: Clock, has_quickadd: bool
) -> None:
    clock.time += timedelta(minutes=1)
    server.quirks.no_quickadd = not has_quickadd
    server.quirks.unreachable = (BASE + "private.xml",)
    await service.subscriptions.add(BASE + "towns.xml", "Towns", SourceKind.FEED, "Land")
    await exchange(service, joined)
    assert len(server.feeds) == 2  # nobody has said so
    choose(service, follow="server")
    if has_quickadd:
        await service.subscriptions.add(BASE + "private.xml", "Of my own", SourceKind.FEED)
    for _ in range(2):
        await exchange(service, joined)
    assert [each.url for each in server.feeds.values()] == [
        BASE + "harbour.xml", BASE + "weather.xml", BASE + "towns.xml",
    ]  # fmt: skip
    assert (server.feeds["feed/102"].title, server.feeds["feed/102"].folder) == ("Towns", "Land")
    sources = await service.subscriptions.all()
    assert len(sources) == 3 + has_quickadd
    (towns,) = [each for each in sources if each.title == "Towns"]
    await service.subscriptions.remove(towns)
    choose(service, follow="server", unfollow="here")
    for _ in range(3):
        await exchange(service, joined)
    assert "feed/102" in server.feeds
    choose(service)
    await exchange(service, joined)
    assert "feed/102" not in server.feeds
    assert "Towns" not in [each.title for each in await service.subscriptions.all()]


async def test_the_reader_can_be_asked_whether_the_server_follows_a_feed_too(
    service: NewsService, server: ReaderServer, joined: Account
) -> None:
    changes = service.accounts.changes
    towns = await service.subscriptions.add(BASE + "towns.xml", "Towns", SourceKind.FEED, "Land")
    page = await service.subscriptions.add(BASE, "A page", SourceKind.PAGE)
    (harbour,) = [each for each in await service.subscriptions.all() if each.title == "Harbour"]
    assert [await changes.server_for(each) for each in (towns, page, harbour)] == [joined, None, None]
    await changes.follow(towns, joined)
    assert (server.feeds["feed/102"].title, server.feeds["feed/102"].folder) == ("Towns", "Land")
    assert await changes.server_for(towns) is None
    server.quirks.unreachable = (BASE + "private.xml",)
    private = await service.subscriptions.add(BASE + "private.xml", "Of my own", SourceKind.FEED)
    with pytest.raises(FetchError):
        await changes.follow(private, joined)
    choose(service, follow="here")
    assert await changes.server_for(private) is None


async def test_a_source_that_is_removed_here_alone_stays_on_the_server_and_comes_back_by_undo(
    service: NewsService, server: ReaderServer, joined: Account
) -> None:
    changes = service.accounts.changes
    weather, harbour = await service.subscriptions.all()
    assert await changes.server_of(weather) == joined
    await changes.keep_there(weather)
    await service.subscriptions.remove(weather)
    for _ in range(3):
        await exchange(service, joined)
    assert len(server.feeds) == 2
    assert await service.subscriptions.all() == (harbour,)
    assert (await service.history.undo()) is not None
    await exchange(service, joined)
    await service.subscriptions.remove(weather)
    await exchange(service, joined)
    assert len(server.feeds) == 1
    choose(service, unfollow="server")
    assert await changes.server_of(harbour) is None


async def test_changes_are_sent_between_exchanges_each_once(
    service: NewsService, server: ReaderServer, joined: Account
) -> None:
    await service.accounts.changes.send()
    server.asked.clear()
    await service.accounts.changes.send()
    assert server.asked == []
    await service.read_marks.mark(story(3))
    await service.accounts.changes.send()
    assert server.unread == set(range(1, 41)) - {3}
    assert not any(name.startswith(("stream", "subscription")) for name in server.asked)
    server.asked.clear()
    await service.accounts.changes.send()
    assert server.asked == []
    weather, harbour = await service.subscriptions.all()
    await service.subscriptions.edit(replace(harbour, title="The harbour"), before=harbour)
    await service.subscriptions.remove(weather)
    await service.accounts.changes.send()
    assert sorted(feed.title for feed in server.feeds.values()) == ["The harbour", "Weather"]
    await service.history.undo()
    report = await exchange(service, joined)
    assert (report.read, report.waiting) == (0, 0)
    server.quirks.html = True
    await service.read_marks.mark(story(4))
    await service.accounts.changes.send()
    server.quirks.html = False
    await exchange(service, joined)
    assert server.unread == set(range(1, 41)) - {3, 4}


async def test_a_removed_account_leaves_its_sources(
    service: NewsService, server: ReaderServer, joined: Account
) -> None:
    await service.accounts.remove(joined)
    assert await service.accounts.all() == ()
    assert len(await service.subscriptions.all()) == 2
    assert not (service.directories.data / "accounts.json").exists()
    assert len(server.feeds) == 2


# --- what servers do ------------------------------------------------------------------------------


@pytest.mark.parametrize("quirk", ["html", "cut", "endless", "fails"])
async def test_a_broken_list_changes_nothing(
    service: NewsService, server: ReaderServer, joined: Account, quirk: str
) -> None:
    for n in range(1, 20):
        server.items[n].read = True
    setattr(server.quirks, quirk, ("items/ids",) if quirk == "fails" else True)
    server.quirks.page = 5
    report = await service.accounts.exchange(joined)
    assert report.problem is not None
    assert await read_here(service) == set()
    server.quirks = type(server.quirks)()
    assert (await exchange(service, joined)).read == 19


async def test_a_list_that_ends_too_early_marks_nothing_read(
    service: NewsService, server: ReaderServer, joined: Account
) -> None:
    server.quirks.late = (set(range(20, 41)), set())
    await exchange(service, joined)
    assert await read_here(service) == set()
    server.quirks.late = None
    await service.read_marks.mark(story(1))
    await exchange(service, joined)
    assert 1 not in server.unread


async def test_items_that_vanish_stay_unread(service: NewsService, server: ReaderServer, joined: Account) -> None:
    server.quirks.vanished = {1, 2}
    server.items[3].read = True
    await exchange(service, joined)
    assert await read_here(service) == {3}
    await service.read_marks.mark(story(1))
    assert (await exchange(service, joined)).waiting == 0
    server.quirks.vanished = set()
    await exchange(service, joined)
    await exchange(service, joined)
    assert 1 not in server.unread


async def test_a_server_that_stores_nothing_is_sent_it_again(
    service: NewsService, server: ReaderServer, joined: Account
) -> None:
    server.quirks.stores_nothing = True
    await service.read_marks.mark(story(1))
    report = await exchange(service, joined)
    assert (report.sent, report.waiting) == (0, 1)
    assert await read_here(service) == {1}
    server.quirks.stores_nothing = False
    report = await exchange(service, joined)
    assert (report.sent, report.waiting) == (1, 0)
    assert 1 not in server.unread


@pytest.mark.parametrize("status", [400, 401, 403])
async def test_tokens_and_log_ins_that_expire_are_renewed(
    service: NewsService, server: ReaderServer, joined: Account, status: int
) -> None:
    server.quirks.token_uses, server.quirks.bad_token_status, server.quirks.auth_uses = 1, status, 4
    await service.read_marks.mark(story(1))
    server.add_items("feed/1", range(100, 110), BASE)
    assert (await exchange(service, joined)).new == 10
    await exchange(service, joined)
    assert 1 not in server.unread


async def test_a_server_that_asks_to_wait_is_left_alone(
    service: NewsService, server: ReaderServer, account: Account, clock: Clock
) -> None:
    server.add_items("feed/1", range(100, 400), BASE)
    server.quirks.busy_after = 7
    report = await service.accounts.exchange(account)
    assert report.problem is not None
    assert report.problem.kind == "busy"
    assert 0 < report.new < 340  # what came before is kept
    asked = len(server.asked)
    server.quirks.busy_after = None
    assert (await service.accounts.exchange(account)).problem is not None
    assert len(server.asked) == asked
    clock.time += timedelta(hours=2)
    assert report.new + (await exchange(service, account)).new == 340


async def test_an_answer_that_changes_much_waits_for_the_reader(
    service: NewsService, server: ReaderServer, account: Account
) -> None:
    server.add_items("feed/1", range(100, 400), BASE)
    await exchange(service, account)
    for n in range(100, 350):
        server.items[n].read = True
    report = await service.accounts.exchange(account)
    assert (report.held, report.read) == (250, 0)
    assert await read_here(service) == set()
    assert (await service.accounts.states())[0].held == 250
    assert (await exchange(service, account, is_accepted=True)).read == 250
    assert len(await read_here(service)) == 250
    assert (await service.accounts.states())[0].held == 0
    assert await service.history.undo() is not None
    assert await read_here(service) == set()


async def test_a_list_that_is_turned_over_waits_for_the_reader(
    service: NewsService, server: ReaderServer, account: Account
) -> None:
    server.add_items("feed/1", range(100, 400), BASE)
    await exchange(service, account)
    await service.read_marks.mark_all([story(n) for n in range(100, 400)])
    await exchange(service, account)
    server.quirks.inverted = True
    assert (await service.accounts.exchange(account)).held == 300
    assert len(await read_here(service)) == 300


async def test_stars_of_years_come_with_the_first_exchange_unasked(
    service: NewsService, server: ReaderServer, account: Account
) -> None:
    server.add_items("feed/1", range(100, 500), BASE, read=True, starred=True)
    assert (await exchange(service, account)).starred == 400
    assert len(await saved_here(service)) == 400


# --- reading --------------------------------------------------------------------------------------


async def test_what_the_server_sent_is_read_offline(
    service: NewsService, server: ReaderServer, joined: Account
) -> None:
    server.stop()
    opened = await service.pages.open(story(1), offline=True)
    assert opened.page.article is not None
    assert opened.page.article.title == "Story 1"
    assert "the river rose" in str(opened.page.article.blocks)
    assert opened.page.note is not None
    assert opened.page.note.kind == "from-server"
    row = (await service.listings.rows(_headlines(1)))[0]
    assert row.stored


def _headlines(n: int) -> list:  # type: ignore[type-arg]
    from newsreader.models import Headline

    return [Headline(f"Story {n}", story(n))]


async def test_the_page_itself_is_fetched_where_there_is_a_network(
    service: NewsService, server: ReaderServer, joined: Account
) -> None:
    with pytest.raises(FetchError):  # not what the server sent in its place
        await service.parts.pages._fetcher.fetch(story(1))
    opened = await service.pages.open(story(1))
    assert opened.fetch_problem is not None
    assert opened.page.article is not None


async def test_a_source_of_an_account_that_cannot_be_reached_says_so(
    service: NewsService, server: ReaderServer, joined: Account, clock: Clock
) -> None:
    harbour = await service.subscriptions.named("Harbour")
    await service.sources.refresh(harbour)
    clock.time += timedelta(hours=1)
    server.quirks.html = True
    state = await service.sources.refresh(harbour)
    assert state.problem is not None
    assert state.problem.kind == "bad-answer"
    assert state.unread == 30


async def test_many_sources_are_refreshed_with_one_exchange(
    service: NewsService, server: ReaderServer, joined: Account, clock: Clock
) -> None:
    clock.time += timedelta(hours=1)
    server.asked.clear()
    await service.sources.refresh_all(await service.subscriptions.all())
    assert server.asked.count("subscription/list") == 1


# --- the disk, and two at once --------------------------------------------------------------------


async def test_on_a_full_disk_nothing_changes_and_what_is_here_is_read(
    service: NewsService, server: ReaderServer, joined: Account, clock: Clock
) -> None:
    library = await service.parts.stores.library()
    fill(library)
    server.add_items("feed/1", range(100, 1100), BASE)
    for n in range(1, 20):
        server.items[n].read = True
    report = await service.accounts.exchange(joined)
    assert report.problem is not None
    assert report.problem.kind == "store-full"
    assert await read_here(service) == set()
    clock.time += timedelta(hours=1)
    harbour = await service.subscriptions.named("Harbour")
    assert (await service.pages.open(harbour.url, refresh=True)).page.headline_lists[0].headlines
    library._database.outside_transaction(lambda c: c.execute("PRAGMA max_page_count = 1000000").fetchone())
    report = await exchange(service, joined)
    assert (report.new, report.read) == (1000, 19)


async def test_two_programs_exchange_at_once(
    service: NewsService, server: ReaderServer, joined: Account, clock: Clock
) -> None:
    async with NewsService(service.directories, Settings(), clock=clock, sandbox=shared_sandbox()) as other:
        server.add_items("feed/1", range(100, 350), BASE)
        for n in range(1, 11):
            server.items[n].read = True
        await service.read_marks.mark(story(11))
        await asyncio.gather(exchange(service, joined), exchange(other, joined))
        await exchange(other, joined)
        assert await read_here(service) == set(range(1, 12))
        assert 11 not in server.unread
        assert len(await service.parts.stores.in_library(lambda lib: lib.accounts.known(joined.key))) == 290


async def test_who_stops_waiting_does_not_cut_an_exchange_short(
    service: NewsService, server: ReaderServer, account: Account
) -> None:
    server.delay_s = 0.02
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.03):
            await service.accounts.exchange(account)
    report = await exchange(service, account)
    assert report.new == 40
    assert server.asked.count("subscription/list") == 1


async def test_items_of_long_ago_that_are_read_are_forgotten(
    service: NewsService, server: ReaderServer, joined: Account, clock: Clock
) -> None:
    await service.read_marks.mark_all([story(n) for n in range(1, 31)])
    await exchange(service, joined)
    clock.time += timedelta(days=200)
    await exchange(service, joined)
    assert len(await service.parts.stores.in_library(lambda library: library.accounts.known(joined.key))) == 10
    assert (await exchange(service, joined)).new == 0
