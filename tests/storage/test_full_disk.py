"""Disks without room: what is stored can be read, and a write that is refused changes nothing."""

import resource
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest

from newsreader.storage import database
from newsreader.storage.article_parts import SavedPicture
from newsreader.storage.cache import Cache
from newsreader.storage.errors import FullStoreError, StoreError
from newsreader.storage.library import Library
from tests.storage.values import START, URL, Clock, headlines, page, response, saved_article
from tests.waiting import LONG_S

ROOT = Path(__file__).parents[2]


def fill(store: Cache | Library) -> None:
    """Let the file grow no more."""
    store._database.outside_transaction(
        lambda c: c.execute(f"PRAGMA max_page_count = {c.execute('PRAGMA page_count').fetchone()[0]}").fetchone()
    )


@pytest.mark.parametrize(
    "write",
    [
        lambda cache: cache.responses.put(response(URL + "/2", bytes(range(256)) * 4000)),
        lambda cache: cache.pages.put(URL + "/2", 1, page(words=" ".join(map(str, range(60_000)))), START),
        lambda cache: cache.pictures.put("https://p.example/2.png", bytes(range(256)) * 4000, "image/png"),
        lambda cache: cache.seen_headlines.record("list", headlines(3000)),
    ],
)
def test_a_full_cache_can_be_read_and_cleared(tmp_path: Path, write: Callable[[Cache], None]) -> None:
    with closing(Cache.open(tmp_path / "cache.db", now=Clock())) as cache:
        cache.responses.put(response())
        cache.pages.put(URL, 1, page(), START)
        fill(cache)
        with pytest.raises(FullStoreError, match=r"cache\.db"):
            write(cache)
        assert cache.responses.of(URL) == response()
        assert cache.pages.of(URL, 1) == (page(), START)
        assert cache.info().pages == 1
        cache.clear()
        assert cache.info().pages == 0
        cache.responses.put(response())


def test_a_full_library_can_be_read_and_loses_nothing(tmp_path: Path) -> None:
    with closing(Library.open(tmp_path / "library.db", now=Clock())) as library:
        library.saved.save(saved_article())
        fill(library)
        with pytest.raises(FullStoreError, match=r"library\.db"):
            library.saved.save(saved_article(words=" ".join(map(str, range(60_000)))))
        with pytest.raises(FullStoreError):
            library.read_marks.mark_all([f"{URL}/{n}" for n in range(3000)])
        assert library.saved.article(URL) == saved_article()
        assert library.read_marks.which([f"{URL}/1"]) == frozenset()
        change = library.undo_log.undo()
        assert change is not None
        assert change.action == "save"


def test_a_cache_in_memory_takes_only_so_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "MEMORY_PAGES", 200)
    (tmp_path / "cache.db").mkdir()
    with closing(Cache.open(tmp_path / "cache.db", now=Clock())) as cache:
        for number in range(40):
            url = f"https://p.example/{number}.png"
            cache.pictures.put(url, bytes(100_000), "image/png")
            assert cache.pictures.of(url) is not None
        kept = [cache.pictures.of(f"https://p.example/{number}.png") for number in range(40)]
        assert 0 < sum(one is not None for one in kept) <= 200 * 4096 // 100_000


def test_a_library_of_which_nothing_can_be_written_is_empty_and_says_why(tmp_path: Path) -> None:
    assert in_child("make", tmp_path, 0) == ["library: store-disk", "cache: store-disk", "cache holds"]


def test_a_size_limit_of_the_system_leaves_reading_possible(tmp_path: Path) -> None:
    with closing(Library.open(tmp_path / "library.db", now=Clock())) as library:
        library.saved.save(saved_article())
    with closing(Cache.open(tmp_path / "cache.db", now=Clock())) as cache:
        cache.pages.put(URL, 1, page(), START)
    assert in_child("use", tmp_path, 400_000) == [
        "saved refused",
        "saved is read",
        "page refused",
        "page is read",
        "cache cleared",
    ]
    with closing(Library.open(tmp_path / "library.db", now=Clock())) as library:
        assert library.saved.article(URL) == saved_article()
        assert library.check() == ()


def in_child(what: str, directory: Path, limit: int) -> list[str]:
    """Run a function of this file in a process that can write no file larger than the limit; return what it prints."""
    command = [sys.executable, "-m", "tests.storage.test_full_disk", what, str(directory), str(limit)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=LONG_S, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


def make(directory: Path) -> None:
    with closing(Library.open(directory / "library.db", now=Clock())) as library:
        assert library.problem is not None
        print(f"library: {library.problem.kind}")
        assert library.saved.rows() == ()
    with closing(Cache.open(directory / "cache.db", now=Clock())) as cache:
        assert cache.problem is not None
        print(f"cache: {cache.problem.kind}")
        cache.responses.put(response())
        if cache.responses.of(URL) == response():
            print("cache holds")


def use(directory: Path) -> None:
    big = SavedPicture("https://p.example/big.png", "image/png", bytes(range(256)) * 4000)
    article = saved_article()
    with closing(Library.open(directory / "library.db", now=Clock())) as library:
        try:
            library.saved.save(type(article)(URL, article.page, (big,), article.response, START))
        except StoreError:
            print("saved refused")
        if library.saved.article(URL) == article:
            print("saved is read")
    with closing(Cache.open(directory / "cache.db", now=Clock())) as cache:
        try:
            for n in range(40):
                cache.pictures.put(f"https://p.example/{n}", big.body, "image/png")
        except StoreError:
            print("page refused")
        if cache.pages.of(URL, 1) == (page(), START):
            print("page is read")
        cache.clear()
        if cache.info().size_bytes < 350_000 and cache.pages.of(URL, 1) is None:
            print("cache cleared")


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), int(sys.argv[3])))
    with suppress(ValueError):
        {"make": make, "use": use}[sys.argv[1]](Path(sys.argv[2]))
