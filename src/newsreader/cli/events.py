"""`events`: the reader's own commands for what happens, and what they would be run with."""

import click

from newsreader.cli.output import complain, print_json
from newsreader.cli.running import NOTHING_FOUND, Run, with_service
from newsreader.i18n import gettext as _
from newsreader.models import Headline
from newsreader.own_commands import EVENTS, Event
from newsreader.text import line

_MOST = 20  # commands that are printed


@click.command(short_help="List the commands for events, or try them.")
@click.argument("event", required=False, type=click.Choice(EVENTS))
@click.option("--title", default="", help="The title of the headline to try them with.")
@click.option("--url", default="https://example.com/", help="Its address.")
@with_service
async def events(run: Run, event: Event | None, title: str, url: str) -> None:
    """List the commands under [[on]] in the configuration; with an EVENT, show what it would run.

    Without --title it tries the newest unread headlines, and a sync of one source with one download.
    """
    commands = run.service.settings.event_commands
    if not commands:
        complain(_("There are no commands for events."), _("`newsreader config default` shows how [[on]] is written."))
    if event is None:
        for each in commands:
            query = f" ({line(each.query, 200)})" if each.query else ""
            click.echo(f"{each.event}{query}: {line(' '.join(each.run), 500)}", file=run.stream)
        return
    prepared = await run.service.events.example(event, Headline(title, url) if title else None)
    for one in prepared[:_MOST]:
        print_json({"run": one.words, "stdin": one.given}, run.stream)
    if not prepared and title:
        run.report(NOTHING_FOUND, _("No command would be run."))
    elif not prepared:
        hint = _("`--title` gives a headline to try them with.")
        run.report(NOTHING_FOUND, _("No command would be run for what is unread."), hint)
