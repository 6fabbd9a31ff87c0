"""Computing in threads that nobody waits for when the program ends, as nobody needs their results then."""

import asyncio
import contextvars
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


async def run_in_daemon_thread(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a slow function that changes nothing, and return its result; the event loop continues.

    Like `asyncio.to_thread`, except that the program does not wait for it at the end. Never use it for writes.
    """
    loop = asyncio.get_running_loop()
    done: asyncio.Future[T] = loop.create_future()
    context = contextvars.copy_context()

    def hand_over(settle: Callable[[], None]) -> None:
        with suppress(RuntimeError):  # the loop is closed, and with it whoever has waited
            loop.call_soon_threadsafe(lambda: None if done.done() else settle())

    def work() -> None:
        try:
            found = context.run(function, *args, **kwargs)
        except BaseException as error:  # noqa: BLE001  (it is raised where the answer is awaited)
            fault = error
            hand_over(lambda: done.set_exception(fault))
        else:
            hand_over(lambda: done.set_result(found))

    threading.Thread(target=work, name="computing", daemon=True).start()
    return await done
