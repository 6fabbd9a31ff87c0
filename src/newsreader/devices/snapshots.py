"""Many small files of a device become one, and those that all others have read are dropped."""

from collections.abc import Callable
from datetime import datetime

from newsreader.devices.roster import acknowledged
from newsreader.devices.segments import PlaceContents, digest_of, encoded, segment_name
from newsreader.devices.transport import NameTakenError, Transport
from newsreader.storage.journal import DEVICES, Journal
from newsreader.storage.journal_files import FileState, JournalFile, JournalFiles

MANY_FILES = 64  # of a device: then they become one snapshot


class Snapshots:
    """Keeps the files of this device few."""

    def __init__(
        self, journal: Journal, files: JournalFiles, transport: Transport, now: Callable[[], datetime]
    ) -> None:
        self._journal = journal
        self._files = files
        self._transport = transport
        self._now = now

    def drop_old(self, listing: PlaceContents) -> None:
        """Replace this device's own files by a snapshot where there are many; drop those that all others have read."""
        device = self._journal.device
        own = [each for each in listing.segments if each.device == device]
        segments = [each for each in own if not each.is_snapshot]
        last = max((each.last for each in own if each.is_snapshot), default=0)
        if len([each for each in segments if each.last > last]) >= MANY_FILES:
            last = self.store() or last
        elif not last:
            return
        values = self._journal.values("device/")
        read_by_all = min([last, *acknowledged(device, device, values, self._now())])
        old = [each for each in segments if each.last <= read_by_all]
        for each in (*old, *(each for each in own if each.is_snapshot and each.last < last)):
            self._transport.delete(each.name)
            self._files.forget(each.name)

    def store(self) -> int:
        """Store everything that is known here, of others too.

        Return the last of this device's records in it, 0 if it was not stored.
        """
        device, last = self._journal.device, self._journal.readers()[DEVICES]
        segment = segment_name(device, 0, last)
        data = encoded(segment, self._journal.all(last))
        self._files.put(JournalFile(segment.name, device, digest_of(data), FileState.INTENDED))
        try:
            self._transport.put_new(segment.name, data)
        except NameTakenError:  # half of a file: the next one has another name
            return 0
        self._files.put(JournalFile(segment.name, device, digest_of(data)))
        return last
