"""What a command gets in place of an address: a file, or its standard input; and where that came from."""

import sys
from dataclasses import replace

import click

from newsreader.cli.running import Run, typed_address
from newsreader.computing import run_in_daemon_thread
from newsreader.files import at_home
from newsreader.i18n import gettext as _
from newsreader.i18n import system_reason
from newsreader.models import Opened
from newsreader.query import asks_for_nothing
from newsreader.service.errors import FileError
from newsreader.service.page_files import LARGEST_FILE
from newsreader.text import line
from newsreader.urls import normalise_url, split_credentials

STANDARD_INPUT = "-"

came_from = click.option("--url", "base", metavar="ADDRESS", help="Where a file, or standard input (-), came from.")


async def open_given(run: Run, word: str, base: str | None, *, offline: bool, whole: bool = False) -> Opened:
    """Return what a word of the command line names: the page at an address, a file, or what is on standard input.

    Raises:
        InvalidURLError: the word, or the base, is no address.
        FileError: the file cannot be read.
        FetchError, ExtractionError, NotStoredError: as `Pages.open`.
    """
    url = split_credentials(normalise_url(base))[0] if base is not None else None
    if word == STANDARD_INPUT:
        body = await bytes_of(STANDARD_INPUT, LARGEST_FILE + 1)
        return await run.service.pages.files.open_body(body, url or "file:///dev/stdin", whole=whole)
    address = typed_address(word)
    if address.startswith("file:") and url is not None:
        return await run.service.pages.files.open_as(address, url, whole=whole)
    opened = await run.service.pages.open(address, typed=True, refresh=True, offline=offline)
    if not whole:
        return opened
    return replace(opened, page=(await run.service.pages.whole(address, typed=True, offline=offline)).page)


async def bytes_of(word: str, most: int) -> bytes:
    """Return what is on standard input (-), or in a file or a pipe; an interrupt ends the wait for it.

    Args:
        word: The path, or "-".
        most: How many bytes are read at most, as some devices never end.

    Raises:
        FileError: it cannot be read.
    """

    def read() -> bytes:
        if word == STANDARD_INPUT:
            return sys.stdin.buffer.read(most)
        with at_home(word).open("rb") as file:
            return file.read(most)

    try:
        return await run_in_daemon_thread(read)
    except OSError as error:
        reason = line(system_reason(error.strerror or "") or _("it cannot be opened"))
        raise FileError(address=line(word, 500), reason=reason) from error


def refuse_empty(query: str) -> None:
    """Refuse a query that asks for nothing: a script's empty variable must not be taken for everything.

    Raises:
        click.UsageError: the query is of blanks and brackets alone.
    """
    if asks_for_nothing(query):
        raise click.UsageError(_("The query is empty."))
