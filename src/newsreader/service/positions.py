"""How far the reader is in each article."""

from typing import TYPE_CHECKING

from newsreader.service.stores import Stores

if TYPE_CHECKING:
    from newsreader.storage.positions import KeptPlace


class Positions:
    """Keeps the position in every article that was started and not read to its end."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    async def of(self, url: str) -> "KeptPlace | None":
        """Return where the reader was in an article; None if it has not been started."""
        return await self._stores.read_library(lambda library: library.positions.of(url))

    async def save(
        self, url: str, block: int, words: str, *, signs: int = 0, percent: int = 0, title: str = ""
    ) -> None:
        """Save where the reader is in an article, as `KeptPlace` describes it; forget it at the beginning."""
        if block <= 0 and not signs:
            await self._stores.try_library(lambda library: library.positions.forget(url))
            return
        await self._stores.try_library(
            lambda library: library.positions.save(url, block, words, signs=signs, percent=percent, title=title)
        )
