"""A program that is forked does what the installed one does: the tests here start both and compare them."""

import os
import re
import shutil
import signal
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from subprocess import PIPE, CompletedProcess
from typing import Any

import pytest

from newsreader.sample.server import SampleServer
from tests import starting
from tests.servers import Answer, SiteServer
from tests.starting import CAN_FORK, COMMAND, Program, end_in_terminal, real_starts, run_command, start_in_terminal
from tests.waiting import LONG_S, wait_until

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="programs are forked on Linux alone")


@pytest.fixture(autouse=True)
def _forked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starting, "_REAL_FIRST", 0)


@pytest.fixture(scope="module")
def paper() -> Iterator[SampleServer]:
    printed = datetime.now(UTC)  # nothing new comes out between two starts
    with SampleServer(lambda: printed) as server:
        yield server


def environment(**more: str) -> dict[str, str]:
    return os.environ | {"LC_ALL": "C.UTF-8"} | more


# --- what it prints ---------------------------------------------------------------------------


def plain(done: "CompletedProcess[str]") -> tuple[int, str, str]:
    """Return the status and what was printed, without moments and measured times."""
    moments = r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?|\d+(\.\d+)? ?(ms|s)\b|\d\d:\d\d:\d\d"
    return done.returncode, re.sub(moments, "…", done.stdout), re.sub(moments, "…", done.stderr)


@pytest.mark.parametrize(
    ("words", "more"),
    [
        ("--help", {}),
        ("sources --help", {"LC_ALL": "", "LANG": "ru_RU.UTF-8"}),
        ("read --format rtf x", {}),
        ("sources list --format json", {}),
        ("library path", {"NEWSREADER_DATA_DIR": "/nowhere/\udcff\u20ac", "HOME": "/nowhere", "XDG_CONFIG_HOME": ""}),
        ("", {}),
        ("read ADDRESS", {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
        ("read --format json ADDRESS", {"NEWSREADER_NOW": "2031-02-03T04:05:06Z"}),
        ("headlines ADDRESS", {"TZ": "America/St_Johns"}),
        ("read ADDRESSno-such-page", {}),
        ("import -", {}),
    ],
)
def test_it_prints_the_same_and_ends_alike(
    paper: SampleServer, own_directories: Path, words: str, more: dict[str, str]
) -> None:
    arguments = words.replace("ADDRESS", paper.base_url).split()
    with real_starts():
        real = run_command(arguments, environment(**more), errors="surrogateescape")
    shutil.rmtree(own_directories, ignore_errors=True)
    forked = run_command(arguments, environment(**more), errors="surrogateescape")
    assert plain(forked) == plain(real)


def test_what_is_read_before_the_programs_own_code_has_a_server_of_its_own() -> None:
    others: tuple[dict[str, str], ...] = ({}, {"PYTHONUTF8": "1"}, {"LC_ALL": "uk_UA.UTF-8"}, {"TEXTUAL_FPS": "9"})
    assert len({starting.read_at_start(environment(**each)) for each in others}) == len(others)
    assert starting.read_at_start(environment(TZ="UTC", HOME="/x")) == starting.read_at_start(environment())


# --- what it is -------------------------------------------------------------------------------


@pytest.fixture
def waiting(site: SiteServer) -> str:
    """Return an address that is answered after a long time."""
    site.routes["/slow"] = Answer("<p>Words", delay_s=LONG_S)
    return site.url("slow")


def is_forked(process_id: int) -> bool:
    return b"tests.fork_server" in Path(f"/proc/{process_id}/cmdline").read_bytes()


def stat(process_id: int) -> list[str]:
    """Return the numbers that the system has of a process, from its state on."""
    return Path(f"/proc/{process_id}/stat").read_text().rpartition(") ")[2].split()


def facts(process_id: int) -> dict[str, object]:
    """Return what a process was given by who started it."""
    place = Path(f"/proc/{process_id}")
    status = dict(line.split(":\t", 1) for line in (place / "status").read_text().splitlines() if ":\t" in line)
    _state, parent, group, session, terminal, foreground, *_ = stat(process_id)
    own = {str(process_id): "itself", str(os.getpid()): "the test", str(os.getpgrp()): "as the test"}
    return {
        "parent": own.get(parent),
        "group": own.get(group),
        "session": own.get(session) or session,
        "terminal": terminal != "0",
        "foreground": own.get(foreground) or foreground,
        "directory": os.readlink(place / "cwd"),  # noqa: PTH115
        "streams": [os.readlink(place / "fd" / str(n)).split(":")[0].rstrip("0123456789") for n in range(3)],  # noqa: PTH115
        "limits": (place / "limits").read_text(),
        **{name: status[name] for name in ("Umask", "SigBlk", "SigIgn", "SigCgt")},
    }


def started(
    address: str, site: SiteServer, *, in_terminal: bool, as_leader: bool, directory: Path
) -> dict[str, object]:
    """Start a program, wait until it has asked for the page, and return what it then is."""
    words = [str(COMMAND), "read", address]
    site.requests.clear()
    if in_terminal:
        terminal = start_in_terminal(words, environment(), (24, 80), directory)
        wait_until(lambda: bool(site.requests))
        found = facts(terminal.pid)
        end_in_terminal(terminal)
        return found
    options: Any = {"stdin": PIPE, "stdout": PIPE, "stderr": PIPE, "env": environment(), "cwd": directory}
    with Program(words, start_new_session=as_leader, **options) as program:
        wait_until(lambda: bool(site.requests))
        found = facts(program.pid)
        program.kill()
    return found


@pytest.mark.parametrize(("in_terminal", "as_leader"), [(False, False), (False, True), (True, True)])
def test_it_has_the_parent_group_session_terminal_directory_and_limits_of_a_real_one(
    site: SiteServer, waiting: str, tmp_path: Path, in_terminal: bool, as_leader: bool
) -> None:
    with real_starts():
        real = started(waiting, site, in_terminal=in_terminal, as_leader=as_leader, directory=tmp_path)
    forked = started(waiting, site, in_terminal=in_terminal, as_leader=as_leader, directory=tmp_path)
    assert forked == real
    assert real["parent"] == "the test"


def below(process_id: int) -> list[int]:
    """Return the children of a process, and theirs."""
    listings = Path(f"/proc/{process_id}/task").glob("*/children")
    children = [int(each) for listing in listings for each in listing.read_text().split()]
    return [*children, *(each for child in children for each in below(child))]


def is_there(process_id: int) -> bool:
    return Path(f"/proc/{process_id}").exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_signal_ends_it_alike_and_no_process_is_left(
    paper: SampleServer, site: SiteServer, waiting: str, number: signal.Signals
) -> None:
    statuses = []
    for start in (real_starts, None):
        site.requests.clear()
        command = [str(COMMAND), "read", paper.base_url, waiting]
        if start is not None:
            with start():
                program = Program(command, stdout=PIPE, stderr=PIPE, env=environment())
        else:
            program = Program(command, stdout=PIPE, stderr=PIPE, env=environment())
        with program:
            wait_until(lambda: bool(site.requests))
            assert is_forked(program.pid) == (start is None)
            others = below(program.pid)
            assert others, "there is a worker"
            assert all(is_forked(each) for each in others) == (start is None)
            program.send_signal(number)
            _, errors = program.communicate(timeout=LONG_S)
            statuses.append((program.returncode, errors))
            wait_until(lambda others=others: not any(map(is_there, others)))  # type: ignore[misc]
    assert statuses[0] == statuses[1]
