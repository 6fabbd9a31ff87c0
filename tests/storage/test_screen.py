"""The screen as it was left, in its file."""

import stat
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsreader.models import Headline, HeadlineList, ListedHeadline, ListKind
from newsreader.screen_snapshot import KeptSection, ScreenSnapshot
from newsreader.storage.screen import read_screen, write_screen

ROW = ListedHeadline(
    Headline("Порт: роботи відкладено", "https://vesti.example/1", "Why", published=datetime(2026, 11, 22, 14, 2)),  # noqa: DTZ001
    read=True,
    stored=True,
    new=True,
    queued=True,
    later=True,
    source="Вести",
    percent=0,
    tags=frozenset({"port", "sea"}),
)
OTHER = ListedHeadline(Headline("Dredging delayed", "https://else.example/1"), failed=True, hidden=True, percent=40)
OTHERS = HeadlineList("Others", ListKind.POPULAR, (), "https://vesti.example/more")
SCREEN = ScreenSnapshot(
    address="https://vesti.example/",
    view="all",
    sections=(
        KeptSection("Новини", 4000, {7: ROW}, same_story={ROW.headline.url: (OTHER,)}, hidden=3, goes_on=True),
        KeptSection("Others", 3, {}, True, OTHERS),
    ),
    cursor=8,
    top=5,
    above=1,
    new=12,
    unread=20,
    stored=3,
    site_name="Вести",
    fetched_at=datetime(2026, 11, 22, 14, 4, tzinfo=UTC),
    theme="ink",
    measure=72,
    arrangement=("time", "day"),
    hides_read=True,
)


def test_the_screen_comes_back_as_it_was_kept(tmp_path: Path) -> None:
    path = tmp_path / "new" / "screen.json"
    write_screen(path, SCREEN)
    assert read_screen(path) == SCREEN
    write_screen(path, replace(SCREEN, fetched_at=None, cursor=9))
    assert read_screen(path) == replace(SCREEN, fetched_at=None, cursor=9)
    assert [each.name for each in path.parent.iterdir()] == ["screen.json"]


def test_nobody_else_may_read_it(tmp_path: Path) -> None:
    write_screen(tmp_path / "screen.json", SCREEN)
    assert stat.S_IMODE((tmp_path / "screen.json").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "damaged",
    [
        b"",
        b"[]",
        b"{",
        b'{"form": 0}',
        b'{"form": 1}',
        b"\xff",
        b'{"form": 1, "sections": 3}',
        pytest.param(b"[" * 200_000, id="deep"),
    ],
)
def test_a_screen_that_cannot_be_read_is_none(tmp_path: Path, damaged: bytes) -> None:
    path = tmp_path / "screen.json"
    assert read_screen(path) is None
    path.write_bytes(damaged)
    assert read_screen(path) is None


def test_the_one_before_stays_where_a_screen_cannot_be_written(tmp_path: Path) -> None:
    path = tmp_path / "screen.json"
    path.mkdir()
    with pytest.raises(OSError, match="screen"):
        write_screen(path, SCREEN)
    assert [each.name for each in tmp_path.iterdir()] == ["screen.json"]
