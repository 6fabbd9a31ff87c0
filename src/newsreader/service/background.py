"""Fetching that nobody waits for: in turn, and leaving alone the hosts that ask for it."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from urllib.parse import urlsplit

from newsreader.fetch_errors import FetchError, clock_time
from newsreader.fetching.fetcher import Fetcher
from newsreader.models import Response
from newsreader.service.errors import HostRefusesError, HostRestsError
from newsreader.urls import split_credentials

T = TypeVar("T")
IN_BACKGROUND: ContextVar[bool] = ContextVar("in_background", default=False)
"""Whether what this task fetches is waited for by nobody."""

_PATIENCE_S = 60.0  # that a run waits for a host that asked to be left alone
_AT_ONCE = 10
_AT_ONCE_A_HOST = 4


def host_key(url: str) -> str:
    """Return what the limits of a host are kept under: its name and port."""
    try:
        return urlsplit(split_credentials(url)[0]).netloc.lower()
    except ValueError:
        return ""


class Hosts:
    """Which hosts are to be left alone: until a time that they named, or, where they refused, for this run."""

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
        until = self._until.get(host_key(url))
        return until if until is not None and until > self._now() else None

    def check(self, url: str) -> None:
        """Let pass what may be asked now.

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
        """Draw the conclusion from a failure."""
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
class _Job(Generic[T]):
    what: T
    url: str
    host: str
    not_before: datetime | None = None

    def rests_until(self, hosts: Hosts, now: datetime) -> datetime | None:
        """Return when the job may start; None for now."""
        times = [until for until in (hosts.rests_until(self.url), self.not_before) if until is not None and until > now]
        return max(times, default=None)


async def in_turn(
    jobs: Iterable[T],
    work: Callable[[T], Awaitable[datetime | None]],
    url_of: Callable[[T], str],
    hosts: Hosts,
    *,
    now: Callable[[], datetime],
    on_resting: Callable[[str, datetime], None],
) -> tuple[T, ...]:
    """Do the jobs in the background, the first ones first; return those that would have to wait too long.

    At most four of a host are done at a time. Where a host rests, the jobs of others continue, and its own come when it
    may be asked again. `work` does a job, and returns a time where it has to be tried again then; its exception ends
    all of them. `on_resting` is called with the host that everything waits for, and until when.
    """
    waiting = [_Job(each, url, host_key(url)) for each in jobs for url in (url_of(each),)]
    running: dict[asyncio.Task[datetime | None], _Job[T]] = {}

    def next_job() -> _Job[T] | None:
        busy = Counter(job.host for job in running.values())
        may = (job for job in waiting if busy[job.host] < _AT_ONCE_A_HOST and job.rests_until(hosts, now()) is None)
        return next(may, None)

    try:
        while waiting or running:
            while len(running) < _AT_ONCE and (job := next_job()) is not None:
                waiting.remove(job)
                running[asyncio.ensure_future(_in_background(work, job.what))] = job
            rests = [(until, job.host) for job in waiting if (until := job.rests_until(hosts, now())) is not None]
            until, host = min(rests, default=(None, ""))
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
                    waiting.insert(0, job)
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
    return tuple(job.what for job in waiting)


async def _in_background(work: Callable[[T], Awaitable[datetime | None]], job: T) -> datetime | None:
    IN_BACKGROUND.set(True)  # of this task alone
    return await work(job)
