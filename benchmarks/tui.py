#!/usr/bin/env python3
"""How fast the screen is: start, keys, articles, rest and end, beside a bare Textual program and newsboat.

    python -m benchmarks.tui [start whole keys open idle quit gaps] [--rounds N] [--command PATH] [--counts 1000 100000]

Everything but `gaps` drives the installed command in a pseudo-terminal of 100 columns and 30 rows, on stores that are
made up first and nothing else. Its modules must have been compiled: as pip leaves them, and not with
PYTHONDONTWRITEBYTECODE set for a checkout, which makes every start several times as long. The programs that are
compared take turns, so that all have the same weather; read the ratios.

start   until the stored list is visible, and until a key pressed at the first byte has been handled
whole   until a long list is there to its end, and how long keys wait meanwhile
keys    from a key to the last byte that it brings about, and how many bytes these are
open    from Enter to the first words of a stored article
idle    processor time, wake-ups and bytes while nothing is done
quit    from the key to the end of the process
gaps    the longest time for which the event loop is blocked while 50 pages are fetched and extracted
"""

import argparse
import asyncio
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import stores
from benchmarks.pseudo_terminal import Answered, Program, median, percentile

BARE = (sys.executable, str(Path(__file__).with_name("bare.py")))
LIST_COLUMNS = 40  # of 100: what newsreader gives to the list
NARROW = 78  # columns: one pane


@dataclass(frozen=True)
class Subject:
    """A program that is measured.

    Attributes:
        mark: What it shows first.
        handled: What it shows once `key` has been handled.
    """

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    mark: str
    key: str = "j"
    handled: str = ""
    before: tuple[str, ...] = ()  # keys that lead to the list
    columns: int = 100

    def run(self) -> Program:
        """Start it."""
        return Program(self.command, self.environment, columns=self.columns)


class Bench:
    """The programs at hand, and the stores that they read."""

    def __init__(self, directory: Path, command: str, rounds: int, counts: Sequence[int]) -> None:
        self.directory = directory
        self.command = command
        self.rounds = rounds
        self.counts = counts
        self.hello = Subject("bare Textual", (*BARE, "hello"), {}, "HELLO-MARK", handled="HANDLED-MARK")
        self._newsboat: dict[int, list[str]] = {}

    def newsreader(self, count: int, columns: int = 100) -> Subject:
        """Return newsreader with a list of as many headlines, all fetched just now, as one left it the last time."""
        filled, place = self.directory / f"filled-{count}", self.directory / f"newsreader-{count}"
        if not filled.exists():
            stores.fill(filled, count)
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(filled, place)
        environment = stores.environment(place)
        subject = Subject(
            f"newsreader, {count:,} headlines", (self.command,), environment, "ART000000", handled="SUM000001",
            columns=columns,
        )  # fmt: skip
        with subject.run() as program:
            program.wait_for(subject.mark)
            program.settle(1.0)
            program.press("q")
            program.wait_end()
        return subject

    def newsboat(self, count: int, columns: int = 100) -> Subject | None:
        """Return newsboat with as many headlines in one feed; None if it is not installed."""
        found = shutil.which("newsboat")
        if found is None:
            return None
        if count not in self._newsboat:
            arguments = stores.newsboat_cache(self.directory / f"newsboat-{count}", count)
            environment = {"HOME": str(self.directory), "LANG": "C.UTF-8"}
            subprocess.run([found, *arguments, "-x", "reload"], check=True, env=environment, capture_output=True)
            self._newsboat[count] = [found, *arguments]
        return Subject(
            f"newsboat, {count:,} headlines", self._newsboat[count], {"HOME": str(self.directory)}, "FEEDMARK",
            before=("\r",), columns=columns,
        )  # fmt: skip


# --- start --------------------------------------------------------------------------------------


def start(bench: Bench) -> None:
    subjects = [bench.hello, *(bench.newsreader(count) for count in bench.counts)]
    subjects += [other for count in bench.counts if (other := bench.newsboat(count)) is not None]
    painted: dict[str, list[float]] = {subject.name: [] for subject in subjects}
    handled: dict[str, list[float]] = {subject.name: [] for subject in subjects}
    for number in range(bench.rounds + 1):
        for subject in subjects:
            with subject.run() as program:
                while program.first is None:
                    program.read(5)
                if subject.handled:
                    program.press(subject.key)
                paint = program.wait_for(subject.mark)
                key_ms = paint
                if subject.handled:
                    with suppress(TimeoutError):  # it was lost
                        key_ms = float("nan")
                        key_ms = program.wait_for(subject.handled, seconds=3)
                program.settle(1.0)
                program.press("\x1b[H")
                program.press("q")  # so that the next start finds the list as it was left
                program.wait_end()
            if number:  # the first round warms the disk's cache
                painted[subject.name].append(paint)
                handled[subject.name].append(key_ms)
    print(
        "\nStart, ms from the start of the process (median, least; ratio of each round to bare Textual's first paint)"
    )
    base = painted[bench.hello.name]
    for name, times in painted.items():
        first = median([one / other for one, other in zip(times, base, strict=True)])
        key = median([one / other for one, other in zip(handled[name], base, strict=True)])
        print(
            f"  {name:32} first paint {median(times):7.1f} {min(times):7.1f}  {first:5.2f}x   "
            f"first key handled {median(handled[name]):7.1f}  {key:5.2f}x"
        )
    for count in bench.counts:
        ours, boat = (painted.get(f"{name}, {count:,} headlines", []) for name in ("newsreader", "newsboat"))
        if boat:
            visible = median([one / other for one, other in zip(ours, boat, strict=True)])
            print(f"  {count:,} headlines: the list is visible after {visible:.2f} of newsboat's time")


def whole(bench: Bench) -> None:
    """Measure from the first key handled, when only what was on the screen is known, until all of the list is there."""
    print("\nThe whole list: ms from the first key handled until its last row is read; keys of the 4 s after that")
    for count in bench.counts:
        ends: list[float] = []
        times: list[float] = []
        for _ in range(max(3, bench.rounds // 4)):
            subject = bench.newsreader(count)
            with subject.run() as program:
                program.wait_for(subject.mark)
                program.press(subject.key)
                handled = program.wait_for(subject.handled)
                program.press("G")
                ends.append(program.wait_for(f"ART{count - 1:06}") - handled)
            with bench.newsreader(count).run() as program:
                program.wait_for(subject.mark)
                program.press(subject.key)
                program.wait_for(subject.handled)
                until = time.perf_counter() + 4
                while time.perf_counter() < until:
                    for key, mark in (("k", "SUM000000"), ("j", "SUM000001")):
                        since, sent = len(program.text), time.perf_counter()
                        program.press(key)
                        program.wait_for(mark, since=since)  # the key's own change, whatever else is painted
                        times.append((time.perf_counter() - sent) * 1e3)
                        program.read(0.03)
        print(
            f"  {subject.name:32} whole {median(ends):7.1f} {max(ends):7.1f}   {len(times)} keys: median "
            f"{median(times):5.1f}  p99 {percentile(times, 0.99):5.1f}  worst {max(times):5.1f}"
        )


# --- keys ---------------------------------------------------------------------------------------


def pressed(program: Program, key: str, count: int) -> list[Answered]:
    return [program.answer(key) for _ in range(count)]


def report(name: str, answers: Sequence[Answered]) -> None:
    times = [answer.ms for answer in answers if answer.size]
    print(
        f"  {name:58} median {median(times):6.1f} ms  p99 {percentile(times, 0.99):6.1f} ms  "
        f"bytes {median([answer.size for answer in answers]):7.0f}"
    )


def keys(bench: Bench) -> None:
    count = max(50, 10 * bench.rounds)
    print(f"\nA key: until the last byte that it brings about ({count} keys each)")
    for width, where in ((100, "split view"), (NARROW, "full width")):
        for number in (100, 100_000):
            with bench.newsreader(number, width).run() as program:
                program.wait_for("ART000000")
                program.settle(1.0)
                report(f"list of {number:,}, {where}: newsreader moves", pressed(program, "j", 5))
                for _ in range(30):
                    program.answer("j")
                report(f"list of {number:,}, {where}: newsreader scrolls", pressed(program, "j", min(count, 60)))
                program.press(",")
                program.settle()
                where_compact = f"compact list of {number:,}, {where}: newsreader scrolls"
                report(where_compact, pressed(program, "j", min(count, 60)))
                program.press(",")
                program.press("\x1b[H")
                program.settle()
                boxes = [(program.answer("?", quiet=0.3), program.answer("\x1b", quiet=0.3)) for _ in range(6)][1:]
                for at, what in enumerate(("opens", "closes (Esc: its wait for more letters too)")):
                    report(f"list of {number:,}, {where}: newsreader's help {what}", [each[at] for each in boxes])
                for words, key in ((stores.SHORT, ""), (stores.LONG, "J")):
                    program.press(key or "\r")
                    program.wait_for(f"WORDS{words:06}")
                    program.settle()
                    name = f"article of {words:,} words, {where}, {number:,} headlines: newsreader scrolls"
                    report(name, pressed(program, "j", count))
            options = Subject(
                "", (*BARE, "options", str(number), str(LIST_COLUMNS if width == 100 else width)), {}, "ART"
            )
            with Program(options.command, columns=width) as program:
                program.wait_for("ART000000")
                program.settle(1.0)
                for _ in range(30):
                    program.answer("j")
                report(
                    f"list of {number:,}, {where}: Textual's OptionList scrolls", pressed(program, "j", min(count, 60))
                )
        newsboat = bench.newsboat(1000, width)
        if newsboat is None:
            print("  newsboat is not installed")
            continue
        with newsboat.run() as program:
            program.wait_for(newsboat.mark)
            program.settle()
            program.press("\r")
            program.wait_for("ART000000")
            program.settle()
            for _ in range(30):
                program.answer("j")
            report(f"list of 1,000, {width} columns: newsboat scrolls", pressed(program, "j", count))


# --- opening ------------------------------------------------------------------------------------


def open_articles(bench: Bench) -> None:
    lines = bench.directory / "lines.txt"
    lines.write_text("SWAP-WORDS\n" + "\n".join(stores.paragraphs(stores.SHORT)), encoding="utf-8")
    times: dict[str, list[float]] = {}
    with ExitStack() as running:
        bare = running.enter_context(Program((*BARE, "swap", str(lines))))
        ours = running.enter_context(bench.newsreader(1000).run())
        bare.wait_for("SWAP-READY")
        ours.wait_for("ART000000")
        ours.settle(1.0)
        boat = None
        if (newsboat := bench.newsboat(1000)) is not None:
            boat = running.enter_context(newsboat.run())
            boat.wait_for(newsboat.mark)
            boat.settle()
            boat.press("\r")
            boat.settle()

        def opened(name: str, program: Program, key: str, mark: str, back: Callable[[], None]) -> None:
            program.settle(0.15)
            since, sent = len(program.text), time.perf_counter()
            program.press(key)
            program.wait_for(mark, since=since)
            times.setdefault(name, []).append((time.perf_counter() - sent) * 1e3)
            program.settle(0.15)
            back()

        def to_the_other() -> None:
            ours.settle(0.3)

        for number in range(2 * bench.rounds + 2):
            opened("bare Textual: lines swapped in one view", bare, "\r", "SWAP-WORDS", lambda: bare.press("q"))
            first = f"newsreader: {stores.SHORT:,} words"
            opened(first, ours, "\r" if not number else "K", f"WORDS{stores.SHORT:06}", to_the_other)
            opened(f"newsreader: {stores.LONG:,} words", ours, "J", f"WORDS{stores.LONG:06}", to_the_other)
            if boat is not None:
                opened(f"newsboat: {stores.SHORT:,} words", boat, "\r", "Title:", lambda: boat.press("q"))
    print("\nA stored article: ms from the key to its first words (median, p95; ratio to bare Textual)")
    measured = {name: found[2:] for name, found in times.items()}
    base = median(next(iter(measured.values())))
    for name, found in measured.items():
        print(f"  {name:42} {median(found):7.1f} {percentile(found, 0.95):7.1f}  {median(found) / base:5.2f}x")


# --- rest and end -------------------------------------------------------------------------------


def idle(bench: Bench, seconds: float = 20.0) -> None:
    print(f"\nAt rest for {seconds:g} s: processor time, wake-ups and bytes a second")
    for subject in (bench.hello, bench.newsreader(1000)):
        with subject.run() as program:
            program.wait_for(subject.mark)
            program.settle(1.0)
            program.settle(3.0)
            before, size = program.cost(), program.written
            end = time.perf_counter() + seconds
            while (left := end - time.perf_counter()) > 0:
                program.read(left)
            after = program.cost()
            print(
                f"  {subject.name:32} cpu {(after.cpu_s - before.cpu_s) * 1e3 / seconds:7.3f} ms/s  "
                f"wake-ups {(after.wakes - before.wakes) / seconds:6.2f}/s  "
                f"bytes {(program.written - size) / seconds:6.1f}/s"
            )


def quit_(bench: Bench) -> None:
    subjects = [bench.hello, *(bench.newsreader(count) for count in bench.counts)]
    times: dict[str, list[float]] = {subject.name: [] for subject in subjects}
    for _ in range(bench.rounds):
        for subject in subjects:
            with subject.run() as program:
                program.wait_for(subject.mark)
                if subject.handled:  # the first picture is there before the program is
                    program.press(subject.key)
                    program.wait_for(subject.handled)
                    program.press("\x1b[H")  # where the next start begins
                program.settle(1.0)
                program.press("q")
                times[subject.name].append(program.wait_end())
    print("\nEnd: ms from the key to the end of the process (median, p95)")
    for name, found in times.items():
        print(f"  {name:32} {median(found):7.1f} {percentile(found, 0.95):7.1f}")


# --- gaps ---------------------------------------------------------------------------------------


def gaps(bench: Bench) -> None:
    """Measure inside the process, without a terminal: there the loop can be watched."""
    found: dict[str, list[float]] = {}
    for number in range(max(3, bench.rounds // 4)):
        with stores.newspaper(50) as urls:
            for name, wanted in (("at rest", []), ("50 pages fetched and extracted", urls)):
                place = bench.directory / f"gaps-{number}-{len(wanted)}"
                stores.fill(place, 1000)
                found.setdefault(name, []).append(asyncio.run(_longest_gap(place, wanted)))
    print("\nThe longest gap of the event loop, ms (median of the rounds, worst)")
    for name, longest in found.items():
        print(f"  {name:32} {median(longest):7.1f} {max(longest):7.1f}")


async def _longest_gap(place: Path, urls: Sequence[str]) -> float:
    from newsreader.service.facade import NewsService
    from newsreader.settings import Directories, Settings
    from newsreader.tui.app import NewsreaderApp

    service = NewsService(Directories(place / "data", place / "cache", place / "config"), Settings())
    waiting = asyncio.Semaphore(8)
    found = [0.0]

    async def tick() -> None:
        last = time.perf_counter()
        while True:
            await asyncio.sleep(0.002)
            now = time.perf_counter()
            found.append((now - last) * 1e3)
            last = now

    async def fetch(url: str) -> None:
        async with waiting:
            await service.pages.open(url, typed=True)

    async with NewsreaderApp(service).run_test(size=(100, 30)) as pilot:
        await pilot.pause(2.0)
        ticking = asyncio.create_task(tick())
        await asyncio.gather(*map(fetch, urls)) if urls else await asyncio.sleep(2)
        ticking.cancel()
    return max(found)


PARTS: Mapping[str, Callable[[Bench], None]] = {
    "start": start, "whole": whole, "keys": keys, "open": open_articles, "idle": idle, "quit": quit_, "gaps": gaps,
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", help="which parts; all by default")
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--command", default=str(Path(sys.executable).with_name("newsreader")))
    parser.add_argument("--counts", type=int, nargs="+", default=[1_000, 100_000])
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as directory:
        bench = Bench(Path(directory), given.command, given.rounds, given.counts)
        print(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, Python {sys.version.split()[0]}, {given.rounds} rounds")
        for name in given.parts or PARTS:
            PARTS[name](bench)


if __name__ == "__main__":
    main()
