"""A private network is reached where the reader asked for it, as it was then, and from nowhere else."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from newsreader.fetch_errors import FetchError
from newsreader.pictures import PictureBox
from newsreader.sample.pictures import picture
from newsreader.service.facade import NewsService
from newsreader.service.private_hosts import PrivateHosts, sounds_private
from newsreader.service.values import SavedSession
from newsreader.settings import Settings
from tests.servers import Answer, SiteServer
from tests.services import article, directories
from tests.storage.values import Clock
from tests.test_sources import front
from tests.worker import shared_sandbox

BOX = PictureBox(40, 12)
LOOPBACK = frozenset({"127.0.0.1"})


@pytest_asyncio.fixture
async def service(own_directories: Path) -> AsyncIterator[NewsService]:
    async with another_run(own_directories) as service:
        yield service


def another_run(home: Path) -> NewsService:
    return NewsService(directories(home), Settings(), clock=Clock(), sandbox=shared_sandbox())


@pytest.fixture
def router() -> Iterator[SiteServer]:
    """Give another program of this computer, or of its network, that no page should reach."""
    with SiteServer() as server:
        server.routes["/"] = server.routes["/restart"] = server.routes["/lamp.png"] = article("Restarting")
        yield server


@pytest.fixture(autouse=True)
def paper(site: SiteServer, router: SiteServer) -> None:
    """Serve a front page, and articles with links and pictures here and at the router."""
    site.routes["/"] = front(2)
    pictures = (
        f'<figure><img src="{url}" width="640" height="360"><figcaption>The lamp</figcaption></figure>'
        for url in ("/lamp.png", router.url("lamp.png"))
    )
    links = (
        f'<p>What the harbour master saw that night stands in <a href="/own">his own account</a>, and the pumps have'
        f' <a href="{router.url("restart")}">a log of theirs</a>, which nobody has read to its end so far.</p>'
    )
    body = "".join((*pictures, links))
    site.routes["/news/0"] = site.routes["/news/1"] = article("The tide", body=body)
    site.routes["/own"] = article("Our own")
    site.routes["/lamp.png"] = Answer(picture("lamp") or b"", content_type="image/png")


async def refused(service: NewsService, url: str) -> None:
    with pytest.raises(FetchError) as caught:
        await service.pages.open(url)
    assert caught.value.kind == "private-network"
    with pytest.raises(FetchError) as caught:
        await service.pictures.raster(url, BOX)
    assert caught.value.kind == "private-network"
    assert not await service.read_ahead.fetch(url)


async def test_a_page_of_a_private_host_leads_on_at_that_host_and_port_and_no_further(
    service: NewsService, site: SiteServer, router: SiteServer
) -> None:
    await service.pages.open(site.url(), typed=True)
    opened = await service.pages.open(site.url("news/0"))
    assert opened.page.article is not None
    assert (await service.pictures.raster(site.url("lamp.png"), BOX)).columns
    assert (await service.pages.open(site.url("own"))).page.article is not None
    await refused(service, router.url("restart"))
    assert router.connections == 0


async def test_what_was_typed_once_is_open_to_no_page_that_makes_addresses_up(
    service: NewsService, site: SiteServer, router: SiteServer
) -> None:
    await service.pages.open(router.url(), typed=True)
    asked = len(router.requests)
    await service.pages.open(site.url(), typed=True)
    await service.pages.open(site.url("news/0"))  # it names an address of the router that no page of the router names
    router.routes["/delete"] = article("Deleted")
    await refused(service, router.url("delete"))
    assert len(router.requests) == asked


async def test_a_followed_source_of_a_private_host_is_read_from_every_view_in_a_later_run(
    service: NewsService, site: SiteServer, router: SiteServer, own_directories: Path
) -> None:
    source = await service.sources.add(site.url())
    async with another_run(own_directories) as later:
        assert (await later.pages.open(site.url("news/1"))).page.article is not None  # "All unread" names no page
        assert await later.read_ahead.fetch(site.url("news/0"))
        state = await later.sources.refresh(source)
        assert state.problem is None
        await refused(later, router.url("restart"))
        await refused(later, site.url("nothing/that/the/source/lists"))


async def test_the_page_of_the_last_session_is_shown_again(
    service: NewsService, site: SiteServer, own_directories: Path
) -> None:
    await service.pages.open(site.url(), typed=True)
    await service.session.save(SavedSession(site.url()))
    async with another_run(own_directories) as later:
        session = await later.session.last()
        assert session is not None
        assert session.address == site.url()
        assert (await later.pages.open(site.url(), refresh=True)).fetch_problem is None


async def test_a_source_that_was_public_and_is_not_any_more_is_refused(service: NewsService) -> None:
    url = "http://paper.example/feed"
    assert not sounds_private(url)
    trust = await service.parts.trust_policy.trust_for(url)
    assert (trust.is_typed, trust.is_led) == (False, False)


@pytest.mark.parametrize(
    ("url", "is_private"),
    [
        ("http://localhost:8080/", True),
        ("http://nas/", True),
        ("http://nas.local/", True),
        ("http://router.home.arpa/", True),
        ("http://192.168.1.1/", True),
        ("http://[fe80::1]/", True),
        ("http://[::ffff:10.0.0.1]/", True),
        ("https://paper.example/", False),
        ("http://8.8.8.8/", False),
        ("http://[::zz]/", False),
    ],
)
def test_a_host_sounds_private_or_not(url: str, is_private: bool) -> None:
    assert sounds_private(url) is is_private


def test_what_is_kept_of_private_hosts_is_what_later_runs_know() -> None:
    hosts = PrivateHosts()
    hosts.note("http://nas:8080/", LOOPBACK)
    hosts.note("http://127.0.0.1:18347/", LOOPBACK, is_passing=True)
    kept = hosts.kept()
    assert kept == {"nas:8080": ["127.0.0.1"]}
    assert hosts.kept() is None, "nothing is new"
    later = PrivateHosts()
    later.load(kept)
    assert later.has_place("http://nas:8080/x")
    assert not later.has_place("http://nas/x")
    unknown: tuple[object, ...] = (None, [], {"nas:80": 5}, {"nas:80": [None]})
    for nonsense in unknown:
        PrivateHosts().load(nonsense)


def test_no_more_addresses_are_remembered_than_there_is_room_for() -> None:
    hosts = PrivateHosts()
    hosts.note("http://nas/", LOOPBACK)
    for number in range(20_010):
        hosts.note_led(f"http://nas/{number}")
    assert not hosts.is_led("http://nas/0")
    assert hosts.is_led("http://nas/20009")


async def test_a_source_that_another_program_follows_meanwhile_leads_on_at_its_host(
    service: NewsService, site: SiteServer, router: SiteServer, own_directories: Path
) -> None:
    await service.pages.open(router.url(), typed=True)  # its places are known from now on
    async with another_run(own_directories) as other:
        await other.sources.add(site.url())
    assert (await service.pages.open(site.url("news/1"))).page.article is not None
    await service.session.save(SavedSession(address=router.url()))
    async with another_run(own_directories) as later:
        assert (await later.pages.open(site.url("news/0"))).page.article is not None  # it is still known


async def test_a_source_that_came_only_over_http_is_refreshed_so(service: NewsService, site: SiteServer) -> None:
    opened = await service.pages.open(f"127.0.0.1:{site.port}", typed=True)
    source = await service.sources.follow(f"https://127.0.0.1:{site.port}/", opened)
    assert source.url.startswith("https://")
    assert (await service.sources.refresh(source)).problem is None
