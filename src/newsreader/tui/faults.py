"""The last resort of the interface: a handler or worker that fails ends nothing; it is logged and reported once.

Textual ends the program after an error in a handler, and the widget with that handler gets no more messages.
"""

import traceback
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, TypeVar, runtime_checkable

from textual.message_pump import MessagePump
from textual.worker import WorkerFailed

from newsreader.errors import NewsreaderError
from newsreader.tui import textual_internals
from newsreader.writing import error_for_reader

if TYPE_CHECKING:
    from textual.message import Message

P = TypeVar("P", bound=MessagePump)
_SAID_AGAIN_S = 10.0  # after which a fault at the same line is reported again: one while drawing comes with every paint


@runtime_checkable
class FollowsFaults(Protocol):
    """A widget that does something after a fault in one of its handlers."""

    def after_fault(self, message: "Message") -> None:
        """Do what is needed after a fault in the handler of a message."""


def catches_faults(kind: type[P]) -> type[P]:
    """Make a class of widgets continue after a fault in one of its handlers."""
    return textual_internals.guard_handlers(kind, _go_on)


def _go_on(part: MessagePump, message: "Message", error: Exception) -> None:
    textual_internals.handle_exception(part.app, error)
    if isinstance(part, FollowsFaults):
        part.after_fault(message)


class Faults:
    """What has failed so far, so that nothing is reported again and again."""

    def __init__(self, time: Callable[[], float]) -> None:
        """Take a function that returns the seconds passed."""
        self._time = time
        self._said_at: dict[str, float] = {}

    def problem_of(self, error: BaseException | None) -> NewsreaderError | None:
        """Log an error and return the message to show; None if it was shown a moment ago."""
        fault = error.error if isinstance(error, WorkerFailed) else error
        if fault is None:
            return None
        place = _place_of(fault)
        now = self._time()
        if now - self._said_at.get(place, now - _SAID_AGAIN_S) < _SAID_AGAIN_S:
            return None
        self._said_at[place] = now
        return error_for_reader(fault, "in the interface")


def _place_of(fault: BaseException) -> str:
    """Return the kind of a fault and the line where it was raised."""
    frames = traceback.extract_tb(fault.__traceback__)
    at = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    return f"{type(fault).__name__} {at}"
