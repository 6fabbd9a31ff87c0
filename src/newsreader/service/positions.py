"""How far the reader is in each article."""

from typing import TYPE_CHECKING

from newsreader.service.stores import Stores

if TYPE_CHECKING:
    from newsreader.library_values import ReadingPosition


class Positions:
    """Keeps the position in every article that was started and not read to its end."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    async def of(self, url: str) -> "ReadingPosition | None":
        """Return where the reader was in an article; None if it has not been started."""
        return await self._stores.read_library(lambda library: library.positions.of(url))

    async def save(
        self, url: str, block: int, words: str, *, char_offset: int = 0, percent: int = 0, title: str = ""
    ) -> None:
        """Save where the reader is in an article, as `ReadingPosition` describes it; forget it at the beginning."""
        if block <= 0 and not char_offset:
            await self._stores.try_library(lambda library: library.positions.forget(url))
            return
        await self._stores.try_library(
            lambda library: library.positions.save(
                url, block, words, char_offset=char_offset, percent=percent, title=title
            )
        )
