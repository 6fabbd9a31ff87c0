"""Highlights and notes are the reader's own: kept until they are taken out, under one id, and every change undone."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newsreader.library_values import HighlightColour, TextAnchor
from newsreader.models import Article, Page, Paragraph, Span
from newsreader.query import parse
from newsreader.storage.backups import restore_backup
from newsreader.storage.cache import Cache
from newsreader.storage.index import SearchIndex
from newsreader.storage.journal import Record
from newsreader.storage.library import Library

HARBOUR, MARKET = "https://vesti.example/harbour/1", "https://vesti.example/market/2"
DREDGING = TextAnchor("dredging is delayed", "The ", " to March.", 4, 23)
SHELLS = TextAnchor("shells were found", "as ", " near the pier.", 40, 57)


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library.open(tmp_path / "library.db", now=Clock())
    yield library
    library.close()


def test_a_highlight_is_kept_as_it_was_given(library: Library) -> None:
    added = library.highlights.add(HARBOUR, "Harbour", DREDGING, HighlightColour.GREEN, "ask about the survey")
    (kept,) = library.highlights.of(HARBOUR)
    assert kept == added
    assert (kept.anchor, kept.colour, kept.note, kept.title) == (
        DREDGING, HighlightColour.GREEN, "ask about the survey", "Harbour"
    )  # fmt: skip
    assert len(kept.id) == 36
    assert library.highlights.of(MARKET) == ()


def test_the_same_words_are_highlighted_once(library: Library) -> None:
    first = library.highlights.add(HARBOUR, "Harbour", DREDGING, note="a note")
    again = library.highlights.add(HARBOUR, "Harbour", DREDGING, HighlightColour.BLUE)
    assert (again.id, again.note, again.colour) == (first.id, "a note", HighlightColour.BLUE)
    assert library.highlights.count() == 1


def test_every_change_is_undone(library: Library) -> None:
    added = library.highlights.add(HARBOUR, "Harbour", DREDGING)
    library.highlights.change(added.id, note="one")
    changed = library.highlights.change(added.id, colour=HighlightColour.PINK)
    assert library.highlights.remove(added.id) == changed
    states = []
    for _ in range(4):
        undone = library.undo_log.undo()
        assert undone is not None
        assert undone.urls == (HARBOUR,)
        states.append((undone.action, [(each.note, each.colour.value) for each in library.highlights.of(HARBOUR)]))
    assert states == [
        ("remove-highlight", [("one", "pink")]),
        ("change-highlight", [("one", "yellow")]),
        ("change-highlight", [("", "yellow")]),
        ("highlight", []),
    ]


def test_what_is_not_changed_needs_no_undoing(library: Library) -> None:
    added = library.highlights.add(HARBOUR, "Harbour", DREDGING, note="one")
    assert library.highlights.change(added.id, note=" one ") == added
    library.undo_log.undo()
    assert library.highlights.count() == 0
    assert library.highlights.change(added.id, note="two") is None
    assert library.highlights.remove(added.id) is None


def test_they_are_found_under_every_address_of_the_story(library: Library) -> None:
    library.stories.learn_alias("https://vesti.example/amp/1", HARBOUR)
    library.highlights.add("https://vesti.example/amp/1", "Harbour", SHELLS)
    library.highlights.add(HARBOUR, "Harbour", DREDGING)
    assert [each.anchor for each in library.highlights.of(HARBOUR)] == [DREDGING, SHELLS]
    assert len(library.highlights.of("https://vesti.example/amp/1")) == 2


def test_all_are_listed_by_article_the_last_highlighted_first(library: Library) -> None:
    library.highlights.add(HARBOUR, "Harbour", SHELLS)
    library.highlights.add(MARKET, "Market", DREDGING)
    library.highlights.add(HARBOUR, "Harbour", DREDGING)
    assert [(each.title, each.anchor.start) for each in library.highlights.all()] == [
        ("Harbour", 4), ("Harbour", 40), ("Market", 4)
    ]  # fmt: skip


def test_nothing_steers_a_terminal_from_a_note_and_no_password_is_kept(library: Library) -> None:
    kept = library.highlights.add(
        "https://me:secret@vesti.example/1", "A\x1b[31mb", DREDGING, note="see\x1b]0;x\x07\nit"
    )
    assert (kept.url, kept.title, kept.note) == ("https://vesti.example/1", "Ab", "see\nit")


def test_pruning_takes_none(library: Library) -> None:
    library.highlights.add(HARBOUR, "Harbour", DREDGING)
    clock = library._now
    assert isinstance(clock, Clock)
    clock.now += timedelta(days=4000)
    library.prune()
    assert library.highlights.count() == 1


def test_a_backup_holds_them_and_restoring_it_brings_them_back(library: Library, tmp_path: Path) -> None:
    added = library.highlights.add(HARBOUR, "Harbour", DREDGING, note="kept")
    backup = library.backups.copy_to()
    library.highlights.remove(added.id)
    library.close()
    restore_backup(tmp_path / "library.db", backup, now=datetime(2026, 11, 23, tzinfo=UTC))
    again = Library.open(tmp_path / "library.db", now=Clock())
    assert again.highlights.all() == (added,)
    again.close()


# --- the search --------------------------------------------------------------------------------------


def page(url: str, text: str) -> Page:
    return Page(url, "Harbour", None, "en", Article(url, "Harbour", (Paragraph((Span(text),)),), language="en"))


def found(library: Library, cache: Cache, index: SearchIndex, typed: str) -> list[str]:
    index.rescan()
    while index.index_batch():
        pass
    return [hit.url for hit in index.newest(parse(typed), datetime(2026, 11, 23, tzinfo=UTC))]


def test_the_search_finds_words_of_notes_as_they_are_now(library: Library, tmp_path: Path) -> None:
    cache = Cache.open(tmp_path / "cache.db", now=Clock())
    index = SearchIndex(cache, library)
    cache.pages.put(HARBOUR, 1, page(HARBOUR, "The dredging is delayed to March."), Clock()())
    assert found(library, cache, index, "survey") == []
    added = library.highlights.add(HARBOUR, "Harbour", DREDGING, note="ask about the survey")
    assert found(library, cache, index, "survey") == [HARBOUR]
    (hit,) = index.ranked(parse("survey"), datetime(2026, 11, 23, tzinfo=UTC))
    assert ("survey", True) in hit.passage
    library.highlights.change(added.id, note="ask about the tides")
    assert found(library, cache, index, "survey") == []
    assert found(library, cache, index, "tides dredging") == [HARBOUR]
    library.highlights.remove(added.id)
    assert found(library, cache, index, "tides") == []
    assert found(library, cache, index, "dredging") == [HARBOUR]
    index.close()
    cache.close()


def test_what_only_a_highlight_is_left_of_is_found_by_its_words(library: Library, tmp_path: Path) -> None:
    cache = Cache.open(tmp_path / "cache.db", now=Clock())
    index = SearchIndex(cache, library)
    library.highlights.add(HARBOUR, "Harbour works", DREDGING, note="ask about the survey")
    library.highlights.add(MARKET, "Market", SHELLS)
    assert found(library, cache, index, "dredging") == [HARBOUR]
    assert found(library, cache, index, "has:highlight") == [MARKET, HARBOUR]
    assert found(library, cache, index, "has:note") == [HARBOUR]
    assert found(library, cache, index, "-has:note") == [MARKET]
    index.close()
    cache.close()


# --- other devices -----------------------------------------------------------------------------------


def test_a_highlight_travels_under_its_id(library: Library, tmp_path: Path) -> None:
    other = Library.open(tmp_path / "other" / "library.db", now=Clock())
    for each in (library, other):
        each.journal.add_reader("devices")
    added = library.highlights.add(HARBOUR, "Harbour", DREDGING, HighlightColour.BLUE, "two\nlines")
    (record,) = library.journal.records_after("devices")
    assert record.k == f"highlight/{added.id}"
    assert other.journal.apply([record], "devices").changed
    assert other.highlights.of(HARBOUR) == (added,)
    library.highlights.remove(added.id)
    (record,) = library.journal.records_after("devices")
    assert record.v is None
    other.journal.apply([record], "devices")
    assert other.highlights.count() == 0


def test_highlights_made_before_there_was_another_device_travel_too(library: Library) -> None:
    added = library.highlights.add(HARBOUR, "Harbour", DREDGING)
    library.journal.add_reader("devices")
    assert [record.k for record in library.journal.records_after("devices")] == [f"highlight/{added.id}"]


def test_an_unsound_record_of_a_highlight_is_refused(library: Library) -> None:
    library.journal.add_reader("devices")
    record = Record(1, 1, "highlight/x", {"url": HARBOUR, "title": "Harbour", "exact": 3}, "other")
    assert library.journal.apply([record], "devices").refused == 1
    assert library.highlights.count() == 0
