"""A folder takes files whole, under names of their own, and never replaces one."""

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from newsreader.devices.folder import FolderTransport
from newsreader.devices.transport import (
    MissingNameError,
    NameTakenError,
    PlaceForbiddenError,
    TransportError,
    UnreadableError,
)
from tests.unprivileged import unprivileged

if TYPE_CHECKING:
    from collections.abc import Callable

NAME = "newsreader-1/abc/1-5.jsonl.z"


def test_what_is_put_is_listed_and_returned(tmp_path: Path) -> None:
    folder = FolderTransport(tmp_path)
    assert folder.list("newsreader-1/") == []
    folder.put_new(NAME, b"body")
    (tmp_path / "holiday.txt").write_text("mine")
    assert folder.list("newsreader-1/") == [NAME]
    assert folder.get(NAME) == b"body"
    assert [path.name for path in (tmp_path / NAME).parent.iterdir()] == ["1-5.jsonl.z"]
    folder.delete(NAME)
    folder.delete(NAME)
    assert folder.list("newsreader-1/") == []


def test_a_name_that_is_taken_keeps_what_it_has(tmp_path: Path) -> None:
    folder = FolderTransport(tmp_path)
    folder.put_new(NAME, b"first")
    with pytest.raises(NameTakenError):
        folder.put_new(NAME, b"second")
    assert folder.get(NAME) == b"first"


def test_a_missing_folder_is_not_made(tmp_path: Path) -> None:
    folder = FolderTransport(tmp_path / "stick")
    calls: list[Callable[[], object]] = [lambda: folder.list("newsreader-1/"), lambda: folder.put_new(NAME, b"body")]
    for call in calls:
        with pytest.raises(TransportError, match="no such folder"):
            call()
    assert not (tmp_path / "stick").exists()


@pytest.mark.parametrize("name", ["../outside", "/etc/hostname", ""])
def test_a_name_cannot_lead_out_of_the_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(MissingNameError):
        FolderTransport(tmp_path).get(name)


def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(tmp_path: Path) -> None:
    folder = FolderTransport(tmp_path)
    (tmp_path / "newsreader-1").mkdir()
    os.mkfifo(tmp_path / "newsreader-1/pipe")
    with pytest.raises(TransportError):
        folder.get("newsreader-1/pipe")


def test_a_folder_that_cannot_be_written_is_an_error() -> None:
    with unprivileged() as place:
        place.chmod(0o500)
        with pytest.raises(PlaceForbiddenError):
            FolderTransport(place).put_new(NAME, b"body")


def test_a_folder_in_the_folder_or_a_file_that_cannot_be_read_hides_nothing_else() -> None:
    with unprivileged() as place:
        folder = FolderTransport(place)
        names = [f"newsreader-1/{device}/{name}" for device in "abc" for name in ("1-5.jsonl.z", "blobs/0f")]
        for name in names:
            folder.put_new(name, b"body")
        (place / names[0]).chmod(0)
        (place / "newsreader-1/b").chmod(0)
        (place / "newsreader-1/c/blobs").chmod(0)
        assert folder.list("newsreader-1/") == [*names[:2], "newsreader-1/b/", names[4], "newsreader-1/c/blobs/"]
        with pytest.raises(UnreadableError, match=r"1-5\.jsonl\.z .*cannot be read: permission denied"):
            folder.get(names[0])
        (place / "newsreader-1").chmod(0)
        with pytest.raises(PlaceForbiddenError):  # whatever the devices have stored cannot be seen
            folder.list("newsreader-1/")
        (place / "newsreader-1").chmod(0o700)
        (place / "newsreader-1/b").chmod(0o700)
        (place / "newsreader-1/c/blobs").chmod(0o700)


def test_a_full_disk_is_an_error_that_leaves_nothing_behind(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _FULL, str(tmp_path)], capture_output=True, encoding="utf-8", check=False
    )
    assert done.stdout == "NoRoomError\n", done.stderr
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


_FULL = """
import resource, signal, sys
from pathlib import Path
from newsreader.devices.folder import FolderTransport
from newsreader.devices.transport import TransportError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    FolderTransport(Path(sys.argv[1])).put_new("newsreader-1/abc/1-5.jsonl.z", bytes(5000))
except TransportError as error:
    print(type(error).__name__)
"""
