"""A store that cannot be used is reported: never treated as empty, and never waited for forever."""

import os
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.e2e.terminal import Terminal
from tests.e2e.test_commands import run
from tests.servers import SiteServer
from tests.services import article
from tests.starting import COMMAND, Program
from tests.test_sources import feed
from tests.waiting import LONG_S

ASKING_THE_LIBRARY = (
    "sources", "sources list --format json", "sources remove a.example", "sources edit a.example --title x",
    "sources add $URL", "rules", "rules list", "rules export", "rules add hide x", "rules remove 1", "tag",
    "tag https://a.example/", "tag https://a.example/ sea", "tag --list sea", "saved", "remove https://a.example/",
    "search storm", "sync", "sync a.example", "undo", "export --opml", "export --saved", "library info",
    "library check", "read --offline $URL", "save $URL", "headlines --offline $URL", "export --format json -o - $URL",
)  # fmt: skip


def library_of(home: Path) -> Path:
    path = home / "data" / "library.db"
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def places(home: Path) -> dict[str, str]:
    named = {f"NEWSREADER_{each}_DIR": str(home / each.lower()) for each in ("DATA", "CACHE", "CONFIG")}
    return named | {"LC_ALL": "C.UTF-8"}


def damaged(path: Path) -> None:
    path.write_bytes(b"not a database at all" * 400)


def a_directory(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize("command", ASKING_THE_LIBRARY)
def test_a_library_that_cannot_be_read_is_not_taken_for_an_empty_one(
    site: SiteServer, own_directories: Path, command: str
) -> None:
    site.routes["/s"] = article("Story")
    library = library_of(own_directories)
    (damaged if len(command) % 2 else a_directory)(library)
    done = run(*command.replace("$URL", site.url("s")).split())
    assert (done.returncode, done.stdout) == (5, "")
    assert done.stderr.startswith(f"newsreader: {library} ")
    assert len(done.stderr.splitlines()) == 2


def test_the_doctor_names_directories_whose_links_lead_in_a_circle(site: SiteServer, own_directories: Path) -> None:
    site.routes["/s"] = article("Story")
    own_directories.mkdir(exist_ok=True)
    for name in ("data", "cache", "config"):
        (own_directories / name).symlink_to(name)
    done = run("doctor", site.url("s"))
    assert done.returncode == 1
    assert "unexpected" not in done.stderr
    assert done.stdout.count("isn't a directory") == 3


@pytest.mark.parametrize("command", ["read $URL", "headlines $URL", "cache info", "cache clear"])
def test_reading_continues_without_the_library(site: SiteServer, own_directories: Path, command: str) -> None:
    site.routes["/s"] = feed(2) if "headlines" in command else article("Story")
    library = library_of(own_directories)
    damaged(library)
    done = run(*command.replace("$URL", site.url("s")).split())
    assert done.returncode == 0
    assert done.stdout
    assert "cache" in command or str(library) in done.stderr


def test_a_cache_that_was_not_cleared_is_not_said_to_be_empty(own_directories: Path) -> None:
    cache = own_directories / "cache" / "cache.db"
    assert run("cache", "info").returncode == 0
    command = [sys.executable, "-c", "import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute(sys.argv[2])"]
    subprocess.run([*command, str(cache), "PRAGMA user_version = 10000"], check=True)
    before = cache.read_bytes()
    done = run("cache", "clear")
    assert (done.returncode, done.stdout) == (5, "")
    assert done.stderr.count("newer version") == 1
    assert cache.read_bytes() == before
    cache.unlink()
    cache.mkdir()
    done = run("cache", "clear")
    assert (done.returncode, done.stdout) == (5, "")
    cache.rmdir()
    damaged(cache)
    assert "The cache is empty" in run("cache", "clear").stdout


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


def of_a_newer_version(path: Path) -> None:
    with closing(sqlite3.connect(path)) as cache:
        cache.execute("PRAGMA user_version = 10000")


@pytest.mark.parametrize("make", [a_directory, a_pipe, of_a_newer_version])
@pytest.mark.parametrize(
    "command",
    ["search ferry", "search --count ferry", "mark read ferry", "saved --query ferry", "cache info",
     "headlines --offline $URL", "read --offline $URL"],
)  # fmt: skip
def test_what_may_be_in_a_cache_that_cannot_be_read_is_not_said_to_be_missing(
    site: SiteServer, own_directories: Path, command: str, make: Callable[[Path], None]
) -> None:
    site.routes["/s"] = article("Story")
    assert run("read", site.url("s")).returncode == 0
    site.stop()
    cache = own_directories / "cache" / "cache.db"
    if make is not of_a_newer_version:
        cache.unlink()
    make(cache)
    done = run(*command.replace("$URL", site.url("s")).split())
    assert done.returncode == 5
    assert done.stderr.count(f"newsreader: {cache} ") == 1
    assert "atches" not in done.stderr
    assert "has not been read before" not in done.stderr


@pytest.mark.parametrize("command", ["search story", "search --count story", "mark read story", "saved --query story"])
def test_what_is_not_indexed_as_the_cache_can_only_be_read_is_not_said_to_be_missing(
    site: SiteServer, own_directories: Path, command: str
) -> None:
    site.routes["/s"] = article("Story")
    assert run("save", site.url("s")).returncode == 0
    done = subprocess.run(
        [str(COMMAND), *command.split()],
        env=os.environ | places(own_directories),
        preexec_fn=let_no_file_grow,
        capture_output=True,
        text=True,
        timeout=LONG_S,
        check=False,
    )
    assert done.returncode == 5
    assert done.stderr.startswith(f"newsreader: The disk failed to read or write {own_directories}/cache/cache.db.")
    assert "atches" not in done.stderr
    assert run(*command.split()).returncode == 0


def let_no_file_grow() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def test_an_edition_from_a_cache_that_cannot_be_read_ends_with_the_status_of_that(
    site: SiteServer, own_directories: Path
) -> None:
    site.routes["/feed"] = feed(2, newest=datetime.now(UTC))
    for number in range(2):
        site.routes[f"/news/{number}"] = article(f"Story {number}")
    assert run("sources", "add", site.url("feed")).returncode == 0
    assert run("sync", "--quiet").returncode == 0
    (own_directories / "cache" / "cache.db").unlink()
    a_directory(own_directories / "cache" / "cache.db")
    for words in ([], ["--catalogue", str(own_directories / "books")]):
        done = run("edition", *words)
        assert done.returncode == 5
        assert done.stderr.count("cache.db is not a regular file") == 1
        assert "Nothing unread" not in done.stderr


@pytest.mark.parametrize("make", [damaged, of_a_newer_version])
def test_who_has_a_library_that_cannot_be_read_is_not_only_greeted_as_one_who_has_none(
    own_directories: Path, make: Callable[[Path], None]
) -> None:
    assert run("library", "info").returncode == 0
    library = library_of(own_directories)
    make(library)
    before = library.read_bytes()
    with Terminal(columns=110, rows=32, environment=places(own_directories)) as terminal:
        words = (
            "is damaged. It was left as it is." if make is damaged else "was written by a newer version of newsreader."
        )
        screen = terminal.wait_until(lambda text: words in " ".join(text.split()), "not said")
        assert "no sources yet" not in screen
        terminal.press("b")
        assert words in " ".join(terminal.wait_gone("theguardian.com").split())
        terminal.press("Ctrl+Q")
        assert terminal.wait_end() == 0
    assert library.read_bytes() == before


# --- held by another program ------------------------------------------------------------------

HOLDING = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute(f"BEGIN {sys.argv[2]}")
print("held", flush=True)
sys.stdin.readline()
"""


@contextmanager
def held(path: Path, how: str) -> Iterator[None]:
    """Have another program hold a file, so that nobody may read it (exclusive), or write it (immediate)."""
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", HOLDING, str(path), how], stdin=pipe, stdout=pipe) as program:
        assert program.stdout is not None
        program.stdout.readline()
        yield
        program.kill()


def test_commands_wait_once_for_a_library_that_is_held_and_lose_nothing(
    site: SiteServer, own_directories: Path
) -> None:
    site.routes["/s"] = article("Story")
    site.routes["/news"] = feed(2)
    url = site.url("s")
    assert run("tag", url, "sea,wind").returncode == 0
    assert run("sources", "add", site.url("news")).returncode == 0
    commands = (f"tag {url} boats", f"tag {url}", f"read {url}", "sources", "saved", "sync", f"save {url}")
    environment = os.environ | {"LC_ALL": "C.UTF-8"}
    with held(own_directories / "data" / "library.db", "EXCLUSIVE"):
        started = time.monotonic()
        programs = [
            Program(
                [str(COMMAND), *command.split()],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                env=environment,
            )
            for command in commands
        ]
        ended = [
            (command, *program.communicate(timeout=LONG_S)) for command, program in zip(commands, programs, strict=True)
        ]
        passed_s = time.monotonic() - started
    for (command, out, errors), program in zip(ended, programs, strict=True):
        assert (command, program.returncode) == (command, 0 if "read" in command else 5)
        assert ("Story" in out) == ("read" in command)
        assert errors.count("is in use by another program.") == 1
    assert passed_s < 60  # one wait of 15 seconds each, on whatever machine; it was 141
    assert run("tag", url).stdout == "sea, wind\n"
    assert run("saved").stdout == ""


def test_a_library_that_others_write_to_can_be_read(site: SiteServer, own_directories: Path) -> None:
    site.routes["/s"] = article("Story")
    assert run("save", site.url("s")).returncode == 0
    with held(own_directories / "data" / "library.db", "IMMEDIATE"):
        started = time.monotonic()
        done = run("saved")
        assert (done.returncode, done.stdout.count(site.url("s"))) == (0, 1)
        assert time.monotonic() - started < 14  # nobody waited


@pytest.mark.parametrize("is_refused", [False, True])
def test_the_end_of_the_program_says_what_it_waits_for_and_need_not_wait(
    site: SiteServer, own_directories: Path, is_refused: bool
) -> None:
    site.routes["/news"] = feed(2)
    assert run("sources", "add", site.url("news")).returncode == 0
    with Terminal(site.url("news"), columns=100, rows=30, environment=places(own_directories)) as terminal:
        terminal.wait_until(lambda screen: "(1)" in screen, "the headlines")
        with held(own_directories / "data" / "library.db", "EXCLUSIVE"):
            terminal.press("m", "Ctrl+Q", "Ctrl+Q")  # the second one comes before anything is waited for
            terminal.wait_for("Your last changes are still being saved.")
            started = time.monotonic()
            if is_refused:
                terminal.press("Ctrl+Q")
                assert terminal.wait_end() == 0
                assert time.monotonic() - started < 10  # it was 15 seconds, on whatever machine
        assert terminal.wait_end() == 0
        assert (b"Your last changes may not have been kept" in terminal.output) == is_refused
    with closing(sqlite3.connect(own_directories / "data" / "library.db")) as library:
        assert library.execute("SELECT count(*) FROM read_marks").fetchone() == (0 if is_refused else 1,)


def test_an_interrupt_ends_the_waiting_for_a_library(own_directories: Path) -> None:
    assert run("tag", "https://a.example/", "sea").returncode == 0
    with held(own_directories / "data" / "library.db", "IMMEDIATE"):
        log = own_directories / "log"
        program = Program(
            [str(COMMAND), "--debug-log", str(log), "tag", "https://a.example/", "wind"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        time.sleep(4)
        os.killpg(program.pid, signal.SIGINT)
        started = time.monotonic()
        out, errors = program.communicate(timeout=LONG_S)
        assert time.monotonic() - started < 8
    assert (program.returncode, out, errors.strip()) == (130, b"", b"")
    assert run("tag", "https://a.example/").stdout == "sea\n"
