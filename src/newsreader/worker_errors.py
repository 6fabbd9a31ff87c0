"""Why a page could not be extracted, or a picture not decoded."""

from newsreader.errors import NewsreaderError, UnexpectedError
from newsreader.i18n import N_
from newsreader.text import line
from newsreader.urls import host_of, shown


class ExtractionError(NewsreaderError):
    """A page could not be extracted. There is a subclass for every kind of failure."""

    exit_status = 4

    def __init__(self, url: str, **words: str) -> None:
        self.url = shown(url)
        super().__init__(address=shown(url), host=line(host_of(url)), **words)


class TooSlowError(ExtractionError):
    """The page kept the worker busy for longer than it may."""

    message = N_("This page of {host} cannot be read: it takes longer than {seconds} seconds to parse.")
    hint = N_("Open it in the browser.")
    kind = "too-slow"


class TooBigError(ExtractionError):
    """The page needs more memory than the worker may have."""

    message = N_("This page of {host} cannot be read: it takes too much memory to parse.")
    hint = N_("Open it in the browser.")
    kind = "too-big"


class CrashedError(ExtractionError):
    """The worker crashed on the page."""

    message = N_("This page of {host} cannot be read: parsing it failed ({reason}).")
    hint = N_("Open it in the browser. This is a fault of newsreader: please report the address.")
    kind = "extractor-crashed"


class NoWorkerError(ExtractionError):
    """The system does not start the worker: perhaps this program, or its Python, was replaced while it ran."""

    message = N_("This page of {host} cannot be read: newsreader cannot start its worker ({reason}).")
    hint = N_("Start newsreader again. If that does not help, install it again.")
    kind = "no-worker"


class UnexpectedExtractionError(ExtractionError):
    """Extraction failed unexpectedly; the fault is in the log."""

    message = N_("This page of {host} cannot be read: something unexpected went wrong in newsreader ({reason}).")
    hint = N_(
        "Open it in the browser. Please report the address, with what --debug-log FILE writes when you try again."
    )
    kind = UnexpectedError.kind


class BrokenPictureError(ExtractionError):
    """A picture is broken, of an unknown format, too large to be shown, or too small to be worth it."""

    message = N_("This picture of {host} cannot be shown: {reason}.")
    hint = N_("Open it in the browser.")
    kind = "broken-picture"
