"""Settings that are changed in the interface: kept in the library, and below the file."""

from pathlib import Path

import pytest

from newsreader.service.facade import NewsService
from newsreader.settings import DECLARATIONS, Directories, load_settings
from newsreader.storage.errors import LockedStoreError
from newsreader.storage.preferences import PreferenceTable

SETTING = {each.full_name: each for each in DECLARATIONS}


def service(own_directories: Path, text: str = "") -> NewsService:
    directories = Directories.default()
    directories.config.mkdir(parents=True, exist_ok=True)
    (directories.config / "config.toml").write_text(text)
    settings, problems = load_settings(directories.config / "config.toml")
    assert problems == ()
    return NewsService(directories, settings)


async def test_a_change_is_kept_and_applied_and_the_default_returns(own_directories: Path) -> None:
    async with service(own_directories) as first:
        assert await first.own_settings.change(SETTING["offline.articles"], 7)
        assert await first.own_settings.change(SETTING["interface.list_columns"], ["time"])
        assert first.settings.offline.articles == 7
    async with service(own_directories) as second:
        await second.own_settings.apply()
        assert second.settings.offline.articles == 7
        assert second.settings.interface.list_columns == ("time",)
        origins = {row.declaration.full_name: row.origin for row in await second.own_settings.rows()}
        assert origins["offline.articles"] == "library"
        assert origins["offline.pictures"] == "default"
        await second.own_settings.reset(SETTING["offline.articles"])
        assert second.settings.offline.articles == 50


async def test_the_file_wins_and_what_is_not_valid_is_refused(own_directories: Path) -> None:
    async with service(own_directories) as first:
        await first.own_settings.change(SETTING["offline.articles"], 7)
        assert not await first.own_settings.change(SETTING["offline.articles"], -1)
        assert not await first.own_settings.change(SETTING["interface.language"], "uk")
    async with service(own_directories, "[offline]\narticles = 9\n") as second:
        await second.own_settings.apply()
        assert second.settings.offline.articles == 9
        assert not await second.own_settings.change(SETTING["offline.articles"], 8)
        (row,) = [row for row in await second.own_settings.rows() if row.declaration.full_name == "offline.articles"]
        assert (row.value, row.origin) == (9, "file")


async def test_a_change_takes_no_other_setting_along_where_reading_fails(
    own_directories: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with service(own_directories) as first:
        await first.own_settings.change(SETTING["offline.articles"], 7)

    def fails(table: PreferenceTable, key: str) -> object:
        raise LockedStoreError(own_directories / key)

    async with service(own_directories) as second:
        monkeypatch.setattr(PreferenceTable, "get", fails)
        await second.own_settings.change(SETTING["offline.pictures"], not SETTING["offline.pictures"].default)
        monkeypatch.undo()
        kept = await second.preferences.get("settings")
    assert isinstance(kept, dict)
    assert kept["offline.articles"] == 7
