"""`headlines`: the lists of a page as a table or as JSON."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import click

from newsreader.cli.completing import files
from newsreader.cli.copies import failure_json, lists_json, report_copy
from newsreader.cli.given import came_from, open_given
from newsreader.cli.output import print_json
from newsreader.cli.running import NOTHING_FOUND, Run, cut, terminal_width, with_optional_library
from newsreader.errors import NewsreaderError
from newsreader.i18n import gettext as _
from newsreader.models import Headline, HeadlineList, Opened
from newsreader.moments import local
from newsreader.query_times import begins
from newsreader.text import folded, line
from newsreader.urls import shown

_LONGEST_TIME = 20  # columns


@click.command(short_help="Print the headline lists of each URL.")
@click.argument("urls", nargs=-1, required=True, metavar="URL...", shell_complete=files)
@click.option("--format", "output_format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--list", "labels", multiple=True, metavar="LABEL", help="Only the list with this label; repeatable.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="At most N headlines of each URL.")
@click.option("--since", metavar="TIME", help="Only newer than TIME: 24h, 3d, today, 2026-11-22.")
@click.option("--offline", is_flag=True, help="Use only stored copies, no network.")
@came_from
@with_optional_library
async def headlines(
    run: Run,
    urls: tuple[str, ...],
    output_format: str,
    labels: tuple[str, ...],
    limit: int | None,
    since: str | None,
    offline: bool,
    base: str | None,
) -> None:
    """Print the headline lists of each URL; of a file, or with - of standard input."""
    start = _start_of(since, local(run.service.now())) if since is not None else None
    run.service.is_library_required = offline
    for url in run.each(urls):
        try:
            opened = await open_given(run, url, base, offline=offline)
        except NewsreaderError as error:
            run.report_failure(error)
            if output_format == "json":
                print_json(failure_json(url, error), run.stream)
            continue
        report_copy(run, url, opened)
        found = opened.page.headline_lists
        chosen = limited(newer_lists(labelled_lists(found, labels), start), limit)
        if found and not chosen:
            say_what_is_there(run, url, found, is_by_label=not labelled_lists(found, labels))
        opened = replace(opened, page=replace(opened.page, headline_lists=chosen))
        if output_format == "json":
            value = {"url": url, "final_url": opened.page.url, "title": opened.page.title, **lists_json(opened)}
            print_json(value, run.stream)
        else:
            for headline_list in opened.page.headline_lists:
                print_list(run, headline_list)
        if not found:
            say_no_list(run, url, opened)


def _start_of(since: str, now: datetime) -> datetime:
    start = begins(since, now)
    if start is None:
        words = _("{time} is not a time; use 24h, 3d, 2w, today, yesterday, or a date such as 2026-11-22.")
        raise click.BadParameter(words.format(time=line(since, 60)), param_hint="--since")
    return start


def labelled_lists(lists: Sequence[HeadlineList], labels: Sequence[str]) -> tuple[HeadlineList, ...]:
    """Return the lists with one of the labels: the whole label, else a part of it; all lists without labels."""
    if not labels:
        return tuple(lists)
    wanted = [folded(line(label)).strip() for label in labels]
    shown_labels = [folded(line(each.label or "")).strip() for each in lists]
    chosen = {index for name in wanted for index in _named(name, shown_labels)}
    return tuple(each for index, each in enumerate(lists) if index in chosen)


def _named(name: str, labels: Sequence[str]) -> list[int]:
    exact = [index for index, label in enumerate(labels) if label == name]
    return exact or [index for index, label in enumerate(labels) if name and name in label]


def newer_lists(lists: Sequence[HeadlineList], start: datetime | None) -> tuple[HeadlineList, ...]:
    """Return the lists with the headlines known not to be older than `start` (aware); lists left empty are dropped."""
    if start is None:
        return tuple(lists)
    newer = [
        replace(each, headlines=tuple(h for h in each.headlines if h.published and _is_since(h.published, start)))
        for each in lists
    ]
    return tuple(each for each in newer if each.headlines)


def _is_since(published: datetime, start: datetime) -> bool:
    """Compare times; one without a zone is taken to be in the reader's."""
    return published >= start if published.tzinfo else published >= start.replace(tzinfo=None)


def limited(lists: Sequence[HeadlineList], limit: int | None) -> tuple[HeadlineList, ...]:
    """Return the lists with their first headlines, at most `limit` in all."""
    if limit is None:
        return tuple(lists)
    chosen: list[HeadlineList] = []
    for each in lists:
        if limit <= 0:
            break
        chosen.append(replace(each, headlines=each.headlines[:limit]))
        limit -= len(each.headlines)
    return tuple(chosen)


def say_what_is_there(run: Run, url: str, lists: Sequence[HeadlineList], *, is_by_label: bool) -> None:
    """Say that no headline of the page was asked for, and which lists it has."""
    labels = ", ".join(line(each.label or _("Headlines"), 60) for each in lists[:8])
    sentence = (
        _("No list of {address} has this label.") if is_by_label else _("No headline of {address} is that recent.")
    )
    run.report(NOTHING_FOUND, sentence.format(address=shown(url)), _("Its lists: {labels}").format(labels=labels))


def say_no_list(run: Run, url: str, opened: Opened) -> None:
    """Report what the page has instead of a headline list."""
    problem = opened.page.problem
    if problem is not None and opened.page.article is None:
        run.report(NOTHING_FOUND, problem.message, problem.advice)
        return
    feeds = ", ".join(shown(feed.url) for feed in opened.page.feeds[:3])
    hint = _("It names a feed: {feeds}").format(feeds=feeds) if feeds else ""
    run.report(NOTHING_FOUND, _("No headline list was found at {address}.").format(address=shown(url)), hint)


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
    return (local(published) if published.tzinfo else published).strftime("%Y-%m-%d %H:%M")


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
