"""The journal holds every change that travels, and gives the same library whatever the order of its records."""

import itertools
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from newsreader.commands import command_address
from newsreader.library_values import QueryRule
from newsreader.models import Article, Page, Paragraph, Span
from newsreader.source_values import Source, SourceKind, SourceSettings
from newsreader.storage.article_parts import SavedArticle
from newsreader.storage.backups import restore_backup
from newsreader.storage.journal import LATEST, Record
from newsreader.storage.library import Library
from newsreader.storage.saved import SavedAddress
from newsreader.urls import story_key

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
HARBOUR, MARKET = "https://vesti.example/harbour/1", "https://vesti.example/market/2"
TOWN, COAST = "https://town.example/feed", "https://coast.example/rss"
HARBOUR_STORY, MARKET_STORY = story_key(HARBOUR), story_key(MARKET)
READER = "devices"


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def make(tmp_path: Path, clock: Clock) -> Iterator[Callable[[str], Library]]:
    made: list[Library] = []

    def make_one(name: str) -> Library:
        made.append(Library.open(tmp_path / name / "library.db", now=clock))
        return made[-1]

    yield make_one
    for each in made:
        each.close()


@pytest.fixture
def library(make: Callable[[str], Library]) -> Library:
    library = make("one")
    library.journal.add_reader(READER)
    return library


def keys(library: Library) -> dict[str, Any]:
    return {record.k: record.v for record in library.journal.records_after(READER)}


def rows(library: Library) -> dict[str, list[Any]]:
    """Return what travels, as the tables have it."""
    queries = {
        "read_marks": "SELECT * FROM read_marks ORDER BY story",
        "later": "SELECT * FROM later ORDER BY story",
        "places": "SELECT * FROM places ORDER BY story",
        "tags": "SELECT * FROM tags ORDER BY story, tag",
        "saved": "SELECT story, url, title, saved_at FROM saved WHERE removed_at IS NULL ORDER BY story",
        "sources": (
            "SELECT url, title, kind, folder, settings, added_at FROM sources"
            " WHERE removed_at IS NULL ORDER BY position"
        ),
        "choices": "SELECT key, value FROM choices WHERE key IN ('site-rules', 'drawn-sites') ORDER BY key",
        "rules": "SELECT action, query, tag, made_at FROM rules ORDER BY action, query, tag",
    }
    return {
        name: library.database.read(partial(lambda query, connection: connection.execute(query).fetchall(), query))
        for name, query in queries.items()
    }


def do_a_bit_of_everything(library: Library) -> None:
    library.read_marks.mark(HARBOUR, read=True)
    library.later.add([(MARKET, "Market")])
    library.positions.save(MARKET, 3, "and then", char_offset=4, percent=40, title="Market")
    library.tags.change(HARBOUR, "Harbour", add=["50% off/on", "port"])
    library.query_rules.add(QueryRule(0, "tag", 'title:"two\nlines"', "port"))
    library.query_rules.add(QueryRule(0, "hide", "quiz", ""))
    library.save_addresses([SavedAddress(HARBOUR, "Harbour", NOW), SavedAddress(MARKET, "Market", NOW)])
    for url in (TOWN, COAST):
        library.sources.add(Source(0, url, url, SourceKind.FEED, NOW, "News"))
    library.preferences.change_entry("site-rules", "vesti.example", {"path": ["p"]}, HARBOUR)
    library.preferences.change_entry("drawn-sites", "town.example", True, TOWN)
    library.preferences.save("theme", "dark")


def test_a_library_that_nobody_follows_keeps_no_journal(make: Callable[[str], Library]) -> None:
    library = make("alone")
    do_a_bit_of_everything(library)
    count = library.database.read(lambda connection: connection.execute("SELECT count(*) FROM journal").fetchone())
    assert count == (0,)
    assert library.journal.device == ""


def test_a_change_and_its_removal_are_records(library: Library) -> None:
    library.read_marks.mark(HARBOUR, read=True)
    key = f"read/{HARBOUR_STORY}"
    first = library.journal.records_after(READER)[0]
    assert (first.k, first.v["url"], first.device) == (key, HARBOUR, library.journal.device)
    library.read_marks.mark(HARBOUR, read=False)
    second = library.journal.records_after(READER)[0]
    assert keys(library) == {key: None}
    assert second.i > first.i
    assert second.t > first.t


def test_undo_writes_what_it_does(library: Library) -> None:
    library.later.add([(HARBOUR, "Harbour")])
    library.read_marks.mark(HARBOUR, read=True)
    assert keys(library)[f"later/{HARBOUR_STORY}"] is None
    library.undo_log.undo()
    assert keys(library)[f"read/{HARBOUR_STORY}"] is None
    assert keys(library)[f"later/{HARBOUR_STORY}"]["title"] == "Harbour"


def test_a_statement_that_ignores_conflicts_loses_no_record(library: Library) -> None:
    rule = QueryRule(1, "tag", "harbour", "port")
    library.query_rules.apply(rule, [(HARBOUR, "Harbour")])
    library.tags.change(HARBOUR, "Harbour", remove=["port"])
    library.query_rules.apply(rule, [(HARBOUR, "Harbour")])
    assert keys(library)[f"tag/{HARBOUR_STORY}/port"]["title"] == "Harbour"


def test_what_fails_leaves_no_record(library: Library) -> None:
    def work(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO read_marks (story, url, read_at) VALUES ('a', 'a', 'b')")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        library.database.write(work)
    assert keys(library) == {}


def test_records_make_the_same_library_in_any_order(make: Callable[[str], Library]) -> None:
    one = make("one")
    one.journal.add_reader(READER)
    do_a_bit_of_everything(one)
    early = list(one.journal.records_after(READER))
    one.read_marks.mark(HARBOUR, read=False)
    one.tags.change(HARBOUR, "Harbour", remove=["port"])
    one.query_rules.remove(2)
    one.saved.remove(HARBOUR)
    town, coast = one.sources.all()
    one.sources.change([replace(town, position=1, title="Town"), replace(coast, position=0)], "move-source")
    one.preferences.remove_entry("site-rules", "vesti.example")
    late = list(one.journal.records_after(READER))
    for number, order in enumerate(itertools.permutations([early, late, early])):
        other = make(f"other {number}")
        other.journal.add_reader(READER)
        for records in order:
            other.journal.apply(records, READER)
        assert rows(other) == rows(one)


def test_what_a_library_holds_is_written_when_somebody_begins_to_read(make: Callable[[str], Library]) -> None:
    one, other = make("one"), make("other")
    do_a_bit_of_everything(one)
    one.journal.add_reader(READER)
    other.journal.add_reader(READER)
    records = one.journal.records_after(READER)
    assert records[0].t < int(NOW.timestamp() * 1e6) + 120_000_000  # when it was read, not when the journal began
    applied = other.journal.apply(records, READER)
    assert len(applied.changed) == len(records)
    assert rows(other) == rows(one)


def test_what_came_from_another_device_is_no_change_of_this_one(library: Library) -> None:
    record = Record(1, 5, f"read/{HARBOUR_STORY}", {"url": HARBOUR, "at": NOW.isoformat(), "opened": 0}, "other")
    assert library.journal.apply([record], READER).changed == (record,)
    assert library.journal.records_after(READER) == []
    assert [each.k for each in library.journal.records_after("account", 0)] == [record.k]
    assert library.journal.apply([record], READER).changed == ()


def test_the_newer_record_wins_whoever_wrote_last(library: Library) -> None:
    library.read_marks.mark(HARBOUR, read=True)
    own = library.journal.records_after(READER)[0]
    older = Record(1, own.t - 1, own.k, None, "other")
    assert library.journal.apply([older], READER).changed == ()
    newer = Record(2, own.t + 1, own.k, None, "other")
    assert library.journal.apply([newer], READER).changed == (newer,)
    assert library.read_marks.which([HARBOUR]) == frozenset()


def test_the_clock_follows_one_that_is_ahead(library: Library) -> None:
    ahead = int((NOW + timedelta(days=365)).timestamp() * 1e6)
    value = {"url": HARBOUR, "at": NOW.isoformat(), "opened": 0}
    library.journal.apply([Record(1, ahead, f"read/{HARBOUR_STORY}", value, "other")], READER)
    library.read_marks.mark(HARBOUR, read=False)
    assert library.journal.records_after(READER)[0].t > ahead


@pytest.mark.parametrize(
    ("key", "value"),
    [
        (f"read/{HARBOUR_STORY}", "yes"),
        (f"read/{HARBOUR_STORY}", {"url": 5, "at": "2026-11-22T09:00:00+00:00", "opened": 0}),
        (f"read/{HARBOUR_STORY}", {"url": HARBOUR, "at": "yesterday", "opened": 0}),
        (f"read/{HARBOUR_STORY}", {"url": "https://\ud800.example/", "at": "2026-11-22T09:00:00", "opened": 0}),
        (f"place/{HARBOUR_STORY}", {"url": HARBOUR, "at": "2026-11-22T09:00:00+00:00", "block": 2**70}),
        ("read/\x1b[2J", None),
        ("read/\ud800", None),
        ("tag/port", None),
        ('rule/["own","",""]', {"at": "2026-11-22T09:00:00+00:00"}),
    ],
)
def test_a_record_that_is_not_sound_is_left_out_and_the_others_are_taken(
    library: Library, key: str, value: object
) -> None:
    sound = Record(2, 6, f"read/{MARKET_STORY}", {"url": MARKET, "at": NOW.isoformat(), "opened": 0}, "other")
    applied = library.journal.apply([Record(1, 5, key, value, "other"), sound], READER)
    assert (applied.changed, applied.refused) == ((sound,), 1)
    assert library.read_marks.which([HARBOUR, MARKET]) == {MARKET}


def test_a_time_beyond_all_times_is_left_out(library: Library) -> None:
    value = {"url": HARBOUR, "at": NOW.isoformat(), "opened": 0}
    assert library.journal.apply([Record(1, LATEST, f"read/{HARBOUR_STORY}", value, "x")], READER).refused == 1


def test_a_kind_of_a_later_version_is_kept(library: Library) -> None:
    record = Record(1, 5, "shelf/top", {"height": 2}, "other")
    library.journal.apply([record], READER)
    assert library.journal.records_after("account", 0)[0].v == {"height": 2}


def test_each_reader_acknowledges_for_itself(library: Library) -> None:
    library.journal.add_reader("account")
    do_a_bit_of_everything(library)
    last = library.journal.records_after(READER)[-1].i
    library.journal.acknowledge(READER, last)
    library.journal.acknowledge(READER, 1)
    assert library.journal.records_after(READER) == []
    assert len(library.journal.records_after("account")) == 25
    assert library.journal.readers() == {READER: last, "account": 0}


def test_the_journal_ends_with_its_last_reader(library: Library) -> None:
    library.journal.add_reader("account")
    library.journal.remove_reader(READER)
    library.read_marks.mark(HARBOUR, read=True)
    assert len(library.journal.records_after("account")) == 1
    library.journal.remove_reader("account")
    library.read_marks.mark(MARKET, read=True)
    assert library.journal.records_after("account", 0) == []


def test_a_backup_holds_the_journal_as_it_was(library: Library, tmp_path: Path, clock: Clock) -> None:
    do_a_bit_of_everything(library)
    before = library.journal.records_after(READER)
    copy = library.backups.copy_to()
    library.read_marks.mark(MARKET, read=True)
    restore_backup(library.path, copy, now=clock())
    assert library.journal.records_after(READER) == before
    library.read_marks.mark(MARKET, read=True)
    assert library.journal.records_after(READER)[-1].i > before[-1].i


# --- sources --------------------------------------------------------------------------------------


def exchange(one: Library, other: Library) -> None:
    """Bring each what the other has, as often as that brings anything."""
    for _ in range(3):
        for sender, receiver in ((one, other), (other, one)):
            receiver.journal.apply(sender.journal.records_after(READER, 0), READER)


@pytest.fixture
def two(make: Callable[[str], Library]) -> tuple[Library, Library]:
    one, other = make("one"), make("other")
    one.sources.add(Source(0, TOWN, "Town", SourceKind.FEED, NOW))
    one.sources.add(Source(0, COAST, "Coast", SourceKind.FEED, NOW))
    for each in (one, other):
        each.journal.add_reader(READER)
    exchange(one, other)
    return one, other


def titles(library: Library) -> list[str]:
    return [source.title for source in library.sources.all()]


def test_a_source_that_is_removed_here_and_renamed_there_is_removed_and_comes_back_renamed(
    two: tuple[Library, Library],
) -> None:
    one, other = two
    one.sources.remove([one.sources.all()[0]])
    other.sources.change([replace(other.sources.all()[0], title="Old town")])
    exchange(one, other)
    assert titles(one) == titles(other) == ["Coast"]
    one.undo_log.undo()
    exchange(one, other)
    assert titles(one) == titles(other) == ["Old town", "Coast"]


def test_a_source_that_both_followed_is_one(make: Callable[[str], Library]) -> None:
    one, other = make("one"), make("other")
    one.sources.add(Source(0, TOWN, "Town", SourceKind.FEED, NOW))
    other.sources.add(Source(0, TOWN, "The town", SourceKind.FEED, NOW + timedelta(days=1), "Near"))
    for each in (one, other):
        each.journal.add_reader(READER)
    exchange(one, other)
    assert rows(one) == rows(other)
    assert titles(one) == ["The town"]


def test_one_address_is_followed_once_though_it_came_by_two_ways(two: tuple[Library, Library]) -> None:
    one, other = two
    new = "https://new.example/feed"
    one.sources.change([replace(one.sources.all()[0], url=new)])
    other.sources.add(Source(0, new, "New", SourceKind.FEED, NOW))
    exchange(one, other)
    assert rows(one) == rows(other)
    assert sorted(source.url for source in one.sources.all()) == sorted([COAST, new])
    one.sources.remove([each for each in one.sources.all() if each.url == new])
    exchange(one, other)
    assert titles(one) == titles(other) == ["Coast"]


def test_moves_on_two_devices_are_both_kept(two: tuple[Library, Library]) -> None:
    one, other = two
    for name in "ABCDEF":
        one.sources.add(Source(0, f"https://{name}.example/", name, SourceKind.PAGE, NOW))
    exchange(one, other)

    def move(library: Library, title: str, to: int) -> None:
        order = list(library.sources.all())
        order.insert(to, order.pop([each.title for each in order].index(title)))
        library.sources.change([replace(each, position=n) for n, each in enumerate(order)], "move-source")

    before = len(one.journal.records_after(READER, one.journal.records_after(READER, 0)[-1].i))
    move(one, "F", 0)
    assert len(one.journal.records_after(READER, 0)) - before >= 1
    move(other, "Town", 7)
    exchange(one, other)
    assert titles(one) == titles(other) == ["F", "Coast", "A", "B", "C", "D", "E", "Town"]


def test_passwords_of_sources_stay_where_they_are(two: tuple[Library, Library]) -> None:
    one, other = two
    secret = SourceSettings(headers=(("Authorization", "Basic c2VjcmV0"),), keep_days=3)
    one.sources.change([replace(one.sources.all()[0], settings=secret)])
    other.sources.change([replace(other.sources.all()[0], settings=replace(secret, headers=(("X-Key", "own"),)))])
    exchange(one, other)
    assert other.sources.all()[0].settings.headers == (("X-Key", "own"),)
    assert one.sources.all()[0].settings == secret
    for library in two:
        assert "c2VjcmV0" not in repr(library.journal.records_after(READER, 0))


def test_a_source_that_a_command_makes_stays_where_it_is(two: tuple[Library, Library]) -> None:
    one, other = two
    address = command_address(("cat", "/etc/passwd"))
    one.sources.add(Source(0, address, "Own", SourceKind.FEED, NOW))
    exchange(one, other)
    assert titles(other) == ["Town", "Coast"]
    forged = [
        Record(1, 5, "source/x/followed", {"at": NOW.isoformat()}, "z"),
        Record(2, 5, "source/x/url", address, "z"),
    ]
    assert other.journal.apply(forged, READER).refused == 1
    assert titles(other) == ["Town", "Coast"]


@pytest.mark.parametrize(
    ("field", "value"),
    [("url", ""), ("url", 5), ("followed", {"at": "soon"}), ("rank", "a0"), ("settings", []), ("colour", "red")],
)
def test_a_source_with_an_unsound_field_changes_nothing(library: Library, field: str, value: object) -> None:
    assert library.journal.apply([Record(1, 5, f"source/x/{field}", value, "z")], READER).refused == 1
    assert library.sources.all() == ()


def test_an_article_that_is_removed_and_saved_again_elsewhere_has_its_text_again(
    two: tuple[Library, Library],
) -> None:
    one, other = two
    page = Page(HARBOUR, "Harbour", article=Article(HARBOUR, "Harbour", (Paragraph((Span("The text."),)),)))
    other.saved.save(SavedArticle(HARBOUR, page, (), None, NOW))
    exchange(one, other)
    assert [row.url for row in one.saved.rows()] == [HARBOUR]
    one.saved.remove(HARBOUR)
    exchange(one, other)
    assert other.saved.rows() == ()
    one.undo_log.undo()
    exchange(one, other)
    found = other.saved.article(HARBOUR)
    assert found is not None
    assert found.page == page


def test_a_rule_that_two_devices_made_is_as_old_on_both(two: tuple[Library, Library]) -> None:
    one, other = two
    for library in (one, other):
        library.query_rules.add(QueryRule(0, "hide", "quiz"))
    exchange(one, other)
    assert rows(one)["rules"] == rows(other)["rules"] != []


def test_a_change_is_later_than_what_was_there_before_the_journal_though_the_clock_went_back(
    make: Callable[[str], Library], clock: Clock
) -> None:
    library = make("back")
    library.read_marks.mark(HARBOUR, read=True)
    library.journal.add_reader(READER)
    (before,) = library.journal.records_after(READER)
    clock.now -= timedelta(days=365)
    library.read_marks.mark(HARBOUR, read=False)
    (after,) = library.journal.records_after(READER)
    assert after.t > before.t
