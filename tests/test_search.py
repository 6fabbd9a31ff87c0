"""The service finds what was opened, saved and listed; the command prints it."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from click.testing import CliRunner

from newsreader.cli.main import program
from newsreader.query import QueryError
from newsreader.service.facade import NewsService
from newsreader.settings import Settings
from newsreader.source_values import SourceKind
from tests.servers import SiteServer
from tests.services import article, directories
from tests.storage.values import Clock
from tests.worker import shared_sandbox


async def test_what_was_opened_is_found_and_what_was_read_of_it_known(service: NewsService, site: SiteServer) -> None:
    site.routes["/ferry"] = article("The ferry runs again")
    await service.pages.open(site.url("ferry"), typed=True)
    assert await service.search.newest("ferries") == ()
    left: list[int] = []
    await service.search.update_index(left.append)
    (found,) = await service.search.newest("ferries")
    assert (found.row.headline.title, found.row.read, found.row.stored) == ("The ferry runs again", False, True)
    assert [found.row.headline.title[a:b] for a, b in found.title_marks] == ["ferry"]
    await service.read_marks.mark(site.url("ferry"))
    (found,) = await service.search.ranked("baker is:read")
    assert [words for words, marked in found.passage if marked] == ["baker"]
    assert await service.search.count("baker") == 1
    assert (await service.search.index_state()).waiting == 0


async def test_a_saved_article_is_found_after_the_cache_was_emptied(service: NewsService, site: SiteServer) -> None:
    site.routes["/ferry"] = article("The ferry runs again")
    await service.saved.save(site.url("ferry"), typed=True)
    await service.maintenance.clear_cache()
    await service.search.update_index()
    (found,) = await service.search.newest("breakwater is:saved")
    assert found.row.saved


async def test_a_wrong_filter_is_shown_before_anything_is_sought(service: NewsService) -> None:
    with pytest.raises(QueryError):
        await service.search.newest("is:green")


async def test_times_are_counted_from_now(service: NewsService, site: SiteServer, clock: Clock) -> None:
    site.routes["/ferry"] = article("The ferry runs again")
    await service.pages.open(site.url("ferry"), typed=True)
    await service.search.update_index()
    assert await service.search.count("ferry after:1d") == 1
    clock.time += timedelta(days=3)
    assert await service.search.count("ferry after:1d") == 0


async def test_a_search_is_a_source_that_lists_what_it_finds_now(service: NewsService, site: SiteServer) -> None:
    source = await service.search.follow(" ferry  -quota")
    assert (source.url, source.title, source.kind) == ("search:ferry -quota", "ferry -quota", SourceKind.SEARCH)
    opened = await service.pages.open(source.url, typed=True)
    assert opened.page.headline_lists == ()
    assert opened.page.problem is not None
    site.routes["/ferry"] = article("The ferry runs again")
    await service.pages.open(site.url("ferry"), typed=True)
    opened = await service.pages.open(source.url, typed=True)
    ((_, rows),) = await service.listings.of_page(opened)
    assert [row.headline.title for row in rows] == ["The ferry runs again"]
    assert await service.pages.stored(source.url) is not None
    assert source in await service.subscriptions.all()


async def test_a_search_is_kept_as_it_was_while_its_last_word_was_typed(service: NewsService, site: SiteServer) -> None:
    site.routes["/ferry"] = article("The ferry runs again")
    await service.pages.open(site.url("ferry"), typed=True)
    await service.search.update_index()
    for typed, kept in (("fer", "fer*"), ("again OR fer", "again OR fer"), ("ferries", "ferries"), ("zzz", "zzz")):
        assert (await service.search.follow(typed)).title == kept


def printed(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(program, ["search", *arguments])
    return result.exit_code, result.stdout, result.stderr


@pytest_asyncio.fixture
async def lived_in(own_directories: Path, site: SiteServer, monkeypatch: pytest.MonkeyPatch) -> str:
    """Let an article be stored that the command finds."""
    home = directories(own_directories)
    site.routes["/ferry"] = article("The ferry runs again")
    async with NewsService(
        home, Settings(), clock=lambda: datetime(2026, 11, 22, 12, 0, tzinfo=UTC), sandbox=shared_sandbox()
    ) as service:
        await service.pages.open(site.url("ferry"), typed=True)
    return site.url("ferry")


async def test_the_command_prints_titles_passages_and_addresses(lived_in: str) -> None:
    import asyncio

    status, out, _ = await asyncio.to_thread(printed, "ferries", "-quota")
    assert status == 0
    assert "The ferry runs again" in out
    assert lived_in in out
    assert "outer islands" in out
    assert "\x1b" not in out
    status, out, _ = await asyncio.to_thread(printed, "--format", "json", "--newest", "ferry")
    value = json.loads(out)
    assert value["title"] == "The ferry runs again"
    assert set(value) == {
        "url", "title", "site_name", "language", "published", "read", "saved", "stored", "passage",
    }  # fmt: skip
    assert (await asyncio.to_thread(printed, "--count", "ferry"))[1] == "1\n"


async def test_the_command_says_that_nothing_was_found_and_what_a_filter_takes(lived_in: str) -> None:
    import asyncio

    status, out, err = await asyncio.to_thread(printed, "-harbour", "ferry", "tunnel")
    assert (status, out) == (4, "")
    assert "-harbour ferry tunnel" in err
    status, _, err = await asyncio.to_thread(printed, "is:green")
    assert status == 2
    assert "is:unread" in err


async def test_the_index_is_tidied_without_a_word_of_it_lost(service: NewsService, site: SiteServer) -> None:
    for number in range(8):
        site.routes[f"/{number}"] = article(f"The ferry runs again, {number}")
        await service.pages.open(site.url(f"{number}"), typed=True)
        await service.search.update_index()
    await service.search.merge_segments()
    assert len(await service.search.newest("ferries")) == 8
