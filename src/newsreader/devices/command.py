"""A command of the reader's as the place of exchange, so that rclone, git or ssh carries the files.

It is run with further words, without a shell: `list`, which prints a name a line; `get NAME`, which prints the file;
`put NAME`, which reads the file; `delete NAME`. A status other than 0 is a failure.
"""

import asyncio
from collections.abc import Sequence

from newsreader.devices.file_server import LARGEST
from newsreader.devices.transport import MissingNameError, NameTakenError, NotConfirmedError, TransportError
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

    def _run(self, verb: Sequence[str], given: bytes | None, most_bytes: int) -> bytes:
        wanted = WantedOutput(most_bytes)
        try:
            return asyncio.run(run_to_end([*self._words, *verb], given, wanted, limit_s=self._limit_s))
        except RunFailure as failure:
            raise TransportError(self.where, failure.reason.rstrip(".")) from failure
