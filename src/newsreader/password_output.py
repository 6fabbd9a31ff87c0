"""Runs a command of the reader's that prints a password: within a time limit, without a shell, written down nowhere."""

import asyncio
import os
from collections.abc import Sequence

from newsreader.fetch_errors import FetchError
from newsreader.i18n import N_, gettext, system_reason
from newsreader.processes import end_process
from newsreader.text import line

LIMIT_S = 60.0  # in which the reader may unlock a key
_LONGEST = 4096


class PasswordCommandError(FetchError):
    """The command gave no password; what it printed is said nowhere."""

    message = N_("The command for the password at {host} failed: {reason}.")
    hint = N_("Run the password_command of config.toml in a terminal to see why.")
    kind = "password-command"


async def password_from(words: Sequence[str], url: str, *, limit_s: float = LIMIT_S) -> str:
    """Return the first line that a command prints.

    Raises:
        PasswordCommandError: it does not start, says that it failed, takes too long, or prints none.
    """

    def failure(reason: str) -> PasswordCommandError:
        return PasswordCommandError(url, reason=reason)

    command = [_at_home(words[0]), *words[1:]]
    nowhere = asyncio.subprocess.DEVNULL
    try:
        process = await asyncio.create_subprocess_exec(
            *command, stdin=nowhere, stdout=asyncio.subprocess.PIPE, stderr=nowhere, start_new_session=True
        )
    except (OSError, ValueError) as error:
        reason = system_reason(getattr(error, "strerror", None) or "") or gettext("it cannot be started")
        raise failure(line(reason, 200)) from error
    assert process.stdout is not None
    try:
        async with asyncio.timeout(limit_s):
            printed = await process.stdout.read(_LONGEST)
            while await process.stdout.read(_LONGEST):
                pass
            await process.wait()
    except TimeoutError as error:
        raise failure(gettext("it took longer than {seconds} seconds").format(seconds=f"{limit_s:g}")) from error
    finally:
        await end_process(process)
    if process.returncode:
        raise failure(gettext("it ended with status {status}").format(status=process.returncode))
    password = printed.decode("utf-8", "replace").partition("\n")[0].rstrip("\r")
    if not password:
        raise failure(gettext("it printed nothing"))
    return password


def _at_home(word: str) -> str:
    return os.path.expanduser(word)  # noqa: PTH111  (a word that may be no path)
