"""Changes of state are made one after another, in the order of the keys; no key cancels an earlier change."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from contextvars import ContextVar
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from textual.dom import DOMNode
from textual.worker import Worker, WorkerCancelled, WorkerFailed

from newsreader.tui.held_part import HeldPart, node_of

_LONGEST_S = 1.0  # for which what is read waits for what is being changed
_GRACE_S = 0.7  # that a change which needs the network has left when the program ends
_IN_CHANGE: ContextVar[bool] = ContextVar("in_change", default=False)

P = ParamSpec("P")
T = TypeVar("T")
N = TypeVar("N", bound=DOMNode | HeldPart)


class CutShortError(Exception):
    """The program is ending, and nothing waits for the network any longer."""


class ChangeQueue:
    """The changes in progress.

    Most take milliseconds, and wait for each other. One that needs the network, such as saving, waits only for
    others of the same story; `undo` waits for it if that is what it undoes.

    Attributes:
        farewell: Sentences about changes, to be printed once the screen is gone.
        is_ending: The end of the program has been asked for.
        has_failed: A change has failed since then, which no screen will show any more.
    """

    def __init__(self) -> None:
        self.farewell: list[str] = []
        self.has_failed = False
        self.is_ending = False
        self._is_cut = False
        self._fetching: set[asyncio.Task[Any]] = set()
        self._cut_short: set[asyncio.Task[Any]] = set()
        self._turn = asyncio.Lock()  # handed on in the order in which it was asked for
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._running: list[Worker[None]] = []
        self._slow: list[Worker[None]] = []
        self._pressed: list[Worker[None]] = []  # those that can be undone, the last one last

    @property
    def are_made(self) -> bool:
        """Whether no change is being made, or waits for its turn."""
        return all(each.is_finished for each in self._running)

    def note(self, worker: Worker[None], *, is_slow: bool = False, is_undoable: bool = True) -> None:
        """Add a change."""
        self._running = [each for each in self._running if not each.is_finished] + [worker]
        if is_slow:
            self._slow = [each for each in self._slow if not each.is_finished] + [worker]
        if is_undoable:
            self._pressed = [*self._pressed[-99:], worker]

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Make a change after those before it."""
        async with self._turn:
            yield

    @asynccontextmanager
    async def turn_of(self, story: str) -> AsyncIterator[None]:
        """Make a slow change of a story after earlier ones of that story, and after all that are not slow."""
        async with self._turn:
            pass
        async with self._turns[story]:
            yield

    async def caught_up(self) -> None:
        """Wait until earlier changes are made; not for long, as one of them may wait for the network."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_LONGEST_S), self._turn:
                pass

    def take_last(self) -> Worker[None] | None:
        """Return the last change that has not been undone yet; the next time, the one before it."""
        return self._pressed.pop() if self._pressed else None

    async def made(self, made: Worker[None] | None) -> None:
        """Wait until a change is made, if it is one that needs the network."""
        if made is not None and made in self._slow:
            await _ended(made)

    async def until_end(self, slow: Coroutine[Any, Any, T]) -> T:
        """Return the result of something that needs the network, if it is there before the program ends.

        Raises:
            CutShortError: it is not.
        """
        if self._is_cut:
            slow.close()
            raise CutShortError
        task = asyncio.ensure_future(slow)
        self._fetching.add(task)
        try:
            return await task
        except asyncio.CancelledError:
            if task in self._cut_short:
                raise CutShortError from None
            raise
        finally:
            self._fetching.discard(task)

    def note_failure(self) -> None:
        """Remember the failure of a change that no screen will show."""
        if self.is_ending and _IN_CHANGE.get():
            self.has_failed = True

    async def end(self) -> None:
        """Wait until everything is made; what needs the network is cut short if it takes longer than a moment."""
        cutting = asyncio.get_running_loop().call_later(_GRACE_S, self._cut)
        for worker in self._running:
            await _ended(worker)
        cutting.cancel()

    def _cut(self) -> None:
        self._is_cut = True
        self._cut_short = {task for task in self._fetching if task.cancel()}


async def _ended(worker: Worker[Any]) -> None:
    """Wait until a worker has ended, however it did."""
    with suppress(WorkerFailed, WorkerCancelled):
        await worker.wait()


def queue_of(node: DOMNode) -> ChangeQueue:
    """Return the queue of the program that a part belongs to."""
    queue = getattr(node.app, "change_queue", None)
    assert isinstance(queue, ChangeQueue)
    return queue


def change(
    method: Callable[Concatenate[N, P], Coroutine[Any, Any, None]],
) -> Callable[Concatenate[N, P], Worker[None]]:
    """Turn a method that changes stored state into a worker of the program, which outlives its screen."""
    return _change(method, is_undoable=True)


def note(
    method: Callable[Concatenate[N, P], Coroutine[Any, Any, None]],
) -> Callable[Concatenate[N, P], Worker[None]]:
    """Do as `change` for what is not a step that `undo` takes back."""
    return _change(method, is_undoable=False)


def _change(
    method: Callable[Concatenate[N, P], Coroutine[Any, Any, None]], *, is_undoable: bool
) -> Callable[Concatenate[N, P], Worker[None]]:
    @wraps(method)
    def start(self: N, /, *args: P.args, **kwargs: P.kwargs) -> Worker[None]:
        node = node_of(self)
        queue = queue_of(node)

        async def run() -> None:
            _IN_CHANGE.set(True)
            async with queue.turn():
                await method(self, *args, **kwargs)

        worker: Worker[None] = node.app.run_worker(run, name=method.__name__, group="changes")
        queue.note(worker, is_undoable=is_undoable)
        return worker

    return start


def slow_change(
    method: Callable[Concatenate[N, str, P], Coroutine[Any, Any, None]],
) -> Callable[Concatenate[N, str, P], Worker[None]]:
    """Do as `change` for a method that needs the network; its first argument is the address of the story.

    What needs the network goes through `ChangeQueue.until_end`.
    """

    @wraps(method)
    def start(self: N, story: str, /, *args: P.args, **kwargs: P.kwargs) -> Worker[None]:
        node = node_of(self)
        queue = queue_of(node)

        async def run() -> None:
            _IN_CHANGE.set(True)
            async with queue.turn_of(story):
                await method(self, story, *args, **kwargs)

        worker: Worker[None] = node.app.run_worker(run, name=method.__name__, group="changes")
        queue.note(worker, is_slow=True)
        return worker

    return start
