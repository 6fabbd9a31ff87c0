"""`search`: everything stored, in pipes and on terminals."""

import sys
from typing import Any

import click

from newsreader.cli.given import refuse_empty
from newsreader.cli.output import print_json
from newsreader.cli.running import Run, cut, iso, terminal_width, with_service
from newsreader.i18n import gettext as _
from newsreader.i18n import ngettext
from newsreader.moments import local
from newsreader.service.values import FoundRow
from newsreader.text import line
from newsreader.urls import shown

_REPORTED_FROM = 200  # stories that are not in the index yet: fewer take no noticeable time


@click.command(
    context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]},
    short_help="Search everything that is stored.",
)
@click.argument("query", nargs=-1, required=True, type=click.UNPROCESSED, metavar="QUERY...")
@click.option("--newest", is_flag=True, help="The newest first, not the best match.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=20, show_default=True, help="How many at most.")
@click.option("--count", "only_count", is_flag=True, help="Print only how many there are.")
@click.option("--format", "output_format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@with_service
async def search(
    run: Run, query: tuple[str, ...], newest: bool, limit: int, only_count: bool, output_format: str
) -> None:
    """Search titles and texts of everything stored, with words, quotes and filters.

    \b
    harbour dredging: both words, in any form
    '"storm warning"': exactly these words
    harb* -quota: a beginning; without a word
    ferry OR tunnel: either
    title:storm source:bbc tag:later lang:uk
    is:unread is:read is:saved is:downloaded is:later has:note
    before:2026-11-01 after:7d after:yesterday

    Terms side by side must all match.
    """  # noqa: D301  (Click's own sign for lines that stay as they are)
    text = " ".join(query)
    refuse_empty(text)
    await _keep_up(run)
    if only_count:
        click.echo(str(await run.service.search.count(text)), file=run.stream)
        run.report_unread()
        return
    if newest:
        found = await run.service.search.newest(text, limit=limit)
    else:
        found = await run.service.search.ranked(text, limit=limit)
    for each in found:
        if output_format == "json":
            print_json(_found_json(each), run.stream)
        else:
            click.echo(_found_text(each), file=run.stream)
    if not run.report_unread() and not found:
        run.report_no_match(_("Nothing stored matches “{words}”.").format(words=line(text, 200)))


async def _keep_up(run: Run) -> None:
    """Index what is not indexed yet; on a terminal say so if it takes a while."""
    is_seen = sys.stderr.isatty()

    def show_progress(left: int) -> None:
        if is_seen and left > _REPORTED_FROM:
            words = ngettext("{n} article to be indexed", "{n} articles to be indexed", left).format(n=left)
            click.echo(f"\r\x1b[K{words}", nl=False, err=True)

    await run.service.search.update_index(show_progress, pause_s=0)
    if is_seen:
        click.echo("\r\x1b[K", nl=False, err=True)


def _found_json(found: FoundRow) -> dict[str, Any]:
    row = found.row
    return {
        "url": row.headline.url,
        "title": row.headline.title,
        "site_name": found.site_name,
        "language": found.language,
        "published": iso(row.headline.published),
        "read": row.read,
        "saved": row.saved,
        "stored": row.stored,
        "passage": "".join(words for words, _marked in found.passage),
    }


def _found_text(found: FoundRow) -> str:
    """Return title, source, passage and address of a result; uncut for a pipe."""
    columns = terminal_width() if sys.stdout.isatty() else None
    headline = found.row.headline
    day = local(headline.published).strftime("%Y-%m-%d") if headline.published else ""
    title = _marked(line(headline.title, 500), found.title_marks)
    lines = [f"{day}  {title}", f"            {line(found.site_name)}"]
    if found.passage:
        lines += _passage_lines(found, columns)
    address = shown(headline.url)
    lines.append(" " * 12 + click.style(cut(address, columns - 12) if columns else address, dim=True))
    return "\n".join(lines)


def _marked(title: str, marks: tuple[tuple[int, int], ...]) -> str:
    for start, end in reversed(marks):
        if end <= len(title):
            title = title[:start] + click.style(title[start:end], bold=True) + title[end:]
    return title


def _passage_lines(found: FoundRow, columns: int | None) -> list[str]:
    from newsreader.text import clean
    from newsreader.typesetting.wrapping import wrap

    runs = [(clean(words).replace("\n", " "), marked) for words, marked in found.passage]
    text = "".join(words for words, _marked in runs)
    places: list[tuple[int, int]] = []
    at = 0
    for words, marked in runs:
        if marked:
            places.append((at, at + len(words)))
        at += len(words)
    spans = [(each.start, each.end) for each in wrap(text, max(20, columns - 12))] if columns else [(0, len(text))]
    return [
        " " * 12 + _marked(text[start:end], tuple((a - start, b - start) for a, b in places if start <= a and b <= end))
        for start, end in spans
    ]
