"""What Ctrl+C does while there is nothing to close or lose: during imports, or when everything is done."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager

from newsreader import first_frame

INTERRUPTED = 130


def end_at_once() -> None:
    """Let an interrupt end the program from now on, without a traceback; an ignored one stays ignored (`nohup`)."""
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, _end)


def _end(_number: int, _frame: object) -> None:
    first_frame.restore()
    os._exit(INTERRUPTED)


def raise_in_program() -> None:
    """Let an interrupt raise `KeyboardInterrupt` again: there is something to close."""
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@contextmanager
def raised() -> Iterator[None]:
    """Let an interrupt raise `KeyboardInterrupt` inside the block."""
    raise_in_program()
    try:
        yield
    finally:
        end_at_once()
