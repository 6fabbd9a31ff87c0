"""What is to be read later is a queue that an article leaves when it is read; what was opened is a history."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newsreader.storage import opened as opened_module
from newsreader.storage.library import Library

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)

HARBOUR, MARKET = "https://vesti.example/harbour/1", "https://vesti.example/market/2"


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library.open(tmp_path / "library.db", now=Clock())
    yield library
    library.close()


def later(library: Library) -> list[str]:
    return [each.title for each in library.later.all()]


def test_the_last_put_aside_is_first_and_each_story_once(library: Library) -> None:
    assert library.later.add([(HARBOUR, "Harbour")]) == 1
    assert library.later.add([(MARKET, "Market"), (HARBOUR + "?utm_source=mail", "Again")]) == 1
    assert later(library) == ["Market", "Harbour"]
    assert library.later.count() == 2


def test_putting_aside_and_taking_out_are_undone(library: Library) -> None:
    library.later.add([(HARBOUR, "Harbour"), (MARKET, "Market")])
    assert library.later.remove([HARBOUR, MARKET]) == 2
    undone = library.undo_log.undo()
    assert undone is not None
    assert undone.action == "not-later"
    assert set(undone.urls) == {HARBOUR, MARKET}
    assert set(later(library)) == {"Harbour", "Market"}
    library.undo_log.undo()
    assert later(library) == []


def test_what_is_read_leaves_and_undo_puts_it_back(library: Library) -> None:
    library.later.add([(HARBOUR, "Harbour"), (MARKET, "Market")])
    library.read_marks.mark_all([HARBOUR])
    assert later(library) == ["Market"]
    library.undo_log.undo()
    assert set(later(library)) == {"Harbour", "Market"}
    assert library.read_marks.which([HARBOUR]) == frozenset()


def test_what_was_only_opened_stays_until_it_is_read(library: Library) -> None:
    library.later.add([(HARBOUR, "Harbour")])
    library.read_marks.mark_all([HARBOUR], undoable=False, opened=True)
    assert later(library) == ["Harbour"]
    library.positions.save(HARBOUR, 3, "words", percent=40, title="Harbour")
    assert [place.url for place in library.positions.unfinished()] == [HARBOUR]
    assert library.kept_counts() == (0, 1)
    assert library.read_marks.mark_all([HARBOUR]) == 0  # it was read, and is finished now
    assert later(library) == []
    assert library.positions.unfinished() == ()
    undone = library.undo_log.undo()
    assert undone is not None
    assert undone.action == "not-later"
    assert later(library) == ["Harbour"]


def test_what_is_marked_unread_does_not_come_back(library: Library) -> None:
    library.later.add([(HARBOUR, "Harbour")])
    library.read_marks.mark_all([HARBOUR])
    library.read_marks.mark_all([HARBOUR], read=False)
    assert later(library) == []


def test_the_history_has_each_story_once_the_last_opened_first(library: Library) -> None:
    for url, title in ((HARBOUR, "Harbour Ferry"), (MARKET, "Market"), (HARBOUR, "Harbour ferry")):
        library.opened.note(url, title)
    assert [each.title for each in library.opened.last(10)] == ["Harbour ferry", "Market"]
    assert [each.title for each in library.opened.last(1)] == ["Harbour ferry"]
    assert [each.title for each in library.opened.last(10, "FERRY harbour")] == ["Harbour ferry"]
    assert [each.title for each in library.opened.last(10, "market/2")] == ["Market"]
    assert library.opened.clear() == 2
    assert library.opened.last(10) == ()


def test_the_history_forgets_the_oldest(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opened_module, "_MOST", 3)
    monkeypatch.setattr(opened_module, "_FORGOTTEN_AT_ONCE", 1)
    for number in range(6):
        library.opened.note(f"{HARBOUR}{number}", f"Story {number}")
    titles = [each.title for each in library.opened.last(10)]
    assert titles[0] == "Story 5"
    assert 3 <= len(titles) <= 4
