"""The body of a response: decoded, within its limits, and of a kind that is read."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import datetime
from urllib.parse import urldefrag

from newsreader.contents import (
    GZIP_START,
    CodingError,
    Inflater,
    UnknownCodingsError,
    Wanted,
    essence,
    is_complete,
    is_feed_start,
    is_packed,
    is_text,
    is_wanted_start,
    is_wanted_type,
    known_coding,
    may_be_feed,
)
from newsreader.fetch_errors import BadAnswerError, EmptyError, NotAPageError, TooLargeError, UnknownCodingError
from newsreader.fetching.failures import reason_of
from newsreader.fetching.job import FetchJob
from newsreader.fetching.raw_response import READ_UP_S, RawResponse
from newsreader.i18n import N_, gettext
from newsreader.models import Response
from newsreader.text import line

_MIB = 1024 * 1024
_MOST_BYTES = 10 * _MIB  # on the wire, and again after decoding
_SNIFFED = 512
_PEEK_S = 0.5
_LONGEST_REFUSAL = 32 * 1024  # bytes of one that are looked at


class _BodyTooLargeError(Exception):
    """More was received or decoded than the limit."""


async def received(job: FetchJob, url: str, raw: RawResponse, fetched_at: datetime) -> Response:
    """Return the whole response, its body read and decoded.

    Raises:
        FetchError: its type is not supported, or it is too large or damaged.
    """
    content_type = raw.headers.get("content-type")
    if not is_wanted_type(essence(content_type), job.wanted):
        raw = await _feed_in_place_of(job, raw)
    body, is_damaged = await _read_body(job, raw)
    hints = tuple((name, raw.headers[name]) for name in ("refresh", "link") if name in raw.headers)
    if not body.strip(b" \t\r\n\xef\xbb\xbf") and "refresh" not in raw.headers:
        raise job.failure(EmptyError, raw=raw)
    return Response(
        url=urldefrag(job.key).url,
        final_url=url,
        status=raw.status,
        content_type=line(content_type) if content_type else None,
        body=body,
        etag=None if is_damaged else raw.headers.get("etag"),  # it is to be sent again, and whole
        last_modified=None if is_damaged else raw.headers.get("last-modified"),
        fetched_at=fetched_at,
        hints=hints,
        is_damaged=is_damaged,
    )


async def _feed_in_place_of(job: FetchJob, raw: RawResponse) -> RawResponse:
    """Return a response of an unsupported type as a feed, if its first bytes are those of one.

    No more of it is read, and not for long: it may be a recording of hours.
    """
    pieces, start = _pieces(raw), b""
    if job.wanted is Wanted.PAGE:
        with contextlib.suppress(TimeoutError, _BodyTooLargeError, CodingError):
            async with asyncio.timeout(_PEEK_S):
                async for piece in pieces:
                    start += piece
                    if is_feed_start(start) or not may_be_feed(start):
                        break
    if not is_feed_start(start):
        kind = essence(raw.headers.get("content-type"))
        raise job.failure(NotAPageError, raw=raw, type=line(kind, 60))

    async def chunks() -> AsyncIterator[bytes]:
        yield start
        async for piece in pieces:
            yield piece

    return replace(raw, headers=_unpacked(raw.headers), chunks=chunks())


async def _read_body(job: FetchJob, raw: RawResponse) -> tuple[bytes, bool]:
    """Read and decode the body within its limits, yielding to the event loop after every step.

    Returns:
        It, and whether it came whole in a transfer or a packing that is damaged.
    """
    import httpcore

    body = bytearray()
    is_known = is_damaged = False
    try:
        async for piece in _pieces(raw):
            body += piece
            if not is_known and len(body) >= _SNIFFED:
                _check_start(job, raw, body)
                is_known = True
    except _BodyTooLargeError as error:
        raise job.failure(TooLargeError, raw=raw, limit=str(_MOST_BYTES // _MIB)) from error
    except UnknownCodingsError as error:
        coding = line(raw.headers.get("content-encoding", ""), 40)
        raise job.failure(UnknownCodingError, raw=raw, coding=coding) from error
    except (httpcore.ProtocolError, httpcore.NetworkError) as error:
        if not is_complete(bytes(body)):
            raise
        is_damaged = True
        job.note(
            gettext("The page arrived complete, though its transfer ended badly: {reason}.").format(
                reason=reason_of(error)
            )
        )
    except CodingError as error:
        if is_complete(bytes(body)):
            job.note(gettext("The page arrived complete, though its compression is damaged."))
            _check_whole(job, raw, body)
            return bytes(body), True
        coding = line(raw.headers.get("content-encoding", ""), 40)
        reason = gettext(N_("it is incomplete, or not encoded as {coding}")).format(coding=coding)
        raise job.failure(BadAnswerError, raw=raw, reason=reason) from error
    _check_whole(job, raw, body)
    return bytes(body), is_damaged


def _check_start(job: FetchJob, raw: RawResponse, body: bytearray) -> None:
    """Refuse a body whose beginning is not what it states to be."""
    start = bytes(body[:_SNIFFED])
    stated = essence(raw.headers.get("content-type"))
    if start and not is_wanted_start(start, stated, job.wanted):
        if (coding := line(raw.headers.get("content-encoding", ""), 40)) and is_packed(start):
            raise job.failure(UnknownCodingError, raw=raw, coding=coding)
        raise job.failure(NotAPageError, raw=raw, type=gettext(N_("not the one it states")))


def _check_whole(job: FetchJob, raw: RawResponse, body: bytearray) -> None:
    """Refuse a body that is not what it states to be, by its beginning or by its bytes; NULs alone are padding."""
    _check_start(job, raw, body)
    if job.wanted is Wanted.PAGE and not is_text(bytes(body).replace(b"\0", b"")):
        raise job.failure(NotAPageError, raw=raw, type=gettext(N_("not the one it states")))


async def _pieces(raw: RawResponse) -> AsyncIterator[bytes]:
    """Yield the decoded body in small pieces.

    Raises:
        _BodyTooLargeError: it is announced, comes or decodes as more than is read.
        CodingError: it is not in its coding, or that was not asked for.
    """
    length = raw.headers.get("content-length", "")
    if length.isascii() and length.isdigit() and int(length[:20]) > _MOST_BYTES:
        raise _BodyTooLargeError
    coding = known_coding(raw.headers.get("content-encoding", ""))
    inflater = Inflater(coding) if coding else None
    on_wire = decoded = 0
    async for chunk in raw.chunks:
        if coding is None and not on_wire and chunk.startswith(GZIP_START):  # whatever its headers say
            inflater = Inflater("gzip")
        on_wire += len(chunk)
        for piece in inflater.feed(chunk) if inflater else (chunk,):
            decoded += len(piece)
            if max(on_wire, decoded) > _MOST_BYTES:
                raise _BodyTooLargeError
            yield piece
            await asyncio.sleep(0)
    if inflater and on_wire and not inflater.is_whole:
        raise CodingError


def _unpacked(headers: Mapping[str, str]) -> dict[str, str]:
    """Return the headers of a feed whose body is decoded already, and whose type says nothing."""
    unpacked = {**headers, "content-type": ""}
    unpacked.pop("content-encoding", None)
    return unpacked


async def beginning_of(raw: RawResponse) -> bytes:
    """Return the beginning of a refusal, as far as it comes quickly; unpacked if it is packed."""
    coding = "gzip" if "gzip" in raw.headers.get("content-encoding", "").lower() else None
    inflater, body = Inflater(coding) if coding else None, bytearray()
    with contextlib.suppress(TimeoutError, CodingError):
        async with asyncio.timeout(READ_UP_S):
            async for chunk in raw.chunks:
                for piece in inflater.feed(chunk) if inflater else (chunk,):
                    body += piece
                    if len(body) > _LONGEST_REFUSAL:
                        return bytes(body)
    return bytes(body)
