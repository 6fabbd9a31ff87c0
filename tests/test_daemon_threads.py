"""Work in a daemon thread is awaited like any other, and does not delay the end of the program."""

import asyncio
import contextvars
import subprocess
import sys
import threading

import pytest

from newsreader.computing import run_in_daemon_thread
from tests.waiting import LONG_S

WORD = contextvars.ContextVar("WORD", default="none")


async def test_what_was_found_is_returned_from_another_thread() -> None:
    assert await run_in_daemon_thread(divmod, 7, 2) == (3, 1)
    assert await run_in_daemon_thread(threading.current_thread) is not threading.current_thread()


async def test_it_sees_what_its_caller_sees() -> None:
    WORD.set("порт")
    assert await run_in_daemon_thread(WORD.get) == "порт"


async def test_its_fault_is_raised_where_it_is_awaited() -> None:
    with pytest.raises(ZeroDivisionError):
        await run_in_daemon_thread(lambda: 1 // 0)


async def test_one_that_is_no_longer_awaited_troubles_nobody() -> None:
    go_on, ended = threading.Event(), threading.Event()

    def work() -> None:
        go_on.wait(LONG_S)
        ended.set()

    task = asyncio.create_task(run_in_daemon_thread(work))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    go_on.set()
    assert await asyncio.to_thread(ended.wait, LONG_S)
    await asyncio.sleep(0)


def test_the_program_ends_while_something_is_computed() -> None:
    program = (
        "import asyncio, threading\n"
        "from newsreader.computing import run_in_daemon_thread\n"
        "async def main():\n"
        "    begun = threading.Event()\n"
        "    asyncio.ensure_future(run_in_daemon_thread(lambda: (begun.set(), threading.Event().wait())))\n"
        "    await asyncio.to_thread(begun.wait)\n"
        "asyncio.run(main())\n"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=LONG_S, check=True)
    assert ended.stderr == ""
