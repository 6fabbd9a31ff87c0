"""Commands of the reader's whose output is a source: their words, and the address that stands for them."""

import hashlib
import re
import shlex
from urllib.parse import urlsplit

from newsreader.errors import NewsreaderError
from newsreader.i18n import N_
from newsreader.text import line

_HOST = ".command.invalid"  # a top level domain that never is one (RFC 2606)
_QUOTED = re.compile(r"'[^']*+'|\"(?:\\.|[^\"\\$`])*+\"|\\.", re.DOTALL)
_OF_SHELLS = re.compile(r"[|&;<>()$`\n\r\x00]")
Words = tuple[str, ...]
_LONGEST = 4000
_MOST_WORDS = 100


class NoCommandError(NewsreaderError):
    """The text is not a command."""

    message = N_("“{text}” isn't a command that can be run.")
    hint = N_(
        "Give a program and its arguments, without pipes and the like: no shell is used. Put those into a script."
    )
    kind = "no-command"
    exit_status = 2


def command_words(text: str) -> tuple[str, ...]:
    """Return the words of a command, divided as a shell divides them; nothing else of a shell is done.

    Raises:
        NoCommandError: there are none, or the text asks for more than words.
    """
    try:
        words = shlex.split(text) if len(text) <= _LONGEST else []
    except ValueError:
        words = []
    if not words or not words[0].strip() or len(words) > _MOST_WORDS or _OF_SHELLS.search(_QUOTED.sub("", text)):
        raise NoCommandError(text=line(text, 100))
    return tuple(words)


def command_address(words: tuple[str, ...]) -> str:
    """Return the address that stands for a command: no site can ever have it."""
    name = re.sub(r"[^a-z0-9]+", "-", words[0].rpartition("/")[2].lower()).strip("-")[:30] or "command"
    digest = hashlib.sha256("\0".join(words).encode("utf-8", "surrogateescape")).hexdigest()[:10]
    return f"https://{name}-{digest}{_HOST}/"


def is_command_address(url: str) -> bool:
    """Return whether an address stands for a command, rather than for a page that a command changes."""
    try:
        return (urlsplit(url).hostname or "").endswith(_HOST)
    except ValueError:
        return False
