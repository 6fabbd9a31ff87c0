"""Texts and pictures of saved articles, synced beside the journal: each part under its checksum."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from contextlib import suppress

from newsreader.devices.segments import PlaceContents, SegmentError, blob_name, digest_of
from newsreader.devices.transport import (
    MissingNameError,
    NameTakenError,
    NotAFileError,
    PlaceForbiddenError,
    Transport,
    TransportError,
    UnreadableError,
)
from newsreader.devices.values import Keep
from newsreader.models import Problem
from newsreader.storage.library import Library
from newsreader.storage.saved_parts import ArticlePart

_ONE_FILE = (MissingNameError, NotAFileError, PlaceForbiddenError, SegmentError, UnreadableError)


class ArticleExchange:
    """Receives and sends saved articles, as far as this device keeps them."""

    def __init__(self, library: Library, transport: Transport, keep: Keep) -> None:
        self._journal = library.journal
        self._parts = library.saved_parts
        self._transport = transport
        self._keep = keep
        self.problems: dict[str, Problem] = {}

    def receive(self, listing: PlaceContents) -> int:
        """Fetch the text of articles known by address only; return how many."""
        return sum(self._receive(story, listing) for story in self._wanted())

    def _wanted(self) -> tuple[str, ...]:
        return self._parts.lacking() if self._keep != "marks" else ()

    def _receive(self, story: str, listing: PlaceContents) -> bool:
        record = self._journal.values(f"article/{story}/").get(f"article/{story}/parts")
        named = [each for each in self._parts.named(record.v if record else None) if self._is_kept(each.part)]
        if not named:
            return False
        try:
            parts = [(each, self._fetch(each, listing)) for each in named]
        except _ONE_FILE as error:
            self.problems[story] = Problem.of(error)
            return False
        return self._parts.fill(story, parts)

    def _fetch(self, part: ArticlePart, listing: PlaceContents) -> bytes:
        failure: TransportError | SegmentError = MissingNameError(self._transport.where, part.digest)
        for device in sorted(listing.blobs.get(part.digest, ())):
            name = blob_name(device, part.digest)
            try:
                data = self._transport.get(name)
            except _ONE_FILE as error:
                failure = error
                continue
            if digest_of(data) == part.digest:
                return data
            failure = SegmentError(name)
        raise failure

    def _is_kept(self, part: str) -> bool:
        return self._keep == "everything" or part != "response"

    def send(self, device: str, listing: PlaceContents, gone: AbstractSet[str] = frozenset()) -> int:
        """Store the parts of the articles that are saved here and that no device has stored; return how many.

        Args:
            device: As which it does so.
            listing: What is there.
            gone: Devices that nobody waits for: what they have stored is to be dropped.
        """
        if self._keep == "marks":
            return 0
        sent = 0
        known = {key: record for key, record in self._journal.values("article/").items() if record.v is not None}
        for story, number in self._parts.complete():
            record = known.get(f"article/{story}/parts")
            if record is None:
                parts = [each for each in self._parts.of(number) if self._is_kept(each.part)]
                self._store_missing(device, parts, listing)
                self._journal.put({f"article/{story}/parts": {"parts": [each.as_json() for each in parts]}})
                sent += 1
                continue
            named = {each.digest for each in self._parts.named(record.v) if self._is_kept(each.part)}
            if not all(
                listing.blobs.get(each, set()) - gone for each in named
            ):  # the device that had stored them does not need them any more
                parts = [each for each in self._parts.of(number) if each.digest in named]
                self._store_missing(device, parts, listing, gone)
        return sent

    def _store_missing(
        self, device: str, parts: Iterable[ArticlePart], listing: PlaceContents, gone: AbstractSet[str] = frozenset()
    ) -> None:
        for each in parts:
            if not listing.blobs.get(each.digest, set()) - gone and self._store(device, each):
                listing.blobs.setdefault(each.digest, set()).add(device)

    def drop(self, device: str, listing: PlaceContents, gone: AbstractSet[str] = frozenset()) -> None:
        """Delete the parts that belong to nothing any more that is saved, of those which this device stored.

        So it does with those of devices that are gone, and with what this device has stored as well.
        """
        used: set[str] = set()
        for key, record in self._journal.values("article/").items():
            is_done = record.device == device or record.device in gone
            if record.v is not None and is_done and not self._parts.is_saved(_story_of(key)):
                self._journal.put({key: None})
            else:
                used |= {each.digest for each in self._parts.named(record.v)}
        for digest, owners in listing.blobs.items():
            if device in owners and digest not in used:
                self._transport.delete(blob_name(device, digest))
            if digest not in used or device in owners:
                self._drop_of(owners & gone, digest)

    def _drop_of(self, gone: AbstractSet[str], digest: str) -> None:
        for each in gone:
            with suppress(PlaceForbiddenError):  # it belongs to another user, and may stay as well
                self._transport.delete(blob_name(each, digest))

    def _store(self, device: str, part: ArticlePart) -> bool:
        name, data = blob_name(device, part.digest), self._parts.content(part)
        if digest_of(data) != part.digest:  # it was replaced, or is damaged: the next exchange finds out
            return False
        try:
            self._transport.put_new(name, data)
        except NameTakenError:
            if self._transport.get(name) != data:
                raise
        return True


def _story_of(key: str) -> str:
    return key.removeprefix("article/").removesuffix("/parts")
