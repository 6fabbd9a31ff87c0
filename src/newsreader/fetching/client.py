"""One request and the response to it, or where it is redirected to."""

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from newsreader.contents import Wanted
from newsreader.fetch_errors import (
    BadAnswerError,
    BusyError,
    BusyUntilError,
    FetchError,
    ForbiddenError,
    HTTPStatusError,
    NoTargetError,
    NotFoundError,
    PasswordError,
    RefusedRedirectError,
    ServerError,
    WallError,
    clock_time,
)
from newsreader.fetching.body import beginning_of, received
from newsreader.fetching.failures import as_fetch_error
from newsreader.fetching.job import FetchJob
from newsreader.fetching.raw_response import RawResponse, headers_of, read_up, retry_time
from newsreader.i18n import N_, gettext
from newsreader.models import Response
from newsreader.networks import NONE
from newsreader.text import line
from newsreader.urls import InvalidURLError, as_browsers_read, is_web_address, normalise_url, shown, split_credentials
from newsreader.walls import check_in_place_of, wall_vendor

if TYPE_CHECKING:
    from newsreader.connecting import Connections, Lookup

_ACCEPT = {
    Wanted.PAGE: "text/html,application/xhtml+xml,application/atom+xml,application/rss+xml,"
    "application/feed+json,application/xml;q=0.9,text/plain;q=0.8,*/*;q=0.5",
    Wanted.PICTURE: "image/webp,image/png,image/jpeg,image/gif,image/*;q=0.8,*/*;q=0.5",
}
_STATUS_ERRORS: dict[int, type[FetchError]] = {
    401: PasswordError,
    402: ForbiddenError,
    403: ForbiddenError,
    404: NotFoundError,
    410: NotFoundError,
    429: BusyError,
    451: ForbiddenError,
    503: BusyError,
}
_WALL_STATUSES = frozenset((401, 403, 405, 406, 429, 503))
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_RANGE = re.compile(r"bytes (\d{1,18})-(\d{1,18})/(\d{1,18})")


class Client:
    """Sends single requests, over connections that it keeps for a while. To be closed.

    Used from one event loop; what asks and what closes are the same thread.
    """

    def __init__(
        self,
        *,
        now: Callable[[], datetime],
        user_agent: str,
        connect_s: float,
        proxy: str | None,
        lookup: "Lookup | None",
    ) -> None:
        self._now = now
        self._user_agent = _as_ascii(user_agent)
        self._connect_s = connect_s
        self._proxy = proxy
        self._lookup = lookup
        self._connections: Connections | None = None

    def private_addresses(self, url: str) -> frozenset[str]:
        """Return the private addresses of the host of an address, as it was when it was last connected to."""
        connections = self._connections
        return NONE if connections is None else connections.private_addresses(url, connections.proxy_for(url))

    async def aclose(self) -> None:
        """Close every connection."""
        if self._connections is not None:
            await self._connections.aclose()
            self._connections = None

    async def ask(self, job: FetchJob, url: str) -> Response | str:
        """Return the response, or where it is redirected to.

        Raises:
            FetchError: there is none.
        """
        loop = asyncio.get_running_loop()
        started = loop.time()
        job.hop = url
        try:
            async with self._response(job, url) as raw:
                took = loop.time() - started
                job.note(line(f"{shown(url)}: {raw.status} {raw.reason}, {took:.2f} s"))
                return await self._understood(job, url, raw)
        except FetchError as error:
            if error.status is None:
                words = f"{shown(url)}: {error.kind}, {loop.time() - started:.2f} s"
                error.tried = (*job.tried, line(words))
                job.note(line(words))
            raise
        except asyncio.CancelledError:
            words = gettext("{address}: not finished, {seconds} s")
            job.note(line(words.format(address=shown(url), seconds=f"{loop.time() - started:.2f}")))
            raise

    async def _understood(self, job: FetchJob, url: str, raw: RawResponse) -> Response | str:
        status = raw.status
        if 300 <= status < 400:
            await read_up(raw)
        if status in _REDIRECTS:
            return self._target(job, url, raw)
        if status == 304 and job.cached is not None and job.validators(url):
            return replace(job.cached, fetched_at=self._now())
        if 200 <= status < 300:
            if vendor := check_in_place_of(raw.headers):
                raise job.failure(WallError, raw=raw, vendor=vendor)
            if status == 206 and _is_part(raw.headers.get("content-range", "")):
                raise job.failure(BadAnswerError, raw=raw, reason=gettext(N_("it is only a part of the page")))
            return await received(job, url, raw, self._now())
        if status == 304:
            raise job.failure(BadAnswerError, raw=raw, reason=gettext(N_("“not modified”, though nothing is stored")))
        kind = _STATUS_ERRORS.get(status, ServerError if 500 <= status < 600 else HTTPStatusError)
        until = retry_time(raw.headers.get("retry-after"), self._now())
        if until and kind is BusyError:
            time = clock_time(until, self._now())
            raise job.failure(BusyUntilError, raw=raw, until=until, time=time)
        if status in _WALL_STATUSES and until is None and "www-authenticate" not in raw.headers:
            vendor = wall_vendor(raw.headers, await beginning_of(raw), is_sure=status == 403)
            if vendor is not None:
                raise job.failure(WallError, raw=raw, vendor=vendor)
        raise job.failure(kind, raw=raw, until=until, reason=line(raw.reason, 60))

    def _target(self, job: FetchJob, url: str, raw: RawResponse) -> str:
        """Return where a redirect leads, without credentials of its own."""
        location = raw.headers.get("location", "").strip()
        if not location:
            raise job.failure(NoTargetError, raw=raw)
        try:
            target = urljoin(url, as_browsers_read(location))
            if not is_web_address(target):
                raise InvalidURLError(address=shown(location))
            return split_credentials(normalise_url(target))[0]
        except (ValueError, InvalidURLError) as error:
            raise job.failure(RefusedRedirectError, raw=raw, target=shown(line(location))) from error

    @contextlib.asynccontextmanager
    async def _response(self, job: FetchJob, url: str) -> AsyncIterator[RawResponse]:
        """Ask for an address and give the head of the response; every error of the libraries becomes ours here."""
        import httpcore
        import httpx

        from newsreader.connecting import Connections, PrivateAddressError, UnreachableError

        if self._connections is None:
            self._connections = Connections(self._lookup, self._proxy, self._connect_s)
        connections = self._connections
        proxy = connections.proxy_for(url)
        headers = self._request_headers(job, url)
        started: RawResponse | None = None
        try:
            async with connections.response(
                url, headers, proxy, job.may_reach, stays=job.stays, form=job.form
            ) as response:
                reason = line(response.extensions.get("reason_phrase", b"").decode("latin-1"), 60)
                cookies = response.extensions["cookies"]
                job.cookies.take(url, (value.decode("latin-1") for value in cookies))
                sent = [*response.headers.raw, *((b"set-cookie", value) for value in cookies[:1])]
                sent = [*sent, (b"location", response.extensions["location"])]
                started = RawResponse(response.status_code, reason, headers_of(sent), response.aiter_raw())
                yield started
        except (
            httpcore.TimeoutException,
            httpcore.NetworkError,
            httpcore.ProtocolError,
            httpcore.ProxyError,
            httpx.InvalidURL,
            UnicodeError,
            PrivateAddressError,
            UnreachableError,
            OSError,
        ) as error:
            raise as_fetch_error(error, job, url, started, proxy=proxy, connect_s=self._connect_s) from error

    def _request_headers(self, job: FetchJob, url: str) -> dict[str, str]:
        own, cookies = job.own_headers(url), job.cookies.header(url)
        if cookies is not None:
            name = next((name for name in own if name.lower() == "cookie"), "Cookie")
            own[name] = f"{own[name]}; {cookies}" if name in own else cookies
        return {
            "User-Agent": _as_ascii(job.user_agent) if job.user_agent else self._user_agent,
            "Accept": _ACCEPT[job.wanted],
            **own,
            "Accept-Encoding": "gzip, deflate",
            **({"Content-Type": job.form_type} if job.form is not None else {}),
            **job.validators(url),
            **job.authorization(url),
        }


def _as_ascii(text: str) -> str:
    return line(text).encode("ascii", "replace").decode("ascii")


def _is_part(content_range: str) -> bool:
    """Return whether a range of bytes, which nobody asked for, is known not to be the whole."""
    found = _RANGE.fullmatch(content_range.strip())
    return found is not None and (int(found[1]) > 0 or int(found[2]) + 1 < int(found[3]))
