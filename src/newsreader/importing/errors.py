"""What can be wrong with a file as a whole."""

from newsreader.errors import NewsreaderError
from newsreader.i18n import N_


class BrokenFileError(NewsreaderError):
    """The file is of a known format, but not whole or not to be trusted."""

    message = N_("This {format} file cannot be read: {reason}.")
    hint = N_("Export it once more from the program that made it.")
    kind = "broken-file"
    exit_status = 4
