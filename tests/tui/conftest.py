"""What the screens are tried with: a newspaper in memory, a fixed clock, a fixed zone."""

import time
from collections.abc import Iterator

import pytest

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
def service() -> FakeService:
    return FakeService()
