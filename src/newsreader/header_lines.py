"""HTTP response heads without invalid lines: a bad line costs only that line, not the page."""

import re

# A status as it is written, and as others write it: "http/1.1  200 OK", "HTTP/2 200", "ICY 200 OK".
_STATUS = re.compile(rb"\A(?:HTTP/(\d)(?:\.(\d))?|ICY)[ \t]{1,9}(\d{3})(?:[ \t]([^\r\n]*))?\Z", re.IGNORECASE)
_CONTROLS = re.compile(rb"[\x00\n\v\f\r\x7f]+")  # which are not in a reason
_NAME = re.compile(
    rb"\A([!#$%&'*+.^_`|~0-9A-Za-z-]{1,200})[ \t]{0,20}:"
)  # RFC 9110, 5.6.2; a space before the colon is harmless
_NEVER = re.compile(rb"[\x00\x0b\x0c\r]")  # in a value: what ends lines elsewhere, and what ends strings
_LENGTH = re.compile(rb"\A\d{1,20}(?:[ \t]{0,9},[ \t]{0,9}\d{1,20}){0,9}")
_LONGEST = 64 * 1024  # bytes of a line: longer ones are left to the reader of the response, who rejects them
_STARTS = (b"HTTP/", b"ICY ")
_LONGEST_START = 5
_MOST_LINE_ENDS = 8  # that may come before a head


class HeadFilter:
    """What comes over a connection, without bad lines in heads; everything else passes unchanged."""

    def __init__(self) -> None:
        self._is_awaited = False  # a request was sent: what comes next begins with a head
        self._is_inside = False
        self._is_first = False  # the next line of a head is its status
        self._is_interim = False  # another head follows this one, which only says to wait
        self._is_dropping = False  # the line before was bad: what continues it is too
        self._is_chunked = False
        self._held = b""

    def await_head(self) -> None:
        """Note that something was sent, so that a head follows."""
        self._is_awaited = True

    def feed(self, data: bytes) -> bytes:
        """Return what of the bytes is sound so far; the beginning of a line waits for its end."""
        data, self._held = self._held + data, b""
        kept: list[bytes] = []
        at = 0
        while self._is_awaited or self._is_inside:
            if self._is_awaited:
                start = data[at : at + _LONGEST_START + _MOST_LINE_ENDS].lstrip(b"\r\n")[:_LONGEST_START].upper()
                is_whole = len(start) == _LONGEST_START or len(data) - at >= _LONGEST_START + _MOST_LINE_ENDS
                if not is_whole and any(each.startswith(start) for each in _STARTS):
                    self._held = data[at:]
                    return b"".join(kept)
                self._is_awaited, self._is_inside = False, start.startswith(_STARTS)
                while self._is_inside and data[at : at + 1] in (b"\r", b"\n"):  # of the response before
                    at += 1
                self._is_first, self._is_dropping, self._is_chunked = True, False, False
                continue
            end = data.find(b"\n", at)
            if end < 0 and len(data) - at <= _LONGEST:
                self._held = data[at:]
                return b"".join(kept)
            if end < 0:
                self._is_inside = False
                break
            kept.append(self._sound(data[at : end + 1]))
            at = end + 1
        return b"".join((*kept, data[at:]))

    def flush(self) -> bytes:
        """Return what was held back, at the end."""
        held, self._held = self._held, b""
        return held

    def _sound(self, line: bytes) -> bytes:
        """Return a line of a head as it is passed on; nothing of a bad one."""
        bare = line.rstrip(b"\n").removesuffix(b"\r")
        if self._is_first:
            self._is_first, self._is_dropping = False, True  # nothing is there to be continued
            status = _STATUS.match(bare)
            if status is None:
                self._is_interim = False
                return line
            major, minor, code, reason = status.groups()
            self._is_interim = code.startswith(b"1") and code != b"101"
            version = b"1.0" if major is None or (major, minor) == (b"1", b"0") else b"1.1"
            return b" ".join((b"HTTP/" + version, code, _CONTROLS.sub(b" ", reason or b"").strip())) + b"\r\n"
        if not bare:
            self._is_inside, self._is_awaited = False, self._is_interim
            return line
        if bare.startswith((b" ", b"\t")):
            return b"" if self._is_dropping or _NEVER.search(bare) else line
        found = _NAME.match(bare)
        value = bare[found.end() :].strip(b" \t") if found else b""
        self._is_dropping = found is None or _NEVER.search(value) is not None or self._is_nonsense(found[1], value)
        return b"" if self._is_dropping or found is None else found[1] + b": " + value + b"\r\n"

    def _is_nonsense(self, name: bytes, value: bytes) -> bool:
        """Return whether a header that says where the body ends says nothing."""
        if name.lower() == b"content-length":
            return _LENGTH.fullmatch(value) is None
        if name.lower() == b"transfer-encoding":
            was_chunked, self._is_chunked = self._is_chunked, self._is_chunked or value.lower() == b"chunked"
            return value.lower() in (b"", b"identity") or (was_chunked and value.lower() == b"chunked")
        return False
