"""Settings that the reader changed in the interface: stored in the library, and overridden by `config.toml`."""

from collections.abc import Callable
from contextlib import suppress
from typing import Protocol

from newsreader.errors import NewsreaderError
from newsreader.preference_values import with_entry
from newsreader.service.active_settings import ActiveSettings
from newsreader.setting_kinds import Declaration
from newsreader.settings import DECLARATIONS, is_allowed, value_of, with_value
from newsreader.values import dataclass

_KEY = "settings"
# Read before the library is opened, so that only the file can say them.
FILE_ONLY = frozenset({"interface.language", "interface.key_preset"})


@dataclass(frozen=True, slots=True)
class SettingRow:
    """A setting with its value and where that is from.

    Attributes:
        origin: "file": `config.toml`; "library": changed in the interface; "default".
    """

    declaration: Declaration
    value: object
    origin: str


class KeepsPreferences(Protocol):
    """What is asked of `Preferences`; see there."""

    async def get(self, key: str) -> object: ...  # noqa: D102
    async def change(self, key: str, change: Callable[[object], object]) -> object: ...  # noqa: D102


class OwnSettings:
    """Applies and changes the settings in the library."""

    def __init__(self, settings: ActiveSettings, preferences: KeepsPreferences) -> None:
        self._settings = settings
        self._preferences = preferences

    async def apply(self) -> None:
        """Apply what was changed in the interface, unless the file sets it."""
        with suppress(NewsreaderError):  # whoever shows the library says that it cannot be read
            for name, value in (await self._kept()).items():
                self._take(name, value)

    async def rows(self) -> list[SettingRow]:
        """Return every setting."""
        kept, current = await self._kept(), self._settings.current
        rows = []
        for declaration in DECLARATIONS:
            name = declaration.full_name
            origin = "file" if name in current.from_file else "library" if name in kept else "default"
            rows.append(SettingRow(declaration, value_of(current, declaration), origin))
        return rows

    async def change(self, declaration: Declaration, value: object) -> bool:
        """Keep a value and apply it, unless it is not valid or the file says another; return whether it was done."""
        name = declaration.full_name
        if name in FILE_ONLY or name in self._settings.current.from_file or not is_allowed(declaration, value):
            return False
        await self._preferences.change(_KEY, lambda kept: with_entry(kept, name, value))
        self._take(name, value)
        return True

    async def reset(self, declaration: Declaration) -> None:
        """Forget what was changed, so that the default applies."""
        name = declaration.full_name
        if name in await self._kept():
            await self._preferences.change(_KEY, lambda kept: with_entry(kept, name, None))
            self._settings.current = with_value(self._settings.current, declaration, declaration.default)

    def _take(self, name: str, value: object) -> None:
        declaration = next((each for each in DECLARATIONS if each.full_name == name), None)
        current = self._settings.current
        if declaration is not None and name not in current.from_file and is_allowed(declaration, value):
            self._settings.current = with_value(current, declaration, value)

    async def _kept(self) -> dict[str, object]:
        kept = await self._preferences.get(_KEY)
        return {str(name): value for name, value in kept.items()} if isinstance(kept, dict) else {}
