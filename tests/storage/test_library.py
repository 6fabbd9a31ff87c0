from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newsreader.library_values import QueryRule, ReadingPosition
from newsreader.models import Page
from newsreader.storage import tagging
from newsreader.storage.article_parts import SavedArticle
from newsreader.storage.database import Database
from newsreader.storage.library import Library
from newsreader.storage.library_schema import SCHEMA
from newsreader.storage.saved import SavedRow
from newsreader.storage.tagging import READ_RULES_STEP
from tests.storage.values import START, URL, Clock, page, saved_article


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def library(tmp_path: Path, clock: Clock) -> Iterator[Library]:
    library = Library.open(tmp_path / "library.db", now=clock)
    assert library.problem is None
    yield library
    library.close()


def test_a_saved_article_comes_back_whole(library: Library) -> None:
    library.saved.save(saved_article())
    assert library.saved.article(URL) == saved_article()
    assert library.saved.article("https://harbour.example/other") is None


def test_an_article_without_answer_and_pictures_can_be_saved(library: Library) -> None:
    article = SavedArticle(URL, page(), (), None, START)
    library.saved.save(article)
    assert library.saved.article(URL) == article


def test_a_page_without_an_article_can_be_saved_under_its_title(library: Library) -> None:
    library.saved.save(SavedArticle(URL, Page(URL, "Front page", language="uk"), (), None, START))
    assert library.saved.rows() == (SavedRow(URL, "Front page", None, "uk", None, START, 0, 0),)


def test_saved_articles_are_found_under_other_addresses_of_their_story(library: Library) -> None:
    library.saved.save(saved_article())
    variant = "http://www.harbour.example/news/dredging/?utm_medium=mail"
    assert library.saved.article(variant) == saved_article()
    assert library.saved.which([variant, "https://harbour.example/x"]) == {variant}
    assert library.saved.remove(variant)


def test_saved_articles_are_listed_the_last_first(library: Library) -> None:
    library.saved.save(saved_article())
    later = "https://harbour.example/news/later"
    library.saved.save(saved_article(later, at=START + timedelta(minutes=1)))
    rows = library.saved.rows()
    assert [row.url for row in rows] == [later, URL]
    published = page().article.published  # type: ignore[union-attr]
    assert rows[1] == SavedRow(URL, "Dredging delayed", "Harbour News", "en", published, START, 4, 2)


def test_saving_again_keeps_one_and_undoing_brings_the_first_back(library: Library) -> None:
    library.saved.save(saved_article())
    library.saved.save(saved_article(words="Newer words."))
    assert len(library.saved.rows()) == 1
    assert library.saved.article(URL) == saved_article(words="Newer words.")
    library.undo_log.undo()
    assert library.saved.article(URL) == saved_article()
    library.undo_log.undo()
    assert library.saved.article(URL) is None


def test_a_removed_article_is_gone_until_that_is_undone(library: Library) -> None:
    library.saved.save(saved_article())
    assert library.saved.remove(URL)
    assert not library.saved.remove(URL)
    assert library.saved.article(URL) is None
    assert library.saved.rows() == ()
    assert library.saved.which([URL]) == frozenset()
    change = library.undo_log.undo()
    assert change is not None
    assert (change.action, change.urls, change.title) == ("unsave", (URL,), "Dredging delayed")
    assert library.saved.article(URL) == saved_article()


def test_undoing_a_removal_after_another_program_saved_again_brings_the_old_copy(tmp_path: Path, clock: Clock) -> None:
    one, other = (Library.open(tmp_path / "library.db", now=clock) for _ in range(2))
    one.saved.save(saved_article())
    one.saved.remove(URL)
    other.saved.save(saved_article(words="Newer words."))
    one.undo_log.undo()
    assert other.saved.article(URL) == saved_article()
    one.close()
    other.close()


def test_a_removal_that_cannot_be_undone_leaves_no_bytes(library: Library) -> None:
    empty = library.path.stat().st_size
    library.saved.save(saved_article())
    assert library.path.stat().st_size > empty
    library.saved.remove(URL, undoable=False)
    library._database.outside_transaction(lambda connection: connection.execute("VACUUM"))
    assert library.path.stat().st_size <= empty
    change = library.undo_log.undo()
    assert change is not None
    assert change.action == "save"


def test_removed_articles_are_forgotten_for_good_after_a_week(library: Library, clock: Clock) -> None:
    library.saved.save(saved_article())
    library.saved.remove(URL)
    before = library.path.stat().st_size
    clock.move(days=6)
    library.prune()
    assert library.path.stat().st_size == before
    clock.move(days=2)
    library.prune()
    assert library.path.stat().st_size < before
    assert library.undo_log.undo() is None


def test_tidying_leaves_what_is_saved(library: Library, clock: Clock) -> None:
    library.saved.save(saved_article())
    library.read_marks.mark(URL, True)
    clock.move(days=800)
    library.prune()
    assert library.saved.article(URL) == saved_article()
    assert library.read_marks.which([URL]) == {URL}


def test_read_marks_belong_to_the_story(library: Library) -> None:
    library.read_marks.mark(URL + "?utm_source=a", True)
    assert library.read_marks.which([URL, URL + "?fbclid=2", "https://harbour.example/"]) == {URL, URL + "?fbclid=2"}
    library.read_marks.mark("http://www.harbour.example/news/dredging", False)
    assert library.read_marks.which([URL]) == frozenset()


def test_marking_a_whole_source_read_is_one_change(library: Library) -> None:
    urls = [f"https://harbour.example/{n}" for n in range(2000)]
    library.read_marks.mark(urls[7], True)
    assert library.read_marks.mark_all(urls) == 1999
    assert library.read_marks.which(urls) == frozenset(urls)
    change = library.undo_log.undo()
    assert change is not None
    assert change.action == "read"
    assert len(change.urls) == 1999
    assert library.read_marks.which(urls) == {urls[7]}


def test_marking_what_is_marked_is_no_change(library: Library) -> None:
    library.read_marks.mark(URL, True)
    library.read_marks.mark(URL, True)
    library.undo_log.undo()
    assert library.read_marks.which([URL]) == frozenset()
    assert library.undo_log.undo() is None


def test_a_mark_can_be_made_that_undoing_passes_over(library: Library) -> None:
    library.saved.save(saved_article())
    library.read_marks.mark("https://harbour.example/opened", True, undoable=False)
    change = library.undo_log.undo()
    assert change is not None
    assert change.action == "save"
    assert library.read_marks.which(["https://harbour.example/opened"])


def test_unread_is_undone_too(library: Library) -> None:
    library.read_marks.mark(URL, True)
    library.read_marks.mark(URL, False)
    library.undo_log.undo()
    assert library.read_marks.which([URL]) == {URL}


def test_a_program_undoes_its_own_changes_then_those_from_before_it_and_none_that_others_make_meanwhile(
    tmp_path: Path, clock: Clock
) -> None:
    place = tmp_path / "library.db"
    before, own, others = (f"https://harbour.example/{name}" for name in ("before", "own", "others"))
    with closing(Library.open(place, now=clock)) as earlier:
        earlier.read_marks.mark(before, True)
    one, other = (Library.open(place, now=clock) for _ in range(2))
    one.read_marks.mark(own, True)
    other.read_marks.mark(others, True)
    read = []
    assert one.undo_log.earlier() is None  # its own come first
    while one.undo_log.undo() is not None:
        read.append(one.read_marks.which([before, own, others]))
    assert read == [{before, others}, {others}]
    assert one.undo_log.earlier() is None  # others' are none of its own past
    with closing(Library.open(place, now=clock)) as later:
        change = later.undo_log.earlier()
        assert change is not None
        assert change.urls == (others,)
        assert later.undo_log.undo() is not None
        assert later.read_marks.which([others]) == frozenset()
    one.close()
    other.close()


@pytest.mark.parametrize("value", ["ink", 72, True, {"pane": "article", "trail": ["a", "б"]}, [], 0])
def test_a_choice_is_remembered(library: Library, value: object) -> None:
    assert library.preferences.get("key") is None
    library.preferences.save("key", value)
    assert library.preferences.get("key") == value
    library.preferences.save("key", None)
    assert library.preferences.get("key") is None


def test_the_position_in_an_article_is_kept_for_the_story(library: Library, clock: Clock) -> None:
    assert library.positions.of(URL) is None
    library.positions.save(URL, 3, "The second phase")
    library.positions.save(URL + "?utm_source=x", 5, "three months later")
    assert library.positions.of(URL) == ReadingPosition(URL + "?utm_source=x", 5, "three months later", START)
    library.positions.forget(URL)
    assert library.positions.of(URL) is None


def test_positions_are_listed_the_last_first(library: Library, clock: Clock) -> None:
    for n in range(5):
        library.positions.save(f"https://harbour.example/{n}", n, "words")
        clock.move(minutes=1)
    assert [place.block for place in library.positions.all(3)] == [4, 3, 2]


def test_what_is_started_is_neither_read_to_its_end_nor_marked_read(library: Library, clock: Clock) -> None:
    for n, percent in enumerate((40, 100, 0, 99, 7)):
        library.positions.save(
            f"https://harbour.example/{n}", 3, "words", char_offset=12, percent=percent, title=f"Story {n}"
        )
        clock.move(minutes=1)
    library.read_marks.mark("https://harbour.example/3?utm_source=feed", True)
    begun = library.positions.unfinished()
    assert [(place.title, place.percent, place.char_offset) for place in begun] == [
        ("Story 4", 7, 12),
        ("Story 0", 40, 12),
    ]
    library.undo_log.undo()
    assert [place.title for place in library.positions.unfinished()] == ["Story 4", "Story 3", "Story 0"]


def test_passwords_do_not_reach_the_library(library: Library) -> None:
    secret = "https://reader:swordfish@harbour.example/news/dredging"
    article = saved_article()
    response = replace(article.response, url=secret, final_url=secret)  # type: ignore[type-var]
    library.saved.save(replace(article, url=secret, response=response))
    library.read_marks.mark(secret, True)
    library.positions.save(secret, 1, "words")
    assert b"swordfish" not in library.path.read_bytes()
    assert library.saved.article(secret) == saved_article()


def test_a_choice_about_a_page_can_be_undone(library: Library) -> None:
    library.preferences.save("site-rules", {"one.example": 1})
    library.preferences.change_entry("site-rules", "two.example", {"page": URL}, URL)
    with closing(Library.open(library.path, now=Clock())) as other:
        other.preferences.change_entry("site-rules", "three.example", 3, URL)
    assert library.preferences.remove_entry("site-rules", "two.example")
    assert not library.preferences.remove_entry("site-rules", "two.example")
    assert library.preferences.get("site-rules") == {"one.example": 1, "three.example": 3}
    for before in ({"two.example": {"page": URL}}, {}):  # what another program did since stays
        change = library.undo_log.undo()
        assert change is not None
        assert (change.action, change.urls) == ("choice", (URL,))
        assert library.preferences.get("site-rules") == {"one.example": 1, "three.example": 3} | before
    assert library.undo_log.undo() is None
    with closing(Library.open(library.path, now=Clock())) as later:
        later.undo_log.undo()
    assert library.preferences.get("site-rules") == {"one.example": 1}


def test_rules_of_an_earlier_version_stay_and_their_numbers_are_not_used_again(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    older = Database(path, replace(SCHEMA, steps=SCHEMA.steps[: SCHEMA.steps.index(READ_RULES_STEP)]))
    for query in ("title:storm", "title:quota"):
        older.write(lambda c, q=query: tagging.add_rule(c, QueryRule(0, "hide", q), "2026-11-22T09:00:00+00:00"))  # type: ignore[misc]
    older.write(lambda c: tagging.remove_rule(c, 2))
    older.close()
    library = Library.open(path, now=lambda: datetime(2026, 11, 22, tzinfo=UTC))
    assert [(rule.id, rule.query) for rule in library.query_rules.all()] == [(1, "title:storm")]
    added = library.query_rules.add(QueryRule(0, "read", "title:sport"))
    assert added is not None
    assert (added.id, added.action) == (3, "read")
    library.close()


def test_a_preference_is_changed_from_what_is_there_then(tmp_path: Path) -> None:
    with closing(Library.open(tmp_path / "library.db", now=Clock())) as library, ThreadPoolExecutor(4) as threads:

        def add(number: int) -> object:
            return library.preferences.change("numbers", lambda kept: [*(kept or []), number])  # type: ignore[misc]

        list(threads.map(add, range(40)))
        kept = library.preferences.get("numbers")
        assert isinstance(kept, list)
        assert sorted(kept) == list(range(40))
        assert library.preferences.change("numbers", lambda _: None) is None
        assert library.preferences.get("numbers") is None
