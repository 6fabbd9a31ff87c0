"""The standard streams at the start of the program."""

import os
import sys


def open_closed_streams() -> None:
    """Open streams that were closed at the start (`>&-`): else a store would get their number and be overwritten."""
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        if getattr(sys, name) is None:
            os.dup2(os.open(os.devnull, os.O_RDWR), number)
            setattr(sys, name, os.fdopen(number, mode, encoding="utf-8", errors="replace"))
