import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from zlib import compress

import pytest

from newsreader.models import Article, Headline, Page, Paragraph, Span
from newsreader.storage.cache import Cache
from newsreader.storage.cache_schema import SCHEMA
from newsreader.storage.columns import to_text
from newsreader.storage.database import Database
from newsreader.storage.errors import FullStoreError
from newsreader.storage.responses import HINTS_STEP
from newsreader.storage.seen_headlines import FURTHER_STEP
from newsreader.urls import story_key
from tests.storage.values import START, URL, Clock, headlines, page, response


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def cache(tmp_path: Path, clock: Clock) -> Iterator[Cache]:
    cache = Cache.open(tmp_path / "cache.db", now=clock)
    assert cache.problem is None
    yield cache
    cache.close()


def test_an_answer_comes_back_as_it_was_put(cache: Cache) -> None:
    cache.responses.put(response())
    assert cache.responses.of(URL) == response()


def test_what_is_fetched_is_kept_whole_in_one_transaction(cache: Cache) -> None:
    commits: list[object] = []
    cache.database.before_commit = commits.append
    made = page()
    assert cache.keep_fetched(response(), URL, 7, made, START, made.article) == made
    assert len(commits) == 1
    assert cache.responses.of(URL) == response()
    assert cache.pages.of(URL, 7) == (made, START)

    def refuse(connection: object) -> None:
        raise FullStoreError(cache.path)

    cache.database.before_commit = refuse
    newer = response(body=b"other words", fetched_at=START + timedelta(hours=1))
    with pytest.raises(FullStoreError):
        cache.keep_fetched(newer, URL, 7, page(words="Other words."), newer.fetched_at, made.article)
    assert cache.responses.of(URL) == response()
    assert cache.pages.of(URL, 7) == (made, START)


def test_what_stories_of_a_site_share_is_left_out_of_the_next_one_by_every_program(cache: Cache, clock: Clock) -> None:
    def shown(number: int, cache: Cache) -> int:
        url, title = f"https://harbour.example/news/{number}", f"Story {'x' * number}"
        words = f"{title} of the harbour has words of its own, and enough of them to be the text of a whole story."
        texts = (Paragraph((Span(words),)), Paragraph((Span("Read our letter every morning"),)))
        made = Page(url, title, article=Article(url, title, texts))
        article = cache.keep_fetched(response(url), url, 7, made, START, made.article).article
        assert article is not None
        return len(article.blocks)

    assert [shown(number, cache) for number in range(3)] == [2, 2, 1]
    with closing(Cache.open(cache.path, now=clock)) as other:
        assert shown(3, other) == 1
    assert shown(4, cache) == 1


def test_a_response_replaces_the_one_before(cache: Cache) -> None:
    cache.responses.put(response())
    newer = response(body=b"other words", fetched_at=START + timedelta(hours=1))
    cache.responses.put(newer)
    assert cache.responses.of(URL) == newer
    assert cache.info().pages == 1


def test_what_headers_said_of_a_page_and_that_it_came_damaged_is_stored_with_it(cache: Cache) -> None:
    hinted = replace(response(), hints=(("link", "</feed>; rel=alternate"), ("refresh", "5")), is_damaged=True)
    cache.responses.put(hinted)
    assert cache.responses.of(URL) == hinted
    cache.responses.put(response())
    assert cache.responses.of(URL) == response()


def test_a_cache_from_before_headers_were_stored_is_read_on(tmp_path: Path) -> None:
    path = tmp_path / "cache.db"
    older = Database(path, replace(SCHEMA, steps=SCHEMA.steps[: SCHEMA.steps.index(HINTS_STEP)]))
    older.write(
        lambda connection: connection.execute(
            "INSERT INTO responses VALUES (1, ?, ?, ?, 200, 'text/html', NULL, NULL, ?, 3)",
            (URL, story_key(URL), URL, START.isoformat()),
        )
    )
    older.write(lambda connection: connection.execute("INSERT INTO response_bodies VALUES (1, ?)", (compress(b"old"),)))
    older.close()
    with closing(Cache.open(path, now=lambda: START)) as cache:
        found = cache.responses.of(URL)
    assert found is not None
    assert (found.body, found.hints, found.is_damaged) == (b"old", (), False)


@pytest.mark.parametrize(
    "variant",
    [
        "http://harbour.example/news/dredging",
        "https://www.harbour.example/news/dredging/",
        "https://harbour.example/news/dredging?utm_source=letter&fbclid=1",
    ],
)
def test_a_variant_of_an_address_finds_the_response_the_page_and_the_mark(cache: Cache, variant: str) -> None:
    cache.responses.put(response())
    cache.pages.put(URL, 1, page(), START)
    assert cache.responses.of(variant) == response()
    assert cache.pages.of(variant, 1) == (page(), START)
    assert cache.pages.stored([variant]) == {variant}


def test_the_exact_address_wins_over_a_newer_variant(cache: Cache) -> None:
    cache.responses.put(response())
    cache.responses.put(response(URL + "/", b"newer", START + timedelta(days=1)))
    assert cache.responses.of(URL) == response()


def test_another_page_of_a_list_is_not_taken_for_this_one(cache: Cache) -> None:
    plain = Page("https://harbour.example/list?from=0", "A list")
    cache.responses.put(response(plain.url))
    cache.pages.put(plain.url, 1, plain, START)
    assert cache.responses.of("https://harbour.example/list?from=20") is None
    assert cache.pages.of("https://harbour.example/list?from=20", 1) is None


def test_an_article_is_found_from_wherever_its_reader_comes(cache: Cache) -> None:
    cache.responses.put(response())
    cache.pages.put(URL, 1, page(), START)
    assert cache.responses.of(URL + "?ref=frontpage") == response()
    assert cache.pages.of(URL + "?ref=frontpage", 1) == (page(), START)


def test_a_page_of_another_version_of_the_extractor_is_not_given(cache: Cache) -> None:
    cache.pages.put(URL, 1, page(), START)
    assert cache.pages.of(URL, 2) is None
    cache.pages.put(URL, 2, page(words="anew"), START)
    assert cache.pages.of(URL, 2) == (page(words="anew"), START)
    assert cache.pages.of(URL, 1) is None


def test_only_articles_count_as_stored(cache: Cache) -> None:
    cache.pages.put("https://harbour.example/", 1, Page("https://harbour.example/", "Front page"), START)
    cache.pages.put(URL, 1, page(), START)
    asked = ["https://harbour.example/", URL, "https://harbour.example/never"]
    assert cache.pages.stored(asked) == {URL}


def test_any_number_of_addresses_can_be_asked_about(cache: Cache) -> None:
    cache.pages.put(URL, 1, page(), START)
    asked = [f"https://harbour.example/{n}" for n in range(40_000)]
    assert cache.pages.stored([*asked, URL]) == {URL}


def test_passwords_are_not_kept(cache: Cache, tmp_path: Path) -> None:
    secret = "https://reader:swordfish@harbour.example/news"
    cache.responses.put(replace(response(secret), final_url=secret))
    cache.pages.put(secret, 1, Page("https://harbour.example/news", None), START)
    cache.pictures.put(secret, b"picture", "image/png")
    cache.seen_headlines.record(secret, headlines(1))
    found = cache.responses.of(secret)
    assert found is not None
    assert found.url == found.final_url == "https://harbour.example/news"
    assert cache.pictures.of(secret) == (b"picture", "image/png")
    assert not any(b"swordfish" in file.read_bytes() for file in tmp_path.iterdir())


def test_addresses_with_broken_letters_do_no_harm(cache: Cache) -> None:
    broken = "https://harbour.example/\udcff"
    cache.pages.put(broken, 1, page(words="lone \ud800 surrogate"), START)
    assert cache.pages.stored([broken]) == {broken}
    found = cache.pages.of(broken, 1)
    assert found is not None
    assert found[0].article is not None
    assert found[0].article.text.startswith("lone ? surrogate")


def test_a_picture_comes_back_as_it_was_put(cache: Cache) -> None:
    cache.pictures.put("https://p.example/1.png", b"\x89PNG" * 1000, "image/png")
    assert cache.pictures.of("https://p.example/1.png") == (b"\x89PNG" * 1000, "image/png")
    assert cache.pictures.of("https://p.example/2.png") is None


def test_a_list_shows_when_each_headline_came(cache: Cache, clock: Clock) -> None:
    cache.seen_headlines.record("list", headlines(2))
    clock.move(hours=1)
    assert cache.seen_headlines.record("list", headlines(3)) == tuple(
        zip(headlines(3), (START, START, START + timedelta(hours=1)), strict=True)
    )


def test_headlines_that_a_page_dropped_stay_after_the_others(cache: Cache, clock: Clock) -> None:
    cache.seen_headlines.record("list", headlines(4))
    clock.move(hours=1)
    shown = cache.seen_headlines.record("list", headlines(3, start=2))
    assert [headline.title for headline, _ in shown] == ["Story 2", "Story 3", "Story 4", "Story 0", "Story 1"]
    assert shown[-1] == (headlines(2)[1], START)


def test_dropped_headlines_are_forgotten_beyond_a_limit(cache: Cache, clock: Clock) -> None:
    cache.seen_headlines.record("list", headlines(10))
    clock.move(hours=1)
    shown = cache.seen_headlines.record("list", headlines(1, start=10), dropped_kept=3)
    assert [headline.title for headline, _ in shown] == ["Story 10", "Story 0", "Story 1", "Story 2"]
    assert cache.seen_headlines.record("list", headlines(1, start=10)) == shown


def test_a_headline_is_the_same_story_under_another_address(cache: Cache, clock: Clock) -> None:
    first = headlines(1)[0]
    cache.seen_headlines.record("list", [first])
    clock.move(hours=1)
    again = replace(first, url=first.url + "?utm_source=x", title="Story 0, updated")
    assert cache.seen_headlines.record("list", [again, first]) == ((again, START), (first, START))


def test_lists_do_not_know_of_each_other(cache: Cache) -> None:
    cache.seen_headlines.record("one", headlines(2))
    assert len(cache.seen_headlines.record("other", headlines(1))) == 1


def test_the_cache_is_shown_in_figures(cache: Cache, clock: Clock) -> None:
    assert cache.info().oldest is None
    cache.responses.put(response())
    cache.pages.put(URL, 1, page(), START)
    cache.pages.put("https://harbour.example/other", 1, page(), START + timedelta(days=1))
    cache.pictures.put("https://p.example/1.png", b"x", "image/png")
    info = cache.info()
    assert (info.pages, info.pictures, info.oldest, info.path) == (2, 1, START, cache.path)
    assert info.size_bytes > 0


def test_clearing_deletes_everything_and_frees_the_space(cache: Cache) -> None:
    empty = cache.info().size_bytes
    for n in range(50):
        cache.pictures.put(f"https://p.example/{n}.png", bytes(100_000), "image/png")
    cache.seen_headlines.record("list", headlines(3))
    cache.responses.put(response())
    cache.pages.put(URL, 1, page(), START)
    assert cache.info().size_bytes > 4_000_000
    cache.clear()
    info = cache.info()
    assert (info.pages, info.pictures, info.oldest) == (0, 0, None)
    assert info.size_bytes <= empty + 50_000
    assert cache.responses.of(URL) is None
    assert cache.pages.of(URL, 1) is None


def test_pruning_forgets_what_is_old(cache: Cache, clock: Clock) -> None:
    cache.responses.put(response())
    cache.pages.put(URL, 1, page(), START)
    cache.pictures.put("https://p.example/1.png", b"x", "image/png")
    cache.seen_headlines.record("list", headlines(1))
    clock.move(days=10)
    cache.responses.put(response("https://harbour.example/new", fetched_at=clock.time))
    assert cache.prune(timedelta(days=9), 10**9) == 3
    assert cache.responses.of(URL) is None
    assert cache.pictures.of("https://p.example/1.png") is None
    assert cache.responses.of("https://harbour.example/new") is not None
    assert cache.seen_headlines.record("list", headlines(1))[0][1] == clock.time


def test_pruning_forgets_the_oldest_until_the_rest_fits(cache: Cache) -> None:
    for n in range(100):
        body = bytes((n * 31 + k * k) % 251 for k in range(20_000))
        cache.pictures.put(f"https://p.example/{n}.png", body, "image/png")
        cache.responses.put(response(f"https://harbour.example/{n}", fetched_at=START + timedelta(minutes=n)))
    assert cache.prune(timedelta(days=9), 1_000_000) > 0
    assert cache.info().size_bytes <= 1_100_000
    assert cache.info().size_bytes > 500_000
    assert cache.responses.of("https://harbour.example/99") is not None


def test_what_was_kept_is_there_when_the_program_starts_again(tmp_path: Path, clock: Clock) -> None:
    first = Cache.open(tmp_path / "deep" / "down" / "cache.db", now=clock)
    first.responses.put(response())
    first.close()
    second = Cache.open(tmp_path / "deep" / "down" / "cache.db", now=clock)
    assert second.responses.of(URL) == response()
    second.close()


def test_a_checkpoint_folds_the_journal_into_the_file(cache: Cache) -> None:
    cache.pictures.put("https://p.example/1.png", bytes(200_000), "image/png")
    assert cache.path.stat().st_size < 200_000
    cache.checkpoint()
    assert cache.path.stat().st_size > 200_000
    assert cache.pictures.of("https://p.example/1.png") is not None


def test_what_was_noted_when_it_came_is_looked_up_and_noted_no_more(cache: Cache, clock: Clock) -> None:
    cache.seen_headlines.record("list", headlines(4))
    clock.move(hours=1)
    now = [headlines(5)[4], *headlines(3, start=1)]
    noted = cache.seen_headlines.record("list", now)
    at = clock.time
    clock.move(hours=1)
    assert cache.seen_headlines.since("list", now, at) == noted
    assert cache.seen_headlines.since("list", now, at, dropped_kept=0) == noted[:4]
    assert cache.seen_headlines.since("list", now, clock.time) is None  # looking up was not noting


def test_other_headlines_than_those_noted_are_to_be_noted(cache: Cache) -> None:
    assert cache.seen_headlines.since("list", headlines(3), START) is None
    cache.seen_headlines.record("list", headlines(3))
    assert cache.seen_headlines.since("list", headlines(4), START) is None
    assert cache.seen_headlines.since("list", headlines(2), START) is None
    assert cache.seen_headlines.since("list", headlines(3, start=1), START) is None
    assert cache.seen_headlines.since("other", headlines(3), START) is None


def test_a_headline_that_is_in_the_list_twice_is_looked_up_too(cache: Cache) -> None:
    first, second = headlines(2)
    twice = [first, second, replace(first, url=first.url + "?utm_source=x")]
    assert cache.seen_headlines.since("list", twice, START) is None
    noted = cache.seen_headlines.record("list", twice)
    assert cache.seen_headlines.since("list", twice, START) == noted


def test_the_page_that_was_read_last_is_not_made_again_until_it_changes(cache: Cache) -> None:
    cache.pages.put(URL, 1, page(), START)
    first, again = cache.pages.of(URL, 1), cache.pages.of(URL, 1)
    assert first is not None
    assert again is not None
    assert first[0] is again[0]
    cache.pages.put(URL, 1, page(title="Dredging begins"), START)
    changed = cache.pages.of(URL, 1)
    assert changed is not None
    assert changed[0].title == "Dredging begins"


def test_a_list_of_thousands_is_noted_while_another_program_writes(tmp_path: Path) -> None:
    path = tmp_path / "cache.db"
    shown = headlines(3000)
    done = threading.Event()
    waits: list[float] = []

    def write(other: Cache) -> None:
        while not done.is_set():
            started = time.perf_counter()
            other.hosts.postpone("harbour.example", START)
            waits.append(time.perf_counter() - started)
            time.sleep(0.001)

    with closing(Cache.open(path, now=Clock())) as cache, closing(Cache.open(path, now=Clock())) as other:
        writer = threading.Thread(target=write, args=(other,))
        writer.start()
        noted = cache.seen_headlines.record("list", shown)
        cache.source_checks.record("https://harbour.example/", shown, (), START)
        done.set()
        writer.join()
        assert len(waits) > 20  # it got its turn again and again
        assert noted == tuple((headline, START) for headline in shown)
        assert other.source_checks.last_shown("https://harbour.example/") == tuple(shown)
        (state,) = other.source_checks.states().values()
        assert (state.unread, state.checked_at) == (3000, START)
        dropped = cache.seen_headlines.record("list", shown[:2], dropped_kept=3)
        assert [headline for headline, _ in dropped] == [*shown[:2], *shown[2:5]]
        cache.source_checks.record("https://harbour.example/", shown[:2], (), START + timedelta(hours=1))
        (state,) = other.source_checks.states().values()
        assert state.unread == 202


def test_a_cache_of_an_older_schema_keeps_what_its_lists_show(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "cache.db"
    older = Database(path, replace(SCHEMA, steps=SCHEMA.steps[: SCHEMA.steps.index(FURTHER_STEP)]))
    older.write(
        lambda c: c.execute(
            "INSERT INTO headlines (list_url, story, url, title, first_seen, last_seen, place)"
            " VALUES (?, ?, ?, ?, ?, ?, 0)",
            (URL, "bell.example/1", "https://bell.example/1", "A bell rings", to_text(START), to_text(START)),
        )
    )
    older.close()
    cache = Cache.open(path, now=clock)
    assert [headline for headline, _ in cache.seen_headlines.record(URL, headlines(1))] == [
        *headlines(1),
        Headline("A bell rings", "https://bell.example/1"),
    ]
    cache.close()
