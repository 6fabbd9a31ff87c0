"""A small file beside the library that only the reader may read: JSON, changed whole or not at all."""

import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Generic, TypeVar

from newsreader.files import read_file
from newsreader.i18n import N_
from newsreader.storage.connection import translate_sqlite_errors
from newsreader.storage.errors import StoreError
from newsreader.storage.lock import alone
from newsreader.storage.paths import make_private_directory

T = TypeVar("T")

_LARGEST = 4 * 1024 * 1024
_PATIENCE_S = 5.0
_VERSION = 1


class DamagedFileError(StoreError):
    """The file holds something else."""

    message = N_("{path} cannot be read: it is damaged.")
    hint = N_("Delete the file and make what it held again: it holds nothing else of yours.")
    kind = "file-damaged"


class BusyFileError(StoreError):
    """Another program is writing it."""

    message = N_("{path} is being changed by another newsreader.")
    hint = N_("Try again in a moment.")
    kind = "file-busy"


class PrivateFile(Generic[T]):
    """Values by their keys; read again when another program has changed them. Any thread may call it.

    Args:
        path: Where they are.
        from_json: Makes a value; raises ValueError, TypeError or KeyError if the JSON is not one.
        to_json: Undoes that.
    """

    def __init__(self, path: Path, from_json: Callable[[Any], T], to_json: Callable[[T], Any]) -> None:
        self._path = path
        self._from_json = from_json
        self._to_json = to_json
        self._seen: tuple[int, int] | None = None
        self._values: dict[str, T] = {}

    def all(self) -> dict[str, T]:
        """Return them.

        Raises:
            StoreError: the file cannot be read.
        """
        with translate_sqlite_errors(self._path):
            try:
                status = self._path.stat()
            except FileNotFoundError:
                return {}
            seen = status.st_mtime_ns, status.st_size
            if seen != self._seen:
                self._values = self._read(read_file(self._path, _LARGEST))
                self._seen = seen
        return dict(self._values)

    def change(self, change: Callable[[dict[str, T]], object]) -> None:
        """Change them: what is done to the dictionary is kept.

        Raises:
            StoreError: the file cannot be read or written.
        """
        with self._alone():
            values = self.all()
            before = dict(values)
            change(values)
            if values != before:
                with translate_sqlite_errors(self._path):
                    self._write(values)
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
                raise BusyFileError(self._path)
            time.sleep(0.02)

    def _read(self, body: bytes) -> dict[str, T]:
        try:
            value = json.loads(body)
            if value["version"] != _VERSION:
                raise ValueError
            return {str(key): self._from_json(each) for key, each in value["values"].items()}
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise DamagedFileError(self._path) from error

    def _write(self, values: dict[str, T]) -> None:
        """Write a temporary file and rename it, so that the file is never half written."""
        make_private_directory(self._path.parent)
        if not values:
            self._path.unlink(missing_ok=True)
            return
        body = json.dumps({"version": _VERSION, "values": {key: self._to_json(each) for key, each in values.items()}})
        partial = self._path.with_suffix(f".{os.getpid()}.part")
        with suppress(FileNotFoundError):
            partial.unlink()
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(body.encode())
                file.flush()
                os.fsync(file.fileno())
            partial.replace(self._path)
        except BaseException:
            partial.unlink(missing_ok=True)
            raise
