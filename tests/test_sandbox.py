"""Extraction in a worker process: hostile pages, deadlines, memory, cancellation, death and rebirth."""

import asyncio
import gc
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import UTC, datetime
from typing import Protocol

import pytest

from newsreader import sandbox as sandbox_module
from newsreader.errors import NewsreaderError
from newsreader.extraction.page import candidates, parse_page, whole_page
from newsreader.jsonform import page_to_json
from newsreader.models import Article, Headline, HeadlineList, ListKind, Page, Paragraph, Problem, Response, Span
from newsreader.pictures import PictureBox
from newsreader.sample.pictures import picture
from newsreader.sandbox import MEMORY_BYTES, Sandbox
from newsreader.text import line
from newsreader.worker_calls import WorkerCall
from newsreader.worker_errors import BrokenPictureError, ExtractionError, UnexpectedExtractionError
from newsreader.worker_messages import lines_of, packed_pieces, page_of, unpacked_pieces
from tests.starting import real_starts
from tests.waiting import LONG_S, eventually, wait_until

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
PAGE = (
    "<html lang='en'><title>The harbour wakes</title><body><article><h1>The harbour wakes</h1>"
    + "".join(
        f"<p>Paragraph {n}: the tide came in at dawn, and the boats went out with it, one by one.</p>"
        for n in range(12)
    )
    + "</article></body></html>"
).encode()
posix = pytest.mark.skipif(sys.platform == "win32", reason="stops a process with a POSIX signal")


def response(body: bytes, url: str = "https://tide.example/a") -> Response:
    return Response(url, url, 200, "text/html; charset=utf-8", body, None, None, NOW)


class MakeSandbox(Protocol):
    def __call__(self, *, deadline_s: float = ..., memory_bytes: int = ...) -> Sandbox: ...


@pytest.fixture(autouse=True, scope="module")
def _unhurried_start() -> Iterator[None]:
    """Give workers time to start, however busy the machine is."""
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(sandbox_module, "_START_S", LONG_S)
        yield


@pytest.fixture(autouse=True)
def _real_where_it_matters(request: pytest.FixtureRequest) -> Iterator[None]:
    """Start real workers for pages; one of a test's own, which is ended and replaced, may be forked."""
    has_its_own = {"make_sandbox", "make_workers"} & set(request.fixturenames)
    with nullcontext() if has_its_own else real_starts():
        yield


@pytest.fixture
def make_sandbox() -> Iterator[MakeSandbox]:
    made: list[Sandbox] = []

    def make(*, deadline_s: float = LONG_S, memory_bytes: int = MEMORY_BYTES) -> Sandbox:
        made.append(Sandbox(deadline_s=deadline_s, memory_bytes=memory_bytes))
        return made[-1]

    yield make
    for sandbox in made:
        sandbox.close()


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """Give the worker that tests share, as pages do; what it does to one must not touch the next."""
    made = Sandbox(deadline_s=2)
    with real_starts():
        made.start()
        wait_until(lambda: worker_of(made)._process is not None)
    yield made
    made.close()


def worker_of(sandbox: Sandbox) -> sandbox_module._Worker:
    return sandbox._workers[0]


def process_of(sandbox: Sandbox) -> "subprocess.Popen[bytes]":
    process = worker_of(sandbox)._process
    assert process is not None
    return process


def pid_of(sandbox: Sandbox) -> int:
    return process_of(sandbox).pid


async def refusal(sandbox: Sandbox, body: bytes) -> ExtractionError:
    with pytest.raises(ExtractionError) as caught:
        await sandbox.parse(response(body))
    error = caught.value
    assert error.exit_status == 4
    assert error.advice
    assert error.text == line(error.text)
    assert "tide.example" in error.text
    assert Problem.of(error).message == error.text
    return error


async def test_the_worker_finds_what_extraction_finds(sandbox: Sandbox) -> None:
    page = await sandbox.parse(response(PAGE))
    assert page == parse_page(PAGE, "https://tide.example/a", "text/html; charset=utf-8", NOW)
    assert page.title


@posix
async def test_ctrl_c_is_not_for_the_worker(sandbox: Sandbox) -> None:
    assert os.getpgid(pid_of(sandbox)) != os.getpgid(os.getpid())


async def test_the_worker_starts_by_itself_when_it_is_first_needed(make_sandbox: MakeSandbox) -> None:
    sandbox = make_sandbox()
    assert (await sandbox.parse(response(PAGE))).title


async def test_calls_take_their_turn_and_get_their_own_answers(sandbox: Sandbox) -> None:
    bodies = [b"<title>Boat %d</title>" % n for n in range(20)]
    pages = await asyncio.gather(*(sandbox.parse(response(body)) for body in bodies))
    assert [page.title for page in pages] == [f"Boat {n}" for n in range(20)]


async def test_a_cancelled_call_takes_no_answer_from_another(sandbox: Sandbox) -> None:
    calls = [asyncio.create_task(sandbox.parse(response(b"<title>Boat %d</title>" % n))) for n in range(12)]
    await asyncio.sleep(0)
    for call in calls[::2]:
        call.cancel()
    pages = await asyncio.gather(*calls, return_exceptions=True)
    assert [isinstance(page, asyncio.CancelledError) for page in pages] == [True, False] * 6
    assert [page.title for page in pages if isinstance(page, Page)] == [f"Boat {n}" for n in range(1, 12, 2)]
    assert (await sandbox.parse(response(b"<title>Last boat</title>"))).title == "Last boat"


# --- several workers --------------------------------------------------------------------------


class MakeWorkers(Protocol):
    def __call__(self, *, most_workers: int = ..., rest_s: float = ...) -> Sandbox: ...


@pytest.fixture
def make_workers() -> Iterator[MakeWorkers]:
    made: list[Sandbox] = []

    def make(*, most_workers: int = 1, rest_s: float = LONG_S) -> Sandbox:
        made.append(Sandbox(deadline_s=LONG_S, most_workers=most_workers, rest_s=rest_s))
        return made[-1]

    yield make
    for sandbox in made:
        sandbox.close()


async def in_background(sandbox: Sandbox, body: bytes) -> Page:
    sandbox_module.NOBODY_WAITS.set(True)  # of the task that does this
    return await sandbox.parse(response(body))


@posix
async def test_the_page_that_the_reader_opens_goes_before_all_that_wait(make_workers: MakeWorkers) -> None:
    sandbox = make_workers()
    await sandbox.parse(response(PAGE))
    os.kill(pid_of(sandbox), signal.SIGSTOP)
    done: list[str] = []

    def noting(name: str) -> object:
        return lambda _: done.append(name)

    calls = []
    for number in range(5):
        calls.append(asyncio.create_task(in_background(sandbox, PAGE)))
        calls[-1].add_done_callback(noting(f"background {number}"))  # type: ignore[arg-type]
        await asyncio.sleep(0)
    await eventually(lambda: worker_of(sandbox)._current is not None)
    calls.append(asyncio.create_task(sandbox.parse(response(PAGE))))
    calls[-1].add_done_callback(noting("reader"))  # type: ignore[arg-type]
    await eventually(lambda: len(sandbox._waiting) == 5)
    os.kill(pid_of(sandbox), signal.SIGCONT)
    await asyncio.gather(*calls)
    assert done == ["background 0", "reader", *(f"background {number}" for number in range(1, 5))]


async def test_more_workers_start_where_pages_wait_and_never_more_than_may(make_workers: MakeWorkers) -> None:
    sandbox = make_workers(most_workers=3)
    await sandbox.parse(response(PAGE))
    assert len(sandbox._workers) == 1
    bodies = [b"<title>Boat %d</title>" % n for n in range(20)]
    pages = await asyncio.gather(*(in_background(sandbox, body) for body in bodies))
    assert [page.title for page in pages] == [f"Boat {n}" for n in range(20)]
    assert len(sandbox._workers) == 3
    full, *others = sandbox._workers
    assert full._memory_bytes == MEMORY_BYTES
    assert sum(each._memory_bytes for each in others) <= MEMORY_BYTES


async def test_workers_end_when_they_have_rested_and_start_again_when_there_is_work(make_workers: MakeWorkers) -> None:
    sandbox = make_workers(most_workers=2, rest_s=0.05)
    await asyncio.gather(*(in_background(sandbox, PAGE) for _ in range(6)))
    await eventually(lambda: not sandbox._workers)
    assert (await sandbox.parse(response(PAGE))).title


@posix
async def test_a_worker_that_is_killed_costs_one_page_at_most(make_workers: MakeWorkers) -> None:
    sandbox = make_workers(most_workers=2)
    await asyncio.gather(*(in_background(sandbox, PAGE) for _ in range(6)))
    for worker in sandbox._workers:
        assert worker._process is not None
        os.kill(worker._process.pid, signal.SIGSTOP)
    calls = [asyncio.create_task(in_background(sandbox, PAGE)) for _ in range(8)]
    await eventually(lambda: all(worker._current is not None for worker in sandbox._workers))
    for worker in sandbox._workers:
        assert worker._process is not None
        os.kill(worker._process.pid, signal.SIGKILL)
    outcomes = await asyncio.gather(*calls, return_exceptions=True)
    failed = [each for each in outcomes if not isinstance(each, Page)]
    assert [getattr(each, "kind", each) for each in failed] == ["extractor-crashed"]


@pytest.mark.usefixtures("always_real")
@pytest.mark.skipif(sys.platform != "linux", reason="memory limits are enforced on Linux alone")
async def test_what_is_too_large_for_one_worker_is_left_to_the_first(make_workers: MakeWorkers) -> None:
    sandbox = make_workers(most_workers=2)
    await asyncio.gather(*(in_background(sandbox, PAGE) for _ in range(6)))
    first, second = sandbox._workers
    call = WorkerCall("parse_page", {}, b"", "https://tide.example/a")
    refusal = {"refusal": "memory"}
    assert isinstance(second._refused(call, refusal), sandbox_module._LittleMemoryError)
    assert not isinstance(first._refused(call, refusal), sandbox_module._LittleMemoryError)
    job = sandbox_module._QueuedCall(call, list, (False, 0), is_large=True)
    sandbox._waiting.append(job)
    assert sandbox._first_for(second) is None
    assert sandbox._first_for(first) is job
    sandbox._waiting.remove(job)


# --- what a page can do -----------------------------------------------------------------------


def hostile_pages() -> dict[str, bytes]:
    attributes = b" ".join(b"a%d=1" % n for n in range(100_000))
    return {
        "attributes": b"<p " + attributes + b">" + PAGE,
        "nested": b"<div>" * 16_000 + PAGE,
        "nested lists": b"<ul><li>" * 8_000 + PAGE,
        "nested quotes and styles": b"<blockquote><b><i><a href=x>" * 4_000 + PAGE,
        "big": b"<html><body>" + b"<p>The tide came in at dawn.</p>\n" * 300_000,
        "metas": b"<meta " * 100_000,
        "links": b"<a href='/a'>The tide came in at dawn today</a> " * 100_000,
        "one word": b"<p>" + b"x" * 5_000_000,
        "control bytes": bytes(range(256)) * 1000,
        "nothing": b" ",
    }


@pytest.mark.parametrize("name", hostile_pages())
async def test_a_hostile_page_gives_a_page_or_a_sentence_and_the_next_one_is_read(name: str, sandbox: Sandbox) -> None:
    body = hostile_pages()[name]
    await sandbox.parse(response(PAGE))
    ticks = 0

    async def tick() -> None:
        nonlocal ticks
        while True:
            await asyncio.sleep(0.002)
            ticks += 1

    ticking = asyncio.create_task(tick())
    started = time.perf_counter()
    [outcome] = await asyncio.gather(sandbox.parse(response(body)), return_exceptions=True)
    took = time.perf_counter() - started
    ticking.cancel()
    assert isinstance(outcome, Page | ExtractionError)
    assert ticks >= took / 0.5 - 1, "the event loop kept running"
    hurried, worker_of(sandbox)._deadline_s = worker_of(sandbox)._deadline_s, LONG_S
    assert (await sandbox.parse(response(PAGE))).title == "The harbour wakes"
    worker_of(sandbox)._deadline_s = hurried
    assert gc.isenabled()


@posix
async def test_a_page_that_takes_too_long_costs_the_worker_its_life_and_nothing_else(make_sandbox: MakeSandbox) -> None:
    sandbox = make_sandbox()
    await sandbox.parse(response(PAGE))
    first = pid_of(sandbox)
    os.kill(first, signal.SIGSTOP)  # as stuck as can be
    unhurried, worker_of(sandbox)._deadline_s = worker_of(sandbox)._deadline_s, 0.2
    error = await refusal(sandbox, PAGE)
    worker_of(sandbox)._deadline_s = unhurried
    assert error.kind == "too-slow"
    assert "0.2 seconds" in error.text
    assert (await sandbox.parse(response(PAGE))).title
    assert pid_of(sandbox) != first


@posix
async def test_a_worker_that_the_system_ends_for_its_work_was_too_slow(make_sandbox: MakeSandbox) -> None:
    sandbox = make_sandbox()
    await sandbox.parse(response(PAGE))
    worker = pid_of(sandbox)
    os.kill(worker, signal.SIGSTOP)
    call = asyncio.create_task(refusal(sandbox, PAGE))
    await eventually(lambda: worker_of(sandbox)._current is not None)
    await asyncio.sleep(0.1)  # in which the page is sent
    os.kill(worker, signal.SIGXCPU)
    os.kill(worker, signal.SIGCONT)
    assert (await call).kind == "too-slow"
    assert (await sandbox.parse(response(PAGE))).title


@posix
def test_a_worker_is_ended_for_its_own_work_and_not_for_the_time_that_passes() -> None:
    program = (
        "import time; from newsreader.worker import _limit_time; _limit_time(0.5); time.sleep(2); print(7, flush=True)"
    )
    done = subprocess.run([sys.executable, "-c", f"{program}\nwhile True: pass"], stdout=subprocess.PIPE, check=False)
    assert (done.stdout, done.returncode) == (b"7\n", -signal.SIGXCPU)


@posix
async def test_a_dead_worker_is_replaced(make_sandbox: MakeSandbox) -> None:
    sandbox = make_sandbox()
    await sandbox.parse(response(PAGE))
    first = pid_of(sandbox)
    os.kill(first, signal.SIGKILL)
    process_of(sandbox).wait()
    assert (await sandbox.parse(response(PAGE))).title
    assert pid_of(sandbox) != first


async def test_a_worker_that_is_killed_just_as_it_answers_does_not_fail_the_next_page(
    make_sandbox: MakeSandbox,
) -> None:
    sandbox = make_sandbox()
    for _ in range(3):
        await sandbox.parse(response(PAGE))
        late = WorkerCall("parse_page", {}, b"", "https://tide.example/late")
        worker_of(sandbox)._current = late
        worker_of(sandbox)._kill(late)
        assert (await sandbox.parse(response(PAGE))).title


@posix
async def test_a_worker_that_dies_of_a_page_is_named_and_replaced(make_sandbox: MakeSandbox) -> None:
    sandbox = make_sandbox()
    await sandbox.parse(response(PAGE))
    os.kill(pid_of(sandbox), signal.SIGSTOP)
    call = asyncio.create_task(refusal(sandbox, PAGE))
    await eventually(lambda: worker_of(sandbox)._current is not None)
    await asyncio.sleep(0.1)  # in which the page is sent
    os.kill(pid_of(sandbox), signal.SIGKILL)
    assert (await call).kind == "extractor-crashed"
    assert (await sandbox.parse(response(PAGE))).title


@pytest.mark.usefixtures("always_real")
async def test_a_worker_that_the_system_does_not_start_is_no_fault_of_the_page(
    make_sandbox: MakeSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    sandbox = make_sandbox()
    with monkeypatch.context() as gone:  # as after an upgrade of Python
        gone.setattr(sys, "executable", "/usr/bin/no-such-python")
        error = await refusal(sandbox, PAGE)
    assert (error.kind, "No such file or directory" in error.text) == ("no-worker", True)
    assert "report" not in error.advice
    assert (await sandbox.parse(response(PAGE))).title


@posix
async def test_a_cancelled_call_does_not_keep_the_next_one_waiting(make_sandbox: MakeSandbox) -> None:
    sandbox = make_sandbox(deadline_s=60)
    await sandbox.parse(response(PAGE))
    os.kill(pid_of(sandbox), signal.SIGSTOP)
    call = asyncio.create_task(sandbox.parse(response(PAGE)))
    await asyncio.sleep(0.05)
    call.cancel()
    async with asyncio.timeout(LONG_S):
        assert (await sandbox.parse(response(PAGE))).title


@pytest.mark.usefixtures("always_real")
@pytest.mark.skipif(sys.platform != "linux", reason="memory limits are enforced on Linux alone")
async def test_the_memory_of_the_worker_is_bounded(make_sandbox: MakeSandbox) -> None:
    sandbox = make_sandbox(memory_bytes=400 * 2**20)
    await sandbox.parse(response(PAGE))
    error = await refusal(sandbox, b"<p><b>a</b>" * 900_000)
    assert error.kind in ("too-big", "too-slow", "extractor-crashed")
    assert (await sandbox.parse(response(PAGE))).title


async def test_closing_ends_the_worker_even_in_the_midst_of_a_page(make_sandbox: MakeSandbox) -> None:
    sandbox = make_sandbox()
    await sandbox.parse(response(PAGE))
    worker = process_of(sandbox)
    call = asyncio.create_task(sandbox.parse(response(b"<div>" * 400_000)))
    await asyncio.sleep(0.05)
    await asyncio.to_thread(sandbox.close)
    assert worker.poll() is not None
    outcome = (await asyncio.gather(call, return_exceptions=True))[0]
    assert isinstance(outcome, ExtractionError | Page)
    with pytest.raises(ExtractionError):
        await sandbox.parse(response(PAGE))


@posix
@pytest.mark.parametrize("page", ["None", "b'<p>The tide came in at dawn.</p>' * 300_000"])
def test_the_worker_dies_with_the_program_even_in_the_midst_of_a_page(page: str) -> None:
    program = (
        "import asyncio, os, signal, threading, time\n"
        "from newsreader.sandbox import Sandbox\nfrom newsreader.worker_calls import WorkerCall\n"
        "sandbox = Sandbox()\n"
        "sandbox.start()\n"
        "arguments = {'url': 'https://a.example/', 'content_type': None, 'fetched_at': '2026-01-01T00:00:00+00:00'}\n"
        f"page = {page}\n"
        "if page:\n"
        "    call = WorkerCall('parse_page', arguments, page, 'https://a.example/')\n"
        "    threading.Thread(target=asyncio.run, args=(sandbox._done(call, list),), daemon=True).start()\n"
        "    time.sleep(2)\n"
        "while sandbox._workers[0]._process is None:\n"
        "    time.sleep(0.01)\n"
        "print(sandbox._workers[0]._process.pid, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    pid = int(run.stdout)
    wait_until(lambda: not is_running(pid))


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    listing = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return bool(listing.stdout.strip()) and not listing.stdout.startswith("Z")


def test_the_program_itself_does_not_import_extraction() -> None:
    program = "import sys, newsreader.sandbox; print([m for m in sys.modules if 'extraction' in m or 'lxml' in m])"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


async def test_a_fault_that_nobody_foresaw_is_logged_whole_and_the_next_page_is_read(
    sandbox: Sandbox, unexpected_errors: list[logging.LogRecord]
) -> None:
    call = WorkerCall("nonsense\x1b[2J", {}, b"", "https://jane:secret@tide.example/a")
    with pytest.raises(UnexpectedExtractionError) as caught:
        await sandbox._done(call, list)
    error = caught.value
    assert error.kind == "unexpected"
    assert error.text == line(error.text)
    assert "KeyError" in error.text
    logged = "".join(logging.Formatter().format(record) for record in unexpected_errors)
    assert "in _worked" in logged, "the worker's own traceback is there"
    assert "secret" not in logged
    assert (await sandbox.parse(response(PAGE))).title


async def test_an_answer_that_cannot_be_understood_costs_that_page_alone(
    sandbox: Sandbox, unexpected_errors: list[logging.LogRecord]
) -> None:
    def read(_: Iterator[object]) -> None:
        raise ZeroDivisionError

    arguments = {"url": "https://tide.example/a", "content_type": None, "fetched_at": NOW.isoformat()}
    with pytest.raises(UnexpectedExtractionError):
        await sandbox._done(WorkerCall("parse_page", arguments, PAGE, "https://tide.example/a"), read)
    assert len(unexpected_errors) == 1
    assert (await sandbox.parse(response(PAGE))).title


# --- messages ---------------------------------------------------------------------------------


def test_a_page_is_the_same_after_it_was_sent_in_pieces() -> None:
    blocks = (Paragraph((Span("One\n", strong=True), Span("two", href="https://tide.example/"))), Paragraph(()))
    headlines = tuple(Headline(f"Boat {n}", f"https://tide.example/{n}", views=n) for n in range(3))
    lists = (
        HeadlineList("Latest", ListKind.LATEST, headlines, "https://tide.example/2"),
        HeadlineList(None, ListKind.OTHER, ()),
    )
    for article in (None, Article("https://tide.example/", "Tide", blocks, published=NOW)):
        page = Page("https://tide.example/", "Tide", article=article, headline_lists=lists)
        pieces = list(unpacked_pieces(packed_pieces(lines_of(page))))
        assert page_of(iter(pieces)) == page
        assert page_to_json(page_of(iter(pieces))) == page_to_json(page)


def test_an_answer_comes_in_lines_that_are_never_long_to_read_where_its_pieces_are_not() -> None:
    pieces = [{"block": "ä" * (number % 700)} for number in range(2000)]
    message = packed_pieces(pieces)
    assert list(unpacked_pieces(message)) == pieces
    lines = message.split(b"\n")
    assert len(lines) < len(pieces) / 2
    assert max(map(len, lines)) < 10_000


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\x00\x00",
        b"\x00\x00\x00\x015",
        b"\x00\x00\x00\x03[5]",
        b'\x00\x00\x00\x04"\xc3\xa4"',
        b"\xff\xff\xff\xff",
        b"\x00\x00\x00\x09half",
        b"\x00\x00\x00\x02{]",
        b"\x00\x00\x00\x02[]",
    ],
)
async def test_a_worker_that_was_taken_over_can_say_nothing_harmful(answer: bytes, make_sandbox: MakeSandbox) -> None:
    sandbox = make_sandbox()
    program = f"import sys; sys.stdout.buffer.write({answer!r}); sys.stdout.flush(); sys.stdin.buffer.read(9)"
    await sandbox.parse(response(PAGE))
    worker = worker_of(sandbox)
    worker._discard()
    worker._process = subprocess.Popen(  # noqa: ASYNC220
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    worker._is_ready = True
    error = await refusal(sandbox, PAGE)
    assert error.kind in ("extractor-crashed", "too-big")
    assert (await sandbox.parse(response(PAGE))).title


def test_errors_are_the_programs_own() -> None:
    assert issubclass(ExtractionError, NewsreaderError)


# --- inside the interface ---------------------------------------------------------------------


async def test_a_worker_that_died_is_replaced_inside_a_running_textual_application() -> None:
    from textual.app import App

    titles: list[str | None] = []

    class Reader(App[None]):
        async def on_mount(self) -> None:
            sandbox = Sandbox()
            titles.append((await sandbox.parse(response(PAGE))).title)
            process_of(sandbox).kill()
            process_of(sandbox).wait()
            titles.append((await sandbox.parse(response(PAGE))).title)
            sandbox.close()

    async with Reader().run_test() as pilot:
        await pilot.pause()
    assert titles == ["The harbour wakes"] * 2


async def test_the_whole_page_its_blocks_and_a_rule_come_through_the_worker(sandbox: Sandbox) -> None:
    note = b"<aside class=note>" + b"<p>The pilot boat lay at the quay, and nobody had seen its master.</p>" * 5
    page = PAGE.replace(b"</article>", b"</article>" + note + b"</aside>")
    place = ("https://tide.example/a", "text/html; charset=utf-8", NOW)
    assert await sandbox.whole_page(response(page)) == whole_page(page, *place)
    found = await sandbox.candidates(response(page))
    assert found == candidates(page, *place)
    rule = next(candidate.rule for candidate in found if candidate.beginning.startswith("The pilot boat"))
    read = await sandbox.parse(response(page), rule)
    assert read.by_rule
    assert read == parse_page(page, *place, rule)


async def test_pictures_are_made_small_in_the_worker(sandbox: Sandbox) -> None:
    raster = await sandbox.raster(picture("lamp") or b"", "https://tide.example/lamp.png", PictureBox(40, 12))

    assert raster.columns == 40
    assert len(raster.pixels) == 3 * raster.width * raster.height


@pytest.mark.parametrize("cut", [20, 60, 200, 1000])
async def test_a_broken_picture_is_no_fault_of_the_program(sandbox: Sandbox, cut: int) -> None:
    whole = picture("lamp") or b""
    for body in (whole[:cut], whole[:cut] + b"\x00" * 50 + whole[cut + 50 :]):
        with pytest.raises(BrokenPictureError) as caught:
            await sandbox.raster(body, "https://tide.example/lamp.png", PictureBox(40, 12))
        assert caught.value.kind == "broken-picture"
        assert "newsreader" not in caught.value.advice


async def test_bytes_that_are_no_picture_are_an_error_and_the_worker_lives_on(sandbox: Sandbox) -> None:
    with pytest.raises(ExtractionError, match="known format"):
        await sandbox.raster(b"<svg/>", "https://tide.example/a.svg", PictureBox(40, 12))

    assert await sandbox.parse(response(PAGE))
