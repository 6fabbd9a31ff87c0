"""`sources add --command`: sources that a command of the reader's makes."""

import click

from newsreader.cli.running import Run
from newsreader.commands import Words, command_address, command_words
from newsreader.errors import NewsreaderError
from newsreader.i18n import gettext as _
from newsreader.source_values import Source
from newsreader.urls import normalise_url, split_credentials


async def add_by_command(
    run: Run, command: str, addresses: tuple[str, ...], title: str | None, group: str
) -> tuple[Source, bool]:
    """Follow what a command prints, or what it makes of the page at an address.

    Returns:
        The source, and whether it was not followed before.
    """
    if len(addresses) > 1:
        raise click.UsageError(_("--command is for a single ADDRESS, or for none."))
    words = command_words(command)
    url = split_credentials(normalise_url(addresses[0]))[0] if addresses else None
    is_known = await run.service.subscriptions.of(url or command_address(words)) is not None
    return await follow_command(run, words, url, title, group), not is_known


async def follow_command(run: Run, words: Words, url: str | None, title: str | None, group: str) -> Source:
    """Follow a source that a command makes, and return it; where that fails, nothing is kept of it.

    Raises:
        NewsreaderError: the command failed, or what it printed shows no headlines.
    """
    commands = run.service.source_commands
    before = await commands.of(url or command_address(words))
    address = await commands.set(words, url)
    try:
        source = await run.service.sources.add(address, title=title, group=group)
    except NewsreaderError:
        if before is None:
            await commands.forget(address)
        else:
            await commands.set(before, address)
        raise
    return source
