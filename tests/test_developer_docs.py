"""What the documents for developers name is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGES = [*sorted((ROOT / "docs").glob("de[cv]*/*.md")), ROOT / "CONTRIBUTING.md"]
WORDS = {
    word
    for folder in ("src", "tests")
    for path in (ROOT / folder).rglob("*.py")
    for word in re.findall(r"\w+", path.read_text(encoding="utf-8"))
}
_PATH = re.compile(r"`([\w/.-]+\.(?:py|md|txt|toml)|[\w/-]+/)`")
_NAME = re.compile(r"`([A-Z]\w+|[a-z]\w*_\w+|action_\w+)(?:\.(?!py`)\w+)?`")
_ROOTS = ("", "src/newsreader", "tests")
_OF_THE_READER = {"config.toml"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_path_that_a_developer_is_sent_to_exists(page: Path) -> None:
    named = _PATH.findall(page.read_text(encoding="utf-8"))
    missing = {path for path in named if not any((ROOT / root / path).exists() for root in _ROOTS)}
    assert missing - _OF_THE_READER == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_name_that_a_developer_reads_is_in_the_source(page: Path) -> None:
    named = _NAME.findall(page.read_text(encoding="utf-8"))
    assert set(named) - WORDS == set()
