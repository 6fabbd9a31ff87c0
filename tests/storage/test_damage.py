"""Bytes that change on the disk: the cache heals itself, the library says what is lost and gives the rest."""

import random
import shutil
from contextlib import closing, suppress
from pathlib import Path

import pytest

from newsreader.storage.cache import Cache
from newsreader.storage.errors import (
    DamagedStoreError,
    ForeignStoreError,
    NewerStoreError,
    SetAsideStoreError,
    StoreError,
)
from newsreader.storage.library import Library
from newsreader.storage.saved import DamagedArticleError
from tests.storage.values import START, URL, Clock, headlines, page, response, saved_article

OTHER = "https://harbour.example/news/other"
PICTURE = ("https://p.example/1.png", bytes(range(256)) * 20, "image/png")


def fill_cache(path: Path) -> None:
    with closing(Cache.open(path, now=Clock())) as cache:
        for url in (URL, OTHER):
            cache.responses.put(response(url))
            cache.pages.put(url, 1, page(url), START)
        cache.pictures.put(*PICTURE)
        cache.seen_headlines.record("list", headlines(5))


def fill_library(path: Path) -> None:
    with closing(Library.open(path, now=Clock())) as library:
        library.saved.save(saved_article())
        library.saved.save(saved_article(OTHER))
        library.read_marks.mark(URL, True)
        library.preferences.save("theme", "paper")


def change_bytes(path: Path, needle: bytes, *, occurrence: int = 0) -> None:
    whole = bytearray(path.read_bytes())
    place = -1
    for _ in range(occurrence + 1):
        place = whole.index(needle, place + 1)
    whole[place + len(needle) // 2] ^= 0x20
    path.write_bytes(whole)


@pytest.mark.parametrize("rubbish", [b"rubbish" * 1000, b"SQLite format 3\x00" + b"\xff" * 5000, b"x"])
def test_a_cache_that_is_rubbish_is_set_aside_and_recreated(tmp_path: Path, rubbish: bytes) -> None:
    path = tmp_path / "cache.db"
    path.write_bytes(rubbish)
    with closing(Cache.open(path, now=Clock())) as cache:
        assert isinstance(cache.problem, SetAsideStoreError)
        assert "cache.db.damaged-20261122T140405Z" in cache.problem.text
        assert (tmp_path / "cache.db.damaged-20261122T140405Z").read_bytes() == rubbish
        cache.responses.put(response())
    with closing(Cache.open(path, now=Clock())) as cache:
        assert cache.problem is None
        assert cache.responses.of(URL) == response()


def test_only_the_last_damaged_cache_is_kept(tmp_path: Path) -> None:
    clock = Clock()
    for _ in range(3):
        (tmp_path / "cache.db").write_bytes(b"rubbish" * 1000)
        Cache.open(tmp_path / "cache.db", now=clock).close()
        clock.move(days=1)
    assert len(list(tmp_path.glob("cache.db.damaged-*Z"))) == 1


def test_a_cache_that_is_damaged_while_it_is_open_heals(tmp_path: Path) -> None:
    path = tmp_path / "cache.db"
    fill_cache(path)
    with closing(Cache.open(path, now=Clock())) as cache:
        whole = path.read_bytes()
        path.write_bytes(whole[:4096] + b"\xa5" * (len(whole) - 4096))
        assert cache.responses.of(URL) is None
        assert isinstance(cache.problem, SetAsideStoreError)
        cache.responses.put(response())
        assert cache.responses.of(URL) == response()


def test_a_program_follows_another_one_that_healed_the_cache(tmp_path: Path) -> None:
    path = tmp_path / "cache.db"
    fill_cache(path)
    with closing(Cache.open(path, now=Clock())) as one, closing(Cache.open(path, now=Clock())) as other:
        assert one.responses.of(URL) == other.responses.of(URL) == response()
        whole = path.read_bytes()
        path.write_bytes(whole[:4096] + b"\xa5" * (len(whole) - 4096))
        one._database.outside_transaction(lambda connection: connection.execute("PRAGMA shrink_memory"))
        one.responses.put(response(URL + "/one"))
        assert isinstance(one.problem, SetAsideStoreError)
        other.responses.put(response(URL + "/other"))
        assert one.responses.of(URL + "/other") is not None
        assert other.responses.of(URL + "/one") is not None
    assert len(list(tmp_path.glob("cache.db.damaged-*Z"))) == 1


def test_a_changed_byte_in_a_body_costs_that_body_alone(tmp_path: Path) -> None:
    path = tmp_path / "cache.db"
    fill_cache(path)
    change_bytes(path, PICTURE[1][64:128])
    with closing(Cache.open(path, now=Clock())) as cache:
        assert cache.pictures.of(PICTURE[0]) is None
        assert cache.problem is None
        assert cache.responses.of(URL) == response()
        cache.pictures.put(*PICTURE)
        assert cache.pictures.of(PICTURE[0]) == PICTURE[1:]


def test_a_cache_survives_any_changed_byte(tmp_path: Path) -> None:
    sound = tmp_path / "sound.db"
    fill_cache(sound)
    size = sound.stat().st_size
    chance = random.Random(1)
    for number in range(150):
        path = tmp_path / f"{number}" / "cache.db"
        path.parent.mkdir()
        shutil.copy(sound, path)
        whole = bytearray(sound.read_bytes())
        for _ in range(1 if number < 100 else 50):
            whole[chance.randrange(100 if number % 3 == 0 else size)] = chance.randrange(256)
        path.write_bytes(whole)
        with closing(Cache.open(path, now=Clock())) as cache:
            assert cache.responses.of(URL) in (response(), None) or cache.problem is None
            assert cache.pages.of(URL, 1) is None or cache.pages.of(URL, 1)[0].title  # type: ignore[index]
            assert cache.pictures.of(PICTURE[0]) in (PICTURE[1:], None)
            cache.pages.stored([URL, OTHER])
            cache.seen_headlines.record("list", headlines(4))
            cache.responses.put(response(URL + "/new"))
            cache.pages.put(URL + "/new", 1, page(), START)
            if isinstance(cache.problem, ForeignStoreError | NewerStoreError):  # the byte that says whose it is
                for ask in (cache.info, cache.clear):
                    with pytest.raises(StoreError):
                        ask()
            else:
                cache.info()
                cache.clear()
            cache.responses.put(response())
            assert cache.responses.of(URL) == response()


def test_a_library_that_is_rubbish_is_named_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    path.write_bytes(b"rubbish" * 1000)
    with pytest.raises(DamagedStoreError, match=r"library\.db") as caught:
        Library.open(path, now=Clock())
    assert caught.value.exit_status == 5
    assert "backups" in caught.value.advice
    assert path.read_bytes() == b"rubbish" * 1000


def test_a_damaged_picture_is_named_and_the_rest_is_given(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    fill_library(path)
    change_bytes(path, saved_article().pictures[0].body[:200])
    with closing(Library.open(path, now=Clock())) as library:
        kept = {url: library.saved.article(url) for url in (URL, OTHER)}
        (hurt,) = (article for article in kept.values() if article and article.damaged)
        assert hurt.damaged == ("picture 1",)
        assert hurt.page == page(hurt.url, "The harbour authority said.")
        assert hurt.response == response(hurt.url)
        assert hurt.pictures == saved_article().pictures[1:]
        assert library.check() == (hurt.url,)


def damage_part(path: Path, part: str) -> None:
    """Change one byte of a part of the article at URL, past SQLite, which does not notice."""
    with closing(Library.open(path, now=Clock())) as library:
        content = library._database.read(
            lambda c: c.execute(
                "SELECT content FROM saved_parts JOIN saved ON saved.id = saved WHERE url = ? AND part = ?", (URL, part)
            ).fetchone()[0]
        )
    change_bytes(path, content[:40])


def test_a_damaged_answer_is_named_and_the_rest_is_given(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    fill_library(path)
    damage_part(path, "response")
    with closing(Library.open(path, now=Clock())) as library:
        kept = library.saved.article(URL)
        assert kept is not None
        assert (kept.damaged, kept.response) == (("response",), None)
        assert kept.pictures == saved_article().pictures


def test_a_damaged_text_is_an_error_that_holds_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    fill_library(path)
    damage_part(path, "page")
    with closing(Library.open(path, now=Clock())) as library:
        with pytest.raises(DamagedArticleError, match=r"harbour\.example/news/dredging") as caught:
            library.saved.article(URL)
        assert caught.value.response == response()
        assert caught.value.pictures == saved_article().pictures
        assert str(path) in caught.value.text
        assert library.saved.article(OTHER) == saved_article(OTHER)
        assert library.check() == (URL,)


def test_no_changed_byte_goes_unnoticed_in_a_saved_article(tmp_path: Path) -> None:
    sound = tmp_path / "sound.db"
    fill_library(sound)
    size = sound.stat().st_size
    chance = random.Random(2)
    for number in range(200):
        path = tmp_path / f"{number}" / "library.db"
        path.parent.mkdir()
        whole = bytearray(sound.read_bytes())
        whole[chance.randrange(size)] ^= 1 << chance.randrange(8)
        path.write_bytes(whole)
        with suppress(StoreError), closing(Library.open(path, now=Clock())) as library:
            kept = library.saved.article(URL)
            if kept is not None and not kept.damaged and kept.url == URL:
                assert (kept.page, kept.response, kept.pictures) == (
                    saved_article().page,
                    saved_article().response,
                    saved_article().pictures,
                )
            library.saved.rows()
            library.read_marks.which([URL])
            library.preferences.get("theme")
            library.check()
        assert path.read_bytes() == bytes(whole)
