"""The sample newspaper over real HTTP, on the loopback only."""

import hashlib
import socket
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import TracebackType
from typing import Self

from newsreader.sample.site import Answer, last_change, render_page

__all__ = ["SampleServer", "render_page"]


class SampleServer:
    """Serves the sample newspaper from a thread of its own.

    The times of its stories count from the start, so that a page stays the same, and is answered with 304, until the
    day ends or a new story comes out.

    Args:
        now: The clock; aware.
        port: 0 takes a free one.
    """

    def __init__(self, now: Callable[[], datetime], port: int = 0) -> None:
        self._now = now
        self._port = port
        self._server: _Server | None = None
        self._thread: Thread | None = None

    def start(self) -> str:
        """Begin to answer; return the paper's address, "http://127.0.0.1:PORT/"."""
        if self._server is None:
            self._server = _Server(self._port, self._now)
            self._thread = Thread(target=self._server.serve, name="sample newspaper", daemon=True)
            self._thread.start()
        return self._server.base_url

    def stop(self) -> None:
        """Answer no more; the address may be used again. Stopping twice is the same as once."""
        if self._server is not None:
            self._server.end()
            if self._thread is not None:
                self._thread.join()
            self._server.server_close()
            self._port, self._server = self._server.server_port, None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    @property
    def base_url(self) -> str:
        """The paper's address; the server runs.

        Raises:
            RuntimeError: the server does not run.
        """
        if self._server is None:
            message = "the sample server does not run"
            raise RuntimeError(message)
        return self._server.base_url


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, port: int, now: Callable[[], datetime]) -> None:
        super().__init__(("127.0.0.1", port), _Answering)
        self.now = now
        self.printed = now()
        self.base_url = f"http://127.0.0.1:{self.server_port}/"
        self._ended = False

    def serve(self) -> None:
        """Answer until the end; asleep between requests, where `serve_forever` wakes up to look whether it is over."""
        while not self._ended:
            self.handle_request()

    def end(self) -> None:
        """Let `serve` return: a connection wakes it up."""
        self._ended = True
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.server_port), timeout=1):
            pass

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing if a client went away."""


class _Answering(BaseHTTPRequestHandler):
    server: _Server
    server_version = "OstmereTide"
    sys_version = ""

    def do_GET(self) -> None:
        """Answer with the page, or with 304 where the client has it as it is."""
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        """Answer without the page."""
        self._answer(with_body=False)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name is the library's
        """Keep the terminal for the reader."""

    def _answer(self, *, with_body: bool) -> None:
        server = self.server
        now = server.now()
        answer = render_page(self.path, now, server.base_url, server.printed)
        etag = f'"{hashlib.sha256(answer[2]).hexdigest()[:20]}"'
        changed = last_change(now, server.printed).replace(microsecond=0)
        if answer[0] == 200 and self._is_known(etag, changed):
            self._send((304, answer[1], b""), etag, changed, with_body=False)
        else:
            self._send(answer, etag, changed, with_body=with_body)

    def _is_known(self, etag: str, changed: datetime) -> bool:
        """Return whether the client has this page (RFC 9110, 13.2.2: an etag counts before a date)."""
        asked = self.headers.get("If-None-Match")
        if asked is not None:
            return etag in (tag.strip().removeprefix("W/") for tag in asked.split(","))
        since = self.headers.get("If-Modified-Since")
        try:
            return since is not None and parsedate_to_datetime(since) >= changed
        except ValueError:
            return False

    def _send(self, answer: Answer, etag: str, changed: datetime, *, with_body: bool) -> None:
        status, content_type, body = answer
        self.send_response(status)
        if status != 304:
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
        if status in (200, 304):
            self.send_header("ETag", etag)
            self.send_header("Last-Modified", format_datetime(changed.astimezone(UTC), usegmt=True))
        self.send_header("Cache-Control", "no-cache")
        self.end_headers()
        if with_body:
            self.wfile.write(body)
