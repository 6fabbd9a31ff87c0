"""The type and compression of a body: pure functions of its first bytes and its headers."""

import json
import re
import zlib
from collections.abc import Iterator
from enum import Enum

STEP = 64 * 1024
"""Bytes that are unpacked at a time."""
GZIP_START = b"\x1f\x8b\x08"
"""How a gzip file begins (RFC 1952, 2.3)."""

_MOST_GZIP_MEMBERS = 64

_PAGE_TYPES = frozenset({"text/html", "text/plain", "text/xml", "text/markdown"}) | {
    f"application/{name}" for name in ("xml", "json", "xhtml", "rss", "x-rss", "atom")
}
_UNTOLD_TYPES = frozenset({"", "*/*", "unknown/unknown"}) | {
    f"{kind}/{name}" for kind in ("application", "binary") for name in ("octet-stream", "unknown")
}
_PICTURE_STARTS = (b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"BM", b"II*\x00", b"MM\x00*")
_PACKED_STARTS = (b"PK\x03\x04", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")
_OTHER_STARTS = (b"%PDF-", b"RIFF", b"\x7fELF", b"MZ\x90", b"ID3", b"OggS", *_PICTURE_STARTS[:3], *_PACKED_STARTS)
_TEXT_STARTS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")
# What no text holds (WHATWG MIME Sniffing, "binary data byte").
_SAMPLE = 4096
_FEWEST_ZEROS = 8
_ODD_SHARE = 200  # at most one byte in so many may be invalid in a text: a single odd one costs no page
_BINARY_BYTES = bytes({*range(0x09), 0x0B, *range(0x0E, 0x1B), *range(0x1C, 0x20)})


class Wanted(Enum):
    """What a response is for; anything else is refused before its body is read."""

    PAGE = "page"
    PICTURE = "picture"


class CodingError(Exception):
    """A body is not in its declared coding, or in one that was not accepted."""


class UnknownCodingsError(CodingError):
    """A body is in a coding that was not asked for."""


# --- types ------------------------------------------------------------------------------------


def essence(content_type: str | None) -> str:
    """Return the type without its parameters, lower-case; empty where none is given."""
    return (content_type or "").partition(";")[0].partition(",")[0].strip().lower()


def _is_stated(kind: str) -> bool:
    return kind not in _UNTOLD_TYPES and "/" in kind


def is_wanted_type(kind: str, wanted: Wanted) -> bool:
    """Return whether a body of this type is worth reading; if the type is uninformative, its first bytes decide."""
    if not _is_stated(kind):
        return True
    if wanted is Wanted.PICTURE:
        return kind.startswith("image/")
    return kind in _PAGE_TYPES or (kind.startswith("application/") and kind.endswith(("+xml", "+json")))


def is_wanted_start(start: bytes, kind: str, wanted: Wanted) -> bool:
    """Return whether the first bytes of a body match its declared type or, without one, the wanted type."""
    if wanted is Wanted.PICTURE:
        if _is_stated(kind):
            return not start.lstrip()[:14].lower().startswith((b"<!doctype html", b"<html"))
        is_boxed = (start[:4] == b"RIFF" and start[8:12] == b"WEBP") or start[4:8] == b"ftyp"
        return is_boxed or start.startswith(_PICTURE_STARTS)
    if start.startswith(_OTHER_STARTS):
        return False
    return _is_stated(kind) or start.startswith(_TEXT_STARTS) or start == start.translate(None, _BINARY_BYTES)


_PROLOGUE = re.compile(rb"(?:\s++|<\?[^>]*+>|<!--(?:[^-]|-(?!->))*+-->|<!doctype[^<>\[]*+>)*+", re.IGNORECASE)
_FEED_ROOT = re.compile(rb"<(?:[a-z]{1,20}:)?(?:rss|feed|rdf)[\s>/]", re.IGNORECASE)
SNIFFED = 4096
"""First bytes of a body that show what it is, whatever its declared type."""


def is_feed_start(start: bytes) -> bool:
    """Return whether a body that begins so is a feed: of XML, or of JSON that names its format."""
    start = start.removeprefix(b"\xef\xbb\xbf")[:SNIFFED]
    prologue = _PROLOGUE.match(start)
    if prologue is not None and _FEED_ROOT.match(start, prologue.end()):
        return True
    return start.lstrip().startswith(b"{") and b"jsonfeed.org/version" in start


def may_be_feed(start: bytes) -> bool:
    """Return whether a body with these first bytes, however few, may be a feed."""
    start = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if len(start) >= SNIFFED:
        return is_feed_start(start)
    return not start or start.startswith((b"<", b"{", b"\xef"))


def is_text(body: bytes) -> bool:
    """Return whether a file is text in any encoding: by its beginning, and by how many bytes no text has."""
    if body.startswith(_OTHER_STARTS):
        return False
    if body.startswith(_TEXT_STARTS) or _is_utf16(body[:_SAMPLE]):
        return True
    return (len(body) - len(body.translate(None, _BINARY_BYTES))) * _ODD_SHARE <= len(body)


def _is_utf16(sample: bytes) -> bool:
    """Return whether a beginning is markup in UTF-16: many of every second byte are NUL, and it decodes to words."""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) < _FEWEST_ZEROS or max(even, odd) <= 3 * min(even, odd):
        return False
    words = sample[: len(sample) // 2 * 2].decode("utf-16-be" if even > odd else "utf-16-le", "replace")
    read = sum(letter.isprintable() or letter.isspace() for letter in words if letter != "\ufffd")
    return read * 50 > len(words) * 49


# --- codings ----------------------------------------------------------------------------------


_OTHER_NAMES = "br zstd compress x-compress exi pack200-gzip dcb dcz bzip2 x-bzip2 xz lzma sdch"
_OTHER_CODINGS = frozenset(_OTHER_NAMES.split())


def known_coding(header: str) -> str | None:
    """Return the one coding that a Content-Encoding names, "gzip" or "deflate"; None for none.

    Words that are the names of no coding, such as "utf-8", "binary" or "aws-chunked", are passed over.

    Raises:
        UnknownCodingsError: it names another one, or several: a bomb in a bomb.
    """
    named = [one.strip().lower() for one in header.split(",")]
    codings = [one for one in named if one in _OTHER_CODINGS or one.removeprefix("x-") in ("gzip", "deflate")]
    if not codings:
        return None
    coding = codings[0].removeprefix("x-")
    if len(codings) > 1 or coding not in ("gzip", "deflate"):
        raise UnknownCodingsError
    return coding


def is_packed(start: bytes) -> bool:
    """Return whether bytes begin like a compressed format."""
    return start.startswith(_PACKED_STARTS)


_ENDS = (b"</html>", b"</rss>", b"</feed>", b"</rdf:rdf>")
_LAST = 1000  # bytes, in which a page's end is, whatever follows it


def is_complete(body: bytes) -> bool:
    """Return whether a page or a feed is complete, whatever happened to the connection after that."""
    last = body[-_LAST:].lower()
    if any(end in last for end in _ENDS):
        return True
    if body.lstrip()[:1] != b"{" or not last.rstrip().endswith(b"}"):
        return False
    try:
        json.loads(body)
    except (ValueError, RecursionError):
        return False
    return True


class Inflater:
    """Undoes gzip or deflate in steps of bounded size."""

    def __init__(self, coding: str) -> None:
        self._coding = coding
        self._inflate = None if coding == "deflate" else zlib.decompressobj(31)
        self._held = b""
        self._members = 1
        self._is_first, self._is_plain = True, False

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """Yield what the chunk decodes to, at most `STEP` bytes at a time.

        Raises:
            CodingError: it is not in this coding.
        """
        data = self._held + chunk
        self._held = b""
        if self._is_plain:
            yield data
            return
        if self._coding == "gzip" and self._is_first:
            if len(data) < 2:
                self._held = data
                return
            self._is_first = False
            if not data.startswith(b"\x1f\x8b"):  # it is not in its declared coding
                self._is_plain = True
                yield data
                return
        if self._inflate is None:
            if len(data) < 2:
                self._held = data
                return
            self._inflate = zlib.decompressobj(15 if _is_zlib(data) else -15)
        while data:
            before = self._inflate.copy()
            try:
                piece = self._inflate.decompress(data, STEP)
            except zlib.error as error:
                yield from _salvaged(before, data)
                raise CodingError from error
            yield piece
            ended = self._inflate.eof
            data = self._next_member(self._inflate.unused_data) if ended else self._inflate.unconsumed_tail

    def _next_member(self, rest: bytes) -> bytes:
        """Continue with another gzip member; whatever else follows the end is dropped."""
        if self._coding != "gzip" or not rest.startswith(b"\x1f\x8b") or self._members >= _MOST_GZIP_MEMBERS:
            return b""
        self._members += 1
        self._inflate = zlib.decompressobj(31)
        return rest

    @property
    def is_whole(self) -> bool:
        """Whether the end was reached."""
        return self._is_plain or (self._inflate is not None and self._inflate.eof)


def _salvaged(inflate: "zlib._Decompress", data: bytes) -> Iterator[bytes]:
    """Yield what comes before the last eight bytes, by which gzip shows whether all is right."""
    rest = data[:-8]
    while rest:
        try:
            yield inflate.decompress(rest, STEP)
        except zlib.error:  # it is damaged before them: the intact part has been yielded
            return
        rest = inflate.unconsumed_tail


def _is_zlib(data: bytes) -> bool:
    """Return whether a "deflate" has the zlib header that the standard asks for and some servers leave out."""
    return data[0] & 0x0F == 8 and (data[0] << 8 | data[1]) % 31 == 0
