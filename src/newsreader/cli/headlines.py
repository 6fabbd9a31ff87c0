"""`headlines`: the lists of a page as a table or as JSON."""

import json
import sys

import click

from newsreader.cli.copies import failure_json, lists_json, tell_of_copy
from newsreader.cli.running import NOTHING_FOUND, Run, cut, terminal_width, typed_address, with_service
from newsreader.errors import NewsreaderError
from newsreader.i18n import gettext as _
from newsreader.models import Headline, HeadlineList, Opened
from newsreader.text import line
from newsreader.urls import shown

_LONGEST_TIME = 20  # columns


@click.command()
@click.argument("urls", nargs=-1, required=True, metavar="URL...")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--offline", is_flag=True, help="Only what is stored; do not use the network.")
@with_service
async def headlines(run: Run, urls: tuple[str, ...], form: str, offline: bool) -> None:
    """Print the headline lists of each URL."""
    for url in run.each(urls):
        try:
            opened = await run.service.open(typed_address(url), typed=True, refresh=True, offline=offline)
        except NewsreaderError as error:
            run.failed(error)
            if form == "json":
                click.echo(json.dumps(failure_json(url, error), ensure_ascii=False), file=run.stream)
            continue
        tell_of_copy(run, url, opened)
        if form == "json":
            value = {"url": url, "final_url": opened.page.url, "title": opened.page.title, **lists_json(opened)}
            click.echo(json.dumps(value, ensure_ascii=False), file=run.stream)
        else:
            for headline_list in opened.page.headline_lists:
                print_list(run, headline_list)
        if not opened.page.headline_lists:
            say_no_list(run, url, opened)


def say_no_list(run: Run, url: str, opened: Opened) -> None:
    """Say what stands in the place of a headline list."""
    problem = opened.page.problem
    if problem is not None and opened.page.article is None:
        run.says(NOTHING_FOUND, problem.message, problem.advice)
        return
    feeds = ", ".join(shown(feed.url) for feed in opened.page.feeds[:3])
    hint = _("It names a feed: {feeds}").format(feeds=feeds) if feeds else ""
    run.says(NOTHING_FOUND, _("No headline list was found at {address}.").format(address=shown(url)), hint)


def print_list(run: Run, headline_list: HeadlineList) -> None:
    """Print a list: a table that fits the terminal; in a pipe, a line a title and a line an address, never broken."""
    click.echo(click.style(line(headline_list.label or _("Headlines")), bold=True) + "\n", file=run.stream)
    times = time_column(headline_list)
    columns = terminal_width() if sys.stdout.isatty() else None
    for headline in headline_list.headlines:
        click.echo(headline_row(headline, times, columns), file=run.stream)
    if headline_list.more_url:
        address = shown(headline_list.more_url)
        more = _("more: {address}").format(address=address)
        click.echo("\n  " + (cut(more, columns - 2) if columns else more), file=run.stream)
    click.echo(file=run.stream)


def time_column(headline_list: HeadlineList) -> int:
    """Return how many columns the times of a list take."""
    from rich.cells import cell_len

    return max((cell_len(shown_time(h)) for h in headline_list.headlines), default=0)


def shown_time(headline: Headline) -> str:
    """Return the time of a headline as the page shows it; where that is long, as in feeds, in the reader's zone."""
    time = line(headline.time_text or "")
    if len(time) <= _LONGEST_TIME:
        return time
    published = headline.published
    if published is None:
        return line(time, _LONGEST_TIME)
    return (published.astimezone() if published.tzinfo else published).strftime("%Y-%m-%d %H:%M")


def headline_row(headline: Headline, time_width: int, columns: int | None) -> str:
    """Return a headline as lines: time, title and views, then the address; as wide as they are without `columns`."""
    from rich.cells import cell_len

    time = shown_time(headline)
    time = " " * (time_width - cell_len(time)) + time
    margin = "  " + (time + "  " if time_width else "")
    indent = " " * cell_len(margin)
    views = f"{headline.views:,}".replace(",", " ") if headline.views is not None else ""
    title, address = line(headline.title), shown(headline.url)
    if columns is None:
        return f"{margin}{title}{f'  ({views})' if views else ''}\n{indent}{address}"

    from newsreader.typesetting.wrapping import wrap

    views_width = len(views) + 2 if views else 0
    room = max(10, columns - len(indent) - views_width)
    titles = [title[found.start : found.end] for found in wrap(title, room)] or [""]
    first = titles[0] + " " * (room - cell_len(titles[0]) + views_width - len(views)) + views if views else titles[0]
    lines = [margin + first, *(indent + each for each in titles[1:])]
    return "\n".join((*lines, indent + click.style(cut(address, max(10, columns - len(indent))), dim=True)))
