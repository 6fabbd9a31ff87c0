"""The installed command on several data directories, over what people really copy files with."""

import os
import re
import shutil
import subprocess
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsreader.storage.library import Library
from tests.dav import DavServer
from tests.e2e.sshd import ssh_server
from tests.e2e.syncthing import syncthing, wait_until_same
from tests.e2e.terminal import Terminal
from tests.s3 import BUCKET, SignedBucket, s3_server
from tests.starting import COMMAND, run_command

ROOT = Path(__file__).parents[2]
STORIES = [f"https://vesti.example/{number}" for number in range(4)]


class Home:
    """The files of one device."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        directory.mkdir()
        self.environment: dict[str, str] = {"LC_ALL": "C.UTF-8"}
        for what in ("DATA", "CACHE", "CONFIG"):
            self.environment[f"NEWSREADER_{what}_DIR"] = str(directory / what.lower())

    def run(self, *arguments: str) -> str:
        """Run a command, which must succeed, and return what it printed."""
        done = run_command(arguments, os.environ | self.environment)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def mark(self, *urls: str, read: bool = True) -> None:
        """Mark stories read, or unread."""
        with closing(self._library()) as library:
            library.read_marks.mark_all(urls, read=read)

    def read(self) -> set[str]:
        """Return what is read."""
        with closing(self._library()) as library:
            return set(library.read_marks.which(STORIES))

    def _library(self) -> Library:
        return Library.open(self.directory / "data" / "library.db", now=lambda: datetime.now(UTC))

    def configure(self, text: str) -> None:
        """Write config.toml."""
        (self.directory / "config").mkdir(exist_ok=True)
        (self.directory / "config" / "config.toml").write_text(text, encoding="utf-8")


@pytest.fixture
def two_homes(tmp_path: Path) -> tuple[Home, Home]:
    return Home(tmp_path / "laptop"), Home(tmp_path / "phone")


def exchange(*homes: Home) -> None:
    for home in homes:
        home.run("sync", "--quiet")


def script_from_guide(name: str, directory: Path) -> Path:
    """Write a script that the guide shows to a file."""
    guide = (ROOT / "docs" / "devices.md").read_text(encoding="utf-8")
    (text,) = (block for block in re.findall(r"```sh\n(#!.*?)```", guide, re.DOTALL) if f"# {name} " in block)
    file = directory / name
    file.write_text(text, encoding="utf-8")
    file.chmod(0o700)
    return file


def agree(one: Home, other: Home, *join: tuple[str, ...]) -> None:
    """Join two devices, change something on both, and see that each has what the other did."""
    for home, words in zip((one, other), join, strict=True):
        home.run("devices", "join", *words)
    one.mark(STORIES[0], STORIES[1])
    other.mark(STORIES[2])
    exchange(one, other, one)
    assert one.read() == other.read() == set(STORIES[:3])
    other.mark(STORIES[0], read=False)
    exchange(other, one)
    assert one.read() == other.read() == {STORIES[1], STORIES[2]}


def agree_soon(one: Home, other: Home, *join: str) -> None:
    """Do a little of what `agree` does."""
    one.mark(STORIES[0], STORIES[1])
    for home in (one, other):
        home.run("devices", "join", *join)
    assert other.read() == {STORIES[0], STORIES[1]}
    other.mark(STORIES[0], read=False)
    exchange(other, one)
    assert one.read() == {STORIES[1]}


def test_two_devices_over_two_nodes_of_syncthing(tmp_path: Path, two_homes: tuple[Home, Home]) -> None:
    one, other = two_homes
    with syncthing(tmp_path / "syncthing") as (node, other_node):
        one.run("devices", "join", str(node.folder))
        wait_until_same(node, other_node)
        other.run("devices", "join", str(other_node.folder))
        one.mark(STORIES[0], STORIES[1])
        other.mark(STORIES[2])
        for _ in range(2):
            exchange(one, other)
            wait_until_same(node, other_node)
        exchange(one, other)
        assert one.read() == other.read() == set(STORIES[:3])
        conflicts = [path for path in node.folder.rglob("*") if "sync-conflict" in path.name]
        assert conflicts == []


def test_two_devices_over_a_git_repository(tmp_path: Path, two_homes: tuple[Home, Home]) -> None:
    if shutil.which("git") is None:
        pytest.skip("the program git is not installed")
    script = script_from_guide("news-git", tmp_path)
    git = ["git", "-c", "init.defaultBranch=main"]
    subprocess.run([*git, "init", "-q", "--bare", str(tmp_path / "remote")], check=True)
    joins = []
    for home in two_homes:
        checkout = home.directory / "checkout"
        subprocess.run([*git, "clone", "-q", str(tmp_path / "remote"), str(checkout)], check=True, capture_output=True)
        for name, value in (("user.name", "Ada"), ("user.email", "ada@vesti.example")):
            subprocess.run(["git", "-C", str(checkout), "config", name, value], check=True)
        joins.append(("--command", f"{script} {checkout}"))
    agree(*two_homes, *joins)
    (one, _) = two_homes
    listed = subprocess.run(
        ["git", "-C", str(tmp_path / "remote"), "ls-tree", "-r", "--name-only", "HEAD"],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    assert one.run("devices", "list", "--format", "json").count('"id"') == 2
    assert len({name.split("/")[1] for name in listed.splitlines()}) == 2


def test_two_devices_over_rclone(tmp_path: Path, two_homes: tuple[Home, Home]) -> None:
    if shutil.which("rclone") is None:
        pytest.skip("the program rclone is not installed")
    script = script_from_guide("news-rclone", tmp_path)
    (tmp_path / "remote").mkdir()
    words = ("--command", f"{script} {tmp_path / 'remote'}")
    agree(*two_homes, words, words)


def test_two_devices_over_webdav_with_a_password_from_a_command(tmp_path: Path, two_homes: tuple[Home, Home]) -> None:
    (tmp_path / "files").mkdir()
    with DavServer(tmp_path / "files").running() as server:
        host = server.base.split("/")[2]
        for home in two_homes:
            secret = home.directory / "secret"
            secret.write_text(server.password, encoding="utf-8")
            command = f'["cat", "{secret}"]'
            home.configure(f'[[passwords]]\nhost = "{host}"\nuser = "{server.user}"\npassword_command = {command}\n')
        place = (server.base.replace("http:", "dav:"),)
        agree(*two_homes, place, place)
        kept = b"".join(
            path.read_bytes() for path in two_homes[0].directory.rglob("*") if path.is_file() and path.name != "secret"
        )
        sent = b"".join(path.read_bytes() for path in server.folder.rglob("*") if path.is_file())
    assert server.password.encode() not in kept + sent


@pytest.mark.parametrize("kind", ["small", "moto"])
def test_two_devices_over_s3_with_a_key_from_a_command(two_homes: tuple[Home, Home], kind: str) -> None:
    with ExitStack() as stack:
        if kind == "moto":
            base, keys = stack.enter_context(s3_server())
        else:
            server = stack.enter_context(SignedBucket())
            base, keys = server.base, server.keys
        host = base.split("/")[2]
        for home in two_homes:
            secret = home.directory / "secret"
            secret.write_text(keys.secret, encoding="utf-8")
            command = f'["cat", "{secret}"]'
            home.configure(f'[[passwords]]\nhost = "{host}"\nuser = "{keys.key_id}"\npassword_command = {command}\n')
        agree_soon(*two_homes, f"s3://{BUCKET}/news?endpoint=http://{host}")
        if kind == "small":
            assert {name.split("/")[:2] == ["news", "newsreader-1"] for name in server.objects} == {True}
            assert server.refused == 0
            (two_homes[0].directory / "secret").write_text("wrong", encoding="utf-8")
            status, _, said = outcome(two_homes[0], "sync")
            assert (status, "does not accept" in said, server.refused > 0) == (3, True, True)


def test_two_devices_over_ssh(tmp_path: Path, two_homes: tuple[Home, Home], monkeypatch: pytest.MonkeyPatch) -> None:
    with ssh_server() as programs:
        monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
        script = script_from_guide("news-ssh", tmp_path)
        agree_soon(*two_homes, "--command", f"{script} 127.0.0.1 {tmp_path}/there")
    stored = [path.suffix for path in (tmp_path / "there").rglob("*") if path.is_file()]
    assert stored.count(".z") == len(stored)


def where_nothing_can_be_stored(folder: Path, why: str) -> list[str]:
    """Return the words before a command that finds a folder read-only, or full, whoever runs it."""
    if why == "read-only" and os.geteuid() != 0:
        return ["sh", "-c", 'chmod -R a-w "$0"; "$@"; status=$?; chmod -R u+w "$0"; exit $status', str(folder)]
    words = {
        "read-only": 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@"',
        "full": 'cp -a "$0" "$0.copy" && mount -t tmpfs -o size=64k tmpfs "$0" && cp -a "$0.copy/." "$0"'
        ' && { cat /dev/zero >"$0/other" 2>&-; exec "$@"; }',
    }[why]
    command = ["unshare", "--mount", "sh", "-c", words, str(folder)]
    if (
        shutil.which("unshare") is None
        or subprocess.run([*command, "true"], capture_output=True, check=False).returncode
    ):
        pytest.skip("nothing can be mounted here, which only root may do")
    return command


@pytest.mark.parametrize(("why", "words"), [("read-only", "denies access"), ("full", "no room left in")])
def test_a_share_where_nothing_can_be_stored_is_read_and_written_when_it_can_be(
    tmp_path: Path, two_homes: tuple[Home, Home], why: str, words: str
) -> None:
    folder, (one, other) = tmp_path / "Sync", two_homes
    folder.mkdir()
    for home in two_homes:
        home.run("devices", "join", str(folder))
    one.mark(STORIES[0])
    other.mark(STORIES[1])
    other.run("sync", "--quiet")
    before = sorted(folder.rglob("*"))
    done = subprocess.run(
        [*where_nothing_can_be_stored(folder, why), str(COMMAND), "sync"],
        env=os.environ | one.environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, words in done.stderr) == (3, True), done.stderr
    assert sorted(folder.rglob("*")) == before
    assert one.read() == {STORIES[0], STORIES[1]}
    exchange(one, other)
    assert other.read() == {STORIES[0], STORIES[1]}


def test_a_folder_that_is_gone_is_reported_once(tmp_path: Path, two_homes: tuple[Home, Home]) -> None:
    home, _ = two_homes
    (tmp_path / "Sync").mkdir()
    home.run("devices", "join", str(tmp_path / "Sync"))
    shutil.rmtree(tmp_path / "Sync")
    done = run_command(("sync",), os.environ | home.environment)
    assert done.returncode == 3
    assert done.stderr.count("there is no such folder") == 1


def outcome(home: Home, *arguments: str) -> tuple[int, str, str]:
    done = run_command(arguments, os.environ | home.environment)
    return done.returncode, done.stdout, done.stderr


def test_what_joining_says(tmp_path: Path, two_homes: tuple[Home, Home]) -> None:
    home, _ = two_homes
    status, printed, said = outcome(home, "devices")
    assert (status, printed) == (0, "")
    assert "not synced with other devices yet" in said
    status, _, said = outcome(home, "devices", "join", str(tmp_path / "none"))
    assert status == 3
    assert "no such folder" in said
    assert "Create the folder first" in said
    (tmp_path / "file").write_text("mine")
    status, _, said = outcome(home, "devices", "join", str(tmp_path / "file"))
    assert status == 3
    assert "it is not a folder" in said
    (tmp_path / "Sync").mkdir()
    printed = home.run("devices", "join", str(tmp_path / "Sync"), "--name", "Desk")
    assert f"This device syncs through {tmp_path / 'Sync'} now, under the name Desk." in printed


def test_names_of_devices(tmp_path: Path, two_homes: tuple[Home, Home]) -> None:
    one, other = two_homes
    folder = tmp_path / "Sync"
    folder.mkdir()
    one.run("devices", "join", str(folder), "--name", "Desk")
    status, _, said = outcome(other, "devices", "join", str(folder), "--name", "desk")
    assert status == 2
    assert "Another device is called “desk” already." in said
    assert "not synced" in outcome(other, "devices")[2]
    assert len(list(folder.rglob("*.z"))) == 1  # it has stored nothing: one exchange was all
    other.run("devices", "join", str(folder), "--name", "Bed")
    assert len(list(folder.rglob("*.z"))) == 2
    one.run("sync", "--quiet")
    for words in (("rename", "Bed", "Desk"), ("join", str(folder), "--name", "Bed")):
        status, _, said = outcome(one, "devices", *words)
        assert status == 2
        assert "Another device is called" in said
    status, _, said = outcome(one, "devices", "rename", "Bed", "   ")
    assert (status, "The new name is empty." in said) == (2, True)
    status, _, said = outcome(one, "devices", "forget", "Desk")
    assert status == 2
    assert "“Desk” is this device." in said
    assert "devices leave" in said
    assert [text.split(" · ")[0] for text in one.run("devices").splitlines()[:2]] == ["Desk", "Bed"]


def test_two_computers_of_one_name_are_distinguished(tmp_path: Path, two_homes: tuple[Home, Home]) -> None:
    (tmp_path / "Sync").mkdir()
    for home in two_homes:
        home.run("devices", "join", str(tmp_path / "Sync"))
    names = [text.split(" · ")[0] for text in two_homes[1].run("devices").splitlines()[:2]]
    assert len(set(names)) == 2
    assert names[0].startswith(f"{names[1]} ")


@pytest.mark.parametrize("linear", [False, True])
def test_what_is_unsent_when_the_interface_ends_is_sent_or_said_to_be_sent_next_time(
    tmp_path: Path, two_homes: tuple[Home, Home], linear: bool
) -> None:
    home, other = two_homes
    (tmp_path / "Sync").mkdir()
    for each in two_homes:
        each.run("devices", "join", str(tmp_path / "Sync"))
    words = ("--linear",) if linear else ()
    with Terminal("demo", *words, columns=100, rows=30, environment=home.environment) as terminal:
        terminal.wait_for("Harbour")
        home.mark(STORIES[0])
        terminal.press("q", *(("Enter",) if linear else ()))
        assert terminal.wait_end() == 0
    is_late = b"reach your other devices next time" in terminal.output  # the machine is busy
    other.run("sync", "--quiet")
    assert is_late or other.read() == {STORIES[0]}
