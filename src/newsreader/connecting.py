"""The way to a host: which addresses may be reached, through which proxy, trusting which certificates.

Imported when the first address is fetched, httpx being slow to import.
"""

import asyncio
import contextlib
import itertools
import logging
import socket
import ssl
import sys
import threading
import time
from collections import OrderedDict
from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from http.cookiejar import CookieJar, DefaultCookiePolicy
from importlib.util import find_spec
from urllib.parse import urlsplit

import httpcore
import httpx
import socksio

from newsreader.header_lines import HeadFilter
from newsreader.i18n import gettext
from newsreader.networks import BY_PROXY, NONE, Private, is_public, place_of
from newsreader.system_network import is_loopback, literal_address, proxy_for, sounds_private, tls_context
from newsreader.urls import split_credentials

AT_ONCE = 16
_KEPT = 6  # connections to one host
_KEPT_HOSTS = 32
_KEPT_S = 30.0
_NEXT_ADDRESS_S = 0.25  # RFC 8305, 5: how long one address may keep the next one waiting
_MOST_ADDRESSES = 8
Lookup = Callable[[str, int], Awaitable[list[str]]]
"""A host and a port to its IP addresses, the best first; raises OSError."""


class PrivateAddressError(Exception):
    """A host that may not be private has only private addresses."""


class UnreachableError(Exception):
    """No TCP connection to the host was possible; the argument is the error that says why."""


async def look_up(host: str, port: int) -> list[str]:
    """Return the addresses of a host, as the system finds them.

    Every lookup has a thread of its own that nobody waits for at the end: a name server that does not answer keeps
    neither other threads nor the exit of the program waiting.

    Raises:
        OSError: there are none.
    """
    loop = asyncio.get_running_loop()
    found: asyncio.Future[list[str]] = loop.create_future()

    def report(addresses: list[str], error: Exception | None) -> None:
        if found.done():
            return
        if error:
            found.set_exception(error)
        else:
            found.set_result(addresses)

    def ask() -> None:
        addresses: list[str] = []
        problem: Exception | None = None
        try:
            infos = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            addresses = list(dict.fromkeys(str(info[4][0]) for info in infos))
            if not addresses:
                problem = socket.gaierror(socket.EAI_NONAME, gettext("the name has no address"))
        except UnicodeError:
            problem = socket.gaierror(socket.EAI_NONAME, gettext("the name is not valid"))
        except Exception as error:  # noqa: BLE001  (raised where it is waited for)
            problem = error
        with contextlib.suppress(RuntimeError):  # the loop has been closed
            loop.call_soon_threadsafe(report, addresses, problem)

    threading.Thread(target=ask, name=f"look up {host}", daemon=True).start()
    return await found


def _families_in_turn(addresses: Iterable[str]) -> list[str]:
    """Return the addresses alternating IPv6 and IPv4, so that a broken family costs only one wait."""
    families: dict[bool, list[str]] = {}
    for address in addresses:
        families.setdefault(":" in address, []).append(address)
    mixed = itertools.chain.from_iterable(itertools.zip_longest(*families.values()))
    return [address for address in mixed if address][:_MOST_ADDRESSES]


class _Stream(httpcore.AsyncNetworkStream):
    """A connection that drops bad header lines from responses: one of them would lose the whole response.

    It is closed where its TLS handshake is cancelled; httpcore's own would be left open.
    """

    def __init__(self, inner: httpcore.AsyncNetworkStream) -> None:
        self._inner = inner
        self._heads = HeadFilter()

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109
        """Read up to so many bytes, and what was held back of those before."""
        while data := await self._inner.read(max_bytes, timeout):
            if sound := self._heads.feed(data):
                return sound
        return self._heads.flush()

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109
        """Write them all."""
        self._heads.await_head()
        await self._inner.write(buffer, timeout)

    async def aclose(self) -> None:
        """Close the connection."""
        await self._inner.aclose()

    def get_extra_info(self, info: str) -> object:
        """Return what httpcore asks about the socket."""
        return self._inner.get_extra_info(info)

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109  (httpcore's own interface)
    ) -> httpcore.AsyncNetworkStream:
        """Shake hands."""
        try:
            return _Stream(await self._inner.start_tls(ssl_context, server_hostname, timeout))
        except BaseException:
            await self._inner.aclose()
            raise


_MAY_REACH: ContextVar[Private] = ContextVar("may_reach", default=NONE)
"""The private addresses that a connection may go to which this task opens."""


class _Network(httpcore.AsyncNetworkBackend):
    """The network as httpcore asks for it.

    A name is looked up once, its addresses are checked, and the connection goes to a checked one: a name that
    changes its address between the check and the use gains nothing.
    """

    def __init__(self, lookup: Lookup, seen: dict[str, frozenset[str]], *, is_proxy: bool) -> None:
        """Hold what is needed.

        Args:
            lookup: Finds the addresses of a name.
            seen: Receives the private addresses at which a place was reached.
            is_proxy: The connection is to a proxy, so that failures are the proxy's.
        """
        self._tcp = httpcore.AnyIOBackend()
        self._lookup = lookup
        self._seen = seen
        self._is_proxy = is_proxy

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109  (httpcore's own interface)
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first address of the host that answers."""
        try:
            async with asyncio.timeout(timeout):
                return await self._connected(host, port)
        except (UnreachableError, OSError) as error:
            if self._is_proxy:
                raise httpcore.ProxyError(error) from error
            if isinstance(error, TimeoutError):
                raise httpcore.ConnectTimeout(error) from error
            raise

    async def _connected(self, host: str, port: int) -> httpcore.AsyncNetworkStream:
        literal = literal_address(host)
        addresses = [str(literal)] if literal else await self._lookup(host, port)
        private = frozenset(address for address in addresses if not is_public(address))
        if not self._is_proxy:
            may_reach = _MAY_REACH.get()
            allowed = private if may_reach is None else private & may_reach
            addresses = [address for address in addresses if address in allowed or address not in private]
            if not addresses:
                raise PrivateAddressError(host)
            self._seen[f"{host}:{port}"] = allowed
        return await self._fastest(_families_in_turn(addresses), port)

    async def _fastest(self, addresses: list[str], port: int) -> httpcore.AsyncNetworkStream:
        """Begin with the best address, add the next when it fails or hesitates; the first to answer wins."""
        tasks: list[asyncio.Task[httpcore.AsyncNetworkStream]] = []
        winner = None
        waiting = iter(addresses)
        try:
            while winner is None:
                address = next(waiting, None)
                if address is not None:
                    tasks.append(asyncio.create_task(self._tcp.connect_tcp(address, port)))
                running = [task for task in tasks if not task.done()]
                if running:
                    delay = None if address is None else _NEXT_ADDRESS_S
                    await asyncio.wait(running, timeout=delay, return_when=asyncio.FIRST_COMPLETED)
                elif address is None:
                    break
                winner = next((task for task in tasks if task.done() and task.exception() is None), None)
        finally:
            await _dropped([task for task in tasks if task is not winner])
        if winner is None:
            raise UnreachableError(tasks[0].exception() if tasks else None)
        return _Stream(winner.result())


class _RememberingNetwork(_Network):
    """A network that remembers its connections, to close those that httpcore forgets."""

    def __init__(self, lookup: Lookup) -> None:
        super().__init__(lookup, {}, is_proxy=True)
        self.opened: list[httpcore.AsyncNetworkStream] = []

    async def _connected(self, host: str, port: int) -> httpcore.AsyncNetworkStream:
        stream = await super()._connected(host, port)
        self.opened.append(stream)
        return stream


async def _dropped(tasks: list[asyncio.Task[httpcore.AsyncNetworkStream]]) -> None:
    for task in tasks:
        task.cancel()
    for late in await asyncio.gather(*tasks, return_exceptions=True):
        if isinstance(late, httpcore.AsyncNetworkStream):
            await late.aclose()


class _Body(httpx.AsyncByteStream):
    """The body of a response as it comes; closing it gives its connection back, or closes that if it is not read up."""

    def __init__(self, chunks: AsyncIterable[bytes], held: contextlib.AsyncExitStack) -> None:
        self._chunks = chunks
        self._held = held

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._chunks:
            yield chunk

    async def aclose(self) -> None:
        await self._held.aclose()


# What httpx would act on by itself: it builds the request that a redirect leads to, even if it does not follow it, and
# fails where it cannot; cookies are kept for one chain of redirects alone.
_OURS_TO_READ = (b"location", b"set-cookie")


@dataclass(eq=False, slots=True)
class _HostPool:
    """The connections to one host, and how many requests are using them."""

    pool: httpcore.AsyncConnectionPool
    users: int = 0
    used_at: float = 0.0


class _Transport(httpx.AsyncBaseTransport):
    """What httpx speaks HTTP over: pools of connections that only go where the request may go, one for each host.

    To find a connection that is free takes no longer where many hosts are asked in turn, and none is closed for another
    host's while it may be needed again.

    A request says so in its extensions: `proxy`, `private` and `stays`, as in `Connections.response`. Where a response
    redirects to is in its extension `location`, as it was sent, and the cookies that it sets in `cookies`; neither is
    in its headers.
    """

    def __init__(self, lookup: Lookup, tls: ssl.SSLContext) -> None:
        self._lookup = lookup
        self._tls = tls
        self._pools: OrderedDict[tuple[object, ...], _HostPool] = OrderedDict()  # the last that was used at the end
        self.seen: dict[str, frozenset[str]] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request and return the head of its response."""
        url = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host.strip(b"[]"),
            port=request.url.port,
            target=request.url.raw_path,
        )
        timeout = {"timeout": request.extensions["timeout"]}
        question = httpcore.Request(
            request.method, url, headers=request.headers.raw, content=request.content or None, extensions=timeout
        )
        private: Private = request.extensions["private"]
        async with contextlib.AsyncExitStack() as stack:
            pool = await stack.enter_async_context(
                self._pool(url, request.extensions["proxy"], private, stays=request.extensions["stays"])
            )
            token = _MAY_REACH.set(private)
            try:
                answer = await pool.handle_async_request(question)
            finally:
                _MAY_REACH.reset(token)
            stack.push_async_callback(answer.aclose)
            body = _Body(answer.aiter_stream(), stack.pop_all())
        headers = [(name, value) for name, value in answer.headers if name.lower() not in _OURS_TO_READ]
        location = next((value for name, value in answer.headers if name.lower() == b"location"), b"")
        cookies = [value for name, value in answer.headers if name.lower() == b"set-cookie"]
        extensions = {**answer.extensions, "location": location, "cookies": cookies}
        return httpx.Response(answer.status, headers=headers, stream=body, extensions=extensions)

    @contextlib.asynccontextmanager
    async def _pool(
        self, url: httpcore.URL, proxy: str | None, private: Private, *, stays: bool
    ) -> AsyncIterator[httpcore.AsyncConnectionPool]:
        """Give the connections for a request. Those that may be private are kept apart from those that may not."""
        host = url.host.decode("ascii")
        if private == NONE and (sounds_private(host) if proxy else is_loopback(host)):
            raise PrivateAddressError(host)
        if proxy and proxy.startswith("socks"):
            async with self._one_use_pool(proxy) as pool:
                yield pool
            return
        key = (proxy, private != NONE or stays, url.scheme, url.host, url.port)
        known = self._pools.get(key)
        if known is None:
            network = _Network(self._lookup, self.seen, is_proxy=proxy is not None)
            known = self._pools[key] = _HostPool(self._new_pool(proxy, network))
        known.users += 1
        self._pools.move_to_end(key)
        try:
            await self._close_unused()
            yield known.pool
        finally:
            known.users -= 1
            known.used_at = time.monotonic()

    async def _close_unused(self) -> None:
        """Close the connections to the least recently used hosts, and to those unused for long."""
        too_old = time.monotonic() - _KEPT_S
        for key, each in list(self._pools.items()):
            if not each.users and (len(self._pools) > _KEPT_HOSTS or each.used_at < too_old):
                del self._pools[key]
                await each.pool.aclose()
            elif len(self._pools) <= _KEPT_HOSTS:
                return

    @contextlib.asynccontextmanager
    async def _one_use_pool(self, proxy: str) -> AsyncIterator[httpcore.AsyncConnectionPool]:
        """Give a pool for one request and close what it opened: httpcore forgets SOCKS connections that fail early."""
        network = _RememberingNetwork(self._lookup)
        pool = self._new_pool(proxy, network)
        try:
            yield pool
        except (AssertionError, socksio.ProtocolError) as error:
            raise httpcore.ProxyError(gettext("it does not speak SOCKS 5")) from error
        finally:
            await pool.aclose()
            for stream in network.opened:
                await stream.aclose()

    def _new_pool(self, proxy: str | None, network: _Network) -> httpcore.AsyncConnectionPool:
        return httpcore.AsyncConnectionPool(
            ssl_context=self._tls,
            proxy=self._proxy_options(proxy) if proxy else None,
            max_connections=AT_ONCE,
            max_keepalive_connections=_KEPT,
            keepalive_expiry=_KEPT_S,
            network_backend=network,
        )

    def _proxy_options(self, proxy: str) -> httpcore.Proxy:
        bare, credentials = split_credentials(proxy)
        auth = (credentials[0].encode(), credentials[1].encode()) if credentials else None
        try:
            scheme = urlsplit(bare).scheme
            if scheme not in ("http", "https", "socks5", "socks5h"):
                raise httpcore.ProxyError(gettext("only HTTP and SOCKS 5 proxies are known here"))
            return httpcore.Proxy(bare, auth=auth, ssl_context=self._tls if scheme == "https" else None)
        except (TypeError, ValueError) as error:
            raise httpcore.ProxyError(gettext("its address is not valid")) from error

    async def aclose(self) -> None:
        """Close every connection."""
        pools = list(self._pools.values())
        self._pools.clear()
        for each in pools:
            await each.pool.aclose()


class Connections:
    """Sends requests, and keeps some connections open for a while. Slow to make: it reads the certificates."""

    def __init__(self, lookup: Lookup | None, proxy: str | None, connect_s: float) -> None:
        for library, level in (("httpcore", logging.INFO), ("httpx", logging.WARNING)):  # below, their lines hold
            logging.getLogger(library).setLevel(level)  # passwords, and what the server wrote, as it wrote it
        if "sniffio" not in sys.modules and find_spec("sniffio") is None:
            # httpcore asks for it whenever it makes a lock, six times a page: each time all directories are searched.
            sys.modules["sniffio"] = None  # type: ignore[assignment]  # not there, as the import system puts it
        self._proxy = proxy
        self._transport = _Transport(lookup or look_up, tls_context())
        self._client = httpx.AsyncClient(
            transport=self._transport,
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            follow_redirects=False,
            trust_env=False,
            timeout=httpx.Timeout(None, connect=connect_s),
        )

    def proxy_for(self, url: str) -> str | None:
        """Return the proxy for an address, as `proxy_for` does."""
        return proxy_for(url, self._proxy)

    @contextlib.asynccontextmanager
    async def response(
        self,
        url: str,
        headers: Mapping[str, str],
        proxy: str | None,
        private: Private,
        *,
        stays: bool = False,
        form: bytes | None = None,
        method: str | None = None,
    ) -> AsyncIterator[httpx.Response]:
        """Ask for an address, as `normalise_url` writes it, and give the head of the response.

        Where it redirects to is in its extension `location`. Leaving closes what of it is not read.

        Args:
            url: The address.
            headers: What is sent beside the host's name.
            proxy: The proxy for it, or none.
            private: The private addresses that may be reached.
            stays: The host and port are those that were just asked, over a connection that may be used again.
            form: A filled form to send, or another body; None to ask only.
            method: Of HTTP, or of WebDAV; GET or, with a body, POST if None.

        Raises:
            PrivateAddressError: the host has no addresses but private ones, and none that may be reached.
            UnreachableError, httpcore's and httpx's errors, OSError: there is no response.
        """
        extensions = {"proxy": proxy, "private": private, "stays": stays}
        headers = {"Host": urlsplit(url).netloc, **headers}  # else httpx decodes the name, and fails with some
        method = method or ("GET" if form is None else "POST")
        async with self._client.stream(method, url, headers=headers, content=form, extensions=extensions) as response:
            yield response

    def private_addresses(self, url: str, proxy: str | None) -> frozenset[str]:
        """Return the private addresses at which the host of an address was when it was last connected to.

        Of a host that a proxy looks up only the name is known.
        """
        parts = urlsplit(url)
        if proxy:
            return BY_PROXY if sounds_private(parts.hostname or "") else NONE
        return self._transport.seen.get(place_of(url), NONE)

    async def aclose(self) -> None:
        """Close every connection."""
        await self._client.aclose()
