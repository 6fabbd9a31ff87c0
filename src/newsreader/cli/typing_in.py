"""Asking the reader to type something for a command."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from newsreader.computing import run_in_daemon_thread
from newsreader.i18n import gettext as _


@contextmanager
def interruptible() -> Iterator[None]:
    """Let Ctrl+C end a question at once that is asked in the thread of the event loop.

    The loop itself would only note the interrupt, and end the command after the answer.
    """
    former = signal.getsignal(signal.SIGINT)
    if former is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, former)


async def typed(words: str, *, is_secret: bool = False) -> str:
    """Return what is typed at the terminal, or the next line of what is piped in.

    Args:
        words: What is asked for.
        is_secret: It is not shown while it is typed.

    Raises:
        click.UsageError: there is nothing to read it from.
    """
    if sys.stdin.isatty():
        with interruptible():
            return str(click.prompt(words, hide_input=is_secret, err=True))
    line = str(await run_in_daemon_thread(sys.stdin.readline))
    if not line.strip():
        message = _("{words}: there is no terminal to type it in. Run the command in a terminal, or pipe it in.")
        raise click.UsageError(message.format(words=words))
    return line.rstrip("\r\n")
