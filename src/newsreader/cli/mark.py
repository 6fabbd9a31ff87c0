"""`mark`: read marks set or removed for everything that a search finds."""

import click

from newsreader.cli.given import refuse_empty
from newsreader.cli.running import Run, with_service
from newsreader.i18n import gettext as _
from newsreader.i18n import ngettext
from newsreader.query import State, parse, write
from newsreader.text import line

_MOST = 100_000
_QUERY = click.argument("query", nargs=-1, required=True, type=click.UNPROCESSED, metavar="QUERY...")
_DRY_RUN = click.option("--dry-run", is_flag=True, help="Only print how many there are.")
_SETTINGS = {"ignore_unknown_options": True, "help_option_names": ["--help"]}


@click.group(short_help="Mark what a search finds as read or unread.")
def mark() -> None:
    """Mark everything that a search finds as read or unread; `newsreader undo` reverts it."""


@mark.command("read", context_settings=_SETTINGS, short_help="Mark what QUERY finds as read.")
@_QUERY
@_DRY_RUN
@with_service
async def mark_read(run: Run, query: tuple[str, ...], dry_run: bool) -> None:
    """Mark everything that QUERY finds as read; `newsreader search --help` explains queries."""
    await _mark(run, " ".join(query), read=True, dry_run=dry_run)


@mark.command("unread", context_settings=_SETTINGS, short_help="Mark what QUERY finds as unread.")
@_QUERY
@_DRY_RUN
@with_service
async def mark_unread(run: Run, query: tuple[str, ...], dry_run: bool) -> None:
    """Mark everything that QUERY finds as unread."""
    await _mark(run, " ".join(query), read=False, dry_run=dry_run)


async def _mark(run: Run, text: str, *, read: bool, dry_run: bool) -> None:
    refuse_empty(text)
    state = State.UNREAD if read else State.READ
    await run.service.search.update_index(pause_s=0)
    found = await run.service.search.newest(f"is:{state} ({write(parse(text))})", limit=_MOST)
    urls = [each.row.headline.url for each in found]
    if run.report_unread() and not urls:
        return
    if not urls:
        words = (
            _("No unread article that is stored matches “{words}”.")
            if read
            else _("No read article that is stored matches “{words}”.")
        )
        run.report_no_match(words.format(words=line(text, 200)))
        return
    if dry_run:
        count = len(urls)
        said = ngettext("{count} article would be marked", "{count} articles would be marked", count)
    else:
        count = await run.service.read_marks.mark_all(urls, read)
        said = (
            ngettext("{count} article marked read", "{count} articles marked read", count)
            if read
            else ngettext("{count} article marked unread", "{count} articles marked unread", count)
        )
    click.echo(said.format(count=count), file=run.stream)
