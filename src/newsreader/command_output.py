"""Running a command of the reader's and using its output as a response: within limits, and without a shell."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from newsreader.contents import is_text
from newsreader.errors import NewsreaderError
from newsreader.fetch_errors import FetchError
from newsreader.i18n import N_, gettext
from newsreader.models import Response
from newsreader.program_run import RunFailure, WantedOutput, run_to_end
from newsreader.text import line

LIMIT_S = 60.0
_MOST_BYTES = 10 * 1024 * 1024


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
        limit_s: After so many seconds it is ended, with everything that it started.

    Raises:
        CommandError: it does not start, fails, takes too long, or prints nothing or too much.
    """
    program = line(Path(words[0]).name, 60)
    try:
        body = await run_to_end(words, given, WantedOutput(_MOST_BYTES), limit_s=limit_s)
        if not body.strip():
            raise RunFailure(gettext("it printed nothing"))
        if not is_text(body):
            raise RunFailure(gettext("it printed no text"))
    except RunFailure as failure:
        raise CommandError(url, program=program, reason=failure.reason) from failure
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
        limit_s: After so many seconds it is ended, with everything that it started.

    Raises:
        OwnCommandError: it does not start, fails, or takes too long.
    """
    try:
        await run_to_end(words, given, WantedOutput(), limit_s=limit_s)
    except RunFailure as failure:
        raise OwnCommandError(program=line(Path(words[0]).name, 60), reason=failure.reason) from failure
