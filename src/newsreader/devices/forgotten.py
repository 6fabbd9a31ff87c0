"""Devices that nobody waits for: what they stored is dropped once it is safe elsewhere and everyone has read it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime

from newsreader.devices.coverage import covered_until
from newsreader.devices.roster import acknowledged, active_devices, gone_devices
from newsreader.devices.segments import PlaceContents, SegmentName, listing_of
from newsreader.devices.snapshots import Snapshots
from newsreader.devices.transport import PlaceForbiddenError, Transport
from newsreader.storage.journal import DEVICES, Journal, Record
from newsreader.storage.journal_files import FileState, JournalFiles
from newsreader.values import dataclass

_KEPT = "kept"  # device/<device>/kept: whose snapshot holds what a device had stored


@dataclass(frozen=True, slots=True)
class _Kept:
    """Where the records of a device are that nobody waits for.

    Attributes:
        read: Up to which of its records.
        holder: The device that has stored them again.
        snapshot: The last record in the snapshot of the holder.
    """

    read: int
    holder: str
    snapshot: int

    def snapshots_in(self, files: Iterable[SegmentName]) -> list[SegmentName]:
        """Return the snapshots that hold the records, the newest first."""
        fitting = (each for each in files if each.is_snapshot and each.device == self.holder)
        return sorted((each for each in fitting if each.last >= self.snapshot), key=lambda each: -each.last)


class ForgottenDevices:
    """Drops the files of devices that were forgotten or have left, and finds their records for those who come later.

    Only what is in a snapshot of a device that is in use is dropped, and only when that one has said so in its journal.
    """

    def __init__(
        self,
        journal: Journal,
        files: JournalFiles,
        transport: Transport,
        snapshots: Snapshots,
        now: Callable[[], datetime],
    ) -> None:
        self._journal = journal
        self._files = files
        self._transport = transport
        self._snapshots = snapshots
        self._now = now

    def read_until(self, device: str) -> int:
        """Return up to which of a device's records this one has read, be it in the snapshot of another one."""
        names = listing_of(self._files.all()).segments
        kept = _kept_of(self._journal.values(f"device/{device}/").get(f"device/{device}/{_KEPT}"))
        is_known = kept is not None and (kept.holder == self._journal.device or bool(kept.snapshots_in(names)))
        own_files = [each for each in names if each.device == device]
        return covered_until(own_files, kept.read if kept is not None and is_known else 0)

    def to_read(self, listing: PlaceContents) -> Iterator[SegmentName]:
        """Yield snapshots that hold what devices had stored whose own files are there no more, and were not read."""
        for device, record in self._kept_records():
            kept = _kept_of(record)
            if device == self._journal.device or kept is None or self.read_until(device) >= kept.read:
                continue
            known = self._files.all()
            newest = next(iter(kept.snapshots_in(listing.segments)), None)
            if newest is not None and newest.device != self._journal.device and newest.name not in known:
                yield newest

    def done_with(self, listing: PlaceContents) -> frozenset[str]:
        """Return the devices that nobody waits for and of which all that is there was read here."""
        gone = gone_devices(listing.devices, self._journal.device, self._journal.values("device/"))
        return frozenset(
            device
            for device in gone
            if self.read_until(device)
            >= max((each.last for each in listing.segments if each.device == device), default=0)
        )

    def drop(self, listing: PlaceContents) -> None:
        """Drop the files of such devices, or prepare for it."""
        values = self._journal.values("device/")
        own = self._journal.device
        for device in sorted(self.done_with(listing)):
            files = [each for each in listing.segments if each.device == device]
            last = max((each.last for each in files), default=0)
            if (
                not files
                or listing.is_hidden(device)
                or min(acknowledged(device, own, values, self._now()), default=last) < last
            ):
                continue
            record = values.get(f"device/{device}/{_KEPT}")
            kept = _kept_of(record)
            if record is None or kept is None or kept.read < last or kept.holder not in self._active(values):
                if own == self._holder(device, values):
                    self._keep(device, last, values, listing)
            elif kept.holder == own and self._is_safe(kept, record, listing):
                self._delete(files)

    def _is_safe(self, kept: _Kept, record: Record, listing: PlaceContents) -> bool:
        """Return whether a snapshot of this device was read back as it was stored, and those who come later know of it.

        A snapshot that was damaged since is stored again, under the name that the next one has.
        """
        if record.i > self._journal.readers()[DEVICES]:
            return False
        known = self._files.all()
        found = [known[each.name].state for each in kept.snapshots_in(listing.segments) if each.name in known]
        if FileState.VERIFIED in found:
            return True
        self._snapshots.store()
        return False

    def _keep(self, device: str, last: int, values: Mapping[str, Record], listing: PlaceContents) -> None:
        """Store what devices had stored that are in use no more, unless a snapshot has it, and say so."""
        own, known = self._journal.device, self._files.all()
        needed = max(1, self._journal.last_not_by(self._active(values)))
        wanted = _Kept(last, own, needed)
        found = [each.last for each in wanted.snapshots_in(listing.segments) if each.name in known]
        if not found and self._journal.readers()[DEVICES] >= needed:
            found = [self._snapshots.store()]
        if any(found):
            self._journal.put({f"device/{device}/{_KEPT}": {"read": last, "in": own, "snapshot": max(found)}})

    def _holder(self, device: str, values: Mapping[str, Record]) -> str:
        """Return which device is to keep what another one had stored: the one that forgot it, if that is in use."""
        active = self._active(values)
        forgotten_by = values[f"device/{device}/forgotten"].device
        return forgotten_by if forgotten_by in active else min(active)

    def _active(self, values: Mapping[str, Record]) -> frozenset[str]:
        return active_devices(self._journal.device, values, self._now())

    def _delete(self, files: list[SegmentName]) -> None:
        for each in files:
            try:
                self._transport.delete(each.name)
            except PlaceForbiddenError:  # it belongs to another user, and may stay as well
                return

    def _kept_records(self) -> list[tuple[str, Record]]:
        values = self._journal.values("device/")
        return [(key.split("/")[1], each) for key, each in values.items() if key.endswith(f"/{_KEPT}")]


def _kept_of(record: Record | None) -> _Kept | None:
    value = record.v if record is not None and isinstance(record.v, dict) else {}
    read, holder, snapshot = value.get("read"), value.get("in"), value.get("snapshot")
    if isinstance(read, int) and isinstance(holder, str) and isinstance(snapshot, int):
        return _Kept(read, holder, snapshot)
    return None
