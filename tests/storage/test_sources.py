"""Sources in the library, and what they show in the cache."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from newsreader.models import Headline, Problem
from newsreader.source_values import Source, SourceKind, SourceSettings
from newsreader.storage.cache import Cache
from newsreader.storage.database import Database
from newsreader.storage.library import Library
from newsreader.storage.library_schema import SCHEMA
from newsreader.storage.sources import STEP
from newsreader.urls import story_key
from tests.growth import assert_linear
from tests.storage.test_scale import grow, steps
from tests.storage.values import START, Clock, headlines

HARBOUR = Source(0, "https://harbour.example/", "Гавань", SourceKind.PAGE, START)
SEA = Source(0, "https://sea.example/feed.xml", "Морський вісник", SourceKind.FEED, START, "Море")
PROBLEM = Problem("refused", "{host} is away.", "", (("host", "harbour.example"),))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def library(tmp_path: Path, clock: Clock) -> Iterator[Library]:
    library = Library.open(tmp_path / "library.db", now=clock)
    yield library
    library.close()


@pytest.fixture
def cache(tmp_path: Path, clock: Clock) -> Iterator[Cache]:
    cache = Cache.open(tmp_path / "cache.db", now=clock)
    yield cache
    cache.close()


def test_a_long_list_of_sources_is_imported_in_the_time_that_its_length_takes(tmp_path: Path, clock: Clock) -> None:
    def import_list(count: int) -> None:
        followed = [replace(HARBOUR, url=f"https://a{number}.example/feed") for number in range(count)]
        with closing(Library.open(tmp_path / f"{count}-{uuid4()}.db", now=clock)) as library:
            assert library.take_over([*followed, *followed[:3]], ()).sources == count
            assert [each.position for each in library.sources.all()] == list(range(count))

    assert_linear(import_list, 8000)


def test_sources_come_back_as_they_were_kept_in_their_order(library: Library) -> None:
    settings = SourceSettings(
        15, False, False, ("Головне",), False, "reader/1", (("Cookie", "a=b"),), keep_days=7, keep_megabytes=50
    )
    first = library.sources.add(HARBOUR)
    second = library.sources.add(replace(SEA, settings=settings))
    assert library.sources.all() == (first, second)
    assert first == replace(HARBOUR, id=first.id)
    assert second == replace(SEA, id=second.id, position=1, settings=settings)


def test_an_address_is_followed_once_whatever_its_form(library: Library) -> None:
    first = library.sources.add(HARBOUR)
    assert library.sources.add(replace(HARBOUR, url="http://www.harbour.example/?utm_source=x", title="Other")) == first
    assert library.sources.all() == (first,)


def test_passwords_and_what_steers_a_terminal_are_not_kept(library: Library) -> None:
    kept = library.sources.add(replace(HARBOUR, url="https://me:secret@harbour.example/", title="a\x1b[31mb\nc"))
    assert (kept.url, kept.title) == ("https://harbour.example/", "ab c")
    assert b"secret" not in library.path.read_bytes()


def test_adding_a_source_is_undone(library: Library) -> None:
    library.sources.add(HARBOUR)
    undone = library.undo_log.undo()
    assert undone is not None
    assert (undone.action, undone.urls, undone.title) == ("add-source", (HARBOUR.url,), "Гавань")
    assert library.sources.all() == ()
    assert library.undo_log.undo() is None


def test_removing_a_source_is_undone_with_all_that_was_chosen_for_it(library: Library) -> None:
    kept = library.sources.add(replace(SEA, settings=SourceSettings(5)))
    library.sources.remove([kept])
    assert library.sources.all() == ()
    library.undo_log.undo()
    assert library.sources.all() == (kept,)


def test_undoing_a_removal_takes_the_place_of_what_was_added_since(library: Library) -> None:
    kept = library.sources.add(replace(HARBOUR, title="First"))
    library.sources.remove([kept])
    with_other_title = library.sources.add(replace(HARBOUR, title="Second"))
    library.sources.remove([with_other_title])
    library.undo_log.undo()
    assert [each.title for each in library.sources.all()] == ["Second"]
    library.undo_log.undo()
    library.undo_log.undo()
    assert [each.title for each in library.sources.all()] == ["First"]


def test_every_change_of_a_source_is_undone_in_turn(library: Library) -> None:
    kept = library.sources.add(HARBOUR)
    library.sources.change([replace(kept, title="Порт")])
    library.sources.change([replace(kept, title="Порт", group="Море", settings=SourceSettings(user_agent="x"))])
    library.sources.change([replace(kept, title="Порт", group="Море", settings=SourceSettings(user_agent="x"))])
    assert [library.undo_log.undo() and library.sources.all()[0] for _ in range(2)] == [
        replace(kept, title="Порт"),
        kept,
    ]


def test_a_source_that_moves_to_the_address_of_another_one_takes_its_place_and_gives_it_back(library: Library) -> None:
    page, feed = library.sources.add(HARBOUR), library.sources.add(SEA)
    moved = replace(page, url=SEA.url, kind=SourceKind.FEED)
    library.sources.change([moved])
    assert library.sources.all() == (moved,)
    library.undo_log.undo()
    assert library.sources.all() == (page, feed)


def test_an_order_is_one_change(library: Library) -> None:
    one, two = library.sources.add(HARBOUR), library.sources.add(SEA)
    library.sources.change([replace(two, position=0), replace(one, position=1)], "move-source")
    assert [each.id for each in library.sources.all()] == [two.id, one.id]
    undone = library.undo_log.undo()
    assert undone is not None
    assert undone.action == "move-source"
    assert [each.id for each in library.sources.all()] == [one.id, two.id]


def test_a_change_of_a_source_that_was_removed_meanwhile_does_nothing(library: Library) -> None:
    kept = library.sources.add(HARBOUR)
    library.sources.remove([kept])
    library.sources.change([replace(kept, title="x")])
    undone = library.undo_log.undo()
    assert undone is not None
    assert undone.action == "remove-source"


def test_settings_of_another_version_are_left_out(library: Library) -> None:
    kept = library.sources.add(HARBOUR)
    for settings, read in (('{"refresh_minutes": 5, "later": 1}', SourceSettings(5)), ("[1]", SourceSettings())):
        library._database.write(lambda c, value=settings: c.execute("UPDATE sources SET settings = ?", (value,)))  # type: ignore[misc]
        assert library.sources.all() == (replace(kept, settings=read),)


def test_a_library_of_an_older_schema_gets_its_sources(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "old" / "library.db"
    Database(path, replace(SCHEMA, steps=SCHEMA.steps[: SCHEMA.steps.index(STEP)])).close()
    library = Library.open(path, now=clock)
    assert library.sources.add(HARBOUR).title == "Гавань"
    library.close()


def test_what_was_removed_is_forgotten_after_a_week(library: Library, clock: Clock) -> None:
    library.sources.remove([library.sources.add(HARBOUR)])
    clock.move(days=8)
    library.prune()
    count = library._database.read(lambda c: c.execute("SELECT count(*) FROM sources").fetchone())
    assert count == (0,)


# --- what they show ---------------------------------------------------------------------------


def test_what_a_source_shows_is_counted_once_a_story(cache: Cache) -> None:
    shown = headlines(3)
    twice = replace(shown[0], url=shown[0].url + "?utm_source=rss")
    cache.source_checks.record(HARBOUR.url, [*shown, twice], [story_key(shown[1].url)], START)
    state = cache.source_checks.states()["harbour.example"]
    assert (state.unread, state.count, state.checked_at, state.problem) == (2, 3, START, None)


def test_a_story_of_two_sources_has_one_read_mark(cache: Cache) -> None:
    for source in (HARBOUR, SEA):
        cache.source_checks.record(source.url, headlines(3), (), START)
    cache.source_checks.mark([headlines(1)[0].url + "?utm_source=x"], read=True)
    assert [state.unread for state in cache.source_checks.states().values()] == [2, 2]
    cache.source_checks.mark([headlines(1)[0].url], read=False)
    assert [state.unread for state in cache.source_checks.states().values()] == [3, 3]


def test_a_failure_keeps_what_was_shown_and_since_when_it_fails(cache: Cache, clock: Clock) -> None:
    cache.source_checks.record(HARBOUR.url, headlines(3), (), START)
    clock.move(hours=1)
    first = clock()
    cache.source_checks.record_failure(HARBOUR.url, PROBLEM, first, None)
    clock.move(hours=1)
    cache.source_checks.record_failure(HARBOUR.url, PROBLEM, clock(), clock())
    state = cache.source_checks.states()["harbour.example"]
    assert (state.unread, state.checked_at, state.failed_since, state.problem) == (3, START, first, PROBLEM)
    assert (state.tried_at, state.retry_at) == (clock(), clock())
    cache.source_checks.record(HARBOUR.url, headlines(3), (), clock())
    state = cache.source_checks.states()["harbour.example"]
    assert (state.failed_since, state.problem, state.retry_at) == (None, None, None)


def test_unread_headlines_are_listed_the_newest_first_and_whole(cache: Cache, clock: Clock) -> None:
    old, new = Headline("Old", "https://harbour.example/old", "Summary", "12:00", START, 5, "https://p.example/1"), None
    cache.source_checks.record(HARBOUR.url, [old], (), clock())
    clock.move(minutes=10)
    new = headlines(2)
    cache.source_checks.record(HARBOUR.url, new, (), clock())
    unread = cache.source_checks.unread(HARBOUR.url, 10)
    assert [headline for headline, _ in unread] == [*new, old]
    assert [time for _, time in unread] == [clock(), clock(), START]
    assert len(cache.source_checks.unread(HARBOUR.url, 2)) == 2
    assert cache.source_checks.unread(SEA.url, 2) == ()


def test_what_was_unread_of_several_sources_at_a_time_is_given_once_and_nothing_that_came_later(
    cache: Cache, clock: Clock
) -> None:
    cache.source_checks.record(HARBOUR.url, headlines(2), (), clock())
    cache.source_checks.record(SEA.url, [*headlines(1), Headline("Sea", "https://sea.example/1")], (), clock())
    pressed = clock()
    clock.move(minutes=1)
    cache.source_checks.record(SEA.url, [Headline("Late", "https://sea.example/2")], (), clock())
    both = [HARBOUR.url, SEA.url]
    listed = {headline.url for headline in headlines(2)} | {"https://sea.example/1"}
    found = cache.source_checks.unread_urls(both, until=pressed)
    assert len(found) == 3
    assert set(found) == listed
    assert set(cache.source_checks.unread_urls(both)) == listed | {"https://sea.example/2"}
    assert cache.source_checks.unread_urls([]) == ()


def test_what_was_dropped_long_ago_counts_no_more(cache: Cache, clock: Clock) -> None:
    for day in range(10):
        shown = [Headline(f"{day} {n}", f"https://harbour.example/{day}/{n}") for n in range(50)]
        cache.source_checks.record(HARBOUR.url, shown, (), clock())
        clock.move(days=1)
    state = cache.source_checks.states()["harbour.example"]
    assert (state.unread, state.count) == (250, 250)  # the fifty that it shows, and two hundred before them
    assert {headline.title[0] for headline, _ in cache.source_checks.unread(HARBOUR.url, 999)} == set("98765")


def test_marks_are_made_to_agree_with_the_library(cache: Cache) -> None:
    cache.source_checks.record(HARBOUR.url, headlines(4), [story_key(headlines(1)[0].url)], START)
    read = {story_key(headline.url) for headline in headlines(4)[1:3]}
    cache.source_checks.mark_as(read.intersection)
    unread = [headline for headline, _ in cache.source_checks.unread(HARBOUR.url, 9)]
    assert unread == [headlines(4)[0], headlines(4)[3]]


def test_old_stories_go_with_what_is_pruned(cache: Cache, clock: Clock) -> None:
    cache.source_checks.record(HARBOUR.url, headlines(70), (), START)
    clock.move(days=40)
    cache.source_checks.record(SEA.url, headlines(2), (), clock())
    cache.prune(timedelta(days=30), 10**9)
    rows = cache._database.read(
        lambda c: c.execute("SELECT (SELECT count(*) FROM stories), count(*) FROM source_stories").fetchone()
    )
    assert rows == (2, 2)
    assert cache.source_checks.states()["harbour.example"].count == 0


def test_counting_what_is_unread_reads_no_story(cache: Cache) -> None:
    cache.source_checks.record(HARBOUR.url, headlines(20), (), START)
    before = steps(cache, cache.source_checks.states)
    grow(cache, "stories", 10_000, "story='x.example/' || n")
    assert steps(cache, cache.source_checks.states) <= before + 2
