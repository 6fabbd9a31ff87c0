"""`feed`: the headlines of any page as a feed for other programs."""

import json

import click

from newsreader.cli.completing import files
from newsreader.cli.copies import report_copy
from newsreader.cli.headlines import labelled_lists, limited, say_no_list, say_what_is_there
from newsreader.cli.output import print_json, print_markup
from newsreader.cli.running import Run, typed_address, with_optional_library
from newsreader.errors import NewsreaderError
from newsreader.exporting.feeds import FORMATS, Feed, FeedEntry, to_feed
from newsreader.i18n import ngettext

_MOST_FULL = 50


@click.command("feed", short_help="Print the headlines of URL as a feed.")
@click.argument("url", metavar="URL", shell_complete=files)
@click.option("--full", is_flag=True, help="With the whole articles of the first 50 headlines; each is fetched once.")
@click.option("--list", "labels", multiple=True, metavar="LABEL", help="Only the list with this label; repeatable.")
@click.option("--limit", type=click.IntRange(min=1), default=200, show_default=True, metavar="N", help="At most N.")
@click.option("--format", "output_format", type=click.Choice(FORMATS), default="rss", show_default=True)
@click.option("--offline", is_flag=True, help="Use only stored copies, no network.")
@with_optional_library
async def feed(
    run: Run, url: str, full: bool, labels: tuple[str, ...], limit: int, output_format: str, offline: bool
) -> None:
    """Print the headlines of URL as a feed, for other feed readers.

    The page is not asked for again before its interval has passed.
    """
    try:
        opened = await run.service.sources.open_when_due(typed_address(url), offline=offline)
    except NewsreaderError as error:
        run.report_failure(error)
        return
    if opened.fetch_problem is not None:
        report_copy(run, url, opened)
    found = opened.page.headline_lists
    lists = limited(labelled_lists(found, labels), limit)
    if not lists:
        (say_what_is_there(run, url, found, is_by_label=True) if found else say_no_list(run, url, opened))
        return
    labels_shown = {each.label for each in lists}
    seen = {
        row.headline.url: row.arrived or opened.fetched_at
        for each, rows in await run.service.listings.of_page(opened)
        if each.label in labels_shown
        for row in rows
    }
    headlines = {headline.url: headline for each in lists for headline in each.headlines}
    entries = [
        FeedEntry(headline, headline.published or seen.get(headline.url, opened.fetched_at))
        for headline in headlines.values()
    ]
    if full:
        entries = [*await with_articles(run, entries[:_MOST_FULL], offline=offline), *entries[_MOST_FULL:]]
    title = opened.page.title or opened.page.site_name or opened.page.url
    minutes = opened.page.refresh_minutes or run.service.settings.sources.refresh_minutes or None
    written = to_feed(Feed(opened.page.url, title, entries, opened.page.language, minutes), output_format)
    if output_format == "json":
        print_json(json.loads(written), run.stream, indent=1)
    else:
        print_markup(written, run.stream)


async def with_articles(run: Run, entries: list[FeedEntry], *, offline: bool) -> list[FeedEntry]:
    """Return entries with their articles, those that are here already without asking for them again."""
    whole: list[FeedEntry] = []
    missing = 0
    for entry in entries:
        try:
            opened = await run.service.pages.stored(entry.headline.url)
            if opened is None or opened.page.article is None:
                opened = await run.service.pages.open(entry.headline.url, offline=offline)
        except NewsreaderError:
            missing += 1  # said below; the entry stays without it
            whole.append(entry)
            continue
        whole.append(FeedEntry(entry.headline, entry.at, opened.page.article))
    if missing:
        words = ngettext(
            "{n} article could not be downloaded; its entry has the headline alone.",
            "{n} articles could not be downloaded; their entries have the headlines alone.",
            missing,
        )
        run.notify(words.format(n=missing))
    return whole
