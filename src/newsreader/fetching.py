"""The only room that speaks HTTP: an address to a whole `Response`, within limits of time, size and place."""

import asyncio
import base64
import contextlib
import errno
import logging
import os
import re
import socket
import ssl
import threading
import weakref
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Self
from urllib.parse import urldefrag, urljoin, urlsplit

from newsreader.contents import (
    STEP,
    CodingError,
    Inflater,
    UnknownCodingsError,
    Wanted,
    essence,
    is_complete,
    is_feed_start,
    is_packed,
    is_wanted_start,
    is_wanted_type,
    known_coding,
    may_be_feed,
)
from newsreader.cookies import ChainCookies, Cookie
from newsreader.errors import NewsreaderError, UnexpectedError
from newsreader.i18n import N_, gettext, system_reason
from newsreader.models import Response
from newsreader.networks import NONE, Private, Trust, place_of
from newsreader.text import line
from newsreader.urls import InvalidURLError, host_of, is_web_address, normalise_url, shown, split_credentials
from newsreader.walls import check_in_place_of, wall_vendor

if TYPE_CHECKING:
    from newsreader.connecting import Connections, Lookup

__all__ = ["FetchError", "Fetcher", "Wanted"]

NO_TRUST = Trust()
DEFAULT_USER_AGENT = "Mozilla/5.0 (compatible; newsreader/0.1; terminal news reader)"

_log = logging.getLogger(__name__)
_MIB = 1024 * 1024
_MOST_BYTES = 10 * _MIB  # on the wire, and again after decoding
_MOST_REDIRECTS = 8
_AT_ONCE = 16
_AT_ONCE_A_HOST = 6
_BACKGROUND_AT_ONCE = 12
_BACKGROUND_AT_ONCE_A_HOST = 4  # of what nobody waits for: there is always a place for what somebody does
_SNIFFED = 512
_READ_UP_S = 0.25
_PEEK_S = 0.5
_LONGEST_LINKS = 20_000  # characters of `Link` headers that are put together
_CONNECT_SHARE = 0.4  # of the time for all: it leaves enough to try http where https does not answer
_NO_WAY = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN})

# --- errors -----------------------------------------------------------------------------------


class FetchError(NewsreaderError):
    """An address could not be fetched. There is a subclass for every kind of failure.

    Attributes:
        url: The address asked for, without password.
        status: The HTTP status, if an answer came.
        retry_after: When the site allows another try; aware, UTC.
        headers: Those of the answer's headers that explain it.
        tried: What was asked in slot and what became of it, a line each.
    """

    exit_status = 3

    def __init__(
        self,
        url: str,
        *,
        status: int | None = None,
        retry_after: datetime | None = None,
        headers: tuple[tuple[str, str], ...] = (),
        tried: tuple[str, ...] = (),
        **words: str,
    ) -> None:
        self.url = shown(url)
        self.status = status
        self.retry_after = retry_after
        self.headers = headers
        self.tried = tried
        super().__init__(address=shown(url), host=line(host_of(url)), status=str(status), **words)


class NoNetworkError(FetchError):
    """This computer has no network."""

    message = N_("There is no network to fetch {address} from.")
    hint = N_("Connect and try again; what is stored can be read meanwhile.")
    kind = "offline"


class UnknownHostError(FetchError):
    """The name of the host has no address."""

    message = N_("There is no site named {host}.")
    hint = N_("Check the spelling of the address; if it is right, the network's name server may be failing.")
    kind = "dns"


class NoAddressError(FetchError):
    """What is to be fetched has no address that could be asked."""

    message = N_("{address} isn't a web address.")
    hint = N_("The page that names it may be set up wrongly: open that in the browser.")
    kind = "invalid-address"


class RefusedError(FetchError):
    """No connection came about."""

    message = N_("{host} cannot be reached: {reason}.")
    hint = N_("The site may be down: try again later, or open it in the browser.")
    kind = "refused"


class NoTLSError(FetchError):
    """The host does not speak TLS, or not with us."""

    message = N_("{host} offers no secure connection: {reason}.")
    hint = N_("Type the address with http:// if you trust the way to this site.")
    kind = "tls"


class CertificateError(FetchError):
    """The host cannot prove who it is."""

    message = N_("{host} cannot prove that it is {host}: {reason}.")
    hint = N_("Check this computer's clock and network; someone may be listening, so nothing was sent.")
    kind = "tls"


class FetchTimeoutError(FetchError):
    """The time was up before the whole answer had come."""

    message = N_("{host} sent no complete response within {seconds} seconds.")
    hint = N_("Try again, or open it in the browser.")
    kind = "timeout"


class ForbiddenError(FetchError):
    """401, 403 and their like."""

    message = N_("The site answered {status}: it refuses this program.")
    hint = N_("Open it in the browser.")
    kind = "forbidden"


class WallError(ForbiddenError):
    """A service that keeps programs out of sites refused the request."""

    message = N_("{host} answered {status}: {vendor} keeps programs out of it.")
    hint = N_("Open it in the browser; a feed of the site, or a session of its source, may get past.")


class PasswordError(FetchError):
    """401: the page has a password."""

    message = N_("The site answered {status}: it asks for a name and a password.")
    hint = N_("Type them in the address, as https://name:password@{host}/, or open it in the browser.")
    kind = "forbidden"


class NotFoundError(FetchError):
    """404 and 410."""

    message = N_("The site answered {status}: there is no such page.")
    hint = N_("Check the address; the page may have been moved or taken down.")
    kind = "not-found"


class BusyError(FetchError):
    """429 and 503."""

    message = N_("The site answered {status}: it is overloaded.")
    hint = N_("Try again in a few minutes.")
    kind = "busy"


class BusyUntilError(BusyError):
    """429 and 503, with the time of the next try."""

    hint = N_("The site asks not to try again before {time}.")


class ServerError(FetchError):
    """500 and up."""

    message = N_("The site answered {status}: the server has an internal error.")
    hint = N_("Try again later.")
    kind = "server-error"


class HTTPStatusError(FetchError):
    """Any other status that brings no page."""

    message = N_("The site answered {status} {reason} in place of a page.")
    hint = N_("Open it in the browser.")
    kind = "http-error"


class TooLargeError(FetchError):
    """More than is read of any answer."""

    message = N_("{address} is larger than {limit} MiB.")
    hint = N_("Open it in the browser.")
    kind = "too-large"


class NotAPageError(FetchError):
    """What came is of a type that is not read here."""

    message = N_("{address} is not a page to read: its type is {type}.")
    hint = N_("Open it in the browser.")
    kind = "not-a-page"


class EmptyError(FetchError):
    """A good answer without a body."""

    message = N_("{host} sent an empty page.")
    hint = N_("Try again, or open it in the browser.")
    kind = "empty"


class RedirectsError(FetchError):
    """The redirects come to no end."""

    message = N_("{host} redirected more than {limit} times.")
    hint = N_("The site may want a log-in: open it in the browser.")
    kind = "redirects"


class RefusedRedirectError(FetchError):
    """A redirect leads to what is no address of the web, or to one that cannot be asked."""

    message = N_("{host} redirects to {target}, which was refused: only web addresses are opened.")
    hint = N_("The site may be set up wrongly: open it in the browser.")
    kind = "refused-redirect"


class NoTargetError(FetchError):
    """A redirect does not say where to."""

    message = N_("{host} redirects, but does not say where to.")
    hint = N_("The site may be set up wrongly: open it in the browser.")
    kind = "refused-redirect"


class PrivateNetworkError(FetchError):
    """A page led to a private network, which only the reader may ask for."""

    message = N_("{target} is on a private network; pages may not link there.")
    hint = N_("Type that address yourself if you trust it.")
    kind = "private-network"


class ProxyFailedError(FetchError):
    """The proxy did not do its work."""

    message = N_("The proxy {proxy} failed: {reason}.")
    hint = N_("Check the proxy in the settings, or in the variables HTTPS_PROXY and ALL_PROXY.")
    kind = "proxy"


class BadAnswerError(FetchError):
    """The answer breaks off or breaks the rules of HTTP."""

    message = N_("{host} sent a response that cannot be used: {reason}.")
    hint = N_("Try again, or open it in the browser.")
    kind = "bad-answer"


class UnknownCodingError(FetchError):
    """The answer is compressed in a way that was not asked for and is not read here."""

    message = N_("{host} compressed its response as {coding}, which newsreader did not ask for and cannot read.")
    hint = N_("Open it in the browser; the site ignores what programs say they can read.")
    kind = "unknown-coding"


class UnexpectedFetchError(FetchError):
    """A fault of this program while fetching, which nobody foresaw; it has been logged whole."""

    message = N_("{host} could not be fetched: something unexpected went wrong in newsreader ({reason}).")
    hint = N_("Please report it, with what --debug-log FILE writes when it happens again.")
    kind = UnexpectedError.kind


class _TooMuchError(Exception):
    """More came over the wire, or of the decoding, than is read."""


# --- one fetch --------------------------------------------------------------------------------

_ACCEPT = {
    Wanted.PAGE: "text/html,application/xhtml+xml,application/atom+xml,application/rss+xml,"
    "application/feed+json,application/xml;q=0.9,text/plain;q=0.8,*/*;q=0.5",
    Wanted.PICTURE: "image/webp,image/png,image/jpeg,image/gif,image/*;q=0.8,*/*;q=0.5",
}
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
class _Answer:
    """The head of an HTTP answer; header names are lower-case."""

    status: int
    reason: str
    headers: Mapping[str, str]
    chunks: AsyncIterator[bytes]

    @property
    def shown_headers(self) -> tuple[tuple[str, str], ...]:
        return tuple((name, shown(line(self.headers[name]))) for name in _SHOWN_HEADERS if name in self.headers)


@dataclass(slots=True)
class _FetchJob:
    """One call of `fetch`: what is asked, and what was tried for it so far."""

    url: str  # as `normalise_url` writes it, without name and password
    key: str  # as it was asked for, without these
    cached: Response | None
    wanted: Wanted
    credentials: tuple[str, str] | None
    http_fallback: bool
    trust: Trust
    user_agent: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    background: bool = False
    tried: list[str] = field(default_factory=list)
    may_reach: Private = NONE  # of private addresses, in this hop
    stays: bool = False  # at the host and port that were asked first, so far
    cookies: ChainCookies = field(default_factory=ChainCookies)

    def note(self, words: str) -> None:
        """Keep what was tried, for the reader who asks for details, and for the log."""
        self.tried.append(words)
        _log.info("%s", words)

    def validators(self, url: str) -> dict[str, str]:
        """Return the headers that ask whether the cached answer still holds; they belong to where it came from."""
        cached = self.cached
        if cached is None or cached.final_url != url:
            return {}
        headers = {"If-None-Match": cached.etag, "If-Modified-Since": cached.last_modified}
        return {name: value for name, value in headers.items() if value and value.isprintable() and value.isascii()}

    def own_headers(self, url: str) -> dict[str, str]:
        """Return the headers that the reader chose for the host that was asked; no other host sees them."""
        if _origin(url) != _origin(self.url):
            return {}
        return {name: value for name, value in self.headers if may_be_header(name, value)}

    def authorization(self, url: str) -> dict[str, str]:
        if self.credentials is None or _origin(url) != _origin(self.url):
            return {}
        pair = ":".join(self.credentials).encode()
        return {"Authorization": "Basic " + base64.b64encode(pair).decode("ascii")}

    def failure(
        self, kind: type[FetchError], *, answer: _Answer | None = None, until: datetime | None = None, **words: str
    ) -> FetchError:
        """Return the error with all that is known for its details."""
        return kind(
            self.url,
            status=answer.status if answer else None,
            retry_after=until,
            headers=answer.shown_headers if answer else (),
            tried=tuple(self.tried),
            **words,
        )


# What a reader may not set: it steers the connection or the reading of the answer.
_OWN_TO_US = frozenset({
    "accept-encoding", "connection", "content-length", "expect", "host", "if-modified-since", "if-none-match",
    "keep-alive", "proxy-authorization", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade",
    "user-agent",
})  # fmt: skip
_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}")  # RFC 9110, 5.6.2


def may_be_header(name: str, value: str) -> bool:
    """Say whether a reader may send this header with requests."""
    is_name = _HEADER_NAME.fullmatch(name) is not None and name.lower() not in _OWN_TO_US
    return is_name and value.isascii() and value.isprintable() and len(value) <= 4000


def _ascii(text: str) -> str:
    return line(text).encode("ascii", "replace").decode("ascii")


class _Slot:
    """A place among the requests that are under way; where a redirect leads to another host, one there instead."""

    def __init__(self, places_at: "Callable[[str], tuple[asyncio.Semaphore, ...]]") -> None:
        self._places_at = places_at
        self._host: str | None = None
        self._held: list[asyncio.Semaphore] = []

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        self._leave()

    async def at(self, host: str) -> None:
        """Wait for a place at a host; none is held elsewhere meanwhile, so that two never wait for each other."""
        if host == self._host:
            return
        self._leave()
        self._host = host
        for place in self._places_at(host):
            await place.acquire()
            self._held.append(place)

    def _leave(self) -> None:
        while self._held:
            self._held.pop().release()


def _origin(url: str) -> tuple[str | None, int | None, str]:
    parts = urlsplit(url)
    return parts.hostname, parts.port, parts.scheme


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield the error and everything that it was made from, outermost first."""
    seen: set[int] = set()
    stack: list[object] = [error]
    while stack:
        one = stack.pop()
        if not isinstance(one, BaseException) or id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        inner = one.exceptions if isinstance(one, BaseExceptionGroup) else one.args[:1]
        stack.extend((one.__context__, one.__cause__, *inner))


# How the libraries quote the bytes that they do not like: the reader gets the words before it alone.
_OF_PYTHON = re.compile(r"[:,]?\s{0,3}\(?(?:bytearray\()?\bb(?:'|\").*", re.DOTALL)


def _reason(error: BaseException) -> str:
    """Return in a few words why a library failed."""
    causes = list(_causes(error))
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return line(system_reason(cause.verify_message) or gettext("its certificate is not valid"), 120)
        if isinstance(cause, ssl.SSLError) and cause.reason:
            return line(system_reason(cause.reason.replace("_", " ").lower()), 120)
    for cause in causes:
        if isinstance(cause, TimeoutError):
            return gettext(N_("it does not answer"))
        if isinstance(cause, OSError) and cause.errno is not None and cause.strerror:
            words = os.strerror(cause.errno)  # asyncio puts a sentence with the address in its place
            return line(system_reason((cause.strerror if words.startswith("Unknown") else words).lower()), 120)
    words = next((text for cause in causes if (text := line(_OF_PYTHON.sub("", str(cause)), 120))), "")
    return words.rstrip(".") or type(error).__name__


def _has(error: BaseException, kind: type[BaseException]) -> bool:
    return any(isinstance(cause, kind) for cause in _causes(error))


def _retry_time(value: str | None, now: datetime) -> datetime | None:
    """Return the time that a Retry-After header names (RFC 9110, 10.2.3)."""
    if not value:
        return None
    if value.isascii() and value.isdigit():
        return now + timedelta(seconds=min(int(value[:9]), 366 * 24 * 3600))
    from email.utils import parsedate_to_datetime

    try:
        time = parsedate_to_datetime(value)
    except ValueError:
        return None
    return (time if time.tzinfo else time.replace(tzinfo=UTC)).astimezone(UTC)


def clock_time(time: datetime, now: datetime) -> str:
    """Return a time to come for people: the clock, with the day where it is not near."""
    near = timedelta(0) <= time - now < timedelta(hours=20)
    return time.astimezone().strftime("%H:%M" if near else "%Y-%m-%d %H:%M")


def _decoded_header(value: bytes) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _headers(raw: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Return the headers by lower-case name; the first of several wins, but links are all told."""
    headers: dict[str, str] = {}
    for raw_name, raw_value in raw:
        name, value = raw_name.decode("latin-1").lower(), _decoded_header(raw_value).strip()
        if name == "link" and name in headers and len(headers[name]) < _LONGEST_LINKS:
            headers[name] += f", {value}"
        headers.setdefault(name, value)
    return headers


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
_LONGEST_REFUSAL = 32 * 1024  # bytes of one that are looked at


class Fetcher:
    """Fetches addresses, a bounded number at a time, over connections that it keeps for a while.

    Cookies are forgotten with the redirects that set them, no referer is sent, and nothing is stored. All of it is done
    by an event loop in a thread of its own, so that nothing that a site sends, a head of 15,000 lines or a million
    one-byte chunks, can keep the caller's loop (and with it the screen) busy. To be closed.
    """

    _REDIRECTS: ClassVar[frozenset[int]] = frozenset({301, 302, 303, 307, 308})

    def __init__(
        self,
        *,
        now: Callable[[], datetime],
        user_agent: str | None = None,
        deadline_s: float = 20.0,
        proxy: str | None = None,
        lookup: "Lookup | None" = None,
    ) -> None:
        self._now = now
        self._user_agent = _ascii(user_agent or DEFAULT_USER_AGENT)
        self._deadline_s = deadline_s
        self._connect_s = deadline_s * _CONNECT_SHARE
        self._proxy = proxy
        self._lookup = lookup
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._connections: Connections | None = None

    async def fetch(
        self,
        url: str,
        cached: Response | None = None,
        *,
        wanted: Wanted = Wanted.PAGE,
        trust: Trust = NO_TRUST,
        http_fallback: bool = False,
        user_agent: str | None = None,
        headers: tuple[tuple[str, str], ...] = (),
        cookies: tuple[Cookie, ...] = (),
        background: bool = False,
    ) -> Response:
        """Return the whole answer at an http(s) address; redirects are followed.

        Cancelling closes its connection at once.

        Args:
            url: Any is normalised for asking. A name and password in it go to that host alone, and into no result.
            cached: An earlier answer: the site is asked whether it still holds, and then it is returned with the new
                time.
            wanted: What it is for; other types of content are not read.
            trust: What of private networks may be reached: nothing, unless the reader asked for it.
            http_fallback: The reader typed no scheme: where https is not to be had, http will do, without a password.
            user_agent: What the program calls itself, in place of its usual name.
            headers: Further ones, for this host alone; those that steer the connection are not sent.
            cookies: Of the reader's session at this host; no other host gets them.
            background: Nobody waits for it: at most four such requests a host are under way at a time.

        Raises:
            FetchError: there is none; its subclass and `kind` say why.
        """
        key, _ = split_credentials(url)
        try:
            bare, credentials = split_credentials(urldefrag(normalise_url(url)).url)
        except InvalidURLError as error:
            raise NoAddressError(url.strip() or "?") from error
        host = urlsplit(bare).hostname or ""
        job = _FetchJob(bare, key, cached, wanted, credentials, http_fallback, trust, user_agent, headers, background)
        job.cookies = ChainCookies(cookies, host)
        fetching = self._fetch(job, host)
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(fetching, self._running_loop()))

    def private_addresses(self, url: str) -> frozenset[str]:
        """Return the private addresses at which the host of an address was when it was last fetched; none if public."""
        try:
            return self._private_addresses(split_credentials(normalise_url(url))[0])
        except InvalidURLError:
            return NONE

    def _private_addresses(self, url: str) -> frozenset[str]:
        connections = self._connections
        return NONE if connections is None else connections.private_addresses(url, connections.proxy_for(url))

    async def aclose(self) -> None:
        """Cancel what is still being fetched, close every connection and end the thread."""
        loop, thread = self._loop, self._thread
        self._loop = self._thread = None
        if loop is None or thread is None:
            return
        await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(self._closed(), loop))
        loop.call_soon_threadsafe(loop.stop)
        await asyncio.to_thread(thread.join)

    # --- the thread ---------------------------------------------------------------------------

    def _running_loop(self) -> asyncio.AbstractEventLoop:
        """Return the loop that all fetching is done in."""
        if self._loop is None:
            self._places = asyncio.Semaphore(_AT_ONCE)
            self._host_places: weakref.WeakValueDictionary[str, asyncio.Semaphore] = weakref.WeakValueDictionary()
            self._background_places = asyncio.Semaphore(_BACKGROUND_AT_ONCE)
            self._background_host_places: weakref.WeakValueDictionary[str, asyncio.Semaphore] = (
                weakref.WeakValueDictionary()
            )
            self._loop = asyncio.new_event_loop()
            self._thread = threading.Thread(target=_run, args=(self._loop,), name="fetching", daemon=True)
            self._thread.start()
        return self._loop

    async def _closed(self) -> None:
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        if self._connections is not None:
            await self._connections.aclose()
            self._connections = None

    async def _fetch(self, job: _FetchJob, host: str) -> Response:
        """Do what `fetch` says; what nobody foresaw is an error of ours too, for it may be one of many fetches."""
        try:
            return await self._fetch_in_turn(job, host)
        except NewsreaderError:
            raise
        except Exception as error:
            reason = UnexpectedError.of(error, f"fetching {shown(job.url)}").parameters["reason"]
            raise job.failure(UnexpectedFetchError, reason=reason) from error

    async def _fetch_in_turn(self, job: _FetchJob, host: str) -> Response:
        async with _Slot(partial(self._places_at, background=job.background)) as slot:
            await slot.at(host)
            try:
                async with asyncio.timeout(self._deadline_s):
                    return await self._followed(job, slot)
            except TimeoutError as error:
                job.note(gettext("stopped after {seconds} s").format(seconds=f"{self._deadline_s:g}"))
                raise job.failure(FetchTimeoutError, seconds=f"{self._deadline_s:g}") from error

    def _places_at(self, host: str, background: bool) -> tuple[asyncio.Semaphore, ...]:
        """Return where a request to a host waits for its slot, in this order."""
        of_host = self._host_places.setdefault(host, asyncio.Semaphore(_AT_ONCE_A_HOST))
        if not background:
            return of_host, self._places
        behind = self._background_host_places.setdefault(host, asyncio.Semaphore(_BACKGROUND_AT_ONCE_A_HOST))
        return behind, self._background_places, of_host, self._places

    # --- the chain ----------------------------------------------------------------------------

    async def _followed(self, job: _FetchJob, slot: "_Slot") -> Response:
        """Fetch and follow the redirects."""
        url = job.url
        job.may_reach = job.trust.of_first(url)
        job.stays = job.may_reach != NONE
        for hop in range(_MOST_REDIRECTS + 1):
            await slot.at(urlsplit(url).hostname or "")
            try:
                outcome = await self._fetched(job, url)
            except (RefusedError, NoTLSError, FetchTimeoutError):
                if hop or not job.http_fallback or not url.startswith("https:"):
                    raise
                url = "http" + url.removeprefix("https")
                job.may_reach = job.trust.of_first(url)
                continue
            if isinstance(outcome, Response):
                return outcome
            job.may_reach = job.trust.of_redirect(url, self._private_addresses(url), outcome)
            job.stays = job.stays and place_of(outcome) == place_of(url)
            url = outcome
        raise job.failure(RedirectsError, limit=str(_MOST_REDIRECTS))

    async def _fetched(self, job: _FetchJob, url: str) -> Response | str:
        """Ask once; a kept connection that the site had closed meanwhile is no failure, and it is asked again."""
        import httpcore

        for is_last in (False, True):
            try:
                return await self._asked(job, url)
            except BadAnswerError as error:
                is_stale = error.status is None and (
                    _has(error, httpcore.NetworkError) or "disconnected" in _reason(error)
                )
                if is_last or not is_stale:
                    raise
        raise AssertionError

    async def _asked(self, job: _FetchJob, url: str) -> Response | str:
        """Return the response, or where it is redirected to."""
        loop = asyncio.get_running_loop()
        started = loop.time()
        try:
            async with self._answer(job, url) as answer:
                took = loop.time() - started
                job.note(line(f"{shown(url)}: {answer.status} {answer.reason}, {took:.2f} s"))
                return await self._understood(job, url, answer)
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

    async def _understood(self, job: _FetchJob, url: str, answer: _Answer) -> Response | str:
        status = answer.status
        if 300 <= status < 400:
            await _read_up(answer)
        if status in self._REDIRECTS:
            return self._target(job, url, answer)
        if status == 304 and job.cached is not None and job.validators(url):
            return replace(job.cached, fetched_at=self._now())
        if 200 <= status < 300:
            if vendor := check_in_place_of(answer.headers):
                raise job.failure(WallError, answer=answer, vendor=vendor)
            return await self._received(job, url, answer)
        if status == 304:
            raise job.failure(BadAnswerError, answer=answer, reason=gettext(N_("nothing new, though nothing is old")))
        kind = _STATUS_ERRORS.get(status, ServerError if status >= 500 else HTTPStatusError)
        until = _retry_time(answer.headers.get("retry-after"), self._now())
        if until and kind is BusyError:
            time = clock_time(until, self._now())
            raise job.failure(BusyUntilError, answer=answer, until=until, time=time)
        if status in _WALL_STATUSES and until is None and "www-authenticate" not in answer.headers:
            vendor = wall_vendor(answer.headers, await _beginning(answer), is_sure=status == 403)
            if vendor is not None:
                raise job.failure(WallError, answer=answer, vendor=vendor)
        raise job.failure(kind, answer=answer, until=until, reason=line(answer.reason, 60))

    def _target(self, job: _FetchJob, url: str, answer: _Answer) -> str:
        """Return where a redirect leads, without credentials of its own."""
        location = answer.headers.get("location", "").strip()
        if not location:
            raise job.failure(NoTargetError, answer=answer)
        try:
            target = urljoin(url, location)
            if not is_web_address(target):
                raise InvalidURLError(address=shown(location))
            return split_credentials(normalise_url(target))[0]
        except (ValueError, InvalidURLError) as error:
            raise job.failure(RefusedRedirectError, answer=answer, target=shown(line(location))) from error

    async def _received(self, job: _FetchJob, url: str, answer: _Answer) -> Response:
        content_type = answer.headers.get("content-type")
        if not is_wanted_type(essence(content_type), job.wanted):
            answer = await self._fed(job, answer)
        body, is_damaged = await self._body(job, answer)
        hints = tuple((name, answer.headers[name]) for name in ("refresh", "link") if name in answer.headers)
        if not body.strip(b" \t\r\n\xef\xbb\xbf") and "refresh" not in answer.headers:
            raise job.failure(EmptyError, answer=answer)
        return Response(
            url=urldefrag(job.key).url,
            final_url=url,
            status=answer.status,
            content_type=line(content_type) if content_type else None,
            body=body,
            etag=None if is_damaged else answer.headers.get("etag"),  # it is to be sent again, and whole
            last_modified=None if is_damaged else answer.headers.get("last-modified"),
            fetched_at=self._now(),
            hints=hints,
            is_damaged=is_damaged,
        )

    async def _fed(self, job: _FetchJob, answer: _Answer) -> _Answer:
        """Return an answer of a type that is not read, as one that is: if its first bytes are those of a feed.

        No more of it is read, and not for long: it may be a recording of hours.
        """
        pieces, start = self._pieces(answer), b""
        if job.wanted is Wanted.PAGE:
            with contextlib.suppress(TimeoutError, _TooMuchError, CodingError):
                async with asyncio.timeout(_PEEK_S):
                    async for piece in pieces:
                        start += piece
                        if is_feed_start(start) or not may_be_feed(start):
                            break
        if not is_feed_start(start):
            kind = essence(answer.headers.get("content-type"))
            raise job.failure(NotAPageError, answer=answer, type=line(kind, 60))

        async def chunks() -> AsyncIterator[bytes]:
            yield start
            async for piece in pieces:
                yield piece

        return replace(answer, headers=_unpacked(answer.headers), chunks=chunks())

    async def _body(self, job: _FetchJob, answer: _Answer) -> tuple[bytes, bool]:
        """Read and decode the body within its limits, the event loop having its slot after every step.

        Returns:
            It, and whether it came whole in a transfer or a packing that is damaged.
        """
        import httpcore

        body = bytearray()
        is_known = is_damaged = False
        try:
            async for piece in self._pieces(answer):
                body += piece
                if not is_known and len(body) >= _SNIFFED:
                    self._check_start(job, answer, body)
                    is_known = True
        except _TooMuchError as error:
            raise job.failure(TooLargeError, answer=answer, limit=str(_MOST_BYTES // _MIB)) from error
        except UnknownCodingsError as error:
            coding = line(answer.headers.get("content-encoding", ""), 40)
            raise job.failure(UnknownCodingError, answer=answer, coding=coding) from error
        except (httpcore.ProtocolError, httpcore.NetworkError) as error:
            if not is_complete(bytes(body)):
                raise
            is_damaged = True
            job.note(
                gettext("The page came whole, though its transfer did not end well: {reason}.").format(
                    reason=_reason(error)
                )
            )
        except CodingError as error:
            if is_complete(bytes(body)):
                job.note(gettext("The page came whole, though what it was packed in is damaged."))
                self._check_start(job, answer, body)
                return bytes(body), True
            coding = line(answer.headers.get("content-encoding", ""), 40)
            reason = gettext(N_("it is not whole, or not in the coding {coding}")).format(coding=coding)
            raise job.failure(BadAnswerError, answer=answer, reason=reason) from error
        self._check_start(job, answer, body)
        return bytes(body), is_damaged

    def _check_start(self, job: _FetchJob, answer: _Answer, body: bytearray) -> None:
        start = bytes(body[:_SNIFFED])
        stated = essence(answer.headers.get("content-type"))
        if start and not is_wanted_start(start, stated, job.wanted):
            if (coding := line(answer.headers.get("content-encoding", ""), 40)) and is_packed(start):
                raise job.failure(UnknownCodingError, answer=answer, coding=coding)
            raise job.failure(NotAPageError, answer=answer, type=gettext(N_("something else than it says")))

    async def _pieces(self, answer: _Answer) -> AsyncIterator[bytes]:
        """Yield the decoded body in small pieces.

        Raises:
            _TooMuchError: it is announced, comes or decodes as more than is read.
            CodingError: it is not in its coding, or that was not asked for.
        """
        length = answer.headers.get("content-length", "")
        if length.isascii() and length.isdigit() and int(length[:20]) > _MOST_BYTES:
            raise _TooMuchError
        coding = known_coding(answer.headers.get("content-encoding", ""))
        inflater = Inflater(coding) if coding else None
        on_wire = decoded = 0
        async for chunk in answer.chunks:
            on_wire += len(chunk)
            for piece in inflater.feed(chunk) if inflater else (chunk,):
                decoded += len(piece)
                if max(on_wire, decoded) > _MOST_BYTES:
                    raise _TooMuchError
                yield piece
                await asyncio.sleep(0)
        if inflater and on_wire and not inflater.is_whole:
            raise CodingError

    # --- the connection -----------------------------------------------------------------------

    @contextlib.asynccontextmanager
    async def _answer(self, job: _FetchJob, url: str) -> AsyncIterator[_Answer]:
        """Ask for an address and give the head of the answer; every error of the libraries becomes ours here."""
        import httpcore
        import httpx

        from newsreader.connecting import Connections, PrivateAddressError, UnreachableError

        if self._connections is None:
            self._connections = Connections(self._lookup, self._proxy, self._connect_s)
        connections = self._connections
        proxy = connections.proxy_for(url)
        headers = self._request_headers(job, url)
        started: _Answer | None = None
        try:
            async with connections.response(url, headers, proxy, job.may_reach, stays=job.stays) as response:
                reason = line(response.extensions.get("reason_phrase", b"").decode("latin-1"), 60)
                cookies = response.extensions["cookies"]
                job.cookies.take(url, (value.decode("latin-1") for value in cookies))
                sent = [*response.headers.raw, *((b"set-cookie", value) for value in cookies[:1])]
                sent = [*sent, (b"location", response.extensions["location"])]
                started = _Answer(response.status_code, reason, _headers(sent), response.aiter_raw())
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
            raise self._ours(job, url, proxy, started, error) from error

    def _request_headers(self, job: _FetchJob, url: str) -> dict[str, str]:
        own, cookies = job.own_headers(url), job.cookies.header(url)
        if cookies is not None:
            name = next((name for name in own if name.lower() == "cookie"), "Cookie")
            own[name] = f"{own[name]}; {cookies}" if name in own else cookies
        return {
            "User-Agent": _ascii(job.user_agent) if job.user_agent else self._user_agent,
            "Accept": _ACCEPT[job.wanted],
            **own,
            "Accept-Encoding": "gzip, deflate",
            **job.validators(url),
            **job.authorization(url),
        }

    def _ours(
        self, job: _FetchJob, url: str, proxy: str | None, answer: _Answer | None, error: Exception
    ) -> FetchError:
        """Return the error of a library as one of ours."""
        import httpcore

        from newsreader.connecting import PrivateAddressError, UnreachableError, has_route

        if isinstance(error, PrivateAddressError):
            return job.failure(PrivateNetworkError, target=shown(url))
        if isinstance(error, httpcore.ProxyError):
            return job.failure(ProxyFailedError, proxy=shown(proxy or ""), reason=_reason(error))
        if isinstance(error, httpcore.TimeoutException):
            return job.failure(FetchTimeoutError, seconds=f"{self._connect_s:g}")
        if isinstance(error, socket.gaierror):
            return job.failure(UnknownHostError if has_route() else NoNetworkError)
        if isinstance(error, UnreachableError):
            numbers = {cause.errno for cause in _causes(error) if isinstance(cause, OSError)}
            is_offline = bool(numbers & _NO_WAY) and not has_route()
            return job.failure(NoNetworkError) if is_offline else job.failure(RefusedError, reason=_reason(error))
        if isinstance(error, httpcore.ConnectError):
            kind = CertificateError if _has(error, ssl.SSLCertVerificationError) else NoTLSError
            return job.failure(kind, reason=_reason(error))
        return job.failure(BadAnswerError, answer=answer, reason=_reason(error))


@dataclass(frozen=True, slots=True)
class NetworkRoutes:
    """How this computer comes to the web.

    Attributes:
        proxies: Pairs of a scheme and the proxy for it; passwords are in them.
        certificates: How many authorities are trusted; None where only the system knows.
    """

    has_route: bool
    proxies: tuple[tuple[str, str], ...]
    certificates: int | None


def network_routes(proxy: str | None) -> NetworkRoutes:
    """Return how this computer comes to the web, with a proxy chosen in the settings or none; nothing is sent."""
    from newsreader.connecting import has_route, proxy_for, trusted_authorities

    found = ((scheme, proxy_for(f"{scheme}://news.example/", proxy)) for scheme in ("https", "http"))
    return NetworkRoutes(has_route(), tuple((s, p) for s, p in found if p is not None), trusted_authorities())


def _unpacked(headers: Mapping[str, str]) -> dict[str, str]:
    """Return the headers of a feed whose body is decoded already, and whose type says nothing."""
    told = {**headers, "content-type": ""}
    told.pop("content-encoding", None)
    return told


async def _beginning(answer: _Answer) -> bytes:
    """Return the beginning of a refusal, as far as it comes quickly; unpacked if it is packed."""
    coding = "gzip" if "gzip" in answer.headers.get("content-encoding", "").lower() else None
    inflater, body = Inflater(coding) if coding else None, bytearray()
    with contextlib.suppress(TimeoutError, CodingError):
        async with asyncio.timeout(_READ_UP_S):
            async for chunk in answer.chunks:
                for piece in inflater.feed(chunk) if inflater else (chunk,):
                    body += piece
                    if len(body) > _LONGEST_REFUSAL:
                        return bytes(body)
    return bytes(body)


async def _read_up(answer: _Answer) -> None:
    """Read what nobody needs, if that is little and quick: only then can the connection be used again."""
    read = 0
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_READ_UP_S):
            async for chunk in answer.chunks:
                read += len(chunk)
                if read > STEP:
                    return


def _run(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    try:
        loop.run_forever()
    finally:
        loop.close()
