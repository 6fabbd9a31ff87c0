"""Computing in threads that nobody waits for when the program ends: what they find is wanted by no one then."""

import asyncio
import contextvars
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


async def run_in_daemon_thread(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Return what a function returns that takes long and changes nothing; the event loop continues meanwhile.

    As `asyncio.to_thread`, but for the end: the program does not wait for it. Whatever writes must not be run so.
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
