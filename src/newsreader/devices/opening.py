"""Opening the transport of an address, with its credentials."""

from collections.abc import Callable
from dataclasses import field
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from newsreader.devices.addresses import COMMAND, FOLDER, S3, PlaceAddress
from newsreader.devices.command import CommandTransport
from newsreader.devices.folder import FolderTransport
from newsreader.devices.transport import Transport, TransportError
from newsreader.i18n import N_
from newsreader.values import dataclass


class NoKeysError(TransportError):
    """A bucket can only be opened with keys."""

    message = N_("There are no keys for {place}.")
    hint = N_("Run `newsreader devices join s3://KEY_ID@BUCKET/FOLDER` again, and type the secret key.")
    kind = "devices-no-keys"


class UnsafePasswordError(TransportError):
    """A password would go over the network unencrypted."""

    message = N_("The password for {place} is not sent: the connection is not encrypted.")
    hint = N_("Use an address with https:// or dav://.")
    kind = "devices-unsafe-password"


@dataclass(frozen=True, slots=True)
class PlaceAccess:
    """The credentials for a place.

    Attributes:
        credentials: Name and password, or the two halves of a key; None for none.
        pass_phrase: Seals what is stored; empty for none.
        proxy: As in the settings.
    """

    credentials: tuple[str, str] | None = field(default=None, repr=False)
    pass_phrase: str = field(default="", repr=False)
    proxy: str | None = field(default=None, repr=False)


def open_transport(place: PlaceAddress, access: PlaceAccess, now: Callable[[], datetime]) -> Transport:
    """Return the transport of a place, without a request yet. To be closed.

    Args:
        place: Where it is.
        access: What it takes.
        now: The clock; aware.

    Raises:
        TransportError: it cannot be used so.
    """
    from newsreader.devices.sealed import SealedTransport, UnsealedTransport

    inner = _unsealed(place, access, now)
    return SealedTransport(inner, access.pass_phrase) if access.pass_phrase else UnsealedTransport(inner)


def _unsealed(place: PlaceAddress, access: PlaceAccess, now: Callable[[], datetime]) -> Transport:
    if place.kind == FOLDER:
        return FolderTransport(Path(place.text))
    if place.kind == COMMAND:
        return CommandTransport(place.words)
    from newsreader.devices.file_server import FileServer
    from newsreader.fetching.origin_client import OriginClient

    server = FileServer(OriginClient(place.url, proxy=access.proxy), place.text)
    if place.kind == S3:
        from newsreader.devices.s3 import S3Transport
        from newsreader.devices.s3_signature import S3Keys

        if access.credentials is None:
            raise NoKeysError(server.where)
        return S3Transport(server, S3Keys(*access.credentials, place.region), place.folder, now)
    from newsreader.devices.webdav import WebDavTransport

    if access.credentials is not None and not _goes_safely(place.url):
        raise UnsafePasswordError(server.where)
    return WebDavTransport(server, access.credentials)


def _goes_safely(url: str) -> bool:
    """Return whether a password may be sent: over https, or without leaving this computer."""
    parts = urlsplit(url)
    return parts.scheme == "https" or parts.hostname in ("127.0.0.1", "::1", "localhost")
