"""`newsreader accounts` with a server of feeds, as it is installed."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from tests.e2e.terminal import Terminal
from tests.e2e.test_commands import run
from tests.keeper_servers import WallabagServer
from tests.reader_server import ReaderServer
from tests.servers import SiteServer
from tests.services import article
from tests.starting import COMMAND
from tests.test_sources import feed

PASSWORD_COMMAND = ("--user", "ada", "--password-command", "echo lovelace")


@pytest.fixture
def server(site: SiteServer) -> Iterator[ReaderServer]:
    with ReaderServer() as server:
        server.add_feed(1, "Harbour", site.url("harbour.xml"), "Port")
        server.add_feed(2, "Weather", site.url("weather.xml"))
        server.add_items("feed/1", range(1, 6), site.base)
        server.add_items("feed/2", range(6, 9), site.base)
        for n in range(1, 9):
            site.routes[f"/story/{n}"] = article(f"Story {n}")
            server.items[n].crawled = int(datetime.now(UTC).timestamp() * 1_000_000) - n  # young enough for a download
        yield server


def events(output: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in output.splitlines()]


def test_an_account_is_added_read_and_removed(server: ReaderServer) -> None:
    added = run("accounts", "add", server.base, *PASSWORD_COMMAND)
    assert (added.returncode, added.stderr) == (0, "")
    assert "2 sources followed, 8 new items" in added.stdout
    listed = run("accounts")
    assert f"ada · {server.base}api/greader.php" in listed.stdout
    assert "2 sources, synced" in listed.stdout
    sources = run("sources").stdout
    assert "Port" in sources
    assert "Harbour" in sources
    done = run("sync", "--limit", "0")
    assert (done.returncode, done.stderr) == (0, "")
    assert "refreshed Harbour (5 unread)" in done.stdout
    removed = run("accounts", "remove", "ada")
    assert removed.returncode == 0
    assert "There are no accounts yet." in run("accounts").stderr
    assert "Harbour" in run("sources").stdout


def test_a_sync_exchanges_marks_and_downloads_the_pages_themselves(server: ReaderServer, site: SiteServer) -> None:
    site.routes["/own.xml"] = feed(1)
    run("sources", "add", site.url("own.xml"))  # a host of the reader's own network is to be asked for by the reader
    run("accounts", "add", server.base, *PASSWORD_COMMAND)
    server.items[1].read = True
    server.items[2].starred = True
    done = run("sync", "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    found = events(done.stdout)
    account = next(each for each in found if each["event"] == "account")
    assert (account["read"], account["starred"], account["problem"]) == (1, 1, None)
    assert {each["title"] for each in found if each["event"] == "downloaded"} >= {f"Story {n}" for n in range(2, 9)}
    assert "harbour.xml" not in {request.path.strip("/") for request in site.requests}
    assert "Undone: what came from ada" in run("undo").stdout
    run("sync", "--limit", "0")
    assert server.unread == set(range(1, 9))
    assert server.starred == set()


def test_a_failing_account_costs_the_other_sources_nothing(server: ReaderServer, site: SiteServer) -> None:
    run("accounts", "add", server.base, *PASSWORD_COMMAND)
    site.routes["/own.xml"] = feed(3)
    run("sources", "add", site.url("own.xml"), "--title", "My own")
    server.quirks.html = True
    done = run("sync", "--limit", "0")
    assert done.returncode == 3
    assert "sent something other than what was asked for" in done.stderr
    assert "refreshed My own (3 unread)" in done.stdout
    assert "Harbour" not in done.stdout


def test_an_answer_that_changes_much_is_shown_and_accepted(server: ReaderServer, site: SiteServer) -> None:
    server.add_items("feed/1", range(100, 400), site.base)
    run("accounts", "add", server.base, *PASSWORD_COMMAND)
    for n in range(100, 400):
        server.items[n].read = True
    done = run("sync", "--limit", "0")
    assert done.returncode == 3
    assert "would change 300 articles here at once" in done.stderr
    assert "300 changes waiting to be accepted" in run("accounts").stdout
    accepted = run("accounts", "accept")
    assert (accepted.returncode, accepted.stderr) == (0, "")
    assert "300 read there" in accepted.stdout


def test_the_password_is_typed_and_shown_nowhere(server: ReaderServer) -> None:
    environment = {name: os.environ[name] for name in os.environ if name.startswith(("NEWSREADER_", "NO_PROXY"))}
    with Terminal(
        "accounts", "add", server.base, columns=100, rows=20, environment=environment | {"LC_ALL": "C.UTF-8"}
    ) as terminal:
        terminal.wait_for("Name at 127.0.0.1")
        terminal.press(*"ada", "Enter")
        terminal.wait_for("Password at 127.0.0.1")
        terminal.press(*"lovelace", "Enter")
        screen = terminal.wait_for("8 new items")
    assert "lovelace" not in screen


def test_an_interrupt_ends_the_question_for_a_name_or_a_password(server: ReaderServer) -> None:
    environment = {name: os.environ[name] for name in os.environ if name.startswith(("NEWSREADER_", "NO_PROXY"))}
    for answers in ((), (*"ada", "Enter")):
        with Terminal(
            "accounts", "add", server.base, columns=100, rows=20, environment=environment | {"LC_ALL": "C.UTF-8"}
        ) as terminal:
            terminal.wait_for("Name at 127.0.0.1")
            terminal.press(*answers)
            terminal.wait_for("Password at 127.0.0.1" if answers else "Name at")
            terminal.settle()  # Python's `input` passes over a signal that comes just before it begins to read
            terminal.press("Ctrl+C")
            assert terminal.wait_end() == 130


def test_a_wrong_password_says_so(server: ReaderServer) -> None:
    done = run("accounts", "add", server.base, "--user", "ada", "--password-command", "echo wrong")
    assert done.returncode == 3
    assert "did not accept the name or the password" in done.stderr
    assert "wrong" not in done.stdout + done.stderr.replace("wrong password", "")


def test_the_interface_shows_what_the_server_sent_though_there_is_no_network(
    server: ReaderServer, site: SiteServer
) -> None:
    run("accounts", "add", server.base, *PASSWORD_COMMAND)
    run("sync", "--limit", "0")
    server.stop()
    site.stop()
    environment = {name: os.environ[name] for name in os.environ if name.startswith(("NEWSREADER_", "NO_PROXY"))}
    with Terminal("--screen", columns=100, rows=30, environment=environment | {"LC_ALL": "C.UTF-8"}) as terminal:
        terminal.wait_for("Harbour", "Story 1", "Story 5")


def test_an_exchange_killed_at_any_moment_is_finished_by_the_next(server: ReaderServer, site: SiteServer) -> None:
    server.add_items("feed/1", range(100, 700), site.base)
    run("accounts", "add", server.base, *PASSWORD_COMMAND)
    server.delay_s = 0.01
    for n in range(100, 130):
        server.items[n].read = True
    server.add_items("feed/2", range(700, 1100), site.base)
    for turn in range(8):
        program = subprocess.Popen(
            [str(COMMAND), "sync", "--limit", "0"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ
        )
        time.sleep(0.35 + turn * 0.08)
        program.send_signal(signal.SIGKILL)
        program.wait()
    server.delay_s = 0
    done = run("sync", "--limit", "0")
    assert (done.returncode, done.stderr) == (0, "")
    assert "refreshed Weather (403 unread)" in done.stdout
    assert "refreshed Harbour (575 unread)" in done.stdout


def test_articles_are_saved_to_a_wallabag_and_imported_from_it(site: SiteServer) -> None:
    site.routes["/mine"] = article("Mine")
    site.routes["/own.xml"] = feed(1)
    with WallabagServer() as server:
        server.keep("https://paper.example/1", "One")
        client = ("--service", "wallabag", "--client", "1_abc", "s3cret")
        assert run("accounts", "add", server.base, *PASSWORD_COMMAND).returncode == 3  # it is no server of feeds
        assert run("accounts", "add", server.base, *PASSWORD_COMMAND, "--service", "wallabag").returncode == 2
        added = run("accounts", "add", server.base, *PASSWORD_COMMAND, *client)
        assert (added.returncode, added.stderr) == (0, "")
        assert "1 new item" in added.stdout
        assert run("save", site.url("mine")).returncode == 0
        done = run("sync")
        assert (done.returncode, done.stderr) == (0, "")
        assert "1 change sent" in done.stdout
        assert [entry.title for entry in server.entries.values()] == ["One", "Mine"]
        assert json.loads(run("accounts", "--format", "json").stdout)["service"] == "wallabag"
        assert "s3cret" not in run("accounts", "--format", "json").stdout
