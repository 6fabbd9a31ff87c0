"""`undo`: the last change, taken back."""

import click

from newsreader.cli.running import NOTHING_FOUND, Run, with_service
from newsreader.i18n import gettext as _
from newsreader.service.undo_messages import undo_message
from newsreader.text import line
from newsreader.urls import shown


@click.command(short_help="Undo your last change.")
@with_service
async def undo(run: Run) -> None:
    """Undo your last change, made here or in the interface; again: the one before it.

    Changes are what you saved, removed, tagged, marked read, followed, edited, imported, and your rules.
    Whatever one command did, or one key did to a selection, is one change.
    """
    change = await run.service.history.undo()
    if change is None:
        run.report(NOTHING_FOUND, _("Nothing to undo."))
        return
    message = undo_message(change)
    click.echo(message, file=run.stream)
    about = line(change.title or "", 200) or (shown(change.urls[0]) if len(change.urls) == 1 else "")
    if about and about not in message:
        click.echo(f"    {about}", file=run.stream)
