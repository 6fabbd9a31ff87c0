"""At its end the program sends what the other devices lack, if that takes a moment, and never holds the reader up."""

import shutil
import stat
import threading
from pathlib import Path

import pytest

from newsreader.devices.folder import FolderTransport
from newsreader.models import Headline
from newsreader.service.devices import ExchangeBusyError
from newsreader.service.facade import NewsService
from newsreader.service.last_exchange import LastExchange, exchange_at_end
from newsreader.settings import Directories, Settings
from newsreader.storage.lock import alone
from tests.services import directories
from tests.storage.values import Clock
from tests.worker import shared_sandbox

URL = "https://vesti.example/1"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "Sync").mkdir()
    return tmp_path / "Sync"


async def join_and_change(own: Directories, clock: Clock, place: str) -> None:
    async with NewsService(own, Settings(), clock=clock, sandbox=shared_sandbox()) as service:
        await service.sync.devices.join(place, None, name="", keep="saved")
        await service.later.add([Headline(URL, "Story")])


def stored(folder: Path) -> int:
    return len(list(folder.rglob("*.jsonl.z")))


async def test_what_was_changed_is_in_the_folder_when_the_program_has_ended(
    own_directories: Path, clock: Clock, folder: Path
) -> None:
    own = directories(own_directories)
    assert await exchange_at_end(own, Settings(), clock) is LastExchange.DONE
    assert not (own.data / "library.db").exists()  # nobody has joined: nothing is opened
    await join_and_change(own, clock, str(folder))
    before = stored(folder)
    assert await exchange_at_end(own, Settings(), clock, longest_s=60) is LastExchange.DONE
    assert stored(folder) == before + 1
    assert await exchange_at_end(own, Settings(), clock, longest_s=60) is LastExchange.DONE
    assert stored(folder) == before + 1


async def test_what_is_slow_is_left_for_the_next_time(own_directories: Path, clock: Clock, tmp_path: Path) -> None:
    own, log = directories(own_directories), tmp_path / "log"
    script = tmp_path / "place"
    script.write_text(f'#!/bin/sh\necho "$1" >> {log}\n[ "$1" = put ] && cat >{tmp_path}/file\n'
                      f'[ "$1" = get ] && cat {tmp_path}/file\nexit 0\n')  # fmt: skip
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    await join_and_change(own, clock, f"command:{script}")
    before = log.read_text()
    assert await exchange_at_end(own, Settings(), clock, longest_s=60) is LastExchange.NEXT_TIME
    assert log.read_text() == before


async def test_a_folder_that_is_gone_or_answers_nothing_is_not_waited_for(
    own_directories: Path, clock: Clock, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = directories(own_directories)
    await join_and_change(own, clock, str(folder))
    shutil.move(folder, folder.with_name("elsewhere"))
    assert await exchange_at_end(own, Settings(), clock, longest_s=60) is LastExchange.NEXT_TIME
    shutil.move(folder.with_name("elsewhere"), folder)
    hangs = threading.Event()
    monkeypatch.setattr(FolderTransport, "list", lambda *_: hangs.wait() and [])
    try:
        assert await exchange_at_end(own, Settings(), clock, longest_s=0.05) is LastExchange.CUT
    finally:
        hangs.set()


async def test_of_two_programs_at_once_one_exchanges_and_the_other_says_so(
    own_directories: Path, clock: Clock, folder: Path
) -> None:
    own = directories(own_directories)
    await join_and_change(own, clock, str(folder))
    async with NewsService(own, Settings(), clock=clock, sandbox=shared_sandbox()) as service:
        with alone(own.data / "devices.lock") as is_alone:
            assert is_alone
            with pytest.raises(ExchangeBusyError):
                await service.sync.devices.exchange()
            assert await exchange_at_end(own, Settings(), clock, longest_s=60) is LastExchange.NEXT_TIME
        report = await service.sync.devices.exchange()
    assert report is not None
    assert report.sent == 1
