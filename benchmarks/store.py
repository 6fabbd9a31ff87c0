#!/usr/bin/env python3
"""What the stores cost at 1,000, 10,000 and 100,000 articles, beside plain SQLite doing the least that could be done.

    python -m benchmarks.store [--articles 1000 10000 100000] [--directory DIR]

Articles are made up: words of a fixed random vocabulary, as often as in real text, one article in four Cyrillic, 2-5 KB
of text in a page of about three times that. Nothing is fetched. Where newsboat is installed, it is measured beside it,
up to 10,000 articles. All figures of one run come from one machine in one state, so read the ratios first.
"""

import argparse
import itertools
import json
import os
import random
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.sax.saxutils import escape

from newsreader.jsonform import page_to_json
from newsreader.models import Article, Headline, Page, Paragraph, Response, Span
from newsreader.query import parse
from newsreader.storage.article_parts import SavedArticle, SavedPicture
from newsreader.storage.cache import Cache
from newsreader.storage.index import SearchIndex
from newsreader.storage.library import Library

NOW = datetime(2026, 11, 22, 14, 4, tzinfo=UTC)
SAMPLES = 400
VERSION = 1
_MOST_OF_NEWSBOAT = 10_000  # articles of one feed


class Words:
    """A vocabulary of made-up words and articles of them, the same for the same seed."""

    def __init__(self, seed: int = 7) -> None:
        self.random = random.Random(seed)
        latin = self._vocabulary(
            "b c d f g h k l m n p r s t v st tr pl br ch sh th gr", "a e i o u ai ea ou io", 50_000
        )
        cyrillic = self._vocabulary("б в г д ж з к л м н п р с т ф х ц ч ш ст тр пр вл", "а е и о у ы я ю ё ий", 30_000)
        self.languages = [(words, self._frequencies(len(words))) for words in (latin, latin, latin, cyrillic)]

    def _vocabulary(self, consonants: str, vowels: str, count: int) -> list[str]:
        first, then = consonants.split(), vowels.split()
        words: dict[str, None] = {}
        while len(words) < count:
            syllables = self.random.choice((1, 2, 2, 3, 3, 4))
            words["".join(self.random.choice(first) + self.random.choice(then) for _ in range(syllables))] = None
            if len(words) % 2:
                words[next(reversed(words)) + self.random.choice(first)] = None
        return list(words)

    @staticmethod
    def _frequencies(count: int) -> list[float]:
        return list(itertools.accumulate(1 / (rank + 2.7) ** 1.02 for rank in range(count)))

    def paragraphs(self, size: int) -> Iterator[str]:
        """Yield paragraphs of one language, `size` bytes together."""
        words, frequencies = self.random.choice(self.languages)
        while size > 0:
            paragraph = " ".join(self.random.choices(words, cum_weights=frequencies, k=self.random.randint(20, 90)))
            size -= len(paragraph.encode())
            yield paragraph.capitalize() + "."

    def article(self, number: int) -> tuple[Page, Response]:
        """Return a page and the answer that it might have been made of."""
        url = address(number)
        title, *paragraphs = self.paragraphs(self.random.randint(2000, 5000))
        title = title[:70]
        blocks = tuple(Paragraph((Span(paragraph),)) for paragraph in paragraphs)
        at = NOW - timedelta(minutes=number)
        page = Page(url, title, "Harbour News", "en", Article(url, title, blocks, published=at))
        frame = "".join(f'<li class="item"><a href="/news/{n}">{title}</a></li>' for n in range(number, number + 60))
        body = "".join(f'<p class="text">{paragraph}</p>\n' for paragraph in paragraphs)
        whole = f"<!DOCTYPE html><html><body><article>{body}</article><ul>{frame}</ul></body></html>".encode()
        return page, Response(url, url, 200, "text/html; charset=utf-8", whole, '"tag"', None, at)


def address(number: int) -> str:
    return f"https://harbour.example/news/{number}"


def now() -> datetime:
    return NOW


def timed(work: Callable[..., object], *arguments: object) -> float:
    """Return the milliseconds that the work takes."""
    start = time.perf_counter()
    work(*arguments)
    return (time.perf_counter() - start) * 1000


def middle_and_worst(times: list[float]) -> str:
    """Return the median and the 95th percentile."""
    return f"{statistics.median(times):.2f} / {statistics.quantiles(times, n=20)[-1]:.2f}"


# --- the least that could be done: one table, one body a row -------------------------------------


def plain_store(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.executescript(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
        "CREATE TABLE pages (url TEXT PRIMARY KEY, page BLOB, response BLOB)"
    )
    return connection


def put_plain(connection: sqlite3.Connection, page: Page, response: Response) -> None:
    text = json.dumps(page_to_json(page), ensure_ascii=False).encode()
    row = (page.url, zlib.compress(text), zlib.compress(response.body))
    connection.execute("INSERT INTO pages VALUES (?, ?, ?)", row)


def plain_page(connection: sqlite3.Connection, url: str) -> object:
    (body,) = connection.execute("SELECT page FROM pages WHERE url = ?", (url,)).fetchone()
    return json.loads(zlib.decompress(body))


# --- the cache -----------------------------------------------------------------------------------


def put(cache: Cache, page: Page, response: Response) -> None:
    cache.responses.put(response)
    cache.pages.put(page.url, VERSION, page, response.fetched_at)


def fill(cache: Cache, plain: sqlite3.Connection, count: int) -> dict[str, float]:
    """Put articles into both; return milliseconds an article of each, the worst one, and bytes of text and answers."""
    words = Words()
    ours: list[float] = []
    theirs: list[float] = []
    texts = answers = 0
    for number in range(count):
        page, response = words.article(number)
        ours.append(timed(put, cache, page, response))
        theirs.append(timed(put_plain, plain, page, response))
        assert page.article is not None
        texts += len(page.article.text.encode()) + len(page.article.title.encode())
        answers += len(response.body)
        if number % 1000 == 999:
            print(f"\r{number + 1:,} of {count:,}", end="", file=sys.stderr, flush=True)
    print("\r", end="", file=sys.stderr)
    return {
        "ours": statistics.fmean(ours),
        "plain": statistics.fmean(theirs),
        "worst": max(ours),
        "texts": texts,
        "answers": answers,
    }


def kept_bytes(cache: Cache, table: str) -> int:
    statement = f"SELECT sum(size) FROM {table}"
    return int(cache._database.read(lambda connection: connection.execute(statement).fetchone()[0]))  # noqa: SLF001


def without_answers(path: Path) -> int:
    """Return the bytes that a store takes besides its answers, which are deleted in a copy of it."""
    copy = path.with_name("copy.db")
    copy.write_bytes(path.read_bytes())
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("DELETE FROM response_bodies")
        connection.execute("DELETE FROM responses")
        connection.commit()
        pages, free, page_size = (
            connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count", "page_size")
        )
    copy.unlink()
    return int((pages - free) * page_size)


def measure_cache(directory: Path, count: int) -> Iterator[tuple[str, str]]:
    path = directory / "cache.db"
    chance = random.Random(3)
    chosen = [address(chance.randrange(count)) for _ in range(SAMPLES)]
    rows = [address(number) for number in range(count, count + 100)] + chosen[:100]
    headlines = [Headline(f"Story {number}", address(number), published=NOW) for number in range(100)]
    with closing(Cache.open(path, now=now)) as cache, closing(plain_store(directory / "plain.db")) as plain:
        put_figures = fill(cache, plain, count)
        yield "put an article (ms)", f"{put_figures['ours']:.2f}"
        yield "  of plain SQLite", f"{put_figures['ours'] / put_figures['plain']:.2f}x"
        yield "  worst (ms)", f"{put_figures['worst']:.1f}"
        pages = [timed(cache.pages.of, url, VERSION) for url in chosen]
        theirs = [timed(plain_page, plain, url) for url in chosen]
        yield "get an article (ms, p50 / p95)", middle_and_worst(pages)
        yield "  of plain SQLite and json", f"{statistics.median(pages) / statistics.median(theirs):.2f}x"
        yield "get its answer (ms)", middle_and_worst([timed(cache.responses.of, url) for url in chosen])
        yield "which of 200 are stored (ms)", middle_and_worst([timed(cache.pages.stored, rows) for _ in range(100)])
        yield (
            "note 100 headlines (ms)",
            middle_and_worst([timed(cache.seen_headlines.record, "list", headlines) for _ in range(50)]),
        )
        yield "cache info (ms)", f"{timed(cache.info):.1f}"
        cache.checkpoint()
        before = path.stat().st_size
        yield from measure_search(directory, cache, count)
        cache.checkpoint()
        yield "  the index, of the text", f"{(path.stat().st_size - before) / put_figures['texts']:.2f}x"
        page_bytes, answer_bytes = kept_bytes(cache, "pages"), kept_bytes(cache, "responses")
    size = path.stat().st_size
    yield "file (MB)", f"{size / 1e6:.0f}"
    yield "  without the answers, of the text", f"{without_answers(path) / put_figures['texts']:.2f}x"
    yield "  pages as kept, of their text", f"{page_bytes / put_figures['texts']:.2f}x"
    yield "  answers as kept, of their bytes", f"{answer_bytes / put_figures['answers']:.2f}x"
    yield "  file, of plain SQLite's", f"{size / (directory / 'plain.db').stat().st_size:.2f}x"
    yield "open in a new program (ms)", f"{opening('Cache', path):.1f}"
    with closing(Cache.open(path, now=now)) as cache:
        yield (
            "forget the older half (s)",
            f"{timed(lambda: cache.prune(timedelta(minutes=count / 2), 10**12)) / 1000:.1f}",
        )


OPENING = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from newsreader.storage.cache import Cache
from newsreader.storage.library import Library
start = time.perf_counter()
store = {"Cache": Cache, "Library": Library}[sys.argv[1]].open(Path(sys.argv[2]), now=lambda: datetime.now(UTC))
store.which_read(["https://harbour.example/news/1"]) if sys.argv[1] == "Library" else store.stored(["https://harbour.example/news/1"])
print((time.perf_counter() - start) * 1000)
"""


def opening(kind: str, path: Path) -> float:
    """Return the median milliseconds of opening a store and asking one thing, in programs of their own."""
    command = [sys.executable, "-c", OPENING, kind, str(path)]
    return statistics.median(
        float(subprocess.run(command, capture_output=True, text=True, check=True).stdout) for _ in range(7)
    )


# --- the index ------------------------------------------------------------------------------------


def index_everything(cache: Cache, index: SearchIndex, count: int) -> Iterator[tuple[str, str]]:
    """Index everything while somebody reads; print how long it takes, and how long the reader waits."""
    waits: list[float] = []
    done = threading.Event()

    def read() -> None:
        chance = random.Random(5)
        while not done.is_set():
            waits.append(timed(cache.pages.stored, [address(chance.randrange(count))]))
            time.sleep(0.005)

    reader = threading.Thread(target=read)
    reader.start()
    steps: list[float] = []
    started = time.perf_counter()
    while True:
        began = time.perf_counter()
        left = index.step()
        steps.append((time.perf_counter() - began) * 1000)
        if not left:
            break
        if len(steps) % 100 == 0:
            print(f"\r{left:,} to be indexed", end="", file=sys.stderr, flush=True)
    taken = time.perf_counter() - started
    tidying: list[float] = []
    more = True
    while more:
        began = time.perf_counter()
        more = index.tidy()
        tidying.append((time.perf_counter() - began) * 1000)
    done.set()
    reader.join()
    print("\r", end="", file=sys.stderr)
    yield "index an article (ms)", f"{taken * 1000 / count:.2f}"
    yield "  a step of twelve (ms)", middle_and_worst(steps)
    yield "  join its parts (s)", f"{sum(tidying) / 1000:.2f}"
    yield "  a reader meanwhile (ms, p50 / p95)", middle_and_worst(waits)
    yield "  its longest wait (ms)", f"{max(waits):.1f}"


def kinds_of_queries(count: int) -> dict[str, list[str]]:
    """Return what is sought, by kind: words by how many articles have them, and what is made of them."""
    words = Words()
    seen: Counter[str] = Counter()
    texts = []
    for number in range(min(count, 3000)):
        article = words.article(number)[0].article
        assert article is not None
        texts.append(article.text)
        seen.update(set(article.text.lower().replace(".", "").split()))
    ranked = [word for word, _ in seen.most_common()]
    share = {word: n / len(texts) for word, n in seen.items()}
    near = sorted(ranked, key=lambda word: abs(share[word] - 0.39))[:20]  # 39,000 of 100,000
    chance = random.Random(11)
    middling, rare = ranked[300:2000], ranked[5000:20_000] or ranked[-200:]
    phrases = [text.replace(".", "").split() for text in chance.sample(texts, 20)]
    return {
        "in 39 of 100": near,
        "middling": chance.sample(middling, 20),
        "rare": chance.sample(rare, 20),
        "two words": [f"{a} {b}" for a, b in zip(near, chance.sample(middling, 20), strict=True)],
        "a phrase": [f'"{" ".join(each[5:7])}"' for each in phrases],
        "a beginning": [f"{word[:5]}*" for word in chance.sample(middling, 20)],
    }


def measure_search(directory: Path, cache: Cache, count: int) -> Iterator[tuple[str, str]]:
    with (
        closing(Library.open(directory / "searched.db", now=now)) as library,
        closing(SearchIndex(cache, library)) as index,
    ):
        yield from index_everything(cache, index, count)
        index.newest(parse("warm"), NOW)
        for kind, queries in kinds_of_queries(count).items():
            asked = [parse(query) for query in queries for _ in range(2)]
            hits = statistics.median(index.count(query, NOW) for query in asked[::2])
            yield f"search, {kind}: matches", f"{hits:,.0f}"
            newest = [timed(index.newest, query, NOW) for query in asked]
            ranked = [timed(index.ranked, query, NOW) for query in asked]
            yield f"  {kind}: newest first (ms)", middle_and_worst(newest)
            yield f"  {kind}: ranked, with passages (ms)", middle_and_worst(ranked)
        typed = [parse(query[:-1]) for query in kinds_of_queries(count)["a beginning"]]
        times = [timed(lambda query=query: index.newest(query, NOW, typing=True)) for query in typed]
        yield "search as one types, newest first (ms)", middle_and_worst(times)


# --- newsboat, where it does the same ----------------------------------------------------------------


def feed(count: int) -> str:
    """Return a feed of the same articles, as newsboat takes them in."""
    words = Words()
    items = []
    for number in range(count):
        page = words.article(number)[0]
        assert page.article is not None
        text = "".join(f"<p>{each}</p>" for each in page.article.text.split("\n\n"))
        items.append(
            f"<item><title>{escape(page.article.title)}</title><link>{page.url}</link><guid>{page.url}</guid>"
            f"<description>{escape(text)}</description></item>"
        )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour</title>{"".join(items)}</channel></rss>'


def measure_newsboat(directory: Path, count: int) -> Iterator[tuple[str, str]]:
    """Let newsboat reload a feed from a file, and ask its store as its own search does: with LIKE."""
    source, store = directory / "feed.xml", directory / "newsboat.db"
    source.write_text(feed(count), encoding="utf-8")
    (directory / "urls").write_text(f"file://{source}\n", encoding="utf-8")
    (directory / "config").write_text("", encoding="utf-8")
    command = ["newsboat", "-u", "urls", "-c", str(store), "-C", "config", "-x", "reload"]
    started = time.perf_counter()
    subprocess.run(command, cwd=directory, env=os.environ | {"HOME": str(directory)}, check=True, capture_output=True)
    yield "an article, text and title (ms)", f"{(time.perf_counter() - started) * 1000 / count:.2f}"
    with closing(sqlite3.connect(store)) as connection:
        (kept,) = connection.execute("SELECT count(*) FROM rss_item").fetchone()
        assert kept == count, f"newsboat kept {kept} of {count} articles"
        (texts,) = connection.execute("SELECT sum(length(CAST(title || content AS BLOB))) FROM rss_item").fetchone()
        like = (
            "SELECT title, url FROM rss_item WHERE (title LIKE ?1 OR content LIKE ?1) AND deleted = 0"
            " ORDER BY pubDate DESC"
        )
        for kind in ("in 39 of 100", "rare"):
            queries = kinds_of_queries(count)[kind][:5]
            times = [timed(lambda q=q: connection.execute(like, (f"%{q}%",)).fetchall()) for q in queries]
            yield f"search, {kind} (ms)", middle_and_worst(times)
    yield "file, of the text", f"{store.stat().st_size / texts:.2f}x"


# --- the library ---------------------------------------------------------------------------------


def measure_library(directory: Path, count: int) -> Iterator[tuple[str, str]]:
    path = directory / "library.db"
    words = Words()
    urls = [address(number) for number in range(count)]
    picture = SavedPicture("https://harbour.example/1.jpg", "image/jpeg", random.Random(1).randbytes(80_000))
    with closing(Library.open(path, now=now)) as library:
        yield "mark all read (s)", f"{timed(library.read_marks.mark_all, urls) / 1000:.2f}"
        yield (
            "mark one read, safe on disk (ms)",
            middle_and_worst([timed(library.read_marks.mark, address(count + n), True) for n in range(50)]),
        )
        rows = urls[:100] + [f"{url}/x" for url in urls[:100]]
        yield (
            "which of 200 are read (ms)",
            middle_and_worst([timed(library.read_marks.which, rows) for _ in range(100)]),
        )
        saved = [
            SavedArticle(page.url, page, (picture,), response, NOW) for page, response in map(words.article, range(50))
        ]
        yield "save with an 80 KB picture (ms)", middle_and_worst([timed(library.saved.save, a) for a in saved])
        yield "get it, verified (ms)", middle_and_worst([timed(library.saved.article, a.url) for a in saved])
        yield "back up, read through (s)", f"{timed(library.backups.back_up) / 1000:.2f}"
    yield "file (MB)", f"{path.stat().st_size / 1e6:.0f}"
    yield "open in a new program (ms)", f"{opening('Library', path):.1f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, nargs="+", default=[1000, 10_000, 100_000])
    parser.add_argument(
        "--directory", type=Path, help="where to make the files; about 12 KB an article (a temporary one)"
    )
    arguments = parser.parse_args()
    columns: list[dict[str, str]] = []
    for count in arguments.articles:
        with tempfile.TemporaryDirectory(dir=arguments.directory) as name:
            directory = Path(name)
            cache = {f"cache: {what}": value for what, value in measure_cache(directory, count)}
            library = {f"library: {what}": value for what, value in measure_library(directory, count)}
            beside = (
                measure_newsboat(directory, count) if shutil.which("newsboat") and count <= _MOST_OF_NEWSBOAT else ()
            )
            columns.append(cache | library | {f"newsboat: {what}": value for what, value in beside})
    print(f"Python {sys.version.split()[0]}, SQLite {sqlite3.sqlite_version}\n")
    print(f"{'':48}" + "".join(f"{count:>16,}" for count in arguments.articles))
    for what in columns[0]:
        print(f"{what:48}" + "".join(f"{column.get(what, '–'):>16}" for column in columns))


if __name__ == "__main__":
    main()
