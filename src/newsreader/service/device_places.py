"""The places where devices exchange files: opened with the passwords that belong to them, and closed again."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from newsreader.devices.addresses import PlaceAddress, parse_place
from newsreader.devices.transport import Transport
from newsreader.service.active_settings import ActiveSettings
from newsreader.service.site_passwords import SitePasswords
from newsreader.storage.place_secrets import PlaceSecrets, PlaceSecretsFile

if TYPE_CHECKING:
    from newsreader.devices.opening import PlaceAccess


class DevicePlaces:
    """Opens places. Their passwords are in a file that only the reader may read, or come from a command."""

    def __init__(
        self, directory: Path, settings: ActiveSettings, passwords: SitePasswords, now: Callable[[], datetime]
    ) -> None:
        self._file = PlaceSecretsFile(directory)
        self._settings = settings
        self._passwords = passwords
        self._now = now

    @asynccontextmanager
    async def opened(self, address: str, secrets: PlaceSecrets | None = None) -> AsyncIterator[Transport]:
        """Open a place; leaving closes it and stops what is in progress, so that it may be cancelled.

        Args:
            address: As the reader wrote it, or as it is kept.
            secrets: To be tried; what is empty in them is taken from the stored ones.

        Raises:
            WrongPlaceError: it is not a place for syncing.
            StoreError, PasswordCommandError: its password cannot be read.
            TransportError: it cannot be used so.
        """
        from newsreader.devices.opening import open_transport  # only devices that have joined wait for it

        place = parse_place(address)
        access = await self._access(place, secrets)
        transport = await asyncio.to_thread(open_transport, place, access, self._now)
        try:
            yield transport
        finally:
            await asyncio.shield(asyncio.to_thread(transport.close))

    async def keep(self, address: str, secrets: PlaceSecrets) -> None:
        """Store the secrets of a place; empty ones stay as they were.

        Raises:
            StoreError: it cannot be written.
        """
        text = parse_place(address).text

        def change(values: dict[str, PlaceSecrets]) -> None:
            whole = secrets.completed(values.get(text, PlaceSecrets()))
            if whole != PlaceSecrets():
                values[text] = whole

        await asyncio.to_thread(self._file.change, change)

    async def forget(self, address: str) -> None:
        """Forget the secrets of a place.

        Raises:
            StoreError: it cannot be written.
        """
        text = parse_place(address).text
        await asyncio.to_thread(self._file.change, lambda values: values.pop(text, None))

    async def has_password_command(self, address: str) -> bool:
        """Return whether the configuration names a command for the password of a place."""
        host = parse_place(address).url.partition("://")[2].partition("/")[0]
        return any(each.host == host for each in self._settings.current.passwords)

    async def _access(self, place: PlaceAddress, secrets: PlaceSecrets | None) -> "PlaceAccess":
        """Return the credentials: those typed, those stored, or those that a command prints."""
        from newsreader.devices.opening import PlaceAccess

        kept = (await asyncio.to_thread(self._file.all)).get(place.text, PlaceSecrets())
        secrets = kept if secrets is None else secrets.completed(kept)
        user, password = place.credentials or ("", "")
        credentials = (user or secrets.user, password or secrets.password)
        if not all(credentials) and place.url:
            credentials = await self._passwords.ask(place.url) or credentials
        return PlaceAccess(
            credentials if any(credentials) else None, secrets.pass_phrase, self._settings.current.network.proxy
        )
