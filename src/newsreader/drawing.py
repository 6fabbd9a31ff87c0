"""Rendering pages drawn by scripts in an installed Chromium or Chrome: one page, in a temporary profile.

The browser reaches only our proxy on the loopback, which connects to public addresses, and to what
the reader asked for. It is spoken with over a pipe (the Chrome DevTools Protocol).
"""

import asyncio
import contextlib
import ipaddress
import itertools
import json
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from newsreader.connecting import look_up
from newsreader.fetch_errors import FetchError
from newsreader.i18n import N_, gettext, system_reason
from newsreader.models import Response
from newsreader.networks import is_public
from newsreader.processes import end_process
from newsreader.system_network import proxy_for
from newsreader.text import line

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_START_S = 20.0
PAGE_S = 8.0
_SETTLED_S = 1.0  # so long no words come any more
_LOOK_S = 0.25
_ENOUGH = 800  # characters of a page with words; one with fewer is waited for to the end
_MIB = 1024 * 1024
_MOST_BYTES = 10 * _MIB
_MOST_TRAFFIC = 40 * _MIB
_MOST_MEMORY = 512 * _MIB
_WEIGHED_S = 0.25
_MOST_MESSAGE = 64 * _MIB
_LONGEST_HEAD = 64 * 1024
_STEP = 64 * 1024
_CONNECT_S = 5.0
_DIALOG, _PAUSED = "Page.javascriptDialogOpening", "Fetch.requestPaused"
_NOT_LOADED = frozenset(("Image", "Media", "Font"))
_EVERYTHING = [{"urlPattern": "*"}]
_ERROR_PAGE = "chrome-error:"  # where a browser is that shows its own message instead of a page

# What the browser is started by: its pipes become the descriptors 3 and 4, where it looks for them.
_STARTER = (
    "import os, sys; os.dup2(int(sys.argv[1]), 3); os.dup2(int(sys.argv[2]), 4); os.execvp(sys.argv[3], sys.argv[3:])"
)
_FLAGS = (
    "--headless", "--remote-debugging-pipe", "--no-first-run", "--no-default-browser-check", "--disable-extensions",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-default-apps",
    "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--disable-remote-fonts", "--mute-audio",
    "--block-new-web-contents", "--renderer-process-limit=1", "--js-flags=--max-old-space-size=256",
    "--blink-settings=imagesEnabled=false", "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--password-store=basic", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--proxy-server=http://127.0.0.1:9", "--proxy-bypass-list=<-loopback>",  # its own requests lead nowhere
)  # fmt: skip

# The page as it is, what its shadow roots show in its place, without what is for scripts; no element of it is made
# in the page itself, so that none of its scripts takes part.
_SNAPSHOT = """
(() => {
  const made = document.implementation.createHTMLDocument('');
  const isRead = node => !['script', 'style', 'template', 'noscript'].includes(node.localName) ||
    (node.localName === 'script' && (node.type || '').includes('ld+json'));
  const copied = (node, depth) => {
    if (node.nodeType === 3) return made.createTextNode(node.data);
    if (node.nodeType !== 1 || depth > 400 || !isRead(node)) return null;
    let copy;
    try { copy = made.createElement(node.localName); } catch { copy = made.createElement('div'); }
    for (const each of node.attributes) try { copy.setAttribute(each.name, each.value); } catch {}
    const assigned = node.localName === 'slot' ? node.assignedNodes() : [];
    const inner = node.shadowRoot ? node.shadowRoot.childNodes : assigned.length ? assigned : node.childNodes;
    for (const each of inner) { const child = copied(each, depth + 1); if (child) copy.appendChild(child); }
    return copy;
  };
  return '<!doctype html>' + copied(document.documentElement, 0).outerHTML.slice(0, LIMIT);
})()
"""
_BEFORE = "window.open = () => null; window.print = () => undefined;"  # a thousand windows take no time
_WORDS = "document.readyState + ' ' + ((document.body || {}).innerText || '').length + ' ' + location.href"


class DrawingError(FetchError):
    """The browser did not draw the page."""

    message = N_("{host} could not be drawn by {browser}: {reason}.")
    hint = N_("Open it in the browser.")
    kind = "not-drawn"


class NoDrawingBrowserError(FetchError):
    """No browser is there that could draw."""

    message = N_("No Chromium or Chrome is installed that could draw {address}.")
    hint = N_("Install Debian's chromium, or another one; or open the page in the browser.")
    kind = "no-drawing-browser"


def drawing_browser() -> str | None:
    """Return the program that draws pages; None where none is installed."""
    if sys.platform == "win32":
        return None
    return next((found for each in PROGRAMS if (found := shutil.which(each)) is not None), None)


async def draw(
    url: str,
    now: datetime,
    may_reach: Callable[[str], frozenset[str] | None],
    *,
    proxy: str | None = None,
    page_s: float = PAGE_S,
    most_memory: int = _MOST_MEMORY,
) -> Response:
    """Return a page as a browser renders it.

    Args:
        url: As `normalise_url` writes it.
        now: The time of the response.
        may_reach: For a host and port, the private addresses that it may have; None for any.
        proxy: That of the settings; a site that needs one is not drawn.
        page_s: How long the page is waited for.
        most_memory: Bytes that the browser and all that it starts may take; measured where the system says it (Linux).

    Raises:
        NoDrawingBrowserError: no browser is installed.
        DrawingError: it does not start, the page does not come, or does not settle.
    """
    program = drawing_browser()
    if program is None:
        raise NoDrawingBrowserError(url)

    def failure(reason: str) -> DrawingError:
        return DrawingError(url, browser=line(Path(program).name, 40), reason=line(reason, 200))

    if proxy_for(url, proxy) is not None:
        raise failure(gettext("it is reached through a proxy, and pages can only be drawn without one"))
    try:
        asked: set[str] = set()  # by the page, as host and port: what the browser wants for itself is refused
        async with _gate(may_reach, asked) as port, _browser(program, port, asked, most_memory) as browser:
            try:
                final_url, html = await browser.page(url, page_s)
            except TimeoutError as error:
                reason = gettext("its scripts did not finish within {seconds} seconds").format(seconds=f"{page_s:g}")
                raise failure(reason) from error
    except TimeoutError as error:
        raise failure(gettext("the browser did not start")) from error
    except _TooMuchMemoryError as error:
        reason = gettext("it took more than {limit} MB of memory").format(limit=most_memory // _MIB)
        raise failure(reason) from error
    except _BrowserFaultError as error:
        raise failure(str(error) or gettext("the browser ended")) from error
    except OSError as error:
        raise failure(system_reason(error.strerror or "") or gettext("the browser did not start")) from error
    body = html.encode("utf-8", "replace")[:_MOST_BYTES]
    return Response(url, final_url, 200, "text/html; charset=utf-8", body, None, None, now)


# --- the browser --------------------------------------------------------------------------------


class _BrowserFaultError(Exception):
    """The browser refuses what it is asked for, or is gone."""


class _TooMuchMemoryError(_BrowserFaultError):
    """The browser took more memory than it may."""


class _Browser:
    """A browser at the other end of two pipes."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, asked: set[str]) -> None:
        self._asked = asked
        self._reader = reader
        self._writer = writer
        self._numbers = itertools.count(1)
        self._waiting: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._session: str | None = None
        self._fault: _BrowserFaultError | None = None
        self._listening = asyncio.ensure_future(self._listen())

    async def start(self, port: int) -> None:
        """Make the one page there is, which knows no way but the proxy at a port."""
        proxy: dict[str, object] = {"proxyServer": f"http://127.0.0.1:{port}", "proxyBypassList": "<-loopback>"}
        context = (await self._call("Target.createBrowserContext", **proxy))["browserContextId"]
        await self._call("Browser.setDownloadBehavior", behavior="deny", browserContextId=context)
        created = await self._call("Target.createTarget", url="about:blank", browserContextId=context)
        target = created["targetId"]
        self._session = (await self._call("Target.attachToTarget", targetId=target, flatten=True))["sessionId"]
        await self._call("Page.enable")
        await self._call("Page.addScriptToEvaluateOnNewDocument", source=_BEFORE)
        await self._call("Fetch.enable", patterns=_EVERYTHING)

    async def page(self, url: str, page_s: float) -> tuple[str, str]:
        """Return where a page is in the end, and its markup as it is when its words rest, or its time is up.

        Raises:
            TimeoutError: its scripts let nobody look.
        """
        loop = asyncio.get_running_loop()
        async with asyncio.timeout(page_s + 2 * _SETTLED_S):
            started = loop.time()
            found = await self._call("Page.navigate", url=url)
            if found.get("errorText"):
                raise _BrowserFaultError(found["errorText"])
            seen, since = "", loop.time()
            while True:
                words = str(await self._value(_WORDS))
                if words != seen:
                    seen, since = words, loop.time()
                state, length, final_url = words.split(" ", 2)
                if final_url.startswith(_ERROR_PAGE):
                    raise _BrowserFaultError(gettext("its scripts lead to an address that cannot be reached"))
                rests = loop.time() - since >= _SETTLED_S
                if (state == "complete" and int(length) >= _ENOUGH and rests) or loop.time() - started >= page_s:
                    break
                await asyncio.sleep(_LOOK_S)
            html = str(await self._value(_SNAPSHOT.replace("LIMIT", str(_MOST_BYTES))))
        return (final_url if final_url.startswith(("http://", "https://")) else url), html

    def give_up(self, error: _BrowserFaultError) -> None:
        """Raise this error for everyone waiting for an answer, and for later requests."""
        self._fault = error
        for waiting in self._waiting.values():
            if not waiting.done():
                waiting.set_exception(error)

    async def aclose(self) -> None:
        """Close the connection to the browser."""
        self._listening.cancel()
        self._writer.close()
        await asyncio.gather(self._listening, return_exceptions=True)

    async def _value(self, expression: str) -> object:
        found = await self._call("Runtime.evaluate", expression=expression, returnByValue=True)
        if "exceptionDetails" in found:
            raise _BrowserFaultError(gettext("the page cannot be read"))
        return found["result"].get("value", "")

    async def _call(self, method: str, **parameters: object) -> dict[str, Any]:
        number = next(self._numbers)
        answer: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self._waiting[number] = answer
        self._send(number, method, parameters)
        if self._fault is not None:
            raise self._fault
        if self._listening.done():
            raise _BrowserFaultError
        try:
            return await answer
        finally:
            self._waiting.pop(number, None)

    def _send(self, number: int, method: str, parameters: dict[str, object]) -> None:
        message: dict[str, object] = {"id": number, "method": method, "params": parameters}
        if self._session is not None:
            message["sessionId"] = self._session
        self._writer.write(json.dumps(message).encode() + b"\0")

    def _judge(self, paused: dict[str, Any]) -> None:
        """Let a request of the page pass, and the gate know of its host; or refuse what is not read anyway."""
        which: dict[str, object] = {"requestId": paused["requestId"]}
        if paused.get("resourceType") in _NOT_LOADED:
            self._send(next(self._numbers), "Fetch.failRequest", which | {"errorReason": "BlockedByClient"})
            return
        self._asked.add(_place(paused["request"]["url"]))
        self._send(next(self._numbers), "Fetch.continueRequest", which)

    async def _listen(self) -> None:
        """Take what it says: answers to what was asked, questions of the page that are answered with no."""
        try:
            while True:
                message = json.loads((await self._reader.readuntil(b"\0"))[:-1])
                answer = self._waiting.get(message.get("id", 0))
                if answer is not None and not answer.done():
                    if "error" in message:
                        answer.set_exception(_BrowserFaultError(line(str(message["error"].get("message", "")), 120)))
                    else:
                        answer.set_result(message["result"])
                elif message.get("method") == _DIALOG:
                    self._send(next(self._numbers), "Page.handleJavaScriptDialog", {"accept": False})
                elif message.get("method") == _PAUSED:
                    self._judge(message["params"])
        except (OSError, EOFError, ValueError, LookupError, asyncio.LimitOverrunError):
            for waiting in self._waiting.values():
                if not waiting.done():
                    waiting.set_exception(_BrowserFaultError())


@contextlib.asynccontextmanager
async def _browser(program: str, port: int, asked: set[str], most_memory: int) -> AsyncIterator[_Browser]:
    """Start a browser whose page knows no way but the proxy at a port, and end it and all that it started."""
    import fcntl  # which Windows has not

    loop = asyncio.get_running_loop()
    to_browser, commands = os.pipe()
    answers, from_browser = os.pipe()
    theirs = [fcntl.fcntl(each, fcntl.F_DUPFD_CLOEXEC, 20) for each in (to_browser, from_browser)]
    for each in (to_browser, from_browser):
        os.close(each)
    profile = await asyncio.to_thread(tempfile.mkdtemp, prefix="newsreader-")
    process = None
    try:
        flags = [*_FLAGS, f"--user-data-dir={profile}"]
        flags += ["--no-sandbox"] if os.geteuid() == 0 else []  # which it does not have as root
        starter = [sys.executable, "-I", "-S", "-c", _STARTER, *map(str, theirs)]
        nowhere = asyncio.subprocess.DEVNULL
        process = await asyncio.create_subprocess_exec(
            *starter, program, *flags, "about:blank", stdin=nowhere, stdout=nowhere, stderr=nowhere,
            pass_fds=theirs, start_new_session=True,
        )  # fmt: skip
        for each in theirs:
            os.close(each)
        theirs = []
        reader = asyncio.StreamReader(limit=_MOST_MESSAGE)
        await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(answers, "rb", 0))
        writing, protocol = await loop.connect_write_pipe(
            lambda: asyncio.streams.FlowControlMixin(loop=loop), os.fdopen(commands, "wb", 0)
        )
        browser = _Browser(reader, asyncio.StreamWriter(writing, protocol, None, loop), asked)
        weighing = asyncio.ensure_future(_end_if_large(process.pid, most_memory, browser))
        try:
            async with asyncio.timeout(_START_S):
                await browser.start(port)
            yield browser
        finally:
            weighing.cancel()
            await asyncio.gather(weighing, return_exceptions=True)
            await browser.aclose()
    finally:
        for each in theirs:
            os.close(each)
        if process is not None:
            await end_process(process)
        await asyncio.to_thread(shutil.rmtree, profile, ignore_errors=True)


async def _end_if_large(session: int, most_memory: int, browser: _Browser) -> None:
    """End a browser that takes too much memory, with all that it has started."""
    while (taken := await asyncio.to_thread(_memory_of_session, session)) is not None:
        if taken > most_memory:
            browser.give_up(_TooMuchMemoryError())
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(session, signal.SIGKILL)
            return
        await asyncio.sleep(_WEIGHED_S)


def _memory_of_session(session: int) -> int | None:
    """Return the bytes that all processes of a session take, shared ones counted once; None if nobody knows."""
    root = Path("/proc")
    if not root.is_dir():
        return None
    total = 0
    for directory in root.iterdir():
        with contextlib.suppress(OSError, ValueError, IndexError):  # it has ended by now
            if not directory.name.isdecimal():
                continue
            after_name = (directory / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
            if int(after_name[3]) != session:
                continue
            rows = (directory / "smaps_rollup").read_text().splitlines()
            total += sum(int(row.split()[1]) * 1024 for row in rows if row.startswith("Pss:"))
    return total


# --- the gate -----------------------------------------------------------------------------------


@contextlib.asynccontextmanager
async def _gate(may_reach: Callable[[str], frozenset[str] | None], asked: set[str]) -> AsyncIterator[int]:
    """Run a proxy on the loopback that leads to what a page asked for, if that is public, or private and allowed."""
    left = [_MOST_TRAFFIC]
    tasks: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        try:
            await _served(reader, writer, may_reach, asked, left)
        except (OSError, EOFError, ValueError, TimeoutError, asyncio.LimitOverrunError, asyncio.CancelledError):
            pass  # the browser hears of it by the end of the connection; the gate, which cancels, waits for that end
        finally:
            tasks.discard(task)
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, limit=_LONGEST_HEAD)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _served(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    may_reach: Callable[[str], frozenset[str] | None],
    asked: set[str],
    left: list[int],
) -> None:
    """Lead one connection of the browser on, or refuse it."""
    head = await reader.readuntil(b"\r\n\r\n")
    first, _, rest = head.partition(b"\r\n")
    method, target, _ = first.decode("latin-1").split(" ", 2)
    parts = urlsplit(f"//{target}" if method == "CONNECT" else target)
    host, port = parts.hostname or "", parts.port or 80
    if f"{host}:{port}" not in asked:
        host = ""
    addresses = [host] if _is_numeric(host) else await look_up(host, port) if host else []
    allowed = may_reach(f"{host}:{port}")
    address = next((each for each in addresses if is_public(each) or allowed is None or each in allowed), None)
    if address is None or (method != "CONNECT" and parts.scheme != "http"):
        return  # the page learns no more of it than of a host that is not there
    async with asyncio.timeout(_CONNECT_S):
        site_reader, site_writer = await asyncio.open_connection(address, port, limit=_LONGEST_HEAD)
    try:
        if method == "CONNECT":
            writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        else:  # one request a connection: the next one may be for another site
            path = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
            site_writer.write(_closing(f"{method} {path} HTTP/1.1\r\n".encode("latin-1") + rest))
            writer.write(_closing(await site_reader.readuntil(b"\r\n\r\n")))
        await _both(_passed(reader, site_writer, left), _passed(site_reader, writer, left))
    finally:
        site_writer.close()


def _place(url: str) -> str:
    """Return the host and port of an address; empty if it isn't a web address."""
    try:
        parts = urlsplit(url)
        port = parts.port or {"http": 80, "https": 443}[parts.scheme]
    except (ValueError, KeyError):
        return ""
    return f"{parts.hostname}:{port}"


def _is_numeric(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _closing(head: bytes) -> bytes:
    """Return the head of a request or a response after which the connection ends."""
    first, *lines = head.split(b"\r\n")
    kept = [each for each in lines if not each.lower().startswith((b"connection:", b"keep-alive:", b"proxy-"))]
    return b"\r\n".join((first, b"Connection: close", *kept))


async def _both(one: Awaitable[None], other: Awaitable[None]) -> None:
    """Pass on in both directions until one of them ends."""
    tasks = [asyncio.ensure_future(one), asyncio.ensure_future(other)]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _passed(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, left: list[int]) -> None:
    while left[0] > 0 and (piece := await reader.read(_STEP)):
        left[0] -= len(piece)
        writer.write(piece)
        await writer.drain()
