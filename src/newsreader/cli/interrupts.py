"""What Ctrl+C does while there is nothing to be closed or lost: modules are being imported, or all is done."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager

from newsreader import first_frame

INTERRUPTED = 130


def end_at_once() -> None:
    """Have an interrupt end the program from now on, without a traceback; one that is ignored stays so (`nohup`)."""
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, _end)


def _end(_number: int, _frame: object) -> None:
    first_frame.restore()
    os._exit(INTERRUPTED)


def raise_in_program() -> None:
    """Have an interrupt raise `KeyboardInterrupt` again: there is something to be closed."""
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@contextmanager
def raised() -> Iterator[None]:
    """Have an interrupt raise `KeyboardInterrupt` meanwhile."""
    raise_in_program()
    try:
        yield
    finally:
        end_at_once()
