"""Measure what syncing with other devices costs: bytes a record, applying, joining, and the start of the program.

    python -m benchmarks.devices [--marks 100000] [--starts 5]

Everything is in a temporary directory. What is compared with the limits is processor time: that of other programs does
not count.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from newsreader.devices.exchange import READER, Exchange
from newsreader.devices.folder import FolderTransport
from newsreader.storage.library import Library

_LIMITS = {"apply": 3.0, "join": 10.0}  # seconds, for 100,000


def now() -> datetime:
    """Return the time."""
    return datetime.now(UTC)


@contextmanager
def opened(path: Path) -> Iterator[Library]:
    """Open a library, and close it again."""
    library = Library.open(path / "library.db", now=now)
    try:
        yield library
    finally:
        library.close()


def timed(what: str, work: Callable[[], object]) -> float:
    """Do something, print how long it took and how long a processor was busy with it, and return the latter."""
    began, busy = time.perf_counter(), time.process_time()
    work()
    took, busy = time.perf_counter() - began, time.process_time() - busy
    print(f"{what:48} {took:7.2f} s {busy:7.2f} s of a processor")
    return busy


def exchange(library: Library, folder: Path, name: str) -> None:
    """Exchange once."""
    Exchange(library, FolderTransport(folder), (name, name), "saved", now).run()


def start_s(data: Path, starts: int) -> float:
    """Return how long the installed command takes to list saved articles: the least of some starts."""
    environment = os.environ | {f"NEWSREADER_{each}_DIR": str(data) for each in ("DATA", "CACHE", "CONFIG")}
    command = [str(Path(sys.executable).with_name("newsreader")), "saved"]
    took = []
    for _ in range(starts):
        began = time.perf_counter()
        subprocess.run(command, env=environment, capture_output=True, check=False)
        took.append(time.perf_counter() - began)
    return min(took)


def main() -> int:
    """Measure, and return 1 where something takes too long."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--marks", type=int, default=100_000, help="how many read marks the library has")
    parser.add_argument("--starts", type=int, default=5, help="how often the program is started")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as directory:
        return measure(Path(directory), arguments.marks, arguments.starts)


def measure(root: Path, marks: int, starts: int) -> int:
    """Measure in a directory."""
    folder = root / "Sync"
    folder.mkdir()
    urls = [f"https://vesti{number % 97}.example/2026/11/{number:06}-a-story-of-the-day" for number in range(marks)]
    with opened(root / "one") as one, opened(root / "two") as two, opened(root / "three") as three:
        timed(f"mark {marks:,} read, no device", lambda: one.read_marks.mark_all(urls))
        before = start_s(root / "one", starts)
        timed("begin the journal", lambda: one.journal.add_reader(READER))
        timed("send all", lambda: exchange(one, folder, "one"))
        size = sum(path.stat().st_size for path in folder.rglob("*.z"))
        print(f"{'bytes a record':48} {size / marks:7.1f}")
        records = one.journal.records_after(READER, 0)
        two.journal.add_reader(READER)
        apply_s = timed("apply all to an empty library", lambda: two.journal.apply(records, READER))
        timed("apply them again", lambda: two.journal.apply(records, READER))

        def join() -> None:
            three.journal.add_reader(READER)
            exchange(three, folder, "three")

        join_s = timed("join: read the files, apply, send", join)
        timed("exchange, nothing new", lambda: exchange(three, folder, "three"))
        timed(f"mark {marks:,} unread, with a device", lambda: one.read_marks.mark_all(urls, read=False))
        timed("mark one read, with a device", lambda: one.read_marks.mark(urls[0], read=True))
    after = start_s(root / "one", starts)
    print(f"{'start without and with devices':48} {before:7.3f} s {after:7.3f} s")
    scale = max(1.0, marks / 100_000)
    is_slow = apply_s > _LIMITS["apply"] * scale or join_s > _LIMITS["join"] * scale
    return 1 if is_slow else 0


if __name__ == "__main__":
    sys.exit(main())
