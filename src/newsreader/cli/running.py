"""How a command runs: its service, its messages on stderr, its exit status."""

import asyncio
import os
import re
import sys
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import field
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import IO, TYPE_CHECKING, Concatenate, ParamSpec

import click

from newsreader.cli.output import complain, output_failure
from newsreader.errors import NewsreaderError
from newsreader.i18n import gettext as _
from newsreader.one_change import as_one_change
from newsreader.settings import Directories, Settings, load_settings
from newsreader.text import line
from newsreader.urls import InvalidURLError, normalise_url, shown
from newsreader.values import dataclass
from newsreader.writing import error_for_reader

if TYPE_CHECKING:
    from newsreader.service.facade import NewsService

P = ParamSpec("P")
NOTHING_FOUND = 4


@dataclass(slots=True)
class Run:
    """One run of the program: its service, and the exit status that it has come to so far.

    Attributes:
        about: The current one of several addresses; empty if there is only one.
    """

    service: "NewsService"
    status: int = 0
    stream: IO[str] = field(default_factory=lambda: sys.stdout)
    about: str = ""
    _reported: set[str] = field(default_factory=set)

    def each(self, names: Sequence[str]) -> Iterator[str]:
        """Yield one name after another; if there are several, messages begin with the current name."""
        for name in names:
            self.about = shown(name) if len(names) > 1 else ""
            yield name
        self.about = ""

    def notify(self, text: str, hint: str = "") -> None:
        """Write a message to stderr, with the name of the item it is about if there are several."""
        complain(text if self.about in text else f"{self.about}: {text}", hint)

    def report_failure(self, error: NewsreaderError) -> None:
        """Write an error to stderr and remember its exit status, the highest of several."""
        self._reported.add(error.text)
        self.notify(error.text, error.advice)
        self.status = max(self.status, error.exit_status)

    def was_reported(self, text: str) -> bool:
        """Return whether an error with this text has been written already."""
        return text in self._reported

    def report(self, status: int, text: str, hint: str = "") -> None:
        """Write a result that is not an error of the program to stderr, and remember its exit status."""
        self.notify(text, hint)
        self.status = max(self.status, status)

    def report_no_match(self, text: str) -> None:
        """Report that a query finds nothing, and where queries are explained."""
        self.report(NOTHING_FOUND, text, _("See `newsreader help search` for what can be searched for."))

    def report_unread(self) -> bool:
        """Report, with its exit status, that what is printed may not be all, if a store could not be read."""
        try:
            self.service.check_read()
        except NewsreaderError as error:
            self.report_failure(error)
            return True
        return False


_PAGE_ENDINGS = (".html", ".htm", ".xhtml", ".mhtml", ".xml", ".opml", ".json", ".txt")  # of files, and of no domain


def typed_address(text: str) -> str:
    """Return what a typed word names: a file as a `file:` address, even where the file is missing; else the word.

    A directory is named only where the word cannot be a web address.
    """
    path = Path(text)
    try:
        is_file = path.is_file()
    except OSError:  # not permitted, or too long
        is_file = False
    try:
        if not is_file and not _is_path(text):
            return text
        return _real_path(path).as_uri()
    except (OSError, ValueError):  # too long for a path, so it names no file
        return text


def _real_path(path: Path) -> Path:
    try:
        return path.resolve()
    except RuntimeError:  # its links lead in a circle, which reading it says
        return path.absolute()


def _is_path(text: str) -> bool:
    """Return whether a word that names no existing file is the path of one, or of a directory."""
    if text in (".", "..") or (text.startswith(("/", "./", "../", "~/")) and not text.startswith("//")):
        return True
    if "/" not in text and ":" not in text and text.lower().endswith(_PAGE_ENDINGS):
        return True
    try:
        normalise_url(text)
    except InvalidURLError:
        return text != "" and "://" not in text and ("/" in text.strip("/") or Path(text).is_dir())
    return False


_UNDECODED = re.compile("[\udc80-\udcff]")  # bytes that Python could not decode
_PLACES = frozenset({"FILE", "DIR", "PLACE", "OUTPUT"})  # metavars of parameters that may have the name of any file


def refuse_undecodable(context: click.Context) -> None:
    """Refuse words of bytes that are no text: what is left of them would be another search, tag or address.

    Names of files may be of any bytes.

    Raises:
        click.UsageError: there is such a word.
    """
    for parameter in context.command.params:
        name = parameter.name or ""
        given = context.params.get(name)
        is_place = (parameter.metavar or name.upper()).strip("[].") in _PLACES
        for word in given if isinstance(given, tuple) else (given,):
            if isinstance(word, str) and not is_place:
                check_decoded(word)


def check_decoded(word: str) -> None:
    """Check that a word is text, or the name of something that is there.

    Raises:
        click.UsageError: it is neither.
    """
    if not _UNDECODED.search(word) or os.path.lexists(word):
        return
    words = _("“{word}” holds bytes that are no text in {encoding}: type it again, or choose the locale it is in.")
    encoding = sys.getfilesystemencoding().upper()
    raise click.UsageError(words.format(word=line(word, 200), encoding=encoding))


def with_service(command: Callable[Concatenate[Run, P], Awaitable[None]]) -> Callable[P, None]:
    """Run a command with a service of its own, and end with the status that it came to.

    A library that cannot be read ends it, so that nothing is reported as empty that is not.
    """
    return _with_service(command, is_library_required=True)


def with_optional_library(command: Callable[Concatenate[Run, P], Awaitable[None]]) -> Callable[P, None]:
    """Run a command as `with_service` does, but without the library if that cannot be read; a message says so."""
    return _with_service(command, is_library_required=False)


def _with_service(
    command: Callable[Concatenate[Run, P], Awaitable[None]], *, is_library_required: bool
) -> Callable[P, None]:
    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        refuse_undecodable(click.get_current_context())

        async def with_one() -> int:
            from newsreader.service.facade import NewsService

            directories, settings = configured()
            async with NewsService(directories, settings) as service:
                service.is_library_required = is_library_required
                run = Run(service)
                try:
                    if is_library_required:
                        await service.own_settings.apply()
                    with as_one_change():
                        await command(run, *args, **kwargs)
                except asyncio.CancelledError:
                    service.stop_waiting()
                    raise
                except NewsreaderError as error:
                    run.report_failure(error)
                except (click.ClickException, click.Abort):  # of the command line, which says what is wrong with it
                    raise
                except Exception as error:
                    if output_failure() is not None:
                        raise
                    run.report_failure(error_for_reader(error, f"the command {command.__name__}"))
                if service.store_problem is not None and not run.was_reported(service.store_problem.message):
                    complain(service.store_problem.message, service.store_problem.advice)
                return run.status

        sys.exit(asyncio.run(with_one()))

    return run


def configured() -> tuple[Directories, Settings]:
    """Return the directories and the settings; what is wrong in the configuration is reported, and the rest applies."""
    directories = Directories.default()
    settings, problems = load_settings(directories.config / "config.toml")
    for problem in problems:
        complain(problem.message, problem.advice)
    return directories, settings


def iso(time: datetime | None) -> str | None:
    """Return a time as ISO 8601."""
    return time.isoformat() if time else None


def terminal_width() -> int:
    """Return the columns of the terminal, 80 if unknown."""
    import shutil

    return max(20, shutil.get_terminal_size().columns)


def cut(text: str, columns: int) -> str:
    """Return a text without its middle if it is wider than so many columns."""
    from rich.cells import cell_len, chop_cells

    if cell_len(text) <= columns:
        return text
    start = chop_cells(text, max(1, columns * 2 // 3))[0]
    end = text[len(start) :]
    while end and cell_len(start) + 1 + cell_len(end) > columns:
        end = end[max(1, (cell_len(start) + 1 + cell_len(end) - columns) // 2) :]
    return f"{start}…{end}"
