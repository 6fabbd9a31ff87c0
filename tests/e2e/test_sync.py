"""`newsreader sync` as cron runs it: lines in a pipe, bars on a terminal, killed at any moment, two at once."""

import asyncio
import json
import os
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from subprocess import PIPE

import pytest

from newsreader.settings import Directories
from newsreader.storage.library import Library
from newsreader.storage.lock import alone
from tests.e2e.killing import (
    PATHS,
    Newspaper,
    assert_nothing_is_lost_or_doubled,
    follow,
    kill_again_and_again,
    sync_to_the_end,
)
from tests.e2e.terminal import Terminal
from tests.e2e.test_commands import run
from tests.servers import Answer, SiteServer
from tests.starting import COMMAND, Program
from tests.waiting import LONG_S


@pytest.fixture
def newspaper(site: SiteServer) -> Newspaper:
    newspaper = Newspaper(site)
    newspaper.publish(5)
    return newspaper


def test_a_sync_killed_twenty_times_loses_nothing_and_doubles_nothing(newspaper: Newspaper) -> None:
    outcome = kill_again_and_again(newspaper, 20, longest_s=0.05)
    assert outcome.killed >= 15
    assert outcome.acknowledged
    acknowledged = outcome.acknowledged + sync_to_the_end()
    assert_nothing_is_lost_or_doubled(newspaper, acknowledged)


def test_a_sync_prints_a_line_for_everything_that_is_on_the_disk(newspaper: Newspaper, site: SiteServer) -> None:
    asyncio.run(follow(site))
    site.routes["/page/3"] = Answer("gone", 404)
    done = run("sync")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert sum(line.startswith("refreshed ") for line in lines) == 4
    assert sum(line.startswith("downloaded ") for line in lines) == 19
    assert lines[-1].startswith("4 sources refreshed, 19 articles downloaded (")
    assert done.stderr.count("404") == 1
    assert "\x1b" not in done.stdout
    assert run("sync", "--quiet").stdout == ""


def test_a_sync_reports_a_source_that_fails_by_its_status(newspaper: Newspaper, site: SiteServer) -> None:
    asyncio.run(follow(site))
    site.routes["/page"] = Answer("fault", 500)
    done = run("sync", "The page", site.url("feed"), "--limit", "2", "--format", "json")
    assert done.returncode == 3
    events = [json.loads(line) for line in done.stdout.splitlines()]
    assert [event["event"] for event in events].count("downloaded") == 2
    assert events[-1]["not_refreshed"] == 1
    assert not [request for request in site.requests if request.path.startswith("/slow")]
    assert run("sync", "nobody").returncode == 4


def test_without_sources_what_waits_is_asked_for_all_the_same(newspaper: Newspaper, site: SiteServer) -> None:
    assert "There are no sources yet." in run("sync").stderr
    with closing(Library.open(Directories.default().data / "library.db", now=lambda: datetime.now(UTC))) as library:
        library.queue.add(site.url("page/1"), "Queued")
    assert "127.0.0.1" in run("sync").stderr  # a private host that no reader has typed
    assert run("sync").returncode == 0


def test_a_second_sync_says_that_the_first_one_runs(newspaper: Newspaper, site: SiteServer) -> None:
    asyncio.run(follow(site))
    with alone(Directories.default().data / "sync.lock"):
        done = run("sync")
    assert (done.returncode, done.stdout) == (6, "")
    assert "Another newsreader is syncing" in done.stderr
    assert site.requests == []


def test_two_programs_refresh_and_save_at_once_without_an_error(newspaper: Newspaper, site: SiteServer) -> None:
    asyncio.run(follow(site))
    urls = [site.url(f"{path}/{n}") for path in PATHS for n in (1, 2, 3)]
    commands = [["sync"], ["save", *urls], ["save", *reversed(urls)], ["headlines", site.url("page"), site.url("feed")]]
    programs = [
        Program([str(COMMAND), *words], stdout=PIPE, stderr=PIPE, encoding="utf-8", env=os.environ)
        for words in commands
    ]
    for program in programs:
        _, errors = program.communicate(timeout=LONG_S)
        assert (program.returncode, errors) == (0, "")
    library = Library.open(Directories.default().data / "library.db", now=lambda: datetime.now(UTC))
    try:
        assert {row.url for row in library.saved.rows()} == set(urls)
        assert len(library.saved.rows()) == len(urls)
        assert library.check() == ()
    finally:
        library.close()


def test_bars_are_drawn_on_a_terminal(newspaper: Newspaper, site: SiteServer, own_directories: Path) -> None:
    asyncio.run(follow(site))
    environment = {name: os.environ[name] for name in os.environ if name.startswith(("NEWSREADER_", "NO_PROXY"))}
    with Terminal("sync", columns=80, rows=24, environment=environment | {"LC_ALL": "C.UTF-8"}) as terminal:
        screen = terminal.wait_for("articles downloaded")
    assert "Headlines" in screen
    assert "20/20" in screen
