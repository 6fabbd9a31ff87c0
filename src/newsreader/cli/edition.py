"""`edition`: the day's paper as a book, and a folder of books that e-readers can browse."""

import asyncio
import os
import sys
from datetime import datetime, timedelta
from pathlib import Path

import click

from newsreader.cli.completing import files
from newsreader.cli.exporting import USAGE, has_unknown_ending, is_present, unknown_ending, write_to_stream
from newsreader.cli.given import refuse_empty
from newsreader.cli.running import Run, with_service
from newsreader.errors import NewsreaderError
from newsreader.exporting.formats import ExportFormat, exported
from newsreader.i18n import gettext as _
from newsreader.i18n import ngettext
from newsreader.moments import local
from newsreader.query_times import begins, is_time
from newsreader.service.catalogue import Catalogue
from newsreader.service.editions import MadeEdition, NoEditionError, NotDownloadedError
from newsreader.text import line
from newsreader.writing import NoDirectoryError, is_stream

_EPUB = [".epub"]
_LAST = "last"
_REPORTED_FROM = 20  # books: fewer take no noticeable time


@click.command("edition", short_help="Make a book of what is new, for e-readers.")
@click.argument("query", nargs=-1, metavar="[QUERY]...")
@click.option(
    "-o", "--output", metavar="FILE", shell_complete=files, help="A file, a directory, or - for standard output."
)
@click.option("--catalogue", metavar="DIR", help="Put it into a folder of books with a catalogue (OPDS) instead.")
@click.option(
    "--keep", type=click.IntRange(1, 36_500), default=30, show_default=True, metavar="DAYS",
    help="How long editions stay in the catalogue.",
)  # fmt: skip
@click.option(
    "--since", metavar="TIME",
    help="What came since then: 12h, 7d, yesterday, 2026-11-30, or last for the last edition; a day ago by default.",
)  # fmt: skip
@click.option(
    "--limit", type=click.IntRange(1, 2000), default=100, show_default=True, metavar="N", help="At most N articles."
)
@click.option("--title", default="", help="Title of the book.")
@click.option("--no-pictures", is_flag=True, help="Leave the pictures out.")
@click.option("--mark-read", is_flag=True, help="Mark the articles in it read, when it has been written.")
@click.option("--quiet", is_flag=True, help="Report only what went wrong.")
@with_service
async def edition(
    run: Run,
    query: tuple[str, ...],
    output: str | None,
    catalogue: str | None,
    keep: int,
    since: str | None,
    limit: int,
    title: str,
    no_pictures: bool,
    mark_read: bool,
    quiet: bool,
) -> None:
    """Make an EPUB of what came in during the last day and is unread, with a section for each source.

    With a QUERY, of everything stored that it finds, as `search` does. No network is used: `sync` downloads the
    articles. A file that exists is never overwritten; a pipe or a device is written to.
    """
    words = " ".join(query).strip()
    if output is not None and catalogue is not None:
        run.report(USAGE, _("--output and --catalogue cannot be combined."), _("Run the command once for each."))
        return
    if words:
        refuse_empty(words)
    if await asyncio.to_thread(has_unknown_ending, output, _EPUB):
        run.report(USAGE, *unknown_ending(output, _EPUB, ""))
        return
    start = await _start(run, words, since)
    try:
        editions, with_pictures = run.service.editions, not no_pictures
        if words:
            made = await editions.of_query(words, start, limit=limit, title=title, with_pictures=with_pictures)
        else:
            since_then = start or run.service.now() - timedelta(days=1)
            made = await editions.of_sources(since_then, limit=limit, title=title, with_pictures=with_pictures)
    except NoEditionError as error:
        if run.report_unread():  # and so nothing is known to be missing
            return
        is_failure = isinstance(error, NotDownloadedError)
        if not quiet or is_failure:
            run.notify(error.text, error.advice if catalogue is None or is_failure else "")
        if catalogue is None:
            run.status = error.exit_status
        else:
            await _update_catalogue(run, Path(catalogue), None, keep, quiet=quiet)
        return
    if catalogue is not None:
        await _update_catalogue(run, Path(catalogue), made, keep, quiet=quiet)
    else:
        await _write(run, made, output, quiet=quiet)
    if run.status:
        return
    if not words:
        await run.service.editions.note_made(made)
    if mark_read:
        await run.service.read_marks.mark_all(made.addresses)
    if not run.report_unread() and not quiet:
        _report_missing(run, made, with_pictures=not no_pictures)


async def _start(run: Run, words: str, since: str | None) -> datetime | None:
    """Return from when on articles are wanted; None if no time was named, or there has been no edition yet."""
    if since is None:
        return None
    if since == _LAST:
        if words:
            raise click.UsageError(_("--since last is for an edition of the sources; with a QUERY name a time."))
        return await run.service.editions.last_made()
    if not is_time(since):
        words = _("--since does not accept “{given}”; it accepts 12h, 7d, yesterday, 2026-11-30, or last.")
        raise click.UsageError(words.format(given=line(since, 100)))
    return begins(since, local(run.service.now()))


async def _write(run: Run, made: MadeEdition, output: str | None, *, quiet: bool) -> None:
    if output == "-" or (output and await asyncio.to_thread(is_stream, Path(output))):
        await write_to_stream(output, await asyncio.to_thread(exported, made.edition, ExportFormat.EPUB))
        return
    place = Path(output or run.service.settings.export.directory or ".")
    if output and output.endswith(os.sep) and not await asyncio.to_thread(is_present, place):
        run.report_failure(NoDirectoryError(path=line(output, 500)))
        return
    try:
        path = await run.service.export.write(made.edition, ExportFormat.EPUB, place)
    except NewsreaderError as error:
        run.report_failure(error)
        return
    if not quiet:
        click.echo(line(str(path), 4000), file=run.stream)


def catalogue_of(run: Run) -> Catalogue:
    """Return what keeps folders of books: the part of the service that no screen needs."""
    service = run.service
    return Catalogue(service.directories, service.saved, service.export, service.now)


async def _update_catalogue(run: Run, place: Path, made: MadeEdition | None, keep: int, *, quiet: bool) -> None:
    is_seen = sys.stderr.isatty() and not quiet

    def show_progress(done: int, count: int) -> None:
        if is_seen and count > _REPORTED_FROM:
            click.echo(f"\r\x1b[K{done}/{count}", nl=False, err=True)
            if done == count:
                click.echo("\r\x1b[K", nl=False, err=True)

    report = await catalogue_of(run).update(place, made, keep=timedelta(days=keep), on_book=show_progress)
    if quiet:
        return
    click.echo(line(str(report.path), 4000), file=run.stream)
    words = _("editions: {editions}, saved articles: {saved}; {added} added, {removed} removed")
    counts = {"editions": report.editions, "saved": report.saved, "added": report.added, "removed": report.removed}
    click.echo(words.format(**counts), file=run.stream)
    if n := report.address_only:
        lacking = ngettext("{n} saved article has no text yet.", "{n} saved articles have no text yet.", n)
        run.notify(lacking.format(n=n), _("`newsreader sync` downloads it."))


def _report_missing(run: Run, made: MadeEdition, *, with_pictures: bool) -> None:
    """Say what the edition lacks."""
    if n := made.absent:
        words = ngettext(
            "{n} article is not downloaded; the edition has its headline.",
            "{n} articles are not downloaded; the edition has their headlines.",
            n,
        )
        run.notify(words.format(n=n), _("`newsreader sync` downloads the articles of your sources."))
    named, there = made.edition.pictures_named, len(made.edition.pictures)
    if with_pictures and there < named:
        run.notify(_("{n} of {all} pictures").format(n=there, all=named))
    if n := made.left_out:
        words = ngettext("{n} more article is left out.", "{n} more articles are left out.", n)
        run.notify(words.format(n=n), _("Use --limit to include more."))
