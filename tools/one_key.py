"""Write docs/dev/one-key.md: what `s` does, from the key press to the disk, followed while it happens.

`python -m tools.one_key` opens an article of the sample newspaper on a screen that nobody sees, presses the key, and
notes the first function that is called in each module.
"""

import asyncio
import sys
import tempfile
import threading
from datetime import UTC, datetime
from pathlib import Path
from types import CodeType, FrameType

from textual.pilot import Pilot

from newsreader.service.facade import NewsService
from newsreader.settings import Directories, Settings
from newsreader.tui.app import NewsreaderApp
from newsreader.tui.reading.screen import ReadingScreen

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "dev" / "one-key.md"
_SOURCES = str(ROOT / "src" / "newsreader") + "/"
_NOW = datetime(2026, 11, 22, 14, 6, tzinfo=UTC)
_PATIENCE_S = 30.0
_STILL_S = 4.0  # until all that the start and the article have put off is done: it does not belong to the key
_AFTER_S = 1.0  # until what the key has started is done, and not yet what it puts off
_HEAD = """# One key, from the press to the disk

`s` saves the article. These are the modules that the key passes, in their order, each with the function called first.
`python -m tools.one_key` makes this page: it presses the key and looks on. What only draws is left out.

| module | the first function called there | what it is for |
|---|---|---|
"""
_DRAWING = (
    *(f"tui/{name}" for name in ("rendering/", "widgets/")),
    "tui/reading/status",
    *("typesetting", "text", "characters", "i18n", "patterns", "values", "sample"),
)


class Follower:
    """Notes the first function that is called in each module while it is switched on."""

    def __init__(self) -> None:
        self.is_on = False
        self.found: dict[str, CodeType] = {}

    def __call__(self, frame: FrameType, event: str, _: object) -> None:
        """Take note of a call; what `sys.setprofile` wants."""
        if not self.is_on or event != "call":
            return
        code = frame.f_code
        if code.co_filename.startswith(_SOURCES) and not code.co_name.startswith("<"):
            module = code.co_filename.removeprefix(_SOURCES)
            if not module.removesuffix(".py").startswith(_DRAWING):
                self.found.setdefault(module, code)


async def follow() -> dict[str, CodeType]:
    """Return the first function of each module, in the order in which they were called."""
    follower = Follower()
    threading.setprofile(follower)
    sys.setprofile(follower)
    try:
        with tempfile.TemporaryDirectory() as name:
            home = Path(name)
            directories = Directories(data=home / "data", cache=home / "cache", config=home / "config")
            service = NewsService(directories, Settings(), clock=lambda: _NOW)
            app = NewsreaderApp(service, sample=True)
            async with app.run_test(size=(110, 34)) as pilot:
                await _shown(pilot, "Harbour dredging")
                await pilot.press("enter")
                await _shown(pilot, "Ina Corvel")
                await pilot.pause(_STILL_S)
                follower.is_on = True
                await pilot.press("s")
                await _shown(pilot, "Saved")
                await pilot.pause(_AFTER_S)
                follower.is_on = False
                await pilot.press("ctrl+q")
            return follower.found
    finally:
        sys.setprofile(None)
        threading.setprofile(None)  # type: ignore[arg-type]  # as its documentation allows


async def _shown(pilot: Pilot[object], words: str) -> None:
    """Wait until words are on the screen."""
    for _ in range(int(_PATIENCE_S / 0.05)):
        screen = pilot.app.screen
        if isinstance(screen, ReadingScreen):
            strips = screen._compositor.render_strips()  # noqa: SLF001
            if words in " ".join("".join(segment.text for segment in strip) for strip in strips):
                return
        await pilot.pause(0.05)
    message = f"{words!r} did not come to the screen"
    raise TimeoutError(message)


def page(found: dict[str, CodeType]) -> str:
    """Return the page: a row for each module."""
    rows = [
        f"| `{module}` | `{code.co_qualname.replace('.<locals>', '')}` | {_purpose(module)} |"
        for module, code in found.items()
    ]
    return _HEAD + "\n".join(rows) + "\n"


def _name(code: CodeType) -> str:
    return code.co_qualname.replace(".<locals>", "")


def _purpose(module: str) -> str:
    first = (ROOT / "src" / "newsreader" / module).read_text(encoding="utf-8").partition("\n")[0]
    return first.strip('"').rstrip(".").replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(asyncio.run(follow())), encoding="utf-8")
