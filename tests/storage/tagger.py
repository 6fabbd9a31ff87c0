"""A program that tags one story: `tagger.py PATH NAME COUNT`. It waits for a line, so that several begin at once."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from newsreader.storage.library import Library

URL = "https://harbour.example/one-story"


def main(path: str, name: str, count: str) -> None:
    library = Library.open(Path(path), now=lambda: datetime.now(UTC))
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(int(count)):
        library.tags.change(URL, "Story", add=[f"{name}-{number}"])
        library.tags.change(URL, "Story", remove=[f"{name}-{number - 1}"] if number % 2 else [])
        library.read_marks.toggle(f"{URL}/{name}")


if __name__ == "__main__":
    main(*sys.argv[1:])
