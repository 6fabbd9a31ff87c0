"""What the reader chose in the interface."""

from collections.abc import Callable

from newsreader.service.stores import Stores


class Preferences:
    """Keeps JSON values under names, in the library."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    async def get(self, key: str) -> object:
        """Return what the reader chose under this name, a JSON value; None if nothing."""
        return await self._stores.read_library(lambda library: library.preferences.get(key))

    async def get_all(self, *keys: str) -> tuple[object, ...]:
        """Return what the reader chose under each of these names, as `get` does, in one reading."""
        found = await self._stores.read_library(lambda library: tuple(map(library.preferences.get, keys)))
        return found if found is not None else (None,) * len(keys)

    async def change(self, key: str, change: Callable[[object], object]) -> object:
        """Replace a JSON value by what `change` makes of it, in one transaction, and return it.

        `change` gets None if there is none. Where the library cannot be read or written, nothing is, and None is
        returned.
        """
        return await self._stores.try_library(lambda library: library.preferences.change(key, change))

    async def save(self, key: str, value: object) -> None:
        """Save a JSON value; if the library cannot be written, it lasts until the program ends."""
        await self._stores.try_library(lambda library: library.preferences.save(key, value))
