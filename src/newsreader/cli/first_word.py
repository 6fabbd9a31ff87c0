"""The first word of the command line where it is not a command: an address, a file, or a mistyped command."""

import re
from collections.abc import Iterable
from pathlib import Path

from newsreader.cli.running import typed_address
from newsreader.errors import NewsreaderError
from newsreader.i18n import N_, system_reason
from newsreader.text import line
from newsreader.urls import InvalidURLError, normalise_url

_COMMAND_LIKE = re.compile(r"[\w-]+")


class UnknownWordError(NewsreaderError):
    """A word is neither a command nor an address, nor the path of a file."""

    message = N_("{word} is neither a command nor a web address, and there is no such file.")
    hint = N_("`newsreader help` lists the commands; an address is like example.com/news.")
    kind = "unknown-word"
    exit_status = 2


class MistypedCommandError(UnknownWordError):
    """Such a word resembles the name of a command."""

    hint = N_("Did you mean {command}? `newsreader help` lists the commands.")
    kind = "mistyped-command"


class DirectoryError(NewsreaderError):
    """A word names a directory, which cannot be read as a page."""

    message = N_("{path} is a directory, not a page.")
    hint = N_("Name a file in it, or an address such as example.com/news.")
    kind = "directory"
    exit_status = 3


def openable_address(word: str, commands: Iterable[str]) -> str:
    """Return what the interface opens for a word: an address of the web or of a file that exists.

    Raises:
        UnknownWordError: the word is a single one that is no address.
        DirectoryError: it is the path of a directory.
        FileError: it is the path of a file that is missing or may not be read.
    """
    address = typed_address(word)
    if address.startswith("file:") and address != word:
        _check_file(Path(word))
    elif _COMMAND_LIKE.fullmatch(word):
        try:
            normalise_url(word)
        except InvalidURLError as error:
            raise _unknown(word, commands) from error
    return address


def _check_file(path: Path) -> None:
    if path.is_dir():
        raise DirectoryError(path=line(str(path), 500))
    try:
        path.stat()
    except OSError as error:
        from newsreader.service.errors import FileError

        reason = line(system_reason(error.strerror or ""))
        raise FileError(address=line(str(path), 500), reason=reason) from error


def _unknown(word: str, commands: Iterable[str]) -> UnknownWordError:
    from difflib import get_close_matches

    near = get_close_matches(word.lower()[:50], list(commands), n=1)
    if near:
        return MistypedCommandError(word=line(word, 80), command=near[0])
    return UnknownWordError(word=line(word, 80))
