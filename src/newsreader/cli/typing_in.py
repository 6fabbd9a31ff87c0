"""Asking the reader to type something for a command."""

import asyncio
import sys

import click

from newsreader.i18n import gettext as _


async def typed(words: str, *, is_secret: bool = False) -> str:
    """Return what is typed at the terminal, or the next line of what is piped in.

    Args:
        words: What is asked for.
        is_secret: It is not shown while it is typed.

    Raises:
        click.UsageError: there is nothing to read it from.
    """
    if sys.stdin.isatty():
        return str(await asyncio.to_thread(click.prompt, words, hide_input=is_secret, err=True))
    line = str(await asyncio.to_thread(sys.stdin.readline))
    if not line.strip():
        message = _("{words}: there is no terminal to type it in. Run the command in a terminal, or pipe it in.")
        raise click.UsageError(message.format(words=words))
    return line.rstrip("\r\n")
