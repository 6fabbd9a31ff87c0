"""`doctor` and `library` as a person types them."""

import json
import os
from pathlib import Path

import pytest

from newsreader.settings import Directories
from tests.e2e.terminal import Terminal
from tests.e2e.test_commands import run
from tests.servers import SiteServer
from tests.services import article


@pytest.fixture
def saved(site: SiteServer) -> str:
    """Save an article, and return its address."""
    site.routes["/s"] = article("Story")
    assert run("save", site.url("s")).returncode == 0
    return site.url("s")


def test_the_library_is_backed_up_and_restored(saved: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    assert run("library", "backup", str(copy)).stdout == f"{copy}\n"
    assert run("library", "backup", str(copy)).returncode == 5
    assert run("remove", saved).returncode == 0
    done = run("library", "restore", str(copy))
    assert done.returncode == 0
    assert "library-before-" in done.stdout
    assert saved in run("saved").stdout
    info = json.loads(run("library", "info", "--format", "json").stdout)
    assert (info["saved"], info["downloaded"], info["backups"]) == (1, 0, [])
    assert "The library is sound: 1 saved" in run("library", "check").stdout
    done = run("library", "restore")
    assert (done.returncode, "There is no backup" in done.stderr) == (4, True)


def test_the_doctor_ends_with_a_status_that_scripts_understand(saved: str) -> None:
    done = run("doctor", saved)
    assert done.returncode == 0, done.stdout
    found = [json.loads(row) for row in run("doctor", saved, "--format", "json").stdout.splitlines()]
    assert {each["about"] for each in found} >= {"data", "cache", "library", "backups", "network", "a site", "terminal"}
    assert all(each["advice"] for each in found if each["health"] in ("warning", "error"))
    ukrainian = run("doctor", saved, "--format", "json", LANGUAGE="uk", LANG="uk_UA.UTF-8", LC_ALL="uk_UA.UTF-8").stdout
    assert [json.loads(row)["about"] for row in ukrainian.splitlines()] == [each["about"] for each in found]
    assert "Доступ до інтернету" in ukrainian or "Доступу до інтернету" in ukrainian
    (Directories.default().data / "library.db").write_bytes(b"nothing" * 1000)
    done = run("doctor")
    assert done.returncode == 1
    assert "Problems: " in done.stdout


def test_the_doctor_asks_the_terminal_and_leaves_it_as_it_was() -> None:
    environment = {name: os.environ[name] for name in os.environ if name.startswith(("NEWSREADER_", "NO_PROXY"))}
    with Terminal("doctor", columns=100, rows=40, environment=environment | {"LC_ALL": "C.UTF-8"}) as terminal:
        terminal.wait_for("in order")
        assert b"\x1b[c" in terminal.output
        assert "100 columns, 40 rows" in terminal.text
        assert "The terminal did not answer." in terminal.text
        assert terminal.wait_end() == 0
