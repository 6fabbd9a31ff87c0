"""What a reader sees: the words on the screen, line by line, as the terminal gets them."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from textual._context import visible_screen_stack
from textual.pilot import Pilot
from textual.strip import Strip

from newsreader.tui.app import NewsreaderApp
from newsreader.tui.scheduler import Scheduler
from tests.idle import wait_for_idle
from tests.tui.fake_service import FakeService
from tests.waiting import LONG_S


@asynccontextmanager
async def running(
    service: FakeService,
    address: str | None = "vesti.example",
    size: tuple[int, int] = (100, 30),
    scheduler: Scheduler | None = None,
) -> AsyncIterator[Pilot[int]]:
    """Run the program over a service until the body ends."""
    app = NewsreaderApp(service, address, scheduler=scheduler)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        yield pilot
        seen(pilot)  # what was not looked at can be painted too


async def settled(pilot: Pilot[int]) -> None:
    """Wait until what can be done without waiting is done."""
    await pilot.pause()  # every widget has handled what was waiting for it
    for _ in range(2):
        await wait_for_idle()
        pilot.app.screen._on_timer_update()


async def press(pilot: Pilot[int], *keys: str) -> None:
    """Press keys, one after another, each handled before the next."""
    for key in keys:
        await pilot.press(key)
        await settled(pilot)


def screen_strips(pilot: Pilot[int]) -> list[Strip]:
    """Return the lines of the screen as they are painted."""
    visible_screen_stack.set(pilot.app._background_screens)  # what shows behind a box; painting uses it up
    return pilot.app.screen._compositor.render_strips()


def screen_lines(pilot: Pilot[int]) -> list[str]:
    """Return the screen as lines of words."""
    return ["".join(segment.text for segment in strip) for strip in screen_strips(pilot)]


def seen(pilot: Pilot[int]) -> str:
    """Return the whole screen as one text."""
    return "\n".join(line.rstrip() for line in screen_lines(pilot))


async def until(pilot: Pilot[int], words: str) -> str:
    """Wait for words to be on the screen, and return all that is."""
    await happened(pilot, lambda: words in seen(pilot), f"{words!r} on the screen")
    return seen(pilot)


async def happened(pilot: Pilot[int], holds: Callable[[], bool], what: str = "") -> None:
    """Wait until something holds that comes after a moment, or from another thread or process."""
    end = time.monotonic() + LONG_S
    while not holds():
        assert time.monotonic() < end, f"not so: {what}; the screen is:\n{seen(pilot)}"
        await asyncio.sleep(0.005)
        await pilot.pause()
