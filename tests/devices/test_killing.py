"""A program that is killed at any moment leaves records that say what the tables hold, and loses nothing kept."""

import json
import os
import random
import select
import signal
import time
from pathlib import Path

import pytest

from newsreader.devices.exchange import READER
from newsreader.devices.folder import FolderTransport
from newsreader.storage.journal_tables import snapshot_query
from newsreader.storage.journaled import TABLES
from newsreader.storage.library import Library
from tests.devices.rig import Device, state

KILLS = int(os.environ.get("NEWSREADER_KILLS", "100"))
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="programs are forked here")


def url(number: int) -> str:
    return f"https://vesti.example/{number}"


def change_and_exchange(data: Path, folder: Path, first: int, written: int) -> None:
    """Change one thing after another, say what is kept, and exchange now and then, until killed."""
    device = Device(data, FolderTransport(folder))
    number = first
    while True:
        device.library.read_marks.mark(url(number), read=True)
        device.library.tags.change(url(number), "Story", add=["port"])
        device.library.read_marks.mark(url(number - 3), read=False)
        os.write(written, b"%d\n" % number)
        number += 1
        if number % 4 == 0:
            device.sync()


def killed(data: Path, folder: Path, first: int, seconds: float) -> int:
    """Run it for so many seconds after its start, and kill it; return the last number that it has kept."""
    reading, written = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            change_and_exchange(data, folder, first, written)
        finally:
            os._exit(1)
    os.close(written)
    select.select([reading], [], [], 60)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as file:
        numbers = file.read().split(b"\n")[:-1]
    return int(numbers[-1]) if numbers else first - 1


def assert_journal_is_true(library: Library) -> None:
    """Every row has a record that says the same, and every record that says something has a row."""

    def held(connection: object) -> dict[str, object]:
        rows = [row for table in TABLES for row in connection.execute(snapshot_query(table))]  # type: ignore[attr-defined]
        return {key: json.loads(value) for key, value, _ in rows}

    records = library.journal.records_after("nobody", 0, limit=1_000_000)
    prefixes = {table.prefix for table in TABLES}
    said = {record.k: record.v for record in records if record.v is not None and record.prefix in prefixes}
    assert said == library.database.read(held)
    assert all(record.t for record in records)


def test_a_hundred_kills_lose_nothing_and_leave_record_and_row_together(tmp_path: Path) -> None:
    chance = random.Random(17)
    folder = tmp_path / "Sync"
    folder.mkdir()
    data = tmp_path / "laptop"
    first = Library.open(data / "library.db", now=Device(tmp_path / "clock", FolderTransport(folder)).clock)
    first.journal.add_reader(READER)
    name = first.journal.device
    first.close()
    last = 0
    for _ in range(KILLS):
        last = killed(data, folder, last + 1, chance.random() * 0.02)
    laptop, phone = Device(data, FolderTransport(folder)), Device(tmp_path / "phone", FolderTransport(folder))
    laptop.clock.now = phone.clock.now = phone.clock.now.replace(year=2030)
    assert_journal_is_true(laptop.library)
    assert laptop.id == name
    tagged = {story.url for story in laptop.library.tags.stories("port")}
    assert {url(number) for number in range(1, last + 1)} <= tagged
    laptop.sync()
    report = phone.sync()
    assert report.refused == 0
    assert state(phone) == state(laptop)
    assert_journal_is_true(phone.library)
    assert laptop.sync().is_new_device is False
