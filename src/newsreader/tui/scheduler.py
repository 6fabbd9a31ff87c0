"""Timers: by the clock, or, in tests, when the test says so."""

import asyncio
from collections.abc import Callable
from time import monotonic
from typing import Protocol

from textual.dom import DOMNode


class Scheduled(Protocol):
    """Something that will be called."""

    def stop(self) -> None:
        """Do not call it any more."""


class Scheduler:
    """Calls after a time, by the clock."""

    def time(self) -> float:
        """Return the seconds that have passed since some moment."""
        return monotonic()

    def call_after(self, node: DOMNode, seconds: float, callback: Callable[[], object]) -> Scheduled:
        """Call something of a part of the screen after so many seconds, unless the part has gone by then."""
        return node.set_timer(seconds, callback)

    async def rest(self, node: DOMNode, seconds: float) -> None:
        """Wait so many seconds, for a part of the screen."""
        over = asyncio.Event()
        timer = self.call_after(node, seconds, over.set)
        try:
            await over.wait()
        finally:
            timer.stop()


def scheduler_of(node: DOMNode) -> Scheduler:
    """Return the scheduler of the program that a part is of."""
    scheduler = getattr(node.app, "scheduler", None)
    assert isinstance(scheduler, Scheduler)
    return scheduler
