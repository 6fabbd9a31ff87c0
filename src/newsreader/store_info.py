"""The stores in figures."""

from datetime import datetime
from pathlib import Path

from newsreader.values import dataclass


@dataclass(frozen=True, slots=True)
class DownloadsInfo:
    """The downloads in figures; `size_bytes` is what their parts take."""

    articles: int
    pictures: int
    size_bytes: int
    oldest: datetime | None
    queued: int


@dataclass(frozen=True, slots=True)
class LibraryInfo:
    """The library in figures.

    Attributes:
        size_bytes: On the disk, journals included.
        address_only: Saved articles whose text has not been fetched yet.
        backups: The newest first.
    """

    path: Path
    size_bytes: int
    saved: int
    saved_pictures: int
    address_only: int
    read_marks: int
    positions: int
    changes: int
    downloads: DownloadsInfo
    backups: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class CacheInfo:
    """The cache in figures.

    Attributes:
        size_bytes: On the disk, journals included.
        pages: Addresses with a stored response or page.
        oldest: When the oldest of all was fetched; None if there is nothing.
    """

    path: Path
    size_bytes: int
    pages: int
    pictures: int
    oldest: datetime | None
