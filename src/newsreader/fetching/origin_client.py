"""Requests of any method to one host that the reader configured, and to no other: for the files that devices share."""

import asyncio
import logging
from collections.abc import Mapping
from concurrent.futures import CancelledError
from typing import TYPE_CHECKING

from newsreader.errors import UnexpectedError
from newsreader.fetching.failures import is_caused_by, reason_of
from newsreader.fetching.loop_thread import LoopThread
from newsreader.fetching.raw_response import headers_of
from newsreader.i18n import gettext
from newsreader.networks import place_of
from newsreader.request_headers import DEFAULT_USER_AGENT
from newsreader.text import line
from newsreader.urls import shown
from newsreader.values import dataclass

if TYPE_CHECKING:
    from httpx import Response

    from newsreader.connecting import Connections

_log = logging.getLogger(__name__)
_CONNECT_S = 15.0
_QUIET_S = 30.0  # in which something has to come
_MOST_S = 900.0  # for the largest file over a slow line
_SLOWEST = 64 * 1024  # bytes a second that a line takes at least, for sending
_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class OriginResponse:
    """A whole response; header names are lower-case, the body is as it was sent."""

    status: int
    reason: str
    headers: Mapping[str, str]
    body: bytes


class OriginFailure(Exception):  # noqa: N818  (it becomes an error of whoever asks)
    """There is no response.

    Attributes:
        reason: Why, in the reader's language.
    """

    def __init__(self, reason: str) -> None:
        self.reason = line(reason, 200).rstrip(".")
        super().__init__(self.reason)


class OriginClient:
    """Sends requests to the host and port of one address; a redirect is an error. To be closed.

    It has an event loop in a thread of its own. `send` blocks, so it is called where one may wait.

    Args:
        base: The address whose host may be asked.
        proxy: As in the settings; None for that of the system.
        quiet_s: For how long the host may send nothing.
    """

    def __init__(self, base: str, *, proxy: str | None = None, quiet_s: float = _QUIET_S) -> None:
        self.base = base
        self._proxy = proxy
        self._quiet_s = quiet_s
        self._connections: Connections | None = None
        self._thread = LoopThread("device files")
        self._is_closed = False

    def send(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        *,
        most_bytes: int,
    ) -> OriginResponse:
        """Send a request, and return the whole response, whatever its status, if it is not larger than so many bytes.

        Raises:
            OriginFailure: there is none, or it is too large.
        """
        if place_of(url) != place_of(self.base):
            raise OriginFailure(gettext("{address} is on another host").format(address=shown(url)))
        if self._is_closed:
            raise OriginFailure(gettext("it was cancelled"))
        sending = self._send(method, url, dict(headers or {}), body, most_bytes)
        try:
            return self._thread.submit(sending).result()
        except CancelledError as error:
            raise OriginFailure(gettext("it was cancelled")) from error

    def close(self) -> None:
        """Close every connection and end the thread; a request in progress ends with an `OriginFailure`."""
        self._is_closed = True
        self._thread.close(self._close_connections)

    async def _close_connections(self) -> None:
        if self._connections is not None:
            await self._connections.aclose()

    async def _send(
        self, method: str, url: str, headers: dict[str, str], body: bytes | None, most_bytes: int
    ) -> OriginResponse:
        try:
            async with asyncio.timeout(_MOST_S):
                return await self._retried(method, url, headers, body, most_bytes)
        except TimeoutError as error:
            seconds = gettext("no complete response within {seconds} seconds").format(seconds=f"{_MOST_S:g}")
            raise OriginFailure(seconds) from error
        except OriginFailure:
            raise
        except Exception as error:
            unexpected = UnexpectedError.of(error, f"{method} {shown(url)}")
            raise OriginFailure(unexpected.text) from error

    async def _retried(
        self, method: str, url: str, headers: dict[str, str], body: bytes | None, most_bytes: int
    ) -> OriginResponse:
        """Send a request, and again if a kept connection had been closed: all of these may be repeated."""
        try:
            return await self._response(method, url, headers, body, most_bytes)
        except _BrokenConnectionError:
            try:
                return await self._response(method, url, headers, body, most_bytes)
            except _BrokenConnectionError as error:
                raise OriginFailure(reason_of(error)) from error

    async def _response(
        self, method: str, url: str, headers: dict[str, str], body: bytes | None, most_bytes: int
    ) -> OriginResponse:
        """Ask, and read; the errors of the libraries become ours here."""
        import httpcore
        import httpx

        from newsreader.connecting import Connections, PrivateAddressError, UnreachableError

        if self._connections is None:
            self._connections = Connections(None, self._proxy, _CONNECT_S)
        connections = self._connections
        proxy = connections.proxy_for(url)
        headers = {"User-Agent": DEFAULT_USER_AGENT, "Accept-Encoding": "identity", **headers}
        try:
            async with (
                asyncio.timeout(self._quiet_s + len(body or b"") / _SLOWEST) as limit,
                # None: the reader chose this host, so it may be in a private network
                connections.response(url, headers, proxy, None, form=body, method=method) as response,
            ):
                received = await self._received(response, limit, most_bytes)
        except (httpcore.ReadError, httpcore.WriteError, httpcore.RemoteProtocolError) as error:
            raise _BrokenConnectionError(reason_of(error)) from error
        except (
            httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError, httpcore.ProxyError,
            httpx.InvalidURL, UnicodeError, PrivateAddressError, UnreachableError, TimeoutError, OSError,
        ) as error:  # fmt: skip
            raise self._failure(error, proxy) from error
        _log.info("%s %s: %d", method, shown(url), received.status)
        return received

    async def _received(self, response: "Response", limit: asyncio.Timeout, most_bytes: int) -> OriginResponse:
        """Read the body within its limits, waiting for slow data as long as something comes."""
        body, loop = bytearray(), asyncio.get_running_loop()
        async for chunk in response.aiter_raw():
            body += chunk
            if len(body) > most_bytes:
                too_large = gettext("its response is larger than {limit} MB").format(limit=most_bytes // _MIB)
                raise OriginFailure(too_large)
            limit.reschedule(loop.time() + self._quiet_s)
        reason = response.extensions.get("reason_phrase", b"").decode("latin-1")
        head = [*response.headers.raw, (b"location", response.extensions["location"])]
        return OriginResponse(response.status_code, line(reason, 60), headers_of(head), bytes(body))

    def _failure(self, error: Exception, proxy: str | None) -> OriginFailure:
        """Return the error of a library, or of the system, as one of ours."""
        import httpcore

        from newsreader.system_network import has_route

        if isinstance(error, httpcore.ProxyError):
            reason = gettext("the proxy {proxy} failed: {reason}")
            return OriginFailure(reason.format(proxy=shown(proxy or ""), reason=reason_of(error)))
        if is_caused_by(error, OSError) and not is_caused_by(error, TimeoutError) and not has_route():
            return OriginFailure(gettext("there is no network"))
        return OriginFailure(reason_of(error))


class _BrokenConnectionError(Exception):
    """A connection ended before the whole response had come."""
