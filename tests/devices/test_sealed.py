"""Sealing with a pass phrase."""

from pathlib import Path

import pytest

from newsreader.devices.folder import FolderTransport
from newsreader.devices.seal import Seal
from newsreader.devices.sealed import (
    SEALED,
    MixedSealingError,
    NoSealingError,
    SealedTransport,
    UnsealedTransport,
    WrongPassPhraseError,
)
from newsreader.devices.transport import MissingNameError, NameTakenError, TransportError

NAME = "newsreader-1/3f9a/1-240.jsonl.z"
COST = 2**4


def sealed(folder: Path, pass_phrase: str = "correct horse") -> SealedTransport:
    return SealedTransport(FolderTransport(folder), pass_phrase, cost=COST)


def files_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_another_device_with_the_pass_phrase_reads_what_nobody_else_can(tmp_path: Path) -> None:
    data = b"read/https://town.example/council " * 50
    sealed(tmp_path).put_new(NAME, data)
    other = sealed(tmp_path)
    assert other.list("newsreader-1/") == [NAME]
    assert other.list("newsreader-1/77/") == []
    assert other.get(NAME) == data
    (file,) = files_in(tmp_path)
    assert "3f9a" not in str(file.relative_to(tmp_path))
    assert b"town.example" not in file.read_bytes()


def test_devices_use_one_key_unless_they_begin_at_the_same_time(tmp_path: Path) -> None:
    for folder in (tmp_path / "a", tmp_path / "b"):
        folder.mkdir()
        sealed(folder).put_new(f"newsreader-1/{folder.name}/1-1.z", b"x")
        sealed(folder).put_new(f"newsreader-1/{folder.name}/2-2.z", b"y")
        assert len(list((folder / SEALED).iterdir())) == 1
    for file in files_in(tmp_path / "a"):  # what copies the folders brings them together
        target = tmp_path / "b" / file.relative_to(tmp_path / "a")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.read_bytes())
    both = sealed(tmp_path / "b")
    assert sorted(both.list("newsreader-1/")) == [
        f"newsreader-1/{name}.z" for name in ("a/1-1", "a/2-2", "b/1-1", "b/2-2")
    ]
    assert both.get("newsreader-1/a/2-2.z") == both.get("newsreader-1/b/2-2.z") == b"y"


def test_a_wrong_pass_phrase_is_an_error_and_stores_nothing(tmp_path: Path) -> None:
    sealed(tmp_path).put_new(NAME, b"data")
    before = files_in(tmp_path)
    wrong = sealed(tmp_path, "battery staple")
    for call in (
        lambda: wrong.list("newsreader-1/"),
        lambda: wrong.get(NAME),
        lambda: wrong.put_new("newsreader-1/b/1-1.z", b""),
    ):
        with pytest.raises(WrongPassPhraseError, match="does not open") as caught:
            call()
        assert "battery" not in caught.value.text + caught.value.advice
    assert files_in(tmp_path) == before


def test_sealed_and_unsealed_files_in_one_place_are_noticed_on_both_sides(tmp_path: Path) -> None:
    FolderTransport(tmp_path).put_new(NAME, b"plain")
    with pytest.raises(MixedSealingError):
        sealed(tmp_path).list("newsreader-1/")
    assert UnsealedTransport(FolderTransport(tmp_path)).list("newsreader-1/") == [NAME]
    (tmp_path / NAME).unlink()
    sealed(tmp_path).put_new(NAME, b"data")
    with pytest.raises(MixedSealingError):
        UnsealedTransport(FolderTransport(tmp_path)).list("newsreader-1/")


def test_the_same_file_again_changes_nothing_and_another_under_its_name_is_refused(tmp_path: Path) -> None:
    sealed(tmp_path).put_new(NAME, b"data")
    before = [(file, file.read_bytes()) for file in files_in(tmp_path)]
    sealed(tmp_path).put_new(NAME, b"data")
    with pytest.raises(NameTakenError):
        sealed(tmp_path).put_new(NAME, b"other")
    assert [(file, file.read_bytes()) for file in files_in(tmp_path)] == before


@pytest.mark.parametrize("damage", ["cut", "empty", "flipped", "unsealed", "swapped"])
def test_a_damaged_forged_or_renamed_file_is_as_if_it_were_empty(tmp_path: Path, damage: str) -> None:
    transport = sealed(tmp_path)
    transport.put_new(NAME, b"data")
    (file,) = files_in(tmp_path)
    transport.put_new("newsreader-1/b/1-1.z", b"forged")
    (other,) = set(files_in(tmp_path)) - {file}
    whole = file.read_bytes()
    flipped = whole[:-1] + bytes([whole[-1] ^ 1])
    file.write_bytes({
        "cut": whole[:-3], "empty": b"", "flipped": flipped, "unsealed": b"data", "swapped": other.read_bytes()
    }[damage])  # fmt: skip
    assert sealed(tmp_path).get(NAME) == b""


def test_copies_of_conflicts_and_other_files_are_listed_as_they_are(tmp_path: Path) -> None:
    transport = sealed(tmp_path)
    transport.put_new(NAME, b"data")
    (file,) = files_in(tmp_path)
    conflict = file.with_name(f"{file.name}.sync-conflict-20260101-120000-ABCDEFG")
    conflict.write_bytes(b"x")
    (tmp_path / SEALED / "notes.txt").write_bytes(b"x")
    listed = sealed(tmp_path).list("newsreader-1/")
    assert NAME in listed
    assert sorted(name.rpartition("/")[2] for name in listed if name != NAME) == sorted([conflict.name, "notes.txt"])
    with pytest.raises(MissingNameError):
        transport.get("newsreader-1/notes.txt")


def test_a_file_is_deleted_by_its_name(tmp_path: Path) -> None:
    transport = sealed(tmp_path)
    transport.put_new(NAME, b"data")
    transport.delete(NAME)
    transport.delete(NAME)
    assert files_in(tmp_path) == []


def test_without_the_package_the_error_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsreader.devices.sealed.find_spec", lambda _: None)
    with pytest.raises(NoSealingError) as caught:
        sealed(tmp_path)
    assert "newsreader[seal]" in caught.value.advice
    assert isinstance(caught.value, TransportError)


def test_the_key_is_expensive_to_guess() -> None:
    import time

    started = time.perf_counter()
    seal = Seal("correct horse", "00" * 16)
    assert time.perf_counter() - started > 0.05
    assert seal.opened_name(seal.name(NAME)) == NAME


def test_no_name_is_longer_than_file_systems_that_encrypt_names_take(tmp_path: Path) -> None:
    name = f"newsreader-1/blobs/{'0' * 64}"
    sealed(tmp_path).put_new(name, b"x")
    sealed(tmp_path).put_new("elsewhere/a", b"y")
    assert sealed(tmp_path).list("newsreader-1/") == [name]
    assert sealed(tmp_path).list("elsewhere/") == ["elsewhere/a"]
    assert all(len(file.name) <= 143 for file in files_in(tmp_path))
