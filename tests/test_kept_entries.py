"""Services that keep articles, wallabag and Readeck: what is kept there is saved here, and the other way round."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import pytest_asyncio

from newsreader.service.account_errors import AccountRefusedError
from newsreader.service.account_values import Account, AccountReport
from newsreader.service.facade import NewsService
from newsreader.storage.saved import SavedAddress
from tests.keeper_servers import KeeperServer, ReadeckServer, WallabagServer
from tests.storage.values import Clock

BASE = "https://paper.example/"
SERVERS = {"wallabag": WallabagServer, "readeck": ReadeckServer}


@pytest.fixture(params=SERVERS)
def server(request: pytest.FixtureRequest) -> Iterator[KeeperServer]:
    with SERVERS[request.param]() as server:
        server.keep(BASE + "1", "One")
        server.keep(BASE + "2", "Two", is_archived=True, tags=("Harbour News", "sea"))
        yield server


def wanted(server: KeeperServer) -> Account:
    kind = next(name for name, kind in SERVERS.items() if isinstance(server, kind))
    client = ("1_abc", "s3cret") if kind == "wallabag" else None
    return Account("", server.base, "ada", service=kind, client=client)


@pytest_asyncio.fixture
async def account(service: NewsService, server: KeeperServer, clock: Clock) -> Account:
    account = await service.accounts.add(wanted(server), "lovelace")
    clock.time += timedelta(minutes=5)
    return account


async def exchange(service: NewsService, account: Account) -> AccountReport:
    report = await service.accounts.exchange(account)
    assert report.problem is None, report.problem.message
    return report


async def save(service: NewsService, clock: Clock, name: str) -> None:
    await service.parts.stores.in_library(
        lambda library: library.save_addresses([SavedAddress(BASE + name, f"Title {name}", clock())])
    )


async def titles(service: NewsService) -> set[str]:
    return {row.title for row in await service.saved.rows()}


async def test_what_is_kept_there_is_saved_here_with_its_words(service: NewsService, account: Account) -> None:
    assert (await exchange(service, account)).new == 2
    assert await titles(service) == {"One", "Two"}
    opened = await service.pages.open(BASE + "2", offline=True)
    assert opened.page.article is not None
    assert "the ferry ran again" in str(opened.page.article.blocks)
    row = next(row for row in await service.saved.articles() if row.headline.title == "Two")
    assert row.read
    assert row.tags == {"harbour news", "sea"}
    assert (await exchange(service, account)).new == 0


async def test_what_is_highlighted_there_is_highlighted_here_with_its_note(
    service: NewsService, server: KeeperServer, account: Account
) -> None:
    server.keep(BASE + "3", "Three", highlights=(("the ferry ran again", "ask when"), ("in the harbour", "")))
    await exchange(service, account)
    assert {(each.url, each.anchor.exact, each.note) for each in await service.highlights.all()} == {
        (BASE + "3", "the ferry ran again", "ask when"),
        (BASE + "3", "in the harbour", ""),
    }
    opened = await service.pages.open(BASE + "3", offline=True)
    assert opened.page.article is not None
    found = await service.highlights.of_article(BASE + "3", opened.page.article, None)
    assert found is not None
    assert len(found.placed) == 2
    await service.history.undo()
    assert await service.highlights.all() == ()


async def test_a_service_without_highlights_sends_the_words(service: NewsService) -> None:
    with ReadeckServer() as server:
        server.lacks_highlights = True
        server.keep(BASE + "1", "One", highlights=(("the ferry", ""),))
        account = await service.accounts.add(wanted(server), "lovelace")
        assert (await exchange(service, account)).new == 1
        assert await service.highlights.all() == ()
        assert (await service.pages.open(BASE + "1", offline=True)).page.article is not None


async def test_what_is_saved_here_is_kept_there_once(
    service: NewsService, server: KeeperServer, account: Account, clock: Clock
) -> None:
    await exchange(service, account)
    await save(service, clock, "3")
    assert (await exchange(service, account)).sent == 1
    assert [entry.url for entry in server.entries.values()] == [BASE + "1", BASE + "2", BASE + "3"]
    assert (await exchange(service, account)).sent == 0
    assert len(server.entries) == 3
    assert len(await titles(service)) == 3


async def test_what_was_saved_before_the_account_stays_here(
    service: NewsService, server: KeeperServer, clock: Clock
) -> None:
    await save(service, clock, "old")
    clock.time += timedelta(days=1)
    account = await service.accounts.add(wanted(server), "lovelace")
    assert (await exchange(service, account)).sent == 0
    assert len(server.entries) == 2


async def test_nothing_is_removed_on_either_side(
    service: NewsService, server: KeeperServer, account: Account, clock: Clock
) -> None:
    await exchange(service, account)
    del server.entries[1]
    await service.saved.remove(BASE + "2")
    await exchange(service, account)
    assert await titles(service) == {"One"}
    assert list(server.entries) == [2]


async def test_one_import_is_undone_at_once(service: NewsService, server: KeeperServer, account: Account) -> None:
    for n in range(3, 60):
        server.keep(f"{BASE}{n}", f"Story {n}")
    server.page = 25 if isinstance(server, WallabagServer) else 100
    assert (await exchange(service, account)).new == 59
    await service.history.undo()
    assert await titles(service) == set()


async def test_what_a_service_did_not_store_is_sent_again(
    service: NewsService, server: KeeperServer, account: Account, clock: Clock
) -> None:
    server.stores_nothing = True
    await save(service, clock, "3")
    report = await exchange(service, account)
    assert (report.sent, report.waiting) == (0, 1)
    server.stores_nothing = False
    assert (await exchange(service, account)).sent == 1


async def test_a_page_of_html_changes_nothing(service: NewsService, server: KeeperServer, account: Account) -> None:
    server.html = True
    report = await service.accounts.exchange(account)
    assert report.problem is not None
    assert report.problem.kind == "bad-answer"
    assert await titles(service) == set()


async def test_what_is_cut_short_is_finished_by_the_next_exchange(
    service: NewsService, server: KeeperServer, account: Account, clock: Clock
) -> None:
    for n in range(3, 60):
        server.keep(f"{BASE}{n}", f"Story {n}")
    server.busy_after = 35
    report = await service.accounts.exchange(account)
    assert report.problem is not None
    assert 0 < report.new < 59
    server.busy_after = None
    clock.time += timedelta(hours=2)
    assert report.new + (await exchange(service, account)).new == 59


async def test_a_wrong_password_is_said(service: NewsService, server: KeeperServer) -> None:
    with pytest.raises(AccountRefusedError):
        await service.accounts.add(wanted(server), "wrong")
    assert await service.accounts.all() == ()


async def test_a_token_that_is_too_old_is_renewed(service: NewsService, server: KeeperServer, account: Account) -> None:
    if isinstance(server, WallabagServer):
        server.token_uses = 1
    assert (await exchange(service, account)).new == 2
    text = (service.directories.data / "accounts.json").read_text()
    assert "t0ken" not in text
