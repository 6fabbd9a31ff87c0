"""The files by which it is seen whether anything has changed that the screen shows."""

from pathlib import Path

from newsreader.settings import Directories
from newsreader.storage.screen import screen_file

_SUFFIXES = ("", "-wal", "-journal")


def state_files(directories: Directories) -> tuple[Path, ...]:
    """Return the files that are other ones once anything has changed that the screen shows."""
    stores = directories.data / "library.db", directories.cache / "cache.db"
    return (
        screen_file(directories.cache),
        directories.config / "config.toml",
        *(Path(f"{store}{suffix}") for store in stores for suffix in _SUFFIXES),
    )
