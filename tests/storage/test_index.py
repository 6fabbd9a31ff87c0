"""Everything stored is found: as it is stored, until it goes, whatever is typed, and soon."""

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsreader.models import Article, Headline, Page, Paragraph, Span
from newsreader.query import QueryError, parse
from newsreader.source_values import Source, SourceKind
from newsreader.storage.article_parts import SavedArticle
from newsreader.storage.cache import Cache
from newsreader.storage.cache_schema import SCHEMA
from newsreader.storage.index import SearchIndex
from newsreader.storage.index_schema import INDEX_STEP
from newsreader.storage.library import Library
from tests.growth import assert_linear

NOW = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)
SITE = "https://harbour.example/"
UK = "Порт знову працює: пороми вийшли з гавані, а рибалки повернулися до причалів."
RU = "Паромы вышли из гавани ещё до рассвета. Министры обсудили углубление канала."
EN = "The storm closed the harbour. Ferries stayed at their berths until Tuesday."
DE = "Die Häuser am Hafen stehen seit dem Sturm leer."
JA = "東京都の港では嵐のため船が止まった。"


def page(slug: str, title: str, text: str, *, minutes: int = 0, language: str | None = "en", site: str = SITE) -> Page:
    url = site + slug
    published = NOW - timedelta(minutes=minutes)
    article = Article(url, title, (Paragraph((Span(text),)),), published=published, language=language)
    return Page(url, title, "Harbour News", language, article)


@dataclass
class Stores:
    """Both stores with their index."""

    directory: Path

    def __post_init__(self) -> None:
        self.cache = Cache.open(self.directory / "cache.db", now=lambda: NOW)
        self.library = Library.open(self.directory / "library.db", now=lambda: NOW)
        self.index = SearchIndex(self.cache, self.library)

    def close(self) -> None:
        for store in (self.index, self.cache, self.library):
            store.close()

    def put(self, *pages: Page) -> None:
        for each in pages:
            self.cache.pages.put(each.url, 1, each, NOW)

    def save(self, each: Page) -> None:
        self.library.saved.save(SavedArticle(each.url, each, (), None, NOW))
        self.index.rescan()

    def keep_up(self) -> None:
        self.index.rescan()
        while self.index.index_batch():
            pass

    def found(self, typed: str, *, typing: bool = False) -> list[str]:
        self.keep_up()
        newest = self.index.newest(parse(typed), NOW, typing=typing)
        assert {hit.url for hit in newest} == {hit.url for hit in self.index.ranked(parse(typed), NOW, typing=typing)}
        return [hit.url.removeprefix(SITE) for hit in newest]


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[Stores]:
    with closing(Stores(tmp_path)) as stores:
        yield stores


@pytest.fixture
def full(stores: Stores) -> Stores:
    stores.put(
        page("uk", "Пороми вийшли", UK, minutes=1, language="uk"),
        page("ru", "Паромы на рассвете", RU, minutes=2, language="ru"),
        page("en", "Storm over the port", EN, minutes=3),
        page("de", "Leere Häuser", DE, minutes=3000, language="de"),
        page("ja", "港の嵐", JA, minutes=5000, language="ja"),
    )
    return stores


def test_many_stories_that_came_at_once_are_indexed_in_the_time_that_their_number_takes(tmp_path: Path) -> None:
    def index(count: int) -> None:
        directory = tmp_path / f"{count}-{uuid4()}"
        with closing(Stores(directory)) as stores:
            headlines = [Headline(f"Ferry {number}", f"{SITE}{number}") for number in range(count)]
            stores.cache.seen_headlines.record(SITE, headlines)
            stores.keep_up()
            assert stores.index.count(parse("ferry"), NOW) == count

    assert_linear(index, 3000)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("harbour", ["en"]),
        ("harbours", ["en"]),
        ("ferry", ["en"]),
        ('"ferry"', []),
        ('"closed the harbour"', ["en"]),
        ('"the closed"', []),
        ("гавань", ["uk", "ru"]),
        ("еще", ["ru"]),
        ("министр канал", ["ru"]),
        ("hauser", ["de"]),
        ("haus", ["de"]),
        ("HAFEN", ["de"]),
        ("東京", ["ja"]),
        ("東京都", ["ja"]),
        ("嵐", ["ja"]),
        ("船が止", ["ja"]),
        ("京港", []),
        ("har*", ["en"]),
        ('"until tue"*', ["en"]),
        ("storm -ferries", []),
        ("storm OR sturm", ["en", "de"]),
        ("-storm", ["uk", "ru", "de", "ja"]),
        ("title:harbour", []),
        ("title:storm", ["en"]),
        ("lang:uk", ["uk"]),
        ("source:harbour", ["uk", "ru", "en", "de", "ja"]),
        ("source:bbc", []),
        ("before:2026-11-21", ["de", "ja"]),
        ("after:1d", ["uk", "ru", "en"]),
        ("hafen after:1d", []),
        ("hafen before:1d", ["de"]),
        ("is:unread storm", ["en"]),
        ("is:read", []),
        ("is:saved OR lang:ja", ["ja"]),
        ("(storm is:read) OR hafen", ["de"]),
        ("-(storm OR гавань)", ["de", "ja"]),
        ("& storm", ["en"]),
        ("", ["uk", "ru", "en", "de", "ja"]),
    ],
)
def test_what_is_stored_is_found(full: Stores, typed: str, found: list[str]) -> None:
    assert full.found(typed) == found


def test_a_word_that_is_being_typed_finds_what_begins_so(full: Stores) -> None:
    assert full.found("harb", typing=True) == ["en"]
    assert full.found("harb") == []
    assert full.found("storm fer", typing=True) == ["en"]
    assert full.found("ha", typing=True) == []


def test_a_passage_shows_what_was_sought(full: Stores) -> None:
    full.keep_up()
    (hit,) = full.index.ranked(parse("title:storm ferry"), NOW)
    assert [words for words, marked in hit.passage if marked] == ["storm", "Ferries"]
    assert [hit.title[start:end] for start, end in hit.title_marks] == ["Storm"]
    assert (hit.site_name, hit.language, hit.is_article) == ("Harbour News", "en", True)


def test_the_best_match_comes_first(stores: Stores) -> None:
    stores.put(
        page("new", "Harbour", "A ferry was mentioned once. " + "Calm sea. " * 80, minutes=1),
        page("old", "Ferry, ferry", "The ferry is a ferry.", minutes=600),
    )
    stores.keep_up()
    assert [hit.url for hit in stores.index.ranked(parse("ferry"), NOW)] == [SITE + "old", SITE + "new"]
    assert [hit.url for hit in stores.index.newest(parse("ferry"), NOW)] == [SITE + "new", SITE + "old"]


def test_headlines_are_found_until_their_article_is(stores: Stores) -> None:
    headline = Headline("Museum reopens", SITE + "museum", summary="After the flood")
    stores.cache.seen_headlines.record("list", [headline])
    assert stores.found("flood") == ["museum"]
    stores.put(page("museum", "Museum reopens", "The paintings hang again."))
    assert stores.found("flood") == []
    assert stores.found("museum") == ["museum"]
    assert stores.found("painting") == ["museum"]


def test_what_is_dropped_from_every_list_is_not_found(stores: Stores) -> None:
    stores.cache.seen_headlines.record("list", [Headline("Museum reopens", SITE + "museum")])
    stores.cache.seen_headlines.record("other", [Headline("Museum reopens", SITE + "museum?utm_source=x")])
    stores.cache.seen_headlines.record("list", [], dropped_kept=0)
    assert stores.found("museum") == ["museum?utm_source=x"]
    stores.cache.seen_headlines.record("other", [], dropped_kept=0)
    assert stores.found("museum") == []


def test_what_a_source_has_shown_is_found_by_the_title_that_the_reader_gave_it(stores: Stores) -> None:
    elsewhere = "https://elsewhere.example/"
    stores.cache.source_checks.record(elsewhere, [Headline("Museum reopens", SITE + "museum")], (), NOW)
    stores.put(page("storm", "Storm over the port", EN), page("museum", "Museum reopens", "Paintings"))
    source = stores.library.sources.add(Source(0, elsewhere, "Тиха Гавань", SourceKind.PAGE, NOW))
    assert stores.found('source:"тиха гав"') == ["museum"]
    assert stores.found('-source:"тиха гав"') == ["storm"]
    assert stores.found("source:elsewhere") == ["museum"]
    stores.library.sources.change([replace(source, title="100%")])
    assert stores.found('source:"тиха гав"') == []
    assert stores.found("source:0%") == ["museum"]
    stores.library.sources.remove([source])
    assert stores.found("source:0%") == []


def test_a_headline_is_not_of_a_language_that_its_letters_speak_against(stores: Stores) -> None:
    stores.put(page("порт", "Порт працює", UK, language="uk"))
    stores.keep_up()
    titles = ("Гавань живе", "Быть по сему", "Museum reopens")
    stores.cache.seen_headlines.record("list", [Headline(title, f"{SITE}{n}") for n, title in enumerate(titles)])
    assert sorted(stores.found("lang:uk")) == ["0", "порт"]


def test_a_changed_article_is_found_by_its_new_words_alone(stores: Stores) -> None:
    stores.put(page("a", "Storm", "The sea rose."))
    assert stores.found("sea") == ["a"]
    stores.put(page("a", "Storm", "The sky cleared."))
    assert stores.found("sea") == []
    assert stores.found("sky") == ["a"]


def test_an_article_that_came_again_as_it_was_costs_the_index_nothing(stores: Stores) -> None:
    stores.put(page("a", "Storm", "The sea rose."))
    stores.keep_up()
    stores.put(page("a", "Storm", "The sea rose."))
    stores.keep_up()
    assert stores.cache.read(lambda c: c.execute("SELECT count(*) FROM dead").fetchone()) == (0,)


def test_what_was_pruned_is_not_found_and_what_is_saved_still_is(stores: Stores) -> None:
    kept, gone = page("kept", "Storm", "The sea rose."), page("gone", "Storm", "The sea fell.")
    stores.put(kept, gone)
    stores.save(kept)
    assert stores.found("sea") == ["kept", "gone"] or stores.found("sea") == ["gone", "kept"]
    stores.cache.prune(timedelta(0), 0)
    stores.cache.clear()
    assert stores.found("sea") == ["kept"]
    assert stores.found("is:saved") == ["kept"]
    stores.keep_up()
    (hit,) = stores.index.ranked(parse("sea"), NOW)
    assert ("sea", True) in hit.passage
    stores.library.saved.remove(kept.url)
    assert stores.found("sea") == []


def test_downloaded_articles_are_found_while_they_are_kept(stores: Stores) -> None:
    kept = page("kept", "Storm", "The sea rose.")
    stores.library.downloads.put(SavedArticle(kept.url, kept, (), None, NOW))
    assert stores.found("sea is:downloaded -is:saved") == ["kept"]
    (hit,) = stores.index.ranked(parse("sea"), NOW)
    assert ("sea", True) in hit.passage
    stores.library.downloads.forget(kept.url)
    assert stores.found("sea") == []


def test_saved_articles_are_found_again_after_the_cache_was_deleted(tmp_path: Path) -> None:
    with closing(Stores(tmp_path)) as stores:
        stores.save(page("kept", "Storm", "The sea rose."))
        assert stores.found("sea") == ["kept"]
    for file in tmp_path.glob("cache.db*"):
        file.unlink()
    with closing(Stores(tmp_path)) as stores:
        assert stores.found("sea") == ["kept"]


def test_the_reader_s_marks_are_asked_as_they_are_now(stores: Stores) -> None:
    stores.put(page("a", "Storm", "The sea rose."), page("b", "Calm", "The sea fell."))
    assert len(stores.found("sea is:unread")) == 2
    stores.library.read_marks.mark(SITE + "a?utm_source=x", True)
    assert stores.found("sea is:unread") == ["b"]
    assert stores.found("sea is:read") == ["a"]


def test_a_library_that_keeps_nothing_does_not_stop_a_search(tmp_path: Path) -> None:
    (tmp_path / "library.db").mkdir()
    cache = Cache.open(tmp_path / "cache.db", now=lambda: NOW)
    from newsreader.storage.errors import MissingStoreError

    library = Library.read_only_stub(MissingStoreError(tmp_path / "library.db"), now=lambda: NOW)
    index = SearchIndex(cache, library)
    with closing(cache), closing(library), closing(index):
        cache.pages.put(SITE + "a", 1, page("a", "Storm", "The sea rose."), NOW)
        while index.index_batch():
            pass
        assert [hit.url for hit in index.newest(parse("sea is:unread"), NOW)] == [SITE + "a"]
        assert index.newest(parse("tag:later"), NOW) == ()


def test_a_cache_in_memory_is_searched_too(tmp_path: Path) -> None:
    (tmp_path / "cache.db").mkdir()
    with closing(Stores(tmp_path)) as stores:
        stores.put(page("a", "Storm", "The sea rose."))
        assert stores.found("sea -is:saved") == ["a"]


def test_the_index_is_made_again_when_much_of_it_is_dead(stores: Stores, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsreader.storage.index._MOST_DEAD", 3)
    for number in range(6):
        stores.put(page("a", "Storm", f"The sea rose {number} times."))
        stores.keep_up()
    assert stores.found("sea") == ["a"]
    assert stores.cache.read(lambda c: c.execute("SELECT count(*) FROM dead").fetchone())[0] <= 3


def test_articles_of_one_minute_are_all_found(stores: Stores) -> None:
    stores.put(*(page(str(number), "Storm", f"The sea rose, {number}.") for number in range(30)))
    assert len(stores.found("sea")) == 30


def test_an_article_from_the_future_is_of_the_time_when_it_came(stores: Stores) -> None:
    stores.put(page("a", "Storm", "The sea rose.", minutes=-100_000), page("b", "Calm", "The sea fell.", minutes=-5))
    assert len(stores.found("after:2026-11-23")) == 0
    assert len(stores.found("after:today")) == 2


def take_back_steps(connection: sqlite3.Connection, kept: int) -> None:
    """Make a file one of an earlier version: without what the steps after so many have made."""
    schema = "SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' AND name NOT LIKE 'words_%'"
    with closing(sqlite3.connect(":memory:")) as earlier:
        for step in SCHEMA.steps[:kept]:
            earlier.executescript(step)
        before = set(earlier.execute(schema))
        columns = {name: len(list(earlier.execute(f"PRAGMA table_info({name})"))) for _, name in before}
    found = connection.execute(schema).fetchall()
    for kind in ("trigger", "index", "table"):
        for each in found:
            if each[0] == kind and each not in before:
                connection.execute(f"DROP {kind} {each[1]}")
    for _, table in [each for each in found if each in before and each[0] == "table"]:
        for column in connection.execute(f"PRAGMA table_info({table})").fetchall()[columns[table] :]:
            connection.execute(f"ALTER TABLE {table} DROP COLUMN {column[1]}")
    connection.execute(f"PRAGMA user_version = {kept}")
    connection.commit()


def test_a_store_of_an_earlier_version_is_taken_in(tmp_path: Path) -> None:
    with closing(Stores(tmp_path)) as stores:
        stores.put(page("a", "Storm", "The sea rose."))
        stores.cache.seen_headlines.record("list", [Headline("Museum", SITE + "museum")])
    with closing(sqlite3.connect(tmp_path / "cache.db")) as connection:
        take_back_steps(connection, SCHEMA.steps.index(INDEX_STEP))
    with closing(Stores(tmp_path)) as stores:
        assert sorted(stores.found("")) == ["a", "museum"]


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(typed=st.one_of(st.text(max_size=40), st.text("ab\"()*-: OR^+{}NEAR'\\%_", max_size=40)), typing=st.booleans())
def test_nothing_typed_is_more_than_words_to_the_index(full: Stores, typed: str, typing: bool) -> None:
    try:
        query = parse(typed)
    except QueryError:
        return
    full.index.newest(query, NOW, typing=typing)
    full.index.ranked(query, NOW, typing=typing)
    assert full.index.count(query, NOW) <= 5


def test_indexing_holds_no_reader_up(stores: Stores) -> None:
    stores.put(*(page(str(number), "Storm", f"The sea rose {number} times. " * 60) for number in range(300)))
    waits: list[float] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            started = time.perf_counter()
            stores.cache.pages.of(SITE + "7", 1)
            waits.append(time.perf_counter() - started)
            time.sleep(0.001)

    reader = threading.Thread(target=read)
    reader.start()
    started = time.perf_counter()
    stores.keep_up()
    took = time.perf_counter() - started
    done.set()
    reader.join()
    assert len(waits) > 20  # it got its turn again and again
    assert sorted(waits)[len(waits) // 2] < took / 20


def broad(letters: str, count: int) -> list[str]:
    """Return many words that begin with the same letters."""
    char_offset = "абвгдежзик"
    return [letters + "".join(char_offset[int(figure)] for figure in f"{n:04}") for n in range(count)]


@pytest.mark.parametrize("count", [40, 100, 300, 2100])
def test_a_beginning_finds_every_article_with_such_a_word_however_many_words_there_are(
    stores: Stores, count: int
) -> None:
    words = broad("бре", count)
    for number in range(40):
        has_some = number % 4 != 3
        text = " ".join(words[number::40]) if has_some else "бриз"
        stores.put(page(f"{number}", "Без него", f"{text} и штиль", minutes=number * 60, language="xx"))
    sought = [f"{number}" for number in range(40) if number % 4 != 3]
    assert stores.found("бре*", typing=False)[:30] == sought
    assert stores.index.count(parse("бре*"), NOW) == len(sought)
    assert stores.found("бре", typing=True) == sought
    assert stores.found("штиль бре*") == sought
    assert stores.found("штиль -бре*") == [f"{number}" for number in range(3, 40, 4)]
    assert stores.found("бре* before:1d") == [number for number in sought if int(number) > 24]
    assert {hit.passage for hit in stores.index.ranked(parse("бре*"), NOW) if any(m for _, m in hit.passage)}


def test_of_what_filters_leave_the_best_are_shown_however_many_matches_there_are(
    stores: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsreader.storage.index._RANKED", 3)
    for number in range(12):
        stores.put(page(f"{number}", "Ferry", "storm " * (number + 1) + "calm", minutes=number * 180))
    stores.library.read_marks.mark(SITE + "9", True)
    stores.keep_up()
    assert stores.found("storm is:read") == ["9"]

    def ranked(typed: str) -> list[str]:
        return [hit.url.removeprefix(SITE) for hit in stores.index.ranked(parse(typed), NOW)]

    assert ranked("storm") == ["2", "1", "0"]
    assert ranked("storm before:2026-11-22") == ["7", "6", "5"]


def test_the_parts_of_the_index_are_joined_a_little_at_a_time_and_the_same_is_found(
    stores: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsreader.storage.index._JOINED_AT_ONCE", 4)
    words = broad("сло", 4000)
    for number in range(300):
        stores.put(page(f"{number}", words[number], " ".join(words[number * 13 % 4000 :][:60]), minutes=number))
    stores.keep_up()
    asked = [parse(typed) for typed in ("сло*", words[7], f"{words[299]} OR {words[20]}", "слоа*")]
    before = [(stores.index.newest(query, NOW), stores.index.ranked(query, NOW)) for query in asked]
    assert parts(stores) > 4
    steps = 0
    while stores.index.merge_segments():
        steps += 1
    assert (parts(stores), steps > 1) == (1, True)
    assert [(stores.index.newest(query, NOW), stores.index.ranked(query, NOW)) for query in asked] == before
    stores.put(page("new", "Новое", "новое слово"))
    stores.keep_up()
    assert not stores.index.merge_segments()  # one more part of few pages
    assert stores.found("новое") == ["new"]


def parts(stores: Stores) -> int:
    """Return of how many parts the index is, in each of which a word is looked up."""
    return int(
        stores.cache.read(
            lambda connection: connection.execute("SELECT count(DISTINCT segid) FROM words_idx")
        ).fetchone()[0]
    )
