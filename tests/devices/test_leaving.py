"""Devices that are forgotten, leave and join again: their files go when nobody needs them, and nothing comes back."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from newsreader.library_values import QueryRule
from newsreader.source_values import Source, SourceKind
from newsreader.storage.saved import SavedAddress
from tests.devices.rig import NOW, Device, make_devices, state, sync_all
from tests.devices.test_exchange import STORIES, files, read, saved

FEED = "https://town.example/feed"


@pytest.fixture
def devices(tmp_path: Path) -> list[Device]:
    return make_devices(tmp_path, "laptop", "phone", "desk")


def of(device: str, files: Sequence[Path]) -> list[Path]:
    return [path for path in files if device in path.parts]


def sync_a_day_later(*devices: Device) -> None:
    for device in devices:
        device.clock.now += timedelta(days=1)
    sync_all(*devices)


# --- forgotten ------------------------------------------------------------------------------------


@pytest.mark.parametrize("keep", ["marks", "everything"])
def test_what_a_forgotten_device_stored_goes_and_a_new_device_has_it_all_the_same(
    devices: list[Device], tmp_path: Path, keep: str
) -> None:
    laptop, phone, desk = devices
    laptop.keep = phone.keep = desk.keep = "everything"
    desk.library.read_marks.mark_all(STORIES[:3])
    desk.library.saved.save(saved(STORIES[4], "The harbour is open."))
    sync_all(*devices)
    assert of(desk.id, files(laptop))
    phone.forget(desk.id)
    sync_a_day_later(laptop, phone)
    sync_a_day_later(laptop, phone)
    assert of(desk.id, files(laptop)) == []
    assert not (files(laptop)[0].parents[1] / desk.id).exists()
    new = Device(tmp_path / "new", laptop.transport, keep="marks" if keep == "marks" else "everything")
    new.sync()
    assert state(new) == state(laptop)
    assert read(new) == set(STORIES[:3])
    article = new.library.saved.article(STORIES[4])
    assert (article is not None and article.response is not None) == (keep == "everything")
    before = files(laptop)
    sync_all(laptop, phone)
    assert of(phone.id, files(laptop)) == of(phone.id, before)  # what is done is not done again


def test_what_one_device_has_not_read_stays(devices: list[Device]) -> None:
    laptop, phone, desk = devices
    sync_all(*devices)
    desk.library.read_marks.mark(STORIES[0], read=True)
    desk.sync()
    laptop.sync()
    laptop.forget(desk.id)
    for _ in range(3):
        sync_a_day_later(laptop)
    assert of(desk.id, files(laptop))
    phone.clock.now = laptop.clock.now
    sync_a_day_later(phone, laptop)
    sync_a_day_later(phone, laptop)
    assert of(desk.id, files(laptop)) == []
    assert read(phone) == {STORIES[0]}


def test_a_file_of_a_forgotten_device_that_cannot_be_read_stays(devices: list[Device]) -> None:
    laptop, _, desk = devices
    desk.library.read_marks.mark(STORIES[0], read=True)
    desk.sync()
    (its,) = files(desk)
    its.write_bytes(its.read_bytes()[:-9])
    laptop.forget(desk.id)
    for _ in range(3):
        sync_a_day_later(laptop)
    assert its.exists()


def test_nothing_is_dropped_for_a_snapshot_that_is_damaged_and_another_is_stored(
    devices: list[Device], tmp_path: Path
) -> None:
    laptop, _, desk = devices
    desk.library.read_marks.mark_all(STORIES[:3])
    sync_all(laptop, desk)
    laptop.forget(desk.id)
    laptop.sync()
    (snapshot,) = [path for path in of(laptop.id, files(laptop)) if path.name.startswith("snapshot")]
    snapshot.write_bytes(snapshot.read_bytes()[:-9])
    laptop.sync()
    assert of(desk.id, files(laptop))
    laptop.library.read_marks.mark(STORIES[5], read=True)
    for _ in range(3):
        laptop.sync()
    assert of(desk.id, files(laptop)) == []
    new = Device(tmp_path / "new", laptop.transport)
    new.sync()
    assert read(new) == {*STORIES[:3], STORIES[5]}


def test_a_text_that_only_a_forgotten_device_stored_stays_until_another_has_stored_it(devices: list[Device]) -> None:
    laptop, phone, desk = devices
    phone.keep = "marks"
    desk.library.saved.save(saved(STORIES[0], "The harbour is open."))
    sync_all(phone, desk)
    desk.leave()
    for _ in range(3):
        sync_a_day_later(phone)
    parts = [path for path in of(desk.id, files(phone)) if path.parent.name == "blobs"]
    assert parts
    laptop.clock.now = phone.clock.now
    sync_a_day_later(laptop)
    assert laptop.library.saved.article(STORIES[0]) is not None
    assert not any(path.exists() for path in parts)
    assert [path.name for path in files(laptop) if path.parent.name == "blobs"] == [path.name for path in parts]


def test_a_device_that_was_forgotten_and_comes_back_loses_nothing(devices: list[Device], tmp_path: Path) -> None:
    laptop, phone, desk = devices
    desk.library.read_marks.mark_all(STORIES[:3])
    sync_all(*devices)
    laptop.forget(desk.id)
    sync_a_day_later(laptop, phone)
    sync_a_day_later(laptop, phone)
    desk.library.read_marks.mark_all(STORIES[3:5])
    laptop.library.read_marks.mark(STORIES[0], read=False)
    desk.clock.now = laptop.clock.now
    sync_all(desk, laptop, phone)
    new = Device(tmp_path / "new", laptop.transport)
    new.sync()
    assert read(desk) == read(laptop) == read(phone) == read(new) == set(STORIES[1:5])


# --- leaving and joining again --------------------------------------------------------------------


def fill(device: Device) -> None:
    """Have something of each kind."""
    library = device.library
    library.read_marks.mark_all(STORIES[:6])
    library.later.add([(url, "Later") for url in STORIES[:6]])
    library.tags.change(STORIES[0], "Story", add=["sea"])
    library.positions.save(STORIES[0], 3, "words")
    library.query_rules.add(QueryRule(0, "hide", "storm"))
    library.save_addresses([SavedAddress(STORIES[0], "Story", NOW)])
    library.sources.add(Source(0, FEED, "Town", SourceKind.FEED, NOW))


def empty(device: Device) -> None:
    """Remove all of it."""
    library = device.library
    library.read_marks.mark_all(STORIES[:6], read=False)
    library.later.remove(STORIES[:6])
    library.tags.change(STORIES[0], "Story", remove=["sea"])
    library.positions.forget(STORIES[0])
    library.query_rules.remove(library.query_rules.all()[0].id)
    library.saved.remove(STORIES[0])
    library.sources.remove(library.sources.all())


@pytest.mark.parametrize("where", ["here", "there"])
@pytest.mark.parametrize("days", [-400, 0, 400])
def test_what_was_removed_while_a_device_was_away_stays_removed(devices: list[Device], where: str, days: int) -> None:
    laptop, phone, desk = devices
    laptop.clock.now += timedelta(days=days)
    fill(laptop)
    sync_all(*devices)
    laptop.leave()
    empty(laptop if where == "here" else phone)
    sync_all(phone, desk)
    laptop.join_again()
    sync_all(*devices)
    assert state(laptop) == state(phone) == state(desk)
    assert [name for name, rows in state(laptop).items() if rows] == []


def test_a_device_that_joins_again_hears_only_what_is_new(devices: list[Device]) -> None:
    laptop, phone, _ = devices
    fill(laptop)
    phone.library.read_marks.mark(STORIES[9], read=True)
    phone.library.read_marks.mark(STORIES[9], read=False)
    sync_all(laptop, phone)
    laptop.leave()
    phone.library.read_marks.mark(STORIES[7], read=True)
    phone.sync()
    assert laptop.join_again().received == {phone.id: {"read": 1}}
    assert phone.sync().received == {}
    assert laptop.sync().sent == 0


def test_what_was_removed_before_a_device_joined_is_no_news_to_it(devices: list[Device], tmp_path: Path) -> None:
    laptop, *_ = devices
    fill(laptop)
    laptop.sync()
    empty(laptop)
    laptop.sync()
    assert Device(tmp_path / "new", laptop.transport).sync().received == {}


def test_all_who_leave_can_begin_again_in_an_empty_place(devices: list[Device], tmp_path: Path) -> None:
    laptop, phone, _ = devices
    fill(laptop)
    sync_all(laptop, phone)
    before = state(phone)
    for device in (laptop, phone):
        device.leave()
    (tmp_path / "elsewhere").mkdir()
    (other,) = make_devices(tmp_path / "elsewhere", "new")
    phone.transport = other.transport
    phone.join_again()
    other.sync()
    assert state(other) == state(phone) == before
