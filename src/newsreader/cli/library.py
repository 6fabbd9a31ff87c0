"""`library`: what is the reader's own, its backups, and whether it is sound."""

from pathlib import Path

import click

from newsreader.cli.given import STANDARD_INPUT
from newsreader.cli.output import complain, print_json, print_path
from newsreader.cli.running import NOTHING_FOUND, Run, with_service
from newsreader.files import at_home
from newsreader.i18n import decimal, ngettext
from newsreader.i18n import gettext as _
from newsreader.settings import Directories
from newsreader.store_info import LibraryInfo
from newsreader.text import line
from newsreader.urls import shown

DAMAGED = 5
_FORMAT_OPTION = click.option(
    "--format", "output_format", type=click.Choice(["text", "json"]), default="text", show_default=True
)


@click.group(short_help="Your saved articles, sources, tags; backups.")
def library() -> None:
    """Your own data: saved articles, sources, marks and tags; and its backups."""


@library.command("info")
@_FORMAT_OPTION
@with_service
async def library_info(run: Run, output_format: str) -> None:
    """Show what the library holds."""
    info = await run.service.maintenance.library_info()
    if output_format == "json":
        print_json(_as_json(info), run.stream)
        return
    for name, value in _rows(info):
        click.echo(f"{name:14} {line(value, 1000)}", file=run.stream)


def _rows(info: LibraryInfo) -> tuple[tuple[str, str], ...]:
    downloads = info.downloads
    saved = _("{count} (pictures: {pictures})").format(count=info.saved, pictures=info.saved_pictures)
    downloaded = _("{count} (pictures: {pictures}; {size} MB)").format(
        count=downloads.articles, pictures=downloads.pictures, size=_megabytes(downloads.size_bytes)
    )
    rows = [
        (_("file"), str(info.path)),
        (_("size"), _("{size} MB").format(size=_megabytes(info.size_bytes))),
        (_("saved"), saved),
    ]
    if info.address_only:
        rows.append((_("to fetch"), str(info.address_only)))
    rows += [
        (_("downloaded"), downloaded),
        (_("queued"), str(downloads.queued)),
        (_("marked read"), str(info.read_marks)),
        (_("in progress"), str(info.positions)),
        (_("can be undone"), str(info.changes)),
        (_("backups"), str(len(info.backups))),
    ]
    return (*rows, *(("", str(path)) for path in info.backups))


def _megabytes(size: int) -> str:
    return decimal(f"{size / 1_000_000:.1f}")


def _as_json(info: LibraryInfo) -> dict[str, object]:
    downloads = info.downloads
    return {
        "path": str(info.path),
        "size_bytes": info.size_bytes,
        "saved": info.saved,
        "saved_pictures": info.saved_pictures,
        "address_only": info.address_only,
        "downloaded": downloads.articles,
        "downloaded_pictures": downloads.pictures,
        "downloaded_bytes": downloads.size_bytes,
        "queued": downloads.queued,
        "read_marks": info.read_marks,
        "places": info.positions,
        "undoable": info.changes,
        "backups": [str(path) for path in info.backups],
    }


@library.command("path")
def library_path() -> None:
    """Print where the library is."""
    print_path(Directories.default().data / "library.db")


@library.command("check", short_help="Check every article of the library.")
@with_service
async def library_check(run: Run) -> None:
    """Check every article in the library against its checksum."""
    saved, downloads = await run.service.maintenance.check_library()
    for url in saved:
        run.report(
            DAMAGED, _("damaged: {address}").format(address=shown(url)), _("Save it again, or restore a backup.")
        )
    for url in downloads:
        complain(_("damaged: {address}").format(address=shown(url)), _("It is fetched again when it is needed."))
    if not saved and not downloads:
        info = await run.service.maintenance.library_info()
        words = ngettext(
            "The library is sound: {saved} saved and {downloaded} downloaded articles are as they were kept.",
            "The library is sound: {saved} saved and {downloaded} downloaded articles are as they were kept.",
            info.saved,
        )
        click.echo(words.format(saved=info.saved, downloaded=info.downloads.articles), file=run.stream)


@library.command("backup", short_help="Copy the library to FILE, or to its backups.")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), required=False)
@with_service
async def library_backup(run: Run, file: Path | None) -> None:
    """Copy the library to FILE, or among its daily backups; a file that is there is not touched.

    Downloaded articles are left out, since they can be fetched again.
    """
    if file is not None and str(file) == STANDARD_INPUT:
        raise click.UsageError(_("A backup cannot be written to standard output: name a file."))
    print_path(await run.service.maintenance.back_up_library(at_home(file) if file is not None else None))


@library.command("restore", short_help="Restore the library from FILE or a backup.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False)
@with_service
async def library_restore(run: Run, file: Path | None) -> None:
    """Restore the library from FILE, or from the newest backup. The library as it is now is set aside."""
    found = run.service.maintenance.backups()
    if file is None and not found:
        run.report(NOTHING_FOUND, _("There is no backup."), _("`newsreader library backup` makes one."))
        return
    backup = file or found[0]
    aside = await run.service.maintenance.restore_library(backup)
    click.echo(_("restored {path}").format(path=line(str(backup), 1000)), file=run.stream)
    if aside is not None:
        click.echo(_("the library before that is now {path}").format(path=line(str(aside), 1000)), file=run.stream)
