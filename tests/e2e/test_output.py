"""What the commands write, and what is made of them where it cannot be written or is not wanted any more."""

import contextlib
import json
import os
import resource
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from ptyprocess import PtyProcess

from tests.e2e.test_commands import run
from tests.hostile import FORBIDDEN
from tests.servers import Answer, SiteServer
from tests.services import article
from tests.starting import COMMAND
from tests.test_sources import feed
from tests.waiting import LONG_S

pytestmark = pytest.mark.usefixtures("always_real")
needs_full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="a full disk is played by /dev/full")


def in_shell(script: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", script],
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"LC_ALL": "C.UTF-8", "NEWSREADER": str(COMMAND)} | environment,
        timeout=LONG_S,
        check=False,
    )


# --- pipes ------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["read $URL $URL $URL", "read --format json $URL $URL", "config default", "--help"])
def test_a_reader_that_has_had_enough_is_no_failure(site: SiteServer, words: str) -> None:
    site.routes["/s"] = article("Story", body="<p>Words of the sea and the shore.</p>" * 300)
    done = in_shell(f'"$NEWSREADER" {words} | head -1 >/dev/null; exit ${{PIPESTATUS[0]}}', URL=site.url("s"))
    assert (done.returncode, done.stderr) == (0, "")


def test_errors_that_nobody_reads_end_nothing(site: SiteServer) -> None:
    site.routes["/s"] = article("Story")
    script = '"$NEWSREADER" read $URL/none $URL/none $URL/none "$URL" 2> >(true) | grep -c "master said"'
    done = in_shell(script, URL=site.url("s"))
    assert (done.returncode, done.stdout) == (3, "1\n")


@needs_full
@pytest.mark.parametrize("words", ["--help", "--version", "config default", "library path", "completion bash"])
def test_every_command_reports_that_the_output_is_full(words: str) -> None:
    done = in_shell(f'"$NEWSREADER" {words} >/dev/full')
    assert done.returncode == 3
    assert done.stderr.splitlines()[0] == "newsreader: Could not write stdout: the disk is full."


# --- charsets ---------------------------------------------------------------------------------

TITLE = "Порт відкрито — “завтра”"


def test_json_is_right_whatever_the_charset_of_the_output(site: SiteServer) -> None:
    site.routes["/s"] = replace(article(TITLE), headers=())
    for charset in ("ascii", "latin-1", "cp1251", "utf-8"):
        done = in_shell('"$NEWSREADER" read --format json $URL', URL=site.url("s"), PYTHONIOENCODING=charset)
        assert (done.returncode, done.stderr) == (0, "")
        assert json.loads(done.stdout.encode("utf-8", "surrogateescape"))["title"] == TITLE
    in_shell('"$NEWSREADER" rules add hide порт', PYTHONIOENCODING="utf-8")
    done = in_shell('"$NEWSREADER" rules export', PYTHONIOENCODING="ascii")
    assert json.loads(done.stdout)["query"] == "порт"


def test_feeds_are_right_whatever_the_charset_of_the_output(site: SiteServer) -> None:
    site.routes["/news"] = feed(2)
    for form, words in (("rss", "&#1057;&#1090;&#1088;"), ("json", "\\u0421\\u0442\\u0440")):
        done = in_shell(f'"$NEWSREADER" feed --format {form} $URL', URL=site.url("news"), PYTHONIOENCODING="ascii")
        assert (done.returncode, done.stderr) == (0, "")
        assert words in done.stdout
        assert "?" not in done.stdout.removeprefix("<?xml").replace("?>", "")


def test_letters_that_the_output_lacks_are_not_lost_without_a_word(site: SiteServer) -> None:
    site.routes["/s"] = replace(article(TITLE), headers=())
    done = in_shell('"$NEWSREADER" read $URL', URL=site.url("s"), PYTHONIOENCODING="ascii")
    assert '???? ???????? - "??????"' in done.stdout
    assert done.stderr.splitlines()[0] == "newsreader: Characters that ascii lacks were printed as ?."
    page = in_shell('"$NEWSREADER" read --format html $URL', URL=site.url("s"), PYTHONIOENCODING="ascii")
    assert "&#1055;&#1086;&#1088;&#1090;" in page.stdout
    assert page.stderr == ""
    plain = in_shell('"$NEWSREADER" read $URL', URL=site.url("s"), LC_ALL="C", LANG="C")
    assert TITLE in plain.stdout  # Python takes UTF-8 by default


# --- interrupts -------------------------------------------------------------------------------


@pytest.mark.parametrize("delay_s", [0.1, 0.2, 0.3, 0.5, 0.8, 1.2])
def test_an_interrupt_ends_a_command_without_a_traceback(site: SiteServer, delay_s: float) -> None:
    site.routes["/s"] = Answer("<p>Words", delay_s=30)
    command = [sys.executable, "-c", IMPORTED, "read", site.url("s")]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as program:
        assert program.stdout is not None
        program.stdout.readline()
        time.sleep(delay_s)
        os.killpg(program.pid, signal.SIGINT)
        _, errors = program.communicate(timeout=LONG_S)
    assert (program.returncode, errors.strip()) == (130, "")  # a line end after the ^C of the terminal is fine


def test_an_interrupt_in_a_finalizer_is_not_lost() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", FINALIZED], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        program.stdout.readline()
        program.send_signal(signal.SIGINT)
        rest, errors = program.communicate(timeout=LONG_S)
    assert (rest, errors) == ("interrupted\n", "")


FINALIZED = """
import time
from newsreader.cli import interrupts

class Held:
    def __del__(self):
        print("finalizing", flush=True)
        time.sleep(3600)

with interrupts.raised():
    try:
        Held()
        time.sleep(3600)
        print("not interrupted")
    except KeyboardInterrupt:
        print("interrupted")
"""
IMPORTED = """
import sys
from newsreader.__main__ import main
print("here", flush=True)
main()
"""


# --- faults -----------------------------------------------------------------------------------

FAULTY = """
import click
from newsreader.cli.main import main, program
from newsreader.cli.running import with_service

@program.command()
@with_service
async def faulty(run):
    {}["tide"]

@program.command()
def bare():
    {}["tide"]

main()
"""


@pytest.mark.parametrize("command", ["faulty", "bare"])
def test_a_fault_that_nobody_foresaw_is_one_sentence_and_is_logged_whole(command: str, tmp_path: Path) -> None:
    log = tmp_path / "log"
    done = subprocess.run(
        [sys.executable, "-c", FAULTY, "--debug-log", str(log), command],
        env=os.environ | {"LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("newsreader: Something unexpected went wrong in newsreader (KeyError).\n")
    assert "Traceback" not in done.stderr
    assert "Traceback" in log.read_text()
    assert "KeyError: 'tide'" in log.read_text()


@needs_full
def test_a_log_that_becomes_full_ends_nothing_and_is_shown_once(site: SiteServer) -> None:
    site.routes["/s"] = article("Story")
    done = run("--debug-log", "/dev/full", "read", site.url("s"))
    assert done.returncode == 0
    assert "Story" in done.stdout
    assert done.stderr.splitlines()[0] == "newsreader: Could not write /dev/full: the disk is full."
    assert len(done.stderr.splitlines()) == 2


# --- files that are none ----------------------------------------------------------------------


def test_no_pipe_in_the_place_of_a_file_is_waited_for(own_directories: Path, tmp_path: Path) -> None:
    for place in (
        "data/library.db",
        "data/library.db-journal",
        "cache/cache.db",
        "cache/cache.db-wal",
        "config/config.toml",
        "cache/screen.json",
    ):
        path = own_directories / place
        path.parent.mkdir(parents=True, exist_ok=True)
        os.mkfifo(path)
        done = run("saved")
        assert (place, done.returncode) == (place, 5 if place.endswith("library.db") else 0)
        assert str(path) in done.stderr or "screen" in place or "cache" in place
        path.unlink()
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    done = run("--debug-log", str(pipe), "saved")
    assert done.returncode == 3
    assert f"Could not write {pipe}" in done.stderr
    done = run("read", pipe.as_uri())
    assert done.returncode == 3
    assert "not a regular file" in done.stderr


def test_a_device_in_the_place_of_a_store_is_named(own_directories: Path) -> None:
    for place in ("data/library.db", "cache/cache.db"):
        path = own_directories / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.symlink_to("/dev/zero")
        done = run("cache" if "cache" in place else "library", "info")
        assert f"{path} is not a regular file" in done.stderr
        path.unlink()


def test_a_configuration_that_does_not_fit_on_the_disk_leaves_none(own_directories: Path) -> None:
    path = own_directories / "config" / "config.toml"

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))

    for before in (None, "[reading]\nwidth = 60\n"):
        if before is not None:
            path.write_text(before)
        done = subprocess.run(
            [str(COMMAND), "config", "edit"],
            env=os.environ | {"EDITOR": "true", "VISUAL": "true", "LC_ALL": "C.UTF-8"},
            capture_output=True,
            text=True,
            preexec_fn=limit,
            check=False,
        )
        assert done.returncode == (3 if before is None else 0)
        assert [each.name for each in path.parent.iterdir()] == ([] if before is None else ["config.toml"])
    assert path.read_text() == before


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/", "page.html"])
def test_a_system_that_opens_no_more_files_is_named_as_the_reason(address: str, tmp_path: Path) -> None:
    named = 0
    (tmp_path / "page.html").write_bytes(article("Story").octets)
    for files in range(6, 20, 2):  # how many the program needs is not the same everywhere
        done = subprocess.run(
            [str(COMMAND), "read", address],
            env=os.environ | {"LC_ALL": "C.UTF-8"},
            capture_output=True,
            text=True,
            cwd=tmp_path,
            preexec_fn=lambda limit=files: resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit)),  # type: ignore[misc]
            check=False,
        )
        named += "The system lets this program open no more files." in done.stderr
        assert "Traceback" not in done.stderr
        assert "unexpected" not in done.stderr
        assert "a fault of newsreader" not in done.stderr
        assert done.returncode in (0, 3, 5)
    assert named


# --- names that steer a terminal --------------------------------------------------------------

STEERING = "a\x1b]0;title\x07\x9b31m\u202e\u061cb"


def in_a_terminal(*arguments: str, **environment: str) -> str:
    """Return all that a command writes to a terminal."""
    process = PtyProcess.spawn(
        [str(COMMAND), *arguments],
        env={**os.environ, "LC_ALL": "C.UTF-8", "TERM": "xterm-256color", **environment},
        dimensions=(24, 200),
    )
    written = b""
    with contextlib.suppress(EOFError):
        while True:
            written += process.read(65536)
    process.close(force=True)
    return written.decode()


def steers(shown: str) -> bool:
    """Return whether what a terminal was sent holds anything of a steering name; the program's own colours are none."""
    return "]0;title\x07" in shown or not (FORBIDDEN - {"\x1b"}).isdisjoint(shown.replace("\r\n", "\n"))


@pytest.mark.parametrize("words", ["library path", "config", "library", "library backup", "doctor"])
def test_names_of_files_do_not_steer_the_terminal_and_reach_a_pipe_to_the_letter(words: str, tmp_path: Path) -> None:
    odd = tmp_path / STEERING
    odd.mkdir()
    homes = {f"NEWSREADER_{name}_DIR": str(odd / name.lower()) for name in ("DATA", "CACHE", "CONFIG")}
    shown = in_a_terminal(*words.split(), **homes)
    assert not steers(shown)
    if words in ("library path", "config"):
        assert STEERING in in_shell(f'"$NEWSREADER" {words}', **homes).stdout


@pytest.mark.parametrize("form", ["json", "text"])
def test_the_name_of_a_file_that_is_read_does_not_steer_the_terminal(form: str, tmp_path: Path) -> None:
    path = tmp_path / f"{STEERING}.html"
    path.write_text(str(article("Story").body))
    shown = in_a_terminal("read", "--format", form, str(path))
    assert "ferry to the outer islands" in shown
    assert not steers(shown)
    if form == "json":
        assert json.loads(shown)["url"] == str(path)
