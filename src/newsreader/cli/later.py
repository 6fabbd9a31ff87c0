"""`later` and `history`: what is to be read later, and what was opened."""

from collections.abc import Sequence

import click

from newsreader.cli.output import complain, print_json
from newsreader.cli.running import NOTHING_FOUND, Run, iso, with_service
from newsreader.errors import NewsreaderError
from newsreader.i18n import gettext as _
from newsreader.i18n import ngettext
from newsreader.models import Headline, ListedHeadline
from newsreader.moments import local
from newsreader.text import line
from newsreader.urls import normalise_url, shown, split_credentials

_FORM = click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)


@click.command(short_help="Show or fill the list to read later.")
@click.argument("urls", nargs=-1, metavar="[URL]...")
@click.option("--remove", is_flag=True, help="Take the articles out of the list.")
@_FORM
@with_service
async def later(run: Run, urls: tuple[str, ...], remove: bool, form: str) -> None:
    """List what to read later, newest first; with URLs, add those articles.

    `sync` downloads what is in the list, and an article leaves it when it is read. What is saved is kept for good.
    """
    if not urls:
        rows = await run.service.later.articles()
        _print(rows, "added_at", form, run)
        if not rows:
            complain(_("There is nothing to read later."), _("`newsreader later ADDRESS` adds an article."))
        return
    headlines = []
    for url in run.each(urls):
        try:
            address, _credentials = split_credentials(normalise_url(url, keep_fragment=True))
            copy = await run.service.pages.stored(address)
        except NewsreaderError as error:
            run.report_failure(error)
            continue
        article = copy.page.article if copy is not None else None
        headlines.append(Headline(article.title if article is not None else shown(address), address))
    if remove:
        count = await run.service.later.remove([headline.url for headline in headlines])
        words = ngettext("{count} article taken out", "{count} articles taken out", count)
    else:
        count = await run.service.later.add(headlines)
        words = ngettext("{count} article added", "{count} articles added", count)
    if headlines:
        click.echo(words.format(count=count), file=run.stream)


@click.command(short_help="List the articles you opened, newest first.")
@click.argument("words", nargs=-1, metavar="[WORD]...")
@click.option("--limit", type=click.IntRange(1, 20_000), default=100, show_default=True, help="How many at most.")
@click.option("--clear", is_flag=True, help="Forget everything you opened.")
@_FORM
@with_service
async def history(run: Run, words: tuple[str, ...], limit: int, clear: bool, form: str) -> None:
    """List the articles you opened, newest first; with WORDs, those whose title or address has all of them."""
    if clear:
        count = await run.service.reading_history.clear()
        cleared = ngettext("{count} article forgotten", "{count} articles forgotten", count)
        click.echo(cleared.format(count=count), file=run.stream)
        return
    rows = await run.service.reading_history.articles(" ".join(words), limit=limit)
    _print(rows, "opened_at", form, run)
    if not rows and words:
        run.report(
            NOTHING_FOUND, _("Nothing that you opened matches “{words}”.").format(words=line(" ".join(words), 200))
        )
    elif not rows:
        complain(_("Nothing was opened yet."))


def _print(rows: Sequence[ListedHeadline], time: str, form: str, run: Run) -> None:
    for row in rows:
        headline = row.headline
        if form == "json":
            value = {
                "url": headline.url,
                "title": headline.title,
                time: iso(headline.published),
                "read": row.read,
                "saved": row.saved,
                "stored": row.stored,
                "tags": sorted(row.tags),
            }
            print_json(value, run.stream)
        else:
            moment = local(headline.published).strftime("%Y-%m-%d %H:%M") if headline.published else ""
            click.echo(f"{moment}  {line(headline.title)}\n                  {shown(headline.url)}", file=run.stream)
