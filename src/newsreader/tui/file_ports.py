"""What the screens need of the parts that read and write the reader's files."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from newsreader.models import Article

if TYPE_CHECKING:
    from newsreader.desktop import Piped
    from newsreader.exporting.edition import Edition
    from newsreader.exporting.formats import ExportFormat
    from newsreader.importing.values import Imported
    from newsreader.service.imports import ImportReport


class ExportPort(Protocol):
    """What is asked of `Exporter`; see there."""

    async def article(self, address: str) -> Article: ...  # noqa: D102
    async def stored_articles(self, addresses: Sequence[str]) -> tuple[Article, ...]: ...  # noqa: D102
    async def edition(self, articles: Sequence[Article], file_format: "ExportFormat") -> "Edition": ...  # noqa: D102
    async def write(self, edition: "Edition", file_format: "ExportFormat", place: Path) -> Path: ...  # noqa: D102
    async def piped_format(self, article: Article) -> bytes: ...  # noqa: D102
    async def pipe(self, article: Article, command: Sequence[str]) -> "Piped": ...  # noqa: D102


class ImportsPort(Protocol):
    """What is asked of `Importer`; see there."""

    async def likely_file(self) -> str: ...  # noqa: D102
    async def read(self, path: Path) -> "Imported": ...  # noqa: D102
    async def add(self, found: "Imported") -> "ImportReport": ...  # noqa: D102
