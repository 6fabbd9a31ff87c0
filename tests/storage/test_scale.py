"""What must not cost more as the stores grow, counted in SQLite's own steps, which no busy machine changes."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from newsreader.storage.cache import Cache
from newsreader.storage.library import Library
from tests.storage.values import START, URL, Clock, headlines, page, response, saved_article

ASKED = [f"{URL}/{n}" for n in range(0, 60, 3)]


def steps(store: Cache | Library, use: Callable[[], object]) -> int:
    """Return how many hundreds of steps the use takes."""
    counted = 0

    def count() -> int:
        nonlocal counted
        counted += 1
        return 0

    for connection in (store._database._reader, store._database._writer):
        connection.set_progress_handler(count, 100)
    use()
    for connection in (store._database._reader, store._database._writer):
        connection.set_progress_handler(None, 0)
    return counted


def grow(store: Cache | Library, table: str, count: int, changed: str) -> None:
    """Copy the first row of a table `count` times; `changed` says what differs, with the number as `n`."""

    def work(connection: sqlite3.Connection) -> None:
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[1] != "id"]
        values = {name: name for name in columns} | dict(pair.split("=", 1) for pair in changed.split("; "))
        numbers = f"WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count})"
        connection.execute(
            f"{numbers} INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values[c] for c in columns)}"
            f" FROM numbers, (SELECT * FROM {table} LIMIT 1)"
        )

    store._database.write(work)


def test_asking_the_cache_costs_the_same_when_it_is_large(tmp_path: Path) -> None:
    with closing(Cache.open(tmp_path / "cache.db", now=Clock())) as cache:
        cache.responses.put(response())
        cache.pages.put(URL, 1, page(), START)
        cache.seen_headlines.record("list", headlines(20))

        def use() -> None:
            cache.pages.stored(ASKED)
            cache.responses.of(URL)
            cache.pages.of(URL, 1)
            cache.pages.put(URL, 1, page(), START)
            cache.seen_headlines.record("list", headlines(20))

        before = steps(cache, use)
        for table in ("responses", "pages"):
            grow(cache, table, 20_000, "url='https://x.example/' || n; story='x.example/' || n")
        grow(cache, "headlines", 20_000, "list_url='list' || n")
        assert steps(cache, use) <= before * 1.2 + 5


def test_asking_the_library_costs_the_same_when_it_is_large(tmp_path: Path) -> None:
    with closing(Library.open(tmp_path / "library.db", now=Clock())) as library:
        library.saved.save(saved_article())
        library.read_marks.mark(URL, True)
        library.positions.save(URL, 1, "words")

        def use() -> None:
            library.saved.which(ASKED)
            library.read_marks.which(ASKED)
            library.saved.article(URL)
            library.saved.save(replace(saved_article(), pictures=()))
            library.read_marks.mark(f"{URL}/new", True)
            library.read_marks.mark(f"{URL}/new", False)
            library.positions.all(10)
            library.undo_log.undo()

        use()
        before = steps(library, use)
        grow(library, "saved", 20_000, "story='x.example/' || n; removed_at=NULL")
        grow(library, "read_marks", 20_000, "story='x.example/' || n")
        grow(library, "places", 20_000, "story='x.example/' || n")
        grow(library, "changes", 20_000, "session='another'")
        assert steps(library, use) <= before * 1.2 + 5


def test_of_many_stories_none_is_looked_up_where_little_is_known(tmp_path: Path) -> None:
    few, many = (frozenset(f"harbour.example/{n}" for n in range(count)) for count in (2_500, 25_000))
    with closing(Library.open(tmp_path / "library.db", now=Clock())) as library:
        library.read_marks.mark_all([URL, "https://harbour.example/7"])
        assert library.stories.known(many).read == {"harbour.example/7"}
        assert (
            steps(library, lambda: library.stories.known(many))
            <= steps(library, lambda: library.stories.known(few)) + 5
        )


def test_few_and_many_that_are_asked_for_are_answered_alike(tmp_path: Path) -> None:
    urls = [f"https://harbour.example/{n}" for n in range(3000)]
    stories = [f"harbour.example/{n}" for n in range(3000)]
    with closing(Library.open(tmp_path / "library.db", now=Clock())) as library:
        library.read_marks.mark_all(urls[10:20])
        library.tags.replace(urls[5], "The ferry", {"sea"})
        library.queue.add(urls[6], "The storm")
        library.stories.learn_alias(urls[1], urls[10])
        library.stories.learn_alias("https://short.example/x", urls[11])
        many = library.stories.known(frozenset(stories))
        few = [library.stories.known(frozenset({story})) for story in stories[:30]]
        assert many.read == frozenset().union(*(each.read for each in few))
        assert many.read >= {"harbour.example/1", "harbour.example/10"}
        assert many.queued == {"harbour.example/6"}
        assert many.tags == {"harbour.example/5": frozenset({"sea"})}
