"""Running a program of the reader's to its end: without a shell, with a time limit, ending what it starts too."""

import asyncio
import os
from collections.abc import Sequence
from contextlib import suppress

from newsreader.i18n import gettext, system_reason
from newsreader.processes import end_process
from newsreader.text import line
from newsreader.values import dataclass

_MIB = 1024 * 1024
_MOST_ERRORS = 64 * 1024
_STEP = 64 * 1024


class RunFailure(Exception):  # noqa: N818  (it becomes an error of whoever wanted the program run)
    """The program did not run to its end, or failed.

    Attributes:
        reason: Why, in the reader's language; nothing that the program printed unless it was wanted.
    """

    def __init__(self, reason: str) -> None:
        self.reason = line(reason, 200)
        super().__init__(self.reason)


@dataclass(frozen=True, slots=True)
class WantedOutput:
    """What is read of the output of a program.

    Attributes:
        most_bytes: So much of it; 0 for nothing.
        drops_rest: What is more is read and dropped; else the program failed.
        errors: The last line of its error output is part of the reason why it failed.
    """

    most_bytes: int = 0
    drops_rest: bool = False
    errors: bool = True


async def run_to_end(words: Sequence[str], given: bytes | None, wanted: WantedOutput, *, limit_s: float) -> bytes:
    """Run a program, and return what it printed.

    Args:
        words: The program and its words; "~" at the beginning of one is the reader's home.
        given: What it gets to read; None for nothing.
        wanted: What is read of its output.
        limit_s: After so many seconds it is ended, with everything that it started.

    Raises:
        RunFailure: it does not start, fails, takes too long, or prints too much.
    """
    pipe, nowhere = asyncio.subprocess.PIPE, asyncio.subprocess.DEVNULL
    try:
        process = await asyncio.create_subprocess_exec(
            *map(_at_home, words),
            stdin=pipe if given is not None else nowhere,
            stdout=pipe if wanted.most_bytes else nowhere,
            stderr=pipe if wanted.errors else nowhere,
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        reason = system_reason(getattr(error, "strerror", None) or "") or gettext("it cannot be started")
        raise RunFailure(reason) from error
    try:
        async with asyncio.timeout(limit_s):
            printed, errors, _ = await asyncio.gather(
                _read(process.stdout, wanted.most_bytes, drops_rest=wanted.drops_rest),
                _read(process.stderr, _MOST_ERRORS, drops_rest=True),
                _give(process.stdin, given),
            )
            await process.wait()
    except TimeoutError as error:
        raise RunFailure(gettext("it took longer than {seconds} seconds").format(seconds=f"{limit_s:g}")) from error
    finally:
        await end_process(process)
    if process.returncode:
        said = [text for text in errors.decode("utf-8", "replace").splitlines() if text.strip()]
        status = gettext("it ended with status {status}").format(status=process.returncode)
        raise RunFailure(f"{status}: {said[-1]}" if said else status)
    return printed


def _at_home(word: str) -> str:
    return os.path.expanduser(word) if word.startswith("~") else word  # noqa: PTH111  (a word may be no path)


async def _read(stream: asyncio.StreamReader | None, most_bytes: int, *, drops_rest: bool) -> bytes:
    """Return what comes, to its end, so that the program is not blocked; the beginning of it if the rest is dropped."""
    body = bytearray()
    while stream is not None and (piece := await stream.read(_STEP)):
        body += piece[: max(0, most_bytes - len(body))] if drops_rest else piece
        if len(body) > most_bytes:
            raise RunFailure(gettext("it printed more than {limit} MB").format(limit=most_bytes // _MIB))
    return bytes(body)


async def _give(stream: asyncio.StreamWriter | None, given: bytes | None) -> None:
    if stream is None or given is None:
        return
    with suppress(ConnectionError):  # it needs no more
        stream.write(given)
        await stream.drain()
    stream.close()
