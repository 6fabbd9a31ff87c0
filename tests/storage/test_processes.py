"""Several programs at once, threads, and programs that are killed."""

import random
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from newsreader.storage import connection, database_files, patience
from newsreader.storage.backups import restore_backup
from newsreader.storage.cache import Cache
from newsreader.storage.errors import LockedStoreError
from newsreader.storage.library import Library
from tests.storage import tagger
from tests.storage.values import URL, Clock, page, response, saved_article
from tests.storage.writer import address
from tests.waiting import LONG_S

ROOT = Path(__file__).parents[2]


def start_writer(what: str, path: Path, name: str, count: int) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "tests.storage.writer", what, str(path), name, str(count)]
    pipe = subprocess.PIPE
    # without a buffer: what a buffer had read ahead would be missing from what `communicate` returns
    return subprocess.Popen(command, bufsize=0, cwd=ROOT, stdout=pipe, stderr=pipe)


def start_tagger(path: Path, name: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.storage.tagger", str(path), name, "7"]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=ROOT, text=True, stdin=pipe, stdout=pipe, stderr=pipe)


def assert_sound(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_programs_that_save_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    writers = [start_writer("library", path, name, 15) for name in ("one", "two", "three")]
    for writer in writers:
        _, errors = writer.communicate(timeout=LONG_S)
        assert (writer.returncode, errors) == (0, b"")
    with closing(Library.open(path, now=Clock())) as library:
        urls = [address(name, number) for name in ("one", "two", "three") for number in range(15)]
        assert len(library.saved.rows()) == 45
        assert library.read_marks.which(urls) == library.saved.which(urls) == frozenset(urls)
        assert library.preferences.get("two.last") == 14
        assert library.check() == ()


def test_programs_that_tag_one_story_at_once_lose_no_tag(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    Library.open(path, now=Clock()).close()
    names = ("one", "two", "three")
    for round_number in range(3):
        programs = [start_tagger(path, f"{name}-{round_number}") for name in names]
        for program in programs:
            assert program.stdout is not None
            program.stdout.readline()
        for program in programs:
            _, errors = program.communicate("go\n", timeout=LONG_S)
            assert (program.returncode, errors) == (0, "")
    with closing(Library.open(path, now=Clock())) as library:
        kept = [f"{name}-{n}-{number}" for name in names for n in range(3) for number in (1, 3, 5, 6)]
        assert sorted(library.tags.of([tagger.URL])[tagger.URL]) == sorted(kept)
        marked = [f"{tagger.URL}/{name}-{n}" for name in names for n in range(3)]
        assert library.read_marks.which(marked) == set(marked)
    assert_sound(path)


def test_programs_that_fetch_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "cache.db"
    writers = [start_writer("cache", path, name, 40) for name in ("one", "two", "three")]
    for writer in writers:
        _, errors = writer.communicate(timeout=LONG_S)
        assert (writer.returncode, errors) == (0, b"")
    with closing(Cache.open(path, now=Clock())) as cache:
        assert (cache.info().pages, cache.info().pictures) == (120, 120)
        for name in ("one", "two", "three"):
            for number in range(40):
                found = cache.pages.of(address(name, number), 1)
                assert found is not None
                assert found[0] == page(address(name, number), f"Words {number} of {name}.")
    assert_sound(path)


def test_a_program_reads_while_another_one_writes(tmp_path: Path) -> None:
    writer = start_writer("library", tmp_path / "library.db", "one", 40)
    assert writer.stdout is not None
    writer.stdout.readline()
    with closing(Library.open(tmp_path / "library.db", now=Clock())) as library:
        while writer.poll() is None:
            rows = library.saved.rows()
            assert library.saved.article(rows[0].url) is not None
            library.positions.save(URL, 1, "words")
    assert writer.communicate()[1] == b""


def test_killing_a_program_while_it_saves_loses_nothing_that_it_acknowledged(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    chance = random.Random(7)
    acknowledged: list[str] = []
    for killing in range(20):
        name = f"run{killing}"
        writer = start_writer("library", path, name, 10_000)
        assert writer.stdout is not None
        lines = [writer.stdout.readline() for _ in range(chance.randint(1, 4))]
        time.sleep(chance.random() / 50)
        writer.kill()
        rest, errors = writer.communicate()
        assert errors == b""
        acknowledged += [address(name, int(line)) for line in [*lines, *rest.splitlines()]]
    with closing(Library.open(path, now=Clock())) as library:
        assert library.saved.which(acknowledged) == frozenset(acknowledged)
        assert library.check() == ()
        assert library.read_marks.which(acknowledged) == frozenset(acknowledged)
        saved = [row.url for row in library.saved.rows()]
        assert len(saved) == len(set(saved)) <= len(acknowledged) + 20


def test_killing_a_program_while_it_fetches_leaves_a_sound_cache(tmp_path: Path) -> None:
    path = tmp_path / "cache.db"
    for killing in range(5):
        writer = start_writer("cache", path, f"run{killing}", 10_000)
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(killing / 100)
        writer.kill()
        writer.communicate()
    with closing(Cache.open(path, now=Clock())) as cache:
        assert cache.problem is None
        assert all(cache.pages.of(address(f"run{n}", 0), 1) is not None for n in range(5))
    assert_sound(path)


def test_threads_share_a_store(tmp_path: Path) -> None:
    with (
        closing(Cache.open(tmp_path / "cache.db", now=Clock())) as cache,
        closing(Library.open(tmp_path / "library.db", now=Clock())) as library,
        ThreadPoolExecutor(8) as threads,
    ):

        def use(number: int) -> bool:
            url = f"https://harbour.example/{number}"
            cache.responses.put(response(url))
            library.read_marks.mark(url, True)
            return cache.responses.of(url) == response(url) and library.read_marks.which([url]) == {url}

        assert all(threads.map(use, range(100)))


@pytest.mark.parametrize("kind", [Cache, Library])
def test_programs_that_start_at_once_agree_on_a_new_file(tmp_path: Path, kind: type[Cache] | type[Library]) -> None:
    def start(_: int) -> str | None:
        store = kind.open(tmp_path / "store.db", now=Clock())
        store.close()
        return str(store.problem) if store.problem else None

    for _ in range(5):
        with ThreadPoolExecutor(8) as threads:
            assert set(threads.map(start, range(8))) == {None}
        for file in tmp_path.glob("store.db*"):
            file.unlink()


def test_a_library_that_is_held_for_too_long_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "BUSY_S", 0.05)
    for module in (connection, database_files):
        monkeypatch.setattr(module, "PATIENCE", patience.Patience())
    with closing(Library.open(tmp_path / "library.db", now=Clock())) as library:
        library.saved.save(saved_article())
        with closing(sqlite3.connect(library.path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(LockedStoreError, match=r"library\.db"):
                library.read_marks.mark(URL, True)
            assert library.saved.article(URL) == saved_article()
            with pytest.raises(LockedStoreError):
                restore_backup(library.path, library.path, now=Clock()())
        library.read_marks.mark(URL, True)


def test_a_cache_that_someone_deletes_is_recreated(tmp_path: Path) -> None:
    with closing(Cache.open(tmp_path / "deep" / "cache.db", now=Clock())) as cache:
        cache.responses.put(response())
        for file in (tmp_path / "deep").iterdir():
            file.unlink()
        (tmp_path / "deep").rmdir()
        assert cache.responses.of(URL) is None
        cache.responses.put(response())
        with closing(Cache.open(cache.path, now=Clock())) as other:
            assert other.responses.of(URL) == response()
