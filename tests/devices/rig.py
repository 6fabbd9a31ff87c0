"""Devices for tests: each a library of its own, with a clock that can be set, over one folder."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from newsreader.devices.exchange import READER, Exchange
from newsreader.devices.folder import FolderTransport
from newsreader.devices.transport import Transport
from newsreader.devices.values import ExchangeReport, Keep
from newsreader.storage.library import Library

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


class Clock:
    """A clock that goes a second at a time, and can be set."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


class Device:
    """One library on one computer."""

    def __init__(self, data: Path, transport: Transport, keep: Keep = "saved", clock: Clock | None = None) -> None:
        self.data = data
        self.machine = data.name
        self.keep: Keep = keep
        self.transport = transport
        self.clock = clock or Clock()
        self.library = Library.open(data / "library.db", now=self.clock)
        self.library.journal.add_reader(READER)

    @property
    def id(self) -> str:
        """The name under which it writes now."""
        return self.library.journal.device

    def sync(self) -> ExchangeReport:
        """Exchange once."""
        return Exchange(self.library, self.transport, (self.machine, self.data.name), self.keep, self.clock).run()

    def forget(self, device: str) -> None:
        """Note that nobody need wait for a device."""
        self.library.journal.put({f"device/{device}/forgotten": {"at": NOW.isoformat()}})

    def leave(self) -> None:
        """Leave, and say so."""
        self.forget(self.id)
        self.sync()
        self.library.journal_files.leave(READER)

    def join_again(self) -> ExchangeReport:
        """Join again after leaving, and exchange."""
        assert self.library.journal_files.rejoin(READER)
        return self.sync()


def make_devices(tmp_path: Path, *names: str) -> list[Device]:
    """Return devices over one folder."""
    folder = tmp_path / "Sync"
    folder.mkdir(exist_ok=True)
    return [Device(tmp_path / name, FolderTransport(folder)) for name in names]


def sync_all(*devices: Device, rounds: int = 2) -> None:
    """Have every device exchange, as often as it takes for all to know all."""
    for _ in range(rounds):
        for device in devices:
            device.sync()


STATE: dict[str, str] = {
    "read": "SELECT story, url, read_at, opened FROM read_marks ORDER BY story",
    "later": "SELECT * FROM later ORDER BY story",
    "places": "SELECT * FROM places ORDER BY story",
    "tags": "SELECT * FROM tags ORDER BY story, tag",
    "rules": "SELECT action, query, tag, made_at FROM rules ORDER BY action, query, tag",
    "saved": "SELECT story, url, title FROM saved WHERE removed_at IS NULL ORDER BY story",
    "sources": "SELECT url, title, kind, folder, settings FROM sources WHERE removed_at IS NULL ORDER BY position",
    "choices": "SELECT key, value FROM choices WHERE key IN ('site-rules', 'drawn-sites') ORDER BY key",
}


def state(device: Device) -> dict[str, list[Any]]:
    """Return what travels, as the tables of a device have it."""

    def rows(query: str) -> Callable[[Any], list[Any]]:
        return lambda connection: connection.execute(query).fetchall()

    return {name: device.library.database.read(rows(query)) for name, query in STATE.items()}
