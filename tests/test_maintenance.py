"""The stores are looked after, and what is wrong with them, with the directories and with the network is found."""

import os
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from newsreader.service.doctor import CheckResult, Health
from newsreader.service.facade import NewsService
from newsreader.settings import CacheLimits, NetworkSettings, Offline, Settings
from newsreader.storage.errors import ExistingFileError, StoreError
from newsreader.storage.library import Library
from tests.servers import Answer, SiteServer
from tests.services import article, directories
from tests.storage.values import URL, Clock, saved_article
from tests.test_sources import front
from tests.worker import shared_sandbox


async def save(service: NewsService) -> Library:
    library = await service.parts.stores.library()
    library.saved.save(saved_article())
    return library


async def found(service: NewsService, address: str | None = None) -> dict[str, CheckResult]:
    return {finding.about: finding for finding in await service.doctor.check(address)}


async def test_a_new_installation_is_in_order(service: NewsService) -> None:
    findings = await found(service)
    assert {findings[about].health for about in ("data", "cache", "configuration", "library", "backups")} == {Health.OK}
    assert "will be created" in findings["data"].text
    assert not service.directories.data.exists()  # looking changes nothing


async def test_what_is_sound_is_said_with_its_schema(service: NewsService) -> None:
    await save(service)
    await service.maintenance.run()
    findings = await found(service)
    assert findings["library"].health is Health.OK
    assert "1 saved article" in findings["library"].text
    assert findings["backups"].text.startswith("1, the newest is library-")
    assert findings["cache file"].health is Health.OK


async def test_a_file_in_the_place_of_a_directory_is_an_error(service: NewsService) -> None:
    service.directories.data.parent.mkdir(parents=True)
    service.directories.data.write_text("a file")
    finding = (await found(service))["data"]
    assert finding.health is Health.ERROR
    assert finding.advice


async def test_a_link_that_leads_nowhere_is_an_error_where_a_library_should_be(service: NewsService) -> None:
    service.directories.data.mkdir(parents=True)
    service.maintenance.library_path.symlink_to("nowhere/library.db")
    assert (await found(service))["library"].health is Health.ERROR
    service.maintenance.library_path.unlink()
    service.directories.data.rmdir()
    service.directories.data.symlink_to("nowhere")
    assert (await found(service))["data"].health is Health.ERROR


async def test_a_directory_that_others_can_look_into_is_noted(service: NewsService) -> None:
    service.directories.data.mkdir(parents=True, mode=0o755)
    service.directories.data.chmod(0o755)
    finding = (await found(service))["data"]
    assert (finding.health, finding.advice) == (Health.WARNING, "chmod 700 keeps it to yourself.")


async def test_a_damaged_saved_article_is_named(service: NewsService) -> None:
    library = await save(service)
    with closing(sqlite3.connect(library.path)) as connection, connection:
        connection.execute("UPDATE saved_parts SET content = zeroblob(3) WHERE part = 'page'")
    finding = (await found(service))["library"]
    assert finding.health is Health.ERROR
    assert URL in finding.text
    assert "restore" in finding.advice
    assert await service.maintenance.check_library() == ((URL,), ())


async def test_a_file_that_is_no_database_is_an_error_in_the_library_and_a_note_in_the_cache(
    service: NewsService,
) -> None:
    for path in (service.maintenance.library_path, service.directories.cache / "cache.db"):
        path.parent.mkdir(parents=True, mode=0o700)
        path.write_bytes(b"no database at all" * 100)
    findings = await found(service)
    assert findings["library"].health is Health.ERROR
    assert findings["cache file"].health is Health.WARNING
    assert "cache clear" in findings["cache file"].advice
    assert (service.directories.cache / "cache.db").read_bytes().startswith(b"no database")


async def test_a_damaged_or_old_backup_is_reported(service: NewsService, clock: Clock) -> None:
    library = await save(service)
    await service.maintenance.run()
    (backup,) = (await service.maintenance.library_info()).backups
    clock.move(days=9)
    library.read_marks.mark(URL, True)
    times = library.path.stat().st_mtime - timedelta(days=9).total_seconds()
    os.utime(backup, (times, times))
    assert (await found(service))["backups"].health is Health.WARNING
    backup.write_bytes(b"damaged" * 1000)
    assert (await found(service))["backups"].health is Health.ERROR


async def test_the_network_is_tried_at_a_site_of_the_readers(service: NewsService, site: SiteServer) -> None:
    site.routes["/"] = front(3)
    await service.sources.add(site.url())
    finding = (await found(service))["a site"]
    assert finding.health is Health.OK
    assert "127.0.0.1" in finding.text
    site.stop()
    finding = (await found(service))["a site"]
    assert finding.health is Health.ERROR
    assert finding.advice
    site.start()
    site.routes["/no"] = Answer("no", 403)
    assert (await found(service, site.url("no")))["a site"].health is Health.ERROR


async def test_a_proxy_is_named_without_its_password(own_directories: Path) -> None:
    settings = replace(Settings(), network=NetworkSettings(proxy="http://reader:secret@proxy.example:3128"))
    async with NewsService(directories(own_directories), settings, sandbox=shared_sandbox()) as service:
        finding = (await found(service))["proxy"]
    assert "proxy.example:3128" in finding.text
    assert "secret" not in finding.text


async def test_the_library_is_copied_where_nothing_is_yet(service: NewsService, tmp_path: Path) -> None:
    library = await save(service)
    library.downloads.put(saved_article(URL + "/2"))
    copy = await service.maintenance.back_up_library(tmp_path / "copy.db")
    with closing(Library.open(copy, now=service.now)) as other:
        assert other.saved.article(URL) == saved_article()
        assert other.downloads.info().articles == 0
    with pytest.raises(ExistingFileError):
        await service.maintenance.back_up_library(copy)
    assert (await service.maintenance.back_up_library()).parent.name == "backups"
    assert [path.suffix for path in copy.parent.glob("copy*")] == [".db"]


async def test_a_restore_sets_aside_what_was_there_and_refuses_what_is_not_sound(
    service: NewsService, tmp_path: Path
) -> None:
    library = await save(service)
    copy = await service.maintenance.back_up_library(tmp_path / "copy.db")
    library.saved.remove(URL)
    aside = await service.maintenance.restore_library(copy)
    assert aside is not None
    assert library.saved.article(URL) == saved_article()
    with closing(Library.open(aside, now=service.now)) as former:
        assert former.saved.rows() == ()
    (tmp_path / "wrong.db").write_bytes(b"x" * 4096)
    with pytest.raises(StoreError):
        await service.maintenance.restore_library(tmp_path / "wrong.db")
    assert library.saved.article(URL) == saved_article()


async def test_retention_never_touches_what_is_saved(own_directories: Path, site: SiteServer, clock: Clock) -> None:
    settings = replace(Settings(), cache=CacheLimits(1, 1), offline=Offline(max_age_days=1, max_size_mb=1))
    site.routes["/s"] = article("Story")
    async with NewsService(directories(own_directories), settings, clock=clock, sandbox=shared_sandbox()) as service:
        await service.pages.open(site.url("s"), typed=True)
        await service.saved.save(site.url("s"))
        library = await service.parts.stores.library()
        library.downloads.put(saved_article())
        clock.move(days=400)
        await service.maintenance.run()
        info = await service.maintenance.library_info()
        assert (info.saved, info.downloads.articles) == (1, 0)
        assert (await service.maintenance.cache_info()).pages == 0
        opened = await service.pages.open(site.url("s"), offline=True)
        assert opened.saved
        assert await service.maintenance.check_library() == ((), ())
