"""Writing to standard output and standard error, whatever happens to the readers."""

import codecs
import io
import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING

from newsreader import first_frame
from newsreader.characters import UNSEEN
from newsreader.patterns import pattern
from newsreader.text import line

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

REPLACING = "newsreader.replacing"
"""The error handler of an output whose charset lacks letters: signs become plain ones, and letters a `?`."""

_PLAIN = {
    "‘": "'", "’": "'", "‚": ",", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-", "—": "-", "−": "-",
    "‐": "-", "‑": "-", "─": "-", "…": "...", "•": "*", "·": "*", "→": "->", "←": "<-", "\u00a0": " ", "\u202f": " ",
    "\u2009": " ", "×": "x",
}  # fmt: skip
_lost: list[str] = []  # the charset that lacked letters, once some were lost


def _replaced(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    signs = [_PLAIN.get(sign, "?") for sign in error.object[error.start : error.end]]
    if "?" in signs and not _lost:
        _lost.append(error.encoding)
    return "".join(signs), error.end


codecs.register_error(REPLACING, _replaced)


def lost_letters() -> str | None:
    """Return the charset that lost letters of the output, once; None if none were lost."""
    return _lost.pop() if _lost else None


def _charset(stream: IO[str]) -> str:
    return getattr(stream, "encoding", None) or "ascii"


def print_markup(text: str, stream: IO[str]) -> None:
    """Print HTML or XML, with references for the letters that the output's charset lacks."""
    charset = _charset(stream)
    stream.write(text.encode(charset, "xmlcharrefreplace").decode(charset) + "\n")
    stream.flush()


_NOT_TO_BE_PRINTED = pattern(f"[\x7f-\x9f{UNSEEN}\ud800-\udfff]")


def print_json(value: object, stream: IO[str], indent: int | None = None) -> None:
    """Print a value as JSON, a line unless it is indented, with escapes for what the output's charset may lack.

    Control and invisible characters are escaped too: file names and typed text come as they are.
    """
    is_unicode = codecs.lookup(_charset(stream)).name.startswith("utf")
    text = json.dumps(value, ensure_ascii=not is_unicode, indent=indent)
    stream.write(_NOT_TO_BE_PRINTED.sub(lambda sign: json.dumps(sign[0])[1:-1], text) + "\n")
    stream.flush()


def print_path(path: Path) -> None:
    """Print a path: on a terminal without control characters, into a pipe unchanged."""
    if sys.stdout.isatty():
        sys.stdout.write(line(str(path), 4096) + "\n")
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(os.fsencode(path) + b"\n")
    sys.stdout.flush()


def complain(text: str, hint: str = "") -> None:
    """Write one sentence and a hint to stderr, unless that is closed; a list that is painted already gives way."""
    first_frame.restore()
    with suppress(OSError):
        sys.stderr.write(f"newsreader: {line(text, 1000)}\n" + (f"  {line(hint, 1000)}\n" if hint else ""))
        sys.stderr.flush()


class _Remembering(io.FileIO):
    """The system's standard output, which remembers why it could not be written."""

    failure: OSError | None = None

    def write(self, data: "ReadableBuffer", /) -> int:
        try:
            return super().write(data)
        except OSError as error:
            self.failure = self.failure or error
            raise


_kept_open: list[IO[str]] = []  # the stream before: with its end the descriptor would be closed


def remember_failures() -> None:
    """Replace standard output with a stream that remembers why it could not be written."""
    before = sys.stdout
    if sys.platform == "win32" or not isinstance(before, io.TextIOWrapper):
        return
    before.flush()
    _kept_open.append(before)
    sys.stdout = io.TextIOWrapper(
        io.BufferedWriter(_Remembering(before.fileno(), "wb", closefd=False)),
        encoding=before.encoding,
        errors=before.errors,
        line_buffering=before.line_buffering,
    )


def output_failure() -> OSError | None:
    """Return why standard output cannot be written, now or earlier; None if it can."""
    try:
        sys.stdout.flush()
    except OSError as error:
        return error
    except ValueError:  # it is closed
        return None
    return getattr(getattr(getattr(sys.stdout, "buffer", None), "raw", None), "failure", None)
