"""Devices over one folder come to one state, whatever happens to the files between them."""

import itertools
import os
import shutil
import socket
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from newsreader.devices.exchange import READER, UNDO
from newsreader.devices.folder import FolderTransport
from newsreader.devices.roster import devices_of
from newsreader.devices.segments import decoded, encoded, listing_of, segment_name
from newsreader.devices.transport import EmptyPlaceError, PlaceForbiddenError, TransportError
from newsreader.library_values import QueryRule
from newsreader.models import Article, Page, Paragraph, Response, Span
from newsreader.source_values import Source, SourceKind
from newsreader.storage.article_parts import SavedArticle, SavedPicture
from newsreader.storage.journal import Record
from newsreader.storage.library import Library
from tests.devices.rig import NOW, Device, make_devices, state, sync_all
from tests.growth import assert_linear
from tests.unprivileged import unprivileged

STORIES = [f"https://vesti.example/{number}" for number in range(50)]


@pytest.fixture
def devices(tmp_path: Path) -> list[Device]:
    return make_devices(tmp_path, "laptop", "phone", "desk")


def folder_of(device: Device) -> Path:
    assert isinstance(device.transport, FolderTransport)
    return Path(device.transport.where)


def files(device: Device) -> list[Path]:
    return sorted(path for path in folder_of(device).rglob("*") if path.is_file())


def read(device: Device) -> set[str]:
    return set(device.library.read_marks.which(STORIES))


def test_what_is_read_on_one_is_read_on_all(devices: list[Device]) -> None:
    laptop, phone, desk = devices
    laptop.library.read_marks.mark_all(STORIES[:3])
    laptop.sync()
    report = phone.sync()
    assert report.received == {laptop.id: {"read": 3}}
    sync_all(*devices)
    assert read(phone) == read(desk) == set(STORIES[:3])


def test_nothing_new_writes_nothing(devices: list[Device]) -> None:
    laptop = devices[0]
    laptop.library.read_marks.mark(STORIES[0], read=True)
    sync_all(*devices, rounds=3)
    before = files(laptop)
    assert [device.sync().sent for device in devices] == [0, 0, 0]
    assert files(laptop) == before


def test_ten_days_offline_on_both_sides(devices: list[Device]) -> None:
    laptop, phone, desk = devices
    sync_all(*devices)
    for day in range(10):
        laptop.clock.now = phone.clock.now = NOW + timedelta(days=day)
        laptop.library.read_marks.mark_all(STORIES[day * 2 : day * 2 + 2])
        phone.library.read_marks.mark_all(STORIES[day * 2 + 1 : day * 2 + 3])
        phone.library.read_marks.mark(STORIES[day], read=False)
        phone.library.later.add([(STORIES[40 - day], "Later")])
        laptop.library.tags.change(STORIES[day], "Story", add=["day"])
    sync_all(*devices)
    assert state(laptop) == state(phone) == state(desk)
    assert len(state(laptop)["later"]) == 10
    assert len(state(laptop)["tags"]) == 10


def test_undo_undoes_everywhere(devices: list[Device]) -> None:
    laptop, phone, _ = devices
    laptop.library.read_marks.mark_all(STORIES[:3])
    sync_all(*devices)
    laptop.library.undo_log.undo()
    sync_all(*devices)
    assert [read(device) for device in devices] == [set(), set(), set()]
    assert state(phone) == state(laptop)


def test_undo_takes_nothing_from_those_who_were_there_before(devices: list[Device]) -> None:
    laptop, phone, desk = devices
    laptop.library.read_marks.mark_all(STORIES[:3])
    laptop.library.sources.add(Source(0, STORIES[5], "Town", SourceKind.FEED, NOW))
    sync_all(laptop, phone)
    before = state(laptop)
    desk.sync()
    assert state(desk) == before
    assert desk.library.undo_log.undo() is None
    sync_all(*devices)
    assert state(laptop) == state(desk) == before


def test_undo_on_one_of_what_another_did(devices: list[Device]) -> None:
    laptop, phone, _ = devices
    sync_all(*devices)
    laptop.library.read_marks.mark_all(STORIES[:3])
    laptop.library.sources.add(Source(0, STORIES[5], "Town", SourceKind.FEED, NOW))
    sync_all(laptop, phone, rounds=1)
    change = phone.library.undo_log.undo()
    assert change is not None
    assert change.action == UNDO
    assert set(STORIES[:3]) <= set(change.urls)
    sync_all(*devices)
    assert [read(device) for device in devices] == [set(), set(), set()]
    assert [device.library.sources.all() for device in devices] == [(), (), ()]


def test_undo_takes_back_what_was_done_here_first(devices: list[Device]) -> None:
    laptop, phone, _ = devices
    laptop.library.read_marks.mark(STORIES[0], read=True)
    laptop.sync()
    phone.library.read_marks.mark(STORIES[1], read=True)
    phone.sync()
    phone.library.undo_log.undo()
    assert read(phone) == {STORIES[0]}


@pytest.mark.parametrize("years", [1, -1])
def test_a_clock_that_is_a_year_off_does_not_affect_later_changes(devices: list[Device], years: int) -> None:
    laptop, phone, _ = devices
    laptop.clock.now = NOW + timedelta(days=365 * years)
    laptop.library.read_marks.mark(STORIES[0], read=True)
    sync_all(*devices)
    phone.library.read_marks.mark(STORIES[0], read=False)
    sync_all(*devices)
    assert [read(device) for device in devices] == [set(), set(), set()]


def test_a_clock_that_goes_back_loses_nothing(devices: list[Device]) -> None:
    laptop, phone, _ = devices
    laptop.library.read_marks.mark(STORIES[0], read=True)
    laptop.clock.now = NOW - timedelta(days=365)
    laptop.library.read_marks.mark(STORIES[0], read=False)
    sync_all(*devices)
    assert read(phone) == set()


# --- files ----------------------------------------------------------------------------------------


def damage_zero(path: Path) -> None:
    path.write_bytes(b"")


def damage_half(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20])


def damage_bits(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0x55
    path.write_bytes(data)


@pytest.mark.parametrize("damage", [damage_zero, damage_half, damage_bits])
def test_a_file_that_is_not_whole_is_said_kept_and_read_when_it_is(devices: list[Device], damage: object) -> None:
    laptop, phone, _ = devices
    laptop.library.read_marks.mark(STORIES[0], read=True)
    laptop.sync()
    (path,) = files(laptop)
    whole = path.read_bytes()
    assert callable(damage)
    damage(path)
    broken = path.read_bytes()
    report = phone.sync()
    assert [problem.kind for problem in report.problems] == ["devices-file-damaged"]
    assert path.name in report.problems[0].message
    assert path.read_bytes() == broken
    assert read(phone) == set()
    path.write_bytes(whole)
    assert phone.sync().problems == ()
    assert read(phone) == {STORIES[0]}


def test_files_of_others_are_left_alone(devices: list[Device]) -> None:
    laptop, phone, _ = devices
    laptop.library.read_marks.mark(STORIES[0], read=True)
    laptop.sync()
    (path,) = files(laptop)
    for name in (
        path.name.replace(".jsonl.z", ".sync-conflict-20261122-090000-ABCDEFG.jsonl.z"),
        ".syncthing.1-2.jsonl.z.tmp",
        "notes.txt",
        "5-2.jsonl.z",
    ):
        shutil.copy(path, path.with_name(name))
    (folder_of(laptop) / "newsreader-1" / "not-a-device").mkdir()
    (folder_of(laptop) / "newsreader-1" / "not-a-device" / "1-2.jsonl.z").write_bytes(b"x")
    report = phone.sync()
    assert len(report.ignored) == 5
    assert read(phone) == {STORIES[0]}
    assert len(files(laptop)) == 7


def test_a_file_of_a_later_version_is_said_and_left_alone(
    devices: list[Device], monkeypatch: pytest.MonkeyPatch
) -> None:
    laptop, phone, _ = devices
    laptop.library.read_marks.mark(STORIES[0], read=True)
    with monkeypatch.context() as patch:
        patch.setattr("newsreader.devices.segments.VERSION", 2)
        laptop.sync()
    report = phone.sync()
    assert [problem.kind for problem in report.problems] == ["devices-file-newer"]
    assert len(files(laptop)) == 2


def test_a_file_under_the_name_of_another_is_not_read(devices: list[Device]) -> None:
    laptop, phone, _ = devices
    laptop.library.read_marks.mark(STORIES[0], read=True)
    laptop.sync()
    (path,) = files(laptop)
    other = path.parent.with_name("0123456789abcdef") / path.name
    other.parent.mkdir()
    path.rename(other)
    assert [problem.kind for problem in phone.sync().problems] == ["devices-file-damaged"]
    assert read(phone) == set()


def test_files_that_come_late_twice_and_in_any_order(devices: list[Device]) -> None:
    laptop, phone, desk = devices
    for number in range(6):
        laptop.library.read_marks.mark(STORIES[number % 4], read=number < 4)
        laptop.sync()
    names = files(laptop)
    away = folder_of(laptop).parent / "away"
    away.mkdir()
    for path in names:
        path.rename(away / path.name)
    for path in [*reversed(names[2:]), *names[:3]]:
        shutil.copy(away / path.name, path)
        phone.sync()
    sync_all(*devices)
    assert state(phone) == state(laptop) == state(desk)
    assert read(phone) == set(STORIES[2:4])


def test_a_file_of_this_device_that_somebody_deleted_is_stored_again(devices: list[Device]) -> None:
    laptop, phone, _ = devices
    for number in range(3):
        laptop.library.read_marks.mark(STORIES[number], read=True)
        laptop.sync()
    files(laptop)[1].unlink()
    laptop.sync()
    phone.sync()
    assert read(phone) == set(STORIES[:3])
    assert laptop.sync().is_new_device is False


def test_an_empty_place_is_not_taken_for_the_place(devices: list[Device]) -> None:
    laptop = devices[0]
    laptop.library.read_marks.mark(STORIES[0], read=True)
    laptop.sync()
    folder_of(laptop).rename(folder_of(laptop).with_name("unmounted"))
    with pytest.raises(TransportError, match="no such folder"):
        laptop.sync()
    folder_of(laptop).mkdir()
    with pytest.raises(EmptyPlaceError):
        laptop.sync()
    assert files(laptop) == []


class Dying(FolderTransport):
    """A folder that stores a file and then ends the program, or stores half of one."""

    def __init__(self, folder: Path, *, half: bool) -> None:
        super().__init__(folder)
        self.half = half
        self.is_dying = True

    def put_new(self, name: str, data: bytes) -> None:
        if not self.is_dying:
            super().put_new(name, data)
            return
        self.is_dying = False
        super().put_new(name, data)
        if self.half:
            self._path(name).write_bytes(data[: len(data) // 2])
        raise KeyboardInterrupt


@pytest.mark.parametrize("half", [False, True])
def test_ending_between_storing_a_file_and_noting_it_loses_nothing(devices: list[Device], half: bool) -> None:
    laptop, phone, desk = devices
    name = laptop.id
    laptop.transport = Dying(folder_of(laptop), half=half)
    laptop.library.read_marks.mark(STORIES[0], read=True)
    with pytest.raises(KeyboardInterrupt):
        laptop.sync()
    laptop.library.read_marks.mark(STORIES[1], read=True)
    sync_all(*devices)
    assert laptop.id == name
    assert read(phone) == read(desk) == set(STORIES[:2])
    assert state(phone) == state(laptop)


# --- clones and backups ---------------------------------------------------------------------------


def test_a_restored_backup_takes_a_new_name_and_nothing_is_lost(devices: list[Device]) -> None:
    laptop, phone, desk = devices
    laptop.library.read_marks.mark(STORIES[0], read=True)
    sync_all(*devices)
    backup = laptop.data / "backup.db"
    laptop.library.backups.copy_to(backup)
    laptop.library.read_marks.mark_all(STORIES[1:3])
    laptop.sync()
    old = laptop.id
    laptop.library.close()
    shutil.copy(backup, laptop.data / "library.db")
    laptop = Device(laptop.data, laptop.transport, clock=laptop.clock)
    assert laptop.id == old
    laptop.library.read_marks.mark_all(STORIES[5:9])
    assert laptop.sync().is_new_device
    assert laptop.id != old
    sync_all(laptop, phone, desk)
    assert read(laptop) == read(phone) == read(desk) == {*STORIES[:3], *STORIES[5:9]}
    assert not laptop.sync().is_new_device


def clone(device: Device, data: Path, machine: str) -> Device:
    data.mkdir()
    shutil.copy(device.data / "library.db", data / "library.db")
    made = Device(data, device.transport)
    made.machine = machine
    return made


def test_a_cloned_home_on_another_computer_takes_a_new_name_at_once(devices: list[Device], tmp_path: Path) -> None:
    laptop, phone, desk = devices
    laptop.library.read_marks.mark(STORIES[0], read=True)
    sync_all(*devices)
    other = clone(laptop, tmp_path / "clone", "clone")
    laptop.library.read_marks.mark(STORIES[1], read=True)
    other.library.read_marks.mark(STORIES[2], read=True)
    assert other.sync().is_new_device
    assert other.id != laptop.id
    assert not laptop.sync().is_new_device
    sync_all(laptop, phone, desk, other)
    assert state(laptop) == state(phone) == state(other)
    assert read(other) == set(STORIES[:3])


def test_a_clone_that_looks_like_the_same_computer_is_noticed_by_what_it_sends(
    devices: list[Device], tmp_path: Path
) -> None:
    laptop, phone, desk = devices
    laptop.library.read_marks.mark(STORIES[0], read=True)
    sync_all(*devices)
    other = clone(laptop, tmp_path / "clone", laptop.machine)
    laptop.library.read_marks.mark(STORIES[1], read=True)
    other.library.read_marks.mark(STORIES[2], read=True)
    laptop.sync()
    assert other.sync().is_new_device
    sync_all(laptop, phone, desk, other)
    assert read(laptop) == read(phone) == read(other) == set(STORIES[:3])


def test_a_clone_of_a_library_that_had_not_sent_anything_yet_hides_nothing_of_it(
    devices: list[Device], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    laptop, phone, _ = devices
    laptop.library.read_marks.mark(STORIES[0], read=True)
    other = clone(laptop, tmp_path / "clone", laptop.machine)
    laptop.library.read_marks.mark(STORIES[1], read=True)
    laptop.clock.now = NOW + timedelta(hours=1)
    with monkeypatch.context() as patch:
        patch.setattr(laptop.transport, "put_new", _unreachable)
        with pytest.raises(TransportError):
            laptop.sync()
    other.sync()  # under the name of both, with the numbers of what the laptop could not send
    laptop.sync()
    phone.sync()
    assert read(phone) == set(STORIES[:2])


def _unreachable(name: str, _: bytes) -> None:
    raise TransportError(name, "unreachable")


def test_two_clones_that_wrote_one_name_at_once_lose_nothing(devices: list[Device], tmp_path: Path) -> None:
    laptop, phone, desk = devices
    laptop.library.read_marks.mark(STORIES[0], read=True)
    sync_all(*devices)
    other = clone(laptop, tmp_path / "clone", laptop.machine)
    laptop.library.read_marks.mark(STORIES[1], read=True)
    other.library.read_marks.mark(STORIES[2], read=True)
    before = files(laptop)
    laptop.sync()
    (own,) = set(files(laptop)) - set(before)
    body = own.read_bytes()
    own.unlink()
    other.sync()  # each has not seen yet what the other sent
    (its,) = set(files(laptop)) - set(before)
    assert its == own
    shutil.copy(its, its.with_name(its.name.replace(".jsonl.z", ".sync-conflict-1.jsonl.z")))
    phone.sync()
    its.write_bytes(body)
    sync_all(other, laptop, phone, desk)
    assert read(laptop) == read(phone) == read(other) == read(desk) == set(STORIES[:3])
    assert laptop.id != other.id


# --- snapshots ------------------------------------------------------------------------------------


def test_many_files_become_a_snapshot_that_a_new_device_reads(devices: list[Device], tmp_path: Path) -> None:
    laptop, phone, desk = devices
    for number in range(70):
        laptop.library.read_marks.mark(STORIES[number % 50], read=number < 50)
        laptop.sync()
    sync_all(*devices, rounds=1)
    laptop.clock.now += timedelta(days=2)
    phone.clock.now = desk.clock.now = laptop.clock.now
    sync_all(*devices)
    laptop.sync()
    own = [each for each in listing_of(laptop.transport.list("newsreader-1/")).segments if each.device == laptop.id]
    assert own[0].is_snapshot
    assert len(own) < 20
    new = Device(tmp_path / "new", laptop.transport)
    new.sync()
    assert state(new) == state(laptop) == state(phone)
    sync_all(*devices, new)
    assert laptop.sync().problems == ()


def test_files_are_kept_for_a_device_that_has_not_read_them_but_not_for_ever(devices: list[Device]) -> None:
    laptop, phone, _ = devices
    sync_all(*devices)
    for number in range(70):
        laptop.library.read_marks.mark(STORIES[number % 50], read=number < 50)
        laptop.sync()
    laptop.sync()
    assert len([path for path in files(laptop) if path.parent.name == laptop.id]) > 64
    laptop.clock.now += timedelta(days=181)
    laptop.sync()
    assert len([path for path in files(laptop) if path.parent.name == laptop.id]) < 20
    phone.clock.now = laptop.clock.now
    phone.library.read_marks.mark(STORIES[49], read=True)
    sync_all(*devices)
    assert state(laptop) == state(phone)


# --- articles -------------------------------------------------------------------------------------


def saved(url: str, text: str) -> SavedArticle:
    page = Page(url, "Harbour", article=Article(url, "Harbour", (Paragraph((Span(text),)),)))
    response = Response(url, url, 200, "text/html", b"<p>" + text.encode(), None, None, NOW)
    return SavedArticle(url, page, (SavedPicture(f"{url}.png", "image/png", b"picture"),), response, NOW)


def test_a_part_that_is_not_there_any_more_is_stored_again_by_whoever_has_it(devices: list[Device]) -> None:
    laptop, phone, desk = devices
    laptop.library.saved.save(saved(STORIES[0], "The harbour is open."))
    laptop.sync()
    phone.sync()
    for path in files(laptop):
        if "blobs" in path.parts:
            path.unlink()
    assert desk.sync().articles_received == 0
    phone.sync()
    assert desk.sync().articles_received == 1
    before = files(laptop)
    sync_all(*devices)
    assert [path for path in files(laptop) if "blobs" in path.parts] == [p for p in before if "blobs" in p.parts]


def test_saved_articles_come_whole_to_those_that_keep_them(devices: list[Device]) -> None:
    laptop, phone, desk = devices
    phone.keep, desk.keep = "marks", "everything"
    laptop.library.saved.save(saved(STORIES[0], "The harbour is open."))
    assert laptop.sync().articles_sent == 1
    assert phone.sync().articles_received == 0
    assert desk.sync().articles_received == 1
    assert phone.library.saved.which_address_only(STORIES) == {STORIES[0]}
    article = desk.library.saved.article(STORIES[0])
    assert article is not None
    assert (article.page, article.pictures) == (saved(STORIES[0], "The harbour is open.").page, article.pictures)
    assert article.pictures[0].body == b"picture"
    assert article.response is None  # the laptop does not send it
    assert desk.library.saved.rows() == laptop.library.saved.rows()
    assert desk.sync().sent == 0


def test_the_original_page_travels_where_everything_is_kept(devices: list[Device]) -> None:
    laptop, _, desk = devices
    laptop.keep = desk.keep = "everything"
    laptop.library.saved.save(saved(STORIES[0], "The harbour is open."))
    sync_all(laptop, desk)
    article = desk.library.saved.article(STORIES[0])
    assert article is not None
    assert article.response is not None
    assert article.response.body == b"<p>The harbour is open."


def test_a_part_that_is_damaged_or_not_there_yet_is_said_and_fetched_later(devices: list[Device]) -> None:
    laptop, phone, _ = devices
    laptop.library.saved.save(saved(STORIES[0], "The harbour is open."))
    laptop.sync()
    (part, *_) = [path for path in files(laptop) if path.parent.name == "blobs"]
    body = part.read_bytes()
    part.write_bytes(body[:-1])
    assert [problem.kind for problem in phone.sync().problems] == ["devices-file-damaged"]
    part.unlink()
    assert [problem.kind for problem in phone.sync().problems] == ["devices-missing"]
    part.write_bytes(body)
    assert phone.sync().articles_received == 1


def test_the_text_of_an_article_removed_from_the_saved_ones_is_dropped_and_can_come_again(
    devices: list[Device],
) -> None:
    laptop, phone, desk = devices
    laptop.library.saved.save(saved(STORIES[0], "The harbour is open."))
    sync_all(laptop, phone)
    phone.library.saved.remove(STORIES[0])
    sync_all(laptop, phone)
    assert [path for path in files(laptop) if path.parent.name == "blobs"] == []
    laptop.library.undo_log.undo()  # of saving
    laptop.library.saved.save(saved(STORIES[0], "The harbour is open."))
    sync_all(laptop, desk)
    assert desk.library.saved.article(STORIES[0]) is not None


# --- hostile records ------------------------------------------------------------------------------


def test_a_forged_file_cannot_bring_passwords_commands_or_other_peoples_choices(devices: list[Device]) -> None:
    phone, url = devices[1], "https://u:secret@vesti.example/1"
    records = [
        Record(1, 5, "preference/private-hosts", {"a:80": ["127.0.0.1"]}, "f" * 16),
        Record(2, 5, "preference/settings", {"network.proxy": "http://evil.example"}, "f" * 16),
        Record(3, 5, "shelf/unknown", "later", "f" * 16),
        Record(4, 5, "read/vesti.example/1", {"url": url, "at": NOW.isoformat(), "opened": 0}, "f" * 16),
    ]
    name = segment_name("f" * 16, 1, 4)
    phone.transport.put_new(name.name, encoded(name, records))
    assert phone.sync().refused == 2
    assert phone.library.preferences.get("private-hosts") is None
    assert phone.library.preferences.get("settings") is None
    assert "secret" not in repr(state(phone))


def test_no_credentials_are_in_the_folder(devices: list[Device]) -> None:
    laptop = devices[0]
    library = laptop.library
    url = "https://reader:hunter2@vesti.example/1"
    library.read_marks.mark(url, read=True)
    library.later.add([(url, "Later")])
    library.tags.change(url, "Story", add=["tag"])
    library.positions.save(url, 1, "words")
    library.saved.save(saved(url, "Text"))
    library.sources.add(Source(0, url, "Town", SourceKind.FEED, NOW))
    source = library.sources.all()[0]
    header = replace(source.settings, headers=(("Authorization", "Basic aHVudGVyMg=="),))
    library.sources.change([replace(source, settings=header)])
    laptop.sync()
    segments = listing_of(laptop.transport.list("newsreader-1/")).segments
    for segment in segments:
        words = repr(decoded(segment, laptop.transport.get(segment.name)))
        assert "hunter2" not in words
        assert "aHVudGVyMg" not in words
        assert "vesti.example" in words


def test_an_upgrade_takes_up_what_came_before_it(devices: list[Device], monkeypatch: pytest.MonkeyPatch) -> None:
    laptop, phone, _ = devices
    laptop.library.read_marks.mark(STORIES[0], read=True)
    laptop.sync()
    from newsreader.storage import journal

    with monkeypatch.context() as patch:
        patch.setattr(journal, "_KINDS", {k: v for k, v in journal._KINDS.items() if k != "read"})
        phone.sync()
        assert read(phone) == set()
    assert phone.sync().received == {laptop.id: {"read": 1}}
    assert read(phone) == {STORIES[0]}


def test_what_it_takes_to_take_over_records_grows_with_their_number_alone(tmp_path: Path) -> None:
    def apply(count: int) -> None:
        device = Device(tmp_path / f"{count} {next(number)}", FolderTransport(tmp_path))
        records = [
            Record(
                n, n, f"read/vesti.example/{n}", {"url": f"https://vesti.example/{n}", "at": at, "opened": 0}, "f" * 16
            )
            for n in range(1, count + 1)
        ]
        assert len(device.library.journal.apply(records, READER).changed) == count
        device.library.close()

    number, at = itertools.count(), NOW.isoformat()
    assert_linear(apply, 20_000)


def test_two_programs_on_one_library_see_one_journal(devices: list[Device]) -> None:
    laptop, phone, _ = devices
    second = Library.open(laptop.data / "library.db", now=laptop.clock)
    second.read_marks.mark(STORIES[0], read=True)
    laptop.library.read_marks.mark(STORIES[1], read=True)
    laptop.sync()
    second.read_marks.mark(STORIES[0], read=False)
    second.close()
    laptop.sync()
    phone.sync()
    assert read(phone) == {STORIES[1]}


def test_what_another_program_brings_into_the_library_is_known_by_the_last_number(devices: list[Device]) -> None:
    laptop, phone, _ = devices
    laptop.sync()
    beside = Library.open(laptop.data / "library.db", now=laptop.clock)
    before = beside.journal.last_number(), beside.journal.last_brought(["rule"])
    phone.library.read_marks.mark(STORIES[0], read=True)
    sync_all(phone, laptop, rounds=1)
    after_marks = beside.journal.last_number(), beside.journal.last_brought(["rule"])
    assert after_marks[0] > before[0]
    assert after_marks[1] == before[1]
    phone.library.query_rules.add(QueryRule(0, "hide", "sport", ""))
    sync_all(phone, laptop, rounds=1)
    assert beside.journal.last_brought(["preference", "rule"]) > after_marks[1]
    beside.close()


def test_what_cannot_be_read_is_said_and_stops_nothing() -> None:
    with unprivileged() as place:
        laptop, phone, desk = make_devices(place, "laptop", "phone", "desk")
        for device, url in ((laptop, STORIES[0]), (phone, STORIES[1]), (desk, STORIES[2])):
            device.library.read_marks.mark(url, read=True)
        sync_all(phone, desk, rounds=1)
        its_folder, its_file = folder_of(phone) / "newsreader-1" / phone.id, files(phone)[0]
        if its_file.parent == its_folder:
            its_file = files(phone)[-1]
        its_folder.chmod(0)
        its_file.chmod(0)
        report = laptop.sync()
        assert {each.kind for each in report.problems} == {"devices-unreadable"}
        assert len(report.problems) == 2
        assert (read(laptop), report.sent) == ({STORIES[0]}, 1)
        its_file.chmod(0o600)
        report = laptop.sync()
        assert (read(laptop), len(report.problems)) == ({STORIES[0], STORIES[2]}, 1)
        its_folder.chmod(0o700)
        assert laptop.sync().problems == ()
        assert read(laptop) == set(STORIES[:3])


def test_other_folders_are_read_even_if_the_own_one_cannot_be() -> None:
    with unprivileged() as place:
        laptop, phone = make_devices(place, "laptop", "phone")
        laptop.library.read_marks.mark(STORIES[0], read=True)
        sync_all(laptop, phone)
        own = folder_of(laptop) / "newsreader-1" / laptop.id
        before = files(laptop)
        phone.library.read_marks.mark(STORIES[1], read=True)
        phone.sync()
        own.chmod(0)
        with pytest.raises(PlaceForbiddenError):  # it has read more, and cannot say so
            laptop.sync()
        assert read(laptop) == set(STORIES[:2])
        own.chmod(0o700)
        laptop.sync()
        assert set(before) < set(files(laptop))


@pytest.mark.parametrize("kind", ["pipe", "directory", "socket", "link"])
def test_what_is_no_file_is_read_past_named_and_left_there(devices: list[Device], kind: str, tmp_path: Path) -> None:
    laptop, phone, _ = devices
    laptop.library.read_marks.mark(STORIES[0], read=True)
    laptop.sync()
    phone.sync()
    for device in (laptop, phone):
        put_odd(kind, folder_of(laptop) / "newsreader-1" / device.id / "30-39.jsonl.z", tmp_path)
    laptop.library.read_marks.mark(STORIES[1], read=True)
    for _ in range(2):
        reports = [laptop.sync(), phone.sync()]
        for report in reports:
            names = {f"newsreader-1/{device.id}/30-39.jsonl.z" for device in (laptop, phone)}
            assert set(report.ignored) == names
            assert report.problems == ()
    assert read(phone) == set(STORIES[:2])
    for device in (laptop, phone):
        path = folder_of(laptop) / "newsreader-1" / device.id / "30-39.jsonl.z"
        laptop.transport.delete(path.relative_to(folder_of(laptop)).as_posix())
        assert os.path.lexists(path)


def put_odd(kind: str, path: Path, short: Path) -> None:
    """Replace a file with something else."""
    match kind:
        case "pipe":
            os.mkfifo(path)
        case "directory":
            path.mkdir()
        case "link":
            path.symlink_to(path.name)
        case _:
            with socket.socket(socket.AF_UNIX) as bound:
                bound.bind(str(short / path.parent.name[:4]))
            (short / path.parent.name[:4]).rename(path)


def test_a_device_that_was_forgotten_and_writes_again_is_listed_again(devices: list[Device]) -> None:
    laptop, phone, desk = devices
    sync_all(*devices)
    phone.forget(desk.id)
    assert desk.id not in listed(phone)
    sync_all(phone, laptop)
    assert desk.id not in listed(laptop)
    desk.sync()
    assert listed(desk)[0] == desk.id
    sync_all(phone, laptop)
    assert desk.id in listed(phone)
    assert desk.id in listed(laptop)
    assert [device.sync().sent for device in devices] == [0, 0, 0]


def test_a_device_that_has_left_is_not_listed_again_by_the_file_that_says_so(devices: list[Device]) -> None:
    laptop, phone, _ = devices
    sync_all(*devices)
    phone.forget(phone.id)
    phone.sync()
    laptop.sync()
    assert phone.id not in listed(laptop)


def listed(device: Device) -> list[str]:
    return [each.id for each in devices_of(device.library.journal, device.library.journal_files)]


@pytest.mark.parametrize("first", [0, 1, 2])
def test_undoing_takes_no_source_from_a_device_that_has_added_it_by_itself(tmp_path: Path, first: int) -> None:
    devices = make_devices(tmp_path, "laptop", "phone", "desk")
    for number, device in enumerate(devices):
        added = NOW + timedelta(minutes=(number - first) % 3)
        device.library.sources.add(Source(0, STORIES[0], "Town", SourceKind.FEED, added))
    sync_all(*devices)
    for device in devices:
        device.library.undo_log.session = "a later run"
        while device.library.undo_log.undo() is not None:
            pass
    sync_all(*devices)
    assert [[each.url for each in device.library.sources.all()] for device in devices] == [[STORIES[0]]] * 3


def test_undoing_brings_back_the_source_that_gave_way_to_one_of_the_same_address(devices: list[Device]) -> None:
    laptop, phone, _ = devices
    sync_all(laptop, phone)
    laptop.library.sources.add(Source(0, STORIES[0], "Town of the laptop", SourceKind.FEED, NOW))
    added = phone.library.sources.add(Source(0, STORIES[1], "Town of the phone", SourceKind.FEED, NOW))
    phone.library.sources.change([replace(added, url=STORIES[0])])
    sync_all(laptop, phone, rounds=1)
    assert [each.title for each in phone.library.sources.all()] == ["Town of the laptop"]
    phone.library.undo_log.session = "a later run"
    change = phone.library.undo_log.undo()
    assert change is not None
    assert change.action == UNDO
    assert [each.title for each in phone.library.sources.all()] == ["Town of the phone"]
    sync_all(*devices)
    assert [[each.url for each in device.library.sources.all()] for device in devices] == [[STORIES[0]]] * 3
