"""One exchange with the other devices: read what they left, leave what has changed here.

It may be interrupted at any moment, and run again: what was read is recorded with what it did, what is to be stored
before. Nothing of another device is ever changed, or deleted while that one is in use.
"""

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta

from newsreader.devices import snapshots
from newsreader.devices.articles import ArticleExchange
from newsreader.devices.coverage import covered_until
from newsreader.devices.forgotten import ForgottenDevices
from newsreader.devices.received import ReceivedChanges
from newsreader.devices.roster import has_left, is_forgotten, name_of
from newsreader.devices.segments import (
    ROOT,
    PlaceContents,
    SegmentError,
    SegmentName,
    decoded,
    digest_of,
    encoded,
    listing_of,
    segment_name,
)
from newsreader.devices.snapshots import Snapshots
from newsreader.devices.transport import (
    EmptyPlaceError,
    MissingNameError,
    NameTakenError,
    NotAFileError,
    PlaceForbiddenError,
    Transport,
    UnreadableError,
)
from newsreader.devices.values import ExchangeReport, Keep
from newsreader.errors import NewsreaderError
from newsreader.i18n import gettext
from newsreader.models import Problem
from newsreader.storage.columns import time_or_none, to_text
from newsreader.storage.journal import DEVICES, Record
from newsreader.storage.journal_files import FileState, JournalFile
from newsreader.storage.library import Library
from newsreader.text import line

READER = UNDO = DEVICES
_AT_ONCE = 50_000  # records in a file
_SEEN_EVERY = timedelta(days=1)  # that a device says how far it has read where only such news came from the others
_TRIES = 3
_ONE_FILE = (MissingNameError, NotAFileError, PlaceForbiddenError, SegmentError, UnreadableError)


class SecondWriterError(Exception):
    """Another copy of this library writes under the same name."""


class Exchange:
    """Exchanges the journal of a library with what is in one place. It blocks, for as long as the place takes."""

    def __init__(
        self,
        library: Library,
        transport: Transport,
        computer: tuple[str, str],
        keep: Keep,
        now: Callable[[], datetime],
        before_sending: Callable[[], None] = lambda: None,
    ) -> None:
        """Exchange with a place.

        Args:
            library: What is exchanged.
            transport: With what is where.
            computer: What distinguishes this one, and where the library is on it; and what people call it.
            keep: What is synced of saved articles.
            now: The clock; aware.
            before_sending: Called when everything was read and nothing is stored yet; what it raises ends the exchange.
        """
        self._journal = library.journal
        self._files = library.journal_files
        self._articles = ArticleExchange(library, transport, keep)
        self._snapshots = Snapshots(self._journal, self._files, transport, now)
        self._forgotten = ForgottenDevices(self._journal, self._files, transport, self._snapshots, now)
        self._transport = transport
        self._machine, self._computer_name = computer
        self._now = now
        self._before_sending = before_sending
        self._problems: dict[str, Problem] = {}
        self._odd: list[str] = []
        self._received = ReceivedChanges(self._journal)
        self._refused = 0
        self._undo_as: str | None = None

    def run(self) -> ExchangeReport:
        """Read, then send.

        Raises:
            TransportError: the place cannot be used; what was read so far is kept.
            StoreError: the library cannot be read or written.
        """
        self._received.note(self._journal.take_up_pending())
        self._undo_as = (
            UNDO if self._files.all() else None
        )  # undoing the first exchange would empty the other libraries
        listing = listing_of(self._transport.list(ROOT))
        for name in listing.unreadable:
            self._note(name, UnreadableError(self._transport.where, line(name), gettext("permission denied")))
        is_new = self._take_own_name(listing)
        self._read_all(listing)
        self._before_sending()
        articles_received = self._articles.receive(listing)
        gone = self._forgotten.done_with(listing)
        articles_sent = self._articles.send(self._journal.device, listing, gone)
        self._articles.drop(self._journal.device, listing, gone)
        try:
            sent = self._send()
        except SecondWriterError:
            is_new = True
            self._become_new_device()
            sent = self._send()
        self._snapshots.drop_old(listing)
        self._forgotten.drop(listing)
        self._problems |= self._articles.problems
        return ExchangeReport(
            self._received.counts(),
            sent,
            articles_received,
            articles_sent,
            self._refused,
            tuple(self._problems.values()),
            (*listing.ignored, *self._odd),
            is_new,
        )

    # --- whose name it is -------------------------------------------------------------------------

    def _take_own_name(self, listing: PlaceContents) -> bool:
        """Make sure that nobody else writes under the name of this device; return whether it took a new one."""
        known_machine = self._files.machine
        is_new = bool(known_machine) and known_machine != self._machine
        if not is_new:
            try:
                self._check_own(listing)
            except SecondWriterError:
                is_new = True
        if is_new:
            self._become_new_device()
        if known_machine != self._machine:
            self._files.set_machine(self._machine)
        return is_new

    def _become_new_device(self) -> None:
        """Take a name of its own, and be called as the computer is, or nearly so where the other is called that."""
        called = name_of(self._journal.device, self._journal.values("device/"))
        device = self._files.become_new_device(READER)
        name = self._computer_name if self._computer_name != called else f"{called} {device[:4]}"
        self._journal.put({f"device/{device}/name": {"name": name}})

    def _check_own(self, listing: PlaceContents) -> None:
        """Compare the files under this device's name with what it has stored.

        Raises:
            SecondWriterError: something else is, such as what a clone has sent, or this library before its backup.
        """
        device, known = self._journal.device, self._files.all()
        own = {each.name: each for each in listing.segments if each.device == device}
        if not (listing.segments or listing.unreadable) and any(
            each.state is not FileState.INTENDED for each in known.values()
        ):
            raise EmptyPlaceError(self._transport.where)
        for name, segment in own.items():
            file = known.get(name)
            if file is None or file.state is not FileState.VERIFIED:
                self._verify(segment, file)
        if listing.is_hidden(device):
            return
        for name, file in known.items():
            if file.device == device and file.state is not FileState.INTENDED and name not in own:
                self._store_again(name)

    def _verify(self, segment: SegmentName, file: JournalFile | None) -> None:
        try:
            data = self._transport.get(segment.name)
            if file is None or digest_of(data) != file.sha256:
                self._require_own(segment, data)
        except _ONE_FILE as error:  # half of it: whatever it is, it is not a journal
            self._note(segment.name, error)
            return
        verified = JournalFile(segment.name, segment.device, digest_of(data), FileState.VERIFIED)
        self._files.put(verified, READER, 0 if segment.is_snapshot else segment.last)

    def _require_own(self, segment: SegmentName, data: bytes) -> None:
        """Let pass a file under this device's name that says nothing new, and lacks nothing that is not sent yet.

        Raises:
            SecondWriterError: it does, or lacks something: a clone has used the numbers of its records for others.
            SegmentError: it is half of a file.
        """
        records = decoded(segment, data)
        held = {each.k: (each.t, each.device) for each in records}
        unsent = (each for each in self._journal.records_after(READER) if each.i <= segment.last)
        if not self._journal.knows(records) or any(
            (each.t, each.device) > held.get(each.k, (0, "")) for each in unsent
        ):
            raise SecondWriterError

    def _store_again(self, name: str) -> None:
        """Store a file again that somebody has deleted: with those of its records that are the newest still."""
        segment = next(iter(listing_of([name]).segments), None)
        if segment is None or segment.is_snapshot:
            self._files.forget(name)
            return
        records = self._journal.records_after(READER, segment.first - 1)
        data = encoded(segment, [each for each in records if each.i <= segment.last])
        self._files.put(JournalFile(name, segment.device, digest_of(data), FileState.INTENDED))
        try:
            self._transport.put_new(name, data)
        except NameTakenError:  # it is there after all: it was only not listed yet, and is looked at next time
            return
        self._files.put(JournalFile(name, segment.device, digest_of(data)))

    # --- reading ----------------------------------------------------------------------------------

    def _read_all(self, listing: PlaceContents) -> None:
        own = self._journal.device
        self._read_of(listing, {each.device for each in listing.segments if each.device != own})
        while renamed := self._renamed():
            self._read_of(listing, renamed - {own})
        while segment := next(self._forgotten.to_read(listing), None):
            if not self._read(segment):
                break

    def _read_of(self, listing: PlaceContents, devices: AbstractSet[str]) -> None:
        known = set(self._files.all())
        for device in sorted(devices):
            segments = [each for each in listing.segments if each.device == device]
            for segment in _to_read(segments, known):
                self._read(segment)

    def _renamed(self) -> set[str]:
        """Return the former names of devices that have taken new ones, each once.

        Two had one name: what is under it now may not be what was read, so that it is read again.
        """
        known, found = self._files.all(), set()
        for key, record in self._journal.values("device/").items():
            former = record.v.get("device") if record.v and key.endswith("/was") else None
            if isinstance(former, str) and key not in known:
                self._files.forget_of(former)
                self._files.put(JournalFile(key, "", ""))
                found.add(former)
        return found

    def _read(self, segment: SegmentName) -> bool:
        try:
            data = self._transport.get(segment.name)
            records = decoded(segment, data)
        except _ONE_FILE as error:
            self._note(segment.name, error)
            return False
        file = JournalFile(segment.name, segment.device, digest_of(data))
        applied = self._journal.apply(records, READER, undo_as=self._undo_as, file=file)
        self._refused += applied.refused
        self._received.note(applied)
        return True

    def _note(self, name: str, error: NewsreaderError) -> None:
        if isinstance(error, NotAFileError):
            self._odd.append(name)
        else:
            self._problems[name] = Problem.of(error)

    # --- sending ----------------------------------------------------------------------------------

    def _send(self) -> int:
        """Store what the others have not got yet, in files of some size; return how many records that were."""
        sent = 0
        while records := self._to_send():
            self._store(records)
            sent += len([each for each in records if each.prefix != "device"])
        return sent

    def _to_send(self) -> Sequence[Record]:
        """Return the next records, the last of which says how far this device has read; none if there is no news."""
        records = self._journal.records_after(READER, limit=_AT_ONCE)
        seen = f"device/{self._journal.device}/seen"
        if not [each for each in records if each.k != seen] and not self._is_seen_due(seen):
            return ()
        if len(records) < _AT_ONCE:
            self._journal.put({seen: {"at": to_text(self._now()), "read": self._read_until()}})
            return self._journal.records_after(READER, limit=_AT_ONCE + 1)
        return records

    def _is_seen_due(self, seen: str) -> bool:
        """Return whether to report that this device has read more, although it has nothing to send."""
        values, own = self._journal.values("device/"), self._journal.device
        known = values.get(seen)
        if known is None or (is_forgotten(own, values) and not has_left(own, values)):  # it is in use still
            return True
        at = time_or_none(known.v.get("at"))
        is_time = bool(self._received) or at is None or not timedelta(0) <= self._now() - at < _SEEN_EVERY
        return is_time and known.v.get("read") != self._read_until()

    def _read_until(self) -> dict[str, int]:
        own = self._journal.device
        names = listing_of(self._files.all()).segments
        devices = dict.fromkeys(each.device for each in names if each.device != own)
        return {device: self._forgotten.read_until(device) for device in devices}

    def _store(self, records: Sequence[Record]) -> None:
        device = self._journal.device
        first = self._journal.readers()[READER] + 1
        for _ in range(_TRIES):
            segment = segment_name(device, first, records[-1].i)
            data = encoded(segment, records)
            self._files.put(JournalFile(segment.name, device, digest_of(data), FileState.INTENDED))
            try:
                self._transport.put_new(segment.name, data)
            except NameTakenError:
                if not self._is_mine(segment, data):  # half of a file: the next name is free
                    self._journal.put({f"device/{device}/again": {"at": to_text(self._now())}})
                    records = self._journal.records_after(READER, limit=len(records) + 1)
                    continue
            self._files.put(JournalFile(segment.name, device, digest_of(data)), READER, segment.last)
            return
        raise NameTakenError(self._transport.where, segment.name)

    def _is_mine(self, segment: SegmentName, data: bytes) -> bool:
        """Return whether a file under a name that is taken is what was to be stored; False if it is less than that.

        Raises:
            SecondWriterError: it is the journal of another copy of this library.
        """
        try:
            found = self._transport.get(segment.name)
            if found != data:
                self._require_own(segment, found)
        except _ONE_FILE:
            return False
        return found == data


def _to_read(segments: Sequence[SegmentName], known: set[str]) -> list[SegmentName]:
    """Return which files of a device are to be read, in order.

    A snapshot is read where what it stands for is not there any more, or would be many files.
    """
    read = [each for each in segments if each.name in known]
    new = [each for each in segments if each.name not in known and not each.is_snapshot]
    made = [each for each in segments if each.is_snapshot]
    until = max((each.last for each in made if each.name in known), default=0)
    newest = max(made, key=lambda each: each.last, default=None)
    if newest is not None and newest.last > until:
        replaced = [each for each in new if each.last <= newest.last]
        is_complete = covered_until([*read, *new]) >= newest.last
        if not is_complete or len(replaced) > snapshots.MANY_FILES // 2:
            return [newest, *(each for each in new if each.last > newest.last)]
    return new
