"""Keys, pastes and clicks are handled one at a time, each on the screen that results from those before it.

Textual passes a key to the focused widget, and continues with the next key at once. What a key causes
passes through the queues of several widgets, and often a worker: a box that it opens is on the screen only later.
Keys that arrive fast, or in one read, would then act on the screen below. So an event waits here until

- what the one before it set off has been handled, in whichever queues that is;
- no worker is about to open a box, or still acting on its answer (`opens_box`);
- the box on top is mounted, drawn and has the focus.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from time import monotonic
from typing import Any, Concatenate, ParamSpec, TypeVar
from weakref import WeakSet

from textual import events
from textual.app import App
from textual.dom import DOMNode
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.worker import Worker

from newsreader.tui.held_part import HeldPart, node_of
from newsreader.tui.scheduler import scheduler_of

_log = logging.getLogger(__name__)

_MOST_ROUNDS = 3  # through the queues, where one of them is never empty, as that of an article being laid out
_STEP_S = 0.05  # after which a missing part that is waited for is noticed
_LONGEST_PAINT_S = 1.0
_LONG_S = 1.0  # for which a box may be waited for before Esc gives it up

InputEvent = events.InputEvent | events.Paste
P = ParamSpec("P")
N = TypeVar("N", bound=DOMNode | HeldPart)


class Hold:
    """Keeps events waiting while it is held.

    Attributes:
        is_given_up: The reader no longer wants what they waited for.
        cancels_worker: Its worker is cancelled when it is given up.
    """

    def __init__(self, queue: "InputQueue") -> None:
        self._queue = queue
        self.is_given_up = False
        self.is_closed = False
        self.worker: Worker[Any] | None = None
        self.cancels_worker = False
        self.since = 0.0
        self.hold()

    def hold(self) -> None:
        """Keep events waiting from now on."""
        if not self.is_closed:
            self.since = self._queue.time()
            self._queue.add_hold(self)

    def release(self) -> None:
        """Let them through."""
        self._queue.remove_hold(self)

    def close(self) -> None:
        """Let them through for good."""
        self.is_closed = True
        self.release()


_HOLD: ContextVar[Hold | None] = ContextVar("hold", default=None)


class InputQueue:
    """The events that wait for their turn."""

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._waiting: deque[InputEvent] = deque()
        self._admitted: InputEvent | None = None
        self._is_handling = False
        self._holds: set[Hold] = set()
        self._is_settled = asyncio.Event()
        self._is_settled.set()
        self._are_released = asyncio.Event()
        self._are_released.set()
        self._drawn: WeakSet[Screen[Any]] = WeakSet()
        self._task: asyncio.Task[None] | None = None
        self._is_closed = False

    def close(self) -> None:
        """Handle nothing more: the program is ending."""
        self._is_closed = True
        self._waiting.clear()
        if self._task is not None:
            self._task.cancel()

    def time(self) -> float:
        """Return the seconds that have passed since some moment."""
        return scheduler_of(self._app).time()

    # --- events -----------------------------------------------------------------------------------

    @property
    def is_idle(self) -> bool:
        """Whether nothing waits and nothing is being handled."""
        return not (self._is_handling or self._waiting or self._holds)

    async def emptied(self, longest_s: float) -> None:
        """Wait until what was typed so far has been handled, but not for long."""
        for _ in range(round(longest_s / _STEP_S)):
            await _within_step(asyncio.Event())  # also for the thread that reads the terminal
            if self.is_idle:
                break

    @property
    def has_waiting(self) -> bool:
        """Whether something was typed ahead."""
        return bool(self._waiting)

    def admits(self, event: InputEvent) -> bool:
        """Return whether to handle an event now; else it is queued."""
        if event is self._admitted:
            self._admitted = None
            return True
        if self._holds and self._gives_up(event):
            return False
        if self._is_handling or self._waiting or self._holds:
            if (
                isinstance(event, events.MouseMove)
                and self._waiting
                and isinstance(self._waiting[-1], events.MouseMove)
            ):
                self._waiting.pop()
            self._waiting.append(event)
            return False
        self._begin()
        return True

    def put_first(self, event: InputEvent) -> None:
        """Queue an event before all others."""
        self._waiting.appendleft(event)

    def handled(self, event: InputEvent) -> None:
        """Continue with the next event once everything that this one caused is done."""
        if self._is_closed:
            return
        if isinstance(event, events.MouseMove):
            self._is_settled.set()
            self._go_on()
        else:
            self._finish_soon()

    def _begin(self) -> None:
        self._is_handling = True
        self._is_settled.clear()

    def _finish_soon(self) -> None:
        self._task = asyncio.create_task(self._finish())

    async def _finish(self) -> None:
        try:
            await self._settle()
            self._is_settled.set()
            while self._holds:
                await self._wait_for_release()
                await self._until_drawn(self._app.screen)
        except Exception:  # noqa: BLE001  (keys are never lost to what went wrong in a screen)
            _log.exception("waiting for the screen")
        finally:
            self._is_settled.set()
            self._go_on()

    def _go_on(self) -> None:
        self._is_handling = False
        if self._waiting and not self._holds and not self._is_closed:
            self._begin()
            self._admitted = self._waiting.popleft()
            self._app.post_message(self._admitted)

    def _gives_up(self, event: InputEvent) -> bool:
        """Return whether an event ends a long wait for a box; what was typed for that box is dropped."""
        is_long = self.time() - min(hold.since for hold in self._holds) > _LONG_S
        if not is_long or not isinstance(event, events.Key) or event.key not in ("escape", "ctrl+q"):
            return False
        self._waiting.clear()
        if event.key != "escape":
            self._waiting.append(event)
        for hold in [*self._holds]:
            hold.is_given_up = True
            if hold.worker is not None and hold.cancels_worker:
                hold.worker.cancel()
            hold.close()
        return True

    # --- holds ------------------------------------------------------------------------------------

    def add_hold(self, hold: Hold) -> None:
        """Keep events waiting."""
        self._holds.add(hold)
        self._are_released.clear()

    def remove_hold(self, hold: Hold) -> None:
        """Let them through, unless another one is held."""
        if hold in self._holds:
            self._holds.discard(hold)
            if not self._holds:
                self._are_released.set()
                if not self._is_handling and self._waiting and not self._is_closed:
                    self._begin()
                    self._finish_soon()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep events waiting inside the block."""
        hold = Hold(self)
        try:
            yield
        finally:
            hold.close()

    async def between_events(self) -> None:
        """Wait until everything that the last event caused is done."""
        await self._is_settled.wait()

    async def _wait_for_release(self) -> None:
        try:
            async with asyncio.timeout(_STEP_S):
                await self._are_released.wait()
        except TimeoutError:
            for hold in [*self._holds]:
                if hold.worker is not None and hold.worker.is_finished:
                    hold.close()

    # --- the screen -------------------------------------------------------------------------------

    async def _settle(self) -> None:
        """Wait until what an event caused has passed through the queues of the widgets."""
        for number in range(_MOST_ROUNDS):
            screen = self._app.screen
            focused = screen.focused
            path = {*focused.ancestors_with_self} if focused is not None and not number else {screen, self._app}
            parts = [*screen.walk_children(with_self=True, method="depth", reverse=True), self._app]
            for part in parts:
                if part in path or part.message_queue_size:
                    await _caught_up(part)
            if screen is self._app.screen and not any(part.message_queue_size for part in parts):
                return

    async def _until_drawn(self, screen: Screen[Any]) -> None:
        """Wait until a screen has been drawn once, with its focus where it belongs."""
        if screen in self._drawn or not screen.is_running:
            return
        await _caught_up(screen)
        is_drawn = asyncio.Event()
        screen.call_after_refresh(is_drawn.set)
        end = monotonic() + _LONGEST_PAINT_S
        while screen.is_running and not is_drawn.is_set() and monotonic() < end:
            await _within_step(is_drawn)
        for part in screen.walk_children(with_self=True, method="depth", reverse=True):
            await _caught_up(part)
        await _caught_up(self._app)
        self._drawn.add(screen)

    async def until_drawn(self, screen: Screen[Any]) -> None:
        """Wait until a screen can take keys."""
        await self._until_drawn(screen)


async def _caught_up(part: MessagePump) -> None:
    """Wait until a widget has handled what is in its queue now."""
    done = asyncio.Event()
    if part.is_running and part.call_later(done.set):
        while part.is_running and not done.is_set():
            await _within_step(done)


async def _within_step(event: asyncio.Event) -> None:
    try:
        async with asyncio.timeout(_STEP_S):
            await event.wait()
    except TimeoutError:
        pass


def queue_of(node: DOMNode) -> InputQueue:
    """Return the queue of the program that a part belongs to."""
    queue = getattr(node.app, "input_queue", None)
    assert isinstance(queue, InputQueue)
    return queue


def opens_box(
    method: Callable[Concatenate[N, P], Coroutine[Any, Any, None]],
) -> Callable[Concatenate[N, P], Worker[None]]:
    """Turn a method that opens a box into a worker; keys wait for the box, and after its answer for the worker's end.

    A worker that does something slow after the answer calls `release_input` first.
    """

    @wraps(method)
    def start(self: N, /, *args: P.args, **kwargs: P.kwargs) -> Worker[None]:
        node = node_of(self)
        hold = Hold(queue_of(node))

        async def run() -> None:
            _HOLD.set(hold)
            try:
                await method(self, *args, **kwargs)
            finally:
                hold.close()

        worker: Worker[None] = node.run_worker(run, name=method.__name__, group="box")
        hold.worker = worker
        return worker

    return start


def release_input() -> None:
    """Let keys through while the worker that opened a box continues."""
    hold = _HOLD.get()
    if hold is not None:
        hold.close()


def current_hold() -> Hold | None:
    """Return the hold of the running worker that opens a box; None in other workers."""
    hold = _HOLD.get()
    return None if hold is None or hold.is_closed else hold
