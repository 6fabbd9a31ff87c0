"""Pictures for the screen and places in articles, over a real server and real stores."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from newsreader.exporting.formats import ExportFormat, missing_pictures
from newsreader.fetch_errors import FetchError
from newsreader.pictures import PictureBox
from newsreader.sample.pictures import picture
from newsreader.service.errors import NotStoredError
from newsreader.service.facade import NewsService
from newsreader.worker_errors import ExtractionError
from tests.servers import Answer, Reader, Request, SiteServer, Writer
from tests.services import article
from tests.storage.values import Clock
from tests.test_service import lead_to

BOX = PictureBox(40, 12)


@pytest.fixture
def site(site: SiteServer) -> SiteServer:
    """Serve an article with a picture."""
    body = '<figure><img src="/lamp.png" width="640" height="360"><figcaption>The lamp</figcaption></figure>'
    site.routes["/lamp"] = article("The lamp is lit", body=body)
    site.routes["/lamp.png"] = Answer(picture("lamp") or b"", content_type="image/png")
    site.routes["/words.png"] = Answer(b"<svg/>", content_type="image/png")
    return site


def asked(site: SiteServer, path: str) -> int:
    return sum(request.path == path for request in site.requests)


async def test_a_picture_is_got_once_and_kept(service: NewsService, site: SiteServer) -> None:
    await service.pages.open(site.url("lamp"), typed=True)
    first = await service.pictures.raster(site.url("lamp.png"), BOX)
    again = await service.pictures.raster(site.url("lamp.png"), BOX)

    assert first == again
    assert first.columns == 40
    assert asked(site, "/lamp.png") == 1


async def test_the_pictures_of_a_saved_article_are_shown_without_a_network_and_without_a_cache(
    service: NewsService, site: SiteServer
) -> None:
    kept = await service.saved.save(site.url("lamp"), typed=True)
    assert (kept.pictures, kept.pictures_named) == (1, 1)
    await service.maintenance.clear_cache()
    site.stop()
    service.parts.network.offline_since = service.now()

    assert (await service.pictures.raster(site.url("lamp.png"), BOX)).columns == 40
    opened = await service.pages.open(site.url("lamp"))
    assert (opened.saved, opened.pictures) == (True, 1)


@pytest.mark.parametrize("is_frugal", [False, True])
async def test_a_picture_that_is_not_kept_is_not_asked_for_offline_or_in_frugal_mode(
    service: NewsService, site: SiteServer, is_frugal: bool
) -> None:
    await service.pages.open(site.url("lamp"), typed=True)
    if is_frugal:
        service.settings = service.settings.with_frugal()
    else:
        service.parts.network.offline_since = service.now()

    with pytest.raises(NotStoredError):
        await service.pictures.raster(site.url("lamp.png"), BOX)
    assert asked(site, "/lamp.png") == 0


async def test_what_is_no_picture_and_what_is_not_there_are_errors(service: NewsService, site: SiteServer) -> None:
    lead_to(service, site)
    with pytest.raises(ExtractionError):
        await service.pictures.raster(site.url("words.png"), BOX)
    with pytest.raises(FetchError):
        await service.pictures.raster(site.url("gone.png"), BOX)


async def test_what_is_started_is_listed_the_last_read_first_with_how_far(
    service: NewsService, site: SiteServer, clock: Clock
) -> None:
    for n, percent in enumerate((30, 60, 100)):
        await service.positions.save(site.url(f"a{n}"), 4, "words", char_offset=7, percent=percent, title=f"Story {n}")
        clock.time += timedelta(minutes=1)
    rows = await service.listings.in_progress()
    assert [(row.headline.title, row.percent) for row in rows] == [("Story 1", 60), ("Story 0", 30)]

    await service.read_marks.mark(site.url("a1"))
    assert [row.headline.title for row in await service.listings.in_progress()] == ["Story 0"]
    await service.history.undo()
    assert len(await service.listings.in_progress()) == 2
    await service.positions.save(site.url("a1"), 0, "")
    assert [row.headline.title for row in await service.listings.in_progress()] == ["Story 0"]
    place = await service.positions.of(site.url("a0"))
    assert place is not None
    assert (place.block, place.char_offset) == (4, 7)


@pytest.fixture
async def never(service: NewsService, site: SiteServer) -> AsyncIterator[list[str]]:
    """Serve an article with a picture, and a dozen more that never come; yields which of these were asked for."""
    is_over = asyncio.Event()
    asked_for: list[str] = []

    async def never_answered(request: Request, reader: Reader, writer: Writer) -> None:
        asked_for.append(request.path)
        await is_over.wait()

    service.settings = replace(service.settings, network=replace(service.settings.network, timeout=2.0))
    names = ["/lamp.png", *(f"/never-{number}.png" for number in range(12))]
    body = "".join(f'<figure><img src="{name}" width="640" height="360"></figure>' for name in names)
    site.routes["/slow"] = article("The lamp is lit, and others are not", body=body)
    site.routes.update(dict.fromkeys(names[1:], never_answered))
    yield asked_for
    is_over.set()


async def test_saving_waits_once_for_pictures_that_never_come_and_not_for_one_after_another(
    service: NewsService, site: SiteServer, never: list[str]
) -> None:
    kept = await service.saved.save(site.url("slow"), typed=True)
    assert (kept.pictures, kept.pictures_named) == (1, 13)
    assert 0 < len(never) < 12


async def test_exporting_waits_once_for_pictures_that_never_come_and_counts_those_that_came(
    service: NewsService, site: SiteServer, never: list[str]
) -> None:
    edition = await service.export.edition(
        [await service.export.article(site.url("slow"), typed=True)], ExportFormat.HTML
    )
    assert missing_pictures(edition, ExportFormat.HTML) == "1 of 13 pictures"
    assert 0 < len(never) < 12
