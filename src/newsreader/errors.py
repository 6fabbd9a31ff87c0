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
        if isinstance(error, OSError) and error.errno in (errno.EMFILE, errno.ENFILE):
            _log.warning("too many open files, %s", boundary, exc_info=error)
            return TooManyFilesError(reason=type(error).__name__)
        _log.error("unexpected, %s", boundary, exc_info=error)
        return cls(reason=type(error).__name__)


class TooManyFilesError(UnexpectedError):
    """The system gives this program no more open files: no fault of it, so that there is nothing to report."""

    message = N_("The system lets this program open no more files.")
    hint = N_("Close other programs, or allow more open files, and try again.")
    kind = "too-many-files"
    exit_status = 3


@contextmanager
def translate_unexpected(boundary: str) -> Iterator[None]:
    """Raise unforeseen errors as an `UnexpectedError`, from their cause; our own errors pass unchanged."""
    try:
        yield
    except NewsreaderError:
        raise
    except Exception as error:
        raise UnexpectedError.of(error, boundary) from error
