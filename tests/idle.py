"""Waiting until an interface that runs in a test has nothing left to do, by looking and not by letting time pass.

Textual's own `wait_for_idle` sleeps for a fiftieth of a second, two to five times for a key, and then asks the system
how much the process has worked. Here what is left to do is looked for: callbacks that are ready, timers that are due
within the time for which Textual would have slept (it paints by such a timer), and threads that are at work.
"""

import asyncio
import sys
import threading
from concurrent.futures import thread as pool_threads
from typing import Any

PAINTED_S = 0.02
"""Timers that are due within this time are waited for: a change is painted a sixtieth of a second later at most."""
_LOOK_AGAIN_S = 0.001
_WAITING_IN = (threading.__file__, "selectors.py", "queue.py", "socket.py", "gateway_base.py")


async def wait_for_idle(min_sleep: float = 0.0, max_sleep: float = 1.0) -> None:
    """Wait until nothing is left to do, for a second at most; what is due later than `PAINTED_S` is not waited for."""
    del min_sleep
    loop: Any = asyncio.get_running_loop()
    began = loop.time()
    while loop.time() - began < max_sleep:
        await asyncio.sleep(0)
        if loop._ready:
            continue
        if (due := next_timer(loop)) <= began + PAINTED_S:
            await asyncio.sleep(max(due - loop.time(), 0))
        elif is_a_thread_at_work(loop):
            await asyncio.sleep(_LOOK_AGAIN_S)
        else:
            await asyncio.sleep(0)
            if not loop._ready:  # nor had a thread just ended
                return


def next_timer(loop: Any) -> float:
    """Return when the next of the loop's timers is due; infinity if none is."""
    return min((each.when() for each in loop._scheduled if not each.cancelled()), default=float("inf"))


def is_a_thread_at_work(loop: Any) -> bool:
    """Return whether any thread but this one does something else than wait, or has not yet taken what it was given."""
    pool = loop._default_executor
    has_been_given = pool is not None and len(pool._threads) > pool._idle_semaphore._value
    waiting_in = _WAITING_IN if has_been_given else (*_WAITING_IN, pool_threads.__file__)
    this = threading.get_ident()
    frames = [frame for identity, frame in sys._current_frames().items() if identity != this]
    return any(not frame.f_code.co_filename.endswith(waiting_in) for frame in frames)
