"""How many requests are in progress at a time: in all, for each host, and in the background."""

import asyncio
import weakref
from collections.abc import Callable
from functools import partial
from typing import Self

_AT_ONCE = 16
_AT_ONCE_A_HOST = 6
_BACKGROUND_AT_ONCE = 12
_BACKGROUND_AT_ONCE_A_HOST = 4  # background requests: one slot always stays free for what the reader waits for


class Slots:
    """The slots for all requests of one event loop."""

    def __init__(self) -> None:
        self._all = asyncio.Semaphore(_AT_ONCE)
        self._of_hosts: weakref.WeakValueDictionary[str, asyncio.Semaphore] = weakref.WeakValueDictionary()
        self._background = asyncio.Semaphore(_BACKGROUND_AT_ONCE)
        self._background_of_hosts: weakref.WeakValueDictionary[str, asyncio.Semaphore] = weakref.WeakValueDictionary()

    def slot(self, *, background: bool) -> "Slot":
        """Return a slot for a chain of requests, which is not at a host yet."""
        return Slot(partial(self._semaphores_at, background=background))

    def _semaphores_at(self, host: str, background: bool) -> tuple[asyncio.Semaphore, ...]:
        """Return what a request to a host waits for, in this order."""
        of_host = self._of_hosts.setdefault(host, asyncio.Semaphore(_AT_ONCE_A_HOST))
        if not background:
            return of_host, self._all
        behind = self._background_of_hosts.setdefault(host, asyncio.Semaphore(_BACKGROUND_AT_ONCE_A_HOST))
        return behind, self._background, of_host, self._all


class Slot:
    """The slot of one chain of requests; if a redirect leads to another host, the slot moves there."""

    def __init__(self, semaphores_at: Callable[[str], tuple[asyncio.Semaphore, ...]]) -> None:
        self._semaphores_at = semaphores_at
        self._host: str | None = None
        self._held: list[asyncio.Semaphore] = []

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        self._leave()

    async def at(self, host: str) -> None:
        """Wait for a slot at a host; no other is held during that, so that two never wait for each other."""
        if host == self._host:
            return
        self._leave()
        self._host = host
        for semaphore in self._semaphores_at(host):
            await semaphore.acquire()
            self._held.append(semaphore)

    def _leave(self) -> None:
        while self._held:
            self._held.pop().release()
