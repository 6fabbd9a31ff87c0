"""The stories of all sources are one list by time, read page by page."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newsreader.list_layout import Order
from newsreader.models import Headline
from newsreader.storage.cache import Cache
from newsreader.storage.cache_schema import SCHEMA
from newsreader.storage.database import Database
from newsreader.storage.river import STEP

NOW = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)
POST, SEA, OTHER = "https://post.example/", "https://sea.example/", "https://other.example/"


def story(site: str, number: int, minutes: int | None) -> Headline:
    published = NOW - timedelta(minutes=minutes) if minutes is not None else None
    return Headline(f"{site} {number}", f"{site}{number}", published=published)


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Cache]:
    cache = Cache.open(tmp_path / "cache.db", now=lambda: NOW)
    cache.source_checks.record(POST, [story(POST, n, n * 10) for n in range(5)], set(), NOW)
    cache.source_checks.record(SEA, [story(SEA, n, n * 10 + 5) for n in range(5)], set(), NOW)
    cache.source_checks.record(OTHER, [story(OTHER, 1, 1)], set(), NOW)
    yield cache
    cache.close()


def river(cache: Cache, order: Order = Order.TIME, size: int = 300, *, unread_only: bool = False) -> list[str]:
    """Return the addresses of all pages."""
    page = cache.river.page([POST, SEA], order, limit=size, unread_only=unread_only)
    stories = [*page.stories]
    while page.end is not None:
        page = cache.river.page([POST, SEA], order, after=page.end, limit=size, unread_only=unread_only)
        stories += page.stories
    return [each.headline.url.removeprefix("https://").replace(".example/", "") for each in stories]


NEWEST = ["post0", "sea0", "post1", "sea1", "post2", "sea2", "post3", "sea3", "post4", "sea4"]


@pytest.mark.parametrize("size", [1, 3, 10, 300])
def test_sources_flow_together_by_time_in_pages_of_any_size(cache: Cache, size: int) -> None:
    assert river(cache, size=size) == NEWEST
    assert river(cache, Order.OLDEST, size) == NEWEST[::-1]


@pytest.mark.parametrize("size", [1, 3, 4, 300])
def test_the_unread_ones_come_first_or_alone(cache: Cache, size: int) -> None:
    cache.source_checks.mark([f"{POST}0", f"{SEA}2", f"{SEA}4"], True)
    read = ["post0", "sea2", "sea4"]
    unread = [each for each in NEWEST if each not in read]
    assert river(cache, Order.UNREAD, size) == [*unread, *read]
    assert river(cache, size=size, unread_only=True) == unread


def test_a_story_of_two_sources_is_there_once_with_both(cache: Cache) -> None:
    cache.source_checks.record(SEA, [story(POST, 0, 0)], set(), NOW)
    first = cache.river.page([POST, SEA], Order.TIME).stories[0]
    assert first.headline.url == f"{POST}0"
    assert len(first.sources) == 2
    assert cache.river.page([SEA], Order.TIME).stories[0].headline.url == f"{POST}0"


def test_a_story_without_a_time_is_of_when_it_came_and_none_is_of_the_future(tmp_path: Path) -> None:
    cache = Cache.open(tmp_path / "cache.db", now=lambda: NOW)
    later = NOW + timedelta(hours=1)
    cache.source_checks.record(POST, [story(POST, 1, None), story(POST, 2, -90)], set(), NOW)
    cache.source_checks.record(POST, [story(POST, 3, -30), story(POST, 1, None), story(POST, 2, -90)], set(), later)
    assert cache.river.page([POST], Order.TIME).stories[0].headline.url == f"{POST}3"
    assert {each.at for each in cache.river.page([POST], Order.TIME).stories} == {
        int(NOW.timestamp()),
        int((NOW + timedelta(minutes=30)).timestamp()),
    }
    cache.close()


def test_the_newest_of_one_source(cache: Cache) -> None:
    cache.source_checks.mark([f"{SEA}0"], True)
    assert [each.headline.url for each in cache.river.newest_of(SEA, 2)] == [f"{SEA}0", f"{SEA}1"]
    assert [each.headline.url for each in cache.river.newest_of(SEA, 2, unread_only=True)] == [f"{SEA}1", f"{SEA}2"]


def test_stories_of_an_earlier_version_have_their_times(tmp_path: Path) -> None:
    path = tmp_path / "cache.db"
    older = Database(path, replace(SCHEMA, steps=SCHEMA.steps[: SCHEMA.steps.index(STEP)]))

    def fill(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO source_checks (id, source, tried_at) VALUES (1, 'post.example/', '2026')")
        rows = [(1, "2026-11-22T16:00:00+02:00"), (2, None)]
        connection.executemany(
            "INSERT INTO stories (id, story, url, title, published, read) VALUES (?1, ?1, ?1, 'x', ?2, 0)", rows
        )
        connection.execute(
            "INSERT INTO source_stories (source, story, first_seen, last_seen, place, counts, unread)"
            " VALUES (1, 2, '2026-11-22T13:00:00+00:00', '2026-11-22T13:00:00+00:00', 0, 1, 1)"
        )

    older.write(fill)
    older.close()
    cache = Cache.open(path, now=lambda: NOW)
    times = cache.database.read(lambda c: dict(c.execute("SELECT id, at FROM stories").fetchall()))
    cache.close()
    assert times == {1: int(NOW.timestamp()), 2: int((NOW - timedelta(hours=1)).timestamp())}


@pytest.mark.parametrize("order", [Order.TIME, Order.OLDEST])
def test_a_page_is_read_by_the_index_and_nothing_is_sorted(cache: Cache, order: Order) -> None:
    seen: list[str] = []

    def plan(connection: sqlite3.Connection) -> None:
        connection.set_trace_callback(seen.append)

    cache.database.read(plan)
    cache.river.page([POST], order)
    (query,) = [each for each in seen if "FROM stories AS s WHERE" in each]
    steps = cache.database.read(lambda c: [row[3] for row in c.execute(f"EXPLAIN QUERY PLAN {query}").fetchall()])
    assert any("stories_by_time" in step for step in steps)
    assert not any("TEMP B-TREE" in step for step in steps)
