"""Small real servers on the loopback for the tests: they can be slow, break off, hang and be stopped."""

import asyncio
import inspect
import threading
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    import ssl

Reader = asyncio.StreamReader
Writer = asyncio.StreamWriter


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked; header names are lower-case."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes = b""

    @property
    def path(self) -> str:
        """The target without its query."""
        return self.target.partition("?")[0]


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered: `delay_s` passes before it, `piece_delay_s` after every `piece` bytes of the body."""

    body: bytes | str = b""
    status: int = 200
    content_type: str | None = "text/html; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()
    reason: bytes = b"OK"
    delay_s: float = 0.0
    piece: int = 0
    piece_delay_s: float = 0.0

    @property
    def octets(self) -> bytes:
        """The body as it is sent."""
        return self.body.encode() if isinstance(self.body, str) else self.body

    def head(self) -> bytes:
        """The status line and the headers as they are sent; a Content-Length unless one is given."""
        lines = [b"HTTP/1.1 %d %b" % (self.status, self.reason)]
        if self.content_type is not None:
            lines.append(f"Content-Type: {self.content_type}".encode("latin-1"))
        lines += [f"{name}: {value}".encode("latin-1") for name, value in self.headers]
        if not any(name.lower() in ("content-length", "transfer-encoding") for name, _ in self.headers):
            lines.append(b"Content-Length: %d" % len(self.octets))
        return b"\r\n".join(lines) + b"\r\n\r\n"


def redirect(location: str, status: int = 302) -> Answer:
    """Return a redirect."""
    return Answer(status=status, reason=b"Found", headers=(("Location", location),))


Raw = Callable[[Request, Reader, Writer], Awaitable[None]]
"""Writes an answer of its own, byte by byte; the connection is closed after it."""

Route = Answer | Callable[[Request], Answer] | Raw


class LoopbackServer:
    """Runs a server of connections in a thread of its own, at a free port of 127.0.0.1."""

    def __init__(self) -> None:
        self.tls: ssl.SSLContext | None = None
        self.port = 0
        self.connections = 0
        self.open_connections = 0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None

    async def serve(self, reader: Reader, writer: Writer) -> None:
        """Serve one connection until it ends."""
        raise NotImplementedError

    @property
    def base(self) -> str:
        """The server's address, with a slash at the end."""
        return f"http{'s' if self.tls else ''}://127.0.0.1:{self.port}/"

    def start(self) -> str:
        """Start (again, at the same port) and return the address."""
        ready = threading.Event()
        failed: list[BaseException] = []

        def run() -> None:
            loop = asyncio.new_event_loop()
            self._loop = loop
            try:
                loop.run_until_complete(self._listen())
            except BaseException as error:  # noqa: BLE001  (passed to the thread that waits)
                failed.append(error)
                ready.set()
                return
            ready.set()
            loop.run_forever()
            loop.run_until_complete(self._close())
            loop.close()

        self._thread = threading.Thread(target=run, name=type(self).__name__, daemon=True)
        self._thread.start()
        ready.wait()
        if failed:
            raise failed[0]
        return self.base

    def stop(self) -> None:
        """Stop: later connections are refused, the open ones are cut off."""
        if self._loop is None or self._thread is None:
            return
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop = self._thread = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    def run_soon(self, coroutine: Coroutine[Any, Any, None]) -> None:
        """Run something in the server's own thread."""
        assert self._loop is not None
        asyncio.run_coroutine_threadsafe(coroutine, self._loop)

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._accepted, "127.0.0.1", self.port, ssl=self.tls)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _accepted(self, reader: Reader, writer: Writer) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self.connections += 1
        self.open_connections += 1
        try:
            await self.serve(reader, writer)
        except (OSError, EOFError, asyncio.LimitOverrunError, asyncio.CancelledError):
            pass
        finally:
            self.open_connections -= 1
            self._tasks.discard(task)
            writer.close()

    async def _close(self) -> None:
        assert self._server is not None
        self._server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.sleep(0)


async def read_request(reader: Reader) -> Request:
    """Read the head of a request; raises EOFError where the connection ends."""
    first_byte = await reader.readexactly(1)
    if first_byte == b"\x16":  # a TLS handshake, which a server without TLS hangs up on
        raise EOFError
    head = (first_byte + await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.split("\r\n")
    method, target, _ = first.split(" ", 2)
    pairs = (one.partition(":") for one in lines if one)
    headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Request(method, target, headers, body)


class SiteServer(LoopbackServer):
    """A web site: answers by path; everything it was asked is kept in `requests`.

    Attributes:
        delay_s: Passes before every answer; may be changed while it runs.
        broken: Every connection is cut off before an answer; may be changed while it runs.
    """

    def __init__(self, routes: Mapping[str, Route] | None = None) -> None:
        super().__init__()
        self.routes: dict[str, Route] = dict(routes or {})
        self.requests: list[Request] = []
        self.delay_s = 0.0
        self.broken = False

    def url(self, path: str = "") -> str:
        """Return the address of a path."""
        return self.base + path.removeprefix("/")

    async def serve(self, reader: Reader, writer: Writer) -> None:
        """Answer every request of the connection in turn."""
        while True:
            request = await read_request(reader)
            self.requests.append(request)
            await asyncio.sleep(self.delay_s)
            if self.broken:
                writer.transport.abort()
                return
            route = self.routes.get(request.path, Answer("nothing here", 404, reason=b"Not Found"))
            outcome = route if isinstance(route, Answer) else self._called(route, request, reader, writer)
            if not isinstance(outcome, Answer):
                await outcome
                return
            await self._send(outcome, request, writer)

    def _called(self, route: Any, request: Request, reader: Reader, writer: Writer) -> Answer | Awaitable[None]:
        if inspect.iscoroutinefunction(route):
            raw: Awaitable[None] = route(request, reader, writer)
            return raw
        answer: Answer = route(request)
        return answer

    async def _send(self, answer: Answer, request: Request, writer: Writer) -> None:
        await asyncio.sleep(answer.delay_s)
        writer.write(answer.head())
        if request.method == "HEAD":
            return
        body = answer.octets
        step = answer.piece or len(body) or 1
        for at in range(0, len(body), step):
            writer.write(body[at : at + step])
            await writer.drain()
            await asyncio.sleep(answer.piece_delay_s)


async def _piped(reader: Reader, writer: Writer) -> None:
    while chunk := await reader.read(65536):
        writer.write(chunk)
        await writer.drain()
    writer.close()


class ProxyServer(LoopbackServer):
    """An HTTP and SOCKS 5 proxy that takes every host for the site on 127.0.0.1 at `to_port`.

    Attributes:
        asked: The hosts (with port) that it was asked for.
        authorization: What clients gave as `Proxy-Authorization`.
        refuses: Tunnels and connections are refused.
    """

    def __init__(self, to_port: int) -> None:
        super().__init__()
        self.to_port = to_port
        self.asked: list[str] = []
        self.authorization: list[str] = []
        self.refuses = False

    async def serve(self, reader: Reader, writer: Writer) -> None:
        """Speak SOCKS 5 where the first byte says so, else HTTP."""
        first = await reader.readexactly(1)
        if first == b"\x05":
            await self._serve_socks(reader, writer)
        else:
            head = first + await reader.readuntil(b"\r\n\r\n")
            await self._serve_http(head, reader, writer)

    async def _serve_http(self, head: bytes, reader: Reader, writer: Writer) -> None:
        lines = head.decode("latin-1").split("\r\n")
        method, target, version = lines[0].split(" ")
        self.authorization += [one.partition(": ")[2] for one in lines if one.lower().startswith("proxy-auth")]
        if method == "CONNECT":
            self.asked.append(target)
            if self.refuses:
                writer.write(b"HTTP/1.1 403 No \x9b31m way\r\nContent-Length: 0\r\n\r\n")
                return
            writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
            await self._tunnel(reader, writer, b"")
            return
        host, _, path = target.removeprefix("http://").partition("/")
        self.asked.append(host)
        lines[0] = f"{method} /{path} {version}"
        await self._tunnel(reader, writer, "\r\n".join(lines).encode("latin-1"))

    async def _serve_socks(self, reader: Reader, writer: Writer) -> None:
        await reader.readexactly((await reader.readexactly(1))[0])
        writer.write(b"\x05\x00")
        _, _, _, kind = await reader.readexactly(4)
        size = {1: 4, 4: 16}.get(kind) or (await reader.readexactly(1))[0]
        host = await reader.readexactly(size)
        port = int.from_bytes(await reader.readexactly(2), "big")
        self.asked.append(f"{host.decode('latin-1')}:{port}")
        writer.write(bytes([5, 2 if self.refuses else 0, 0, 1, 0, 0, 0, 0, 0, 0]))
        if not self.refuses:
            await self._tunnel(reader, writer, b"")

    async def _tunnel(self, reader: Reader, writer: Writer, first: bytes) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", self.to_port)
        back.write(first)
        try:
            await asyncio.gather(_piped(reader, back), _piped(there, writer))
        finally:
            back.transport.abort()
