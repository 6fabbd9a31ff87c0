"""Files written for the reader: whole, and never over another one."""

import errno
import logging
import os
import resource
import stat
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from newsreader.writing import (
    FullDiskError,
    NoDirectoryError,
    NotPermittedError,
    UnusablePathError,
    WriteError,
    error_for_reader,
    write_error,
    write_new,
    write_over,
)


def named(stem: str) -> Callable[[int], str]:
    return lambda number: f"{stem}{f' ({number})' if number > 1 else ''}.md"


def test_a_file_is_written_whole_with_the_rights_of_any_other(tmp_path: Path) -> None:
    path = write_new(tmp_path, named("Порт"), b"words")
    assert path == tmp_path / "Порт.md"
    assert path.read_bytes() == b"words"
    other = tmp_path / "other"
    other.write_bytes(b"")
    assert stat.S_IMODE(path.stat().st_mode) == stat.S_IMODE(other.stat().st_mode)
    assert path.stat().st_nlink == 1


def test_what_is_there_is_never_touched(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"mine")
    (tmp_path / "a (2).md").mkdir()
    (tmp_path / "a (3).md").symlink_to(tmp_path / "nowhere")
    assert write_new(tmp_path, named("a"), b"new").name == "a (4).md"
    assert (tmp_path / "a.md").read_bytes() == b"mine"
    assert not (tmp_path / "nowhere").exists()


def test_two_programs_that_write_the_same_name_both_keep_theirs(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        paths = list(pool.map(lambda n: write_new(tmp_path, named("a"), str(n).encode()), range(24)))
    assert len(set(paths)) == 24
    assert {path.read_bytes() for path in paths} == {str(n).encode() for n in range(24)}


def test_a_file_system_without_links_does_it_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", refuse)
    (tmp_path / "a.md").write_bytes(b"mine")
    assert write_new(tmp_path, named("a"), b"new").read_bytes() == b"new"
    assert (tmp_path / "a.md").read_bytes() == b"mine"
    assert len(list(tmp_path.iterdir())) == 2


def test_a_path_that_the_system_refuses_is_no_fault_of_the_program(
    tmp_path: Path, unexpected_errors: list[logging.LogRecord]
) -> None:
    with pytest.raises(OSError, match="too long") as caught:
        (tmp_path / ("\x1b[31m" + "n" * 300)).stat()
    refused = error_for_reader(caught.value, "a test")
    assert isinstance(refused, UnusablePathError)
    assert "nnn" in refused.text
    assert "\x1b" not in refused.text
    assert error_for_reader(refused, "a test") is refused
    assert unexpected_errors == []
    for fault in (OSError(errno.ENAMETOOLONG, "too long"), OSError(errno.EBADF, "bad", "a"), ValueError("a")):
        assert error_for_reader(fault, "a test").kind == "unexpected"


@pytest.mark.parametrize("place", ["missing", "file"])
def test_a_directory_that_is_none_is_named(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(NoDirectoryError, match="does not exist, or is a file") as caught:
        write_new(tmp_path / place, named("a"), b"x")
    assert caught.value.advice


def test_a_write_that_is_refused_leaves_nothing_behind(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from newsreader.writing import *\n"
        "try: write_new(Path(sys.argv[1]), lambda n: 'a.md', b'x' * 100_000)\n"
        "except WriteError as error: print(error.text)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000)),
    )
    assert "Could not write" in done.stdout
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, FullDiskError),
        (errno.EDQUOT, FullDiskError),
        (errno.EACCES, NotPermittedError),
        (errno.EROFS, NotPermittedError),
        (errno.ENOENT, NoDirectoryError),
        (errno.EIO, WriteError),
    ],
)
def test_errors_are_sentences_that_say_what_to_do(number: int, kind: type[WriteError]) -> None:
    error = write_error(OSError(number, os.strerror(number)), Path("/x/a\x1b.md"))
    assert type(error) is kind
    assert error.text.endswith(".")
    assert error.advice
    assert "\x1b" not in error.text


def test_a_file_is_replaced_whole_and_only_where_it_differs(tmp_path: Path) -> None:
    path = tmp_path / "list"
    assert write_over(path, b"one")
    before = path.stat().st_ino
    assert not write_over(path, b"one")
    assert path.stat().st_ino == before
    with path.open("rb") as reader:
        assert write_over(path, b"two")
        assert reader.read() == b"one"
    assert path.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [path]


def test_what_cannot_be_replaced_stays_and_is_named(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(WriteError, match="folder"):
        write_over(tmp_path / "folder", b"x")
    with pytest.raises(NoDirectoryError):
        write_over(tmp_path / "none" / "x", b"x")
    assert list(tmp_path.iterdir()) == [tmp_path / "folder"]
