"""The notice shown while something is loading."""

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

from newsreader.text import line
from newsreader.tui.reading.layout import ReadingLayout
from newsreader.tui.reading.port import ReadingPort
from newsreader.tui.reading.state import ReadingState, Step
from newsreader.tui.widgets import notice

T = TypeVar("T")

_NOTHING_SHOWN_S = 0.15  # a wait shorter than this is not mentioned
_TICK_S, _CALM_TICK_S = 0.1, 1.0  # how often a wait counts on; with reduced motion


class WaitingNotice:
    """Says in the article's place that something is on its way, and for how long."""

    def __init__(self, state: ReadingState, port: ReadingPort, panes: ReadingLayout) -> None:
        self.state = state
        self.port = port
        self.panes = panes
        self._service = port.service

    async def result_of(self, wait: Awaitable[T], host: str, title: str = "", *, quiet: bool = False) -> T:
        """Return the awaited result; after a moment the article's place says that it is coming, and for how long.

        So does the place of an empty list, where it is all that is on the screen. What the reader opens meanwhile is
        not covered.
        """
        task = asyncio.ensure_future(wait)
        time = self.port.time
        started = time()
        is_calm = self._service.settings.interface.reduced_motion
        is_said = False
        shown, loading = self.state.shown, self.state.loading
        try:
            await asyncio.wait({task}, timeout=_NOTHING_SHOWN_S)
            if not quiet and not task.done():
                if self.state.before_loading is None and self.state.shown is not None:
                    self.state.before_loading = Step(self.state.shown, self.panes.article.position.current)
                self.state.loading = loading = self.state.loading or (self.state.address or "", title)
                self.state.is_waiting = True
                self.port.show()
            while not task.done():
                if not quiet and self.state.shown is shown and self.state.loading is loading:
                    is_said = True
                    said = notice.loading(line(title), time() - started, host, is_calm=is_calm)
                    self.panes.article.show_notice(said)
                    self.panes.say_in_empty_list(said.title)
                await asyncio.wait({task}, timeout=_CALM_TICK_S if is_calm else _TICK_S)
            return await task
        finally:
            if is_said:
                self.panes.say_in_empty_list("")
            if not task.done():
                task.cancel()

    def end(self) -> None:
        """Note that nothing is waited for any more."""
        self.state.loading = None
        self.state.is_waiting = False
        self.state.before_loading = None
        self.state.came_from_list = False
