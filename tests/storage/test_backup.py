"""Backups of the library, and putting one back."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from newsreader.storage.backups import backups_of, restore_backup
from newsreader.storage.cache import Cache
from newsreader.storage.errors import DamagedStoreError, MissingStoreError, NoBackupError, StoreError
from newsreader.storage.library import Library
from tests.storage.values import URL, Clock, saved_article


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def library(tmp_path: Path, clock: Clock) -> Iterator[Library]:
    with closing(Library.open(tmp_path / "library.db", now=clock)) as library:
        library.saved.save(saved_article())
        yield library


def test_a_backup_is_a_library_of_its_own(library: Library, clock: Clock) -> None:
    backup = library.backups.back_up()
    assert backup == library.path.parent / "backups" / "library-20261122.db"
    assert backups_of(library.path, clock()) == (backup,)
    with closing(Library.open(backup, now=clock)) as copy:
        assert copy.saved.article(URL) == saved_article()


def test_a_library_is_backed_up_once_a_day(library: Library, clock: Clock) -> None:
    assert library.backups.back_up() is not None
    library.read_marks.mark(URL, True)
    assert library.backups.back_up() is None
    clock.move(days=1)
    assert library.backups.back_up() is not None


def test_a_library_that_has_not_changed_is_not_backed_up_again(library: Library, clock: Clock) -> None:
    assert library.backups.back_up() is not None
    for _ in range(3):
        clock.move(days=1)
        assert library.backups.back_up() is None


def test_the_last_seven_backups_are_kept(library: Library, clock: Clock) -> None:
    for day in range(10):
        library.preferences.save("day", day)
        assert library.backups.back_up() is not None
        clock.move(days=1)
    kept = backups_of(library.path, clock())
    assert [path.name for path in kept[:2]] == ["library-20261201.db", "library-20261130.db"]
    assert len(list(kept[0].parent.iterdir())) == 7


@pytest.mark.parametrize("days", [4000, -4000])
def test_the_backups_continue_after_the_clock_was_wrong(library: Library, clock: Clock, days: int) -> None:
    clock.move(days=days)
    for day in range(9):
        library.preferences.save("day", day)
        library.backups.back_up()
        clock.move(days=1)
    clock.move(days=-days)
    for day in range(9):
        library.preferences.save("day", 100 + day)
        copy = library.backups.back_up()
        assert copy is not None
        assert copy.exists()
        kept = backups_of(library.path, clock())
        assert (kept[0], len(kept)) == (copy, 7)
        clock.move(days=1)


def test_the_daily_backup_tidies_up_first(library: Library, clock: Clock) -> None:
    library.saved.remove(URL)
    clock.move(days=8)
    backup = library.backups.back_up()
    assert library.undo_log.undo() is None
    assert backup is not None
    with closing(sqlite3.connect(backup)) as copy:
        (free,) = copy.execute("PRAGMA freelist_count").fetchone()
        assert free <= 1


def test_two_programs_may_back_up_at_once(library: Library, clock: Clock) -> None:
    with closing(Library.open(library.path, now=clock)) as other:
        first, second = library.backups.back_up(), other.backups.back_up()
        assert (first is None) != (second is None)


def test_backups_that_cannot_be_written_are_named(library: Library) -> None:
    (library.path.parent / "backups").write_text("a file")
    with pytest.raises(StoreError, match=r"library\.db"):
        library.backups.back_up()
    assert library.saved.article(URL) == saved_article()


def test_a_damaged_library_does_not_push_out_sound_backups(library: Library, clock: Clock) -> None:
    library.read_marks.mark_all([f"{URL}/{n}" for n in range(2000)])
    sound = library.backups.back_up()
    assert sound is not None
    whole = bytearray(library.path.read_bytes())
    page = whole.rindex(f"{URL}/1999".encode()) // 4096  # of the marks
    whole[page * 4096 : (page + 1) * 4096] = b"\xa5" * 4096
    library.path.write_bytes(whole)
    clock.move(days=1)
    with pytest.raises(DamagedStoreError, match=r"library\.db"):
        library.backups.back_up()
    assert backups_of(library.path, clock()) == (sound,)
    assert list(sound.parent.iterdir()) == [sound]


def test_a_backup_can_be_put_back(library: Library, clock: Clock) -> None:
    backup = library.backups.back_up()
    assert backup is not None
    library.saved.remove(URL)
    library.preferences.save("theme", "paper")
    aside = restore_backup(library.path, backup, now=clock())
    assert aside is not None
    with closing(Library.open(aside, now=clock)) as former:
        assert former.preferences.get("theme") == "paper"
    with closing(Library.open(library.path, now=clock)) as restored:
        assert restored.saved.article(URL) == saved_article()
    assert backup.exists()


def test_a_program_that_has_the_library_open_continues_with_the_restored_one(library: Library, clock: Clock) -> None:
    backup = library.backups.back_up()
    assert backup is not None
    library.saved.remove(URL)
    restore_backup(library.path, backup, now=clock())
    assert library.saved.article(URL) == saved_article()
    library.preferences.save("theme", "paper")
    with closing(Library.open(library.path, now=clock)) as other:
        assert other.preferences.get("theme") == "paper"


@pytest.mark.parametrize("what_is_left", [None, b"", b"rubbish" * 1000])
def test_a_lost_library_can_be_restored_from_a_backup(tmp_path: Path, clock: Clock, what_is_left: bytes | None) -> None:
    path = tmp_path / "library.db"
    with closing(Library.open(path, now=clock)) as library:
        library.saved.save(saved_article())
        backup = library.backups.back_up()
    assert backup is not None
    path.unlink()
    if what_is_left is not None:
        path.write_bytes(what_is_left)
    aside = restore_backup(path, backup, now=clock())
    assert (aside.read_bytes() if aside else b"") == (what_is_left or b"")
    with closing(Library.open(path, now=clock)) as restored:
        assert restored.saved.article(URL) == saved_article()


def test_only_a_sound_library_is_put_back(library: Library, clock: Clock, tmp_path: Path) -> None:
    before = library.path.read_bytes()
    rubbish = tmp_path / "rubbish.db"
    rubbish.write_bytes(b"rubbish" * 1000)
    cache = tmp_path / "cache.db"
    Cache.open(cache, now=clock).close()
    empty = tmp_path / "empty.db"
    empty.touch()
    for path, error in (
        (rubbish, NoBackupError),
        (cache, NoBackupError),
        (tmp_path, NoBackupError),
        (empty, MissingStoreError),
    ):
        with pytest.raises(error, match=path.name):
            restore_backup(library.path, path, now=clock())
    assert library.path.read_bytes() == before
    assert not list(tmp_path.glob("library.db.restoring*"))
