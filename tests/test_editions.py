"""Editions and catalogues: what is in them, what they lack, and that a folder is right whenever one looks."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from lxml import etree

from newsreader.models import Headline, ListedHeadline
from newsreader.query import QueryError
from newsreader.service import editions as editions_module
from newsreader.service.catalogue import (
    Catalogue,
    CatalogueRunningError,
    DamagedCatalogueError,
    ForeignFileError,
)
from newsreader.service.editions import MadeEdition, NoEditionError, NotDownloadedError, NothingFoundError
from newsreader.service.facade import NewsService
from newsreader.service.values import SyncStep
from newsreader.storage.lock import alone
from newsreader.writing import NoDirectoryError
from tests.exporting.editions import png
from tests.exporting.test_epub import check_structure
from tests.servers import Answer, SiteServer
from tests.services import article
from tests.storage.values import Clock
from tests.test_sources import feed, front

DAY = timedelta(days=1)
ATOM = "{http://www.w3.org/2005/Atom}"


async def synced(service: NewsService, site: SiteServer, *, limit: int | None = None) -> None:
    """Follow a feed of six stories, and download their articles."""
    site.routes["/feed"] = feed()
    for number in range(6):
        site.routes[f"/news/{number}"] = article(f"Story {number}")
    await service.sources.add(site.url("feed"))
    await sync(service, limit=limit)


async def sync(service: NewsService, *, limit: int | None = None) -> None:
    def ignore(_step: SyncStep) -> None: ...

    await service.sync.run(await service.subscriptions.all(), ignore, limit=limit)


def titles(made: MadeEdition) -> list[str]:
    return [each.title for each in made.edition.articles]


async def test_the_days_paper_has_what_is_unread_and_downloaded(
    service: NewsService, site: SiteServer, clock: Clock
) -> None:
    await synced(service, site, limit=4)
    made = await service.editions.of_sources(clock() - DAY, limit=100)
    assert len(made.edition.articles) == 4
    (section,) = made.edition.sections
    assert (section.title, section.count, len(section.absent), made.absent) == ("Стрічка гавані", 4, 2, 2)
    assert made.edition.title.startswith("News of 2026-11-22")
    await service.read_marks.mark(made.addresses[0])
    assert titles(await service.editions.of_sources(clock() - DAY, limit=100)) == titles(made)[1:]


async def test_what_came_before_the_time_is_left_out(service: NewsService, site: SiteServer, clock: Clock) -> None:
    await synced(service, site)
    clock.time += timedelta(days=2)
    with pytest.raises(NoEditionError, match="Nothing unread"):
        await service.editions.of_sources(clock() - DAY, limit=100)
    assert len((await service.editions.of_sources(clock() - 3 * DAY, limit=100)).addresses) == 6


async def test_old_stories_of_a_new_source_are_no_news(service: NewsService, site: SiteServer, clock: Clock) -> None:
    clock.time += timedelta(days=9)
    await synced(service, site)
    with pytest.raises(NoEditionError):
        await service.editions.of_sources(clock() - DAY, limit=100)
    assert len((await service.editions.of_sources(clock() - 8 * DAY, limit=100)).addresses) == 6


async def test_without_a_downloaded_article_there_is_no_edition(
    service: NewsService, site: SiteServer, clock: Clock
) -> None:
    site.routes["/feed"] = feed()
    await service.sources.add(site.url("feed"))
    with pytest.raises(NotDownloadedError, match="None of the articles"):
        await service.editions.of_sources(clock() - DAY, limit=100)


async def test_what_rules_hide_is_in_no_edition(service: NewsService, site: SiteServer, clock: Clock) -> None:
    await synced(service, site)
    await service.rules.add("hide", "title:Музей")
    made = await service.editions.of_sources(clock() - DAY, limit=100)
    assert len(made.addresses) == 5
    assert "Story 2" not in titles(made)


async def test_a_search_fills_an_edition_whatever_is_read(service: NewsService, site: SiteServer) -> None:
    await synced(service, site)
    found = await service.editions.of_query("title:story 2", None, limit=10)
    assert titles(found) == ["Story 2"]
    await service.read_marks.mark(found.addresses[0])
    assert titles(await service.editions.of_query("title:story 2", None, limit=10)) == titles(found)
    assert found.edition.title == "title:story 2 · 2026-11-22"
    with pytest.raises(NothingFoundError, match="is:later"):
        await service.editions.of_query("is:later", None, limit=10)
    with pytest.raises(QueryError):
        await service.editions.of_query("is:nonsense", None, limit=10)


async def test_a_limit_takes_from_every_source_in_turn(service: NewsService, site: SiteServer, clock: Clock) -> None:
    await synced(service, site)
    site.routes["/"] = front(count=3, first=20)
    for number in range(20, 23):
        site.routes[f"/news/{number}"] = article(f"Other ({number})", number=number)
    await service.sources.add(site.url())
    await sync(service)
    made = await service.editions.of_sources(clock() - DAY, limit=4)
    assert [section.count for section in made.edition.sections] == [2, 2]
    assert made.left_out == 5


async def test_a_story_of_two_sources_is_in_the_first(service: NewsService, site: SiteServer, clock: Clock) -> None:
    await synced(service, site)
    site.routes["/again"] = feed()
    await service.sources.add(site.url("again"))
    made = await service.editions.of_sources(clock() - DAY, limit=100)
    assert len(made.addresses) == 6
    assert len(made.edition.sections) == 1


async def test_pictures_that_are_stored_come_along(service: NewsService, site: SiteServer, clock: Clock) -> None:
    await synced(service, site)
    site.routes["/p.png"] = Answer(png(), content_type="image/png")
    site.routes["/feed"] = feed(count=7)
    site.routes["/news/6"] = article(
        "Seventh", number=6, body='<figure><img src="/p.png" width=800 height=600></figure>'
    )
    await service.sources.refresh((await service.subscriptions.all())[0])
    await sync(service)
    asked = len(site.requests)
    made = await service.editions.of_sources(clock() - DAY, limit=100)
    assert list(made.edition.pictures.values()) == [png()]
    bare = await service.editions.of_sources(clock() - DAY, limit=100, with_pictures=False)
    assert bare.edition.pictures == {}
    assert len(site.requests) == asked


async def test_the_last_edition_is_remembered(service: NewsService, site: SiteServer, clock: Clock) -> None:
    assert await service.editions.last_made() is None
    await synced(service, site)
    made = await service.editions.of_sources(clock() - DAY, limit=100)
    await service.editions.note_made(made)
    assert await service.editions.last_made() == made.listed_at == clock()
    await service.editions.note_made(replace(made, edition=replace(made.edition, made_at=clock() + DAY)))
    assert await service.editions.last_made() == made.listed_at  # what came while it was made is in the next one
    clock.time -= DAY  # which was a day ahead
    assert await service.editions.last_made() is None
    await service.preferences.save("edition.last-made", "no time")
    assert await service.editions.last_made() is None


def test_times_that_no_clock_shows_are_passed_over() -> None:
    since = datetime(2026, 11, 22, tzinfo=UTC)
    odd = ListedHeadline(Headline("x", "https://a.example/", published=datetime.fromisoformat("9999-12-31T23:00")))
    assert not editions_module._came_since(
        replace(odd, headline=replace(odd.headline, published=datetime.fromisoformat("0001-01-01"))), since
    )
    assert editions_module._came_since(replace(odd, arrived=since), since)


def catalogue(service: NewsService) -> Catalogue:
    return Catalogue(service.directories, service.saved, service.export, service.now)


# --- the catalogue --------------------------------------------------------------------------------


def books_of(folder: Path, name: str) -> list[str]:
    feed = etree.fromstring((folder / name).read_bytes())
    return [str(title) for entry in feed.findall(f"{ATOM}entry") if (title := entry.findtext(f"{ATOM}title"))]


def files_of(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def numbers_of(folder: Path) -> dict[Path, int]:
    """Return the files with what changes when one is replaced."""
    return {path: path.stat().st_ino for path in folder.rglob("*") if path.is_file()}


async def test_a_folder_has_editions_and_saved_articles(
    service: NewsService, site: SiteServer, clock: Clock, tmp_path: Path
) -> None:
    await synced(service, site)
    await service.saved.save(site.url("news/2"))
    made = await service.editions.of_sources(clock() - DAY, limit=100)
    folder = tmp_path / "books"
    report = await catalogue(service).update(folder, made, keep=30 * DAY)
    assert (report.editions, report.saved, report.added, report.removed) == (1, 1, 2, 0)
    assert books_of(folder, "editions.atom") == ["News of 2026-11-22"]
    assert books_of(folder, "saved.atom") == ["Story 2"]
    books = list(folder.rglob("*.epub"))
    assert len(books) == 2
    for book in books:
        check_structure(book.read_bytes())
    assert not [name for name in files_of(folder) if name.endswith(".part")]


async def test_nothing_is_written_again_that_is_the_same(
    service: NewsService, site: SiteServer, clock: Clock, tmp_path: Path
) -> None:
    await synced(service, site)
    await service.saved.save(site.url("news/2"))
    await catalogue(service).update(tmp_path, None, keep=DAY)
    before = numbers_of(tmp_path)
    report = await catalogue(service).update(tmp_path, None, keep=DAY)
    assert (report.added, report.removed) == (0, 0)
    assert numbers_of(tmp_path) == before
    book = next(path for path in before if path.suffix == ".epub")
    book.write_bytes(b"half")  # as a broken transfer leaves it
    assert (await catalogue(service).update(tmp_path, None, keep=DAY)).added == 1
    check_structure(book.read_bytes())


async def test_what_is_not_saved_any_more_and_old_editions_go_and_nothing_else(
    service: NewsService, site: SiteServer, clock: Clock, tmp_path: Path
) -> None:
    await synced(service, site)
    await service.saved.save(site.url("news/2"))
    made = await service.editions.of_sources(clock() - DAY, limit=100)
    await catalogue(service).update(tmp_path, made, keep=30 * DAY)
    (tmp_path / "saved" / "mine.epub").write_bytes(b"mine")
    (tmp_path / "notes.atom").write_bytes(b"mine")
    await service.saved.remove(site.url("news/2"))
    clock.time += 40 * DAY
    report = await catalogue(service).update(tmp_path, None, keep=30 * DAY)
    assert (report.editions, report.saved, report.removed) == (1, 0, 1)  # the newest edition stays, however old
    later = replace(made, edition=replace(made.edition, made_at=clock()))
    report = await catalogue(service).update(tmp_path, later, keep=30 * DAY)
    assert (report.editions, report.removed) == (1, 1)
    left = files_of(tmp_path)
    assert {"saved/mine.epub", "notes.atom"} <= left
    assert len([name for name in left if name.startswith("editions/")]) == 1


async def test_further_files_of_a_long_list_go_when_it_is_shorter(
    service: NewsService, site: SiteServer, tmp_path: Path
) -> None:
    await catalogue(service).update(tmp_path, None, keep=DAY)
    feed_file = (tmp_path / "saved.atom").read_bytes()
    (tmp_path / "saved-2.atom").write_bytes(feed_file)
    await catalogue(service).update(tmp_path, None, keep=DAY)
    assert not (tmp_path / "saved-2.atom").exists()


async def test_files_of_others_are_never_replaced(service: NewsService, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<h1>my own page</h1>")
    with pytest.raises(ForeignFileError, match=r"index\.html"):
        await catalogue(service).update(tmp_path, None, keep=DAY)
    assert files_of(tmp_path) == {"index.html"}


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{}", '{"version": 9, "id": "x", "books": []}', '{"version": 1, "id": "x", "books": []}', "[" * 100_000],
)
async def test_a_damaged_list_stops_before_anything_is_changed(
    service: NewsService, tmp_path: Path, content: str
) -> None:
    (tmp_path / ".newsreader-catalogue.json").write_text(content)
    with pytest.raises(DamagedCatalogueError):
        await catalogue(service).update(tmp_path, None, keep=DAY)
    assert files_of(tmp_path) == {".newsreader-catalogue.json"}


async def test_a_list_cannot_name_files_outside_of_the_folder(
    service: NewsService, site: SiteServer, clock: Clock, tmp_path: Path
) -> None:
    folder = tmp_path / "books"
    await synced(service, site)
    made = await service.editions.of_sources(clock() - DAY, limit=100)
    await catalogue(service).update(folder, made, keep=DAY)
    precious = tmp_path / "precious.epub"
    precious.write_bytes(b"mine")
    kept = folder / ".newsreader-catalogue.json"
    value = json.loads(kept.read_text())
    value["books"][0] |= {"name": "../../precious.epub", "kind": "saved"}
    kept.write_text(json.dumps(value))
    with pytest.raises(DamagedCatalogueError):
        await catalogue(service).update(folder, None, keep=DAY)
    assert precious.read_bytes() == b"mine"


async def test_a_folder_that_cannot_be_is_named(service: NewsService, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for place in (tmp_path / "none" / "books", tmp_path / "file", tmp_path / "file" / "books"):
        with pytest.raises(NoDirectoryError):
            await catalogue(service).update(place, None, keep=DAY)


async def test_only_one_program_writes(service: NewsService, own_directories: Path, tmp_path: Path) -> None:
    with alone(service.directories.data / "catalogue.lock") as is_alone:
        assert is_alone
        with pytest.raises(CatalogueRunningError):
            await catalogue(service).update(tmp_path / "books", None, keep=DAY)
    assert not (tmp_path / "books").exists()
