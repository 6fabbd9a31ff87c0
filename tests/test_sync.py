"""A sync refreshes sources and brings their articles, over real servers: a feed, a page, one that fails, a slow one."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from newsreader.models import Headline
from newsreader.service.errors import NotRunningAloneError
from newsreader.service.facade import NewsService
from newsreader.service.values import Downloaded, NotDownloaded, Planned, Refreshed, SyncReport, SyncStep
from newsreader.settings import Offline, Settings
from newsreader.source_values import Source, SourceSettings
from newsreader.storage.lock import alone
from tests.servers import Answer, SiteServer
from tests.services import article, directories
from tests.test_service import lead_to
from tests.test_sources import feed, front
from tests.worker import shared_sandbox

NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)


@pytest_asyncio.fixture
async def service(own_directories: Path) -> AsyncIterator[NewsService]:
    async with NewsService(
        directories(own_directories), Settings(), clock=lambda: NOW, sandbox=shared_sandbox()
    ) as service:
        yield service


@pytest.fixture(autouse=True)
def newspaper(site: SiteServer) -> None:
    site.routes["/"] = front(6)
    site.routes["/feed"] = feed(3)
    for number in range(10):
        site.routes[f"/news/{number}"] = article(f"Story {number}")


async def sync(
    service: NewsService, sources: tuple[Source, ...] | None = None, **wishes: object
) -> tuple[SyncReport, list[SyncStep]]:
    steps: list[SyncStep] = []
    asked = await service.subscriptions.all() if sources is None else sources
    return await service.sync.run(asked, steps.append, **wishes), steps  # type: ignore[arg-type]


def numbers(steps: list[SyncStep]) -> list[int]:
    return [int(step.asked.url.rpartition("/")[2]) for step in steps if isinstance(step, Downloaded)]


async def test_headlines_come_first_then_their_articles(service: NewsService, site: SiteServer) -> None:
    await service.sources.add(site.url())
    report, steps = await sync(service)
    assert (report.refreshed, report.not_refreshed, report.articles.downloaded) == (1, 0, 6)
    assert steps[:3] == [
        Planned(sources=1),
        Refreshed((await service.subscriptions.all())[0], 6, None),
        Planned(articles=6),
    ]
    site.stop()
    opened = await service.pages.open(site.url("news/0"), offline=True)
    assert opened.page.article is not None
    assert opened.page.article.title == "Story 0"


async def test_the_newest_come_first_and_of_every_source(service: NewsService, site: SiteServer) -> None:
    site.routes["/other"] = front(3, first=7)
    await service.sources.add(site.url("feed"))  # the last of each is the newest, as their times say
    await service.sources.add(site.url("other"))
    _, steps = await sync(service, limit=2)
    assert sorted(numbers(steps)) == [2, 9]
    _, steps = await sync(service, limit=2)
    assert sorted(numbers(steps)) == [1, 8]


async def test_a_second_sync_asks_for_no_article_again(service: NewsService, site: SiteServer) -> None:
    site.routes["/news/3"] = Answer("gone", 410)
    await service.sources.add(site.url())
    report, _ = await sync(service)
    assert (report.articles.downloaded, report.articles.failed) == (5, 1)
    asked = len(site.requests)
    report, steps = await sync(service)
    assert (report.articles.downloaded, report.articles.failed) == (0, 0)
    assert [request.path for request in site.requests[asked:]] == ["/"]
    assert steps[-1] == Planned()


async def test_a_source_that_fails_keeps_nobody_from_the_others(service: NewsService, site: SiteServer) -> None:
    site.routes["/failing"] = front(2, first=7)
    await service.sources.add(site.url("failing"))
    await service.sources.add(site.url("feed"))
    site.routes["/failing"] = Answer("fault", 500)
    report, steps = await sync(service)
    assert (report.refreshed, report.not_refreshed) == (1, 1)
    assert sorted(numbers(steps)) == [0, 1, 2, 7, 8]
    problems = [step.problem.kind for step in steps if isinstance(step, Refreshed) and step.problem]
    assert problems == ["server-error"]


async def test_what_was_read_or_is_too_old_is_not_downloaded(service: NewsService, site: SiteServer) -> None:
    await service.sources.add(site.url("feed"))  # of 10:00, 11:00 and 12:00
    await service.read_marks.mark(site.url("news/2"))
    _, steps = await sync(service, max_age=timedelta(hours=7, minutes=30))
    assert numbers(steps) == [1]


async def test_what_a_rule_hides_is_neither_counted_nor_downloaded(service: NewsService, site: SiteServer) -> None:
    await service.sources.add(site.url())
    await service.rules.add("hide", "title:музей")
    _, steps = await sync(service)
    assert [step.unread for step in steps if isinstance(step, Refreshed)] == [5]
    assert sorted(numbers(steps)) == [0, 1, 3, 4, 5]


async def test_a_source_without_pictures_gets_its_articles_alone(service: NewsService, site: SiteServer) -> None:
    source = await service.sources.add(site.url())
    await service.subscriptions.edit(replace(source, settings=SourceSettings(pictures=False)))
    figure = '<figure><img src="/p.png"><figcaption>A boat</figcaption></figure>'
    site.routes["/news/5"] = article("Story 5", body=figure)
    report, _ = await sync(service, limit=1)
    assert report.articles.downloaded == 1
    assert not [request for request in site.requests if request.path == "/p.png"]


async def test_a_source_with_summaries_alone_gets_no_articles(service: NewsService, site: SiteServer) -> None:
    source = await service.sources.add(site.url())
    await service.subscriptions.edit(replace(source, settings=SourceSettings(full_articles=False)))
    report, _ = await sync(service)
    assert (report.refreshed, report.articles.downloaded) == (1, 0)


async def test_a_source_gets_no_more_than_its_share(own_directories: Path, site: SiteServer) -> None:
    settings = replace(Settings(), offline=Offline(articles=2))
    async with NewsService(
        directories(own_directories), settings, clock=lambda: NOW, sandbox=shared_sandbox()
    ) as service:
        await service.sources.add(site.url())
        _, steps = await sync(service)
        assert sorted(numbers(steps)) == [4, 5]
        _, steps = await sync(service)
        assert numbers(steps) == []


async def test_a_source_has_a_limit_of_its_own(service: NewsService, site: SiteServer) -> None:
    source = await service.sources.add(site.url())
    await service.subscriptions.edit(replace(source, settings=SourceSettings(keep_days=2)))
    await sync(service)
    info = await service.downloads.info()
    assert info is not None
    assert info.articles == 6
    later = NOW + timedelta(days=3)
    async with NewsService(service.directories, Settings(), clock=lambda: later, sandbox=shared_sandbox()) as another:
        await another.downloads.prune()
        info = await another.downloads.info()
        assert info is not None
        assert info.articles == 0


async def test_the_queue_is_fetched_by_a_sync(service: NewsService, site: SiteServer) -> None:
    source = await service.sources.add(site.url("feed"))
    lead_to(service, site)
    library = await service.parts.stores.library()
    library.queue.add(site.url("news/9"), "Queued")
    _, steps = await sync(service, (source,), limit=1)
    assert numbers(steps) == [9]
    assert await service.queue.waiting() == ()


async def test_what_is_to_be_read_later_is_fetched_by_a_sync_and_stays_until_it_is_read(
    service: NewsService, site: SiteServer
) -> None:
    lead_to(service, site)
    url = site.url("news/9")
    await service.later.add([Headline("Put aside", url)])
    assert await service.later.add([Headline("Put aside", url)]) == 0
    report, _ = await sync(service)
    assert report.articles.downloaded == 1
    (row,) = await service.later.articles()
    assert (row.headline.title, row.later, row.stored) == ("Put aside", True, True)
    assert (await sync(service))[0].articles.downloaded == 0
    await service.read_marks.mark(url)
    assert await service.later.articles() == ()
    change = await service.history.undo()
    assert change is not None
    assert [each.headline.url for each in await service.later.articles()] == [url]


async def test_a_host_that_refuses_an_article_is_asked_for_no_other(service: NewsService, site: SiteServer) -> None:
    await service.sources.add(site.url())
    for number in range(6):
        site.routes[f"/news/{number}"] = Answer("no", 403)
    asked = len(site.requests)
    report, steps = await sync(service)
    assert report.articles.downloaded == 0
    assert len(site.requests) - asked <= 1 + 4
    assert sum(isinstance(step, NotDownloaded) for step in steps) == 6


async def test_a_source_that_asks_for_long_is_left_alone_and_reported(service: NewsService, site: SiteServer) -> None:
    await service.sources.add(site.url())
    site.routes["/"] = Answer("later", 503, headers=(("Retry-After", "900"),))
    report, steps = await sync(service)
    assert (report.refreshed, report.not_refreshed) == (0, 1)
    asked = len(site.requests)
    report, steps = await sync(service)
    assert report.not_refreshed == 1
    assert len(site.requests) == asked
    assert [step.problem for step in steps if isinstance(step, Refreshed)] != [None]


async def test_a_second_sync_at_once_does_nothing_and_says_so(service: NewsService, site: SiteServer) -> None:
    await service.sources.add(site.url())
    asked = len(site.requests)
    with alone(service.directories.data / "sync.lock") as is_alone:
        assert is_alone
        with pytest.raises(NotRunningAloneError):
            await sync(service)
    assert len(site.requests) == asked
    report, _ = await sync(service)
    assert report.articles.downloaded == 6
