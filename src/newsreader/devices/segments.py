"""The files by which devices exchange their journals: their names, and lines of JSON, compressed.

The first line says what the file is, each further one is a record. A file whose end is missing does not decompress.
"""

import hashlib
import json
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from newsreader.errors import NewsreaderError
from newsreader.i18n import N_
from newsreader.storage.journal import Record
from newsreader.text import line
from newsreader.values import dataclass

ROOT = "newsreader-1/"
VERSION = 1
LARGEST = 512 * 1024 * 1024  # bytes, decompressed
_DEVICE = r"[0-9a-f]{16}"
_SEGMENT = re.compile(rf"{ROOT}({_DEVICE})/([0-9]{{1,15}})-([0-9]{{1,15}})\.jsonl\.z")
_SNAPSHOT = re.compile(rf"{ROOT}({_DEVICE})/snapshot-([0-9]{{1,15}})\.jsonl\.z")
_BLOB = re.compile(rf"{ROOT}({_DEVICE})/blobs/([0-9a-f]{{64}})")


class SegmentError(NewsreaderError):
    """A file in the place of exchange cannot be read."""

    message = N_("{name} cannot be read: it is incomplete or damaged. It was left as it is.")
    hint = N_("It is tried again next time: what copies it may not be done yet.")
    kind = "devices-file-damaged"

    def __init__(self, name: str) -> None:
        super().__init__(name=line(name, 200))


class NewerSegmentError(SegmentError):
    """A file was written by a later version."""

    message = N_("{name} was written by a newer version of newsreader. It was left as it is.")
    hint = N_("Update newsreader on this device.")
    kind = "devices-file-newer"


@dataclass(frozen=True, slots=True)
class SegmentName:
    """The name of a file with records.

    Attributes:
        name: As a transport has it.
        device: Whose it is.
        first, last: Of which records, by their numbers there; a snapshot begins with 0 and has all up to its last.
    """

    name: str
    device: str
    first: int
    last: int

    @property
    def is_snapshot(self) -> bool:
        """Whether it holds everything that the device knew, of others too."""
        return self.first == 0


@dataclass(frozen=True, slots=True)
class PlaceContents:
    """What is in the place of exchange.

    Attributes:
        segments: The files with records.
        blobs: Which devices have stored the contents of these checksums.
        ignored: Unknown names: conflict copies, files of other programs.
        unreadable: Folders that cannot be read, each with a slash at its end.
    """

    segments: tuple[SegmentName, ...]
    blobs: dict[str, set[str]]
    ignored: tuple[str, ...]
    unreadable: tuple[str, ...] = ()

    @property
    def devices(self) -> frozenset[str]:
        """The devices that have stored something."""
        return frozenset().union((each.device for each in self.segments), *self.blobs.values())

    def is_hidden(self, device: str) -> bool:
        """Return whether files of a device may be there that cannot be seen."""
        others = re.compile(rf"{ROOT}(?!{device}/){_DEVICE}/")
        return any(not others.match(name) for name in self.unreadable)


def listing_of(names: Iterable[str]) -> PlaceContents:
    """Return the contents of the place of exchange from its names."""
    segments: list[SegmentName] = []
    blobs: dict[str, set[str]] = {}
    ignored: list[str] = []
    unreadable: list[str] = []
    for name in names:
        if name.endswith("/"):
            unreadable.append(name)
        elif (found := _SEGMENT.fullmatch(name)) and 0 < int(found[2]) <= int(found[3]):
            segments.append(SegmentName(name, found[1], int(found[2]), int(found[3])))
        elif found := _SNAPSHOT.fullmatch(name):
            segments.append(SegmentName(name, found[1], 0, int(found[2])))
        elif found := _BLOB.fullmatch(name):
            blobs.setdefault(found[2], set()).add(found[1])
        else:
            ignored.append(name)
    segments.sort(key=lambda each: (each.device, each.first, each.last))
    return PlaceContents(tuple(segments), blobs, tuple(ignored), tuple(unreadable))


def segment_name(device: str, first: int, last: int) -> SegmentName:
    """Return the name of a device's records from the first to the last; of a snapshot where the first is 0."""
    numbers = f"{first}-{last}" if first else f"snapshot-{last}"
    return SegmentName(f"{ROOT}{device}/{numbers}.jsonl.z", device, first, last)


def blob_name(device: str, digest: str) -> str:
    """Return the name under which a device stores the content of a checksum."""
    return f"{ROOT}{device}/blobs/{digest}"


def digest_of(data: bytes) -> str:
    """Return the checksum of a file."""
    return hashlib.sha256(data).hexdigest()


def encoded(name: SegmentName, records: Iterable[Record]) -> bytes:
    """Return the content of a file."""
    head = {"newsreader": VERSION, "device": name.device, "first": name.first, "last": name.last}
    compressor = zlib.compressobj(9)
    parts = [compressor.compress(_json_line(head))]
    for each in records:
        record = {"i": each.i, "t": each.t, "k": each.k, "v": each.v}
        if each.device != name.device:
            record["d"] = each.device
        parts.append(compressor.compress(_json_line(record)))
    return b"".join([*parts, compressor.flush()])


def _json_line(value: Any) -> bytes:  # noqa: ANN401
    return json.dumps(value, separators=(",", ":")).encode() + b"\n"


def decoded(name: SegmentName, data: bytes) -> Sequence[Record]:
    """Return the records of a file.

    Raises:
        SegmentError: it is incomplete, damaged, or not what its name says.
        NewerSegmentError: a later version wrote it.
    """
    try:
        lines = _decompressed(data).splitlines()
        head = json.loads(lines[0])
        version = head["newsreader"]
        if isinstance(version, int) and version > VERSION:
            raise NewerSegmentError(name.name)
        if [version, head["device"], head["first"], head["last"]] != [VERSION, name.device, name.first, name.last]:
            raise SegmentError(name.name)
        return list(_records(lines[1:], name.device))
    except (zlib.error, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError) as error:
        raise SegmentError(name.name) from error


def _decompressed(data: bytes) -> bytes:
    decompressor = zlib.decompressobj()
    content = decompressor.decompress(data, LARGEST)
    if not decompressor.eof or decompressor.unused_data:
        raise zlib.error
    return content


def _records(lines: Iterable[bytes], device: str) -> Iterator[Record]:
    for each in lines:
        value = json.loads(each)
        i, t, key, author = value["i"], value["t"], value["k"], value.get("d", device)
        if type(i) is not int or type(t) is not int or not isinstance(key, str) or not isinstance(author, str):
            raise TypeError
        yield Record(i, t, key, value["v"], author)
