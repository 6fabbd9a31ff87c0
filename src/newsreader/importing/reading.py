"""The entry point: a file's format is recognised by its content, whatever its name."""

import re

from newsreader.errors import NewsreaderError
from newsreader.extraction.decoding import decode
from newsreader.i18n import N_
from newsreader.importing.bookmarks import read_bookmarks
from newsreader.importing.csv_lists import is_csv, read_csv
from newsreader.importing.json_lists import read_json
from newsreader.importing.newsboat import is_newsboat, read_newsboat
from newsreader.importing.opml import read_opml
from newsreader.importing.values import Imported

LARGEST = 64 * 1024 * 1024
_BEGINNING = 8192


class UnknownFormatError(NewsreaderError):
    """The file cannot be imported."""

    message = N_("This file's format was not recognised.")
    hint = N_(
        "Supported: OPML, newsboat's urls, bookmarks of browsers (HTML), and the CSV, JSON or HTML of Pocket,"
        " Instapaper, wallabag, Omnivore, Readeck, Raindrop, Readwise Reader, Matter, Shiori, Karakeep, linkding"
        " and the like."
    )
    kind = "unknown-format"
    exit_status = 4


class EmptyFileError(UnknownFormatError):
    """There is nothing in the file."""

    message = N_("The file is empty.")
    hint = N_("Export it once more from the program that made it.")
    kind = "empty-file"


class PackedFileError(NewsreaderError):
    """The file is an archive, as some programs export several files in one."""

    message = N_("The file is an archive.")
    hint = N_("Unpack it, and import the files that are in it.")
    kind = "file-packed"
    exit_status = 4


class TooLargeFileError(NewsreaderError):
    """The file is larger than any list of sources or articles."""

    message = N_("The file is larger than {size} MB.")
    hint = N_("Split it, and import the parts.")
    kind = "file-too-large"
    exit_status = 4


def read_import(body: bytes) -> Imported:
    """Return the sources and articles in a file, and what is not imported.

    Raises:
        UnknownFormatError: it is in no known format.
        EmptyFileError: there is nothing in it.
        PackedFileError: it is an archive of files.
        BrokenFileError: it is, but cannot be read.
        TooLargeFileError: it has more than `LARGEST` bytes.
    """
    if len(body) > LARGEST:
        raise TooLargeFileError(size=str(LARGEST // 1024 // 1024))
    if not body.strip():
        raise EmptyFileError
    if body.startswith((b"PK\x03\x04", b"\x1f\x8b")):
        raise PackedFileError
    text = decode(body, None)
    beginning = text[:_BEGINNING].lstrip()
    if beginning[:1] == "<":
        return _read_markup(text, beginning)
    if beginning[:1] in ("[", "{"):
        return read_json(text)
    if is_csv(beginning):
        return read_csv(text)
    if is_newsboat(beginning):
        return read_newsboat(text)
    raise UnknownFormatError


def _read_markup(text: str, beginning: str) -> Imported:
    if re.search(r"<opml[\s>]", beginning, re.IGNORECASE):
        return read_opml(text)
    if re.search(r"netscape-bookmark-file|<d[lt][\s>]|time_added=|instapaper: export", beginning, re.IGNORECASE):
        return read_bookmarks(text)
    raise UnknownFormatError
