"""What Ctrl+C does while there is nothing to close or lose, and what the system's own signals do to a command."""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from newsreader import first_frame

INTERRUPTED = 130
_MOMENT_S = 0.01
_OF_THE_SYSTEM = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))
_received: list[signal.Signals] = []


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
        again = threading.Timer(_MOMENT_S, _interrupt_main_thread)  # when this function and the finalizer have returned
        again.daemon = True
        again.start()
    else:
        sys.__unraisablehook__(lost)


def _interrupt_main_thread() -> None:
    identity = threading.main_thread().ident
    if identity is not None:
        signal.pthread_kill(identity, signal.SIGINT)  # it ends what that thread waits for


def interrupt_on_signals() -> None:
    """Let the signals by which the system ends a program interrupt the command, so that it closes what it has open.

    An ignored one stays ignored (`nohup`). The interface, which has more to do at its end, replaces this.
    """
    for number in _OF_THE_SYSTEM:
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _interrupt)


def ending_signal() -> signal.Signals | None:
    """Return the signal by which the system ended the command; None if it was none."""
    return _received[0] if _received else None


def _interrupt(number: int, frame: FrameType | None) -> None:
    _received.append(signal.Signals(number))
    interrupt = signal.getsignal(signal.SIGINT)  # that of an event loop ends its tasks one by one
    (interrupt if callable(interrupt) else signal.default_int_handler)(signal.SIGINT, frame)
