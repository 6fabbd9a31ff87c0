"""Runs a command of the reader's and takes what it prints for a response: within limits, and without a shell."""

import asyncio
import os
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from newsreader.contents import is_text
from newsreader.errors import NewsreaderError
from newsreader.fetch_errors import FetchError
from newsreader.i18n import N_, gettext, system_reason
from newsreader.models import Response
from newsreader.processes import end_process
from newsreader.text import line

LIMIT_S = 60.0
_MIB = 1024 * 1024
_MOST_BYTES = 10 * _MIB
_MOST_ERRORS = 64 * 1024
_STEP = 64 * 1024


class CommandError(FetchError):
    """A command that makes a source failed."""

    message = N_("The command {program} failed: {reason}.")
    hint = N_(
        "Run it in a terminal to see why. `newsreader sources add --command …` adds the source with another command."
    )
    kind = "command"


async def command_response(
    words: Sequence[str], url: str, given: bytes | None, now: datetime, *, limit_s: float = LIMIT_S
) -> Response:
    """Return what a command prints.

    Args:
        words: The program and its words; "~" at their beginning is the reader's home.
        url: What relative addresses in it are resolved against.
        given: What it gets to read; None for nothing.
        now: The time of the response.
        limit_s: After so long it is ended, and all that it started.

    Raises:
        CommandError: it does not start, says that it failed, takes too long, or prints nothing or too much.
    """
    program = line(Path(words[0]).name, 60)

    def failure(reason: str) -> CommandError:
        return CommandError(url, program=program, reason=line(reason, 200))

    try:
        process = await asyncio.create_subprocess_exec(
            *map(_at_home, words),
            stdin=asyncio.subprocess.PIPE if given is not None else asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        reason = system_reason(getattr(error, "strerror", None) or "") or gettext("it cannot be started")
        raise failure(reason) from error
    try:
        async with asyncio.timeout(limit_s):
            body, errors, _ = await asyncio.gather(
                _read(process.stdout), _read_beginning(process.stderr), _give(process.stdin, given)
            )
            await process.wait()
    except _TooMuchOutputError as error:
        raise failure(gettext("it printed more than {limit} MB").format(limit=_MOST_BYTES // _MIB)) from error
    except TimeoutError as error:
        raise failure(gettext("it took longer than {seconds} seconds").format(seconds=f"{limit_s:g}")) from error
    finally:
        await end_process(process)
    if process.returncode:
        said = [text for text in errors.decode("utf-8", "replace").splitlines() if text.strip()]
        status = gettext("it ended with status {status}").format(status=process.returncode)
        raise failure(f"{status}: {said[-1]}" if said else status)
    if not body.strip():
        raise failure(gettext("it printed nothing"))
    if not is_text(body):
        raise failure(gettext("it printed no text"))
    return Response(url, url, 200, None, body, None, None, now)


class OwnCommandError(NewsreaderError):
    """A command of the reader's own failed."""

    message = N_("The command {program} failed: {reason}.")
    hint = N_("`newsreader events EVENT` shows what is run.")
    kind = "own-command"


async def run_command(words: Sequence[str], given: bytes, *, limit_s: float) -> None:
    """Run a command to its end; what it prints goes nowhere.

    Args:
        words: The program and its words; "~" at their beginning is the reader's home.
        given: What it gets to read.
        limit_s: After so long it is ended, and all that it started.

    Raises:
        OwnCommandError: it does not start, says that it failed, or takes too long.
    """
    program = line(Path(words[0]).name, 60)
    try:
        process = await asyncio.create_subprocess_exec(
            *map(_at_home, words),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        reason = system_reason(getattr(error, "strerror", None) or "") or gettext("it cannot be started")
        raise OwnCommandError(program=program, reason=reason) from error
    try:
        async with asyncio.timeout(limit_s):
            errors, _ = await asyncio.gather(_read_beginning(process.stderr), _give(process.stdin, given))
            await process.wait()
    except TimeoutError as error:
        reason = gettext("it took longer than {seconds} seconds").format(seconds=f"{limit_s:g}")
        raise OwnCommandError(program=program, reason=reason) from error
    finally:
        await end_process(process)
    if process.returncode:
        said = [text for text in errors.decode("utf-8", "replace").splitlines() if text.strip()]
        status = gettext("it ended with status {status}").format(status=process.returncode)
        raise OwnCommandError(program=program, reason=line(f"{status}: {said[-1]}" if said else status, 200))


class _TooMuchOutputError(Exception):
    """More is printed than is read of any page."""


def _at_home(word: str) -> str:
    return os.path.expanduser(word) if word.startswith("~") else word  # noqa: PTH111  (a word may be no path)


async def _read(stream: asyncio.StreamReader | None) -> bytes:
    body = bytearray()
    while stream is not None and (piece := await stream.read(_STEP)):
        body += piece
        if len(body) > _MOST_BYTES:
            raise _TooMuchOutputError
    return bytes(body)


async def _read_beginning(stream: asyncio.StreamReader | None) -> bytes:
    """Return the beginning of the error output; the rest is read and discarded, so that the program isn't blocked."""
    body = bytearray()
    while stream is not None and (piece := await stream.read(_STEP)):
        body += piece[: max(0, _MOST_ERRORS - len(body))]
    return bytes(body)


async def _give(stream: asyncio.StreamWriter | None, given: bytes | None) -> None:
    if stream is None or given is None:
        return
    with suppress(ConnectionError):  # it needs no more
        stream.write(given)
        await stream.drain()
    stream.close()
