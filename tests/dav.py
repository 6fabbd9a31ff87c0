"""A real WebDAV server on the loopback, that of the package wsgidav, which can be made to misbehave."""

import logging
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

Middleware = Callable[[dict[str, Any], Callable[..., Any]], "Iterable[bytes] | None"]
"""Answers a request itself, or returns None to leave that to the server."""


class DavServer:
    """Serves a folder with a name and a password.

    Attributes:
        folder: Where the files are.
        asked: Method and path of each request, in order.
        fault: Answers some requests in place of the server.
    """

    user, password = "ada", "räksmörgås & co"

    def __init__(self, folder: Path) -> None:
        pytest.importorskip("wsgidav", reason="the package wsgidav, a WebDAV server, is not installed")
        from cheroot import wsgi
        from wsgidav.wsgidav_app import WsgiDAVApp

        self._root = self.folder = folder
        self.asked: list[tuple[str, str]] = []
        self.fault: Middleware | None = None
        logging.getLogger("wsgidav").propagate = False
        self._app = WsgiDAVApp({
            "provider_mapping": {"/files": str(folder)},
            "http_authenticator": {"domain_controller": None, "accept_digest": False, "default_to_digest": False},
            "simple_dc": {"user_mapping": {"*": {self.user: {"password": self.password}}}},
            "verbose": 0,
            "logging": {"enable": False},
        })  # fmt: skip
        self._server = wsgi.Server(("127.0.0.1", 0), self._handle, numthreads=2)
        self._server.prepare()
        self._thread = threading.Thread(target=self._server.serve, daemon=True)

    @property
    def base(self) -> str:
        """The address of the folder."""
        inside = "".join(f"{part}/" for part in self.folder.relative_to(self._root).parts)
        return f"http://127.0.0.1:{self._server.bind_addr[1]}/files/{inside}"

    def begin(self) -> None:
        """Continue without a fault, in an empty folder."""
        self.fault, self.asked = None, []
        self.folder = self._root / f"{len(list(self._root.iterdir()))}"
        self.folder.mkdir()

    def _handle(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        self.asked.append((environ["REQUEST_METHOD"], environ["PATH_INFO"]))
        answered = self.fault(environ, start) if self.fault is not None else None
        if answered is None:
            return self._app(environ, start)  # type: ignore[no-any-return]
        environ["wsgi.input"].read()
        return answered

    @contextmanager
    def running(self) -> Iterator["DavServer"]:
        """Serve until the end of the block."""
        self._thread.start()
        try:
            yield self
        finally:
            self._server.stop()
            self._thread.join()


def answer(status: str, body: bytes = b"") -> Middleware:
    """Return a fault: every request gets this answer."""

    def handle(_environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        start(status, [("Content-Length", str(len(body))), ("Content-Type", "text/plain")])
        return [body]

    return handle


def on(methods: str, fault: Middleware, times: int = 1_000_000) -> Middleware:
    """Return a fault for requests of these methods alone, so many times."""
    left = [times]

    def handle(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes] | None:
        if environ["REQUEST_METHOD"] not in methods.split() or not left[0]:
            return None
        left[0] -= 1
        return fault(environ, start)

    return handle
