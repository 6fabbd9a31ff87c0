"""A scheduler whose time passes when a test says so."""

from collections.abc import Callable
from dataclasses import dataclass

from textual.dom import DOMNode

from newsreader.tui.scheduler import Scheduled, Scheduler


@dataclass(eq=False)
class Call:
    """Something that will be called.

    Attributes:
        seconds: The time that it was to be called after.
    """

    due: float
    seconds: float
    node: DOMNode
    callback: Callable[[], object]
    is_stopped: bool = False

    def stop(self) -> None:
        """Do not call it any more."""
        self.is_stopped = True


class HandScheduler(Scheduler):
    """Calls nothing until the time of it is let pass."""

    def __init__(self) -> None:
        self._now = 0.0
        self._calls: list[Call] = []

    def time(self) -> float:
        return self._now

    def call_after(self, node: DOMNode, seconds: float, callback: Callable[[], object]) -> Scheduled:
        call = Call(self._now + seconds, seconds, node, callback)
        self._calls.append(call)
        return call

    def advance(self, seconds: float) -> None:
        """Let time pass: what is due by then is called, in its order, by the parts that wanted it."""
        self._now += seconds
        due = sorted((call for call in self._calls if call.due <= self._now), key=lambda call: call.due)
        self._calls = [call for call in self._calls if call.due > self._now]
        for call in due:
            if not call.is_stopped and call.node.is_running:
                call.node.call_later(call.callback)
