"""`cache`: what was merely opened."""

import click

from newsreader.cli.output import print_json
from newsreader.cli.running import Run, iso, with_optional_library
from newsreader.i18n import decimal
from newsreader.i18n import gettext as _
from newsreader.moments import local
from newsreader.settings import Directories
from newsreader.text import line


@click.group(short_help="Pages you only opened; safe to delete.")
def cache() -> None:
    """Pages that were only opened; they can be deleted at any time."""


@cache.command("info")
@click.option("--format", "output_format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@with_optional_library
async def cache_info(run: Run, output_format: str) -> None:
    """Show what the cache holds."""
    info = await run.service.maintenance.cache_info()
    if output_format == "json":
        facts = {
            "path": str(info.path),
            "size_bytes": info.size_bytes,
            "pages": info.pages,
            "pictures": info.pictures,
            "oldest": iso(info.oldest),
        }
        print_json(facts, run.stream)
        return
    oldest = local(info.oldest).strftime("%Y-%m-%d %H:%M") if info.oldest else "–"
    rows = (
        (_("file"), str(info.path)),
        (_("size"), _("{size} MB").format(size=decimal(f"{info.size_bytes / 1_000_000:.1f}"))),
        (_("pages"), str(info.pages)),
        (_("pictures"), str(info.pictures)),
        (_("oldest"), oldest),
    )
    for name, value in rows:
        click.echo(f"{name:10} {line(value, 1000)}", file=run.stream)


@cache.command("clear")
@with_optional_library
async def cache_clear(run: Run) -> None:
    """Empty the cache; saved articles stay."""
    await run.service.maintenance.clear_cache()
    click.echo(_("The cache is empty; saved articles are as they were."), file=run.stream)


@cache.command("path")
def cache_path() -> None:
    """Print where the cache is."""
    click.echo(str(Directories.default().cache / "cache.db"))
