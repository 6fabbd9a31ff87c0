"""Our errors: a sentence that says what happened, and a hint that says what to do now."""

import errno
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar

from newsreader.i18n import N_, gettext

_log = logging.getLogger(__name__)


class NewsreaderError(Exception):
    """Base of the errors that a reader can meet; both front ends show its message and hint.

    Subclasses are where they are raised. Parameters are words already fit for a screen: no password, one line.

    Attributes:
        kind: A stable word for programs, such as "timeout".
        exit_status: The exit status of the command line.
        parameters: What fills the templates.
    """

    message: ClassVar[str] = N_("Something went wrong.")
    hint: ClassVar[str] = ""
    kind: str = "error"
    exit_status: ClassVar[int] = 1

    def __init__(self, **parameters: str) -> None:
        self.parameters = parameters
        super().__init__(self.message.format(**parameters))

    @property
    def text(self) -> str:
        """The message in the reader's language."""
        return gettext(self.message).format(**self.parameters)

    @property
    def advice(self) -> str:
        """The hint in the reader's language; empty if there is none."""
        return gettext(self.hint).format(**self.parameters) if self.hint else ""


class UnexpectedError(NewsreaderError):
    """A fault of this program that nobody foresaw, caught at a boundary: `of` makes it and logs the fault whole.

    Its parameters name the type of the fault and not its words, which may be anybody's. A test in which one is made
    fails, unless it asks for the fixture `unexpected_errors`.
    """

    message = N_("Something unexpected went wrong in newsreader ({reason}).")
    hint = N_("Nothing else is affected. Please report it, with what --debug-log FILE writes when it happens again.")
    kind = "unexpected"

    @classmethod
    def of(cls, error: BaseException, boundary: str) -> "UnexpectedError":
        """Return the error that stands for a fault, having logged that with its traceback.

        Args:
            error: What was raised.
            boundary: What was being done, for the log: a few words of ours, or an address without password.
        """
        shortage = shortage_of(error)
        if shortage is not None:
            _log.warning("%s, %s", shortage.kind, boundary, exc_info=error)
            return shortage(reason=type(error).__name__)
        _log.error("unexpected, %s", boundary, exc_info=error)
        return cls(reason=type(error).__name__)


class ShortageError(UnexpectedError):
    """The system gives this program no more of something: no fault of it, so that there is nothing to report."""


class TooManyFilesError(ShortageError):
    """The system gives this program no more open files."""

    message = N_("The system lets this program open no more files.")
    hint = N_("Close other programs, or allow more open files, and try again.")
    kind = "too-many-files"
    exit_status = 3


class NoMemoryError(ShortageError):
    """The system gives this program no more memory, of which every thread needs some, or no more threads."""

    message = N_("The system has no memory or no threads left for this program.")
    hint = N_("Close other programs, or allow more memory and processes, and try again.")
    kind = "no-memory"


def shortage_of(error: BaseException) -> type[ShortageError] | None:
    """Return what the system lacks, if that is why something was raised."""
    number = error.errno if isinstance(error, OSError) else None
    if number in (errno.EMFILE, errno.ENFILE):
        return TooManyFilesError
    is_no_thread = isinstance(error, RuntimeError) and "start new thread" in str(error)  # all that Python says of it
    return NoMemoryError if isinstance(error, MemoryError) or number == errno.ENOMEM or is_no_thread else None


@contextmanager
def translate_unexpected(boundary: str) -> Iterator[None]:
    """Raise unforeseen errors as an `UnexpectedError`, from their cause; our own errors pass unchanged."""
    try:
        yield
    except NewsreaderError:
        raise
    except Exception as error:
        raise UnexpectedError.of(error, boundary) from error
