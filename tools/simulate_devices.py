# ruff: noqa: T201  (it says what it finds)
"""Let two to four libraries exchange files under every fault that is known, and see that they agree in the end.

    python -m tools.simulate_devices [--seeds N] [--first N] [--steps N] [--verbose]

Everything hangs on the seed. Devices change things, with clocks that are wrong and jump; files get lost, late, doubled,
reordered, cut off; libraries are restored from backups and cloned with their home directories; devices are forgotten,
leave and join again. Then everything arrives, each device exchanges until nothing changes, a new one joins, and: all
libraries hold the same, no change that was made last is lost, and what the journal says is what the tables hold. The
exit status is 1 if a seed fails.
"""

import argparse
import json
import os
import random
import shutil
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tools.simulated_place import CopyTransport, SharedPlace

from newsreader.devices import snapshots
from newsreader.devices.exchange import READER, Exchange
from newsreader.devices.sealed import SealedTransport
from newsreader.devices.transport import Transport, TransportError
from newsreader.library_values import QueryRule
from newsreader.models import Article, Page, Paragraph, Span
from newsreader.source_values import Source, SourceKind, SourceSettings
from newsreader.storage.article_parts import SavedArticle
from newsreader.storage.journal_tables import snapshot_query
from newsreader.storage.journaled import TABLES, VALUES
from newsreader.storage.library import Library
from newsreader.storage.saved import SavedAddress

_BEGIN = datetime(2026, 3, 1, tzinfo=UTC)
_STORIES = [f"https://vesti.example/{name}" for name in ("harbour", "market", "council", "ferry", "storm", "school")]
_FEEDS = [f"https://{name}.example/feed" for name in ("town", "coast", "island", "hill")]
_TAGS = ("sea", "later this year", "море")
_SKEWS = (timedelta(0), timedelta(minutes=2), timedelta(days=-365), timedelta(days=365), timedelta(hours=-1))
_MOST_ROUNDS = 12
_MANY_FILES = 3  # of a device, for snapshots to be made


class DisagreementError(AssertionError):
    """The libraries do not agree in the end, or something is lost."""


@dataclass
class Device:
    """A device: its library, on a computer, with a clock of its own."""

    number: int
    home: Path
    machine: str
    library: Library
    transport: Transport
    skew: timedelta
    shared_name: str = ""  # which a clone of it had, or that of which it is one
    is_away: bool = False  # it has left
    is_gone: bool = False  # it has left for good
    sent: int = 0  # up to where its changes were sent, in the order of all changes


@dataclass
class Change:
    """A record that a change of the reader wrote."""

    order: int
    device: int
    t: int
    value: str | None
    is_certain: bool = True


@dataclass
class Simulation:
    """One run, given by its seed."""

    seed: int
    directory: Path
    steps: int = 60
    elapsed: timedelta = timedelta(0)
    devices: list[Device] = field(default_factory=list)
    changes: dict[str, list[Change]] = field(default_factory=dict)
    backups: dict[int, tuple[Path, int]] = field(
        default_factory=dict
    )  # the file, and the order of the last change in it
    done: Counter[str] = field(default_factory=Counter)
    order: int = 0
    is_sealed: bool = False

    def run(self) -> None:
        """Do everything, and check the end.

        Raises:
            DisagreementError: the libraries do not agree.
        """
        self.rng = random.Random(self.seed)
        count = self.rng.randint(2, 4)
        self.is_sealed = self.rng.random() < 0.2
        self.place = SharedPlace(self.rng, [{} for _ in range(count)])
        with seeded_names(self.rng):
            for number in range(count):
                self.add_device(number, self.directory / str(number))
            try:
                for _ in range(self.steps):
                    self.step()
                self.come_back()
                self.settle()
                self.check()
                self.add_newcomer()
                self.check()
            finally:
                for device in self.devices:
                    device.library.close()

    def clock_of(self, number: int) -> Callable[[], datetime]:
        """Return the clock of a device."""

        def now() -> datetime:
            self.elapsed += timedelta(milliseconds=137)
            return _BEGIN + self.elapsed + self.devices[number].skew

        return now

    def add_device(self, number: int, home: Path, *, is_empty: bool = False) -> None:
        """Add a device, with a new library or with that which is in its home."""
        home.mkdir(parents=True, exist_ok=True)
        library = Library.open(home / "library.db", now=self.clock_of(number))
        transport: Transport = CopyTransport(self.place, number)
        if self.is_sealed:
            transport = SealedTransport(transport, "correct horse", cost=2**4, random_bytes=self.rng.randbytes)
        device = Device(number, home, f"machine {number}", library, transport, self.rng.choice(_SKEWS))
        self.devices.append(device)
        if not is_empty and self.rng.random() < 0.5:  # something is there before it joins
            self.change(device)
        begin(library)
        self.note_state(device)

    # --- what happens -----------------------------------------------------------------------------

    def step(self) -> None:
        """Let one thing happen."""
        device = self.rng.choice(self.devices)
        self.elapsed += timedelta(seconds=self.rng.choice((1, 60, 3600, 86_400, 10 * 86_400)))
        what = self.rng.choices(
            (
                "change",
                "exchange",
                "deliver",
                "clock",
                "back up",
                "restore",
                "clone",
                "undo",
                "leave or join",
                "forget",
            ),
            (40, 22, 24, 3, 3, 2, 1, 5, 3, 2),
        )[0]
        self.done[what] += 1
        if what == "change":
            self.change(device)
        elif what == "exchange":
            self.exchange(device)
        elif what == "deliver":
            for _ in range(self.rng.randint(1, 8)):
                self.place.deliver_one()
        elif what == "clock":
            device.skew = self.rng.choice(_SKEWS)
        elif what == "undo":
            self.noted(device, lambda library: library.undo_log.undo())
        elif what == "back up":
            self.back_up(device)
        elif what == "restore":
            self.restore(device)
        elif what == "leave or join":
            self.leave_or_join(device)
        elif what == "forget":
            self.forget(device)
        elif len(self.devices) < 5:
            self.clone(device)

    def change(self, device: Device) -> None:
        """Let the reader change something on a device."""
        self.noted(device, self.rng.choice(_CHANGES)(self.rng, self.devices))

    def noted(self, device: Device, change: Callable[[Library], object]) -> None:
        """Do something, and note the records that it wrote."""
        before = records_of(device.library)
        change(device.library)
        self.order += 1
        for key, (t, value) in records_of(device.library).items():
            if before.get(key) != (t, value) and not key.startswith("device/"):
                self.changes.setdefault(key, []).append(Change(self.order, device.number, t, value))

    def note_state(self, device: Device) -> None:
        """Note what was in a library when it joined."""
        self.order += 1
        for key, (t, value) in records_of(device.library).items():
            if not key.startswith("device/"):
                self.changes.setdefault(key, []).append(Change(self.order, device.number, t, value))

    def exchange(self, device: Device) -> bool:
        """Exchange, which may fail; return whether it went through."""
        if device.is_away:
            return False
        if READER not in device.library.journal.readers():  # it was restored from a time when it was away
            begin(device.library)
        computer = device.machine, f"computer {device.number}"
        made = Exchange(device.library, device.transport, computer, "everything", self.clock_of(device.number))
        with suppress(TransportError):
            made.run()
            device.sent = self.order
            return True
        return False

    def leave_or_join(self, device: Device) -> None:
        """Have a device leave the place, or join it again."""
        if device.is_away:
            begin(device.library)
        else:
            self.note_gone(device, device)
            self.exchange(device)
            device.library.journal_files.leave(READER)
        device.is_away = not device.is_away

    def forget(self, device: Device) -> None:
        """Have a device forget another one, which may use the place again."""
        other = self.rng.choice(self.devices)
        if not device.is_away and not other.is_away and other is not device:
            self.note_gone(device, other)

    def note_gone(self, device: Device, other: Device) -> None:
        """Have a device note that nobody need wait for one."""
        device.library.journal.put({f"device/{other.library.journal.device}/forgotten": {"at": "2026-03-01T00:00:00"}})

    def come_back(self) -> None:
        """Have devices that are away join again, or stay away for good: what they have not sent is lost.

        Two of one name come back if nobody has noticed it: each may have stored its changes under the names of the
        other's files, of which the others have read only one.
        """
        for device in self.devices:
            is_needed = len(self.present) < 2 or device.library.journal.device == device.shared_name
            if device.is_away and (self.rng.random() < 0.5 or is_needed):
                self.leave_or_join(device)
            elif device.is_away:
                device.is_gone = True
                for change in (each for changes in self.changes.values() for each in changes):
                    if change.device == device.number and change.order > device.sent:
                        change.is_certain = False

    @property
    def present(self) -> list[Device]:
        """The devices that use the place."""
        return [each for each in self.devices if not each.is_away]

    def add_newcomer(self) -> None:
        """Have a device with an empty library join that finds what is there in the end."""
        number, copy = len(self.devices), dict(self.place.copies[self.present[0].number])
        self.place.copies.append(copy)
        self.add_device(number, self.directory / str(number), is_empty=True)
        if not self.exchange(self.devices[-1]):
            raise DisagreementError("a new device cannot join")

    def back_up(self, device: Device) -> None:
        """Copy the library, as a backup program does."""
        self.backups[device.number] = (self.copy_of(device), self.order)

    def copy_of(self, device: Device) -> Path:
        """Return a copy of the file of a library."""
        target = self.directory / f"copy {device.number} {self.order} {self.rng.random()}.db"
        source = sqlite3.connect(device.home / "library.db")
        copy = sqlite3.connect(target)
        source.backup(copy)
        source.close()
        copy.close()
        return target

    def restore(self, device: Device) -> None:
        """Replace the library with a backup: what was changed since may be lost, unless it was sent."""
        if device.number not in self.backups:
            return
        path, order = self.backups[device.number]
        device.library.close()
        for file in device.home.glob("library.db*"):
            file.unlink()
        shutil.copy(path, device.home / "library.db")
        device.library = Library.open(device.home / "library.db", now=self.clock_of(device.number))
        for changes in self.changes.values():
            for change in changes:
                if change.device == device.number and change.order > order:
                    change.is_certain = False

    def clone(self, device: Device) -> None:
        """Copy the home of a device to another computer, and use it there."""
        number = len(self.devices)
        home = self.directory / str(number)
        home.mkdir()
        shutil.copy(self.copy_of(device), home / "library.db")
        self.place.copies.append(dict(self.place.copies[device.number]))
        self.place.under_way += [replace(each, target=number) for each in self.place.under_way + self.place.lost
                                 if each.target == device.number]  # fmt: skip
        self.add_device(number, home)
        device.shared_name = self.devices[number].shared_name = device.library.journal.device

    # --- the end ----------------------------------------------------------------------------------

    def settle(self) -> None:
        """Let everything arrive, and all exchange until nothing is new."""
        for _ in range(_MOST_ROUNDS):
            self.place.deliver_all()
            before = [dict(copy) for copy in self.place.copies], [records_of(each.library) for each in self.devices]
            for device in self.present:
                self.elapsed += timedelta(hours=1)
                if not self.exchange(device):
                    raise DisagreementError(f"device {device.number} cannot exchange, though nothing is in the way")
                self.place.deliver_all()
            after = [dict(copy) for copy in self.place.copies], [records_of(each.library) for each in self.devices]
            if before == after:
                return
        raise DisagreementError(f"not settled after {_MOST_ROUNDS} rounds")

    def check(self) -> None:
        """See that all agree and nothing is lost.

        Raises:
            DisagreementError: they do not, or something is.
        """
        first, *others = self.present
        held = contents_of(first.library)
        for other in others:
            compare(f"device {first.number} and device {other.number}", held, contents_of(other.library))
            compare_texts(first.library, other.library)
            order, other_order = ([each.url for each in one.library.sources.all()] for one in (first, other))
            if order != other_order:
                raise DisagreementError(f"the order of the sources differs: {order} | {other_order}")
        records = {key: each for key, each in records_of(first.library).items() if not key.startswith("device/")}
        stated = {key: json.loads(value) for key, (_, value) in records.items() if value is not None}
        held = {
            key: each for key, each in held.items() if not key.endswith("/rank")
        }  # ties are ranked when next written
        compare("journal and tables", {key: each for key, each in stated.items() if key in held}, held)
        for key, changes in self.changes.items():
            newest = max((each.t for each in changes if each.is_certain), default=0)
            t, value = records.get(key, (0, None))
            if t < newest:
                raise DisagreementError(f"{key}: a change is lost: {newest} was made, {t} is there: {changes}")
            known = [each.value for each in changes if each.t == t]
            if known and value not in known:
                raise DisagreementError(f"{key} became {value}, which nobody made of it: {changes}")


def begin(library: Library) -> None:
    """Have a library keep what is to be exchanged, or continue to."""
    if not library.journal_files.rejoin(READER):
        library.journal.add_reader(READER)


def compare(what: str, one: dict[str, Any], other: dict[str, Any]) -> None:
    """See that two libraries hold the same.

    Raises:
        DisagreementError: they do not.
    """
    different = {
        key: (one.get(key), other.get(key)) for key in one.keys() | other.keys() if one.get(key) != other.get(key)
    }
    if different:
        shown = "\n".join(f"    {key}: {a!r} | {b!r}" for key, (a, b) in sorted(different.items())[:8])
        raise DisagreementError(f"{what} differ in {len(different)}:\n{shown}")


def compare_texts(one: Library, other: Library) -> None:
    """See that every saved article that has a text on one of two devices has a text on both.

    Raises:
        DisagreementError: one lacks it.
    """
    lacking = set(one.saved_parts.lacking()) ^ set(other.saved_parts.lacking())
    if lacking:
        raise DisagreementError(f"saved articles have their text on one device only: {lacking}")


def records_of(library: Library) -> dict[str, tuple[int, str | None]]:
    """Return time and value of the newest record of every key."""
    query = "SELECT k, t, v FROM journal"
    rows = library.database.read(lambda connection: connection.execute(query).fetchall())
    return {k: (t, None if v is None else json.dumps(json.loads(v), sort_keys=True)) for k, t, v in rows}


def contents_of(library: Library) -> dict[str, Any]:
    """Return what the tables of a library hold that travels, by the keys of records."""

    def read(connection: sqlite3.Connection) -> dict[str, Any]:
        held: dict[str, Any] = {}
        for table in TABLES:
            held |= {key: json.loads(value) for key, value, _ in connection.execute(snapshot_query(table))}
        connection.execute("SAVEPOINT reading")  # what is looked at is ranked and named meanwhile
        for kind in VALUES:
            held |= {key: value for key, (value, _) in kind.current(connection).items()}
        connection.execute("ROLLBACK TO reading")
        connection.execute("RELEASE reading")
        return held

    return library.database.read(read)


@contextmanager
def seeded_names(rng: random.Random) -> Iterator[None]:
    """Have names of devices come from the seed, and snapshots be made of few files."""
    random_bytes, many = os.urandom, snapshots.MANY_FILES
    os.urandom = rng.randbytes
    snapshots.MANY_FILES = _MANY_FILES
    try:
        yield
    finally:
        os.urandom = random_bytes
        snapshots.MANY_FILES = many


# --- what a reader does ---------------------------------------------------------------------------------

Make = Callable[[random.Random, list[Device]], Callable[[Library], object]]


def _mark(rng: random.Random, _: list[Device]) -> Callable[[Library], object]:
    urls, read = rng.sample(_STORIES, rng.randint(1, 3)), rng.random() < 0.6
    return lambda library: library.read_marks.mark_all(urls, read=read)


def _tag(rng: random.Random, _: list[Device]) -> Callable[[Library], object]:
    url, tags = rng.choice(_STORIES), set(rng.sample(_TAGS, rng.randint(1, 2)))
    if rng.random() < 0.6:
        return lambda library: library.tags.change(url, "Story", add=tags)
    return lambda library: library.tags.change(url, "Story", remove=tags)


def _later(rng: random.Random, _: list[Device]) -> Callable[[Library], object]:
    url = rng.choice(_STORIES)
    if rng.random() < 0.6:
        return lambda library: library.later.add([(url, "Story")])
    return lambda library: library.later.remove([url])


def _position(rng: random.Random, _: list[Device]) -> Callable[[Library], object]:
    url, block = rng.choice(_STORIES), rng.randint(1, 90)
    if rng.random() < 0.8:
        return lambda library: library.positions.save(url, block, "words", percent=block)
    return lambda library: library.positions.forget(url)


def _follow(rng: random.Random, _: list[Device]) -> Callable[[Library], object]:
    url = rng.choice(_FEEDS)
    source = Source(0, url, f"Feed of {url}", SourceKind.FEED, _BEGIN)
    return lambda library: library.sources.add(source)


def _edit_source(rng: random.Random, _: list[Device]) -> Callable[[Library], object]:
    title, group, minutes = f"Title {rng.randint(1, 99)}", rng.choice(("", "News", "Sea")), rng.randint(10, 99)
    what, choice = rng.choice(("title", "group", "settings", "move")), rng.random()

    def change(library: Library) -> None:
        sources = library.sources.all()
        if not sources:
            return
        source = sources[int(choice * len(sources))]
        if what == "title":
            library.sources.change([replace(source, title=title)])
        elif what == "group":
            library.sources.change([replace(source, group=group)])
        elif what == "settings":
            library.sources.change([replace(source, settings=SourceSettings(refresh_minutes=minutes))])
        else:
            moved = [each for each in sources if each is not source]
            moved.insert(minutes % len(sources), source)
            library.sources.change([replace(each, position=n) for n, each in enumerate(moved)])

    return change


def _unfollow(rng: random.Random, _: list[Device]) -> Callable[[Library], object]:
    choice = rng.random()

    def change(library: Library) -> None:
        sources = library.sources.all()
        if sources:
            library.sources.remove([sources[int(choice * len(sources))]])

    return change


def _rule(rng: random.Random, _: list[Device]) -> Callable[[Library], object]:
    rule = QueryRule(0, rng.choice(("hide", "read")), rng.choice(("storm", "ferry")))
    if rng.random() < 0.6:
        return lambda library: library.query_rules.add(rule)

    def remove(library: Library) -> None:
        for each in library.query_rules.all()[:1]:
            library.query_rules.remove(each.id)

    return remove


def _save(rng: random.Random, _: list[Device]) -> Callable[[Library], object]:
    url, chance = rng.choice(_STORIES), rng.random()
    if chance < 0.3:
        return lambda library: library.save_addresses([SavedAddress(url, "Story", _BEGIN)])
    if chance < 0.6:
        text = Paragraph((Span(f"What was written at {url}, for the {rng.randint(1, 99)}th time."),))
        page = Page(url, "Story", article=Article(url, "Story", (text,)))
        return lambda library: library.saved.save(SavedArticle(url, page, (), None, _BEGIN))
    return lambda library: library.saved.remove(url)


def _preference(rng: random.Random, _: list[Device]) -> Callable[[Library], object]:
    key, value = rng.choice(("theme", "measure")), rng.randint(1, 99)
    return lambda library: library.preferences.save(key, value)


_CHANGES: tuple[Make, ...] = (
    _mark, _mark, _tag, _tag, _later, _position, _follow, _follow, _edit_source, _edit_source, _unfollow, _rule, _save,
    _preference,
)  # fmt: skip


def main() -> int:
    """Run the seeds that were asked for; return 1 if one fails."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seeds", type=int, default=100, help="how many")
    parser.add_argument("--first", type=int, default=0, help="the first of them")
    parser.add_argument("--steps", type=int, default=60, help="what happens in each")
    parser.add_argument("--verbose", action="store_true", help="say what each did")
    asked = parser.parse_args()
    started, failed = time.monotonic(), []
    done: Counter[str] = Counter()
    memory = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: PTH112, S108  (libraries are written to it)
    for seed in range(asked.first, asked.first + asked.seeds):
        with tempfile.TemporaryDirectory(dir=memory) as directory:
            simulation = Simulation(seed, Path(directory), asked.steps)
            try:
                simulation.run()
            except Exception as error:  # noqa: BLE001  (any is a finding)
                failed.append(seed)
                print(f"seed {seed}: {type(error).__name__}: {error}", flush=True)
            done += simulation.done + Counter(simulation.place.faults)
        if asked.verbose:
            print(f"seed {seed}: {dict(simulation.done)}, {simulation.place.faults}", flush=True)
    print(f"{asked.seeds} seeds, {len(failed)} failed, {time.monotonic() - started:.0f} s")
    print(", ".join(f"{what} {count}" for what, count in sorted(done.items())))
    if failed:
        print("failed:", *failed)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
