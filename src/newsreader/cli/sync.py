"""`sync`: refresh sources and download their articles, for cron and timers as for people."""

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime, timedelta
from types import TracebackType
from typing import IO, Any

import click

from newsreader.cli.accounts import report_exchange
from newsreader.cli.completing import source_names
from newsreader.cli.devices import report_devices
from newsreader.cli.output import complain, print_json
from newsreader.cli.running import Run, iso, terminal_width, with_service
from newsreader.errors import NewsreaderError
from newsreader.i18n import decimal, ngettext
from newsreader.i18n import gettext as _
from newsreader.jsonform import problem_for_people
from newsreader.models import Problem
from newsreader.moments import local
from newsreader.service.values import (
    Downloaded,
    NotDownloaded,
    Planned,
    Refreshed,
    Resting,
    SyncReport,
    SyncStep,
)
from newsreader.source_values import Source
from newsreader.text import line
from newsreader.urls import shown

NOT_FETCHED = 3


@click.command(short_help="Refresh the sources, download new articles.")
@click.argument("sources", nargs=-1, metavar="[SOURCE]...", shell_complete=source_names)
@click.option("--limit", type=click.IntRange(min=0), help="Download at most this many articles.")
@click.option("--max-age", type=click.FloatRange(min=0), metavar="DAYS", help="Download no articles older than this.")
@click.option("--quiet", is_flag=True, help="Report only what went wrong.")
@click.option("--frugal", is_flag=True, help="Download no pictures.")
@click.option("--format", "output_format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@with_service
async def sync(
    run: Run,
    sources: tuple[str, ...],
    limit: int | None,
    max_age: float | None,
    quiet: bool,
    frugal: bool,
    output_format: str,
) -> None:
    """Refresh the sources, or each SOURCE, and download their new articles for reading offline.

    A SOURCE is named by its address or its title, several of them by their host. However the
    program ends, what was downloaded is kept; the next run continues from there.
    """
    if frugal:
        run.service.settings = run.service.settings.with_frugal()
    elif await run.service.apply_metered_mode() and not quiet:
        complain(_("The connection is metered: no pictures are downloaded."))
    is_exchanged = await _exchange_with_devices(run, output_format, quiet=quiet)
    has_devices = is_exchanged is not None
    unreachable = frozenset[int]()
    has_accounts = not sources and bool(await run.service.accounts.all())
    if has_accounts:
        reports, unreachable = await run.service.accounts.exchange_all()
        for each in reports:
            report_exchange(run, each, output_format, quiet=quiet)
    named = tuple(source for source in await _named(run, sources) if source.id not in unreachable)
    if sources and not named:
        return
    if not named and not has_accounts and not has_devices and not await run.service.queue.to_download():
        complain(_("There are no sources yet."), _("`newsreader sources add ADDRESS` adds one."))
        return
    age = timedelta(days=min(max_age, 100_000)) if max_age is not None else None
    is_terminal = sys.stdout.isatty() and output_format == "text"
    with _step_reporter(run, output_format, quiet=quiet, is_terminal=is_terminal) as on_step:
        report = await run.service.sync.run(named, on_step, limit=limit, max_age=age)
    if is_exchanged:
        await _exchange_with_devices(run, output_format, quiet=quiet, is_again=True)
    await run.service.maintenance.run()
    _conclude(run, report, output_format, quiet=quiet)


async def _exchange_with_devices(run: Run, output_format: str, *, quiet: bool, is_again: bool = False) -> bool | None:
    """Exchange with the other devices; return whether that succeeded, None where the library has not joined any."""
    try:
        report = await run.service.sync.devices.exchange()
    except NewsreaderError as error:
        run.report_failure(error)
        return False
    if report is not None and not is_again:
        report_devices(run, report, output_format, quiet=quiet)
    return True if report is not None else None


async def _named(run: Run, names: tuple[str, ...]) -> tuple[Source, ...]:
    """Return the sources that are meant, all of them where none is named."""
    if not names:
        return await run.service.subscriptions.all()
    found: dict[int, Source] = {}
    for name in names:
        try:
            found |= {source.id: source for source in await run.service.subscriptions.all_named(name)}
        except NewsreaderError as error:
            run.report_failure(error)
    return tuple(found.values())


OnStep = Callable[[SyncStep], None]


def _step_reporter(run: Run, output_format: str, *, quiet: bool, is_terminal: bool) -> AbstractContextManager[OnStep]:
    """Return what reports every step: bars, lines, JSON or only failures."""
    if output_format == "json":
        return nullcontext(lambda step: _print_json(run.stream, step))
    if quiet:
        return nullcontext(_report_failure)
    if is_terminal:
        return _Bars(is_calm=run.service.settings.interface.reduced_motion)
    return nullcontext(lambda step: _print_line(run.stream, step))


# --- lines ------------------------------------------------------------------------------------


def _print_line(stream: IO[str], step: SyncStep) -> None:
    """Print a step as a line, at once: whoever reads the pipe knows what is on the disk."""
    match step:
        case Refreshed(source, unread, None):
            words = ngettext("{count} unread", "{count} unread", unread).format(count=unread)
            print(_("refreshed {title} ({words})").format(title=line(source.title, 120), words=words), file=stream)
        case Downloaded(asked, title):
            text = _("downloaded {title} {address}").format(title=line(title, 200), address=shown(asked.url))
            lacking = _lacking(step)
            print(text + (f"  ({lacking})" if lacking else ""), file=stream)
        case Resting(host, until):
            print(_rest(host, until), file=stream)
        case _:
            _report_failure(step)
    stream.flush()


def _rest(host: str, until: datetime) -> str:
    return _("waiting for {host} until {time}").format(host=line(host, 100), time=local(until).strftime("%X"))


def _lacking(step: Downloaded) -> str:
    """Return how many of its pictures an article came with; empty if it came with all of them."""
    if step.pictures == step.pictures_named:
        return ""
    return _("{n} of {all} pictures").format(n=step.pictures, all=step.pictures_named)


def _report_failure(step: SyncStep) -> None:
    """Write what could not be fetched to stderr."""
    match step:
        case Downloaded(title=title) if lacking := _lacking(step):
            complain(f"{line(title, 120)}: {lacking}")
        case Refreshed(source, _unread, problem) if problem is not None:
            complain(f"{line(source.title, 120)}: {problem.message}", problem.advice)
        case NotDownloaded(asked, problem, is_later=False):
            complain(f"{line(asked.title, 120)}: {problem.message}")


def _print_json(stream: IO[str], step: SyncStep) -> None:
    print_json(_as_json(step), stream)


def _as_json(step: SyncStep) -> dict[str, Any]:
    match step:
        case Planned(sources, articles):
            return {"event": "planned", "sources": sources, "articles": articles}
        case Refreshed(source, unread, problem):
            about = {"source": source.url, "title": source.title, "unread": unread}
            return {
                "event": "refreshed" if problem is None else "not-refreshed",
                **about,
                "problem": _problem_json(problem),
            }
        case Downloaded(asked, title, pictures, named, size):
            about = {"url": asked.url, "title": title, "source": asked.source}
            return {"event": "downloaded", **about, "pictures": pictures, "pictures_named": named, "bytes": size}
        case NotDownloaded(asked, problem, is_later):
            about = {"url": asked.url, "title": asked.title, "source": asked.source}
            return {"event": "later" if is_later else "failed", **about, "problem": _problem_json(problem)}
        case Resting(host, until):
            return {"event": "resting", "host": host, "until": iso(until)}


def _problem_json(problem: Problem | None) -> dict[str, str] | None:
    return problem_for_people(problem)


# --- bars -------------------------------------------------------------------------------------


class _Bars:
    """Two bars, for the sources and for the articles; failures are written above them."""

    def __init__(self, *, is_calm: bool) -> None:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
        from rich.table import Column

        self._progress = Progress(
            TextColumn("{task.description}", markup=False, table_column=Column(no_wrap=True)),
            BarColumn(min(40, terminal_width() // 3)),
            MofNCompleteColumn(),
            TextColumn(
                "{task.fields[now]}", markup=False, table_column=Column(ratio=1, no_wrap=True, overflow="ellipsis")
            ),
            expand=True,
            auto_refresh=not is_calm,
        )
        self._sources = self._progress.add_task(_("Headlines"), total=None, now="", visible=False)
        self._articles = self._progress.add_task(_("Articles"), total=None, now="", visible=False)

    def __enter__(self) -> OnStep:
        self._progress.start()
        return self._show_step

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._progress.stop()

    def _show_step(self, step: SyncStep) -> None:
        bars = self._progress
        match step:
            case Planned(sources, 0) if sources:
                bars.update(self._sources, total=sources, visible=True)
            case Planned(_, articles):
                bars.update(self._articles, total=articles, visible=True)
            case Refreshed(source):
                bars.update(self._sources, advance=1, now=line(source.title, 200))
            case Downloaded(title=title):
                bars.update(self._articles, advance=1, now=line(title, 200))
            case NotDownloaded():
                bars.update(self._articles, advance=1)
            case Resting(host, until):
                bars.update(self._articles, now=_rest(host, until))
        bars.refresh()
        self._report_failure(step)

    def _report_failure(self, step: SyncStep) -> None:
        from rich.text import Text

        match step:
            case Refreshed(source, _unread, problem) if problem is not None:
                self._progress.console.print(Text(f"{line(source.title, 120)}: {line(problem.message, 300)}"))
            case Downloaded(title=title) if lacking := _lacking(step):
                self._progress.console.print(Text(f"{line(title, 120)}: {lacking}"))
            case NotDownloaded(asked, problem, is_later=False):
                self._progress.console.print(Text(f"{line(asked.title, 120)}: {line(problem.message, 300)}"))


# --- the end ----------------------------------------------------------------------------------


def _conclude(run: Run, report: SyncReport, output_format: str, *, quiet: bool) -> None:
    articles = report.articles
    if articles.problem is not None:
        run.report(NOT_FETCHED, articles.problem.message, articles.problem.advice)
    elif report.not_refreshed:
        run.status = max(run.status, NOT_FETCHED)
    if output_format == "json":
        value = {
            "event": "done",
            "refreshed": report.refreshed,
            "not_refreshed": report.not_refreshed,
            "downloaded": articles.downloaded,
            "failed": articles.failed,
            "later": articles.later,
            "bytes": articles.size_bytes,
            "pictures_missing": articles.pictures_missing,
            "full": articles.is_full,
            "problem": _problem_json(articles.problem),
        }
        print_json(value, run.stream)
    elif not quiet:
        click.echo(_summary(report), file=run.stream)
    if articles.is_full and output_format != "json":
        limit = run.service.settings.offline.max_size_mb
        complain(
            _("The limit of {limit} MB for downloaded articles is reached.").format(limit=limit),
            _("Raise offline.max_size_mb in the configuration, or give the sources limits of their own."),
        )


def _summary(report: SyncReport) -> str:
    articles = report.articles
    size = decimal(f"{articles.size_bytes / 1_000_000:.1f}")
    n = report.refreshed
    words = [ngettext("{count} source refreshed", "{count} sources refreshed", n).format(count=n)]
    if report.not_refreshed:
        words.append(_("{count} failed").format(count=report.not_refreshed))
    n = articles.downloaded
    got = ngettext("{count} article downloaded ({size} MB)", "{count} articles downloaded ({size} MB)", n)
    words.append(got.format(count=n, size=size))
    if n := articles.pictures_missing:
        lacking = ngettext("without {count} picture", "without {count} pictures", n)
        words.append(lacking.format(count=n))
    if articles.failed:
        words.append(_("{count} failed").format(count=articles.failed))
    if articles.later:
        words.append(_("{count} to be tried later").format(count=articles.later))
    return ", ".join(words) + "."
