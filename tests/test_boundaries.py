"""What is odd, or goes wrong in a way that nobody foresaw, costs that one page, source or picture, and nothing else."""

import logging
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from click.testing import CliRunner

from newsreader.cli.main import program
from newsreader.errors import NewsreaderError
from newsreader.fetch_errors import FetchError
from newsreader.models import Headline, Response
from newsreader.pictures import PictureBox
from newsreader.service.facade import NewsService
from newsreader.service.values import NotDownloaded, Refreshed, SyncStep, ToDownload
from newsreader.settings import Settings
from newsreader.source_values import Source, SourceKind
from newsreader.storage.library import Library
from tests.servers import Answer, SiteServer
from tests.services import article, directories
from tests.storage.values import Clock
from tests.test_sources import front

# Hosts that some library refuses, or that cannot be one: each was an end of the program somewhere.
ODD = (
    "http://xn--a.example/",
    "http://[::zz]/",
    "http://a\x1b[2Jb.example/",
    "http://%1b%5b.example/",
    "http://例%5d.example/",
    "http://%40例.example/",
    "http://a..example/",
    "http://a:0/",
    "http://\ud83d.example/",
    "http://" + "a" * 70 + ".example/",
)


@pytest_asyncio.fixture
async def service(own_directories: Path) -> AsyncIterator[NewsService]:
    async with NewsService(directories(own_directories), Settings(), clock=Clock()) as service:
        yield service


@pytest_asyncio.fixture
async def faulty(own_directories: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[NewsService]:
    """A service with a fault of its own wherever an address names it."""
    async with NewsService(directories(own_directories), Settings(), clock=Clock()) as service:
        fetch = service.parts.network.fetch

        async def fetch_with_fault(url: str, *others: Any, **wishes: Any) -> Response:
            if "fault" in url:
                raise ZeroDivisionError("\x1b[2J")
            return await fetch(url, *others, **wishes)

        monkeypatch.setattr(service.parts.network, "fetch", fetch_with_fault)
        yield service


async def follow(service: NewsService, *urls: str) -> None:
    """Follow addresses as a library of former years may hold them: nothing is checked."""
    library = await service.parts.stores.library()
    assert isinstance(library, Library)
    for url in urls:
        library.sources.add(Source(0, url, url, SourceKind.PAGE, Clock()()))


async def synced(service: NewsService) -> list[SyncStep]:
    steps: list[SyncStep] = []
    await service.sync.run(await service.subscriptions.all(), steps.append)
    return steps


@pytest.mark.parametrize("url", [url for url in ODD if url.isprintable()])
async def test_a_source_of_an_odd_host_costs_a_sync_that_source_alone(
    service: NewsService, site: SiteServer, url: str
) -> None:
    site.routes["/"] = front(2)
    site.routes["/news/0"] = article("One")
    site.routes["/news/1"] = article("Two")
    await follow(service, url, site.url())
    refreshed = [step for step in await synced(service) if isinstance(step, Refreshed)]
    assert sorted(step.problem is None for step in refreshed) == [False, True]
    assert all(step.problem is None or step.problem.advice for step in refreshed)


async def test_a_fault_that_nobody_foresaw_costs_a_sync_one_source_and_one_article(
    faulty: NewsService, site: SiteServer, unexpected_errors: list[logging.LogRecord]
) -> None:
    site.routes["/"] = front(2)
    site.routes["/news/0"] = article("One")
    site.routes["/news/1"] = article("Two")
    await follow(faulty, site.url("fault"), site.url())
    library = await faulty.parts.stores.library()
    library.queue.add(site.url("fault/story"), "A story")
    steps = await synced(faulty)
    problems = [step.problem for step in steps if isinstance(step, Refreshed)]
    assert sorted(problem.kind for problem in problems if problem is not None) == ["unexpected"]
    assert None in problems
    failed = [step for step in steps if isinstance(step, NotDownloaded)]
    assert [step.problem.kind for step in failed] == ["unexpected"]
    assert len(unexpected_errors) == 2
    state = (await faulty.subscriptions.states())[(await faulty.subscriptions.all())[0].id]
    assert state.problem is not None
    assert state.problem.kind == "unexpected"


@pytest.mark.parametrize("url", ODD, ids=ascii)
async def test_a_picture_of_an_odd_host_is_not_available_and_that_is_all(service: NewsService, url: str) -> None:
    with pytest.raises(NewsreaderError) as caught:
        await service.pictures.raster(url, PictureBox(40, 12))
    assert isinstance(caught.value, FetchError)


@pytest.mark.parametrize("url", ODD, ids=ascii)
async def test_a_headline_of_an_odd_host_is_a_sentence_wherever_it_is_used(service: NewsService, url: str) -> None:
    headline = Headline("A story", url)
    assert not await service.read_ahead.fetch(url)
    await service.listings.rows([headline])
    with pytest.raises(NewsreaderError):
        await service.pages.open(url)
    with pytest.raises(NewsreaderError):
        await service.saved.save(url)
    steps: list[object] = []
    await service.downloads.download([ToDownload(url, "A story")], steps.append)
    assert [step.problem.kind for step in steps if isinstance(step, NotDownloaded)] == ["invalid-address"]


@pytest.mark.parametrize("url", ODD, ids=ascii)
def test_an_odd_address_typed_on_the_command_line_is_a_sentence(url: str) -> None:
    done = CliRunner().invoke(program, ["read", url])
    assert isinstance(done.exception, SystemExit)
    assert done.exit_code == 2
    assert "isn't a web address" in done.stderr
    assert "\x1b" not in done.output


async def test_links_and_pictures_to_odd_hosts_do_not_keep_an_article_from_being_read(
    service: NewsService, site: SiteServer
) -> None:
    odd = "".join(f'<p>See <a href="{url}">this</a> and <img src="{url}a.png"></p>' for url in ODD)
    body = article("Odd links", body=odd).body
    site.routes["/odd"] = Answer(body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body)
    opened = await service.pages.open(site.url("odd"), typed=True)
    assert opened.page.article is not None
    assert await service.saved.save(site.url("odd"))
