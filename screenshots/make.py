"""Draw the screenshots anew from the sample newspaper: `python screenshots/make.py [NAME…]`.

They are what the program shows, over the real service, the loopback and a fixed clock; no network is needed.
"""

import asyncio
import os
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from textual.pilot import Pilot

from newsreader.service import NewsService
from newsreader.settings import Directories, Settings
from newsreader.tui.app import NewsreaderApp
from newsreader.tui.reading_screen import ReadingScreen

HERE = Path(__file__).parent
NOW = datetime(2026, 11, 22, 14, 6, tzinfo=UTC)
PATIENCE_S = 20.0


@dataclass(frozen=True)
class Shot:
    """A picture: what is pressed, and words which are on the screen before it is taken."""

    keys: tuple[str, ...]
    words: str
    size: tuple[int, int] = (110, 34)
    theme: str = "ink"
    is_first_run: bool = False


SHOTS = {
    "reading": Shot(("j", "enter"), "copy of", (120, 36)),
    "paper": Shot(("j", "enter", "J", "J", "s"), "copy of", (120, 36), "paper"),
    "wide": Shot(("j", "enter", "J", "h"), "copy of", (160, 45), "harbour"),
    "narrow": Shot(("j", "enter"), "%", (60, 24), "mist"),
    "list": Shot((), "copy of", (60, 24)),
    "language": Shot(("j", "enter", "L"), "copy of", (110, 30), "paper"),
    "first-start": Shot((), "Read a news page:", (100, 28), is_first_run=True),
    "keys": Shot(("j", "enter", "?"), "keys", (100, 32), "ink"),
    "offline": Shot(("j", "enter", "J", "J"), "OFFLINE", (110, 30)),
}


async def draw(name: str, shot: Shot, home: Path) -> None:
    """Take one picture."""
    directories = Directories(data=home / "data", cache=home / "cache", config=home / "config")
    service = NewsService(directories, Settings(), clock=lambda: NOW)
    service.start()
    app = NewsreaderApp(service, sample=not shot.is_first_run)
    async with app.run_test(size=shot.size) as pilot:
        app.theme = shot.theme
        if not shot.is_first_run:
            await quiet(pilot)
            await lived_in(pilot, service)
        for key in shot.keys:
            await pilot.press(key)
            await quiet(pilot)
        if shot.words == "OFFLINE":
            service.offline_since = NOW
            await pilot.press("K")
            await quiet(pilot)
        app.reading.unsay()
        await pilot.pause()
        (HERE / f"{name}.svg").write_text(app.export_screenshot(title="newsreader"), encoding="utf-8")


async def lived_in(pilot: Pilot[int], service: NewsService) -> None:
    """Let some headlines have been read, stored and saved, as after a morning's use."""
    screen = pilot.app.screen
    assert isinstance(screen, ReadingScreen)
    headlines = [row.headline for section in screen.listing.sections for row in section.rows]
    for place in (2, 4, 5, 8, 9, 12):
        await service.open(headlines[place].url)
        await service.mark_read(headlines[place].url)
    await service.save(headlines[4].url)
    await service.open(headlines[6].url)
    await pilot.press("r")
    await quiet(pilot)


async def quiet(pilot: Pilot[int]) -> None:
    """Wait until nothing is being fetched."""
    end = time.monotonic() + PATIENCE_S
    await pilot.pause(0.05)
    while time.monotonic() < end:
        await pilot.pause(0.05)
        if not [worker for worker in pilot.app.workers if not worker.is_finished]:
            return
    raise TimeoutError("the program did not come to rest")


def main() -> None:
    """Draw those named, or all."""
    os.environ["TZ"] = "UTC"
    time.tzset()
    for name, shot in SHOTS.items():
        if sys.argv[1:] and name not in sys.argv[1:]:
            continue
        with tempfile.TemporaryDirectory() as home:
            asyncio.run(draw(name, shot, Path(home)))
        print(f"screenshots/{name}.svg")


if __name__ == "__main__":
    main()
