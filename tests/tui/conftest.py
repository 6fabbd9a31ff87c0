"""What the screens are tried with: a newspaper in memory, a fixed clock, a fixed zone."""

import time
from collections.abc import Iterator

import pytest

from tests.tui.fake_service import FakeService


@pytest.fixture(autouse=True)
def _fixed_surroundings(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.delenv("NO_COLOR", raising=False)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def service() -> FakeService:
    return FakeService()
