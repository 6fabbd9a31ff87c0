"""`save`, `saved` and `remove`: the articles kept for good."""

from itertools import zip_longest

import click

from newsreader.cli.completing import tag_names
from newsreader.cli.copies import failure_json
from newsreader.cli.given import refuse_empty
from newsreader.cli.output import complain, print_json
from newsreader.cli.running import Run, iso, with_service
from newsreader.errors import NewsreaderError
from newsreader.i18n import gettext as _
from newsreader.models import Headline
from newsreader.moments import local
from newsreader.text import line
from newsreader.urls import shown

_FORMAT_OPTION = click.option(
    "--format", "output_format", type=click.Choice(["text", "json"]), default="text", show_default=True
)


@click.command(short_help="Save the article of each URL for good.")
@click.argument("urls", nargs=-1, required=True, metavar="URL...")
@click.option("--offline", is_flag=True, help="Use only stored copies, no network.")
@_FORMAT_OPTION
@with_service
async def save(run: Run, urls: tuple[str, ...], offline: bool, output_format: str) -> None:
    """Save the article of each URL with its pictures, for good."""
    for url in run.each(urls):
        try:
            kept = await run.service.saved.save(url, typed=True, offline=offline)
        except NewsreaderError as error:
            run.report_failure(error)
            if output_format == "json":
                print_json(failure_json(url, error), run.stream)
            continue
        if output_format == "json":
            value = {
                "url": kept.url,
                "title": kept.title,
                "pictures": kept.pictures,
                "pictures_named": kept.pictures_named,
                "fetch_problem": None,
            }
            print_json(value, run.stream)
            continue
        pictures = _("{n} of {all} pictures").format(n=kept.pictures, all=kept.pictures_named)
        click.echo(line(kept.title) + (f"  ({pictures})" if kept.pictures_named else ""), file=run.stream)


@click.command(short_help="List the saved articles, newest first.")
@click.option(
    "--tag",
    "tags",
    multiple=True,
    metavar="TAG",
    shell_complete=tag_names,
    help="Only those with this tag, or all of these.",
)
@click.option("--query", metavar="QUERY", default="", help="Only those that a search finds; see the command search.")
@_FORMAT_OPTION
@with_service
async def saved(run: Run, tags: tuple[str, ...], query: str, output_format: str) -> None:
    """List the saved articles, the last saved first."""
    if query:
        refuse_empty(query)
    rows = await run.service.saved.rows(tags=tags, query=query)
    known = (
        await run.service.listings.rows([Headline(row.title, row.url) for row in rows])
        if output_format == "json"
        else ()
    )
    for row, facts in zip_longest(rows, known):
        if output_format == "json":
            value = {
                "url": row.url,
                "title": row.title,
                "site_name": row.site_name,
                "language": row.language,
                "published": iso(row.published),
                "saved_at": iso(row.saved_at),
                "word_count": row.word_count,
                "pictures": row.picture_count,
                "tags": sorted(facts.tags),
                "read": facts.read,
                "percent": facts.percent,
            }
            print_json(value, run.stream)
        else:
            day = local(row.saved_at).strftime("%Y-%m-%d")
            click.echo(f"{day}  {line(row.title)}\n            {shown(row.url)}", file=run.stream)
    if query and run.report_unread():
        return
    if not rows and (tags or query):
        run.report_no_match(_("No saved article matches."))
    elif not rows:
        complain(_("No article is saved."), _("`newsreader save ADDRESS` saves one."))


@click.command(short_help="Remove the article of each URL.")
@click.argument("urls", nargs=-1, required=True, metavar="URL...")
@with_service
async def remove(run: Run, urls: tuple[str, ...]) -> None:
    """Remove the article of each URL from the library."""
    for url in run.each(urls):
        try:
            await run.service.saved.remove(url)
        except NewsreaderError as error:
            run.report_failure(error)
            continue
        click.echo(_("removed {address}").format(address=shown(url)), file=run.stream)
