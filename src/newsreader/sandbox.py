"""Running extraction in worker processes that can be killed: no page or picture can freeze, bloat or crash the program.

The program starts `python -m newsreader.sandbox` and talks to it through its standard input and output. A message is
four bytes with a length and so many bytes. A call is two messages: what to do, as JSON, and the bytes to do it with.
An answer is one: lines of JSON, so that no piece of it is long to read. It is JSON and nothing that could be
executed, for a page that has taken the worker over must not have taken the program.
"""

import asyncio
import contextlib
import gc
import itertools
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, TypeVar

from newsreader.errors import NewsreaderError, UnexpectedError, shortage_of
from newsreader.i18n import N_, gettext, system_reason
from newsreader.jsonform import (
    Json,
    candidate_from_json,
)
from newsreader.login_form import LoginForm
from newsreader.models import Page, Response
from newsreader.pictures import (
    PictureBox,
    Raster,
    raster_from_json,
)
from newsreader.site_rules import Candidate, Purpose, SiteRule
from newsreader.text import clean, line
from newsreader.urls import shown
from newsreader.worker import LONGEST_MESSAGE, NO_MEMORY, NO_PICTURE
from newsreader.worker_calls import WorkerCall, call_with_response, rule_as_json
from newsreader.worker_errors import (
    BrokenPictureError,
    CrashedError,
    ExtractionError,
    NoWorkerError,
    TooBigError,
    TooSlowError,
    UnexpectedExtractionError,
)
from newsreader.worker_messages import TooLongError, login_form_of, page_of, receive, send_message, unpacked_pieces

T = TypeVar("T")
MEMORY_BYTES = 1024 * 1024 * 1024
NOBODY_WAITS: ContextVar[bool] = ContextVar("nobody_waits", default=False)
"""Whether nobody waits for what this task has extracted: what the reader opens goes before it."""
_LONG = 256 * 1024
_START_S = 60.0  # importing, from a cold disk, on a busy machine
# How long a worker may take by the clock on the wall for a second of its own work: the machine may be busy with other
# things, and what counts is how much work a page is. Only where the system counts that is it what the limit is set by.
_WALL_PER_WORK = 5.0 if sys.platform != "win32" else 1.0
_REST_S = 60.0
_MOST_WORKERS = 4
_PATIENCE_S = 0.5  # how long a call that nobody waits for any more may keep the next one waiting
_OUT_OF_TIME = -signal.SIGXCPU if sys.platform != "win32" else None  # of a worker that the system ended for its work
# The errors of a worker that died, or that was taken over and answers nonsense.
_NO_ANSWER = (OSError, EOFError, ValueError, LookupError, TypeError, AttributeError, StopIteration, RecursionError)


class WorkerFault(Exception):  # noqa: N818  (it is no error of ours: it stands for another process's)
    """An unforeseen fault in the worker, with its message and traceback."""


class _NoStartError(OSError):
    """The system does not start a worker."""


class _LittleMemoryError(ExtractionError):
    """The page needs more memory than this worker may have, but another worker may have enough."""

    message = TooBigError.message
    hint = TooBigError.hint
    kind = TooBigError.kind


@dataclass(eq=False, slots=True)
class _QueuedCall:
    """A call that waits for a worker, or is with one.

    Attributes:
        rank: Calls that the reader waits for come first, then the oldest.
        is_large: It needs all the memory that a worker may have.
    """

    call: WorkerCall
    read: Callable[[Iterator[Any]], Any]
    rank: tuple[bool, int]
    future: "Future[Any]" = field(default_factory=Future)
    is_large: bool = False
    worker: "_Worker | None" = None


class Sandbox:
    """Worker processes, and the calls that wait for them: what the reader waits for goes first. To be closed.

    The first worker starts with the first call, or with `start`; another one where a call would have to wait behind one
    that waits. All of them end when there was nothing to do for a while. One worker may use all the memory, the others
    as much together: what one of these has too little memory for is left to the first.

    Args:
        deadline_s: How long a worker may work at a call; five times as long on a machine that is busy otherwise.
        memory_bytes: What the first worker may use; the others, as many as there may be, use as much together.
        most_workers: How many there may be; as many as there are processors if None, four at most.
        rest_s: How long a worker that has nothing to do is kept.
    """

    def __init__(
        self,
        *,
        deadline_s: float = 6.0,
        memory_bytes: int = MEMORY_BYTES,
        most_workers: int | None = None,
        rest_s: float = _REST_S,
    ) -> None:
        self._deadline_s = deadline_s
        self._memory_bytes = memory_bytes
        self._most_workers = most_workers or min(_MOST_WORKERS, _processors())
        self._rest_s = rest_s
        self._changed = threading.Condition()
        self._waiting: list[_QueuedCall] = []
        self._workers: list[_Worker] = []
        self._count = itertools.count()
        self._is_closed = False

    def start(self) -> None:
        """Start a worker where there is none, so that it is warm when it is needed; returns at once."""
        with self._changed:
            if not self._workers and not self._is_closed:
                self._add_worker()

    async def parse(
        self,
        response: Response,
        rule: SiteRule | None = None,
        list_rule: SiteRule | None = None,
        entry: str | None = None,
    ) -> Page:
        """Return what `newsreader.extraction.page.parse_page` makes of the response, or of an entry of that feed.

        The event loop is never kept waiting. A cancelled call that continues for long costs its worker the life.

        Raises:
            ExtractionError: the page is too large or complex.
        """
        call = call_with_response(
            "parse_page", response, rule=rule_as_json(rule), list_rule=rule_as_json(list_rule), entry=entry
        )
        return await self._done(call, page_of)

    async def whole_page(self, response: Response, *, has_pictures: bool = False) -> Page:
        """Return what `newsreader.extraction.page.whole_page` makes of the response; see `parse`."""
        return await self._done(call_with_response("whole_page", response, has_pictures=has_pictures), page_of)

    async def candidates(self, response: Response, purpose: Purpose = "article") -> tuple[Candidate, ...]:
        """Return what `newsreader.extraction.page.candidates` finds in the response; see `parse`."""
        call = call_with_response("candidates", response, purpose=purpose)
        return await self._done(call, lambda lines: tuple(map(candidate_from_json, lines)))

    async def login_form(self, response: Response) -> LoginForm | None:
        """Return what `newsreader.extraction.login_forms.login_form` finds in the response; see `parse`."""
        return await self._done(call_with_response("login_form", response), login_form_of)

    async def raster(self, body: bytes, url: str, box: PictureBox) -> Raster:
        """Return what `newsreader.pictures.to_raster` makes of a picture's bytes; see `parse`."""
        arguments = {name: getattr(box, name) for name in PictureBox.__dataclass_fields__}
        return await self._done(WorkerCall("raster", arguments, body, url), lambda lines: raster_from_json(lines, box))

    def close(self) -> None:
        """End all workers, at once: what they were busy with has failed."""
        with self._changed:
            self._is_closed = True
            workers, waiting = tuple(self._workers), tuple(self._waiting)
            self._waiting.clear()
            self._changed.notify_all()
        for job in waiting:
            job.future.cancel()
        for worker in workers:
            worker.close()
        for worker in workers:
            worker.join()

    async def _done(self, call: WorkerCall, read: Callable[[Iterator[Any]], T]) -> T:
        """Return what a worker answers, read in the thread that speaks with it."""
        job = _QueuedCall(call, read, (NOBODY_WAITS.get(), next(self._count)))
        with self._changed:
            if self._is_closed:
                raise CrashedError(call.url, reason=gettext(N_("the program is closing")))
            self._put(job)
        try:
            found: T = await asyncio.wrap_future(job.future)
        except asyncio.CancelledError:
            if job.worker is not None:
                job.worker.kill_after(_PATIENCE_S, call)
            raise
        return found

    def _put(self, job: _QueuedCall) -> None:
        """Let a call wait for its turn; the lock is held."""
        self._waiting.append(job)
        idle = sum(each.is_idle for each in self._workers)
        is_room = len(self._workers) < self._most_workers
        if not self._workers or (is_room and len(self._waiting) > idle + 1):
            self._add_worker()
        self._changed.notify_all()

    def _add_worker(self) -> None:
        """Start another worker; the lock is held. The first has all the memory, the others share as much."""
        is_full = not any(each.is_full for each in self._workers)
        memory_bytes = self._memory_bytes if is_full else self._memory_bytes // max(1, self._most_workers - 1)
        worker = _Worker(self._deadline_s, memory_bytes, is_full=is_full)
        self._workers.append(worker)
        worker.thread = threading.Thread(target=self._work, args=(worker,), name="sandbox", daemon=True)
        worker.thread.start()

    def _work(self, worker: "_Worker") -> None:
        """Have a worker do one call after another, until it has rested for long enough or all is closed."""
        worker.start()
        while (job := self._next_job(worker)) is not None:
            if not job.is_large and not job.future.set_running_or_notify_cancel():
                continue
            job.worker = worker
            try:
                found = worker.answer(job.call, job.read)
            except _LittleMemoryError as error:
                self._leave_to_first(job, error)
            except BaseException as error:  # noqa: BLE001  (whoever waits for the call gets it)
                job.future.set_exception(error)
            else:
                job.future.set_result(found)
                del found
            del job
        worker.close()

    def _leave_to_first(self, job: _QueuedCall, error: ExtractionError) -> None:
        """Let the worker with all the memory try what another one had too little for."""
        job.is_large, job.worker = True, None
        with self._changed:
            if self._is_closed:
                job.future.set_exception(error)
            else:
                self._put(job)

    def _next_job(self, worker: "_Worker") -> _QueuedCall | None:
        """Return what a worker is to do next, once there is something; None when it is to end."""
        with self._changed:
            worker.is_idle = True
            ends_at = time.monotonic() + self._rest_s
            while not self._is_closed:
                if (job := self._first_for(worker)) is not None:
                    self._waiting.remove(job)
                    worker.is_idle = False
                    return job
                if time.monotonic() >= ends_at and (not worker.is_full or len(self._workers) == 1):
                    self._workers.remove(worker)
                    self._changed.notify_all()
                    return None
                self._changed.wait(max(ends_at - time.monotonic(), 0) or self._rest_s)
            return None

    def _first_for(self, worker: "_Worker") -> _QueuedCall | None:
        """Return the first of the calls that a worker can do; a single one is left to the first worker if that rests.

        So the others come to their end, whatever trickles in. The lock is held.
        """
        jobs = [job for job in self._waiting if worker.is_full or not job.is_large]
        if not jobs or (not worker.is_full and len(jobs) == 1 and any(w.is_full and w.is_idle for w in self._workers)):
            return None
        return min(jobs, key=lambda job: job.rank)


class _Worker:
    """One worker process and the thread that speaks with it.

    Attributes:
        is_full: It has all the memory that a worker may have.
        is_idle: It waits for a call, or is about to.
    """

    def __init__(self, deadline_s: float, memory_bytes: int, *, is_full: bool = True) -> None:
        self._deadline_s = deadline_s
        self._memory_bytes = memory_bytes
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._is_ready = False
        self._is_killed = False  # and perhaps not dead yet
        self._is_closed = False
        self._current: WorkerCall | None = None
        self.is_full = is_full
        self.is_idle = True
        self.thread: threading.Thread | None = None

    def start(self) -> None:
        """Start the process, so that it is warm when it is needed; a dead one is replaced by itself."""
        with self._lock, contextlib.suppress(OSError):  # the first call shows it
            if self._process is None and not self._is_closed:
                self._spawn()

    def close(self) -> None:
        """End the process, even in the middle of a call."""
        with self._lock:
            self._is_closed = True
            if self._current is None:
                self._discard()
            elif self._process is not None:
                self._process.kill()  # the thread, which reads what it answers, discards it

    def join(self) -> None:
        """Wait until the thread has come to its end."""
        if self.thread is not None:
            self.thread.join()

    def kill_after(self, seconds: float, call: WorkerCall) -> threading.Timer:
        """Kill the process if it is still at this call so much later."""
        timer = threading.Timer(seconds, self._kill, (call,))
        timer.daemon = True
        timer.start()
        return timer

    def _kill(self, call: WorkerCall) -> None:
        """Kill the process if it is still at this call."""
        with self._lock:
            if self._current is call and self._process is not None:
                call.is_late = self._is_killed = True
                self._process.kill()

    def answer(self, call: WorkerCall, read: Callable[[Iterator[Any]], T]) -> T:
        """Let the worker do the call, and return its answer; a worker that dies is replaced."""
        with self._lock:
            self._current = call
        try:
            payload = self._exchanged(call)
            lines = unpacked_pieces(payload)
            head = next(lines)
            if head["refusal"] is None:
                with _collecting_later(len(payload)):
                    return read(lines)
            raise self._refused(call, head)
        except NewsreaderError:
            raise
        except _NO_ANSWER as error:
            status = self._replace_worker()
            call.is_late = call.is_late or status == _OUT_OF_TIME
            if shortage_of(error) is not None:  # there is no process to do it
                raise UnexpectedError.of(error, f"the worker for {shown(call.url)}") from error
            raise self._failure(call, error) from error
        except Exception as error:
            self._replace_worker()
            reason = UnexpectedError.of(error, f"what the worker made of {shown(call.url)}").parameters["reason"]
            raise UnexpectedExtractionError(call.url, reason=reason) from error
        finally:
            with self._lock:
                self._current = None

    def _refused(self, call: WorkerCall, head: Json) -> ExtractionError:
        """Return the error for an answer that says why there is none."""
        refusal, reason = head["refusal"], line(str(head.get("reason", "")), 120)
        if refusal == NO_MEMORY:
            self._replace_worker()
            return _too_big(call) if self.is_full else _LittleMemoryError(call.url)
        if refusal == NO_PICTURE:
            return BrokenPictureError(call.url, reason=reason)
        fault = WorkerFault(f"{reason}\n{clean(str(head.get('trace', '')))}")
        UnexpectedError.of(fault, f"{call.function} of {shown(call.url)}")
        return UnexpectedExtractionError(call.url, reason=reason.partition(":")[0])

    def _failure(self, call: WorkerCall, error: Exception) -> ExtractionError:
        is_picture = call.function == "raster"
        if call.is_late and not is_picture:
            return TooSlowError(call.url, seconds=f"{self._deadline_s:g}")
        if call.is_late:
            return BrokenPictureError(call.url, reason=gettext(N_("it takes too long to be drawn")))
        if isinstance(error, _NoStartError):
            return NoWorkerError(call.url, reason=line(system_reason(error.strerror or ""), 120))
        if not self.is_full:  # of which some die that have too little memory
            return _LittleMemoryError(call.url)
        if isinstance(error, TooLongError):
            return _too_big(call)
        died = gettext(N_("the worker process died"))
        if is_picture:
            return BrokenPictureError(call.url, reason=died)
        return CrashedError(call.url, reason=died if isinstance(error, EOFError) else line(str(error), 120))

    def _exchanged(self, call: WorkerCall) -> bytes:
        """Say what to do and return the answer.

        Raises:
            OSError, EOFError: the worker died.
            ValueError: its answer is none.
        """
        worker = self._running_worker(call)
        assert worker.stdin is not None
        assert worker.stdout is not None
        with self._time_limit(call, self._deadline_s * _WALL_PER_WORK):
            send_message(worker.stdin, json.dumps({"function": call.function, "arguments": call.arguments}).encode())
            send_message(worker.stdin, call.body)
            return receive(worker.stdout, LONGEST_MESSAGE)

    @contextlib.contextmanager
    def _time_limit(self, call: WorkerCall, seconds: float) -> Iterator[None]:
        timer = self.kill_after(seconds, call)
        try:
            yield
        finally:
            timer.cancel()

    def _running_worker(self, call: WorkerCall) -> subprocess.Popen[bytes]:
        """Return the worker, having waited until it is ready; a new one where it has died meanwhile."""
        with self._lock:
            if self._process is not None and (self._is_killed or self._process.poll() is not None):
                self._discard()
            worker = self._process or self._spawn()
        if not self._is_ready:
            assert worker.stdout is not None
            with self._time_limit(call, _START_S):
                receive(worker.stdout, LONGEST_MESSAGE)
            self._is_ready = True
        return worker

    def _spawn(self) -> subprocess.Popen[bytes]:
        """Start a worker; the lock is held. It has a process group of its own, so that Ctrl+C is not for it."""
        if self._is_closed:
            raise EOFError
        pipe = subprocess.PIPE
        options: dict[str, Any] = {"process_group": 0}
        if sys.platform == "win32":
            options = {"creationflags": subprocess.CREATE_NO_WINDOW}
        try:
            self._process = subprocess.Popen(  # noqa: S603  (our own program, by argument list)
                [sys.executable, "-P", "-m", "newsreader.worker", str(self._memory_bytes), str(self._deadline_s)],
                stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, **options,
            )  # fmt: skip
        except OSError as error:
            raise _NoStartError(error.errno, error.strerror) from error
        self._is_ready = self._is_killed = False
        return self._process

    def _replace_worker(self) -> int | None:
        """Start another worker, and return the exit status of the one before; None if there was none."""
        with self._lock:
            status = self._discard()
            if not self._is_closed:
                with contextlib.suppress(OSError):
                    self._spawn()
            return status

    def _discard(self) -> int | None:
        """Forget the worker, and return its exit status; the lock is held."""
        worker, self._process = self._process, None
        self._is_ready = False
        if worker is not None:
            worker.kill()
            return _bury(worker)
        return None


def _processors() -> int:
    """Return how many processors this program may use."""
    usable = getattr(os, "sched_getaffinity", None)
    return len(usable(0)) if usable is not None else os.cpu_count() or 1


def _too_big(call: WorkerCall) -> ExtractionError:
    if call.function == "raster":
        return BrokenPictureError(call.url, reason=gettext(N_("it takes too much memory")))
    return TooBigError(call.url)


def _bury(worker: subprocess.Popen[bytes]) -> int:
    """Close the pipes of a killed worker and return its exit status."""
    for pipe in (worker.stdin, worker.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()
    return worker.wait()


@contextlib.contextmanager
def _collecting_later(size: int) -> Iterator[None]:
    """Pause garbage collection while a long answer is read: each run stops every thread, for up to 0.3 s."""
    if size < _LONG or not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
