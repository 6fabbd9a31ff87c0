"""The reader's other devices: joining them, exchanging with them, and who they are."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from newsreader.errors import NewsreaderError, translate_unexpected
from newsreader.i18n import N_, gettext
from newsreader.one_change import as_one_change
from newsreader.service.active_settings import ActiveSettings
from newsreader.service.site_passwords import SitePasswords
from newsreader.service.stores import Stores
from newsreader.settings import Directories
from newsreader.storage.columns import to_text
from newsreader.storage.device_membership import DeviceMembership, MembershipFile
from newsreader.storage.journal import DEVICES
from newsreader.storage.library import Library
from newsreader.storage.lock import alone
from newsreader.storage.place_secrets import PlaceSecrets
from newsreader.text import line
from newsreader.urls import shown

if TYPE_CHECKING:
    from newsreader.devices.transport import Transport
    from newsreader.devices.values import DeviceInfo, ExchangeReport, Keep
    from newsreader.service.device_places import DevicePlaces

_LONGEST_NAME = 60
_ROOT = "newsreader-1/"
_OF_LISTS = ("preference", "rule")  # kinds of records that change how lists are laid out


class NotJoinedError(NewsreaderError):
    """The library is on this device only."""

    message = N_("This library is not synced with other devices yet.")
    hint = N_("`newsreader devices join FOLDER` joins the devices that sync through a folder.")
    kind = "devices-not-joined"
    exit_status = 4


class JoinedElsewhereError(NewsreaderError):
    """The library is exchanged through another place already."""

    message = N_("This library is synced through {place} already.")
    hint = N_("`newsreader devices leave` leaves it.")
    kind = "devices-joined"
    exit_status = 2


class NoDeviceError(NewsreaderError):
    """No device, or more than one, has this name."""

    message = N_("No single device is called “{name}”.")
    hint = N_("`newsreader devices` lists them; the beginning of an ID will do.")
    kind = "no-device"
    exit_status = 4


class DeviceNameTakenError(NewsreaderError):
    """Another device has the name."""

    message = N_("Another device is called “{name}” already.")
    hint = N_("Choose another name. `newsreader devices` lists those in use.")
    kind = "device-name-taken"
    exit_status = 2


class EmptyDeviceNameError(NewsreaderError):
    """A name is empty."""

    message = N_("The new name is empty.")
    hint = N_("Choose a name with letters, such as the name of the computer.")
    kind = "device-name-empty"
    exit_status = 2


class ThisDeviceError(NewsreaderError):
    """This device cannot be forgotten: it can leave."""

    message = N_("“{name}” is this device.")
    hint = N_("`newsreader devices leave` ends syncing on it.")
    kind = "this-device"
    exit_status = 2


class ExchangeBusyError(NewsreaderError):
    """Another program is exchanging."""

    message = N_("Another newsreader is syncing with your devices.")
    hint = N_("Try again in a moment.")
    kind = "devices-busy"
    exit_status = 3


class Devices:
    """Syncs the library with other devices; slow modules are imported where they are used.

    Methods raise `StoreError` if the library cannot be read or written, unless they say otherwise.
    """

    def __init__(
        self,
        directories: Directories,
        settings: ActiveSettings,
        stores: Stores,
        passwords: SitePasswords,
        now: Callable[[], datetime],
    ) -> None:
        self._directories = directories
        self._settings = settings
        self._stores = stores
        self._passwords = passwords
        self._now = now
        self._membership = MembershipFile(directories.data)
        self._turn = asyncio.Lock()

    @cached_property
    def _places(self) -> "DevicePlaces":
        from newsreader.service.device_places import DevicePlaces

        return DevicePlaces(self._directories.data, self._settings, self._passwords, self._now)

    # --- joining and leaving ----------------------------------------------------------------------

    async def membership(self) -> DeviceMembership | None:
        """Return where the library is synced; None if it is on this device only."""
        return await asyncio.to_thread(self._membership.get)

    @property
    def may_have_joined(self) -> bool:
        """Whether the library may be exchanged; it costs nothing to ask."""
        return self._membership.exists

    async def is_place_near(self) -> bool:
        """Return whether the place is a folder, to which changes go in a moment."""
        from newsreader.devices.addresses import FOLDER, parse_place

        return parse_place((await self._joined()).place).kind == FOLDER

    async def typed_secrets(
        self, place: str, *, user: str, seal: bool, ask: Callable[[str], Awaitable[str]]
    ) -> PlaceSecrets | None:
        """Return the secrets of a place, asking for unknown ones; None if none are needed.

        Raises:
            WrongPlaceError: it is not a place for syncing.
        """
        from newsreader.devices.addresses import S3, WEBDAV, parse_place

        address = parse_place(place)
        name, password = address.credentials or ("", "")
        name = user or name
        is_asked = address.kind in (WEBDAV, S3) and name and not password
        if is_asked and not await self._places.has_password_command(place):
            password = await ask(gettext("Password of {name}").format(name=line(name, 100)))
        phrase = await ask(gettext("Pass phrase")) if seal else ""
        secrets = PlaceSecrets(name, password, phrase)
        return None if secrets == PlaceSecrets() else secrets

    async def join(self, place: str, secrets: PlaceSecrets | None, *, name: str, keep: "Keep") -> "ExchangeReport":
        """Sync with the devices of a place from now on, and do it once.

        Args:
            place: Its address; the one joined already to change the other arguments.
            secrets: Those of the place; None for the stored ones.
            name: The name of this device; empty for the name of the computer.
            keep: What is synced of saved articles.

        Raises:
            WrongPlaceError: it is not a place for syncing.
            JoinedElsewhereError: the library is exchanged through another one.
            EmptyDeviceNameError, DeviceNameTakenError: it cannot have this name; nothing has changed.
            TransportError: it cannot be used; nothing has changed.
        """
        from newsreader.devices.addresses import parse_place

        address = parse_place(place).text
        if name and not fit_name(name):
            raise EmptyDeviceNameError
        joined = await self.membership()
        if joined is not None and joined.place != address:
            raise JoinedElsewhereError(place=shown(joined.place))
        async with self._places.opened(place, secrets) as transport:
            await asyncio.to_thread(transport.list, _ROOT)
        if secrets is not None:
            await self._places.keep(address, secrets)
        if joined is not None and name:
            await self._check_name(name, await self._own())
        membership = DeviceMembership(address, keep)
        await self._stores.in_library(_begin)
        await asyncio.to_thread(self._membership.set, membership)
        if joined is not None and not name:
            return await self._exchange(membership)
        try:
            return await self._exchange(membership, partial(_take_name, wanted=name))
        except DeviceNameTakenError:
            if joined is None:
                await self._end(membership)
            raise
        except NewsreaderError:  # the next exchange will do
            await self._stores.in_library(partial(_take_name, wanted=name, is_certain=False))
            raise

    async def _check_name(self, name: str, device: str) -> None:
        """Check that a name can be given to a device.

        Raises:
            EmptyDeviceNameError: it is empty.
            DeviceNameTakenError: another device has it.
        """
        if not fit_name(name):
            raise EmptyDeviceNameError
        if await self._stores.in_library(partial(_is_name_taken, name=name, device=device)):
            raise DeviceNameTakenError(name=fit_name(name))

    async def leave(self) -> bool:
        """Stop syncing; return whether the other devices will learn of it.

        What the library holds stays, and so does what it has stored in the place.

        Raises:
            NotJoinedError: the library is not synced.
        """
        joined = await self._joined()
        await self._note_forgotten([await self._own()])
        is_said = True
        try:
            await self._exchange(joined)
        except NewsreaderError:  # the place is gone, perhaps for good: that is no reason to stay
            is_said = False
        await self._end(joined)
        return is_said

    async def _end(self, joined: DeviceMembership) -> None:
        await asyncio.to_thread(self._membership.set, None)
        await self._places.forget(joined.place)
        await self._stores.in_library(lambda library: library.journal_files.leave(DEVICES))

    # --- exchanging -------------------------------------------------------------------------------

    async def exchange(self) -> "ExchangeReport | None":
        """Read what the others have stored, store what has changed here; None if the library is not synced.

        Raises:
            TransportError: the place cannot be used; what was read so far is kept.
            ExchangeBusyError: another program is syncing.
        """
        joined = await self.membership()
        return await self._exchange(joined) if joined is not None else None

    async def has_changes(self) -> bool:
        """Return whether something has changed here that the other devices have not been sent."""
        if await self.membership() is None:
            return False
        return await self._stores.in_library(lambda library: library.journal.count_after(DEVICES) > 0)

    async def last_numbers(self) -> tuple[int, int]:
        """Return the numbers of the library's latest changes, whichever program made or received them.

        Returns:
            The number of the last of all; and of the last that came from elsewhere and changes how lists are laid out.
        """
        return await self._stores.in_library(
            lambda library: (library.journal.last_number(), library.journal.last_brought(_OF_LISTS))
        )

    async def _exchange(
        self, joined: DeviceMembership, before_sending: Callable[[Library], None] = lambda _: None
    ) -> "ExchangeReport":
        async with self._turn, self._places.opened(joined.place) as transport:
            report = await self._stores.in_library(
                lambda library: self._run(library, transport, joined, partial(before_sending, library))
            )
        if report.received:
            library = await self._stores.library()
            await self._stores.write_cache(lambda cache: cache.source_checks.mark_as(library.read_marks.among))
        return report

    def _run(
        self, library: Library, transport: "Transport", joined: DeviceMembership, before_sending: Callable[[], None]
    ) -> "ExchangeReport":
        from newsreader.devices.exchange import Exchange  # only devices that have joined wait for it
        from newsreader.devices.roster import name_of
        from newsreader.service.machine import machine_name, machine_of

        keep: Keep = "marks" if joined.keep == "marks" else "everything" if joined.keep == "everything" else "saved"
        with alone(self._directories.data / "devices.lock") as is_alone:
            if not is_alone:
                raise ExchangeBusyError
            if DEVICES not in library.journal.readers():  # a backup was restored from before it joined
                _begin(library)
                _take_name(library, wanted="")
            computer = machine_of(self._directories.data), machine_name()
            with as_one_change(), translate_unexpected("exchanging with devices"):
                report = Exchange(library, transport, computer, keep, self._now, before_sending).run()
        names = library.journal.values("device/")
        return replace(report, received={name_of(device, names): counts for device, counts in report.received.items()})

    # --- who they are -----------------------------------------------------------------------------

    async def all(self) -> "tuple[DeviceInfo, ...]":
        """Return the devices, this one first, then the others by when they synced last.

        Raises:
            NotJoinedError: the library has not joined.
        """
        from newsreader.devices.roster import devices_of

        await self._joined()
        return await self._stores.in_library(lambda library: devices_of(library.journal, library.journal_files))

    async def rename(self, which: str, name: str) -> "DeviceInfo":
        """Give a device another name, on all devices; return it as it was.

        Args:
            which: Its name, or the beginning of its ID.
            name: The new one.

        Raises:
            NotJoinedError: the library has not joined.
            NoDeviceError: none has this name, or several have.
            EmptyDeviceNameError, DeviceNameTakenError: it cannot have this name.
        """
        device = await self._named(which)
        await self._check_name(name, device.id)
        await self._put({f"device/{device.id}/name": {"name": fit_name(name)}})
        return device

    async def forget(self, which: str) -> "DeviceInfo":
        """Wait for a device no more, and list it no more until it syncs again; return it.

        What it has stored is read first, where that is possible, and dropped by later exchanges.

        Raises:
            NotJoinedError: the library has not joined.
            NoDeviceError: none has this name, or several have.
            ThisDeviceError: it is this one.
        """
        device = await self._named(which)
        if device.is_this:
            raise ThisDeviceError(name=device.name)
        with suppress(NewsreaderError):  # it is forgotten all the same, until something that it wrote before comes in
            await self.exchange()
        await self._note_forgotten([device.id])
        return device

    async def _named(self, which: str) -> "DeviceInfo":
        devices = await self.all()
        found = [each for each in devices if each.name.casefold() == which.casefold()]
        found = found or [each for each in devices if which and each.id.startswith(which)]
        if len(found) != 1:
            raise NoDeviceError(name=line(which, _LONGEST_NAME))
        return found[0]

    async def _note_forgotten(self, devices: Sequence[str]) -> None:
        at = to_text(self._now())
        await self._put({f"device/{device}/forgotten": {"at": at} for device in devices})

    async def _put(self, values: Mapping[str, Any]) -> None:
        await self._stores.in_library(lambda library: library.journal.put(values))

    async def _own(self) -> str:
        return await self._stores.in_library(lambda library: library.journal.device)

    async def _joined(self) -> DeviceMembership:
        joined = await self.membership()
        if joined is None:
            raise NotJoinedError
        return joined


def fit_name(name: str) -> str:
    """Return a name of a device as it is kept; empty if it consists of nothing."""
    return line(name, _LONGEST_NAME).strip()


def _begin(library: Library) -> None:
    if not library.journal_files.rejoin(DEVICES):
        library.journal.add_reader(DEVICES)


def _is_name_taken(library: Library, *, name: str, device: str) -> bool:
    """Return whether another device than this one is called so."""
    from newsreader.devices.roster import devices_of

    wanted = fit_name(name).casefold()
    devices = devices_of(library.journal, library.journal_files)
    return any(each.name.casefold() == wanted and each.id != device for each in devices)


def _take_name(library: Library, *, wanted: str, is_certain: bool = True) -> None:
    """Call this device as its reader wants, or else as the computer is called, and no other device.

    Args:
        library: Of this device.
        wanted: Empty for the name of the computer.
        is_certain: It is to be this name or none.

    Raises:
        DeviceNameTakenError: another one is called so.
    """
    from newsreader.service.machine import machine_name

    own, name = library.journal.device, fit_name(wanted or machine_name())
    if _is_name_taken(library, name=name, device=own):
        if wanted and is_certain:
            raise DeviceNameTakenError(name=name)
        name = f"{name} {own[:4]}"
    library.journal.put({f"device/{own}/name": {"name": name}})
