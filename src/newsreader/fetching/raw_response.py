"""An HTTP response as it comes: its head, and its body before it is read."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from newsreader.contents import STEP
from newsreader.fetch_errors import LONGEST_REST
from newsreader.moments import utc
from newsreader.text import line
from newsreader.urls import shown

READ_UP_S = 0.25
"""How long what nobody needs of a response is waited for."""
_LONGEST_LINKS = 20_000  # characters of `Link` headers that are put together
_SHOWN_HEADERS = (
    "content-type",
    "content-length",
    "content-encoding",
    "location",
    "retry-after",
    "www-authenticate",
    "server",
    "via",
    "x-cache",
    "cf-mitigated",
)


@dataclass(frozen=True, slots=True)
class RawResponse:
    """The head of an HTTP response, and its body as it comes; header names are lower-case."""

    status: int
    reason: str
    headers: Mapping[str, str]
    chunks: AsyncIterator[bytes]

    @property
    def shown_headers(self) -> tuple[tuple[str, str], ...]:
        """Those of its headers that explain a failure, fit for a screen."""
        return tuple((name, shown(line(self.headers[name]))) for name in _SHOWN_HEADERS if name in self.headers)


def retry_time(value: str | None, now: datetime) -> datetime | None:
    """Return the time that a Retry-After header names (RFC 9110, 10.2.3)."""
    if not value:
        return None
    if value.isascii() and value.isdigit():
        return now + min(timedelta(seconds=int(value[:9])), LONGEST_REST)
    from email.utils import parsedate_to_datetime

    try:
        time = parsedate_to_datetime(value)
    except ValueError:
        return None
    return min(utc(time if time.tzinfo else time.replace(tzinfo=UTC)), now + LONGEST_REST)


def _decoded_header(value: bytes) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")


def headers_of(raw: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Return the headers by lower-case name; the first of several wins, but links are joined."""
    headers: dict[str, str] = {}
    for raw_name, raw_value in raw:
        name, value = raw_name.decode("latin-1").lower(), _decoded_header(raw_value).strip()
        if name == "link" and name in headers and len(headers[name]) < _LONGEST_LINKS:
            headers[name] += f", {value}"
        headers.setdefault(name, value)
    return headers


async def read_up(raw: RawResponse) -> None:
    """Read an unneeded body if it is short and comes fast: only then can the connection be reused."""
    import httpcore

    read = 0
    with contextlib.suppress(TimeoutError, httpcore.NetworkError, httpcore.ProtocolError):
        async with asyncio.timeout(READ_UP_S):
            async for chunk in raw.chunks:
                read += len(chunk)
                if read > STEP:
                    return
