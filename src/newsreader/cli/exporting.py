"""`export` and `import`: articles and sources, taken along and taken over."""

import asyncio
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from newsreader.cli.completing import files, tag_names
from newsreader.cli.given import STANDARD_INPUT, bytes_of, refuse_empty
from newsreader.cli.output import complain, print_json
from newsreader.cli.running import Run, typed_address, with_optional_library, with_service
from newsreader.cli.source_command import follow_command
from newsreader.cli.typing_in import interruptible
from newsreader.commands import command_words
from newsreader.errors import NewsreaderError
from newsreader.exporting.edition import Edition
from newsreader.exporting.formats import (
    SUFFIXES,
    ExportFormat,
    exported,
    format_named,
    format_of_suffix,
    missing_pictures,
)
from newsreader.files import at_home
from newsreader.i18n import gettext as _
from newsreader.importing.values import Imported, Refused
from newsreader.models import Article
from newsreader.service.imports import ImportReport
from newsreader.text import line
from newsreader.urls import shown
from newsreader.writing import NoDirectoryError, is_stream, write_stream

USAGE = 2
NOTHING_FOUND = 4
_OPML = [".opml", ".xml"]


@click.command("export", short_help="Write articles to files, or export sources.")
@click.argument("urls", nargs=-1, metavar="[URL]...", shell_complete=files)
@click.option("--saved", is_flag=True, help="All saved articles, the last saved first.")
@click.option(
    "--tag",
    "tags",
    multiple=True,
    metavar="TAG",
    shell_complete=tag_names,
    help="Only saved articles with this tag, or all of these.",
)
@click.option("--query", metavar="QUERY", default="", help="Only saved articles that a search finds.")
@click.option("--opml", is_flag=True, help="The list of sources, for other feed readers.")
@click.option(
    "--format",
    "file_format",
    type=click.Choice([file_format.value for file_format in ExportFormat]),
    help="Format of the file.",
)
@click.option(
    "-o", "--output", shell_complete=files, help="A directory, a file for all of them, or - for standard output."
)
@click.option("--title", default="", help="Title of a file of several articles.")
@click.option("--offline", is_flag=True, help="Use only stored copies, no network.")
@with_optional_library
async def export_articles(
    run: Run,
    urls: tuple[str, ...],
    saved: bool,
    tags: tuple[str, ...],
    query: str,
    opml: bool,
    file_format: str | None,
    output: str | None,
    title: str,
    offline: bool,
) -> None:
    """Write the article of each URL to a file of its own, or all to one; --format lists the formats.

    A file that exists is never overwritten; a pipe or a device is written to. An EPUB always holds all of them.
    """
    if query:
        refuse_empty(query)
    is_narrowed = bool(tags or query)
    saved = saved or is_narrowed
    run.service.is_library_required = saved or opml or offline
    if opml:
        await export_sources(run, output)
        return
    if file_format is None and await asyncio.to_thread(has_unknown_ending, output, known_endings()):
        run.report(USAGE, *unknown_ending(output, known_endings(), _("Or choose the format with --format.")))
        return
    if not (urls or saved):
        run.report(USAGE, _("Nothing to export was given."), _("Give addresses, --saved, or --opml."))
        return
    rows = await run.service.saved.rows(tags=tags, query=query) if saved else ()
    addresses = [*urls, *(row.url for row in rows)]
    articles = []
    for address in run.each(addresses):
        try:
            articles.append(await run.service.export.article(typed_address(address), typed=True, offline=offline))
        except NewsreaderError as error:
            run.report_failure(error)
    if articles:
        await write_articles(
            run, articles, wanted_format(run, file_format, output), output, title=title, offline=offline
        )
    elif not addresses and is_narrowed:
        run.report_no_match(_("No saved article matches."))
    elif not addresses:
        run.report(NOTHING_FOUND, _("No article is saved."), _("`newsreader save ADDRESS` saves one."))


def wanted_format(run: Run, file_format: str | None, output: str | None) -> ExportFormat:
    """Return the format that was asked for, that of the file's name, or that of the configuration."""
    named = format_of_suffix(Path(output).suffix) if output else None
    return format_named(file_format) if file_format else named or format_named(run.service.settings.export.format)


async def write_articles(
    run: Run, articles: list[Article], file_format: ExportFormat, output: str | None, *, title: str, offline: bool
) -> None:
    """Write the articles to standard output, to one file, or each to one of its own in a directory."""
    if output == "-" or (output and await asyncio.to_thread(is_stream, Path(output))):
        edition = await run.service.export.edition(articles, file_format, title=title, offline=offline)
        report_missing_pictures(run, edition, file_format)
        await write_to_stream(output, await asyncio.to_thread(exported, edition, file_format))
        return
    place = Path(output or run.service.settings.export.directory or ".")
    if output and output.endswith(os.sep) and not await asyncio.to_thread(is_present, place):
        run.report_failure(NoDirectoryError(path=line(output, 500)))
        return
    is_apart = not file_format.row.is_book and await asyncio.to_thread(is_directory, output or place)
    for part in [[article] for article in articles] if is_apart else [articles]:
        try:
            edition = await run.service.export.edition(part, file_format, title=title, offline=offline)
            path = await run.service.export.write(edition, file_format, place)
        except NewsreaderError as error:
            run.report_failure(error)
            return
        click.echo(line(str(path), 4000), file=run.stream)
        report_missing_pictures(run, edition, file_format)


def report_missing_pictures(run: Run, edition: Edition, file_format: ExportFormat) -> None:
    """Say how many of its pictures a file does not hold, where it holds any."""
    if missing := missing_pictures(edition, file_format):
        run.notify(f"{line(edition.title, 120)}: {missing}")


async def write_to_stream(output: str, body: bytes) -> None:
    """Write to standard output, a pipe or a device; an interrupt ends waiting for someone who reads."""
    if output == "-":
        sys.stdout.flush()
        sys.stdout.buffer.write(body)
        return
    is_wanted = True
    try:
        await asyncio.to_thread(write_stream, Path(output), body, is_wanted=lambda: is_wanted)
    finally:
        is_wanted = False


def known_endings() -> list[str]:
    """Return what the names of articles' files may end with."""
    return [f".{ending}" for ending in SUFFIXES]


def has_unknown_ending(output: str | None, known: list[str]) -> bool:
    """Return whether the file name has an ending that no format uses."""
    if output is None or output == "-" or is_directory(output) or is_stream(Path(output)):
        return False
    ending = Path(output).suffix.lower()
    return bool(ending) and ending not in known


def unknown_ending(output: str | None, known: list[str], advice: str) -> tuple[str, str]:
    """Return the error about such a name, and what to do."""
    name = Path(output or "")
    words = _("{name}: there is no export format for {ending}.")
    hint = _("Use one of {endings}.").format(endings=", ".join(known))
    return words.format(name=line(str(name), 200), ending=line(name.suffix, 40)), f"{hint} {advice}".strip()


def is_present(directory: Path) -> bool:
    """Return whether there is such a directory."""
    return at_home(directory).is_dir()


def is_directory(place: str | Path) -> bool:
    """Return whether files are to go into this, rather than be called it."""
    return str(place).endswith(os.sep) or at_home(place).is_dir()


async def export_sources(run: Run, output: str | None) -> None:
    """Write the sources as OPML."""
    if output is None or output == "-" or await asyncio.to_thread(is_stream, Path(output)):
        await write_to_stream(output or "-", await run.service.export.opml())
    elif await asyncio.to_thread(has_unknown_ending, output, _OPML):
        run.report(USAGE, *unknown_ending(output, _OPML, ""))
    else:
        click.echo(line(str(await run.service.export.sources_to_file(Path(output))), 4000), file=run.stream)


# --- import -------------------------------------------------------------------------------------


@click.command("import", short_help="Import sources and articles from FILEs.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only report what would be imported.")
@click.option("--commands", is_flag=True, help="Follow what commands make too (newsboat's exec: and filter:).")
@click.option("--format", "file_format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@with_service
async def import_files(run: Run, files: tuple[Path, ...], dry_run: bool, commands: bool, file_format: str) -> None:
    """Import sources and articles from other programs' export FILEs; - is standard input.

    Supported: OPML, newsboat's urls, bookmarks of browsers (HTML), and the CSV, JSON or HTML of Pocket, Instapaper,
    wallabag, Omnivore, Readeck, Raindrop, Readwise Reader, Matter, Shiori, Karakeep, linkding and the like.
    """
    for path in files:
        try:
            found = await (read_standard_input() if str(path) == "-" else run.service.imports.read(path))
            if found.commands and not dry_run and (commands or may_run(found, path)):
                found = await follow_commands(run, found, is_verbose=file_format == "text")
            report = as_it_would_be(found.without_commands()) if dry_run else await run.service.imports.add(found)
        except NewsreaderError as error:
            complain(error.text if f"{path.name}:" in error.text else f"{path}: {error.text}", error.advice)
            run.status = max(run.status, error.exit_status)
            continue
        if file_format == "json":
            print_json(report_json(path, report), run.stream)
            continue
        for words in report.lines:
            click.echo(words, file=run.stream)


def report_json(path: Path, report: ImportReport) -> dict[str, Any]:
    """Return what happened to a file, as `import --format json` prints it."""
    refused = [{"line": each.line or None, "text": shown(each.text), "reason": each.why} for each in report.refused]
    return {
        "file": str(path),
        "kind": report.form,
        "sources": report.sources,
        "known_sources": report.known_sources,
        "articles": report.articles,
        "known_articles": report.known_articles,
        "to_fetch": report.to_fetch,
        "highlights": report.highlights,
        "refused": refused,
    }


def may_run(found: Imported, path: Path) -> bool:
    """Ask the reader whether the commands of a file may be run from now on; without a terminal they may not."""
    if str(path) == "-" or not sys.stdin.isatty():
        complain(_("Sources made by commands are only followed with --commands."))
        return False
    for each in found.commands:
        click.echo(f"    {line(each.as_written, 300)}", err=True)
    with interruptible():
        return click.confirm(_("Run these commands whenever their sources are refreshed?"), default=False, err=True)


async def follow_commands(run: Run, found: Imported, *, is_verbose: bool) -> Imported:
    """Follow what the commands of a file make; return the file without those, and with why the others fail."""
    refused = list(found.refused)
    for each in found.commands:
        try:
            source = await follow_command(run, command_words(each.text), each.url, each.title or None, each.group)
        except NewsreaderError as error:
            refused.append(Refused(each.line, line(each.as_written), line(error.text, 300)))
            continue
        if is_verbose:
            words = _("follows {title}").format(title=line(source.title or shown(source.url)))
            click.echo(words, file=run.stream)
    return replace(found, refused=tuple(refused), commands=())


async def read_standard_input() -> Imported:
    """Return what the list on standard input names.

    Raises:
        UnknownFormatError, BrokenFileError, TooLargeFileError: it cannot be imported.
    """
    from newsreader.importing.reading import LARGEST, read_import

    body = await bytes_of(STANDARD_INPUT, LARGEST + 1)
    return await asyncio.to_thread(read_import, body)


def as_it_would_be(found: Imported) -> ImportReport:
    """Return the report of a file before anything in it has been looked up."""
    to_fetch = sum(not article.content for article in found.articles)
    highlights = sum(len(article.highlights) for article in found.articles)
    return ImportReport(found.form, len(found.sources), 0, len(found.articles), 0, found.refused, to_fetch, highlights)
