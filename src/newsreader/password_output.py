"""Running a command of the reader's that prints a password: with a time limit, without a shell, never stored."""

from collections.abc import Sequence

from newsreader.fetch_errors import FetchError
from newsreader.i18n import N_, gettext
from newsreader.program_run import RunFailure, WantedOutput, run_to_end

LIMIT_S = 60.0  # in which the reader may unlock a key
_LONGEST = 4096


class PasswordCommandError(FetchError):
    """The command gave no password; what it printed is never shown."""

    message = N_("The command for the password at {host} failed: {reason}.")
    hint = N_("Run that command in a terminal to see why.")
    kind = "password-command"


async def password_from(words: Sequence[str], url: str, *, limit_s: float = LIMIT_S) -> str:
    """Return the first line that a command prints.

    Raises:
        PasswordCommandError: it does not start, fails, takes too long, or prints none.
    """
    try:
        printed = await run_to_end(words, None, WantedOutput(_LONGEST, drops_rest=True, errors=False), limit_s=limit_s)
        password = printed.decode("utf-8", "replace").partition("\n")[0].rstrip("\r")
        if not password:
            raise RunFailure(gettext("it printed nothing"))
    except RunFailure as failure:
        raise PasswordCommandError(url, reason=failure.reason) from failure
    return password
