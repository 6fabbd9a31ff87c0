"""`events`: the reader's own commands for what happens, and what they would be run with."""

import click

from newsreader.cli.output import complain, print_json
from newsreader.cli.running import NOTHING_FOUND, Run, with_service
from newsreader.i18n import gettext as _
from newsreader.models import Headline, ListedHeadline
from newsreader.own_commands import EVENTS, Event
from newsreader.text import line


@click.command(short_help="List the commands for events, or try them.")
@click.argument("event", required=False, type=click.Choice(EVENTS))
@click.option("--title", default="", help="The title of the headline to try them with.")
@click.option("--url", default="https://example.com/", help="Its address.")
@with_service
async def events(run: Run, event: Event | None, title: str, url: str) -> None:
    """List the commands under [[on]] in the configuration; with an EVENT, show what it would run.

    Without a --title, the newest unread headlines are taken.
    """
    commands = run.service.settings.event_commands
    if not commands:
        complain(_("There are no commands for events."), _("`newsreader config default` shows how [[on]] is written."))
    if event is None:
        for each in commands:
            query = f" ({line(each.query, 200)})" if each.query else ""
            click.echo(f"{each.event}{query}: {line(' '.join(each.run), 500)}", file=run.stream)
        return
    rows: list[ListedHeadline] = [ListedHeadline(Headline(title, url))] if title else []
    if not title:
        rows = [row for _source, listed in await run.service.listings.unread_of_sources() for row in listed][:20]
    prepared = run.service.events.prepared(event, rows)
    for one in prepared:
        print_json({"run": one.words, "stdin": one.given}, run.stream)
    if not prepared:
        run.report(NOTHING_FOUND, _("No command would be run."))
