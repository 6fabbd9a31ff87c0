"""A place that devices share, of which each has a copy: what is stored in one arrives in the others when it likes.

As with Syncthing, a cloud drive or a stick: files arrive late, in any order, twice, half or empty at first; copies of
conflicts appear; and storing a file may fail, or be said to have failed, or be said to have been done.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from newsreader.devices.transport import MissingNameError, NameTakenError, NotConfirmedError, TransportError


@dataclass
class Delivery:
    """A file on its way to one copy of the place; None for its contents if it was deleted."""

    target: int
    name: str
    data: bytes | None


@dataclass
class SharedPlace:
    """All copies of the place, and what is on its way between them."""

    rng: random.Random
    copies: list[dict[str, bytes]]
    under_way: list[Delivery] = field(default_factory=list)
    lost: list[Delivery] = field(default_factory=list)
    faults: dict[str, int] = field(default_factory=dict)
    is_calm: bool = False

    def count(self, fault: str) -> None:
        """Count a fault that was made."""
        self.faults[fault] = self.faults.get(fault, 0) + 1

    def happens(self, fault: str, probability: float) -> bool:
        """Return whether a fault is made now, and count it."""
        happened = not self.is_calm and self.rng.random() < probability
        if happened:
            self.count(fault)
        return happened

    def send(self, source: int, name: str, data: bytes | None) -> None:
        """Have a change of one copy travel to the others."""
        self.under_way += [Delivery(target, name, data) for target in range(len(self.copies)) if target != source]

    def deliver_one(self) -> None:
        """Deliver one of the files that are under way, whichever; or lose it for now, or deliver it badly."""
        if not self.under_way:
            return
        delivery = self.under_way.pop(self.rng.randrange(len(self.under_way)))
        copy = self.copies[delivery.target]
        if self.happens("lost", 0.05):
            self.lost.append(delivery)
        elif delivery.data is None:
            copy.pop(delivery.name, None)
        elif self.happens("truncated", 0.06):
            copy[delivery.name] = delivery.data[: self.rng.randrange(len(delivery.data))]
            self.under_way.append(delivery)
        elif self.happens("empty", 0.04):
            copy[delivery.name] = b""
            self.under_way.append(delivery)
        else:
            self._arrive(copy, delivery.name, delivery.data)
            if self.happens("doubled", 0.05):
                self.under_way.append(delivery)

    def _arrive(self, copy: dict[str, bytes], name: str, data: bytes) -> None:
        """Put a file in a copy; one that is there already and differs stays beside it, as a conflict."""
        there = copy.get(name)
        if (there is not None and there != data and not data.startswith(there)) or self.happens("conflict copy", 0.02):
            copy[f"{name}.sync-conflict-20260101-000000-ABCDEFG"] = data if there is None else there
        copy[name] = data

    def deliver_all(self) -> None:
        """Deliver everything, whole, also what was lost."""
        self.is_calm = True
        self.under_way += self.lost
        self.lost = []
        while self.under_way:
            self.deliver_one()


class CopyTransport:
    """The `Transport` of one device: its own copy of the place."""

    def __init__(self, place: SharedPlace, number: int) -> None:
        self._place = place
        self._number = number
        self._files = place.copies[number]

    @property
    def where(self) -> str:
        """The number of the copy."""
        return f"copy {self._number}"

    def list(self, prefix: str) -> Sequence[str]:
        """Return the names, of which a new one may be missing for now."""
        if self._place.happens("unreachable", 0.03):
            raise TransportError(self.where, "unreachable")
        names = [name for name in self._files if name.startswith(prefix)]
        if names and self._place.happens("listed late", 0.05):
            names.pop()
        self._place.rng.shuffle(names)
        return names

    def get(self, name: str) -> bytes:
        """Return a file."""
        if self._place.happens("unreachable", 0.01):
            raise TransportError(self.where, "unreachable")
        if name not in self._files:
            raise MissingNameError(self.where, name)
        return self._files[name]

    def put_new(self, name: str, data: bytes) -> None:
        """Store a file, or not, and say so, or not."""
        if name in self._files:
            if self._files[name] != data:
                raise NameTakenError(self.where, name)
            return
        if self._place.happens("stored nothing", 0.04):
            raise NotConfirmedError(self.where, name)
        self._files[name] = data
        self._place.send(self._number, name, data)
        if self._place.happens("stored, but not confirmed", 0.04):
            raise NotConfirmedError(self.where, name)

    def delete(self, name: str) -> None:
        """Delete a file."""
        if self._files.pop(name, None) is not None:
            self._place.send(self._number, name, None)

    def close(self) -> None:
        """Do nothing."""
