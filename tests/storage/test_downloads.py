"""What is downloaded is kept whole until its limit, and what is queued waits."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from newsreader.storage.cache import Cache
from newsreader.storage.downloads import Limit
from newsreader.storage.library import Library
from tests.storage.values import START, URL, Clock, page, response, saved_article

PICTURE = "https://p.example/1.png"
NEVER = Limit(timedelta(days=10_000), 10**12)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def library(tmp_path: Path, clock: Clock) -> Iterator[Library]:
    with closing(Library.open(tmp_path / "library.db", now=clock)) as library:
        yield library


def put(library: Library, clock: Clock, number: int, source: str | None = None) -> str:
    url = f"{URL}/{number}"
    library.downloads.put(saved_article(url, f"Words of {number}.", clock()), source=source)
    clock.move(hours=1)
    return url


def spoil(library: Library, part: str) -> None:
    with closing(sqlite3.connect(library.path)) as connection, connection:
        connection.execute("UPDATE download_parts SET content = zeroblob(9) WHERE part = ?", (part,))


def test_a_download_is_read_back_whole_under_all_its_addresses(library: Library) -> None:
    size = library.downloads.put(saved_article())
    assert library.downloads.article(URL + "?utm_source=x") == saved_article()
    assert library.downloads.page(URL) == (page(words="The harbour authority said."), START)
    assert library.downloads.picture(PICTURE) == library.picture(PICTURE) == saved_article().pictures[0]
    assert library.downloads.which([URL, URL + "/other"]) == {URL}
    info = library.downloads.info()
    assert (info.articles, info.pictures, info.size_bytes) == (1, 2, size)
    assert library.saved.rows() == ()


def test_a_later_download_of_a_story_replaces_the_earlier(library: Library) -> None:
    library.downloads.put(saved_article())
    library.downloads.put(saved_article(words="Corrected."))
    found = library.downloads.page(URL)
    assert found is not None
    assert found[0] == page(words="Corrected.")
    assert library.downloads.info().articles == 1


def test_a_damaged_download_is_forgotten_and_a_damaged_picture_left_out(library: Library) -> None:
    library.downloads.put(saved_article())
    spoil(library, "picture")
    assert library.downloads.check() == (URL,)
    assert library.downloads.picture(PICTURE) is None
    found = library.downloads.article(URL)
    assert found is not None
    assert found.pictures == ()
    spoil(library, "page")
    assert library.downloads.page(URL) is None
    assert library.downloads.which_were([URL]) == frozenset()
    assert library.downloads.check() == ()


def test_what_is_saved_is_kept_for_good_and_only_once(library: Library, clock: Clock) -> None:
    library.downloads.put(saved_article())
    kept = library.downloads.article(URL)
    assert kept is not None
    library.saved.save(kept)
    assert library.downloads.which([URL]) == frozenset()
    clock.move(days=1000)
    assert library.downloads.prune(Limit(timedelta(0), 0)) == 0
    assert library.saved.article(URL) == kept
    assert library.picture(PICTURE) == kept.pictures[0]


def test_downloads_go_by_age_and_by_size_the_oldest_first(library: Library, clock: Clock) -> None:
    urls = [put(library, clock, number) for number in range(5)]
    one = library.downloads.info().size_bytes // 5
    assert library.downloads.prune(Limit(timedelta(hours=3, minutes=30), 10**9)) == 2
    assert library.downloads.which(urls) == set(urls[2:])
    assert library.downloads.prune(Limit(timedelta(days=9), one * 3 // 2)) == 2
    assert library.downloads.which(urls) == {urls[4]}
    assert library.downloads.which_were(urls) == set(urls)  # not to be taken again unasked
    assert library.downloads.article(urls[0]) is None
    assert library.downloads.prune(NEVER) == 0


def test_a_source_has_limits_of_its_own(library: Library, clock: Clock) -> None:
    own, other = "https://harbour.example/", "https://town.example/"
    of_own = [put(library, clock, number, own) for number in range(3)]
    of_other = [put(library, clock, number, other) for number in range(3, 6)]
    assert library.downloads.prune(NEVER, {own: Limit(timedelta(hours=5, minutes=30), 10**12)}) == 1
    assert library.downloads.prune(NEVER, {own: Limit(timedelta(days=9), 1)}) == 2
    assert library.downloads.which([*of_own, *of_other]) == set(of_other)
    kept_longer = {other: Limit(timedelta(days=9), 10**12)}
    clock.move(days=3)
    assert library.downloads.prune(Limit(timedelta(days=1), 10**12), kept_longer) == 0
    assert library.downloads.prune(Limit(timedelta(days=1), 10**12)) == 3


def test_pruning_gives_the_room_back(library: Library, clock: Clock) -> None:
    empty = library.path.stat().st_size
    for number in range(30):
        put(library, clock, number)
    assert library.path.stat().st_size > empty + 400_000
    library.downloads.prune(Limit(timedelta(0), 10**9))
    assert library.path.stat().st_size < empty + 50_000


def test_downloads_are_left_out_of_backups(library: Library, clock: Clock) -> None:
    library.saved.save(saved_article())
    for number in range(20):
        put(library, clock, number)
    backup = library.backups.back_up()
    assert backup is not None
    assert backup.stat().st_size < library.path.stat().st_size / 2
    with closing(Library.open(backup, now=clock)) as copy:
        assert copy.saved.article(URL) == saved_article()
        assert copy.downloads.info().articles == 0
    assert library.downloads.info().articles == 20


def test_the_queue_holds_an_article_once_until_it_is_there(library: Library, clock: Clock) -> None:
    assert library.queue.add(URL, "Dredging\x1b[31m delayed")
    assert not library.queue.add(URL + "?utm_source=x", "Dredging delayed")
    clock.move(hours=1)
    assert library.queue.add(URL + "/2", "Another")
    library.queue.note_failed_try(URL)
    assert [(each.url, each.title, each.tries) for each in library.queue.all()] == [
        (URL, "Dredging delayed", 1),
        (URL + "/2", "Another", 0),
    ]
    assert library.queue.which([URL, PICTURE]) == {URL}
    library.downloads.put(saved_article())
    library.queue.remove(URL + "/2")
    assert library.queue.all() == ()


def test_what_cannot_be_had_is_remembered_and_can_be_downloaded_all_the_same(library: Library) -> None:
    library.queue.add(URL, "Dredging delayed")
    library.downloads.give_up(URL, "Dredging delayed")
    assert library.queue.all() == ()
    assert library.downloads.which([URL]) == frozenset()
    assert library.downloads.which_were([URL]) == {URL}
    assert library.downloads.page(URL) is None
    assert library.downloads.article(URL) is None
    library.downloads.put(saved_article())
    assert library.downloads.which([URL]) == {URL}


def test_queueing_can_be_undone(library: Library) -> None:
    library.queue.add(URL, "Dredging delayed")
    change = library.undo_log.undo()
    assert change is not None
    assert (change.action, change.urls, change.title) == ("queue", (URL,), "Dredging delayed")
    assert library.queue.all() == ()


def test_the_library_in_figures(library: Library, clock: Clock) -> None:
    library.saved.save(saved_article())
    put(library, clock, 1)
    library.read_marks.mark(URL, True)
    library.backups.back_up()
    info = library.info()
    assert (info.saved, info.saved_pictures, info.address_only, info.read_marks) == (1, 2, 0, 1)
    assert (info.downloads.articles, len(info.backups)) == (1, 1)
    assert info.size_bytes == library.path.stat().st_size


def test_a_host_is_left_alone_until_its_time(tmp_path: Path, clock: Clock) -> None:
    with closing(Cache.open(tmp_path / "cache.db", now=clock)) as cache:
        cache.hosts.postpone("harbour.example", START + timedelta(minutes=10))
        cache.responses.put(response())
        assert cache.hosts.postponed() == {"harbour.example": START + timedelta(minutes=10)}
        clock.move(minutes=11)
        assert cache.hosts.postponed() == {}
        clock.move(days=4000)
        cache.hosts.postpone("harbour.example", clock() + timedelta(minutes=10))
        clock.move(days=-4000)
        assert cache.hosts.postponed() == {}  # the clock was wrong
