"""What Ctrl+C does while there is nothing to close or lose: during imports, or when everything is done."""

import _thread
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from newsreader import first_frame

INTERRUPTED = 130
_MOMENT_S = 0.01


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
    sys.unraisablehook = _raise_again
    try:
        yield
    finally:
        sys.unraisablehook = sys.__unraisablehook__
        end_at_once()


def _raise_again(lost: "sys.UnraisableHookArgs") -> None:
    """Interrupt again where Python drops an interrupt: in a finalizer, of which there is one in every import."""
    if issubclass(lost.exc_type, KeyboardInterrupt):
        again = threading.Timer(_MOMENT_S, _thread.interrupt_main)  # when this function and the finalizer have returned
        again.daemon = True
        again.start()
    else:
        sys.__unraisablehook__(lost)
