"""`highlights`: what was highlighted in all articles, printed or written as a reading notebook."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import click

from newsreader.cli.completing import files
from newsreader.cli.exporting import USAGE, has_unknown_ending, unknown_ending, write_to_stream
from newsreader.cli.given import refuse_empty
from newsreader.cli.output import complain, print_json
from newsreader.cli.running import Run, with_service
from newsreader.i18n import gettext as _
from newsreader.library_values import Highlight
from newsreader.text import line
from newsreader.writing import is_stream

_ENDINGS = {".md": "markdown", ".markdown": "markdown", ".json": "json", ".txt": "text"}


@click.command(short_help="List your highlights and notes.")
@click.argument("query", nargs=-1)
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "markdown"]), help="Default: of the file's name, else text."
)
@click.option("-o", "--output", metavar="FILE", shell_complete=files, help="Write a file; - is standard output.")
@with_service
async def highlights(run: Run, query: tuple[str, ...], form: str | None, output: str | None) -> None:
    """List the highlights of all articles; with QUERY, those whose words, note or title match.

    QUERY is in the language of `search`: has:note, tag:harbour, after:7d (when it was highlighted).
    Markdown is a reading notebook; JSON holds W3C Web Annotations, one a line, in a file as an array.
    """
    text = " ".join(query)
    if text:
        refuse_empty(text)
    run.service.is_library_required = True
    if form is None and await asyncio.to_thread(has_unknown_ending, output, [*_ENDINGS]):
        run.report(USAGE, *unknown_ending(output, [*_ENDINGS], _("Or choose the format with --format.")))
        return
    found = await run.service.highlights.all(text)
    if not found:
        _report_nothing(run, text)
        return
    form = form or _ENDINGS.get(Path(output or "").suffix.lower(), "text")
    if output is None or output == "-":
        await _print(run, found, form, output)
    elif await asyncio.to_thread(is_stream, Path(output)):
        await write_to_stream(output, await asyncio.to_thread(run.service.highlights.notebook, found, form))
    else:
        path = await run.service.highlights.write(found, form, Path(output))
        click.echo(line(str(path), 4000), file=run.stream)


def _report_nothing(run: Run, text: str) -> None:
    if text:
        run.report_no_match(_("No highlight matches “{words}”.").format(words=line(text, 200)))
    else:
        complain(_("Nothing is highlighted yet."), _("In an article, v selects words, and Enter highlights them."))


async def _print(run: Run, found: Sequence[Highlight], form: str, output: str | None) -> None:
    if form == "json":
        for each in found:
            print_json(run.service.highlights.as_annotation(each), run.stream)
    elif output == "-":
        await write_to_stream("-", await asyncio.to_thread(run.service.highlights.notebook, found, form))
    else:
        body = await asyncio.to_thread(run.service.highlights.notebook, found, form)
        click.echo(body.decode(), nl=False, file=run.stream)
