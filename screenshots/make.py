"""Draw the screenshots again from the sample newspaper: `python screenshots/make.py [NAME…]`.

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

from newsreader.service.facade import NewsService
from newsreader.settings import Directories, ReadingSettings, Settings
from newsreader.tui.app import NewsreaderApp
from newsreader.tui.reading.screen import ReadingScreen

HERE = Path(__file__).parent
NOW = datetime(2026, 11, 22, 14, 6, tzinfo=UTC)
PATIENCE_S = 20.0


@dataclass(frozen=True)
class Shot:
    """A picture: what is pressed before it is taken, at which size, in which colours."""

    keys: tuple[str, ...]
    size: tuple[int, int]
    theme: str = "ink"
    is_first_start: bool = False
    is_offline: bool = False
    has_sources: bool = False


SHOTS = {
    "reading-ink-110": Shot(("j", "enter"), (110, 34)),
    "reading-paper-110": Shot(("enter", "s"), (110, 34), "paper"),
    "sources-harbour-160": Shot(("j", "enter", "h"), (160, 45), "harbour", has_sources=True),
    "reading-mist-60": Shot(("j", "enter"), (60, 24), "mist"),
    "reading-coal-110": Shot(("j", "enter", "z", *30 * ("j",)), (110, 34), "coal"),
    "list-ink-60": Shot((), (60, 24)),
    "language-paper-110": Shot(("j", "enter", "L", "L"), (110, 30), "paper"),
    "search-snow-110": Shot(("S", *"harbour"), (110, 30), "snow"),
    "first-start-ink-100": Shot((), (100, 28), is_first_start=True),
    "keys-ink-100": Shot(("j", "enter", "?"), (100, 32)),
    "offline-ink-110": Shot(("j", "enter", "J", "J"), (110, 30), is_offline=True),
}


async def draw(name: str, shot: Shot, home: Path) -> None:
    """Take one picture."""
    directories = Directories(data=home / "data", cache=home / "cache", config=home / "config")
    service = NewsService(directories, Settings(reading=ReadingSettings(graphics="blocks")), clock=lambda: NOW)
    service.start()
    app = NewsreaderApp(service, sample=not shot.is_first_start)
    async with app.run_test(size=shot.size) as pilot:
        app.theme = shot.theme
        if not shot.is_first_start:
            await quiet(pilot)
            await lived_in(pilot, service)
        if shot.has_sources:
            await followed(pilot, service)
        for key in shot.keys:
            await pilot.press(key)
            await quiet(pilot)
        if shot.is_offline:
            service.parts.network.offline_since = NOW
            await pilot.press("K")
            await quiet(pilot)
        app.reading.port.unsay()
        await pilot.pause()
        (HERE / f"{name}.svg").write_text(app.export_screenshot(title="newsreader"), encoding="utf-8")


async def lived_in(pilot: Pilot[int], service: NewsService) -> None:
    """Let some headlines have been read, stored and saved, as after a morning's use."""
    screen = pilot.app.screen
    assert isinstance(screen, ReadingScreen)
    headlines = [row.headline for section in screen.state.listing.sections for row in section.rows]
    for place in (2, 4, 5, 8, 9, 12):
        await service.pages.open(headlines[place].url)
        await service.read_marks.mark(headlines[place].url)
    await service.saved.save(headlines[4].url)
    await service.pages.open(headlines[6].url)
    await pilot.press("r")
    await quiet(pilot)


async def followed(pilot: Pilot[int], service: NewsService) -> None:
    """Let the paper be followed in its languages and sections, some of them read, and some stories have tags."""
    front = (await service.sample.address()).rstrip("/")
    for path, group in (("", ""), ("/uk/", ""), ("/ru/", ""), ("/en/harbour", "Sections"), ("/en/city", "Sections")):
        await service.sources.add(front + path, group=group)
    screen = pilot.app.screen
    assert isinstance(screen, ReadingScreen)
    headlines = [row.headline for section in screen.state.listing.sections for row in section.rows]
    for place, tags in ((1, ("sea",)), (4, ("sea", "long reads")), (7, ("sea",))):
        await service.tags.tag_story(headlines[place].url, tags)
    screen.parts.sources.renew()
    await pilot.press("r")
    await quiet(pilot)


async def quiet(pilot: Pilot[int]) -> None:
    """Wait until nothing is being fetched; over what is read, a box waits for its reader, so for a moment only."""
    if not isinstance(pilot.app.screen, ReadingScreen):
        await pilot.pause(1.0)
        return
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
