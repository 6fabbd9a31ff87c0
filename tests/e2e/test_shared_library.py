"""Three installed programs, each with directories of its own, share one library through one folder."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.test_commands import run
from tests.servers import Answer, SiteServer
from tests.services import article

Program = Callable[..., "subprocess.CompletedProcess[str]"]
STORIES = [f"https://vesti.example/{number}" for number in range(6)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "Sync"
    folder.mkdir()
    return folder


def program(tmp_path: Path, name: str) -> Program:
    """Return what runs the command on a device of this name."""
    places = {f"NEWSREADER_{each}_DIR": str(tmp_path / name / each.lower()) for each in ("DATA", "CACHE", "CONFIG")}

    def start(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return run(*arguments, **places, **environment)

    return start


@pytest.fixture
def devices(tmp_path: Path, folder: Path) -> list[Program]:
    """Return three that have joined."""
    programs = [program(tmp_path, name) for name in ("laptop", "phone", "desk")]
    for each, name in zip(programs, ("laptop", "phone", "desk"), strict=True):
        done = each("devices", "join", str(folder), "--name", name)
        assert done.returncode == 0, done.stderr
    return programs


def later(device: Program) -> set[str]:
    rows = device("later", "--format", "json").stdout.splitlines()
    return {json.loads(row)["url"] for row in rows}


def sync(*devices: Program) -> None:
    for device in devices:
        done = device("sync", "--quiet")
        assert done.returncode in (0, 3), done.stderr  # the addresses are nowhere
        assert "Traceback" not in done.stderr


def test_what_is_put_aside_read_and_undone_on_one_is_so_on_all(devices: list[Program]) -> None:
    laptop, phone, desk = devices
    laptop("later", *STORIES[:3])
    phone("later", *STORIES[2:5])
    sync(laptop, phone, desk, laptop, phone)
    assert later(laptop) == later(phone) == later(desk) == set(STORIES[:5])
    desk("later", "--remove", STORIES[0])
    sync(desk, laptop, phone)
    assert later(laptop) == later(phone) == set(STORIES[1:5])
    desk("undo")
    sync(desk, laptop)
    assert later(laptop) == set(STORIES[:5])


def test_a_sync_says_what_came_and_from_where(devices: list[Program]) -> None:
    laptop, phone, _ = devices
    laptop("later", *STORIES[:3])
    laptop("sync")
    done = phone("sync")
    assert "3 put aside for later on laptop" in done.stdout
    laptop("later", STORIES[4])
    laptop("sync")
    events = [json.loads(row) for row in phone("sync", "--format", "json").stdout.splitlines()]
    assert next(event for event in events if event["event"] == "devices")["received"] == {"laptop": {"later": 1}}


def test_the_devices_are_listed_renamed_and_forgotten(devices: list[Program]) -> None:
    laptop, phone, desk = devices
    sync(laptop, phone)
    listed = [json.loads(row) for row in laptop("devices", "--format", "json").stdout.splitlines()]
    assert {row["name"] for row in listed} == {"laptop", "phone", "desk"}
    assert [row["name"] for row in listed if row["this"]] == ["laptop"]
    assert laptop("devices", "rename", "phone", "My phone").returncode == 0
    assert laptop("devices", "forget", "desk").returncode == 0
    sync(laptop, phone)
    assert "My phone" in phone("devices").stdout
    assert "desk" not in phone("devices").stdout
    done = laptop("devices", "forget", "nobody")
    assert (done.returncode, "No single device" in done.stderr) == (4, True)
    assert desk("devices", "leave").returncode == 0
    left = desk("devices")
    assert (left.returncode, "not synced with other devices" in left.stderr) == (0, True)


def test_a_device_that_leaves_and_joins_again_brings_back_nothing(devices: list[Program], folder: Path) -> None:
    laptop, phone, _ = devices
    laptop("later", *STORIES[:3])
    sync(laptop, phone)
    assert laptop("devices", "leave").returncode == 0
    phone("later", "--remove", STORIES[0])
    laptop("later", "--remove", STORIES[1])
    sync(phone)
    done = laptop("devices", "join", str(folder), "--name", "laptop")
    assert (done.returncode, done.stderr) == (0, "")
    assert "nothing new" in done.stdout
    sync(phone, laptop)
    assert later(laptop) == later(phone) == {STORIES[2]}
    assert len(laptop("devices", "--format", "json").stdout.splitlines()) == 3


def test_a_clone_becomes_a_device_of_its_own(devices: list[Program], tmp_path: Path) -> None:
    laptop, phone, _ = devices
    laptop("later", STORIES[0])
    sync(laptop, phone)
    shutil.copytree(tmp_path / "laptop", tmp_path / "clone")
    clone = program(tmp_path, "clone")
    clone("later", STORIES[1])
    laptop("later", STORIES[2])
    done = clone("sync")
    assert "a device of its own" in done.stderr
    sync(laptop, phone, clone, laptop, phone)
    assert later(laptop) == later(phone) == later(clone) == set(STORIES[:3])
    assert len(phone("devices", "--format", "json").stdout.splitlines()) == 4


def test_a_restored_backup_loses_nothing_and_takes_nothing_back(devices: list[Program], tmp_path: Path) -> None:
    laptop, phone, _ = devices
    laptop("later", STORIES[0])
    sync(laptop)
    copy = tmp_path / "copy.db"
    assert laptop("library", "backup", str(copy)).returncode == 0
    laptop("later", STORIES[1])
    sync(laptop)
    assert laptop("library", "restore", str(copy)).returncode == 0
    laptop("later", STORIES[2])
    sync(laptop, phone, laptop)
    assert later(laptop) == later(phone) == set(STORIES[:3])


def test_a_saved_article_is_read_on_another_device_without_a_network(devices: list[Program], site: SiteServer) -> None:
    laptop, phone, _ = devices
    site.routes["/harbour"] = article("Harbour")
    assert laptop("save", site.url("harbour")).returncode == 0
    laptop("sync")
    site.routes["/harbour"] = Answer("gone", 404)
    asked = len(site.requests)
    assert "1 article came with its text" in phone("sync").stdout
    done = phone("read", "--offline", site.url("harbour"))
    assert done.returncode == 0, done.stderr
    assert "Harbour" in done.stdout
    assert len(site.requests) == asked


def test_a_place_that_is_gone_is_said_and_costs_nothing(devices: list[Program], folder: Path) -> None:
    laptop, phone, _ = devices
    folder.rename(folder.with_name("elsewhere"))
    laptop("later", STORIES[0])
    done = laptop("sync")
    assert done.returncode == 3
    assert "no such folder" in done.stderr
    assert later(laptop) == {STORIES[0]}
    folder.with_name("elsewhere").rename(folder)
    sync(laptop, phone)
    assert later(phone) == {STORIES[0]}


def test_a_place_where_nothing_can_be_made_is_said(devices: list[Program], folder: Path) -> None:
    laptop = devices[0]
    shutil.rmtree(folder / "newsreader-1")
    (folder / "newsreader-1").write_text("a file, below which nothing can be made, whoever asks")
    laptop("later", STORIES[0])
    done = laptop("sync")
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    assert str(folder) in done.stderr
    assert (folder / "newsreader-1").is_file()


@pytest.mark.parametrize("locale", ["uk_UA.UTF-8", "ru_RU.UTF-8"])
def test_the_words_are_in_the_readers_language(devices: list[Program], locale: str) -> None:
    done = devices[0]("devices", LANGUAGE=locale[:2], LANG=locale, LC_ALL=locale)
    assert "пристрій" in done.stdout or "устройство" in done.stdout


def test_a_library_in_a_synced_folder_is_named_by_the_doctor(tmp_path: Path) -> None:
    laptop = program(tmp_path / "Dropbox", "laptop")
    laptop("later", STORIES[0])
    found = [json.loads(row) for row in laptop("doctor", "--format", "json").stdout.splitlines()]
    warnings = [each for each in found if each["about"] == "data" and each["health"] == "warning"]
    assert any("Dropbox" in each["text"] for each in warnings)
