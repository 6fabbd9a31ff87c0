"""Which program opens what an item of a feed brings: by its media type, or by its address."""

from collections.abc import Callable, Sequence
from fnmatch import fnmatchcase

from newsreader.urls import is_web_address
from newsreader.values import dataclass

URL = "{url}"


@dataclass(frozen=True, slots=True)
class Opener:
    """A program for files of some kind.

    Attributes:
        match: A media type such as "audio/*", or an address such as "https://video.example/*"; `*` is anything.
        run: The program and its arguments; the address replaces "{url}", and no shell is used.
        terminal: It has the terminal to itself until it ends; else it runs beside this program.
    """

    match: str
    run: tuple[str, ...]
    terminal: bool = False

    def fits(self, url: str, type_: str | None) -> bool:
        """Return whether this program is for a file of this address and media type."""
        pattern = self.match.strip().lower()
        if "://" in pattern:
            return fnmatchcase(url.lower(), pattern)
        return fnmatchcase((type_ or "").partition(";")[0].strip().lower(), pattern)

    def words(self, url: str) -> list[str]:
        """Return the program and its arguments for an address."""
        return [word.replace(URL, url) for word in self.run]


# What is tried after the reader's own, of the programs that are installed.
DEFAULT_OPENERS = (
    Opener("audio/*", ("mpv", URL), terminal=True),
    Opener("video/*", ("mpv", URL), terminal=True),
    Opener("application/vnd.apple.mpegurl", ("mpv", URL), terminal=True),
    Opener("audio/*", ("yt-dlp", URL), terminal=True),
    Opener("video/*", ("yt-dlp", URL), terminal=True),
    Opener("image/*", ("feh", URL)),
    Opener("*", ("xdg-open", URL)),
    Opener("*", ("open", URL)),
)


def opener_for(
    url: str, type_: str | None, openers: Sequence[Opener], is_installed: Callable[[str], bool]
) -> Opener | None:
    """Return the first program for a file: the reader's, then the common ones; None if there is none.

    Args:
        url: Of the file; only what is http or https has a program.
        type_: Its media type, if it is known.
        openers: The reader's own; they need not be installed, so that what is misspelt is not passed over.
        is_installed: Whether a program is there.
    """
    if not is_web_address(url) or not url.isprintable() or " " in url:
        return None
    own = next((each for each in openers if each.fits(url, type_)), None)
    usual = (each for each in DEFAULT_OPENERS if each.fits(url, type_) and is_installed(each.run[0]))
    return own or next(usual, None)
