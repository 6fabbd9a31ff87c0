"""Ending other programs, with all that they started."""

import asyncio
import os
import signal
import sys
from contextlib import suppress


async def end_process(process: asyncio.subprocess.Process) -> None:
    """End a program that leads a session of its own, and what it started; wait until it is gone.

    One that has ended already is only waited for.
    """
    with suppress(ProcessLookupError, PermissionError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    # `wait` waits for the pipes too, and one whose output nobody reads any more does not end by itself.
    process._transport.close()  # type: ignore[attr-defined]  # noqa: SLF001  (there is no public way)
    await process.wait()
