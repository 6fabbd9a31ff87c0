"""What the screens are tried with: a newspaper in memory, a fixed clock, a fixed zone."""

import time
from collections.abc import Iterator

import pytest
from textual._compositor import Compositor
from textual.screen import Screen

from newsreader.typesetting.hyphenation import hyphenator_for
from tests.tui.fake_service import FakeService


@pytest.fixture(autouse=True)
def _fixed_surroundings(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.delenv("NO_COLOR", raising=False)
    time.tzset()
    for language in ("en", "ru", "uk"):  # so that no look depends on how fast they are learnt
        hyphenator_for(language)
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def painted() -> None:
    """Paint every change of the screen, as in a terminal."""


@pytest.fixture(autouse=True)
def _painted_where_seen(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Paint the screen where a test looks at it, and at its end: the changes between are a third of all time."""
    if "painted" not in request.fixturenames:
        monkeypatch.setattr(Compositor, "render_update", _painted_whole_or_not)


_render_update = Compositor.render_update


def _painted_whole_or_not(
    self: Compositor, full: bool = False, screen_stack: list[Screen[object]] | None = None, simplify: bool = False
) -> object:
    if full:
        return _render_update(self, full, screen_stack, simplify)
    self._dirty_regions.clear()
    return None


@pytest.fixture
def service() -> FakeService:
    return FakeService()
