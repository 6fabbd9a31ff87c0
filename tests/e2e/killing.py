"""A sync that is killed again and again, over a small newspaper with a feed, a page, a failing and a slow source."""

import asyncio
import json
import os
import random
import signal
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from subprocess import PIPE

from newsreader.service.facade import NewsService
from newsreader.settings import Directories, Settings
from newsreader.source_values import SourceKind
from newsreader.storage.library import Library
from tests.servers import Answer, Request, SiteServer
from tests.services import PIXEL, article
from tests.starting import COMMAND, Program
from tests.waiting import LONG_S

PATHS = ("page", "feed", "failing", "slow")


class Newspaper:
    """Four sources that show one more story each time that `publish` is called; story N is at /PATH/N."""

    def __init__(self, site: SiteServer) -> None:
        self.site = site
        self.count = 0
        site.routes["/p.png"] = Answer(PIXEL + bytes(20_000), content_type="image/png")

    def publish(self, count: int = 1) -> None:
        for _ in range(count):
            self.count += 1
            for path in PATHS:
                figure = f'<figure><img src="/p.png?{path}{self.count}"><figcaption>A boat</figcaption></figure>'
                delay = 0.1 if path == "slow" else 0.0
                answer = article(f"Story {self.count} of the {path}", body=figure)
                self.site.routes[f"/{path}/{self.count}"] = Answer(answer.body, delay_s=delay)
        numbers = range(self.count, max(0, self.count - 12), -1)
        for path in PATHS:
            self.site.routes[f"/{path}"] = _feed(path, numbers) if path == "feed" else _front(path, numbers)
        self.site.routes["/failing"] = _Failing(_front("failing", numbers))


@dataclass
class _Failing:
    """Every second answer is a fault of the server."""

    answer: Answer
    asked: int = 0

    def __call__(self, request: Request) -> Answer:
        self.asked += 1
        return self.answer if self.asked % 2 else Answer("fault", 500)


def _front(path: str, numbers: range) -> Answer:
    items = "".join(
        f'<li><a href="/{path}/{n}">Story number {n} of the {path}, in the words of those who saw it</a></li>'
        for n in numbers
    )
    return Answer(f"<!doctype html><title>The {path}</title><main><h2>Latest news</h2><ul>{items}</ul></main>")


def _feed(path: str, numbers: range) -> Answer:
    items = "".join(f"<item><title>Story {n} of the {path}</title><link>/{path}/{n}</link></item>" for n in numbers)
    body = f"<rss version='2.0'><channel><title>The {path}</title>{items}</channel></rss>"
    return Answer(body, content_type="application/rss+xml")


async def follow(site: SiteServer) -> None:
    """Follow the newspaper's sources in the directories of the environment."""
    async with NewsService(Directories.default(), Settings()) as service:
        for path in PATHS:
            await service.subscriptions.add(
                site.url(path), f"The {path}", SourceKind.FEED if path == "feed" else SourceKind.PAGE
            )


@dataclass
class Killing:
    """What came of it.

    Attributes:
        acknowledged: The addresses that some run has reported, in order.
        killed: How many runs were ended while they were at work.
    """

    acknowledged: list[str] = field(default_factory=list)
    killed: int = 0


def kill_again_and_again(newspaper: Newspaper, times: int, seed: int = 11, *, longest_s: float = 0.25) -> Killing:
    """Start a sync so many times and kill it at a random moment: -9, before, between and after its articles."""
    asyncio.run(follow(newspaper.site))
    chance = random.Random(seed)
    outcome = Killing()
    for _ in range(times):
        newspaper.publish()
        program = _start()
        assert program.stdout is not None
        assert program.stderr is not None
        lines = [program.stdout.readline() for _ in range(chance.randint(0, 9))]
        time.sleep(chance.random() * longest_s)
        outcome.killed += program.poll() is None
        program.send_signal(signal.SIGKILL)
        rest, errors = program.stdout.read(), program.stderr.read()  # `communicate` leaves out what was read ahead
        program.communicate()
        assert "Traceback" not in errors, errors
        outcome.acknowledged += _downloaded([*lines, *rest.splitlines()])
    return outcome


def sync_to_the_end() -> list[str]:
    """Sync without a kill until nothing is left; return what was reported."""
    acknowledged = []
    for _ in range(2):  # the failing source answers one of them
        program = _start()
        output, errors = program.communicate(timeout=LONG_S)
        assert program.returncode in (0, 3), errors
        acknowledged += _downloaded(output.splitlines())
    return acknowledged


def _start() -> Program:
    return Program(
        [str(COMMAND), "sync", "--format", "json"],
        stdout=PIPE,
        stderr=PIPE,
        encoding="utf-8",
        env=os.environ | {"LC_ALL": "C.UTF-8"},
    )


def _downloaded(lines: list[str]) -> list[str]:
    events = [json.loads(line) for line in lines if line.strip().endswith("}")]  # the last one may be cut off
    return [event["url"] for event in events if event["event"] == "downloaded"]


def assert_nothing_is_lost_or_doubled(newspaper: Newspaper, acknowledged: list[str]) -> None:
    directories = Directories.default()
    for path in (directories.data / "library.db", directories.cache / "cache.db"):
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    with closing(Library.open(directories.data / "library.db", now=lambda: datetime.now(UTC))) as library:
        assert library.check() == ()
        assert library.downloads.check() == ()
        assert library.downloads.which(acknowledged) == frozenset(acknowledged)
        latest = range(max(1, newspaper.count - 11), newspaper.count + 1)
        shown_now = [newspaper.site.url(f"{path}/{n}") for path in PATHS for n in latest]
        missing = sorted(set(shown_now) - library.downloads.which(shown_now))
        assert not missing, missing
        articles = [library.downloads.article(url) for url in dict.fromkeys([*acknowledged, *shown_now])]
        assert all(found is not None and len(found.pictures) == 1 and found.response for found in articles)
    assert len(acknowledged) == len(set(acknowledged))  # nothing that had been reported was fetched again
    with closing(sqlite3.connect(directories.data / "library.db")) as connection:
        assert connection.execute("SELECT count(*) FROM sources").fetchone() == (len(PATHS),)
        doubled = "SELECT url FROM downloads GROUP BY url HAVING count(*) > 1"
        assert connection.execute(doubled).fetchall() == []
