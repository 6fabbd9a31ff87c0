"""How long a page of the river takes: all sources as one list, at 1,000 to 100,000 headlines.

    python -m benchmarks.river [--headlines N …]

The cache is filled as refreshing does it, with 100 sources. Times are milliseconds, the median of twenty.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from newsreader.list_layout import Order
from newsreader.models import Headline
from newsreader.storage.cache import Cache

NOW = datetime(2026, 11, 22, 14, 6, tzinfo=UTC)
_SOURCES = 100
_REPEATED = 20


def source(number: int) -> str:
    return f"https://paper{number}.example/"


def fill(cache: Cache, count: int) -> None:
    """Note what the sources show, every third headline read."""
    of_each = count // _SOURCES
    for number in range(_SOURCES):
        headlines = [
            Headline(
                f"Harbour story {place} of paper {number}",
                f"{source(number)}{place}",
                published=NOW - timedelta(minutes=place * _SOURCES + number),
            )
            for place in range(of_each)
        ]
        cache.source_checks.record(source(number), headlines, set(), NOW)
        cache.source_checks.mark([headline.url for headline in headlines[::3]], True)


def milliseconds(cache: Cache, order: Order, *, unread_only: bool = False, pages: int = 1) -> float:
    """Return how long the last of so many pages takes."""
    urls = [source(number) for number in range(_SOURCES)]
    after = None
    for _ in range(pages - 1):
        after = cache.river.page(urls, order, after=after).end
    times = []
    for _ in range(_REPEATED):
        start = time.perf_counter()
        cache.river.page(urls, order, after=after, unread_only=unread_only)
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def measure(count: int) -> Iterator[tuple[str, float]]:
    with tempfile.TemporaryDirectory() as name, closing(Cache.open(Path(name) / "cache.db", now=lambda: NOW)) as cache:
        fill(cache, count)
        for order in (Order.TIME, Order.OLDEST, Order.UNREAD):
            yield f"first page, {order}", milliseconds(cache, order)
        yield "first page, only unread", milliseconds(cache, Order.TIME, unread_only=True)
        yield "tenth page, time", milliseconds(cache, Order.TIME, pages=min(10, count // 300))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--headlines", type=int, nargs="+", default=[1000, 10_000, 100_000])
    columns = [dict(measure(count)) for count in parser.parse_args().headlines]
    for what in columns[0]:
        print(f"{what:28}" + "".join(f"{column[what]:>12.1f}" for column in columns))


if __name__ == "__main__":
    main()
