"""How files are made, recognised and left alone."""

import os
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from newsreader.storage.backups import backups_of
from newsreader.storage.cache import Cache
from newsreader.storage.cache_schema import SCHEMA as CACHE_SCHEMA
from newsreader.storage.database import Database
from newsreader.storage.errors import (
    ForeignStoreError,
    MissingStoreError,
    NewerStoreError,
    NoRegularFileError,
    StoreError,
    UnreachableStoreError,
)
from newsreader.storage.library import Library
from newsreader.storage.library_schema import SCHEMA as LIBRARY_SCHEMA
from newsreader.storage.schema import Schema
from tests.storage.values import START, URL, Clock, page, response, saved_article
from tests.unprivileged import unprivileged

ONE_STEP = Schema(7, ("CREATE TABLE words (word TEXT PRIMARY KEY) STRICT;",))
TWO_STEPS = Schema(
    7,
    (
        *ONE_STEP.steps,
        "ALTER TABLE words ADD COLUMN place INTEGER;\n-- 2; also an index\nCREATE INDEX x\nON words (place);",
    ),
)


def modes(directory: Path) -> set[int]:
    return {stat.S_IMODE(file.stat().st_mode) for file in directory.iterdir()}


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_a_store_in_a_folder_that_may_not_be_entered_is_named_and_not_taken_for_an_empty_one() -> None:
    with unprivileged() as place:
        path = place / "mine" / "library.db"
        Library.open(path, now=Clock()).close()
        Cache.open(path.with_name("cache.db"), now=Clock()).close()
        path.parent.chmod(0)
        try:
            with pytest.raises(UnreachableStoreError, match=r"library\.db"):
                Library.open(path, now=Clock())
            with closing(Cache.open(path.with_name("cache.db"), now=Clock())) as cache:
                assert isinstance(cache.unread, UnreachableStoreError)
            assert backups_of(path, START) == ()
        finally:
            path.parent.chmod(0o700)
        path.chmod(0)
        with pytest.raises(UnreachableStoreError, match=r"library\.db"):
            Library.open(path, now=Clock())


def test_files_and_directories_are_open_to_their_owner_alone(tmp_path: Path) -> None:
    with closing(Cache.open(tmp_path / "a" / "b" / "cache.db", now=Clock())) as cache:
        cache.responses.put(response())
        assert len(list(cache.path.parent.iterdir())) == 3
        assert modes(cache.path.parent) == {0o600}
    with closing(Library.open(tmp_path / "c" / "library.db", now=Clock())) as library:
        library.saved.save(saved_article())
        assert modes(library.path.parent) == {0o600}
        library.backups.back_up()
        assert modes(tmp_path / "c" / "backups") == {0o600}
    assert modes(tmp_path / "a") | modes(tmp_path / "c") == {0o700, 0o600}
    assert modes(tmp_path) == {0o700}


def test_a_file_that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    Library.open(path, now=Clock()).close()
    path.chmod(0o644)
    Library.open(path, now=Clock()).close()
    assert modes(tmp_path) == {0o600}


def test_journals_are_chosen_by_what_is_at_stake(tmp_path: Path) -> None:
    def asked(store: Cache | Library, pragma: str) -> object:
        return store._database.write(lambda c: c.execute(f"PRAGMA {pragma}").fetchone()[0])

    with closing(Cache.open(tmp_path / "cache.db", now=Clock())) as cache:
        assert asked(cache, "journal_mode") == "wal"
    with closing(Library.open(tmp_path / "library.db", now=Clock())) as library:
        assert asked(library, "journal_mode") == "truncate"
        assert asked(library, "synchronous") == 2  # full


def test_a_file_is_brought_up_to_date_step_by_step(tmp_path: Path) -> None:
    path = tmp_path / "words.db"
    with closing(Database(path, ONE_STEP)) as older:
        older.write(lambda c: c.execute("INSERT INTO words VALUES ('kept')"))
    with closing(Database(path, TWO_STEPS)) as newer:
        assert newer.read(lambda c: c.execute("SELECT * FROM words").fetchall()) == [("kept", None)]
    with pytest.raises(NewerStoreError, match=r"words\.db"):
        Database(path, ONE_STEP)


def test_a_step_that_fails_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "words.db"
    Database(path, ONE_STEP).close()
    broken = Schema(7, (*ONE_STEP.steps, "CREATE TABLE more (x);\nCREATE TABLE words (x);"))
    with pytest.raises(StoreError):
        Database(path, broken)
    with closing(Database(path, ONE_STEP)) as database:
        assert database.read(lambda c: c.execute("SELECT name FROM sqlite_master WHERE name = 'more'").fetchall()) == []


def test_work_that_fails_changes_nothing(tmp_path: Path) -> None:
    def fail(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO words VALUES ('lost')")
        raise LookupError

    with closing(Database(tmp_path / "words.db", ONE_STEP)) as database:
        with pytest.raises(LookupError):
            database.write(fail)
        database.write(lambda c: c.execute("INSERT INTO words VALUES ('kept')"))
        assert database.read(lambda c: c.execute("SELECT * FROM words").fetchall()) == [("kept",)]


def make_newer(path: Path, application_id: int) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            f"CREATE TABLE other (x); PRAGMA user_version = 900; PRAGMA application_id = {application_id};"
        )


def make_foreign(path: Path, _: int) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("CREATE TABLE photographs (x); INSERT INTO photographs VALUES (1);")


@pytest.mark.parametrize(("make", "error"), [(make_newer, NewerStoreError), (make_foreign, ForeignStoreError)])
def test_a_newer_or_foreign_library_is_named_and_left_alone(
    tmp_path: Path, make: Callable[[Path, int], None], error: type[StoreError]
) -> None:
    path = tmp_path / "library.db"
    make(path, LIBRARY_SCHEMA.application_id)
    before = path.read_bytes()
    with pytest.raises(error) as caught:
        Library.open(path, now=Clock())
    assert str(path) in caught.value.text
    assert caught.value.advice
    assert caught.value.exit_status == 5
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(("make", "error"), [(make_newer, NewerStoreError), (make_foreign, ForeignStoreError)])
def test_a_newer_or_foreign_cache_is_left_alone_and_one_in_memory_serves(
    tmp_path: Path, make: Callable[[Path, int], None], error: type[StoreError]
) -> None:
    path = tmp_path / "cache.db"
    make(path, CACHE_SCHEMA.application_id)
    before = path.read_bytes()
    with closing(Cache.open(path, now=Clock())) as cache:
        assert isinstance(cache.problem, error)
        cache.pages.put(URL, 1, page(), START)
        assert cache.pages.of(URL, 1) == (page(), START)
        assert cache.pages.stored([URL]) == {URL}
        with pytest.raises(error):  # what it holds is not known
            cache.info()
        with pytest.raises(error):
            cache.clear()
    assert path.read_bytes() == before


def test_a_directory_in_the_place_of_the_cache_leaves_reading_possible(tmp_path: Path) -> None:
    (tmp_path / "cache.db").mkdir()
    with closing(Cache.open(tmp_path / "cache.db", now=Clock())) as cache:
        assert cache.problem is not None
        assert cache.problem.kind == "store-no-file"
        cache.responses.put(response())
        assert cache.responses.of(URL) == response()


def test_what_is_in_the_place_of_the_library_is_named(tmp_path: Path) -> None:
    (tmp_path / "library.db").mkdir()
    with pytest.raises(NoRegularFileError, match=r"library\.db"):
        Library.open(tmp_path / "library.db", now=Clock())
    (tmp_path / "news").write_text("a file")
    with pytest.raises(UnreachableStoreError, match=r"news/library\.db"):
        Library.open(tmp_path / "news" / "library.db", now=Clock())


def test_a_library_that_cannot_be_made_is_empty_and_refuses_to_keep(tmp_path: Path) -> None:
    (tmp_path / "library.db-journal").mkdir()
    with closing(Library.open(tmp_path / "library.db", now=Clock())) as library:
        assert library.problem is not None
        assert library.saved.article(URL) is None
        assert library.read_marks.which([URL]) == frozenset()
        with pytest.raises(StoreError, match=r"library\.db"):
            library.read_marks.mark(URL, True)
        with pytest.raises(StoreError, match=r"library\.db"):
            library.saved.save(saved_article())
        assert library.backups.back_up() is None


def test_a_file_in_the_place_of_a_directory_leaves_reading_possible(tmp_path: Path) -> None:
    (tmp_path / "news").write_text("a file")
    with closing(Cache.open(tmp_path / "news" / "cache.db", now=Clock())) as cache:
        assert cache.problem is not None
        cache.responses.put(response())
        assert cache.responses.of(URL) == response()


def test_a_cache_whose_journal_cannot_be_made_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "cache.db"
    with closing(Cache.open(path, now=Clock())) as cache:
        cache.pages.put(URL, 1, page(), START)
    (tmp_path / "cache.db-wal").mkdir()
    with closing(Cache.open(path, now=Clock())) as cache:
        assert cache.problem is not None
        assert cache.pages.of(URL, 1) == (page(), START)
        with pytest.raises(StoreError, match=r"cache\.db"):
            cache.responses.put(response())


def test_a_library_whose_journal_cannot_be_made_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    with closing(Library.open(path, now=Clock())) as library:
        library.saved.save(saved_article())
    (tmp_path / "library.db-journal").unlink(missing_ok=True)
    (tmp_path / "library.db-journal").mkdir()
    with closing(Library.open(path, now=Clock())) as library:
        assert library.saved.article(URL) == saved_article()
        with pytest.raises(StoreError, match=r"library\.db"):
            library.read_marks.mark(URL, True)


def test_a_library_that_cannot_be_written_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    with closing(Library.open(path, now=Clock())) as library:
        library.saved.save(saved_article())
    refusal = StoreError(path)
    with closing(Library(Database.read_only(path, LIBRARY_SCHEMA, refusal), Clock())) as library:
        assert library.problem is refusal
        assert library.saved.article(URL) == saved_article()
        with pytest.raises(StoreError):
            library.saved.remove(URL)


def test_reading_continues_without_a_library_that_cannot_be_opened(tmp_path: Path) -> None:
    problem = NewerStoreError(tmp_path / "library.db")
    with closing(Library.read_only_stub(problem, now=Clock())) as library:
        assert library.saved.article(URL) is None
        assert library.problem is problem
        with pytest.raises(NewerStoreError):
            library.saved.save(saved_article())


def test_a_library_that_vanishes_while_it_is_open_is_named(tmp_path: Path) -> None:
    with closing(Library.open(tmp_path / "library.db", now=Clock())) as library:
        library.saved.save(saved_article())
        library.path.unlink()
        with pytest.raises(MissingStoreError, match=r"library\.db"):
            library.read_marks.mark(URL, True)
        assert not library.path.exists()


@pytest.mark.parametrize("what_is_left", [None, b""])
def test_a_library_that_was_lost_is_not_recreated_while_there_are_backups(
    tmp_path: Path, what_is_left: bytes | None
) -> None:
    path = tmp_path / "library.db"
    with closing(Library.open(path, now=Clock())) as library:
        library.saved.save(saved_article())
        library.backups.back_up()
    path.unlink()
    if what_is_left is not None:
        path.write_bytes(what_is_left)
    with pytest.raises(MissingStoreError, match=r"library\.db"):
        Library.open(path, now=Clock())
    assert path.exists() == (what_is_left is not None)


def test_messages_about_files_carry_no_control_characters(tmp_path: Path) -> None:
    error = NewerStoreError(tmp_path / "a\x1b[31m\u202eb" / "library.db")
    assert "\x1b" not in error.text
    assert "\u202e" not in error.text


@pytest.mark.parametrize("is_in_memory", [False, True])
def test_the_version_changes_with_what_this_connection_or_another_one_writes(
    tmp_path: Path, is_in_memory: bool
) -> None:
    def write(database: Database, word: str) -> None:
        database.write(lambda connection: connection.execute("INSERT INTO words (word) VALUES (?)", (word,)))

    path = tmp_path / "words.db"
    opened = Database.in_memory(path, ONE_STEP, None) if is_in_memory else Database(path, ONE_STEP)
    with closing(opened) as one, closing(Database(path, ONE_STEP)) as other:
        before = one.version()
        assert one.version() == before
        write(one, "ebb")
        after = one.version()
        write(other, "flow")
        assert before != after
        assert (one.version() != after) is not is_in_memory


def test_whoever_is_late_is_told_that_the_store_is_closed(tmp_path: Path) -> None:
    cache = Cache.open(tmp_path / "cache.db", now=Clock())
    library = Library.open(tmp_path / "library.db", now=Clock())
    cache.close()
    library.close()
    late: list[Callable[[], object]] = [
        lambda: cache.responses.put(response()),
        lambda: cache.pages.of(URL, 1),
        cache.checkpoint,
        lambda: library.saved.save(saved_article()),
        library.tags.counts,
    ]
    for use in late:
        with pytest.raises(StoreError, match="cannot be used"):
            use()
