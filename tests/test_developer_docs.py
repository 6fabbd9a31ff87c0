"""What the documents for developers name is there."""

import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGES = [*sorted((ROOT / "docs").glob("de[cv]*/*.md")), ROOT / "CONTRIBUTING.md"]
_PATH = re.compile(r"`([\w/.-]+\.(?:py|md|txt|toml)|[\w/-]+/)`")
_NAME = re.compile(r"`([A-Z]\w+|[a-z]\w*_\w+|action_\w+)(?:\.(?!py`)\w+)?`")
_ROOTS = ("", "src/newsreader", "tests")
_OF_THE_READER = {"config.toml"}


@cache
def words_of_the_source() -> set[str]:
    """Return every word of the program and of its tests."""
    sources = (path for folder in ("src", "tests") for path in (ROOT / folder).rglob("*.py"))
    return {word for path in sources for word in re.findall(r"\w+", path.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_path_that_a_developer_is_sent_to_exists(page: Path) -> None:
    named = _PATH.findall(page.read_text(encoding="utf-8"))
    missing = {path for path in named if not any((ROOT / root / path).exists() for root in _ROOTS)}
    assert missing - _OF_THE_READER == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_name_that_a_developer_reads_is_in_the_source(page: Path) -> None:
    named = _NAME.findall(page.read_text(encoding="utf-8"))
    assert set(named) - words_of_the_source() == set()
