"""The reader's sessions at sites: cookies, in a file of their own that only the reader may read.

They lie beside the library and not in it, so that no backup, copy or export of the library carries them along.
"""

import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from newsreader.cookies import Cookie
from newsreader.files import read_file
from newsreader.i18n import N_
from newsreader.storage.database import make_private_directory, own_errors
from newsreader.storage.errors import StoreError
from newsreader.storage.lock import alone
from newsreader.values import dataclass

_LARGEST = 4 * 1024 * 1024
_PATIENCE_S = 5.0
_VERSION = 1


class UnreadableSessionsError(StoreError):
    """The file of the sessions holds something else."""

    message = N_("The sessions of your sources cannot be read: {path} is damaged.")
    hint = N_("Delete the file and give the sources their sessions again; nothing else is lost with it.")
    kind = "sessions-damaged"


class SessionsBusyError(StoreError):
    """Another program is writing them."""

    message = N_("The sessions of your sources are being changed by another newsreader: {path}.")
    hint = N_("Try again in a moment.")
    kind = "sessions-busy"


@dataclass(frozen=True, slots=True)
class Session:
    """What a site gets with every request, so that it knows the reader.

    Attributes:
        host: The site.
        origin: Where the cookies came from: "firefox", "chromium" or the name of a file.
        added_at: When; ISO 8601, UTC.
    """

    host: str
    cookies: tuple[Cookie, ...]
    origin: str
    added_at: str


class SessionStore:
    """All sessions, by host; read again when another program has changed them. Any thread may call it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen: tuple[int, int] | None = None
        self._sessions: dict[str, Session] = {}

    def all(self) -> dict[str, Session]:
        """Return them.

        Raises:
            StoreError: the file cannot be read.
        """
        with own_errors(self._path):
            try:
                status = self._path.stat()
            except FileNotFoundError:
                return {}
            seen = status.st_mtime_ns, status.st_size
            if seen != self._seen:
                self._sessions = _read(self._path, read_file(self._path, _LARGEST))
                self._seen = seen
        return dict(self._sessions)

    def change(self, change: Callable[[dict[str, Session]], object]) -> None:
        """Change them: what is done to the dictionary is kept, whole or not at all.

        Raises:
            StoreError: the file cannot be read or written.
        """
        with self._alone():
            sessions = self.all()
            before = dict(sessions)
            change(sessions)
            if sessions == before:
                return
            with own_errors(self._path):
                _write(self._path, sessions)
            self._seen = None

    @contextmanager
    def _alone(self) -> Iterator[None]:
        until = time.monotonic() + _PATIENCE_S
        while True:
            with alone(self._path.with_suffix(".lock")) as is_held:
                if is_held:
                    yield
                    return
            if time.monotonic() > until:
                raise SessionsBusyError(self._path)
            time.sleep(0.02)


def _read(path: Path, body: bytes) -> dict[str, Session]:
    try:
        value = json.loads(body)
        if value["version"] != _VERSION:
            raise ValueError
        found = [_session(each) for each in value["sessions"]]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise UnreadableSessionsError(path) from error
    return {each.host: each for each in found}


def _session(value: dict[str, Any]) -> Session:
    cookies = tuple(Cookie(**each) for each in value["cookies"])
    if not all(each.is_sound for each in cookies):
        raise ValueError
    return Session(str(value["host"]), cookies, str(value["origin"]), str(value["added_at"]))


def _write(path: Path, sessions: dict[str, Session]) -> None:
    """Write the file beside its place and put it there, so that it is never half of itself."""
    make_private_directory(path.parent)
    if not sessions:
        path.unlink(missing_ok=True)
        return
    value = {"version": _VERSION, "sessions": [asdict(each) for each in sessions.values()]}
    partial = path.with_suffix(f".{os.getpid()}.part")
    with suppress(FileNotFoundError):
        partial.unlink()
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(json.dumps(value).encode())
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
