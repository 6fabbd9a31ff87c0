"""Which devices use the library, as far as the journal says."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from newsreader.devices.coverage import covered_until
from newsreader.devices.segments import listing_of
from newsreader.devices.values import DeviceInfo
from newsreader.storage.columns import time_or_none
from newsreader.storage.journal import DEVICES, Journal, Record
from newsreader.storage.journal_files import JournalFiles
from newsreader.text import line

_LONGEST_NAME = 60
_SILENT = timedelta(days=180)  # nobody waits longer for a device to have read a file before it is dropped


def devices_of(journal: Journal, files: JournalFiles) -> tuple[DeviceInfo, ...]:
    """Return the known devices, this one first, then the others by when they synced last.

    A device that was forgotten is among them again once it has written.

    Raises:
        StoreError: the library cannot be read.
    """
    values = journal.values("device/")
    own, names = journal.device, listing_of(files.all()).segments
    known = dict.fromkeys((own, *(_device_of(key) for key in values), *(each.device for each in names)))
    found = [
        _info(device, own, values, covered_until(each for each in names if each.device == device), journal)
        for device in known
        if device and (device == own or not is_forgotten(device, values))
    ]
    return tuple(sorted(found, key=lambda each: (not each.is_this, -_seconds(each), each.id)))


def name_of(device: str, values: Mapping[str, Record]) -> str:
    """Return the name of a device: the one that it was given, else the beginning of its identity."""
    record = values.get(f"device/{device}/name")
    name = record.v.get("name") if record is not None and isinstance(record.v, dict) else None
    return line(name, _LONGEST_NAME) if isinstance(name, str) and name.strip() else device[:8]


def is_forgotten(device: str, values: Mapping[str, Record]) -> bool:
    """Return whether nobody waits for a device: it has left, or was forgotten and has not written since."""
    forgotten, seen = values.get(f"device/{device}/forgotten"), values.get(f"device/{device}/seen")
    if forgotten is None or forgotten.v is None:
        return False
    return has_left(device, values) or seen is None or seen.t <= forgotten.t


def has_left(device: str, values: Mapping[str, Record]) -> bool:
    """Return whether a device has announced that it stopped syncing."""
    forgotten = values.get(f"device/{device}/forgotten")
    return forgotten is not None and forgotten.v is not None and forgotten.device == device


def gone_devices(devices: Iterable[str], own: str, values: Mapping[str, Record]) -> frozenset[str]:
    """Return those of devices that nobody waits for; never this one."""
    return frozenset(each for each in devices if each != own and is_forgotten(each, values))


def active_devices(own: str, values: Mapping[str, Record], now: datetime) -> frozenset[str]:
    """Return the devices that are waited for: this one, and those that were heard of within half a year."""
    heard = (key.split("/")[1] for key in values if key.endswith("/seen"))
    return frozenset(
        {own, *(each for each in heard if not is_forgotten(each, values) and _is_heard(each, values, now))}
    )


def acknowledged(device: str, own: str, values: Mapping[str, Record], now: datetime) -> list[int]:
    """Return up to which of a device's records each device has read that is waited for, this one left out."""
    return [
        _number(_seen(each, values).get("read"), device) for each in active_devices(own, values, now) - {own, device}
    ]


def _is_heard(device: str, values: Mapping[str, Record], now: datetime) -> bool:
    at = time_or_none(_seen(device, values).get("at"))
    return at is not None and now - at < _SILENT


def _info(device: str, own: str, values: Mapping[str, Record], covered: int, journal: Journal) -> DeviceInfo:
    seen = _seen(device, values)
    if device == own:
        read, behind = journal.readers().get(DEVICES, 0), journal.count_after(DEVICES)
    else:
        read = _number(seen.get("read"), own)
        behind = journal.count_after(DEVICES, read)
    others = [_number(_seen(_device_of(key), values).get("read"), device) for key in values if key.endswith("/seen")]
    waiting = 0 if device == own else max(0, max(others, default=0) - covered)
    at = time_or_none(seen.get("at") if isinstance(seen.get("at"), str) else None)
    return DeviceInfo(device, name_of(device, values), device == own, at, behind, waiting)


def _device_of(key: str) -> str:
    return key.split("/")[1]


def _seen(device: str, values: Mapping[str, Record]) -> Mapping[str, Any]:
    record = values.get(f"device/{device}/seen")
    return record.v if record is not None and isinstance(record.v, dict) else {}


def _number(read: object, device: str) -> int:
    number = read.get(device) if isinstance(read, dict) else None
    return number if isinstance(number, int) else 0


def _seconds(info: DeviceInfo) -> float:
    return info.seen_at.timestamp() if info.seen_at is not None else 0.0
