"""Whole articles are downloaded explicitly, politely, over real servers and real stores."""

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from newsreader.models import Headline, Page
from newsreader.service.facade import NewsService
from newsreader.service.values import Downloaded, DownloadReport, DownloadStep, NotDownloaded, Resting, ToDownload
from newsreader.settings import Offline, Settings
from newsreader.storage.article_parts import SavedArticle
from tests.servers import Answer, Request, SiteServer
from tests.services import PIXEL, article, directories
from tests.test_service import lead_to
from tests.worker import shared_sandbox


def now() -> datetime:
    return datetime.now(UTC)


@pytest_asyncio.fixture
async def service(own_directories: Path, site: SiteServer) -> AsyncIterator[NewsService]:
    async with NewsService(directories(own_directories), Settings(), clock=now, sandbox=shared_sandbox()) as service:
        lead_to(service, site)
        yield service


def stories(site: SiteServer, count: int, picture: Answer | None = None) -> list[ToDownload]:
    site.routes["/p.png"] = picture or Answer(PIXEL, content_type="image/png")
    for number in range(count):
        site.routes[f"/s{number}"] = article(
            f"Story {number}", body=f'<figure><img src="/p.png?{number}"><figcaption>A boat</figcaption></figure>'
        )
    return [ToDownload(site.url(f"s{number}"), f"Story {number}") for number in range(count)]


async def download(service: NewsService, wanted: list[ToDownload]) -> tuple[DownloadReport, list[DownloadStep]]:
    steps: list[DownloadStep] = []
    return await service.downloads.download(wanted, steps.append), steps


async def test_articles_are_kept_whole_and_read_without_the_network(service: NewsService, site: SiteServer) -> None:
    wanted = stories(site, 3)
    report, steps = await download(service, wanted)
    assert (report.downloaded, report.failed, report.later) == (3, 0, 0)
    assert {step.asked.url for step in steps if isinstance(step, Downloaded) and step.pictures == 1} == {
        each.url for each in wanted
    }
    site.stop()
    await service.maintenance.clear_cache()
    opened = await service.pages.open(wanted[0].url, offline=True)
    assert opened.page.article is not None
    assert opened.page.article.title == "Story 0"
    picture = await service.pictures.fetch(site.url("p.png?0"))
    assert picture.body == PIXEL
    rows = await service.listings.rows([Headline("", each.url) for each in wanted])
    assert [(row.stored, row.saved) for row in rows] == [(True, False)] * 3


async def test_pictures_that_articles_share_come_with_all_of_them_and_are_fetched_once(
    service: NewsService, site: SiteServer
) -> None:
    figures = "".join(f'<figure><img src="/p{n}.png"><figcaption>Boat {n}</figcaption></figure>' for n in range(3))
    for n in range(3):
        site.routes[f"/p{n}.png"] = Answer(PIXEL, content_type="image/png", delay_s=0.05)
    for n in range(12):
        site.routes[f"/s{n}"] = article(f"Story {n}", body=figures)
    wanted = [ToDownload(site.url(f"s{n}"), f"Story {n}") for n in range(12)]
    report, steps = await download(service, wanted)
    assert (report.downloaded, report.pictures_missing) == (12, 0)
    assert [step.pictures for step in steps if isinstance(step, Downloaded)] == [3] * 12
    library = await service.parts.stores.library()
    assert library.downloads.info().pictures == 36
    asked = [request.path for request in site.requests if request.path.startswith("/p")]
    assert len(asked) < 12  # a few articles are started when the first ones are kept


async def test_pictures_that_did_not_come_are_counted(service: NewsService, site: SiteServer) -> None:
    wanted = stories(site, 2)
    figures = "".join(f'<figure><img src="/{n}.png"><figcaption>Boat {n}</figcaption></figure>' for n in ("p", "none"))
    site.routes["/s0"] = article("Story 0", body=figures)
    report, steps = await download(service, wanted)
    assert report.pictures_missing == 1
    assert {(step.pictures, step.pictures_named) for step in steps if isinstance(step, Downloaded)} == {(1, 2), (1, 1)}


async def test_saving_a_download_fetches_the_pictures_that_it_lacks(service: NewsService, site: SiteServer) -> None:
    (wanted,) = stories(site, 1, Answer("not now", 500))
    report, _ = await download(service, [wanted])
    assert report.pictures_missing == 1
    stories(site, 1)
    kept = await service.saved.save(wanted.url)
    assert (kept.pictures, kept.pictures_named) == (1, 1)


async def test_saving_again_without_the_network_keeps_the_pictures(service: NewsService, site: SiteServer) -> None:
    (wanted,) = stories(site, 1)
    assert (await service.saved.save(wanted.url)).pictures == 1
    site.stop()
    await service.maintenance.clear_cache()
    kept = await service.saved.save(wanted.url, offline=True)
    assert (kept.pictures, kept.pictures_named) == (1, 1)
    library = await service.parts.stores.library()
    saved = library.saved.article(wanted.url)
    assert saved is not None
    assert saved.response is not None


async def test_saving_what_is_downloaded_needs_no_network(service: NewsService, site: SiteServer) -> None:
    (wanted,) = stories(site, 1)
    await download(service, [wanted])
    site.stop()
    await service.maintenance.clear_cache()
    kept = await service.saved.save(wanted.url)
    assert (kept.title, kept.pictures, kept.pictures_named) == ("Story 0", 1, 1)
    library = await service.parts.stores.library()
    saved = library.saved.article(wanted.url)
    assert saved is not None
    assert saved.response is not None
    assert library.downloads.info().articles == 0


async def test_only_what_is_not_here_is_downloaded_and_each_story_once(service: NewsService, site: SiteServer) -> None:
    one, two, three = stories(site, 3)
    await download(service, [one])
    await service.saved.save(two.url)
    urls = [one.url, two.url, three.url, three.url + "?utm_source=list", three.url]
    found = await service.downloads.wanted([Headline("Story", url) for url in urls], site.url())
    assert [(each.url, each.source) for each in found] == [(three.url, site.url())]


async def test_at_most_four_requests_of_a_host_are_under_way(service: NewsService, site: SiteServer) -> None:
    under_way, most = 0, 0

    async def slow(request: Request, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        while most < 4:  # noqa: ASYNC110
            await asyncio.sleep(0.005)
        await asyncio.sleep(0.03)  # in which a fifth would come
        under_way -= 1
        answer = pages[request.path]
        writer.write(answer.head() + answer.octets)

    wanted = stories(site, 12)
    pages = {path: route for path, route in site.routes.items() if isinstance(route, Answer)}
    site.routes = dict.fromkeys(pages, slow)
    report, _ = await download(service, wanted)
    assert report.downloaded == 12
    assert most == 4


async def test_a_host_that_asks_for_a_moment_is_asked_again_in_the_same_run(
    service: NewsService, site: SiteServer
) -> None:
    wanted = stories(site, 1)
    page, asked = site.routes["/s0"], 0

    def busy_once(request: Request) -> Answer:
        nonlocal asked
        asked += 1
        if asked == 1:
            return Answer("later", 429, headers=(("Retry-After", "1"),))
        assert isinstance(page, Answer)
        return page

    site.routes["/s0"] = busy_once
    started = time.monotonic()
    report, steps = await download(service, wanted)
    assert (report.downloaded, report.failed, report.later) == (1, 0, 0)
    assert time.monotonic() - started > 0.9
    assert any(isinstance(step, Resting) for step in steps)


async def test_a_host_that_asks_for_long_is_left_alone_by_the_next_run_too(
    service: NewsService, site: SiteServer, own_directories: Path
) -> None:
    wanted = stories(site, 6)
    site.routes["/s0"] = Answer("later", 503, headers=(("Retry-After", "3600"),))
    report, steps = await download(service, wanted)
    assert report.later + report.downloaded == 6
    assert report.later >= 1
    later = [step for step in steps if isinstance(step, NotDownloaded)]
    assert all(step.is_later and step.problem.kind == "left-alone" for step in later)
    asked = len(site.requests)
    async with NewsService(directories(own_directories), Settings(), clock=now, sandbox=shared_sandbox()) as second:
        left = await second.downloads.wanted([Headline("Story", each.url) for each in wanted])
        report, _ = await download(second, list(left))
        assert report.later == len(left) > 0
    assert len(site.requests) == asked


@pytest.mark.parametrize("status", [403, 429])
async def test_a_host_that_refuses_is_asked_no_more_in_this_run(
    service: NewsService, site: SiteServer, status: int
) -> None:
    wanted = stories(site, 30)
    for each in wanted:
        site.routes["/" + each.url.rpartition("/")[2]] = Answer("no", status)
    report, _ = await download(service, wanted)
    assert report.downloaded == 0
    assert len(site.requests) <= 4
    assert report.failed + report.later == 30
    report, _ = await download(service, wanted[:1])
    assert report.failed == 1  # another run asks again
    assert len(site.requests) <= 5


async def test_what_cannot_be_fetched_is_shown_and_the_rest_comes(service: NewsService, site: SiteServer) -> None:
    wanted = stories(site, 3)
    site.routes["/s0"] = Answer("gone", 404)
    site.routes["/s1"] = Answer("<title>Short</title><p>Nothing to read.</p>")
    report, steps = await download(service, wanted)
    assert (report.downloaded, report.failed) == (1, 2)
    kinds = {step.asked.title: step.problem.kind for step in steps if isinstance(step, NotDownloaded)}
    assert kinds == {"Story 0": "not-found", "Story 1": "nothing-to-save"}


async def test_a_cancelled_download_keeps_what_it_has_reported(service: NewsService, site: SiteServer) -> None:
    wanted = stories(site, 40)
    site.delay_s = 0.02
    message: list[str] = []
    enough = asyncio.Event()

    def on_step(step: DownloadStep) -> None:
        message.append(step.asked.url if isinstance(step, Downloaded) else "")
        if len(message) == 5:
            enough.set()

    task = asyncio.create_task(service.downloads.download(wanted, on_step))
    await enough.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    library = await service.parts.stores.library()
    assert library.downloads.which(message) == set(message)
    assert library.downloads.info().articles < 40


async def test_the_limit_on_the_size_ends_a_run(own_directories: Path, site: SiteServer) -> None:
    settings = replace(Settings(), offline=Offline(max_size_mb=1))
    async with NewsService(directories(own_directories), settings, clock=now, sandbox=shared_sandbox()) as service:
        lead_to(service, site)
        wanted = stories(site, 12, Answer(PIXEL + bytes(300_000), content_type="image/png"))
        report, _ = await download(service, wanted)
        info = await service.downloads.info()
    assert report.is_full
    assert report.later >= 5
    assert info is not None
    assert info.size_bytes <= 1_000_000


async def test_without_pictures_where_they_are_not_wanted(own_directories: Path, site: SiteServer) -> None:
    settings = Settings().with_frugal()
    async with NewsService(directories(own_directories), settings, clock=now, sandbox=shared_sandbox()) as service:
        lead_to(service, site)
        report, _ = await download(service, stories(site, 2))
    assert report.downloaded == 2
    assert not [request for request in site.requests if request.path == "/p.png"]


async def test_old_downloads_go_and_saved_articles_stay(own_directories: Path, site: SiteServer) -> None:
    time_now = now()
    one, two = stories(site, 2)
    async with NewsService(
        directories(own_directories), Settings(), clock=lambda: time_now, sandbox=shared_sandbox()
    ) as service:
        lead_to(service, site)
        await download(service, [one, two])
        await service.saved.save(two.url)
        time_now += timedelta(days=31)
        await service.maintenance.run()
        library = await service.parts.stores.library()
        assert library.downloads.info().articles == 0
        assert library.saved.article(two.url) is not None


async def test_the_queue_runs_and_lets_go_of_what_is_here_or_lost(service: NewsService, site: SiteServer) -> None:
    stories(site, 2)
    for path in ("s0", "s1", "gone"):
        assert await service.queue.add(Headline(f"About {path}", site.url(path)))
    assert not await service.queue.add(Headline("again", site.url("s0")))
    assert (await service.listings.rows([Headline("", site.url("s0"))]))[0].queued
    report = await service.queue.run(lambda step: None)
    assert (report.downloaded, report.failed) == (2, 1)
    assert await service.queue.waiting() == ()
    row = (await service.listings.rows([Headline("", site.url("s0"))]))[0]
    assert (row.queued, row.stored) == (False, True)


async def test_what_is_only_busy_stays_in_the_queue_for_some_tries(service: NewsService, site: SiteServer) -> None:
    site.routes["/s0"] = Answer("fault", 500)
    await service.queue.add(Headline("Story", site.url("s0")))
    for tries in range(1, 5):
        await service.queue.run(lambda step: None)
        assert [each.tries for each in await service.queue.waiting()] == [tries]
    await service.queue.run(lambda step: None)
    assert await service.queue.waiting() == ()


async def test_saved_articles_without_text_are_fetched_too(service: NewsService, site: SiteServer) -> None:
    stories(site, 1)
    library = await service.parts.stores.library()
    for path in ("s0", "gone"):
        url = site.url(path)
        library.saved.save(SavedArticle(url, Page(url, "An imported title"), (), None, now()), undoable=False)
    wanted = await service.queue.to_download()
    assert {each.url for each in wanted} == {site.url("s0"), site.url("gone")}
    report, _ = await download(service, list(wanted))
    assert (report.downloaded, report.failed) == (1, 1)
    saved = library.saved.article(site.url("s0"))
    assert saved is not None
    assert saved.page.article is not None
    assert len(saved.pictures) == 1
    assert await service.queue.to_download() == ()  # what is gone is not asked for again and again
    assert len(library.saved.rows()) == 2
