"""A program that writes to a store until it has done its part or is killed: `writer.py WHAT PATH NAME COUNT`.

It prints the number of every thing that it has kept, when it is kept.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path

from newsreader.service.clock import set_clock, utc_now
from newsreader.storage.cache import Cache
from newsreader.storage.library import Library
from tests.storage.values import page, response, saved_article


def address(name: str, number: int) -> str:
    return f"https://harbour.example/{name}/{number}"


def to_library(path: Path, name: str) -> Callable[[int], None]:
    library = Library.open(path, now=utc_now)

    def keep(number: int) -> None:
        library.saved.save(saved_article(address(name, number), words=f"Words {number} of {name}."))
        library.read_marks.mark(address(name, number), True)
        library.preferences.save(f"{name}.last", number)

    return keep


def to_cache(path: Path, name: str) -> Callable[[int], None]:
    cache = Cache.open(path, now=utc_now)

    def keep(number: int) -> None:
        assert cache.problem is None, cache.problem
        url = address(name, number)
        cache.responses.put(response(url, body=f"{name} {number}".encode() * 500))
        cache.pages.put(url, 1, page(url, f"Words {number} of {name}."), utc_now())
        cache.pictures.put(url + ".png", b"\x89" * 5000, "image/png")
        cache.seen_headlines.record(name, page(url).headline_lists[0].headlines)

    return keep


def main(what: str, path: str, name: str, count: str) -> None:
    keep = {"library": to_library, "cache": to_cache}[what](Path(path), name)
    for number in range(int(count)):
        keep(number)
        print(number, flush=True)


if __name__ == "__main__":
    set_clock(os.environ)
    main(*sys.argv[1:])
