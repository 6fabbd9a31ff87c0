"""An event loop in a thread of its own, so that nothing that a site sends keeps the caller's loop busy."""

import asyncio
import socket
import threading
from collections.abc import Awaitable, Callable, Coroutine
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future

T = TypeVar("T")


class LoopThread:
    """Runs coroutines in an event loop of its own; the thread starts with the first of them. To be closed."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    @property
    def is_running(self) -> bool:
        """Whether the thread has been started and not closed since."""
        return self._loop is not None

    def submit(self, work: Coroutine[Any, Any, T]) -> "Future[T]":
        """Run a coroutine in the thread; its result comes from the future.

        Raises:
            OSError: too many files are open for another loop.
            RuntimeError: the system starts no further thread; nothing is running then.
        """
        if self._loop is None:
            try:
                self._start()
            except BaseException:
                work.close()
                raise
        assert self._loop is not None
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    def _start(self) -> None:
        loop = _new_loop()
        thread = threading.Thread(target=_run, args=(loop,), name=self._name, daemon=True)
        try:
            thread.start()
        except BaseException:
            loop.close()
            raise
        self._loop, self._thread = loop, thread

    def close(self, finish: Callable[[], Awaitable[None]]) -> None:
        """Cancel what is running, do `finish` in the thread, and end it; this blocks."""
        loop, thread = self._loop, self._thread
        self._loop = self._thread = None
        if loop is not None and thread is not None:
            asyncio.run_coroutine_threadsafe(_finished(finish), loop).result()
            loop.call_soon_threadsafe(loop.stop)
            thread.join()


async def _finished(finish: Callable[[], Awaitable[None]]) -> None:
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    await finish()


def _new_loop() -> asyncio.AbstractEventLoop:
    """Return a new event loop; where it would have too few files, Python writes a traceback of its own."""
    for each in (*socket.socketpair(), socket.socket()):
        each.close()
    return asyncio.new_event_loop()


def _run(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    try:
        loop.run_forever()
    finally:
        loop.close()
