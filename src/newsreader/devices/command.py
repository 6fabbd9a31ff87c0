"""A command of the reader's as the place of exchange, so that rclone, git or ssh carries the files.

It is run with further words, without a shell: `list`, which prints a name a line; `get NAME`, which prints the file;
`put NAME`, which reads the file; `delete NAME`. A status other than 0 is a failure.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress

from newsreader.devices.file_server import LARGEST
from newsreader.devices.transport import MissingNameError, NameTakenError, NotConfirmedError, TransportError
from newsreader.i18n import gettext
from newsreader.program_run import RunFailure, WantedOutput, run_to_end
from newsreader.text import line

LIMIT_S = 120.0
_LONGEST_LIST = 16 * 1024 * 1024


class CommandTransport:
    """Stores files through a command. A file counts as stored when it was read back.

    Args:
        words: The command and its words.
        limit_s: After so long a run of it is ended.
    """

    def __init__(self, words: Sequence[str], *, limit_s: float = LIMIT_S) -> None:
        self._words = tuple(words)
        self._limit_s = limit_s
        self._running: tuple[asyncio.AbstractEventLoop, asyncio.Task[bytes]] | None = None
        self._is_closed = False

    @property
    def where(self) -> str:
        """The command."""
        return line(" ".join(self._words), 200)

    def list(self, prefix: str) -> Sequence[str]:
        """Return the names that begin with this.

        Raises:
            TransportError: the command failed.
        """
        printed = self._run(["list"], None, _LONGEST_LIST)
        names = (name.removeprefix("./") for name in printed.decode("utf-8", "replace").splitlines())
        return [name for name in names if name.startswith(prefix)]

    def get(self, name: str) -> bytes:
        """Return what is stored under a name.

        Raises:
            TransportError: nothing is, or it cannot be read.
        """
        try:
            return self._run(["get", name], None, LARGEST)
        except TransportError as error:
            if name not in self.list(""):  # why it failed is not known otherwise
                raise MissingNameError(self.where, line(name)) from error
            raise

    def put_new(self, name: str, data: bytes) -> None:
        """Store bytes under a new name, and read them back.

        Raises:
            TransportError: they cannot be stored, or the name is taken.
        """
        if name in self.list(""):
            if self.get(name) != data:
                raise NameTakenError(self.where, line(name))
            return
        self._run(["put", name], data, 0)
        try:
            stored = self._run(["get", name], None, LARGEST)
        except TransportError as error:
            raise NotConfirmedError(self.where, line(name)) from error
        if stored != data:
            raise NotConfirmedError(self.where, line(name))

    def delete(self, name: str) -> None:
        """Delete what is stored under a name; nothing there is no error.

        Raises:
            TransportError: it cannot be deleted.
        """
        try:
            self._run(["delete", name], None, 0)
        except TransportError:
            if name in self.list(""):
                raise

    def close(self) -> None:
        """End the run that another thread is waiting for."""
        self._is_closed = True
        running = self._running
        if running is not None:
            loop, task = running
            with suppress(RuntimeError):  # it has just ended
                loop.call_soon_threadsafe(task.cancel)

    def _run(self, verb: Sequence[str], given: bytes | None, most_bytes: int) -> bytes:
        cancelled = gettext("it was cancelled")
        if self._is_closed:
            raise TransportError(self.where, cancelled)
        try:
            return asyncio.run(self._run_to_end([*self._words, *verb], given, WantedOutput(most_bytes)))
        except RunFailure as failure:
            raise TransportError(self.where, failure.reason.rstrip(".")) from failure
        except asyncio.CancelledError as error:
            raise TransportError(self.where, cancelled) from error

    async def _run_to_end(self, words: Sequence[str], given: bytes | None, wanted: WantedOutput) -> bytes:
        task = asyncio.current_task()
        assert task is not None
        self._running = asyncio.get_running_loop(), task
        try:
            return await run_to_end(words, given, wanted, limit_s=self._limit_s)
        finally:
            self._running = None
