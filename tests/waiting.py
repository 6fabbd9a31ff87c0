"""Waiting for what happens elsewhere, on a machine that may be busy: long, but no longer than it takes."""

import asyncio
import time
from collections.abc import Callable

LONG_S = 300.0  # a test that waits this long has failed; none passes the sooner for a shorter limit


async def eventually(holds: Callable[[], bool]) -> None:
    """Wait until something holds that another thread or process brings about.

    Raises:
        TimeoutError: it does not within `LONG_S`.
    """
    async with asyncio.timeout(LONG_S):
        while not holds():  # noqa: ASYNC110  (there is no event to wait for)
            await asyncio.sleep(0.005)


def wait_until(holds: Callable[[], bool]) -> None:
    """Wait as `eventually` does, where no loop runs."""
    end = time.monotonic() + LONG_S
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.005)
