"""Fetching that nobody waits for: in turn, and leaving alone the hosts that ask for it."""

import asyncio
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any, Generic, TypeVar
from urllib.parse import urlsplit

from newsreader.fetch_errors import FetchError, clock_time
from newsreader.fetching.fetcher import Fetcher
from newsreader.models import Response
from newsreader.sandbox import NOBODY_WAITS
from newsreader.service.errors import HostRefusesError, HostRestsError
from newsreader.urls import split_credentials

T = TypeVar("T")
IN_BACKGROUND: ContextVar[bool] = ContextVar("in_background", default=False)
"""Whether what this task fetches is waited for by nobody."""

_PATIENCE_S = 60.0  # that a run waits for a host that asked to be left alone
_AT_ONCE = 10
_AT_ONCE_A_HOST = 4


def host_key(url: str) -> str:
    """Return the key for a host's limits: its name and port."""
    try:
        return urlsplit(split_credentials(url)[0]).netloc.lower()
    except ValueError:
        return ""


class Hosts:
    """Which hosts to leave alone: until a time that they named, or, if they refused, for this run."""

    def __init__(self, now: Callable[[], datetime], keep: Callable[[str, datetime], Awaitable[None]]) -> None:
        self._now = now
        self._keep = keep
        self._until: dict[str, datetime] = {}
        self._refused: dict[str, int] = {}  # with the status that it answered

    def begin(self, until: dict[str, datetime]) -> None:
        """Begin a run with the retry times of earlier ones; hosts that refused then are asked again."""
        self._until |= until
        self._refused.clear()

    def rests_until(self, url: str) -> datetime | None:
        """Return until when the host of an address is to be left alone; None if it may be asked now."""
        return self.host_rests_until(host_key(url))

    def host_rests_until(self, host: str) -> datetime | None:
        """Return until when a host, as `host_key` names it, is to be left alone; None if it may be asked now."""
        until = self._until.get(host)
        return until if until is not None and until > self._now() else None

    def check(self, url: str) -> None:
        """Check that an address may be fetched now.

        Raises:
            HostRestsError, HostRefusesError: the host is to be left alone.
        """
        until = self.rests_until(url)
        if until is not None:
            raise HostRestsError(url, retry_after=until, time=clock_time(until, self._now()))
        status = self._refused.get(host_key(url))
        if status is not None:
            raise HostRefusesError(url, status=status)

    async def note(self, url: str, error: FetchError) -> None:
        """Learn from a failure which host to leave alone."""
        host = host_key(url)
        if error.retry_after is not None and error.retry_after > self._now():
            self._until[host] = error.retry_after
            await self._keep(host, error.retry_after)
        elif error.status in (403, 429):
            self._refused[host] = error.status


class BackgroundFetcher:
    """Fetches what nobody waits for, where the host allows it."""

    def __init__(self, fetcher: Fetcher, hosts: Hosts) -> None:
        self._fetcher = fetcher
        self._hosts = hosts

    async def fetch(self, url: str, cached: Response | None = None, **wishes: Any) -> Response:  # noqa: ANN401  (as there)
        """Do what `Fetcher.fetch` does.

        Raises:
            FetchError: as there, or the host is to be left alone.
        """
        self._hosts.check(url)
        try:
            return await self._fetcher.fetch(url, cached, background=True, **wishes)
        except FetchError as error:
            await self._hosts.note(url, error)
            raise


@dataclass(slots=True, eq=False)
class _HostJob(Generic[T]):
    what: T
    number: int
    host: str
    not_before: datetime | None = None


class _Queue(Generic[T]):
    """Jobs that wait, in order for each host; finding the next one takes no longer with many."""

    def __init__(self, jobs: Iterable[_HostJob[T]], hosts: Hosts, now: Callable[[], datetime]) -> None:
        self._hosts = hosts
        self._now = now
        self._by_host: dict[str, deque[_HostJob[T]]] = {}
        self._again: list[_HostJob[T]] = []  # to be tried again, each at its time
        for job in jobs:
            self._by_host.setdefault(job.host, deque()).append(job)

    def __len__(self) -> int:
        return len(self._again) + sum(map(len, self._by_host.values()))

    def __iter__(self) -> Iterator[_HostJob[T]]:
        return iter(sorted(chain(self._again, *self._by_host.values()), key=lambda job: job.number))

    def put_back(self, job: _HostJob[T]) -> None:
        """Let a job wait for its next try."""
        self._again.append(job)

    def take(self, busy: Counter[str]) -> _HostJob[T] | None:
        """Remove and return the first job that may run now; None if none may."""
        now = self._now()
        first: _HostJob[T] | None = None
        for job in chain(self._again, (waiting[0] for waiting in self._by_host.values() if waiting)):
            is_due = job.not_before is None or job.not_before <= now
            is_first = first is None or job.number < first.number
            if is_first and is_due and busy[job.host] < _AT_ONCE_A_HOST and not self._hosts.host_rests_until(job.host):
                first = job
        if first is None:
            return None
        if first in self._again:
            self._again.remove(first)
        else:
            self._by_host[first.host].popleft()
        return first

    def next_rest(self) -> tuple[datetime | None, str]:
        """Return the earliest time at which a waiting job may run, and its host."""
        now = self._now()
        rests = []
        for job in chain(self._again, (waiting[0] for waiting in self._by_host.values() if waiting)):
            times = [until for until in (self._hosts.host_rests_until(job.host), job.not_before) if until is not None]
            if times and max(times) > now:
                rests.append((max(times), job.host))
        return min(rests, default=(None, ""))


async def in_turn(
    jobs: Iterable[T],
    work: Callable[[T], Awaitable[datetime | None]],
    url_of: Callable[[T], str],
    hosts: Hosts,
    *,
    now: Callable[[], datetime],
    on_resting: Callable[[str, datetime], None],
) -> tuple[T, ...]:
    """Run the jobs in the background, in order; return those that would have to wait too long.

    At most four of a host are done at a time. Where a host rests, the jobs of others continue, and its own come when it
    may be asked again. `work` does a job, and returns a time where it has to be tried again then; its exception ends
    all of them. `on_resting` is called with the host that everything waits for, and until when.
    """
    queue = _Queue((_HostJob(each, number, host_key(url_of(each))) for number, each in enumerate(jobs)), hosts, now)
    running: dict[asyncio.Task[datetime | None], _HostJob[T]] = {}

    def next_job() -> _HostJob[T] | None:
        return queue.take(Counter(job.host for job in running.values())) if len(running) < _AT_ONCE else None

    try:
        while queue or running:
            while (job := next_job()) is not None:
                running[asyncio.ensure_future(_in_background(work, job.what))] = job
            until, host = queue.next_rest()
            soon = (until - now()).total_seconds() if until is not None else None
            if running:
                done, _ = await asyncio.wait(
                    running, timeout=None if soon is None else max(soon, 0.01), return_when=asyncio.FIRST_COMPLETED
                )
            elif until is not None and soon is not None and soon <= _PATIENCE_S:
                on_resting(host, until)
                await asyncio.sleep(max(soon, 0.01))
                continue
            else:
                break
            for task in done:
                job = running.pop(task)
                job.not_before = task.result()
                if job.not_before is not None:
                    queue.put_back(job)
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
    return tuple(job.what for job in queue)


async def _in_background(work: Callable[[T], Awaitable[datetime | None]], job: T) -> datetime | None:
    IN_BACKGROUND.set(True)  # of this task alone
    NOBODY_WAITS.set(True)
    return await work(job)
